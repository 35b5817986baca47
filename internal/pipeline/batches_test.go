package pipeline_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/pipeline"
)

// state is all that a warehouse holds that the lake must be able to bring back.
const state = `
SELECT 'file', id, uri, object, state, batch, rows_loaded, rows_rejected, reason FROM atoll.files
UNION ALL SELECT 'reject', file_id, uri, raw_line, reason, batch, line, 0, column_name FROM atoll.rejects
UNION ALL SELECT 'mark', 0, table_name, bookmark, '', 0, 0, 0, '' FROM atoll.bookmarks
UNION ALL SELECT 'row', _file, customer, '', '', _batch, _row, id, amount::VARCHAR FROM atoll_store."shop.orders"
UNION ALL SELECT 'view', 0, customer, '', '', 0, orders, 0, total::VARCHAR FROM reports.totals
UNION ALL SELECT 'table', 0, table_name, shape, '', 0, rows_held, 0, '' FROM atoll.tables
ORDER BY ALL`

// busyShop is a shop after several batches with rejects, a replaced file and one
// that was turned away.
func busyShop(t *testing.T) *folder {
	t.Helper()
	f := newFolder(t, strings.Replace(shop, "format: json", "format: json\n    max_rejects: 1", 1))
	f.run(pipeline.RunOptions{})
	f.write("-- data/orders2.json --\n{\"id\":3,\"customer\":\"ann\",\"amount\":1}\n{\"id\":\"bad\"}\n")
	f.run(pipeline.RunOptions{})
	f.write("-- data/orders1.json --\n{\"id\":1,\"customer\":\"ann\",\"amount\":7}\n-- data/orders3.json --\nno\nno\nno\n")
	f.run(pipeline.RunOptions{})
	return f
}

func TestTheLakeRebuildsTheWarehouse(t *testing.T) {
	f := busyShop(t)
	before := f.query(state)
	for _, kind := range []string{"file", "reject", "mark", "row", "view", "table"} {
		if !strings.Contains("\n"+before, "\n"+kind+" ") {
			t.Fatalf("the state has no %s: %s", kind, before)
		}
	}
	warehouseFile := filepath.Join(".atoll", "warehouse.duckdb")
	f.remove(warehouseFile)
	f.remove(warehouseFile + ".wal")
	f.remove("data") // what a source no longer has is in the lake all the same
	if err := os.Mkdir(filepath.Join(f.dir, "data"), 0o755); err != nil {
		t.Fatal(err)
	}
	r := f.run(pipeline.RunOptions{})
	if r.Rebuilt != 3 || r.Failed() {
		t.Errorf("report: %+v", r)
	}
	// The look at the empty folder moved the bookmark; all else is as it was.
	strip := func(s string) string {
		var out []string
		for line := range strings.Lines(s) {
			if !strings.HasPrefix(line, "mark ") {
				out = append(out, line)
			}
		}
		return strings.Join(out, "")
	}
	if after := f.query(state); strip(after) != strip(before) {
		t.Errorf("rebuilt:\n%s\nwas:\n%s", after, before)
	}
	if r := f.run(pipeline.RunOptions{}); !r.Nothing() {
		t.Errorf("the tick after: %+v", r)
	}
}

// A warehouse put back from an old copy catches up.
func TestAnOldWarehouseCatchesUp(t *testing.T) {
	f := newFolder(t, shop)
	f.run(pipeline.RunOptions{})
	name := filepath.Join(f.dir, ".atoll/warehouse.duckdb")
	old, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	f.write("-- data/orders1.json --\n{\"id\":1,\"customer\":\"ann\",\"amount\":7}\n")
	f.run(pipeline.RunOptions{})
	f.write("-- data/orders2.json --\n{\"id\":3,\"customer\":\"cy\",\"amount\":1}\n")
	f.run(pipeline.RunOptions{})
	before := f.query(state)
	if err := os.WriteFile(name, old, 0o644); err != nil {
		t.Fatal(err)
	}
	f.remove(".atoll/warehouse.duckdb.wal")
	if r := f.run(pipeline.RunOptions{}); r.Rebuilt != 2 || r.Files != 0 {
		t.Errorf("report: %+v", r)
	}
	if after := f.query(state); after != before {
		t.Errorf("caught up:\n%s\nwas:\n%s", after, before)
	}
	f.expect(f.query(`SELECT files, rows_loaded FROM atoll.runs WHERE run = (SELECT max(run) FROM atoll.batches)`), "2 2")
	f.expect(f.query(`SELECT count(*) - count(DISTINCT (run, step)) FROM atoll.run_steps`), "0")
}

// putBack puts the warehouse back as it was before something was done.
func putBack(t *testing.T, f *folder, done func()) {
	t.Helper()
	name := filepath.Join(f.dir, ".atoll/warehouse.duckdb")
	old, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	done()
	if err := os.WriteFile(name, old, 0o644); err != nil {
		t.Fatal(err)
	}
	f.remove(".atoll/warehouse.duckdb.wal")
}

// An older copy whose table has other columns than the project declares now is brought
// up to date all the same.
func TestAnOldWarehouseOfOtherColumnsCatchesUp(t *testing.T) {
	f := newFolder(t, shop)
	f.run(pipeline.RunOptions{})
	rows := `SELECT id, customer, amount, note FROM shop.orders ORDER BY id`
	putBack(t, f, func() {
		f.declare("customer: varchar(20)", "note: varchar(9)\n      customer: varchar(20)")
		f.run(pipeline.RunOptions{})
		f.write("-- data/orders2.json --\n{\"id\":3,\"customer\":\"cy\",\"amount\":1,\"note\":\"new\"}\n")
		f.run(pipeline.RunOptions{})
	})
	if r := f.run(pipeline.RunOptions{}); r.Rebuilt == 0 || r.Failed() {
		t.Errorf("report: %+v", r)
	}
	f.expect(f.query(rows), "1 ann 10.50 \n2 bob 5.00 \n3 cy 1.00 new")
	f.expect(f.query(totals), "ann 10.50 1\nbob 5.00 1\ncy 1.00 1")
	f.expect(f.query(`SELECT count(*) FROM atoll.files WHERE state = 'loaded'`), "2")
	if r := f.run(pipeline.RunOptions{}); !r.Nothing() {
		t.Errorf("it goes on: %+v", r)
	}
}

// A file that was turned away since an older copy leaves no rows in it.
func TestAnOldWarehouseForgetsWhatWasTurnedAway(t *testing.T) {
	f := newFolder(t, shop)
	f.declare("format: json", "format: json\n    max_rejects: 1")
	f.write("-- data/orders2.json --\n{\"id\":3,\"customer\":\"cy\",\"amount\":1}\n{\"id\":\"x\"}\n")
	f.run(pipeline.RunOptions{})
	f.expect(f.query(totals), "ann 10.50 1\nbob 5.00 1\ncy 1.00 1")
	putBack(t, f, func() {
		f.declare("format: json", "format: json\n    max_rejects: 0")
		f.run(pipeline.RunOptions{FullRefresh: true})
		f.expect(f.query(totals), "ann 10.50 1\nbob 5.00 1")
	})
	f.run(pipeline.RunOptions{})
	f.expect(f.query(totals), "ann 10.50 1\nbob 5.00 1")
	f.expect(f.query(`SELECT count(*) FROM shop.orders`), "2")
}

// A crash between the warehouse's commit and the lake's marker: the next start
// writes the marker, and loads nothing twice.
func TestAMissingMarkerIsWritten(t *testing.T) {
	f := busyShop(t)
	before := f.query(state)
	marker := filepath.Join(".atoll/lake/manifests/0000000003/committed")
	want, err := os.ReadFile(filepath.Join(f.dir, ".atoll/lake/manifests/0000000003/batch.json"))
	if err != nil {
		t.Fatal(err)
	}
	f.remove(marker)
	if r := f.run(pipeline.RunOptions{}); !r.Nothing() {
		t.Errorf("report: %+v", r)
	}
	if _, err := os.Stat(filepath.Join(f.dir, marker)); err != nil {
		t.Error(err)
	}
	got, err := os.ReadFile(filepath.Join(f.dir, ".atoll/lake/manifests/0000000003/batch.json"))
	if err != nil || string(got) != string(want) {
		t.Errorf("batch.json: %s, want %s, %v", got, want, err)
	}
	if after := f.query(state); after != before {
		t.Errorf("after:\n%s\nbefore:\n%s", after, before)
	}
}

// A crash before the commit leaves a manifest without a marker: the batch is
// done under the same number.
func TestAnUncommittedManifestIsDoneAgain(t *testing.T) {
	f := newFolder(t, shop)
	f.write("-- .atoll/lake/manifests/0000000001/batch.json --\n{\"format\":1,\"batch\":1,\"files\":[]}\n-- .atoll/lake/manifests/0000000001/shop.gone.manifest --\n{}\n")
	if r := f.run(pipeline.RunOptions{}); r.Batches != 1 || r.Rows != 2 {
		t.Errorf("report: %+v", r)
	}
	if got := f.query(`SELECT max(batch) FROM atoll.batches`); got != "1" {
		t.Errorf("batch: %s", got)
	}
	if _, err := os.Stat(filepath.Join(f.dir, ".atoll/lake/manifests/0000000001/shop.gone.manifest")); err == nil {
		t.Error("the manifest of the earlier attempt is still there")
	}
}

func TestATickIsSplitIntoBatches(t *testing.T) {
	f := newFolder(t, shop)
	for i := range 9 {
		f.write(fmt.Sprintf("-- data/orders%d.json --\n{\"id\":%d,\"customer\":\"c%d\",\"amount\":1}\n", i+2, i, i))
	}
	p, err := pipeline.Open(t.Context(), f.dir, pipeline.Options{BatchBytes: 90, Clock: func() time.Time { return f.now }})
	if err != nil {
		t.Fatal(err)
	}
	r, err := p.Run(t.Context(), pipeline.RunOptions{})
	if err != nil || r.Batches < 5 || r.Files != 10 || r.Rows != 11 || len(r.Views) != 1 {
		t.Errorf("report: %+v, %v", r, err)
	}
	if got := rows(t, p, `SELECT sum(orders)::BIGINT, (SELECT count(*) FROM atoll.batches) FROM reports.totals`); got != fmt.Sprintf("11 %d", r.Batches) {
		t.Errorf("orders and batches: %s", got)
	}
	p.Close()
	if r := f.run(pipeline.RunOptions{}); !r.Nothing() {
		t.Errorf("the tick after: %+v", r)
	}
}

func TestAChangedShapeIsLoadedAgainFromTheLake(t *testing.T) {
	f := busyShop(t)
	f.remove("data/orders2.json")
	source := strings.Replace(strings.Replace(shop, "format: json", "format: json\n    max_rejects: 1", 1), "customer: varchar(20)", "customer: varchar(40)\n      currency: varchar(3)", 1)
	start := strings.Index(source, "-- sources")
	f.write(source[start:strings.Index(source, "-- models")])
	r := f.run(pipeline.RunOptions{})
	if len(r.Away) != 1 || r.Batches != 1 { // what was turned away before still is
		t.Errorf("report: %+v", r)
	}
	if got := f.query(`SELECT _batch, _file, _row, id, currency IS NULL FROM atoll_store."shop.orders" ORDER BY id`); got != "3 3 1 1 true\n2 2 1 3 true" {
		t.Errorf("rows: %s", got)
	}
	if got := f.query(`SELECT count(*), min(batch) FROM atoll.rejects`); got != "1 2" {
		t.Errorf("rejects: %s", got)
	}
	if got := f.query(totals); got != "ann 8.00 2" {
		t.Errorf("totals: %s", got)
	}
	before := f.query(state)
	f.remove(".atoll/warehouse.duckdb")
	f.run(pipeline.RunOptions{})
	if after := f.query(state); after != before {
		t.Errorf("rebuilt:\n%s\nwas:\n%s", after, before)
	}
}

func TestFullRefreshReloadsATable(t *testing.T) {
	f := newFolder(t, shop)
	f.run(pipeline.RunOptions{})
	r := f.run(pipeline.RunOptions{FullRefresh: true, Select: "shop.orders"})
	if r.Files != 1 || r.Rows != 2 || r.Failed() {
		t.Errorf("report: %+v", r)
	}
	if got := f.query(ledger); got != "orders1.json loaded 1 2 0" {
		t.Errorf("ledger: %s", got)
	}
}

func TestManifestsAreRedshiftsAndSayWhatWasLoaded(t *testing.T) {
	f := busyShop(t)
	text, err := os.ReadFile(filepath.Join(f.dir, ".atoll/lake/manifests/0000000003/shop.orders.manifest"))
	if err != nil {
		t.Fatal(err)
	}
	// The file that was turned away is not in it.
	if n := strings.Count(string(text), `"url"`); n != 1 || !strings.Contains(string(text), `"mandatory": true`) || !strings.Contains(string(text), `"content_length": 37`) {
		t.Errorf("manifest: %s", text)
	}
}

func TestALakeThatIsNotTheWarehousesIsRefused(t *testing.T) {
	f := newFolder(t, shop)
	f.run(pipeline.RunOptions{})
	f.write("-- atoll.yaml --\nname: shop\nlake: file://elsewhere\n")
	_, err := f.try(pipeline.RunOptions{})
	if fault.CodeOf(err) != fault.Source || !strings.Contains(err.Error(), "lacks batch 1, which the warehouse was loaded with") {
		t.Errorf("error: %v", err)
	}
	if err := os.Rename(filepath.Join(f.dir, ".atoll/lake"), filepath.Join(f.dir, "elsewhere")); err != nil {
		t.Fatal(err)
	}
	if r := f.run(pipeline.RunOptions{}); !r.Nothing() {
		t.Errorf("the lake was moved: %+v", r)
	}
}

// A file that the lake has lost keeps its rows, as long as the warehouse has
// them; a rebuild loads the others.
func TestAFileThatTheLakeHasLost(t *testing.T) {
	f := newFolder(t, shop)
	f.run(pipeline.RunOptions{})
	f.write("-- data/orders2.json --\n{\"id\":3,\"customer\":\"ann\",\"amount\":1}\n")
	f.run(pipeline.RunOptions{})
	object := filepath.Join(f.dir, ".atoll/lake", f.query(`SELECT object FROM atoll.files WHERE id = 1`))
	if err := os.Rename(object, object+".away"); err != nil {
		t.Fatal(err)
	}
	f.declare("varchar(20)", "varchar(40)")
	f.write("-- data/orders3.json --\n{\"id\":4,\"customer\":\"ann\",\"amount\":1}\n")
	r := f.run(pipeline.RunOptions{})
	if len(r.Sources) != 1 || !strings.Contains(r.Sources[0].Error, "the lake has lost") || r.Files != 0 {
		t.Errorf("report: %+v", r)
	}
	if got := f.query(totals); got != "ann 11.50 2\nbob 5.00 1" {
		t.Errorf("totals: %s", got)
	}
	f.remove(".atoll/warehouse.duckdb")
	if r := f.run(pipeline.RunOptions{}); r.Rebuilt != 2 || len(r.Away) != 1 {
		t.Errorf("rebuilt: %+v", r)
	}
	if got := f.query(ledger); got != "orders1.json rejected 1 0 0\norders2.json loaded 2 1 0\norders3.json loaded 3 1 0" {
		t.Errorf("ledger: %s", got)
	}
	if err := os.Rename(object+".away", object); err != nil {
		t.Fatal(err)
	}
	f.run(pipeline.RunOptions{FullRefresh: true})
	if got := f.query(totals); got != "ann 12.50 3\nbob 5.00 1" {
		t.Errorf("totals after the file is back: %s", got)
	}
}

func TestARebuildNeedsNoSourceWhoseFilesAreInTheLake(t *testing.T) {
	t.Setenv("SHOP_DATA", "data")
	f := newFolder(t, strings.Replace(shop, "file://data/", "file://${env:SHOP_DATA}/", 1))
	f.run(pipeline.RunOptions{})
	os.Unsetenv("SHOP_DATA")
	f.remove(".atoll/warehouse.duckdb")
	if r := f.run(pipeline.RunOptions{}); r.Rebuilt != 1 || len(r.Sources) != 1 {
		t.Errorf("report: %+v", r)
	}
	if got := f.query(totals); got != "ann 10.50 1\nbob 5.00 1" {
		t.Errorf("totals: %s", got)
	}
}

func TestBookmarksSayWhenTheyMoved(t *testing.T) {
	f := newFolder(t, shop)
	f.run(pipeline.RunOptions{})
	const marks = `SELECT DISTINCT batch FROM atoll.bookmarks`
	f.run(pipeline.RunOptions{})
	if got := f.query(marks); got != "1" {
		t.Errorf("bookmarks of batch %s after a tick that found nothing", got)
	}
}
