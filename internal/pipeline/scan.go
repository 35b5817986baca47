package pipeline

import (
	"context"
	"encoding/json"
	"errors"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/atolldata/atoll/internal/compile"
	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/lake"
	"github.com/atolldata/atoll/internal/project"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/source"
)

// found is a file that a source shows and the ledger does not have as it is.
type found struct {
	source.Candidate
	node *compile.Node
	// Of the same name: the version whose rows are in the table, and any
	// version with the state rejected that was seen last.
	current, last *lake.File
}

// filesBookmark is how far a table of files has been read.
type filesBookmark struct {
	Files   int               `json:"files"`             // seen at the last look
	Newest  string            `json:"newest,omitempty"`  // the latest modification among them, RFC 3339
	Waiting map[string]string `json:"waiting,omitempty"` // files left for the next tick: URI to version
}

// scan lists the sources of the selected tables and returns what is new or
// changed. A table whose source cannot be listed is reported, and the others go
// on.
func (t *tick) scan(ctx context.Context) ([]found, error) {
	known, err := t.ledger(ctx)
	if err != nil {
		return nil, err
	}
	var all []found
	for _, n := range t.p.Graph.Nodes {
		if n.Kind != compile.Table || !t.selected[n] {
			continue
		}
		list, err := t.scanTable(ctx, n, known[n.Name])
		if err != nil {
			if ctx.Err() != nil || blameless(err) {
				return nil, err
			}
			t.sourceFailed(n, err)
			continue
		}
		t.listed[n.Name] = true
		all = append(all, list...)
	}
	return all, nil
}

// ledger reads the ledger rows of the selected tables, of each by id.
func (t *tick) ledger(ctx context.Context) (map[schema.Name][]lake.File, error) {
	var names []any
	for n := range t.selected {
		if n.Kind == compile.Table {
			names = append(names, n.Name.String())
		}
	}
	if len(names) == 0 {
		return nil, nil
	}
	in := strings.TrimSuffix(strings.Repeat("?, ", len(names)), ", ")
	files, err := readFiles(ctx, t.p.Warehouse.SQL(), "table_name IN ("+in+")", names...)
	known := map[schema.Name][]lake.File{}
	for _, f := range files {
		known[f.Table] = append(known[f.Table], f)
	}
	return known, err
}

// scanTable lists the source of a table whose ledger rows are known.
func (t *tick) scanTable(ctx context.Context, n *compile.Node, known []lake.File) ([]found, error) {
	s, err := t.openSource(ctx, n)
	if err != nil {
		return nil, err
	}
	list, err := s.List(ctx, n.Table)
	if err != nil {
		return nil, err
	}
	current, last := map[string]*lake.File{}, map[string]*lake.File{}
	for i := range known {
		f := &known[i]
		last[f.URI] = f
		if f.State == lake.Loaded {
			current[f.URI] = f
		}
	}
	waiting := t.bookmark(n).Waiting
	mark := filesBookmark{Files: len(list)}
	var out []found
	for _, c := range list {
		if at := c.Modified.Format("2006-01-02T15:04:05.000000Z07:00"); at > mark.Newest {
			mark.Newest = at
		}
		f := found{Candidate: c, node: n, current: current[c.URI], last: last[c.URI]}
		if f.last != nil && f.last.Version == c.Version || f.current != nil && f.current.Version == c.Version {
			continue
		}
		f.Settled = waiting[c.URI] == c.Version
		out = append(out, f)
	}
	t.setBookmark(n, mark)
	return out, nil
}

func (t *tick) bookmark(n *compile.Node) (b filesBookmark) {
	// A bookmark that does not read is one of another kind: begin anew.
	_ = json.Unmarshal(t.bookmarks[n.Name.String()], &b)
	return b
}

func (t *tick) setBookmark(n *compile.Node, b filesBookmark) {
	text, _ := json.Marshal(b) // strings and numbers only
	t.bookmarks[n.Name.String()] = text
}

// sourceFailed reports a table whose source, or a file of it, cannot be read. If
// the source could not be listed, the table's label stays where it is and the
// views above it wait; a single file holds nothing up.
func (t *tick) sourceFailed(n *compile.Node, err error) {
	t.report.Sources = append(t.report.Sources, SourceFault{Table: n.Name, Err: err, Error: message(err)})
	t.steps = append(t.steps, step{kind: "source", name: n.Name.String(), state: "failed", started: t.now(), err: err})
	t.p.options.Log.Warn("a source could not be read", "table", n.Name.String(), "error", message(err))
}

// batches cuts what was found into the files of one batch each, in order.
func (t *tick) batches(all []found) [][]found {
	var out [][]found
	size := int64(0)
	for _, f := range all {
		if len(out) == 0 || size+f.Size > t.p.options.BatchBytes {
			out = append(out, nil)
			size = 0
		}
		out[len(out)-1] = append(out[len(out)-1], f)
		size += f.Size
	}
	return out
}

// landing is what became of the files of one batch on their way into the lake.
type landing struct {
	files []landedFile
	same  []lake.File // rows of files that changed in nothing but their version
}

// arrival is a batch's files after they were brought to the lake, in their order.
type arrival struct {
	files []lake.File
	errs  []error
	err   error // the tick cannot go on
}

// landingSum counts the files of a tick on their way into the lake.
type landingSum struct {
	files, bytes atomic.Int64
	total        int
}

// bring copies or references the files of one batch into the lake, several at a
// time. It touches nothing of the tick, so that it can run ahead of the load.
func (t *tick) bring(ctx context.Context, all []found, sum *landingSum) arrival {
	a := arrival{files: make([]lake.File, len(all)), errs: make([]error, len(all))}
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(max(2, runtime.GOMAXPROCS(0)))
	for i, f := range all {
		group.Go(func() error {
			a.files[i], a.errs[i] = t.sources[f.node.Source.Name].Land(ctx, f.node.Table, f.Candidate, t.p.Lake)
			if lake.Failed(a.errs[i]) {
				return a.errs[i]
			}
			t.p.options.Progress.Landing(int(sum.files.Add(1)), sum.total, sum.bytes.Add(f.Size))
			return ctx.Err()
		})
	}
	a.err = group.Wait()
	return a
}

// receive sorts what was brought to the lake.
func (t *tick) receive(all []found, a arrival) (out landing) {
	for i, f := range all {
		if a.errs[i] != nil {
			t.notLanded(f, a.errs[i])
			continue
		}
		t.sort(f, a.files[i], &out)
	}
	return out
}

// notLanded reports a file that did not get into the lake. It is tried again by
// the next tick.
func (t *tick) notLanded(f found, err error) {
	if !errors.Is(err, source.ErrUnsettled) {
		t.sourceFailed(f.node, err)
		return
	}
	mark := t.bookmark(f.node)
	if mark.Waiting == nil {
		mark.Waiting = map[string]string{}
	}
	mark.Waiting[f.URI] = f.Version
	t.setBookmark(f.node, mark)
	t.report.Waiting = append(t.report.Waiting, WaitingFile{Table: f.node.Name, URI: f.URI, Reason: message(err)})
}

// sort decides what a landed file means for its table: new rows, rows in place
// of others, nothing new, or a change that the table does not take.
func (t *tick) sort(f found, file lake.File, out *landing) {
	file.Table, file.URI = f.node.Name, f.URI
	file.Modified = file.Modified.Truncate(time.Microsecond) // as the ledger keeps it
	if f.current != nil && file.Checksum != "" && file.Checksum == f.current.Checksum {
		same := *f.current
		same.Version, same.Modified = file.Version, file.Modified
		out.same = append(out.same, same)
		return
	}
	file.ID = t.nextFile
	t.nextFile++
	landed := landedFile{File: file, node: f.node, replaces: f.current}
	if f.current != nil && f.node.Table.OnChange == project.OnChangeReject {
		landed.replaces = nil
		t.away[file.ID] = fault.New(fault.Data, "%q changed after it was loaded, and on_change is reject", f.URI).
			WithHint("give new content a new name, or set on_change: replace")
	}
	out.files = append(out.files, landed)
}

// inTables groups landed files by table, in the graph's order.
func inTables(files []landedFile) [][]landedFile {
	var order []*compile.Node
	groups := map[*compile.Node][]landedFile{}
	for _, f := range files {
		if !slices.Contains(order, f.node) {
			order = append(order, f.node)
		}
		groups[f.node] = append(groups[f.node], f)
	}
	out := make([][]landedFile, len(order))
	for i, n := range order {
		out[i] = groups[n]
	}
	return out
}
