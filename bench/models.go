package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/atolldata/atoll/internal/compile"
	"github.com/atolldata/atoll/internal/project"
	"github.com/atolldata/atoll/internal/sql/lower"
	"github.com/atolldata/atoll/internal/sql/parse"
	"github.com/atolldata/atoll/internal/sql/scalar"
	"github.com/atolldata/atoll/internal/view"
	"github.com/atolldata/atoll/internal/warehouse/duckdb"
)

// shapes are the models' queries, each over the one before it.
var shapes = []string{
	`SELECT id, k, at, amount, name FROM s.a WHERE amount > %d`,
	`SELECT x.id, x.k, x.at, x.amount, b.kind AS name FROM m.v%d x LEFT JOIN s.b b ON b.id = x.id`,
	`SELECT k AS id, k, MAX(at) AS at, SUM(amount)::decimal(12,2) AS amount, MIN(name) AS name FROM m.v%d GROUP BY k HAVING COUNT(*) > 1`,
	`WITH ranked AS (SELECT *, ROW_NUMBER() OVER (PARTITION BY k ORDER BY at DESC) AS n FROM m.v%d)
SELECT id, k, at, amount, CASE WHEN n = 1 THEN UPPER(name) ELSE name END AS name FROM ranked WHERE n < 10`,
	`SELECT id, k, DATE_TRUNC('day', at) AS at, COALESCE(amount, 0) AS amount, name FROM m.v%d WHERE id IN (SELECT id FROM s.b WHERE kind LIKE 'x%%')`,
}

const modelsSource = `source: s
type: files
url: file://data
tables:
  a: {match: "a/*", format: json, columns: {id: bigint, k: integer, at: timestamp, amount: "decimal(12,2)", name: varchar(100)}}
  b: {match: "b/*", format: json, columns: {id: bigint, kind: varchar(20)}}
`

// writeModels makes a project of many models in a folder.
func writeModels(dir string, count int) error {
	files := map[string]string{"atoll.yaml": "name: models\n", "sources/s.yaml": modelsSource}
	for i := range count {
		files[fmt.Sprintf("models/m/v%d.sql", i)] = fmt.Sprintf(shapes[i%len(shapes)], max(i-1, 0))
	}
	return writeFiles(dir, files)
}

// phases are what checking a project takes, apart.
type phases struct{ read, parse, bind, crossCheck time.Duration }

// checkModels checks a project once, phase by phase.
func checkModels(ctx context.Context, dir string) (p phases, err error) {
	lap := stopwatch()
	folder, err := project.Load(dir)
	if err != nil {
		return p, err
	}
	p.read = lap()
	for _, m := range folder.Models {
		if _, err := parse.Query(m.Text); err != nil {
			return p, err
		}
	}
	p.parse = lap()
	graph, err := compile.Compile(folder)
	if err != nil {
		return p, err
	}
	p.bind = max(0, lap()-p.parse) // compiling parses too
	checker, err := duckdb.NewChecker(ctx, lower.Settings(), lower.Prelude(), scalar.All())
	if err != nil {
		return p, err
	}
	defer checker.Close()
	for _, n := range graph.Nodes {
		if n.Kind == compile.View {
			text, err := view.EngineQuery(n, began)
			if err != nil {
				return p, err
			}
			if _, err := checker.Bind(ctx, text); err != nil {
				return p, err
			}
		}
		if err := checker.Declare(ctx, n.Shape); err != nil {
			return p, err
		}
	}
	p.crossCheck = lap()
	return p, nil
}

// stopwatch returns a function that tells the time since it was last called.
func stopwatch() func() time.Duration {
	last := time.Now()
	return func() time.Duration {
		now := time.Now()
		lap := now.Sub(last)
		last = now
		return lap
	}
}

// compareModels prints what checking many models takes: the phases within this
// process, and the whole of atoll check.
func compareModels(ctx context.Context, out io.Writer, o options) error {
	dir := filepath.Join(o.dir, fmt.Sprintf("models-%d", o.models))
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	if err := writeModels(dir, o.models); err != nil {
		return err
	}
	var laps [4][]time.Duration
	var whole []cost
	for range o.repeat {
		p, err := checkModels(ctx, dir)
		if err != nil {
			return err
		}
		for i, d := range []time.Duration{p.read, p.parse, p.bind, p.crossCheck} {
			laps[i] = append(laps[i], d)
		}
		c, err := atoll(o.atoll).run(ctx, dir, "check", "--quiet")
		if err != nil {
			return err
		}
		whole = append(whole, c)
	}
	fmt.Fprintf(out, "\n%d models:", o.models)
	for i, name := range []string{"read", "parse", "bind", "cross-check"} {
		slices.Sort(laps[i])
		fmt.Fprintf(out, " %s %s,", name, seconds(laps[i][len(laps[i])/2]))
	}
	fmt.Fprintf(out, " atoll check as a whole %s\n", seconds(median(whole).wall))
	return nil
}
