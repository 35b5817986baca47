package viewtest

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/atolldata/atoll/internal/compile"
	"github.com/atolldata/atoll/internal/pipeline"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/view"
	"github.com/atolldata/atoll/internal/warehouse"
)

func (s Refresh) run(r *runner) error {
	if err := r.open(); err != nil {
		return err
	}
	report, err := r.project.Run(r.ctx, pipeline.RunOptions{AsOf: r.next, FullRefresh: s.Rebuild})
	if err != nil {
		return pretty(err)
	}
	for _, f := range report.Sources {
		return fmt.Errorf("%s was not read: %w", f.Table, f.Err)
	}
	for _, f := range report.Away {
		return fmt.Errorf("%s was turned away: %w", f.URI, f.Err)
	}
	if report.Rejected > 0 {
		return fmt.Errorf("%d rows do not fit their table's columns", report.Rejected)
	}
	r.run, r.next = report.Run, r.next.Add(time.Minute)
	for _, n := range r.project.Graph.Views() {
		if s.Rebuild {
			r.anew[n.Name] = true
		}
	}
	for _, v := range report.Views {
		if v.State != pipeline.ViewCurrent {
			r.failed[v.Name] = v.Err
		}
	}
	return r.verify()
}

// verify compares every view with its query, at its label (I2), and sees that
// views were refreshed in the way that their plans say.
func (r *runner) verify() error {
	states, err := warehouse.ViewStates(r.ctx, r.project.Warehouse.SQL())
	if err != nil {
		return err
	}
	if err := r.verifyWays(states); err != nil {
		return err
	}
	for _, n := range r.project.Graph.Views() {
		state := states[n.Name]
		moved := state.Label.After(r.labels[n.Name])
		r.labels[n.Name] = state.Label
		if _, failed := r.failed[n.Name]; failed || n.Model.Every > 0 && !moved {
			continue // what it holds belongs to data that is no longer there
		}
		if err := r.verifyView(n, state.Label); err != nil {
			return err
		}
	}
	return nil
}

func (r *runner) verifyView(n *compile.Node, label time.Time) error {
	query, err := view.EngineQuery(n, label)
	if err != nil {
		return pretty(err)
	}
	names := n.Shape.ColumnNames() // the engine has others for the columns of VALUES
	for i, name := range names {
		names[i] = `"` + strings.ReplaceAll(name, `"`, `""`) + `"`
	}
	want, err := r.read(n, fmt.Sprintf("SELECT * FROM (%s) AS query(%s)", query, strings.Join(names, ", ")))
	if err != nil {
		return fmt.Errorf("the query of %s: %w", n.Name, err)
	}
	got, err := r.stored(n)
	if err != nil {
		return fmt.Errorf("what %s holds: %w", n.Name, err)
	}
	a, errA := records(n.Shape.Columns, got)
	b, errB := records(n.Shape.Columns, want)
	if err := errors.Join(errA, errB); err != nil {
		return err
	}
	if diff := difference("stored", a, "by the query", b); diff != "" {
		return fmt.Errorf("%s is not what its query returns%s", n.Name, diff)
	}
	return nil
}

// stored reads what users see of a view.
func (r *runner) stored(n *compile.Node) ([]Row, error) {
	return r.read(n, fmt.Sprintf("SELECT * FROM %q.%q", n.Name.Schema, n.Name.Name))
}

// read runs a query with a view's columns.
func (r *runner) read(n *compile.Node, query string) (out []Row, err error) {
	rows, err := r.project.Warehouse.Query(r.ctx, query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	names := (&schema.Table{Columns: rows.Columns()}).ColumnNames()
	if !slices.Equal(names, n.Shape.ColumnNames()) {
		return nil, fmt.Errorf("its columns are %q, and the model's %q", names, n.Shape.ColumnNames())
	}
	for rows.Next() {
		values, cells := make([]any, len(names)), make([]any, len(names))
		for i := range values {
			cells[i] = &values[i]
		}
		if err := rows.Scan(cells...); err != nil {
			return nil, err
		}
		row := make(Row, len(names))
		for i, v := range values {
			row[i] = written(n.Shape.Columns[i].Type, v)
		}
		out = append(out, row)
	}
	return out, rows.Err()
}

// records makes rows comparable.
func records(columns []schema.Column, rows []Row) (bag, error) {
	out := make(bag, len(rows))
	for i, row := range rows {
		if len(row) != len(columns) {
			return nil, fmt.Errorf("there are %d columns, and %d values in a row", len(columns), len(row))
		}
		var err error
		if out[i], err = newRecord(columns, row); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (s Expect) run(r *runner) error {
	n, err := r.node(s.View)
	if err != nil {
		return err
	}
	rows, err := r.stored(n)
	if err != nil {
		return err
	}
	columns := n.Shape.Columns
	if len(s.Columns) > 0 {
		if columns, rows, err = pick(s.Columns, columns, rows); err != nil {
			return err
		}
	}
	got, err := records(columns, rows)
	if err != nil {
		return err
	}
	want, err := records(columns, s.Rows)
	if err != nil {
		return err
	}
	if diff := difference("stored", got, "expected", want); diff != "" {
		return fmt.Errorf("%s holds other rows%s", s.View, diff)
	}
	return nil
}

// pick leaves only some columns.
func pick(names []string, columns []schema.Column, rows []Row) (picked []schema.Column, out []Row, err error) {
	out = make([]Row, len(rows))
	for _, name := range names {
		at := slices.IndexFunc(columns, func(c schema.Column) bool { return c.Name == name })
		if at < 0 {
			return nil, nil, fmt.Errorf("there is no column %q", name)
		}
		picked = append(picked, columns[at])
		for i := range rows {
			out[i] = append(out[i], rows[i][at])
		}
	}
	return picked, out, nil
}
