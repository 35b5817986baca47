package parse

import (
	"slices"
	"strings"

	"github.com/atolldata/atoll/internal/sql/ast"
)

// query reads a query with its WITH, ORDER BY and LIMIT.
func (p *parser) query() *ast.Query {
	p.enter()
	outer := p.height
	p.height = 0
	start := p.pos()
	var with *ast.With
	if p.at("with") {
		with = p.with()
	}
	q := p.queryAfter(start, with)
	p.height = max(outer, p.height+1)
	p.leave()
	return q
}

// queryAfter reads what follows the WITH clause, if there is one, of a query that
// starts at a place.
func (p *parser) queryAfter(start ast.Pos, with *ast.With) *ast.Query {
	q := &ast.Query{With: with}
	q.Body = p.setOps(p.queryPrimary(), ast.Union)
	p.queryTail(q, start)
	return single(q)
}

// queryFrom goes on with a query whose first operand, in parentheses, was read
// where it could have been something else.
func (p *parser) queryFrom(first *ast.Query) *ast.Query {
	q := &ast.Query{Body: p.setOps(operand(first), ast.Union)}
	p.queryTail(q, first.Start)
	return single(q)
}

// atQueryTail reports whether what follows makes the query in parentheses that
// was just read an operand of a larger one.
func (p *parser) atQueryTail() bool {
	return p.atAny("union", "intersect", "except", "minus", "order", "limit", "offset")
}

// queryTail reads ORDER BY, LIMIT and OFFSET.
func (p *parser) queryTail(q *ast.Query, start ast.Pos) {
	if p.at("order") {
		q.OrderBy = p.orderBy()
	}
	for {
		switch {
		case p.at("limit") && q.Limit == nil:
			p.i++
			if !p.accept("all") {
				q.Limit = p.expr()
			}
			if p.at(",") {
				p.unexpectedHint("the end of LIMIT", "write LIMIT count OFFSET start")
			}
		case p.at("offset") && q.Offset == nil:
			p.i++
			q.Offset = p.expr()
		default:
			if p.at("for") {
				p.unsupported(p.pos(), "leave it out: a query locks no rows", "FOR UPDATE and FOR SHARE are not available")
			}
			if p.at("fetch") {
				p.unexpectedHint("the end of the query", "write LIMIT count")
			}
			q.Span = p.span(start)
			return
		}
	}
}

// operand turns a query in parentheses into the operand of a set operation: the
// query itself where it has clauses of its own, else just its body.
func operand(q *ast.Query) ast.Body {
	if q.With == nil && len(q.OrderBy) == 0 && q.Limit == nil && q.Offset == nil {
		return q.Body
	}
	return q
}

// single drops a query around another that adds nothing to it.
func single(q *ast.Query) *ast.Query {
	if inner, ok := operand(q).(*ast.Query); ok && inner != q {
		return inner
	}
	return q
}

// setOps reads the set operations after a first operand. INTERSECT binds
// tighter than UNION and EXCEPT; at the level of INTERSECT only it is read.
func (p *parser) setOps(left ast.Body, level ast.SetOpKind) ast.Body {
	for {
		kind, ok := p.setOp()
		if !ok || level == ast.Intersect && kind != ast.Intersect {
			return left
		}
		p.i++
		all := p.accept("all")
		if !all {
			p.accept("distinct")
		}
		right := p.queryPrimary()
		if kind != ast.Intersect {
			right = p.setOps(right, ast.Intersect)
		}
		p.link()
		left = &ast.SetOp{Span: p.span(left.Pos()), Op: kind, All: all, Left: left, Right: right}
	}
}

// setOp reports which set operation comes next.
func (p *parser) setOp() (kind ast.SetOpKind, ok bool) {
	switch {
	case p.at("union"):
		return ast.Union, true
	case p.at("intersect"):
		return ast.Intersect, true
	case p.atAny("except", "minus"):
		return ast.Except, true
	}
	return 0, false
}

// queryPrimary reads a SELECT, VALUES or a query in parentheses.
func (p *parser) queryPrimary() ast.Body {
	switch {
	case p.at("select"):
		return p.selectCore()
	case p.at("values"):
		return p.values()
	case p.at("("):
		at := p.open("(")
		q := p.query()
		p.close(")", at)
		return operand(q)
	}
	hint := ""
	if p.atAny("insert", "update", "delete") {
		hint = "only a query can stand here: a statement that changes rows is none"
	}
	p.unexpectedHint("SELECT", hint)
	return nil
}

// with reads WITH [RECURSIVE] name [(columns)] AS (query), ...
func (p *parser) with() *ast.With {
	start := p.pos()
	p.i++
	w := &ast.With{Recursive: p.accept("recursive")}
	for {
		cteStart := p.pos()
		c := &ast.CTE{Name: p.name("a name for a WITH query")}
		if p.at("(") && !p.peek(1).is("select") {
			c.Columns = p.nameList("a column name")
		}
		p.expect("as")
		at := p.open("(")
		c.Query = p.query()
		p.close(")", at)
		c.Span = p.span(cteStart)
		w.CTEs = append(w.CTEs, c)
		if !p.accept(",") {
			w.Span = p.span(start)
			return w
		}
		if p.at("select") {
			p.unexpectedHint("a name for a WITH query", "remove the comma before it")
		}
	}
}

// values reads VALUES (...), (...).
func (p *parser) values() *ast.Values {
	start := p.pos()
	p.i++
	v := &ast.Values{}
	for {
		at := p.open("(")
		row := &ast.Row{Items: p.exprs()}
		p.close(")", at, `","`)
		row.Span = p.span(at)
		v.Rows = append(v.Rows, row)
		if !p.accept(",") {
			v.Span = p.span(start)
			return v
		}
	}
}

// selectCore reads SELECT up to QUALIFY.
func (p *parser) selectCore() *ast.Select {
	s := &ast.Select{}
	start := p.pos()
	p.i++
	p.selectOptions(s)
	s.Items = []*ast.SelectItem{p.selectItem()}
	for p.accept(",") {
		s.Items = append(s.Items, p.selectItem())
	}
	if p.accept("exclude") {
		if p.at("(") {
			s.Exclude = p.nameList("a column name")
		} else {
			s.Exclude = p.names("a column name")
		}
	}
	if p.at("into") {
		s.Into = p.into()
	}
	if p.accept("from") {
		s.From = p.from()
	} else if !p.atClauseEnd() {
		p.unexpected(`"," or FROM`)
	}
	if p.accept("where") {
		s.Where = p.expr()
	}
	if p.at("connect", "by") || p.at("start", "with") {
		p.connectBy(s)
	}
	if p.at("group") {
		s.GroupBy = p.groupBy()
	}
	if p.accept("having") {
		s.Having = p.expr()
	}
	p.windowAndQualify(s)
	s.Span = p.span(start)
	return s
}

// into reads INTO [TEMPORARY | TEMP] [TABLE] name.
func (p *parser) into() *ast.Into {
	start := p.pos()
	p.i++
	n := &ast.Into{Temp: p.accept("temporary") || p.accept("temp")}
	p.accept("table")
	n.Name = p.relation("a name for the new table")
	n.Span = p.span(start)
	return n
}

// connectBy reads START WITH and CONNECT BY, in either order.
func (p *parser) connectBy(s *ast.Select) {
	start := p.pos()
	outer := p.connecting
	for {
		switch {
		case s.StartWith == nil && p.accept("start", "with"):
			s.StartWith = p.expr()
		case s.ConnectBy == nil && p.accept("connect", "by"):
			p.connecting = true
			s.ConnectBy = p.expr()
			p.connecting = outer
		case s.ConnectBy == nil:
			p.fail(start, "add CONNECT BY, which says how rows follow one another", "START WITH stands without CONNECT BY")
		default:
			return
		}
	}
}

// atClauseEnd reports whether a SELECT without FROM can go on or end here.
func (p *parser) atClauseEnd() bool {
	return p.tok().kind == eof || p.atQueryTail() ||
		p.atAny("where", "group", "having", "qualify", "window", ")", ";", "for", "fetch", "connect", "start",
			"with", "create", "grant")
}

// selectOptions reads what stands between SELECT and the list: TOP n, and ALL or
// DISTINCT, in either order.
func (p *parser) selectOptions(s *ast.Select) {
	for {
		switch {
		case p.at("top") && s.Top == nil:
			p.i++
			s.Top = p.prefix()
		case p.at("distinct", "on"):
			p.unsupported(p.pos(), "write QUALIFY ROW_NUMBER() OVER (PARTITION BY ... ORDER BY ...) = 1",
				"DISTINCT ON is not available in Redshift")
		case p.at("distinct") && !s.Distinct:
			p.i++
			s.Distinct = true
		default:
			p.accept("all")
			return
		}
	}
}

// selectItem reads an expression or a star, and an alias.
func (p *parser) selectItem() *ast.SelectItem {
	if star := p.star(); star != nil {
		return &ast.SelectItem{Span: star.Span, Expr: star}
	}
	return p.aliased()
}

// aliased reads an expression and an alias.
func (p *parser) aliased() *ast.SelectItem {
	start := p.pos()
	item := &ast.SelectItem{Expr: p.expr(), Alias: p.itemAlias()}
	item.Span = p.span(start)
	return item
}

// star reads * or name.*, or nothing.
func (p *parser) star() *ast.Star {
	n, first := 0, 0
	if p.atTemporary() {
		n, first = 1, 1
	}
	for k := p.peek(n).kind; (k == word || k == quoted) && p.peek(n+1).is("."); k = p.peek(n).kind {
		n += 2
	}
	if !p.peek(n).is("*") {
		return nil
	}
	star := &ast.Star{}
	start := p.pos()
	for range (n - first) / 2 {
		star.Qualifier = append(star.Qualifier, p.firstPart())
		p.i++
	}
	p.i++
	star.Span = p.span(start)
	return star
}

// itemAlias reads [AS] name. After AS a reserved word is a name too; where it
// could start what follows the list, only if what comes after it can as well.
func (p *parser) itemAlias() ast.Ident {
	if p.accept("as") {
		if t := p.tok(); t.kind == word && (!p.endsItem(t) || p.endsItem(p.peek(1))) {
			return p.ident()
		}
		return p.name("a column name after AS")
	}
	if p.bareAlias("exclude") {
		return p.ident()
	}
	return ast.Ident{}
}

// endsItem reports whether a token ends an entry of a select list.
func (p *parser) endsItem(t *tok) bool {
	return t.kind == eof || t.is(",") || t.is("into") || slices.ContainsFunc(after, t.is)
}

// bareAlias reports whether the present token is an alias without AS: a name
// that is neither reserved nor the start of a clause.
func (p *parser) bareAlias(except ...string) bool {
	t := p.tok()
	if t.kind == quoted {
		return true
	}
	return t.kind == word && !t.reserved && !p.atAny("qualify", "window", "fetch") &&
		!p.atAny(except...) && !p.at("connect", "by") && !p.at("start", "with")
}

// groupBy reads GROUP BY.
func (p *parser) groupBy() *ast.GroupBy {
	start := p.pos()
	p.expectBy()
	g := &ast.GroupBy{}
	if p.accept("all") {
		g.All = true
	} else {
		g.Items = p.groupItems()
	}
	g.Span = p.span(start)
	return g
}

// groupItems reads expressions, ROLLUP, CUBE, GROUPING SETS and ().
func (p *parser) groupItems() []ast.Expr {
	var items []ast.Expr
	for {
		items = append(items, p.groupItem())
		if !p.accept(",") {
			return items
		}
	}
}

func (p *parser) groupItem() ast.Expr {
	start := p.pos()
	var kind ast.GroupingKind
	switch {
	case p.accept("(", ")"):
		return &ast.Row{Span: p.span(start)}
	case p.at("rollup", "("):
		kind = ast.Rollup
	case p.at("cube", "("):
		kind = ast.Cube
	case p.at("grouping", "sets"):
		kind = ast.Sets
		p.i++
	default:
		return p.expr()
	}
	p.i++
	p.enter()
	at := p.open("(")
	set := &ast.GroupingSets{Kind: kind, Items: p.groupItems()}
	p.close(")", at, `","`)
	p.leave()
	set.Span = p.span(start)
	return set
}

// windowAndQualify reads the WINDOW and QUALIFY clauses, in either order.
func (p *parser) windowAndQualify(s *ast.Select) {
	for {
		switch {
		case p.at("window") && s.Windows == nil:
			p.i++
			for {
				start := p.pos()
				w := &ast.WindowDef{Name: p.name("a window name")}
				p.expect("as")
				if !p.at("(") {
					p.unexpected(`"("`)
				}
				w.Spec = p.windowSpec()
				w.Span = p.span(start)
				s.Windows = append(s.Windows, w)
				if !p.accept(",") {
					break
				}
			}
		case p.at("qualify") && s.Qualify == nil:
			p.i++
			s.Qualify = p.expr()
		default:
			return
		}
	}
}

// orderBy reads ORDER BY and its keys.
func (p *parser) orderBy() []*ast.OrderItem {
	p.expectBy()
	var items []*ast.OrderItem
	for {
		start := p.pos()
		item := &ast.OrderItem{Expr: p.expr()}
		if item.Desc = p.accept("desc"); !item.Desc {
			p.accept("asc")
		}
		if p.accept("nulls") {
			switch {
			case p.accept("first"):
				item.Nulls = ast.NullsFirst
			case p.accept("last"):
				item.Nulls = ast.NullsLast
			default:
				p.unexpected("FIRST or LAST")
			}
		}
		item.Span = p.span(start)
		items = append(items, item)
		if !p.accept(",") {
			return items
		}
	}
}

// expectBy steps over GROUP BY, ORDER BY or PARTITION BY, at whose first word
// the parser is.
func (p *parser) expectBy() {
	t := p.tok()
	if !p.peek(1).is("by") {
		written := p.text[t.start:t.end]
		p.fail(t.start, "write "+strings.ToUpper(written)+" BY; a name that is a reserved word is written in double quotes",
			"expected BY after %s", quote(written))
	}
	p.i += 2
}
