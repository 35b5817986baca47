package main

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/pipeline"
)

func TestReport(t *testing.T) {
	busyDay := &pipeline.Report{
		Run: 7, Label: time.Date(2026, 3, 1, 6, 0, 0, 0, time.UTC), Batches: 2, Files: 1200, Rows: 1_234_567, Rejected: 1, Rebuilt: 1, Seconds: 61.5,
		Waiting: []pipeline.WaitingFile{{Table: orders, URI: "file://data/3.json", Reason: "it is still growing"}},
		Away:    []pipeline.FileFault{{Table: orders, URI: "file://data/2.json", Err: fault.New(fault.Data, "too many bad rows").WithHint("mend it")}},
		Sources: []pipeline.SourceFault{{Table: clicks, Error: "unreachable"}},
		Views: []pipeline.ViewResult{
			{Name: daily, State: pipeline.ViewCurrent, Plan: "full", Rows: 31, Seconds: 0.25},
			{Name: orders, State: pipeline.ViewFailed, Err: errors.Join(fault.New(fault.Data, "division by zero"))},
		},
	}
	problems := `rejected 1 row; to see them:
  atoll query "SELECT r.uri, r.line, r.column_name, r.reason, r.raw_line FROM atoll.rejects r JOIN atoll.batches b ON b.batch = r.batch WHERE b.run = 7"
`
	away := `turned away: file://data/2.json (web.orders)
  too many bad rows
    hint: mend it
not read: web.clicks
  unreachable
`
	failed := `failed: web.orders; it keeps what it held
  division by zero
`
	all := `replayed 1 batch from the lake
loaded 1,234,567 rows from 1,200 files in 2 batches
` + problems + `left for the next run: file://data/3.json (web.orders): it is still growing
` + away + `
 view          | rows |  took | plan
---------------+------+-------+------
 reports.daily |   31 | 0.25s | full

` + failed
	end := "run 7, current to 2026-03-01 06:00:00 UTC, took 1m 1s\n"
	for _, test := range []struct {
		name               string
		report             *pipeline.Report
		quiet, interrupted bool
		want               string
	}{
		{"all", busyDay, false, false, all + end},
		{"quiet", busyDay, true, false, problems + away + failed},
		{"interrupted", busyDay, false, true, all},
		{"nothing", &pipeline.Report{}, false, false, "nothing to do: no new files, and no view is due\n"},
		{"nothing, quietly", &pipeline.Report{}, true, false, ""},
	} {
		var b strings.Builder
		if err := printReport(&b, test.report, test.quiet, test.interrupted); err != nil || b.String() != test.want {
			t.Errorf("%s: %v, got\n%s\nwant\n%s", test.name, err, b.String(), test.want)
		}
	}
}
