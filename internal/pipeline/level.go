package pipeline

import (
	"context"
	"errors"
	"maps"
	"time"

	"github.com/atolldata/atoll/internal/compile"
	"github.com/atolldata/atoll/internal/lake"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/source"
	"github.com/atolldata/atoll/internal/warehouse"
)

// bringLevel makes lake and warehouse agree on what is committed. A batch that
// the warehouse committed and the lake did not mark gets its marker; batches
// that are marked and that the warehouse does not have, because its file was
// lost or put back from a copy, are loaded again in order. The report counts
// them, and names the files among them that no longer load.
func (p *Project) bringLevel(ctx context.Context, r *Report) error {
	db := p.Warehouse.SQL()
	have, err := warehouse.Number(ctx, db, `SELECT max(batch) FROM atoll.batches`)
	if err != nil {
		return err
	}
	if have > 0 {
		if err := p.markLast(ctx, db, have); err != nil {
			return err
		}
	}
	behind, err := p.Lake.IsCommitted(ctx, have+1)
	if err != nil || !behind {
		return err
	}
	batches, err := p.Lake.Committed(ctx)
	if err != nil {
		return err
	}
	return p.replay(ctx, batches, have, r)
}

// markLast marks the warehouse's last batch in the lake, if a crash between the
// two left it unmarked.
func (p *Project) markLast(ctx context.Context, db warehouse.SQL, number int64) error {
	marked, err := p.Lake.IsCommitted(ctx, number)
	if err != nil || marked {
		return err
	}
	b := lake.Batch{Number: number}
	if b.Files, err = readFiles(ctx, db, "last_batch = ?", number); err != nil {
		return err
	}
	if b.Bookmarks, err = warehouse.Bookmarks(ctx, db); err != nil {
		return err
	}
	if b.Label, err = batchLabel(ctx, db, number); err != nil {
		return err
	}
	return p.Lake.MarkCommitted(ctx, b)
}

// replay loads committed batches that the warehouse lacks. Files that later
// batches replaced are not loaded: the ledger's last word on each file counts.
func (p *Project) replay(ctx context.Context, batches []lake.Batch, have int64, r *Report) error {
	final := map[int32]lake.File{}
	for _, b := range batches {
		for _, f := range b.Files {
			final[f.ID] = f
		}
	}
	t := &tick{p: p, report: &Report{}, started: p.options.Clock(), sources: map[string]source.Source{}, away: map[int32]error{},
		reload: map[schema.Name]bool{}}
	if err := t.read(ctx); err != nil {
		return err
	}
	for _, b := range batches {
		if b.Number <= have {
			continue
		}
		t.label, t.bookmarks = b.Label, b.Bookmarks
		for {
			err := t.replayBatch(ctx, b, final, r)
			if err == nil {
				break
			}
			if !errors.Is(err, errAgain) {
				return err
			}
		}
	}
	return nil
}

// replayBatch does one committed batch again.
func (t *tick) replayBatch(ctx context.Context, b lake.Batch, final map[int32]lake.File, r *Report) error {
	a := &attempt{t: t, last: true, batch: b.Number, tables: maps.Clone(t.tables), views: maps.Clone(t.views),
		cursors: maps.Clone(t.cursors), changed: map[schema.Name]bool{}}
	err := t.inTx(ctx, func(tx warehouse.Tx) error {
		a.tx = tx
		if err := a.replayTables(ctx); err != nil {
			return err
		}
		if err := a.replayFiles(ctx, b, final); err != nil {
			return err
		}
		return a.record(ctx)
	})
	if err == nil {
		t.tables, t.views, t.cursors, t.marked = a.tables, a.views, a.cursors, maps.Clone(t.bookmarks)
		a.note()
		r.Rebuilt++
		a.addAway(r)
	}
	return err
}

// replayTables creates the tables that are not there, or not as they are declared now:
// these are loaded again as a whole once the warehouse has caught up.
func (a *attempt) replayTables(ctx context.Context) error {
	for _, n := range a.t.p.Graph.Nodes {
		if n.Kind != compile.Table {
			continue
		}
		state, there := a.tables[n.Name]
		shape := shapeText(n)
		if there {
			if state.Shape == shape {
				continue
			}
			shape = ""
		} else if known, err := readFiles(ctx, a.tx.SQL(), "table_name = ? AND state <> ?", n.Name.String(), string(lake.Replaced)); err != nil {
			return err
		} else if len(known) > 0 { // it was here before a model had its name: the files that it had are of earlier batches
			shape = ""
		}
		if err := a.createTable(ctx, n); err != nil {
			return err
		}
		a.touch(warehouse.TableState{Name: n.Name, Shape: shape, ChangedRun: a.t.run})
	}
	return nil
}

// replayFiles loads the files of a committed batch that still count, and removes
// the rows of those that it replaced.
func (a *attempt) replayFiles(ctx context.Context, b lake.Batch, final map[int32]lake.File) error {
	var load []landedFile
	var files []lake.File
	for _, f := range b.Files {
		f = final[f.ID]
		n, ok := a.t.p.Graph.Node(f.Table)
		switch {
		case ok && n.Kind == compile.Table && f.State == lake.Loaded && f.Batch == b.Number:
			if f.Object == "" {
				if _, err := a.t.openSource(ctx, n); err != nil {
					return err
				}
			}
			load, files = append(load, landedFile{File: f, node: n}), append(files, f)
			continue
		case ok && n.Kind == compile.Table && f.State != lake.Loaded && f.Batch < b.Number: // replaced, or turned away since
			gone, err := a.tx.DeleteFiles(ctx, f.Table, []int32{f.ID}, b.Number)
			if err != nil {
				return err
			}
			state := a.tables[f.Table]
			if state.Rows -= gone; gone > 0 {
				state.ChangedRun = a.t.run
			}
			a.touch(state)
		}
		a.rows = append(a.rows, f)
	}
	fetch := newFetcher(ctx, a.t.p, a.t.sources, files)
	defer fetch.close()
	for _, group := range inTables(load) {
		if err := a.loadFiles(ctx, fetch, group[0].node, b.Number, group); err != nil {
			return err
		}
		state := a.tables[group[0].node.Name]
		state.Label = b.Label
		a.touch(state)
	}
	return nil
}

// batchLabel is a committed batch's label.
func batchLabel(ctx context.Context, db warehouse.SQL, number int64) (time.Time, error) {
	labels, err := warehouse.Collect(ctx, db, func(r warehouse.Rows) (at time.Time, err error) {
		err = r.Scan(&at)
		return at.UTC(), err
	}, `SELECT label FROM atoll.batches WHERE batch = ?`, number)
	if err != nil || len(labels) == 0 {
		return time.Time{}, err
	}
	return labels[0], nil
}
