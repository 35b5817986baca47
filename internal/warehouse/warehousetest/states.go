package warehousetest

import (
	"reflect"
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
