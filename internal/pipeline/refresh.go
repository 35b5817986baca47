package pipeline

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"github.com/atolldata/atoll/internal/compile"
	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/warehouse"
)

// Backoff of a view that fails: the first retry comes after backoffFirst, each
// further one after twice the wait, up to backoffMost.
const (
	backoffFirst = time.Minute
	backoffMost  = time.Hour
)

// action is what a tick does with a view.
type action int

const (
	leave   action = iota // it is not due
	advance               // nothing that it reads has changed: its label moves
	rebuild               // it is refreshed
	later                 // it failed before: it is tried after the main commit
	broken                // its model does not bind
	blocked               // a view that it reads failed, is broken or blocked
)

// decision is an action, the label that the view gets by it, and for broken and
// blocked the reason.
type decision struct {
	action
	label time.Time
	print string // the fingerprint of what is built
	err   error
}

// conclude moves the tables' labels, drops the views of models that are gone,
// and refreshes what is due.
func (a *attempt) conclude(ctx context.Context) error {
	t := a.t
	for _, n := range t.p.Graph.Nodes {
		if n.Kind != compile.Table || !t.selected[n] {
			continue
		}
		state := a.tables[n.Name]
		state.Error = t.sourceError(n.Name)
		if t.listed[n.Name] && t.label.After(state.Label) {
			state.Label = t.label
		}
		if state != a.tables[n.Name] {
			a.tables[n.Name] = state
			a.mark(n.Name)
		}
	}
	if err := a.dropGone(ctx); err != nil {
		return err
	}
	views := t.p.Graph.Views()
	for i, n := range views {
		if !t.selected[n] {
			continue
		}
		d := a.decide(n)
		if d.action == rebuild {
			t.p.options.Progress.Refreshing(n.Name, i, len(views))
		}
		if err := a.apply(ctx, n, d); err != nil {
			return err
		}
	}
	return a.prune(ctx)
}

// sourceError is what went wrong with a table's source in this tick.
func (t *tick) sourceError(name schema.Name) string {
	for _, f := range t.report.Sources {
		if f.Table == name {
			return f.Error
		}
	}
	return ""
}

// dropGone removes the views whose models are no longer in the project, and the raw
// tables whose names models have now: the ledger keeps their files, so that a table that
// is declared again is loaded from the lake.
func (a *attempt) dropGone(ctx context.Context) error {
	for name := range a.views {
		if n, ok := a.t.p.Graph.Node(name); ok && n.Kind == compile.View || a.t.held[name] {
			continue // a table that cannot be loaded again leaves what there is
		}
		if err := a.dropView(ctx, name); err != nil {
			return err
		}
	}
	for _, n := range a.t.p.Graph.Views() {
		if _, wasTable := a.tables[n.Name]; !wasTable || !a.t.selected[n] {
			continue
		}
		if err := a.drop(ctx, n.Name, `DELETE FROM atoll.tables WHERE table_name = ?`); err != nil {
			return err
		}
		delete(a.tables, n.Name)
	}
	return nil
}

// dropView removes a view, and what its refreshes kept.
func (a *attempt) dropView(ctx context.Context, name schema.Name) error {
	if err := a.tx.DropStages(ctx, name); err != nil {
		return err
	}
	delete(a.views, name)
	a.moveCursors(name, nil)
	return a.drop(ctx, name, `DELETE FROM atoll.views WHERE view_name = ?`)
}

// drop removes a relation and, by a statement, its state.
func (a *attempt) drop(ctx context.Context, name schema.Name, forget string) error {
	started := a.t.now()
	if err := a.tx.Drop(ctx, name); err != nil {
		return err
	}
	if err := a.tx.SQL().Exec(ctx, forget, name.String()); err != nil {
		return err
	}
	a.steps = append(a.steps, step{kind: "drop", name: name.String(), state: "done", started: started, seconds: a.t.since(started)})
	return nil
}

// createTable makes a raw table, in the place of a view if there is one of its name.
func (a *attempt) createTable(ctx context.Context, n *compile.Node) error {
	if _, wasView := a.views[n.Name]; wasView {
		if err := a.dropView(ctx, n.Name); err != nil {
			return err
		}
	}
	return a.tx.CreateTable(ctx, n.Name, n.Table, a.t.p.sought()[n.Name])
}

// decide finds what is to be done with a view: whether it is due, to which
// label, and whether anything it reads has changed since it was built.
func (a *attempt) decide(n *compile.Node) decision {
	t := a.t
	state := a.views[n.Name]
	if n.Broken {
		return decision{action: broken, err: brokenBy(n)}
	}
	model := t.p.fingerprintOf(n)
	if model.err != nil {
		return decision{action: broken, err: model.err}
	}
	for _, up := range n.Upstream {
		if a.stuck[up.Name] {
			return decision{action: blocked, err: fault.New(fault.View, "it reads %q, which is not current", up.Name).
				WithHint("see what atoll status says about %q", up.Name)}
		}
	}
	reach, err := a.reach(n)
	if err != nil {
		return decision{action: blocked, err: err}
	}
	if every := n.Model.Every; every > 0 {
		reach = reach.Truncate(every)
	}
	d := decision{label: reach, print: model.print}
	if state.Label.After(reach) {
		d.label = state.Label
	}
	forced := state.Fingerprint != model.print || t.o.All || t.o.FullRefresh
	moves := reach.After(state.Label)
	due := moves || n.Model.Every == 0 // without @every: on every tick
	switch {
	case forced || due && a.behind(n, state) || moves && n.Bound.UsesNow:
		d.action = rebuild
	case moves:
		d.action = advance
	default:
		d.action = leave
	}
	// A view that failed is kept out of the main transaction until it succeeds,
	// unless the model was edited or the user asks.
	if d.action == rebuild && state.Failures > 0 && state.Model == modelHash(n) && !t.o.All && !t.o.FullRefresh {
		d.action = later
	}
	return d
}

// brokenBy says why a model does not compile.
func brokenBy(n *compile.Node) error {
	if len(n.Faults) > 0 {
		return n.Faults
	}
	if n.Loop != nil {
		return n.Loop
	}
	culprit := n.Culprit()
	if culprit == nil {
		return fault.New(fault.Internal, "the model is broken for no reason that is known")
	}
	e := fault.New(fault.View, "it reads %q, whose model is broken", culprit.Name)
	if !slices.Contains(n.Upstream, culprit) {
		e = fault.New(fault.View, "it reads what is made of %q, whose model is broken", culprit.Name)
	}
	return e.WithHint("mend %s", culprit.Model.File)
}

// reach is the latest time that all that a view reads is current to. The error
// says what it reads that was never current.
func (a *attempt) reach(n *compile.Node) (time.Time, error) {
	label := a.t.label
	for _, up := range n.Upstream {
		at := label
		switch up.Kind {
		case compile.Table:
			at = a.tables[up.Name].Label
			if at.IsZero() && a.t.selected[up] {
				return at, fault.New(fault.View, "it reads %q, whose source could never be read", up.Name).
					WithHint("mend the source")
			}
		case compile.View:
			at = a.views[up.Name].Label
			if a.views[up.Name].Fingerprint == "" {
				return at, fault.New(fault.View, "it reads %q, which was never refreshed", up.Name).
					WithHint("select it too: --select +%s", n.Name)
			}
		}
		if !at.IsZero() && at.Before(label) {
			label = at
		}
	}
	return label, nil
}

// behind reports that something a view reads has changed since it took it in.
func (a *attempt) behind(n *compile.Node, state warehouse.ViewState) bool {
	return slices.ContainsFunc(n.Upstream, func(up *compile.Node) bool {
		if a.changed[up.Name] || up.Kind == compile.System {
			return true
		}
		if up.Kind == compile.View {
			return a.views[up.Name].ChangedRun > state.ReadRun
		}
		return a.tables[up.Name].ChangedRun > state.ReadRun
	})
}

// apply does what was decided for a view.
func (a *attempt) apply(ctx context.Context, n *compile.Node, d decision) error {
	if err, ok := a.t.cut[n.Name]; ok && d.action == rebuild {
		a.failed(n, err)
		return nil
	}
	switch d.action {
	case leave, advance:
		a.stays(n, d.label)
	case later:
		a.stuck[n.Name] = true
	case broken:
		a.standStill(n, ViewBroken, d.err)
	case blocked:
		a.standStill(n, ViewBlocked, d.err)
	case rebuild:
		return a.refresh(ctx, n, d)
	}
	return nil
}

// stays notes a view whose rows are those of its query without a refresh: its label;
// that its model is deployed as it is written now, which may be laid out in another
// way; and that nothing holds it up any more.
func (a *attempt) stays(n *compile.Node, label time.Time) {
	before := a.views[n.Name]
	state := before
	state.Label = label
	if state.Failures > 0 && !a.behind(n, state) { // what failed was another model of it
		state.State, state.Error, state.Failures, state.RetryAt = string(ViewCurrent), "", 0, time.Time{}
	}
	if state.Failures == 0 {
		state.Model = modelHash(n)
	}
	if s := ViewState(state.State); s == ViewBroken || s == ViewBlocked {
		state.State, state.Error = string(ViewCurrent), ""
	}
	if !state.Label.Equal(before.Label) || state.Model != before.Model || state.State != before.State {
		a.put(n, state)
	}
}

// failed notes a view that was cut out, and when it is tried again.
func (a *attempt) failed(n *compile.Node, err error) {
	state := a.views[n.Name]
	if state.Model != modelHash(n) {
		state.Failures = 0
	}
	wait := backoffFirst << min(state.Failures, 10)
	state.Failures++
	state.RetryAt = a.t.now().Add(min(wait, backoffMost))
	state.Model = modelHash(n)
	a.views[n.Name] = state
	a.standStill(n, ViewFailed, err)
}

// standStill notes a view that keeps its old content, and why.
func (a *attempt) standStill(n *compile.Node, s ViewState, err error) {
	a.stuck[n.Name] = true
	state := a.views[n.Name]
	state.State, state.Error = string(s), message(err)
	a.put(n, state)
	a.steps = append(a.steps, step{kind: "refresh", name: n.Name.String(), state: string(s), started: a.t.now(), err: err})
	a.results = append(a.results, ViewResult{Name: n.Name, State: s, Err: err, Error: message(err)})
}

func (a *attempt) put(n *compile.Node, state warehouse.ViewState) {
	state.Name = n.Name
	a.views[n.Name] = state
	a.mark(n.Name)
}

// retryFailed tries the views that failed in earlier ticks, and those that wait
// for them, each in a transaction of its own, so that they never hold up the
// main one.
func (t *tick) retryFailed(ctx context.Context) error {
	stuck := maps.Clone(t.held)
	for _, n := range t.p.Graph.Views() {
		if !t.selected[n] || t.reported(n.Name) == ViewCurrent {
			continue
		}
		if _, cut := t.cut[n.Name]; cut {
			stuck[n.Name] = true
			continue
		}
		if err := t.retry(ctx, n, stuck); err != nil {
			return err
		}
	}
	return nil
}

// reported is what the report says of a view already.
func (t *tick) reported(name schema.Name) ViewState {
	for _, v := range t.report.Views {
		if v.Name == name {
			return v.State
		}
	}
	return ""
}

// retry tries one view that stayed out of the main transaction.
func (t *tick) retry(ctx context.Context, n *compile.Node, stuck map[schema.Name]bool) error {
	newAttempt := func() *attempt {
		return &attempt{t: t, last: true, tables: t.tables, views: maps.Clone(t.views),
			cursors: maps.Clone(t.cursors), changed: map[schema.Name]bool{}, stuck: stuck}
	}
	a := newAttempt()
	d := a.decide(n)
	switch d.action {
	case later:
		if state := t.views[n.Name]; t.now().Before(state.RetryAt) {
			stuck[n.Name] = true
			err := fault.New(fault.View, "%s", state.Error).WithHint("it is tried again after %s; atoll run --all tries it now", state.RetryAt.Format(time.RFC3339))
			t.report.Views = append(t.report.Views, ViewResult{Name: n.Name, State: ViewFailed, Err: err, Error: message(err)})
			return nil
		}
		d.action = rebuild
	case rebuild, advance:
	case leave:
		if t.reported(n.Name) == "" {
			return nil
		}
	default:
		if t.reported(n.Name) != "" {
			stuck[n.Name] = true
		}
		return nil
	}
	t.forget(n.Name)
	err := a.alone(ctx, n, d)
	for errors.Is(err, errAgain) {
		err = newAttempt().alone(ctx, n, d) // in another way, or to note the failure
	}
	return err
}

// alone does one view in a transaction of its own.
func (a *attempt) alone(ctx context.Context, n *compile.Node, d decision) error {
	err := a.t.inTx(ctx, func(tx warehouse.Tx) error {
		a.tx = tx
		if err := a.apply(ctx, n, d); err != nil {
			return err
		}
		return a.record(ctx)
	})
	if err == nil {
		a.accept()
	}
	return err
}

// forget takes a view out of the report, because it is tried once more.
func (t *tick) forget(name schema.Name) {
	t.report.Views = slices.DeleteFunc(t.report.Views, func(v ViewResult) bool { return v.Name == name })
}
