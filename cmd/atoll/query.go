package main

import (
	"context"
	"io"
	"time"

	"github.com/spf13/cobra"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/pipeline"
	"github.com/atolldata/atoll/internal/query"
	"github.com/atolldata/atoll/internal/query/result"
	"github.com/atolldata/atoll/internal/sql/parse"
)

type queryOptions struct {
	text   string
	output string
}

func (a *app) queryCommand() *cobra.Command {
	var o queryOptions
	cmd := &cobra.Command{
		Use:   "query [SQL]",
		Short: "Answer one SELECT over the project's tables and views",
		Long: `Answer one SELECT in Redshift's SQL (docs/sql.md) over the project's tables and
views, and over Atoll's own tables in schema atoll. Without an argument, or with
"-", the SQL is read from standard input.

The formats:

  table    aligned columns for people; NULL is shown as NULL
  csv      RFC 4180 with a header; NULL is an empty field, the empty text is ""
  json     an array of objects, one object a line; numbers keep all their digits
  parquet  a Parquet file with the columns' own types`,
		Example: `  atoll query "SELECT campaign_type, SUM(messages) AS messages FROM reports.delivery GROUP BY 1"
  atoll query -o csv < report.sql > report.csv
  atoll query "SELECT uri, line, column_name, reason, raw_line FROM atoll.rejects"`,
		Args:              atMostOne,
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 && args[0] != "-" {
				o.text = args[0]
			} else {
				text, err := a.readQuery(cmd.Context())
				if err != nil {
					return err
				}
				o.text = text
			}
			return a.query(cmd.Context(), o)
		},
	}
	cmd.SetFlagErrorFunc(commentAsFlag)
	outputFlag(cmd, &o.output, result.Formats()...)
	return cmd
}

// readQuery reads SQL from standard input, but no more than the parser takes. A
// read that waits for input is left behind when ctx ends.
func (a *app) readQuery(ctx context.Context) (string, error) {
	if isTerminal(a.in) {
		a.note("reading SQL from the terminal: end it with Ctrl-D")
	}
	type input struct {
		text []byte
		err  error
	}
	read := make(chan input, 1)
	go func() {
		text, err := io.ReadAll(io.LimitReader(a.in, parse.MaxText+1))
		read <- input{text, err}
	}()
	select {
	case <-ctx.Done():
		return "", ctx.Err()
	case in := <-read:
		if in.err != nil {
			return "", fault.Wrap(in.err, fault.Usage, "standard input cannot be read")
		}
		return string(in.text), nil
	}
}

func (a *app) query(ctx context.Context, o queryOptions) error {
	if err := checkOutput(o.output, result.Formats()...); err != nil {
		return err
	}
	if o.output == string(result.Parquet) && a.out.terminal {
		return fault.New(fault.Usage, "a Parquet file is not written to a terminal").WithHint("send it to a file with > answer.parquet")
	}
	p, err := pipeline.Open(ctx, a.dir, pipeline.Options{Log: a.log})
	if err != nil {
		return err
	}
	defer p.Close()
	catalog, err := p.Catalog(ctx)
	if err != nil {
		return err
	}
	compiled, err := query.Compile(catalog, o.text, time.Now())
	if err != nil {
		return err
	}
	a.warn(compiled.Warnings)
	rows, err := query.Run(ctx, p.Warehouse, compiled)
	if err != nil {
		return err
	}
	defer rows.Close()
	n, err := result.Write(a.out, result.Format(o.output), rows)
	if err != nil {
		return err
	}
	a.note("(%s)", count(n, "row"))
	return nil
}
