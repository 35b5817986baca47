package pipeline_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/atolldata/atoll/internal/pipeline"
)

// declare replaces a text of the shop's source.
func (f *folder) declare(old, instead string) {
	f.t.Helper()
	source := shop[strings.Index(shop, "-- sources"):strings.Index(shop, "-- models")]
	f.write(strings.Replace(source, old, instead, 1))
}

func TestFilesThatChangeTogetherWithTheirTableLoadOnce(t *testing.T) {
	f := newFolder(t, shop)
	f.write("-- data/orders2.json --\n{\"id\":3,\"customer\":\"ann\",\"amount\":1}\n")
	f.run(pipeline.RunOptions{})
	f.declare("varchar(20)", "varchar(40)")
	f.write("-- data/orders1.json --\n{\"id\":1,\"customer\":\"ann\",\"amount\":7}\n")
	later := time.Now().Add(time.Hour)
	if err := os.Chtimes(filepath.Join(f.dir, "data/orders2.json"), later, later); err != nil {
		t.Fatal(err)
	}
	f.run(pipeline.RunOptions{})
	if got := f.query(ledger); got != "orders1.json replaced 1 2 0\norders2.json loaded 1 1 0\norders1.json loaded 2 1 0" {
		t.Errorf("ledger: %s", got)
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
	if r := f.run(pipeline.RunOptions{FullRefresh: true}); r.Files != 2 || r.Rows != 2 {
		t.Errorf("all again: %+v", r)
	}
}

func TestAFileThatWasTurnedAwayLoadsOnceItsTableFits(t *testing.T) {
	f := newFolder(t, shop)
	f.declare("format: json", "format: json\n    max_rejects: 0")
	f.write("-- data/orders2.json --\n{\"id\":2.5,\"customer\":\"ann\",\"amount\":1}\n")
	if r := f.run(pipeline.RunOptions{}); len(r.Away) != 1 {
		t.Errorf("report: %+v", r)
	}
	f.declare("id: integer", "id: decimal(4,1)")
	if r := f.run(pipeline.RunOptions{}); r.Failed() || r.Files != 2 {
		t.Errorf("report: %+v", r)
	}
	if got := f.query(ledger); got != "orders1.json loaded 1 2 0\norders2.json loaded 2 1 0" {
		t.Errorf("ledger: %s", got)
	}
	if got := f.query(`SELECT reason FROM atoll.files WHERE reason <> ''`); got != "" {
		t.Errorf("reasons: %s", got)
	}
	before := f.query(state)
	f.remove(".atoll/warehouse.duckdb")
	f.run(pipeline.RunOptions{})
	if after := f.query(state); after != before {
		t.Errorf("rebuilt:\n%s\nwas:\n%s", after, before)
	}
}

func TestAFullRefreshTriesFilesThatWereTurnedAway(t *testing.T) {
	f := newFolder(t, shop)
	f.declare("format: json", "format: json\n    max_rejects: 0")
	f.write("-- data/orders2.json --\n{\"id\":2.5}\n{\"id\":3,\"customer\":\"ann\",\"amount\":1}\n")
	f.run(pipeline.RunOptions{})
	f.declare("format: json", "format: json\n    max_rejects: 1")
	if r := f.run(pipeline.RunOptions{FullRefresh: true}); r.Failed() || r.Files != 2 || r.Rejected != 1 {
		t.Errorf("report: %+v", r)
	}
}

func TestAVersionThatWasTurnedAwayGivesWayToTheNext(t *testing.T) {
	f := newFolder(t, shop)
	f.declare("format: json", "format: json\n    max_rejects: 0")
	f.write("-- data/orders2.json --\n{\"id\":2.5}\n")
	f.run(pipeline.RunOptions{})
	f.declare("id: integer", "id: decimal(4,1)")
	f.write("-- data/orders2.json --\n{\"id\":3.5,\"customer\":\"ann\",\"amount\":1}\n")
	f.run(pipeline.RunOptions{})
	if got := f.query(`SELECT id FROM shop.orders ORDER BY 1`); got != "1.0\n2.0\n3.5" {
		t.Errorf("rows: %s", got)
	}
}

func TestAChangeThatWasRefusedStaysOut(t *testing.T) {
	f := newFolder(t, shop)
	f.declare("format: json", "format: json\n    on_change: reject")
	f.run(pipeline.RunOptions{})
	f.write("-- data/orders1.json --\n{\"id\":1,\"customer\":\"ann\",\"amount\":7}\n")
	f.run(pipeline.RunOptions{})
	if r := f.run(pipeline.RunOptions{FullRefresh: true}); r.Files != 1 || r.Rows != 2 {
		t.Errorf("report: %+v", r)
	}
	f.declare("format: json", "format: json\n    on_change: replace")
	f.run(pipeline.RunOptions{FullRefresh: true})
	if got := f.query(totals); got != "ann 7.00 1" {
		t.Errorf("totals: %s", got)
	}
}
