package view

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/atolldata/atoll/internal/compile"
	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/bind"
	"github.com/atolldata/atoll/internal/sql/normal"
)

// planner cuts one model's query into stages.
type planner struct {
	n      *compile.Node
	info   *bind.Info // of the plain form
	same   map[*ast.Subquery]*ast.CTE
	bases  map[schema.Name]*Relation
	ctes   map[*ast.CTE]*Relation
	stages []*Relation
	names  int
}

// cut returns the stages of a model's query, inputs first. The error is the
// *fault.Error that says why the query has to be recomputed as a whole.
func cut(n *compile.Node) (*planner, *Relation, error) {
	plain, err := normal.Query(n.Bound)
	if err != nil {
		return nil, nil, err
	}
	choose(plain.Query, plain.SameAs)
	p := &planner{n: n, same: plain.SameAs, bases: map[schema.Name]*Relation{}, ctes: map[*ast.CTE]*Relation{}}
	res, err := bind.Bind(plain.Query, p.catalog(), bind.Options{File: n.Model.File, Text: n.Model.Text, Model: true})
	if err != nil {
		return nil, nil, fault.Wrap(err, fault.Internal, "the plain form of %s does not bind", n.Name)
	}
	p.info = res.Info
	top, err := p.query(plain.Query)
	if err != nil {
		return nil, nil, err
	}
	return p, top, nil
}

// catalog are the relations that the model reads.
func (p *planner) catalog() catalog {
	c := catalog{}
	for _, up := range p.n.Upstream {
		if up.Shape != nil {
			c[up.Name] = up.Shape
		}
	}
	return c
}

// catalog is a fixed set of relations.
type catalog map[schema.Name]*schema.Table

// Table implements [bind.Catalog].
func (c catalog) Table(name schema.Name) (*schema.Table, bool) { t, ok := c[name]; return t, ok }

// Names implements [bind.Catalog].
func (c catalog) Names() []schema.Name {
	var out []schema.Name
	for name := range c {
		out = append(out, name)
	}
	return out
}

// refuse says why the query has to be recomputed, and how to avoid that.
func (p *planner) refuse(node ast.Node, hint, format string, args ...any) error {
	o := p.n.Model
	line, column := ast.LineColumn(o.Text, node.Pos())
	e := fault.New(fault.Unsupported, format, args...).At(fault.Position{File: o.File, Line: line, Column: column}).In(o.File, o.Text)
	e.Hint = hint
	return e
}

// alias makes an alias that no plain form has.
func (p *planner) alias() string {
	p.names++
	return "#" + strconv.Itoa(p.names)
}

// stage adds a relation to the stages. Names and types of its columns follow
// from its text.
func (p *planner) stage(r *Relation) (*Relation, error) {
	r.Name = schema.Name{Schema: p.n.Name.Schema, Name: fmt.Sprintf("%s#%d", p.n.Name.Name, len(p.stages)+1)}
	for _, b := range r.Branches {
		b.stage = r
	}
	res, err := r.bindRows()
	if err != nil {
		return nil, fault.Wrap(err, fault.Internal, "stage %s does not bind", r.Name)
	}
	shown := len(res.Columns) - len(r.State)
	r.Columns = res.Columns[:shown]
	copy(r.State, res.Columns[shown:])
	r.used = map[string]bool{}
	p.stages = append(p.stages, r)
	return r, nil
}

// base is a relation that the model reads.
func (p *planner) base(name schema.Name) (*Relation, error) {
	if r, ok := p.bases[name]; ok {
		return r, nil
	}
	i := slices.IndexFunc(p.n.Upstream, func(up *compile.Node) bool { return up.Name == name })
	if i < 0 {
		return nil, fault.New(fault.Internal, "%s does not read %s", p.n.Name, name)
	}
	up := p.n.Upstream[i]
	if up.Kind == compile.System {
		return nil, fault.New(fault.Unsupported, "%s is one of Atoll's own tables, whose changes are not kept", name).WithHint("read a source or a view")
	}
	r := &Relation{Name: name, Stored: true, Columns: up.Shape.Columns, used: map[string]bool{}}
	p.bases[name] = r
	return r, nil
}

// query plans a whole query of the plain form.
func (p *planner) query(q *ast.Query) (*Relation, error) {
	r, err := p.body(q.Body)
	if err != nil || q.Limit == nil && q.Offset == nil {
		return r, err
	}
	sel := &ast.Select{From: []ast.TableExpr{leafTable(input)}}
	for _, c := range r.Columns {
		sel.Items = append(sel.Items, item(column(input, c.Name), c.Name))
	}
	var at ast.Node = q.Limit
	if q.Limit == nil {
		at = q.Offset
	}
	why := p.refuse(at, "rank the rows with ROW_NUMBER() OVER (PARTITION BY ...) and keep the first of each partition with QUALIFY",
		"LIMIT and OFFSET choose among all rows")
	for _, by := range q.OrderBy {
		if _, ok := by.Expr.(*ast.NumberLit); !ok {
			return nil, why // the order is not among the columns of a stage
		}
	}
	full := &Relation{Kind: Full, Stored: true, Input: r, Reason: why.(*fault.Error),
		query: &ast.Query{Body: sel, OrderBy: q.OrderBy, Limit: q.Limit, Offset: q.Offset}}
	return p.reads(full)
}

// at places a fault that has no place of its own.
func (p *planner) at(node ast.Node, err error) error {
	e, ok := err.(*fault.Error)
	if !ok || e.Pos.Line > 0 {
		return err
	}
	placed := p.refuse(node, e.Hint, "%s", e.Message)
	return placed
}

// reads adds a stage that reads all columns of its input.
func (p *planner) reads(r *Relation) (*Relation, error) {
	for _, c := range r.Input.Columns {
		r.Input.used[c.Name] = true
	}
	return p.stage(r)
}

func (p *planner) body(body ast.Body) (*Relation, error) {
	switch body := body.(type) {
	case *ast.Select:
		return p.selects(body)
	case *ast.SetOp:
		return p.setOp(body)
	case *ast.Values:
		return p.values(body)
	case *ast.Query:
		return p.query(body)
	}
	return nil, p.refuse(body, "", "this query is recomputed")
}

// values makes a SELECT of each row.
func (p *planner) values(v *ast.Values) (*Relation, error) {
	r := &Relation{Kind: Bag}
	for _, row := range v.Rows {
		sel := &ast.Select{}
		for i, e := range row.Items {
			name := p.info.Outputs[v][i].Name
			sel.Items = append(sel.Items, item(castTo(e, p.info.Outputs[v][i].Type), name))
		}
		b, err := p.branch(nil, nil, sel.Items)
		if err != nil {
			return nil, err
		}
		r.Branches = append(r.Branches, b)
	}
	return p.stage(r)
}

// selects plans a SELECT: its core, which reads, filters and joins, then what it
// groups, then its windows, then DISTINCT.
func (p *planner) selects(sel *ast.Select) (*Relation, error) {
	r, err := p.ungrouped(sel)
	if err != nil || !sel.Distinct {
		return r, err
	}
	return p.distinct(r)
}

func (p *planner) ungrouped(sel *ast.Select) (*Relation, error) {
	switch {
	case sel.ConnectBy != nil:
		return nil, p.refuse(sel.ConnectBy, "", "a hierarchical query is recomputed")
	case p.info.Selects[sel].Grouped:
		return p.grouped(sel)
	case p.hasWindows(sel):
		return p.windowed(sel)
	}
	b, err := p.branch(sel.From, sel.Where, sel.Items)
	if err != nil {
		return nil, err
	}
	return p.stage(&Relation{Kind: Bag, Branches: []*Branch{b}})
}

// hasWindows reports a window function in the list or QUALIFY.
func (p *planner) hasWindows(sel *ast.Select) bool {
	found := sel.Qualify != nil
	for _, it := range sel.Items {
		found = found || len(windowsIn(it.Expr)) > 0
	}
	return found
}

// windowsIn lists the window calls of an expression, outside its subqueries.
func windowsIn(e ast.Expr) []*ast.FuncCall {
	var out []*ast.FuncCall
	ast.Inspect(e, func(n ast.Node) bool {
		if c, ok := n.(*ast.FuncCall); ok && c.Over != nil {
			out = append(out, c)
		}
		_, sub := n.(*ast.Query)
		return !sub
	})
	return out
}

// distinct keeps one of each row: a grouping by all columns.
func (p *planner) distinct(in *Relation) (*Relation, error) {
	g := &groups{}
	r := &Relation{Kind: Merge, Stored: true, Input: in, groups: g}
	for _, c := range in.Columns {
		r.Keys = append(r.Keys, c.Name)
		g.outputs = append(g.outputs, item(column(grouped, c.Name), c.Name))
	}
	return p.merge(r)
}
