package lower

import (
	"strconv"

	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/bind"
)

// query lowers a whole query. At the top its outputs keep their names even where
// two are the same; below, every output has a name of its own.
func (l *lowering) query(q *ast.Query, top bool) *ast.Query {
	out := &ast.Query{Span: q.Span}
	if q.With != nil {
		out.With = &ast.With{Recursive: q.With.Recursive}
		outside := l.recursive
		l.recursive = outside || q.With.Recursive
		for _, c := range q.With.CTEs {
			lowered := &ast.CTE{Name: c.Name, Query: l.query(c.Query, false)}
			for _, name := range uniqueNames(l.cteNames(c)) {
				lowered.Columns = append(lowered.Columns, ast.Ident{Name: name})
			}
			out.With.CTEs = append(out.With.CTEs, lowered)
		}
		l.recursive = outside
	}
	l.body(q, out, top)
	if top {
		return out
	}
	return l.limited(q, out)
}

// cteNames are the column names of a common table expression.
func (l *lowering) cteNames(c *ast.CTE) []string {
	names := outputNames(l.info.Outputs[c.Query])
	for i, id := range c.Columns {
		names[i] = id.Name
	}
	return names
}

func outputNames(outputs []*bind.Output) []string {
	names := make([]string, len(outputs))
	for i, o := range outputs {
		names[i] = o.Name
	}
	return names
}

// uniqueNames keeps the first of equal names and numbers the others.
func uniqueNames(names []string) []string {
	seen := map[string]bool{}
	for _, n := range names {
		seen[n] = false
	}
	out := make([]string, len(names))
	for i, n := range names {
		unique := n
		for k := 2; seen[unique]; k++ {
			unique = n + "_" + strconv.Itoa(k)
			if _, clash := seen[unique]; clash && !seen[unique] {
				seen[unique] = true
			}
		}
		seen[unique] = true
		out[i] = unique
	}
	return out
}

// body lowers the body, order and limit of a query into out.
func (l *lowering) body(q, out *ast.Query, top bool) {
	sel, isSelect := q.Body.(*ast.Select)
	if !isSelect {
		out.Body = l.side(q.Body, top)
		l.order(q, out, top)
		return
	}
	leave := l.enter(l.info.Selects[sel])
	defer leave()
	out.Body = l.selects(sel, top)
	l.order(q, out, top)
	if sel.Top != nil && out.Limit == nil {
		out.Limit = l.expr(sel.Top)
		l.limitTies(q, out, top)
	}
	l.engine.finish(out)
}

// side lowers one side of a set operation, or a body that is not a SELECT. A
// SELECT with TOP becomes a query of its own, so that its limit stays its own.
func (l *lowering) side(body ast.Body, top bool) ast.Body {
	switch body := body.(type) {
	case *ast.Query:
		return l.query(body, top)
	case *ast.SetOp:
		return &ast.SetOp{Op: body.Op, All: body.All, Left: l.side(body.Left, top), Right: l.side(body.Right, top)}
	case *ast.Values:
		out := &ast.Values{}
		for _, r := range body.Rows {
			out.Rows = append(out.Rows, &ast.Row{Items: l.exprs(r.Items)})
		}
		return out
	case *ast.Select:
		wrapped := &ast.Query{}
		l.body(&ast.Query{Body: body}, wrapped, top)
		switch {
		case wrapped.Limit == nil:
			return wrapped.Body
		case top:
			return wrapped
		}
		return l.limited(body, wrapped)
	}
	return body
}

// order lowers ORDER BY, LIMIT and OFFSET.
func (l *lowering) order(q, out *ast.Query, top bool) {
	for _, item := range q.OrderBy {
		if o := l.info.Positions[item.Expr]; o != nil {
			out.OrderBy = append(out.OrderBy, l.orderOutput(q, item, o)...)
			continue
		}
		out.OrderBy = append(out.OrderBy, ordering(l.orderItems(item)...)...)
	}
	out.Limit, out.Offset = l.optional(q.Limit), l.optional(q.Offset)
	if out.Limit != nil || out.Offset != nil {
		l.limitTies(q, out, top)
	}
}

// ordering leaves out constants, cast or not: they order nothing, and bare an
// engine refuses them or takes them for the number of an output.
func ordering(items ...*ast.OrderItem) []*ast.OrderItem {
	var out []*ast.OrderItem
	for _, o := range items {
		x := o.Expr
		for cast, ok := x.(*ast.Cast); ok; cast, ok = x.(*ast.Cast) {
			x = cast.X
		}
		if !isConstant(x) {
			out = append(out, o)
		}
	}
	return out
}

// isConstant reports a literal, with a sign or without.
func isConstant(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.NumberLit, *ast.StringLit, *ast.NullLit, *ast.BoolLit, *ast.TypedLit:
		return true
	case *ast.Unary:
		return (e.Op == ast.Neg || e.Op == ast.Plus) && isConstant(e.X)
	}
	return false
}

// orderItem spells out where NULLs sort: last in ascending order and first in
// descending order unless said otherwise ("ORDER BY clause").
func orderItem(e ast.Expr, like *ast.OrderItem) *ast.OrderItem {
	nulls := like.Nulls
	if nulls == ast.NullsDefault {
		nulls = ast.NullsLast
		if like.Desc {
			nulls = ast.NullsFirst
		}
	}
	return &ast.OrderItem{Expr: e, Desc: like.Desc, Nulls: nulls}
}

// enter makes a SELECT the innermost one and names its FROM items. The function
// it returns leaves it again.
func (l *lowering) enter(info *bind.SelectInfo) func() {
	outer := l.sel
	l.sel = info
	for _, it := range info.Items {
		l.nameItem(it)
	}
	return func() {
		for _, it := range info.Items {
			delete(l.taken, l.names[it])
		}
		l.sel = outer
	}
}

// nameItem gives a FROM item a name that no item in sight has.
func (l *lowering) nameItem(it *bind.Item) {
	base := it.Name
	if base == "" {
		base = "q"
	}
	name := l.freeName(base)
	l.taken[name] = 1
	l.names[it] = name
	columns := make([]string, len(it.Columns))
	for i, c := range it.Columns {
		columns[i] = c.Name
	}
	l.columns[it] = uniqueNames(columns)
}

// selects lowers one SELECT inside [lowering.enter].
func (l *lowering) selects(sel *ast.Select, top bool) *ast.Select {
	info := l.info.Selects[sel]
	out := &ast.Select{Span: sel.Span, Distinct: sel.Distinct}
	names := outputNames(info.Outputs)
	if !top {
		names = uniqueNames(names)
	}
	for i, o := range info.Outputs {
		out.Items = append(out.Items, &ast.SelectItem{Expr: l.output(o), Alias: ast.Ident{Name: names[i]}})
	}
	out.From, out.Where = l.from(sel)
	if sel.GroupBy != nil {
		out.GroupBy = l.groupBy(sel.GroupBy)
	}
	out.Having = l.optional(sel.Having)
	out.Qualify = l.optional(sel.Qualify)
	return out
}

// output lowers an expression of the select list, in the engine's type for it:
// the engine gives types of its own to literals, and to what it finds to be NULL.
func (l *lowering) output(o *bind.Output) ast.Expr {
	e, t := l.expr(o.Expr), l.info.TypeOf(o.Expr)
	switch e := e.(type) {
	case *ast.ColumnRef, *ast.Is, *ast.IsDistinct, *ast.Exists, *ast.BoolLit:
		return e
	case *ast.Cast:
		if e.Type.Type == t {
			return e
		}
	case *ast.FuncCall:
		if l.engine.sameType(e.Name.Last()) {
			return e
		}
	}
	return castTo(e, t)
}

// groupBy lowers GROUP BY to its expressions: an output's number would group by
// its cast, and other uses of the expression would count as not grouped.
func (l *lowering) groupBy(g *ast.GroupBy) *ast.GroupBy {
	items := g.Items
	if g.All {
		items = l.sel.Keys
	}
	out := &ast.GroupBy{Items: l.groupItems(items)}
	if len(out.Items) == 0 {
		out.Items = []ast.Expr{&ast.Row{}} // one group
	}
	return out
}

// groupItem lowers what is grouped by.
func (l *lowering) groupItem(e ast.Expr) ast.Expr {
	if o := l.info.Positions[e]; o != nil {
		return l.keyed(l.key(o.Expr), o.Expr)
	}
	switch e := e.(type) {
	case *ast.Row:
		return &ast.Row{Items: l.groupItems(e.Items)}
	case *ast.GroupingSets:
		return &ast.GroupingSets{Kind: e.Kind, Items: l.groupItems(e.Items)}
	}
	return l.keyed(l.key(e), e)
}

// keyed puts a cast around a key that is a constant: bare, it is the number of an
// output to an engine, or nothing that it groups by.
func (l *lowering) keyed(key, e ast.Expr) ast.Expr {
	if isConstant(key) {
		return castTo(key, l.info.TypeOf(e))
	}
	return key
}

func (l *lowering) groupItems(items []ast.Expr) []ast.Expr {
	out := make([]ast.Expr, len(items))
	for i, e := range items {
		out[i] = l.groupItem(e)
	}
	return out
}

// relationName is the engine's name of a relation.
func (l *lowering) relationName(n schema.Name) ast.Name {
	if l.opts.Relation != nil {
		n = l.opts.Relation(n)
	}
	if n.Schema == "" {
		return ast.NewName(n.Name)
	}
	return ast.NewName(n.Schema, n.Name)
}
