package print

import "github.com/atolldata/atoll/internal/sql/ast"

func (p *printer) alter(s *ast.Alter) {
	p.group(2)
	p.text("ALTER " + objectKinds[s.Kind])
	p.name(s.Name)
	p.line()
	list(p, s.Actions, p.alterAction)
	p.end()
}

func (p *printer) alterAction(a ast.AlterAction) {
	switch a := a.(type) {
	case *ast.RenameTo:
		p.text("RENAME TO ")
		p.ident(a.Name.Name)
	case *ast.OwnerTo:
		p.text("OWNER TO ")
		p.ident(a.Owner.Name)
	case *ast.AddColumn:
		p.text("ADD COLUMN ")
		p.columnDef(a.Column)
	case *ast.DropColumn:
		p.text("DROP COLUMN ")
		p.ident(a.Column.Name)
		p.behavior(a.Behavior)
	case *ast.RenameColumn:
		p.text("RENAME COLUMN ")
		p.ident(a.Column.Name)
		p.text(" TO ")
		p.ident(a.To.Name)
	case *ast.AlterColumn:
		p.text("ALTER COLUMN ")
		p.ident(a.Column.Name)
		if a.Type != nil {
			p.text(" TYPE " + p.typeText(a.Type))
		}
		p.word(" ENCODE ", a.Encode)
	case *ast.AddConstraint:
		p.text("ADD ")
		p.tableConstraint(a.Constraint)
	case *ast.DropConstraint:
		p.text("DROP CONSTRAINT ")
		p.ident(a.Name.Name)
		p.behavior(a.Behavior)
	case *ast.AlterAttributes:
		p.alterAttributes(a.Attributes)
	default:
		p.alterUse(a)
	}
}

// alterAttributes prints ALTER and how a table is stored from then on. Here the
// distribution key stands without parentheses.
func (p *printer) alterAttributes(a *ast.TableAttributes) {
	p.text("ALTER")
	p.word(" DISTSTYLE ", a.DistStyle)
	if a.DistKey.Name != "" {
		p.text(" DISTKEY ")
		p.ident(a.DistKey.Name)
	}
	if a.SortKey != nil {
		p.text(" ")
		p.sortKey(a.SortKey)
	}
	p.word(" ENCODE ", a.Encode)
}

// alterUse prints the actions that change how a table is used and filled.
func (p *printer) alterUse(a ast.AlterAction) {
	switch a := a.(type) {
	case *ast.RowLevelSecurity:
		p.text("ROW LEVEL SECURITY " + onOff(a.On))
		p.word(" CONJUNCTION TYPE ", a.Conjunction)
		p.flag(a.ForDatashares, " FOR DATASHARES")
	case *ast.DatashareMasking:
		p.text("MASKING " + onOff(a.On) + " FOR DATASHARES")
	case *ast.AppendFrom:
		p.text("APPEND FROM ")
		p.name(a.Table)
		p.word(" ", a.Option)
	case *ast.AutoRefresh:
		p.word("AUTO REFRESH ", a.Choice)
	default:
		p.alterExternal(a)
	}
}

func onOff(on bool) string {
	if on {
		return "ON"
	}
	return "OFF"
}
