package refresh

import (
	"fmt"
	"slices"
	"strings"

	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/view"
	"github.com/atolldata/atoll/internal/warehouse"
)

// smallRelation is the number of rows up to which a relation is read as a whole
// rather than by keys: one thread scans as many at a time.
const smallRelation = 122_880

// state is the relation of the engine that holds a relation before or after the
// window.
func (r *run) state(of *view.Relation, old bool) (schema.Name, error) {
	if old {
		changed, err := r.changed(of)
		if err != nil {
			return schema.Name{}, err
		}
		old = changed
	}
	at := state{of, old}
	if n, ok := r.states[at]; ok {
		return n, nil
	}
	n, err := r.makeState(at)
	if err == nil {
		r.states[at] = n
	}
	return n, err
}

func (r *run) makeState(at state) (schema.Name, error) {
	base := at.of.Kind == ""
	if base && !at.old {
		return at.of.Name, nil
	}
	name := r.name("rows")
	if !at.of.Stored {
		query, err := r.rows(at.of, at.old)
		if err != nil {
			return schema.Name{}, err
		}
		return warehouse.Working(name), r.tx.View(r.ctx, name, query, false)
	}
	return warehouse.Working(name), r.tx.State(r.ctx, warehouse.State{From: at.of.Name, Columns: at.of.Reading(), At: r.version(at), As: name})
}

// version is the version of a stored relation before or after the window.
func (r *run) version(at state) int64 {
	switch {
	case !at.old:
		return warehouse.Latest
	case at.of.Kind == "":
		return r.job.Windows[at.of.Name].After
	}
	return r.job.Version - 1
}

// changed reports whether a relation's rows changed in the window.
func (r *run) changed(of *view.Relation) (bool, error) {
	if r.job.Windows == nil {
		return false, nil // built from all rows: there is one state
	}
	d, err := r.delta(of)
	return err == nil && d.rows > 0, err
}

// narrowTo is the relation of the engine that holds the rows of a state that are
// looked up, and perhaps others.
func (r *run) narrowTo(of *view.Relation, old bool, by lookup) (schema.Name, error) {
	if old {
		var err error
		if old, err = r.changed(of); err != nil {
			return schema.Name{}, err
		}
	}
	at := narrowed{state{of, old}, strings.Join(by.key, "\x00"), by.keys.Name, strings.Join(by.columns, "\x00"), by.nulls, by.once, by.leads}
	if n, ok := r.narrow[at]; ok {
		return n, nil
	}
	n, err := r.makeNarrow(at.state, by)
	if err == nil {
		r.narrow[at] = n
	}
	return n, err
}

func (r *run) makeNarrow(at state, by lookup) (schema.Name, error) {
	if !at.of.Stored {
		return r.narrowBag(at, by)
	}
	large, err := r.large(at.of)
	if err != nil {
		return schema.Name{}, err
	}
	if !large && !by.leads {
		return r.state(at.of, at.old)
	}
	if by.once && !by.nulls && !by.leads && has(by.key, at.of.Reading()) && !repeats(by.key) {
		return r.existing(at, by)
	}
	by.once = false
	if at.old {
		return r.narrowBefore(at.of, by)
	}
	if by.nulls {
		name := r.name("rows by key")
		_, err = r.tx.Rows(r.ctx, warehouse.Rowset{From: at.of.Name, Columns: at.of.Reading(), At: warehouse.Latest,
			Key: by.key, Keys: by.keys.Name, KeyColumns: by.columns, Nulls: true, Places: true, As: name})
		return warehouse.Working(name), err
	}
	rows, exact, err := r.tick.find(r.ctx, at.of, warehouse.Latest, by)
	if err != nil || exact || !by.leads {
		return rows, err
	}
	name, _, err := r.work("rows by key", among(rows, by))
	r.tick.from(warehouse.Working(name), by.keys, by.key, by.columns)
	return warehouse.Working(name), err
}

// among is the query of those of some rows that have certain keys.
func among(rows schema.Name, by lookup) string {
	same := make([]string, len(by.key))
	for i, c := range by.key {
		same[i] = "r." + quote(c) + " = k." + quote(by.columns[i])
	}
	return "SELECT r.* FROM " + text(rows) + " AS r SEMI JOIN " + text(by.keys) + " AS k ON " + strings.Join(same, " AND ")
}

// repeats reports columns of which one is named twice.
func repeats(columns []string) bool {
	sorted := slices.Sorted(slices.Values(columns))
	return len(slices.Compact(sorted)) < len(columns)
}

// existing are those of the keys that a relation has. Unless rows left it, those it
// has now are those it had before, and those that came.
func (r *run) existing(at state, by lookup) (schema.Name, error) {
	d, err := r.delta(at.of)
	if err != nil {
		return schema.Name{}, err
	}
	came := !at.old && d.rows > 0 && !d.left
	rows, _, err := r.tick.find(r.ctx, at.of, r.version(state{at.of, at.old || came}), by)
	if err != nil || !came {
		return rows, err
	}
	columns := "SELECT " + list(at.of.Reading()) + " FROM "
	name := r.name("keys that are there")
	return warehouse.Working(name), r.tx.View(r.ctx, name, columns+text(rows)+" UNION ALL "+columns+text(warehouse.Working(d.name)), true)
}

// narrowBefore is the rows that have the keys now, without those that came in the
// window and with those that left in it: it spares a second lookup.
func (r *run) narrowBefore(of *view.Relation, by lookup) (schema.Name, error) {
	now, err := r.narrowTo(of, false, by)
	if err != nil {
		return schema.Name{}, err
	}
	d, err := r.delta(of)
	if err != nil {
		return schema.Name{}, err
	}
	columns := "SELECT " + list(of.Reading()) + " FROM "
	query := columns + text(now) + fmt.Sprintf(" WHERE %s <= %d", warehouse.VersionColumn, r.version(state{of, true}))
	if d.left {
		query += " UNION ALL " + columns + text(warehouse.Working(d.name)) + " WHERE " + schema.Weight + " < 0"
	}
	name := warehouse.Working(r.name("rows by key, before"))
	if !d.left {
		r.tick.from(name, now, of.Reading(), of.Reading())
	}
	return name, r.tx.View(r.ctx, name.Name, query, true)
}

// narrowBag narrows what each branch of a bag reads.
func (r *run) narrowBag(at state, by lookup) (schema.Name, error) {
	var parts []string
	narrowedOne, small := false, true
	for _, b := range at.of.Branches {
		names, did, err := r.narrowBranch(b, at, by)
		if err != nil {
			return schema.Name{}, err
		}
		narrowedOne, small = narrowedOne || did, small && did
		part, err := r.sqlOf(b.Rows(), names, at.old)
		if err != nil {
			return schema.Name{}, err
		}
		parts = append(parts, part)
	}
	if !narrowedOne {
		return r.state(at.of, at.old)
	}
	name := r.name("rows by key")
	return warehouse.Working(name), r.tx.View(r.ctx, name, strings.Join(parts, "\nUNION ALL\n"), small)
}

// narrowBranch narrows the leaf of a branch through which the rows with the keys
// are found, and what is found from it. It reports false where there is no such
// leaf.
func (r *run) narrowBranch(b *view.Branch, at state, by lookup) (map[string]schema.Name, bool, error) {
	asked := func(*view.Leaf) bool { return at.old }
	path, err := r.choose(at.of.Paths(b, by.key, by.nulls))
	if err != nil {
		return nil, false, err
	}
	if path == nil {
		names, err := r.whole(b, asked)
		return names, false, err
	}
	through, err := r.through(path, at.old, by)
	if err != nil {
		return nil, false, err
	}
	through.once = by.once && len(b.Leaves) == 1
	if through.leads = by.leads; !by.leads {
		if through.leads, err = r.leadsOn(b, path.Leaf, map[*view.Leaf]schema.Name{path.Leaf: {}}); err != nil {
			return nil, false, err
		}
	}
	rows, err := r.narrowTo(path.Leaf.Of, at.old, through)
	if err != nil {
		return nil, false, err
	}
	names, err := r.gather(b, path.Leaf, rows, asked)
	if err != nil {
		return nil, false, err
	}
	names[path.Leaf.Alias] = rows
	return names, true, nil
}

// through is what to look up in the leaf of a path: the keys that the leaf has, or
// the values of its columns that make one of the keys.
func (r *run) through(path *view.Path, old bool, by lookup) (lookup, error) {
	out := lookup{key: path.Columns, keys: by.keys, columns: path.Columns, nulls: by.nulls}
	if path.Keys != nil {
		out.columns = make([]string, len(path.Keys))
		for i, k := range path.Keys {
			out.columns[i] = by.columns[k]
		}
		return out, nil
	}
	all, err := r.state(path.Leaf.Of, old)
	if err != nil {
		return lookup{}, err
	}
	out.nulls = true // the columns may be NULL where what is computed of them is not
	out.keys, err = r.query("values", path.Values(by.columns, by.nulls), map[string]schema.Name{path.Leaf.Alias: all, view.Keys: by.keys})
	return out, err
}

// choose is the path to the largest relation, which is the one worth not reading
// as a whole, nil if there is no path.
func (r *run) choose(paths []*view.Path) (best *view.Path, err error) {
	largest := int64(-1)
	for _, p := range paths {
		size, err := r.size(p.Leaf.Of)
		if err != nil {
			return nil, err
		}
		if size > largest {
			best, largest = p, size
		}
	}
	return best, nil
}

// size is how many rows a relation holds, about; of a stage that is not stored,
// the largest relation below it does.
func (r *run) size(of *view.Relation) (int64, error) {
	if of.Stored {
		return r.tx.Size(r.ctx, of.Name)
	}
	largest := int64(0)
	for _, in := range of.Reads() {
		n, err := r.size(in)
		if err != nil {
			return 0, err
		}
		largest = max(largest, n)
	}
	return largest, nil
}

// large reports a relation that is not to be read as a whole.
func (r *run) large(of *view.Relation) (bool, error) {
	if r.tick.Small == LookUp {
		return true, nil
	}
	size, err := r.size(of)
	return size > smallRelation, err
}

// gather finds, from some rows of one leaf, those of the others that can meet
// them, following the branch's edges.
func (r *run) gather(b *view.Branch, start *view.Leaf, rows schema.Name, old func(*view.Leaf) bool) (map[string]schema.Name, error) {
	found := map[*view.Leaf]schema.Name{start: rows}
	for again := true; again; {
		again = false
		for _, e := range b.Edges {
			from, to, fromColumn, toColumn := e.A, e.B, e.AColumn, e.BColumn
			if _, ok := found[from]; !ok {
				from, to, fromColumn, toColumn = to, from, toColumn, fromColumn
			}
			if _, ok := found[from]; !ok || e.Outer && from == e.B && from != start || e.Full && from != start {
				continue
			}
			if _, ok := found[to]; ok {
				continue
			}
			leads, err := r.leadsOn(b, to, found)
			if err != nil {
				return nil, err
			}
			by := lookup{key: []string{toColumn}, keys: found[from], columns: []string{fromColumn}, once: to.Once, leads: leads}
			n, err := r.narrowTo(to.Of, old(to), by)
			if err != nil {
				return nil, err
			}
			found[to], again = n, true
		}
	}
	names := map[string]schema.Name{}
	for _, l := range b.Leaves {
		if l == start {
			continue
		}
		n, ok := found[l]
		if !ok {
			var err error
			if n, err = r.state(l.Of, old(l)); err != nil {
				return nil, err
			}
		}
		names[l.Alias] = n
	}
	return names, nil
}

// leadsOn reports that a leaf that is not found yet, and that is too large to be
// read as a whole, may be found from a leaf.
func (r *run) leadsOn(b *view.Branch, from *view.Leaf, found map[*view.Leaf]schema.Name) (bool, error) {
	seen := map[*view.Leaf]bool{from: true}
	for queue := []*view.Leaf{from}; len(queue) > 0; queue = queue[1:] {
		for _, e := range b.Edges {
			to := e.B
			switch queue[0] {
			case e.A:
			case e.B:
				to = e.A
			default:
				continue
			}
			if _, ok := found[to]; ok || seen[to] {
				continue
			}
			if large, err := r.large(to.Of); err != nil || large {
				return large, err
			}
			seen[to] = true
			queue = append(queue, to)
		}
	}
	return false, nil
}
