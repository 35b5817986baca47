package duckdb_test

import (
	"database/sql"
	"path/filepath"
	"testing"

	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/warehouse"
	"github.com/atolldata/atoll/internal/warehouse/duckdb"
)

// TestOlderWarehouse opens a warehouse as an earlier release left it: what its own
// tables lack is added, and what they hold is kept.
func TestOlderWarehouse(t *testing.T) {
	path := filepath.Join(t.TempDir(), "w.duckdb")
	w := open(t, duckdb.Options{Path: path})
	tx, err := w.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{
		`DROP TABLE atoll.cursors`, `ALTER TABLE atoll.tables DROP COLUMN built_run`, `ALTER TABLE atoll.views DROP COLUMN built_run`,
		`ALTER TABLE atoll.views DROP COLUMN full_seconds`, `ALTER TABLE atoll.views DROP COLUMN incremental_seconds`,
		`ALTER TABLE atoll.views DROP COLUMN incremental_rows`, `ALTER TABLE atoll.run_steps DROP COLUMN reason`,
		`ALTER TABLE atoll.run_steps DROP COLUMN delta_rows`,
		`INSERT INTO atoll.tables (table_name, shape, rows_held, changed_run, error) VALUES ('web.events', '[]', 5, 1, '')`,
		`INSERT INTO atoll.views (view_name, state, model, fingerprint, shape, seconds, rows_held, plan, changed_run, failures, error)
			VALUES ('reports.totals', 'current', '', '', '[]', 1.5, 1, 'full', 1, 0, '')`,
	} {
		if err := tx.SQL().Exec(t.Context(), text); err != nil {
			t.Fatal(err)
		}
	}
	if err := tx.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}

	for range 2 {
		w = open(t, duckdb.Options{Path: path})
		tables, err := warehouse.TableStates(t.Context(), w.SQL())
		if err != nil || tables[events].Rows != 5 || tables[events].BuiltRun != 0 {
			t.Errorf("tables: %+v, error %v", tables, err)
		}
		views, err := warehouse.ViewStates(t.Context(), w.SQL())
		if state := views[schema.Name{Schema: "reports", Name: "totals"}]; err != nil || state.Seconds != 1.5 || state.FullSeconds != 0 {
			t.Errorf("views: %+v, error %v", views, err)
		}
		if got := answer(t, w, `SELECT count(*) FROM atoll.cursors, (SELECT reason, delta_rows FROM atoll.run_steps)`); got[0] != "0" {
			t.Errorf("cursors: %v", got)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestFileFormat opens a warehouse whose file is of the engine's oldest format, which is
// taken over, with blocks of the engine's own size, which it keeps, and a new one.
func TestFileFormat(t *testing.T) {
	older := filepath.Join(t.TempDir(), "w.duckdb")
	db, err := sql.Open("duckdb", older)
	if err == nil {
		_, err = db.Exec("CREATE TABLE kept AS SELECT range AS i, 'x' || range % 100 AS s FROM range(200000); CHECKPOINT")
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{older: "262144", filepath.Join(t.TempDir(), "w.duckdb"): "65536"} {
		for range 2 {
			w := open(t, duckdb.Options{Path: path})
			if got := answer(t, w, "SELECT tags['storage_version'] FROM duckdb_databases() WHERE database_name = 'atoll_catalog'"); len(got) != 1 || got[0] != "v1.4.0+" {
				t.Errorf("the format is %v", got)
			}
			if path == older {
				if got := answer(t, w, "SELECT count(*), CAST(sum(i) AS BIGINT), count(DISTINCT s) FROM main.kept"); got[0] != "200000|19999900000|100" {
					t.Errorf("what was there is now %v", got)
				}
			}
			if got := answer(t, w, "SELECT block_size FROM pragma_database_size() WHERE database_name = 'atoll_catalog'"); len(got) != 1 || got[0] != want {
				t.Errorf("blocks of %v bytes, want %s", got, want)
			}
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
		}
	}
}
