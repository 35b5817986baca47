package pipeline_test

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/pipeline"
)

const ledger = `SELECT regexp_replace(uri, '.*/', ''), state, batch, rows_loaded, rows_rejected FROM atoll.files ORDER BY id`

func TestAChangedFileReplacesItsRows(t *testing.T) {
	f := newFolder(t, shop)
	f.run(pipeline.RunOptions{})
	f.write("-- data/orders1.json --\n{\"id\":1,\"customer\":\"ann\",\"amount\":99.50}\n")
	r := f.run(pipeline.RunOptions{})
	if r.Files != 1 || r.Rows != 1 || r.Failed() {
		t.Errorf("report: %+v", r)
	}
	if got := f.query(totals); got != "ann 99.50 1" {
		t.Errorf("totals: %s", got)
	}
	if got := f.query(ledger); got != "orders1.json replaced 1 2 0\norders1.json loaded 2 1 0" {
		t.Errorf("ledger: %s", got)
	}
	if got := f.query(`SELECT rows_held FROM atoll.tables`); got != "1" {
		t.Errorf("rows held: %s", got)
	}
}

func TestSameSizeAndTimeDoNotHideAChange(t *testing.T) {
	f := newFolder(t, shop)
	f.run(pipeline.RunOptions{})
	name := filepath.Join(f.dir, "data/orders1.json")
	info, err := os.Stat(name)
	if err != nil {
		t.Fatal(err)
	}
	text, _ := os.ReadFile(name)
	if err := os.WriteFile(name, bytes.Replace(text, []byte("10.50"), []byte("20.50"), 1), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(name, info.ModTime(), info.ModTime()); err != nil {
		t.Fatal(err)
	}
	f.run(pipeline.RunOptions{})
	if got := f.query(totals); got != "ann 20.50 1\nbob 5.00 1" {
		t.Errorf("totals: %s", got)
	}
}

func TestATouchedFileIsNotLoadedAgain(t *testing.T) {
	f := newFolder(t, shop)
	f.run(pipeline.RunOptions{})
	later := time.Now().Add(time.Hour)
	if err := os.Chtimes(filepath.Join(f.dir, "data/orders1.json"), later, later); err != nil {
		t.Fatal(err)
	}
	if r := f.run(pipeline.RunOptions{}); !r.Nothing() {
		t.Errorf("report: %+v", r)
	}
	if got := f.query(ledger); got != "orders1.json loaded 1 2 0" {
		t.Errorf("ledger: %s", got)
	}
}

func TestOnChangeRejectKeepsTheOldRows(t *testing.T) {
	f := newFolder(t, strings.Replace(shop, "format: json", "format: json\n    on_change: reject", 1))
	f.run(pipeline.RunOptions{})
	f.write("-- data/orders1.json --\n{\"id\":1,\"customer\":\"ann\",\"amount\":99.50}\n")
	r := f.run(pipeline.RunOptions{})
	if len(r.Away) != 1 || !r.Failed() || !strings.Contains(r.Away[0].Error, "on_change is reject") {
		t.Errorf("report: %+v", r)
	}
	if got := f.query(totals); got != "ann 10.50 1\nbob 5.00 1" {
		t.Errorf("totals: %s", got)
	}
	if got := f.query(ledger); got != "orders1.json loaded 1 2 0\norders1.json rejected 2 0 0" {
		t.Errorf("ledger: %s", got)
	}
	if r := f.run(pipeline.RunOptions{}); !r.Nothing() {
		t.Errorf("the tick after: %+v", r)
	}
}

func TestABadVersionLeavesTheGoodOne(t *testing.T) {
	f := newFolder(t, strings.Replace(shop, "format: json", "format: json\n    max_rejects: 0", 1))
	f.run(pipeline.RunOptions{})
	f.write("-- data/orders1.json --\n{\"id\":\"x\",\"customer\":\"ann\",\"amount\":99.50}\n")
	if r := f.run(pipeline.RunOptions{}); len(r.Away) != 1 {
		t.Errorf("report: %+v", r)
	}
	if got := f.query(totals); got != "ann 10.50 1\nbob 5.00 1" {
		t.Errorf("totals: %s", got)
	}
}

func TestBadRowsAreRejectsAndGoodOnesLoad(t *testing.T) {
	f := newFolder(t, shop+`{"id":3.5,"customer":"cy","amount":1}
{"id":4,"customer":"dee","amount":2}
`)
	r := f.run(pipeline.RunOptions{})
	if r.Rows != 3 || r.Rejected != 1 || r.Failed() {
		t.Errorf("report: %+v", r)
	}
	got := f.query(`SELECT file_id, line, column_name, raw_line FROM atoll.rejects`)
	if want := `1 3 id {"id":3.5,"customer":"cy","amount":1}`; got != want {
		t.Errorf("rejects: %s", got)
	}
	if got := f.query(`SELECT count(*) FROM atoll.rejects WHERE reason LIKE '%integer%'`); got != "1" {
		t.Errorf("reasons: %s", got)
	}
	if got := f.query(`SELECT _batch, _file, _row, id FROM atoll_store."shop.orders" ORDER BY id`); got != "1 1 1 1\n1 1 2 2\n1 1 4 4" {
		t.Errorf("raw rows: %s", got)
	}
}

func TestTooManyRejectsTurnTheFileAwayAndTheOthersLoad(t *testing.T) {
	f := newFolder(t, strings.Replace(shop, "format: json", "format: json\n    max_rejects: 1", 1)+
		"-- data/orders0.json --\n{\"id\":\"a\"}\n{\"id\":\"b\"}\n{\"id\":7,\"customer\":\"eve\",\"amount\":3}\n")
	r := f.run(pipeline.RunOptions{})
	if len(r.Away) != 1 || r.Files != 1 || r.Batches != 1 || !r.Failed() {
		t.Errorf("report: %+v", r)
	}
	if got := f.query(ledger); got != "orders0.json rejected 1 0 0\norders1.json loaded 1 2 0" {
		t.Errorf("ledger: %s", got)
	}
	if got := f.query(totals); got != "ann 10.50 1\nbob 5.00 1" {
		t.Errorf("totals: %s", got)
	}
	if got := f.query(`SELECT count(*) FROM atoll.rejects`); got != "0" {
		t.Errorf("rejects of a file that was turned away: %s", got)
	}
}

func gzipped(t *testing.T, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// A gzip that has no end yet is left for the next tick; once it is whole it
// loads; if it does not change any more it is turned away.
func TestGrowingAndTruncatedFiles(t *testing.T) {
	f := newFolder(t, strings.Replace(shop, `"orders*.json"`, `"orders*"`, 1))
	whole := gzipped(t, `{"id":8,"customer":"flo","amount":4}`+"\n")
	name := filepath.Join(f.dir, "data/orders2.json.gz")
	half := func() {
		if err := os.WriteFile(name, whole[:len(whole)-8], 0o644); err != nil {
			t.Fatal(err)
		}
	}
	half()
	r := f.run(pipeline.RunOptions{})
	if len(r.Waiting) != 1 || r.Files != 1 || r.Failed() {
		t.Errorf("a growing file: %+v", r)
	}
	p := f.open()
	s, err := p.Status(t.Context())
	p.Close()
	if err != nil || s.Tables[0].Waiting != 1 {
		t.Errorf("status: %+v, %v", s, err)
	}
	if err := os.WriteFile(name, whole, 0o644); err != nil {
		t.Fatal(err)
	}
	if r := f.run(pipeline.RunOptions{}); r.Files != 1 || r.Rows != 1 || len(r.Waiting) != 0 {
		t.Errorf("a file that is whole now: %+v", r)
	}
	name = filepath.Join(f.dir, "data/orders3.json.gz")
	half()
	f.run(pipeline.RunOptions{})
	if r := f.run(pipeline.RunOptions{}); len(r.Away) != 1 || len(r.Waiting) != 0 || !strings.Contains(r.Away[0].Error, "truncated") {
		t.Errorf("a file that stays cut: %+v", r)
	}
	if r := f.run(pipeline.RunOptions{}); !r.Nothing() {
		t.Errorf("the tick after: %+v", r)
	}
	if got := f.query(`SELECT count(*) FROM shop.orders`); got != "3" {
		t.Errorf("rows: %s", got)
	}
}

// A line without an end is left once, and then read as it is: what is whole
// loads, the rest is a reject.
func TestALastLineThatStaysCut(t *testing.T) {
	f := newFolder(t, shop)
	name := filepath.Join(f.dir, "data/orders2.json")
	if err := os.WriteFile(name, []byte("{\"id\":8,\"customer\":\"flo\",\"amount\":4}\n{\"id\":9,\"cust"), 0o644); err != nil {
		t.Fatal(err)
	}
	if r := f.run(pipeline.RunOptions{}); len(r.Waiting) != 1 {
		t.Errorf("first: %+v", r)
	}
	if r := f.run(pipeline.RunOptions{}); r.Rows != 1 || r.Rejected != 1 {
		t.Errorf("second: %+v", r)
	}
}

func TestASourceThatCannotBeReadStopsOnlyItself(t *testing.T) {
	f := newFolder(t, shop+`
-- sources/other.yaml --
source: other
type: files
url: file://nowhere/
tables:
  things:
    match: "*.json"
    format: json
    columns: {id: integer}
-- models/reports/things.sql --
SELECT COUNT(*) AS n FROM other.things
`)
	r := f.run(pipeline.RunOptions{})
	if len(r.Sources) != 1 || !r.Failed() || r.Files != 1 || viewStateOf(r)["reports.things"] != pipeline.ViewBlocked || viewStateOf(r)["reports.totals"] != pipeline.ViewCurrent {
		t.Errorf("report: %+v", r)
	}
	if got := f.query(totals); got != "ann 10.50 1\nbob 5.00 1" {
		t.Errorf("totals: %s", got)
	}
	if got := f.query(`SELECT error LIKE '%nowhere%', label IS NULL FROM atoll.tables WHERE table_name = 'other.things'`); got != "true true" {
		t.Errorf("the table's state: %s", got)
	}
	f.write("-- nowhere/a.json --\n{\"id\":1}\n")
	if r := f.run(pipeline.RunOptions{}); r.Failed() || f.query(`SELECT * FROM reports.things`) != "1" {
		t.Errorf("once it is there: %+v", r)
	}
}

// Files with the same content under two names are two files.
func TestTheSameContentTwiceIsTwoFiles(t *testing.T) {
	f := newFolder(t, shop)
	text, _ := os.ReadFile(filepath.Join(f.dir, "data/orders1.json"))
	if err := os.WriteFile(filepath.Join(f.dir, "data/orders2.json"), text, 0o644); err != nil {
		t.Fatal(err)
	}
	f.run(pipeline.RunOptions{})
	if got := f.query(`SELECT count(*), count(DISTINCT _file) FROM atoll_store."shop.orders"`); got != "4 2" {
		t.Errorf("rows and files: %s", got)
	}
}

// twoTables is a project whose first table has a bad file.
const twoTables = `
-- atoll.yaml --
name: two
-- sources/two.yaml --
source: two
type: files
url: file://data/
tables:
  a: {match: "a*.json", format: json, max_rejects: 0, columns: {id: integer}}
  b: {match: "b*.json", format: json, max_rejects: 0, columns: {id: integer}}
-- data/a1.json --
{"id":1}
-- data/a2.json --
{"id":"x"}
-- data/b1.json --
{"id":2}
-- data/b2.json --
{"id":"y"}
`

func TestABadFileOfOneTableDoesNotStopAnother(t *testing.T) {
	f := newFolder(t, twoTables)
	if r := f.run(pipeline.RunOptions{}); len(r.Away) != 2 || r.Files != 2 || r.Batches != 1 {
		t.Errorf("report: %+v", r)
	}
	if got := f.query(`SELECT * FROM (SELECT id FROM two.a UNION ALL SELECT id FROM two.b) ORDER BY 1`); got != "1\n2" {
		t.Errorf("rows: %s", got)
	}
}

func TestARebuildTurnsFilesAwayThatNoLongerFit(t *testing.T) {
	f := newFolder(t, strings.ReplaceAll(twoTables, "max_rejects: 0", "max_rejects: 1"))
	f.run(pipeline.RunOptions{})
	f.write(twoTables[:strings.Index(twoTables, "-- data/")])
	f.remove(".atoll/warehouse.duckdb")
	if r := f.run(pipeline.RunOptions{}); r.Rebuilt != 1 {
		t.Errorf("report: %+v", r)
	}
	if got := f.query(`SELECT state, count(*) FROM atoll.files GROUP BY 1 ORDER BY 1`); got != "loaded 2\nrejected 2" {
		t.Errorf("ledger: %s", got)
	}
}

func TestALakeThatCannotBeWrittenIsNoFaultOfASource(t *testing.T) {
	f := newFolder(t, shop+"-- .atoll/lake/objects --\nnot a folder\n")
	r, err := f.try(pipeline.RunOptions{})
	if fault.CodeOf(err) != fault.Source || !strings.Contains(err.Error(), "the lake") || len(r.Sources) > 0 {
		t.Errorf("report: %+v, error: %v", r, err)
	}
	f.remove(".atoll/lake/objects")
	if r := f.run(pipeline.RunOptions{}); r.Files != 1 || r.Failed() {
		t.Errorf("the tick after: %+v", r)
	}
}

func TestAFileWhoseNameIsNotTextStopsNoOther(t *testing.T) {
	f := newFolder(t, shop)
	if err := os.WriteFile(filepath.Join(f.dir, "data", "orders\xe9.json"), []byte("{\"id\":9}\n"), 0o644); err != nil {
		t.Skipf("this file system takes no such name: %v", err)
	}
	r := f.run(pipeline.RunOptions{})
	if r.Files != 1 || len(r.Sources) != 1 || !strings.Contains(r.Sources[0].Error, `orders\xe9.json": its name is not UTF-8 (rename it)`) {
		t.Errorf("report: %+v", r)
	}
	if got := f.query(totals); got != "ann 10.50 1\nbob 5.00 1" {
		t.Errorf("totals: %s", got)
	}
}
