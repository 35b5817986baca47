package parse

import (
	"strings"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/sql/ast"
)

// verbs are the words that statements other than queries begin with.
var verbs = []string{
	"abort", "alter", "analyse", "analyze", "attach", "begin", "call", "cancel", "close", "comment", "commit", "copy",
	"create", "deallocate", "declare", "delete", "desc", "describe", "detach", "drop", "end", "execute", "explain",
	"fetch", "grant", "insert", "lock", "merge", "prepare", "refresh", "release", "reset", "revoke", "rollback",
	"savepoint", "set", "show", "start", "truncate", "unload", "update", "use", "vacuum",
}

// statement reads one statement of any kind, up to its end.
func (p *parser) statement() ast.Statement {
	switch {
	case p.at("with"):
		return p.withStatement()
	case p.atQuery(), p.at("("):
		return p.query()
	}
	if s := p.definition(); s != nil {
		return s
	}
	p.unknownStatement()
	return nil
}

// definition reads a statement that defines or changes data, or nothing.
func (p *parser) definition() ast.Statement {
	switch {
	case p.at("create"):
		return p.create()
	case p.at("alter"):
		return p.alter()
	case p.at("drop"):
		return p.drop()
	case p.at("truncate"):
		return p.truncate()
	case p.at("insert"):
		return p.insert()
	case p.at("update"):
		return p.update(p.pos(), nil)
	case p.at("delete"):
		return p.delete(p.pos(), nil)
	case p.at("merge"):
		return p.merge()
	}
	return nil
}

// create reads a statement that begins with CREATE.
func (p *parser) create() ast.Statement {
	p.unknownObject(p.peek(1))
	return nil
}

// alter reads a statement that begins with ALTER.
func (p *parser) alter() ast.Statement {
	p.unknownObject(p.peek(1))
	return nil
}

// drop reads a statement that begins with DROP.
func (p *parser) drop() ast.Statement {
	start := p.pos()
	switch {
	case p.accept("drop", "table"):
		return p.dropRelations(start, ast.Table)
	case p.accept("drop", "view"):
		return p.dropRelations(start, ast.View)
	case p.accept("drop", "materialized", "view"):
		return p.dropRelations(start, ast.MaterializedView)
	}
	p.unknownObject(p.peek(1))
	return nil
}

// objects are the words that come after CREATE, ALTER and DROP.
var objects = []string{
	"table", "view", "schema", "database", "materialized", "external", "user", "group", "role", "procedure", "function",
	"library", "datashare", "model", "masking", "rls", "temp", "temporary", "default",
}

// unknownObject ends the parse at the word after CREATE, ALTER or DROP.
func (p *parser) unknownObject(word *tok) {
	verb := strings.ToUpper(p.tok().text)
	for p.tok() != word {
		p.i++
	}
	p.unexpectedHint("what to "+verb+", such as TABLE or VIEW", p.near(objects))
}

// near is the hint that the present word is probably meant to be another one.
func (p *parser) near(words []string) string {
	if p.tok().kind == word {
		if near := fault.Nearest(p.tok().text, words); near != "" && near != p.tok().text {
			return "did you mean " + strings.ToUpper(near) + "?"
		}
	}
	return ""
}

// unknownStatement ends the parse where a statement has to begin and none does.
func (p *parser) unknownStatement() {
	hint := p.near(append([]string{"select", "with", "values"}, verbs...))
	if hint == "" {
		hint = "a statement starts with a word such as SELECT, INSERT or CREATE"
	}
	p.unexpectedHint("a statement", hint)
}

// relation reads the name of a table or a view. That of a temporary table may
// start with #.
func (p *parser) relation(what string) ast.Name {
	n := ast.Name{p.temporaryName(what)}
	for p.accept(".") {
		n = append(n, p.attribute())
	}
	if len(n) > 3 {
		p.fail(n[0].Start, "write schema.name", "the name %s has more than three parts", quote(n.String()))
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

// relations reads names of tables or views with commas between them.
func (p *parser) relations(what string) []ast.Name {
	list := []ast.Name{p.relation(what)}
	for p.accept(",") {
		list = append(list, p.relation(what))
	}
	return list
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
