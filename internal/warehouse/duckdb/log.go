package duckdb

import (
	"context"
	"fmt"
	"slices"

	"github.com/atolldata/atoll/internal/schema"
)

// logName is the name of the physical table that keeps what left a relation. The
// dots in relations' names are escaped, so that none is named like it.
func logName(n schema.Name) string { return storeName(n) + ".log" }

// logOf is the table of the rows that left a relation, "" if it is not tracked.
func (t *tx) logOf(ctx context.Context, doing string, name schema.Name) (string, error) {
	if err := t.readCatalog(ctx, doing); err != nil || !slices.Contains(t.catalog, logName(name)) {
		return "", err
	}
	return stored(logName(name)), nil
}

// Track implements [warehouse.Tracking].
func (t *tx) Track(ctx context.Context, name schema.Name) error {
	doing := fmt.Sprintf("tracking %s", name)
	r, err := t.relation(ctx, doing, name)
	if err != nil || r.log != "" {
		return err
	}
	return t.createLog(ctx, doing, r)
}

// createLog makes the empty log of a relation.
func (t *tx) createLog(ctx context.Context, doing string, r *relation) error {
	if err := t.changed(ctx, doing, r.name); err != nil {
		return err
	}
	return t.createStored(ctx, doing, logName(r.name), fmt.Sprintf("AS SELECT %s, %s, CAST(NULL AS INTEGER) AS %s FROM %s WHERE false",
		quoteAll(r.storeColumns()), batchColumn, goneColumn, r.table))
}

// dropLog forgets what left a relation, and reports whether it was tracked.
func (t *tx) dropLog(ctx context.Context, doing string, name schema.Name) (tracked bool, err error) {
	if err := t.changed(ctx, doing, name); err != nil {
		return false, err
	}
	log, err := t.logOf(ctx, doing, name)
	if err != nil || log == "" {
		return false, err
	}
	return true, t.dropStored(ctx, doing, []string{logName(name)})
}

// trackAgain gives a relation that was built anew an empty log.
func (t *tx) trackAgain(ctx context.Context, doing string, name schema.Name) error {
	r, err := t.relation(ctx, doing, name)
	if err != nil {
		return err
	}
	return t.createLog(ctx, doing, r)
}

// unwritten are rows that left a relation and are not in its log yet.
type unwritten struct {
	in     string // the working table that has them
	insert string // what writes them
	gone   int64
}

// keep has the rows that leave a relation written to its log, as gone at a version:
// those of a table that a list selects in the relation's columns, and that carry a
// version of their own. Rows that came at that version leave no trace. What a
// working table has is written when the log is read, or the table dropped: most readers
// of a view are refreshed with it, and then nobody will ask for what it was before.
func (t *tx) keep(ctx context.Context, doing string, r *relation, list, version string, from part, gone int64) error {
	if r.log == "" {
		return nil
	}
	insert := fmt.Sprintf("INSERT INTO %s SELECT %s, %s, %d FROM %s%s", r.log, list, version, gone,
		from.table, from.filter(fmt.Sprintf("%s < %d", version, gone)))
	t.unwritten[r.name] = append(t.unwritten[r.name], unwritten{from.table, insert, gone})
	if _, isWorking := t.workingTable(from.table); isWorking && !t.watched[r.name] {
		return nil
	}
	return t.writeLog(ctx, doing, r)
}

// writeLog writes what is to be in a relation's log.
func (t *tx) writeLog(ctx context.Context, doing string, r *relation) error {
	list := t.unwritten[r.name]
	delete(t.unwritten, r.name)
	for _, u := range list {
		n, err := t.exec(ctx, doing, u.insert)
		if err != nil {
			return err
		}
		r.kept += n
	}
	return nil
}

// writeLogs writes what working tables that are about to go have for logs.
func (t *tx) writeLogs(ctx context.Context, doing string, names []string) error {
	for name, list := range t.unwritten {
		going := func(u unwritten) bool {
			return slices.ContainsFunc(names, func(n string) bool { return working(n) == u.in })
		}
		if !slices.ContainsFunc(list, going) {
			continue
		}
		r, err := t.relation(ctx, doing, name)
		if err != nil {
			return err
		}
		if err := t.writeLog(ctx, doing, r); err != nil {
			return err
		}
	}
	return nil
}

// logged is a stored relation whose log is written.
func (t *tx) logged(ctx context.Context, doing string, name schema.Name) (*relation, error) {
	r, err := t.relation(ctx, doing, name)
	if err != nil {
		return nil, err
	}
	return r, t.writeLog(ctx, doing, r)
}

// Prune implements [warehouse.Tracking].
func (t *tx) Prune(ctx context.Context, name schema.Name, version int64) error {
	doing := fmt.Sprintf("forgetting what left %s", name)
	r, err := t.relation(ctx, doing, name)
	if err != nil {
		return err
	}
	t.unwritten[name] = slices.DeleteFunc(t.unwritten[name], func(u unwritten) bool { return u.gone <= version })
	if r.kept == 0 {
		return nil
	}
	n, err := t.exec(ctx, doing, "DELETE FROM "+part{r.log, upTo(goneColumn, version)}.text())
	r.kept -= n
	return err
}

// Kept implements [warehouse.Tracking].
func (t *tx) Kept(ctx context.Context, name schema.Name) (int64, error) {
	r, err := t.logged(ctx, fmt.Sprintf("counting what left %s", name), name)
	if err != nil {
		return 0, err
	}
	return r.kept, nil
}
