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
// a table.
type lookup struct {
	relation *relation
	parts    []part         // the first one is the relation's own table
	list     string         // what is selected of the rows found
	columns  []string       // of the relation, that list selects from
	key      []resultColumn // of the relation
	keys     string         // the table of the keys
	from     []resultColumn // its columns that are compared with key
	nulls    bool           // NULL is equal to NULL
}

// lookupOf checks the columns of a lookup.
func (t *tx) lookupOf(ctx context.Context, doing string, r *relation, key []string, keys string, from []string) (lookup, error) {
	l := lookup{relation: r, keys: keys}
	if len(key) == 0 || len(key) != len(from) {
		return l, t.fail(fault.New(fault.Internal, "%s: %d columns are compared with the %d of a key", doing, len(from), len(key)), doing)
	}
	shape, err := describe(ctx, t.w.writer, "SELECT * FROM "+keys)
	if err != nil {
		return l, t.fail(orCancelled(ctx, err), doing)
	}
	for i := range key {
		c, known := columnOf(r.columns, key[i])
		f, given := columnOf(shape, from[i])
		if !known || !given {
			return l, t.fail(fault.New(fault.Internal, "%s: the key %q is to be compared with %q, and one of them does not exist", doing, key[i], from[i]), doing)
		}
		l.key, l.from = append(l.key, c), append(l.from, f)
	}
	return l, nil
}

// Rows implements [warehouse.Deltas].
func (t *tx) Rows(ctx context.Context, s warehouse.Rowset) (int64, error) {
	doing := fmt.Sprintf("looking up rows of %s", s.From)
	r, err := t.relation(ctx, doing, s.From)
	if err != nil {
		return 0, err
	}
	l, err := t.lookupOf(ctx, doing, r, s.Key, working(s.Keys), s.KeyColumns)
	if err != nil {
		return 0, err
	}
	l.parts, l.columns, l.nulls = r.at(s.At), r.names(s.Columns), s.Nulls
	l.list = selected(l.columns)
	query, err := t.lookUp(ctx, doing, l)
	if err != nil {
		return 0, err
	}
	rows, err := t.makeTable(ctx, doing, s.As, query)
	if err != nil {
		return 0, err
	}
	return rows, t.lookedUp(ctx, doing)
}

// keysName is the working table of a lookup's keys: distinct, in the types of the
// relation's columns, named by keyColumn.
const keysName = "#keys"

// keyColumn is the name that a lookup's keys have for its column i.
func keyColumn(i int) string { return fmt.Sprintf("k%d", i) }

// lookUp is the query of a lookup. What it needs is there until lookedUp.
func (t *tx) lookUp(ctx context.Context, doing string, l lookup) (string, error) {
	if l.relation.rows < t.w.islandRows {
		return l.plain(), nil
	}
	if err := t.make(ctx, doing, "TABLE", keysName, l.distinctKeys()); err != nil {
		return "", err
	}
	patterns, err := t.patterns(ctx, doing, l)
	if err != nil {
		return "", err
	}
	var branches []string
	for _, p := range patterns {
		some, err := t.branches(ctx, doing, l, p)
		if err != nil {
			return "", err
		}
		branches = append(branches, some...)
	}
	if len(branches) == 0 {
		return "SELECT " + l.list + " FROM " + l.relation.table + " WHERE false", nil
	}
	return strings.Join(branches, " UNION ALL "), nil
}

// lookedUp drops what a query of lookUp needed.
func (t *tx) lookedUp(ctx context.Context, doing string) error {
	if !t.made(keysName) {
		return nil
	}
	return t.unmake(ctx, doing, keysName)
}

// plain is the query of a lookup in a small relation.
func (l lookup) plain() string {
	equal := " = k."
	if l.nulls {
		equal = " IS NOT DISTINCT FROM k."
	}
	list, joins := make([]string, len(l.key)), make([]string, len(l.key))
	for i, c := range l.key {
		list[i] = quote(l.from[i].name) + " AS " + keyColumn(i)
		joins[i] = "r." + quote(storeColumn(c.name)) + equal + keyColumn(i)
	}
	branches := make([]string, len(l.parts))
	for i, p := range l.parts {
		branches[i] = "SELECT " + l.list + " FROM (SELECT *, rowid FROM " + p.text() + ") AS r SEMI JOIN (SELECT " + strings.Join(list, ", ") + " FROM " + l.keys +
			") AS k ON " + strings.Join(joins, " AND ")
	}
	return strings.Join(branches, " UNION ALL ")
}

// distinctKeys is the query of the keys to look up. Where that loses nothing they
// get the types of the relation's columns, as comparing in another type would keep
// the engine from skipping rows; a key that its column's type cannot hold finds
// nothing.
func (l lookup) distinctKeys() string {
	list := make([]string, len(l.key))
	var where []string
	for i, c := range l.key {
		name := quote(l.from[i].name)
		list[i] = name + " AS " + keyColumn(i)
		if !l.nulls {
			where = append(where, name+" IS NOT NULL")
		}
		if c.engineType != l.from[i].engineType && convertible(c.engineType, l.from[i].engineType) {
			cast := "TRY_CAST(" + name + " AS " + c.engineType + ")"
			list[i] = cast + " AS " + keyColumn(i)
			where = append(where, cast+" IS NOT DISTINCT FROM "+name)
		}
	}
	return "SELECT DISTINCT " + strings.Join(list, ", ") + " FROM " + l.keys + part{where: where}.filter()
}

// keyType is the type that the keys have for column i.
func (l lookup) keyType(i int) string {
	if convertible(l.key[i].engineType, l.from[i].engineType) {
		return l.key[i].engineType
	}
	return l.from[i].engineType
}

// convertible tells whether values of two types are equal exactly if they are in
// one of the types.
func convertible(a, b string) bool {
	class := func(engineType string) int {
		switch t := schemaType(engineType); {
		case t.IsNumeric() && engineType != "FLOAT" && engineType != "DOUBLE":
			return 1
		case engineType == "DATE" || strings.HasPrefix(engineType, "TIMESTAMP"):
			return 2
		}
		return 0
	}
	return class(a) != 0 && class(a) == class(b)
}

// pattern is a set of a lookup's columns in which keys are NULL. The keys of one
// pattern are looked up together: those columns by IS NULL, the others by =,
// which alone makes the engine skip what cannot match.
type pattern []bool

// patterns lists the patterns of NULLs that there are among a lookup's keys.
func (t *tx) patterns(ctx context.Context, doing string, l lookup) (out []pattern, err error) {
	if !l.nulls {
		return []pattern{make(pattern, len(l.key))}, nil
	}
	list, dest, p := make([]string, len(l.key)), make([]any, len(l.key)), make(pattern, len(l.key))
	for i := range l.key {
		list[i], dest[i] = keyColumn(i)+" IS NULL", &p[i]
	}
	err = t.scan(ctx, doing, "SELECT DISTINCT "+strings.Join(list, ", ")+" FROM "+working(keysName)+" ORDER BY ALL", dest, func() {
		out = append(out, slices.Clone(p))
	})
	return out, err
}

// keys are the keys of the pattern.
func (p pattern) keys() part {
	keys := part{table: working(keysName)}
	for i, null := range p {
		if null {
			keys.where = append(keys.where, keyColumn(i)+" IS NULL")
		} else {
			keys.where = append(keys.where, keyColumn(i)+" IS NOT NULL")
		}
	}
	return keys
}

// branches are the queries that find the rows of one pattern.
func (t *tx) branches(ctx context.Context, doing string, l lookup, p pattern) ([]string, error) {
	var nulls, joins []string
	for i, c := range l.key {
		column := quote(storeColumn(c.name))
		if p[i] {
			nulls = append(nulls, column+" IS NULL")
		} else {
			joins = append(joins, "r."+column+" = k."+keyColumn(i))
		}
	}
	matching := ""
	if len(joins) > 0 {
		matching = " SEMI JOIN (SELECT * FROM " + p.keys().text() + ") AS k ON " + strings.Join(joins, " AND ")
	}
	stretches, err := t.stretches(ctx, doing, l, p)
	if err != nil {
		return nil, err
	}
	var out []string
	for i, part := range l.parts {
		part.where = slices.Concat(part.where, nulls)
		sources := []string{"SELECT *, rowid FROM " + part.text()}
		switch {
		case i == 0 && len(stretches) > 0:
			sources = nil
			for _, s := range stretches {
				sources = append(sources, "SELECT *, rowid FROM "+part.table+part.filter(s))
			}
		case i == 0 && matching != "" && l.wide():
			// Comparing the key's columns first spares reading the others.
			out = append(out, "SELECT "+l.list+" FROM "+part.table+" WHERE rowid IN (SELECT rowid FROM ("+sources[0]+") AS r"+matching+")")
			continue
		}
		out = append(out, "SELECT "+l.list+" FROM ("+strings.Join(sources, " UNION ALL ")+") AS r"+matching)
	}
	return out, nil
}

// wide tells whether rows have texts beside the key, which cost more to read than
// to find.
func (l lookup) wide() bool {
	return slices.ContainsFunc(l.columns, func(name string) bool {
		c, _ := columnOf(l.relation.columns, name)
		_, isKey := columnOf(l.key, name)
		return !isKey && slices.Contains([]string{"VARCHAR", "JSON", "BLOB"}, c.engineType)
	})
}
