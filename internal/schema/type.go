package schema

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/atolldata/atoll/internal/fault"
)

// Kind is a data type without its parameters.
type Kind uint8

// The kinds, in Redshift's names. Unknown is the type of a NULL literal and of
// a string literal before its context gives it one.
const (
	Unknown Kind = iota
	Boolean
	SmallInt
	Integer
	BigInt
	Decimal
	Real
	Double
	Char
	Varchar
	Date
	Time
	TimeTZ
	Timestamp
	TimestampTZ
	IntervalYM // INTERVAL YEAR TO MONTH
	IntervalDS // INTERVAL DAY TO SECOND
	Super
	Varbyte
)

// Type is a Redshift data type. Precision and Scale belong to Decimal, Length
// (in bytes, as in Redshift) to Char, Varchar and Varbyte; a Length of 0 means
// the type's default in DDL and "as long as needed" in an inferred type.
type Type struct {
	Kind      Kind
	Precision int
	Scale     int
	Length    int
}

// Limits from Amazon Redshift's "Data types" documentation.
const (
	MaxPrecision  = 38
	MaxVarchar    = 65535
	MaxChar       = 4096
	DefVarchar    = 256
	DefPrecision  = 18
	DefScale      = 0
	MaxIdentifier = 127 // bytes
)

var kindNames = map[Kind]string{
	Unknown: "unknown", Boolean: "boolean", SmallInt: "smallint", Integer: "integer",
	BigInt: "bigint", Decimal: "decimal", Real: "real", Double: "double precision",
	Char: "char", Varchar: "varchar", Date: "date", Time: "time", TimeTZ: "timetz",
	Timestamp: "timestamp", TimestampTZ: "timestamptz", IntervalYM: "interval year to month",
	IntervalDS: "interval day to second", Super: "super", Varbyte: "varbyte",
}

// synonyms maps every spelling that Redshift accepts to a kind.
var synonyms = map[string]Kind{
	"boolean": Boolean, "bool": Boolean,
	"smallint": SmallInt, "int2": SmallInt,
	"integer": Integer, "int": Integer, "int4": Integer,
	"bigint": BigInt, "int8": BigInt,
	"decimal": Decimal, "numeric": Decimal,
	"real": Real, "float4": Real,
	"double precision": Double, "double": Double, "float8": Double, "float": Double,
	"char": Char, "character": Char, "nchar": Char, "bpchar": Char,
	"varchar": Varchar, "character varying": Varchar, "nvarchar": Varchar, "text": Varchar,
	"date": Date,
	"time": Time, "time without time zone": Time,
	"timetz": TimeTZ, "time with time zone": TimeTZ,
	"timestamp": Timestamp, "timestamp without time zone": Timestamp,
	"timestamptz": TimestampTZ, "timestamp with time zone": TimestampTZ,
	"interval year to month": IntervalYM, "interval day to second": IntervalDS,
	"super":   Super,
	"varbyte": Varbyte, "varbinary": Varbyte, "binary varying": Varbyte,
}

// String prints the type as Redshift's DDL would, such as varchar(20).
func (t Type) String() string {
	name := kindNames[t.Kind]
	switch {
	case t.Kind == Decimal:
		return fmt.Sprintf("%s(%d,%d)", name, t.Precision, t.Scale)
	case t.Length > 0:
		return fmt.Sprintf("%s(%d)", name, t.Length)
	default:
		return name
	}
}

// IsInteger reports a whole-number type.
func (t Type) IsInteger() bool { return t.Kind >= SmallInt && t.Kind <= BigInt }

// IsNumeric reports any number type.
func (t Type) IsNumeric() bool { return t.Kind >= SmallInt && t.Kind <= Double }

// IsString reports character data.
func (t Type) IsString() bool { return t.Kind == Char || t.Kind == Varchar }

// IsTemporal reports dates and timestamps, which have a calendar day.
func (t Type) IsTemporal() bool {
	return t.Kind == Date || t.Kind == Timestamp || t.Kind == TimestampTZ
}

// IsInterval reports either interval type.
func (t Type) IsInterval() bool { return t.Kind == IntervalYM || t.Kind == IntervalDS }

// KindByName finds a kind by any of Redshift's names for it, in any case.
func KindByName(name string) (Kind, bool) {
	k, ok := synonyms[strings.ToLower(strings.Join(strings.Fields(name), " "))]
	return k, ok
}

// DefaultArgs are the parameters that a name implies where none are written and
// that differ from those of its kind: BPCHAR is CHAR(256), while CHAR is CHAR(1)
// ("Character types").
func DefaultArgs(name string) []int {
	if strings.EqualFold(strings.TrimSpace(name), "bpchar") {
		return []int{256}
	}
	return nil
}

// TypeNames lists the spellings that [ParseType] takes, for suggestions.
func TypeNames() []string {
	names := make([]string, 0, len(synonyms))
	for n := range synonyms {
		names = append(names, n)
	}
	return names
}

// NewType checks the parameters of a type as Redshift does and fills in its
// defaults. Args are those in parentheses, in order.
func NewType(kind Kind, args ...int) (Type, error) {
	t := Type{Kind: kind}
	limit := func(what string, v, lo, hi int) error {
		if v < lo || v > hi {
			return fault.New(fault.Type, "%s of %s must be %d to %d, not %d", what, kindNames[kind], lo, hi, v)
		}
		return nil
	}
	most := map[Kind]int{Decimal: 2, Char: 1, Varchar: 1, Varbyte: 1}[kind]
	if len(args) > most {
		return t, fault.New(fault.Type, "%s takes at most %d parameters, not %d", kindNames[kind], most, len(args))
	}
	switch kind {
	case Decimal:
		t.Precision, t.Scale = DefPrecision, DefScale
		if len(args) > 0 {
			t.Precision = args[0]
		}
		if len(args) > 1 {
			t.Scale = args[1]
		}
		if err := limit("the precision", t.Precision, 1, MaxPrecision); err != nil {
			return t, err
		}
		return t, limit("the scale", t.Scale, 0, min(t.Precision, 37))
	case Char, Varchar, Varbyte:
		t.Length = map[Kind]int{Char: 1, Varchar: DefVarchar, Varbyte: 64000}[kind]
		if len(args) > 0 {
			t.Length = args[0]
		}
		return t, limit("the length", t.Length, 1, map[Kind]int{Char: MaxChar, Varchar: MaxVarchar, Varbyte: 1024000}[kind])
	}
	return t, nil
}

// ParseType reads a type as a column definition spells it: a name, then
// parameters in parentheses where the type takes them. VARCHAR(MAX) is the
// longest varchar.
func ParseType(text string) (Type, error) {
	name, rest, hasArgs := strings.Cut(text, "(")
	kind, ok := KindByName(name)
	if !ok {
		err := fault.New(fault.Type, "unknown type %q", strings.TrimSpace(text))
		if near := fault.Nearest(strings.TrimSpace(name), TypeNames()); near != "" {
			err.Hint = fmt.Sprintf("did you mean %q?", near)
		}
		return Type{}, err
	}
	if !hasArgs {
		return NewType(kind, DefaultArgs(name)...)
	}
	inner, tail, closed := strings.Cut(rest, ")")
	if !closed || strings.TrimSpace(tail) != "" {
		return Type{}, fault.New(fault.Type, "type %q has unbalanced parentheses or text after them", text)
	}
	var args []int
	for _, a := range strings.Split(inner, ",") {
		a = strings.TrimSpace(a)
		if strings.EqualFold(a, "max") && (kind == Varchar || kind == Varbyte) {
			args = append(args, map[Kind]int{Varchar: MaxVarchar, Varbyte: 1024000}[kind])
			continue
		}
		n, err := strconv.Atoi(a)
		if err != nil {
			return Type{}, fault.New(fault.Type, "type %q has the parameter %q, which is not a whole number", text, a)
		}
		args = append(args, n)
	}
	return NewType(kind, args...)
}

// MarshalText prints the type, so that JSON and YAML carry it as DDL text.
func (t Type) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// UnmarshalText reads what MarshalText prints.
func (t *Type) UnmarshalText(text []byte) (err error) {
	*t, err = ParseType(string(text))
	return err
}
