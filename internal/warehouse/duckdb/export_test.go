package duckdb

import (
	"context"
	"testing"

	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/warehouse"
)

// LookUpAll makes lookups look for islands, and texts by their hashes, however small
// the relation is.
func (w *Warehouse) LookUpAll() {
	w.islandRows, w.hashedKeys, w.probedKeys, w.gathering = 0, 0, 0, gathering{share: 1, most: 1000, late: 2}
}

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
	if l.from, err = t.keyTypes(ctx, doing, l); err != nil {
		return 0, err
	}
	if l, _, err = t.castKeys(ctx, doing, l); err != nil {
		return 0, err
	}
	probes, err := t.probes(ctx, doing, l, pattern{false})
	if err != nil {
		return 0, err
	}
	stretches, err := t.stretches(ctx, doing, l, pattern{false}, probes)
	if err != nil {
		return 0, err
	}
	islands := len(stretches)
	if stretches[0] == nil {
		islands = 0
	}
	return islands, t.lookedUp(ctx, doing)
}

// Age lets a warehouse renew the engine's instance however recently it did.
func (w *Warehouse) Age() { w.age = renewEvery }

// RenewEvery is the constant of that name.
const RenewEvery = renewEvery

// Instance tells the engine's instances apart.
func (w *Warehouse) Instance() any { return w.db }

// inMemory opens a warehouse that is in memory, and closes it when the test ends.
func inMemory(t *testing.T) *Warehouse {
	t.Helper()
	w, err := Open(t.Context(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	return w
}
