package pipeline

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"time"

	"github.com/atolldata/atoll/internal/compile"
	"github.com/atolldata/atoll/internal/lake"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/source"
	sources "github.com/atolldata/atoll/internal/source/all"
	"github.com/atolldata/atoll/internal/warehouse"
)

// tick is one pass. What it knows of the warehouse it read at its start and
// keeps in step with what it commits.
type tick struct {
	p        *Project
	o        RunOptions
	run      int64
	mends    bool // the tick before it failed, or was not done
	label    time.Time
	started  time.Time
	report   *Report
	selected map[*compile.Node]bool

	sources   map[string]source.Source
	tables    map[schema.Name]warehouse.TableState
	views     map[schema.Name]warehouse.ViewState
	cursors   map[schema.Name][]warehouse.Cursor // of the views that are refreshed from what changed
	bookmarks map[string]json.RawMessage
	marked    map[string]json.RawMessage // the bookmarks as they were committed
	nextFile  int32
	nextBatch int64

	found  []found              // new or changed files
	reload map[schema.Name]bool // tables whose rows have to come from the lake again
	listed map[schema.Name]bool // tables whose source was listed in this tick
	away   map[int32]error      // files that turned out not to load, by id
	held   map[schema.Name]bool // tables that cannot be reloaded and stay as they are
	unread map[int32]bool       // files whose bytes could not be had: the next tick finds them again
	cut    map[schema.Name]error
	failed map[schema.Name]error // views that could not be refreshed from what changed
	// unstaged are the views whose stages could not be built.
	unstaged map[schema.Name]error
	steps    []step // not yet committed
	stepNo   int64
}

// step is a row of atoll.run_steps.
type step struct {
	kind, name  string
	batch       int64
	label       time.Time
	state, plan string
	started     time.Time
	seconds     float64
	rows        int64
	reason      string // why a view was refreshed as it was
	delta       int64  // rows of the changes that were taken in
	err         error
}

// Run does one tick. The report says what became of it, also of files and views
// that failed: those are no errors of Run. An error means that the tick could
// not go on; what it had committed stays, and the next one carries on.
func (p *Project) Run(ctx context.Context, o RunOptions) (*Report, error) {
	t := &tick{p: p, o: o, started: p.options.Clock(), sources: map[string]source.Source{},
		reload: map[schema.Name]bool{}, listed: map[schema.Name]bool{}, away: map[int32]error{}, unread: map[int32]bool{},
		held: map[schema.Name]bool{}, cut: map[schema.Name]error{}, failed: map[schema.Name]error{}, unstaged: map[schema.Name]error{}}
	t.label = o.AsOf
	if t.label.IsZero() {
		t.label = t.started
	}
	t.label = t.label.UTC().Truncate(time.Microsecond)
	t.report = &Report{Label: t.label}
	err := t.do(ctx)
	t.report.Seconds = p.options.Clock().Sub(t.started).Seconds()
	if err != nil && t.run > 0 {
		// Best effort: the warehouse may be the reason why the tick failed.
		if again := t.recordFailure(context.WithoutCancel(ctx), err); again != nil {
			p.options.Log.Warn("the tick's failure could not be recorded", "error", again)
		}
	}
	return t.report, err
}

func (t *tick) do(ctx context.Context) error {
	if err := t.p.bringLevel(ctx, t.report); err != nil {
		return err
	}
	if err := t.read(ctx); err != nil {
		return err
	}
	if err := t.admit(); err != nil {
		return err
	}
	if err := t.choose(); err != nil {
		return err
	}
	var err error
	if t.found, err = t.scan(ctx); err != nil {
		return err
	}
	if err := t.loadAll(ctx, t.found); err != nil {
		return err
	}
	return t.retryFailed(ctx)
}

// read takes stock of the warehouse.
func (t *tick) read(ctx context.Context) error {
	db := t.p.Warehouse.SQL()
	var err error
	if t.tables, err = warehouse.TableStates(ctx, db); err != nil {
		return err
	}
	if t.views, err = warehouse.ViewStates(ctx, db); err != nil {
		return err
	}
	if t.cursors, err = warehouse.Cursors(ctx, db); err != nil {
		return err
	}
	if t.bookmarks, err = warehouse.Bookmarks(ctx, db); err != nil {
		return err
	}
	t.marked = maps.Clone(t.bookmarks)
	last, err := lastRun(ctx, db)
	if err != nil {
		return err
	}
	if last == nil {
		last = &RunStatus{State: "done"}
	}
	file, err := warehouse.Number(ctx, db, `SELECT max(id) FROM atoll.files`)
	if err != nil {
		return err
	}
	batch, err := warehouse.Number(ctx, db, `SELECT max(batch) FROM atoll.batches`)
	if err != nil {
		return err
	}
	t.run, t.nextFile, t.nextBatch = last.Run+1, int32(file)+1, batch+1
	t.mends = last.State != "done"
	t.report.Run = t.run
	return nil
}

// choose finds what the selector names, and opens the sources of what is loaded.
func (t *tick) choose() error {
	nodes := t.p.Graph.Nodes
	if t.o.Select != "" {
		var err error
		if nodes, err = compile.Select(t.p.Graph, t.o.Select); err != nil {
			return err
		}
	}
	t.selected = map[*compile.Node]bool{}
	for _, n := range nodes {
		t.selected[n] = true
	}
	for _, n := range t.p.Graph.Nodes {
		if n.Kind == compile.Table && t.stale(n) {
			t.reload[n.Name] = true
		}
	}
	return nil
}

// stale reports a raw table that is not there in the shape that the project
// declares, or that is to be reloaded.
func (t *tick) stale(n *compile.Node) bool {
	state, there := t.tables[n.Name]
	return !there || state.Shape != shapeText(n) || t.o.FullRefresh && t.selected[n]
}

// shapeText is what a raw table's rows depend on: when it changes, they have to
// be loaded again from the lake.
func shapeText(n *compile.Node) string {
	type column struct{ Name, Type, From, Format string }
	shape := struct {
		Format  string
		CSV     any      `json:",omitempty"`
		Columns []column `json:"columns"`
	}{Format: n.Table.Format}
	if n.Table.Format == "csv" {
		shape.CSV = n.Table.CSV
	}
	for _, c := range n.Table.Columns {
		shape.Columns = append(shape.Columns, column{c.Name, c.Type.String(), c.From, c.Format})
	}
	text, _ := json.Marshal(shape) // strings and booleans only
	return string(text)
}

// openSource opens the source that a table's files are read from, once a tick.
func (t *tick) openSource(ctx context.Context, n *compile.Node) (source.Source, error) {
	if s, ok := t.sources[n.Source.Name]; ok {
		return s, nil
	}
	s, err := sources.Open(ctx, n.Source, t.p.Folder.Dir)
	if err == nil {
		t.sources[n.Source.Name] = s
	}
	return s, err
}

// record writes the tick's row and the steps that were not committed yet.
func (t *tick) record(ctx context.Context, db warehouse.SQL, state string, failure error) error {
	if err := db.Exec(ctx, `DELETE FROM atoll.runs WHERE run = ?`, t.run); err != nil {
		return err
	}
	var finished any
	if state != "running" {
		finished = t.p.options.Clock().UTC()
	}
	err := warehouse.Insert(ctx, db, "atoll.runs",
		[]string{"run", "label", "started_at", "finished_at", "state", "files", "rows_loaded", "rows_rejected", "error"},
		[][]any{{t.run, t.label, t.started.UTC(), finished, state, t.report.Files, t.report.Rows, t.report.Rejected, message(failure)}})
	if err != nil {
		return err
	}
	rows := make([][]any, len(t.steps))
	for i, s := range t.steps {
		var label any
		if !s.label.IsZero() {
			label = s.label
		}
		rows[i] = []any{t.run, t.stepNo + int64(i) + 1, s.kind, s.name, s.batch, label, s.state, s.plan, s.started.UTC(), s.seconds, s.rows, message(s.err), s.reason, s.delta}
	}
	return warehouse.Insert(ctx, db, "atoll.run_steps",
		[]string{"run", "step", "kind", "name", "batch", "label", "state", "plan", "started_at", "seconds", "row_count", "error", "reason", "delta_rows"}, rows)
}

// recorded forgets the steps that were committed.
func (t *tick) recorded() {
	t.stepNo += int64(len(t.steps))
	t.steps = nil
}

// recordFailure says in atoll.runs that the tick could not go on.
func (t *tick) recordFailure(ctx context.Context, failure error) error {
	t.steps = nil
	return t.inTx(ctx, func(tx warehouse.Tx) error { return t.record(ctx, tx.SQL(), "failed", failure) })
}

// inTx does something in one transaction: all of it, or nothing.
func (t *tick) inTx(ctx context.Context, do func(warehouse.Tx) error) error {
	tx, err := t.p.Warehouse.Begin(ctx)
	if err != nil {
		return err
	}
	if err := do(tx); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit(ctx)
}

// outcome is the state of the tick's row when all is done.
func (t *tick) outcome() string {
	if t.report.Failed() {
		return "failed"
	}
	return "done"
}

// now is the clock's time, for durations.
func (t *tick) now() time.Time { return t.p.options.Clock() }

// landedFile is a file that is in the lake and not yet loaded: its ledger row,
// and the row that it replaces, if any.
type landedFile struct {
	lake.File
	node     *compile.Node
	replaces *lake.File
}
