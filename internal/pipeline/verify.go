package pipeline

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/atolldata/atoll/internal/compile"
	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/view"
)

// VerifyOptions say what is verified.
type VerifyOptions struct {
	Select []string // selectors of views, each of which names one at least; none are all
	Limit  int      // how many differing rows of each view are told
}

// VerifyState is what became of a view that was to be verified.
type VerifyState string

// The states of views that are verified.
const (
	VerifyEqual   VerifyState = "equal"   // the view holds what its query returns
	VerifyDrifted VerifyState = "drifted" // it does not
	VerifyFailed  VerifyState = "failed"  // the query failed
	VerifySkipped VerifyState = "skipped" // there is nothing to hold it against
)

// Verified is what became of one view.
type Verified struct {
	Name  schema.Name
	State VerifyState
	Label time.Time // that the query was run at; zero where it was not
	// Missing are the rows that the view lacks, Extra those that it has too many.
	Missing, Extra int64
	Columns        []schema.Column
	Differences    []Difference // at most as many as the limit
	Seconds        float64
	// Err says why the view is skipped or failed; of one that drifted, that it may
	// have done so because it reads one that did.
	Err error
}

// Difference is a row that a view and its query do not have in common.
type Difference struct {
	Times  int64 // how often the view lacks it; negative, how often it has it too many
	Values []any // as warehouse.Rows gives them
}

// Verify runs the queries of views again, each at the label of its view, and
// holds the views against the answers, in the order in which they are built. It
// tells what became of each, one after the other; an error of tell ends it. A
// view that is not current with what it reads is skipped: its query would answer
// over other rows than those that the view was made of. Nothing is changed.
//
// That a view drifted or failed is no error; an error means that verifying could
// not go on.
func (p *Project) Verify(ctx context.Context, o VerifyOptions, tell func(Verified) error) error {
	nodes, err := p.toVerify(o.Select)
	if err != nil {
		return err
	}
	t := &tick{p: p, report: &Report{}}
	if err := t.read(ctx); err != nil {
		return err
	}
	drifted := map[schema.Name]bool{}
	for _, n := range nodes {
		v, err := t.verify(ctx, n, o.Limit)
		if err != nil {
			return err
		}
		if v.State == VerifyDrifted {
			drifted[n.Name] = true
			if i := slices.IndexFunc(n.Upstream, func(up *compile.Node) bool { return drifted[up.Name] }); i >= 0 {
				v.Err = fault.New(fault.View, "it reads %q, which drifted", n.Upstream[i].Name)
			}
		}
		if err := tell(v); err != nil {
			return err
		}
	}
	return nil
}

// toVerify resolves selectors to views, in the graph's order.
func (p *Project) toVerify(selectors []string) ([]*compile.Node, error) {
	views := p.Graph.Views()
	if len(selectors) == 0 {
		return views, nil
	}
	wanted := map[*compile.Node]bool{}
	for _, s := range selectors {
		nodes, err := compile.Select(p.Graph, s)
		if err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(nodes, func(n *compile.Node) bool { return n.Kind == compile.View }) {
			return nil, fault.New(fault.Usage, "%q names no view: only what a query makes can be verified", s).
				WithHint("name a model, such as reports.delivery or tag:daily")
		}
		for _, n := range nodes {
			wanted[n] = true
		}
	}
	return slices.DeleteFunc(views, func(n *compile.Node) bool { return !wanted[n] }), nil
}

// verify verifies one view.
func (t *tick) verify(ctx context.Context, n *compile.Node, limit int) (Verified, error) {
	started := t.now()
	v := Verified{Name: n.Name}
	if v.Err = t.incomparable(n); v.Err != nil {
		v.State = VerifySkipped
		return v, nil
	}
	v.Label, v.Columns = t.views[n.Name].Label, n.Shape.Columns
	text, err := view.Comparison(n, v.Label, limit)
	if err == nil {
		err = t.compare(ctx, &v, text)
	}
	switch {
	case err != nil && (blameless(err) || ctx.Err() != nil):
		return v, err
	case err != nil:
		v.State, v.Err = VerifyFailed, err
	case v.Missing+v.Extra > 0:
		v.State = VerifyDrifted
	default:
		v.State = VerifyEqual
	}
	v.Seconds = t.since(started)
	return v, nil
}

// compare runs a comparison.
func (t *tick) compare(ctx context.Context, v *Verified, text string) error {
	rows, err := t.p.Warehouse.Query(ctx, text)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var times *int64
		values := make([]any, len(v.Columns))
		targets := []any{&v.Missing, &v.Extra, &times}
		for i := range values {
			targets = append(targets, &values[i])
		}
		if err := rows.Scan(targets...); err != nil {
			return err
		}
		if times != nil {
			v.Differences = append(v.Differences, Difference{Times: *times, Values: values})
		}
	}
	return rows.Err()
}

// incomparable is why a view cannot be held against its query, nil if it can.
func (t *tick) incomparable(n *compile.Node) error {
	if err := t.unlike(n); err != nil {
		return err
	}
	for _, up := range n.Upstream {
		if up.Kind == compile.System {
			return fault.New(fault.View, "it reads %q, which every tick changes", up.Name)
		}
		if err := t.unlike(up); err != nil {
			return fault.Wrap(err, fault.View, "it reads %q", up.Name)
		}
	}
	a := &attempt{t: t, tables: t.tables, views: t.views}
	if a.behind(n, t.views[n.Name]) {
		return t.toRefresh(n, "what it reads has changed since its last refresh", "--all --select +"+n.Name.String())
	}
	return nil
}

// unlike is why what the warehouse holds of a relation is not what the project
// declares now, nil if it is.
func (t *tick) unlike(n *compile.Node) error {
	if n.Kind == compile.Table {
		if t.stale(n) {
			return fault.New(fault.View, "it is not loaded as the project declares it").WithHint("load it first: atoll run")
		}
		return nil
	}
	state := t.views[n.Name]
	if n.Broken {
		return fault.Wrap(brokenBy(n), fault.View, "its model is broken")
	}
	model := t.p.fingerprintOf(n)
	switch {
	case model.err != nil:
		return fault.Wrap(model.err, fault.View, "its model is broken")
	case state.Fingerprint == "":
		return t.toRefresh(n, "it was never refreshed", "")
	case state.Fingerprint != model.print:
		return t.toRefresh(n, changedModel(n, state)+" since its last refresh", "")
	}
	return nil
}

// toRefresh is the fault of a view that has to be refreshed first, by a run with
// some flags, or mended where its last refresh failed.
func (t *tick) toRefresh(n *compile.Node, why, flags string) error {
	e := fault.New(fault.View, "%s", why)
	if t.views[n.Name].Error != "" {
		return e.WithHint("its refresh failed: see what atoll status says about %q", n.Name)
	}
	return e.WithHint("refresh it first: %s", strings.TrimSpace("atoll run "+flags))
}
