package duckdb

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/warehouse"
)

const (
	placeColumn = warehouse.PlaceColumn
	foundColumn = "_found" // version and place of a row, so that the newest is the greatest
)

// farPlaces is how many row groups apart places have to be for a DELETE of its own to
// cost less than to go through what lies between them: it takes as long as six and a
// sixteenth of all row groups of the relation.
func (r *relation) farPlaces() int64 { return 6 + r.rows/groupRows/16 }

// Overwrite implements [warehouse.Deltas].
func (t *tx) Overwrite(ctx context.Context, c warehouse.Overwrite) (came, left int64, err error) {
	doing := fmt.Sprintf("overwriting rows of %s", c.To)
	r, err := t.relation(ctx, doing, c.To)
	if err != nil {
		return 0, 0, err
	}
	changed, err := t.exchange(ctx, doing, r, c)
	if err != nil || changed == 0 {
		return 0, 0, err
	}
	leaving := part{working(c.As), []string{warehouse.Weight + " < 0"}}
	columns := r.names(nil)
	if err := t.keep(ctx, doing, r, quoteAll(columns), batchColumn, leaving, c.Version); err != nil {
		return 0, 0, err
	}
	if left, err = t.deleteAt(ctx, doing, r, placeColumn, leaving); err != nil {
		return 0, 0, err
	}
	if came, err = t.bring(ctx, doing, r, columns, working(c.As)+" WHERE "+warehouse.Weight+" > 0", c.Version); err != nil {
		return 0, 0, err
	}
	if changed != came+left {
		return 0, 0, t.fail(fault.New(fault.Internal, "%s: %d rows are to come or leave, and %d did: one of them is there twice, or not at all", doing, changed, came+left), doing)
	}
	return came, left, nil
}

// exchange makes the working table of the signed rows by which a relation changes,
// those that leave with their versions and places, and returns how many they are. Where equal
// rows are there more than once, all of their places are needed, which takes longer; where
// one of them leaves, a newest one's is enough. Of
// rows that are to be there once, one that is not has no weight, so that it neither
// comes nor leaves, and is missed by the count of what did.
func (t *tx) exchange(ctx context.Context, doing string, r *relation, c warehouse.Overwrite) (changed int64, err error) {
	nulls := "NULL AS " + batchColumn + ", NULL AS " + placeColumn
	once := fmt.Sprintf("SELECT %[1]s, CASE WHEN abs(sum(%[2]s)) = 1 THEN CAST(sum(%[2]s) AS INTEGER) END AS %[2]s, max(%[3]s) AS %[3]s, arg_max(%[4]s, %[3]s) AS %[4]s FROM %[5]s GROUP BY %[1]s HAVING sum(%[2]s) <> 0",
		quoteAll(r.names(nil)), warehouse.Weight, batchColumn, placeColumn, r.sides(c, batchColumn+", "+placeColumn, nulls))
	if changed, err = t.makeTable(ctx, doing, c.As, once); err != nil || changed == 0 || c.Unique {
		return changed, err
	}
	more, err := t.count(ctx, doing, part{working(c.As), []string{warehouse.Weight + " IS NULL"}}.text())
	if err != nil || more == 0 {
		return changed, err
	}
	if err := t.unmake(ctx, doing, c.As); err != nil {
		return 0, err
	}
	return t.makeTable(ctx, doing, c.As, r.exchangeMany(c))
}

// exchangeMany is the query of the signed rows of an exchange. Equal rows are one group,
// of which only as many come or leave as there are more of on one side.
func (r *relation) exchangeMany(c warehouse.Overwrite) string {
	found := fmt.Sprintf("{'%[1]s': %[1]s, '%[2]s': %[2]s}", batchColumn, placeColumn)
	return fmt.Sprintf(`SELECT %[1]s, CAST(sign(_net) AS INTEGER) AS %[2]s, unnest(CASE WHEN _net < 0 THEN %[3]s[:-_net] ELSE %[3]s[-_net:] END, recursive := true)
		FROM (SELECT %[1]s, CAST(sum(%[2]s) AS BIGINT) AS _net, list_sort(list(%[3]s), 'DESC', 'NULLS LAST') AS %[3]s
			FROM %[4]s GROUP BY %[1]s HAVING sum(%[2]s) <> 0)`,
		quoteAll(r.names(nil)), warehouse.Weight, foundColumn, r.sides(c, found, "NULL AS "+foundColumn))
}

// sides are the rows that are to come, with nulls for their places, and those that are
// there with them, signed.
func (r *relation) sides(c warehouse.Overwrite, places, nulls string) string {
	casts := make([]string, len(r.columns))
	for i, column := range r.columns {
		name := quote(column.name)
		casts[i] = "CAST(" + name + " AS " + column.engineType + ") AS " + name
	}
	columns := quoteAll(r.names(nil))
	return fmt.Sprintf("(SELECT %s, %s, 1 AS %s FROM (%s) AS q(%s) UNION ALL SELECT %s, %s, -1 FROM %s)",
		strings.Join(casts, ", "), nulls, warehouse.Weight, c.New, columns, columns, places, working(c.Old))
}

// deleteAt deletes the rows of a relation at the places that rows of a working table
// have, and returns how many there were. The engine looks at all places from the
// least of them to the greatest, so that those far from others are taken apart.
func (t *tx) deleteAt(ctx context.Context, doing string, r *relation, place string, of part) (gone int64, err error) {
	all := []places{{of: of}}
	if r.rows >= t.w.islandRows {
		if all, err = t.nearPlaces(ctx, doing, r, place, of, r.farPlaces()); err != nil {
			return 0, err
		}
	}
	for _, p := range all {
		n, err := t.exec(ctx, doing, "DELETE FROM "+r.table+" WHERE rowid IN (SELECT "+place+" FROM "+p.of.text()+")"+p.within)
		if err != nil {
			return 0, err
		}
		gone += n
	}
	return gone, t.shrank(ctx, doing, r, gone)
}

// places are some rows of a working table that say where rows of a relation are, and a
// condition that those meet.
type places struct {
	of     part
	within string
}

// nearPlaces cuts rows of a working table where their places are so many row groups
// from each other. By places the engine skips the vectors of
// all row groups one by one, and by values whole row groups, so that the rows are also said
// to lie within a range of a column, if one tells where rows lie.
func (t *tx) nearPlaces(ctx context.Context, doing string, r *relation, place string, of part, far int64) (all []places, err error) {
	column := r.along()
	value := "CAST(NULL AS BIGINT)"
	if column != "" {
		value = quote(column)
	}
	type span struct {
		group, low, high int64
		nulls            bool
	}
	var spans []span
	var group int64
	var low, high *int64
	var nulls bool
	err = t.scan(ctx, doing, fmt.Sprintf("SELECT %s // %d, CAST(min(%s) AS BIGINT), CAST(max(%[3]s) AS BIGINT), count(*) > count(%[3]s) FROM %[4]s GROUP BY 1 ORDER BY 1",
		place, groupRows, value, of.text()), []any{&group, &low, &high, &nulls}, func() {
		s := span{group: group, nulls: nulls}
		if low != nil {
			s.low, s.high = *low, *high
		}
		spans = append(spans, s)
	})
	for len(spans) > 0 {
		n, s := 1, spans[0]
		for ; n < len(spans) && spans[n].group-spans[n-1].group <= far; n++ {
			s.low, s.high, s.nulls = min(s.low, spans[n].low), max(s.high, spans[n].high), s.nulls || spans[n].nulls
		}
		p := places{of: part{of.table, append(slices.Clone(of.where),
			fmt.Sprintf("%s BETWEEN %d AND %d", place, s.group*groupRows, spans[n-1].group*groupRows+groupRows-1))}}
		if !s.nulls {
			p.within = fmt.Sprintf(" AND %s BETWEEN %d AND %d", value, s.low, s.high)
		}
		all, spans = append(all, p), spans[n:]
	}
	return all, err
}

// along is the column of integers that tells best where rows of a relation lie, of those
// that rows were looked up by, "" if none does.
func (r *relation) along() (best string) {
	least := worthShare
	for _, c := range r.columns {
		a, ok := r.axes[c.name]
		if !ok || a.reach == 0 || !isInteger(c.engineType) || c.name != storeColumn(c.name) {
			continue
		}
		if share := a.least(); share < least {
			best, least = c.name, share
		}
	}
	return best
}
