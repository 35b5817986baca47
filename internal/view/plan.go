package view

import "github.com/atolldata/atoll/internal/compile"

// PlanKind says how a view is brought up to date.
type PlanKind string

// Full recomputes the view from its query.
const Full PlanKind = "full"

// Plan is how a view is brought up to date, and why so.
type Plan struct {
	Kind   PlanKind `json:"kind"`
	Reason string   `json:"reason"`
}

// PlanOf chooses the plan of a model that is not broken.
func PlanOf(n *compile.Node) Plan {
	if n.Bound.UsesNow {
		return Plan{Full, "it uses the clock, so it is recomputed at every label"}
	}
	return Plan{Full, "this version recomputes a view when something that it reads has changed"}
}
