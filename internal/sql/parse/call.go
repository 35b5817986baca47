package parse

import (
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/token"
)

// call reads the arguments of a function and what follows them. Special is set
// where the name is one plain word, so that it may have keywords between its
// arguments.
func (p *parser) call(start ast.Pos, name ast.Name, special bool) *ast.FuncCall {
	c := &ast.FuncCall{Name: name}
	at := p.open("(")
	if !p.accept(")") {
		if !special || !p.keywordArgs(c) {
			p.args(c, special)
		}
		p.close(")", at, `","`)
	}
	p.callTail(c)
	c.Span = p.span(start)
	return c
}

// args reads the inside of a call's parentheses. Where keywordArgs read the
// first argument already, it goes on behind it.
func (p *parser) args(c *ast.FuncCall, special bool) {
	if len(c.Args) == 0 {
		if c.Distinct = p.accept("distinct"); !c.Distinct {
			p.accept("all")
		}
		c.Args = append(c.Args, p.firstArg(c, special))
	}
	for p.accept(",") {
		c.Args = append(c.Args, p.expr())
	}
	if p.at("order") {
		c.OrderBy = p.orderBy()
	}
	p.nullTreatment(c)
}

// firstArg reads the first argument: a star, the name of a part of a date, or an
// expression.
func (p *parser) firstArg(c *ast.FuncCall, special bool) ast.Expr {
	if star := p.star(); star != nil {
		return star
	}
	if special && token.TakesDatePart(c.Name.Last()) && p.tok().kind == word && p.peek(1).is(",") {
		return p.datePart()
	}
	return p.expr()
}

func (p *parser) datePart() *ast.DatePart {
	name := p.ident()
	return &ast.DatePart{Span: name.Span, Name: name.Name}
}

// keywordArgs reads the arguments of the functions that take keywords between
// them, and reports whether it read them all. Otherwise it may have read the
// first one.
func (p *parser) keywordArgs(c *ast.FuncCall) bool {
	if p.atAny("distinct", "all", "*") {
		return false
	}
	switch c.Name[0].Name {
	case "extract":
		if p.tok().kind == word && p.peek(1).is("from") {
			c.Args = []ast.Expr{p.datePart()}
			p.i++
			c.Args = append(c.Args, p.expr())
			c.Form = ast.KeywordForm
		} else if p.tok().kind == str && p.peek(1).is("from") {
			t := p.tok()
			c.Args = []ast.Expr{&ast.DatePart{Span: ast.Span{Start: t.start, Stop: t.end}, Name: token.Fold(t.text)}}
			p.i += 2
			c.Args = append(c.Args, p.expr())
			c.Form = ast.KeywordForm
		}
	case "trim":
		p.trim(c)
	case "substring":
		p.substring(c)
	case "position":
		start := p.pos()
		first := p.exprAbove(token.Range)
		if p.accept("in") {
			c.Form = ast.KeywordForm
			c.Args = []ast.Expr{first, p.expr()}
		} else {
			c.Args = []ast.Expr{p.operators(start, first, token.Lowest)}
		}
	case "overlay":
		c.Args = []ast.Expr{p.expr()}
		if p.accept("placing") {
			c.Form = ast.KeywordForm
			c.Args = append(c.Args, p.expr())
			p.expect("from")
			c.Args = append(c.Args, p.expr())
			if p.accept("for") {
				c.Args = append(c.Args, p.expr())
			}
		}
	}
	return c.Form == ast.KeywordForm
}

// trim reads [BOTH | LEADING | TRAILING] [characters FROM] x.
func (p *parser) trim(c *ast.FuncCall) {
	name := "btrim"
	said := true
	switch {
	case p.accept("leading"):
		name = "ltrim"
	case p.accept("trailing"):
		name = "rtrim"
	default:
		said = p.accept("both")
	}
	if said && p.accept("from") {
		c.Args = []ast.Expr{p.expr()}
	} else {
		c.Args = []ast.Expr{p.expr()}
		if p.accept("from") {
			said = true
			c.Args = []ast.Expr{p.expr(), c.Args[0]}
		}
	}
	if said {
		c.Form = ast.KeywordForm
		c.Name = ast.Name{{Span: c.Name[0].Span, Name: name}}
	}
}

// substring reads x FROM start [FOR length], or x FOR length.
func (p *parser) substring(c *ast.FuncCall) {
	c.Args = []ast.Expr{p.expr()}
	if !p.atAny("from", "for") {
		return
	}
	c.Form = ast.KeywordForm
	if p.accept("from") {
		c.Args = append(c.Args, p.expr())
	} else {
		c.Args = append(c.Args, &ast.NumberLit{Span: p.span(p.pos()), Text: "1"})
	}
	if p.accept("for") {
		c.Args = append(c.Args, p.expr())
	}
}

// callTail reads what may follow the parentheses of a call.
func (p *parser) callTail(c *ast.FuncCall) {
	if p.at("within", "group") {
		p.i += 2
		at := p.open("(")
		if !p.at("order") {
			p.unexpected("ORDER BY")
		}
		c.WithinGroup = p.orderBy()
		p.close(")", at, `","`)
	}
	if p.accept("filter", "(") {
		at := p.pos() - 1
		p.expect("where")
		c.Filter = p.expr()
		p.close(")", at)
	}
	if !p.peek(2).is(")") { // otherwise it is that of the call around this one
		p.nullTreatment(c)
	}
	if p.at("over", "(") || p.at("over") && p.atWindowName(p.peek(1)) {
		p.i++
		c.Over = p.windowSpec()
	}
}

// nullTreatment reads IGNORE NULLS or RESPECT NULLS, which may stand inside or
// behind the parentheses.
func (p *parser) nullTreatment(c *ast.FuncCall) {
	switch {
	case p.accept("ignore", "nulls"):
		c.Nulls = ast.IgnoreNulls
	case p.accept("respect", "nulls"):
		c.Nulls = ast.RespectNulls
	}
}

func (p *parser) atWindowName(t *tok) bool {
	return t.kind == quoted || t.kind == word && !t.reserved
}

// windowSpec reads a window: a name, or a specification in parentheses.
func (p *parser) windowSpec() *ast.WindowSpec {
	start := p.pos()
	w := &ast.WindowSpec{}
	if !p.at("(") {
		w.Base, w.Bare = p.name("a window name"), true
		w.Span = p.span(start)
		return w
	}
	at := p.open("(")
	if p.atWindowName(p.tok()) && !p.atAny("rows", "range", "groups") {
		w.Base = p.ident()
	}
	if p.at("partition") {
		p.expectBy()
		w.PartitionBy = p.exprs()
	}
	if p.at("order") {
		w.OrderBy = p.orderBy()
	}
	if p.atAny("rows", "range", "groups") {
		w.Frame = p.frame()
	}
	p.close(")", at)
	w.Span = p.span(start)
	return w
}

// frame reads ROWS or RANGE and its edges.
func (p *parser) frame() *ast.Frame {
	start := p.pos()
	f := &ast.Frame{High: ast.Bound{Kind: ast.CurrentRow}}
	switch {
	case p.accept("range"):
		f.Mode = ast.Range
	case p.at("groups"):
		p.unsupported(start, "use ROWS or RANGE", "frames in GROUPS are not available in Redshift")
	default:
		p.i++
	}
	if p.accept("between") {
		f.Low = p.bound()
		p.expect("and")
		f.High = p.bound()
	} else {
		f.Low = p.bound()
	}
	if f.Low.Kind > f.High.Kind || f.Low.Kind == ast.UnboundedFollowing || f.High.Kind == ast.UnboundedPreceding {
		p.fail(start, "give the earlier edge first", "the frame ends before it starts")
	}
	if p.at("exclude") {
		p.unsupported(p.pos(), "leave it out", "EXCLUDE in a frame is not available in Redshift")
	}
	f.Span = p.span(start)
	return f
}

// bound reads an edge of a frame.
func (p *parser) bound() ast.Bound {
	switch {
	case p.accept("unbounded", "preceding"):
		return ast.Bound{Kind: ast.UnboundedPreceding}
	case p.accept("unbounded", "following"):
		return ast.Bound{Kind: ast.UnboundedFollowing}
	case p.accept("current", "row"):
		return ast.Bound{Kind: ast.CurrentRow}
	}
	b := ast.Bound{Offset: p.exprAbove(token.Range)}
	switch {
	case p.accept("preceding"):
		b.Kind = ast.Preceding
	case p.accept("following"):
		b.Kind = ast.Following
	default:
		p.unexpected("PRECEDING or FOLLOWING")
	}
	return b
}
