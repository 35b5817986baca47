package refresh

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/portable"
	"github.com/atolldata/atoll/internal/view"
	"github.com/atolldata/atoll/internal/warehouse"
)

// Job is one refresh of a view.
type Job struct {
	Program *view.Program
	// Version is the run, which the rows that come carry.
	Version int64
	// Changed is the version at which the view's rows last changed.
	Changed int64
	// Label is what the view becomes current to, Before what it was.
	Label, Before time.Time
	// Windows are the versions of each input to take in. A refresh from all rows
	// needs none.
	Windows map[schema.Name]Window
	// Sort is the physical order of the view's rows where it is built anew.
	Sort []string
	// Sought are the columns by which the rows of the view and its stages are looked up,
	// by refreshes of others too.
	Sought map[schema.Name][]schema.Column
}

// Window is the versions after After, up to and with To.
type Window struct{ After, To int64 }

// Result is what a refresh did to the view's rows.
type Result struct {
	Rows    int64 // that the view holds
	Changed bool  // some of them came or left
	Moved   int64 // how many came and left, 0 if that is not known
	Delta   int64 // signed rows of the inputs that were taken in
	Whole   bool  // all rows of the last stage were computed, see [ComputeWhole]
}

// run is the state of one refresh.
type run struct {
	ctx    context.Context
	tx     warehouse.Tx
	tick   *Tick
	job    Job
	made   int // working tables
	deltas map[*view.Relation]*delta
	states map[state]schema.Name
	narrow map[narrowed]schema.Name
	nulls  map[schema.Name]bool // the working tables of keys, with whether one has a NULL
	taken  int64
	brief  bool // few rows are computed
	atOnce bool // the rows of the view itself were computed whole
}

// delta is the signed rows of a relation, in a working table. Nothing changed if
// it has none.
type delta struct {
	name    string
	rows    int64
	left    bool     // some of them may have left
	columns []string // of an input's, that the rows have
}

// state is a relation before or after the window.
type state struct {
	of  *view.Relation
	old bool
}

// lookup asks for the rows whose values in the columns key are those of a row of
// the working table keys, in its columns.
type lookup struct {
	key     []string
	keys    schema.Name
	columns []string
	nulls   bool // NULL is equal to NULL
	once    bool // of equal rows one is enough
	// leads is set if other rows are looked up by what is found, so that it should
	// have no rows with other keys.
	leads bool
}

// narrowed is a state's rows with certain keys.
type narrowed struct {
	state
	key, keys, columns string
	nulls, once, leads bool
}

func (t *Tick) run(ctx context.Context, job Job) *run {
	return &run{ctx: ctx, tx: t.tx, tick: t, job: job, deltas: map[*view.Relation]*delta{}, states: map[state]schema.Name{}, narrow: map[narrowed]schema.Name{},
		nulls: map[schema.Name]bool{}}
}

// FromChanges refreshes a view from what changed in its inputs. The view and its
// stages must be as a refresh at Before left them.
func (t *Tick) FromChanges(ctx context.Context, job Job) (Result, error) {
	r := t.run(ctx, job)
	for _, stage := range job.Program.Stages {
		if !stage.Stored {
			continue
		}
		if err := r.stage(stage); err != nil {
			return Result{}, err
		}
	}
	return r.end()
}

// end clears away what only this refresh needed.
func (r *run) end() (Result, error) {
	for _, stage := range r.job.Program.Stages {
		if stage.Stored && stage != r.job.Program.Top() {
			if err := r.tx.Prune(r.ctx, stage.Name, r.job.Version); err != nil {
				return Result{}, err
			}
		}
	}
	rows, err := r.tx.Size(r.ctx, r.job.Program.Top().Name)
	if err != nil {
		return Result{}, err
	}
	d := r.deltas[r.job.Program.Top()]
	r.tick.tell(r.job, d)
	moved := d.rows
	if r.job.Program.Top().Kind == view.Full {
		moved = 0
	}
	return Result{Rows: rows, Changed: d.rows > 0, Moved: moved, Delta: r.taken, Whole: r.atOnce}, r.tx.Forget(r.ctx, r.tick.keep...)
}

// text is a relation's name in a statement.
func text(n schema.Name) string {
	if n.Schema == "" {
		return quote(n.Name)
	}
	return quote(n.Schema) + "." + quote(n.Name)
}

func quote(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// list is a list of columns.
func list(columns []string) string {
	quoted := make([]string, len(columns))
	for i, c := range columns {
		quoted[i] = quote(c)
	}
	return strings.Join(quoted, ", ")
}

// name makes the name of a working table.
func (r *run) name(what string) string {
	r.made++
	return fmt.Sprintf("%s %d %s", r.job.Program.Node.Name, r.made, what)
}

// work makes a working table of statements' rows.
func (r *run) work(what string, statements ...string) (string, int64, error) {
	name := r.name(what)
	n, err := r.tx.Work(r.ctx, name, strings.Join(statements, "\nUNION ALL\n"))
	return name, n, err
}

// sql writes a statement for the engine.
func (r *run) sql(s *view.Statement, names map[string]schema.Name) (string, error) {
	return r.sqlOf(s, names, false)
}

// sqlOf writes the query of the rows before or after the window, at the label of
// that time.
func (r *run) sqlOf(s *view.Statement, names map[string]schema.Name, old bool) (string, error) {
	label := r.job.Label
	if old {
		label = r.job.Before
	}
	if r.brief {
		s = s.OverFew()
	}
	return r.job.Program.Text(s, portable.DuckDB, names, label)
}

// FromAll builds a view, and its stages, from all rows of its inputs. With diff
// only the rows that differ are replaced, so that who reads the view sees what
// changed.
func (t *Tick) FromAll(ctx context.Context, job Job, diff bool) (rows int64, err error) {
	r := t.run(ctx, job)
	for _, stage := range job.Program.Stages {
		if !stage.Stored {
			continue
		}
		if rows, err = r.build(stage, diff); err != nil {
			return 0, err
		}
	}
	return rows, t.tx.Forget(ctx, t.keep...)
}

// build makes a stage hold its rows.
func (r *run) build(stage *view.Relation, diff bool) (int64, error) {
	query, err := r.rows(stage, false)
	if err != nil {
		return 0, err
	}
	top := stage == r.job.Program.Top()
	v := warehouse.View{Name: stage.Name, Columns: stage.Columns, State: stage.State, Query: query, Label: r.job.Label,
		Version: r.job.Version, Hidden: !top}
	if stage.Kind == view.Merge || len(stage.First) > 0 {
		v.Key = stage.Held
	}
	v.Sought = r.job.Sought[stage.Name]
	if top {
		v.Sort, v.Diff = r.job.Sort, diff
	}
	if len(v.Sort) == 0 {
		// Rows are found by what holds their keys: near keys are to lie near each other.
		v.Sort = stage.Held
	}
	rows, err := r.tx.Refresh(r.ctx, v)
	switch {
	case err != nil:
	case stage.Kind == view.SessionsKind:
		err = buildSessions(r.ctx, r.tx, view.SessionsOf(r.job.Program.Node), r.job.Version)
	case !top:
		err = r.tx.Track(r.ctx, stage.Name)
	}
	return rows, err
}

// rows is the query of all rows of a stage, over its inputs before or after the
// window.
func (r *run) rows(stage *view.Relation, old bool) (string, error) {
	if stage.Kind == view.SessionsKind {
		return view.EngineQuery(r.job.Program.Node, r.job.Label)
	}
	if stage.Kind != view.Bag {
		in, err := r.state(stage.Input, old)
		if err != nil {
			return "", err
		}
		return r.sql(stage.Rows(), map[string]schema.Name{view.In: in})
	}
	var parts []string
	for _, b := range stage.Branches {
		names, err := r.whole(b, func(*view.Leaf) bool { return old })
		if err != nil {
			return "", err
		}
		part, err := r.sqlOf(b.Rows(), names, old)
		if err != nil {
			return "", err
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, "\nUNION ALL\n"), nil
}

// whole are the states of a branch's leaves, all of their rows.
func (r *run) whole(b *view.Branch, old func(*view.Leaf) bool) (map[string]schema.Name, error) {
	names := map[string]schema.Name{}
	for _, l := range b.Leaves {
		n, err := r.state(l.Of, old(l))
		if err != nil {
			return nil, err
		}
		names[l.Alias] = n
	}
	return names, nil
}
