package duckdb

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/duckdb/duckdb-go/v2"

	"github.com/atolldata/atoll/internal/decode"
	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/warehouse"
)

// feedFunction is the name of the table function that gives a feed's rows.
const feedFunction = "atoll_feed"

// progressEvery is how many rows are loaded between two calls of Progress.
const progressEvery = 1 << 16

// feed streams the JSON or CSV files of one load into the engine. The engine's
// threads pull: each takes a file of its own while there are files, then helps
// with those that are not done. So there is nothing to hand over, to bound or
// to stop.
type feed struct {
	ctx     context.Context
	load    warehouse.Load
	threads int
	decoder *decode.Decoder
	files   []*feedFile
	failed  atomic.Bool // a file was turned away: the rest is only examined

	mu         sync.Mutex
	next       int   // the first file that no thread has taken
	unreported int64 // rows since the last call of Progress
	err        error // the first error that is not a file's: the engine keeps only its text
}

// feedFile is a file on its way.
type feedFile struct {
	tally
	ended atomic.Bool // no more blocks will come

	reading  sync.Mutex // guards what follows
	splitter *decode.Splitter
	closers  []func()
}

// worker is what one of the engine's threads works with.
type worker struct {
	file    *feedFile
	block   *decode.Block
	batch   *decode.Batch
	scratch []byte
}

func newFeed(ctx context.Context, l warehouse.Load, threads int) (*feed, error) {
	decoder, err := decode.New(l.Table)
	if err != nil {
		return nil, err
	}
	f := &feed{ctx: ctx, load: l, threads: threads, decoder: decoder}
	for _, file := range l.Files {
		f.files = append(f.files, &feedFile{tally: tally{table: l.Table, file: file}})
	}
	return f, nil
}

// stop closes the files that were not read to their end.
func (f *feed) stop() {
	for _, file := range f.files {
		file.stop()
	}
}

// feedKey is where a statement's context has the feed that it loads. So no other
// connection's statement can take a feed's rows.
type feedKey struct{}

// loader is the engine's way to a feed: a table function without arguments (the
// driver does not survive a NULL one).
var loader = duckdb.ParallelChunkTableFunction{
	BindArgumentsContext: func(ctx context.Context, _ map[string]any, _ ...any) (duckdb.ParallelChunkTableSource, error) {
		f, ok := ctx.Value(feedKey{}).(*feed)
		if !ok {
			return nil, errors.New(feedFunction + " is for loads only")
		}
		return feedSource{f}, nil
	},
}

// feedSource is a feed as the driver wants it: the declared columns, then _file
// and _row.
type feedSource struct{ *feed }

func (s feedSource) ColumnInfos() []duckdb.ColumnInfo {
	infos := make([]duckdb.ColumnInfo, 0, len(s.load.Table.Columns)+2)
	add := func(t schema.Type) {
		infos = append(infos, duckdb.ColumnInfo{Name: feedColumn(len(infos)), T: feedType(t)})
	}
	for _, c := range s.load.Table.Columns {
		add(c.Type)
	}
	add(schema.Type{Kind: schema.Integer})
	add(schema.Type{Kind: schema.BigInt})
	return infos
}

// feedColumn names the i-th column of the table function.
func feedColumn(i int) string { return fmt.Sprintf("c%d", i) }

func (s feedSource) Cardinality() *duckdb.CardinalityInfo { return nil }

func (s feedSource) Init() duckdb.ParallelTableSourceInfo {
	return duckdb.ParallelTableSourceInfo{MaxThreads: s.threads}
}

func (s feedSource) NewLocalState() any { return &worker{batch: s.decoder.NewBatch()} }

// FillChunk implements the driver's ParallelChunkTableSource. A panic becomes an
// error: it must not cross into the engine.
func (s feedSource) FillChunk(local any, chunk duckdb.DataChunk) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fault.New(fault.Internal, "the loader failed: %v\n%s", p, debug.Stack())
		}
		if err != nil {
			s.fail(err)
		}
	}()
	w := local.(*worker)
	more, err := s.fill(w)
	if err != nil || w.batch.N == 0 {
		return errors.Join(err, chunk.SetSize(0))
	}
	if err := w.write(&chunk); err != nil {
		return err
	}
	if !more {
		w.drop()
	}
	return chunk.SetSize(w.batch.N)
}

// fail remembers the first error: what reaches the engine is only its text.
func (f *feed) fail(err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.err == nil {
		f.err = err
	}
}

// fill decodes the next rows into the worker's batch, none at the end of all
// files, and reports whether the worker's block has more.
func (f *feed) fill(w *worker) (more bool, err error) {
	for {
		if err := f.ctx.Err(); err != nil {
			return false, err
		}
		if w.block == nil && !f.nextBlock(w) {
			w.batch.N = 0
			return false, f.ctx.Err()
		}
		more = f.decoder.Decode(w.block, w.batch)
		if !w.file.count(w.batch) {
			w.file.stop()
		}
		if w.file.over() {
			f.failed.Store(true)
		}
		if w.batch.N > 0 && !f.failed.Load() {
			f.report(int64(w.batch.N))
			return more, nil
		}
		if !more {
			w.drop()
		}
	}
}

// report passes on how many rows were loaded, now and then.
func (f *feed) report(rows int64) {
	if f.load.Progress == nil {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.unreported += rows; f.unreported >= progressEvery {
		f.load.Progress(f.unreported)
		f.unreported = 0
	}
}

// reportRest reports the rows since the last report.
func (f *feed) reportRest() {
	if f.load.Progress != nil && f.unreported > 0 {
		f.load.Progress(f.unreported)
	}
}

// nextBlock finds the worker its next block; false at the end of all files.
func (f *feed) nextBlock(w *worker) bool {
	for {
		if w.file == nil {
			if w.file = f.take(); w.file == nil {
				return false
			}
		}
		block, err := w.file.next(f.ctx, f.decoder)
		if err == nil {
			w.block = block
			return true
		}
		if !errors.Is(err, io.EOF) {
			w.file.turnAway(err)
			f.failed.Store(true)
		}
		w.file = nil
	}
}

// take finds a file to work on: one that no other thread has, else any that has
// blocks left, else nil.
func (f *feed) take() *feedFile {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.ctx.Err() != nil {
		return nil
	}
	if f.next < len(f.files) {
		f.next++
		return f.files[f.next-1]
	}
	for _, file := range f.files {
		if !file.ended.Load() {
			return file
		}
	}
	return nil
}

// next reads the file's next block, and opens the file for the first. At the end
// it returns io.EOF; there, and after any error, the file is closed.
func (file *feedFile) next(ctx context.Context, d *decode.Decoder) (*decode.Block, error) {
	file.reading.Lock()
	defer file.reading.Unlock()
	if file.ended.Load() {
		return nil, io.EOF
	}
	if file.splitter == nil {
		if err := file.open(ctx, d); err != nil {
			file.close()
			return nil, err
		}
	}
	block, err := file.splitter.Next()
	if err != nil {
		file.close()
	}
	return block, err
}

func (file *feedFile) open(ctx context.Context, d *decode.Decoder) error {
	path, release, err := file.file.Local(ctx)
	if err != nil {
		return err
	}
	file.closers = append(file.closers, release)
	raw, err := os.Open(path)
	if err != nil {
		return err
	}
	file.closers = append(file.closers, func() { raw.Close() })
	text, err := decode.Open(file.table, file.file.URI, raw)
	if err != nil {
		return err
	}
	file.closers = append(file.closers, func() { text.Close() })
	file.splitter = d.Split(file.file.URI, text)
	return nil
}

// close releases what open took. The caller holds the file's lock.
func (file *feedFile) close() {
	file.ended.Store(true)
	for _, c := range slices.Backward(file.closers) {
		c()
	}
	file.closers = nil
}

// stop says that no more blocks are wanted.
func (file *feedFile) stop() {
	file.reading.Lock()
	defer file.reading.Unlock()
	file.close()
}

// drop gives the worker's block back.
func (w *worker) drop() {
	w.block.Release()
	w.block = nil
}

// write copies the worker's batch into the engine's vectors.
func (w *worker) write(chunk *duckdb.DataChunk) error {
	raw, position, err := rawChunk(chunk)
	if err != nil {
		return err
	}
	n, declared := w.batch.N, len(w.batch.Cols)
	if len(position) != declared+2 {
		return fault.New(fault.Internal, "the engine asks for %d columns, not %d", len(position), declared+2)
	}
	for i := range w.batch.Cols {
		if at := position[i]; at >= 0 {
			chunkVector(raw, at).put(&w.batch.Cols[i], n, &w.scratch)
		}
	}
	if at := position[declared]; at >= 0 {
		repeat(chunkVector(raw, at), n, w.file.file.ID)
	}
	if at := position[declared+1]; at >= 0 {
		copy(elements[int64](chunkVector(raw, at), n), w.batch.Rows)
	}
	return nil
}
