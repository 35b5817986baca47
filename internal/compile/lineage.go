package compile

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/project"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/bind"
)

// Lineage is a part of the graph around a focus: what it comes from and what
// comes from it. Its points are relations, or columns and the relations whose
// rows they decide.
type Lineage struct {
	Focus  string  `json:"focus,omitempty"` // "" for the whole project
	Points []Point `json:"points"`          // in topological order, then as declared
	Edges  []Edge  `json:"edges"`           // sorted
}

// Point is a relation or one of its columns.
type Point struct {
	ID       string      `json:"id"` // schema.relation or schema.relation.column
	Relation schema.Name `json:"-"`
	Column   string      `json:"column,omitempty"`
	Kind     Kind        `json:"kind"`           // of the relation
	Type     string      `json:"type,omitempty"` // of the column
}

// Edge says that one point depends on another.
type Edge struct {
	From string `json:"from"`
	To   string `json:"to"`
	// Filter is set where a column decides which rows a relation has, or how they
	// are joined and grouped, and becomes no value in it.
	Filter bool `json:"filter,omitempty"`
}

// Lineage is the lineage of the whole project, by relations.
func (g *Graph) Lineage() *Lineage {
	set := map[*Node]bool{}
	for _, n := range g.Nodes {
		set[n] = n.Kind != System || len(n.Downstream) > 0
	}
	return g.relations("", set)
}

// LineageOf is the lineage of "relation" or "relation.column", up to the raw
// tables and down to the last view. A schema may be left out of a unique name.
// The error is a fault of code Usage.
func (g *Graph) LineageOf(name string) (*Lineage, error) {
	n, column, err := g.focus(strings.ToLower(name))
	if err != nil {
		return nil, err
	}
	if column != "" {
		return g.columns(n, column), nil
	}
	set := map[*Node]bool{n: true}
	walk(set, []*Node{n}, math.MaxInt, func(n *Node) []*Node { return n.Upstream })
	walk(set, []*Node{n}, math.MaxInt, func(n *Node) []*Node { return n.Downstream })
	return g.relations(n.Name.String(), set), nil
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

// relations is the lineage among a set of nodes.
func (g *Graph) relations(focus string, set map[*Node]bool) *Lineage {
	l := &Lineage{Focus: focus, Points: []Point{}, Edges: []Edge{}}
	for _, n := range g.inOrder(set) {
		l.Points = append(l.Points, Point{ID: n.Name.String(), Relation: n.Name, Kind: n.Kind})
		for _, up := range n.Upstream {
			if set[up] {
				l.Edges = append(l.Edges, Edge{From: up.Name.String(), To: n.Name.String()})
			}
		}
	}
	l.sortEdges()
	return l
}

func (l *Lineage) sortEdges() {
	slices.SortFunc(l.Edges, func(a, b Edge) int {
		return strings.Compare(a.From+" "+a.To, b.From+" "+b.To)
	})
}

// Sources are the columns of the relations just upstream that a column's value
// comes from, sorted. A session id comes from what cuts the sessions.
func (n *Node) Sources(column string) []bind.Source {
	if n.Bound == nil {
		return nil
	}
	var out []bind.Source
	for _, l := range n.Bound.Lineage {
		if l.Column == column {
			return l.Sources
		}
		if n.isSessionID(column) && n.cutsSessions(l.Column) {
			out = append(out, l.Sources...)
		}
	}
	slices.SortFunc(out, bind.Source.Compare)
	return slices.Compact(out)
}

func (n *Node) isSessionID(column string) bool {
	return n.Model.Kind == project.KindSessions && column == n.Model.Sessions.SessionID
}

func (n *Node) cutsSessions(column string) bool {
	s := n.Model.Sessions
	return column == s.OrderBy || slices.Contains(s.PartitionBy, column)
}

// columns is the lineage of one column.
func (g *Graph) columns(n *Node, column string) *Lineage {
	c := columnWalk{g: g, seen: map[bind.Source]bool{}, filtered: map[*Node]bool{}, edges: map[Edge]bool{}}
	start := bind.Source{Relation: n.Name, Column: column}
	c.up(start)
	delete(c.seen, start)
	c.down(start)
	l := &Lineage{Focus: start.String(), Points: []Point{}, Edges: []Edge{}}
	for _, n := range g.Nodes {
		if n.Shape == nil {
			continue
		}
		if c.filtered[n] {
			l.Points = append(l.Points, Point{ID: n.Name.String(), Relation: n.Name, Kind: n.Kind})
		}
		for _, col := range n.Shape.Columns {
			if s := (bind.Source{Relation: n.Name, Column: col.Name}); c.seen[s] {
				l.Points = append(l.Points, Point{ID: s.String(), Relation: n.Name, Column: col.Name, Kind: n.Kind, Type: col.Type.String()})
			}
		}
	}
	for e := range c.edges {
		l.Edges = append(l.Edges, e)
	}
	l.sortEdges()
	return l
}

// columnWalk collects what a column comes from and what comes from it.
type columnWalk struct {
	g        *Graph
	seen     map[bind.Source]bool
	filtered map[*Node]bool // relations whose rows a column decides
	edges    map[Edge]bool
}

func (c *columnWalk) up(s bind.Source) {
	if c.seen[s] {
		return
	}
	c.seen[s] = true
	n := c.g.byName[s.Relation]
	for _, from := range n.Sources(s.Column) {
		c.edges[Edge{From: from.String(), To: s.String()}] = true
		c.up(from)
	}
}

func (c *columnWalk) down(s bind.Source) {
	if c.seen[s] {
		return
	}
	c.seen[s] = true
	for _, n := range c.g.byName[s.Relation].Downstream {
		if n.Bound == nil {
			continue
		}
		for _, col := range n.Shape.Columns {
			if slices.Contains(n.Sources(col.Name), s) {
				to := bind.Source{Relation: n.Name, Column: col.Name}
				c.edges[Edge{From: s.String(), To: to.String()}] = true
				c.down(to)
			}
		}
		if slices.Contains(n.Bound.Conditions, s) {
			c.edges[Edge{From: s.String(), To: n.Name.String(), Filter: true}] = true
			c.filtered[n] = true
		}
	}
}

// Mermaid draws the lineage as a Mermaid flowchart.
func (l *Lineage) Mermaid() string {
	var b strings.Builder
	b.WriteString("flowchart LR\n")
	ids := map[string]string{}
	for i, p := range l.Points {
		ids[p.ID] = fmt.Sprintf("n%d", i)
		open, shut := "[", "]"
		if p.Kind != View {
			open, shut = "[(", ")]"
		}
		fmt.Fprintf(&b, "  %s%s\"%s\"%s\n", ids[p.ID], open, p.ID, shut)
	}
	for _, e := range l.Edges {
		arrow := "-->"
		if e.Filter {
			arrow = "-.->"
		}
		fmt.Fprintf(&b, "  %s %s %s\n", ids[e.From], arrow, ids[e.To])
	}
	if l.Focus != "" {
		fmt.Fprintf(&b, "  style %s stroke-width:3px\n", ids[l.Focus])
	}
	return b.String()
}

// Text draws the lineage as indented trees: for a focus, what it comes from and
// what comes from it; for a project, everything that comes from each raw table.
// What a point leads to is drawn once.
func (l *Lineage) Text() string {
	up, down := map[string][]Edge{}, map[string][]Edge{}
	for _, e := range l.Edges {
		up[e.To] = append(up[e.To], Edge{From: e.To, To: e.From, Filter: e.Filter})
		down[e.From] = append(down[e.From], e)
	}
	t := tree{edges: down, drawn: map[string]bool{}}
	if l.Focus == "" {
		for _, p := range l.Points {
			if len(up[p.ID]) == 0 {
				t.line(0, p.ID)
				t.below(p.ID, 1)
			}
		}
		return t.out.String()
	}
	t.line(0, l.Focus)
	for _, part := range []struct {
		title string
		edges map[string][]Edge
	}{{"from", up}, {"to", down}} {
		if len(part.edges[l.Focus]) > 0 {
			t.line(1, part.title)
			t.edges, t.drawn = part.edges, map[string]bool{}
			t.below(l.Focus, 2)
		}
	}
	return t.out.String()
}

// tree draws what edges lead to.
type tree struct {
	out   strings.Builder
	edges map[string][]Edge
	drawn map[string]bool
}

func (t *tree) line(depth int, text string) {
	t.out.WriteString(strings.Repeat("  ", depth) + text + "\n")
}

func (t *tree) below(from string, depth int) {
	t.drawn[from] = true
	for _, e := range t.edges[from] {
		note := ""
		if e.Filter {
			note = " (filter)"
		}
		if t.drawn[e.To] && len(t.edges[e.To]) > 0 {
			t.line(depth, e.To+note+" (see above)")
			continue
		}
		t.line(depth, e.To+note)
		t.below(e.To, depth+1)
	}
}
