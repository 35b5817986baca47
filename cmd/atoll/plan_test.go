package main

import (
	"testing"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/view"
)

func TestPlansAreTold(t *testing.T) {
	at := fault.Position{Line: 2, Column: 7}
	limit := view.Stage{Name: "r.top", Kind: view.Full, Stored: true, Reads: []string{"r.top#1"}, Reason: "it takes all rows", Pos: at,
		Hint: "leave it out", Text: "SELECT x\nFROM input"}
	sums := view.Stage{Name: "r.top#1", Kind: view.Merge, Stored: true, Keys: []string{"a", "b"}, Reads: []string{"web.hits", "r.v"}, Text: "SELECT 1"}
	rank := view.Stage{Name: "r.top#2", Kind: view.Full, Reason: "another reason", Text: "SELECT 2"}
	const text = "SELECT x\nORDER LIMIT 3"
	for _, c := range []struct {
		view        plannedView
		brief, full string
	}{
		{
			plannedView{Plan: view.Plan{Kind: view.Full, Reason: limit.Reason, Pos: at, Hint: limit.Hint, Stages: []view.Stage{sums, rank, limit}}},
			`r.top  models/r/top.sql
  refreshed every tick, plan full: it takes all rows
  at models/r/top.sql:2:7
  hint: leave it out
  stage r.top#1: merge by a, b, reads web.hits, r.v
  stage r.top#2: full
  stage r.top: full, reads r.top#1
`,
			`r.top  models/r/top.sql
  refreshed every tick, plan full
  models/r/top.sql:2:7: it takes all rows
      ORDER LIMIT 3
            ^
    hint: leave it out

  stage r.top#1: merge by a, b, reads web.hits, r.v
  its rows are kept beside the view
    SELECT 1

  stage r.top#2: full
  another reason
    SELECT 2

  stage r.top: full, reads r.top#1
    SELECT x
    FROM input
`,
		},
		{
			plannedView{Every: "5m", Plan: view.Plan{Kind: view.Merge, Stages: []view.Stage{sums}}},
			`r.top  models/r/top.sql
  refreshed every 5m, plan merge
  stage r.top#1: merge by a, b, reads web.hits, r.v
`,
			`r.top  models/r/top.sql
  refreshed every 5m, plan merge

  stage r.top#1: merge by a, b, reads web.hits, r.v
  its rows are kept beside the view
    SELECT 1
`,
		},
		{
			plannedView{Plan: view.Plan{Kind: view.Full, Reason: "it takes all rows"}},
			"r.top  models/r/top.sql\n  refreshed every tick, plan full: it takes all rows\n",
			"r.top  models/r/top.sql\n  refreshed every tick, plan full\n  it takes all rows\n",
		},
	} {
		v := c.view
		v.Name, v.File, v.text = schema.Name{Schema: "r", Name: "top"}, "models/r/top.sql", text
		if got := v.brief(); got != c.brief {
			t.Errorf("brief:\n%s\nwant\n%s", got, c.brief)
		}
		if got := v.full(); got != c.full {
			t.Errorf("in full:\n%s\nwant\n%s", got, c.full)
		}
	}
}
