package duckdb

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/warehouse"
)

// The columns that stored rows carry beside those of their relation.
const (
	batchColumn = warehouse.VersionColumn
	goneColumn  = "_gone" // in a log: the version that took it away
	fileColumn  = "_file"
	rowColumn   = "_row"
)

// storeColumn is the name that a relation's column has in its physical table. A
// name that begins with _, or that the engine has for the place of a row, gets
// another _ in front, so that it differs from those that Atoll adds.
func storeColumn(name string) string {
	if strings.HasPrefix(name, "_") || strings.EqualFold(name, "rowid") {
		return "_" + name
	}
	return name
}

// relation is a stored relation as refresh plans see it.
type relation struct {
	name    schema.Name
	table   string         // the physical table, in the engine's text
	columns []resultColumn // under their own names
	log     string         // the table of the rows that left it; "" if it is not tracked
	rows    int64          // that its table holds
	kept    int64          // that its log holds
	hashed  [][]string     // the sets of columns that it has hashes of
	axes    map[string]axis
	came    []arrival // the newest ones, in their order
	// gathered are tables of the values of columns, each with those that it has.
	gathered map[string]*gathered
}

// arrival is how many rows came at a version.
type arrival struct{ version, rows int64 }

// mostArrivals is how many a relation remembers.
const mostArrivals = 64

// arrived takes note of rows that came at a version.
func (r *relation) arrived(rows, version int64) {
	last := len(r.came) - 1
	switch {
	case last >= 0 && r.came[last].version > version: // nothing is known but of what comes after both
		r.came = []arrival{{version: r.came[last].version}}
		return
	case last >= 0 && r.came[last].version == version:
		r.came[last].rows += rows
		return
	}
	r.came = append(r.came, arrival{version, rows})
	r.came = r.came[max(0, len(r.came)-mostArrivals):]
}

// since is how many rows came after a version; ok is false if it is not known. The first
// version that is remembered may have brought more rows, before anything was.
func (r *relation) since(version int64) (rows int64, ok bool) {
	if r.kept > 0 || len(r.came) == 0 || r.came[0].version > version {
		return 0, false
	}
	for _, a := range r.came {
		if a.version > version {
			rows += a.rows
		}
	}
	return rows, true
}

// relation finds a stored relation. The transaction remembers it, and once it has
// committed the warehouse does: what changes its rows keeps the numbers right.
func (t *tx) relation(ctx context.Context, doing string, name schema.Name) (*relation, error) {
	if err := ctx.Err(); err != nil {
		return nil, t.fail(err, doing)
	}
	if r, ok := t.relations[name]; ok {
		return r, t.usable()
	}
	tables, err := t.storedOf(ctx, doing, name)
	if err != nil {
		return nil, err
	}
	if len(tables) == 0 {
		return nil, t.fail(fault.New(fault.Name, "%s: the relation %q does not exist", doing, name).
			WithHint("atoll run creates what a project declares"), doing)
	}
	r := &relation{name: name, table: stored(tables[0]), axes: map[string]axis{}, gathered: map[string]*gathered{}}
	shape, err := describe(ctx, t.w.writer, "SELECT * FROM "+r.table)
	if err != nil {
		return nil, t.fail(orCancelled(ctx, err), doing)
	}
	for _, c := range shape {
		switch {
		case strings.HasPrefix(c.name, hashMark):
			set, err := t.ownHashes(ctx, doing, r, c.name)
			if err != nil {
				return nil, err
			}
			if set != nil {
				r.hashed = append(r.hashed, set)
			}
		case !slices.Contains([]string{batchColumn, fileColumn, rowColumn}, c.name):
			r.columns = append(r.columns, resultColumn{strings.TrimPrefix(c.name, "_"), c.engineType})
		}
	}
	if r.log, err = t.logOf(ctx, doing, name); err != nil {
		return nil, err
	}
	if r.rows, err = t.count(ctx, doing, r.table); err != nil {
		return nil, err
	}
	if r.log != "" {
		if r.kept, err = t.count(ctx, doing, r.log); err != nil {
			return nil, err
		}
	}
	t.relations[name] = r
	return r, nil
}

// changed forgets what the transaction remembers of a relation.
func (t *tx) changed(ctx context.Context, doing string, name schema.Name) error {
	r, known := t.relations[name]
	delete(t.relations, name)
	delete(t.unwritten, name)
	if !known {
		return t.usable()
	}
	return t.scatter(ctx, doing, r)
}

// names are the columns asked for: the wanted ones, or all if there are none.
func (r *relation) names(wanted []string) []string {
	if len(wanted) > 0 {
		return wanted
	}
	all := make([]string, len(r.columns))
	for i, c := range r.columns {
		all[i] = c.name
	}
	return all
}

// columnOf finds a column by its name, in any case, as the engine does.
func columnOf(columns []resultColumn, name string) (resultColumn, bool) {
	i := slices.IndexFunc(columns, func(c resultColumn) bool { return strings.EqualFold(c.name, name) })
	if i < 0 {
		return resultColumn{}, false
	}
	return columns[i], true
}

// has tells whether the relation's columns are the given ones, in their order.
func (r *relation) has(columns []schema.Column) bool {
	return slices.EqualFunc(r.columns, columns, func(a resultColumn, b schema.Column) bool {
		return a.name == b.Name && a.engineType == engineType(b.Type)
	})
}

// selected is a list of columns of a physical table under the names that the
// relation has for them.
func selected(names []string) string {
	list := make([]string, len(names))
	for i, n := range names {
		list[i] = quote(storeColumn(n)) + " AS " + quote(n)
	}
	return strings.Join(list, ", ")
}

// storeColumns are the relation's columns as the physical table has them.
func (r *relation) storeColumns() []string {
	names := make([]string, len(r.columns))
	for i, c := range r.columns {
		names[i] = storeColumn(c.name)
	}
	return names
}

// part is a table that holds some of the rows of a relation at a version: those
// for which the conditions hold.
type part struct {
	table string
	where []string
}

func (p part) filter(more ...string) string {
	all := slices.Concat(p.where, more)
	if len(all) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(all, " AND ")
}

// at is where the rows of a relation at a version are: the first part has those
// that are still there.
func (r *relation) at(version int64) []part {
	came := upTo(batchColumn, version)
	parts := []part{{r.table, came}}
	if r.log != "" && version < maxVersion {
		parts = append(parts, part{r.log, append(slices.Clone(came), after(goneColumn, version))})
	}
	return parts
}

// maxVersion is the highest version that rows can carry.
const maxVersion = 1<<31 - 1

// upTo is the condition that a version is at most a given one.
func upTo(column string, version int64) []string {
	if version >= maxVersion {
		return nil
	}
	return []string{fmt.Sprintf("%s <= %d", column, version)}
}

// after is the condition that a version is later than a given one.
func after(column string, version int64) string {
	return fmt.Sprintf("%s > %d", column, min(version, maxVersion))
}

// text is the part as it stands behind FROM.
func (p part) text() string { return p.table + p.filter() }

// Size implements [warehouse.Tracking].
func (t *tx) Size(ctx context.Context, name schema.Name) (int64, error) {
	r, err := t.relation(ctx, fmt.Sprintf("counting the rows of %s", name), name)
	if err != nil {
		return 0, err
	}
	return r.rows, nil
}

// number runs a query of one row with one number; NULL is 0.
func (t *tx) number(ctx context.Context, doing, text string) (int64, error) {
	numbers, err := t.numbers(ctx, doing, text, 1)
	if err != nil {
		return 0, err
	}
	return numbers[0], nil
}

// numbers runs a query of one row with n numbers; NULL is 0.
func (t *tx) numbers(ctx context.Context, doing, text string, n int) ([]int64, error) {
	out, values, dest := make([]int64, n), make([]*int64, n), make([]any, n)
	for i := range values {
		dest[i] = &values[i]
	}
	err := t.scan(ctx, doing, text, dest, func() {
		for i, v := range values {
			if v != nil {
				out[i] = *v
			}
		}
	})
	return out, err
}

// scan runs a query for Atoll's own use and copies its rows, one after the other,
// to dest.
func (t *tx) scan(ctx context.Context, doing, text string, dest []any, row func()) error {
	if err := t.usable(); err != nil {
		return err
	}
	rows, err := t.w.writer.QueryContext(ctx, text)
	if err != nil {
		return t.fail(orCancelled(ctx, err), doing)
	}
	defer rows.Close()
	for rows.Next() {
		if err := rows.Scan(dest...); err != nil {
			return t.fail(err, doing)
		}
		row()
	}
	if err := rows.Err(); err != nil {
		return t.fail(orCancelled(ctx, err), doing)
	}
	return nil
}
