package pipeline

import (
	"context"
	"encoding/json"
	"time"

	"github.com/atolldata/atoll/internal/compile"
	"github.com/atolldata/atoll/internal/lake"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/warehouse"
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
	State     string      `json:"state"` // a ViewState, or ViewNew
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

// Status reads how things stand from the warehouse, at the last commit.
func (p *Project) Status(ctx context.Context) (*Status, error) {
	db := p.Warehouse.SQL()
	tables, err := warehouse.TableStates(ctx, db)
	if err != nil {
		return nil, err
	}
	views, err := warehouse.ViewStates(ctx, db)
	if err != nil {
		return nil, err
	}
	marks, err := warehouse.Bookmarks(ctx, db)
	if err != nil {
		return nil, err
	}
	files, err := fileCounts(ctx, db)
	if err != nil {
		return nil, err
	}
	out := &Status{Tables: []TableStatus{}, Views: []ViewStatus{}}
	now := p.options.Clock()
	for _, n := range p.Graph.Nodes {
		switch n.Kind {
		case compile.Table:
			s := tables[n.Name]
			row := files[n.Name.String()]
			row.Name, row.Rows, row.Error = n.Name, s.Rows, s.Error
			row.Label, row.Freshness = fresh(s.Label, now)
			row.Bookmark = string(marks[n.Name.String()])
			var mark filesBookmark
			if json.Unmarshal(marks[n.Name.String()], &mark) == nil {
				row.Waiting = int64(len(mark.Waiting))
			}
			out.Tables = append(out.Tables, row)
		case compile.View:
			s, known := views[n.Name]
			row := ViewStatus{Name: n.Name, State: s.State, Rows: s.Rows, Seconds: s.Seconds, Plan: s.Plan, Error: s.Error}
			if !known {
				row.State = ViewNew
			}
			row.Label, row.Freshness = fresh(s.Label, now)
			out.Views = append(out.Views, row)
		}
	}
	out.Run, err = lastRun(ctx, db)
	return out, err
}

// ViewNew is the state of a view before its first refresh.
const ViewNew = "new"

// fresh is a label as a status shows it, and its age in seconds.
func fresh(label, now time.Time) (*time.Time, *float64) {
	if label.IsZero() {
		return nil, nil
	}
	age := now.Sub(label).Seconds()
	return &label, &age
}

// fileCounts counts the ledger's files and rejected rows by table.
func fileCounts(ctx context.Context, db warehouse.SQL) (map[string]TableStatus, error) {
	out := map[string]TableStatus{}
	_, err := warehouse.Collect(ctx, db, func(r warehouse.Rows) (struct{}, error) {
		var name, state string
		var files, rejected int64
		err := r.Scan(&name, &state, &files, &rejected)
		s := out[name]
		switch lake.State(state) {
		case lake.Loaded:
			s.Files, s.Rejected = files, rejected
		case lake.Rejected:
			s.Away = files
		}
		out[name] = s
		return struct{}{}, err
	}, `SELECT table_name, state, count(*), CAST(sum(rows_rejected) AS BIGINT) FROM atoll.files GROUP BY table_name, state`)
	return out, err
}

// lastRun reads the last tick; nil before the first.
func lastRun(ctx context.Context, db warehouse.SQL) (*RunStatus, error) {
	runs, err := warehouse.Collect(ctx, db, func(r warehouse.Rows) (s RunStatus, err error) {
		err = r.Scan(&s.Run, &s.State, &s.Started, &s.Finished, &s.Error)
		return s, err
	}, `SELECT run, state, started_at, finished_at, error FROM atoll.runs ORDER BY run DESC LIMIT 1`)
	if err != nil || len(runs) == 0 {
		return nil, err
	}
	return &runs[0], nil
}
