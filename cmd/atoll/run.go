package main

import (
	"context"
	"errors"
	"time"

	"github.com/spf13/cobra"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/pipeline"
)

type runOptions struct {
	selector    string
	fullRefresh bool
	all         bool
	asOf        string
	output      string
}

func (a *app) runCommand() *cobra.Command {
	var o runOptions
	cmd := &cobra.Command{
		Use:   "run",
		Short: "Load what is new and refresh what is due",
		Long: `Do one tick: list the sources, land new files in the lake, load them, refresh the
views that are due, and commit. What fails is left out and reported; what did
succeed is kept. Where nothing is new, nothing is done.

A selector names tables and views as dbt's do: a name or glob, tag:daily,
path:models/reports, source:smslogs; +x also takes what x reads and x+ what reads
x; a space means either and a comma both.`,
		Example: `  atoll run
  atoll run --select "+reports.delivery"
  atoll run --all --as-of "2026-03-15 06:00"
  atoll run --select tag:daily --full-refresh`,
		Args:              none,
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE:              func(cmd *cobra.Command, _ []string) error { return a.run(cmd.Context(), o) },
	}
	flags := cmd.Flags()
	flags.StringVar(&o.selector, "select", "", "only load and refresh what the selector names")
	flags.BoolVar(&o.all, "all", false, "refresh views that are not due too")
	flags.BoolVar(&o.fullRefresh, "full-refresh", false, "rebuild the views, and reload the tables from the lake")
	flags.StringVar(&o.asOf, "as-of", "", "the tick's time, such as 2026-03-15T06:00:00Z or 2026-03-15; in UTC unless it says otherwise (default now)")
	outputFlag(cmd, &o.output, "text", "json")
	_ = cmd.RegisterFlagCompletionFunc("select", func(cmd *cobra.Command, _ []string, prefix string) ([]string, cobra.ShellCompDirective) {
		return a.completeRelations(cmd, nil, prefix)
	})
	_ = cmd.RegisterFlagCompletionFunc("as-of", cobra.NoFileCompletions)
	return cmd
}

// asOfLayouts are the ways to write a time, after RFC 3339.
var asOfLayouts = []string{time.RFC3339Nano, "2006-01-02 15:04:05Z07:00", "2006-01-02T15:04:05", time.DateTime,
	"2006-01-02T15:04", "2006-01-02 15:04", time.DateOnly}

// parseAsOf reads the time of --as-of; nothing is the zero time.
func parseAsOf(text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	for _, layout := range asOfLayouts {
		if t, err := time.Parse(layout, text); err == nil {
			return t.UTC(), nil
		}
	}
	return time.Time{}, fault.New(fault.Usage, "--as-of is %q, expected a time", text).
		WithHint("write 2026-03-15T06:00:00Z, 2026-03-15 06:00 or 2026-03-15")
}

func (a *app) run(ctx context.Context, o runOptions) error {
	if err := checkOutput(o.output, "text", "json"); err != nil {
		return err
	}
	asOf, err := parseAsOf(o.asOf)
	if err != nil {
		return err
	}
	progress, stop := a.showProgress()
	report, err := a.tick(ctx, progress, pipeline.RunOptions{AsOf: asOf, Select: o.selector, All: o.all, FullRefresh: o.fullRefresh})
	stop()
	switch {
	case report == nil, err != nil && report.Nothing():
		return err
	case o.output == "json":
		err = errors.Join(err, writeJSON(a.out, report))
	default:
		err = errors.Join(err, printReport(a.out, report, a.quiet, err != nil))
	}
	if err == nil && report.Failed() {
		err = errPartly
	}
	return err
}

// tick opens the project for one tick. With an error the report, if there is one,
// tells what was done before it.
func (a *app) tick(ctx context.Context, progress *progress, o pipeline.RunOptions) (*pipeline.Report, error) {
	p, err := pipeline.Open(ctx, a.dir, pipeline.Options{Log: a.log, Progress: progress})
	if err != nil {
		return nil, err
	}
	report, err := p.Run(ctx, o)
	if closing := p.Close(); err == nil {
		err = closing
	}
	return report, err
}
