package view

import (
	"github.com/atolldata/atoll/internal/compile"
	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/project"
)

// override is the plan p of a model. If its header wants the view recomputed, the hint
// is what the plan would be without it.
func override(n *compile.Node, p Plan) Plan {
	if n.Model.Refresh != project.RefreshFull {
		return p
	}
	model, node := *n.Model, *n
	model.Refresh, node.Model = "", &model
	own := PlanOf(&node)
	without := "without @refresh full its plan is " + string(own.Kind)
	if own.Kind == Full {
		without = "without @refresh full it is recomputed all the same: " + own.Reason
	}
	p.Hint, p.Stages[0].Hint = without, without
	return p
}

// Refused is why a view cannot be refreshed as its header insists, with @refresh
// incremental: a fault at the part of the query that needs all rows, nil if there
// is none. The node must not be broken.
func Refused(n *compile.Node) error {
	if n.Model.Refresh != project.RefreshIncremental {
		return nil
	}
	return refusal(n, PlanOf(n))
}

// refusal is why the plan p is not incremental.
func refusal(n *compile.Node, p Plan) error {
	if p.Kind != Full {
		return nil
	}
	at := p.Pos
	if at.Line == 0 {
		at = n.Model.Header["refresh"]
	}
	e := fault.New(fault.Unsupported, "@refresh incremental is not possible: %s", p.Reason).At(at).In(n.Model.File, n.Model.Text)
	if e.Hint = p.Hint; e.Hint == "" {
		e.Hint = "remove @refresh incremental: the view is then recomputed when it has to be"
	}
	return e
}

// Check is what is wrong with the models of a graph that no query shows: a
// fault.List of what [Refused] finds, nil if that is nothing.
func Check(g *compile.Graph) error {
	var faults fault.List
	for _, n := range g.Views() {
		if n.Bound != nil {
			faults = append(faults, fault.All(Refused(n))...)
		}
	}
	return faults.Err()
}
