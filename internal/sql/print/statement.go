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

// part prints a part of a statement that defines or changes data.
func (p *printer) part(n ast.Node) {
	switch n := n.(type) {
	case ast.TableElement:
		p.tableElement(n)
	case ast.AlterAction:
		p.alterAction(n)
	case ast.DatabaseSource:
		p.databaseSource(n)
	case *ast.Assignment:
		p.assignment(n)
	case *ast.MergeWhen:
		p.mergeWhen(n)
	case *ast.Identity:
		p.identity(n)
	case *ast.References:
		p.references(n)
	case *ast.TableAttributes:
		p.attributes(n)
	case *ast.SortKey:
		p.sortKey(n)
	case *ast.OtherType:
		p.text(p.otherType(n))
	case *ast.TypeField:
		p.text(p.typeField(n))
	case *ast.Option:
		p.option(n)
	case *ast.Property:
		p.property(n)
	case *ast.Quota:
		p.quota(n)
	case *ast.IntegrationTables:
		p.integrationTables(n)
	case *ast.RowFormat:
		p.rowFormat(n)
	case *ast.FileFormat:
		p.fileFormat(n)
	case *ast.Partition:
		p.partition(n)
	case *ast.PartitionValue:
		p.partitionValue(n)
	}
}
