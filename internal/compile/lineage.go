package compile

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/lineage"
)

// Lineage is a part of the graph: the whole project by relations, or what a
// relation or column comes from, or what comes from it. Its points are relations,
// or columns and the relations whose rows they decide.
type Lineage struct {
	Focus     string    `json:"focus,omitempty"` // "" for the whole project
	Direction Direction `json:"direction,omitempty"`
	Points    []Point   `json:"points"` // in topological order, then as declared
	Edges     []Edge    `json:"edges"`  // sorted
}

// Direction is which way a lineage goes from its focus.
type Direction string

// The directions.
const (
	Upstream   Direction = "upstream"   // what it comes from, up to the raw tables
	Downstream Direction = "downstream" // what comes from it, down to the last view
)

// Point is a relation or one of its columns.
type Point struct {
	ID       string      `json:"id"` // schema.relation or schema.relation.column
	Relation schema.Name `json:"-"`
	Column   string      `json:"column,omitempty"`
	Kind     Kind        `json:"kind"`           // of the relation
	Type     string      `json:"type,omitempty"` // of the column
	// Steps are the expressions that compute the column: its own, of each side of
	// a set operation, and those of the aliases, subqueries and common table
	// expressions that it goes through.
	Steps []Step `json:"steps,omitempty"`
}

// Step is an expression, the name it has in its model, and its place.
type Step struct {
	Name       string `json:"name"`
	Expression string `json:"expression"`
	File       string `json:"file"`
	Line       int    `json:"line"`
}

// Edge says that one point depends on another, and between columns how: a kind
// other than value means that it only filters, joins, groups, orders or cuts
// windows.
type Edge struct {
	From string       `json:"from"`
	To   string       `json:"to"`
	Kind lineage.Kind `json:"kind,omitempty"`
}

func (e Edge) compare(o Edge) int {
	return cmp.Or(strings.Compare(e.From+" "+e.To, o.From+" "+o.To), cmp.Compare(e.Kind, o.Kind))
}

// only reports an edge by which no value flows.
func (e Edge) only() bool { return e.Kind != "" && e.Kind != lineage.Value }

// Lineage is the lineage of the whole project, by relations.
func (g *Graph) Lineage() *Lineage {
	set := map[*Node]bool{}
	for _, n := range g.Nodes {
		set[n] = n.Kind != System || len(n.Downstream) > 0
	}
	return g.relations(&Lineage{}, set)
}

// LineageOf is the lineage of "relation" or "relation.column" in one direction. A
// schema may be left out of a unique name. The error is a fault of code Usage.
func (g *Graph) LineageOf(name string, direction Direction) (*Lineage, error) {
	n, column, err := g.focus(strings.ToLower(name))
	if err != nil {
		return nil, err
	}
	if column != "" {
		return g.columns(n, column, direction), nil
	}
	next := func(n *Node) []*Node { return n.Upstream }
	if direction == Downstream {
		next = func(n *Node) []*Node { return n.Downstream }
	}
	set := map[*Node]bool{n: true}
	walk(set, []*Node{n}, math.MaxInt, next)
	return g.relations(&Lineage{Focus: n.Name.String(), Direction: direction}, set), nil
}

// focus finds what a name means: a relation if there is one of that name, or
// else a column of the relation before the last dot.
func (g *Graph) focus(name string) (n *Node, column string, err error) {
	if n, err = g.relation(name); n != nil || err != nil {
		return n, "", err
	}
	if dot := strings.LastIndexByte(name, '.'); dot >= 0 {
		n, err = g.relation(name[:dot])
		column = name[dot+1:]
	}
	switch {
	case err != nil:
		return nil, "", err
	case n == nil:
		var all []string
		for _, other := range g.Nodes {
			all = append(all, other.Name.String())
		}
		return nil, "", fault.New(fault.Usage, "there is no relation or column %q", name).WithHint("%s", suggestName(name, all))
	case n.Shape == nil:
		return nil, "", fault.New(fault.Usage, "the columns of %q are not known: the model is broken", n.Name).
			WithHint("see what is wrong with atoll check")
	}
	if _, ok := n.Shape.Column(column); !ok {
		return nil, "", fault.New(fault.Usage, "%q has no column %q", n.Name, column).
			WithHint("%s", orNearest(column, n.Shape.ColumnNames(), "its columns are "+strings.Join(n.Shape.ColumnNames(), ", ")))
	}
	return n, column, nil
}

// relation finds a node by its full name, or by a short one that is unique; nil
// if there is none.
func (g *Graph) relation(name string) (*Node, error) {
	var found []string
	var last *Node
	for _, n := range g.Nodes {
		if n.Name.String() == name {
			return n, nil
		}
		if n.Name.Name == name {
			found = append(found, n.Name.String())
			last = n
		}
	}
	if len(found) > 1 {
		return nil, fault.New(fault.Usage, "%q could be %s", name, strings.Join(found, " or ")).WithHint("write the schema too")
	}
	return last, nil
}

// relations fills in the lineage among a set of nodes.
func (g *Graph) relations(l *Lineage, set map[*Node]bool) *Lineage {
	l.Points, l.Edges = []Point{}, []Edge{}
	for _, n := range g.inOrder(set) {
		l.Points = append(l.Points, Point{ID: n.Name.String(), Relation: n.Name, Kind: n.Kind})
		for _, up := range n.Upstream {
			if set[up] {
				l.Edges = append(l.Edges, Edge{From: up.Name.String(), To: n.Name.String()})
			}
		}
	}
	slices.SortFunc(l.Edges, Edge.compare)
	return l
}
