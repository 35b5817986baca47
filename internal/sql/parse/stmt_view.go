package parse

import "github.com/atolldata/atoll/internal/sql/ast"

// createView reads what follows CREATE [OR REPLACE]: VIEW name [(columns)] AS
// query [WITH NO SCHEMA BINDING].
func (p *parser) createView(start ast.Pos, replace bool) ast.Statement {
	p.expect("view")
	p.noIfNotExists("write CREATE OR REPLACE VIEW")
	s := &ast.CreateView{OrReplace: replace, Name: p.relation("a view name")}
	if p.at("(") {
		s.Columns = p.nameList("a column name")
	}
	p.expect("as")
	s.Query = p.asQuery()
	if p.accept("with") {
		p.expectAll("no", "schema", "binding")
		s.NoSchemaBinding = true
	}
	s.Span = p.span(start)
	return s
}

// noIfNotExists ends the parse at IF NOT EXISTS where it is not available.
func (p *parser) noIfNotExists(hint string) {
	if p.at("if", "not", "exists") {
		p.unexpectedHint("a name", "IF NOT EXISTS is not available here: "+hint)
	}
}

// createMaterializedView reads what follows CREATE MATERIALIZED VIEW.
func (p *parser) createMaterializedView(start ast.Pos) ast.Statement {
	hint := "write DROP MATERIALIZED VIEW IF EXISTS first"
	p.noIfNotExists(hint)
	s := &ast.CreateMaterializedView{Name: p.relation("a view name")}
	if p.at("(") {
		p.unexpectedHint("AS", "name the columns in the query: SELECT a AS name")
	}
	at := p.pos()
	a := &ast.TableAttributes{}
	for p.tableAttribute(a) || p.autoRefresh(&s.AutoRefresh) {
	}
	if *a != (ast.TableAttributes{}) {
		a.Span = p.span(at)
		s.Attributes = a
	}
	if !p.at("as") {
		p.unexpectedHint("AS", p.near([]string{"backup", "diststyle", "distkey", "sortkey", "auto"}))
	}
	p.i++
	s.Query = p.asQuery()
	if p.at("with") {
		p.unexpectedHint("the end of the query", "WITH NO SCHEMA BINDING and WITH NO DATA are not for materialized views")
	}
	s.Span = p.span(start)
	return s
}

// autoRefresh reads AUTO REFRESH YES or NO, and reports false if it does not come.
func (p *parser) autoRefresh(choice **ast.Word) bool {
	if !p.at("auto", "refresh") {
		return false
	}
	p.once(*choice != nil, "AUTO REFRESH")
	p.i += 2
	*choice = p.yes()
	return true
}

// refresh reads REFRESH MATERIALIZED VIEW name [RESTRICT | CASCADE].
func (p *parser) refresh() ast.Statement {
	start := p.pos()
	p.i++
	if !p.at("materialized", "view") {
		p.unexpectedHint("MATERIALIZED VIEW", "only materialized views are refreshed")
	}
	p.i += 2
	s := &ast.RefreshMaterializedView{Name: p.relation("a view name")}
	s.Behavior = p.behavior()
	s.Span = p.span(start)
	return s
}

// alterMaterializedView reads what follows ALTER MATERIALIZED VIEW.
func (p *parser) alterMaterializedView(start ast.Pos) ast.Statement {
	s := &ast.Alter{Kind: ast.ObjectMaterializedView, Name: p.relation("a view name")}
	at := p.pos()
	switch {
	case p.at("auto"):
		a := &ast.AutoRefresh{}
		if !p.autoRefresh(&a.Choice) {
			p.i++
			p.unexpected("REFRESH")
		}
		a.Span = p.span(at)
		s.Actions = append(s.Actions, a)
	case p.accept("alter"):
		s.Actions = append(s.Actions, p.alterAttributes(at))
	case p.accept("row"):
		s.Actions = append(s.Actions, p.rowLevelSecurity(at))
	case p.accept("owner"):
		s.Actions = append(s.Actions, p.ownerTo(at))
	default:
		words := []string{"auto", "alter", "row", "owner"}
		p.unexpectedHint(alternatives(words), p.near(words))
	}
	s.Span = p.span(start)
	return s
}

// createExternalView reads what follows CREATE EXTERNAL: [PROTECTED] VIEW name AS
// query. IF NOT EXISTS stands before the name or after it.
func (p *parser) createExternalView(start ast.Pos) ast.Statement {
	s := &ast.CreateExternalView{Protected: p.accept("protected")}
	p.expect("view")
	s.IfNotExists = p.accept("if", "not", "exists")
	s.Name = p.relation("a view name")
	if p.accept("if", "not", "exists") {
		s.IfNotExists = true
	}
	p.expect("as")
	s.Query = p.asQuery()
	s.Span = p.span(start)
	return s
}

// alterExternalView reads what follows ALTER EXTERNAL VIEW.
func (p *parser) alterExternalView(start ast.Pos) ast.Statement {
	s := &ast.AlterExternalView{Name: p.relation("a view name"), Force: p.accept("force")}
	switch {
	case p.accept("as"):
		s.Query = p.asQuery()
	case p.accept("remove"):
		p.expect("definition")
	default:
		p.unexpected("AS or REMOVE DEFINITION")
	}
	s.Span = p.span(start)
	return s
}
