package refresh

import (
	"strings"

	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/view"
	"github.com/atolldata/atoll/internal/warehouse"
)

// delta is what changed in a relation. That of a stored stage is known once the
// stage has been refreshed.
func (r *run) delta(of *view.Relation) (*delta, error) {
	if d, ok := r.deltas[of]; ok {
		return d, nil
	}
	var d *delta
	var err error
	if of.Kind == "" {
		d, err = r.changes(of)
	} else {
		d, err = r.terms(of)
	}
	if err == nil {
		r.deltas[of] = d
	}
	return d, err
}

// changes are the signed rows of an input.
func (r *run) changes(of *view.Relation) (*delta, error) {
	w := r.job.Windows[of.Name]
	if w.After >= w.To {
		return &delta{}, nil
	}
	d, err := r.tick.change(r.ctx, of, w)
	if err == nil {
		r.taken += d.rows
	}
	return d, err
}

// terms are the signed rows of a bag, which the changes of its leaves make.
func (r *run) terms(of *view.Relation) (*delta, error) {
	d, query, err := r.termsQuery(of)
	if err != nil || query == "" {
		return d, err
	}
	d.rows, err = r.tx.Work(r.ctx, d.name, query)
	return d, err
}

// termsQuery is the query of the signed rows of a bag, "" if nothing changed, and
// their delta under a name for them.
func (r *run) termsQuery(of *view.Relation) (*delta, string, error) {
	d := &delta{}
	var parts []string
	for _, b := range of.Branches {
		some, left, err := r.branchTerms(b)
		if err != nil {
			return nil, "", err
		}
		parts, d.left = append(parts, some...), d.left || left
	}
	if len(parts) > 0 {
		d.name = r.name("delta")
	}
	if len(parts) == 1 {
		r.passedOn(of, d)
	}
	return d, strings.Join(parts, "\nUNION ALL\n"), nil
}

// ofDelta makes a working table of what a statement makes of the delta of a stage's
// input, which gets no table of its own if nothing else reads it. Without rows
// nothing changed.
func (r *run) ofDelta(s *view.Relation, what string, made *view.Statement) (*delta, error) {
	d, sql, err := r.madeOfDelta(s, made)
	if err != nil || d == nil {
		return &delta{}, err
	}
	out := &delta{left: d.left}
	out.name, out.rows, err = r.work(what, sql)
	r.tick.from(warehouse.Working(out.name), warehouse.Working(d.name), s.Keys, s.Keys)
	return out, err
}

// madeOfDelta is the delta of a stage's input, nil if nothing changed, and the query
// of what a statement makes of it.
func (r *run) madeOfDelta(s *view.Relation, made *view.Statement) (*delta, string, error) {
	d, definition, err := r.inputDelta(s)
	if err != nil || d == nil {
		return nil, "", err
	}
	in := warehouse.Working(d.name)
	if definition != "" {
		in = schema.Name{Name: d.name}
	}
	sql, err := r.sql(made, map[string]schema.Name{view.In: in})
	return d, definition + sql, err
}

// inputDelta is the delta of a stage's input, nil if nothing changed: a working table,
// or a common table expression of its name and the definition.
func (r *run) inputDelta(s *view.Relation) (d *delta, definition string, err error) {
	in := s.Input
	_, known := r.deltas[in]
	if known || in.Stored || r.readers(in) > 1 || len(s.Keys) == 0 { // without keys there is a group of no rows
		if d, err = r.delta(in); err != nil || d.rows == 0 {
			return nil, "", err
		}
		return d, "", nil
	}
	d, query, err := r.termsQuery(in)
	if err != nil || query == "" {
		return nil, "", err
	}
	return d, "WITH " + quote(d.name) + " AS (\n" + query + "\n)\n", nil
}

// readers is how many stages read one.
func (r *run) readers(of *view.Relation) (n int) {
	for _, s := range r.job.Program.Stages {
		for _, in := range s.Reads() {
			if in == of {
				n++
			}
		}
	}
	return n
}

// passedOn notes what the delta of a bag has from the change of the one leaf that it
// is made of.
func (r *run) passedOn(of *view.Relation, d *delta) {
	for _, b := range of.Branches {
		for _, l := range b.Leaves {
			change := r.deltas[l.Of]
			if change == nil || change.rows == 0 || !l.Linear {
				continue
			}
			var columns, from []string
			for _, c := range of.Columns {
				if source, ok := b.Passes(c.Name, l); ok {
					columns, from = append(columns, c.Name), append(from, source)
				}
			}
			r.tick.from(warehouse.Working(d.name), warehouse.Working(change.name), columns, from)
		}
	}
}

// branchTerms writes the terms of a branch. The change of each leaf meets the
// leaves before it as they were, and those behind it as they are.
func (r *run) branchTerms(b *view.Branch) (parts []string, left bool, err error) {
	for i, l := range b.Leaves {
		d, err := r.delta(l.Of)
		if err != nil {
			return nil, false, err
		}
		if d.rows == 0 {
			continue
		}
		before := map[*view.Leaf]bool{}
		for _, o := range b.Leaves[:i] {
			before[o] = true
		}
		some, err := r.leafTerms(b, l, d, func(o *view.Leaf) bool { return before[o] })
		if err != nil {
			return nil, false, err
		}
		parts, left = append(parts, some...), left || d.left || !l.Linear
	}
	if b.Moves && !r.job.Label.Equal(r.job.Before) {
		some, err := r.moved(b)
		if err != nil {
			return nil, false, err
		}
		parts, left = append(parts, some...), true
	}
	return parts, left, nil
}

// leafTerms writes the terms of one leaf's change.
func (r *run) leafTerms(b *view.Branch, l *view.Leaf, d *delta, old func(*view.Leaf) bool) ([]string, error) {
	changes := warehouse.Working(d.name)
	if l.OnlyExistence() && !d.left {
		fresh, n, err := r.unseen(l, changes)
		if err != nil || n == 0 {
			return nil, err
		}
		changes = fresh
	}
	names, err := r.around(b, l, changes, old)
	if err != nil {
		return nil, err
	}
	if l.Linear {
		names[l.Alias] = changes
		part, err := r.sql(b.Term(l, 1), names)
		return []string{part}, err
	}
	names[view.Keys] = changes
	var parts []string
	for _, sign := range []int{1, -1} {
		if names[l.Alias], err = r.touched(l, sign < 0, changes); err != nil {
			return nil, err
		}
		part, err := r.sql(b.Term(l, sign), names)
		if err != nil {
			return nil, err
		}
		parts = append(parts, part)
	}
	return parts, nil
}

// unseen are the rows that came to a leaf with keys that it had none with. The others
// make no difference to a question after existence.
func (r *run) unseen(l *view.Leaf, came schema.Name) (schema.Name, int64, error) {
	before, err := r.touched(l, true, came)
	if err != nil {
		return schema.Name{}, 0, err
	}
	columns := l.PlainInner()
	same := make([]string, len(columns))
	for i, c := range columns {
		same[i] = "b." + quote(c) + " = c." + quote(c)
	}
	name, n, err := r.work("unseen", "SELECT c.* FROM "+text(came)+" AS c ANTI JOIN "+text(before)+" AS b ON "+strings.Join(same, " AND "))
	r.tick.from(warehouse.Working(name), came, columns, columns)
	return warehouse.Working(name), n, err
}

// around are the other leaves' rows that a change of a leaf can touch.
func (r *run) around(b *view.Branch, l *view.Leaf, changes schema.Name, old func(*view.Leaf) bool) (map[string]schema.Name, error) {
	if !l.Loose {
		return r.gather(b, l, changes, old)
	}
	names := map[string]schema.Name{}
	for _, o := range b.Leaves {
		if o == l {
			continue
		}
		n, err := r.state(o.Of, old(o))
		if err != nil {
			return nil, err
		}
		names[o.Alias] = n
	}
	return names, nil
}

// touched are the rows of an optional leaf that its own change touches.
func (r *run) touched(l *view.Leaf, old bool, changes schema.Name) (schema.Name, error) {
	columns := l.PlainInner()
	if l.Loose || len(columns) == 0 {
		return r.state(l.Of, old)
	}
	return r.narrowTo(l.Of, old, lookup{key: columns, keys: changes, columns: columns, nulls: l.Full, once: l.Once})
}

// moved writes what comes and leaves because the label moved.
func (r *run) moved(b *view.Branch) ([]string, error) {
	names, err := r.whole(b, func(*view.Leaf) bool { return true })
	if err != nil {
		return nil, err
	}
	var parts []string
	for _, sign := range []int{1, -1} {
		part, err := r.sql(b.Moved(sign, r.job.Before, r.job.Label), names)
		if err != nil {
			return nil, err
		}
		parts = append(parts, part)
	}
	return parts, nil
}
