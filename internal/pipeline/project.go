package pipeline

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"github.com/atolldata/atoll/internal/compile"
	"github.com/atolldata/atoll/internal/lake"
	"github.com/atolldata/atoll/internal/project"
	"github.com/atolldata/atoll/internal/refresh"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/bind"
	"github.com/atolldata/atoll/internal/view"
	"github.com/atolldata/atoll/internal/warehouse"
	"github.com/atolldata/atoll/internal/warehouse/all"
)

// Options say how a project is opened.
type Options struct {
	Log      *slog.Logger     // nil discards
	Progress Progress         // nil is told nothing
	Clock    func() time.Time // nil is time.Now
	// BatchBytes is how many bytes of files one batch loads at most, as they are
	// stored; a larger file is a batch of its own. 0 is DefaultBatchBytes.
	BatchBytes int64
	// AlwaysIncremental refreshes views from what changed wherever their plans can,
	// also where recomputing them would be cheaper. For tests.
	AlwaysIncremental bool
	// Small is what refreshes from changes do with small relations. For tests.
	Small refresh.Small
	// KeptRows is how many rows that left a relation are kept for its readers, if
	// they are also more than it holds twice; who has not read them by then
	// recomputes. 0 is DefaultKeptRows.
	KeptRows int64
}

// DefaultKeptRows bounds what is kept of rows that left.
const DefaultKeptRows = 1_000_000

// DefaultBatchBytes bounds a transaction, and what is done again when one fails.
// Smaller batches cost: three instead of one take 8 % longer (docs/performance.md).
const DefaultBatchBytes = 4 << 30

// Project is a project folder with its lake and warehouse open. Its methods are
// for one goroutine at a time.
type Project struct {
	Folder    *project.Project
	Graph     *compile.Graph
	Lake      *lake.Lake
	Warehouse warehouse.Warehouse

	// Faults are what is wrong with the models, a fault.List; nil if nothing is.
	Faults error

	options Options
	scratch string // the folder for downloads

	programs map[*compile.Node]planned
	prints   map[*compile.Node]fingerprint
	seek     map[schema.Name][]schema.Column // see sought
}

// planned is a view's program, or why it has none.
type planned struct {
	program *view.Program
	err     error
}

// programOf is the program of a view, which is made once. It is for ticks, of which
// one runs at a time.
func (p *Project) programOf(n *compile.Node) (*view.Program, error) {
	known, ok := p.programs[n]
	if !ok {
		known.program, known.err = view.ProgramOf(n)
		p.programs[n] = known
	}
	return known.program, known.err
}

// sought are the columns of tables, views and stages by which refreshes look rows up,
// which are found once.
func (p *Project) sought() map[schema.Name][]schema.Column {
	if p.seek == nil {
		var programs []*view.Program
		for _, n := range p.Graph.Views() {
			if n.Broken {
				continue
			}
			if program, err := p.programOf(n); err == nil {
				programs = append(programs, program)
			}
		}
		p.seek = view.Sought(programs)
	}
	return p.seek
}

// fingerprint is a model's fingerprint, or why it has none.
type fingerprint struct {
	print string
	err   error
}

// fingerprintOf is the fingerprint of a model that is not broken, which is made once
// too.
func (p *Project) fingerprintOf(n *compile.Node) fingerprint {
	known, ok := p.prints[n]
	if !ok {
		known.print, known.err = view.Fingerprint(n)
		if known.err == nil {
			known.err = view.Refused(n)
		}
		p.prints[n] = known
	}
	return known
}

// Compile reads a project folder and compiles it, without a warehouse. The
// error is a fault.List with every mistake; what could be read is returned with
// it, and nothing only if the folder itself cannot be read.
func Compile(dir string) (*project.Project, *compile.Graph, error) {
	folder, err := project.Load(dir)
	if folder == nil {
		return nil, nil, err
	}
	graph, faults := compile.Compile(folder, warehouse.SystemTables()...)
	return folder, graph, joinFaults(err, joinFaults(faults, view.Check(graph)))
}

// Open opens a project. Mistakes in its YAML files and model headers are a
// fault.List; mistakes in the models' SQL are left in Faults, because what is
// deployed can be read, and loaded, all the same. Close it.
func Open(ctx context.Context, dir string, o Options) (_ *Project, err error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Progress == nil {
		o.Progress = silent{}
	}
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.BatchBytes == 0 {
		o.BatchBytes = DefaultBatchBytes
	}
	if o.KeptRows == 0 {
		o.KeptRows = DefaultKeptRows
	}
	folder, err := project.Load(dir)
	if err != nil {
		_, _, all := Compile(dir)
		return nil, all
	}
	p := &Project{Folder: folder, options: o, programs: map[*compile.Node]planned{}, prints: map[*compile.Node]fingerprint{}}
	var faults error
	p.Graph, faults = compile.Compile(folder, warehouse.SystemTables()...)
	p.Faults = joinFaults(faults, view.Check(p.Graph))
	defer func() {
		if err != nil {
			p.Close()
		}
	}()
	if p.Lake, err = lake.Open(ctx, folder.Lake.String(), dir); err != nil {
		return nil, err
	}
	if p.scratch, err = filepath.Abs(filepath.Join(dir, ".atoll", "downloads")); err != nil {
		return nil, err
	}
	readable := []string{p.scratch}
	if root, ok := p.Lake.LocalPath(""); ok {
		readable = append(readable, root)
	}
	p.Warehouse, err = all.Open(ctx, folder, readable)
	return p, err
}

// Close closes the warehouse and the lake.
func (p *Project) Close() error {
	var errs []error
	if p.Warehouse != nil {
		errs = append(errs, p.Warehouse.Close())
	}
	if p.Lake != nil {
		errs = append(errs, p.Lake.Close())
	}
	if p.scratch != "" {
		errs = append(errs, os.RemoveAll(p.scratch))
	}
	return errors.Join(errs...)
}

// Catalog is what queries may read: the project's tables and views, Atoll's own
// tables, and what is kept of views whose models are broken.
func (p *Project) Catalog(ctx context.Context) (bind.Catalog, error) {
	views, err := warehouse.ViewStates(ctx, p.Warehouse.SQL())
	if err != nil {
		return nil, err
	}
	kept := map[schema.Name]*schema.Table{}
	for name, v := range views {
		if n, ok := p.Graph.Node(name); ok && n.Broken && len(v.Columns) > 0 {
			kept[name] = &schema.Table{Name: name, Columns: v.Columns}
		}
	}
	return catalog{p.Graph.Catalog(), kept}, nil
}

// catalog is a compiled project's, with views that are kept beside it.
type catalog struct {
	bind.Catalog
	kept map[schema.Name]*schema.Table
}

// Table finds a relation, or what is kept of it.
func (c catalog) Table(name schema.Name) (*schema.Table, bool) {
	if t, ok := c.kept[name]; ok {
		return t, true
	}
	return c.Catalog.Table(name)
}

// silent is the Progress of those who do not watch.
type silent struct{}

func (silent) Landing(int, int, int64)          {}
func (silent) Loading(schema.Name, int64)       {}
func (silent) Refreshing(schema.Name, int, int) {}
