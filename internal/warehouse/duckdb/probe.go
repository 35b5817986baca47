package duckdb

import (
	"context"
	"strings"
)

// probe is a column of a relation's table whose values a scan compares with those of a
// set, before it reads the other columns.
type probe struct {
	column string // of the physical table
	key    int    // which column of the lookup's key it is; -1 if it has hashes
	number int    // of the set
	set    set
}

const (
	// probedKeys is how many rows of a relation there are for a key of several columns at
	// least where the scan compares them: what is left is compared as a whole.
	probedKeys = 64
	// mostProbes is how many columns a scan compares.
	mostProbes = 3
)

// probes are the columns by which a lookup finds the keys of a pattern: the hashes of
// the relation's rows, if they serve it, else columns that there are sets of. There
// are none if the keys are too many.
func (t *tx) probes(ctx context.Context, doing string, l lookup, p pattern) ([]probe, error) {
	var all []probe
	var values []string
	keys := p.keys(l)
	if hashed, columns := t.hashes(l, p); len(columns) > 0 {
		if b, ok := t.w.sets.probe(t.w.hashColumn(hashed), hashType, l.count); ok {
			b.key = -1
			return t.collect(ctx, doing, []probe{b}, []string{hashOf(columns)}, keys)
		}
	}
	if p.several() && l.count*t.w.probedKeys >= l.relation.rows {
		return nil, nil
	}
	for i, c := range l.storeKey() {
		if p[i] || c.engineType != l.from[i].engineType || len(all) == mostProbes || l.count*int64(len(all)+1) > mostKeys {
			continue
		}
		column, engineType, key, value := c.name, c.engineType, i, keyColumn(i)
		if set := []string{l.key[i].name}; t.byHashes(l) && isHashed(l.relation.hashed, set) {
			column, engineType, key, value = t.w.hashColumn(set), hashType, -1, hashOf([]string{value})
		}
		if b, ok := t.w.sets.probe(column, engineType, l.count); ok {
			b.key = key
			all, values = append(all, b), append(values, value)
		}
	}
	return t.collect(ctx, doing, all, values, keys)
}

// several reports that keys of the pattern have values in more than one column.
func (p pattern) several() bool {
	values := 0
	for _, null := range p {
		if !null {
			values++
		}
	}
	return values > 1
}

// collect makes the sets of some probes, of what expressions are over some keys, none of
// which is NULL. Those whose values do not fit are left out.
func (t *tx) collect(ctx context.Context, doing string, all []probe, values []string, keys part) ([]probe, error) {
	if len(all) == 0 {
		return nil, nil
	}
	list := make([]string, len(all))
	for i, b := range all {
		list[i] = collecting(values[i], b.number)
	}
	counts, err := t.numbers(ctx, doing, "SELECT "+strings.Join(list, ", ")+" FROM "+keys.text(), len(all))
	if err != nil {
		return nil, err
	}
	var out []probe
	for i, b := range all {
		if t.w.sets.seal(b) == int(counts[i]) {
			out = append(out, b)
		}
	}
	return out, nil
}
