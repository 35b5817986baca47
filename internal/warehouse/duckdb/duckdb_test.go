package duckdb_test

import (
	"path/filepath"
	"testing"

	"github.com/atolldata/atoll/internal/sql/lower"
	"github.com/atolldata/atoll/internal/sql/scalar"
	"github.com/atolldata/atoll/internal/warehouse"
	"github.com/atolldata/atoll/internal/warehouse/duckdb"
	"github.com/atolldata/atoll/internal/warehouse/warehousetest"
)

func open(t *testing.T, o duckdb.Options) *duckdb.Warehouse {
	t.Helper()
	o.Settings, o.Prelude, o.Functions = lower.Settings(), lower.Prelude(), scalar.All()
	w, err := duckdb.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func TestConformance(t *testing.T) {
	t.Run("file", func(t *testing.T) {
		warehousetest.Run(t, func(t *testing.T, dir string) warehouse.Warehouse {
			return open(t, duckdb.Options{Path: filepath.Join(t.TempDir(), "w.duckdb"), ReadDirs: []string{dir}})
		})
	})
	t.Run("memory", func(t *testing.T) {
		warehousetest.Run(t, func(t *testing.T, dir string) warehouse.Warehouse {
			return open(t, duckdb.Options{ReadDirs: []string{dir}, Threads: 4})
		})
	})
	large := func(t *testing.T, dir string) warehouse.Warehouse {
		w := open(t, duckdb.Options{ReadDirs: []string{dir}})
		w.LookUpAll()
		return w
	}
	t.Run("lookups as in large relations", func(t *testing.T) {
		warehousetest.RunDeltas(t, large)
		warehousetest.RunHistories(t, large)
	})
}
