package refresh

import (
	"context"

	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/view"
	"github.com/atolldata/atoll/internal/warehouse"
)

// sessions brings a view of kind sessions, and its spans, to what its query returns
// now. Delta is the working table of the signed rows by which the query's result
// changed, which need not be netted, and leaves says that some may have left; version
// is what the rows that come carry. It returns how many rows of the view came and
// left.
//
// It reads the spans near the changed rows, and of the view the rows whose id may
// change: those of sessions that begin earlier now, and those of sessions that lose
// rows.
func sessions(ctx context.Context, tx warehouse.Tx, s view.SessionsPlan, delta string, leaves bool, version int64) (came, left int64, err error) {
	r := sessionsRun{ctx: ctx, tx: tx, s: s}
	r.state(s.View, s.Rows())
	r.state(s.Spans, s.SpanRows())
	r.work(s.Net(delta, leaves))
	r.work(s.Cells())
	r.near()
	split := r.members(s.Losing(), s.Split)
	r.work(s.Standing(split))
	r.work(s.Placed())
	r.members(s.Moved(), s.Moving)
	came, left = r.apply(s.Changes(), warehouse.Apply{To: s.View, Lookup: s.RowKey(), Version: version})
	r.apply(s.SpanChanges(), warehouse.Apply{To: s.Spans, Lookup: view.SpanKey, Version: version})
	return came, left, r.err
}

// buildSessions builds the spans of a view of kind sessions from its rows.
func buildSessions(ctx context.Context, tx warehouse.Tx, s view.SessionsPlan, version int64) error {
	r := sessionsRun{ctx: ctx, tx: tx, s: s}
	r.state(s.View, s.Rows())
	if r.err == nil {
		_, r.err = tx.Refresh(ctx, warehouse.View{Name: s.Spans, Columns: s.SpanColumns, Query: s.Build(),
			Sort: []string{"began"}, Version: version, Hidden: true})
	}
	return r.err
}

// sessionsRun is one run of a plan. After the first error its steps do nothing.
type sessionsRun struct {
	ctx context.Context
	tx  warehouse.Tx
	s   view.SessionsPlan
	err error
}

// state shows a relation to the plan's queries.
func (r *sessionsRun) state(from schema.Name, as string) {
	if r.err == nil {
		r.err = r.tx.State(r.ctx, warehouse.State{From: from, At: warehouse.Latest, As: as})
	}
}

// work makes a working table and counts its rows, or a view.
func (r *sessionsRun) work(w view.Working) (rows int64) {
	switch {
	case r.err != nil:
	case w.View:
		r.err = r.tx.View(r.ctx, w.Name, w.Query, false)
	default:
		rows, r.err = r.tx.Work(r.ctx, w.Name, w.Query)
	}
	return rows
}

// near reads the spans that a changed row may be within the gap of.
func (r *sessionsRun) near() {
	if r.err != nil {
		return
	}
	name, columns := r.s.Near()
	_, r.err = r.tx.Rows(r.ctx, warehouse.Rowset{From: r.s.Spans, Columns: columns, At: warehouse.Latest,
		Key: view.SpanKey, Keys: r.s.Cells().Name, KeyColumns: view.SpanKey, As: name})
}

// members makes a working table of sessions, and one of their rows, which it counts.
func (r *sessionsRun) members(sessions view.Working, rows func([]view.Stretch) view.Working) int64 {
	var stretches []view.Stretch
	if r.work(sessions) > 0 {
		stretches = r.stretches(sessions)
	}
	return r.work(rows(stretches))
}

// stretches are those of time in which sessions lie.
func (r *sessionsRun) stretches(of view.Working) (list []view.Stretch) {
	if r.err != nil {
		return nil
	}
	rows, err := r.tx.SQL().Query(r.ctx, r.s.Stretches(of))
	if r.err = err; err != nil {
		return nil
	}
	defer rows.Close()
	for rows.Next() {
		var s view.Stretch
		if r.err = rows.Scan(&s.From, &s.To); r.err != nil {
			return nil
		}
		list = append(list, s)
	}
	r.err = rows.Err()
	return list
}

// apply brings the signed rows of a working table into a relation.
func (r *sessionsRun) apply(delta view.Working, a warehouse.Apply) (came, left int64) {
	r.work(delta)
	if r.err == nil {
		a.Delta = delta.Name
		came, left, r.err = r.tx.Apply(r.ctx, a)
	}
	return came, left
}
