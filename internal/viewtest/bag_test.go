package viewtest

import (
	"testing"
	"time"

	"github.com/atolldata/atoll/internal/schema"
)

func TestBags(t *testing.T) {
	typed := func(text string) schema.Type {
		typ, err := schema.ParseType(text)
		if err != nil {
			t.Fatal(err)
		}
		return typ
	}
	of := func(kind string, values ...string) bag {
		var out bag
		for _, v := range values {
			value := Text(v)
			if v == "NULL" {
				value = Null
			}
			r, err := newRecord([]schema.Column{{Name: "a", Type: typed(kind)}, {Name: "b", Type: typed("integer")}}, Row{value, Text("1")})
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, r)
		}
		return out
	}
	for _, c := range []struct {
		kind string
		a, b []string
		left int // of a without b
	}{
		{"varchar(10)", []string{"a", "a", "b"}, []string{"b", "a"}, 1},
		{"varchar(10)", []string{"NULL", ""}, []string{""}, 1},
		{"varchar(10)", []string{"a"}, []string{"A"}, 1},
		{"integer", []string{"1", "2"}, []string{"2", "1", "3"}, 0},
		{"decimal(10,2)", []string{"1.50", "-0.5"}, []string{"1.5", "-.50"}, 0},
		{"decimal(38,10)", []string{"1234567890123456789.1"}, []string{"1234567890123456789.2"}, 1},
		{"boolean", []string{"true", "f"}, []string{"false", "t"}, 0},
		{"timestamp", []string{"2026-01-01 00:00:00"}, []string{"2026-01-01"}, 0},
		{"timestamp", []string{"2026-01-01 00:00:00.000001"}, []string{"2026-01-01"}, 1},
		{"double precision", []string{"NaN", "0", "1"}, []string{"1", "nan", "-0"}, 0},
		{"double precision", []string{"1000000000"}, []string{"1000000001"}, 0},
		{"double precision", []string{"1000000000"}, []string{"1000000002"}, 1},
		{"double precision", []string{"1e-13", "Infinity"}, []string{"0", "Infinity"}, 0},
		{"double precision", []string{"Infinity", "NULL", "NaN"}, []string{"1", "0", "-Infinity"}, 3},
		{"real", []string{"0.1"}, []string{"0.10000000149"}, 0},
		{"double precision", []string{"0.1"}, []string{"0.1000001"}, 1},
	} {
		if left := of(c.kind, c.a...).minus(of(c.kind, c.b...)); len(left) != c.left {
			t.Errorf("%s: %q without %q: %d rows, want %d", c.kind, c.a, c.b, len(left), c.left)
		}
	}
}

// What the engine returns is written as the language reads it.
func TestWritten(t *testing.T) {
	at := time.Date(2026, 1, 2, 3, 4, 5, 600_000, time.UTC)
	for _, c := range []struct {
		kind schema.Kind
		v    any
		want Value
	}{
		{schema.Integer, nil, Null},
		{schema.Boolean, true, Text("true")},
		{schema.BigInt, int64(-1), Text("-1")},
		{schema.Double, 0.1, Text("0.1")},
		{schema.Decimal, "1.50", Text("1.50")},
		{schema.Varbyte, []byte{0, 255}, Text("00ff")},
		{schema.Date, at, Text("2026-01-02")},
		{schema.Timestamp, at, Text("2026-01-02 03:04:05.0006")},
	} {
		if got := written(schema.Type{Kind: c.kind}, c.v); got != c.want {
			t.Errorf("%v: %v, want %v", c.v, got, c.want)
		}
	}
}
