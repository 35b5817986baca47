package pipeline

import (
	"time"

	"github.com/atolldata/atoll/internal/schema"
)

// Status is how things stand.
type Status struct {
	Tables []TableStatus `json:"tables"`
	Views  []ViewStatus  `json:"views"`
	// Run is the last tick; nil before the first.
	Run *RunStatus `json:"run"`
}

// TableStatus is how a source's table stands.
type TableStatus struct {
	Name      schema.Name `json:"name"`
	Rows      int64       `json:"rows"`
	Label     *time.Time  `json:"label"`     // the tick of its last load or look
	Freshness *float64    `json:"freshness"` // seconds since label
	Files     int64       `json:"files"`     // loaded
	Waiting   int64       `json:"waiting"`   // seen, left for the next tick
	Away      int64       `json:"turned_away"`
	Rejected  int64       `json:"rejected"` // rows
	Bookmark  string      `json:"bookmark"`
	Error     string      `json:"error,omitempty"`
}

// ViewStatus is how a view stands.
type ViewStatus struct {
	Name      schema.Name `json:"name"`
	State     string      `json:"state"` // a ViewState, or "new" before its first refresh
	Rows      int64       `json:"rows"`
	Label     *time.Time  `json:"label"`
	Freshness *float64    `json:"freshness"` // seconds since label
	Seconds   float64     `json:"seconds"`   // of the last refresh
	Plan      string      `json:"plan"`
	Error     string      `json:"error,omitempty"`
}

// RunStatus is the last tick.
type RunStatus struct {
	Run      int64      `json:"run"`
	State    string     `json:"state"` // running, done, failed
	Started  time.Time  `json:"started"`
	Finished *time.Time `json:"finished"`
	Error    string     `json:"error,omitempty"`
}
