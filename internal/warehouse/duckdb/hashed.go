package duckdb

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/warehouse"
)

// Texts that come in no order are found by reading all of them, each of which is long,
// and none of which the engine can skip. So a view or stage that has one row for each key,
// with texts in it, has a hash of the key beside each row, of 64 bits: reading the hashes
// finds the places of the rows, and few others.

// hashMark begins the name of the column of hashes. No column of a relation is stored
// under such a name.
const hashMark = "_hash "

// hashColumn is the column that has the hashes of a relation's key. In its name are the
// engine's version, as another may compute other hashes, and the key's columns.
func (w *Warehouse) hashColumn(key []string) string {
	names, _ := json.Marshal(key) // texts can be written
	return hashMark + w.hashMaker + " " + string(names)
}

// knowHash finds out whose hashes the engine makes.
func (w *Warehouse) knowHash(ctx context.Context) error {
	err := w.writer.QueryRowContext(ctx, "SELECT version()").Scan(&w.hashMaker)
	return translate(err, "setting up the warehouse")
}

// ownHashes is the key of a relation whose hashes a physical column has. Those of
// another version of the engine are dropped, as rows that come would not have them.
func (t *tx) ownHashes(ctx context.Context, doing string, r *relation, column string) (key []string, err error) {
	maker, names, _ := strings.Cut(strings.TrimPrefix(column, hashMark), " ")
	if maker == t.w.hashMaker && json.Unmarshal([]byte(names), &key) == nil && len(key) > 0 {
		all := r.names(nil)
		if !slices.ContainsFunc(key, func(name string) bool { return !slices.Contains(all, name) }) {
			return key, nil
		}
	}
	_, err = t.exec(ctx, doing, "ALTER TABLE "+r.table+" DROP COLUMN "+quote(column))
	return nil, err
}

// hashed is the key of a view that gets hashes, empty if it has no texts.
func hashed(v warehouse.View) []string {
	isKeyText := func(c schema.Column) bool { return isText(engineType(c.Type)) && slices.Contains(v.Key, c.Name) }
	if slices.ContainsFunc(slices.Concat(v.Columns, v.State), isKeyText) {
		return v.Key
	}
	return nil
}

// stores are columns of a relation as its physical table has them, in the engine's text.
func stores(columns []string) []string {
	out := make([]string, len(columns))
	for i, name := range columns {
		out[i] = quote(storeColumn(name))
	}
	return out
}

// hashType is the engine's type of hashes.
const hashType = "UBIGINT"

func isText(engineType string) bool { return engineType == "VARCHAR" }

// hashOf is the hash of some values, in the engine's text.
func hashOf(values []string) string { return "hash(" + strings.Join(values, ", ") + ")" }

// hashedKeys is how many rows of a relation there are for a key at least where finding
// hashes first beats reading all texts.
const hashedKeys = 16

// hashes are the columns of a lookup's keys, in the order that the hashes of its relation
// have them, if its rows are found by these.
func (t *tx) hashes(l lookup, p pattern) (columns []string, ok bool) {
	if len(l.relation.hashed) != len(l.key) || slices.Contains(p, true) || l.count*t.w.hashedKeys >= l.relation.rows {
		return nil, false
	}
	for _, name := range l.relation.hashed {
		i := slices.IndexFunc(l.key, func(c resultColumn) bool { return c.name == name })
		if i < 0 || l.from[i].engineType != l.key[i].engineType {
			return nil, false
		}
		columns = append(columns, keyColumn(i))
	}
	return columns, true
}

// unpushed is a value whose comparison the engine cannot push into a scan, where it would
// be made with all rows; of types that take long to compare or to read.
func unpushed(value, engineType string) string {
	switch {
	case isText(engineType):
		return "(" + value + " || '')"
	case isInteger(engineType):
		return "(~ " + value + ")"
	}
	return value
}
