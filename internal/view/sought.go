package view

import (
	"slices"

	"github.com/atolldata/atoll/internal/schema"
)

// Column is a column of a stored relation.
type Column struct {
	Of   schema.Name
	Name string
}

// Lookup is what programs will look up by the values of a column when tables change.
type Lookup struct {
	From    []Column        // columns of tables, whose changed rows have the values
	Columns map[string]bool // that are read of the rows found
}

// Lookups tells by which columns of stored relations the programs will look rows up
// when tables change. What one program reads of another's view is traced to the
// tables behind it. It is a forecast: a program may look up other values too, and
// need not look up these. The first few rows of each key are made of their own as long as
// none leaves.
func Lookups(programs []*Program) map[Column]*Lookup {
	s := seeker{tops: map[schema.Name]*Relation{}, out: map[Column]*Lookup{}}
	for _, p := range programs {
		s.tops[p.Node.Name] = p.Top()
	}
	for _, p := range programs {
		for _, r := range p.Stages {
			if r.Input != nil && len(r.Keys) == 1 && len(r.First) == 0 {
				s.add([]use{{of: r.Input, name: r.Keys[0]}})
			}
			for _, b := range r.Branches {
				for _, same := range b.equal() {
					s.add(same)
				}
			}
		}
	}
	return s.out
}

// use is a column of a relation.
type use struct {
	of   *Relation
	name string
	// asked is set where the question is whether there is a row: most of what comes makes no
	// difference to the answer, and is not looked up by.
	asked bool
}

// equal are the columns of a branch's leaves that its edges make equal.
func (b *Branch) equal() [][]use {
	type column struct {
		leaf *Leaf
		name string
	}
	var sets [][]column
	for _, e := range b.Edges {
		joined := []column{{e.A, e.AColumn}, {e.B, e.BColumn}}
		sets = slices.DeleteFunc(sets, func(set []column) bool {
			if !slices.Contains(set, joined[0]) && !slices.Contains(set, joined[1]) {
				return false
			}
			joined = append(joined, set...)
			return true
		})
		sets = append(sets, joined)
	}
	out := make([][]use, len(sets))
	for i, set := range sets {
		for _, c := range set {
			out[i] = append(out[i], use{c.leaf.Of, c.name, c.leaf.OnlyExistence()})
		}
	}
	return out
}

// seeker collects what is sought.
type seeker struct {
	tops map[schema.Name]*Relation // the views of the programs
	out  map[Column]*Lookup
}

// add notes that rows are looked up by columns which are equal: by what changes of
// each in all others.
func (s *seeker) add(same []use) {
	var from []Column
	for _, u := range same {
		if !u.asked {
			from = append(from, s.origins(u)...)
		}
	}
	for _, u := range same {
		for _, at := range stands(u) {
			s.note(at, from)
		}
	}
}

// note adds to what is looked up by a column of a stored relation.
func (s *seeker) note(by use, from []Column) {
	at := Column{by.of.Name, by.name}
	l := s.out[at]
	if l == nil {
		l = &Lookup{Columns: map[string]bool{}}
		s.out[at] = l
	}
	for _, c := range from {
		if !slices.Contains(l.From, c) {
			l.From = append(l.From, c)
		}
	}
	for _, c := range by.of.Reading() {
		l.Columns[c] = true
	}
}

// stands are the columns of stored relations that a column is, as it is.
func stands(u use) (out []use) {
	if u.of.Kind == "" || u.of.Stored {
		return []use{u}
	}
	for _, below := range u.passed() {
		out = append(out, stands(below)...)
	}
	return out
}

// origins are the columns of tables that the values of a column come from.
func (s *seeker) origins(u use) (out []Column) {
	top, isView := s.tops[u.of.Name]
	switch {
	case u.of.Kind == "" && isView:
		return s.origins(use{of: top, name: u.name})
	case u.of.Kind == "":
		return []Column{{u.of.Name, u.name}}
	}
	for _, below := range u.passed() {
		out = append(out, s.origins(below)...)
	}
	return out
}

// passed are the columns below a stage that one of its columns is, as it is.
func (u use) passed() (out []use) {
	if i := slices.Index(u.of.Held, u.name); i >= 0 {
		return []use{{of: u.of.Input, name: u.of.Keys[i]}}
	}
	for _, b := range u.of.Branches {
		for _, l := range b.Leaves {
			if name, ok := b.Passes(u.name, l); ok {
				out = append(out, use{of: l.Of, name: name})
			}
		}
	}
	return out
}

// Sought are the columns of stored relations by which the programs look rows up when what
// they read changes, each by itself. Three lookups do not count: that of a stage with one
// row for each key in itself, which is by the whole key; that of the rows of a group, made
// only if what left cannot be taken away from its state, as an extreme; and that of
// the rows of which a stage keeps the first few, made only if one of them leaves.
func Sought(programs []*Program) map[schema.Name][]schema.Column {
	out := map[schema.Name][]schema.Column{}
	for _, p := range programs {
		for _, r := range p.Stages {
			for _, u := range r.sought() {
				for _, at := range stands(u) {
					c, known := at.of.column(at.name)
					if known && !slices.ContainsFunc(out[at.of.Name], func(have schema.Column) bool { return have.Name == c.Name }) {
						out[at.of.Name] = append(out[at.of.Name], c)
					}
				}
			}
		}
	}
	return out
}

// soughtKeys is how many of the keys of a stage count: a few tell rows apart.
const soughtKeys = 3

// sought are the columns by which a stage looks rows up.
func (r *Relation) sought() (all []use) {
	if r.Kind == Keyed && len(r.First) == 0 {
		for i, k := range r.Keys[:min(soughtKeys, len(r.Keys))] {
			all = append(all, use{of: r.Input, name: k}, use{of: r, name: r.Held[i]})
		}
	}
	for _, b := range r.Branches {
		for i, e := range b.Edges {
			same := func(o Edge) bool { return o.A == e.A && o.B == e.B || o.A == e.B && o.B == e.A }
			if !slices.ContainsFunc(b.Edges[:i], same) { // the first one finds the rows
				all = append(all, use{of: e.A.Of, name: e.AColumn}, use{of: e.B.Of, name: e.BColumn})
			}
		}
		for _, l := range b.Leaves {
			if !l.Linear && !l.Loose { // its own rows with the keys that changed
				for _, name := range l.PlainInner() {
					all = append(all, use{of: l.Of, name: name})
				}
			}
		}
	}
	return all
}
