package print

import (
	"strings"

	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/token"
)

func (p *printer) createExternalSchema(s *ast.CreateExternalSchema) {
	p.group(0)
	p.text("CREATE EXTERNAL SCHEMA ")
	p.flag(s.IfNotExists, "IF NOT EXISTS ")
	p.ident(s.Name.Name)
	p.line()
	p.text("FROM " + string(s.Source))
	p.options(s.Options)
	p.end()
}

func (p *printer) alterExternalSchema(s *ast.AlterExternalSchema) {
	p.group(2)
	p.text("ALTER EXTERNAL SCHEMA ")
	p.ident(s.Name.Name)
	p.options(s.Options)
	p.end()
}

func (p *printer) createExternalTable(s *ast.CreateExternalTable) {
	p.group(0)
	p.text("CREATE EXTERNAL TABLE ")
	p.name(s.Name)
	if len(s.Columns) > 0 {
		p.text(" ")
		p.externalColumns(s.Columns)
	}
	if len(s.PartitionedBy) > 0 {
		p.line()
		p.text("PARTITIONED BY ")
		p.externalColumns(s.PartitionedBy)
	}
	if s.RowFormat != nil {
		p.line()
		p.rowFormat(s.RowFormat)
	}
	p.line()
	p.text("STORED AS ")
	p.fileFormat(s.StoredAs)
	p.line()
	p.text("LOCATION ")
	p.expr(s.Location)
	if len(s.Properties) > 0 {
		p.line()
		p.text("TABLE PROPERTIES ")
		p.properties(s.Properties)
	}
	if s.Query != nil {
		p.asQuery(s.Query)
	}
	p.end()
}

// externalColumns prints columns in parentheses, with their types where they
// have them.
func (p *printer) externalColumns(columns []*ast.ColumnDef) {
	p.elements(func() { list(p, columns, p.columnDef) })
}

func (p *printer) rowFormat(f *ast.RowFormat) {
	p.group(2)
	if f.Serde == nil {
		p.text("ROW FORMAT DELIMITED")
		p.terminatedBy("FIELDS", f.Fields)
		p.terminatedBy("LINES", f.Lines)
	} else {
		p.text("ROW FORMAT SERDE ")
		p.expr(f.Serde)
		if len(f.Properties) > 0 {
			p.line()
			p.text("WITH SERDEPROPERTIES ")
			p.properties(f.Properties)
		}
	}
	p.end()
}

func (p *printer) terminatedBy(what string, by *ast.StringLit) {
	if by != nil {
		p.line()
		p.text(what + " TERMINATED BY ")
		p.expr(by)
	}
}

func (p *printer) fileFormat(f *ast.FileFormat) {
	if f.Format != nil {
		p.text(strings.ToUpper(f.Format.Text))
		return
	}
	p.group(2)
	p.text("INPUTFORMAT ")
	p.expr(f.Input)
	p.line()
	p.text("OUTPUTFORMAT ")
	p.expr(f.Output)
	p.end()
}

func (p *printer) partition(n *ast.Partition) {
	p.group(2)
	p.text("PARTITION ")
	p.inside(func() { list(p, n.Values, p.partitionValue) })
	if n.Location != nil {
		p.line()
		p.text("LOCATION ")
		p.expr(n.Location)
	}
	p.end()
}

func (p *printer) partitionValue(v *ast.PartitionValue) {
	p.ident(v.Column.Name)
	p.text(" = ")
	p.operand(v.Value, token.Range)
}

// alterExternal prints the actions that change external tables.
func (p *printer) alterExternal(a ast.AlterAction) {
	switch a := a.(type) {
	case *ast.AddPartitions:
		p.text("ADD")
		p.flag(a.IfNotExists, " IF NOT EXISTS")
		for _, n := range a.Partitions {
			p.line()
			p.partition(n)
		}
	case *ast.DropPartition:
		p.text("DROP ")
		p.partition(a.Partition)
	case *ast.SetLocation:
		if a.Partition != nil {
			p.partition(a.Partition)
			p.text(" ")
		}
		p.text("SET LOCATION ")
		p.expr(a.Location)
	case *ast.SetFileFormat:
		p.text("SET FILE FORMAT ")
		p.fileFormat(a.Format)
	case *ast.SetTableProperties:
		p.text("SET TABLE PROPERTIES ")
		p.properties(a.Properties)
	default:
		p.alterDatabase(a)
	}
}
