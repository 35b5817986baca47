package print

import "github.com/atolldata/atoll/internal/sql/ast"

// maintenance prints the statements that describe tables and keep them in order.
func (p *printer) maintenance(s ast.Statement) {
	switch s := s.(type) {
	case *ast.Truncate:
		p.text("TRUNCATE TABLE ")
		p.name(s.Table)
	case *ast.AlterSystem:
		p.text("ALTER SYSTEM SET ")
		p.ident(s.Name.Name)
		p.text(" = " + onOff(s.On))
	case *ast.RefreshMaterializedView:
		p.text("REFRESH MATERIALIZED VIEW ")
		p.name(s.Name)
		p.behavior(s.Behavior)
	case *ast.CommentOn:
		p.commentOn(s)
	case *ast.Analyze:
		p.text("ANALYZE")
		p.flag(s.Verbose, " VERBOSE")
		p.tableColumns(s.Table, s.Columns)
		p.word(" ", s.Which)
		p.flag(s.Which != nil, " COLUMNS")
	case *ast.AnalyzeCompression:
		p.text("ANALYZE COMPRESSION")
		p.tableColumns(s.Table, s.Columns)
		if s.CompRows != nil {
			p.text(" COMPROWS " + s.CompRows.Text)
		}
	case *ast.Vacuum:
		p.vacuum(s)
	default:
		p.administration(s)
	}
}

func (p *printer) commentOn(s *ast.CommentOn) {
	p.group(2)
	p.text("COMMENT ON " + objectKinds[s.Kind])
	p.name(s.Name)
	if len(s.On) > 0 {
		p.text(" ON ")
		p.name(s.On)
	}
	p.line()
	p.text("IS ")
	if s.Text == nil {
		p.text("NULL")
	} else {
		p.expr(s.Text)
	}
	p.end()
}

// maintenanceWords are options of ANALYZE and VACUUM, which stand where a table's
// name can.
var maintenanceWords = words("boost comprows compression delete predicate recluster reindex sort")

// tableColumns prints a table and columns of it, as far as they are there.
func (p *printer) tableColumns(table ast.Name, columns []ast.Ident) {
	if len(table) == 0 {
		return
	}
	p.text(" ")
	if first := table[0].Name; maintenanceWords[first] {
		p.quoted(first)
		p.flag(len(table) > 1, ".")
		p.name(table[1:])
	} else {
		p.name(table)
	}
	if len(columns) > 0 {
		p.text(" ")
		p.columns(columns)
	}
}

func (p *printer) vacuum(s *ast.Vacuum) {
	p.text("VACUUM")
	p.word(" ", s.What)
	p.flag(s.What != nil && (s.What.Text == "sort" || s.What.Text == "delete"), " ONLY")
	p.tableColumns(s.Table, nil)
	if s.Threshold != nil {
		p.text(" TO " + s.Threshold.Text + " PERCENT")
	}
	p.flag(s.Boost, " BOOST")
}
