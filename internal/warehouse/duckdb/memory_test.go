package duckdb

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/atolldata/atoll/internal/project"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/warehouse"
)

// held compares what a warehouse remembers of its relations with what it holds, and returns
// how many rows are known to have come after some version.
func held(t *testing.T, w *Warehouse, when string, relations int) (came int64) {
	t.Helper()
	if len(w.memory.relations) != relations {
		t.Errorf("%s: %d relations are remembered, want %d", when, len(w.memory.relations), relations)
	}
	catalog := slices.Clone(w.memory.catalog)
	fresh := tx{w: w}
	if err := fresh.readCatalog(t.Context(), "testing"); err != nil {
		t.Fatal(err)
	}
	if catalog != nil {
		slices.Sort(catalog)
		slices.Sort(fresh.catalog)
		if !slices.Equal(catalog, fresh.catalog) {
			t.Errorf("%s: the tables %q are remembered, and there are %q", when, catalog, fresh.catalog)
		}
	}
	for name, r := range w.memory.relations {
		for table, want := range map[string]int64{r.table: r.rows, r.log: r.kept} {
			if table == "" {
				continue
			}
			var got int64
			if err := w.writer.QueryRowContext(t.Context(), "SELECT count(*) FROM "+table).Scan(&got); err != nil || got != want {
				t.Errorf("%s: %d rows of %s are in %s, and %d are remembered, error %v", when, got, name, table, want, err)
			}
		}
		for version := range int64(10) {
			want, known := r.since(version)
			if !known {
				continue
			}
			var got int64
			if err := w.writer.QueryRowContext(t.Context(), fmt.Sprintf("SELECT count(*) FROM %s WHERE _batch > %d", r.table, version)).Scan(&got); err != nil || got != want {
				t.Errorf("%s: %d rows came to %s after version %d, and %d are remembered, error %v", when, got, name, version, want, err)
			}
			came += want
		}
	}
	return came
}

// TestMemory takes relations through all that changes their rows, transaction by
// transaction, and one that fails.
func TestMemory(t *testing.T) {
	w, err := Open(t.Context(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	bigint := schema.Type{Kind: schema.BigInt}
	raw, view := schema.Name{Schema: "s", Name: "raw"}, schema.Name{Schema: "reports", Name: "numbers"}
	table := &project.Table{Name: "raw", Format: "json", Columns: []project.Column{{Name: "n", Type: bigint, From: "$.n"}}}
	load := func(tx warehouse.Tx, id int32, rows int) error {
		path := filepath.Join(t.TempDir(), "f.json")
		if err := os.WriteFile(path, []byte(strings.Repeat(`{"n": 1}`+"\n", rows)), 0o600); err != nil {
			return err
		}
		local := func(context.Context) (string, func(), error) { return path, func() {}, nil }
		_, err := tx.Load(t.Context(), warehouse.Load{Name: raw, Table: table, Batch: int64(id),
			Files: []warehouse.LoadFile{{ID: id, URI: "file://" + path, Size: 1, Local: local}}})
		return err
	}
	change := func(tx warehouse.Tx, version int64, delta string) error {
		if _, err := tx.Work(t.Context(), "delta", delta); err != nil {
			return err
		}
		_, _, err := tx.Apply(t.Context(), warehouse.Apply{To: view, Delta: "delta", Version: version})
		return err
	}
	numbers := warehouse.View{Name: view, Version: 1, Columns: []schema.Column{{Name: "n", Type: bigint}}, Query: "SELECT * FROM range(10)"}
	failure := errors.New("failure")
	for _, step := range []struct {
		what      string
		relations int
		do        func(tx warehouse.Tx) error
	}{
		{"created", 2, func(tx warehouse.Tx) error {
			_, refreshed := tx.Refresh(t.Context(), numbers)
			return errors.Join(refreshed, tx.Track(t.Context(), view), tx.CreateTable(t.Context(), raw, table, nil), load(tx, 1, 3), tx.Track(t.Context(), raw),
				sizes(t, tx, raw, view))
		}},
		{"loaded first", 2, func(tx warehouse.Tx) error { return load(tx, 2, 5) }},
		{"loaded", 2, func(tx warehouse.Tx) error { return load(tx, 4, 2) }},
		{"files deleted", 2, func(tx warehouse.Tx) error {
			_, err := tx.DeleteFiles(t.Context(), raw, []int32{1}, 5)
			return err
		}},
		{"applied", 2, func(tx warehouse.Tx) error { return change(tx, 2, "SELECT 1 AS n, -1 AS _w UNION ALL SELECT 11, 2") }},
		{"failed", 0, func(tx warehouse.Tx) error {
			return errors.Join(change(tx, 3, "SELECT 2 AS n, -1 AS _w UNION ALL SELECT 12, 5"), load(tx, 3, 4), failure)
		}},
		{"applied again", 1, func(tx warehouse.Tx) error { return change(tx, 3, "SELECT 2 AS n, -1 AS _w UNION ALL SELECT 12, 5") }},
		{"pruned in part", 1, func(tx warehouse.Tx) error { return tx.Prune(t.Context(), view, 2) }},
		{"replaced by what differs", 2, func(tx warehouse.Tx) error {
			other := numbers
			other.Version, other.Diff, other.Query = 4, true, "SELECT * FROM range(5, 20)"
			_, err := tx.Refresh(t.Context(), other)
			return errors.Join(err, sizes(t, tx, raw))
		}},
		{"pruned", 2, func(tx warehouse.Tx) error { return tx.Prune(t.Context(), view, 9) }},
		{"built anew", 2, func(tx warehouse.Tx) error {
			other := numbers
			other.Version, other.Query = 5, "SELECT * FROM range(7)"
			_, err := tx.Refresh(t.Context(), other)
			return errors.Join(err, sizes(t, tx, view))
		}},
		{"dropped", 1, func(tx warehouse.Tx) error { return tx.Drop(t.Context(), view) }},
	} {
		tx, err := w.Begin(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer tx.Rollback()
		if err = step.do(tx); err == nil {
			err = tx.Commit(t.Context())
		} else if errors.Is(err, failure) {
			err = tx.Rollback()
		}
		if err != nil {
			t.Fatalf("%s: %v", step.what, err)
		}
		if came := held(t, w, step.what, step.relations); (came > 0) != (step.what == "loaded") {
			t.Errorf("%s: %d rows are known to have come", step.what, came)
		}
	}
}

// TestArrivals: what came after a version is known only if nothing that came before can
// have a later one.
func TestArrivals(t *testing.T) {
	r := &relation{}
	for _, step := range []struct {
		version int64
		known   map[int64]int64 // rows after versions
		unknown []int64
	}{
		{5, map[int64]int64{5: 0, 6: 0}, []int64{4}},
		{7, map[int64]int64{5: 10, 7: 0}, []int64{4}},
		{7, map[int64]int64{5: 20, 7: 0}, []int64{4}},
		{3, map[int64]int64{7: 0}, []int64{3, 5}},
		{4, map[int64]int64{7: 0}, []int64{3, 4, 5}},
		{8, map[int64]int64{7: 10, 8: 0}, []int64{5}},
	} {
		r.arrived(10, step.version)
		for after, want := range step.known {
			if got, ok := r.since(after); got != want || !ok {
				t.Errorf("%d came, after %d: %d rows, known %t, want %d", step.version, after, got, ok, want)
			}
		}
		for _, after := range step.unknown {
			if _, ok := r.since(after); ok {
				t.Errorf("%d came: it is known what came after %d", step.version, after)
			}
		}
	}
}

// sizes asks for the sizes of relations, which are then known.
func sizes(t *testing.T, tx warehouse.Tx, names ...schema.Name) (err error) {
	for _, name := range names {
		_, failed := tx.Size(t.Context(), name)
		err = errors.Join(err, failed)
	}
	return err
}

// TestMeasuresLast looks rows up by a column of a table that grows, and tells from
// how many rows the column was measured.
func TestMeasuresLast(t *testing.T) {
	w, err := Open(t.Context(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	w.LookUpAll()
	view := warehouse.View{Name: numbers, Version: 1, Columns: []schema.Column{{Name: "n", Type: schema.Type{Kind: schema.BigInt}}}, Query: "SELECT * FROM range(100)"}
	for version, step := range []struct{ more, measured int64 }{{0, 100}, {9, 100}, {1, 100}, {1, 111}, {12, 123}} {
		tx, err := w.Begin(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer tx.Rollback()
		if version == 0 {
			if _, err := tx.Refresh(t.Context(), view); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := tx.Work(t.Context(), "delta", fmt.Sprintf("SELECT range AS n, 1 AS _w FROM range(%d)", step.more)); err != nil {
			t.Fatal(err)
		}
		if _, _, err := tx.Apply(t.Context(), warehouse.Apply{To: numbers, Delta: "delta", Version: int64(version) + 2}); err != nil {
			t.Fatal(err)
		}
		if _, err := tx.Work(t.Context(), "keys", "SELECT 7 AS n"); err != nil {
			t.Fatal(err)
		}
		if _, err := tx.Rows(t.Context(), warehouse.Rowset{From: numbers, At: warehouse.Latest, Key: []string{"n"}, Keys: "keys", KeyColumns: []string{"n"}, As: "found"}); err != nil {
			t.Fatal(err)
		}
		if err := tx.Commit(t.Context()); err != nil {
			t.Fatal(err)
		}
		if a := w.memory.relations[numbers].axes["n"]; a.rows != step.measured {
			t.Errorf("after %d rows more, the column was measured on %d rows, want %d", step.more, a.rows, step.measured)
		}
	}
}
