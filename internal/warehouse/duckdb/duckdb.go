package duckdb

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"

	"github.com/duckdb/duckdb-go/v2"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/scalar"
	"github.com/atolldata/atoll/internal/warehouse"
)

// ThreadMemory is the engine's memory limit for each of its threads where no
// limit is given, in bytes. Loads stay far below it; sorts, joins and aggregates
// that need more spill to the scratch folder.
const ThreadMemory = 1 << 30

// Options say how a warehouse is opened.
type Options struct {
	Path     string   // the warehouse's file, absolute; "" keeps everything in memory
	Memory   int64    // the engine's memory limit in bytes; 0 is ThreadMemory for each thread
	Threads  int      // the engine's threads; 0 is one per core
	ReadDirs []string // the folders that the engine may read: the lake, downloads
	Settings []string // SET statements that the engine texts of queries rely on
	Prelude  []string // statements that create the macros these texts use; run whenever the engine begins

	Functions []scalar.Func // what these texts and macros call, beyond the engine's own
}

// Warehouse implements [warehouse.Warehouse] on DuckDB.
type Warehouse struct {
	options Options
	threads int
	lock    *lock
	db      *sql.DB       // readers
	writer  *sql.Conn     // of the write transaction
	writing chan struct{} // holds a token while a write transaction or checkpoint is at work
	reading sync.RWMutex  // held by each who reads; with writing, by who renews the instance
	lost    error         // why there is no instance
	age     int           // how often the right to write was had since the instance was renewed
	clear   bool          // there was no scratch folder when the instance began
	memory  memory        // of who writes

	checkpoints int   // made since the one that merged row groups; 0 before the first
	gone        int64 // rows that left relations since then

	sets       sets
	hashMaker  string // the engine's version, by which its hashes are told from others
	hashedKeys int64  // see the constant of that name
	probedKeys int64  // see the constant of that name
	islandRows int64  // the size of a relation from which on lookups look for islands
	gathering  gathering
	gathered   []string // temporary tables of values, beside those of working tables
}

var _ warehouse.Warehouse = (*Warehouse)(nil)

// Open opens or creates a warehouse, and Atoll's own tables in it. A warehouse
// that another process holds is a fault of code Busy.
func Open(ctx context.Context, o Options) (_ *Warehouse, err error) {
	ballast()
	w := &Warehouse{options: o, threads: o.Threads, writing: make(chan struct{}, 1), age: renewEvery, islandRows: islandRows, hashedKeys: hashedKeys, probedKeys: probedKeys, gathering: gatherFew, memory: memory{relations: map[schema.Name]*relation{}}}
	if w.threads == 0 {
		w.threads = runtime.GOMAXPROCS(0)
	}
	if o.Path != "" {
		if strings.ContainsAny(o.Path, "?%") {
			return nil, fault.New(fault.Config, "the warehouse's path %q has a character that the engine does not take", o.Path).
				WithHint("use a path without ? and %%")
		}
		if err := os.MkdirAll(filepath.Dir(o.Path), 0o700); err != nil {
			return nil, fault.Wrap(err, fault.Engine, "cannot make the warehouse's folder")
		}
		if w.lock, err = lockFile(o.Path + ".lock"); err != nil {
			return nil, err
		}
	}
	defer func() {
		if err != nil {
			w.Close()
		}
	}()
	if err := w.start(ctx); err != nil {
		return nil, err
	}
	return w, nil
}

// start begins an instance of the engine, with the warehouse attached.
func (w *Warehouse) start(ctx context.Context) (err error) {
	if w.db, err = openCatalog(w.options.Path); err != nil {
		return translate(err, "opening the warehouse")
	}
	if w.writer, err = w.db.Conn(ctx); err != nil {
		return translate(err, "opening the warehouse")
	}
	w.clearScratch() // the engine has locked the file, so that nobody else's is there
	return w.setUp(ctx)
}

// stop ends the instance. One that somebody reads from ends when he has closed his rows.
func (w *Warehouse) stop() error {
	var errs []error
	if w.writer != nil {
		errs = append(errs, w.writer.Close())
		w.writer = nil
	}
	if w.db != nil {
		errs = append(errs, w.db.Close())
		w.db = nil
		w.sets.close()
	}
	return errors.Join(errs...)
}

// catalog is the name of the warehouse within the engine. Without one the engine
// takes the file's, and a schema of the same name would be ambiguous.
const catalog = "atoll_catalog"

// blockSize is the size of a block, in bytes, of the file of a new warehouse; one
// that is there keeps its own. It is a quarter of the engine's own choice, as a
// commit and a checkpoint take a block or two for each column of each table that got
// a row, however short. With smaller ones, texts are hardly compressed.
const blockSize = 64 << 10

// format is the oldest version of the engine that can read the warehouse's file. A file
// of an older format is one of this from then on, its blocks as they are.
const format = "v1.4.0"

// openCatalog makes connections that all work in the warehouse at path, or in
// memory for "". The first one attaches it.
func openCatalog(path string) (*sql.DB, error) {
	if path == "" {
		path = ":memory:"
	}
	var once sync.Once
	connector, err := duckdb.NewConnector("", func(conn driver.ExecerContext) (err error) {
		exec := func(text string) error {
			_, err := conn.ExecContext(context.Background(), text, nil)
			return err
		}
		once.Do(func() {
			if err = exec(fmt.Sprintf("SET GLOBAL default_block_size = %d", blockSize)); err == nil {
				err = exec("ATTACH " + literal(path) + " AS " + catalog + " (STORAGE_VERSION " + literal(format) + ")")
			}
		})
		if err != nil {
			return err
		}
		return exec("USE " + catalog)
	})
	if err != nil {
		return nil, err
	}
	return sql.OpenDB(connector), nil
}

// setUp configures the engine, creates what every warehouse has, and locks the
// configuration.
func (w *Warehouse) setUp(ctx context.Context) error {
	settings, err := w.settings()
	if err != nil {
		return err
	}
	if err := duckdb.RegisterTableUDF(w.writer, feedFunction, loader); err != nil {
		return translate(err, "registering the loader")
	}
	if err := w.sets.register(w.writer); err != nil {
		return err
	}
	if err := Register(w.writer, w.options.Functions); err != nil {
		return err
	}
	if err := w.knowHash(ctx); err != nil {
		return err
	}
	for _, statements := range [][]string{settings, warehouse.Tables(), w.options.Prelude, {"SET GLOBAL lock_configuration = true"}} {
		for _, s := range statements {
			if _, err := w.writer.ExecContext(ctx, s); err != nil {
				return translate(err, "setting up the warehouse")
			}
		}
	}
	return nil
}

// settings lists the statements that configure the engine. They are global, so
// that every reader has them.
func (w *Warehouse) settings() ([]string, error) {
	o := w.options
	memory := o.Memory
	if memory == 0 {
		memory = ThreadMemory * int64(w.threads)
	}
	folders := make([]string, len(o.ReadDirs))
	for i, dir := range o.ReadDirs {
		absolute, err := filepath.Abs(dir)
		if err != nil {
			return nil, fault.Wrap(err, fault.Engine, "cannot find the folder %q", dir)
		}
		folders[i] = literal(absolute)
	}
	list := []string{
		fmt.Sprintf("SET GLOBAL memory_limit = '%dB'", memory),
		fmt.Sprintf("SET GLOBAL threads = %d", w.threads),
		"SET GLOBAL temp_directory = " + literal(w.scratch()),
		// Rows carry their file and row number; keeping the order of arrival
		// would only hold threads up.
		"SET GLOBAL preserve_insertion_order = false",
		// Checkpoints are made on Atoll's schedule, and so is what some of them do.
		"SET GLOBAL checkpoint_threshold = '1TB'",
		"SET GLOBAL allowed_configs = [" + literal(compacting) + "]",
		"SET GLOBAL autoinstall_known_extensions = false",
		"SET GLOBAL autoload_known_extensions = false",
		"SET GLOBAL allowed_directories = [" + strings.Join(folders, ", ") + "]",
		"SET GLOBAL enable_external_access = false",
	}
	for _, s := range o.Settings {
		list = append(list, "SET GLOBAL "+strings.TrimPrefix(s, "SET "))
	}
	return list, nil
}

// acquire waits for the right to write, and for an instance of the engine to do it with.
func (w *Warehouse) acquire(ctx context.Context) error {
	select {
	case w.writing <- struct{}{}:
		err := w.renew(context.WithoutCancel(ctx))
		if err != nil {
			w.release()
		}
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (w *Warehouse) release() { <-w.writing }

// Query implements [warehouse.Warehouse]. The engine holds the result, so that
// later commits do not change it.
func (w *Warehouse) Query(ctx context.Context, text string) (warehouse.Rows, error) {
	return w.read(ctx, query, "running the query", text)
}

// read runs a query on a connection of its own, in a transaction that can only
// read: describing and running it see the same state.
func (w *Warehouse) read(ctx context.Context, run runner, doing, text string, args ...any) (_ warehouse.Rows, err error) {
	conn, err := w.reader(ctx, doing)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			conn.Close()
		}
	}()
	if _, err := conn.ExecContext(ctx, "BEGIN TRANSACTION READ ONLY"); err != nil {
		return nil, translate(err, doing)
	}
	rows, err := run(ctx, conn, doing, text, args...)
	// The engine has the whole result by now, so nothing older is kept for it.
	if _, endErr := conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK"); err == nil && endErr != nil {
		rows.Close()
		err = translate(endErr, doing)
	}
	if err != nil {
		return nil, err
	}
	rows.reader = conn
	return rows, nil
}

// reader is a connection of one who reads. The instance stays until it is closed.
type reader struct {
	*sql.Conn
	reading *sync.RWMutex
}

func (w *Warehouse) reader(ctx context.Context, doing string) (*reader, error) {
	w.reading.RLock()
	if w.lost != nil {
		w.reading.RUnlock()
		return nil, w.lost
	}
	conn, err := w.db.Conn(ctx)
	if err != nil {
		w.reading.RUnlock()
		return nil, translate(err, doing)
	}
	return &reader{conn, &w.reading}, nil
}

// Close gives the connection back. It is called once.
func (r *reader) Close() error {
	defer r.reading.RUnlock()
	return r.Conn.Close()
}

// SQL implements [warehouse.Warehouse].
func (w *Warehouse) SQL() warehouse.SQL { return readSQL{w} }

// readSQL reads Atoll's own tables over the last committed state.
type readSQL struct{ w *Warehouse }

func (s readSQL) Exec(context.Context, string, ...any) error {
	return fault.New(fault.Internal, "a statement that writes needs a transaction")
}

func (s readSQL) Query(ctx context.Context, text string, args ...any) (warehouse.Rows, error) {
	return s.w.read(ctx, queryPlain, "reading Atoll's tables", text, inUTC(args)...)
}

// Close implements [warehouse.Warehouse]. A transaction that is still open is lost.
func (w *Warehouse) Close() error {
	err := errors.Join(w.stop(), w.lock.release())
	w.lock = nil
	return err
}
