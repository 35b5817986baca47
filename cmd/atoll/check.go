package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/atolldata/atoll/internal/compile"
	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/pipeline"
	"github.com/atolldata/atoll/internal/sql/portable"
)

type checkOptions struct{ engine, output string }

func (a *app) checkCommand() *cobra.Command {
	var o checkOptions
	cmd := &cobra.Command{
		Use:   "check",
		Short: "Check the project and show its views",
		Long: `Read the whole project and report every mistake in one go: file, line, column,
what was found, what was expected and what to do. Of a valid project, show each
view's columns and types, and how it is refreshed: the stages of its plan, which
atoll explain tells more of, and why it has to be recomputed where it has to.
Needs no warehouse and no credentials.

With --engine, what the models say is held against what that engine can run with
the same answers: each construct that it cannot is a mistake, told with the
nearest form that it can.`,
		Example: `  atoll check
  atoll check --engine redshift
  atoll check -o json`,
		Args:              none,
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE:              func(cmd *cobra.Command, _ []string) error { return a.check(cmd.Context(), o) },
	}
	engineFlag(cmd, &o.engine, "the engine that the models are to run on")
	outputFlag(cmd, &o.output, "text", "json")
	return cmd
}

// checked is what check prints as JSON.
type checked struct {
	Engine   portable.Engine `json:"engine"`
	Views    []plannedView   `json:"views"`
	Tables   int             `json:"tables"`
	Faults   fault.List      `json:"faults"`
	Warnings fault.List      `json:"warnings"`
}

func (a *app) check(ctx context.Context, o checkOptions) error {
	if err := checkOutput(o.output, "text", "json"); err != nil {
		return err
	}
	engine, err := engineOf(o.engine)
	if err != nil {
		return err
	}
	_, graph, err := pipeline.Compile(a.dir)
	if graph == nil {
		return err
	}
	if crossed := runsOn(ctx, engine, graph); crossed != nil {
		all := slices.Concat(fault.All(err), fault.All(crossed))
		all.Sort()
		err = all
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	c := summarize(graph, err)
	c.Engine = engine
	a.warn(c.Warnings)
	switch {
	case o.output == "json":
		return errors.Join(err, writeJSON(a.out, &c))
	case err != nil:
		return err
	}
	return printChecked(a.out, c)
}

// summarize lists the views that are whole, and all faults.
func summarize(g *compile.Graph, err error) checked {
	c := checked{Faults: fault.All(err)}
	for _, w := range g.Warnings {
		if !slices.ContainsFunc(c.Faults, func(e *fault.Error) bool { return e.Pos == w.Pos }) {
			c.Warnings = append(c.Warnings, w)
		}
	}
	for _, n := range g.Nodes {
		switch {
		case n.Kind == compile.Table:
			c.Tables++
		case n.Kind == compile.View && n.Bound != nil:
			c.Views = append(c.Views, planned(n))
		}
	}
	return c
}

func printChecked(w io.Writer, c checked) error {
	var b strings.Builder
	for _, v := range c.Views {
		b.WriteString(v.brief())
		widest := 0
		for _, col := range v.Columns {
			widest = max(widest, len(col.Name))
		}
		for _, col := range v.Columns {
			fmt.Fprintf(&b, "    %-*s  %s\n", widest, col.Name, col.Type)
		}
	}
	fmt.Fprintf(&b, "%s, %s: valid", count(int64(len(c.Views)), "view"), count(int64(c.Tables), "table"))
	if c.Engine != portable.DuckDB {
		fmt.Fprintf(&b, ", and runs on %s", c.Engine)
	}
	b.WriteString("\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// interval writes how often a view is refreshed as models do: 5m, 2h, 90s.
func interval(every time.Duration) string {
	for _, unit := range []struct {
		size time.Duration
		name string
	}{{24 * time.Hour, "d"}, {time.Hour, "h"}, {time.Minute, "m"}} {
		if every%unit.size == 0 {
			return fmt.Sprintf("%d%s", every/unit.size, unit.name)
		}
	}
	return fmt.Sprintf("%ds", every/time.Second)
}
