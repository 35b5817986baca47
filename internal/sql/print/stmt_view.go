package print

import "github.com/atolldata/atoll/internal/sql/ast"

func (p *printer) createView(s *ast.CreateView) {
	p.group(0)
	p.text("CREATE ")
	p.flag(s.OrReplace, "OR REPLACE ")
	p.text("VIEW ")
	p.name(s.Name)
	if len(s.Columns) > 0 {
		p.text(" ")
		p.columns(s.Columns)
	}
	p.asQuery(s.Query)
	if s.NoSchemaBinding {
		p.line()
		p.text("WITH NO SCHEMA BINDING")
	}
	p.end()
}

func (p *printer) createMaterializedView(s *ast.CreateMaterializedView) {
	p.group(0)
	p.text("CREATE MATERIALIZED VIEW ")
	p.name(s.Name)
	p.tableAttributes(s.Attributes)
	if s.AutoRefresh != nil {
		p.line()
		p.word("AUTO REFRESH ", s.AutoRefresh)
	}
	p.asQuery(s.Query)
	p.end()
}

func (p *printer) createExternalView(s *ast.CreateExternalView) {
	p.group(0)
	p.text("CREATE EXTERNAL ")
	p.flag(s.Protected, "PROTECTED ")
	p.text("VIEW ")
	p.name(s.Name)
	p.flag(s.IfNotExists, " IF NOT EXISTS")
	p.asQuery(s.Query)
	p.end()
}

func (p *printer) alterExternalView(s *ast.AlterExternalView) {
	p.group(0)
	p.text("ALTER EXTERNAL VIEW ")
	p.name(s.Name)
	p.flag(s.Force, " FORCE")
	if s.Query == nil {
		p.line()
		p.text("REMOVE DEFINITION")
	} else {
		p.asQuery(s.Query)
	}
	p.end()
}
