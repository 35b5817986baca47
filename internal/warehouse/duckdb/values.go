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
		return overflow(rest)
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

// overflow reads the rest of messages such as "Overflow in multiplication of INT32
// (2147483647 * 2)!".
func overflow(rest string) (message, hint string, ok bool) {
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
	return operands[:end] + " does not fit " + typeName(target), "cast an operand to a wider type", true
}
