package types

import "github.com/atolldata/atoll/internal/schema"

// Implicit reports whether Redshift converts a value of type from to type to by
// itself when an operator or function asks for it ("Type compatibility and
// conversion", implicit conversion types).
//
// Character data becomes a number, date or time only where a rule of its own
// says so (SUM and AVG, comparison with DECIMAL): everywhere else a query casts.
func Implicit(from, to schema.Type) bool {
	switch {
	case from.Kind == to.Kind, from.Kind == schema.Unknown:
		return true
	case from.IsNumeric():
		return to.IsNumeric() || to.IsString()
	case from.IsString():
		return to.IsString()
	case from.IsTemporal():
		return to.IsString() || to.IsTemporal()
	case from.Kind == schema.Time:
		return to.Kind == schema.Varchar || to.Kind == schema.TimeTZ || to.Kind == schema.IntervalDS
	case from.Kind == schema.TimeTZ:
		return to.Kind == schema.Varchar || to.Kind == schema.Time
	}
	return false
}

// explicit lists, for each kind, the kinds that CAST converts it to beyond those
// that [Implicit] allows ("CAST function", "Boolean type", "SUPER type").
var explicit = map[schema.Kind][]schema.Kind{
	schema.Boolean:     {schema.SmallInt, schema.Integer, schema.BigInt, schema.Decimal, schema.Varchar, schema.Char, schema.Super},
	schema.SmallInt:    {schema.Boolean, schema.Super},
	schema.Integer:     {schema.Boolean, schema.Super},
	schema.BigInt:      {schema.Boolean, schema.Super},
	schema.Decimal:     {schema.Boolean, schema.Super},
	schema.Real:        {schema.Super},
	schema.Double:      {schema.Super},
	schema.Timestamp:   {schema.Time, schema.TimeTZ},
	schema.TimestampTZ: {schema.Time, schema.TimeTZ},
	schema.Time:        {schema.Char},
	schema.TimeTZ:      {schema.Char},
	schema.IntervalYM:  {schema.Varchar, schema.Char},
	schema.IntervalDS:  {schema.Varchar, schema.Char},
	schema.Varbyte:     {schema.Varchar, schema.Char},
	schema.Super: {
		schema.Boolean, schema.SmallInt, schema.Integer, schema.BigInt, schema.Decimal, schema.Real, schema.Double,
		schema.Varchar, schema.Char, schema.Date, schema.Time, schema.TimeTZ, schema.Timestamp, schema.TimestampTZ,
	},
}

// Explicit reports whether CAST converts from to to. Character data casts to
// every type, each value for itself.
func Explicit(from, to schema.Type) bool {
	if Implicit(from, to) || from.IsString() {
		return true
	}
	for _, k := range explicit[from.Kind] {
		if k == to.Kind {
			return true
		}
	}
	return false
}

// Common gives the type that the branches of CASE, COALESCE or a set operation
// are converted to. Decimals follow "Computations with numeric values": the
// larger scale, and room for the larger whole part, within the documented 19
// digits unless a side is wider than that already.
func Common(a, b schema.Type) (schema.Type, bool) {
	switch {
	case a.Kind == schema.Unknown:
		return b, true
	case b.Kind == schema.Unknown, a == b:
		return a, true
	case a.IsNumeric() && b.IsNumeric():
		return commonNumber(a, b, 19), true
	case a.IsString() && b.IsString():
		return commonString(a, b), true
	case a.IsTemporal() && b.IsTemporal():
		return schema.Type{Kind: max(a.Kind, b.Kind)}, true
	case isTimeOfDay(a) && isTimeOfDay(b):
		return TimeTZ, true
	case a.Kind == b.Kind:
		return schema.Type{Kind: a.Kind, Length: max(a.Length, b.Length)}, true
	case a.Kind == schema.Super && Explicit(b, a):
		return a, true
	case b.Kind == schema.Super && Explicit(a, b):
		return b, true
	}
	return schema.Type{}, false
}

// commonNumber is the common type of two numbers. Decimals of up to 19 digits, which
// Redshift stores in 64 bits, give no more digits than widest.
func commonNumber(a, b schema.Type, widest int) schema.Type {
	switch {
	case a.Kind == schema.Double || b.Kind == schema.Double:
		return Double
	case a.Kind == schema.Real && b.Kind == schema.Real:
		return Real
	case isFloat(a) || isFloat(b):
		return Double
	case a.IsInteger() && b.IsInteger():
		return schema.Type{Kind: max(a.Kind, b.Kind)}
	}
	a, b = AsDecimal(a), AsDecimal(b)
	scale := max(a.Scale, b.Scale)
	precision := max(a.Precision-a.Scale, b.Precision-b.Scale) + scale
	if a.Precision <= 19 && b.Precision <= 19 {
		precision = min(precision, widest)
	}
	return Decimal(precision, scale)
}

// commonString is the longer of two character types; a length of 0 (as long as
// needed) wins over any other.
func commonString(a, b schema.Type) schema.Type {
	t := schema.Type{Kind: schema.Varchar}
	if a.Kind == schema.Char && b.Kind == schema.Char {
		t.Kind = schema.Char
	}
	if a.Length > 0 && b.Length > 0 {
		t.Length = max(a.Length, b.Length)
	}
	return t
}

// Comparable gives the type that both sides of a comparison are converted to.
// Besides the common type it knows the mixed comparisons of "Type compatibility
// and conversion": DECIMAL with character data compares as DECIMAL, every other
// number, date or timestamp with character data compares as character data. Two
// decimals keep all their digits.
func Comparable(a, b schema.Type) (schema.Type, bool) {
	if a.IsNumeric() && b.IsNumeric() {
		return commonNumber(a, b, schema.MaxPrecision), true
	}
	if a.Kind == schema.Super || b.Kind == schema.Super {
		return comparableSuper(a, b)
	}
	if t, ok := Common(a, b); ok {
		return t, true
	}
	if b.IsString() {
		a, b = b, a
	}
	switch {
	case !a.IsString():
		return schema.Type{}, false
	case b.Kind == schema.Decimal:
		return b, true
	case b.IsNumeric(), b.IsTemporal(), isTimeOfDay(b):
		return Varchar, true
	}
	return schema.Type{}, false
}

// comparableSuper compares a SUPER value as what it is compared with, numbers with
// their decimal places ("Querying semistructured data", dynamic typing).
func comparableSuper(a, b schema.Type) (schema.Type, bool) {
	if b.Kind == schema.Super {
		a, b = b, a
	}
	switch {
	case b.Kind == schema.Unknown:
		return Varchar, true
	case b.IsInteger() || b.Kind == schema.Decimal:
		return Decimal(schema.MaxPrecision, max(b.Scale, superScale)), true
	}
	return b, Explicit(a, b) && !b.IsTemporal() && !isTimeOfDay(b)
}

// superScale is how many decimal places of a SUPER number are compared with an
// integer.
const superScale = 10

func isTimeOfDay(t schema.Type) bool { return t.Kind == schema.Time || t.Kind == schema.TimeTZ }
