package print

import "github.com/atolldata/atoll/internal/sql/ast"

var objectKinds = map[ast.ObjectKind]string{
	ast.ObjectTable: "TABLE ", ast.ObjectView: "VIEW ", ast.ObjectMaterializedView: "MATERIALIZED VIEW ",
	ast.ObjectExternalView: "EXTERNAL VIEW ", ast.ObjectSchema: "SCHEMA ", ast.ObjectDatabase: "DATABASE ",
	ast.ObjectColumn: "COLUMN ", ast.ObjectConstraint: "CONSTRAINT ",
}

func (p *printer) drop(s *ast.Drop) {
	p.group(2)
	p.text("DROP " + objectKinds[s.Kind])
	p.flag(s.IfExists, "IF EXISTS ")
	list(p, s.Names, p.name)
	p.flag(s.ExternalDatabase, " DROP EXTERNAL DATABASE")
	p.flag(s.Force, " FORCE")
	p.behavior(s.Behavior)
	p.end()
}

// behavior prints CASCADE or RESTRICT where one is there.
func (p *printer) behavior(b ast.Behavior) {
	p.flag(b == ast.Cascade, " CASCADE")
	p.flag(b == ast.Restrict, " RESTRICT")
}
