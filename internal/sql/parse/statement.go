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
	p.private = p.mayHoldSecrets()
	switch {
	case p.at("with"):
		return p.withStatement()
	case p.atQuery(), p.at("("):
		return p.query()
	}
	if s := p.administration(); s != nil {
		return s
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
	case p.at("refresh"):
		return p.refresh()
	case p.at("comment"):
		return p.commentOn()
	case p.atAny("analyze", "analyse"):
		return p.analyze()
	case p.at("vacuum"):
		return p.vacuum()
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
	start := p.pos()
	p.i++
	replace := p.accept("or", "replace")
	switch {
	case p.at("view"):
		return p.createView(start, replace)
	case replace:
		p.unexpectedHint("VIEW, PROCEDURE or FUNCTION", "nothing else can be replaced: DROP it first")
	case p.atAny("table", "temp", "temporary", "local"):
		return p.createTable(start)
	case p.accept("materialized", "view"):
		return p.createMaterializedView(start)
	case p.at("external", "view"), p.at("external", "protected"):
		p.i++
		return p.createExternalView(start)
	}
	p.unknownObject("CREATE")
	return nil
}

// alter reads a statement that begins with ALTER.
func (p *parser) alter() ast.Statement {
	start := p.pos()
	p.i++
	switch {
	case p.accept("table"):
		return p.alterTable(start)
	case p.accept("materialized", "view"):
		return p.alterMaterializedView(start)
	case p.accept("external", "view"):
		return p.alterExternalView(start)
	case p.at("view"):
		p.unexpectedHint("TABLE", "ALTER TABLE renames views and gives them another owner; another query comes with CREATE OR REPLACE VIEW")
	}
	p.unknownObject("ALTER")
	return nil
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
