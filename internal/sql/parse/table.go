package parse

import (
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/token"
)

// from reads the items of FROM.
func (p *parser) from() []ast.TableExpr {
	items := []ast.TableExpr{p.tableExpr()}
	for p.accept(",") {
		items = append(items, p.tableExpr())
	}
	return items
}

// tableExpr reads a FROM item with the joins after it.
func (p *parser) tableExpr() ast.TableExpr {
	return p.joins(p.tablePrimary())
}

// joins reads the joins after a first item.
func (p *parser) joins(left ast.TableExpr) ast.TableExpr {
	for p.atJoin() {
		left = p.join(left)
	}
	return left
}

func (p *parser) atJoin() bool {
	return p.atAny("join", "inner", "left", "right", "full", "cross", "natural")
}

// join reads one join. Where an item is joined and its condition does not come
// at once, the joins before the condition belong to the right side:
// a JOIN b JOIN c ON ... ON ...
func (p *parser) join(left ast.TableExpr) ast.TableExpr {
	p.enter()
	j := &ast.Join{Left: left, Natural: p.accept("natural")}
	if j.Natural && p.at("cross") {
		p.unexpectedHint("JOIN", "a join is either NATURAL or CROSS")
	}
	j.Kind = p.joinKind()
	j.Right = p.tablePrimary()
	if j.Kind != ast.CrossJoin && !j.Natural {
		for !p.atAny("on", "using") && p.atJoin() {
			j.Right = p.join(j.Right)
		}
		switch {
		case p.accept("on"):
			j.On = p.expr()
		case p.at("using"):
			p.i++
			j.Using = p.nameList("a column name")
		default:
			p.unexpectedHint("ON or USING", "a join needs a condition; only CROSS JOIN and NATURAL JOIN have none")
		}
	} else if p.atAny("on", "using") {
		p.unexpectedHint("no condition", "CROSS JOIN and NATURAL JOIN take none: write JOIN")
	}
	p.link()
	p.leave()
	j.Span = p.span(left.Pos())
	return j
}

// joinKind reads the words of a join up to JOIN.
func (p *parser) joinKind() ast.JoinKind {
	kind := ast.InnerJoin
	switch {
	case p.accept("inner"):
	case p.accept("cross"):
		kind = ast.CrossJoin
	case p.accept("left"):
		kind = ast.LeftJoin
	case p.accept("right"):
		kind = ast.RightJoin
	case p.accept("full"):
		kind = ast.FullJoin
	}
	if kind == ast.LeftJoin || kind == ast.RightJoin || kind == ast.FullJoin {
		p.accept("outer")
	}
	p.expect("join")
	return kind
}

// tablePrimary reads a FROM item without joins, and the PIVOTs after it.
func (p *parser) tablePrimary() ast.TableExpr {
	p.enter()
	t := p.tableItem()
	for p.atAny("pivot", "unpivot") {
		if p.at("pivot") {
			t = p.pivot(t)
		} else {
			t = p.unpivot(t)
		}
		p.link()
	}
	p.leave()
	return t
}

func (p *parser) tableItem() ast.TableExpr {
	start := p.pos()
	switch {
	case p.at("("):
		return p.tableParen()
	case p.accept("unpivot"):
		t := &ast.SuperTable{Unpivot: true, Value: p.expr()}
		t.Alias = p.tableAlias()
		t.At = p.atColumn()
		t.Span = p.span(start)
		return t
	case p.at("lateral"):
		p.unsupported(start, "join the query, or unnest a SUPER column: FROM t, t.items i", "LATERAL is not available in Redshift")
	case p.at("unnest", "("):
		t := &ast.TableFunc{Call: p.call(start, ast.Name{p.ident()}, false)}
		t.WithOffset = p.accept("with", "offset")
		t.Alias = p.tableAlias()
		t.Span = p.span(start)
		return t
	}
	plain := p.tok().kind == word
	name := ast.Name{p.temporaryName("a table name")}
	for p.accept(".") {
		name = append(name, p.attribute())
	}
	switch {
	case p.at("("):
		t := &ast.TableFunc{Call: p.call(start, name, plain && len(name) == 1)}
		t.Alias = p.tableAlias()
		t.Span = p.span(start)
		return t
	case p.at("["), len(name) > 3:
		path := p.operators(start, &ast.ColumnRef{Span: p.span(start), Name: name}, token.Sign)
		t := &ast.SuperTable{Value: path, Alias: p.tableAlias(), At: p.atColumn()}
		t.Span = p.span(start)
		return t
	default:
		p.accept("*") // FROM t *: with its descendants, of which there are none
		t := &ast.TableName{Name: name, Alias: p.tableAlias(), At: p.atColumn()}
		t.Span = p.span(start)
		return t
	}
}

// tableParen reads ( query ) alias or ( joined items ). Which of the two an
// opening parenthesis starts may show only after further ones:
// ((SELECT ...) UNION ...) and ((SELECT ...) a JOIN b ...).
func (p *parser) tableParen() ast.TableExpr {
	start := p.pos()
	q, t := p.parenthesizedTable()
	if t != nil {
		return t
	}
	return p.subquery(start, q)
}

// subquery reads the alias of a query whose parentheses start at a place.
func (p *parser) subquery(start ast.Pos, q *ast.Query) *ast.Subquery {
	s := &ast.Subquery{Query: q, Alias: p.tableAlias()}
	s.Span = p.span(start)
	return s
}

// parenthesizedTable reads parentheses in FROM and returns the query in them or
// else the FROM item.
func (p *parser) parenthesizedTable() (*ast.Query, ast.TableExpr) {
	p.enter()
	defer p.leave()
	at := p.open("(")
	switch {
	case p.atQuery():
		q := p.query()
		p.close(")", at)
		return q, nil
	case !p.at("("):
		t := p.tableExpr()
		p.close(")", at)
		return nil, t
	}
	inner := p.pos()
	q, t := p.parenthesizedTable()
	switch {
	case q != nil && p.atQueryTail():
		q = p.queryFrom(q)
	case q != nil && !p.at(")"):
		q, t = nil, p.subquery(inner, q)
	}
	if t != nil {
		t = p.joins(t)
	}
	p.close(")", at)
	return q, t
}

// tableAlias reads [AS] name [(columns)].
func (p *parser) tableAlias() ast.Alias {
	var a ast.Alias
	switch {
	case p.accept("as"):
		a.Name = p.name("a table name after AS")
	case p.bareAlias("at"):
		a.Name = p.ident()
	default:
		return a
	}
	if p.at("(") {
		a.Columns = p.nameList("a column name")
	}
	return a
}

// atColumn reads AT name, the column that numbers or names the unnested elements.
func (p *parser) atColumn() ast.Ident {
	if !p.accept("at") {
		return ast.Ident{}
	}
	return p.name("a column name after AT")
}

// pivot reads PIVOT (aggregate FOR column IN (values)) alias.
func (p *parser) pivot(source ast.TableExpr) ast.TableExpr {
	p.i++
	at := p.open("(")
	t := &ast.Pivot{Source: source, Aggregate: p.aliased()}
	p.expect("for")
	column := p.pos()
	t.For = &ast.ColumnRef{Name: ast.Name{p.name("a column name")}}
	t.For.Span = p.span(column)
	t.In = p.pivotList()
	p.close(")", at)
	t.Alias = p.tableAlias()
	t.Span = p.span(source.Pos())
	return t
}

// unpivot reads UNPIVOT [INCLUDE NULLS] (value FOR name IN (columns)) alias.
func (p *parser) unpivot(source ast.TableExpr) ast.TableExpr {
	p.i++
	t := &ast.Unpivot{Source: source, IncludeNulls: p.accept("include", "nulls")}
	p.accept("exclude", "nulls")
	at := p.open("(")
	t.Value = p.name("a name for the column of values")
	p.expect("for")
	t.Name = p.name("a name for the column of names")
	t.In = p.pivotList()
	p.close(")", at)
	for _, item := range t.In {
		if _, ok := item.Expr.(*ast.ColumnRef); !ok {
			p.fail(item.Start, "compute it in a query below", "UNPIVOT takes columns, and this is an expression")
		}
	}
	t.Alias = p.tableAlias()
	t.Span = p.span(source.Pos())
	return t
}

// pivotList reads IN (item [AS] name, ...).
func (p *parser) pivotList() []*ast.SelectItem {
	p.expect("in")
	at := p.open("(")
	if p.atQuery() {
		p.unexpectedHint("a value", "the values become columns, and have to be known: write them out")
	}
	items := []*ast.SelectItem{p.aliased()}
	for p.accept(",") {
		items = append(items, p.aliased())
	}
	p.close(")", at, `","`)
	return items
}
