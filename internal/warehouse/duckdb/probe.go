package duckdb

import (
	"context"
)

// probe is a column of a relation's table whose values a scan compares with those of a
// set, before it reads the other columns.
type probe struct {
	column string // of the physical table
	key    int    // which column of the lookup's key it is; -1 if it has the hashes of all
	number int    // of the set
	set    set
}

// probes are the columns by which a lookup finds the keys of a pattern: the hashes of
// the relation's rows, if they serve it, else all columns that there are sets of. There
// are none if the keys are too many.
func (t *tx) probes(ctx context.Context, doing string, l lookup, p pattern) (out []probe, err error) {
	if l.count > mostKeys {
		return nil, nil
	}
	keys := p.keys(l)
	if columns, ok := t.hashes(l, p); ok {
		b := probe{column: t.w.hashColumn(l.relation.hashed), key: -1}
		ok, err = t.collect(ctx, doing, &b, hashType, hashOf(columns), keys, l.count)
		if err != nil || ok {
			return []probe{b}, err
		}
	}
	for i, c := range l.storeKey() {
		if p[i] || c.engineType != l.from[i].engineType {
			continue
		}
		b := probe{column: c.name, key: i}
		ok, err := t.collect(ctx, doing, &b, c.engineType, keyColumn(i), keys, l.count)
		if err != nil {
			return nil, err
		}
		if ok {
			out = append(out, b)
		}
	}
	return out, nil
}

// collect makes the set of a probe, of what an expression is over some keys; ok is false
// if there is none of its type or they do not fit.
func (t *tx) collect(ctx context.Context, doing string, b *probe, engineType, value string, keys part, most int64) (ok bool, err error) {
	if b.number, ok = t.w.sets.open(engineType, most); !ok {
		return false, nil
	}
	b.set = t.w.sets.all[b.number]
	if _, err := t.number(ctx, doing, collecting(value, keys.text(), b.number)); err != nil {
		return false, err
	}
	return b.set.seal(), nil
}
