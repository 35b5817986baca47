package viewtest

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/atolldata/atoll/internal/compile"
	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/pipeline"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/view"
)

// planKinds are the kinds that a plan line may name.
var planKinds = []string{string(view.Bag), string(view.Merge), string(view.Keyed), string(view.SessionsKind), string(view.Full)}

// Run runs a case in a folder of its own and fails the test with the first step
// that is not as the case says.
func Run(t *testing.T, c *Case) {
	t.Helper()
	if err := c.Run(t.Context(), t.TempDir()); err != nil {
		t.Error(err)
	}
}

// Run runs a case as a project in an empty folder. The error is that of the
// first step that is not as the case says, or of the first refresh after which a
// view is not what its query returns.
func (c *Case) Run(ctx context.Context, dir string) (err error) {
	r := &runner{ctx: ctx, c: c, tables: map[schema.Name]Table{}, failed: map[schema.Name]error{},
		labels: map[schema.Name]time.Time{}, anew: map[schema.Name]bool{}, next: Start,
		folder: folder{dir: dir, files: map[schema.Name][]*file{}}}
	for _, t := range c.Tables {
		r.tables[t.Name] = t
	}
	for _, v := range c.Views {
		r.anew[v.Name] = true
	}
	if err := r.folder.write(c); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.close()) }()
	for i, s := range c.Steps {
		if err := r.step(s); err != nil {
			head, _, _ := strings.Cut(s.String(), "\n")
			return fmt.Errorf("%s: step %d, %s: %w", c.place(), i+1, head, err)
		}
	}
	if err := r.noneFailed(); err != nil {
		return fmt.Errorf("%s: %w", c.place(), err)
	}
	return nil
}

// place says where a case is.
func (c *Case) place() string {
	if c.Pos.File == "" {
		return c.Title
	}
	return fmt.Sprintf("%s:%d: %s", c.Pos.File, c.Pos.Line, c.Title)
}

// runner is a case at work.
type runner struct {
	ctx     context.Context
	c       *Case
	tables  map[schema.Name]Table
	folder  folder
	project *pipeline.Project

	next   time.Time // the label of the next refresh
	run    int64     // the number of the last refresh
	failed map[schema.Name]error
	labels map[schema.Name]time.Time // of the views, after the last refresh
	anew   map[schema.Name]bool      // views that the next refresh builds anew
	ways   map[schema.Name]way       // how the last refresh did each view
}

// step takes a step. Only fails may follow a refresh in which a view failed.
func (r *runner) step(s Step) error {
	if _, ok := s.(Fails); !ok {
		if err := r.noneFailed(); err != nil {
			return err
		}
	}
	return s.run(r)
}

func (r *runner) noneFailed() error {
	for _, name := range slices.SortedFunc(maps.Keys(r.failed), schema.Name.Compare) {
		return fmt.Errorf("%s could not be refreshed: %w", name, r.failed[name])
	}
	return nil
}

// open opens the project, once until a model changes.
func (r *runner) open() (err error) {
	if r.project != nil {
		return nil
	}
	r.project, err = pipeline.Open(r.ctx, r.folder.dir, r.options())
	if err == nil {
		err = r.project.Faults
	}
	return pretty(err)
}

// options are those of a project whose clock shows labels, and whose views are
// never recomputed because that is cheaper.
func (r *runner) options() pipeline.Options {
	o := pipeline.Options{Clock: func() time.Time { return r.next }, AlwaysIncremental: true, Small: r.c.Small}
	if r.c.OneByOne {
		o.BatchBytes = 1
	}
	return o
}

func (r *runner) close() error {
	if r.project == nil {
		return nil
	}
	defer func() { r.project = nil }()
	return r.project.Close()
}

// pretty shows where in the SQL a fault is.
func pretty(err error) error {
	if err == nil {
		return nil
	}
	var out []string
	for _, e := range fault.All(err) {
		out = append(out, e.Pretty())
	}
	return errors.New(strings.Join(out, "\n"))
}

// node finds a view that is not broken.
func (r *runner) node(name schema.Name) (*compile.Node, error) {
	if err := r.open(); err != nil {
		return nil, err
	}
	n, ok := r.project.Graph.Node(name)
	if !ok || n.Kind != compile.View {
		return nil, fmt.Errorf("the case has no view %s", name)
	}
	return n, nil
}

func (r *runner) table(name schema.Name) (Table, error) {
	t, ok := r.tables[name]
	if !ok {
		return t, fmt.Errorf("the case has no table %s", name)
	}
	return t, nil
}

func (s At) run(r *runner) error {
	r.next = s.Label.UTC()
	return nil
}

func (s Load) run(r *runner) error {
	t, err := r.table(s.Table)
	if err != nil {
		return err
	}
	return r.folder.load(t, s.File, s.Rows)
}

func (s Change) run(r *runner) error {
	t, err := r.table(s.Table)
	if err != nil {
		return err
	}
	return r.folder.change(t, s.File, s.Rows)
}

func (s Delete) run(r *runner) error {
	t, err := r.table(s.Table)
	if err != nil {
		return err
	}
	for _, row := range s.Rows {
		if err := r.folder.remove(t, row); err != nil {
			return err
		}
	}
	return nil
}

func (s Define) run(r *runner) error {
	if err := r.close(); err != nil {
		return err
	}
	r.anew[s.View.Name] = true
	return r.folder.define(s.View)
}

func (s Fails) run(r *runner) error {
	err, ok := r.failed[s.View]
	if !ok {
		return fmt.Errorf("%s did not fail", s.View)
	}
	delete(r.failed, s.View)
	if !strings.Contains(err.Error(), s.Reason) {
		return fmt.Errorf("%s failed, with another reason: %w", s.View, err)
	}
	return nil
}
