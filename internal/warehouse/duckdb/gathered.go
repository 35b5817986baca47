package duckdb

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// A question after existence reads a column of the whole relation, again in each tick,
// where the keys are in no order. If its values are few, they are gathered in a
// temporary table once the question has been asked before, and from then on only that
// and what came since is read. The table is a memory: when rows leave the relation,
// or the engine's instance ends, it is gone.

// gathering says where values are gathered.
type gathering struct {
	rows  int64 // that a relation has at least
	share int64 // how many rows there are for each value at least
	most  int64 // values, at most
	late  int64 // rows that come before their values are gathered too
}

// gatherFew gathers where reading the column takes longer than reading its values, and
// these, 8 MB if they are integers, fit into memory easily.
var gatherFew = gathering{rows: 2_000_000, share: 8, most: 1_000_000, late: groupRows}

// gathered is the temporary table of the values that a column has in the rows that came
// up to a version. There is none before the second question, or if they are too many.
type gathered struct {
	table   string
	version int64
	rows    int64 // of the relation, then
	refused bool
}

// existing is the lookup of keys that a relation has at a version, as a query, by
// the values of its column; ok is false where they are not gathered.
func (t *tx) existing(ctx context.Context, doing string, l lookup, version int64) (query string, ok bool, err error) {
	r := l.relation
	if len(l.key) != 1 || l.nulls || r.kept > 0 || r.rows < t.w.gathering.rows {
		return "", false, nil
	}
	c := l.key[0]
	g, asked := r.gathered[c.name]
	if !asked {
		r.gathered[c.name] = &gathered{}
		return "", false, nil
	}
	if version >= maxVersion {
		if version, err = t.number(ctx, doing, "SELECT max("+batchColumn+") FROM "+r.table); err != nil {
			return "", false, err
		}
	}
	if g.table == "" && !g.refused {
		if err := t.gather(ctx, doing, r, c, version); err != nil {
			return "", false, err
		}
	}
	if g.table == "" || g.version > version {
		return "", false, nil
	}
	l.parts = []part{{table: working(g.table)}, r.between(g.version, version)}
	if r.rows-g.rows >= t.w.gathering.late {
		if err := t.gatherMore(ctx, doing, r, c, version); err != nil {
			return "", false, err
		}
		l.parts = l.parts[:1]
	}
	return l.compare(l.keys, nil).query(), true, nil
}

// between are the rows that came to a relation after a version, up to another.
func (r *relation) between(version, to int64) part {
	return part{r.table, append(upTo(batchColumn, to), after(batchColumn, version))}
}

// gather makes the table of a column's values, if these are few.
func (t *tx) gather(ctx context.Context, doing string, r *relation, c resultColumn, version int64) error {
	g, column := r.gathered[c.name], quote(storeColumn(c.name))
	values, err := t.number(ctx, doing, "SELECT approx_count_distinct("+column+") FROM "+r.table)
	g.refused = values > min(r.rows/t.w.gathering.share, t.w.gathering.most)
	if err != nil || g.refused {
		return err
	}
	table := fmt.Sprintf("#values of %s of %s", c.name, r.name)
	if _, err := t.exec(ctx, doing, fmt.Sprintf("CREATE OR REPLACE TEMP TABLE %s AS SELECT DISTINCT %s FROM %s",
		quote(table), column, part{r.table, append(upTo(batchColumn, version), column+" IS NOT NULL")}.text())); err != nil {
		return err
	}
	g.table, g.version, g.rows = table, version, r.rows
	if !slices.Contains(t.w.gathered, table) {
		t.w.gathered = append(t.w.gathered, table)
	}
	return nil
}

// gatherMore adds the values of the rows that came since. It takes about as long as to
// read the column of a large relation, whatever came, as the engine does not know that
// this is little.
func (t *tx) gatherMore(ctx context.Context, doing string, r *relation, c resultColumn, version int64) error {
	g, column := r.gathered[c.name], quote(storeColumn(c.name))
	came := r.between(g.version, version)
	_, err := t.exec(ctx, doing, fmt.Sprintf("INSERT INTO %s SELECT DISTINCT %s FROM (SELECT %[2]s FROM %[3]s) AS came ANTI JOIN %[1]s AS known ON came.%[2]s = known.%[2]s",
		working(g.table), column, came.table+came.filter(column+" IS NOT NULL")))
	g.version, g.rows = version, r.rows
	return err
}

// grew takes note of rows that came to a relation at a version.
func (t *tx) grew(ctx context.Context, doing string, r *relation, rows, version int64) error {
	r.rows += rows
	if rows > 0 {
		r.arrived(rows, version)
	}
	for _, g := range r.gathered {
		if rows > 0 && version <= g.version {
			return t.scatter(ctx, doing, r) // it is thought to be known what came at that version
		}
	}
	return nil
}

// shrank takes note of rows that left a relation.
func (t *tx) shrank(ctx context.Context, doing string, r *relation, rows int64) error {
	r.rows -= rows
	r.came = nil
	t.gone += rows
	return t.scatter(ctx, doing, r)
}

// scatter forgets what was gathered of a relation, because rows left it.
func (t *tx) scatter(ctx context.Context, doing string, r *relation) error {
	all := r.gathered
	r.gathered = map[string]*gathered{}
	for _, g := range all {
		if g.table == "" {
			continue
		}
		if _, err := t.exec(ctx, doing, "DROP TABLE "+working(g.table)); err != nil {
			return err
		}
	}
	return nil
}

// scatterAll drops all that was gathered, by whatever transaction, when one was rolled
// back and it is not known any more what is in the tables.
func (w *Warehouse) scatterAll() error {
	var drops []string
	for _, table := range w.gathered {
		drops = append(drops, "DROP TABLE IF EXISTS "+working(table))
	}
	w.gathered = nil
	if len(drops) == 0 {
		return nil
	}
	_, err := w.writer.ExecContext(context.Background(), strings.Join(drops, "; "))
	return err
}

// scattered takes note that the tables of what was gathered have ended with the engine's
// instance. It is gathered anew when it is asked for.
func (w *Warehouse) scattered() {
	w.gathered = nil
	for _, r := range w.memory.relations {
		for _, g := range r.gathered {
			*g = gathered{refused: g.refused}
		}
	}
}
