package duckdb

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/duckdb/duckdb-go/v2"

	"github.com/atolldata/atoll/internal/decode"
	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/project"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/warehouse"
)

// maxKept is how many rejects of a file are kept. A file with more of them is
// turned away, whatever share of its rows they are. It is the greatest MAXERROR
// of Redshift's COPY.
const maxKept = 100_000

// Load implements [warehouse.Tx]. A file that is turned away leaves the
// transaction good for Rollback only.
func (t *tx) Load(ctx context.Context, l warehouse.Load) (warehouse.LoadResult, error) {
	if err := t.usable(); err != nil {
		return warehouse.LoadResult{}, err
	}
	doing := "loading " + l.Name.String()
	r, err := t.relation(ctx, doing, l.Name)
	if err != nil {
		return warehouse.LoadResult{}, err
	}
	load := t.loadFeed
	if l.Table.Format == project.Parquet {
		load = t.loadParquet
	}
	result, err := load(ctx, r, l)
	if err != nil {
		return result, t.fail(err, doing)
	}
	rows := int64(0)
	for _, f := range result.Files {
		if f.Err != nil {
			t.failed = fault.Wrap(f.Err, fault.Data, "a file of the batch was turned away")
			break
		}
		rows += f.Rows
	}
	return result, t.grew(ctx, doing, r, rows, l.Batch)
}

// loadedHashes are the hashes of the rows that are loaded to a relation, behind other
// values, where values are those of the declared columns.
func (r *relation) loadedHashes(declared []project.Column, values []string) string {
	return hashesOf(r.hashed, func(column string) string {
		i := slices.IndexFunc(declared, func(c project.Column) bool { return c.Name == column })
		return "CAST(" + values[i] + " AS " + engineType(declared[i].Type) + ")"
	})
}

// loadFeed loads JSON and CSV.
func (t *tx) loadFeed(ctx context.Context, r *relation, l warehouse.Load) (warehouse.LoadResult, error) {
	f, err := newFeed(ctx, l, t.w.threads)
	if err != nil {
		return warehouse.LoadResult{}, err
	}
	defer f.stop()
	columns := make([]string, len(l.Table.Columns)+2)
	for i := range columns {
		columns[i] = feedColumn(i)
	}
	for i, c := range l.Table.Columns {
		columns[i] = "CAST(" + columns[i] + " AS " + engineType(c.Type) + ")"
	}
	declared, place := columns[:len(l.Table.Columns)], columns[len(l.Table.Columns):]
	rows, err := t.exec(context.WithValue(ctx, feedKey{}, f), "loading "+l.Name.String(), fmt.Sprintf("INSERT INTO %s SELECT %s, %d, %s%s FROM %s()",
		r.table, strings.Join(declared, ", "), l.Batch, strings.Join(place, ", "), r.loadedHashes(l.Table.Columns, declared), feedFunction))
	if f.err != nil {
		return warehouse.LoadResult{}, f.err
	}
	if err != nil {
		return warehouse.LoadResult{}, err
	}
	f.reportRest()
	tallies := make([]*tally, len(f.files))
	for i, file := range f.files {
		tallies[i] = &file.tally
	}
	return summarize(tallies, rows)
}

// tally counts what becomes of a file's rows. Several threads work on a file.
type tally struct {
	table *project.Table
	file  warehouse.LoadFile

	mu      sync.Mutex
	rows    int64 // that could be converted
	rejects []warehouse.Reject
	err     error // why the file is turned away
}

// count takes in a decoded batch. It returns false when the file has so many
// rejects that there is no use in reading on.
func (t *tally) count(b *decode.Batch) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.rows += int64(b.N)
	for _, r := range b.Rejects {
		t.reject(warehouse.Reject{Line: r.Line, Column: r.Column, Raw: r.Raw, Reason: r.Reason})
	}
	return t.err == nil
}

// reject takes in a row that could not be converted, unless the file is turned
// away anyhow.
func (t *tally) reject(r warehouse.Reject) {
	if t.err != nil {
		return
	}
	r.File = t.file.ID
	t.rejects = append(t.rejects, r)
	if len(t.rejects) > maxKept {
		t.err = t.tooMany(fmt.Sprintf("more than %d rows were rejected", maxKept))
	}
}

// turnAway remembers the first reason for turning the file away. An error that is
// no fault yet is not of the file's content: its bytes could not be had.
func (t *tally) turnAway(err error) {
	var known *fault.Error
	if !errors.As(err, &known) {
		err = fault.Wrap(err, fault.Source, "cannot read the file").At(fault.Position{File: t.file.URI})
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.err == nil {
		t.err = err
	}
}

// over reports that the file is turned away.
func (t *tally) over() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.err != nil
}

// result closes the account of a file that no thread works on any more.
func (t *tally) result() (warehouse.FileResult, []warehouse.Reject) {
	slices.SortFunc(t.rejects, func(a, b warehouse.Reject) int { return cmp.Compare(a.Line, b.Line) })
	rejected := int64(len(t.rejects))
	if all := t.rows + rejected; t.err == nil && t.table.MaxRejects.Exceeded(rejected, all) {
		t.err = t.tooMany(fmt.Sprintf("%d of %d rows were rejected", rejected, all))
	}
	if t.err != nil {
		return warehouse.FileResult{ID: t.file.ID, Rejected: rejected, Err: t.err}, nil
	}
	return warehouse.FileResult{ID: t.file.ID, Rows: t.rows, Rejected: rejected}, t.rejects
}

// tooMany is the fault of a file with too many rejects, of which it shows one.
func (t *tally) tooMany(what string) error {
	r := t.rejects[0]
	place := fmt.Sprintf("line %d", r.Line)
	if r.Column != "" {
		place += fmt.Sprintf(", column %q", r.Column)
	}
	return fault.New(fault.Data, "%s, such as %s: %s", what, place, r.Reason).
		At(fault.Position{File: t.file.URI}).
		WithHint("correct the columns of the table, or raise its max_rejects")
}

// summarize makes a load's result and checks it against what the engine says
// that it inserted.
func summarize(tallies []*tally, inserted int64) (warehouse.LoadResult, error) {
	var result warehouse.LoadResult
	var rows int64
	whole := true
	for _, t := range tallies {
		file, rejects := t.result()
		result.Files = append(result.Files, file)
		result.Rejects = append(result.Rejects, rejects...)
		rows += file.Rows
		whole = whole && file.Err == nil
	}
	if whole && rows != inserted {
		return result, fault.New(fault.Internal, "%d rows were decoded and %d inserted", rows, inserted)
	}
	return result, nil
}

// feedTypes are the engine's types for those that files are decoded to.
var feedTypes = map[schema.Kind]duckdb.Type{
	schema.Boolean: duckdb.TYPE_BOOLEAN, schema.SmallInt: duckdb.TYPE_SMALLINT, schema.Integer: duckdb.TYPE_INTEGER,
	schema.BigInt: duckdb.TYPE_BIGINT, schema.Real: duckdb.TYPE_FLOAT, schema.Double: duckdb.TYPE_DOUBLE,
	schema.Char: duckdb.TYPE_VARCHAR, schema.Varchar: duckdb.TYPE_VARCHAR, schema.Super: duckdb.TYPE_VARCHAR,
	schema.Varbyte: duckdb.TYPE_BLOB, schema.Date: duckdb.TYPE_DATE, schema.Time: duckdb.TYPE_TIME,
	schema.TimeTZ: duckdb.TYPE_TIME_TZ, schema.Timestamp: duckdb.TYPE_TIMESTAMP, schema.TimestampTZ: duckdb.TYPE_TIMESTAMP_TZ,
}

// feedType is the type of a column of the table function; nil, which the driver
// refuses, for a type that files cannot hold.
func feedType(t schema.Type) duckdb.TypeInfo {
	var info duckdb.TypeInfo
	var err error
	if t.Kind == schema.Decimal {
		info, err = duckdb.NewDecimalInfo(uint8(t.Precision), uint8(t.Scale))
	} else {
		info, err = duckdb.NewTypeInfo(feedTypes[t.Kind])
	}
	if err != nil {
		return nil
	}
	return info
}
