package print

import (
	"strings"

	"github.com/atolldata/atoll/internal/sql/ast"
)

// word prints a choice behind a keyword, where it was made: ENCODE ZSTD.
func (p *printer) word(keyword string, w *ast.Word) {
	if w != nil {
		p.text(keyword + strings.ToUpper(w.Text))
	}
}

// option prints an option and its value.
func (p *printer) option(o *ast.Option) {
	p.text(strings.ToUpper(o.Name))
	if o.Value != nil {
		p.text(" ")
		p.expr(o.Value)
	}
}

// options prints options, each behind a break.
func (p *printer) options(options []*ast.Option) {
	for _, o := range options {
		p.line()
		p.option(o)
	}
}

// properties prints ('name' = 'value', ...).
func (p *printer) properties(props []*ast.Property) {
	p.inside(func() { list(p, props, p.property) })
}

func (p *printer) property(o *ast.Property) {
	p.expr(o.Name)
	p.text(" = ")
	p.expr(o.Value)
}

// flag prints a text where something is set.
func (p *printer) flag(is bool, text string) {
	if is {
		p.text(text)
	}
}
