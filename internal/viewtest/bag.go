package viewtest

import (
	"encoding/hex"
	"fmt"
	"math"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/atolldata/atoll/internal/schema"
)

// Tolerance is by how much two floating-point numbers may differ that are taken
// as equal, as a share of the larger: additions come in another order when a view
// is refreshed by what changed. REAL has fewer digits.
const (
	Tolerance     = 1e-9
	toleranceReal = 1e-6
	// smallest is the difference up to which numbers are equal in any case: what
	// is left where a sum that should be 0 is added up in another order.
	smallest = 1e-12
)

// record is a row to compare: its exact values as one text, and its
// floating-point numbers aside, in their order.
type record struct {
	exact  string
	floats []number
	shown  string // in the language
}

type number struct {
	value, tolerance float64
}

// bag is rows in any order, each as often as it occurs.
type bag []record

// minus is the rows of a that b has not, each row of b standing for one of a.
func (a bag) minus(b bag) (left bag) {
	byExact := map[string]bag{}
	for _, r := range b {
		byExact[r.exact] = append(byExact[r.exact], r)
	}
	for _, r := range a {
		same := byExact[r.exact]
		i := slices.IndexFunc(same, r.near)
		if i < 0 {
			left = append(left, r)
			continue
		}
		last := len(same) - 1
		same[i] = same[last] // there may be a million that are equal
		byExact[r.exact] = same[:last]
	}
	return left
}

// near reports that a record with the same exact values has the same numbers.
func (r record) near(o record) bool {
	return slices.EqualFunc(r.floats, o.floats, func(a, b number) bool {
		x, y := a.value, b.value
		switch {
		case x == y || math.IsNaN(x) && math.IsNaN(y):
			return true
		case math.IsInf(x, 0) || math.IsInf(y, 0):
			return false
		}
		return math.Abs(x-y) <= max(smallest, a.tolerance*max(math.Abs(x), math.Abs(y)))
	})
}

// difference says how two bags differ, or nothing if they do not.
func difference(nameA string, a bag, nameB string, b bag) string {
	onlyA, onlyB := a.minus(b), b.minus(a)
	if len(onlyA)+len(onlyB) == 0 {
		return ""
	}
	var out strings.Builder
	for _, side := range []struct {
		name string
		rows bag
	}{{nameA, onlyA}, {nameB, onlyB}} {
		fmt.Fprintf(&out, "\n  only %s (%d):", side.name, len(side.rows))
		lines := make([]string, len(side.rows))
		for i, r := range side.rows {
			lines[i] = "\n    " + r.shown
		}
		slices.Sort(lines)
		const most = 20
		if len(lines) > most {
			lines = append(lines[:most], "\n    ...")
		}
		out.WriteString(strings.Join(lines, ""))
	}
	return out.String()
}

// newRecord makes a record of a row's values as they are written.
func newRecord(columns []schema.Column, row Row) (r record, err error) {
	var exact, shown []string
	for i, v := range row {
		shown = append(shown, v.String())
		text, float, err := canonical(columns[i].Type, v)
		if err != nil {
			return r, fmt.Errorf("column %q: %w", columns[i].Name, err)
		}
		exact = append(exact, text)
		if float != nil {
			r.floats = append(r.floats, *float)
		}
	}
	r.exact, r.shown = strings.Join(exact, "\x1f"), strings.Join(shown, " ")
	return r, nil
}

// canonical is a value as text that is the same for equal values; a
// floating-point number is beside it.
func canonical(t schema.Type, v Value) (text string, float *number, err error) {
	if v.Null {
		return "\x00", nil, nil
	}
	bad := fmt.Errorf("%s is no %s", v, t)
	switch {
	case t.Kind == schema.Real || t.Kind == schema.Double:
		n := &number{tolerance: Tolerance}
		if t.Kind == schema.Real {
			n.tolerance = toleranceReal
		}
		if n.value, err = strconv.ParseFloat(v.Text, 64); err != nil {
			return "", nil, bad
		}
		return "", n, nil
	case t.IsNumeric():
		exact, ok := new(big.Rat).SetString(v.Text)
		if !ok {
			return "", nil, bad
		}
		return exact.RatString(), nil, nil
	case t.Kind == schema.Boolean:
		b, err := strconv.ParseBool(v.Text)
		if err != nil {
			return "", nil, bad
		}
		return strconv.FormatBool(b), nil, nil
	case t.IsTemporal():
		at, ok := parseTime(v.Text)
		if !ok {
			return "", nil, bad
		}
		return at.Format(time.RFC3339Nano), nil, nil
	}
	return v.Text, nil, nil
}

// written is a value that the engine returned, as the language writes it.
func written(t schema.Type, v any) Value {
	switch v := v.(type) {
	case nil:
		return Null
	case bool:
		return Text(strconv.FormatBool(v))
	case float64:
		return Text(strconv.FormatFloat(v, 'g', -1, 64))
	case []byte:
		return Text(hex.EncodeToString(v))
	case time.Time:
		if t.Kind == schema.Date {
			return Text(v.UTC().Format("2006-01-02"))
		}
		return Text(v.UTC().Format("2006-01-02 15:04:05.999999"))
	}
	return Text(fmt.Sprint(v))
}
