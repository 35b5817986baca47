package view

// FingerprintOf is a view's fingerprint by another version of the plans.
var FingerprintOf = fingerprint

// Version is that of this release's plans.
const Version = version
