package duckdb_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/project"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/warehouse"
	"github.com/atolldata/atoll/internal/warehouse/duckdb"
)

// asChild makes the test binary a process that works on the warehouse it names
// until it is killed.
const asChild = "ATOLL_TEST_CHILD"

func TestMain(m *testing.M) {
	if path := os.Getenv(asChild); path != "" {
		if err := work(path); err != nil {
			fmt.Println("error", err)
			os.Exit(1)
		}
	}
	os.Exit(m.Run())
}

const rowsPerBatch = 5000

var (
	events = schema.Name{Schema: "web", Name: "events"}
	totals = warehouse.View{
		Name: schema.Name{Schema: "reports", Name: "totals"}, Query: `SELECT count(*), max(id) FROM web.events`,
		Columns: []schema.Column{{Name: "n", Type: schema.Type{Kind: schema.BigInt}}, {Name: "last", Type: schema.Type{Kind: schema.BigInt}}},
	}
)

// eventsTable is web.events as a project declares it.
func eventsTable() *project.Table {
	p, err := project.LoadFS(fstest.MapFS{"atoll.yaml": {Data: []byte("name: t")}, "sources/web.yaml": {Data: []byte(
		"source: web\ntype: files\nurl: file://data/\ntables:\n  events:\n    match: \"*\"\n    format: json\n    columns: {id: bigint, body: varchar(100)}\n")}})
	if err != nil {
		panic(err)
	}
	return p.Sources[0].Tables[0]
}

// work commits batch after batch, telling on standard output how far it is.
func work(path string) error {
	ctx := context.Background()
	table := eventsTable()
	w, err := duckdb.Open(ctx, duckdb.Options{Path: path})
	if err != nil {
		return err
	}
	first, err := committed(ctx, w)
	if err != nil {
		return err
	}
	fmt.Println("open")
	for batch := first + 1; ; batch++ {
		if err := workBatch(ctx, w, path, table, batch); err != nil {
			return err
		}
		fmt.Println("committed", batch)
		if batch%3 == 0 {
			if err := w.Checkpoint(ctx); err != nil {
				return err
			}
			fmt.Println("checkpoint")
		}
		if batch%4 == 0 { // as if something had been put aside, so that the engine is renewed
			w.Age()
			if err := os.Mkdir(path+".tmp", 0o700); err != nil {
				return err
			}
		}
	}
}

func workBatch(ctx context.Context, w *duckdb.Warehouse, path string, table *project.Table, batch int64) error {
	var text strings.Builder
	for i := range rowsPerBatch {
		fmt.Fprintf(&text, "{\"id\":%d,\"body\":\"the body of row %d of batch %d\"}\n", batch*rowsPerBatch+int64(i), i, batch)
	}
	file := filepath.Join(filepath.Dir(path), "batch.json")
	if err := os.WriteFile(file, []byte(text.String()), 0o644); err != nil {
		return err
	}
	tx, err := w.Begin(ctx)
	if err != nil {
		return err
	}
	if batch == 1 {
		if err := tx.CreateTable(ctx, events, table, nil); err != nil {
			return err
		}
	}
	_, err = tx.Load(ctx, warehouse.Load{Name: events, Table: table, Batch: batch, Files: []warehouse.LoadFile{{
		ID: int32(batch), URI: file, Local: func(context.Context) (string, func(), error) { return file, func() {}, nil },
	}}})
	if err != nil {
		return err
	}
	fmt.Println("loaded", batch)
	if _, err := tx.Refresh(ctx, totals); err != nil {
		return err
	}
	fmt.Println("refreshed", batch)
	if err := tx.SQL().Exec(ctx, `INSERT INTO atoll.batches (batch) VALUES (?)`, batch); err != nil {
		return err
	}
	fmt.Println("committing", batch)
	return tx.Commit(ctx)
}

// committed is the last batch in a warehouse, 0 if there is none.
func committed(ctx context.Context, w *duckdb.Warehouse) (last int64, err error) {
	rows, err := w.SQL().Query(ctx, `SELECT coalesce(max(batch), 0) FROM atoll.batches`)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	for rows.Next() {
		if err := rows.Scan(&last); err != nil {
			return 0, err
		}
	}
	return last, rows.Err()
}

// startChild starts a child and returns its output after the line "open".
func startChild(t *testing.T, path string) (*exec.Cmd, *bufio.Scanner) {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), asChild+"="+path)
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { child.Process.Kill() })
	lines := bufio.NewScanner(out)
	if !lines.Scan() || lines.Text() != "open" {
		t.Fatalf("the child says %q", lines.Text())
	}
	return child, lines
}

// TestCrash kills a process at random moments (I3): what the next one finds is
// the state before or after a commit, whole.
func TestCrash(t *testing.T) {
	path := filepath.Join(t.TempDir(), "w.duckdb")
	for range 6 {
		child, lines := startChild(t, path)
		said := int64(-1)
		read := func() bool {
			ok := lines.Scan()
			if strings.HasPrefix(lines.Text(), "error") {
				t.Fatal(lines.Text())
			}
			fmt.Sscanf(lines.Text(), "committed %d", &said)
			return ok
		}
		for range 3 + rand.IntN(15) {
			read()
		}
		if err := child.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		for read() { // what it said before it died
		}
		child.Wait()
		found := checkWhole(t, path)
		if said >= 0 && found != said && found != said+1 {
			t.Errorf("the process said that batch %d was committed; there are %d", said, found)
		}
	}
}

// checkWhole opens a warehouse, checks that its tables agree, and returns its
// last batch.
func checkWhole(t *testing.T, path string) int64 {
	t.Helper()
	w := open(t, duckdb.Options{Path: path})
	defer w.Close()
	last, err := committed(t.Context(), w)
	if err != nil {
		t.Fatal(err)
	}
	if last == 0 {
		return 0
	}
	rows, err := w.Query(t.Context(), `SELECT (SELECT count(*) FROM atoll.batches), (SELECT count(*) FROM web.events),
		(SELECT count(DISTINCT (_batch, _row)) FROM atoll_store."web.events" WHERE _batch = _file), n, "last", (SELECT max(id) FROM web.events),
		(SELECT count(*) FROM duckdb_tables() WHERE schema_name = 'atoll_store') FROM reports.totals`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var batches, events, distinct, n, lastID, maxID, stored int64
	for rows.Next() {
		if err := rows.Scan(&batches, &events, &distinct, &n, &lastID, &maxID, &stored); err != nil {
			t.Fatal(err)
		}
	}
	want := last * rowsPerBatch
	if batches != last || events != want || distinct != want || n != want || lastID != maxID || maxID != last*rowsPerBatch+rowsPerBatch-1 || stored != 2 {
		t.Errorf("after batch %d: %d batches, %d rows, %d distinct, the view says %d and %d of %d, %d physical tables",
			last, batches, events, distinct, n, lastID, maxID, stored)
	}
	return last
}

func TestBusy(t *testing.T) {
	path := filepath.Join(t.TempDir(), "w.duckdb")
	child, _ := startChild(t, path)
	_, err := duckdb.Open(t.Context(), duckdb.Options{Path: path})
	host, _ := os.Hostname()
	for _, part := range []string{fmt.Sprintf("process %d", child.Process.Pid), host, filepath.Base(os.Args[0]), "since 20"} {
		if err == nil || !strings.Contains(err.Error(), part) {
			t.Errorf("error %v\nlacks %q", err, part)
		}
	}
	if code := fault.CodeOf(err); code != fault.Busy {
		t.Errorf("code %q", code)
	}
	child.Process.Kill()
	child.Wait()
	w := open(t, duckdb.Options{Path: path})
	defer w.Close()
	if _, err := duckdb.Open(t.Context(), duckdb.Options{Path: path}); fault.CodeOf(err) != fault.Busy || !strings.Contains(err.Error(), fmt.Sprintf("process %d", os.Getpid())) {
		t.Errorf("a second opening in the same process: %v", err)
	}
}

func TestOpenFails(t *testing.T) {
	dir := t.TempDir()
	broken := filepath.Join(dir, "broken.duckdb")
	if err := os.WriteFile(broken, []byte(strings.Repeat("no database ", 1000)), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		options duckdb.Options
		code    fault.Code
		part    string
	}{
		{duckdb.Options{Path: filepath.Join(dir, "what?.duckdb")}, fault.Config, "what?.duckdb"},
		{duckdb.Options{Path: broken}, fault.Engine, "not a valid DuckDB database file"},
		{duckdb.Options{Path: filepath.Join(broken, "w.duckdb")}, fault.Engine, "folder"},
		{duckdb.Options{Settings: []string{"SET no_such_setting = 1"}}, fault.Name, "no_such_setting"},
		{duckdb.Options{Prelude: []string{"CREATE NONSENSE"}}, fault.Internal, "NONSENSE"},
	} {
		_, err := duckdb.Open(t.Context(), test.options)
		if err == nil || fault.CodeOf(err) != test.code || !strings.Contains(err.Error(), test.part) {
			t.Errorf("%s: %v", fault.CodeOf(err), err)
		}
	}
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	path := filepath.Join(dir, "w.duckdb")
	if _, err := duckdb.Open(cancelled, duckdb.Options{Path: path}); !errors.Is(err, context.Canceled) {
		t.Errorf("with a cancelled context: %v", err)
	}
	open(t, duckdb.Options{Path: path}).Close() // nothing was left locked
}

// TestDamagedLog finds a write-ahead log that will not replay: it is not thrown
// away, and the message says what to do.
func TestDamagedLog(t *testing.T) {
	path := filepath.Join(t.TempDir(), "w.duckdb")
	child, lines := startChild(t, path)
	for lines.Scan() && lines.Text() != "committed 2" {
	}
	child.Process.Kill()
	child.Wait()
	log, err := os.ReadFile(path + ".wal")
	if err != nil {
		t.Fatal(err)
	}
	for i := len(log) / 4; i < len(log)/4+100; i++ {
		log[i] ^= 0xFF
	}
	if err := os.WriteFile(path+".wal", log, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err = duckdb.Open(t.Context(), duckdb.Options{Path: path})
	if fault.CodeOf(err) != fault.Engine || !strings.Contains(err.Error(), "aside") {
		t.Errorf("error %v", err)
	}
	if after, err := os.ReadFile(path + ".wal"); err != nil || len(after) != len(log) {
		t.Errorf("the log has %d of %d bytes, error %v", len(after), len(log), err)
	}
}

// A file that is damaged or none of the engine's is left as it is, and the
// message says what to do.
func TestDamagedFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "w.duckdb")
	w, err := duckdb.Open(t.Context(), duckdb.Options{Path: path})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := 4096; i < len(whole); i++ { // all but the first header
		whole[i] ^= 0xFF
	}
	for what, content := range map[string][]byte{"damaged": whole, "foreign": []byte(strings.Repeat("text\n", 9999))} {
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		w, err := duckdb.Open(t.Context(), duckdb.Options{Path: path})
		if err == nil {
			w.Close()
		}
		if fault.CodeOf(err) != fault.Engine || !strings.Contains(err.Error(), "aside") {
			t.Errorf("%s: error %v", what, err)
		}
		if after, err := os.ReadFile(path); err != nil || string(after) != string(content) {
			t.Errorf("%s: the file has changed, error %v", what, err)
		}
	}
}
