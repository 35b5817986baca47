package parse

import "github.com/atolldata/atoll/internal/sql/ast"

// truncate reads TRUNCATE [TABLE] name.
func (p *parser) truncate() ast.Statement {
	start := p.pos()
	p.i++
	p.accept("table")
	s := &ast.Truncate{Table: p.relation("a table name")}
	s.Span = p.span(start)
	return s
}
