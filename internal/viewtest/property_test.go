package viewtest

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/warehouse"
)

// After each tick every view is what its query returns (I2), whatever the query
// and whatever happened, and was refreshed in the way that its plan says. Of the
// refreshes enough have to be from what changed for that to say something.
func TestDrawnViewsAreTheirQueries(t *testing.T) {
	t.Parallel()
	var cases, refreshes, fromChanges int64
	checkDrawn(t, func(rt *rapid.T) *Case { return drawCase(rt, 10, true) }, func(c *Case, _ uint64) error {
		out, err := outcome(t, c)
		cases, refreshes, fromChanges = cases+1, refreshes+out.refreshes, fromChanges+out.fromChanges
		return err
	})
	t.Logf("%d cases, %d refreshes of views, %d from what changed", cases, refreshes, fromChanges)
	if refreshes < 20*cases || fromChanges < 7*cases {
		t.Errorf("%d cases made %d refreshes of views, of which %d were from what changed; want 20 and 7 a case", cases, refreshes, fromChanges)
	}
}

// What views hold depends neither on the order in which rows arrived nor on how
// ticks cut it.
func TestDrawnViewsDoNotDependOnArrival(t *testing.T) {
	t.Parallel()
	checkDrawn(t, func(rt *rapid.T) *Case { return drawCase(rt, 2, false) }, func(c *Case, seed uint64) error {
		other := rearranged(c, rand.New(rand.NewPCG(seed, 0)))
		got, err := outcome(t, c)
		if err != nil {
			return err
		}
		want, err := outcome(t, other)
		if err != nil {
			return fmt.Errorf("rearranged: %w\n%s", err, other)
		}
		for _, v := range c.Views {
			if diff := difference("as it came", got.views[v.Name], "rearranged", want.views[v.Name]); diff != "" {
				return fmt.Errorf("%s depends on the arrival of rows%s\nrearranged:\n%s", v.Name, diff, other)
			}
		}
		return nil
	})
}

// drawn is a drawn case, and a seed for what is done with it.
type drawn struct {
	*Case
	seed uint64
}

// GoString is how rapid shows it.
func (d drawn) GoString() string { return fmt.Sprintf("seed %d\n%s", d.seed, d.Case) }

// checkDrawn holds drawn cases to a property. The case that fails is shown as small as it
// can be made.
func checkDrawn(t *testing.T, draw func(*rapid.T) *Case, property func(c *Case, seed uint64) error) {
	cases := rapid.Custom(func(rt *rapid.T) drawn {
		return drawn{draw(rt), rapid.Uint64().Draw(rt, "seed")}
	})
	var failing *drawn
	defer func() {
		if failing != nil {
			why := reason(property(failing.Case, failing.seed))
			c := reduce(failing.Case, func(c *Case) bool { return reason(property(c, failing.seed)) == why }, time.Minute)
			file, err := keep(drawnCases, t.Name(), c)
			t.Logf("made smaller, in %s (%v): %v\n\n%s", file, err, property(c, failing.seed), c)
		}
	}()
	rapid.Check(t, func(rt *rapid.T) {
		d := cases.Draw(rt, "case")
		if err := property(d.Case, d.seed); err != nil && !engineFails(err) {
			failing = &d
			rt.Fatalf("%v", err)
		}
	})
}

// drawnCases is where drawn cases that fail are kept, beside what rapid keeps to draw
// them again. TestCases runs them.
const drawnCases = "testdata/rapid"

// keep writes a case into a file of its own, which it names.
func keep(folder, name string, c *Case) (string, error) {
	file := filepath.Join(folder, name+".txt")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return file, err
	}
	return file, os.WriteFile(file, []byte(c.String()), 0o644)
}

// engineFails reports a query that the engine cannot run by a fault of its own: it
// stops at an assertion of its optimizer, or cannot take a subquery apart. There is
// no answer then to hold the view to.
func engineFails(err error) bool {
	return slices.ContainsFunc([]string{"an assertion failure within DuckDB", "for flattening correlated subquery"}, func(text string) bool {
		return strings.Contains(err.Error(), text) && strings.Contains(err.Error(), "running the query")
	})
}

// reason is what failures have in common that are likely to have one cause. That a
// model does not compile is one of its own: parts that are left out of a case are
// often missed by others.
func reason(err error) string {
	if err == nil {
		return ""
	}
	for _, known := range []string{"is not what its query returns", "could not be refreshed by its plan", "could not be refreshed", "was recomputed", "depends on the arrival", "the query of ", "models/", "raise memory"} {
		if strings.Contains(err.Error(), known) {
			return known
		}
	}
	return "another"
}

// outcome runs a case, in a folder that is removed after it, and returns what came of
// it.
func outcome(t *testing.T, c *Case) (*collect, error) {
	out := &collect{views: map[schema.Name]bag{}}
	dir, err := os.MkdirTemp(t.TempDir(), "")
	if err != nil {
		return out, err
	}
	defer os.RemoveAll(dir)
	with := *c
	with.Steps = append(slices.Clip(c.Steps), out)
	return out, with.Run(t.Context(), dir)
}

// collect is a step that keeps what the views hold, and how many refreshes there were.
type collect struct {
	views                  map[schema.Name]bag
	refreshes, fromChanges int64
}

func (*collect) String() string { return "collect" }

func (s *collect) run(r *runner) error {
	if err := r.open(); err != nil {
		return err
	}
	for _, n := range r.project.Graph.Views() {
		rows, err := r.stored(n)
		if err != nil {
			return err
		}
		if s.views[n.Name], err = records(n.Shape.Columns, rows); err != nil {
			return err
		}
	}
	const steps = "SELECT count(*) FROM atoll.run_steps WHERE kind = 'refresh'"
	var err error
	if s.refreshes, err = warehouse.Number(r.ctx, r.project.Warehouse.SQL(), steps); err == nil {
		s.fromChanges, err = warehouse.Number(r.ctx, r.project.Warehouse.SQL(), steps+" AND plan <> 'full'")
	}
	return err
}

// rearranged is a case with the same rows in the end, which come in another
// order, in other files and ticks; the last tick has the same label.
func rearranged(c *Case, random *rand.Rand) *Case {
	rows, label := inTheEnd(c)
	random.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	out := *c
	out.Views, out.Steps = slices.Clone(c.Views), nil
	for _, step := range c.Steps {
		for i, v := range out.Views {
			if d, ok := step.(Define); ok && d.View.Name == v.Name {
				out.Views[i] = d.View
			}
		}
	}
	for ticks := 1 + random.IntN(3); ticks > 0; ticks-- {
		out.Steps = append(out.Steps, At{label.Add(-time.Duration(ticks-1) * 26 * time.Hour)})
		come := rows
		if ticks > 1 {
			come = rows[:random.IntN(len(rows)+1)]
		}
		rows = rows[len(come):]
		for _, t := range c.Tables {
			load := Load{Table: t.Name}
			for _, r := range come {
				if r.Table == t.Name {
					load.Rows = append(load.Rows, r.Rows...)
				}
			}
			out.Steps = append(out.Steps, load)
		}
		out.Steps = append(out.Steps, Refresh{})
	}
	return &out
}

// inTheEnd is each row that a case's tables have after its last step, as a load
// of its own, and the label of the last refresh.
func inTheEnd(c *Case) (rows []Load, label time.Time) {
	type file struct {
		table schema.Name
		name  string
	}
	held := map[file][]Row{}
	var files []file
	next := Start
	for _, step := range c.Steps {
		switch s := step.(type) {
		case At:
			next = s.Label
		case Refresh:
			label, next = next, next.Add(time.Minute)
		case Load:
			held[file{s.Table, s.File}] = s.Rows
			files = append(files, file{s.Table, s.File})
		case Change:
			held[file{s.Table, s.File}] = s.Rows
		}
	}
	for _, f := range files {
		for _, row := range held[f] {
			rows = append(rows, Load{Table: f.table, Rows: []Row{row}})
		}
	}
	return rows, label
}
