package duckdb_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/warehouse"
	"github.com/atolldata/atoll/internal/warehouse/duckdb"
)

// spilling sorts more than fits into the memory of small warehouses.
const spilling = "SELECT count(*), max(place) FROM (SELECT row_number() OVER (ORDER BY hash(n), n) AS place FROM range(4000000) AS r(n)) AS places"

// small is a warehouse in which spilling does not fit into memory, and its scratch folder.
func small(t *testing.T) (w *duckdb.Warehouse, scratch string) {
	path := filepath.Join(t.TempDir(), "w.duckdb")
	return open(t, duckdb.Options{Path: path, Memory: 100_000_000, Threads: 2}), path + ".tmp"
}

func there(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// spill reads more than fits into memory.
func spill(t *testing.T, w *duckdb.Warehouse, scratch string) {
	t.Helper()
	if got := answer(t, w, spilling)[0]; got != "4000000|4000000" {
		t.Fatalf("the query returned %s", got)
	}
	if !there(scratch) {
		t.Fatal("the query fits into memory")
	}
}

// commit commits a batch.
func commit(t *testing.T, w *duckdb.Warehouse, batch int) {
	t.Helper()
	inTx(t, w, true, func(tx warehouse.Tx) error {
		return tx.SQL().Exec(t.Context(), "INSERT INTO atoll.batches (batch) VALUES (?)", batch)
	})
}

// The engine is renewed by the transaction after something was put aside, but not while someone
// reads, and not again soon.
func TestRenewed(t *testing.T) {
	w, scratch := small(t)
	defer w.Close()
	commit(t, w, 1)
	if there(scratch) {
		t.Fatal("a small commit is put aside")
	}
	spill(t, w, scratch)
	reader, err := w.Query(t.Context(), "SELECT batch FROM atoll.batches")
	if err != nil {
		t.Fatal(err)
	}
	commit(t, w, 2)
	if !there(scratch) {
		t.Error("the engine was renewed under a reader")
	}
	var batch int64
	if !reader.Next() || reader.Scan(&batch) != nil || batch != 1 || reader.Next() || reader.Err() != nil {
		t.Errorf("the reader got batch %d, error %v", batch, reader.Err())
	}
	for range 2 { // the second time it does nothing
		if err := reader.Close(); err != nil {
			t.Error(err)
		}
	}
	commit(t, w, 3)
	if there(scratch) {
		t.Error("the engine was not renewed")
	}
	got := answer(t, w, "SELECT count(*), max(batch), current_setting('memory_limit'), current_setting('lock_configuration'), atoll_sql.int_div(7, 2) FROM atoll.batches")[0]
	if want := "3|3|95.3 MiB|true|3"; got != want {
		t.Errorf(" got %s\nwant %s", got, want)
	}
	spill(t, w, scratch)
	const since = 3 + duckdb.RenewEvery
	for batch := 4; batch < since; batch++ {
		commit(t, w, batch)
		if !there(scratch) {
			t.Fatalf("the engine was renewed again by batch %d", batch)
		}
	}
	if err := w.Checkpoint(t.Context()); err != nil || there(scratch) {
		t.Errorf("a checkpoint left what was put aside, error %v", err)
	}
}

// A call that is cancelled meanwhile does not keep the engine from beginning again.
func TestRenewedWhenCancelled(t *testing.T) {
	w, scratch := small(t)
	defer w.Close()
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	old := w.Instance()
	for range 100 { // it may see that it is cancelled before
		w.Age()
		if err := os.MkdirAll(scratch, 0o700); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Begin(cancelled); !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
	}
	if w.Instance() == old {
		t.Error("the engine was not renewed")
	}
	if got := answer(t, w, "SELECT 1")[0]; got != "1" {
		t.Errorf("1 is %s", got)
	}
}

// What a warehouse has of its own in the engine is there in the new one: rows are looked up
// by their keys.
func TestRenewedWithFunctions(t *testing.T) {
	w, scratch := small(t)
	defer w.Close()
	w.LookUpAll()
	name := schema.Name{Schema: "reports", Name: "v"}
	inTx(t, w, true, func(tx warehouse.Tx) error {
		columns := []schema.Column{{Name: "n", Type: schema.Type{Kind: schema.BigInt}}, {Name: "m", Type: schema.Type{Kind: schema.BigInt}}}
		_, err := tx.Refresh(t.Context(), warehouse.View{Name: name, Columns: columns, Query: "SELECT range, range % 7 FROM range(100000)", Version: 1})
		return err
	})
	for version := int64(2); version < 5; version++ {
		spill(t, w, scratch)
		w.Age()
		inTx(t, w, true, func(tx warehouse.Tx) error {
			delta := fmt.Sprintf("SELECT n, m, -1 AS %s FROM reports.v WHERE n IN (%d, 50000 + %[2]d)", warehouse.Weight, version)
			if _, err := tx.Work(t.Context(), "delta", delta); err != nil {
				return err
			}
			_, _, err := tx.Apply(t.Context(), warehouse.Apply{To: name, Delta: "delta", Lookup: []string{"n"}, Version: version})
			return err
		})
		if there(scratch) {
			t.Fatal("the engine was not renewed")
		}
	}
	if got, want := answer(t, w, "SELECT count(*), min(n) FILTER (n > 1), count(*) FILTER (n IN (50002, 50004)) FROM reports.v")[0], "99994|5|0"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// Who reads while the engine is renewed, time and again, sees one commit or the next.
func TestRenewedAmongReaders(t *testing.T) {
	w, scratch := small(t)
	defer w.Close()
	commit(t, w, 1)
	read := func(least int64) {
		for range 10 {
			rows, err := w.Query(t.Context(), "SELECT max(batch) FROM atoll.batches")
			if err != nil {
				t.Error(err)
				return
			}
			var batch int64
			if !rows.Next() || rows.Scan(&batch) != nil || batch < least {
				t.Errorf("batch %d after %d, error %v", batch, least, rows.Err())
			}
			least = batch
			if err := rows.Close(); err != nil {
				t.Error(err)
			}
		}
	}
	batch := 1
	for range 5 {
		spill(t, w, scratch)
		for tries := 0; there(scratch); tries++ {
			if tries == 200 {
				t.Fatal("the engine is not renewed")
			}
			w.Age()
			var readers sync.WaitGroup
			for range 3 {
				least := int64(batch)
				readers.Go(func() { read(least) })
			}
			batch++
			commit(t, w, batch)
			readers.Wait()
		}
	}
}

// What a process that was killed had put aside is removed, and is no reason to renew; neither is
// what else is there, which stays.
func TestScratchIsCleared(t *testing.T) {
	path := filepath.Join(t.TempDir(), "w.duckdb")
	scratch := path + ".tmp"
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	leave := func(name string) {
		t.Helper()
		must(os.WriteFile(filepath.Join(scratch, name), []byte("left"), 0o600))
	}
	const aside = "duckdb_temp_storage_DEFAULT-0.tmp"
	used := func(what string, kept ...string) {
		t.Helper()
		w := open(t, duckdb.Options{Path: path})
		defer w.Close()
		began := w.Instance()
		commit(t, w, 1)
		if w.Instance() != began {
			t.Errorf("%s: the engine was renewed", what)
		}
		var names []string
		files, _ := os.ReadDir(scratch)
		for _, f := range files {
			names = append(names, f.Name())
		}
		if !slices.Equal(names, kept) {
			t.Errorf("%s: the folder holds %q, want %q", what, names, kept)
		}
	}
	must(os.Mkdir(scratch, 0o700))
	leave(aside)
	used("what was put aside")
	if there(scratch) {
		t.Error("the scratch folder is as it was left")
	}
	must(os.Mkdir(scratch, 0o700))
	leave(aside)
	leave("notes")
	used("something else", "notes")
	must(os.RemoveAll(scratch))
	must(os.Symlink(t.TempDir(), scratch))
	leave(aside)
	used("a link")
	if info, err := os.Lstat(scratch); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link is gone, error %v", err)
	}
}

// A warehouse that could not be opened again says so, is opened by the next who writes, and has lost nothing.
func TestRenewedLater(t *testing.T) {
	w, scratch := small(t)
	defer w.Close()
	path := strings.TrimSuffix(scratch, ".tmp")
	commit(t, w, 1)
	spill(t, w, scratch)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(os.Rename(path, path+".away"))
	must(os.Mkdir(path, 0o700))
	for range 2 {
		tx, began := w.Begin(t.Context())
		if began == nil {
			must(tx.Rollback())
		}
		_, read := w.Query(t.Context(), "SELECT 1")
		for what, err := range map[string]error{"Begin": began, "Query": read, "Checkpoint": w.Checkpoint(t.Context())} {
			if fault.CodeOf(err) != fault.Engine || !strings.Contains(err.Error(), "opening the warehouse") {
				t.Errorf("%s: %v", what, err)
			}
		}
	}
	must(os.Remove(path))
	must(os.Rename(path+".away", path))
	commit(t, w, 2)
	if got := answer(t, w, "SELECT count(*) FROM atoll.batches")[0]; got != "2" {
		t.Errorf("%s batches are left of 2", got)
	}
}
