package parse

import (
	"fmt"
	"strings"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/token"
)

// Limits of what is parsed.
const (
	// MaxText is the longest text, in bytes: "The maximum size for a single SQL
	// statement is 16 MB", says Redshift's documentation of SELECT.
	MaxText = 16 << 20
	// MaxNesting is how deep parentheses, calls, queries and prefix operators
	// may be nested.
	MaxNesting = 500
	// MaxChain is how many operators, joins or set operations may stand on top
	// of each other without parentheses, as in a + b + c + ...
	MaxChain = 10_000
)

// Query reads a text that holds exactly one query, with or without a semicolon
// after it. The error is a [fault.List].
func Query(text string) (*ast.Query, error) {
	p, err := newParser(text)
	if err != nil {
		return nil, err
	}
	var q *ast.Query
	if failed := p.try(func() {
		p.wantQuery()
		q = p.query()
		p.endOf("query")
		for p.accept(";") {
		}
		if p.tok().kind != eof {
			p.private = p.mayHoldSecrets()
			p.fail(p.pos(), "give one query only", "there is a second statement, %s", p.found())
		}
	}); failed != nil {
		return nil, fault.List{failed}
	}
	return q, nil
}

// Expr reads a text that holds exactly one value expression.
func Expr(text string) (ast.Expr, error) {
	p, err := newParser(text)
	if err != nil {
		return nil, err
	}
	var e ast.Expr
	if failed := p.try(func() {
		e = p.expr()
		if p.tok().kind != eof {
			p.unexpected("the end of the expression")
		}
	}); failed != nil {
		return nil, fault.List{failed}
	}
	return e, nil
}

// Comments returns the comments of a text, in their order. It takes any text,
// one that does not parse too.
func Comments(text string) []ast.Comment { return lex(text).comments }

// parser reads tokens from left to right. A function that meets an error panics
// with a bailout; try recovers.
type parser struct {
	text   string
	tokens []tok
	hints  map[ast.Pos]string
	i      int // the present token

	relexed int // how often the rest of the text was cut into tokens again

	connecting bool // inside CONNECT BY, where PRIOR is an operator

	nesting int // how deep the present token is
	height  int // of the highest finished part of what is being read

	private bool       // the statement may hold secrets
	secrets []ast.Span // where secrets stand that were read
}

// bailout ends a parse.
type bailout struct{ fault *fault.Error }

func newParser(text string) (*parser, error) {
	if len(text) > MaxText {
		return nil, fault.List{fault.New(fault.Syntax, "the text is %d bytes long, and a statement may have %d", len(text), MaxText).
			At(fault.Position{Line: 1, Column: 1}).WithHint("load data from files instead of writing it into SQL")}
	}
	l := lex(text)
	p := &parser{text: text, tokens: l.tokens, hints: l.hints}
	p.private = p.mayHoldSecrets()
	return p, nil
}

// try runs f and returns the error that ended it, if one did.
func (p *parser) try(f func()) (err *fault.Error) {
	p.nesting, p.height, p.connecting = 0, 0, false
	defer func() {
		switch r := recover().(type) {
		case nil:
		case bailout:
			err = r.fault
		default:
			panic(r)
		}
	}()
	f()
	return nil
}

// fail ends the parse with a fault at a place.
func (p *parser) fail(pos ast.Pos, hint, format string, args ...any) {
	panic(bailout{p.fault(fault.Syntax, pos, hint, format, args...)})
}

// unsupported ends the parse at a place where something stands that is
// understood and not available.
func (p *parser) unsupported(pos ast.Pos, hint, format string, args ...any) {
	panic(bailout{p.fault(fault.Unsupported, pos, hint, format, args...)})
}

func (p *parser) fault(code fault.Code, pos ast.Pos, hint, format string, args ...any) *fault.Error {
	line, column := ast.LineColumn(p.text, pos)
	f := fault.New(code, format, args...).At(fault.Position{Line: line, Column: column}).In("", p.source(pos))
	f.Hint = hint
	return f
}

// unexpected ends the parse: the present token is not what had to come.
func (p *parser) unexpected(expected string) {
	p.unexpectedHint(expected, "")
}

func (p *parser) unexpectedHint(expected, hint string) {
	t := p.tok()
	if t.kind == bad {
		p.fail(t.start, p.hints[t.start], "%s", t.text)
	}
	if hint == "" {
		hint = p.slip(expected)
	}
	p.fail(t.start, hint, "expected %s, found %s", expected, p.found())
}

// found describes the present token.
func (p *parser) found() string {
	t := p.tok()
	written := p.text[t.start:t.end]
	if p.hides(p.i) {
		return "a string"
	}
	switch t.kind {
	case eof:
		return "the end of the text"
	case str:
		return "the string " + cut(written, 40)
	case number:
		return "the number " + cut(written, 40)
	case quoted:
		return "the name " + cut(written, 40)
	default:
		return quote(cut(written, 40))
	}
}

// tok is the present token.
func (p *parser) tok() *tok { return &p.tokens[p.i] }

// peek is the token n after the present one, or the last.
func (p *parser) peek(n int) *tok { return &p.tokens[min(p.i+n, len(p.tokens)-1)] }

// is reports whether a token is a word or an operator of this text. Words are
// given in lower case.
func (t *tok) is(text string) bool {
	return t.text == text && (t.kind == word || t.kind == op)
}

// at reports whether the next tokens are these words or operators.
func (p *parser) at(texts ...string) bool {
	for n, text := range texts {
		if !p.peek(n).is(text) {
			return false
		}
	}
	return true
}

// atAny reports whether the present token is one of these words or operators.
func (p *parser) atAny(texts ...string) bool {
	for _, text := range texts {
		if p.tok().is(text) {
			return true
		}
	}
	return false
}

// accept steps over these words or operators, if they come next.
func (p *parser) accept(texts ...string) bool {
	if !p.at(texts...) {
		return false
	}
	p.i += len(texts)
	return true
}

// expect steps over a word or operator that has to come next.
func (p *parser) expect(text string) {
	if !p.accept(text) {
		p.unexpected(show(text))
	}
}

// show prints a keyword in capitals and an operator in quotes.
func show(text string) string {
	if token.IsNameStart(text[0]) {
		return strings.ToUpper(text)
	}
	return quote(text)
}

// open steps over an opening bracket and returns its place.
func (p *parser) open(bracket string) ast.Pos {
	at := p.pos()
	p.expect(bracket)
	return at
}

// close steps over the bracket that closes the one at a place. Instead of it,
// the caller would have taken what else it expects.
func (p *parser) close(bracket string, at ast.Pos, instead ...string) {
	if p.accept(bracket) {
		return
	}
	line, column := ast.LineColumn(p.text, at)
	expected := strings.Join(append(instead, quote(bracket)), " or ")
	hint := p.slip(expected)
	if hint == "" || p.tok().kind == eof {
		hint = fmt.Sprintf("the %q at %d:%d is not closed", p.text[at], line, column)
	}
	p.unexpectedHint(expected, hint)
}

// pos is where the present token starts.
func (p *parser) pos() ast.Pos { return p.tok().start }

// span is from a place to the end of the token before the present one.
func (p *parser) span(start ast.Pos) ast.Span {
	stop := start
	if p.i > 0 {
		stop = max(stop, p.tokens[p.i-1].end)
	}
	return ast.Span{Start: start, Stop: stop}
}

// enter counts a level of nesting; leave takes it back.
func (p *parser) enter() {
	if p.nesting++; p.nesting > MaxNesting {
		p.fail(p.pos(), "name inner queries in a WITH clause", "this is nested more than %d levels deep", MaxNesting)
	}
}

func (p *parser) leave() { p.nesting-- }

// link counts an operator that was put on top of the part being read.
func (p *parser) link() {
	if p.height++; p.height > MaxChain {
		p.fail(p.pos(), "use IN (...) or a table instead", "more than %d operators stand on top of each other", MaxChain)
	}
}

// wantQuery checks that a query starts here.
func (p *parser) wantQuery() {
	if p.atQuery() || p.at("(") || p.tok().kind == bad {
		return
	}
	if p.tok().kind == eof {
		p.fail(p.pos(), "write a SELECT statement", "there is no query in the text")
	}
	hint := "a query starts with SELECT, WITH or VALUES"
	if p.atAny(verbs...) {
		hint += "; other statements do not run here"
	}
	if near := fault.Nearest(p.tok().text, []string{"select", "with", "values"}); p.tok().kind == word && near != "" && !p.atAny(verbs...) {
		hint = "did you mean " + strings.ToUpper(near) + "?"
	}
	p.fail(p.pos(), hint, "expected a query, found %s", p.found())
}

// atQuery reports whether a query without parentheses starts here.
func (p *parser) atQuery() bool { return p.atAny("select", "with", "values") }

// endOf checks that what was read, such as a query, ends here.
func (p *parser) endOf(what string) {
	switch {
	case p.atEnd():
	case p.atNextStatement():
		p.unexpectedHint("the end of the "+what, "a semicolon may be missing before it")
	default:
		p.unexpected("the end of the " + what)
	}
}

// name reads a name of one part: a plain word that is not reserved, or one in
// double quotes.
func (p *parser) name(what string) ast.Ident {
	t := p.tok()
	if t.kind != quoted && (t.kind != word || t.reserved) {
		p.unexpected(what)
	}
	return p.ident()
}

// ident takes the present token as a name.
func (p *parser) ident() ast.Ident {
	t := p.tok()
	p.i++
	return ast.Ident{Span: ast.Span{Start: t.start, Stop: t.end}, Name: t.text}
}

// names reads names with commas between them.
func (p *parser) names(what string) []ast.Ident {
	list := []ast.Ident{p.name(what)}
	for p.accept(",") {
		list = append(list, p.name(what))
	}
	return list
}

// nameList reads names in parentheses.
func (p *parser) nameList(what string) []ast.Ident {
	at := p.open("(")
	list := p.names(what)
	p.close(")", at, `","`)
	return list
}

// attribute reads the name after a dot, where reserved words are names too; FROM
// is more likely to follow a name that was forgotten.
func (p *parser) attribute() ast.Ident {
	if t := p.tok(); t.kind != word && t.kind != quoted || t.is("from") {
		p.unexpected("a name after \".\"")
	}
	return p.ident()
}
