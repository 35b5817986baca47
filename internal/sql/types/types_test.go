package types_test

import (
	"testing"

	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/types"
)

func typ(t *testing.T, text string) schema.Type {
	t.Helper()
	if text == "unknown" {
		return types.Unknown
	}
	if text == "varchar" {
		return types.Varchar
	}
	parsed, err := schema.ParseType(text)
	if err != nil {
		t.Fatal(err)
	}
	return parsed
}

// The documented table of "Computations with numeric values" and the operators
// over dates; "" is no operator.
func TestArithmetic(t *testing.T) {
	for _, c := range []struct{ left, op, right, want string }{
		{"smallint", "+", "smallint", "smallint"},
		{"smallint", "*", "integer", "integer"},
		{"integer", "/", "bigint", "bigint"},
		{"real", "+", "real", "real"},
		{"real", "+", "integer", "double precision"},
		{"double precision", "-", "decimal(8,2)", "double precision"},
		{"decimal(8,2)", "/", "decimal(8,2)", "decimal(17,9)"},
		{"decimal(8,2)", "*", "smallint", "decimal(14,2)"},
		{"decimal(8,2)", "+", "decimal(10,5)", "decimal(12,5)"},
		{"decimal(8,2)", "%", "decimal(10,5)", "decimal(11,5)"},
		{"decimal(19,0)", "/", "decimal(19,0)", "decimal(38,19)"},
		{"decimal(19,2)", "/", "decimal(38,19)", "decimal(38,4)"},
		{"decimal(19,2)", "*", "decimal(38,19)", "decimal(38,21)"},
		{"decimal(38,30)", "*", "decimal(38,30)", "decimal(38,37)"},
		{"integer", "+", "unknown", "integer"},
		{"unknown", "/", "decimal(8,2)", "decimal(17,9)"},
		{"date", "+", "integer", "date"},
		{"integer", "+", "date", "date"},
		{"date", "-", "smallint", "date"},
		{"date", "-", "date", "integer"},
		{"date", "-", "unknown", "integer"},
		{"date", "+", "time", "timestamp"},
		{"time", "+", "date", "timestamp"},
		{"date", "-", "timestamp", "interval day to second"},
		{"timestamp", "-", "timestamptz", "interval day to second"},
		{"timestamp", "-", "unknown", "interval day to second"},
		{"date", "+", "interval year to month", "timestamp"},
		{"interval day to second", "+", "timestamptz", "timestamptz"},
		{"time", "-", "time", "interval day to second"},
		{"time", "-", "interval day to second", "time"},
		{"interval day to second", "*", "integer", "interval day to second"},
		{"double precision", "*", "interval day to second", "interval day to second"},
		{"interval day to second", "/", "integer", "interval day to second"},
		{"interval year to month", "+", "interval day to second", "interval day to second"},
		{"timestamp", "+", "integer", "timestamp"},
		{"timestamp", "-", "smallint", "timestamp"},
		{"bigint", "+", "timestamptz", "timestamptz"},
		{"timestamptz", "-", "bigint", "timestamptz"},
		{"integer", "-", "timestamp", ""},
		{"timestamp", "*", "integer", ""},
		{"timestamp", "-", "decimal(8,2)", ""},
		{"double precision", "+", "timestamptz", ""},
		{"timestamp", "+", "timestamp", ""},
		{"time", "+", "integer", ""},
		{"date", "*", "integer", ""},
		{"date", "+", "date", ""},
		{"integer", "-", "date", ""},
		{"integer", "/", "interval day to second", ""},
		{"varchar", "+", "integer", ""},
		{"boolean", "+", "integer", ""},
		{"unknown", "+", "unknown", ""},
		{"double precision", "%", "integer", ""},
		{"decimal(8,2)", "%", "real", ""},
	} {
		got, ok := types.Arithmetic(c.op, typ(t, c.left), typ(t, c.right))
		if ok != (c.want != "") || ok && got.Result.String() != c.want {
			t.Errorf("%s %s %s is %v (%v), want %q", c.left, c.op, c.right, got.Result, ok, c.want)
		}
	}
}

// Common is the type of CASE and set operations, Comparable that of comparisons;
// "" is neither.
func TestCommonAndComparable(t *testing.T) {
	for _, c := range []struct{ a, b, common, comparable string }{
		{"smallint", "bigint", "bigint", "bigint"},
		{"integer", "decimal(8,2)", "decimal(12,2)", "decimal(12,2)"},
		{"bigint", "decimal(8,2)", "decimal(19,2)", "decimal(21,2)"},
		{"decimal(7,2)", "decimal(15,3)", "decimal(15,3)", "decimal(15,3)"},
		{"decimal(30,2)", "decimal(8,4)", "decimal(32,4)", "decimal(32,4)"},
		{"real", "integer", "double precision", "double precision"},
		{"real", "real", "real", "real"},
		{"varchar(10)", "varchar(20)", "varchar(20)", "varchar(20)"},
		{"char(3)", "char(5)", "char(5)", "char(5)"},
		{"char(3)", "varchar(2)", "varchar(3)", "varchar(3)"},
		{"varchar(10)", "varchar", "varchar", "varchar"},
		{"date", "timestamp", "timestamp", "timestamp"},
		{"date", "timestamptz", "timestamptz", "timestamptz"},
		{"unknown", "date", "date", "date"},
		{"unknown", "unknown", "unknown", "unknown"},
		{"decimal(8,2)", "varchar(5)", "", "decimal(8,2)"},
		{"integer", "varchar(5)", "", "varchar"},
		{"varchar(5)", "date", "", "varchar"},
		{"boolean", "integer", "", ""},
		{"date", "integer", "", ""},
		{"super", "integer", "super", "decimal(38,10)"},
		{"super", "decimal(20,12)", "super", "decimal(38,12)"},
		{"super", "double precision", "super", "double precision"},
		{"super", "varchar(3)", "super", "varchar(3)"},
		{"super", "unknown", "super", "varchar"},
	} {
		for _, swap := range []bool{false, true} {
			a, b := typ(t, c.a), typ(t, c.b)
			if swap {
				a, b = b, a
			}
			check := func(what, want string, got schema.Type, ok bool) {
				if ok != (want != "") || ok && got.String() != want {
					t.Errorf("%s of %s and %s is %v (%v), want %q", what, a, b, got, ok, want)
				}
			}
			got, ok := types.Common(a, b)
			check("the common type", c.common, got, ok)
			got, ok = types.Comparable(a, b)
			check("the compared type", c.comparable, got, ok)
		}
	}
}

// The table of "Implicit conversion types" as far as expressions use it, and
// what CAST adds.
func TestConversions(t *testing.T) {
	for _, c := range []struct {
		from, to           string
		implicit, explicit bool
	}{
		{"integer", "bigint", true, true},
		{"bigint", "smallint", true, true},
		{"integer", "varchar", true, true},
		{"date", "varchar", true, true},
		{"date", "timestamp", true, true},
		{"timestamptz", "date", true, true},
		{"time", "timetz", true, true},
		{"varchar", "integer", false, true},
		{"varchar", "date", false, true},
		{"varchar", "boolean", false, true},
		{"boolean", "varchar", false, true},
		{"boolean", "integer", false, true},
		{"integer", "boolean", false, true},
		{"timestamp", "time", false, true},
		{"super", "integer", false, true},
		{"integer", "super", false, true},
		{"boolean", "date", false, false},
		{"integer", "date", false, false},
		{"date", "integer", false, false},
		{"interval day to second", "integer", false, false},
		{"unknown", "date", true, true},
	} {
		from, to := typ(t, c.from), typ(t, c.to)
		if got := types.Implicit(from, to); got != c.implicit {
			t.Errorf("implicit %s to %s is %v", c.from, c.to, got)
		}
		if got := types.Explicit(from, to); got != c.explicit {
			t.Errorf("explicit %s to %s is %v", c.from, c.to, got)
		}
	}
}
