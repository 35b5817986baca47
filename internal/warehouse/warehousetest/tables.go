package warehousetest

import (
	"fmt"
	"time"

	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/warehouse"
)

// printValue prints a value of a result; times as in RFC 3339.
func printValue(v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case time.Time:
		return v.Format(time.RFC3339Nano)
	case []byte:
		return fmt.Sprintf("%x", v)
	}
	return fmt.Sprint(v)
}

const twoColumns = `
format: json
columns:
  id: bigint
  body: varchar(100)
`

func tableHoldsRows(w *world) {
	table := w.declare(twoColumns)
	w.load(table, w.file(1, "a.json", lines(`{"id":1,"body":"one"}`, `{"id":2}`)))
	w.want(`SELECT * FROM smslogs.sends`, "1|one", "2|null")
	rows, err := w.Query(w.ctx, `SELECT * FROM smslogs.sends`)
	w.must(err)
	defer rows.Close()
	if got := columnText(rows.Columns()); got != "id bigint, body varchar" {
		w.Errorf("columns: %s", got)
	}
}

func createAgain(w *world) {
	table := w.declare(twoColumns)
	w.load(table, w.file(1, "a.json", lines(`{"id":1}`)))
	again := w.declare("format: json\ncolumns:\n  other: integer\n")
	w.load(again, w.file(2, "b.json", lines(`{"other":5}`, `{"other":6}`)))
	w.want(`SELECT * FROM smslogs.sends`, "5", "6")
}

func oddNames(w *world) {
	names := []schema.Name{
		{Schema: `a.b`, Name: `c`}, {Schema: `a`, Name: `b.c`}, {Schema: `say "hi"`, Name: `it's; -- %41@1`}, {Schema: "größe", Name: "select"},
	}
	table := w.declare(twoColumns)
	tx := w.begin()
	for i, n := range names {
		w.must(tx.CreateTable(w.ctx, n, table, nil))
		file := w.file(int32(i), fmt.Sprintf("it's a [file] %d*.json", i), fmt.Sprintf(`{"id":%d}`, i))
		result, err := tx.Load(w.ctx, warehouse.Load{Name: n, Table: table, Batch: 1, Files: []warehouse.LoadFile{file}})
		w.must(err)
		w.must(result.Files[0].Err)
	}
	view := warehouse.View{
		Name: schema.Name{Schema: `say "hi"`, Name: `v@2`}, Sort: []string{`a "b"`},
		Columns: []schema.Column{{Name: `a "b"`, Type: schema.Type{Kind: schema.BigInt}}}, Query: `SELECT id FROM "a.b"."c"`,
	}
	for range 2 {
		_, err := tx.Refresh(w.ctx, view)
		w.must(err)
	}
	w.must(tx.Commit(w.ctx))
	w.want(`SELECT id FROM "a.b"."c"`, "0")
	w.want(`SELECT id FROM "a"."b.c"`, "1")
	w.want(`SELECT id FROM "say ""hi"""."it's; -- %41@1"`, "2")
	w.want(`SELECT id FROM "größe"."select"`, "3")
	w.want(`SELECT "a ""b""" FROM "say ""hi"""."v@2"`, "0")
}

func dropping(w *world) {
	table := w.declare(twoColumns)
	w.load(table, w.file(1, "a.json", lines(`{"id":1}`)))
	view := countView()
	tx := w.begin()
	_, err := tx.Refresh(w.ctx, view)
	w.must(err)
	w.must(tx.Commit(w.ctx))

	tx = w.begin()
	w.must(tx.Drop(w.ctx, view.Name))
	w.must(tx.Drop(w.ctx, sends))
	w.must(tx.Drop(w.ctx, schema.Name{Schema: "no", Name: "such"}))
	w.want(`SELECT * FROM reports.counts`, "1")
	w.must(tx.Commit(w.ctx))
	for _, text := range []string{`SELECT * FROM reports.counts`, `SELECT * FROM smslogs.sends`} {
		_, err := w.Query(w.ctx, text)
		w.wantFault(err, "does not exist")
	}
	w.load(table, w.file(2, "b.json", lines(`{"id":2}`)))
	w.want(`SELECT id FROM smslogs.sends`, "2")
}

// countView counts the rows of sends.
func countView() warehouse.View {
	return warehouse.View{
		Name:    schema.Name{Schema: "reports", Name: "counts"},
		Columns: []schema.Column{{Name: "n", Type: schema.Type{Kind: schema.BigInt}}},
		Query:   `SELECT count(*) FROM smslogs.sends`,
	}
}
