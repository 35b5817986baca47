package duckdb

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/warehouse"
)

// workingObject is a table or view that a transaction made for itself.
type workingObject struct {
	name    string
	rows    int64          // of a table
	columns []resultColumn // of a table, once they were asked for
	query   string         // of a view
	small   bool           // a view that may be computed once for several uses
}

func (o *workingObject) isView() bool { return o.query != "" }

// working is the relation of a working name.
func working(name string) string { return quote(name) }

// makeView makes a working view. It is no view of the engine's, which takes half a
// millisecond to make and drop, but a common table expression of the statements that
// name it.
func (t *tx) makeView(doing, as, query string, small bool) error {
	if err := t.unmade(doing, as); err != nil {
		return err
	}
	t.working = append(t.working, &workingObject{name: as, query: query, small: small})
	return t.usable()
}

// with is a SELECT with the views that it names, and those that these name. What stands
// in quotes is taken for a name; to define a view in vain does no harm.
func (t *tx) with(query string) string {
	var views []string
	naming := []string{query}
	for _, o := range slices.Backward(t.working) { // a view names those before it
		if !o.isView() || !slices.ContainsFunc(naming, func(text string) bool { return strings.Contains(text, working(o.name)) }) {
			continue
		}
		as := " AS NOT MATERIALIZED ("
		if o.small {
			as = " AS ("
		}
		views = append(views, working(o.name)+as+o.query+")")
		naming = append(naming, o.query)
	}
	if len(views) == 0 {
		return query
	}
	slices.Reverse(views)
	if strings.HasPrefix(strings.TrimSpace(query), "WITH ") { // a query has one WITH
		query = "SELECT * FROM (" + query + ")"
	}
	return "WITH " + strings.Join(views, ", ") + " (" + query + ")"
}

// unmade is the fault of making what is there already.
func (t *tx) unmade(doing, as string) error {
	if t.made(as) {
		return t.fail(fault.New(fault.Internal, "%s: the working table %q exists already", doing, as), doing)
	}
	return nil
}

// made tells whether there is a working table or view of a name, in any case.
func (t *tx) made(name string) bool {
	return slices.ContainsFunc(t.working, func(o *workingObject) bool { return strings.EqualFold(o.name, name) })
}

// makeTable creates a working table and counts its rows.
func (t *tx) makeTable(ctx context.Context, doing, as, query string) (int64, error) {
	if err := t.unmade(doing, as); err != nil {
		return 0, err
	}
	// Run as a query, the statement returns how many rows it made.
	rows, err := t.number(ctx, doing, "CREATE TEMP TABLE "+quote(as)+" AS "+t.with(query))
	if err != nil {
		return 0, err
	}
	t.working = append(t.working, &workingObject{name: as, rows: rows})
	return rows, nil
}

// workingTable is the working table that a text behind FROM names.
func (t *tx) workingTable(from string) (*workingObject, bool) {
	i := slices.IndexFunc(t.working, func(o *workingObject) bool { return !o.isView() && working(o.name) == from })
	if i < 0 {
		return nil, false
	}
	return t.working[i], true
}

// unmake drops working tables, in one text, and views.
func (t *tx) unmake(ctx context.Context, doing string, names ...string) error {
	if err := t.writeLogs(ctx, doing, names); err != nil {
		return err
	}
	var drops []string
	t.working = slices.DeleteFunc(t.working, func(o *workingObject) bool {
		gone := slices.Contains(names, o.name)
		if gone && !o.isView() {
			drops = append(drops, "DROP TABLE "+working(o.name))
		}
		return gone
	})
	if len(drops) == 0 {
		return t.usable()
	}
	_, err := t.exec(ctx, doing, strings.Join(drops, "; "))
	return err
}

// Work implements [warehouse.Deltas].
func (t *tx) Work(ctx context.Context, as, query string) (int64, error) {
	return t.makeTable(ctx, fmt.Sprintf("computing %q", as), as, query)
}

// View implements [warehouse.Deltas].
func (t *tx) View(_ context.Context, as, query string, small bool) error {
	return t.makeView(fmt.Sprintf("preparing %q", as), as, query, small)
}

// State implements [warehouse.Deltas].
func (t *tx) State(ctx context.Context, s warehouse.State) error {
	doing := fmt.Sprintf("reading %s", s.From)
	r, err := t.relation(ctx, doing, s.From)
	if err != nil {
		return err
	}
	if s.At < maxVersion { // the view shows what will be in the log
		t.watched[s.From] = true
		if err := t.writeLog(ctx, doing, r); err != nil {
			return err
		}
	}
	var parts []string
	list := selected(r.names(s.Columns))
	if s.Places {
		list += ", rowid AS " + placeColumn + ", " + batchColumn
	}
	for _, p := range r.at(s.At) {
		parts = append(parts, "SELECT "+list+" FROM "+p.text())
	}
	return t.makeView(doing, s.As, strings.Join(parts, " UNION ALL "), s.Small)
}

// Changes implements [warehouse.Deltas]. Rows that both came and left between
// the versions are neither.
func (t *tx) Changes(ctx context.Context, c warehouse.Changes) (came, left int64, err error) {
	doing := fmt.Sprintf("reading what changed in %s", c.From)
	r, err := t.logged(ctx, doing, c.From)
	if err != nil {
		return 0, 0, err
	}
	rows, err := t.makeTable(ctx, doing, c.As, r.changes(c))
	if err != nil || r.kept == 0 {
		return rows, 0, err
	}
	return t.signs(ctx, doing, c.As)
}

// changes is the query of the signed rows between two versions.
func (r *relation) changes(c warehouse.Changes) string {
	list := selected(r.names(c.Columns))
	signed := func(p part, weight int) string {
		return fmt.Sprintf("SELECT %s, %d AS %s FROM %s", list, weight, warehouse.Weight, p.text())
	}
	between := func(column string) []string {
		return append(upTo(column, c.To), after(column, c.After))
	}
	query := signed(part{r.table, between(batchColumn)}, 1)
	if r.kept > 0 {
		gone := append(between(goneColumn), upTo(batchColumn, c.After)...)
		query += " UNION ALL " + signed(part{r.log, gone}, -1)
		if c.To < maxVersion {
			query += " UNION ALL " + signed(part{r.log, append(between(batchColumn), after(goneColumn, c.To))}, 1)
		}
	}
	return query
}

// signs counts the rows of a signed working table that came and that left.
func (t *tx) signs(ctx context.Context, doing, name string) (came, left int64, err error) {
	n, err := t.numbers(ctx, doing, fmt.Sprintf("SELECT CAST(sum(%[1]s) FILTER (%[1]s > 0) AS BIGINT), CAST(-sum(%[1]s) FILTER (%[1]s < 0) AS BIGINT) FROM %[2]s",
		warehouse.Weight, working(name)), 2)
	if err != nil {
		return 0, 0, err
	}
	return n[0], n[1], nil
}

// Forget implements [warehouse.Deltas].
func (t *tx) Forget(ctx context.Context, but ...string) error {
	var names []string
	for _, o := range t.working {
		if !slices.Contains(but, o.name) {
			names = append(names, o.name)
		}
	}
	return t.unmake(ctx, "dropping working tables", names...)
}
