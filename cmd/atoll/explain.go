package main

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/atolldata/atoll/internal/refresh"
	"github.com/atolldata/atoll/internal/view"
)

type explainOptions struct {
	model  string
	sql    bool
	output string
}

func (a *app) explainCommand() *cobra.Command {
	var o explainOptions
	cmd := &cobra.Command{
		Use:   "explain MODEL",
		Short: "Show how a view is refreshed",
		Long: `Show the plan by which a view is brought up to date: the stages that its query
is cut into, and of each what it does with what changed, the columns that it finds
the rows to change by, what it reads, and its query. Needs no warehouse.

  bag       adds and removes rows with their multiplicities
  merge     adds partial aggregates to the stored ones, group by group
  keyed     recomputes the rows of the keys that changed
  sessions  recomputes the sessions near the rows that changed
  full      recomputes everything, whatever changed

A view is full if one of its stages is. The reason is shown with its place in the
query, and with a change of the query that would avoid it.

A stage whose name ends in # and a number is a part of the query. What is stored
of it is kept beside the view, where users do not see it.

With --sql, what a refresh from changes has the embedded engine do is shown instead,
step by step: statements, and how it reaches what changed. It is the refresh with
most to do; a real one leaves out what nothing changed for. Of what is recomputed,
it is the query.

As JSON, the result is an object: "name", "file", "kind", "every", "columns", and
"plan" with "kind", "reason", "position", "hint" and "stages", each with "name",
"kind", "stored", "keys", "reads", "reason", "position", "hint" and "query".
With --sql there are "steps" too, each with "title" and "sql". Fields without a
value are left out.`,
		Example: `  atoll explain reports.delivery
  atoll explain reports.delivery --sql
  atoll explain reports.delivery -o json`,
		Args:              one,
		ValidArgsFunction: a.completeModels,
		RunE: func(_ *cobra.Command, args []string) error {
			o.model = args[0]
			return a.explain(o)
		},
	}
	cmd.Flags().BoolVar(&o.sql, "sql", false, "show what a refresh has the engine do")
	outputFlag(cmd, &o.output, "text", "json")
	return cmd
}

// explain tells the plan of a model that is whole, whatever is wrong with others.
func (a *app) explain(o explainOptions) error {
	if err := checkOutput(o.output, "text", "json"); err != nil {
		return err
	}
	n, err := a.model(o.model)
	if err != nil {
		return err
	}
	v := explained{plannedView: planned(n)}
	if o.sql {
		label := time.Now().UTC().Truncate(time.Second)
		if v.Steps, err = refresh.Explain(n, label.Add(-max(n.Model.Every, time.Minute)), label); err != nil {
			return err
		}
	}
	switch {
	case o.output == "json":
		err = writeJSON(a.out, &v)
	case o.sql:
		_, err = io.WriteString(a.out, script(v.Steps))
	default:
		_, err = io.WriteString(a.out, v.full())
	}
	return errors.Join(err, view.Refused(n))
}

// explained is what explain prints as JSON.
type explained struct {
	plannedView
	Steps []refresh.Step `json:"steps,omitempty"`
}

// script writes steps as SQL, with what is no statement in comments.
func script(steps []refresh.Step) string {
	var b strings.Builder
	for i, s := range steps {
		fmt.Fprintf(&b, "-- %d. %s\n", i+1, s.Title)
		if s.SQL != "" {
			b.WriteString(s.SQL + ";\n")
		}
		if i < len(steps)-1 {
			b.WriteString("\n")
		}
	}
	return b.String()
}
