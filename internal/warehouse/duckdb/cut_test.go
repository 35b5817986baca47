package duckdb

import (
	"fmt"
	"strings"
	"testing"
)

// TestCut joins points, written as their positions, into islands.
func TestCut(t *testing.T) {
	for _, test := range []struct {
		points string
		least  float64
		most   int
		want   string
	}{
		{"", 1, 3, ""},
		{"5", 1, 3, "5-5"},
		{"1 2 3", 1, 3, "1-3"},
		{"1 3 9", 1, 3, "1-1 3-3 9-9"},
		{"1 3 9", 2, 3, "1-3 9-9"},
		{"1 3 9 12", 1, 3, "1-3 9-9 12-12"},
		{"1 3 9 12", 1, 2, "1-3 9-12"},
		{"1 3 9 12", 1, 1, "1-12"},
		{"1 3 5 7", 1, 2, "1-1 3-7"},
		{"-9e18 0 9e18", 1e18, 5, "-9e18--9e18 0-0 9e18-9e18"},
	} {
		var ranges []island
		for _, point := range strings.Fields(test.points) {
			i := island{low: point, high: point}
			if _, err := fmt.Sscan(point, &i.from); err != nil {
				t.Fatal(err)
			}
			i.to = i.from
			ranges = append(ranges, i)
		}
		var got []string
		for _, i := range cut(ranges, test.least, test.most) {
			got = append(got, i.low+"-"+i.high)
		}
		if text := strings.Join(got, " "); text != test.want {
			t.Errorf("%q cut by %g into %d at most: %q, want %q", test.points, test.least, test.most, text, test.want)
		}
	}
}
