package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/pipeline"
	"github.com/atolldata/atoll/internal/query/result"
	"github.com/atolldata/atoll/internal/schema"
)

type verifyOptions struct {
	limit  int
	output string
}

func (a *app) verifyCommand() *cobra.Command {
	var o verifyOptions
	cmd := &cobra.Command{
		Use:   "verify [VIEW...]",
		Short: "Hold views against what their queries return",
		Long: `Run the queries of views again, each at its view's label, and hold the views
against the answers, as bags: a row that is there twice is there twice. Nothing is
changed. A VIEW may be any selector, as in atoll run --select; without one, all
views are verified.

  equal    the view holds what its query returns
  drifted  it does not: rows behind + are missing from it, rows behind - are in it
           and should not be; a number says how often, if more than once
  failed   the query failed
  skipped  there is nothing to hold it against: it was never refreshed, its model
           was edited since, or what it reads has changed since

Floating-point numbers are equal if they differ by at most 1e-9 of the larger one
(of REAL: 1e-6), or by 1e-9; all other values if they are the same.

If a view drifted or failed, the command ends with 1.

As JSON, the result is an object with "views", each with "name", "state", "label",
"missing" and "extra" (numbers of rows), "seconds", "differences", each with
"times" (how often the row is missing, negative: how often it is too many) and
"row", and "reason", of those that are skipped or failed.`,
		Example: `  atoll verify
  atoll verify reports.delivery --limit 100
  atoll verify "+reports.delivery" tag:daily -o json`,
		ValidArgsFunction: func(cmd *cobra.Command, _ []string, prefix string) ([]string, cobra.ShellCompDirective) {
			return a.completeModels(cmd, nil, prefix)
		},
		RunE: func(cmd *cobra.Command, args []string) error { return a.verify(cmd.Context(), args, o) },
	}
	cmd.Flags().IntVar(&o.limit, "limit", 10, "how many of the rows that differ are shown of each view")
	_ = cmd.RegisterFlagCompletionFunc("limit", cobra.NoFileCompletions)
	outputFlag(cmd, &o.output, "text", "json")
	return cmd
}

func (a *app) verify(ctx context.Context, selectors []string, o verifyOptions) error {
	if err := checkOutput(o.output, "text", "json"); err != nil {
		return err
	}
	if o.limit < 0 {
		return fault.New(fault.Usage, "--limit is %d, expected a number of rows", o.limit).WithHint("write --limit 0 to see how many differ only")
	}
	p, err := pipeline.Open(ctx, a.dir, pipeline.Options{Log: a.log})
	if err != nil {
		return err
	}
	defer p.Close()
	views, err := p.Verify(ctx, pipeline.VerifyOptions{Select: selectors, Limit: o.limit})
	if err != nil {
		return err
	}
	if o.output == "json" {
		err = writeVerified(a.out, views)
	} else {
		err = printVerified(a.out, views, a.quiet)
	}
	for _, v := range views {
		if err == nil && (v.State == pipeline.VerifyDrifted || v.State == pipeline.VerifyFailed) {
			err = errPartly
		}
	}
	return err
}

// printVerified tells what became of each view, and the rows that differ. Quiet
// leaves what needs attention.
func printVerified(w io.Writer, views []pipeline.Verified, quiet bool) error {
	counts := map[pipeline.VerifyState]int{}
	var rebuild []string
	for _, v := range views {
		counts[v.State]++
		if v.State == pipeline.VerifyDrifted && v.Err == nil {
			rebuild = append(rebuild, v.Name.String()+"+")
		}
		if quiet && (v.State == pipeline.VerifyEqual || v.State == pipeline.VerifySkipped) {
			continue
		}
		if err := printView(w, v); err != nil {
			return err
		}
	}
	var b strings.Builder
	if len(rebuild) > 0 {
		fmt.Fprintf(&b, "to build what drifted anew: atoll run --full-refresh --select %q\n", strings.Join(rebuild, " "))
	}
	switch {
	case quiet:
	case len(views) == 0:
		b.WriteString("there are no views to verify\n")
	default:
		var parts []string
		for _, s := range []pipeline.VerifyState{pipeline.VerifyEqual, pipeline.VerifyDrifted, pipeline.VerifyFailed, pipeline.VerifySkipped} {
			if counts[s] > 0 {
				parts = append(parts, fmt.Sprintf("%s %s", thousands(int64(counts[s])), s))
			}
		}
		fmt.Fprintf(&b, "%s: %s\n", count(int64(len(views)), "view"), strings.Join(parts, ", "))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// printView tells what became of one view.
func printView(w io.Writer, v pipeline.Verified) error {
	text := fmt.Sprintf("%s: %s", v.State, v.Name)
	if v.State == pipeline.VerifyDrifted {
		var parts []string
		if v.Missing > 0 {
			parts = append(parts, count(v.Missing, "row")+" missing")
		}
		if v.Extra > 0 {
			parts = append(parts, count(v.Extra, "row")+" too many")
		}
		text += ": " + strings.Join(parts, ", ")
	}
	text += "\n"
	if v.Err != nil {
		text += indented(v.Err, "")
	}
	if _, err := io.WriteString(w, text); err != nil || len(v.Differences) == 0 {
		return err
	}
	rows := &differenceRows{columns: append([]schema.Column{{Name: "", Type: schema.Type{Kind: schema.Varchar}}}, v.Columns...)}
	rest := v.Missing + v.Extra
	for _, d := range v.Differences {
		rows.rows = append(rows.rows, append([]any{sign(d.Times)}, d.Values...))
		rest -= max(d.Times, -d.Times)
	}
	if _, err := result.Write(w, result.Table, rows); err != nil {
		return err
	}
	text = "\n"
	if rest > 0 {
		text = fmt.Sprintf("and %s more\n\n", thousands(rest))
	}
	_, err := io.WriteString(w, text)
	return err
}

// sign marks a row that differs, with how often it does if more than once.
func sign(times int64) string {
	mark := "+"
	if times < 0 {
		mark, times = "-", -times
	}
	if times == 1 {
		return mark
	}
	return mark + fmt.Sprint(times)
}

// verified is what verify prints as JSON.
type verified struct {
	Views []verifiedView `json:"views"`
}

type verifiedView struct {
	Name        schema.Name          `json:"name"`
	State       pipeline.VerifyState `json:"state"`
	Label       *time.Time           `json:"label,omitempty"`
	Missing     int64                `json:"missing"`
	Extra       int64                `json:"extra"`
	Seconds     float64              `json:"seconds"`
	Differences []difference         `json:"differences"`
	Reason      string               `json:"reason,omitempty"`
}

type difference struct {
	Times int64           `json:"times"`
	Row   json.RawMessage `json:"row"`
}

func writeVerified(w io.Writer, views []pipeline.Verified) error {
	var doc verified
	for _, v := range views {
		out := verifiedView{Name: v.Name, State: v.State, Missing: v.Missing, Extra: v.Extra, Seconds: v.Seconds, Differences: []difference{}}
		if !v.Label.IsZero() {
			out.Label = &v.Label
		}
		if v.Err != nil {
			out.Reason = v.Err.Error()
		}
		rows := &differenceRows{columns: v.Columns}
		for _, d := range v.Differences {
			rows.rows = append(rows.rows, d.Values)
		}
		var text bytes.Buffer
		if _, err := result.Write(&text, result.JSON, rows); err != nil {
			return err
		}
		var list []json.RawMessage
		if err := json.Unmarshal(text.Bytes(), &list); err != nil {
			return err
		}
		for i, d := range v.Differences {
			out.Differences = append(out.Differences, difference{d.Times, list[i]})
		}
		doc.Views = append(doc.Views, out)
	}
	return writeJSON(w, &doc)
}

// differenceRows are rows in memory, as package result writes them.
type differenceRows struct {
	columns []schema.Column
	rows    [][]any
	at      int
}

func (r *differenceRows) Columns() []schema.Column { return r.columns }
func (r *differenceRows) Err() error               { return nil }
func (r *differenceRows) Close() error             { return nil }

func (r *differenceRows) Next() bool {
	r.at++
	return r.at <= len(r.rows)
}

func (r *differenceRows) Scan(dest ...any) error {
	for i, d := range dest {
		*d.(*any) = r.rows[r.at-1][i]
	}
	return nil
}
