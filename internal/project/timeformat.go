package project

import (
	"strings"

	"github.com/atolldata/atoll/internal/fault"
)

// Formats of dates and timestamps that are not Redshift format strings.
const (
	EpochSeconds = "epoch_s"  // seconds since 1970-01-01 UTC
	EpochMillis  = "epoch_ms" // milliseconds since 1970-01-01 UTC
	FormatAuto   = "auto"     // whatever ISO 8601 and its common relatives allow
)

// FormatPart is a part of a Redshift format string: a Field in upper case, such
// as YYYY, or literal text.
type FormatPart struct {
	Field   string
	Literal string
}

// formatFields are the fields of Redshift's DATEFORMAT and TIMEFORMAT strings,
// longest first ("DATEFORMAT and TIMEFORMAT strings" in its documentation),
// with what each is: of a date, of a time, or of both.
var formatFields = []struct{ name, of string }{
	{"YYYY", "date"}, {"MON", "date"}, {"HH24", "time"}, {"HH12", "time"},
	{"YY", "date"}, {"MM", "date"}, {"DD", "date"}, {"HH", "time"}, {"MI", "time"}, {"SS", "time"},
	{"AM", "time"}, {"PM", "time"}, {"OF", "time"},
}

// ParseTimeFormat takes a Redshift DATEFORMAT or TIMEFORMAT string apart. SS
// includes fractions of a second and OF is an offset from UTC. The error is a
// fault of code Config.
func ParseTimeFormat(text string) ([]FormatPart, error) {
	var parts []FormatPart
	for rest := text; rest != ""; {
		name := leadingField(rest)
		if name == "" {
			if c := rest[0]; isLetter(c) && c != 'T' && c != 'Z' || c >= '0' && c <= '9' {
				return nil, badFormat("the format %q has %q, which is no field", text, leadingWord(rest))
			}
			parts = append(parts, FormatPart{Literal: rest[:1]})
			rest = rest[1:]
			continue
		}
		parts = append(parts, FormatPart{Field: name})
		rest = rest[len(name):]
	}
	return parts, nil
}

func badFormat(format string, args ...any) *fault.Error {
	return fault.New(fault.Config, format, args...).
		WithHint("use YYYY, YY, MM, MON, DD, HH24, HH12, MI, SS, AM, OF and separators, or epoch_s, epoch_ms, auto")
}

func leadingField(s string) string {
	for _, f := range formatFields {
		if len(s) >= len(f.name) && strings.EqualFold(s[:len(f.name)], f.name) {
			return f.name
		}
	}
	return ""
}

func leadingWord(s string) string {
	end := strings.IndexFunc(s, func(r rune) bool { return r > 127 || !isLetter(byte(r)) && !(r >= '0' && r <= '9') && r != '_' })
	if end < 0 {
		return s
	}
	return s[:end]
}

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

// checkFormat checks that a format string names a day, and no time where a date
// is wanted.
func checkFormat(text string, dateOnly bool) error {
	parts, err := ParseTimeFormat(text)
	if err != nil {
		return err
	}
	has := map[string]bool{}
	for _, p := range parts {
		has[p.Field] = true
	}
	switch {
	case !has["YYYY"] && !has["YY"], !has["MM"] && !has["MON"], !has["DD"]:
		return badFormat("the format %q does not say year, month and day", text)
	case has["HH12"] != (has["AM"] || has["PM"]) && !has["HH"]:
		return badFormat("the format %q has one of HH12 and AM without the other", text)
	}
	for _, f := range formatFields {
		if dateOnly && f.of == "time" && has[f.name] {
			return badFormat("the format %q of a date has %s, a field of a time", text, f.name)
		}
	}
	return nil
}
