package warehouse

import (
	"context"
	"time"

	"github.com/atolldata/atoll/internal/project"
	"github.com/atolldata/atoll/internal/schema"
)

// Warehouse is an engine that holds one project's tables.
//
// One process owns a warehouse; Open of a second one fails with a fault of code
// Busy that names the holder. All methods may be called from any goroutine;
// there is one writer at a time, and Begin waits for it.
type Warehouse interface {
	// Begin opens the write transaction.
	Begin(ctx context.Context) (Tx, error)
	// Query runs one SELECT in the engine's own text, as printed from a bound
	// tree, over the last committed state. Cancelling ctx stops the engine.
	Query(ctx context.Context, text string) (Rows, error)
	// SQL reads Atoll's own tables over the last committed state.
	SQL() SQL
	// Checkpoint makes the warehouse file compact; writers are quiet meanwhile.
	Checkpoint(ctx context.Context) error
	Close() error
}

// Tx is the write transaction. After any error the only call that is allowed is
// Rollback; Commit after an error returns that error and rolls back.
type Tx interface {
	Deltas
	// SQL reads and writes Atoll's own tables within the transaction.
	SQL() SQL
	// CreateTable creates a raw table and its public view. An existing one of
	// the same name is replaced, rows included. It is prepared for its rows being looked
	// up by the sought columns, each by itself.
	CreateTable(ctx context.Context, name schema.Name, t *project.Table, sought []schema.Column) error
	// Load appends the rows of files to a raw table as one batch. Rows that
	// cannot be converted go to the result's rejects. A file that cannot be
	// loaded (too many rejects, truncated, not of its format) is reported in
	// its FileResult; its rows may be in the table by then, so the caller rolls
	// back and does the batch again without it.
	Load(ctx context.Context, l Load) (LoadResult, error)
	// DeleteFiles removes the rows of files from a raw table (their _file is in
	// ids) and returns how many rows left, at the given batch.
	DeleteFiles(ctx context.Context, table schema.Name, ids []int32, batch int64) (int64, error)
	// Refresh makes a view hold what its query returns now and returns how many
	// rows it holds: by building it beside the live one and switching, or, if
	// v.Diff is set, by the rows that differ, so that those who read its changes
	// need not read all of it. The stored view must then have v's columns.
	Refresh(ctx context.Context, v View) (rows int64, err error)
	// Drop removes a raw table or view, physical and public parts; a name that
	// does not exist is no error.
	Drop(ctx context.Context, name schema.Name) error
	Commit(ctx context.Context) error
	Rollback() error
}

// SQL runs Atoll's own statements: the ledger and its kin, written in the SQL
// that all engines share, with ? for parameters. It is not for users' text.
type SQL interface {
	Exec(ctx context.Context, text string, args ...any) error
	Query(ctx context.Context, text string, args ...any) (Rows, error)
}

// Rows is a forward-only result. Close it; it is safe to close twice.
type Rows interface {
	Columns() []schema.Column
	Next() bool
	// Scan copies the current row. A *any takes any value: bool, int64, float64,
	// []byte, time.Time in UTC for dates and timestamps, and string for all else:
	// text, SUPER as JSON text, times of day, intervals, and decimals with all
	// digits of their scale. NULL is nil.
	Scan(dest ...any) error
	Err() error
	Close() error
}

// Load is one table's part of a batch.
type Load struct {
	Name  schema.Name
	Table *project.Table
	Batch int64
	Files []LoadFile
	// Progress, if set, is called now and then with rows loaded since the last call.
	Progress func(rows int64)
}

// LoadFile is a lake file to load. Local makes it available as a local path
// (it may block while a download runs ahead) and hands back a release, which is
// called as soon as the file has been read. Local is called for the files in
// their order, by several threads, each of which holds one file at a time, or
// several that follow each other and have MaxHeld bytes at most.
type LoadFile struct {
	ID    int32 // the _file of its rows
	URI   string
	Size  int64 // bytes
	Local func(ctx context.Context) (path string, release func(), err error)
}

// MaxHeld is how many bytes of files a thread may hold that holds several.
const MaxHeld = 512 << 20

// LoadResult says what became of each file, in the order of Load.Files.
type LoadResult struct {
	Files   []FileResult
	Rejects []Reject
}

// FileResult is what became of one file. Err, where set, turns the file away.
type FileResult struct {
	ID       int32
	Rows     int64 // rows loaded
	Rejected int64 // rows that could not be converted
	Err      error // of code Data for its content, of code Source where its bytes could not be had
}

// Reject is a row that could not be converted. Line counts from 1 in the text
// of the file (after decompression); for Parquet it is the row's number.
type Reject struct {
	File   int32
	Line   int64
	Column string // "" where the whole row is at fault
	Raw    string // the row's text, cut at 1 KiB
	Reason string
}

// View is what Refresh builds.
type View struct {
	Name    schema.Name
	Columns []schema.Column // that users see
	State   []schema.Column // that the query returns after them, for the refresh plan alone
	Query   string          // in the engine's text
	Sort    []string        // physical order of the rows
	Key     []string        // columns that rows are looked up by and that no two share, about, so that an engine may prepare for it
	Sought  []schema.Column // others that rows are looked up by, each by itself
	Label   time.Time
	Version int64 // the run, which its rows carry
	Hidden  bool  // a stage: there is no public view of it
	Diff    bool  // the rows that stay are left alone, and those that differ are its delta
}
