package bind

import (
	"slices"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/function"
)

// groupBy binds GROUP BY: a position, a column of FROM, an alias, or an
// expression ("GROUP BY clause").
func (b *binder) groupBy(sel *ast.Select, s *scope) {
	for _, e := range sel.GroupBy.Items {
		b.groupItem(sel, e, s)
	}
}

func (b *binder) groupItem(sel *ast.Select, e ast.Expr, s *scope) {
	outputs := b.info.Selects[sel].Outputs
	switch e := e.(type) {
	case *ast.Row:
		for _, x := range e.Items {
			b.groupItem(sel, x, s)
		}
		return
	case *ast.GroupingSets:
		for _, x := range e.Items {
			b.groupItem(sel, x, s)
		}
		return
	case *ast.ColumnRef:
		if _, inFrom := s.find(e.Name); inFrom && !b.isAliasHere(e, s) {
			b.key(e, s)
			return
		}
	}
	o, done := b.outputKey(e, outputs, "GROUP BY")
	switch {
	case done && o == nil:
		b.info.Selects[sel].badKeys = true
	case o != nil:
		b.info.Positions[e] = o
		b.noAggregate(e, o, s)
	case !done:
		b.key(e, s)
	}
}

// isAliasHere reports a name that only an alias answers to.
func (b *binder) isAliasHere(e *ast.ColumnRef, s *scope) bool {
	found, _ := s.find(e.Name)
	return found.ref != nil && found.ref.Alias != nil
}

// noAggregate refuses to group by an output that is an aggregate.
func (b *binder) noAggregate(e ast.Expr, o *Output, s *scope) {
	if b.has(o.Expr, isAggregate) || b.has(o.Expr, isWindow) {
		b.fail(e, fault.Type, "group by the columns that the aggregate runs over", "GROUP BY names the output %q, which is an aggregate or window function", o.Name)
	}
}

// isAggregate and isWindow tell what a resolved call is used as.
func isAggregate(c *ast.FuncCall, call *Call) bool {
	return call.Window == nil && call.Owner == nil && call.Func.Class == function.Aggregate
}

func isWindow(_ *ast.FuncCall, call *Call) bool { return call.Window != nil }

// has reports a call of a kind in an expression, outside its subqueries.
func (b *binder) has(e ast.Expr, kind func(*ast.FuncCall, *Call) bool) bool {
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Query:
			return false
		case *ast.ColumnRef:
			if r := b.info.Refs[n]; r != nil && r.Alias != nil && r.Depth == 0 && b.has(r.Alias.Expr, kind) {
				found = true
			}
		case *ast.FuncCall:
			if c := b.info.Calls[n]; c != nil && kind(n, c) {
				found = true
			}
		}
		return !found
	})
	return found
}

// grouping decides whether the SELECT aggregates and, if so, holds every
// expression after grouping to what the groups have.
func (b *binder) grouping(sel *ast.Select, info *SelectInfo, s *scope) {
	info.Grouped = info.Grouped || sel.GroupBy != nil || sel.Having != nil
	for _, o := range info.Outputs {
		info.Grouped = info.Grouped || b.has(o.Expr, isAggregate)
	}
	if sel.Qualify != nil {
		info.Grouped = info.Grouped || b.has(sel.Qualify, isAggregate)
	}
	info.Keys = b.groupKeys(sel)
	info.Sets = sel.GroupBy != nil && slices.ContainsFunc(sel.GroupBy.Items, func(e ast.Expr) bool {
		_, sets := e.(*ast.GroupingSets)
		return sets
	})
	for _, o := range info.Outputs {
		b.checkGrouped(sel, o.Expr, s)
	}
	for _, e := range []ast.Expr{sel.Having, sel.Qualify} {
		if e != nil {
			b.checkGrouped(sel, e, s)
		}
	}
}

// checkGrouped reports the columns of a grouped SELECT that are neither grouped
// nor inside an aggregate.
func (b *binder) checkGrouped(sel *ast.Select, e ast.Expr, s *scope) {
	info := b.info.Selects[sel]
	if !info.Grouped || info.badKeys || b.info.Positions[e] != nil {
		return
	}
	b.walkGrouped(info, e, info.Keys, 0)
}

// groupKeys lists the expressions that are grouped by.
func (b *binder) groupKeys(sel *ast.Select) []ast.Expr {
	var keys []ast.Expr
	var add func(items []ast.Expr)
	add = func(items []ast.Expr) {
		for _, e := range items {
			switch e := e.(type) {
			case *ast.Row:
				add(e.Items)
			case *ast.GroupingSets:
				add(e.Items)
			default:
				if o := b.info.Positions[e]; o != nil {
					keys = append(keys, o.Expr)
					continue
				}
				keys = append(keys, e)
			}
		}
	}
	switch {
	case sel.GroupBy == nil:
	case sel.GroupBy.All:
		for _, o := range b.info.Selects[sel].Outputs {
			if !b.has(o.Expr, isAggregate) && !b.has(o.Expr, isWindow) {
				keys = append(keys, o.Expr)
			}
		}
	default:
		add(sel.GroupBy.Items)
	}
	return keys
}

// walkGrouped looks for ungrouped columns, and notes what is a key; depth counts
// the subqueries between the expression and the grouped SELECT.
func (b *binder) walkGrouped(info *SelectInfo, e ast.Node, keys []ast.Expr, depth int) {
	ast.Inspect(e, func(n ast.Node) bool {
		if x, ok := n.(ast.Expr); ok && depth == 0 {
			if i := slices.IndexFunc(keys, func(k ast.Expr) bool { return b.same(k, x) }); i >= 0 {
				b.info.KeyOf[x] = b.unaliased(keys[i])
				return false
			}
		}
		switch n := n.(type) {
		case *ast.FuncCall:
			c := b.info.Calls[n]
			if c != nil && depth == 0 && isAggregate(n, c) && c.Func.Name != function.GroupingName {
				return false
			}
			if c != nil && c.Window != nil && n.Over.Base.Name != "" {
				b.walkWindow(info, c.Window, keys, depth)
			}
		case *ast.Query:
			b.walkSubquery(info, n, keys, depth+1)
			return false
		case *ast.ColumnRef:
			b.checkRef(info, n, keys, depth)
		}
		return true
	})
}

// walkWindow does the same in a window that is defined elsewhere.
func (b *binder) walkWindow(info *SelectInfo, w *Window, keys []ast.Expr, depth int) {
	for _, p := range w.PartitionBy {
		b.walkGrouped(info, p, keys, depth)
	}
	for _, o := range w.OrderBy {
		b.walkGrouped(info, o.Expr, keys, depth)
	}
}

// walkSubquery looks for ungrouped columns that a subquery takes from outside, by
// themselves or in what an alias stands for.
func (b *binder) walkSubquery(info *SelectInfo, q *ast.Query, keys []ast.Expr, depth int) {
	ast.Inspect(q, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ColumnRef:
			switch r := b.info.Refs[n]; {
			case r == nil:
			case r.Alias != nil && slices.Contains(info.Outputs, r.Alias):
				if b.readsUngrouped(info, r.Alias.Expr, keys) {
					b.fail(n, fault.Unsupported, inFromInstead, "%q reads columns that are not in GROUP BY, which a subquery cannot use", r.Alias.Name)
				}
			case r.Column != nil && info.owns(r.Column):
				b.checkRef(info, n, keys, r.Depth)
			}
		case *ast.FuncCall:
			c := b.info.Calls[n]
			return c == nil || c.Owner != info
		}
		return true
	})
}

// readsUngrouped reports an expression of a grouped SELECT that has columns which
// are no keys by themselves, outside of aggregates. Those in error do not count.
func (b *binder) readsUngrouped(info *SelectInfo, e ast.Expr, keys []ast.Expr) bool {
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncCall:
			c := b.info.Calls[n]
			return !found && (c == nil || c.Owner != info && !isAggregate(n, c))
		case *ast.ColumnRef:
			switch r := b.info.Refs[n]; {
			case r == nil || b.ungrouped[n.Pos()]:
			case r.Alias != nil:
				found = found || b.readsUngrouped(info, r.Alias.Expr, keys)
			case info.owns(r.Column):
				found = found || !slices.ContainsFunc(keys, func(k ast.Expr) bool { return b.same(k, n) })
			}
		}
		return !found
	})
	return found
}

// owns reports a column of one of the SELECT's own FROM items.
func (i *SelectInfo) owns(c *Column) bool {
	if c.Item == nil {
		return i.owns(c.Merged[0])
	}
	return slices.Contains(i.Items, c.Item)
}

func (b *binder) checkRef(info *SelectInfo, ref *ast.ColumnRef, keys []ast.Expr, depth int) {
	r := b.info.Refs[ref]
	switch {
	case r == nil:
		return
	case r.Alias != nil:
		if depth == 0 && r.Depth == 0 {
			b.walkGrouped(info, r.Alias.Expr, keys, 0)
		}
		return
	case r.Depth != depth:
		return
	}
	if slices.ContainsFunc(keys, func(k ast.Expr) bool { return b.same(k, ref) }) {
		return
	}
	if b.ungrouped[ref.Pos()] {
		return // another column of the same star
	}
	b.ungrouped[ref.Pos()] = true
	b.fail(ref, fault.Type, "add it to GROUP BY, or use an aggregate such as MAX or ANY_VALUE",
		"column %q is neither in GROUP BY nor inside an aggregate", ref.Name.String())
}

// same reports two expressions that mean the same: equal but for how columns are
// qualified and casts are written.
func (b *binder) same(x, y ast.Expr) bool {
	if x == y {
		return true
	}
	xr, xIsRef := x.(*ast.ColumnRef)
	yr, yIsRef := y.(*ast.ColumnRef)
	if xIsRef && yIsRef {
		return b.sameRef(b.info.Refs[xr], b.info.Refs[yr])
	}
	if xIsRef && b.aliasOf(xr) != nil {
		return b.same(b.aliasOf(xr).Expr, y)
	}
	if yIsRef && b.aliasOf(yr) != nil {
		return b.same(x, b.aliasOf(yr).Expr)
	}
	if xIsRef != yIsRef {
		return false
	}
	return ast.Equal(b.canonical(x), b.canonical(y))
}

func (b *binder) aliasOf(ref *ast.ColumnRef) *Output {
	if r := b.info.Refs[ref]; r != nil {
		return r.Alias
	}
	return nil
}

// unaliased is the expression that an alias, or an alias of an alias, stands for.
func (b *binder) unaliased(e ast.Expr) ast.Expr {
	if ref, ok := e.(*ast.ColumnRef); ok && b.aliasOf(ref) != nil {
		return b.unaliased(b.aliasOf(ref).Expr)
	}
	return e
}

func (b *binder) sameRef(x, y *Ref) bool {
	switch {
	case x == nil || y == nil:
		return false
	case x.Alias != nil:
		return y.Alias == x.Alias || y.Column != nil && b.aliasIsColumn(x.Alias, y)
	case y.Alias != nil:
		return b.aliasIsColumn(y.Alias, x)
	}
	return x.Column == y.Column && slices.EqualFunc(x.Path, y.Path, func(a, b ast.Ident) bool { return a.Name == b.Name })
}

func (b *binder) aliasIsColumn(o *Output, r *Ref) bool {
	ref, ok := o.Expr.(*ast.ColumnRef)
	return ok && b.sameRef(b.info.Refs[ref], r)
}

// canonical rewrites an expression so that ast.Equal compares its meaning.
func (b *binder) canonical(e ast.Expr) ast.Expr {
	return ast.Rewrite(e, func(old, now ast.Node) ast.Node {
		switch n := now.(type) {
		case *ast.ColumnRef:
			return b.canonicalRef(old.(*ast.ColumnRef), n)
		case *ast.Cast:
			c := *n
			c.Style = ast.ColonCast
			return &c
		case *ast.FuncCall:
			c := *n
			c.Form = ast.PlainForm
			return &c
		}
		return now
	})
}

func (b *binder) canonicalRef(old, now *ast.ColumnRef) ast.Node {
	r := b.info.Refs[old]
	switch {
	case r == nil:
		return now
	case r.Alias != nil:
		return b.canonical(r.Alias.Expr)
	case r.Column.Item == nil:
		return &ast.ColumnRef{Name: ast.NewName("", r.Column.Name)}
	}
	name := ast.NewName("#"+itoa(r.Column.Item.ID), r.Column.Name)
	return &ast.ColumnRef{Name: append(name, r.Path...)}
}

// amongOutputs finds the output that is an expression.
func (b *binder) amongOutputs(e ast.Expr, outputs []*Output) *Output {
	for _, o := range outputs {
		if b.same(o.Expr, e) {
			return o
		}
	}
	return nil
}
