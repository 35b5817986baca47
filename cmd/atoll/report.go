package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/pipeline"
	"github.com/atolldata/atoll/internal/query/result"
)

// printReport tells what a tick did: what was loaded, what was not and what to
// do about it, and the views. Quiet leaves what needs attention.
//
// Interrupted is a tick that could not go on: what it tells was done before.
func printReport(w io.Writer, r *pipeline.Report, quiet, interrupted bool) error {
	var b strings.Builder
	switch {
	case quiet:
	case r.Nothing() && len(r.Waiting) > 0:
		b.WriteString("nothing to do: what is new is left for the next run, and no view is due\n")
	case r.Nothing():
		b.WriteString("nothing to do: no new files, and no view is due\n")
	default:
		if r.Rebuilt > 0 {
			fmt.Fprintf(&b, "replayed %s from the lake\n", counted(r.Rebuilt, "batch", "batches"))
		}
		if r.Files > 0 {
			fmt.Fprintf(&b, "loaded %s from %s in %s\n", count(r.Rows, "row"), count(int64(r.Files), "file"), counted(r.Batches, "batch", "batches"))
		}
	}
	if r.Rejected > 0 {
		fmt.Fprintf(&b, "rejected %s; to see them:\n  atoll query \"%s\"\n", count(r.Rejected, "row"), rejectsQuery(r.Run))
	}
	if !quiet {
		for _, f := range r.Waiting {
			fmt.Fprintf(&b, "left for the next run: %s (%s): %s\n", f.URI, f.Table, f.Reason)
		}
	}
	for _, f := range r.Away {
		fmt.Fprintf(&b, "turned away: %s (%s)\n%s", f.URI, f.Table, indented(f.Err, f.Error))
	}
	for _, f := range r.Sources {
		fmt.Fprintf(&b, "not read: %s\n%s", f.Table, indented(f.Err, f.Error))
	}
	if _, err := io.WriteString(w, b.String()); err != nil {
		return err
	}
	if err := printViews(w, r, quiet); err != nil || quiet || interrupted || r.Nothing() {
		return err
	}
	_, err := fmt.Fprintf(w, "run %d, current to %s UTC, took %s\n", r.Run, label(&r.Label), duration(r.Seconds))
	return err
}

// printViews lists the views that were refreshed, and the errors of the others.
func printViews(w io.Writer, r *pipeline.Report, quiet bool) error {
	grid := result.NewGrid(w, []string{"view", "rows", "took", "plan"}, []bool{false, true, true, false})
	current := 0
	var failed strings.Builder
	for _, v := range r.Views {
		if v.State == pipeline.ViewCurrent {
			current++
			if err := grid.Add(v.Name.String(), thousands(v.Rows), duration(v.Seconds), v.Plan); err != nil {
				return err
			}
			continue
		}
		fmt.Fprintf(&failed, "%s: %s; it keeps what it held\n%s", v.State, v.Name, indented(v.Err, v.Error))
	}
	if current > 0 && !quiet {
		if _, err := fmt.Fprintln(w); err != nil {
			return err
		}
		if err := grid.Close(); err != nil {
			return err
		}
		if _, err := fmt.Fprintln(w); err != nil {
			return err
		}
	}
	_, err := io.WriteString(w, failed.String())
	return err
}

// rejectsQuery finds the rows that a run rejected.
func rejectsQuery(run int64) string {
	return fmt.Sprintf("SELECT r.uri, r.line, r.column_name, r.reason, r.raw_line "+
		"FROM atoll.rejects r JOIN atoll.batches b ON b.batch = r.batch WHERE b.run = %d", run)
}

// indented writes an error for people, below what it belongs to.
func indented(err error, text string) string {
	if err != nil {
		var faults []string
		for _, e := range fault.All(err) {
			faults = append(faults, e.Pretty())
		}
		text = strings.Join(faults, "\n")
	}
	if text == "" {
		return ""
	}
	return "  " + strings.ReplaceAll(text, "\n", "\n  ") + "\n"
}

// counted writes a number of things whose plural is not made with an s.
func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return thousands(int64(n)) + " " + many
}
