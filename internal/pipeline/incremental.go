package pipeline

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/atolldata/atoll/internal/compile"
	"github.com/atolldata/atoll/internal/project"
	"github.com/atolldata/atoll/internal/refresh"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/view"
	"github.com/atolldata/atoll/internal/warehouse"
)

// way is how a view is refreshed this time, and why so.
type way struct {
	program *view.Program // nil if the query is run as a whole
	changes bool          // from what changed
	reason  string
	windows map[schema.Name]refresh.Window
	pending int64
	failed  error     // why it is not done in the way of its plan
	again   time.Time // when stages that could not be built are tried again
}

// refresh brings a view up to date, from what changed or from all rows. A failure
// that is the view's own is noted and ends the attempt.
func (a *attempt) refresh(ctx context.Context, n *compile.Node, d decision) error {
	t := a.t
	started := t.now()
	w, err := a.chooseWay(ctx, n, d)
	if err != nil {
		return err
	}
	before := a.views[n.Name]
	done, err := a.carryOut(ctx, n, d, w)
	if err != nil {
		if blameless(err) {
			return err
		}
		// The next attempt does it in a simpler way, and says why.
		switch {
		case w.changes:
			t.failed[n.Name] = err
		case w.program != nil:
			t.unstaged[n.Name] = err
		default:
			t.cut[n.Name] = err
		}
		return errAgain
	}
	if w.failed != nil {
		t.p.options.Log.Warn("a view was recomputed, as the plan of its refresh failed", "view", n.Name.String(), "error", w.failed)
	}
	seconds := t.since(started)
	state := warehouse.ViewState{State: string(ViewCurrent), Model: modelHash(n), Fingerprint: d.print, Columns: n.Shape.Columns, Label: d.label,
		Refreshed: t.now(), Seconds: seconds, Rows: done.Rows, Plan: string(view.Full), ChangedRun: before.ChangedRun,
		BuiltRun: before.BuiltRun, FullSeconds: before.FullSeconds, IncrementalSeconds: before.IncrementalSeconds, IncrementalRows: before.IncrementalRows, ReadRun: t.run,
		RetryAt: w.again}
	if w.changes {
		state.Plan, state.IncrementalSeconds, state.IncrementalRows = string(w.program.Top().Kind), smoothed(before.IncrementalSeconds, seconds), done.Delta
	} else {
		state.FullSeconds, state.IncrementalSeconds = seconds, before.IncrementalSeconds*fading
		if !done.diff {
			state.BuiltRun = t.run
		}
	}
	if !w.changes || done.Changed {
		if w.changes && done.Moved > 0 {
			a.stir(n.Name, before.ChangedRun, done.Moved)
		}
		state.ChangedRun = t.run
		a.changed[n.Name] = true
	}
	a.put(n, state)
	if done.Whole {
		w.reason += ", and the last stage was computed whole, over few rows"
	}
	a.steps = append(a.steps, step{kind: "refresh", name: n.Name.String(), batch: a.batch, label: d.label, state: "done", plan: state.Plan,
		started: started, seconds: seconds, rows: state.Rows, reason: w.reason, delta: done.Delta})
	a.results = append(a.results, ViewResult{Name: n.Name, State: ViewCurrent, Plan: state.Plan, Rows: state.Rows, Seconds: seconds})
	return nil
}

// outcome is what a refresh did.
type outcome struct {
	refresh.Result
	diff bool // only the rows that differ were replaced
}

// carryOut refreshes a view in the way that was chosen.
func (a *attempt) carryOut(ctx context.Context, n *compile.Node, d decision, w way) (done outcome, err error) {
	job := refresh.Job{Program: w.program, Version: a.t.run, Changed: a.views[n.Name].ChangedRun, Label: d.label, Before: a.views[n.Name].Label, Sort: n.Model.Sort, Sought: a.t.p.sought()}
	switch {
	case w.changes:
		job.Windows = w.windows
		done.Result, err = a.refreshes().FromChanges(ctx, job)
	default:
		done.diff = a.hasReaders(n.Name) && a.views[n.Name].Fingerprint == d.print && !a.t.o.FullRefresh && a.storedAlike(n, w)
		if err = a.tx.DropStages(ctx, n.Name); err != nil {
			return done, err
		}
		if w.program != nil {
			done.Rows, err = a.refreshes().FromAll(ctx, job, done.diff)
		} else {
			done.Rows, err = a.runQuery(ctx, n, d, done.diff)
		}
	}
	if err != nil {
		return done, err
	}
	return done, a.follow(ctx, n, w)
}

// storedAlike reports that a view's rows are stored in the same columns as before:
// what its stages keep beside those of the query is not there where the query was, or
// is, run as a whole.
func (a *attempt) storedAlike(n *compile.Node, w way) bool {
	program, err := a.t.p.programOf(n)
	if err != nil || len(program.Top().State) == 0 {
		return true
	}
	before := a.views[n.Name]
	return before.Failures == 0 && before.RetryAt.IsZero() == (w.program != nil)
}

// refreshes are those of the transaction.
func (a *attempt) refreshes() *refresh.Tick {
	if a.sharing == nil {
		a.sharing = refresh.Begin(a.tx, a.expected())
		a.sharing.Small = a.t.p.options.Small
	}
	return a.sharing
}

// expected are the refreshes from changes that may be due, with the windows of the
// tables that they read.
func (a *attempt) expected() (jobs []refresh.Job) {
	for _, n := range a.t.p.Graph.Views() {
		state := a.views[n.Name]
		due := n.Model.Every == 0 || a.t.label.Truncate(max(n.Model.Every, 1)).After(state.Label)
		if !a.t.selected[n] || n.Broken || !due || state.Fingerprint == "" {
			continue
		}
		program, err := a.t.p.programOf(n)
		if err != nil {
			continue
		}
		job := refresh.Job{Program: program, Windows: map[schema.Name]refresh.Window{}}
		for _, in := range program.Inputs {
			if _, isTable := a.tables[in.Name]; !isTable {
				continue
			}
			if c, ok := a.cursor(n.Name, in.Name); ok && c.BuiltRun == a.builtRun(in.Name) {
				job.Windows[in.Name] = refresh.Window{After: c.Version, To: a.version(in.Name)}
			}
		}
		jobs = append(jobs, job)
	}
	return jobs
}

// runQuery makes a view hold what its query returns, without stages.
func (a *attempt) runQuery(ctx context.Context, n *compile.Node, d decision, diff bool) (int64, error) {
	text, err := view.EngineQuery(n, d.label)
	if err != nil {
		return 0, err
	}
	return a.tx.Refresh(ctx, warehouse.View{Name: n.Name, Columns: n.Shape.Columns, Query: text, Sort: n.Model.Sort, Label: d.label,
		Version: a.t.run, Sought: a.t.p.sought()[n.Name], Diff: diff})
}

// chooseWay decides whether a view is refreshed from what changed.
func (a *attempt) chooseWay(ctx context.Context, n *compile.Node, d decision) (way, error) {
	t, state := a.t, a.views[n.Name]
	program, err := t.p.programOf(n)
	if err != nil {
		return way{reason: message(err)}, nil
	}
	if failed := t.unstaged[n.Name]; failed != nil {
		return way{reason: "its stages could not be built: " + message(failed), failed: failed, again: t.now().Add(backoffMost)}, nil
	}
	if again := state.RetryAt; state.Fingerprint == d.print && state.Failures == 0 && t.now().Before(again) && !t.o.FullRefresh {
		return way{reason: "its stages could not be built, and are tried again after " + again.Format(time.RFC3339), again: again}, nil
	}
	w := way{program: program}
	switch failed := t.failed[n.Name]; {
	case state.Fingerprint == "":
		w.reason = "it is built for the first time"
	case state.Fingerprint != d.print:
		w.reason = changedModel(n, state)
	case t.o.FullRefresh:
		w.reason = "a full refresh was asked for"
	case failed != nil:
		w.reason, w.failed = "it could not be refreshed from what changed: "+message(failed), failed
	default:
		return a.byChanges(ctx, n, state, w)
	}
	return w, nil
}

// changedModel says why what a view was built from is not what there is now.
func changedModel(n *compile.Node, state warehouse.ViewState) string {
	switch {
	case state.Failures > 0: // Model is what failed
		return "its model, or what it reads, has changed"
	case state.Model != modelHash(n):
		return "its model has changed"
	default:
		return "the columns that it reads, or how this release keeps it, have changed"
	}
}

// byChanges finds the versions of the inputs to take in, and whether that is
// cheaper than to recompute.
func (a *attempt) byChanges(ctx context.Context, n *compile.Node, state warehouse.ViewState, w way) (way, error) {
	w.windows = map[schema.Name]refresh.Window{}
	held := int64(0)
	for _, in := range w.program.Inputs {
		c, ok := a.cursor(n.Name, in.Name)
		switch {
		case !ok:
			w.reason = fmt.Sprintf("not all changes of %s since its last refresh are kept", in.Name)
			return w, nil
		case c.BuiltRun != a.builtRun(in.Name):
			w.reason = fmt.Sprintf("%s was built anew", in.Name)
			return w, nil
		}
		w.windows[in.Name] = refresh.Window{After: c.Version, To: a.version(in.Name)}
		held += a.rowsOf(in.Name)
	}
	asked := backlogs(w.windows)
	if a.counted == nil { // other views will ask too
		for _, job := range a.expected() {
			asked = append(asked, backlogs(job.Windows)...)
		}
	}
	if err := a.pending(ctx, asked...); err != nil {
		return w, err
	}
	for _, b := range backlogs(w.windows) {
		w.pending += a.counted[b]
	}
	w.changes, w.reason = true, fmt.Sprintf("changes: %d, rows: %d", w.pending, held)
	if !a.t.p.options.AlwaysIncremental && n.Model.Refresh != project.RefreshIncremental {
		if why := dearer(state, w.pending, held); why != "" {
			w.changes, w.reason = false, w.reason+", "+why
		}
	}
	return w, nil
}

// pending counts changes of relations, those that are not known in one statement. A
// relation does not change any more once a view that reads it is looked at.
func (a *attempt) pending(ctx context.Context, asked ...warehouse.Backlog) error {
	if a.counted == nil {
		a.counted = map[warehouse.Backlog]int64{}
	}
	var unknown []warehouse.Backlog
	for _, b := range asked {
		if _, ok := a.counted[b]; ok {
			continue
		}
		if rows, ok := a.told(b); ok {
			a.counted[b] = rows
		} else if !slices.Contains(unknown, b) {
			unknown = append(unknown, b)
		}
	}
	if len(unknown) == 0 {
		return nil
	}
	rows, err := a.tx.Pending(ctx, unknown...)
	if err != nil {
		return err
	}
	for i, b := range unknown {
		a.counted[b] = rows[i]
	}
	return nil
}

// told is what the refreshes of views tell of their changes.
func (a *attempt) told(b warehouse.Backlog) (int64, bool) {
	if s, ok := a.stirred[b.Of]; ok && b.After >= s.since {
		return s.count, true
	}
	state, isView := a.views[b.Of]
	return 0, isView && b.After >= state.ChangedRun
}

// backlogs are what is pending in windows.
func backlogs(windows map[schema.Name]refresh.Window) (all []warehouse.Backlog) {
	for in, w := range windows {
		all = append(all, warehouse.Backlog{Of: in, After: w.After})
	}
	return all
}

// stirred is how many rows came to and left a view in the transaction, which did not
// change before since a version.
type stirred struct{ since, count int64 }

// stir notes how many rows came to and left a view.
func (a *attempt) stir(view schema.Name, since, count int64) {
	if a.stirred == nil {
		a.stirred = map[schema.Name]stirred{}
	}
	a.stirred[view] = stirred{since, count}
}

// largeShare is the share of changed rows above which a view is recomputed as
// long as it is not known what both ways take. Of few rows all are computed in
// either way, and a refresh replaces only those that differ.
const largeShare = 0.3

// Times on a busy machine differ. clearly is how many times dearer a refresh from
// changes has to be to be left, and trifling the seconds below which it does not
// matter.
const (
	clearly  = 1.25
	trifling = 0.25
	perRow   = 3
)

// smoothed is the time that a refresh from changes is said to take, after one more.
func smoothed(before, now float64) float64 {
	if before == 0 {
		return now
	}
	return (before + now) / 2
}

// dearer says why recomputing a view is expected to be cheaper than refreshing it
// from changes, "" if it is not: by what both took last, where that is known. A
// refresh takes at least what the last one took, and for each row more what a row
// takes when all are computed, perRow times.
func dearer(state warehouse.ViewState, pending, held int64) string {
	if state.IncrementalSeconds == 0 || state.FullSeconds == 0 {
		if held > refresh.FewRows && float64(pending) > largeShare*float64(held) {
			return "too large a part to be worth it"
		}
		return ""
	}
	more := max(0, float64(pending-state.IncrementalRows)/float64(max(held, 1)))
	expected := state.IncrementalSeconds + perRow*more*state.FullSeconds
	if expected > trifling && expected > clearly*state.FullSeconds {
		return fmt.Sprintf("which is expected to take %.2f s, and recomputing took %.2f s", expected, state.FullSeconds)
	}
	return ""
}

// fading is what becomes of the time that refreshing a view from changes took,
// each time that it is recomputed because of it: one slow refresh is not to decide
// for ever.
const fading = 0.8

// follow notes that a view has read its inputs up to now, and has them keep what
// leaves them from now on.
func (a *attempt) follow(ctx context.Context, n *compile.Node, w way) error {
	if w.program == nil {
		a.moveCursors(n.Name, nil)
		return nil
	}
	var cursors []warehouse.Cursor
	for _, in := range w.program.Inputs {
		if !w.changes {
			if err := a.prepare(ctx, in.Name); err != nil {
				return err
			}
		}
		cursors = append(cursors, warehouse.Cursor{Input: in.Name, Version: a.version(in.Name), BuiltRun: a.builtRun(in.Name)})
	}
	a.moveCursors(n.Name, cursors)
	return nil
}

// prepare has a relation keep what leaves it from now on, and be ready for its rows being
// looked up.
func (a *attempt) prepare(ctx context.Context, in schema.Name) error {
	if err := a.tx.Track(ctx, in); err != nil {
		return err
	}
	return a.tx.Seek(ctx, in, a.t.p.sought()[in])
}

// moveCursors sets the cursors of a view.
func (a *attempt) moveCursors(reader schema.Name, cursors []warehouse.Cursor) {
	if a.moved == nil {
		a.moved = map[schema.Name][]warehouse.Cursor{}
	}
	if a.cursors == nil {
		a.cursors = map[schema.Name][]warehouse.Cursor{}
	}
	a.cursors[reader], a.moved[reader] = cursors, cursors
}

func (a *attempt) cursor(reader, in schema.Name) (warehouse.Cursor, bool) {
	list := a.cursors[reader]
	i := slices.IndexFunc(list, func(c warehouse.Cursor) bool { return c.Input == in })
	if i < 0 {
		return warehouse.Cursor{}, false
	}
	return list[i], true
}

// version is the latest version of a table or view: a batch, or a run.
func (a *attempt) version(name schema.Name) int64 {
	if _, isTable := a.tables[name]; !isTable {
		return a.t.run
	}
	if a.batch > 0 {
		return a.batch
	}
	return a.t.nextBatch - 1
}

func (a *attempt) builtRun(name schema.Name) int64 {
	if s, ok := a.tables[name]; ok {
		return s.BuiltRun
	}
	return a.views[name].BuiltRun
}

func (a *attempt) rowsOf(name schema.Name) int64 {
	if s, ok := a.tables[name]; ok {
		return s.Rows
	}
	return a.views[name].Rows
}

// hasReaders reports that views are refreshed from what changes in a relation.
func (a *attempt) hasReaders(name schema.Name) bool {
	_, ok := a.slowest(name)
	return ok
}

// slowest is the version up to which all readers of a relation have read it.
func (a *attempt) slowest(name schema.Name) (version int64, ok bool) {
	for reader := range a.cursors {
		if c, reads := a.cursor(reader, name); reads && c.BuiltRun == a.builtRun(name) && (!ok || c.Version < version) {
			version, ok = c.Version, true
		}
	}
	return version, ok
}

// prune forgets the rows that left a relation and that all its readers know of.
// Where too many are kept for those that lag behind, these are to recompute.
func (a *attempt) prune(ctx context.Context) error {
	for name := range a.changed {
		upTo, ok := a.slowest(name)
		if !ok { // who reads it next begins with what it holds now
			upTo = a.version(name)
		}
		if err := a.tx.Prune(ctx, name, upTo); err != nil {
			return err
		}
		kept, err := a.tx.Kept(ctx, name)
		if err != nil {
			return err
		}
		if kept <= a.t.p.options.KeptRows || kept <= 2*a.rowsOf(name) {
			continue
		}
		if err := a.tx.Prune(ctx, name, a.version(name)); err != nil {
			return err
		}
		a.leaveBehind(name)
	}
	return nil
}

// leaveBehind takes the cursors of the readers away that have not read all of a
// relation.
func (a *attempt) leaveBehind(name schema.Name) {
	for reader, list := range a.cursors {
		if c, ok := a.cursor(reader, name); ok && c.Version < a.version(name) {
			a.moveCursors(reader, slices.DeleteFunc(slices.Clone(list), func(c warehouse.Cursor) bool { return c.Input == name }))
		}
	}
}

// since is how long ago a time of the tick's clock is, in seconds.
func (t *tick) since(at time.Time) float64 { return t.now().Sub(at).Seconds() }
