package parse

import "github.com/atolldata/atoll/internal/sql/ast"

// administration reads a statement that neither defines relations nor changes
// their rows, or nothing.
func (p *parser) administration() ast.Statement {
	switch {
	case p.at("copy"):
		return p.copy()
	case p.at("unload"):
		return p.unload()
	}
	for _, family := range []func() ast.Statement{
		p.createTemplate, p.session, p.showStatement, p.accessStatement, p.userStatement, p.routineStatement,
	} {
		if s := family(); s != nil {
			return s
		}
	}
	return nil
}
