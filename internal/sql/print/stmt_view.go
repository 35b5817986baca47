package print

import "github.com/atolldata/atoll/internal/sql/ast"

var relationKinds = map[ast.RelationKind]string{
	ast.Table: "TABLE", ast.View: "VIEW", ast.MaterializedView: "MATERIALIZED VIEW",
}

func (p *printer) dropRelation(s *ast.DropRelation) {
	p.text("DROP " + relationKinds[s.Kind] + " ")
	if s.IfExists {
		p.text("IF EXISTS ")
	}
	p.relations(s.Names)
	p.behavior(s.Behavior)
}
