package view_test

import (
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/portable"
	"github.com/atolldata/atoll/internal/sql/sqltest"
	"github.com/atolldata/atoll/internal/view"
)

// Labels between which the view of these tests is refreshed.
var (
	before = time.Date(2024, 5, 1, 0, 0, 0, 0, time.UTC)
	label  = time.Date(2024, 5, 2, 0, 0, 0, 0, time.UTC)
)

// The statements that carry a plan out are as they were: a change of the algebra
// shows here, line by line.
func TestStatements(t *testing.T) {
	sqltest.Golden(t, "testdata/statements.sql", "testdata/statements.golden", func(query string) string {
		p, err := view.ProgramOf(modelled(t, query))
		if err != nil {
			t.Fatalf("%s\n%v", query, err)
		}
		w := &writer{t: t, p: p}
		for _, s := range p.Stages {
			w.stage(s)
		}
		return w.String()
	})
}

// Texts are remembered by what they depend on, and no more of them than are of use.
func TestTextsAreRemembered(t *testing.T) {
	p, err := view.ProgramOf(modelled(t, "SELECT o.status, COUNT(*) AS n FROM shop.orders o WHERE o.ordered_at < GETDATE() GROUP BY o.status"))
	if err != nil {
		t.Fatal(err)
	}
	text := func(s *view.Statement, suffix string, label time.Time) string {
		t.Helper()
		names := map[string]schema.Name{}
		for _, alias := range []string{view.In, view.Delta, view.Stored, "o"} {
			names[alias] = schema.Name{Name: alias + suffix}
		}
		text, err := p.Text(s, portable.DuckDB, names, label)
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	top := p.Top()
	for range 2 {
		text(top.GroupDelta(), "", before)
		text(top.GroupDelta(), "", label)
		text(top.Merged(false), "", label)
		text(top.Merged(false).OverFew(), "", label)
		text(top.Merged(false), "2", label)
	}
	if n := view.Remembered(p); n != 4 {
		t.Errorf("%d texts are remembered of four", n)
	}
	if fresh, again := allocations(func() { view.Forget(p); text(top.GroupDelta(), "", label) }), allocations(func() { text(top.GroupDelta(), "", label) }); again > fresh/2 {
		t.Errorf("a text that is remembered takes %.0f allocations, a new one %.0f", again, fresh)
	}
	view.Forget(p)
	branch := top.Input.Branches[0]
	rows, moved := branch.Rows(), branch.Moved(1, before, label)
	if text(rows, "", before) == text(rows, "", label) || text(moved, "", label) == text(branch.Moved(1, label, label), "", label) {
		t.Error("the label makes no difference")
	}
	if n := view.Remembered(p); n != 0 {
		t.Errorf("%d texts that depend on the label are remembered", n)
	}
	for i := range 4 * view.MostTexts {
		text(top.Merged(false), fmt.Sprint("of tick ", i), label)
	}
	if n := view.Remembered(p); n > view.MostTexts {
		t.Errorf("%d texts are remembered", n)
	}
}

func allocations(do func()) float64 { return testing.AllocsPerRun(20, do) }

// writer writes statements with a title each.
type writer struct {
	t *testing.T
	p *view.Program
	strings.Builder
}

// statement writes a statement that reads relations under their aliases.
func (w *writer) statement(title string, s *view.Statement, leaves ...*view.Leaf) {
	w.t.Helper()
	names := map[string]schema.Name{}
	for _, alias := range []string{view.In, view.Keys, view.Delta, view.Stored, view.Anew} {
		names[alias] = schema.Name{Name: strings.TrimPrefix(alias, "#")}
	}
	for _, l := range leaves {
		names[l.Alias] = schema.Name{Schema: "leaf", Name: strings.TrimPrefix(l.Alias, "#")}
	}
	// The program remembers it over other relations, and at another label.
	others := maps.Clone(names)
	for alias := range others {
		others[alias] = schema.Name{Schema: "others", Name: alias}
	}
	var text string
	for _, names := range []map[string]schema.Name{others, names, names} {
		for _, label := range []time.Time{before, label} {
			var err error
			if text, err = w.p.Text(s, portable.DuckDB, names, label); err != nil {
				w.t.Fatalf("%s: %v", title, err)
			}
		}
	}
	fmt.Fprintf(w, "%s:\n  %s\n", title, strings.ReplaceAll(text, "\n", "\n  "))
}

func (w *writer) stage(r *view.Relation) {
	w.t.Helper()
	fmt.Fprintf(w, "%s (%s)\n", r.Name, r.Kind)
	switch r.Kind {
	case view.Bag:
		for _, b := range r.Branches {
			w.branch(b)
		}
	case view.Merge:
		w.statement("change of the groups", r.GroupDelta())
		w.statement("groups after it", r.Merged(false))
		if r.Taking() {
			w.statement("groups to compute anew", r.Lost())
			w.statement("groups anew", r.Afresh(true))
			w.statement("groups after it, some of them anew", r.Merged(true))
		}
	case view.Keyed:
		w.statement("keys", r.ChangedKeys())
		w.statement("keys with NULL", r.NullKeys())
		w.statement("rows anew", r.Replaced(false))
		for _, b := range r.Input.Branches {
			for _, path := range r.Input.Paths(b, r.Keys, false) {
				if path.Keys == nil {
					w.statement("values of "+strings.Join(path.Columns, ", "), path.Values(r.Keys, false), path.Leaf)
				}
			}
		}
	}
}

func (w *writer) branch(b *view.Branch) {
	w.t.Helper()
	w.statement("all rows", b.Rows(), b.Leaves...)
	for _, l := range b.Leaves {
		if l.Linear {
			w.statement("change of "+l.Alias, b.Term(l, 1), b.Leaves...)
			continue
		}
		w.statement("what a change of "+l.Alias+" brings", b.Term(l, 1), b.Leaves...)
		w.statement("what a change of "+l.Alias+" takes away", b.Term(l, -1), b.Leaves...)
	}
	if b.Moves {
		w.statement("what comes with time", b.Moved(1, before, label), b.Leaves...)
		w.statement("what leaves with time", b.Moved(-1, before, label), b.Leaves...)
	}
}
