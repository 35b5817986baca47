package types

import "github.com/atolldata/atoll/internal/schema"

// Shorthands for types without parameters.
var (
	Unknown     = schema.Type{Kind: schema.Unknown}
	Boolean     = schema.Type{Kind: schema.Boolean}
	SmallInt    = schema.Type{Kind: schema.SmallInt}
	Integer     = schema.Type{Kind: schema.Integer}
	BigInt      = schema.Type{Kind: schema.BigInt}
	Real        = schema.Type{Kind: schema.Real}
	Double      = schema.Type{Kind: schema.Double}
	Varchar     = schema.Type{Kind: schema.Varchar}
	Date        = schema.Type{Kind: schema.Date}
	Time        = schema.Type{Kind: schema.Time}
	TimeTZ      = schema.Type{Kind: schema.TimeTZ}
	Timestamp   = schema.Type{Kind: schema.Timestamp}
	TimestampTZ = schema.Type{Kind: schema.TimestampTZ}
	IntervalYM  = schema.Type{Kind: schema.IntervalYM}
	IntervalDS  = schema.Type{Kind: schema.IntervalDS}
	Super       = schema.Type{Kind: schema.Super}
	Varbyte     = schema.Type{Kind: schema.Varbyte}
)

// maxScale is the largest scale of a DECIMAL ("Computations with numeric
// values", overflow conditions).
const maxScale = 37

// Decimal returns DECIMAL(precision, scale), cut to Redshift's limits.
func Decimal(precision, scale int) schema.Type {
	scale = min(max(scale, 0), maxScale)
	return schema.Type{Kind: schema.Decimal, Precision: min(max(precision, scale, 1), schema.MaxPrecision), Scale: scale}
}

// VarcharN returns VARCHAR(n), cut to Redshift's longest.
func VarcharN(n int) schema.Type {
	return schema.Type{Kind: schema.Varchar, Length: min(max(n, 1), schema.MaxVarchar)}
}

// AsDecimal gives the DECIMAL that an integer or decimal operand counts as when
// the other operand is a DECIMAL ("Numeric calculations with INTEGER and DECIMAL
// types").
func AsDecimal(t schema.Type) schema.Type {
	switch t.Kind {
	case schema.SmallInt:
		return Decimal(5, 0)
	case schema.Integer:
		return Decimal(10, 0)
	case schema.BigInt:
		return Decimal(19, 0)
	default:
		return t
	}
}

// Arith is the typing of a binary arithmetic operator: what each operand is
// converted to first, and what comes out.
type Arith struct {
	Left, Right, Result schema.Type
}

// Arithmetic types + - * / % over numbers and over dates, times and intervals.
// It reports false where Redshift has no such operator. An Unknown operand takes
// the type of the other.
func Arithmetic(op string, l, r schema.Type) (Arith, bool) {
	switch {
	case l.Kind == schema.Unknown && r.Kind == schema.Unknown:
		return Arith{}, false
	case l.Kind == schema.Unknown:
		l = unknownBeside(op, r)
	case r.Kind == schema.Unknown:
		r = unknownBeside(op, l)
	}
	if l.IsNumeric() && r.IsNumeric() {
		return numeric(op, l, r)
	}
	return temporal(op, l, r)
}

// unknownBeside is the type that a string literal or NULL takes beside an
// operand of type t: a number's own type, and for calendar types whatever makes
// the operator exist in PostgreSQL's resolution.
func unknownBeside(op string, t schema.Type) schema.Type {
	switch {
	case t.Kind == schema.Date && op == "+":
		return Integer
	case t.IsTemporal() && op == "-":
		return t
	case t.IsTemporal():
		return IntervalDS
	default:
		return t
	}
}

// numeric follows "Computations with numeric values": integers give the wider
// integer, a DECIMAL turns integers into DECIMALs, REAL with REAL stays REAL and
// every other mix with a floating-point number is DOUBLE PRECISION.
func numeric(op string, l, r schema.Type) (Arith, bool) {
	same := func(t schema.Type) (Arith, bool) { return Arith{t, t, t}, true }
	switch {
	case op == "%" && (isFloat(l) || isFloat(r)):
		return Arith{}, false // "MOD function" takes exact numbers only
	case l.Kind == schema.Real && r.Kind == schema.Real:
		return same(Real)
	case isFloat(l) || isFloat(r):
		return same(Double)
	case l.IsInteger() && r.IsInteger():
		return same(schema.Type{Kind: max(l.Kind, r.Kind)})
	}
	l, r = AsDecimal(l), AsDecimal(r)
	return Arith{l, r, decimalResult(op, l, r)}, true
}

// decimalResult applies the precision and scale table of "Computations with
// numeric values", with its reduction of results over 38 digits. For % it takes
// the wider of both operands, as PostgreSQL's mod does.
func decimalResult(op string, l, r schema.Type) schema.Type {
	switch op {
	case "+", "-":
		scale := max(l.Scale, r.Scale)
		return Decimal(max(l.Precision-l.Scale, r.Precision-r.Scale)+1+scale, scale)
	case "*":
		return Decimal(l.Precision+r.Precision+1, l.Scale+r.Scale)
	case "/":
		scale := max(4, l.Scale+r.Precision-r.Scale+1)
		precision := l.Precision - l.Scale + r.Scale + scale
		if precision > schema.MaxPrecision {
			scale = max(schema.MaxPrecision+scale-precision, 4)
		}
		return Decimal(precision, scale)
	default:
		scale := max(l.Scale, r.Scale)
		return Decimal(max(l.Precision-l.Scale, r.Precision-r.Scale)+scale, scale)
	}
}

// temporal types the operators over dates, times, timestamps and intervals
// ("Datetime types", "Interval data types and literals", "+ (Concatenation)
// operator" for date + time).
func temporal(op string, l, r schema.Type) (Arith, bool) {
	yields := func(t schema.Type) (Arith, bool) { return Arith{l, r, t}, true }
	switch op {
	case "+":
		if l.IsInterval() && !r.IsInterval() || l.IsInteger() || (l.Kind == schema.Time && r.Kind == schema.Date) {
			a, ok := temporalPlus(r, l)
			return Arith{a.Right, a.Left, a.Result}, ok
		}
		return temporalPlus(l, r)
	case "-":
		switch {
		case l.Kind == schema.Date && r.Kind == schema.Date:
			return yields(Integer)
		case l.IsTemporal() && r.IsTemporal():
			t := schema.Type{Kind: max(l.Kind, r.Kind)}
			return Arith{t, t, IntervalDS}, true
		case l.Kind == schema.Time && r.Kind == schema.Time:
			return yields(IntervalDS)
		case r.IsInteger(), r.IsInterval():
			return temporalPlus(l, r)
		}
	case "*":
		switch {
		case l.IsInterval() && r.IsNumeric():
			return Arith{l, scalar(r), l}, true
		case l.IsNumeric() && r.IsInterval():
			return Arith{scalar(l), r, r}, true
		}
	case "/":
		if l.IsInterval() && r.IsNumeric() {
			return Arith{l, Double, l}, true
		}
	}
	return Arith{}, false
}

// temporalPlus types l + r with the point in time on the left. An integer is whole
// days, beside a timestamp as beside a date.
func temporalPlus(l, r schema.Type) (Arith, bool) {
	yields := func(t schema.Type) (Arith, bool) { return Arith{l, r, t}, true }
	switch {
	case l.IsTemporal() && r.IsInteger():
		return yields(l)
	case l.Kind == schema.Date && r.Kind == schema.Time:
		return yields(Timestamp)
	case l.Kind == schema.Date && r.IsInterval():
		return Arith{Timestamp, r, Timestamp}, true
	case (l.IsTemporal() || l.Kind == schema.Time || l.Kind == schema.TimeTZ) && r.IsInterval():
		return yields(l)
	case l.IsInterval() && r.IsInterval():
		t := schema.Type{Kind: max(l.Kind, r.Kind)}
		return yields(t)
	}
	return Arith{}, false
}

// scalar keeps a small integer factor of an interval and widens others to DOUBLE,
// which milliseconds since 1970 need: the engine multiplies integers in 32 bits.
func scalar(t schema.Type) schema.Type {
	if t.IsInteger() && t.Kind != schema.BigInt {
		return t
	}
	return Double
}

func isFloat(t schema.Type) bool { return t.Kind == schema.Real || t.Kind == schema.Double }
