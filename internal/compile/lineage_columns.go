package compile

import (
	"maps"
	"slices"

	"github.com/atolldata/atoll/internal/project"
	"github.com/atolldata/atoll/internal/sql/bind"
	"github.com/atolldata/atoll/internal/sql/lineage"
)

// columns is the lineage of one column.
func (g *Graph) columns(n *Node, column string, direction Direction) *Lineage {
	c := columnWalk{
		g: g, queries: map[*Node]lineage.Query{}, walked: map[bind.Source]bool{},
		columns: map[bind.Source]bool{}, relations: map[*Node]bool{}, edges: map[Edge]bool{},
	}
	focus := bind.Source{Relation: n.Name, Column: column}
	if direction == Upstream {
		c.up(focus)
	} else {
		c.down(focus)
	}
	return &Lineage{
		Focus: focus.String(), Direction: direction, Points: c.points(),
		Edges: slices.SortedFunc(maps.Keys(c.edges), Edge.compare),
	}
}

// columnWalk collects what a column comes from, or what comes from it.
type columnWalk struct {
	g         *Graph
	queries   map[*Node]lineage.Query
	walked    map[bind.Source]bool // columns that were followed
	columns   map[bind.Source]bool // columns that are points
	relations map[*Node]bool       // relations that are: their rows depend on the focus
	edges     map[Edge]bool
}

// query is the lineage of a view that is not broken.
func (c *columnWalk) query(n *Node) lineage.Query {
	q, ok := c.queries[n]
	if !ok {
		q = lineage.Of(n.Bound)
		if n.Model.Kind == project.KindSessions {
			q.Columns = append(q.Columns, n.sessionID(q))
		}
		c.queries[n] = q
	}
	return q
}

// sessionID is the column of the sessions' ids, which come from what cuts the
// sessions.
func (n *Node) sessionID(q lineage.Query) lineage.Column {
	s := n.Model.Sessions
	id := lineage.Column{Name: s.SessionID}
	for _, col := range q.Columns {
		if col.Name == s.OrderBy || slices.Contains(s.PartitionBy, col.Name) {
			id.Uses = append(id.Uses, col.Uses...)
		}
	}
	slices.SortFunc(id.Uses, lineage.Use.Compare)
	id.Uses = slices.Compact(id.Uses)
	return id
}

// up follows the values that a column comes from. What only decides about it is
// named, and not followed.
func (c *columnWalk) up(s bind.Source) {
	if c.walked[s] {
		return
	}
	c.walked[s], c.columns[s] = true, true
	n := c.g.byName[s.Relation]
	if n.Bound == nil {
		return
	}
	q := c.query(n)
	at := slices.IndexFunc(q.Columns, func(col lineage.Column) bool { return col.Name == s.Column })
	values := map[bind.Source]bool{}
	uses := slices.Concat(q.Columns[at].Uses, q.Rows)
	for _, u := range uses {
		if u.Kind == lineage.Value {
			values[u.Source] = true
		}
	}
	for _, u := range uses {
		switch {
		case u.Kind == lineage.Value:
			c.up(u.Source)
		case values[u.Source]:
			continue
		}
		c.columns[u.Source] = true
		c.edges[Edge{From: u.Source.String(), To: s.String(), Kind: u.Kind}] = true
	}
}

// down follows what depends on a column: columns, and the rows of relations with
// all that is made of them.
func (c *columnWalk) down(s bind.Source) {
	if c.walked[s] {
		return
	}
	c.walked[s], c.columns[s] = true, true
	for _, n := range c.g.byName[s.Relation].Downstream {
		if n.Bound == nil {
			continue
		}
		q := c.query(n)
		for _, col := range q.Columns {
			to := bind.Source{Relation: n.Name, Column: col.Name}
			for _, u := range col.Uses {
				if u.Source == s {
					c.edges[Edge{From: s.String(), To: to.String(), Kind: u.Kind}] = true
					c.down(to)
				}
			}
		}
		for _, u := range q.Rows {
			if u.Source == s {
				c.edges[Edge{From: s.String(), To: n.Name.String(), Kind: u.Kind}] = true
				c.downRows(n)
			}
		}
	}
}

// downRows follows a relation whose rows depend on the focus.
func (c *columnWalk) downRows(n *Node) {
	if c.relations[n] {
		return
	}
	c.relations[n] = true
	for _, next := range n.Downstream {
		c.edges[Edge{From: n.Name.String(), To: next.Name.String()}] = true
		c.downRows(next)
	}
}

// points lists what was found.
func (c *columnWalk) points() []Point {
	list := []Point{}
	for _, n := range c.g.Nodes {
		if c.relations[n] {
			list = append(list, Point{ID: n.Name.String(), Relation: n.Name, Kind: n.Kind})
		}
		if n.Shape == nil {
			continue
		}
		for _, col := range n.Shape.Columns {
			s := bind.Source{Relation: n.Name, Column: col.Name}
			if c.columns[s] {
				list = append(list, Point{ID: s.String(), Relation: n.Name, Column: col.Name, Kind: n.Kind, Type: col.Type.String(), Steps: c.steps(n, col.Name)})
			}
		}
	}
	return list
}

// steps are the expressions of a view's column.
func (c *columnWalk) steps(n *Node, column string) []Step {
	if n.Bound == nil {
		return nil
	}
	var steps []Step
	for _, col := range c.query(n).Columns {
		if col.Name != column {
			continue
		}
		for _, s := range col.Steps {
			steps = append(steps, Step{Name: s.Name, Expression: s.Expr, File: s.Pos.File, Line: s.Pos.Line})
		}
	}
	return steps
}
