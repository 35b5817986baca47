package view

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/atolldata/atoll/internal/compile"
	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/project"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/print"
)

// Kind says how a view, or a stage of one, is brought up to date.
type Kind string

// The kinds of plans.
const (
	// Bag adds and removes rows with their multiplicities.
	Bag Kind = "bag"
	// Merge adds partial aggregates to the stored ones, group by group.
	Merge Kind = "merge"
	// Keyed recomputes the rows of the keys that changed.
	Keyed Kind = "keyed"
	// SessionsKind recomputes the sessions near the rows that changed.
	SessionsKind Kind = "sessions"
	// Full recomputes everything.
	Full Kind = "full"
)

// Plan is how a view is brought up to date: its stages in their order, the last
// of which is the view. Kind is Full if one of them has to be recomputed from
// all rows, and the last stage's otherwise; Reason, Pos and Hint are those of
// the stage that is Full.
type Plan struct {
	Kind   Kind           `json:"kind"`
	Reason string         `json:"reason,omitempty"`
	Pos    fault.Position `json:"position,omitzero"`
	Hint   string         `json:"hint,omitempty"`
	Stages []Stage        `json:"stages,omitempty"`
}

// Stage is a part of a view's query with a plan of its own.
type Stage struct {
	Name   string         `json:"name"` // of the view, with a number behind # below the top
	Kind   Kind           `json:"kind"`
	Stored bool           `json:"stored"`          // its rows, or states, are kept in a table
	Keys   []string       `json:"keys,omitempty"`  // what rows are grouped, partitioned or found by
	Reads  []string       `json:"reads,omitempty"` // relations and other stages
	Reason string         `json:"reason,omitempty"`
	Pos    fault.Position `json:"position,omitzero"`
	Hint   string         `json:"hint,omitempty"`
	Text   string         `json:"query"` // in Redshift's SQL
}

// PlanOf chooses the plan of a model that is not broken.
func PlanOf(n *compile.Node) Plan {
	prog, err := ProgramOf(n)
	if err != nil {
		return override(n, whole(n, err))
	}
	return override(n, prog.Plan())
}

// whole is the plan of a query that is recomputed for a reason.
func whole(n *compile.Node, why error) Plan {
	s := Stage{Name: n.Name.String(), Kind: Full, Stored: true, Reason: why.Error(), Text: print.Redshift(n.Bound.Query)}
	if e, ok := why.(*fault.Error); ok {
		s.Reason, s.Pos, s.Hint = e.Message, e.Pos, e.Hint
	}
	for _, r := range n.Bound.Relations {
		s.Reads = append(s.Reads, r.Name.String())
	}
	return Plan{Kind: Full, Reason: s.Reason, Pos: s.Pos, Hint: s.Hint, Stages: []Stage{s}}
}

// Program is a plan that can be carried out: the stages of a view, each after
// those that it reads.
type Program struct {
	Node   *compile.Node
	Stages []*Relation // the last is the view
	Inputs []*Relation // what the model reads, by name
	texts  texts
}

// ProgramOf cuts a model's query into stages. The error is the *fault.Error that
// says why the query has to be recomputed as a whole.
func ProgramOf(n *compile.Node) (*Program, error) {
	if n.Model.Refresh == project.RefreshFull {
		return nil, fault.New(fault.Unsupported, "the model's header says so").At(n.Model.Header["refresh"])
	}
	p, top, err := cut(n)
	if err != nil {
		return nil, err
	}
	if n.Model.Kind == project.KindSessions {
		top = p.sessions(top)
	}
	top.Stored, top.Name = true, n.Name
	prog := &Program{Node: n, Stages: needed(p.stages, top)}
	if top.Kind == Full && !prog.keepsBelow() {
		return nil, top.Reason
	}
	for _, name := range slices.SortedFunc(maps.Keys(p.bases), schema.Name.Compare) {
		prog.Inputs = append(prog.Inputs, p.bases[name])
	}
	return prog, nil
}

// keepsBelow reports a stage below the view that is stored, which is worth
// refreshing from what changed although the view is not.
func (p *Program) keepsBelow() bool {
	return slices.ContainsFunc(p.Stages[:len(p.Stages)-1], func(r *Relation) bool { return r.Stored })
}

// needed are the stages that the last one reads, directly or not, with itself, in
// their order and numbered.
func needed(stages []*Relation, top *Relation) []*Relation {
	reads := map[*Relation]bool{top: true}
	for _, r := range slices.Backward(stages) {
		if reads[r] {
			for _, in := range r.Reads() {
				reads[in] = true
			}
		}
	}
	out := slices.DeleteFunc(slices.Clone(stages), func(r *Relation) bool { return !reads[r] })
	for i, r := range out[:len(out)-1] {
		r.Name = schema.Name{Schema: top.Name.Schema, Name: fmt.Sprintf("%s#%d", top.Name.Name, i+1)}
	}
	return out
}

// Top is the view itself.
func (p *Program) Top() *Relation { return p.Stages[len(p.Stages)-1] }

// Plan describes the program.
func (p *Program) Plan() Plan {
	plan := Plan{Kind: p.Top().Kind}
	for _, r := range p.Stages {
		s := Stage{Name: r.Name.String(), Kind: r.Kind, Stored: r.Stored, Keys: r.keyNames(), Reads: r.readNames(), Text: r.text()}
		if e := r.Reason; e != nil {
			s.Kind = Full // a keyed stage that reads all of its input counts as one
			s.Reason, s.Pos, s.Hint = e.Message, e.Pos, e.Hint
			plan.Kind, plan.Reason, plan.Pos, plan.Hint = Full, e.Message, e.Pos, e.Hint
		}
		plan.Stages = append(plan.Stages, s)
	}
	return plan
}

// keyNames are the keys of a stage, as expressions of what it reads.
func (r *Relation) keyNames() []string {
	if r.Kind == SessionsKind {
		return r.Keys
	}
	var out []string
	for _, k := range r.Keys {
		out = append(out, print.Redshift(r.Input.origin(k)))
	}
	return out
}

// origin is what a column of a relation stands for, in the query's own names.
func (r *Relation) origin(name string) ast.Expr {
	var made ast.Expr
	switch {
	case r.Kind == Bag && len(r.Branches) == 1:
		b := r.Branches[0]
		return b.origin(itemNamed(b.items, name))
	case r.Kind == Merge:
		made = itemNamed(r.groups.outputs, name)
	case r.Kind == Keyed:
		made = itemNamed(r.query.Body.(*ast.Select).Items, name)
	}
	if _, key, ok := plainColumn(made); ok && slices.Contains(r.Keys, key) {
		return r.Input.origin(key)
	}
	return &ast.ColumnRef{Name: ast.NewName(name)}
}

// origin puts what they stand for in the place of columns of leaves that the
// query has no name for.
func (b *Branch) origin(e ast.Expr) ast.Expr {
	return ast.Rewrite(e, func(_, now ast.Node) ast.Node {
		alias, name, ok := columnAt(now)
		if !ok || !strings.HasPrefix(alias, "#") {
			return now
		}
		i := slices.IndexFunc(b.Leaves, func(l *Leaf) bool { return l.Alias == alias })
		return b.Leaves[i].Of.origin(b.Leaves[i].source(name))
	})
}

// itemNamed is the expression of a list that has a name, nil if there is none.
func itemNamed(items []*ast.SelectItem, name string) ast.Expr {
	for _, it := range items {
		if it.Alias.Name == name {
			return it.Expr
		}
	}
	return nil
}

// readNames are the relations and stages that a stage reads, each once.
func (r *Relation) readNames() []string {
	var out []string
	for _, in := range r.Reads() {
		if name := in.Name.String(); !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}

// Reads lists what a stage reads.
func (r *Relation) Reads() []*Relation {
	if r.Input != nil {
		return []*Relation{r.Input}
	}
	var out []*Relation
	for _, b := range r.Branches {
		for _, l := range b.Leaves {
			out = append(out, l.Of)
		}
	}
	return out
}

// text is the query of a stage over relations and stages by their names.
func (r *Relation) text() string {
	if r.Kind == SessionsKind {
		return r.Input.text() // and what the model's header says
	}
	if r.Kind != Bag {
		return named(r.Rows().query, map[string]*Relation{In: r.Input})
	}
	var parts []string
	for _, b := range r.Branches {
		of := map[string]*Relation{}
		for _, l := range b.Leaves {
			of[l.Alias] = l.Of
		}
		parts = append(parts, named(b.Rows().query, of))
	}
	return strings.Join(parts, "\nUNION ALL\n")
}

// named prints a query with the relations that its leaves read.
func named(q *ast.Query, of map[string]*Relation) string {
	return print.Redshift(ast.Rewrite(q, func(_, now ast.Node) ast.Node {
		t, ok := now.(*ast.TableName)
		if !ok || t.Name[0].Name != leafSchema || of[t.Name.Last()] == nil {
			return now
		}
		c := *t
		n := of[t.Name.Last()].Name
		c.Name = ast.NewName(n.Schema, n.Name)
		return &c
	}))
}

// sessions adds the stage that gives the rows of the model's query their sessions.
func (p *planner) sessions(of *Relation) *Relation {
	for _, c := range of.Columns {
		of.used[c.Name] = true
	}
	m := p.n.Model.Sessions
	top := &Relation{Kind: SessionsKind, Input: of, Columns: p.n.Shape.Columns, Keys: m.PartitionBy, used: map[string]bool{}}
	p.stages = append(p.stages, top)
	return top
}
