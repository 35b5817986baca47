package parse

import (
	"strings"

	"github.com/atolldata/atoll/internal/sql/ast"
)

// oneOf reads one of the words that may stand for a choice.
func (p *parser) oneOf(words ...string) *ast.Word {
	if w := p.maybeOneOf(words...); w != nil {
		return w
	}
	p.unexpectedHint(alternatives(words), p.near(words))
	return nil
}

// maybeOneOf reads one of the words, or nothing.
func (p *parser) maybeOneOf(words ...string) *ast.Word {
	if !p.atAny(words...) {
		return nil
	}
	t := p.tok()
	p.i++
	return &ast.Word{Span: ast.Span{Start: t.start, Stop: t.end}, Text: t.text}
}

// alternatives lists words for a message: A, B or C.
func alternatives(words []string) string {
	last := len(words) - 1
	list := strings.ToUpper(strings.Join(words[:last], ", "))
	if last > 0 {
		list += " or "
	}
	return list + strings.ToUpper(words[last])
}

// once ends the parse where something that stands once comes again.
func (p *parser) once(seen bool, what string) {
	if seen {
		p.fail(p.pos(), "leave one of the two out", "%s is given twice", what)
	}
}

// yes reads YES or NO.
func (p *parser) yes() *ast.Word { return p.oneOf("yes", "no") }

// on reads ON or OFF, and reports ON.
func (p *parser) on() bool { return p.oneOf("on", "off").Text == "on" }

// stringLit reads a string.
func (p *parser) stringLit(what string) *ast.StringLit {
	start := p.pos()
	value := p.str(what)
	return &ast.StringLit{Span: p.span(start), Value: value}
}

// properties reads ('name' = 'value', ...).
func (p *parser) properties() []*ast.Property {
	at := p.open("(")
	var list []*ast.Property
	for ok := true; ok; ok = p.accept(",") {
		start := p.pos()
		prop := &ast.Property{Name: p.stringLit("a property's name as a string")}
		p.expect("=")
		prop.Value = p.stringLit("a property's value as a string")
		prop.Span = p.span(start)
		list = append(list, prop)
	}
	p.close(")", at, `","`)
	return list
}
