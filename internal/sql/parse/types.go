package parse

import (
	"strconv"
	"strings"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/ast"
)

// typeTails are the words that may follow the first word of a type's name.
var typeTails = map[string][][]string{
	"double":    {{"precision"}},
	"character": {{"varying"}},
	"binary":    {{"varying"}},
	"time":      {{"with", "time", "zone"}, {"without", "time", "zone"}},
	"timestamp": {{"with", "time", "zone"}, {"without", "time", "zone"}},
	"interval":  {{"year", "to", "month"}, {"day", "to", "second"}},
}

// typeWords returns how many tokens from the present one make the name of a
// type, and 0 if they do not.
func (p *parser) typeWords() int {
	if p.tok().kind != word {
		return 0
	}
	for _, tail := range typeTails[p.tok().text] {
		if p.at(append([]string{p.tok().text}, tail...)...) {
			return 1 + len(tail)
		}
	}
	if _, ok := schema.KindByName(p.tok().text); ok {
		return 1
	}
	return 0
}

// atTypedLiteral reports whether the name of a type and a string come next. Types
// with parameters are for casts.
func (p *parser) atTypedLiteral() bool {
	if k := p.peek(1).kind; k != str && k != word {
		return false // as after almost every name
	}
	n := p.typeWords()
	if n == 0 || p.peek(n).kind != str {
		return false
	}
	kind, _ := schema.KindByName(p.typeText(n))
	t, err := schema.NewType(kind)
	return err == nil && t == schema.Type{Kind: kind}
}

// typeText joins the next n tokens, which name a type.
func (p *parser) typeText(n int) string {
	words := make([]string, n)
	for i := range words {
		words[i] = p.peek(i).text
	}
	return strings.Join(words, " ")
}

// typeName reads the name of a type and its parameters.
func (p *parser) typeName() *ast.TypeName {
	start := p.pos()
	n := p.typeWords()
	if n == 0 {
		p.unknownType()
	}
	name := p.typeText(n)
	kind, _ := schema.KindByName(name)
	p.i += n
	args := schema.DefaultArgs(name)
	if p.at("(") {
		at := p.open("(")
		args = nil
		args = append(args, p.typeParameter(kind))
		for p.accept(",") {
			args = append(args, p.typeParameter(kind))
		}
		p.close(")", at, `","`)
	}
	t, err := schema.NewType(kind, args...)
	if err != nil {
		p.fail(start, "", "%s", fault.All(err)[0].Message)
	}
	return &ast.TypeName{Span: p.span(start), Type: t}
}

// foreignTypes are types of other databases and what stands for them here.
var foreignTypes = map[string]string{
	"string": "varchar(max)", "clob": "varchar(max)", "uuid": "varchar(36)",
	"datetime": "timestamp", "tinyint": "smallint", "number": "decimal(38, 10)",
	"json": "super", "jsonb": "super", "blob": "varbyte", "bytea": "varbyte", "bytes": "varbyte",
	"interval": "interval day to second",
}

// unknownType ends the parse where a type has to come.
func (p *parser) unknownType() {
	t := p.tok()
	near := ""
	if t.kind == word {
		if near = foreignTypes[t.text]; near == "" {
			near = fault.Nearest(t.text, schema.TypeNames())
		}
	}
	if near != "" {
		near = "did you mean " + quote(near) + "?"
	}
	p.unexpectedHint("a type", near)
}

// typeParameter reads a length, precision or scale; MAX is the longest length.
func (p *parser) typeParameter(kind schema.Kind) int {
	if longest := map[schema.Kind]int{schema.Varchar: schema.MaxVarchar, schema.Varbyte: 1024000}[kind]; longest > 0 && p.accept("max") {
		return longest
	}
	return p.whole("a whole number")
}

// whole reads a number without fraction and exponent.
func (p *parser) whole(what string) int {
	t := p.tok()
	n, err := strconv.Atoi(t.text)
	if t.kind != number || err != nil {
		p.unexpected(what)
	}
	p.i++
	return n
}

// cast reads CAST(x AS type) or TRY_CAST(x AS type).
func (p *parser) cast(style ast.CastStyle) ast.Expr {
	start := p.pos()
	p.i++
	at := p.open("(")
	x := p.expr()
	p.expect("as")
	if text, ok := x.(*ast.StringLit); ok && style == ast.CastCall && p.bareInterval() {
		p.close(")", at)
		return &ast.IntervalLit{Span: p.span(start), Value: text.Value, Precision: -1}
	}
	t := p.typeName()
	p.close(")", at)
	return &ast.Cast{Span: p.span(start), Style: style, X: x, Type: t}
}

// bareInterval steps over INTERVAL as the type of a string that names its own
// units: '5 days'::interval is INTERVAL '5 days'.
func (p *parser) bareInterval() bool {
	return p.typeWords() == 0 && p.accept("interval")
}

// convert reads CONVERT(type, x).
func (p *parser) convert() ast.Expr {
	start := p.pos()
	p.i++
	at := p.open("(")
	t := p.typeName()
	p.expect(",")
	x := p.expr()
	p.close(")", at)
	return &ast.Cast{Span: p.span(start), Style: ast.ConvertCall, X: x, Type: t}
}

// intervalFields are the qualifiers of an interval, from the largest.
var intervalFields = []string{"year", "month", "day", "hour", "minute", "second"}

// intervalField reads one of them, or nothing.
func (p *parser) intervalField() string {
	for _, f := range intervalFields {
		if p.accept(f) {
			return f
		}
	}
	return ""
}

// interval reads INTERVAL '...' [field [TO field]] [(digits)].
func (p *parser) interval() ast.Expr {
	start := p.pos()
	p.i++
	e := &ast.IntervalLit{Precision: -1}
	e.Value = p.str("a string after INTERVAL")
	e.From = p.intervalField()
	if e.From != "" && p.accept("to") {
		e.To = p.intervalField()
		if e.To == "" {
			p.unexpected("the smaller end of the interval")
		}
	}
	if (e.From == "second" || e.To == "second") && p.at("(") {
		at := p.open("(")
		e.Precision = p.whole("a number of digits")
		p.close(")", at)
	}
	e.Span = p.span(start)
	return e
}
