package main

import (
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/atolldata/atoll/internal/compile"
	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/pipeline"
)

type lineageOptions struct {
	of         string
	downstream bool
	output     string
}

func (a *app) lineageCommand() *cobra.Command {
	var o lineageOptions
	cmd := &cobra.Command{
		Use:   "lineage [MODEL[.COLUMN]]",
		Short: "Show what a view or column comes from, or what comes from it",
		Long: `Show what a relation or a column comes from, up to the raw tables, or with
--downstream what comes from it, down to the last view. Without an argument, the
whole project is shown. A schema may be left out of a name that is unique.

Of a column, each line is a column that its value comes from, with the expression
that computes it and the place of that. Lines behind a bar are the steps in
between: aliases, and columns of subqueries and common table expressions. Columns
that give no value say what they do instead:

  (filter)  decide which rows there are: WHERE, HAVING, QUALIFY, FILTER, EXISTS
  (join)    decide which rows belong together: ON, USING
  (group)   decide which rows become one: GROUP BY, DISTINCT, UNION
  (order)   decide the order of the rows, and which of them a LIMIT leaves
  (window)  cut and order the windows of window functions

They are named where they are used and not followed further up. Downstream, a
relation stands for all of its columns where its rows depend on the column.

As JSON, the result is an object: "focus" and "direction" (upstream, downstream),
"points", each with "id", "kind" (table, view, system) and for a column "column",
"type" and "steps", each with "name", "expression", "file" and "line"; and "edges"
with "from", "to" and between columns "kind" (value, or as above). Fields without
a value are left out.`,
		Example: `  atoll lineage
  atoll lineage reports.delivery
  atoll lineage reports.click_through.click_through_rate
  atoll lineage smslogs.sends.sent_at --downstream -o mermaid`,
		Args:              atMostOne,
		ValidArgsFunction: a.completeRelations,
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				o.of = args[0]
			}
			return a.lineage(o)
		},
	}
	cmd.Flags().BoolVar(&o.downstream, "downstream", false, "show what comes from it, instead of what it comes from")
	outputFlag(cmd, &o.output, "text", "json", "mermaid")
	return cmd
}

// lineage shows what can be told of a project with mistakes too; they are
// reported, as by check.
func (a *app) lineage(o lineageOptions) error {
	if err := checkOutput(o.output, "text", "json", "mermaid"); err != nil {
		return err
	}
	if o.downstream && o.of == "" {
		return fault.New(fault.Usage, "--downstream needs a relation or column to start from").WithHint("atoll lineage alone shows the whole project")
	}
	_, graph, faults := pipeline.Compile(a.dir)
	if graph == nil {
		return faults
	}
	l := graph.Lineage()
	if o.of != "" {
		direction := compile.Upstream
		if o.downstream {
			direction = compile.Downstream
		}
		var err error
		if l, err = graph.LineageOf(o.of, direction); err != nil {
			return err
		}
	}
	if err := writeLineage(a.out, l, o.output); err != nil {
		return err
	}
	return faults
}

func writeLineage(w io.Writer, l *compile.Lineage, output string) error {
	var err error
	switch output {
	case "json":
		return writeJSON(w, l)
	case "mermaid":
		_, err = io.WriteString(w, l.Mermaid())
	default:
		_, err = io.WriteString(w, l.Text())
	}
	return err
}

// completeRelations completes the project's relations, and after one and a dot
// its columns.
func (a *app) completeRelations(_ *cobra.Command, args []string, prefix string) ([]string, cobra.ShellCompDirective) {
	_, graph, _ := pipeline.Compile(a.dir)
	if graph == nil || len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var names []string
	add := func(name string) {
		if strings.HasPrefix(name, prefix) {
			names = append(names, name)
		}
	}
	for _, n := range graph.Nodes {
		if n.Kind == compile.System {
			continue
		}
		add(n.Name.String())
		if n.Shape == nil || !strings.HasPrefix(prefix, n.Name.String()+".") {
			continue
		}
		for _, c := range n.Shape.Columns {
			add(n.Name.String() + "." + c.Name)
		}
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}
