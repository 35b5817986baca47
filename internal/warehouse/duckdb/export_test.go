package duckdb

import (
	"context"

	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/warehouse"
)

// LookUpAll makes lookups look for islands however small the relation is.
func (w *Warehouse) LookUpAll() { w.islandRows = 0 }

// Stretches is how many islands a lookup by one column would read; 0 is all of the
// relation. The working table keys has the column key.
func Stretches(ctx context.Context, begun warehouse.Tx, from schema.Name, key, keys string) (int, error) {
	const doing = "testing"
	t := begun.(*tx)
	r, err := t.relation(ctx, doing, from)
	if err != nil {
		return 0, err
	}
	l, err := t.lookupOf(ctx, doing, r, []string{key}, working(keys), []string{key})
	if err != nil {
		return 0, err
	}
	l.parts, l.columns, l.list = r.at(warehouse.Latest), r.names(nil), "*"
	found, err := t.lookUp(ctx, doing, l)
	if err != nil {
		return 0, err
	}
	return len(found.stretches()), t.lookedUp(ctx, doing)
}
