package view

// FingerprintOf is a view's fingerprint by another version of the plans.
var FingerprintOf = fingerprint

// Version is that of this release's plans.
const Version = version

// MostTexts is how many texts of statements a program remembers at most.
const MostTexts = mostTexts

// Remembered is how many texts of statements a program remembers.
func Remembered(p *Program) int { return len(p.texts.of) }

// Forget has a program remember none.
func Forget(p *Program) { p.texts.of = nil }
