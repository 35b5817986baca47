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
	var sum tally
	var doc verified
	err = p.Verify(ctx, pipeline.VerifyOptions{Select: selectors, Limit: o.limit}, func(v pipeline.Verified) error {
		sum.add(v)
		switch {
		case o.output == "json":
			return doc.add(v)
		case a.quiet && (v.State == pipeline.VerifyEqual || v.State == pipeline.VerifySkipped):
			return nil
		}
		return printVerified(a.out, v)
	})
	switch {
	case err != nil:
		return err
	case o.output == "json":
		err = writeJSON(a.out, &doc)
	default:
		_, err = io.WriteString(a.out, sum.text(a.quiet))
	}
	if err == nil && sum.counts[pipeline.VerifyDrifted]+sum.counts[pipeline.VerifyFailed] > 0 {
		err = errPartly
	}
	return err
}

// tally is what became of how many views, and which of them to build anew: those
// that drifted, and not for what they read.
type tally struct {
	counts  map[pipeline.VerifyState]int64
	rebuild []string
}

func (t *tally) add(v pipeline.Verified) {
	if t.counts == nil {
		t.counts = map[pipeline.VerifyState]int64{}
	}
	t.counts[v.State]++
	if v.State == pipeline.VerifyDrifted && v.Err == nil {
		t.rebuild = append(t.rebuild, v.Name.String()+"+")
	}
}

// text says what to do, and unless quiet the numbers.
func (t *tally) text(quiet bool) string {
	var b strings.Builder
	if len(t.rebuild) > 0 {
		fmt.Fprintf(&b, "to build what drifted anew: atoll run --full-refresh --select %q\n", strings.Join(t.rebuild, " "))
	}
	if quiet {
		return b.String()
	}
	var all int64
	var parts []string
	for _, s := range []pipeline.VerifyState{pipeline.VerifyEqual, pipeline.VerifyDrifted, pipeline.VerifyFailed, pipeline.VerifySkipped} {
		if n := t.counts[s]; n > 0 {
			all += n
			parts = append(parts, thousands(n)+" "+string(s))
		}
	}
	if all == 0 {
		return "there are no views to verify\n"
	}
	fmt.Fprintf(&b, "%s: %s\n", count(all, "view"), strings.Join(parts, ", "))
	return b.String()
}

// printVerified tells what became of a view, and the rows that differ.
func printVerified(w io.Writer, v pipeline.Verified) error {
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
	rows := &differenceRows{columns: append([]schema.Column{{Type: schema.Type{Kind: schema.Varchar}}}, v.Columns...)}
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

// add adds a view, with its rows as atoll query writes them.
func (d *verified) add(v pipeline.Verified) error {
	out := verifiedView{Name: v.Name, State: v.State, Missing: v.Missing, Extra: v.Extra, Seconds: v.Seconds, Differences: []difference{}}
	if !v.Label.IsZero() {
		out.Label = &v.Label
	}
	if v.Err != nil {
		out.Reason = v.Err.Error()
	}
	rows := &differenceRows{columns: v.Columns}
	for _, row := range v.Differences {
		rows.rows = append(rows.rows, row.Values)
	}
	var text bytes.Buffer
	if _, err := result.Write(&text, result.JSON, rows); err != nil {
		return err
	}
	var list []json.RawMessage
	if err := json.Unmarshal(text.Bytes(), &list); err != nil {
		return err
	}
	for i, row := range v.Differences {
		out.Differences = append(out.Differences, difference{row.Times, list[i]})
	}
	d.Views = append(d.Views, out)
	return nil
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
