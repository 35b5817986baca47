package duckdb_test

import (
	"fmt"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/warehouse"
	"github.com/atolldata/atoll/internal/warehouse/duckdb"
)

// The rows of each checkpoint are a row group of their own, until every sixteenth
// merges them, the first of a process, and one after many rows left.
func TestShortRowGroupsAreMerged(t *testing.T) {
	path := filepath.Join(t.TempDir(), "w.duckdb")
	w := open(t, duckdb.Options{Path: path})
	groups := func() int {
		t.Helper()
		n, err := strconv.Atoi(answer(t, w, `SELECT count(DISTINCT row_group_id) FROM pragma_storage_info('atoll_store."reports.v@1"')`)[0])
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	name := schema.Name{Schema: "reports", Name: "v"}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	change := func(version int64, do func(tx warehouse.Tx)) {
		t.Helper()
		tx, err := w.Begin(t.Context())
		must(err)
		do(tx)
		must(tx.Commit(t.Context()))
		must(w.Checkpoint(t.Context()))
	}
	columns := []schema.Column{{Name: "n", Type: schema.Type{Kind: schema.BigInt}}}
	// The full row groups are those that merging them with short ones would write again.
	change(1, func(tx warehouse.Tx) {
		_, err := tx.Refresh(t.Context(), warehouse.View{Name: name, Columns: columns, Query: `SELECT range FROM range(3 * 122880)`, Version: 1})
		must(err)
	})
	const full = 3
	weigh := func(version int64, weight, rows int) {
		t.Helper()
		change(version, func(tx warehouse.Tx) {
			_, err := tx.Work(t.Context(), "delta", fmt.Sprintf(`SELECT range AS n, %d AS %s FROM range(%d)`, weight, warehouse.Weight, rows))
			must(err)
			_, _, err = tx.Apply(t.Context(), warehouse.Apply{To: name, Delta: "delta", Version: version})
			must(err)
		})
	}
	add := func(version int64) { t.Helper(); weigh(version, 1, 20_000) }
	most := 0
	for version := range 15 {
		add(int64(version + 2))
		most = max(most, groups())
	}
	if most < full+10 {
		t.Errorf("there were %d row groups at most; are short ones merged by each checkpoint?", most)
	}
	add(17)
	if n := groups(); n > full+4 {
		t.Errorf("the 17th checkpoint left %d row groups", n)
	}
	for version := range 10 {
		add(int64(version + 18))
	}
	must(w.Close())
	w = open(t, duckdb.Options{Path: path})
	defer w.Close()
	before := groups()
	add(28)
	if n := groups(); before < full+10 || n > before/2 {
		t.Errorf("the first checkpoint of a process made %d row groups of %d", n, before)
	}
	for version := range 5 {
		add(int64(version + 29))
	}
	before = groups()
	tx, err := w.Begin(t.Context())
	must(err)
	_, err = tx.Work(t.Context(), "delta", `SELECT range AS n, -1 AS `+warehouse.Weight+` FROM range(100000)`)
	must(err)
	_, _, err = tx.Apply(t.Context(), warehouse.Apply{To: name, Delta: "delta", Version: 34})
	must(err)
	must(tx.Rollback())   // none of these left
	weigh(34, -1, 15_000) // of 1,008,640
	few := groups()
	weigh(35, -1, 20_000)
	weigh(36, -1, 20_000)
	if n := groups(); few < before || n >= before {
		t.Errorf("%d row groups became %d when few rows left, and %d when many had", before, few, n)
	}
	if rows := answer(t, w, `SELECT count(*), sum(n)::BIGINT FROM reports.v`)[0]; rows != "953640|73834747980" {
		t.Errorf("%s rows, and their sum", rows)
	}
}
