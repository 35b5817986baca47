package parse

import "github.com/atolldata/atoll/internal/sql/ast"

// dropRelations reads what follows DROP TABLE, DROP VIEW and DROP MATERIALIZED
// VIEW: [IF EXISTS] names [CASCADE | RESTRICT].
func (p *parser) dropRelations(start ast.Pos, kind ast.RelationKind) ast.Statement {
	s := &ast.DropRelation{Kind: kind, IfExists: p.accept("if", "exists")}
	s.Names = p.relations("the name of what to drop")
	s.Behavior = p.behavior()
	s.Span = p.span(start)
	return s
}
