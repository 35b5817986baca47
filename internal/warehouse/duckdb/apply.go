package duckdb

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/warehouse"
)

// Working tables of an Apply. A # is in no name that a plan gives.
const (
	netName   = "#net"
	takenName = "#taken"
)

// change is a change of a relation by signed rows, which have the columns of the
// relation's table and a weight.
type change struct {
	relation *relation
	lookup   []string
	version  int64
}

// Apply implements [warehouse.Deltas].
func (t *tx) Apply(ctx context.Context, a warehouse.Apply) (came, left int64, err error) {
	doing := fmt.Sprintf("changing %s", a.To)
	r, err := t.relation(ctx, doing, a.To)
	if err != nil {
		return 0, 0, err
	}
	list := make([]string, len(r.columns))
	for i, c := range r.columns {
		list[i] = "CAST(" + quote(c.name) + " AS " + c.engineType + ") AS " + quote(storeColumn(c.name))
	}
	delta := "SELECT " + strings.Join(list, ", ") + ", CAST(" + warehouse.Weight + " AS BIGINT) AS " + warehouse.Weight + " FROM " + working(a.Delta)
	return t.change(ctx, doing, change{r, r.names(a.Lookup), a.Version}, delta)
}

// change brings the signed rows of a query into a relation.
func (t *tx) change(ctx context.Context, doing string, c change, delta string) (came, left int64, err error) {
	n, err := t.weigh(ctx, doing, "("+delta+")")
	if err != nil {
		return 0, 0, err
	}
	if n.left == 0 { // no row cancels another
		return n.came, 0, t.insert(ctx, doing, c, "("+delta+")", n)
	}
	columns := quoteAll(c.relation.storeColumns())
	if _, err := t.makeTable(ctx, doing, netName, fmt.Sprintf("SELECT %[1]s, CAST(sum(%[2]s) AS BIGINT) AS %[2]s FROM (%[3]s) GROUP BY %[1]s HAVING sum(%[2]s) <> 0",
		columns, warehouse.Weight, delta)); err != nil {
		return 0, 0, err
	}
	if n, err = t.weigh(ctx, doing, working(netName)); err != nil {
		return 0, 0, err
	}
	if n.left > 0 {
		if err := t.takeAway(ctx, doing, c, n.left); err != nil {
			return 0, 0, err
		}
	}
	if err := t.insert(ctx, doing, c, working(netName), n); err != nil {
		return 0, 0, err
	}
	return n.came, n.left, t.unmake(ctx, doing, netName)
}

// weights are what signed rows weigh: as many rows came and left. Rows is how many
// stand for those that came.
type weights struct{ came, left, rows int64 }

// weigh adds up the weights of signed rows.
func (t *tx) weigh(ctx context.Context, doing, from string) (weights, error) {
	n, err := t.numbers(ctx, doing, t.with(fmt.Sprintf("SELECT CAST(sum(%[1]s) FILTER (%[1]s > 0) AS BIGINT), CAST(-sum(%[1]s) FILTER (%[1]s < 0) AS BIGINT), count(*) FILTER (%[1]s > 0) FROM %[2]s",
		warehouse.Weight, from)), 3)
	if err != nil {
		return weights{}, err
	}
	return weights{n[0], n[1], n[2]}, nil
}

// insert adds the rows that came, each as often as its weight says.
func (t *tx) insert(ctx context.Context, doing string, c change, from string, n weights) error {
	if n.came == 0 {
		return nil
	}
	from += " WHERE " + warehouse.Weight + " > 0"
	if n.came > n.rows {
		from = "(SELECT *, unnest(range(" + warehouse.Weight + ")) FROM " + from + ")"
	}
	_, err := t.bring(ctx, doing, c.relation, c.relation.storeColumns(), from, c.version)
	return err
}

// bring adds rows to a relation, which have its columns, in their order, under some
// names.
func (t *tx) bring(ctx context.Context, doing string, r *relation, names []string, from string, version int64) (int64, error) {
	value := func(column string) string { return quote(names[slices.Index(r.names(nil), column)]) }
	columns, list := quoteAll(r.storeColumns())+t.w.hashColumns(r.hashed), quoteAll(names)+hashesOf(r.hashed, value)
	came, err := t.exec(ctx, doing, fmt.Sprintf("INSERT INTO %s (%s, %s) %s",
		r.table, columns, batchColumn, t.with(fmt.Sprintf("SELECT %s, %d FROM %s", list, version, from))))
	if err != nil {
		return 0, err
	}
	return came, t.grew(ctx, doing, r, came, version)
}

// candidates are the rows of the relation among which those are that leave.
func (t *tx) candidates(ctx context.Context, doing string, c change, leaving string) (query string, err error) {
	r := c.relation
	from := make([]string, len(c.lookup))
	for i, name := range c.lookup {
		from[i] = storeColumn(name)
	}
	l, err := t.lookupOf(ctx, doing, r, c.lookup, leaving, from)
	if err != nil {
		return "", err
	}
	l.parts, l.nulls = r.at(warehouse.Latest), true
	l.list = "rowid AS " + placeColumn + ", " + batchColumn + ", " + quoteAll(r.storeColumns())
	found, err := t.lookUp(ctx, doing, l)
	return found.query(), err
}

// takeAway removes the rows that leave a relation.
func (t *tx) takeAway(ctx context.Context, doing string, c change, left int64) error {
	r := c.relation
	columns := r.storeColumns()
	leaving := "(SELECT *, row_number() OVER () AS _group FROM " + working(netName) + " WHERE " + warehouse.Weight + " < 0)"
	found, err := t.candidates(ctx, doing, c, leaving)
	if err != nil {
		return err
	}
	stored, same := make([]string, len(columns)), make([]string, len(columns))
	for i, name := range columns {
		stored[i] = "c." + quote(name)
		same[i] = stored[i] + " IS NOT DISTINCT FROM l." + quote(name)
	}
	taken, err := t.makeTable(ctx, doing, takenName, fmt.Sprintf(`SELECT c.%[1]s, c.%[2]s, %[3]s FROM (%[4]s) AS c JOIN %[5]s AS l ON %[6]s
		QUALIFY row_number() OVER (PARTITION BY l._group ORDER BY c.%[2]s DESC, c.%[1]s DESC) <= -l.%[7]s`,
		placeColumn, batchColumn, strings.Join(stored, ", "), found, leaving, strings.Join(same, " AND "), warehouse.Weight))
	if err != nil {
		return err
	}
	if err := t.lookedUp(ctx, doing); err != nil {
		return err
	}
	if taken != left {
		return t.fail(fault.New(fault.Internal, "%s: %d rows are to leave %s, and it holds %d of them", doing, left, r.name, taken), doing)
	}
	if err := t.keep(ctx, doing, r, quoteAll(columns), batchColumn, part{table: working(takenName)}, c.version); err != nil {
		return err
	}
	gone, err := t.deleteAt(ctx, doing, r, placeColumn, part{table: working(takenName)})
	if err != nil {
		return err
	}
	if gone != left {
		return t.fail(fault.New(fault.Internal, "%s: %d rows are to leave %s, and %d did", doing, left, r.name, gone), doing)
	}
	return t.unmake(ctx, doing, takenName)
}
