package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/atolldata/atoll/internal/pipeline"
	"github.com/atolldata/atoll/internal/sql/portable"
	"github.com/atolldata/atoll/internal/view"
)

type renderOptions struct{ model, engine, asOf string }

func (a *app) renderCommand() *cobra.Command {
	var o renderOptions
	cmd := &cobra.Command{
		Use:   "render MODEL",
		Short: "Show the SQL that an engine would run for a model",
		Long: `Print the query of a model as an engine would run it: names in full, types
and conversions spelled out, and what Redshift means by it in the engine's own
words. What the engine cannot run is reported as by atoll check --engine.

Functions of now mean the model's label. It is the present unless --as-of says
otherwise. On the embedded engine and on PostgreSQL the query calls functions of
the schema atoll_sql, which Atoll creates there.`,
		Example: `  atoll render reports.delivery
  atoll render reports.delivery --engine postgres --as-of 2026-03-15`,
		Args:              one,
		ValidArgsFunction: a.completeModels,
		RunE: func(_ *cobra.Command, args []string) error {
			o.model = args[0]
			return a.render(o)
		},
	}
	engineFlag(cmd, &o.engine, "the engine")
	cmd.Flags().StringVar(&o.asOf, "as-of", "", "the model's label, such as 2026-03-15T06:00:00Z or 2026-03-15; in UTC unless it says otherwise (default now)")
	_ = cmd.RegisterFlagCompletionFunc("as-of", cobra.NoFileCompletions)
	return cmd
}

// render shows a model that is whole, whatever is wrong with others.
func (a *app) render(o renderOptions) error {
	engine, err := engineOf(o.engine)
	if err != nil {
		return err
	}
	label, err := parseAsOf(o.asOf)
	if err != nil {
		return err
	}
	if label.IsZero() {
		label = time.Now().UTC()
	}
	n, err := a.model(o.model)
	if err != nil {
		return err
	}
	text, err := view.Render(n, engine, label)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(a.out, text)
	return err
}

// engineFlag adds --engine, whose value [engineOf] reads.
func engineFlag(cmd *cobra.Command, value *string, usage string) {
	engines := portable.Engines()
	cmd.Flags().StringVar(value, "engine", engines[0], usage+": "+strings.Join(engines, ", "))
	_ = cmd.RegisterFlagCompletionFunc("engine", oneOf(engines...))
}

func engineOf(name string) (portable.Engine, error) {
	if engines := portable.Engines(); !slices.Contains(engines, name) {
		return "", unknownValue("--engine", name, engines)
	}
	return portable.Engine(name), nil
}

// completeModels completes the project's models.
func (a *app) completeModels(_ *cobra.Command, args []string, prefix string) ([]string, cobra.ShellCompDirective) {
	_, graph, _ := pipeline.Compile(a.dir)
	if graph == nil || len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var names []string
	for _, n := range graph.Views() {
		if name := n.Name.String(); strings.HasPrefix(name, prefix) {
			names = append(names, name)
		}
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}
