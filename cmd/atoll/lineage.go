package main

import (
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/atolldata/atoll/internal/compile"
	"github.com/atolldata/atoll/internal/pipeline"
)

type lineageOptions struct {
	of     string
	output string
}

func (a *app) lineageCommand() *cobra.Command {
	var o lineageOptions
	cmd := &cobra.Command{
		Use:   "lineage [MODEL[.COLUMN]]",
		Short: "Show what a view or column comes from and what comes from it",
		Long: `Show what a relation or a column comes from, up to the raw tables, and what
comes from it, down to the last view. Without an argument, the whole project is
shown. Columns that only filter, join or group are marked as filters.`,
		Example: `  atoll lineage
  atoll lineage reports.delivery
  atoll lineage reports.delivery.messages -o mermaid`,
		Args:              cobra.MaximumNArgs(1),
		ValidArgsFunction: a.completeRelations,
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				o.of = args[0]
			}
			return a.lineage(o)
		},
	}
	outputFlag(cmd, &o.output, "text", "json", "mermaid")
	return cmd
}

// lineage shows what can be told of a project with mistakes too; they are
// reported, as by check.
func (a *app) lineage(o lineageOptions) error {
	if err := checkOutput(o.output, "text", "json", "mermaid"); err != nil {
		return err
	}
	_, graph, faults := pipeline.Compile(a.dir)
	if graph == nil {
		return faults
	}
	l := graph.Lineage()
	if o.of != "" {
		var err error
		if l, err = graph.LineageOf(o.of); err != nil {
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

// completeRelations completes the project's relations.
func (a *app) completeRelations(_ *cobra.Command, args []string, prefix string) ([]string, cobra.ShellCompDirective) {
	_, graph, _ := pipeline.Compile(a.dir)
	if graph == nil || len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var names []string
	for _, n := range graph.Nodes {
		if name := n.Name.String(); n.Kind != compile.System && strings.HasPrefix(name, prefix) {
			names = append(names, name)
		}
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}
