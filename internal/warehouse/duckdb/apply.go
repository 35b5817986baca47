package duckdb

import (
	"context"
	"fmt"
	"strings"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/warehouse"
)

// Working tables of an Apply. A # is in no name that a plan gives.
const (
	netName   = "#net"
	takenName = "#taken"
)

// placeColumn is the place of a stored row, in working tables.
const placeColumn = "_place"

// change is a change of a relation by the rows of the working table netName,
// which has the columns of the relation's table and a weight. Equal rows are one.
type change struct {
	relation *relation
	lookup   []string
	among    string // a working table with the rows to take away; "" if they are looked up
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
	if came, left, err = t.change(ctx, doing, change{r, r.names(a.Lookup), a.Among, a.Version}, delta); err != nil {
		return 0, 0, err
	}
	if a.As != "" {
		query := repeated(selected(r.names(nil)), "CAST(sign("+warehouse.Weight+") AS INTEGER) AS "+warehouse.Weight, "true")
		if err := t.make(ctx, doing, "TABLE", a.As, query); err != nil {
			return 0, 0, err
		}
	}
	return came, left, t.unmake(ctx, doing, netName)
}

// change brings signed rows, which a working table or a query has, into a relation.
// The net of them is in the working relation netName afterwards.
func (t *tx) change(ctx context.Context, doing string, c change, delta string) (came, left int64, err error) {
	columns := quoteAll(c.relation.storeColumns())
	least, err := t.number(ctx, doing, "SELECT CAST(min("+warehouse.Weight+") AS BIGINT) FROM ("+delta+")")
	if err != nil {
		return 0, 0, err
	}
	kind, net := "TABLE", fmt.Sprintf("SELECT %[1]s, CAST(sum(%[2]s) AS BIGINT) AS %[2]s FROM (%[3]s) GROUP BY %[1]s HAVING sum(%[2]s) <> 0",
		columns, warehouse.Weight, delta)
	if least > 0 { // no row cancels another
		kind, net = "VIEW", delta
	}
	if err := t.make(ctx, doing, kind, netName, net); err != nil {
		return 0, 0, err
	}
	if came, left, err = t.signs(ctx, doing, netName); err != nil {
		return 0, 0, err
	}
	if left > 0 {
		if err := t.takeAway(ctx, doing, c, left); err != nil {
			return 0, 0, err
		}
	}
	if came > 0 {
		_, err = t.exec(ctx, doing, fmt.Sprintf("INSERT INTO %s (%s, %s) %s", c.relation.table, columns, batchColumn,
			repeated(columns, fmt.Sprint(c.version), warehouse.Weight+" > 0")))
	}
	c.relation.rows += came - left
	return came, left, err
}

// repeated selects rows of the net change, each as often as it came or left, with
// one more column.
func repeated(list, more, where string) string {
	net := working(netName) + " WHERE " + where + " AND abs(" + warehouse.Weight + ")"
	return "SELECT " + list + ", " + more + " FROM " + net + " = 1 UNION ALL SELECT " + list + ", " + more +
		" FROM (SELECT *, unnest(range(abs(" + warehouse.Weight + "))) FROM " + net + " > 1)"
}

// candidates are the rows of the relation among which those are that leave: rows
// that were found before, or that a lookup finds.
func (t *tx) candidates(ctx context.Context, doing string, c change, leaving string) (query string, stretches []string, err error) {
	r := c.relation
	if c.among != "" {
		list := make([]string, len(r.columns))
		for i, column := range r.columns {
			list[i] = quote(column.name) + " AS " + quote(storeColumn(column.name))
		}
		return "SELECT " + placeColumn + ", " + batchColumn + ", " + strings.Join(list, ", ") + " FROM " + working(c.among), nil, nil
	}
	from := make([]string, len(c.lookup))
	for i, name := range c.lookup {
		from[i] = storeColumn(name)
	}
	l, err := t.lookupOf(ctx, doing, r, c.lookup, leaving, from)
	if err != nil {
		return "", nil, err
	}
	l.parts, l.columns, l.nulls = r.at(warehouse.Latest), r.names(nil), true
	l.list = "rowid AS " + placeColumn + ", " + batchColumn + ", " + quoteAll(r.storeColumns())
	found, err := t.lookUp(ctx, doing, l)
	return found.query(), found.stretches(), err
}

// takeAway removes the rows that leave a relation.
func (t *tx) takeAway(ctx context.Context, doing string, c change, left int64) error {
	r := c.relation
	columns := r.storeColumns()
	leaving := "(SELECT *, row_number() OVER () AS _group FROM " + working(netName) + " WHERE " + warehouse.Weight + " < 0)"
	found, stretches, err := t.candidates(ctx, doing, c, leaving)
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
	if err := t.keep(ctx, doing, r, part{table: working(takenName)}, c.version); err != nil {
		return err
	}
	gone, err := t.deleteTaken(ctx, doing, r, stretches)
	if err != nil {
		return err
	}
	if gone != left {
		return t.fail(fault.New(fault.Internal, "%s: %d rows are to leave %s, and %d did", doing, left, r.name, gone), doing)
	}
	return t.unmake(ctx, doing, takenName)
}

// deleteTaken deletes the rows whose places are in the working table takenName.
// Each of them is in one of some stretches of the relation, or anywhere if there
// are none: a statement for each reads less than one for all, unless they are
// many.
func (t *tx) deleteTaken(ctx context.Context, doing string, r *relation, stretches []string) (gone int64, err error) {
	taken := "rowid IN (SELECT " + placeColumn + " FROM " + working(takenName) + ")"
	if int64(len(stretches))*t.w.islandRows > r.rows {
		stretches = nil
	}
	if len(stretches) == 0 {
		return t.exec(ctx, doing, "DELETE FROM "+r.table+" WHERE "+taken)
	}
	for _, where := range stretches {
		n, err := t.exec(ctx, doing, "DELETE FROM "+r.table+" WHERE "+where+" AND "+taken)
		if err != nil {
			return 0, err
		}
		gone += n
	}
	return gone, nil
}
