package duckdb

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/warehouse"
)

// lookup finds the rows of some parts of a relation that have one of the keys of
// a working table.
type lookup struct {
	relation relation
	parts    []part   // the first one is the relation's own table
	list     string   // what is selected of the rows found
	key      []string // columns of the relation
	keys     string   // the working table of the keys: distinct, in the columns' types, named by keyColumn
}

// keyColumn is the name that a lookup's keys have for its column i.
func keyColumn(i int) string { return fmt.Sprintf("k%d", i) }

// pattern is a set of a lookup's columns in which keys are NULL. The keys of one
// pattern are looked up together: those columns by IS NULL, the others by =,
// which alone makes the engine skip what cannot match.
type pattern struct {
	null []bool
	rows int64
}

// Rows implements [warehouse.Deltas].
func (t *tx) Rows(ctx context.Context, s warehouse.Rowset) (int64, error) {
	doing := fmt.Sprintf("looking up rows of %s", s.From)
	r, err := t.relation(ctx, doing, s.From)
	if err != nil {
		return 0, err
	}
	l := lookup{relation: r, parts: r.at(s.At), list: selected(r.names(s.Columns)), key: s.Key}
	from := make([]string, len(s.KeyColumns))
	for i, c := range s.KeyColumns {
		from[i] = quote(c)
	}
	query, done, err := t.lookUp(ctx, doing, l, working(s.Keys), from, s.Nulls)
	if err != nil {
		return 0, err
	}
	rows, err := t.makeTable(ctx, doing, s.As, query)
	if err != nil {
		return 0, err
	}
	return rows, done()
}

// lookUp is the query that finds the rows whose key is among those of a table of
// keys, in its columns from. NULL keys find NULLs if nulls is set. What the query
// needs is there until done is called.
func (t *tx) lookUp(ctx context.Context, doing string, l lookup, table string, from []string, nulls bool) (query string, done func() error, err error) {
	const name = "#keys"
	l.keys = working(name)
	text, err := distinctKeys(l.relation, l.key, table, from, nulls)
	if err != nil {
		return "", nil, t.fail(err, doing)
	}
	if err := t.make(ctx, doing, "TABLE", name, text); err != nil {
		return "", nil, err
	}
	patterns, err := t.patterns(ctx, doing, l)
	if err != nil {
		return "", nil, err
	}
	var branches []string
	for _, p := range patterns {
		some, err := t.branches(ctx, doing, l, p)
		if err != nil {
			return "", nil, err
		}
		branches = append(branches, some...)
	}
	if len(branches) == 0 {
		branches = []string{"SELECT " + l.list + " FROM " + l.relation.table + " WHERE false"}
	}
	return strings.Join(branches, " UNION ALL "), func() error { return t.unmake(ctx, doing, name) }, nil
}

// distinctKeys is the query of the keys to look up. They get the types of the
// relation's columns, as comparing in another type would keep the engine from
// skipping rows; a key that its column's type cannot hold finds nothing.
func distinctKeys(r relation, key []string, table string, from []string, nulls bool) (string, error) {
	if len(key) == 0 || len(key) != len(from) {
		return "", fault.New(fault.Internal, "%d key columns are compared with %d columns of %s", len(from), len(key), r.name)
	}
	list, fits := make([]string, len(key)), make([]string, 0, len(key))
	for i, k := range key {
		c, ok := r.column(k)
		if !ok {
			return "", fault.New(fault.Internal, "%s has no column %q", r.name, k)
		}
		cast := "TRY_CAST(" + from[i] + " AS " + c.engineType + ")"
		list[i] = cast + " AS " + keyColumn(i)
		if nulls {
			fits = append(fits, cast+" IS NOT DISTINCT FROM "+from[i])
		} else {
			fits = append(fits, cast+" = "+from[i])
		}
	}
	return "SELECT DISTINCT " + strings.Join(list, ", ") + " FROM " + table + " WHERE " + strings.Join(fits, " AND "), nil
}

// patterns lists the patterns of NULLs that there are among a lookup's keys.
func (t *tx) patterns(ctx context.Context, doing string, l lookup) ([]pattern, error) {
	list := make([]string, len(l.key))
	for i := range l.key {
		list[i] = keyColumn(i) + " IS NULL"
	}
	rows, err := t.query(ctx, doing, "SELECT "+strings.Join(list, ", ")+", count(*) FROM "+l.keys+" GROUP BY ALL ORDER BY ALL")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []pattern
	for rows.Next() {
		p := pattern{null: make([]bool, len(l.key))}
		dest := make([]any, 0, len(l.key)+1)
		for i := range p.null {
			dest = append(dest, &p.null[i])
		}
		if err := rows.Scan(append(dest, &p.rows)...); err != nil {
			return nil, t.fail(err, doing)
		}
		out = append(out, p)
	}
	if err := rows.Err(); err != nil {
		return nil, t.fail(err, doing)
	}
	return out, nil
}

// branches are the queries that find the rows of one pattern.
func (t *tx) branches(ctx context.Context, doing string, l lookup, p pattern) ([]string, error) {
	var rows, keys, joins []string
	for i, c := range l.key {
		column := quote(storeColumn(c))
		if p.null[i] {
			rows, keys = append(rows, column+" IS NULL"), append(keys, keyColumn(i)+" IS NULL")
			continue
		}
		keys = append(keys, keyColumn(i)+" IS NOT NULL")
		joins = append(joins, "r."+column+" = k."+keyColumn(i))
	}
	matching := ""
	if len(joins) > 0 {
		matching = " SEMI JOIN (SELECT * FROM " + l.keys + " WHERE " + strings.Join(keys, " AND ") + ") AS k ON " + strings.Join(joins, " AND ")
	}
	var out []string
	for _, part := range l.parts {
		part.where = slices.Concat(part.where, rows)
		source := part.table
		if len(part.where) > 0 {
			source = "(SELECT *, rowid FROM " + part.text() + ")"
		}
		out = append(out, "SELECT "+l.list+" FROM "+source+" AS r"+matching)
	}
	return out, nil
}
