package main

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/atolldata/atoll/internal/compile"
	"github.com/atolldata/atoll/internal/pipeline"
	"github.com/atolldata/atoll/internal/schema"
)

// site is a project that is open while it is measured.
type site struct {
	dir   string
	p     *pipeline.Project
	label time.Time
}

// refreshed is what bringing views up to date took. The checkpoint after it is
// made at once, for all that Atoll would leave in the log for a while.
type refreshed struct {
	tick, checkpoint time.Duration
	views            []pipeline.ViewResult
}

func (r refreshed) total() time.Duration { return r.tick + r.checkpoint }

// plans are how the views were refreshed, in order.
func (r refreshed) plans() string {
	var list []string
	for _, v := range r.views {
		list = append(list, v.Plan)
	}
	return strings.Join(list, ", ")
}

// seconds are those of a view, whatever its schema.
func (r refreshed) seconds(view string) float64 {
	for _, v := range r.views {
		if v.Name.Name == view {
			return v.Seconds
		}
	}
	return 0
}

// openSite makes a new project of files, by their names, and opens it.
func openSite(ctx context.Context, dir string, files ...map[string]string) (*site, error) {
	if err := os.RemoveAll(dir); err != nil {
		return nil, err
	}
	for _, list := range append(files, map[string]string{"atoll.yaml": atollYAML}) {
		if err := writeFiles(dir, list); err != nil {
			return nil, err
		}
	}
	s := &site{dir: dir, label: began}
	if err := s.open(ctx); err != nil {
		os.RemoveAll(dir)
		return nil, err
	}
	return s, nil
}

// open opens the project.
func (s *site) open(ctx context.Context) error {
	p, err := pipeline.Open(ctx, s.dir, pipeline.Options{})
	if err != nil {
		return err
	}
	if p.Faults != nil {
		p.Close()
		return p.Faults
	}
	s.p = p
	return nil
}

// shut closes the project, if it is open.
func (s *site) shut() error {
	p := s.p
	s.p = nil
	if p == nil {
		return nil
	}
	return p.Close()
}

// close closes the project and removes it.
func (s *site) close() {
	s.shut()
	os.RemoveAll(s.dir)
}

// load loads the files that are new, without refreshing a view.
func (s *site) load(ctx context.Context) (time.Duration, error) {
	r, err := s.tick(ctx, pipeline.RunOptions{Select: "source:*"})
	return r.total(), err
}

// refresh brings the views up to date, as Atoll chooses.
func (s *site) refresh(ctx context.Context) (refreshed, error) {
	return s.tick(ctx, pipeline.RunOptions{})
}

// recompute builds the views anew.
func (s *site) recompute(ctx context.Context) (refreshed, error) {
	return s.tick(ctx, pipeline.RunOptions{Select: "path:models", FullRefresh: true})
}

// tick does a tick and a checkpoint.
func (s *site) tick(ctx context.Context, o pipeline.RunOptions) (refreshed, error) {
	syscall.Sync() // what was written before is not this tick's
	lap := stopwatch()
	report, err := s.run(ctx, o)
	if err != nil {
		return refreshed{}, err
	}
	r := refreshed{tick: lap(), views: report.Views}
	err = s.p.Warehouse.Checkpoint(ctx)
	r.checkpoint = lap()
	return r, err
}

// next is the label of a tick an hour after the last one, at which all views are due.
func (s *site) next() time.Time {
	s.label = s.label.Add(time.Hour)
	return s.label
}

// run does the next tick. What fails in it is an error.
func (s *site) run(ctx context.Context, o pipeline.RunOptions) (*pipeline.Report, error) {
	o.AsOf = s.next()
	report, err := s.p.Run(ctx, o)
	if err == nil && (report.Failed() || len(report.Waiting) > 0) {
		err = fmt.Errorf("the tick failed: files %+v, sources %+v, waiting %+v, views %+v",
			report.Away, report.Sources, report.Waiting, report.Views)
	}
	return report, err
}

// batches lets a stream grow by batches that are loaded and refreshed one by one,
// and returns medians.
func (s *site) batches(ctx context.Context, st *stream, events int64, count int) (load time.Duration, _ refreshed, _ error) {
	var loads []time.Duration
	var all []refreshed
	for range count {
		load, err := s.receive(ctx, st, events)
		if err != nil {
			return 0, refreshed{}, err
		}
		r, err := s.refresh(ctx)
		if err != nil {
			return 0, refreshed{}, err
		}
		loads, all = append(loads, load), append(all, r)
	}
	slices.Sort(loads)
	return loads[count/2], middle(all), nil
}

// firstTicks does the ticks of a process in which Atoll measures large tables, and gathers
// the values that were asked for twice. Those after them are measured as what a tick takes.
func (s *site) firstTicks(ctx context.Context, st *stream, events int64) (all []refreshed, err error) {
	for range 2 {
		_, r, err := s.batches(ctx, st, events, 1)
		if err != nil {
			return nil, err
		}
		all = append(all, r)
	}
	return all, nil
}

// totals are what refreshes took, as text.
func totals(all []refreshed) string {
	list := make([]string, len(all))
	for i, r := range all {
		list[i] = fmt.Sprintf("%.3fs", r.total().Seconds())
	}
	return strings.Join(list, ", ")
}

// receive lets a stream grow, and loads what came.
func (s *site) receive(ctx context.Context, st *stream, events int64) (time.Duration, error) {
	if err := st.grow(ctx, events); err != nil {
		return 0, err
	}
	return s.load(ctx)
}

// build lets a stream grow, loads what came, and builds the views anew.
func (s *site) build(ctx context.Context, st *stream, events int64) (load time.Duration, r refreshed, err error) {
	if load, err = s.receive(ctx, st, events); err == nil {
		r, err = s.recompute(ctx)
	}
	return load, r, err
}

// middle is the one of median duration.
func middle(all []refreshed) refreshed {
	sorted := slices.SortedFunc(slices.Values(all), func(a, b refreshed) int { return cmp.Compare(a.total(), b.total()) })
	return sorted[len(sorted)/2]
}

// fileBytes is the size of the warehouse's file.
func (s *site) fileBytes() (int64, error) {
	info, err := os.Stat(filepath.Join(s.dir, ".atoll", "warehouse.duckdb"))
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

// contents tell whether two relations hold the same rows: exactly, but for sums
// of floating-point columns.
type contents struct {
	exact  string
	floats []float64
}

// equal allows for floating-point sums that were added up in another order.
func (c contents) equal(other contents) bool {
	for i, f := range c.floats {
		if math.Abs(f-other.floats[i]) > 1e-9*math.Abs(f) {
			return false
		}
	}
	return c.exact == other.exact
}

// contentsQuery reads the contents of a relation that has some columns.
func contentsQuery(relation string, columns []schema.Column) string {
	var exact, floats []string
	for _, c := range columns {
		if c.Type.Kind == schema.Double || c.Type.Kind == schema.Real {
			floats = append(floats, fmt.Sprintf(", COALESCE(SUM(%s), 0)", c.Name))
		} else {
			exact = append(exact, fmt.Sprintf("CAST(%s AS VARCHAR)", c.Name))
		}
	}
	return fmt.Sprintf("SELECT COUNT(*) || ' rows, ' || COALESCE(SUM(CAST(hash(%s) AS HUGEINT)), 0)%s FROM %s",
		strings.Join(exact, ", "), strings.Join(floats, ""), relation)
}

// views are the project's views.
func (s *site) views() []*compile.Node { return s.p.Graph.Views() }

// contents reads what each view holds.
func (s *site) contents(ctx context.Context) (map[schema.Name]contents, error) {
	all := map[schema.Name]contents{}
	for _, n := range s.views() {
		c, err := s.read(ctx, contentsQuery(n.Name.String(), n.Shape.Columns))
		if err != nil {
			return nil, err
		}
		all[n.Name] = c
	}
	return all, nil
}

func (s *site) read(ctx context.Context, text string) (c contents, err error) {
	rows, err := s.p.Warehouse.Query(ctx, text)
	if err != nil {
		return c, err
	}
	defer rows.Close()
	if !rows.Next() {
		return c, fmt.Errorf("no answer: %w", rows.Err())
	}
	values := make([]any, len(rows.Columns()))
	for i := range values {
		values[i] = new(any)
	}
	if err := rows.Scan(values...); err != nil {
		return c, err
	}
	c.exact = (*values[0].(*any)).(string)
	for _, v := range values[1:] {
		c.floats = append(c.floats, (*v.(*any)).(float64))
	}
	return c, nil
}
