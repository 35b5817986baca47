package duckdb

import (
	"context"
	"database/sql"
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

const coins = 600_000

// withCoins does something with a view of so many rows, which are looked up by a text
// that comes in no order, and a number. Some of the texts are NULL, and some are there
// twice.
func withCoins(t *testing.T, do func(tx *tx)) {
	t.Helper()
	withView(t, warehouse.View{Name: spots, Version: 1, Key: []string{"_id", "bot"},
		Columns: []schema.Column{{Name: "n", Type: schema.Type{Kind: schema.BigInt}}, {Name: "_id", Type: schema.Type{Kind: schema.Varchar}},
			{Name: "bot", Type: schema.Type{Kind: schema.Integer}}},
		Query: fmt.Sprintf("SELECT n, CASE WHEN n %% 1000 <> 8 THEN md5(CAST(n // 10 * 10 + n %% 10 // 2 AS VARCHAR)) END, n // 6 %% 7 FROM range(%d) AS r(n)", coins)}, do)
}

// findCoins looks rows up, see findSpots, and reports whether they were found by hashes.
func findCoins(t *testing.T, tx *tx, what, keys string, nulls bool, by ...string) (byHash bool) {
	t.Helper()
	return strings.Contains(findSpots(t, tx, what, keys, by, nulls), hashMark)
}

// TestHashed: a few texts are found by their hashes, also those that came by a change;
// many are not, nor what has the hashes of an engine that computes others.
func TestHashed(t *testing.T) {
	const some = "SELECT _id, bot FROM reports.spots WHERE n % 900 = 7 UNION ALL SELECT 'none of them', 1 UNION ALL SELECT NULL, 3"
	const many = "SELECT _id, bot FROM reports.spots WHERE n % 10 = 7"
	withCoins(t, func(tx *tx) {
		for _, nulls := range []bool{false, true} {
			if !findCoins(t, tx, "few keys", some, nulls, "_id", "bot") || !findCoins(t, tx, "few keys in another order", some, nulls, "bot", "_id") {
				t.Error("few keys are not found by hashes")
			}
			if findCoins(t, tx, "many keys", many, nulls, "_id", "bot") || findCoins(t, tx, "part of a key", some, nulls, "_id") {
				t.Error("many keys, or parts of keys, are found by hashes")
			}
		}
		if _, err := tx.Work(t.Context(), "delta", "SELECT n + 1000000 AS n, 'new ' || n AS _id, 2 AS bot, 1 AS "+warehouse.Weight+" FROM range(5) AS r(n)"); err != nil {
			t.Fatal(err)
		}
		if _, _, err := tx.Apply(t.Context(), warehouse.Apply{To: spots, Delta: "delta", Version: 2}); err != nil {
			t.Fatal(err)
		}
		if !findCoins(t, tx, "keys that came", "SELECT 'new ' || range AS _id, CAST(2 AS INTEGER) AS bot FROM range(3, 9)", false, "_id", "bot") {
			t.Error("keys that came are not found by hashes")
		}
	})
	withCoins(t, func(tx *tx) {
		own := tx.w.hashMaker
		as := func(maker string) {
			tx.w.hashMaker = maker
			if err := tx.changed(t.Context(), "testing", spots); err != nil {
				t.Fatal(err)
			}
		}
		as("of another engine")
		if findCoins(t, tx, "foreign hashes", some, true, "_id", "bot") {
			t.Error("the hashes of another engine are used")
		}
		if _, err := tx.Work(t.Context(), "delta", "SELECT 1000000 AS n, 'new' AS _id, 4 AS bot, 1 AS "+warehouse.Weight); err != nil {
			t.Fatal(err)
		}
		if _, _, err := tx.Apply(t.Context(), warehouse.Apply{To: spots, Delta: "delta", Version: 2}); err != nil {
			t.Fatal(err)
		}
		as(own)
		findCoins(t, tx, "a key that came meanwhile", "SELECT 'new' AS _id, 4 AS bot", false, "_id", "bot")
	})
}

// TestSoughtTexts: each long text that a view's rows are sought by has hashes, also if many
// rows share it. Keys of several columns are compared by the hashes of the texts among them.
func TestSoughtTexts(t *testing.T) {
	columns := []schema.Column{{Name: "n", Type: schema.Type{Kind: schema.BigInt}}, {Name: "_id", Type: schema.Type{Kind: schema.Varchar, Length: 32}},
		{Name: "bot", Type: schema.Type{Kind: schema.Integer}}, {Name: "name", Type: schema.Type{Kind: schema.Varchar}}, {Name: "short", Type: schema.Type{Kind: schema.Char, Length: inlined}}}
	view := warehouse.View{Name: spots, Version: 1, Columns: columns, Sought: columns[1:], Key: []string{"_id"},
		Query: fmt.Sprintf("SELECT n, CASE WHEN n %% 1000 <> 8 THEN md5(CAST(n // 10 AS VARCHAR)) END, n %% 7, CASE WHEN n %% 1000 <> 9 THEN md5(CAST(n AS VARCHAR)) || n %% 3 END, n %% 9 FROM range(%d) AS r(n)", coins)}
	withView(t, view, func(tx *tx) {
		r, err := tx.relation(t.Context(), "testing", spots)
		if err != nil {
			t.Fatal(err)
		}
		if want := [][]string{{"_id"}, {"name"}}; !slices.EqualFunc(r.hashed, want, slices.Equal[[]string]) {
			t.Errorf("hashes of %q, want %q", r.hashed, want)
		}
		for _, nulls := range []bool{false, true} {
			const keys = "SELECT * FROM reports.spots WHERE n % 9000 IN (7, 8, 9) UNION ALL SELECT 1, 'none', 1, 'none', 'none'"
			for key, hashes := range map[string]int{"_id": 1, "name": 1, "_id bot": 1, "bot name _id": 2, "short": 0, "short name": 1} {
				scan := findSpots(t, tx, key, keys, strings.Fields(key), nulls)
				if got := strings.Count(scan, hashMark); got < hashes || hashes == 0 && got > 0 {
					t.Errorf("by %s, nulls %t: the scan compares %d hashes, want %d: %s", key, nulls, got, hashes, scan)
				}
			}
		}
	})
}

// TestHashesOfLoadedRows: rows of each format get the hashes of what they hold, in the types
// that their table declares, before and after a table that has rows is prepared for lookups,
// and after hashes that another version of the engine made of one column were dropped.
func TestHashesOfLoadedRows(t *testing.T) {
	dir := t.TempDir()
	files := map[string]string{"json": "{\"code\":\"one  \",\"body\":\"größer als zwölf\"}\n{\"body\":12345}\n", "csv": "code,body\none  ,größer als zwölf\n,12345\n"}
	for format, content := range files {
		if err := os.WriteFile(filepath.Join(dir, "f."+format), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	bare, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	defer bare.Close()
	if _, err := bare.ExecContext(t.Context(), "COPY (SELECT 'one  ' AS code, 'größer als zwölf' AS body UNION ALL SELECT NULL, '12345') TO "+literal(filepath.Join(dir, "f.parquet"))); err != nil {
		t.Fatal(err)
	}
	w, err := Open(t.Context(), Options{ReadDirs: []string{dir}})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	raw := schema.Name{Schema: "s", Name: "raw"}
	columns := []schema.Column{{Name: "code", Type: schema.Type{Kind: schema.Char, Length: 20}}, {Name: "body", Type: schema.Type{Kind: schema.Varchar, Length: 40}}}
	for _, format := range []string{"json", "csv", "parquet"} {
		table := &project.Table{Name: "raw", Format: format, CSV: project.CSVOptions{Header: true, Delimiter: ",", Quote: `"`, Escape: `"`}}
		for _, c := range columns {
			from := map[string]string{"json": "$." + c.Name}[format]
			if from == "" {
				from = c.Name
			}
			table.Columns = append(table.Columns, project.Column{Name: c.Name, Type: c.Type, From: from})
		}
		begun, err := w.Begin(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer begun.Rollback()
		load := func(id int32) {
			path := filepath.Join(dir, "f."+format)
			local := func(context.Context) (string, func(), error) { return path, func() {}, nil }
			result, err := begun.Load(t.Context(), warehouse.Load{Name: raw, Table: table, Batch: 1, Files: []warehouse.LoadFile{{ID: id, URI: path, Size: 1, Local: local}}})
			if err != nil || result.Files[0].Rows != 2 {
				t.Fatalf("%s: %+v, error %v", format, result, err)
			}
		}
		if err := begun.CreateTable(t.Context(), raw, table, nil); err != nil {
			t.Fatal(err)
		}
		load(1)
		if err := begun.Seek(t.Context(), raw, columns); err != nil {
			t.Fatal(err)
		}
		load(2)
		tx, own := asTx(begun), w.hashMaker
		w.hashMaker = "of another engine"
		if err := errors.Join(tx.changed(t.Context(), "testing", raw), begun.Seek(t.Context(), raw, columns[1:])); err != nil {
			t.Fatal(err)
		}
		w.hashMaker = own
		if err := tx.changed(t.Context(), "testing", raw); err != nil {
			t.Fatal(err)
		}
		load(3)
		if err := begun.Seek(t.Context(), raw, columns); err != nil {
			t.Fatal(err)
		}
		load(4)
		r, err := asTx(begun).relation(t.Context(), "testing", raw)
		if err != nil {
			t.Fatal(err)
		}
		got, err := asTx(begun).numbers(t.Context(), "testing", fmt.Sprintf(`SELECT count(*), count(*) FILTER (hash(code) = %s AND hash(body) = %s), count(*) FILTER (code = 'one')
			FROM %s`, quote(w.hashColumn([]string{"code"})), quote(w.hashColumn([]string{"body"})), r.table), 3)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(got, []int64{8, 8, 4}) {
			t.Errorf("%s: rows, those with right hashes, and those whose blanks were cut are %d", format, got)
		}
		if err := begun.Rollback(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestSeekOutlastsReopening: what was prepared is there when the file is opened again, in
// columns laid out as they were.
func TestSeekOutlastsReopening(t *testing.T) {
	path := filepath.Join(t.TempDir(), "w.duckdb")
	raw := schema.Name{Schema: "s", Name: "raw"}
	columns := []schema.Column{{Name: "id", Type: schema.Type{Kind: schema.Varchar, Length: 36}},
		{Name: "big", Type: schema.Type{Kind: schema.Decimal, Precision: 38, Scale: 4}}, {Name: "small", Type: schema.Type{Kind: schema.Decimal, Precision: 18, Scale: 4}}}
	table := &project.Table{Name: "raw", Format: "json"}
	for _, c := range columns {
		table.Columns = append(table.Columns, project.Column{Name: c.Name, Type: c.Type, From: "$." + c.Name})
	}
	do := func(do func(tx *tx) error) {
		t.Helper()
		w, err := Open(t.Context(), Options{Path: path})
		if err != nil {
			t.Fatal(err)
		}
		defer w.Close()
		committed(t, w, do)
	}
	do(func(tx *tx) error { return tx.CreateTable(t.Context(), raw, table, nil) })
	do(func(tx *tx) error { return tx.Seek(t.Context(), raw, columns) })
	do(func(tx *tx) error {
		r, err := tx.relation(t.Context(), "testing", raw)
		if err != nil {
			return err
		}
		if want := [][]string{{"id"}}; !slices.EqualFunc(r.hashed, want, slices.Equal[[]string]) {
			t.Errorf("hashes of %q, want %q", r.hashed, want)
		}
		return nil
	})
	const want = `"id" VARCHAR, "big" DECIMAL(38,4) USING COMPRESSION uncompressed, "small" DECIMAL(18,4), "h" UBIGINT`
	if got := storedDefs([]resultColumn{{"id", "VARCHAR"}, {"big", "DECIMAL(38,4)"}, {"small", "DECIMAL(18,4)"}, {"h", hashType}}); got != want {
		t.Errorf("columns %s, want %s", got, want)
	}
}
