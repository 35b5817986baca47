package duckdb_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/warehouse"
	"github.com/atolldata/atoll/internal/warehouse/duckdb"
)

// answer runs a query and returns its rows, values separated by bars.
func answer(t *testing.T, w warehouse.Warehouse, text string) []string {
	t.Helper()
	rows, err := w.Query(t.Context(), text)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var out []string
	values, dest := make([]*string, len(rows.Columns())), make([]any, len(rows.Columns()))
	for i := range values {
		dest[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(dest...); err != nil {
			t.Fatal(err)
		}
		parts := make([]string, len(values))
		for i, v := range values {
			parts[i] = "null"
			if v != nil {
				parts[i] = *v
			}
		}
		out = append(out, strings.Join(parts, "|"))
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

// TestQueriesReadOnly has text that no printer of ours writes, as a second line of
// defence.
func TestQueriesReadOnly(t *testing.T) {
	w := open(t, duckdb.Options{})
	defer w.Close()
	for _, text := range []string{`(SELECT 1); DELETE FROM atoll.batches`, `(SELECT 1); CREATE TABLE x (a INTEGER)`} {
		if rows, err := w.Query(t.Context(), text); err == nil {
			t.Errorf("%s is run", text)
			rows.Close()
		}
	}
	if got := answer(t, w, `SELECT count(*) FROM atoll.batches`); got[0] != "0" {
		t.Error(got)
	}
}

// TestConfined tries what a query could do beyond the warehouse's own tables.
func TestConfined(t *testing.T) {
	dir, lake := t.TempDir(), t.TempDir()
	path := filepath.Join(dir, "w.duckdb")
	secret := filepath.Join(t.TempDir(), "secret.csv")
	allowed := filepath.Join(lake, "open.csv")
	for _, file := range []string{secret, allowed} {
		if err := os.WriteFile(file, []byte("a\n1\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	w := open(t, duckdb.Options{Path: path, ReadDirs: []string{lake}})
	defer w.Close()
	for _, text := range []string{
		`SELECT * FROM read_csv('` + secret + `')`,
		`SELECT * FROM read_blob('` + secret + `')`,
		`SELECT * FROM glob('` + filepath.Dir(secret) + `/*')`,
		`SELECT * FROM atoll_feed()`,
	} {
		if rows, err := w.Query(t.Context(), text); err == nil && rows.Next() {
			t.Errorf("%s is answered", text)
		}
	}
	if got := answer(t, w, `SELECT * FROM read_csv('`+allowed+`')`); !slices.Equal(got, []string{"1"}) {
		t.Errorf("the lake is not readable: %v", got)
	}
	tx, err := w.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	if err := tx.SQL().Exec(t.Context(), `SET enable_external_access = true`); err == nil || !strings.Contains(err.Error(), "locked") {
		t.Errorf("the configuration can be changed: %v", err)
	}
	if got := answer(t, w, `SELECT current_setting('allowed_configs')`); !slices.Equal(got, []string{`["max_vacuum_tasks"]`}) {
		t.Errorf("what can be changed is %v", got)
	}
}

// TestSettings looks at them through a reader: they hold for every connection.
func TestSettings(t *testing.T) {
	dir := t.TempDir()
	w := open(t, duckdb.Options{Path: filepath.Join(dir, "w.duckdb"), Memory: 300_000_000, Threads: 3})
	defer w.Close()
	got := answer(t, w, `SELECT current_setting('TimeZone'), current_setting('threads'), current_setting('memory_limit'), current_setting('temp_directory'),
		current_setting('enable_external_access'), current_setting('autoload_known_extensions'), atoll_sql.int_div(7, 2)`)
	want := "UTC|3|286.1 MiB|" + filepath.Join(dir, "w.duckdb.tmp") + "|false|false|3"
	if !slices.Equal(got, []string{want}) {
		t.Errorf(" got %s\nwant %s", got, want)
	}
}

// TestReopen finds what was committed, also by readers of a second opening.
func TestReopen(t *testing.T) {
	path := filepath.Join(t.TempDir(), "w.duckdb")
	for i := range 3 {
		w := open(t, duckdb.Options{Path: path})
		tx, err := w.Begin(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if err := tx.SQL().Exec(t.Context(), `INSERT INTO atoll.batches (batch) VALUES (?)`, i); err != nil {
			t.Fatal(err)
		}
		if err := tx.Commit(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := answer(t, w, `SELECT count(*), max(batch) FROM atoll.batches`); got[0] != fmt.Sprintf("%d|%d", i+1, i) {
			t.Errorf("opening %d: %v", i, got)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestPhysicalLayout(t *testing.T) {
	w := open(t, duckdb.Options{})
	defer w.Close()
	view := warehouse.View{
		Name: schema.Name{Schema: "reports", Name: "v"}, Sort: []string{"b", "a"}, Query: `SELECT hash(range) % 1000, range % 7 FROM range(300000)`,
		Columns: []schema.Column{{Name: "a", Type: schema.Type{Kind: schema.Integer}}, {Name: "b", Type: schema.Type{Kind: schema.BigInt}}},
	}
	for range 2 {
		tx, err := w.Begin(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := tx.Refresh(t.Context(), view); err != nil {
			t.Fatal(err)
		}
		if err := tx.Commit(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if got := answer(t, w, `SELECT table_name FROM duckdb_tables() WHERE schema_name = 'atoll_store'`); !slices.Equal(got, []string{"reports.v@2"}) {
		t.Errorf("physical tables: %v", got)
	}
	got := answer(t, w, `SELECT count(*) FROM (SELECT b * 1000 + a AS k, lag(b * 1000 + a) OVER (ORDER BY rowid) AS before FROM atoll_store."reports.v@2") WHERE before > k`)
	if got[0] != "0" {
		t.Errorf("%s rows are not in the order of the sort columns", got[0])
	}
}

// TestResultTypes has what only this engine's results can hold.
func TestResultTypes(t *testing.T) {
	w := open(t, duckdb.Options{})
	defer w.Close()
	for _, test := range []struct{ expression, typ, value string }{
		{`'{"b": 1.000, "a": 12345678901234567890}'::JSON`, "super", `{"b": 1.000, "a": 12345678901234567890}`},
		{`{'a': [1, 2]}`, "super", `{"a":[1,2]}`},
		{`[1.5, NULL]`, "super", `[1.5,null]`},
		{`1::UTINYINT`, "smallint", "1"},
		{`18446744073709551615::UBIGINT`, "decimal(20,0)", "18446744073709551615"},
		{`sum(1)`, "decimal(38,0)", "1"},
		{`INTERVAL '1 year 14 months 3 days 25:00:00.5'`, "interval day to second", "2 years 2 mons 3 days 25:00:00.5"},
		{`INTERVAL '-1 second'`, "interval day to second", "-00:00:01"},
		{`INTERVAL '0 days'`, "interval day to second", "00:00:00"},
		{`INTERVAL '1 year 1 month 1 day'`, "interval day to second", "1 year 1 mon 1 day"},
		{`TIME WITH TIME ZONE '10:00:00+02'`, "timetz", "10:00:00+02:00"},
		{`TIMESTAMP WITH TIME ZONE '2024-01-01 10:00:00+02'`, "timestamptz", "2024-01-01 08:00:00 +0000 UTC"},
		{`'\xAB'::BLOB`, "varbyte", "[171]"},
		{`'8d1a9f3c-0000-4000-8000-000000000001'::UUID`, "varchar", "8d1a9f3c-0000-4000-8000-000000000001"},
		{`'a'::ENUM('a', 'b')`, "varchar", "a"},
		{`NULL`, "integer", "<nil>"},
	} {
		rows, err := w.Query(t.Context(), `SELECT `+test.expression+` AS x ORDER BY 1`)
		if err != nil {
			t.Errorf("%s: %v", test.expression, err)
			continue
		}
		var v any
		for rows.Next() {
			if err := rows.Scan(&v); err != nil {
				t.Errorf("%s: %v", test.expression, err)
			}
		}
		if c := rows.Columns()[0]; c.Type.String() != test.typ || fmt.Sprint(v) != test.value || c.Name != "x" {
			t.Errorf("%s is %s %s %v", test.expression, c.Name, c.Type, v)
		}
		rows.Close()
	}
}

// TestPanicsStayInside loads a file whose opening panics on an engine's thread.
func TestPanicsStayInside(t *testing.T) {
	w := open(t, duckdb.Options{})
	defer w.Close()
	tx, err := w.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	table := eventsTable()
	if err := tx.CreateTable(t.Context(), events, table, nil); err != nil {
		t.Fatal(err)
	}
	_, err = tx.Load(t.Context(), warehouse.Load{Name: events, Table: table, Files: []warehouse.LoadFile{{
		URI: "file:///x", Local: func(context.Context) (string, func(), error) { panic("a defect") },
	}}})
	if fault.CodeOf(err) != fault.Internal || !strings.Contains(err.Error(), "a defect") {
		t.Errorf("error %v", err)
	}
	if err := tx.Rollback(); err != nil {
		t.Error(err)
	}
	if got := answer(t, w, `SELECT 1`); got[0] != "1" {
		t.Error(got)
	}
}
