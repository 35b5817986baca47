package pipeline

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
	"slices"

	"github.com/atolldata/atoll/internal/compile"
	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/lake"
	"github.com/atolldata/atoll/internal/refresh"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/warehouse"
)

// errAgain ends an attempt at a transaction: a file was turned away or a view
// failed, which the tick has noted, and the batch is to be done without it.
var errAgain = errors.New("the batch is done again")

// loadAll loads what was found, batch by batch, and refreshes the views with the
// last. While a batch loads, the next one is brought to the lake.
func (t *tick) loadAll(ctx context.Context, all []found) error {
	groups := t.batches(all)
	if len(groups) == 0 {
		return t.commit(ctx, landing{}, true)
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	ahead := make(chan arrival)
	go func() {
		sum := &landingSum{total: len(all)}
		for _, group := range groups {
			select {
			case ahead <- t.bring(ctx, group, sum):
			case <-ctx.Done():
				return
			}
		}
	}()
	for i, group := range groups {
		var a arrival
		select {
		case a = <-ahead:
		case <-ctx.Done():
			return ctx.Err()
		}
		if a.err != nil {
			return a.err
		}
		if err := t.commit(ctx, t.receive(group, a), i == len(groups)-1); err != nil {
			return err
		}
	}
	return nil
}

// commit does one transaction: a batch, and with the last one all that is due.
// It is done again without what turns out not to load or to refresh.
func (t *tick) commit(ctx context.Context, l landing, last bool) error {
	for {
		a := &attempt{t: t, landing: l, last: last, tables: maps.Clone(t.tables), views: maps.Clone(t.views),
			cursors: maps.Clone(t.cursors), changed: map[schema.Name]bool{}, stuck: maps.Clone(t.held)}
		err := a.do(ctx)
		if errors.Is(err, errAgain) {
			continue
		}
		return err
	}
}

// attempt is one try at a transaction. What it changes of the tick it changes
// when it has committed.
type attempt struct {
	t *tick
	landing
	last  bool
	batch int64 // 0 if no ledger row changes

	tx       warehouse.Tx
	sharing  *refresh.Tick      // of the transaction, once there is a refresh
	rows     []lake.File        // ledger rows that change, but for landing.same
	loaded   []lake.File        // those among them that were loaded just now
	rejects  []warehouse.Reject // of loaded
	tables   map[schema.Name]warehouse.TableState
	views    map[schema.Name]warehouse.ViewState
	cursors  map[schema.Name][]warehouse.Cursor
	moved    map[schema.Name][]warehouse.Cursor // those among them that changed
	counted  map[warehouse.Backlog]int64        // rows that are pending
	stirred  map[schema.Name]stirred            // of views that were refreshed from what changed
	touched  []schema.Name                      // tables and views whose state changed
	changed  map[schema.Name]bool
	stuck    map[schema.Name]bool // views that fail, are broken or blocked, and tables that are held
	steps    []step
	results  []ViewResult
	newFiles int
	newRows  int64
	rejected int64
}

func (a *attempt) do(ctx context.Context) error {
	t := a.t
	a.files = slices.DeleteFunc(slices.Clone(a.files), func(f landedFile) bool {
		return t.unread[f.ID] || t.held[f.node.Name]
	})
	again, err := a.reloads(ctx)
	if err != nil {
		return err
	}
	if len(a.files)+len(again) > 0 {
		a.batch = t.nextBatch
		if err := t.p.Lake.WriteBatch(ctx, a.lakeBatch(a.planned())); err != nil {
			return err
		}
	}
	err = t.inTx(ctx, func(tx warehouse.Tx) error {
		a.tx = tx
		if err := a.load(ctx, again); err != nil {
			return err
		}
		if err := a.settle(ctx); err != nil {
			return err
		}
		if a.last {
			if err := a.conclude(ctx); err != nil {
				return err
			}
		}
		return a.record(ctx)
	})
	if err != nil {
		return err
	}
	a.accept()
	if a.batch == 0 {
		return nil
	}
	// The warehouse has it: the marker follows even if the caller gives up now.
	return t.p.Lake.MarkCommitted(context.WithoutCancel(ctx), a.lakeBatch(a.ledgerRows()))
}

// settle makes the batch's objects durable before a ledger row refers to them
// (invariant I4).
func (a *attempt) settle(ctx context.Context) error {
	var keys []string
	for _, f := range a.files {
		if f.Object != "" {
			keys = append(keys, f.Object)
		}
	}
	return a.t.p.Lake.Settle(ctx, keys)
}

// ledgerRows are the ledger rows that the transaction writes, each once.
func (a *attempt) ledgerRows() []lake.File {
	rows := slices.Clone(a.rows)
	at := make(map[int32]int, len(rows))
	for i, f := range rows {
		at[f.ID] = i
	}
	for _, f := range a.same {
		if i, ok := at[f.ID]; ok {
			rows[i].Version, rows[i].Modified = f.Version, f.Modified
		} else {
			rows = append(rows, f)
		}
	}
	return rows
}

// planned are the ledger rows of the batch before it is loaded.
func (a *attempt) planned() []lake.File {
	var rows []lake.File
	for _, f := range a.files {
		row := f.File
		row.Batch, row.State = a.batch, lake.Landed
		if err := a.t.away[f.ID]; err != nil {
			row.State, row.Reason = lake.Rejected, message(err)
		}
		rows = append(rows, row)
		if f.replaces != nil && row.State == lake.Landed {
			old := *f.replaces
			old.State = lake.Replaced
			rows = append(rows, old)
		}
	}
	return rows
}

func (a *attempt) lakeBatch(rows []lake.File) lake.Batch {
	slices.SortFunc(rows, func(x, y lake.File) int { return cmp.Compare(x.ID, y.ID) })
	return lake.Batch{Number: a.batch, Label: a.t.label, Files: rows, Bookmarks: a.t.bookmarks}
}

// load creates tables, loads the tables that have to come from the lake again,
// then the files of the batch.
func (a *attempt) load(ctx context.Context, again map[schema.Name][]landedFile) error {
	t := a.t
	var files []lake.File // in the order in which they are loaded
	for _, n := range t.p.Graph.Nodes {
		for _, f := range again[n.Name] {
			files = append(files, f.File)
		}
	}
	for _, group := range inTables(a.files) {
		for _, f := range group {
			files = append(files, f.File)
		}
	}
	fetch := newFetcher(ctx, t.p, t.sources, files)
	defer fetch.close()
	for _, n := range t.p.Graph.Nodes {
		if !t.reload[n.Name] {
			continue
		}
		if err := a.createTable(ctx, n); err != nil {
			return err
		}
		state := a.tables[n.Name]
		a.touch(warehouse.TableState{Name: n.Name, Shape: shapeText(n), Label: state.Label, ChangedRun: t.run, BuiltRun: t.run})
		if err := a.loadAgain(ctx, fetch, n, again[n.Name]); err != nil {
			return err
		}
	}
	for _, group := range inTables(a.files) {
		if err := a.loadTable(ctx, fetch, group); err != nil {
			return err
		}
	}
	return nil
}

// loadTable loads the batch's files of one table; the rows of the versions that
// they replace leave with it.
func (a *attempt) loadTable(ctx context.Context, fetch *fetcher, group []landedFile) error {
	n := group[0].node
	var old []int32
	for _, f := range group {
		if f.replaces != nil && a.t.away[f.ID] == nil {
			old = append(old, f.replaces.ID)
			row := *f.replaces
			row.State = lake.Replaced
			a.rows = append(a.rows, row)
		}
	}
	if len(old) > 0 {
		gone, err := a.tx.DeleteFiles(ctx, n.Name, old, a.batch)
		if err != nil {
			return err
		}
		state := a.tables[n.Name]
		state.Rows -= gone
		a.touch(state)
	}
	return a.loadFiles(ctx, fetch, n, a.batch, group)
}

// loadFiles loads files into a table as one batch. Files that turn out not to
// load, or whose bytes cannot be had, are noted and end the attempt: the next one
// leaves them out.
func (a *attempt) loadFiles(ctx context.Context, fetch *fetcher, n *compile.Node, batch int64, group []landedFile) error {
	t := a.t
	started := t.now()
	l := warehouse.Load{Name: n.Name, Table: n.Table, Batch: batch,
		Progress: func(rows int64) { t.p.options.Progress.Loading(n.Name, rows) }}
	rows := map[int32]*lake.File{}
	for _, f := range group {
		row := f.File
		row.Batch = batch
		if err := t.away[f.ID]; err != nil {
			row.State, row.Rows, row.Rejected, row.Reason = lake.Rejected, 0, 0, message(err)
			a.rows = append(a.rows, row)
			continue
		}
		row.State = lake.Loaded
		rows[f.ID] = &row
		l.Files = append(l.Files, fetch.loadFile(f.File))
	}
	if len(l.Files) == 0 {
		return nil
	}
	result, err := a.tx.Load(ctx, l)
	if err != nil {
		return err
	}
	state, s := a.tables[n.Name], step{kind: "load", name: n.Name.String(), batch: batch, state: "done", started: started}
	again := false
	for _, r := range result.Files {
		row := rows[r.ID]
		row.Rows, row.Rejected = r.Rows, r.Rejected
		if r.Err != nil {
			gone := fault.CodeOf(r.Err) == fault.Source
			if t.reload[n.Name] && batch != a.batch && (gone || errors.Is(r.Err, fs.ErrNotExist)) {
				return t.hold(n, r.Err)
			}
			if blameless(r.Err) || gone && !a.leaveOut(r.ID, r.Err) {
				return r.Err
			}
			if !gone {
				t.away[r.ID] = r.Err
			}
			again = true
		}
		a.rows, a.loaded = append(a.rows, *row), append(a.loaded, *row)
		s.rows += r.Rows
		a.rejected += r.Rejected
	}
	if again {
		return errAgain
	}
	s.seconds = t.now().Sub(started).Seconds()
	a.steps = append(a.steps, s)
	a.rejects = append(a.rejects, result.Rejects...)
	a.newFiles += len(l.Files)
	a.newRows += s.rows
	state.Rows += s.rows
	state.ChangedRun = t.run
	a.touch(state)
	return nil
}

// leaveOut keeps a file of the batch out of this tick, because its bytes could
// not be had. It is false for files of earlier batches, which the rows of their
// tables cannot do without.
func (a *attempt) leaveOut(id int32, err error) bool {
	i := slices.IndexFunc(a.files, func(f landedFile) bool { return f.ID == id })
	if i < 0 {
		return false
	}
	a.t.unread[id] = true
	a.t.sourceFailed(a.files[i].node, err)
	return true
}

// touch sets a table's state, to be written with the transaction.
func (a *attempt) touch(s warehouse.TableState) {
	a.tables[s.Name] = s
	a.changed[s.Name] = true
	a.mark(s.Name)
}

// mark notes a table or view whose row is to be written.
func (a *attempt) mark(name schema.Name) {
	if !slices.Contains(a.touched, name) {
		a.touched = append(a.touched, name)
	}
}

// record writes the ledger's side of the transaction.
func (a *attempt) record(ctx context.Context) error {
	t, db := a.t, a.tx.SQL()
	if err := putFiles(ctx, db, a.ledgerRows(), a.batch); err != nil {
		return err
	}
	gone := slices.DeleteFunc(slices.Clone(a.rows), func(f lake.File) bool { return f.State == lake.Loaded })
	if err := putRejects(ctx, db, append(gone, a.loaded...), a.rejects); err != nil {
		return err
	}
	if a.batch > 0 {
		err := warehouse.Insert(ctx, db, "atoll.batches", []string{"batch", "run", "label", "committed_at", "files", "rows_loaded"},
			[][]any{{a.batch, t.run, t.label, t.now().UTC(), a.newFiles, a.newRows}})
		if err != nil {
			return err
		}
	}
	moved := maps.Clone(t.bookmarks)
	maps.DeleteFunc(moved, func(table string, mark json.RawMessage) bool { return bytes.Equal(mark, t.marked[table]) })
	if err := warehouse.PutBookmarks(ctx, db, moved, a.batch); err != nil {
		return err
	}
	var tables []warehouse.TableState
	var views []warehouse.ViewState
	for _, name := range a.touched {
		if s, ok := a.tables[name]; ok {
			tables = append(tables, s)
		} else {
			views = append(views, a.views[name])
		}
	}
	if err := warehouse.PutTables(ctx, db, tables); err != nil {
		return err
	}
	if err := warehouse.PutViews(ctx, db, views); err != nil {
		return err
	}
	if err := warehouse.PutCursors(ctx, db, a.moved); err != nil {
		return err
	}
	return a.recordRun(ctx, db)
}

// recordRun writes the tick's own row, if it did more than look, or the last row says
// that a tick failed.
func (a *attempt) recordRun(ctx context.Context, db warehouse.SQL) error {
	t := a.t
	before := *t.report
	a.addTo(t.report)
	steps := t.steps
	t.steps = append(slices.Clone(steps), a.steps...)
	defer func() { *t.report, t.steps = before, steps }()
	if len(t.steps) == 0 && t.report.Nothing() && !t.mends {
		return nil
	}
	state := "running"
	if a.last {
		state = t.outcome()
	}
	return t.record(ctx, db, state, nil)
}

// accept makes what was committed the tick's knowledge.
func (a *attempt) accept() {
	t := a.t
	a.note()
	t.tables, t.views, t.cursors = a.tables, a.views, a.cursors
	t.marked = maps.Clone(t.bookmarks)
	t.reloaded(a.rows)
	if a.batch > 0 {
		t.nextBatch++
	}
}

// note counts what was committed with what the tick did before.
func (a *attempt) note() {
	t := a.t
	a.addTo(t.report)
	if len(t.steps)+len(a.steps) > 0 {
		t.steps = append(t.steps, a.steps...)
		t.recorded()
	}
}

// addTo adds what the attempt did to a report.
func (a *attempt) addTo(r *Report) {
	if a.batch > 0 {
		r.Batches++
	}
	r.Files += a.newFiles
	r.Rows += a.newRows
	r.Rejected += a.rejected
	a.addAway(r)
	r.Views = append(r.Views, a.results...)
}

// addAway adds the files that the attempt turned away to a report.
func (a *attempt) addAway(r *Report) {
	for _, f := range a.rows {
		if err := a.t.away[f.ID]; err != nil && f.State == lake.Rejected {
			r.Away = append(r.Away, FileFault{Table: f.Table, URI: f.URI, Err: err, Error: message(err)})
		}
	}
}
