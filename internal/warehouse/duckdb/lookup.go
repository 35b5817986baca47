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
	key      []resultColumn // of the relation
	keys     string         // the table of the keys, or a query in parentheses
	from     []resultColumn // its columns that are compared with key; lookUp finds their types
	nulls    bool           // NULL is equal to NULL
	count    int64          // of the keys, at most
}

// lookupOf finds the columns of a lookup.
func (t *tx) lookupOf(ctx context.Context, doing string, r *relation, key []string, keys string, from []string) (lookup, error) {
	l := lookup{relation: r, keys: keys}
	if len(key) == 0 || len(key) != len(from) {
		return l, t.fail(fault.New(fault.Internal, "%s: %d columns are compared with the %d of a key", doing, len(from), len(key)), doing)
	}
	for i := range key {
		c, known := columnOf(r.columns, key[i])
		if !known {
			return l, t.fail(fault.New(fault.Internal, "%s: the key %q is no column of %s", doing, key[i], r.name), doing)
		}
		l.key, l.from = append(l.key, c), append(l.from, resultColumn{name: from[i]})
	}
	return l, nil
}

// keyTypes finds the types of the key's columns in the table of the keys.
func (t *tx) keyTypes(ctx context.Context, doing string, l lookup) ([]resultColumn, error) {
	shape, err := t.shape(ctx, doing, l.keys)
	if err != nil {
		return nil, err
	}
	out := make([]resultColumn, len(l.from))
	for i, f := range l.from {
		c, given := columnOf(shape, f.name)
		if !given {
			return nil, t.fail(fault.New(fault.Internal, "%s: the keys have no column %q", doing, f.name), doing)
		}
		out[i] = c
	}
	return out, nil
}

// shape is the columns of a table or subquery. Those of working tables are
// remembered.
func (t *tx) shape(ctx context.Context, doing, from string) ([]resultColumn, error) {
	o, isTable := t.workingTable(from)
	if isTable && o.columns != nil {
		return o.columns, nil
	}
	shape, err := describe(ctx, t.w.writer, t.with("SELECT * FROM "+from))
	if err != nil {
		return nil, t.fail(orCancelled(ctx, err), doing)
	}
	if isTable {
		o.columns = shape
	}
	return shape, nil
}

// Rows implements [warehouse.Deltas].
func (t *tx) Rows(ctx context.Context, s warehouse.Rowset) (int64, error) {
	doing := fmt.Sprintf("looking up rows of %s", s.From)
	find := t.relation
	if s.At < maxVersion {
		find = t.logged
	}
	r, err := find(ctx, doing, s.From)
	if err != nil {
		return 0, err
	}
	l, err := t.lookupOf(ctx, doing, r, s.Key, working(s.Keys), s.KeyColumns)
	if err != nil {
		return 0, err
	}
	columns := r.names(s.Columns)
	l.parts, l.nulls = r.at(s.At), s.Nulls
	if r.kept == 0 {
		l.parts = l.parts[:1]
	}
	l.list = selected(columns)
	if s.Once && (s.Places || !slices.Equal(columns, s.Key)) {
		return 0, t.fail(fault.New(fault.Internal, "%s: no more than the columns of the key is there once", doing), doing)
	}
	if s.Places {
		l.list += ", rowid AS " + placeColumn + ", " + batchColumn
	}
	query, err := t.rowsQuery(ctx, doing, l, s)
	if err != nil {
		return 0, err
	}
	rows, err := t.makeTable(ctx, doing, s.As, query)
	if err != nil {
		return 0, err
	}
	return rows, t.lookedUp(ctx, doing)
}

// rowsQuery is the query of the rows that are asked for.
func (t *tx) rowsQuery(ctx context.Context, doing string, l lookup, s warehouse.Rowset) (string, error) {
	if s.Once {
		query, ok, err := t.existing(ctx, doing, l, s.At)
		if err != nil || ok {
			return query, err
		}
	}
	found, err := t.lookUp(ctx, doing, l)
	if err != nil {
		return "", err
	}
	if s.Once {
		return "SELECT DISTINCT * FROM (" + found.query() + ")", nil
	}
	return found.query(), nil
}

// keysName is the working table of a lookup's keys where they have to be computed:
// distinct, in the types of the relation's columns, named by keyColumn.
const keysName = "#keys"

// keyColumn is the name that a lookup's keys have for its column i. No column of a
// relation is stored under such a name.
func keyColumn(i int) string { return fmt.Sprintf("_k%d", i) }

// maxPatterns bounds the patterns that are looked up one by one. The keys of all
// others that have NULLs are looked up together.
const maxPatterns = 4

// branches are queries that find all rows of a lookup, each once.
type branches []string

// query is the query of all rows.
func (all branches) query() string { return strings.Join(all, " UNION ALL ") }

// lookUp is the query of a lookup. What it needs is there until lookedUp.
func (t *tx) lookUp(ctx context.Context, doing string, l lookup) (branches, error) {
	if l.relation.rows < t.w.islandRows {
		return l.compare(l.keys, nil), nil
	}
	var err error
	if l.from, err = t.keyTypes(ctx, doing, l); err != nil {
		return nil, err
	}
	l, keys, err := t.castKeys(ctx, doing, l)
	if err != nil {
		return nil, err
	}
	if keys == 0 {
		return branches{"SELECT " + l.list + " FROM " + l.relation.table + " WHERE false"}, nil
	}
	l.count = keys
	patterns, err := t.patterns(ctx, doing, l)
	if err != nil {
		return nil, err
	}
	var out branches
	if len(patterns) > maxPatterns {
		out = l.compare(l.keys+" WHERE "+anyNull(l.from), []string{anyNull(l.storeKey())})
		patterns = slices.DeleteFunc(patterns, func(p pattern) bool { return slices.Contains(p, true) })
	}
	for _, p := range patterns {
		some, err := t.patternBranches(ctx, doing, l, p)
		if err != nil {
			return nil, err
		}
		out = append(out, some...)
	}
	return out, nil
}

// castKeys is the lookup with its keys in the types of the relation's columns, and
// how many they are at most. Those of a working table are cast as they are read.
func (t *tx) castKeys(ctx context.Context, doing string, l lookup) (lookup, int64, error) {
	cast := l
	cast.from = slices.Clone(l.from)
	for i := range l.from {
		cast.from[i] = resultColumn{keyColumn(i), l.keyType(i)}
	}
	if o, ok := t.workingTable(l.keys); ok {
		cast.keys = "(SELECT " + l.castList() + ")"
		return cast, o.rows, nil
	}
	cast.keys = working(keysName)
	keys, err := t.makeTable(ctx, doing, keysName, "SELECT DISTINCT "+l.castList())
	return cast, keys, err
}

// storeKey are the key's columns as the physical table has them.
func (l lookup) storeKey() []resultColumn {
	out := slices.Clone(l.key)
	for i := range out {
		out[i].name = storeColumn(out[i].name)
	}
	return out
}

// anyNull is the condition that one of some columns is NULL.
func anyNull(columns []resultColumn) string {
	list := make([]string, len(columns))
	for i, c := range columns {
		list[i] = quote(c.name) + " IS NULL"
	}
	return "(" + strings.Join(list, " OR ") + ")"
}

// lookedUp drops what a query of lookUp needed.
func (t *tx) lookedUp(ctx context.Context, doing string) error {
	t.w.sets.clear()
	return t.unmake(ctx, doing, keysName)
}

// compare finds rows, of those that meet some conditions, by comparing the whole
// key at once: right always, and for small relations fast.
func (l lookup) compare(keys string, where []string) branches {
	equal := " = k."
	if l.nulls {
		equal = " IS NOT DISTINCT FROM k."
	}
	list, joins := make([]string, len(l.key)), make([]string, len(l.key))
	for i, c := range l.storeKey() {
		list[i] = quote(l.from[i].name) + " AS " + keyColumn(i)
		joins[i] = "r." + quote(c.name) + equal + keyColumn(i)
	}
	out := make(branches, len(l.parts))
	for i, p := range l.parts {
		out[i] = "SELECT " + l.list + " FROM (SELECT *, rowid FROM " + p.table + p.filter(where...) + ") AS r SEMI JOIN (SELECT " +
			strings.Join(list, ", ") + " FROM " + keys + ") AS k ON " + strings.Join(joins, " AND ")
	}
	return out
}

// castList is a query, but for the SELECT, of the keys to look up. Where that loses
// nothing they get the types of the relation's columns, as comparing in another
// type would keep the engine from skipping rows; a key that its column's type
// cannot hold finds nothing.
func (l lookup) castList() string {
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
	return strings.Join(list, ", ") + " FROM " + l.keys + part{where: where}.filter()
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
	err = t.scan(ctx, doing, "SELECT DISTINCT "+strings.Join(list, ", ")+" FROM "+l.keys+" ORDER BY ALL", dest, func() {
		out = append(out, slices.Clone(p))
	})
	return out, err
}

// keys are the keys of a lookup that are of the pattern.
func (p pattern) keys(l lookup) part {
	keys := part{table: l.keys}
	for i, null := range p {
		if null {
			keys.where = append(keys.where, keyColumn(i)+" IS NULL")
		} else {
			keys.where = append(keys.where, keyColumn(i)+" IS NOT NULL")
		}
	}
	return keys
}

// patternBranches find the rows of one pattern. The scan of the relation's own table
// compares rows with sets of the keys' values before it reads more of them.
func (t *tx) patternBranches(ctx context.Context, doing string, l lookup, p pattern) (branches, error) {
	var nulls []string
	for i, c := range l.storeKey() {
		if p[i] {
			nulls = append(nulls, quote(c.name)+" IS NULL")
		}
	}
	probes, err := t.probes(ctx, doing, l, p)
	if err != nil {
		return nil, err
	}
	stretches, err := t.stretches(ctx, doing, l, p, probes)
	if err != nil {
		return nil, err
	}
	out := make(branches, len(l.parts))
	for i, part := range l.parts {
		if i > 0 {
			out[i] = l.matching("SELECT *, rowid FROM "+part.table+part.filter(nulls...), p, nil)
			continue
		}
		where := slices.Clone(nulls)
		for _, probe := range probes {
			where = append(where, among(quote(probe.column), probe.number))
		}
		sources := make([]string, len(stretches))
		for n, s := range stretches {
			sources[n] = "SELECT *, rowid FROM " + part.table + part.filter(slices.Concat(where, s)...)
		}
		out[i] = l.matching(strings.Join(sources, " UNION ALL "), p, probes)
	}
	return out, nil
}

// matching finds the rows of a source that have a key of a pattern, each once. Those of
// the source were compared by some probes.
func (l lookup) matching(source string, p pattern, probes []probe) string {
	var joins []string
	exact := true
	for i, c := range l.storeKey() {
		if p[i] {
			continue
		}
		row, key := "r."+quote(c.name), "k."+keyColumn(i)
		if len(probes) > 0 {
			row, key = unpushed(row, c.engineType), unpushed(key, l.from[i].engineType)
		}
		joins = append(joins, row+" = "+key)
		exact = exact && len(joins) == 1 && slices.ContainsFunc(probes, func(b probe) bool { return b.column == c.name })
	}
	rows := "SELECT " + l.list + " FROM (" + source + ") AS r"
	if exact { // also if there is nothing to compare
		return rows
	}
	return rows + " SEMI JOIN (SELECT * FROM " + p.keys(l).text() + ") AS k ON " + strings.Join(joins, " AND ")
}
