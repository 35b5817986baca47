package main

import (
	"errors"
	"io"

	"github.com/spf13/cobra"

	"github.com/atolldata/atoll/internal/pipeline"
	"github.com/atolldata/atoll/internal/view"
)

type explainOptions struct {
	model  string
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

As JSON, the result is an object: "name", "file", "kind", "every", "columns", and
"plan" with "kind", "reason", "position", "hint" and "stages", each with "name",
"kind", "stored", "keys", "reads", "reason", "position", "hint" and "query".
Fields without a value are left out.`,
		Example: `  atoll explain reports.delivery
  atoll explain reports.delivery -o json`,
		Args:              one,
		ValidArgsFunction: a.completeModels,
		RunE: func(_ *cobra.Command, args []string) error {
			o.model = args[0]
			return a.explain(o)
		},
	}
	outputFlag(cmd, &o.output, "text", "json")
	return cmd
}

// explain tells the plan of a model that is whole, whatever is wrong with others.
func (a *app) explain(o explainOptions) error {
	if err := checkOutput(o.output, "text", "json"); err != nil {
		return err
	}
	_, graph, faults := pipeline.Compile(a.dir)
	if graph == nil {
		return faults
	}
	n, err := graph.View(o.model)
	if err != nil {
		return err
	}
	if n.Bound == nil {
		return faults
	}
	v := planned(n)
	if o.output == "json" {
		err = writeJSON(a.out, &v)
	} else {
		_, err = io.WriteString(a.out, v.full())
	}
	return errors.Join(err, view.Refused(n))
}
