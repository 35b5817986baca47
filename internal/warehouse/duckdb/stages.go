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
			if err := t.changed(ctx, doing, name); err != nil {
				return err
			}
		}
	}
	return t.dropStored(ctx, doing, names)
}

// Pending implements [warehouse.Tracking].
func (t *tx) Pending(ctx context.Context, of ...warehouse.Backlog) ([]int64, error) {
	const doing = "counting what changed"
	out := make([]int64, len(of))
	var unknown []int
	var counts []string
	for i, b := range of {
		r, err := t.logged(ctx, doing, b.Of)
		if err != nil {
			return nil, err
		}
		var known bool
		if out[i], known = r.since(b.After); known {
			continue
		}
		count := "(SELECT count(*) FROM " + part{r.table, []string{after(batchColumn, b.After)}}.text() + ")"
		if r.kept > 0 {
			count += " + (SELECT count(*) FROM " + part{r.log, []string{after(goneColumn, b.After)}}.text() + ")"
		}
		unknown, counts = append(unknown, i), append(counts, count)
	}
	if len(counts) == 0 {
		return out, t.usable()
	}
	numbers, err := t.numbers(ctx, doing, "SELECT "+strings.Join(counts, ", "), len(counts))
	if err != nil {
		return nil, err
	}
	for n, i := range unknown {
		out[i] = numbers[n]
	}
	return out, nil
}
