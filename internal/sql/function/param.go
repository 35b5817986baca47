package function

import (
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/types"
)

// Param is a parameter kind.
type Param uint8

// The parameter kinds. The comment says what an argument is converted to.
const (
	Any       Param = iota // left as it is; a string literal becomes VARCHAR
	Number                 // left as it is; a string literal becomes DOUBLE PRECISION
	Summable               // a number left as it is; character data becomes DOUBLE PRECISION
	Whole                  // SMALLINT, INTEGER or BIGINT, left as it is
	Exact                  // an integer or DECIMAL, left as it is
	Float                  // any number, becomes DOUBLE PRECISION
	Text                   // VARCHAR; numbers, dates and times convert to it
	Bool                   // BOOLEAN
	Calendar               // DATE, TIMESTAMP or TIMESTAMPTZ; a literal becomes TIMESTAMP
	Moment                 // becomes TIMESTAMP
	MomentTZ               // becomes TIMESTAMPTZ
	Day                    // becomes DATE
	Clock                  // TIME or TIMETZ
	Span                   // an interval
	Spannable              // any number or calendar type that interpolates
	Json                   // SUPER; scalars convert to it
	Part                   // a date part: a keyword or a string literal
	Pattern                // a string literal, needed when the query is compiled
	Same                   // the common type of all arguments of this kind
	Bytes                  // VARCHAR or VARBYTE
	Binary                 // VARBYTE; a literal becomes its bytes in UTF-8
	Hashed                 // VARCHAR, VARBYTE, BOOLEAN or an integer, left as it is
)

var paramNames = map[Param]string{
	Any: "any", Number: "number", Summable: "number or text", Whole: "integer", Exact: "integer or decimal",
	Float: "number", Text: "text", Bool: "boolean", Calendar: "date or timestamp", Moment: "timestamp",
	MomentTZ: "timestamptz", Day: "date", Clock: "time", Span: "interval", Spannable: "number, date or timestamp",
	Json: "super", Part: "date part", Pattern: "text literal", Same: "any", Bytes: "text or varbyte",
	Binary: "varbyte", Hashed: "text, varbyte, integer or boolean",
}

// String names the kind as error messages and documentation do.
func (p Param) String() string { return paramNames[p] }

// Accept reports whether an argument of type t is taken, and the type it is
// converted to. Same arguments are converted by the caller, once their common
// type is known.
func (p Param) Accept(t schema.Type) (schema.Type, bool) {
	unknown := t.Kind == schema.Unknown
	literal := func(to schema.Type, ok bool) (schema.Type, bool) {
		if unknown {
			return to, true
		}
		return t, ok
	}
	becomes := func(to schema.Type, ok bool) (schema.Type, bool) { return to, ok || unknown }
	switch p {
	case Any, Same:
		return literal(types.Varchar, true)
	case Number:
		return literal(types.Double, t.IsNumeric())
	case Summable:
		if t.IsString() {
			return types.Double, true
		}
		return literal(types.Double, t.IsNumeric())
	case Whole:
		return literal(types.Integer, t.IsInteger())
	case Exact:
		return literal(types.Decimal(schema.DefPrecision, schema.DefScale), t.IsInteger() || t.Kind == schema.Decimal)
	case Float:
		return becomes(types.Double, t.IsNumeric())
	case Text:
		if t.IsString() {
			return t, true
		}
		return becomes(types.Varchar, types.Implicit(t, types.Varchar))
	case Pattern:
		return becomes(types.Varchar, t.IsString())
	case Bool:
		return becomes(types.Boolean, t.Kind == schema.Boolean)
	case Calendar:
		return literal(types.Timestamp, t.IsTemporal())
	case Moment:
		return becomes(types.Timestamp, t.IsTemporal())
	case MomentTZ:
		return becomes(types.TimestampTZ, t.IsTemporal())
	case Day:
		return becomes(types.Date, t.IsTemporal())
	case Clock:
		return literal(types.Time, t.Kind == schema.Time || t.Kind == schema.TimeTZ)
	case Span:
		return literal(types.IntervalDS, t.IsInterval())
	case Spannable:
		return literal(types.Double, t.IsNumeric() || t.IsTemporal())
	case Json:
		return becomes(types.Super, types.Explicit(t, types.Super))
	case Bytes:
		return literal(types.Varchar, t.IsString() || t.Kind == schema.Varbyte)
	case Binary:
		return becomes(types.Varbyte, t.Kind == schema.Varbyte)
	case Hashed:
		return literal(types.Varchar, t.IsString() || t.IsInteger() || t.Kind == schema.Varbyte || t.Kind == schema.Boolean)
	default: // Part is not a value
		return t, unknown
	}
}

// is returns the rule of a fixed result type.
func is(t schema.Type) Rule { return func(Call) schema.Type { return t } }

// arg returns the rule of an argument's own type.
func arg(i int) Rule {
	return func(c Call) schema.Type { return c.Args[i] }
}

// text is the rule of character results whose length depends on the values.
var text = is(types.Varchar)
