package parse

import (
	"strconv"
	"strings"

	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/token"
)

// expr reads an expression.
func (p *parser) expr() ast.Expr { return p.exprAbove(token.Lowest) }

// exprs reads expressions with commas between them.
func (p *parser) exprs() []ast.Expr {
	list := []ast.Expr{p.expr()}
	for p.accept(",") {
		list = append(list, p.expr())
	}
	return list
}

// exprAbove reads an expression as far as its operators bind tighter than a
// level.
func (p *parser) exprAbove(level token.Precedence) ast.Expr {
	outer := p.height
	p.height = 0
	start := p.pos()
	e := p.operators(start, p.prefix(), level)
	p.height = max(outer, p.height+1)
	return e
}

// operators reads the operators after a first operand, and their other operands,
// as far as they bind tighter than a level.
func (p *parser) operators(start ast.Pos, left ast.Expr, level token.Precedence) ast.Expr {
	var last token.Precedence
	for {
		binds := p.infixLevel()
		if binds <= level {
			return left
		}
		if binds == last && (binds == token.Compare || binds == token.Range) {
			p.unexpectedHint("no further comparison", "comparisons do not chain: use AND or parentheses")
		}
		left = p.infix(start, left, binds)
		p.link()
		last = binds
	}
}

// infixLevel returns how tightly what comes next binds to the operand before it,
// and Lowest if nothing does.
func (p *parser) infixLevel() token.Precedence {
	t := p.tok()
	switch t.kind {
	case op:
		switch t.text {
		case "::", "[", ".":
			return token.Postfix
		}
		return token.Binary(t.text)
	case word:
		switch t.text {
		case "or":
			return token.Or
		case "and":
			return token.And
		case "is", "isnull", "notnull":
			return token.Is
		case "between", "in", "like", "ilike", "similar":
			return token.Range
		case "not":
			if n := p.peek(1); n.is("between") || n.is("in") || n.is("like") || n.is("ilike") || n.is("similar") {
				return token.Range
			}
		case "at":
			if p.at("at", "time", "zone") {
				return token.Zone
			}
		}
	}
	return token.Lowest
}

// infix reads the operator that comes next and what it needs on its right.
func (p *parser) infix(start ast.Pos, left ast.Expr, level token.Precedence) ast.Expr {
	switch level {
	case token.Is:
		return p.is(start, left)
	case token.Range:
		return p.rangeTest(start, left)
	case token.Postfix:
		return p.postfix(start, left)
	case token.Zone:
		p.i += 3
		zone := p.exprAbove(token.Zone)
		return &ast.AtTimeZone{Span: p.span(start), X: left, Zone: zone}
	}
	binary := ast.BinaryOp(strings.ToUpper(p.tok().text))
	p.i++
	if level == token.Compare && p.atAny("any", "some", "all") {
		return p.quantified(start, left, binary)
	}
	right := p.exprAbove(level)
	return &ast.Binary{Span: p.span(start), Op: binary, Left: left, Right: right}
}

// quantified reads ANY (query) or ALL (query) after a comparison.
func (p *parser) quantified(start ast.Pos, left ast.Expr, compare ast.BinaryOp) ast.Expr {
	all := p.at("all")
	p.i++
	at := p.open("(")
	if !p.atQuery() && !p.at("(") {
		p.unexpectedHint("a query", "write IN (...) for a list of values")
	}
	q := p.query()
	p.close(")", at)
	return &ast.Quantified{Span: p.span(start), Op: compare, All: all, X: left, Query: q}
}

// is reads IS [NOT] NULL and its kin.
func (p *parser) is(start ast.Pos, left ast.Expr) ast.Expr {
	if p.accept("isnull") {
		return &ast.Is{Span: p.span(start), X: left}
	}
	if p.accept("notnull") {
		return &ast.Is{Span: p.span(start), X: left, Not: true}
	}
	p.i++
	not := p.accept("not")
	if p.accept("distinct") {
		p.expect("from")
		right := p.exprAbove(token.Is)
		return &ast.IsDistinct{Span: p.span(start), Left: left, Right: right, Not: not}
	}
	e := &ast.Is{X: left, Not: not}
	switch {
	case p.accept("null"):
	case p.accept("true"):
		e.What = ast.IsTrue
	case p.accept("false"):
		e.What = ast.IsFalse
	case p.accept("unknown"):
		e.What = ast.IsUnknown
	default:
		p.unexpected("NULL, TRUE, FALSE, UNKNOWN or DISTINCT FROM")
	}
	e.Span = p.span(start)
	return e
}

// rangeTest reads [NOT] BETWEEN, IN, LIKE, ILIKE or SIMILAR TO.
func (p *parser) rangeTest(start ast.Pos, left ast.Expr) ast.Expr {
	not := p.accept("not")
	switch {
	case p.accept("between"):
		e := &ast.Between{X: left, Not: not}
		e.Low = p.exprAbove(token.Range)
		p.expect("and")
		e.High = p.exprAbove(token.Range)
		e.Span = p.span(start)
		return e
	case p.accept("in"):
		if !p.at("(") {
			p.unexpectedHint(`"("`, "IN takes a list or a query in parentheses")
		}
		p.enter()
		q, list := p.parentheses()
		p.leave()
		if q != nil {
			return &ast.InQuery{Span: p.span(start), X: left, Not: not, Query: q}
		}
		return &ast.InList{Span: p.span(start), X: left, Not: not, List: list}
	}
	e := &ast.Like{X: left, Not: not}
	switch {
	case p.accept("like"):
	case p.accept("ilike"):
		e.Op = ast.ILikeMatch
	default:
		p.i++
		p.expect("to")
		e.Op = ast.SimilarMatch
	}
	e.Pattern = p.exprAbove(token.Range)
	if p.accept("escape") {
		e.Escape = p.exprAbove(token.Range)
	}
	e.Span = p.span(start)
	return e
}

// postfix reads ::type, [index] or .name.
func (p *parser) postfix(start ast.Pos, left ast.Expr) ast.Expr {
	switch {
	case p.accept("::"):
		if text, ok := left.(*ast.StringLit); ok && p.bareInterval() {
			return &ast.IntervalLit{Span: p.span(start), Value: text.Value, Precision: -1}
		}
		t := p.typeName()
		return &ast.Cast{Span: p.span(start), Style: ast.ColonCast, X: left, Type: t}
	case p.at("["):
		p.enter()
		at := p.open("[")
		index := p.expr()
		p.close("]", at)
		p.leave()
		return &ast.Index{Span: p.span(start), X: left, Index: index}
	default:
		p.i++
		name := p.attribute()
		return &ast.Field{Span: p.span(start), X: left, Name: name}
	}
}

// prefix reads a prefix operator with its operand, or a primary expression.
func (p *parser) prefix() ast.Expr {
	p.enter()
	var e ast.Expr
	if t := p.tok(); t.isPrefix() || p.atPrior() {
		name := strings.ToUpper(t.text)
		p.i++
		x := p.exprAbove(token.Unary(name))
		e = &ast.Unary{Span: p.span(t.start), Op: ast.UnaryOp(name), X: x}
	} else {
		e = p.primary()
	}
	p.leave()
	return e
}

// isPrefix reports whether a token is an operator that can stand before its
// operand.
func (t *tok) isPrefix() bool {
	switch t.text {
	case "-", "+", "~", "@", "|/", "||/":
		return t.kind == op
	}
	return t.is("not")
}

// atPrior reports whether PRIOR comes next as an operator, and not as a name.
func (p *parser) atPrior() bool {
	return p.connecting && p.at("prior") && (p.startsItem(p.peek(1)) || p.peek(1).is("("))
}

// primary reads what has no operator outside of brackets.
func (p *parser) primary() ast.Expr {
	t := p.tok()
	start := t.start
	switch t.kind {
	case number:
		p.i++
		return &ast.NumberLit{Span: p.span(start), Text: t.text}
	case str:
		value := p.str("a string")
		return &ast.StringLit{Span: p.span(start), Value: value}
	case param:
		n, err := strconv.Atoi(t.text)
		if err != nil || n < 1 || n > 65535 {
			p.fail(start, "parameters are $1 to $65535", "there is no parameter $%s", cut(t.text, 40))
		}
		p.i++
		return &ast.Param{Span: p.span(start), Number: n}
	case quoted:
		return p.nameOrCall(false)
	case word:
		return p.wordPrimary(t)
	}
	switch {
	case p.at("("):
		return p.parenthesized(start)
	case p.atTemporary():
		return p.nameOrCall(false)
	}
	if p.at("*") {
		hint := p.habit("an expression")
		if hint == "" {
			hint = "a star stands alone in a select list, or in COUNT(*)"
		}
		p.unexpectedHint("an expression", hint)
	}
	p.unexpected("an expression")
	return nil
}

// str reads a string; strings on lines of their own after it continue it.
func (p *parser) str(what string) string {
	t := p.tok()
	if t.kind != str {
		p.unexpected(what)
	}
	p.i++
	value := t.text
	for n := p.tok(); n.kind == str && strings.Contains(p.text[t.end:n.start], "\n"); n = p.tok() {
		value += n.text
		t = n
		p.i++
	}
	return value
}

// parentheses reads ( query ) or ( expressions ).
func (p *parser) parentheses() (*ast.Query, []ast.Expr) {
	at := p.open("(")
	var q *ast.Query
	var list []ast.Expr
	if p.atAny("select", "with") || p.at("values", "(") {
		q = p.query()
	} else {
		first := p.expr()
		if inner, ok := first.(*ast.ScalarQuery); ok && p.atQueryTail() {
			q = p.queryFrom(inner.Query)
		} else {
			list = []ast.Expr{first}
			for p.accept(",") {
				list = append(list, p.expr())
			}
		}
	}
	if q != nil {
		p.close(")", at)
	} else {
		p.close(")", at, `","`)
	}
	return q, list
}

// parenthesized reads an expression, a row or a query in parentheses.
func (p *parser) parenthesized(start ast.Pos) ast.Expr {
	q, list := p.parentheses()
	switch {
	case q != nil:
		return &ast.ScalarQuery{Span: p.span(start), Query: q}
	case len(list) == 1:
		return list[0]
	default:
		return &ast.Row{Span: p.span(start), Items: list}
	}
}

// bareFunctions are the functions that are called without parentheses.
var bareFunctions = map[string]bool{
	"current_date": true, "current_time": true, "current_timestamp": true, "current_user": true,
	"current_user_id": true, "localtime": true, "localtimestamp": true, "session_user": true,
	"sysdate": true, "user": true,
}

// wordPrimary reads a primary expression that starts with a word.
func (p *parser) wordPrimary(t *tok) ast.Expr {
	start := t.start
	switch t.text {
	case "null":
		p.i++
		return &ast.NullLit{Span: p.span(start)}
	case "true", "false":
		p.i++
		return &ast.BoolLit{Span: p.span(start), Value: t.text == "true"}
	case "case":
		return p.caseExpr()
	case "cast":
		return p.cast(ast.CastCall)
	case "interval":
		return p.interval()
	case "array":
		return p.array()
	case "timestamp":
		typ := p.typeName()
		if p.tok().kind != str && p.tok().kind != quoted {
			p.unexpectedHint("a string after TIMESTAMP", `a column of that name is written "timestamp"`)
		}
		value := p.str("a string after TIMESTAMP")
		return &ast.TypedLit{Span: p.span(start), Type: typ, Value: value}
	}
	if p.peek(1).is("(") {
		switch t.text {
		case "try_cast":
			return p.cast(ast.TryCast)
		case "convert":
			return p.convert()
		case "exists":
			p.i++
			at := p.open("(")
			q := p.query()
			p.close(")", at)
			return &ast.Exists{Span: p.span(start), Query: q}
		case "row":
			p.i++
			at := p.open("(")
			items := p.exprs()
			p.close(")", at, `","`)
			return &ast.Row{Span: p.span(start), Items: items}
		case "left", "right":
			return p.nameOrCall(true)
		}
	}
	if t.reserved && bareFunctions[t.text] {
		name := p.ident()
		if p.at("(") {
			p.unexpectedHint("no parentheses", strings.ToUpper(name.Name)+" is written without parentheses")
		}
		return &ast.FuncCall{Span: name.Span, Name: ast.Name{name}, Form: ast.BareForm}
	}
	if t.reserved {
		p.unexpected("an expression")
	}
	return p.nameOrCall(true)
}

// nameOrCall reads a column, a call, or a string with its type before it. Plain
// is set where the first part is written without quotes.
func (p *parser) nameOrCall(plain bool) ast.Expr {
	start := p.pos()
	if plain && (p.at("approximate", "count", "(") || p.at("approximate", "percentile_disc", "(")) {
		p.i++
		call := p.call(start, ast.Name{p.ident()}, false)
		call.Approximate = true
		return call
	}
	if plain && p.atTypedLiteral() {
		typ := p.typeName()
		value := p.str("a string")
		return &ast.TypedLit{Span: p.span(start), Type: typ, Value: value}
	}
	name := ast.Name{p.firstPart()}
	for p.accept(".") {
		if p.at("*") {
			p.unexpectedHint("a column name", "a star stands alone in a select list, or in COUNT(*)")
		}
		name = append(name, p.attribute())
	}
	if p.accept("(", "+", ")") {
		return &ast.ColumnRef{Span: p.span(start), Name: name, OuterMark: true}
	}
	if p.at("(") {
		return p.call(start, name, plain && len(name) == 1)
	}
	return &ast.ColumnRef{Span: p.span(start), Name: name}
}

// atTemporary reports whether the name of a temporary table comes next: #name.
func (p *parser) atTemporary() bool {
	return p.at("#") && p.peek(1).kind == word && p.peek(1).start == p.tok().end
}

// firstPart reads the first part of a name.
func (p *parser) firstPart() ast.Ident {
	if p.atTemporary() {
		return p.temporaryName("a name")
	}
	return p.ident()
}

// caseExpr reads CASE ... END.
func (p *parser) caseExpr() ast.Expr {
	start := p.pos()
	p.i++
	c := &ast.Case{}
	if !p.at("when") {
		c.Operand = p.expr()
	}
	for {
		at := p.pos()
		p.expect("when")
		w := &ast.When{Cond: p.expr()}
		p.expect("then")
		w.Then = p.expr()
		w.Span = p.span(at)
		c.Whens = append(c.Whens, w)
		if !p.at("when") {
			break
		}
	}
	if p.accept("else") {
		c.Else = p.expr()
	}
	if !p.accept("end") {
		line, column := ast.LineColumn(p.text, start)
		hint := p.habit("END")
		if hint == "" {
			hint = "the CASE at " + strconv.Itoa(line) + ":" + strconv.Itoa(column) + " is not closed"
		}
		p.unexpectedHint("END", hint)
	}
	c.Span = p.span(start)
	return c
}

// array reads ARRAY(...).
func (p *parser) array() ast.Expr {
	start := p.pos()
	p.i++
	if !p.at("(") {
		p.unexpectedHint(`"("`, "an array is written ARRAY(1, 2)")
	}
	at := p.open("(")
	a := &ast.Array{}
	if !p.at(")") {
		a.Items = p.exprs()
	}
	p.close(")", at, `","`)
	a.Span = p.span(start)
	return a
}
