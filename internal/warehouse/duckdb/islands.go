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
	// maxIslands bounds the ranges that one query reads, and gapGroups is how many row
	// groups lie between two of them at least: to read a range costs as much as those.
	maxIslands = 96
	gapGroups  = 2
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
	// manyKeys are so many that a few of them are looked at first, if they are not integers,
	// as these may be in too many places already.
	manyKeys, fewKeys = 2048, 256
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

// stretches are conditions, of each of which all hold for some of a table's rows; all
// rows that have one of a lookup's keys of a pattern meet those of one, and no row meets
// those of two. One without conditions is the whole table.
type stretches [][]string

// stretches are those that a lookup reads, cut along the column that spares most.
func (t *tx) stretches(ctx context.Context, doing string, l lookup, p pattern, probes []probe) (stretches, error) {
	best, least := stretches{nil}, worthShare
	if err := t.measure(ctx, doing, l); err != nil {
		return best, err
	}
	for i, c := range l.key {
		a, ok := l.relation.axes[c.name]
		if p[i] || !ok || a.reach == 0 || a.least() >= worthShare {
			continue
		}
		islands, err := t.islands(ctx, doing, l, p, i, a, probes)
		if err != nil {
			return best, err
		}
		if share := a.share(islands); len(islands) > 0 && share < least {
			best, least = conditions(c, islands), share
		}
	}
	return best, nil
}

// axis is a column along which a table can be cut.
type axis struct {
	reach  float64    // 0 if the column holds NULLs only
	spread float64    // between the least and the greatest value of the column, about
	rows   int64      // of the table when it was measured
	groups []interval // from where to where row groups may go that hold the sampled vectors
}

// interval is from where to where values go.
type interval struct{ from, to float64 }

// gap is how far from each other values are at least that are not of one island.
func (a axis) gap() float64 { return a.reach + gapGroups*groupRows*a.spread/float64(a.rows) }

// least is the share of the table's rows that is read for one value.
func (a axis) least() float64 { return a.reach / (a.spread + a.reach) }

// share is the share of the table's rows that is read for some islands: by how far these
// go, or by how many row groups of the sample they meet, whichever is more, as values may
// lie dense in one place and not in another. Texts of hexadecimal digits do.
func (a axis) share(islands []island) float64 {
	read, met := 0.0, 0
	for _, i := range islands {
		read += i.to - i.from + a.reach
	}
	for _, g := range a.groups {
		if slices.ContainsFunc(islands, func(i island) bool { return i.from <= g.to && g.from <= i.to }) {
			met++
		}
	}
	return max(read/(a.spread+a.reach), float64(met)/float64(max(len(a.groups), 1)))
}

// axisOf is an axis, of a table of so many rows, of whose sampled vectors it is known from
// where to where their values go.
func axisOf(vectors []interval, rows int64) axis {
	a := axis{rows: rows}
	if len(vectors) == 0 {
		return a
	}
	whole := vectors[0]
	for _, v := range vectors {
		whole.from, whole.to, a.reach = min(whole.from, v.from), max(whole.to, v.to), max(a.reach, v.to-v.from)
	}
	a.spread = whole.to - whole.from
	a.reach = max(a.reach, a.spread*groupRows/float64(rows), 1)
	for _, v := range vectors {
		more := (a.reach - (v.to - v.from)) / 2
		a.groups = append(a.groups, interval{v.from - more, v.to + more})
	}
	return a
}

// measure takes the measures of a lookup's columns on a sample of the table. They
// are remembered with the relation.
func (t *tx) measure(ctx context.Context, doing string, l lookup) error {
	r := l.relation
	var names, columns, ends []string
	for i, c := range l.key {
		column := quote(storeColumn(c.name))
		low, ok := position(c.engineType, "min("+column+")")
		a, known := r.axes[c.name]
		if known && math.Abs(float64(r.rows-a.rows)) <= grown*float64(a.rows) || !ok || c.engineType != l.from[i].engineType {
			continue
		}
		high, _ := position(c.engineType, "max("+column+")")
		names, columns, ends = append(names, c.name), append(columns, column), append(ends, low+", "+high)
	}
	if len(names) == 0 {
		return nil
	}
	vectors, numbers, dest := make([][]interval, len(names)), make([]*float64, 2*len(names)), make([]any, 2*len(names))
	for i := range numbers {
		dest[i] = &numbers[i]
	}
	err := t.scan(ctx, doing, fmt.Sprintf(
		"SELECT %s FROM (SELECT rowid // %d AS vector, %s FROM %s TABLESAMPLE SYSTEM (%f PERCENT) REPEATABLE (1)) GROUP BY vector",
		strings.Join(ends, ", "), vectorRows, strings.Join(columns, ", "), r.table,
		min(100, 100*sampledVectors*vectorRows/float64(r.rows))), dest, func() {
		for i := range names {
			if low, high := numbers[2*i], numbers[2*i+1]; low != nil && high != nil {
				vectors[i] = append(vectors[i], interval{*low, *high})
			}
		}
	})
	if err != nil {
		return err
	}
	for i, name := range names {
		r.axes[name] = axisOf(vectors[i], r.rows)
	}
	return nil
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

// islands cuts the values that keys of a pattern have in column i where the gaps
// between them are widest. None means that they are in too many places, or that the ends
// of a range cannot be written, or have no position, as infinite times.
func (t *tx) islands(ctx context.Context, doing string, l lookup, p pattern, i int, a axis, probes []probe) ([]island, error) {
	for _, b := range probes {
		if b.key == i && isInteger(l.key[i].engineType) {
			return cut(b.set.(numbered).ranges(a.reach), a.gap(), maxIslands), nil
		}
	}
	key, keys := keyColumn(i), p.keys(l).text()
	at := func(x string) string {
		expression, _ := position(l.key[i].engineType, x)
		return expression
	}
	ends := func(keys, more string) ([]island, error) {
		return t.ranges(ctx, doing, fmt.Sprintf("SELECT CAST(min(%[1]s) AS VARCHAR), CAST(max(%[1]s) AS VARCHAR), %[2]s, %[3]s FROM %[4]s%[5]s",
			key, at("min("+key+")"), at("max("+key+")"), keys, more))
	}
	all, err := ends(keys, "")
	if err != nil || len(all) == 0 || all[0].to-all[0].from <= farKeys*a.reach {
		return all, err // one island, as the keys of rows in order are
	}
	byReach := fmt.Sprintf(" GROUP BY floor(%s / %g) ORDER BY min(%s) LIMIT %d", at(key), a.reach, key, maxBuckets+1)
	if l.count > manyKeys {
		some, err := ends(fmt.Sprintf("(SELECT * FROM %s LIMIT %d)", keys, fewKeys), byReach)
		if err != nil || a.share(cut(some, a.gap(), maxIslands)) >= worthShare {
			return nil, err // all of them are in no fewer places
		}
	}
	buckets, err := ends(keys, byReach)
	if err != nil || len(buckets) > maxBuckets {
		return nil, err
	}
	return cut(buckets, a.gap(), maxIslands), nil
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
// stay apart at the widest gaps, if these are wider than the least one.
func cut(ranges []island, least float64, most int) (out []island) {
	gap := func(i int) float64 { return ranges[i].from - ranges[i-1].to }
	var cuts []int
	for i := 1; i < len(ranges); i++ {
		if gap(i) > least {
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
func conditions(c resultColumn, islands []island) stretches {
	out := make(stretches, len(islands))
	for n, i := range islands {
		out[n] = within(storeColumn(c.name), "CAST("+literal(i.low)+" AS "+c.engineType+")", "CAST("+literal(i.high)+" AS "+c.engineType+")")
	}
	return out
}

// within is the conditions that a column's values are in a range, ends included. Of
// comparisons that are joined by OR the engine skips row groups in which none can be
// true, and compares the rows only after a scan's other filters; those of BETWEEN it
// makes with every row first.
func within(column, low, high string) []string {
	end := func(operator, value string) string {
		return fmt.Sprintf("(%[1]s %[2]s %[3]s OR %[1]s = %[3]s)", quote(column), operator, value)
	}
	return []string{end(">=", low), end("<=", high)}
}
