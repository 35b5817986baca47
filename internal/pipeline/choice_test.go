package pipeline

import (
	"context"
	"strings"
	"testing"

	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/warehouse"
)

// counter counts how often it is asked what is pending.
type counter struct {
	warehouse.Tx
	asked int
}

func (c *counter) Pending(_ context.Context, name schema.Name, after int64) (int64, error) {
	c.asked++
	return int64(len(name.Name)) + after, nil
}

func TestWhatIsPendingIsCountedOnce(t *testing.T) {
	var tx counter
	a := &attempt{tx: &tx}
	for _, c := range []struct {
		of          string
		after, want int64
		asked       int
	}{{"a", 1, 2, 1}, {"a", 1, 2, 1}, {"a", 2, 3, 2}, {"bb", 1, 3, 3}, {"bb", 1, 3, 3}} {
		got, err := a.pending(t.Context(), schema.Name{Schema: "s", Name: c.of}, c.after)
		if err != nil || got != c.want || tx.asked != c.asked {
			t.Errorf("%s after %d: %d rows, asked %d times; want %d, %d; error %v", c.of, c.after, got, tx.asked, c.want, c.asked, err)
		}
	}
}

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
