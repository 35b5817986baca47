package refresh

import (
	"strings"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/view"
	"github.com/atolldata/atoll/internal/warehouse"
)

// stage refreshes a stored stage, and notes its delta.
func (r *run) stage(s *view.Relation) error {
	few, err := r.few(s)
	switch {
	case err != nil:
		return err
	case few:
		return r.compare(s)
	case s.Kind == view.Merge:
		return r.merge(s)
	case s.Kind == view.Keyed:
		return r.keyed(s)
	}
	of := s
	if s.Kind != view.Bag {
		of = s.Input
	}
	d, err := r.delta(of)
	if err != nil {
		return err
	}
	if d.rows == 0 {
		r.deltas[s] = &delta{}
		return nil
	}
	switch s.Kind {
	case view.Bag:
		return r.apply(s, d)
	case view.SessionsKind:
		return r.sessions(s, d)
	case view.Full:
		return r.anew(s)
	}
	return fault.New(fault.Internal, "a stage of kind %q", s.Kind)
}

// sessions gives the rows that came their sessions, and those near them.
func (r *run) sessions(s *view.Relation, d *delta) error {
	came, left, err := sessions(r.ctx, r.tx, view.SessionsOf(r.job.Program.Node), d.name, d.left, r.job.Version)
	r.deltas[s] = &delta{rows: came + left, left: left > 0}
	return err
}

// apply brings signed rows into a view.
func (r *run) apply(s *view.Relation, d *delta) error {
	came, left, err := r.tx.Apply(r.ctx, warehouse.Apply{To: s.Name, Delta: d.name, Version: r.job.Version})
	r.deltas[s] = &delta{rows: came + left, left: left > 0}
	return err
}

// overwrite makes the stored rows of a stage that have certain keys those of a
// statement.
func (r *run) overwrite(s *view.Relation, keys schema.Name, old stored, made *view.Statement, names map[string]schema.Name) error {
	sql, err := r.sql(made, names)
	if err != nil {
		return err
	}
	if err := r.replace(s, old, sql); err != nil {
		return err
	}
	r.tick.from(warehouse.Working(r.deltas[s].name), keys, s.Held, s.Keys)
	return nil
}

// replace makes stored rows of a stage those of a query.
func (r *run) replace(s *view.Relation, old stored, sql string) error {
	d := &delta{name: r.name("change")}
	came, left, err := r.tx.Overwrite(r.ctx, warehouse.Overwrite{To: s.Name, Old: old.rows.Name, New: sql, Unique: s.Kind == view.Merge, Version: r.job.Version, As: d.name})
	d.rows, d.left = came+left, left > 0
	r.deltas[s] = d
	if err == nil && old.shared && d.rows > 0 {
		err = r.tick.renew(r.ctx, s, s.Held, d.name, r.job.Version)
	}
	return err
}

// anew computes all rows of a stage, and replaces those that differ.
func (r *run) anew(s *view.Relation) error {
	query, err := r.rows(s, false)
	if err != nil {
		return err
	}
	rows, err := r.tx.Refresh(r.ctx, warehouse.View{Name: s.Name, Columns: s.Columns, State: s.State, Query: query, Label: r.job.Label,
		Version: r.job.Version, Hidden: s != r.job.Program.Top(), Diff: true})
	if err != nil {
		return err
	}
	if s == r.job.Program.Top() {
		r.deltas[s] = &delta{rows: max(rows, 1)} // they may have changed
		return nil
	}
	d := &delta{name: r.name("change")}
	came, left, err := r.tx.Changes(r.ctx, warehouse.Changes{From: s.Name, Columns: s.Reading(), After: r.job.Version - 1, To: r.job.Version, As: d.name})
	d.rows, d.left = came+left, left > 0
	r.deltas[s] = d
	return err
}

// keyed recomputes the rows of the keys that changed.
func (r *run) keyed(s *view.Relation) error {
	if len(s.First) > 0 { // what came is read as a whole too
		if _, err := r.delta(s.Input); err != nil {
			return err
		}
	}
	d, err := r.ofDelta(s, "keys", s.ChangedKeys())
	if err != nil || d.rows == 0 {
		r.deltas[s] = &delta{}
		return err
	}
	keys := warehouse.Working(d.name)
	old, err := r.byKey(s, keys)
	if err != nil {
		return err
	}
	var in schema.Name
	var nulls bool
	if len(s.First) > 0 && !d.left {
		in, nulls, err = r.storedOrNew(s, keys, old)
	} else {
		in, nulls, err = r.inputOf(s, keys)
	}
	if err != nil {
		return err
	}
	return r.overwrite(s, keys, old, s.Replaced(nulls), map[string]schema.Name{view.In: in, view.Keys: keys})
}

// storedOrNew are the rows of a stage's input that its stored rows are made of, and those
// that came: of these follow the first few, without the others that were there.
func (r *run) storedOrNew(s *view.Relation, keys schema.Name, old stored) (in schema.Name, nulls bool, err error) {
	columns := make([]string, len(s.Input.Columns))
	held := make([]string, len(columns))
	for i, c := range s.Input.Columns {
		columns[i] = quote(c.Name)
		held[i] = quote(s.First[c.Name]) + " AS " + columns[i]
	}
	if nulls, err = r.nullKeys(s, keys); err != nil {
		return in, false, err
	}
	in = warehouse.Working(r.name("stored or new"))
	return in, nulls, r.tx.View(r.ctx, in.Name, "SELECT "+strings.Join(held, ", ")+" FROM "+text(old.rows)+
		" UNION ALL SELECT "+strings.Join(columns, ", ")+" FROM "+text(warehouse.Working(r.deltas[s.Input].name)), true)
}

// query makes a working table of a statement's rows.
func (r *run) query(what string, s *view.Statement, names map[string]schema.Name) (schema.Name, error) {
	sql, err := r.sql(s, names)
	if err != nil {
		return schema.Name{}, err
	}
	name, _, err := r.work(what, sql)
	return warehouse.Working(name), err
}

// stored are rows of a stage as they are stored, with their places.
type stored struct {
	rows   schema.Name
	shared bool // they were looked up together with what others ask of the stage
}

// byKey are the stored rows of a stage with some keys.
func (r *run) byKey(s *view.Relation, keys schema.Name) (stored, error) {
	if len(s.Keys) == 0 {
		return r.all(s)
	}
	by := lookup{key: s.Held, keys: keys, columns: s.Keys}
	share, err := r.sharing(s, by)
	if err != nil {
		return stored{}, err
	}
	if share {
		rows, exact, err := r.tick.find(r.ctx, s, warehouse.Latest, by)
		if err == nil && !exact {
			name := r.name("stored")
			rows, err = warehouse.Working(name), r.tx.View(r.ctx, name, among(rows, by), true)
		}
		return stored{rows, true}, err
	}
	name := r.name("stored")
	_, err = r.tx.Rows(r.ctx, warehouse.Rowset{From: s.Name, Columns: s.Reading(), At: warehouse.Latest,
		Key: s.Held, Keys: keys.Name, KeyColumns: s.Keys, Nulls: true, Places: true, As: name})
	return stored{rows: warehouse.Working(name)}, err
}

// fewGroups is how many groups a stage has at most where all of them are merged, as
// if those that did not change had: the engine takes as many at a time.
const fewGroups = 2_048

// allGroups reports a merge of which all groups may be merged.
func (r *run) allGroups(s *view.Relation) (bool, error) {
	if r.tick.Small == LookUp || !s.Exact() {
		return false, nil
	}
	n, err := r.tx.Size(r.ctx, s.Name)
	return n <= fewGroups, err
}

// all are the stored rows of a stage.
func (r *run) all(s *view.Relation) (stored, error) {
	name := r.name("stored")
	rows, err := r.tx.Size(r.ctx, s.Name)
	if err != nil {
		return stored{}, err
	}
	return stored{rows: warehouse.Working(name)}, r.tx.State(r.ctx, warehouse.State{From: s.Name, Columns: s.Reading(), At: warehouse.Latest, Places: true,
		Small: rows <= FewRows, As: name})
}

// sharing reports that others are expected to look up rows of a stage by its key,
// which it may do for all of them. NULL is looked up apart.
func (r *run) sharing(s *view.Relation, by lookup) (bool, error) {
	if large, err := r.large(s); err != nil || !large || len(r.tick.forecast(s, by).From) == 0 {
		return false, err
	}
	nulls, err := r.nullKeys(s, by.keys)
	return !nulls, err
}

// nullKeys reports a NULL among the keys of a stage, which is asked once of each
// working table.
func (r *run) nullKeys(s *view.Relation, keys schema.Name) (bool, error) {
	if nulls, ok := r.nulls[keys]; ok {
		return nulls, nil
	}
	count, err := r.sql(s.NullKeys(), map[string]schema.Name{view.Keys: keys})
	if err != nil {
		return false, err
	}
	n, err := warehouse.Number(r.ctx, r.tx.SQL(), count)
	if err == nil {
		r.nulls[keys] = n > 0
	}
	return n > 0, err
}

// inputOf are the rows of a stage's input with some keys, and whether a key has
// a NULL.
func (r *run) inputOf(s *view.Relation, keys schema.Name) (in schema.Name, nulls bool, err error) {
	if len(s.Keys) == 0 {
		in, err = r.state(s.Input, false)
		return in, false, err
	}
	if nulls, err = r.nullKeys(s, keys); err != nil {
		return in, false, err
	}
	in, err = r.narrowTo(s.Input, false, lookup{key: s.Keys, keys: keys, columns: s.Keys, nulls: nulls})
	return in, nulls, err
}

// merge adds what changed to the stored states.
func (r *run) merge(s *view.Relation) error {
	all, err := r.allGroups(s)
	switch {
	case err != nil:
		return err
	case all && !s.Taking():
		return r.mergeAll(s)
	}
	d, err := r.ofDelta(s, "groups", s.GroupDelta())
	if err != nil || d.rows == 0 {
		r.deltas[s] = &delta{}
		return err
	}
	groups := warehouse.Working(d.name)
	var old stored
	if all {
		old, err = r.all(s)
	} else {
		old, err = r.byKey(s, groups)
	}
	if err != nil {
		return err
	}
	names := map[string]schema.Name{view.Delta: groups, view.Stored: old.rows}
	lost := false
	if d.left && s.Taking() {
		if lost, err = r.afresh(s, names); err != nil {
			return err
		}
	}
	merged := s.Merged(lost)
	if d.rows <= fewGroups {
		merged = merged.OverFew()
	}
	return r.overwrite(s, groups, old, merged, names)
}

// mergeAll adds what changed to the states of few groups, all of them, by one query.
func (r *run) mergeAll(s *view.Relation) error {
	d, groups, err := r.madeOfDelta(s, s.GroupDelta())
	if err != nil || d == nil {
		r.deltas[s] = &delta{}
		return err
	}
	old, err := r.all(s)
	if err != nil {
		return err
	}
	name := r.name("groups")
	sql, err := r.sql(s.Merged(false).OverFew(), map[string]schema.Name{view.Delta: {Name: name}, view.Stored: old.rows})
	if err != nil {
		return err
	}
	if err := r.replace(s, old, "WITH "+quote(name)+" AS (\n"+groups+"\n)\n"+sql); err != nil {
		return err
	}
	r.tick.from(warehouse.Working(r.deltas[s].name), warehouse.Working(d.name), s.Held, s.Keys)
	return nil
}

// afresh computes the groups anew that cannot be merged, and reports whether
// there are any.
func (r *run) afresh(s *view.Relation, names map[string]schema.Name) (bool, error) {
	sql, err := r.sql(s.Lost(), names)
	if err != nil {
		return false, err
	}
	name, n, err := r.work("lost", sql)
	if err != nil || n == 0 {
		return false, err
	}
	keys := warehouse.Working(name)
	in, nulls, err := r.inputOf(s, keys)
	if err != nil {
		return false, err
	}
	anew, err := r.query("anew", s.Afresh(nulls), map[string]schema.Name{view.In: in, view.Keys: keys})
	names[view.Keys], names[view.Anew] = keys, anew
	return true, err
}
