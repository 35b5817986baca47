package refresh

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/atolldata/atoll/internal/compile"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/print"
	"github.com/atolldata/atoll/internal/view"
	"github.com/atolldata/atoll/internal/warehouse"
)

// Step is something that a refresh has the engine do: a statement in the embedded
// engine's text, or where SQL is empty an access to what changed, which the engine
// carries out as the layout of its tables wants it.
type Step struct {
	Title string `json:"title"`
	SQL   string `json:"sql,omitempty"`
}

// Explain lists the steps of a refresh from changes that moves a view from one
// label to another, without a warehouse. It is the refresh with most to do: rows
// come to and leave every input, keys can be NULL, extremes leave, and no relation
// is small enough to be read as a whole. A real one leaves out what nothing
// changed for. A view that cannot be refreshed from changes has one step.
func Explain(n *compile.Node, before, label time.Time) ([]Step, error) {
	r := &recorder{}
	p, err := view.ProgramOf(n)
	if err != nil {
		query, err := view.EngineQuery(n, label)
		r.add(query, "build %s anew with the rows of its query", n.Name)
		return r.steps, err
	}
	windows := map[schema.Name]Window{}
	for _, in := range p.Inputs {
		windows[in.Name] = Window{After: 0, To: 1}
	}
	job := Job{Program: p, Version: 1, Label: label, Before: before, Windows: windows}
	_, err = Begin(r, []Job{job}).FromChanges(context.Background(), job)
	return r.steps, err
}

// recorder is a transaction that writes down what a refresh asks of it. Only the
// methods that a refresh calls are there.
type recorder struct {
	warehouse.Tx
	steps []Step
}

func (r *recorder) add(sql, title string, args ...any) {
	r.steps = append(r.steps, Step{Title: fmt.Sprintf(title, args...), SQL: sql})
}

// temporary is the name of a working table or view, as statements write it.
func temporary(name string) string {
	return print.DuckDB(&ast.TableName{Name: ast.NewName(name)})
}

// Work implements [warehouse.Deltas].
func (r *recorder) Work(_ context.Context, as, query string) (int64, error) {
	r.add("CREATE TEMP TABLE "+temporary(as)+" AS\n"+strings.TrimSpace(query), "compute %s", temporary(as))
	return 1, nil
}

// View implements [warehouse.Deltas]. The statement is what a working view means; the
// embedded engine gets it as a common table expression of those that name it.
func (r *recorder) View(_ context.Context, as, query string, _ bool) error {
	r.add("CREATE TEMP VIEW "+temporary(as)+" AS\n"+strings.TrimSpace(query), "define %s", temporary(as))
	return nil
}

// Size implements [warehouse.Tracking].
func (r *recorder) Size(context.Context, schema.Name) (int64, error) { return smallRelation + 1, nil }

// Changes implements [warehouse.Deltas].
func (r *recorder) Changes(_ context.Context, c warehouse.Changes) (came, left int64, err error) {
	r.add("", "%s is what came to %s and left it since the last refresh, signed by %s%s", temporary(c.As), c.From, warehouse.Weight, columnsOf(c.Columns))
	return 1, 1, nil
}

// State implements [warehouse.Deltas].
func (r *recorder) State(_ context.Context, s warehouse.State) error {
	r.add("", "%s is %s %s%s", temporary(s.As), s.From, when(s.At), columnsOf(s.Columns))
	return nil
}

// Rows implements [warehouse.Deltas].
func (r *recorder) Rows(_ context.Context, s warehouse.Rowset) (int64, error) {
	nulls := ""
	if s.Nulls {
		nulls = ", NULL included"
	}
	r.add("", "%s is the rows of %s %s whose %s is among %s of %s%s%s", temporary(s.As), s.From, when(s.At),
		listed(s.Key), listed(s.KeyColumns), temporary(s.Keys), nulls, columnsOf(s.Columns))
	return 1, nil
}

// Apply implements [warehouse.Deltas].
func (r *recorder) Apply(_ context.Context, a warehouse.Apply) (came, left int64, err error) {
	by := ""
	if len(a.Lookup) > 0 {
		by = ", finding the rows that leave by " + listed(a.Lookup)
	}
	r.add("", "bring %s into %s%s", temporary(a.Delta), a.To, by)
	return 1, 1, nil
}

// Overwrite implements [warehouse.Deltas].
func (r *recorder) Overwrite(_ context.Context, c warehouse.Overwrite) (came, left int64, err error) {
	r.add(c.New, "bring the rows of this query into %s in place of %s, where they differ; %s is what changed by that",
		c.To, temporary(c.Old), temporary(c.As))
	return 1, 1, nil
}

// Refresh implements [warehouse.Tx].
func (r *recorder) Refresh(_ context.Context, v warehouse.View) (int64, error) {
	r.add(v.Query, "replace the rows of %s that differ from those of this query", v.Name)
	return 1, nil
}

// Prune implements [warehouse.Tracking].
func (r *recorder) Prune(context.Context, schema.Name, int64) error { return nil }

// Forget implements [warehouse.Deltas].
func (r *recorder) Forget(context.Context, ...string) error { return nil }

// SQL implements [warehouse.Tx]. Every question is answered with one row, and
// every number with 1.
func (r *recorder) SQL() warehouse.SQL { return questions{} }

type questions struct{ warehouse.SQL }

// Query implements [warehouse.SQL].
func (questions) Query(context.Context, string, ...any) (warehouse.Rows, error) {
	return &answer{}, nil
}

// answer is one row.
type answer struct{ told bool }

func (*answer) Columns() []schema.Column { return nil }
func (*answer) Err() error               { return nil }
func (*answer) Close() error             { return nil }

// Next implements [warehouse.Rows].
func (a *answer) Next() bool {
	first := !a.told
	a.told = true
	return first
}

// Scan implements [warehouse.Rows].
func (*answer) Scan(dest ...any) error {
	for _, d := range dest {
		if n, ok := d.(**int64); ok {
			*n = new(int64)
			**n = 1
		}
	}
	return nil
}

// when says at what version a relation is read.
func when(version int64) string {
	if version == warehouse.Latest {
		return "as it is now"
	}
	return "as it was at the last refresh"
}

// columnsOf are the columns that a relation is read in; none are all.
func columnsOf(columns []string) string {
	if len(columns) == 0 {
		return ""
	}
	return ": " + listed(columns)
}

func listed(columns []string) string { return `"` + strings.Join(columns, `", "`) + `"` }
