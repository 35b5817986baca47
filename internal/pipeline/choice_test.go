package pipeline

import (
	"strings"
	"testing"

	"github.com/atolldata/atoll/internal/warehouse"
)

func TestTheCheaperWayIsChosen(t *testing.T) {
	known := warehouse.ViewState{FullSeconds: 10, IncrementalSeconds: 2, IncrementalRows: 100}
	for _, c := range []struct {
		name          string
		state         warehouse.ViewState
		pending, held int64
		want          string // a part of the reason to recompute
	}{
		{"nothing is known, and little changed", warehouse.ViewState{}, 30, 100, ""},
		{"nothing is known, and much changed", warehouse.ViewState{}, 31, 100, "too large a part"},
		{"one of the two is not known", warehouse.ViewState{FullSeconds: 10}, 31, 100, "too large a part"},
		{"as many rows as the last time", known, 100, 1000, ""},
		{"fewer rows take no less than the last time", warehouse.ViewState{FullSeconds: 1, IncrementalSeconds: 2, IncrementalRows: 100}, 1, 1000, "expected to take 2.00 s, and recomputing took 1.00 s"},
		{"more rows", known, 400, 1000, ""},
		{"so many more that it takes longer", known, 500, 1000, "expected to take 14.00 s, and recomputing took 10.00 s"},
		{"too little for it to matter", warehouse.ViewState{FullSeconds: 0.1, IncrementalSeconds: 0.2, IncrementalRows: 1}, 1, 10, ""},
		{"nothing is held yet", warehouse.ViewState{}, 0, 0, ""},
	} {
		if got := dearer(c.state, c.pending, c.held); c.want == "" && got != "" || !strings.Contains(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
