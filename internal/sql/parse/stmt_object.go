package parse

import (
	"strings"

	"github.com/atolldata/atoll/internal/sql/ast"
)

// drop reads a statement that begins with DROP.
func (p *parser) drop() ast.Statement {
	start := p.pos()
	p.i++
	switch {
	case p.accept("table"):
		return p.dropObjects(start, ast.ObjectTable)
	case p.accept("view"):
		return p.dropObjects(start, ast.ObjectView)
	case p.accept("materialized", "view"):
		return p.dropObjects(start, ast.ObjectMaterializedView)
	case p.accept("schema"):
		return p.dropObjects(start, ast.ObjectSchema)
	case p.accept("external", "view"):
		return p.dropExternalView(start)
	case p.accept("database"):
		s := &ast.Drop{Kind: ast.ObjectDatabase, Names: []ast.Name{{p.name("a database name")}}}
		s.Force = p.accept("force")
		s.Span = p.span(start)
		return s
	}
	p.unknownObject("DROP")
	return nil
}

// dropObjects reads [IF EXISTS] names [CASCADE | RESTRICT], and of a schema DROP
// EXTERNAL DATABASE.
func (p *parser) dropObjects(start ast.Pos, kind ast.ObjectKind) ast.Statement {
	s := &ast.Drop{Kind: kind, IfExists: p.accept("if", "exists")}
	if p.at("if", "not", "exists") {
		p.unexpectedHint("IF EXISTS", "what does not exist cannot be dropped: write IF EXISTS")
	}
	for ok := true; ok; ok = p.accept(",") {
		if kind == ast.ObjectSchema {
			s.Names = append(s.Names, p.schemaName())
		} else {
			s.Names = append(s.Names, p.relation("the name of what to drop"))
		}
	}
	if kind == ast.ObjectSchema {
		s.ExternalDatabase = p.accept("drop", "external", "database")
	}
	s.Behavior = p.behavior()
	s.Span = p.span(start)
	return s
}

// dropExternalView reads name [IF EXISTS]; the two may stand the other way round.
func (p *parser) dropExternalView(start ast.Pos) ast.Statement {
	s := &ast.Drop{Kind: ast.ObjectExternalView, IfExists: p.accept("if", "exists")}
	s.Names = []ast.Name{p.relation("a view name")}
	if p.accept("if", "exists") {
		s.IfExists = true
	}
	s.Span = p.span(start)
	return s
}

// behavior reads CASCADE or RESTRICT.
func (p *parser) behavior() ast.Behavior {
	switch {
	case p.accept("cascade"):
		return ast.Cascade
	case p.accept("restrict"):
		return ast.Restrict
	}
	return ast.BehaviorUnsaid
}

// objects are the words that come after CREATE, ALTER and DROP.
var objects = []string{
	"table", "view", "schema", "database", "materialized", "external", "user", "group", "role", "procedure", "function",
	"library", "datashare", "model", "template", "masking", "rls", "temp", "temporary", "local", "default", "system",
}

// elsewhere are objects of other databases and what Redshift has instead.
var elsewhere = map[string]string{
	"index":     "a SORTKEY orders the table, a DISTKEY spreads it",
	"unique":    "a SORTKEY orders the table; UNIQUE is a constraint of a column",
	"sequence":  "number the rows of a table by a column with IDENTITY(1, 1)",
	"trigger":   "write a procedure and CALL it",
	"type":      "use SUPER for values with a structure",
	"domain":    "give each column its type",
	"extension": "Redshift's functions are built in",
}

// unknownObject ends the parse at the word after CREATE, ALTER or DROP.
func (p *parser) unknownObject(verb string) {
	if instead := elsewhere[p.tok().text]; instead != "" && p.tok().kind == word {
		p.unsupported(p.pos(), instead, "%s is not available in Redshift", strings.ToUpper(p.tok().text))
	}
	expected, words := "what to "+verb+", such as TABLE or VIEW", objects
	switch {
	case p.accept("external"):
		expected, words = "SCHEMA, TABLE, VIEW or FUNCTION", []string{"schema", "table", "view", "function"}
	case p.accept("materialized"):
		expected, words = "VIEW", []string{"view"}
	}
	p.unexpectedHint(expected, p.near(words))
}

// relation reads the name of a table or a view. That of a temporary table may
// start with #.
func (p *parser) relation(what string) ast.Name {
	return p.upToThree(ast.Name{p.temporaryName(what)}, "schema.name")
}

// upToThree reads what follows the first part of a name that may have three.
func (p *parser) upToThree(n ast.Name, form string) ast.Name {
	for p.accept(".") {
		n = append(n, p.attribute())
	}
	if len(n) > 3 {
		p.fail(n[0].Start, "write "+form, "the name %s has more than three parts", quote(n.String()))
	}
	return n
}

// schemaName reads schema or database.schema.
func (p *parser) schemaName() ast.Name {
	n := ast.Name{p.name("a schema name")}
	if p.accept(".") {
		n = append(n, p.attribute())
	}
	return n
}

// temporaryName reads a name that may start with #.
func (p *parser) temporaryName(what string) ast.Ident {
	hash := p.pos()
	if next := p.peek(1); p.at("#") && next.kind == word && next.start == hash+1 {
		p.i++
		n := p.ident()
		return ast.Ident{Span: p.span(hash), Name: "#" + n.Name}
	}
	return p.name(what)
}
