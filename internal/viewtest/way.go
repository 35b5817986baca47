package viewtest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/atolldata/atoll/internal/compile"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/view"
	"github.com/atolldata/atoll/internal/warehouse"
)

// way is how a refresh brought a view up to date, and the reason on record.
type way struct{ how, reason string }

// verifyWays notes how each view was refreshed. A view whose plan is not full may
// have its query run only when it is built anew, or what it reads is; none has its query
// run because the statements of its plan fail.
func (r *runner) verifyWays(states map[schema.Name]warehouse.ViewState) error {
	steps, err := r.steps()
	if err != nil {
		return err
	}
	r.ways = map[schema.Name]way{}
	for _, n := range r.project.Graph.Views() {
		if slices.ContainsFunc(n.Upstream, func(up *compile.Node) bool { return r.anew[up.Name] }) {
			r.anew[n.Name] = true
		}
		w, done := steps[n.Name]
		switch {
		case strings.Contains(w.reason, "could not be built: "), strings.Contains(w.reason, "could not be refreshed from what changed: "):
			return fmt.Errorf("%s could not be refreshed by its plan: %s", n.Name, w.reason)
		case !done, w.how != Full && states[n.Name].ChangedRun != r.run:
			w.how = Nothing
		case w.how == Full && !r.anew[n.Name] && view.PlanOf(n).Kind != view.Full:
			return fmt.Errorf("%s was recomputed, although its plan is %s: %s", n.Name, view.PlanOf(n).Kind, w.reason)
		}
		r.ways[n.Name] = w
	}
	for _, n := range r.project.Graph.Views() {
		_, failed := r.failed[n.Name]
		waits := n.Model.Every > 0 && !states[n.Name].Label.After(r.labels[n.Name])
		if !failed && !waits {
			delete(r.anew, n.Name)
		}
	}
	return nil
}

// steps reads what the last run did with each view.
func (r *runner) steps() (map[schema.Name]way, error) {
	out := map[schema.Name]way{}
	_, err := warehouse.Collect(r.ctx, r.project.Warehouse.SQL(), func(rows warehouse.Rows) (struct{}, error) {
		var text, plan, reason string
		err := rows.Scan(&text, &plan, &reason)
		name, _ := schema.ParseName(text)
		w := way{how: Incremental, reason: reason}
		if plan == string(view.Full) {
			w.how = Full
		}
		out[name] = w
		return struct{}{}, err
	}, `SELECT name, plan, reason FROM atoll.run_steps WHERE run = ? AND kind = 'refresh' AND state = 'done'`, r.run)
	return out, err
}

func (s Plan) run(r *runner) error {
	n, err := r.node(s.View)
	if err != nil {
		return err
	}
	if p := view.PlanOf(n); string(p.Kind) != s.Kind {
		return fmt.Errorf("its plan is %s, not %s: %s", p.Kind, s.Kind, p.Reason)
	}
	return nil
}

func (s Did) run(r *runner) error {
	if _, err := r.node(s.View); err != nil {
		return err
	}
	if w := r.ways[s.View]; w.how != s.How {
		return fmt.Errorf("the refresh was %s, not %s: %s", w.how, s.How, w.reason)
	}
	return nil
}
