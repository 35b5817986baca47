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

// Statements reads all statements of a text, with semicolons between them. After
// an error it goes on behind the next semicolon, or at the error where a line
// begins with a word such as CREATE, so that the error, a [fault.List], has the first
// fault of every statement that has one; the statements returned with it are
// those without.
func Statements(text string) ([]ast.Statement, error) {
	p, err := newParser(text)
	if err != nil {
		return nil, err
	}
	var out []ast.Statement
	var faults fault.List
	for {
		for p.accept(";") {
		}
		if p.tok().kind == eof {
			return out, faults.Err()
		}
		first := p.i
		if failed := p.try(func() {
			s := p.statement()
			p.endOf(kindOf(s))
			out = append(out, s)
		}); failed != nil {
			faults = append(faults, failed)
			if p.i == first || !p.atNextStatement() {
				p.skipStatement(first)
			}
		}
	}
}

// atNextStatement reports whether a line begins here with a word that begins a
// statement and is unlikely to be a name.
func (p *parser) atNextStatement() bool {
	return p.i > 0 && strings.Contains(p.text[p.tokens[p.i-1].end:p.pos()], "\n") &&
		p.atAny("select", "with", "insert", "update", "delete", "merge", "create", "alter", "drop", "truncate")
}

// kindOf names a kind of statement for a message.
func kindOf(s ast.Statement) string {
	switch s.(type) {
	case *ast.Query:
		return "query"
	case *ast.Insert, *ast.Update, *ast.Delete, *ast.Merge:
		return "statement"
	}
	return "command"
}

// maxRelex is how often a text is read again behind a literal that is not closed.
const maxRelex = 50

// skipStatement goes to the end of the statement whose first token is given: to
// the next semicolon, whatever brackets are open there. Where a literal swallows
// all the rest of the text, a quote is missing or is one too many; then the
// statement ends at the first semicolon that ends a line inside of a literal.
func (p *parser) skipStatement(first int) {
	if last := p.tokens[max(0, len(p.tokens)-2)]; last.kind == bad && int(last.end) == len(p.text) && p.relexed < maxRelex {
		for _, t := range p.tokens[first:] {
			if end := lineEnd(p.text[t.start:t.end]); end > 0 && t.kind != eof {
				p.relexed++
				l := lexFrom(p.text, int(t.start)+end)
				p.tokens, p.hints, p.i = l.tokens, l.hints, 0
				return
			}
			if t.is(";") {
				break
			}
		}
	}
	for !p.atEnd() {
		p.i++
	}
}

// lineEnd returns the offset behind the first semicolon that is the last of its
// line, or 0 if there is none.
func lineEnd(text string) int {
	for at := 0; ; at++ {
		n := strings.IndexByte(text[at:], ';')
		if n < 0 {
			return 0
		}
		at += n
		if rest := strings.TrimLeft(text[at+1:], " \t\r"); strings.HasPrefix(rest, "\n") {
			return at + 1
		}
	}
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
	case p.accept("schema"):
		return p.createSchema(start)
	case p.accept("database"):
		return p.createDatabase(start)
	case p.accept("external", "schema"):
		return p.createExternalSchema(start)
	case p.accept("external", "table"):
		return p.createExternalTable(start)
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
	case p.accept("schema"):
		return p.alterSchema(start)
	case p.accept("database"):
		return p.alterDatabase(start)
	case p.accept("system"):
		return p.alterSystem(start)
	case p.accept("external", "schema"):
		return p.alterExternalSchema(start)
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
