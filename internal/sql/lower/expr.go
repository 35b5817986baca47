package lower

import (
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/bind"
)

// expr lowers an expression, with the implicit conversion that its context asks
// for.
func (l *lowering) expr(e ast.Expr) ast.Expr {
	out := l.node(e)
	to, ok := l.info.Casts[e]
	if !ok {
		return out
	}
	if to.IsString() {
		to.Length = 0 // only a CAST cuts text
	}
	return l.convert(e, out, l.info.Types[e], to)
}

func (l *lowering) exprs(list []ast.Expr) []ast.Expr {
	out := make([]ast.Expr, len(list))
	for i, e := range list {
		out[i] = l.expr(e)
	}
	return out
}

// optional lowers an expression that may be missing.
func (l *lowering) optional(e ast.Expr) ast.Expr {
	if e == nil {
		return nil
	}
	return l.expr(e)
}

// node lowers an expression without the conversion around it. What is a key of a
// grouped SELECT is written as in GROUP BY: engines compare the text.
func (l *lowering) node(e ast.Expr) ast.Expr {
	if k := l.info.KeyOf[e]; k != nil {
		return l.key(k)
	}
	return l.bare(e)
}

// key lowers what is grouped by.
func (l *lowering) key(k ast.Expr) ast.Expr {
	out := l.bare(k)
	l.keys[out] = true
	return out
}

// bare lowers an expression that is no key by itself.
func (l *lowering) bare(e ast.Expr) ast.Expr {
	switch e := e.(type) {
	case *ast.ColumnRef:
		return l.ref(e)
	case *ast.TypedLit:
		return l.convert(e, text(e.Value), schema.Type{}, e.Type.Type)
	case *ast.IntervalLit:
		return l.interval(e)
	case *ast.Unary:
		return l.unary(e)
	case *ast.Binary:
		return l.binary(e)
	case *ast.Like:
		return l.like(e)
	case *ast.Case:
		return l.caseExpr(e)
	case *ast.Cast:
		return l.cast(e)
	case *ast.FuncCall:
		return l.call(e)
	case *ast.Array:
		as := &ast.FuncCall{Span: e.Span, Name: ast.NewName("array"), Args: e.Items}
		return l.engine.rule("array")(l, as, l.exprs(e.Items), l.info.Types[e])
	case *ast.AtTimeZone:
		t := l.info.TypeOf(e.X)
		return l.inZone(e.Zone, l.expr(e.Zone), timestampOf(l.expr(e.X), t), t)
	case *ast.Field:
		return l.engine.attributes(l.expr(e.X), e.Name.Name)
	case *ast.Index:
		return l.engine.element(l.expr(e.X), l.expr(e.Index))
	case *ast.InQuery:
		if row, ok := e.X.(*ast.Row); ok {
			return negated(e.Not, l.rowInQuery(row, e.Query))
		}
		return &ast.InQuery{X: l.comparable(e.X), Not: e.Not, Query: l.comparables(e.Query)}
	case *ast.Quantified:
		if row, ok := e.X.(*ast.Row); ok { // = ANY or <> ALL
			return negated(e.All, l.rowInQuery(row, e.Query))
		}
		return &ast.Quantified{Op: e.Op, All: e.All, X: l.comparable(e.X), Query: l.comparables(e.Query)}
	case *ast.Exists:
		return &ast.Exists{Query: l.query(e.Query, false)}
	case *ast.ScalarQuery:
		return &ast.ScalarQuery{Query: l.query(e.Query, false)}
	case *ast.Is:
		return &ast.Is{X: l.expr(e.X), Not: e.Not, What: e.What}
	case *ast.IsDistinct:
		return &ast.IsDistinct{Left: l.expr(e.Left), Right: l.expr(e.Right), Not: e.Not}
	case *ast.Between:
		return l.between(e)
	case *ast.InList:
		if row, ok := e.X.(*ast.Row); ok {
			return negated(e.Not, l.rowInList(row, e.List))
		}
		out := &ast.InList{X: l.comparable(e.X), Not: e.Not}
		for _, x := range e.List {
			out.List = append(out.List, l.comparable(x))
		}
		return out
	case *ast.NumberLit:
		return l.engine.number(e, l.info.Types[e])
	case *ast.StringLit, *ast.NullLit, *ast.BoolLit:
		return e
	}
	l.fail(e, "", "this expression has no form in the engine")
	return &ast.NullLit{}
}

// ref lowers a column reference: qualified, or the expression of an alias.
func (l *lowering) ref(e *ast.ColumnRef) ast.Expr {
	r := l.info.Refs[e]
	switch {
	case r.Alias != nil:
		return l.node(r.Alias.Expr)
	case len(r.Path) > 0:
		names := make([]string, len(r.Path))
		for i, p := range r.Path {
			names[i] = p.Name
		}
		return l.engine.attributes(l.column(r.Column), names...)
	}
	return l.column(r.Column)
}

func (l *lowering) caseExpr(e *ast.Case) ast.Expr {
	out := &ast.Case{Operand: l.optional(e.Operand), Else: l.optional(e.Else)}
	for _, w := range e.Whens {
		out.Whens = append(out.Whens, &ast.When{Cond: l.expr(w.Cond), Then: l.expr(w.Then)})
	}
	return out
}

// like lowers LIKE, whose escape is a backslash unless said otherwise
// ("LIKE"), and SIMILAR TO, which becomes a regular expression.
func (l *lowering) like(e *ast.Like) ast.Expr {
	out := &ast.Like{Op: e.Op, X: l.expr(e.X), Not: e.Not, Pattern: l.expr(e.Pattern), Escape: l.optional(e.Escape)}
	if !l.checkEscape(e, out.Escape) {
		return &ast.NullLit{}
	}
	if e.Op == ast.SimilarMatch {
		return l.engine.similar(l, e, out)
	}
	if out.Escape == nil && mayHaveBackslash(e.Pattern) {
		out.Escape = text(`\`)
	}
	return out
}

// mayHaveBackslash reports a pattern that is not known to be free of the escape.
func mayHaveBackslash(pattern ast.Expr) bool {
	lit, ok := pattern.(*ast.StringLit)
	if !ok {
		return true
	}
	for _, r := range lit.Value {
		if r == '\\' {
			return true
		}
	}
	return false
}

// window lowers an OVER clause.
func (l *lowering) window(w *bind.Window, ties bool) *ast.WindowSpec {
	out := &ast.WindowSpec{PartitionBy: l.exprs(w.PartitionBy)}
	for _, o := range w.OrderBy {
		out.OrderBy = append(out.OrderBy, l.orderItems(o)...)
	}
	if ties {
		out.OrderBy = append(out.OrderBy, l.windowTies(w)...)
	}
	out.OrderBy = ordering(out.OrderBy...)
	if f := w.Frame; f != nil {
		out.Frame = &ast.Frame{Mode: f.Mode, Low: l.bound(f.Low), High: l.bound(f.High)}
	}
	return out
}

func (l *lowering) bound(b ast.Bound) ast.Bound {
	return ast.Bound{Kind: b.Kind, Offset: l.optional(b.Offset)}
}
