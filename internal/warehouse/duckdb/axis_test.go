package duckdb

import (
	"math"
	"testing"
)

// TestAxis: the share of a table that is read for islands is what they hold, where values
// lie dense in one place and not in another, and at least what they span.
func TestAxis(t *testing.T) {
	const vectors, rows = 50, 50 * groupRows // one of each row group
	sampled := func(low func(i int) float64, width float64) axis {
		var all []interval
		for i := range vectors {
			all = append(all, interval{low(i), low(i) + width})
		}
		return axisOf(all, rows)
	}
	even := sampled(func(i int) float64 { return 100 * float64(i) }, 2)
	digits := sampled(func(i int) float64 { // as texts of hexadecimal digits: two in three begin with 0 to 9
		if i < vectors*10/16 {
			return float64(i)
		}
		return 1000 + float64(i)
	}, 1)
	half := sampled(func(i int) float64 { return max(0, 100*float64(i-vectors/2)) }, 2)
	for _, test := range []struct {
		what    string
		axis    axis
		islands []island
		share   float64
	}{
		{"in order, one value", even, []island{{from: 2550, to: 2550}}, 0.02},
		{"in order, a fifth in two places", even, []island{{from: 500, to: 950}, {from: 4000, to: 4450}}, 0.22},
		{"digits and letters, all", digits, []island{{from: 0, to: 31}, {from: 1031, to: 1050}}, 1},
		{"digits and letters, the letters", digits, []island{{from: 1031, to: 1050}}, 0.38},
		{"half are zero, one of the others", half, []island{{from: 1250, to: 1250}}, 0.04},
		{"half are zero, the zeros", half, []island{{from: 0, to: 0}}, 0.5},
	} {
		if got := test.axis.share(test.islands); math.Abs(got-test.share) > 0.03 {
			t.Errorf("%s: a share of %.3f is read, want %.2f", test.what, got, test.share)
		}
	}
	for what, a := range map[string]axis{"even": even, "half": half} {
		if got := a.least(); got > 0.05 {
			t.Errorf("%s: a share of %.3f is read for one value at least", what, got)
		}
	}
	if a := axisOf(nil, rows); a.reach != 0 {
		t.Errorf("a column without values has the reach %g", a.reach)
	}
}
