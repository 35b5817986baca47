package duckdb

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
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
	// farKeys is how many reaches apart the least and the greatest key are at least
	// where islands are looked for between them.
	farKeys = 2
	// worthShare is the share of a table up to which reading islands beats reading
	// the columns that are compared and then the rows that were found.
	worthShare = 0.4
	// maxBuckets bounds the ranges that keys are gathered in before they are cut into
	// islands. Keys in more of them are all over the table.
	maxBuckets = 4096
	// grown is how much a table grows or shrinks, as a share, before its columns are
	// measured again.
	grown = 0.1
	// maxBound is the length, in bytes, of a text that bounds an island.
	maxBound = 256
)

// position is an expression for the place of a value in its type's order, about, as
// a DOUBLE whose unit is the least difference; ok is false for types that have no such place or whose ranges the
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
		x = fmt.Sprintf("(CAST(%s AS DOUBLE) * 1e%d)", x, t.Scale)
	}
	return "CAST(" + x + " AS DOUBLE)", true
}

// stretches are conditions, each of which holds for some of a table's rows; all
// rows that have one of a lookup's keys of a pattern meet one of them, and no
// row meets two. None means that the whole table is to be read.
type stretches struct {
	conditions []string
	share      float64 // of the table's rows that is read
}

// stretches are those that a lookup reads.
func (t *tx) stretches(ctx context.Context, doing string, l lookup, p pattern) (stretches, error) {
	all := stretches{share: 1}
	if err := t.measure(ctx, doing, l); err != nil {
		return all, err
	}
	best, least := all, worthShare
	for i, c := range l.key {
		a, ok := l.relation.axes[c.name]
		if p[i] || !ok || a.reach == 0 || a.share([]island{{}}) >= worthShare {
			continue
		}
		islands, err := t.islands(ctx, doing, c, keyColumn(i), a.reach, p.keys(l))
		if err != nil {
			return all, err
		}
		if share := a.share(islands); len(islands) > 0 && share < least {
			best, least = stretches{conditions(c, islands), share}, share
		}
	}
	return best, nil
}

// axis is a column along which a table can be cut.
type axis struct {
	reach  float64 // 0 if the column holds NULLs only
	spread float64 // between the least and the greatest value of the column, about
	near   float64 // between most of the values of a vector, in half of them; 0 if that is not known
	rows   int64   // of the table when it was measured
}

// binnedRows is how many rows are read at least where keys are put into bins: below
// that, it takes longer to plan than it spares.
const binnedRows = 1_000_000

const (
	// vectorBins is into how many bins most values of a vector fall, about.
	vectorBins = 16
	// vectorsWide is how often most values of a vector fit into the column's range at
	// least where rows are taken to lie in its order.
	vectorsWide = 64
)

// bin is how many bits of a value tell where in its bin it is; 0 is a column whose
// values are not put into bins, because they lie in no order or are the same.
func (a axis) bin() int {
	if a.near < 2*vectorBins || a.near*vectorsWide > a.spread {
		return 0
	}
	return int(math.Log2(a.near / vectorBins))
}

// share is the share of the table's rows that is read for some islands.
func (a axis) share(islands []island) float64 {
	read := 0.0
	for _, i := range islands {
		read += i.to - i.from + a.reach
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
		a, known := r.axes[c.name]
		if known && math.Abs(float64(r.rows-a.rows)) <= grown*float64(a.rows) || !ok || c.engineType != l.from[i].engineType {
			continue
		}
		high, _ := position(c.engineType, "max("+column+")")
		names, columns = append(names, c.name), append(columns, column)
		ends = append(ends, fmt.Sprintf("%s AS low%d, %s AS high%[2]d, %[4]s AS most%[2]d", low, i, high, most(c.engineType, column)))
		measures = append(measures, fmt.Sprintf("max(high%[1]d - low%[1]d), max(high%[1]d) - min(low%[1]d), median(most%[1]d[2] - most%[1]d[1])", i))
	}
	if len(names) == 0 {
		return nil
	}
	numbers, dest := make([]*float64, 3*len(names)), make([]any, 3*len(names))
	for i := range numbers {
		dest[i] = &numbers[i]
	}
	return t.scan(ctx, doing, fmt.Sprintf(
		"SELECT %s FROM (SELECT %s FROM (SELECT rowid // %d AS vector, %s FROM %s TABLESAMPLE SYSTEM (%f PERCENT) REPEATABLE (1)) GROUP BY vector)",
		strings.Join(measures, ", "), strings.Join(ends, ", "), vectorRows, strings.Join(columns, ", "), r.table,
		min(100, 100*sampledVectors*vectorRows/float64(r.rows))), dest, func() {
		for i, name := range names {
			a := axis{rows: r.rows}
			if vector, spread := numbers[3*i], numbers[3*i+1]; vector != nil && spread != nil {
				a.reach, a.spread = max(*vector, *spread*groupRows/float64(r.rows), 1), *spread
			}
			if near := numbers[3*i+2]; near != nil {
				a.near = *near
			}
			r.axes[name] = a
		}
	})
}

// most is an expression for the positions between which four of five values of a
// column lie, NULL for types whose values are not put into bins.
func most(engineType, column string) string {
	if !isInteger(engineType) {
		return "CAST(NULL AS DOUBLE[])"
	}
	return "quantile_cont(CAST(" + column + " AS DOUBLE), [0.1, 0.9])"
}

// isInteger tells whether a type holds integers of at most 64 bits.
func isInteger(engineType string) bool {
	return slices.Contains([]string{"SMALLINT", "INTEGER", "BIGINT"}, engineType)
}

// island is a range of values, ends included, as text, and the positions of its
// ends.
type island struct {
	low, high string
	from, to  float64
}

// islands cuts the values that keys have in a column where the gaps between them
// are widest. None means that they are in too many places, or that the ends of a
// range cannot be written, or have no position, as infinite times.
func (t *tx) islands(ctx context.Context, doing string, c resultColumn, key string, reach float64, keys part) ([]island, error) {
	at := func(x string) string {
		expression, _ := position(c.engineType, x)
		return expression
	}
	ends := fmt.Sprintf("SELECT CAST(min(%[1]s) AS VARCHAR), CAST(max(%[1]s) AS VARCHAR), %[2]s, %[3]s FROM %[4]s",
		key, at("min("+key+")"), at("max("+key+")"), keys.text())
	all, err := t.ranges(ctx, doing, ends)
	if err != nil || len(all) == 0 || all[0].to-all[0].from <= farKeys*reach {
		return all, err // one island, as the keys of rows in order are
	}
	buckets, err := t.ranges(ctx, doing, fmt.Sprintf("%s GROUP BY floor(%s / %g) ORDER BY min(%s) LIMIT %d", ends, at(key), reach, key, maxBuckets+1))
	if err != nil || len(buckets) > maxBuckets {
		return nil, err
	}
	return cut(buckets, reach, maxIslands), nil
}

// ranges reads islands by their ends: none if one of them cannot be written.
func (t *tx) ranges(ctx context.Context, doing, query string) (all []island, err error) {
	var low, high *string
	var from, to *float64
	written := true
	err = t.scan(ctx, doing, query, []any{&low, &high, &from, &to}, func() {
		if from == nil || to == nil || max(len(*low), len(*high)) > maxBound || strings.ContainsRune(*low+*high, 0) {
			written = false
			return
		}
		all = append(all, island{*low, *high, *from, *to})
	})
	if !written {
		all = nil
	}
	return all, err
}

// cut joins ranges, which follow each other, into at most so many islands: they
// stay apart at the widest gaps, if these are wider than the reach.
func cut(ranges []island, reach float64, most int) (out []island) {
	gap := func(i int) float64 { return ranges[i].from - ranges[i-1].to }
	var cuts []int
	for i := 1; i < len(ranges); i++ {
		if gap(i) > reach {
			cuts = append(cuts, i)
		}
	}
	slices.SortStableFunc(cuts, func(a, b int) int { return cmp.Compare(gap(b), gap(a)) })
	cuts = cuts[:min(len(cuts), most-1)]
	for i, r := range ranges {
		if i == 0 || slices.Contains(cuts, i) {
			out = append(out, r)
			continue
		}
		last := &out[len(out)-1]
		last.high, last.to = r.high, r.to
	}
	return out
}

// conditions are islands in the words of the table that is read.
func conditions(c resultColumn, islands []island) []string {
	out := make([]string, len(islands))
	for n, i := range islands {
		out[n] = fmt.Sprintf("%s BETWEEN CAST(%s AS %s) AND CAST(%s AS %[3]s)", quote(storeColumn(c.name)), literal(i.low), c.engineType, literal(i.high))
	}
	return out
}
