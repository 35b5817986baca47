package view

import (
	"github.com/atolldata/atoll/internal/compile"
	"github.com/atolldata/atoll/internal/fault"
)

// Kind says how a view, or a stage of one, is brought up to date.
type Kind string

// The kinds of plans.
const (
	// Bag adds and removes rows with their multiplicities.
	Bag Kind = "bag"
	// Merge adds partial aggregates to the stored ones, group by group.
	Merge Kind = "merge"
	// Keyed recomputes the rows of the keys that changed.
	Keyed Kind = "keyed"
	// SessionsKind recomputes the sessions near the rows that changed.
	SessionsKind Kind = "sessions"
	// Full recomputes everything.
	Full Kind = "full"
)

// Plan is how a view is brought up to date: its stages in their order, the last
// of which is the view. Kind is Full if one of them has to be recomputed from
// all rows, and the last stage's otherwise; Reason, Pos and Hint are those of
// the stage that is Full.
type Plan struct {
	Kind   Kind           `json:"kind"`
	Reason string         `json:"reason,omitempty"`
	Pos    fault.Position `json:"position,omitzero"`
	Hint   string         `json:"hint,omitempty"`
	Stages []Stage        `json:"stages,omitempty"`
}

// Stage is a part of a view's query with a plan of its own.
type Stage struct {
	Name   string         `json:"name"` // of the view, with a number behind # below the top
	Kind   Kind           `json:"kind"`
	Stored bool           `json:"stored"`          // its rows, or states, are kept in a table
	Keys   []string       `json:"keys,omitempty"`  // what rows are grouped, partitioned or found by
	Reads  []string       `json:"reads,omitempty"` // relations and other stages
	Reason string         `json:"reason,omitempty"`
	Pos    fault.Position `json:"position,omitzero"`
	Hint   string         `json:"hint,omitempty"`
	Text   string         `json:"query"` // in Redshift's SQL
}

// PlanOf chooses the plan of a model that is not broken.
func PlanOf(n *compile.Node) Plan { return override(n, planOf(n)) }

// planOf is the plan that a model's query allows.
func planOf(n *compile.Node) Plan {
	if n.Bound.UsesNow {
		return Plan{Kind: Full, Reason: "it uses the clock, so it is recomputed at every label"}
	}
	return Plan{Kind: Full, Reason: "this version recomputes a view when something that it reads has changed"}
}
