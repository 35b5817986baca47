package duckdb

import (
	"context"
	"fmt"
	"strings"
)

// The engine skips row groups whose least and greatest values are known not to
// match. A join tells it only the range of all its keys, so that one key far from
// the others makes it read everything between. Islands are ranges that hold all
// keys and little else; reading them one by one reads little else.
//
// Whether this helps depends on how the rows lie. The reach of a column is the
// usual distance between the least and the greatest value of a row group: where
// rows came in the column's order it is small, where some came late it is as much
// as they were late, and where they are in no order it is as wide as the column.
// Keys that are nearer to each other than that share row groups, and are one
// island.

const (
	groupRows  = 122_880 // of a row group
	vectorRows = 2_048   // that the engine takes at a time; a sample is of whole ones

	// islandRows is the size of a table from which on islands are looked for: it
	// takes some milliseconds, in which the engine reads about as many rows.
	islandRows = 4 * groupRows
	// maxIslands bounds the ranges that one query reads, each of which costs a third
	// of a millisecond.
	maxIslands = 96
	// sampledVectors are read to estimate a reach: as many rows as a row group has, so
	// that rows which are late in most row groups, few as they may be, are in the
	// sample too.
	sampledVectors = groupRows / vectorRows
	// worthShare is the share of a table up to which reading islands beats reading
	// the columns that are compared and then the rows that were found.
	worthShare = 0.5
	// maxBound is the length, in bytes, of a text that bounds an island.
	maxBound = 256
)

// position is an expression for the place of a value in its type's order, as a
// whole number; ok is false for types that have no such place or whose ranges the
// engine does not skip by. Of texts the engine knows the first eight bytes.
func position(engineType, x string) (expression string, ok bool) {
	switch engineType {
	case "SMALLINT", "INTEGER", "BIGINT":
	case "DATE", "TIMESTAMP", "TIMESTAMP WITH TIME ZONE":
		x = "epoch_us(" + x + ")"
	case "VARCHAR":
		x = "CAST('0x' || rpad(left(hex(encode(left(" + x + ", 8))), 16), 16, '0') AS UBIGINT)"
	default:
		t := schemaType(engineType)
		if t.Precision == 0 || t.Precision > wordDigits {
			return "", false
		}
		x = fmt.Sprintf("CAST(%s AS DOUBLE) * 1e%d", x, t.Scale)
	}
	return "CAST(" + x + " AS HUGEINT)", true
}

// stretches are conditions, each of which holds for some of a table's rows; all
// rows that have one of the lookup's keys of a pattern meet one of them, and no
// row meets two. None means that the whole table is to be read.
func (t *tx) stretches(ctx context.Context, doing string, l lookup, p pattern) ([]string, error) {
	if err := t.measure(ctx, doing, l); err != nil {
		return nil, err
	}
	var best []string
	least := worthShare
	for i, c := range l.key {
		a, ok := l.relation.axes[c.name]
		if p[i] || !ok || a.reach == 0 {
			continue
		}
		islands, err := t.islands(ctx, doing, c, keyColumn(i), a.reach, p)
		if err != nil {
			return nil, err
		}
		if share := a.share(islands); len(islands) > 0 && share < least {
			best, least = conditions(c, islands), share
		}
	}
	return best, nil
}

// axis is a column along which a table can be cut.
type axis struct {
	reach  float64 // 0 if the column holds NULLs only
	spread float64 // between the least and the greatest value of the column, about
}

// share is the share of the table's rows that is read for some islands.
func (a axis) share(islands []island) float64 {
	read := 0.0
	for _, i := range islands {
		read += i.width + a.reach
	}
	return read / (a.spread + a.reach)
}

// measure takes the measures of a lookup's columns on a sample of the table. They
// are remembered with the relation.
func (t *tx) measure(ctx context.Context, doing string, l lookup) error {
	r := l.relation
	var names, columns, ends, measures []string
	for i, c := range l.key {
		column := quote(storeColumn(c.name))
		low, ok := position(c.engineType, "min("+column+")")
		if _, known := r.axes[c.name]; known || !ok || c.engineType != l.keyType(i) {
			continue
		}
		high, _ := position(c.engineType, "max("+column+")")
		names, columns = append(names, c.name), append(columns, column)
		ends = append(ends, fmt.Sprintf("%s AS low%d, %s AS high%[2]d", low, i, high))
		measures = append(measures, fmt.Sprintf("max(CAST(high%[1]d - low%[1]d AS DOUBLE)), CAST(max(high%[1]d) - min(low%[1]d) AS DOUBLE)", i))
	}
	if len(names) == 0 {
		return nil
	}
	numbers, dest := make([]*float64, 2*len(names)), make([]any, 2*len(names))
	for i := range numbers {
		dest[i] = &numbers[i]
	}
	return t.scan(ctx, doing, fmt.Sprintf(
		"SELECT %s FROM (SELECT %s FROM (SELECT rowid // %d AS vector, %s FROM %s TABLESAMPLE SYSTEM (%f PERCENT) REPEATABLE (1)) GROUP BY vector)",
		strings.Join(measures, ", "), strings.Join(ends, ", "), vectorRows, strings.Join(columns, ", "), r.table,
		min(100, 100*sampledVectors*vectorRows/float64(r.rows))), dest, func() {
		for i, name := range names {
			var a axis
			if vector, spread := numbers[2*i], numbers[2*i+1]; vector != nil && spread != nil {
				a = axis{reach: max(*vector, *spread*groupRows/float64(r.rows), 1), spread: *spread}
			}
			r.axes[name] = a
		}
	})
}

// island is a range of values, ends included, as text.
type island struct {
	low, high string
	width     float64
}

// islands cuts the values that a lookup's keys of a pattern have in a column where
// the gaps between them are widest. None means that the ends of a range cannot be
// written.
func (t *tx) islands(ctx context.Context, doing string, c resultColumn, key string, reach float64, p pattern) (out []island, err error) {
	at := func(x string) string {
		expression, _ := position(c.engineType, x)
		return expression
	}
	var low, high string
	var width *float64
	written := true
	err = t.scan(ctx, doing, fmt.Sprintf(`
WITH near AS (SELECT min(%[1]s) AS low, max(%[1]s) AS high FROM %[2]s GROUP BY floor(CAST(%[3]s AS DOUBLE) / %[4]g)),
gaps AS (SELECT low, high, CAST(%[5]s - lag(%[6]s) OVER (ORDER BY low) AS DOUBLE) AS gap FROM near),
cuts AS (SELECT low, high, CASE WHEN gap > %[4]g AND row_number() OVER (ORDER BY gap DESC NULLS LAST) < %[7]d THEN 1 ELSE 0 END AS cut FROM gaps),
numbered AS (SELECT low, high, sum(cut) OVER (ORDER BY low) AS island FROM cuts)
SELECT CAST(min(low) AS VARCHAR), CAST(max(high) AS VARCHAR), CAST(%[8]s - %[9]s AS DOUBLE) FROM numbered GROUP BY island ORDER BY min(low)`,
		key, p.keys().text(), at(key), reach, at("low"), at("high"), maxIslands, at("max(high)"), at("min(low)")),
		[]any{&low, &high, &width}, func() {
			i := island{low: low, high: high}
			if width != nil {
				i.width = *width
			}
			written = written && max(len(low), len(high)) <= maxBound && !strings.ContainsRune(low+high, 0)
			out = append(out, i)
		})
	if err != nil || !written {
		return nil, err
	}
	return out, nil
}

// conditions are islands in the words of the table that is read.
func conditions(c resultColumn, islands []island) []string {
	out := make([]string, len(islands))
	for n, i := range islands {
		out[n] = fmt.Sprintf("%s BETWEEN CAST(%s AS %s) AND CAST(%s AS %[3]s)", quote(storeColumn(c.name)), literal(i.low), c.engineType, literal(i.high))
	}
	return out
}
