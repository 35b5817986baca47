package expect

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
	"time"

	"github.com/atolldata/atoll/internal/schema"
)

// Table is what a view holds. A cell is nil for NULL, an int64, a [Decimal], a
// float64, a string, a bool, a [Session], or a time.Time in UTC, at midnight for
// a date.
type Table struct {
	Columns []string
	Rows    [][]any
}

// Views computes every view of the example called name over all data files that
// are in the project folder dir.
func Views(dir, name string) (map[schema.Name]Table, error) {
	switch name {
	case "sms":
		return smsViews(dir)
	case "chat":
		return chatViews(dir)
	case "health":
		return healthViews(dir)
	}
	return nil, fmt.Errorf("nothing is expected of %q", name)
}

// Decimal is an exact number, spelled without trailing zeros after its point.
type Decimal string

// ParseDecimal makes a Decimal of a number's text.
func ParseDecimal(text string) (Decimal, error) {
	if _, ok := new(big.Rat).SetString(text); !ok {
		return "", fmt.Errorf("%q is no number", text)
	}
	if strings.Contains(text, ".") {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	return Decimal(text), nil
}

// scaled is unscaled / 10^scale.
func scaled(unscaled int64, scale int) Decimal {
	d, err := ParseDecimal(new(big.Rat).SetFrac64(unscaled, pow10(scale)).FloatString(scale))
	if err != nil {
		panic(err)
	}
	return d
}

func pow10(n int) int64 {
	p := int64(1)
	for range n {
		p *= 10
	}
	return p
}

// rounded is sum / count with so many digits after the point, halves away from
// zero, and NULL for a count of 0.
func rounded(sum, count int64, digits int) any {
	if count == 0 {
		return nil
	}
	n, sign := sum*pow10(digits), int64(1)
	if n < 0 {
		n, sign = -n, -1
	}
	return scaled(sign*((2*n+count)/(2*count)), digits)
}

// percent is the share of part in whole.
func percent(part, whole int64, digits int) any { return rounded(100*part, whole, digits) }

// median is the middle value, or the mean of the two middle ones; NULL for none.
func median(values []int64) any {
	if len(values) == 0 {
		return nil
	}
	slices.Sort(values)
	n := len(values)
	return scaled(5*(values[(n-1)/2]+values[n/2]), 1)
}

// day is the date that t is on.
func day(t time.Time) time.Time { return t.Truncate(24 * time.Hour) }

// orNull is what p points at, or NULL.
func orNull[T any](p *T) any {
	if p == nil {
		return nil
	}
	return *p
}

// nullIfEmpty is a CSV field's text, NULL where it is empty.
func nullIfEmpty(s string) any {
	if s == "" {
		return nil
	}
	return s
}

func views(schemaName string, tables map[string]Table) map[schema.Name]Table {
	out := map[schema.Name]Table{}
	for name, t := range tables {
		out[schema.Name{Schema: schemaName, Name: name}] = t
	}
	return out
}

// get finds or makes the value of a key.
func get[K comparable, V any](m map[K]*V, key K) *V {
	v, ok := m[key]
	if !ok {
		v = new(V)
		m[key] = v
	}
	return v
}
