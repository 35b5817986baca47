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
	case *ast.CreateView:
		p.createView(s)
	case *ast.CreateMaterializedView:
		p.createMaterializedView(s)
	case *ast.CreateExternalView:
		p.createExternalView(s)
	case *ast.AlterExternalView:
		p.alterExternalView(s)
	case *ast.CreateSchema:
		p.createSchema(s)
	case *ast.CreateDatabase:
		p.createDatabase(s)
	case *ast.CreateExternalSchema:
		p.createExternalSchema(s)
	case *ast.AlterExternalSchema:
		p.alterExternalSchema(s)
	case *ast.CreateExternalTable:
		p.createExternalTable(s)
	default:
		p.maintenance(s)
	}
}
