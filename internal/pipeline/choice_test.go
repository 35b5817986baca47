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

func (c *counter) Pending(_ context.Context, of ...warehouse.Backlog) (rows []int64, err error) {
	c.asked++
	for _, b := range of {
		rows = append(rows, int64(len(b.Of.Name))+b.After)
	}
	return rows, nil
}

func TestWhatIsPendingIsCountedOnce(t *testing.T) {
	of := func(name string, after int64) warehouse.Backlog {
		return warehouse.Backlog{Of: schema.Name{Schema: "s", Name: name}, After: after}
	}
	var tx counter
	a := &attempt{tx: &tx, views: map[schema.Name]warehouse.ViewState{of("view", 0).Of: {ChangedRun: 5}}}
	a.stir(of("changed", 0).Of, 3, 7)
	for _, c := range []struct {
		of    []warehouse.Backlog
		want  []int64
		asked int
	}{
		{[]warehouse.Backlog{of("a", 1), of("a", 1), of("bb", 1)}, []int64{2, 2, 3}, 1},
		{[]warehouse.Backlog{of("bb", 1), of("a", 1)}, []int64{3, 2}, 1},
		{[]warehouse.Backlog{of("a", 2)}, []int64{3}, 2},
		{[]warehouse.Backlog{of("view", 5), of("view", 6)}, []int64{0, 0}, 2}, // it did not change since
		{[]warehouse.Backlog{of("view", 4)}, []int64{8}, 3},
		{[]warehouse.Backlog{of("changed", 3), of("changed", 4)}, []int64{7, 7}, 3}, // its refresh said so
		{[]warehouse.Backlog{of("changed", 2)}, []int64{9}, 4},
		{nil, nil, 4},
	} {
		if err := a.pending(t.Context(), c.of...); err != nil || tx.asked != c.asked {
			t.Errorf("%v: asked %d times, want %d; error %v", c.of, tx.asked, c.asked, err)
		}
		for i, b := range c.of {
			if a.counted[b] != c.want[i] {
				t.Errorf("%v: %d rows, want %d", b, a.counted[b], c.want[i])
			}
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
		{"nothing is known, and little changed", warehouse.ViewState{}, 30_000, 100_000, ""},
		{"nothing is known, and much changed", warehouse.ViewState{}, 30_001, 100_000, "too large a part"},
		{"nothing is known, and all of few rows changed", warehouse.ViewState{}, 8_192, 8_192, ""},
		{"one of the two is not known", warehouse.ViewState{FullSeconds: 10}, 30_001, 100_000, "too large a part"},
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
