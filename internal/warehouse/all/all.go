// Package all knows every engine that a project's warehouse may be on. It is a
// package of its own because it imports the engines, and they import package
// warehouse.
package all

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/project"
	"github.com/atolldata/atoll/internal/sql/lower"
	"github.com/atolldata/atoll/internal/sql/scalar"
	"github.com/atolldata/atoll/internal/warehouse"
	"github.com/atolldata/atoll/internal/warehouse/duckdb"
)

// engines are the constructors by the scheme of the warehouse's URL. A new
// engine adds a line.
var engines = map[string]func(ctx context.Context, p *project.Project, at project.Location, readable []string) (warehouse.Warehouse, error){
	project.SchemeDuckDB: openDuckDB,
}

// Open opens or creates a project's warehouse. An embedded engine may read the
// readable folders and no others.
func Open(ctx context.Context, p *project.Project, readable []string) (warehouse.Warehouse, error) {
	at, err := p.Locate(p.Warehouse)
	if err != nil {
		return nil, err
	}
	open, ok := engines[at.Scheme]
	if !ok {
		return nil, fault.New(fault.Unsupported, "the scheme %q is not available for a warehouse", at.Scheme).
			WithHint("the schemes are %s", strings.Join(slices.Sorted(maps.Keys(engines)), ", "))
	}
	return open(ctx, p, at, readable)
}

func openDuckDB(ctx context.Context, p *project.Project, at project.Location, readable []string) (warehouse.Warehouse, error) {
	w, err := duckdb.Open(ctx, duckdb.Options{
		Path:     at.Path,
		Memory:   int64(p.Memory),
		Threads:  p.Threads,
		ReadDirs: readable,
		Settings: lower.Settings(),
		Prelude:  lower.Prelude(),

		Functions: scalar.All(),
	})
	if err != nil {
		return nil, err // and no interface around a nil pointer
	}
	return w, nil
}
