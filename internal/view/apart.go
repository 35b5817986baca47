package view

import (
	"slices"

	"github.com/atolldata/atoll/internal/sql/ast"
)

// This file plans aggregates over all rows of which some are DISTINCT, so that
// their one group cannot be recomputed without reading everything: the distinct
// values of each argument are a stage, over which its aggregates are merged, and
// what the parts come to is one row.

// part is aggregates over the same rows: all of them, or the distinct values of a
// column of the core.
type part struct {
	distinct string // the column; "" for all rows
	made     *grouper
}

// takeApart finds the parts, unless there is an aggregate, which it returns, that cannot
// be merged over distinct values either.
func (g *grouper) takeApart() *ast.FuncCall {
	var parts []*part
	for i, c := range g.aggs {
		if f := g.finals[g.names[i]]; f != nil {
			all := partOf(&parts, "", func() *grouper { return &grouper{p: g.p, slots: g.slots, finals: map[string]ast.Expr{}} })
			all.finals[g.names[i]] = f
			continue
		}
		if !c.Distinct {
			return c
		}
		arg := c.Args[0]
		if c.Filter != nil {
			arg = when(c.Filter, arg, nil)
		}
		column := g.core.add(arg)
		d := partOf(&parts, column, func() *grouper {
			return &grouper{p: g.p, core: core{items: []*ast.SelectItem{item(arg, column)}}, slots: &groups{}, finals: map[string]ast.Expr{}}
		})
		f, ok := d.merged(c)
		if !ok {
			return c
		}
		d.finals[g.names[i]] = f
	}
	g.parts = parts
	return nil
}

// partOf is the grouper of a part, made where there is none yet.
func partOf(parts *[]*part, distinct string, make func() *grouper) *grouper {
	i := slices.IndexFunc(*parts, func(p *part) bool { return p.distinct == distinct })
	if i < 0 {
		i, *parts = len(*parts), append(*parts, &part{distinct, make()})
	}
	return (*parts)[i].made
}

// together makes the stages of the parts, and one of the outputs over them.
func (g *grouper) together(in *Relation, outputs []*ast.SelectItem) (*Relation, error) {
	if len(g.parts) == 1 {
		return g.parts[0].stage(in, outputs)
	}
	var from []ast.TableExpr
	by := map[string]ast.Expr{}
	for _, part := range g.parts {
		var own []*ast.SelectItem
		alias := g.p.alias()
		for _, name := range g.names {
			if part.made.finals[name] != nil {
				own = append(own, item(column(grouped, name), name))
				by[name] = column(alias, name)
			}
		}
		r, err := part.stage(in, own)
		if err != nil {
			return nil, err
		}
		from = append(from, g.p.made(r, alias))
	}
	var items []*ast.SelectItem
	for _, it := range outputs {
		items = append(items, item(substitute(it.Expr, by), it.Alias.Name))
	}
	b, err := g.p.branch(from, nil, items)
	if err != nil {
		return nil, err
	}
	return g.p.stage(&Relation{Kind: Bag, Branches: []*Branch{b}})
}

// stage makes the stage of a part, with some outputs over its aggregates.
func (p *part) stage(in *Relation, outputs []*ast.SelectItem) (*Relation, error) {
	if p.distinct != "" {
		values := &Relation{Kind: Merge, Stored: true, Input: in, Keys: []string{p.distinct},
			groups: &groups{outputs: []*ast.SelectItem{item(column(grouped, p.distinct), p.distinct)}}}
		var err error
		if in, err = p.made.p.merge(values); err != nil {
			return nil, err
		}
	}
	return p.made.stage(in, nil, outputs)
}
