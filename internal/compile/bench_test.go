package compile

import (
	"fmt"
	"testing"
	"testing/fstest"

	"github.com/atolldata/atoll/internal/project"
)

// BenchmarkCompile compiles 1,000 models of mixed shapes in chains and fans.
func BenchmarkCompile(b *testing.B) {
	fsys := fstest.MapFS{
		"atoll.yaml": {Data: []byte("name: bench\n")},
		"sources/s.yaml": {Data: []byte(`source: s
type: files
url: file://data
tables:
  a: {match: "a/*", format: json, columns: {id: bigint, k: integer, at: timestamp, amount: "decimal(12,2)", name: varchar(100)}}
  b: {match: "b/*", format: json, columns: {id: bigint, kind: varchar(20)}}
`)},
	}
	shapes := []string{
		`SELECT id, k, at, amount, name FROM s.a WHERE amount > %d`,
		`SELECT x.id, x.k, x.at, x.amount, b.kind AS name FROM m.v%d x LEFT JOIN s.b b ON b.id = x.id`,
		`SELECT k AS id, k, MAX(at) AS at, SUM(amount)::decimal(12,2) AS amount, MIN(name) AS name FROM m.v%d GROUP BY k HAVING COUNT(*) > 1`,
		`WITH ranked AS (SELECT *, ROW_NUMBER() OVER (PARTITION BY k ORDER BY at DESC) AS n FROM m.v%d)
		 SELECT id, k, at, amount, CASE WHEN n = 1 THEN UPPER(name) ELSE name END AS name FROM ranked WHERE n < 10`,
		`SELECT id, k, DATE_TRUNC('day', at) AS at, COALESCE(amount, 0) AS amount, name FROM m.v%d WHERE id IN (SELECT id FROM s.b WHERE kind LIKE 'x%%')`,
	}
	for i := range 1000 {
		sql := fmt.Sprintf(shapes[i%len(shapes)], max(i-1, 0))
		fsys[fmt.Sprintf("models/m/v%d.sql", i)] = &fstest.MapFile{Data: []byte("/* @tags bench */\n" + sql)}
	}
	p, err := project.LoadFS(fsys)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := Compile(p); err != nil {
			b.Fatal(err)
		}
	}
}
