package print

import "github.com/atolldata/atoll/internal/sql/ast"

// statement prints a statement that is no query.
func (p *printer) statement(s ast.Statement) {
	switch s := s.(type) {
	case *ast.Insert:
		p.insert(s)
	case *ast.Update:
		p.update(s)
	case *ast.Delete:
		p.delete(s)
	case *ast.Merge:
		p.merge(s)
	case *ast.DropRelation:
		p.dropRelation(s)
	case *ast.Truncate:
		p.text("TRUNCATE TABLE ")
		p.name(s.Table)
	}
}

// relations prints names of relations, separated by commas.
func (p *printer) relations(names []ast.Name) {
	for i, n := range names {
		if i > 0 {
			p.text(", ")
		}
		p.name(n)
	}
}

// behavior prints CASCADE or RESTRICT where one is there.
func (p *printer) behavior(b ast.Behavior) {
	switch b {
	case ast.Cascade:
		p.text(" CASCADE")
	case ast.Restrict:
		p.text(" RESTRICT")
	}
}
