package duckdb

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/warehouse"
)

// Texts that come in no order are found by reading all of them, each of which is long,
// and none of which the engine can skip. So there are hashes of 64 bits beside the rows: of
// the key, with texts in it, of a view or stage that has one row for each key, and of each
// long text that rows of a relation are sought by. Reading the hashes finds the places of
// the rows, and few others.

// hashMark begins the name of the column of hashes. No column of a relation is stored
// under such a name.
const hashMark = "_hash "

// hashColumn is the column that has the hashes of a set of columns. In its name are the
// engine's version, as another may compute other hashes, and the columns.
func (w *Warehouse) hashColumn(set []string) string {
	names, _ := json.Marshal(set) // texts can be written
	return hashMark + w.hashMaker + " " + string(names)
}

// knowHash finds out whose hashes the engine makes.
func (w *Warehouse) knowHash(ctx context.Context) error {
	err := w.writer.QueryRowContext(ctx, "SELECT version()").Scan(&w.hashMaker)
	return translate(err, "setting up the warehouse")
}

// ownHashes is the set of columns whose hashes a physical column has. Those of
// another version of the engine are dropped, as rows that come would not have them.
func (t *tx) ownHashes(ctx context.Context, doing string, r *relation, column string) (set []string, err error) {
	maker, names, _ := strings.Cut(strings.TrimPrefix(column, hashMark), " ")
	if maker == t.w.hashMaker && json.Unmarshal([]byte(names), &set) == nil && len(set) > 0 {
		all := r.names(nil)
		if !slices.ContainsFunc(set, func(name string) bool { return !slices.Contains(all, name) }) {
			return set, nil
		}
	}
	_, err = t.exec(ctx, doing, "ALTER TABLE "+r.table+" DROP COLUMN "+quote(column))
	return nil, err
}

// hashed are the sets of columns whose hashes the rows of a view get: its key, if there are
// texts in it, and each long text that rows are sought by. A view that is not refreshed from
// what changed has no state, which may be sought otherwise.
func hashed(v warehouse.View) [][]string {
	stored := slices.Concat(v.Columns, v.State)
	sets := longTexts(slices.DeleteFunc(slices.Clone(v.Sought), func(c schema.Column) bool {
		return !slices.ContainsFunc(stored, func(s schema.Column) bool { return s.Name == c.Name })
	}))
	isKeyText := func(c schema.Column) bool { return isText(engineType(c.Type)) && slices.Contains(v.Key, c.Name) }
	if slices.ContainsFunc(stored, isKeyText) && !isHashed(sets, v.Key) {
		sets = append(sets, v.Key)
	}
	return sets
}

// longTexts are the columns of texts that may be longer than those whose bytes the engine
// has in the value itself, each as a set of its own.
func longTexts(columns []schema.Column) (sets [][]string) {
	for _, c := range columns {
		if isText(engineType(c.Type)) && (c.Type.Length == 0 || c.Type.Length > inlined) {
			sets = append(sets, []string{c.Name})
		}
	}
	return sets
}

// isHashed reports that some sets of columns have one with the columns of a key.
func isHashed(sets [][]string, key []string) bool {
	return slices.ContainsFunc(sets, func(set []string) bool { return slices.Equal(set, key) })
}

// hashDefinitions are the columns of hashes of some sets, behind others.
func (w *Warehouse) hashDefinitions(sets [][]string) (text string) {
	for _, set := range sets {
		text += ", " + quote(w.hashColumn(set)) + " " + hashType
	}
	return text
}

// hashColumns are the names of these columns, behind others.
func (w *Warehouse) hashColumns(sets [][]string) (text string) {
	for _, set := range sets {
		text += ", " + quote(w.hashColumn(set))
	}
	return text
}

// hashesOf are the hashes of some sets, behind other values, where value is what a column
// has.
func hashesOf(sets [][]string, value func(column string) string) (text string) {
	for _, set := range sets {
		values := make([]string, len(set))
		for i, name := range set {
			values[i] = value(name)
		}
		text += ", " + hashOf(values)
	}
	return text
}

// stores is a column of a relation as its physical table has it, in the engine's text.
func stores(column string) string { return quote(storeColumn(column)) }

// hashType is the engine's type of hashes.
const hashType = "UBIGINT"

func isText(engineType string) bool { return engineType == "VARCHAR" }

// hashOf is the hash of some values, in the engine's text.
func hashOf(values []string) string { return "hash(" + strings.Join(values, ", ") + ")" }

// hashedKeys is how many rows of a relation there are for a key at least where finding
// hashes first beats reading all texts.
const hashedKeys = 16

// byHashes reports that rows of a lookup are found by hashes, if there are any for its keys.
func (t *tx) byHashes(l lookup) bool {
	return l.count*t.w.hashedKeys < l.relation.rows && l.count <= mostKeys
}

// hashes are the hashes that the relation of a lookup has of its key, and the columns of
// the keys in the order of these.
func (t *tx) hashes(l lookup, p pattern) (hashed, columns []string) {
	if slices.Contains(p, true) || !t.byHashes(l) {
		return nil, nil
	}
	for _, set := range l.relation.hashed {
		if columns, ok := l.keysOf(set); ok {
			return set, columns
		}
	}
	return nil, nil
}

// keysOf are the columns of a lookup's keys in the order in which a set has those that they
// are compared with; ok is false if the set is not of these.
func (l lookup) keysOf(set []string) (columns []string, ok bool) {
	if len(set) != len(l.key) {
		return nil, false
	}
	for _, name := range set {
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

// Seek implements [warehouse.Tracking]. The rows that there are get their hashes by being
// written anew.
func (t *tx) Seek(ctx context.Context, name schema.Name, columns []schema.Column) error {
	doing := fmt.Sprintf("preparing %s for being looked up", name)
	r, err := t.logged(ctx, doing, name)
	if err != nil {
		return err
	}
	missing := slices.DeleteFunc(longTexts(columns), func(set []string) bool {
		_, stored := columnOf(r.columns, set[0])
		return !stored || isHashed(r.hashed, set)
	})
	if len(missing) == 0 {
		return nil
	}
	old, err := t.storedOf(ctx, doing, name)
	if err != nil {
		return err
	}
	next := storeName(name) + versionMark + fmt.Sprint(nextVersion(old))
	if err := t.copyHashed(ctx, doing, r, next, missing); err != nil {
		return err
	}
	if err := t.changed(ctx, doing, name); err != nil {
		return err
	}
	shown, err := t.shape(ctx, doing, public(name))
	if err != nil {
		return err
	}
	names := make([]string, len(shown))
	for i, c := range shown {
		names[i] = c.name
	}
	if err := t.show(ctx, doing, name, names, stored(next)); err != nil {
		return err
	}
	return t.dropStored(ctx, doing, old)
}

// copyHashed makes a table of a relation's rows with more hashes.
func (t *tx) copyHashed(ctx context.Context, doing string, r *relation, name string, more [][]string) error {
	columns, err := t.shape(ctx, doing, r.table)
	if err != nil {
		return err
	}
	if err := t.createStored(ctx, doing, name, "("+storedDefs(columns)+t.w.hashDefinitions(more)+")"); err != nil {
		return err
	}
	_, err = t.exec(ctx, doing, "INSERT INTO "+stored(name)+" SELECT *"+hashesOf(more, stores)+" FROM "+r.table)
	return err
}
