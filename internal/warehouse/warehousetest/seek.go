package warehousetest

import (
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/warehouse"
)

const keyedTable = `
format: json
columns:
  id: bigint
  key: varchar(36)
  Kind: char(20)
`

// soughtColumns are those of keyedTable that rows are looked up by.
var soughtColumns = []schema.Column{{Name: "key", Type: schema.Type{Kind: schema.Varchar, Length: 36}},
	{Name: "id", Type: schema.Type{Kind: schema.BigInt}}, {Name: "Kind", Type: schema.Type{Kind: schema.Char, Length: 20}}}

// seeking prepares a table for lookups as it is created, when it has rows, when some have
// left, and again: its rows, past ones included, are what they would be otherwise, and found.
func seeking(w *world) {
	for what, seekAt := range map[string][]int64{"never": {}, "empty": {1}, "full": {2}, "in the middle": {-2}, "later": {3}, "again": {1, 2, -2, 3}} {
		w.seekingAt(what, nil, func(tx warehouse.Tx, version int64) {
			for i, at := range seekAt {
				if at == version {
					w.must(tx.Seek(w.ctx, sends, soughtColumns[:min(i+1, len(soughtColumns))]))
				}
			}
		})
	}
	w.seekingAt("created so", soughtColumns, func(warehouse.Tx, int64) {})
}

// seekingAt does the same with a table that was created for being looked up by some
// columns, and calls seek before the rows of a version come, and, with a minus, when some
// came.
func (w *world) seekingAt(what string, sought []schema.Column, seek func(tx warehouse.Tx, version int64)) {
	table := w.declare(keyedTable)
	load := func(tx warehouse.Tx, batch int64, content string) {
		w.Helper()
		result, err := tx.Load(w.ctx, warehouse.Load{Name: sends, Table: table, Batch: batch,
			Files: []warehouse.LoadFile{w.file(int32(batch), "a.json", content)}})
		w.must(err)
		w.must(result.Files[0].Err)
	}
	w.in(func(tx warehouse.Tx) {
		w.must(tx.CreateTable(w.ctx, sends, table, sought))
		w.must(tx.Track(w.ctx, sends))
		seek(tx, 1)
		load(tx, 1, lines(`{"id":1,"key":"one","Kind":"a"}`, `{"id":2,"Kind":"b"}`, `{"id":3,"key":"one"}`))
	})
	w.in(func(tx warehouse.Tx) {
		seek(tx, 2)
		load(tx, 2, lines(`{"id":4,"key":"two","Kind":"a"}`, `{"id":5,"key":"one","Kind":"b"}`))
		seek(tx, -2)
		gone, err := tx.DeleteFiles(w.ctx, sends, []int32{1}, 2)
		w.must(err)
		if gone != 3 {
			w.Errorf("%s: %d rows left", what, gone)
		}
	})
	undone := w.begin()
	w.must(undone.Seek(w.ctx, sends, soughtColumns))
	w.must(undone.Rollback())
	w.in(func(tx warehouse.Tx) {
		seek(tx, 3)
		load(tx, 3, lines(`{"id":6,"key":"two"}`))
		if size, err := tx.Size(w.ctx, sends); err != nil || size != 3 {
			w.Errorf("%s: the table holds %d rows, error %v", what, size, err)
		}
	})
	w.want(`SELECT * FROM smslogs.sends`, "4|two|a", "5|one|b", "6|two|null")
	found := func(at int64, nulls bool, key []string, keys string, want ...string) {
		w.Helper()
		w.in(func(tx warehouse.Tx) {
			w.work(tx, "keys", keys)
			_, err := tx.Rows(w.ctx, warehouse.Rowset{From: sends, Columns: []string{"id", "key"}, At: at, Key: key, Keys: "keys", KeyColumns: key, Nulls: nulls, As: "found"})
			w.must(err)
			w.wantIn(tx, `SELECT * FROM "found"`, want...)
		})
	}
	const keys = `SELECT 'one' AS key, 'b' AS "Kind" UNION ALL SELECT 'none', 'a' UNION ALL SELECT NULL, 'b'`
	found(warehouse.Latest, false, []string{"key"}, keys, "5|one")
	found(1, true, []string{"key"}, keys, "1|one", "2|null", "3|one")
	found(2, true, []string{"Kind", "key"}, keys, "5|one")
	found(1, true, []string{"Kind", "key"}, keys, "2|null")
	w.in(func(tx warehouse.Tx) {
		came, left, err := tx.Changes(w.ctx, warehouse.Changes{From: sends, Columns: []string{"id", "key"}, After: 1, To: 3, As: "d"})
		w.must(err)
		if came != 3 || left != 3 {
			w.Errorf("%s: %d rows came and %d left", what, came, left)
		}
		w.wantIn(tx, `SELECT * FROM "d"`, "1|one|-1", "2|null|-1", "3|one|-1", "4|two|1", "5|one|1", "6|two|1")
	})
	tables := w.rows(`SELECT table_name FROM information_schema.tables WHERE table_schema = 'atoll_store' AND table_name LIKE 'smslogs.sends%' AND table_name NOT LIKE '%.log'`)
	if len(tables) != 1 {
		w.Fatalf("%s: the rows are in the tables %q", what, tables)
	}
	w.want(`SELECT id, _batch, _file, _row FROM atoll_store."`+tables[0]+`"`, "4|2|2|1", "5|2|2|2", "6|3|3|1")
}

// seekingViews prepares a view for lookups: what it shows, and what it keeps beside that,
// stays as it was.
func seekingViews(w *world) {
	big := schema.Type{Kind: schema.Decimal, Precision: 38, Scale: 2}
	view := warehouse.View{Name: pairs, Version: 1, Query: `SELECT 1, 'a long text of a row', 2.5, 7, 'x' UNION ALL SELECT 2, NULL, NULL, 8, NULL`,
		Columns: []schema.Column{{Name: "rowid", Type: schema.Type{Kind: schema.BigInt}}, {Name: `_the "key"`, Type: schema.Type{Kind: schema.Varchar, Length: 40}}, {Name: "big", Type: big}},
		State:   []schema.Column{{Name: "#n", Type: schema.Type{Kind: schema.BigInt}}, {Name: "#k", Type: schema.Type{Kind: schema.Varchar, Length: 40}}}}
	w.in(func(tx warehouse.Tx) {
		_, err := tx.Refresh(w.ctx, view)
		w.must(err)
		w.must(tx.Track(w.ctx, pairs))
	})
	w.in(func(tx warehouse.Tx) {
		w.must(tx.Seek(w.ctx, pairs, []schema.Column{view.Columns[1], view.State[1]}))
		w.work(tx, "delta", `SELECT 1 AS "rowid", 'a long text of a row' AS "_the ""key""", 2.5 AS big, 7 AS "#n", 'x' AS "#k", -1 AS `+warehouse.Weight+
			` UNION ALL SELECT 3, 'another long text', 1, 9, 'y', 1`)
		_, _, err := tx.Apply(w.ctx, warehouse.Apply{To: pairs, Delta: "delta", Version: 2})
		w.must(err)
	})
	w.want(`SELECT * FROM reports.pairs`, "2|null|null", "3|another long text|1.00")
	w.in(func(tx warehouse.Tx) {
		w.work(tx, "keys", `SELECT 'another long text' AS k`)
		_, err := tx.Rows(w.ctx, warehouse.Rowset{From: pairs, At: warehouse.Latest, Key: []string{`_the "key"`}, Keys: "keys", KeyColumns: []string{"k"}, As: "found"})
		w.must(err)
		w.wantIn(tx, `SELECT * FROM "found"`, "3|another long text|1.00|9|y")
		w.must(tx.State(w.ctx, warehouse.State{From: pairs, At: 1, As: "before"}))
		w.wantIn(tx, `SELECT "rowid", "#n", "#k" FROM "before"`, "1|7|x", "2|8|null")
	})
}
