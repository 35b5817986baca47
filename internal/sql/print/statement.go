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
	case *ast.CreateTable:
		p.createTable(s)
	case *ast.CreateTableAs:
		p.createTableAs(s)
	case *ast.Alter:
		p.alter(s)
	case *ast.Drop:
		p.drop(s)
	case *ast.Truncate:
		p.text("TRUNCATE TABLE ")
		p.name(s.Table)
	}
}
