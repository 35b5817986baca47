package pipeline

import (
	"context"
	"slices"

	"github.com/atolldata/atoll/internal/compile"
	"github.com/atolldata/atoll/internal/lake"
	"github.com/atolldata/atoll/internal/project"
	"github.com/atolldata/atoll/internal/schema"
)

// reloads finds the files of tables whose rows have to come from the lake again,
// with the first transaction of the tick. Those that were loaded are returned;
// those that were turned away may fit by now, and join the files of the batch.
func (a *attempt) reloads(ctx context.Context) (map[schema.Name][]landedFile, error) {
	again := map[schema.Name][]landedFile{}
	for name := range a.t.reload {
		n, _ := a.t.p.Graph.Node(name)
		known, err := readFiles(ctx, a.t.p.Warehouse.SQL(), "table_name = ? AND state <> ?", name.String(), string(lake.Replaced))
		if err != nil {
			return nil, err
		}
		a.files = append(slices.Clone(a.files), a.t.secondChance(n, known)...)
		replaced := map[int32]bool{}
		for _, f := range a.files {
			if f.replaces != nil && a.t.away[f.ID] == nil {
				replaced[f.replaces.ID] = true
			}
		}
		for _, f := range known {
			if f.Object == "" {
				if _, err := a.t.openSource(ctx, n); err != nil {
					return nil, err
				}
			}
			if f.State == lake.Loaded && !replaced[f.ID] {
				again[name] = append(again[name], landedFile{File: f, node: n})
			}
		}
	}
	return again, nil
}

// secondChance are the files of a table that were turned away, were not written
// again since, and are not kept out for having changed.
func (t *tick) secondChance(n *compile.Node, known []lake.File) []landedFile {
	current, last := map[string]*lake.File{}, map[string]*lake.File{}
	for i := range known {
		f := &known[i]
		last[f.URI] = f
		if f.State == lake.Loaded {
			current[f.URI] = f
		}
	}
	for _, f := range t.found {
		if f.node == n {
			delete(last, f.URI)
		}
	}
	var out []landedFile
	for _, f := range known {
		keep := current[f.URI] != nil && n.Table.OnChange == project.OnChangeReject
		if f.State != lake.Rejected || t.unread[f.ID] || last[f.URI] == nil || last[f.URI].ID != f.ID || keep {
			continue
		}
		f.Reason = ""
		out = append(out, landedFile{File: f, node: n, replaces: current[f.URI]})
	}
	return out
}

// loadAgain loads a table's files under the batches they came with.
func (a *attempt) loadAgain(ctx context.Context, fetch *fetcher, n *compile.Node, files []landedFile) error {
	for len(files) > 0 {
		batch := files[0].Batch
		end := slices.IndexFunc(files, func(f landedFile) bool { return f.Batch != batch })
		if end < 0 {
			end = len(files)
		}
		if err := a.loadFiles(ctx, fetch, n, batch, files[:end]); err != nil {
			return err
		}
		files = files[end:]
	}
	return nil
}

// hold leaves a table as it is for this tick, because a file that its rows came
// from cannot be read again: what the table has is all that is left of it.
func (t *tick) hold(n *compile.Node, err error) error {
	t.held[n.Name] = true
	delete(t.reload, n.Name)
	delete(t.listed, n.Name)
	t.sourceFailed(n, err)
	return errAgain
}

// reloaded notes that the tables' rows came from the lake again, and what became
// of the files that later batches of the tick replace.
func (t *tick) reloaded(rows []lake.File) {
	if len(t.reload) == 0 {
		return
	}
	clear(t.reload)
	now := make(map[int32]lake.File, len(rows))
	for _, f := range rows {
		now[f.ID] = f
	}
	for _, f := range t.found {
		if f.current == nil {
			continue
		}
		if row, ok := now[f.current.ID]; ok {
			*f.current = row
		}
	}
}
