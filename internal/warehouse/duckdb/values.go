package duckdb

import "strings"

// typeNames are Redshift's names for the engine's types of numbers.
var typeNames = map[string]string{
	"INT16": "SMALLINT", "INT32": "INTEGER", "INT64": "BIGINT", "INT128": "DECIMAL(38,0)", "FLOAT": "REAL", "DOUBLE": "DOUBLE PRECISION",
}

func typeName(engine string) string {
	engine, _, _ = strings.Cut(engine, " when casting") // from a column of the engine's text
	engine = strings.TrimRight(engine, "!.;: ")
	if name, ok := typeNames[engine]; ok {
		return name
	}
	return engine
}

// misfit says in plain words, with the value and the type that was expected,
// what the engine says about a value that does not fit. It reports false for
// messages of other kinds.
func misfit(msg string) (message, hint string, ok bool) {
	if rest, found := strings.CutPrefix(msg, "Overflow in "); found {
		if message, hint, ok = overflow(rest); ok {
			return message, hint, true
		}
	}
	for _, w := range wordings {
		rest, begins := strings.CutPrefix(msg, w.before)
		if value, ends := strings.CutSuffix(rest, w.after); begins && ends {
			return w.first + value + w.last, w.hint, true
		}
	}
	for _, form := range []struct{ before, between, after string }{
		{"Type ", "with value ", " can't be cast because the value is out of range for the destination type "},
		{"", "Casting value ", " to type "},
		{"", "Could not cast value ", " to "},
	} {
		if form.before != "" && !strings.HasPrefix(msg, form.before) {
			continue
		}
		_, rest, found := strings.Cut(msg, form.between)
		value, target, both := strings.Cut(rest, form.after)
		if !found || !both {
			continue
		}
		target, _, _ = strings.Cut(target, " failed")
		return strings.Trim(value, `"'`) + " does not fit " + typeName(target), "cast to a wider type", true
	}
	if rest, found := strings.CutPrefix(msg, "Could not convert string "); found {
		value, target, both := strings.Cut(rest, " to ")
		return `"` + strings.Trim(value, `"'`) + `" is no value of ` + typeName(target), "", both
	}
	return "", "", false
}

const (
	wider  = "cast an operand to a wider type"
	orNull = "TRY_CAST gives NULL where a text is no value of the type"
)

// wordings are messages around a value, the engine's and those of the prelude,
// with what is said around it instead and what can be done.
var wordings = []struct{ before, after, first, last, hint string }{
	{"Overflow in division of ", "", "", " does not fit its type", wider},
	{"Overflow on ", "", "", " does not fit its type", wider},
	{"Overflow in negation of numeric value!", "", "", "the negative of a type's smallest number does not fit it", wider},
	{"Date out of range: ", "", "the date ", " is out of range", ""},
	{"Date and time not in timestamp range", "", "", "a timestamp is out of range", ""},
	{"Interval value ", " out of range", "", " are more than an interval holds", ""},
	{"Argument for ntile must be greater than zero", "", "", "NTILE takes a number of groups from 1", ""},
	{"invalid input syntax for ", "", "invalid input syntax for ", "", orNull},
	{"invalid date or timestamp: ", "", "invalid date or timestamp: ", "", orNull},
	{"invalid time: ", "", "invalid time: ", "", orNull},
}

// overflow reads the rest of messages such as "Overflow in multiplication of INT32
// (2147483647 * 2)!".
func overflow(rest string) (message, hint string, ok bool) {
	if strings.HasPrefix(rest, "HUGEINT addition") { // a sum of DECIMALs, without their point
		return "a sum has more than 38 digits", "cast what is added to fewer digits, or to DOUBLE PRECISION", true
	}
	operation, operands, found := strings.Cut(rest, " (")
	_, target, typed := strings.Cut(operation, " of ")
	if !found || !typed {
		return "", "", false
	}
	end := strings.LastIndexByte(operands, ')')
	if end < 0 {
		return "", "", false
	}
	if strings.HasPrefix(target, "DECIMAL") {
		// The engine shows the digits without their point.
		return "the result of the " + strings.TrimSuffix(operation, " of "+target) + " has more than 38 digits", "cast an operand to fewer digits", true
	}
	return operands[:end] + " does not fit " + typeName(target), wider, true
}
