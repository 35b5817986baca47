package duckdb

import (
	"context"
	"fmt"
	"strings"

	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/warehouse"
)

// stageMark separates a view's name from that of one of its stages.
const stageMark = "#"

// DropStages implements [warehouse.Tracking].
func (t *tx) DropStages(ctx context.Context, view schema.Name) error {
	doing := fmt.Sprintf("dropping the stages of %s", view)
	if err := t.readCatalog(ctx, doing); err != nil {
		return err
	}
	var names []string
	for _, table := range t.catalog {
		if strings.HasPrefix(table, storeName(view)+stageMark) {
			names = append(names, table)
		}
	}
	for name := range t.relations {
		if name.Schema == view.Schema && strings.HasPrefix(name.Name, view.Name+stageMark) {
			t.changed(name)
		}
	}
	return t.dropStored(ctx, doing, names)
}

// Pending implements [warehouse.Tracking].
func (t *tx) Pending(ctx context.Context, name schema.Name, after int64) (int64, error) {
	doing := fmt.Sprintf("counting the changes of %s", name)
	r, err := t.relation(ctx, doing, name)
	if err != nil {
		return 0, err
	}
	if after >= warehouse.Latest {
		return 0, nil
	}
	came, err := t.number(ctx, doing, fmt.Sprintf("SELECT count(*) FROM %s WHERE %s > %d", r.table, batchColumn, after))
	if err != nil || r.kept == 0 {
		return came, err
	}
	left, err := t.number(ctx, doing, fmt.Sprintf("SELECT count(*) FROM %s WHERE %s > %d", r.log, goneColumn, after))
	return came + left, err
}
