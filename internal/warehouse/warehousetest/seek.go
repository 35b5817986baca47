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

// seeking prepares a table for lookups before it has rows, when it has some, and again:
// its rows, past ones included, are what they would be otherwise, and found.
func seeking(w *world) {
	text := schema.Type{Kind: schema.Varchar, Length: 36}
	columns := []schema.Column{{Name: "key", Type: text}, {Name: "id", Type: schema.Type{Kind: schema.BigInt}}, {Name: "Kind", Type: text}}
	for what, seekAt := range map[string][]int64{"never": {}, "empty": {1}, "full": {2}, "later": {3}, "again": {1, 2, 3}} {
		seek := func(tx warehouse.Tx, version int64) {
			for i, at := range seekAt {
				if at == version {
					w.must(tx.Seek(w.ctx, sends, columns[:min(i+1, 3)]))
				}
			}
		}
		w.seekingAt(what, seek)
	}
}

func (w *world) seekingAt(what string, seek func(tx warehouse.Tx, version int64)) {
	table := w.declare(keyedTable)
	load := func(tx warehouse.Tx, batch int64, content string) {
		w.Helper()
		result, err := tx.Load(w.ctx, warehouse.Load{Name: sends, Table: table, Batch: batch,
			Files: []warehouse.LoadFile{w.file(int32(batch), "a.json", content)}})
		w.must(err)
		w.must(result.Files[0].Err)
	}
	w.in(func(tx warehouse.Tx) {
		w.must(tx.CreateTable(w.ctx, sends, table))
		w.must(tx.Track(w.ctx, sends))
		seek(tx, 1)
		load(tx, 1, lines(`{"id":1,"key":"one","Kind":"a"}`, `{"id":2,"Kind":"b"}`, `{"id":3,"key":"one"}`))
	})
	w.in(func(tx warehouse.Tx) {
		seek(tx, 2)
		load(tx, 2, lines(`{"id":4,"key":"two","Kind":"a"}`, `{"id":5,"key":"one","Kind":"b"}`))
		gone, err := tx.DeleteFiles(w.ctx, sends, []int32{1}, 2)
		w.must(err)
		if gone != 3 {
			w.Errorf("%s: %d rows left", what, gone)
		}
	})
	before, err := w.Query(w.ctx, `SELECT * FROM smslogs.sends`)
	w.must(err)
	w.in(func(tx warehouse.Tx) {
		seek(tx, 3)
		load(tx, 3, lines(`{"id":6,"key":"two"}`))
		if size, err := tx.Size(w.ctx, sends); err != nil || size != 3 {
			w.Errorf("%s: the table holds %d rows, error %v", what, size, err)
		}
	})
	if got := w.print(before); len(got) != 2 {
		w.Errorf("%s: who read before sees %q", what, got)
	}
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
	w.want(`SELECT id, _batch, _file, _row FROM atoll_store."`+w.storedAs()+`"`, "4|2|2|1", "5|2|2|2", "6|3|3|1")
}

// storedAs is the physical table of sends.
func (w *world) storedAs() string {
	w.Helper()
	return w.rows(`SELECT table_name FROM information_schema.tables WHERE table_schema = 'atoll_store' AND table_name LIKE 'smslogs.sends%' AND table_name NOT LIKE '%.log'`)[0]
}
