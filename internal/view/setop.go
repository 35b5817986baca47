package view

import (
	"slices"

	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/types"
)

// setOp plans UNION, INTERSECT and EXCEPT. Without ALL they are groupings of the
// rows of both sides: UNION keeps one of each, INTERSECT those that both sides
// have, EXCEPT those that the left side alone has. INTERSECT ALL and EXCEPT ALL
// number the equal rows of a side.
func (p *planner) setOp(set *ast.SetOp) (*Relation, error) {
	left, err := p.body(set.Left)
	if err != nil {
		return nil, err
	}
	right, err := p.body(set.Right)
	if err != nil {
		return nil, err
	}
	columns := make([]schema.Column, len(left.Columns))
	for i, o := range p.info.Outputs[set] {
		columns[i] = schema.Column{Name: left.Columns[i].Name, Type: o.Type}
	}
	switch {
	case set.Op == ast.Union && set.All:
		return p.union(columns, []*Relation{left, right}, false)
	case set.Op == ast.Union:
		r, err := p.union(columns, []*Relation{left, right}, false)
		if err != nil {
			return nil, err
		}
		return p.distinct(r)
	}
	r, err := p.union(columns, []*Relation{left, right}, true)
	if err != nil {
		return nil, err
	}
	if set.All {
		return p.counted(set, r, columns)
	}
	return p.onSides(set.Op, r, columns)
}

// leftSide and rightSide are 1 in the rows of a side of a set operation, and
// NULL in those of the other.
const (
	leftSide  = "#left"
	rightSide = "#right"
)

// union is the rows of some relations, of the columns given, with their sides
// marked if asked for. Stages that are not stored are taken apart.
func (p *planner) union(columns []schema.Column, of []*Relation, mark bool) (*Relation, error) {
	u := &Relation{Kind: Bag}
	for i, r := range of {
		branches := []*Branch{}
		if r.Kind == Bag && !mark {
			for _, b := range r.Branches {
				branches = append(branches, b.as(r.Columns, columns))
			}
		} else {
			b, err := p.branchOf(r, columns)
			if err != nil {
				return nil, err
			}
			branches = append(branches, b)
		}
		for _, b := range branches {
			if mark {
				b.mark(i)
			}
			u.Branches = append(u.Branches, b)
		}
	}
	return p.stage(u)
}

// as is the branch with its columns under other names and types.
func (b *Branch) as(from, to []schema.Column) *Branch {
	out := *b
	out.items = make([]*ast.SelectItem, len(b.items))
	for i, it := range b.items {
		e := it.Expr
		if from[i].Type != to[i].Type {
			e = castTo(e, to[i].Type)
		}
		out.items[i] = item(e, to[i].Name)
	}
	sel := *b.sel
	sel.Items = out.items
	out.sel = &sel
	return &out
}

// mark adds the columns that tell the sides of a set operation apart.
func (b *Branch) mark(side int) {
	values := [2]ast.Expr{castTo(&ast.NullLit{}, types.Integer), castTo(&ast.NullLit{}, types.Integer)}
	values[side] = castTo(number("1"), types.Integer)
	b.items = append(b.items, item(values[0], leftSide), item(values[1], rightSide))
	b.sel.Items = b.items
}

// onSides keeps one of each row by the sides that have it.
func (p *planner) onSides(op ast.SetOpKind, in *Relation, columns []schema.Column) (*Relation, error) {
	g := &groups{slots: []slot{{name: "#1", kind: countValues, arg: leftSide}, {name: "#2", kind: countValues, arg: rightSide}}}
	r := &Relation{Kind: Merge, Stored: true, Input: in, groups: g}
	var items []*ast.SelectItem
	for _, c := range columns {
		r.Keys = append(r.Keys, c.Name)
		g.outputs = append(g.outputs, item(column(grouped, c.Name), c.Name))
		items = append(items, item(column(grouped, c.Name), c.Name))
	}
	g.outputs = append(g.outputs, item(column(grouped, "#1"), leftSide), item(column(grouped, "#2"), rightSide))
	r, err := p.merge(r)
	if err != nil {
		return nil, err
	}
	has := func(side string, some bool) ast.Expr {
		if some {
			return binary(ast.Greater, column(grouped, side), number("0"))
		}
		return equals(column(grouped, side), number("0"))
	}
	return p.over(r, &ast.Select{Items: items, Where: allOf(has(leftSide, true), has(rightSide, op == ast.Intersect))})
}

// counted keeps as many of each row of the left side as the right side has, or as
// it has not.
func (p *planner) counted(set *ast.SetOp, in *Relation, columns []schema.Column) (*Relation, error) {
	r := &Relation{Kind: Keyed, Stored: true, Input: in}
	sel := &ast.Select{From: []ast.TableExpr{leafTable(input)}}
	equal, left := &ast.WindowSpec{}, &ast.WindowSpec{}
	for _, c := range columns {
		r.Keys = append(r.Keys, c.Name)
		sel.Items = append(sel.Items, item(column(input, c.Name), c.Name))
		equal.PartitionBy = append(equal.PartitionBy, column(input, c.Name))
	}
	left.PartitionBy = append(slices.Clone(equal.PartitionBy), column(input, leftSide))
	nth, others := call("row_number"), call("count", column(input, rightSide))
	nth.Over, others.Over = left, equal
	within := ast.Greater
	if set.Op == ast.Intersect {
		within = ast.LessEq
	}
	sel.Qualify = allOf(notNull(column(input, leftSide)), binary(within, nth, others))
	r.query = &ast.Query{Body: sel}
	return p.keyed(r, set)
}
