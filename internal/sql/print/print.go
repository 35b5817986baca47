package print

import (
	"strconv"
	"strings"

	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/token"
)

// Redshift prints a tree in Redshift's SQL.
func Redshift(n ast.Node) string { return text(&redshift, n) }

// DuckDB prints a tree that was lowered to DuckDB's vocabulary.
func DuckDB(n ast.Node) string { return text(&duckdb, n) }

func text(d *dialect, n ast.Node) string {
	p := printer{dialect: d}
	p.group(0)
	p.node(n)
	p.end()
	return p.String()
}

// printer puts nodes into a layout.
type printer struct {
	layout
	*dialect
}

// node prints any node.
func (p *printer) node(n ast.Node) {
	switch n := n.(type) {
	case *ast.Query:
		p.query(n)
	case ast.Statement:
		p.statement(n)
	case ast.Body:
		p.body(n)
	case ast.TableExpr:
		p.table(n)
	case ast.Expr:
		p.expr(n)
	case *ast.With:
		p.with(n)
	case *ast.CTE:
		p.cte(n)
	case *ast.SelectItem:
		p.item(n)
	case *ast.Into:
		p.into(n)
	case *ast.GroupBy:
		p.groupBy(n)
	case *ast.OrderItem:
		p.orderItem(n)
	case *ast.WindowDef:
		p.windowDef(n)
	case *ast.WindowSpec:
		p.window(n)
	case *ast.Frame:
		p.frame(n)
	case *ast.When:
		p.when(n)
	case *ast.TypeName:
		p.text(p.typeText(n))
	default:
		p.part(n)
	}
}

// ident prints one name, in quotes where it needs them.
func (p *printer) ident(name string) {
	p.text(p.identText(name))
}

func (p *printer) identText(name string) string {
	if token.IsPlain(name) && !p.reserved(name) {
		return name
	}
	return quoteName(name)
}

func (p *printer) quoted(name string) { p.text(quoteName(name)) }

func quoteName(name string) string {
	return `"` + strings.ReplaceAll(name, `"`, `""`) + `"`
}

// name prints a name of any number of parts.
func (p *printer) name(n ast.Name) {
	for i, part := range n {
		if i > 0 {
			p.text(".")
		}
		p.ident(part.Name)
	}
}

// names prints names in parentheses, separated by commas.
func (p *printer) names(list []ast.Ident) {
	p.text("(")
	for i, n := range list {
		if i > 0 {
			p.text(", ")
		}
		p.ident(n.Name)
	}
	p.text(")")
}

// list prints items, separated by commas and breaks.
func list[N any](p *printer, items []N, each func(N)) {
	for i, it := range items {
		if i > 0 {
			p.text(",")
			p.line()
		}
		each(it)
	}
}

// inside prints parentheses around what f prints, indented where it is long.
func (p *printer) inside(f func()) {
	p.text("(")
	p.group(2)
	p.soft()
	f()
	p.end()
	p.text(")")
}

// block prints parentheses around a query; the closing one has its own line
// where the query does not fit into one.
func (p *printer) block(q *ast.Query) {
	p.group(0)
	p.text("(")
	p.group(2)
	p.soft()
	p.query(q)
	p.end()
	p.soft()
	p.text(")")
	p.end()
}

// clause prints a keyword and what belongs to it, indented where it is long.
func (p *printer) clause(keyword string, f func()) {
	p.line()
	p.group(2)
	p.text(keyword)
	p.line()
	f()
	p.end()
}

func (p *printer) query(q *ast.Query) {
	p.group(0)
	if q.With != nil {
		p.with(q.With)
		p.line()
	}
	if _, nested := q.Body.(*ast.Query); nested && !p.limitTwice {
		p.text("SELECT * FROM ")
		p.body(q.Body)
		p.text(" AS nested") // PostgreSQL before 16 asks for a name
	} else {
		p.body(q.Body)
	}
	if len(q.OrderBy) > 0 {
		p.clause("ORDER BY", func() { list(p, q.OrderBy, p.orderItem) })
	}
	if q.Limit != nil {
		p.clause("LIMIT", func() { p.expr(q.Limit) })
	}
	if q.Offset != nil {
		p.clause("OFFSET", func() { p.expr(q.Offset) })
	}
	p.end()
}

func (p *printer) with(w *ast.With) {
	p.text("WITH ")
	if w.Recursive {
		p.text("RECURSIVE ")
	}
	list(p, w.CTEs, p.cte)
}

func (p *printer) cte(c *ast.CTE) {
	p.ident(c.Name.Name)
	if len(c.Columns) > 0 {
		p.text(" ")
		p.names(c.Columns)
	}
	p.text(" AS ")
	p.flag(c.Materialized, "MATERIALIZED ")
	p.block(c.Query)
}

func (p *printer) body(b ast.Body) {
	switch b := b.(type) {
	case *ast.Select:
		p.selectBody(b)
	case *ast.SetOp:
		p.setOp(b)
	case *ast.Values:
		p.group(2)
		p.text("VALUES")
		p.line()
		list(p, b.Rows, func(r *ast.Row) {
			p.inside(func() { list(p, r.Items, p.expr) })
		})
		p.end()
	case *ast.Query:
		p.block(b)
	}
}

var setOps = map[ast.SetOpKind]string{ast.Union: "UNION", ast.Intersect: "INTERSECT", ast.Except: "EXCEPT"}

// setOp prints a chain of set operations. A side that is one itself gets
// parentheses unless it binds at least as tightly, on the left, or tighter.
func (p *printer) setOp(s *ast.SetOp) {
	chain := []*ast.SetOp{s}
	for {
		left, ok := chain[len(chain)-1].Left.(*ast.SetOp)
		if !ok || chain[len(chain)-1].Op == ast.Intersect && left.Op != ast.Intersect {
			break
		}
		chain = append(chain, left)
	}
	p.setSide(chain[len(chain)-1].Left, false)
	for i := len(chain) - 1; i >= 0; i-- {
		s := chain[i]
		p.line()
		p.text(setOps[s.Op])
		if s.All {
			p.text(" ALL")
		}
		p.line()
		right, ok := s.Right.(*ast.SetOp)
		p.setSide(s.Right, ok && s.Op != ast.Intersect && right.Op == ast.Intersect)
	}
}

func (p *printer) setSide(b ast.Body, bare bool) {
	if s, ok := b.(*ast.SetOp); ok && !bare {
		p.block(&ast.Query{Body: s})
		return
	}
	p.body(b)
}

func (p *printer) selectBody(s *ast.Select) {
	p.group(2)
	p.text("SELECT")
	if s.Top != nil {
		p.text(" TOP ")
		switch s.Top.(type) {
		case *ast.NumberLit, *ast.Param, *ast.ScalarQuery:
			p.expr(s.Top)
		default:
			p.inside(func() { p.expr(s.Top) })
		}
	}
	if s.Distinct {
		p.text(" DISTINCT")
	}
	p.line()
	list(p, s.Items, p.item)
	if len(s.Exclude) > 0 {
		p.text(" EXCLUDE ")
		p.names(s.Exclude)
	}
	p.end()
	if s.Into != nil {
		p.clause("INTO", func() { p.into(s.Into) })
	}
	if len(s.From) > 0 {
		p.clause("FROM", func() { list(p, s.From, p.table) })
	}
	if s.Where != nil {
		p.clause("WHERE", func() { p.expr(s.Where) })
	}
	if s.StartWith != nil {
		p.clause("START WITH", func() { p.expr(s.StartWith) })
	}
	if s.ConnectBy != nil {
		p.clause("CONNECT BY", func() { p.expr(s.ConnectBy) })
	}
	if s.GroupBy != nil {
		p.line()
		p.groupBy(s.GroupBy)
	}
	if s.Having != nil {
		p.clause("HAVING", func() { p.expr(s.Having) })
	}
	if len(s.Windows) > 0 {
		p.clause("WINDOW", func() { list(p, s.Windows, p.windowDef) })
	}
	if s.Qualify != nil {
		p.clause("QUALIFY", func() { p.expr(s.Qualify) })
	}
}

func (p *printer) into(n *ast.Into) {
	if n.Temp {
		p.text("TEMP ")
	}
	p.name(n.Name)
}

func (p *printer) item(it *ast.SelectItem) {
	p.expr(it.Expr)
	if it.Alias.Name != "" {
		p.text(" AS ")
		p.ident(it.Alias.Name)
	}
}

func (p *printer) groupBy(g *ast.GroupBy) {
	p.group(2)
	p.text("GROUP BY")
	p.line()
	if g.All {
		p.text("ALL")
	}
	list(p, g.Items, p.expr)
	p.end()
}

func (p *printer) orderItem(o *ast.OrderItem) {
	p.expr(o.Expr)
	if o.Desc {
		p.text(" DESC")
	}
	switch o.Nulls {
	case ast.NullsFirst:
		p.text(" NULLS FIRST")
	case ast.NullsLast:
		p.text(" NULLS LAST")
	}
}

func (p *printer) windowDef(w *ast.WindowDef) {
	p.ident(w.Name.Name)
	p.text(" AS ")
	p.window(w.Spec)
}

func (p *printer) window(w *ast.WindowSpec) {
	if w.Bare {
		p.ident(w.Base.Name)
		return
	}
	p.inside(func() {
		started := false
		next := func() {
			if started {
				p.line()
			}
			started = true
		}
		if w.Base.Name != "" {
			next()
			p.ident(w.Base.Name)
		}
		if len(w.PartitionBy) > 0 {
			next()
			p.text("PARTITION BY ")
			list(p, w.PartitionBy, p.expr)
		}
		if len(w.OrderBy) > 0 {
			next()
			p.text("ORDER BY ")
			list(p, w.OrderBy, p.orderItem)
		}
		if w.Frame != nil {
			next()
			p.frame(w.Frame)
		}
	})
}

func (p *printer) frame(f *ast.Frame) {
	p.text(map[ast.FrameMode]string{ast.Rows: "ROWS", ast.Range: "RANGE"}[f.Mode])
	p.text(" BETWEEN ")
	p.bound(f.Low)
	p.text(" AND ")
	p.bound(f.High)
}

func (p *printer) bound(b ast.Bound) {
	if b.Offset != nil {
		p.operand(b.Offset, token.Other)
	}
	p.text(map[ast.BoundKind]string{
		ast.UnboundedPreceding: "UNBOUNDED PRECEDING",
		ast.Preceding:          " PRECEDING",
		ast.CurrentRow:         "CURRENT ROW",
		ast.Following:          " FOLLOWING",
		ast.UnboundedFollowing: "UNBOUNDED FOLLOWING",
	}[b.Kind])
}

// typeText is the spelling of a type.
func (p *printer) typeText(t *ast.TypeName) string {
	switch {
	case t.Engine != "":
		return t.Engine
	case t.Other != nil:
		return p.otherType(t.Other)
	}
	return p.typeName(t.Type)
}

func itoa(n int) string { return strconv.Itoa(n) }
