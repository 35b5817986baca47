package warehousetest

import (
	"math"
	"reflect"
	"strings"
	"time"

	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/warehouse"
)

// states writes the states of tables, views and cursors, and reads them back.
func states(w *world) {
	at := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	totals := schema.Name{Schema: "reports", Name: "totals"}
	table := warehouse.TableState{Name: sends, Shape: "[]", Rows: 3, Label: at, ChangedRun: 4, Error: "none", BuiltRun: 2}
	view := warehouse.ViewState{Name: pairs, State: "current", Model: "m", Fingerprint: "f", Columns: []schema.Column{{Name: "n", Type: schema.Type{Kind: schema.BigInt}}}, Label: at, Refreshed: at,
		Seconds: 1.5, Rows: 7, Plan: "merge", ChangedRun: 4, Failures: 1, RetryAt: at, Error: "none", BuiltRun: 3, FullSeconds: 2.5, IncrementalSeconds: 0.25, IncrementalRows: 9, ReadRun: 6}
	w.in(func(tx warehouse.Tx) {
		w.must(warehouse.PutTables(w.ctx, tx.SQL(), []warehouse.TableState{table}))
		w.must(warehouse.PutViews(w.ctx, tx.SQL(), []warehouse.ViewState{view}))
		w.must(warehouse.PutCursors(w.ctx, tx.SQL(), map[schema.Name][]warehouse.Cursor{
			pairs: {{Input: sends, Version: 8, BuiltRun: 2}, {Input: totals, Version: 4, BuiltRun: 1}}, totals: {{Input: sends, Version: 5, BuiltRun: 2}},
		}))
	})
	tables, err := warehouse.TableStates(w.ctx, w.SQL())
	w.must(err)
	if !reflect.DeepEqual(tables, map[schema.Name]warehouse.TableState{sends: table}) {
		w.Errorf("tables: %+v", tables)
	}
	views, err := warehouse.ViewStates(w.ctx, w.SQL())
	w.must(err)
	if !reflect.DeepEqual(views, map[schema.Name]warehouse.ViewState{pairs: view}) {
		w.Errorf("views: %+v", views)
	}
	w.in(func(tx warehouse.Tx) {
		w.must(warehouse.PutCursors(w.ctx, tx.SQL(), map[schema.Name][]warehouse.Cursor{pairs: {{Input: sends, Version: 9, BuiltRun: 2}}}))
	})
	cursors, err := warehouse.Cursors(w.ctx, w.SQL())
	w.must(err)
	if !reflect.DeepEqual(cursors, map[schema.Name][]warehouse.Cursor{
		pairs: {{Input: sends, Version: 9, BuiltRun: 2}}, totals: {{Input: sends, Version: 5, BuiltRun: 2}},
	}) {
		w.Errorf("cursors: %+v", cursors)
	}
	w.in(func(tx warehouse.Tx) {
		w.must(warehouse.PutCursors(w.ctx, tx.SQL(), map[schema.Name][]warehouse.Cursor{pairs: nil}))
	})
	w.want(`SELECT reader, input, version FROM atoll.cursors`, "reports.totals|smslogs.sends|5")
}

// ownValues writes all kinds of values into a table of Atoll's own, and reads them
// back: those that a literal can hold, and the others.
func ownValues(w *world) {
	at := time.Date(2026, 3, 1, 12, 30, 0, 123456000, time.FixedZone("", 3600))
	rows := [][]any{
		{"it's", int64(math.MinInt64), 0.1, at},
		{"--'; DROP TABLE atoll.files; /*", int64(math.MaxInt64), math.MaxFloat64, &at},
		{strings.Repeat("long 'text' ", 1000), int32(-5), math.SmallestNonzeroFloat64, nil},
		{"line\nand \\ and ?", 7, math.Inf(1), (*time.Time)(nil)},
		{nil, nil, nil, time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC)},
	}
	columns := []string{"a", "b", "c", "d"}
	w.in(func(tx warehouse.Tx) {
		w.must(tx.SQL().Exec(w.ctx, "CREATE TABLE atoll.odd (a VARCHAR, b BIGINT, c DOUBLE PRECISION, d TIMESTAMP)"))
		w.must(warehouse.Insert(w.ctx, tx.SQL(), "atoll.odd", columns, rows))
		for i, row := range rows {
			args := make([]any, 0, len(row))
			where := ""
			for k, v := range row {
				if v == nil || v == (*time.Time)(nil) {
					where += " AND " + columns[k] + " IS NULL"
				} else {
					where, args = where+" AND "+columns[k]+" = ?", append(args, v)
				}
			}
			n, err := warehouse.Number(w.ctx, tx.SQL(), "SELECT count(*) FROM atoll.odd WHERE true"+where, args...)
			if w.must(err); n != 1 {
				w.Errorf("row %d is there %d times", i+1, n)
			}
		}
		w.must(warehouse.Delete(w.ctx, tx.SQL(), "atoll.odd", "a", []any{"it's", rows[1][0], rows[2][0], "none"}))
		if n, err := warehouse.Number(w.ctx, tx.SQL(), "SELECT count(*) FROM atoll.odd"); err != nil || n != 2 {
			w.Errorf("%d rows are left of 5 after 3 were deleted: %v", n, err)
		}
		w.must(tx.SQL().Exec(w.ctx, "DROP TABLE atoll.odd"))
	})
}
