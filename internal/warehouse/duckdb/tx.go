package duckdb

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/project"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/warehouse"
)

// loadColumns are what the rows of a raw table carry beside the declared columns.
const loadColumns = "_batch INTEGER, _file INTEGER, _row BIGINT"

// tx is the write transaction. Once failed is set, only Rollback is left.
type tx struct {
	w *Warehouse
	memory
	working []*workingObject // in the order they were made
	// unwritten is what is not in the logs of relations yet, and watched are those of
	// whose logs a working view reads.
	unwritten map[schema.Name][]unwritten
	watched   map[schema.Name]bool
	gone      int64 // rows that left relations
	failed    error
	done      bool
}

// Begin implements [warehouse.Warehouse].
func (w *Warehouse) Begin(ctx context.Context) (warehouse.Tx, error) {
	if err := w.acquire(ctx); err != nil {
		return nil, err
	}
	if _, err := w.writer.ExecContext(ctx, "BEGIN TRANSACTION"); err != nil {
		w.release()
		return nil, translate(err, "beginning a transaction")
	}
	t := &tx{w: w, memory: w.memory, unwritten: map[schema.Name][]unwritten{}, watched: map[schema.Name]bool{}}
	w.memory = memory{relations: map[schema.Name]*relation{}}
	return t, nil
}

// memory is what is known of the physical tables, so that it need not be asked for
// again. A transaction takes it over and keeps it true; its commit hands it back,
// and where there is none it is gone.
type memory struct {
	relations map[schema.Name]*relation
	catalog   []string // the names of all physical tables; nil if they are to be read
}

// usable returns the fault of using a transaction that has failed or ended.
func (t *tx) usable() error {
	switch {
	case t.done:
		return fault.New(fault.Internal, "the transaction has ended")
	case t.failed != nil:
		return t.failed
	}
	return nil
}

// fail remembers the first error: it ends the transaction's usefulness.
func (t *tx) fail(err error, doing string) error {
	err = translate(err, doing)
	if t.failed == nil {
		t.failed = err
	}
	return err
}

// exec runs a statement and returns how many rows it concerned.
func (t *tx) exec(ctx context.Context, doing, text string, args ...any) (int64, error) {
	if err := t.usable(); err != nil {
		return 0, err
	}
	res, err := t.w.writer.ExecContext(ctx, text, inUTC(args)...)
	if err != nil {
		return 0, t.fail(orCancelled(ctx, err), doing)
	}
	n, err := res.RowsAffected()
	if err != nil {
		return 0, t.fail(err, doing)
	}
	return n, nil
}

func (t *tx) query(ctx context.Context, doing, text string, args ...any) (warehouse.Rows, error) {
	if err := t.usable(); err != nil {
		return nil, err
	}
	rows, err := queryPlain(ctx, t.w.writer, doing, text, inUTC(args)...)
	if err != nil {
		return nil, t.fail(err, doing)
	}
	return rows, nil
}

// SQL implements [warehouse.Tx].
func (t *tx) SQL() warehouse.SQL { return txSQL{t} }

type txSQL struct{ t *tx }

func (s txSQL) Exec(ctx context.Context, text string, args ...any) error {
	_, err := s.t.exec(ctx, "writing Atoll's tables", text, args...)
	return err
}

func (s txSQL) Query(ctx context.Context, text string, args ...any) (warehouse.Rows, error) {
	return s.t.query(ctx, "reading Atoll's tables", s.t.with(text), args...)
}

// inUTC turns times to UTC: the driver stores a time's own clock.
func inUTC(args []any) []any {
	out := make([]any, len(args))
	for i, a := range args {
		switch v := a.(type) {
		case time.Time:
			out[i] = v.UTC()
		case *time.Time:
			if v != nil {
				out[i] = v.UTC()
			}
		default:
			out[i] = a
		}
	}
	return out
}

// CreateTable implements [warehouse.Tx].
func (t *tx) CreateTable(ctx context.Context, name schema.Name, table *project.Table, sought []schema.Column) error {
	doing := fmt.Sprintf("creating the table %s", name)
	tracked, err := t.dropLog(ctx, doing, name)
	if err != nil {
		return err
	}
	if err := t.Drop(ctx, name); err != nil {
		return err
	}
	columns, names := make([]schema.Column, len(table.Columns)), make([]string, len(table.Columns))
	for i, c := range table.Columns {
		columns[i], names[i] = schema.Column{Name: c.Name, Type: c.Type}, c.Name
	}
	if err := t.createStored(ctx, doing, storeName(name), "("+columnDefs(columns)+", "+loadColumns+t.w.hashDefinitions(longTexts(sought))+")"); err != nil {
		return err
	}
	if err := t.show(ctx, doing, name, names, stored(storeName(name))); err != nil || !tracked {
		return err
	}
	return t.trackAgain(ctx, doing, name)
}

// show makes the public view over a physical table.
func (t *tx) show(ctx context.Context, doing string, name schema.Name, columns []string, from string) error {
	if _, err := t.exec(ctx, doing, "CREATE SCHEMA IF NOT EXISTS "+quote(name.Schema)); err != nil {
		return err
	}
	_, err := t.exec(ctx, doing, "CREATE OR REPLACE VIEW "+public(name)+" AS SELECT "+selected(columns)+" FROM "+from)
	return err
}

// DeleteFiles implements [warehouse.Tx].
func (t *tx) DeleteFiles(ctx context.Context, table schema.Name, ids []int32, batch int64) (int64, error) {
	if len(ids) == 0 {
		return 0, t.usable()
	}
	doing := fmt.Sprintf("deleting files of %s", table)
	r, err := t.relation(ctx, doing, table)
	if err != nil {
		return 0, err
	}
	list := strings.Trim(strings.Join(strings.Fields(fmt.Sprint(ids)), ", "), "[]")
	leaving := part{r.table, []string{fileColumn + " IN (" + list + ")"}}
	if err := t.keep(ctx, doing, r, quoteAll(r.storeColumns()), batchColumn, leaving, batch); err != nil {
		return 0, err
	}
	gone, err := t.exec(ctx, doing, "DELETE FROM "+leaving.text())
	if err != nil {
		return 0, err
	}
	return gone, t.shrank(ctx, doing, r, gone)
}

// Refresh implements [warehouse.Tx]. New rows are built as a table of the next
// number; readers that began before the commit keep the old one.
func (t *tx) Refresh(ctx context.Context, v warehouse.View) (int64, error) {
	doing := fmt.Sprintf("refreshing %s", v.Name)
	if v.Diff {
		return t.difference(ctx, doing, v)
	}
	old, err := t.storedOf(ctx, doing, v.Name)
	if err != nil {
		return 0, err
	}
	next := storeName(v.Name) + versionMark + fmt.Sprint(nextVersion(old))
	sets := hashed(v)
	columns, list := columnDefs(slices.Concat(v.Columns, v.State))+t.w.hashDefinitions(sets), "*"+hashesOf(sets, stores)
	if err := t.createStored(ctx, doing, next, "("+columns+", "+batchColumn+" INTEGER)"); err != nil {
		return 0, err
	}
	rows, err := t.exec(ctx, doing, "INSERT INTO "+stored(next)+" "+t.with(viewRows(v, fmt.Sprintf("%s, %d", list, v.Version))))
	if err != nil {
		return 0, err
	}
	if !v.Hidden {
		shape := schema.Table{Columns: v.Columns}
		if err := t.show(ctx, doing, v.Name, shape.ColumnNames(), stored(next)); err != nil {
			return 0, err
		}
	}
	if err := t.dropStored(ctx, doing, old); err != nil {
		return 0, err
	}
	if tracked, err := t.dropLog(ctx, doing, v.Name); err != nil || !tracked {
		return rows, err
	}
	return rows, t.trackAgain(ctx, doing, v.Name)
}

// difference makes a view's table hold what its query returns now by the rows
// that make the difference.
func (t *tx) difference(ctx context.Context, doing string, v warehouse.View) (int64, error) {
	r, err := t.relation(ctx, doing, v.Name)
	if err != nil {
		return 0, err
	}
	if !r.has(slices.Concat(v.Columns, v.State)) {
		return 0, t.fail(fault.New(fault.Internal, "%s: the stored rows have other columns, so that there is no difference to them", doing), doing)
	}
	const name = "#new"
	if _, err := t.makeTable(ctx, doing, name, viewRows(v, "*")); err != nil {
		return 0, err
	}
	delta := fmt.Sprintf("SELECT *, 1 AS %[1]s FROM %[2]s UNION ALL SELECT %[3]s, -1 FROM %[4]s",
		warehouse.Weight, working(name), quoteAll(r.storeColumns()), r.table)
	if _, _, err := t.change(ctx, doing, change{r, r.names(nil), v.Version}, delta); err != nil {
		return 0, err
	}
	if err := t.unmake(ctx, doing, name); err != nil {
		return 0, err
	}
	return r.rows, nil
}

// count counts a physical table's rows, which the engine knows without a scan.
func (t *tx) count(ctx context.Context, doing, from string) (int64, error) {
	return t.number(ctx, doing, "SELECT count(*) FROM "+from)
}

// viewRows is the SELECT of the rows of a view's physical table: the query's
// columns, cast to what the view declares, in its physical order. The list
// selects from these.
func viewRows(v warehouse.View, list string) string {
	columns := slices.Concat(v.Columns, v.State)
	casts, names := make([]string, len(columns)), make([]string, len(columns))
	for i, c := range columns {
		names[i] = quote(storeColumn(c.Name))
		casts[i] = "CAST(" + names[i] + " AS " + engineType(c.Type) + ") AS " + names[i]
	}
	text := "SELECT " + list + " FROM (SELECT " + strings.Join(casts, ", ") + " FROM (" + v.Query + ") AS q(" + strings.Join(names, ", ") + "))"
	if len(v.Sort) > 0 {
		sort := make([]string, len(v.Sort))
		for i, name := range v.Sort {
			sort[i] = storeColumn(name)
		}
		text += " ORDER BY " + quoteAll(sort)
	}
	return text
}

// Drop implements [warehouse.Tx].
func (t *tx) Drop(ctx context.Context, name schema.Name) error {
	doing := fmt.Sprintf("dropping %s", name)
	old, err := t.storedOf(ctx, doing, name)
	if err != nil {
		return err
	}
	rows, err := t.query(ctx, doing, "SELECT 1 FROM duckdb_views() WHERE schema_name = ? AND view_name = ? AND NOT internal", name.Schema, name.Name)
	if err != nil {
		return err
	}
	defer rows.Close()
	if rows.Next() {
		if _, err := t.exec(ctx, doing, "DROP VIEW "+public(name)); err != nil {
			return err
		}
	}
	if _, err := t.dropLog(ctx, doing, name); err != nil {
		return err
	}
	return t.dropStored(ctx, doing, old)
}

// storedOf lists the physical tables behind a relation, of which there is one between
// transactions.
func (t *tx) storedOf(ctx context.Context, doing string, name schema.Name) (names []string, err error) {
	if err := t.readCatalog(ctx, doing); err != nil {
		return nil, err
	}
	base := storeName(name)
	for _, table := range t.catalog {
		if table == base || strings.HasPrefix(table, base+versionMark) {
			names = append(names, table)
		}
	}
	return names, nil
}

// readCatalog reads the names of all physical tables, once.
func (t *tx) readCatalog(ctx context.Context, doing string) error {
	if t.catalog != nil {
		return t.usable()
	}
	names := []string{}
	var table string
	err := t.scan(ctx, doing, "SELECT table_name FROM duckdb_tables() WHERE schema_name = "+literal(store), []any{&table},
		func() { names = append(names, table) })
	t.catalog = names
	return err
}

// createStored creates a physical table.
func (t *tx) createStored(ctx context.Context, doing, name, columns string) error {
	if err := t.readCatalog(ctx, doing); err != nil {
		return err
	}
	_, err := t.exec(ctx, doing, "CREATE TABLE "+stored(name)+" "+columns)
	t.catalog = append(t.catalog, name)
	return err
}

// dropStored drops physical tables.
func (t *tx) dropStored(ctx context.Context, doing string, names []string) error {
	for _, n := range names {
		if _, err := t.exec(ctx, doing, "DROP TABLE "+stored(n)); err != nil {
			return err
		}
		t.catalog = slices.DeleteFunc(t.catalog, func(known string) bool { return known == n })
	}
	return nil
}

// nextVersion is one above the highest number among a relation's physical tables.
func nextVersion(names []string) int {
	highest := 0
	for _, n := range names {
		_, number, _ := strings.Cut(n, versionMark)
		var k int
		if _, err := fmt.Sscan(number, &k); err == nil {
			highest = max(highest, k)
		}
	}
	return highest + 1
}

// Commit implements [warehouse.Tx]. Cancelling ctx has no effect once the
// commit has begun.
func (t *tx) Commit(ctx context.Context) error {
	if err := t.usable(); err != nil {
		if !t.done {
			t.Rollback()
		}
		return err
	}
	if err := ctx.Err(); err != nil {
		t.Rollback()
		return err
	}
	ctx = context.WithoutCancel(ctx)
	if err := t.Forget(ctx); err != nil {
		t.Rollback()
		return err
	}
	if _, err := t.w.writer.ExecContext(ctx, "COMMIT"); err != nil {
		return t.unclear(ctx, translate(err, "committing"))
	}
	defer t.end()
	t.w.memory = t.memory
	t.w.gone += t.gone
	if t.w.checkpointDue() {
		// The commit stands whatever becomes of the checkpoint, which the next
		// commit tries again.
		_ = t.w.checkpoint(ctx)
	}
	return nil
}

// unclear ends a transaction whose COMMIT failed and says so.
func (t *tx) unclear(ctx context.Context, err error) error {
	defer t.end()
	// Whatever is left of the transaction has to go; there may be nothing.
	_, _ = t.w.writer.ExecContext(ctx, "ROLLBACK")
	_ = t.w.scatterAll()
	return fault.Wrap(fmt.Errorf("%w: %w", warehouse.ErrUnclear, err), fault.Engine, "the commit failed").
		WithHint("read the ledger again before retrying")
}

// Rollback implements [warehouse.Tx]. After the end of the transaction it does
// nothing, so that it can be deferred.
func (t *tx) Rollback() error {
	if t.done {
		return nil
	}
	defer t.end()
	_, err := t.w.writer.ExecContext(context.Background(), "ROLLBACK")
	return translate(errors.Join(err, t.w.scatterAll()), "rolling back")
}

func (t *tx) end() {
	t.done = true
	t.w.sets.clear()
	t.w.release()
}
