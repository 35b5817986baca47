package print_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/parse"
	"github.com/atolldata/atoll/internal/sql/print"
)

// Every tree prints to a text that parses to the same tree.
func TestRandomTrees(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := &random{T: t, left: 60}
		q := g.query(3)
		text := print.Redshift(q)
		again, err := parse.Query(text)
		if err != nil {
			t.Fatalf("what is printed does not parse: %v\n%s", err, text)
		}
		if !ast.Equal(q, again) {
			t.Fatalf("what is printed is another tree:\n%s\n%s", text, print.Redshift(again))
		}
	})
}

// random makes trees of any shape that the parser can return. Left is how many
// more nodes may have children.
type random struct {
	*rapid.T
	left int
}

func (g *random) chance(percent int) bool {
	return rapid.IntRange(0, 99).Draw(g.T, "chance") >= 100-percent
}

func (g *random) int(low, high int) int { return rapid.IntRange(low, high).Draw(g.T, "n") }

func pick[V any](g *random, from ...V) V { return rapid.SampledFrom(from).Draw(g.T, "pick") }

// some draws a list of low to high items; none beyond low once the tree is large.
func some[V any](g *random, low, high int, item func() V) []V {
	var list []V
	for n := g.int(low, high); len(list) < n && (len(list) < low || g.left > 0); {
		list = append(list, item())
	}
	return list
}

// maybe draws an expression or none.
func (g *random) maybe(percent int) ast.Expr {
	if g.left <= 0 || !g.chance(percent) {
		return nil
	}
	return g.expr(2)
}

func (g *random) name() string {
	return pick(g, "a", "b", "order_id", "t1", "_x", "a$b", "select", "order", "user", "end", "größe", "a b", `q"q`,
		"1st", "date", "time", "timestamp", "interval", "exists", "row", "rows", "range", "values", "convert", "lateral",
		"recursive", "current", "unbounded", "approximate", "qualify", "window", "at", "over", "filter", "exclude",
		"rollup", "cube", "left", "day", "unnest", "fetch", "start", "connect", "within", "zone", "position", "trim")
}

func (g *random) ident() ast.Ident { return ast.Ident{Name: g.name()} }

func (g *random) parts(low, high int) ast.Name { return some(g, low, high, g.ident) }

func (g *random) column() *ast.ColumnRef {
	return &ast.ColumnRef{Name: g.parts(1, 5), OuterMark: g.chance(3)}
}

func (g *random) query(depth int) *ast.Query {
	g.left--
	q := &ast.Query{Limit: g.maybe(10), Offset: g.maybe(5)}
	if g.chance(20) {
		q.OrderBy = some(g, 1, 2, g.orderItem)
	}
	if depth > 0 && g.chance(15) {
		q.With = &ast.With{Recursive: g.chance(30), CTEs: some(g, 1, 2, func() *ast.CTE {
			return &ast.CTE{Name: g.ident(), Columns: some(g, 0, 2, g.ident), Query: g.query(depth - 1)}
		})}
	}
	q.Body = g.body(depth)
	if inner, ok := q.Body.(*ast.Query); ok && plain(q) {
		return inner
	}
	return q
}

// plain reports a query that is no more than its body.
func plain(q *ast.Query) bool {
	return q.With == nil && len(q.OrderBy) == 0 && q.Limit == nil && q.Offset == nil
}

func (g *random) body(depth int) ast.Body {
	g.left--
	if depth > 0 && g.left > 0 && g.chance(25) {
		if g.chance(20) {
			if q := g.query(depth - 1); !plain(q) {
				return q
			}
		}
		return &ast.SetOp{Op: pick(g, ast.Union, ast.Intersect, ast.Except), All: g.chance(50),
			Left: g.body(depth - 1), Right: g.body(depth - 1)}
	}
	if g.chance(5) {
		return &ast.Values{Rows: some(g, 1, 2, func() *ast.Row { return &ast.Row{Items: g.exprs(1, 2)} })}
	}
	return g.selectBody(depth)
}

func (g *random) selectBody(depth int) *ast.Select {
	s := &ast.Select{
		Distinct: g.chance(10), Top: g.maybe(5), Items: some(g, 1, 3, g.item),
		Where: g.maybe(30), Having: g.maybe(5), Qualify: g.maybe(5),
	}
	if g.chance(5) {
		s.Exclude = some(g, 1, 2, g.ident)
	}
	if g.chance(70) {
		s.From = some(g, 1, 2, func() ast.TableExpr { return g.table(depth) })
	}
	if g.chance(15) {
		s.GroupBy = &ast.GroupBy{All: g.chance(20)}
		if !s.GroupBy.All {
			s.GroupBy.Items = some(g, 1, 3, func() ast.Expr { return g.groupItem(2) })
		}
	}
	if g.chance(5) {
		s.Windows = some(g, 1, 2, func() *ast.WindowDef {
			return &ast.WindowDef{Name: g.ident(), Spec: g.windowSpec()}
		})
	}
	return s
}

func (g *random) item() *ast.SelectItem {
	if g.chance(15) {
		return &ast.SelectItem{Expr: &ast.Star{Qualifier: g.parts(0, 2)}}
	}
	return g.aliased()
}

func (g *random) aliased() *ast.SelectItem {
	it := &ast.SelectItem{Expr: g.expr(3)}
	if g.chance(40) {
		it.Alias = g.ident()
	}
	return it
}

func (g *random) orderItem() *ast.OrderItem {
	return &ast.OrderItem{Expr: g.expr(2), Desc: g.chance(40), Nulls: pick(g, ast.NullsDefault, ast.NullsFirst, ast.NullsLast)}
}

func (g *random) groupItem(depth int) ast.Expr {
	switch {
	case g.chance(10):
		return &ast.Row{}
	case depth > 0 && g.chance(20):
		return &ast.GroupingSets{Kind: pick(g, ast.Rollup, ast.Cube, ast.Sets),
			Items: some(g, 1, 2, func() ast.Expr { return g.groupItem(depth - 1) })}
	}
	return g.expr(2)
}

func (g *random) windowSpec() *ast.WindowSpec {
	w := &ast.WindowSpec{PartitionBy: g.exprs(0, 1)}
	if g.chance(20) {
		w.Base = g.ident()
	}
	if g.chance(60) {
		w.OrderBy = some(g, 1, 2, g.orderItem)
	}
	if g.chance(30) {
		w.Frame = &ast.Frame{Mode: pick(g, ast.Rows, ast.Range)}
		w.Frame.Low.Kind = pick(g, ast.UnboundedPreceding, ast.Preceding, ast.CurrentRow, ast.Following)
		w.Frame.High.Kind = max(w.Frame.Low.Kind, pick(g, ast.Preceding, ast.CurrentRow, ast.Following, ast.UnboundedFollowing))
		for _, b := range []*ast.Bound{&w.Frame.Low, &w.Frame.High} {
			if b.Kind == ast.Preceding || b.Kind == ast.Following {
				b.Offset = g.expr(1)
			}
		}
	}
	return w
}

func (g *random) alias() (a ast.Alias) {
	if g.chance(50) {
		a = ast.Alias{Name: g.ident(), Columns: some(g, 0, 1, g.ident)}
	}
	return a
}

func (g *random) table(depth int) ast.TableExpr {
	g.left--
	if depth == 0 || g.left <= 0 || g.chance(40) {
		t := &ast.TableName{Name: g.parts(1, 3), Alias: g.alias()}
		if g.chance(5) {
			t.At = g.ident()
		}
		return t
	}
	switch g.int(0, 6) {
	case 0:
		return &ast.Subquery{Query: g.query(depth - 1), Alias: g.alias()}
	case 1:
		f := &ast.TableFunc{Alias: g.alias(), Call: &ast.FuncCall{Name: ast.NewName("unnest"), Args: g.exprs(1, 2)}}
		if f.WithOffset = g.chance(50); !f.WithOffset {
			f.Call.Name = g.parts(1, 2)
		}
		return f
	case 2:
		s := &ast.SuperTable{Unpivot: g.chance(50), Alias: g.alias()}
		if s.Unpivot {
			s.Value = g.expr(2)
		} else {
			s.Value = &ast.Field{X: &ast.Index{X: &ast.ColumnRef{Name: g.parts(1, 3)}, Index: g.expr(1)}, Name: g.ident()}
		}
		return s
	case 3:
		return &ast.Pivot{Source: g.table(depth - 1), Aggregate: g.aliased(), For: &ast.ColumnRef{Name: g.parts(1, 1)},
			In: some(g, 1, 2, g.aliased), Alias: g.alias()}
	case 4:
		return &ast.Unpivot{Source: g.table(depth - 1), IncludeNulls: g.chance(50), Value: g.ident(), Name: g.ident(),
			In: []*ast.SelectItem{{Expr: g.column(), Alias: g.ident()}}, Alias: g.alias()}
	}
	j := &ast.Join{Left: g.table(depth - 1), Right: g.table(depth - 1),
		Kind: pick(g, ast.InnerJoin, ast.LeftJoin, ast.RightJoin, ast.FullJoin, ast.CrossJoin)}
	switch {
	case j.Kind == ast.CrossJoin:
	case g.chance(15):
		j.Natural = true
	case g.chance(40):
		j.Using = some(g, 1, 2, g.ident)
	default:
		j.On = g.expr(2)
	}
	return j
}

func (g *random) exprs(low, high int) []ast.Expr {
	return some(g, low, high, func() ast.Expr { return g.expr(2) })
}

func (g *random) expr(depth int) ast.Expr {
	g.left--
	if depth == 0 || g.left <= 0 || g.chance(25) {
		return g.leaf()
	}
	x := func() ast.Expr { return g.expr(depth - 1) }
	switch g.int(0, 17) {
	case 0, 1, 2, 3:
		return &ast.Binary{Op: g.binaryOp(), Left: x(), Right: x()}
	case 4:
		return &ast.Unary{Op: pick(g, ast.Not, ast.Neg, ast.Plus, ast.BitNot, ast.Abs, ast.SquareRoot, ast.CubeRoot), X: x()}
	case 5:
		return &ast.Is{X: x(), Not: g.chance(50), What: pick(g, ast.IsNull, ast.IsTrue, ast.IsFalse, ast.IsUnknown)}
	case 6:
		return &ast.IsDistinct{Left: x(), Right: x(), Not: g.chance(50)}
	case 7:
		return &ast.Between{X: x(), Not: g.chance(50), Low: x(), High: x()}
	case 8:
		return &ast.InList{X: x(), Not: g.chance(50), List: g.exprs(1, 3)}
	case 9:
		l := &ast.Like{Op: pick(g, ast.LikeMatch, ast.ILikeMatch, ast.SimilarMatch), X: x(), Not: g.chance(50), Pattern: x()}
		l.Escape = g.maybe(30)
		return l
	case 10:
		c := &ast.Case{Operand: g.maybe(50), Else: g.maybe(50)}
		c.Whens = some(g, 1, 2, func() *ast.When { return &ast.When{Cond: x(), Then: x()} })
		return c
	case 11:
		return &ast.Cast{Style: pick(g, ast.ColonCast, ast.CastCall, ast.ConvertCall, ast.TryCast), X: x(), Type: g.typeName()}
	case 12:
		return &ast.AtTimeZone{X: x(), Zone: x()}
	case 13:
		return &ast.Index{X: x(), Index: x()}
	case 14:
		return &ast.Field{X: x(), Name: g.ident()}
	case 15:
		if g.chance(50) {
			return &ast.Array{Items: g.exprs(0, 2)}
		}
		return &ast.Row{Items: g.exprs(1, 3)}
	case 16:
		return g.queryExpr(x())
	}
	return g.call(x)
}

func (g *random) queryExpr(x ast.Expr) ast.Expr {
	q := g.query(1)
	switch g.int(0, 3) {
	case 0:
		return &ast.InQuery{X: x, Not: g.chance(50), Query: q}
	case 1:
		return &ast.Exists{Query: q}
	case 2:
		return &ast.Quantified{X: x, Op: pick(g, ast.Eq, ast.NotEq, ast.Less, ast.GreaterEq), All: g.chance(50), Query: q}
	}
	return &ast.ScalarQuery{Query: q}
}

func (g *random) binaryOp() ast.BinaryOp {
	return pick(g, ast.Or, ast.And, ast.Eq, ast.NotEq, ast.Less, ast.LessEq, ast.Greater, ast.GreaterEq, ast.Add, ast.Sub,
		ast.Mul, ast.Div, ast.Mod, ast.Power, ast.Concat, ast.BitAnd, ast.BitOr, ast.BitXor, ast.ShiftLeft, ast.ShiftRight,
		ast.Match, ast.MatchFold, ast.NotMatch, ast.NotMatchFold)
}

func (g *random) typeName() *ast.TypeName {
	return &ast.TypeName{Type: pick(g, schema.Type{Kind: schema.Integer}, schema.Type{Kind: schema.Double},
		schema.Type{Kind: schema.Decimal, Precision: 10, Scale: 2}, schema.Type{Kind: schema.Varchar, Length: 20},
		schema.Type{Kind: schema.TimestampTZ}, schema.Type{Kind: schema.IntervalDS}, schema.Type{Kind: schema.Super})}
}

func (g *random) leaf() ast.Expr {
	switch g.int(0, 8) {
	case 0:
		return &ast.NumberLit{Text: pick(g, "0", "1", "1.5", ".5", "5.", "1e10", "1.5E-3")}
	case 1:
		return &ast.StringLit{Value: pick(g, "", "a", "it's", `back\slash`, "new\nline", `\'`, "--", "/*", "ü€", `"`)}
	case 2:
		return &ast.BoolLit{Value: g.chance(50)}
	case 3:
		return &ast.NullLit{}
	case 4:
		return &ast.Param{Number: g.int(1, 9)}
	case 5:
		return &ast.TypedLit{Value: "x", Type: &ast.TypeName{Type: schema.Type{
			Kind: pick(g, schema.Date, schema.Time, schema.Timestamp, schema.TimestampTZ, schema.TimeTZ, schema.Double)}}}
	case 6:
		e := &ast.IntervalLit{Value: "1", Precision: -1, From: pick(g, "", "year", "day", "second")}
		if e.From != "" && g.chance(50) {
			e.To = pick(g, "month", "second")
		}
		if (e.From == "second" || e.To == "second") && g.chance(50) {
			e.Precision = 3
		}
		return e
	case 7:
		return &ast.FuncCall{Name: ast.NewName(pick(g, "current_date", "sysdate", "user")), Form: ast.BareForm}
	}
	return g.column()
}

func (g *random) call(x func() ast.Expr) ast.Expr {
	c := &ast.FuncCall{Name: g.parts(1, 2), Args: g.exprs(0, 3)}
	switch g.int(0, 9) {
	case 0:
		c.Name, c.Args = ast.NewName("count"), []ast.Expr{&ast.Star{Qualifier: g.parts(0, 1)}}
	case 1:
		c.Name, c.Approximate, c.Distinct, c.Args = ast.NewName("count"), true, true, []ast.Expr{x()}
	case 2:
		part := pick[ast.Expr](g, &ast.DatePart{Name: "day"}, &ast.DatePart{Name: "order"}, g.column(), &ast.StringLit{Value: "day"})
		c.Name, c.Args = ast.NewName(pick(g, "dateadd", "datediff")), []ast.Expr{part, x(), x()}
	case 3:
		g.keywordCall(c, x)
	default:
		if len(c.Args) > 0 {
			c.Distinct = g.chance(20)
			if g.chance(10) {
				c.OrderBy = some(g, 1, 2, g.orderItem)
			}
		}
	}
	if g.chance(10) {
		c.WithinGroup = some(g, 1, 2, g.orderItem)
	}
	c.Filter = g.maybe(10)
	if g.chance(20) { // without a window, what is said of NULLs may be the call's around this one
		c.Nulls = pick(g, ast.NullsUnsaid, ast.NullsUnsaid, ast.IgnoreNulls, ast.RespectNulls)
		if c.Over = g.windowSpec(); g.chance(20) {
			c.Over = &ast.WindowSpec{Base: g.ident(), Bare: true}
		}
	}
	return c
}

func (g *random) keywordCall(c *ast.FuncCall, x func() ast.Expr) {
	c.Form = ast.KeywordForm
	name := pick(g, "extract", "position", "substring", "overlay", "btrim", "ltrim", "rtrim")
	c.Name = ast.NewName(name)
	switch name {
	case "extract":
		c.Args = []ast.Expr{&ast.DatePart{Name: pick(g, "year", "epoch", "odd part")}, x()}
	case "overlay":
		c.Args = []ast.Expr{x(), x(), x()}
	default:
		c.Args = []ast.Expr{x(), x()}
	}
}
