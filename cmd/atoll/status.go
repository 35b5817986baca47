package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/atolldata/atoll/internal/pipeline"
	"github.com/atolldata/atoll/internal/query/result"
)

type statusOptions struct{ output string }

func (a *app) statusCommand() *cobra.Command {
	var o statusOptions
	cmd := &cobra.Command{
		Use:   "status",
		Short: "Show how current the tables and views are",
		Long: `Show for each table its rows, label, files and rejected rows, and for each view
its state, rows, label, the duration of its last refresh and its last error. The
label is the point of time that a table or view is current to.`,
		Example: `  atoll status
  atoll status -o json`,
		Args:              none,
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE:              func(cmd *cobra.Command, _ []string) error { return a.status(cmd.Context(), o) },
	}
	outputFlag(cmd, &o.output, "text", "json")
	return cmd
}

func (a *app) status(ctx context.Context, o statusOptions) error {
	if err := checkOutput(o.output, "text", "json"); err != nil {
		return err
	}
	p, err := pipeline.Open(ctx, a.dir, pipeline.Options{Log: a.log})
	if err != nil {
		return err
	}
	defer p.Close()
	s, err := p.Status(ctx)
	if err != nil {
		return err
	}
	if o.output == "json" {
		return writeJSON(a.out, s)
	}
	return printStatus(a.out, s)
}

// bookmarkWidth is how much of a bookmark is shown; -o json has all of it.
const bookmarkWidth = 60

func printStatus(w io.Writer, s *pipeline.Status) error {
	tables := result.NewGrid(w, []string{"table", "rows", "label", "age", "files", "waiting", "turned away", "rejected rows", "bookmark"},
		[]bool{false, true, false, true, true, true, true, true, false})
	var errors []string
	for _, t := range s.Tables {
		if t.Error != "" {
			errors = append(errors, fmt.Sprintf("%s: %s", t.Name, t.Error))
		}
		if err := tables.Add(t.Name.String(), thousands(t.Rows), label(t.Label), age(t.Freshness), thousands(t.Files),
			thousands(t.Waiting), thousands(t.Away), thousands(t.Rejected), fit(t.Bookmark, bookmarkWidth)); err != nil {
			return err
		}
	}
	if err := tables.Close(); err != nil {
		return err
	}
	if _, err := fmt.Fprintln(w); err != nil {
		return err
	}
	views := result.NewGrid(w, []string{"view", "state", "rows", "label", "age", "took", "plan"},
		[]bool{false, false, true, false, true, true, false})
	for _, v := range s.Views {
		if v.Error != "" {
			errors = append(errors, fmt.Sprintf("%s: %s", v.Name, v.Error))
		}
		if err := views.Add(v.Name.String(), v.State, thousands(v.Rows), label(v.Label), age(v.Freshness), duration(v.Seconds), v.Plan); err != nil {
			return err
		}
	}
	if err := views.Close(); err != nil {
		return err
	}
	for i, e := range errors {
		errors[i] = "\n" + e + "\n"
	}
	_, err := fmt.Fprint(w, strings.Join(errors, "")+"\n"+lastRun(s.Run)+"\n")
	return err
}

// label writes a point of time that something is current to.
func label(t *time.Time) string {
	if t == nil {
		return "never"
	}
	return t.UTC().Format(time.DateTime)
}

// age writes how long ago a label was.
func age(seconds *float64) string {
	if seconds == nil {
		return ""
	}
	return duration(max(0, *seconds))
}

func lastRun(r *pipeline.RunStatus) string {
	switch {
	case r == nil:
		return "nothing has been run yet: atoll run loads the files and builds the views"
	case r.Finished == nil:
		return fmt.Sprintf("run %d began %s and has not ended", r.Run, label(&r.Started))
	}
	text := fmt.Sprintf("run %d %s at %s", r.Run, r.State, label(r.Finished))
	if r.Error != "" {
		text += ": " + r.Error
	}
	return text
}
