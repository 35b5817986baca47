package parse

import (
	"strings"

	"github.com/atolldata/atoll/internal/sql/ast"
)

// session reads a statement about a session, its transactions, cursors, prepared
// statements and parameters, or nothing.
func (p *parser) session() ast.Statement {
	start := p.pos()
	switch {
	case p.atAny("begin", "start", "commit", "end", "rollback", "abort", "savepoint", "release"):
		return p.transaction()
	case p.accept("prepare"):
		return p.prepare(start)
	case p.accept("execute"):
		return p.execute(start)
	case p.accept("deallocate"):
		return p.deallocate(start)
	case p.accept("declare"):
		return p.declare(start)
	case p.accept("fetch"):
		return p.fetch(start)
	case p.accept("close"):
		s := &ast.CloseCursor{Cursor: p.name("a cursor name")}
		s.Span = p.span(start)
		return s
	case p.accept("set"):
		return p.set(start)
	case p.accept("reset"):
		return p.reset(start)
	case p.accept("explain"):
		return p.explain(start)
	case p.accept("lock"):
		p.accept("table")
		s := &ast.Lock{Tables: p.relations("a table name")}
		s.Span = p.span(start)
		return s
	case p.accept("cancel"):
		return p.cancel(start)
	case p.accept("use"):
		s := &ast.Use{Database: p.name("a database name")}
		s.Span = p.span(start)
		return s
	}
	return nil
}

// relations reads names of tables or views with commas between them.
func (p *parser) relations(what string) []ast.Name {
	list := []ast.Name{p.relation(what)}
	for p.accept(",") {
		list = append(list, p.relation(what))
	}
	return list
}

// transaction reads what begins or ends a transaction or a part of one.
func (p *parser) transaction() ast.Statement {
	start := p.pos()
	switch {
	case p.accept("begin"), p.accept("start"):
		if p.tokens[p.i-1].is("start") {
			p.expect("transaction")
		} else {
			p.acceptWork()
		}
		s := &ast.Begin{Modes: p.transactionModes()}
		s.Span = p.span(start)
		return s
	case p.accept("commit"), p.accept("end"):
		p.acceptWork()
		return &ast.Commit{Span: p.span(start)}
	case p.accept("savepoint"):
		s := &ast.Savepoint{Name: p.name("a name for the savepoint")}
		s.Span = p.span(start)
		return s
	case p.accept("release"):
		p.acceptSavepoint()
		s := &ast.Savepoint{Release: true, Name: p.name("a savepoint's name")}
		s.Span = p.span(start)
		return s
	}
	p.i++
	p.acceptWork()
	s := &ast.Rollback{}
	if p.accept("to") {
		p.acceptSavepoint()
		s.Savepoint = p.name("a savepoint's name")
	}
	s.Span = p.span(start)
	return s
}

func (p *parser) acceptWork() {
	if !p.accept("work") {
		p.accept("transaction")
	}
}

// acceptSavepoint steps over SAVEPOINT, unless that is a savepoint's name.
func (p *parser) acceptSavepoint() {
	if k := p.peek(1).kind; p.at("savepoint") && (k == word || k == quoted) {
		p.i++
	}
}

// transactionModes reads ISOLATION LEVEL ... and READ ONLY or READ WRITE, in
// either order.
func (p *parser) transactionModes() ast.TransactionModes {
	var m ast.TransactionModes
	for {
		switch {
		case p.at("isolation"):
			p.once(m.Isolation != nil, "ISOLATION LEVEL")
			p.i++
			p.expect("level")
			m.Isolation = p.phrase("serializable", "repeatable read", "read committed", "read uncommitted", "snapshot")
		case p.at("read"):
			p.once(m.Access != nil, "READ")
			m.Access = p.phrase("read only", "read write")
		default:
			return m
		}
		p.accept(",")
	}
}

// phrase reads one of several choices of one or more words.
func (p *parser) phrase(choices ...string) *ast.Word {
	if w := p.maybePhrase(choices...); w != nil {
		return w
	}
	var rests []string // of the choices that begin as the text does
	for _, c := range choices {
		if first, rest, more := strings.Cut(c, " "); more && p.at(first) {
			rests = append(rests, rest)
		}
	}
	if rests != nil {
		p.i++
		choices = rests
	}
	p.unexpectedHint(alternatives(choices), p.near(choices))
	return nil
}

// maybePhrase reads one of the choices, or nothing.
func (p *parser) maybePhrase(choices ...string) *ast.Word {
	text := p.longest(choices)
	if text == "" {
		return nil
	}
	start := p.pos()
	p.i += len(strings.Fields(text))
	return &ast.Word{Span: p.span(start), Text: text}
}

// prepare reads PREPARE name (types) AS statement.
func (p *parser) prepare(start ast.Pos) ast.Statement {
	s := &ast.Prepare{Name: p.name("a name for the statement")}
	if p.at("(") {
		at := p.open("(")
		for ok := true; ok; ok = p.accept(",") {
			s.Types = append(s.Types, p.typeName())
		}
		p.close(")", at, `","`)
	}
	p.expect("as")
	if !p.atQuery() && !p.atAny("(", "insert", "update", "delete") {
		p.unexpectedHint("SELECT, INSERT, UPDATE or DELETE", "no other statement can be prepared")
	}
	s.Statement = p.statement()
	s.Span = p.span(start)
	return s
}

// execute reads EXECUTE name (values).
func (p *parser) execute(start ast.Pos) ast.Statement {
	s := &ast.Execute{Name: p.name("the name of a prepared statement")}
	if p.at("(") {
		at := p.open("(")
		s.Args = p.exprs()
		p.close(")", at, `","`)
	}
	s.Span = p.span(start)
	return s
}

// deallocate reads DEALLOCATE [PREPARE] name or ALL.
func (p *parser) deallocate(start ast.Pos) ast.Statement {
	if k := p.peek(1).kind; p.at("prepare") && (k == word || k == quoted) {
		p.i++
	}
	s := &ast.Deallocate{}
	if !p.accept("all") {
		s.Name = p.name("the name of a prepared statement or ALL")
	}
	s.Span = p.span(start)
	return s
}

// declare reads DECLARE name CURSOR FOR query.
func (p *parser) declare(start ast.Pos) ast.Statement {
	s := &ast.DeclareCursor{Name: p.name("a name for the cursor")}
	if p.atAny("scroll", "no", "insensitive", "binary") {
		p.unexpectedHint("CURSOR", "cursors only move forward: write DECLARE name CURSOR FOR query")
	}
	p.expect("cursor")
	if p.at("with") {
		p.unexpectedHint("FOR", "a cursor ends with its transaction")
	}
	p.expect("for")
	p.wantQuery()
	s.Query = p.query()
	s.Span = p.span(start)
	return s
}

// fetch reads FETCH [NEXT | ALL | FORWARD [count | ALL] | count] FROM cursor.
func (p *parser) fetch(start ast.Pos) ast.Statement {
	s := &ast.Fetch{}
	if p.atAny("prior", "first", "last", "absolute", "relative", "backward") {
		p.unexpectedHint("NEXT, ALL, FORWARD or a number of rows", "cursors only move forward")
	}
	forward := !p.accept("next") && p.accept("forward")
	switch {
	case p.tokens[p.i-1].is("next"):
	case p.accept("all"):
		s.All = true
	case p.tok().kind == number:
		s.Count = p.numberLit()
	case !forward && !p.atAny("from", "in"):
		p.unexpectedHint("FROM", "write FETCH NEXT FROM cursor or FETCH FORWARD 100 FROM cursor")
	}
	if !p.accept("in") {
		p.expect("from")
	}
	s.Cursor = p.name("a cursor name")
	s.Span = p.span(start)
	return s
}

// set reads what follows SET.
func (p *parser) set(start ast.Pos) ast.Statement {
	switch {
	case p.accept("session", "authorization"), p.accept("local", "session", "authorization"), p.accept("session", "session", "authorization"):
		s := &ast.SetAuthorization{Local: p.tokens[p.i-3].is("local")}
		if !p.accept("default") {
			s.User = p.name("a user name or DEFAULT")
		}
		s.Span = p.span(start)
		return s
	case p.accept("transaction"), p.accept("session", "characteristics", "as", "transaction"):
		s := &ast.SetTransaction{Session: p.tokens[p.i-2].is("as"), Modes: p.transactionModes()}
		if s.Modes.Isolation == nil && s.Modes.Access == nil {
			p.unexpected("ISOLATION LEVEL, READ ONLY or READ WRITE")
		}
		s.Span = p.span(start)
		return s
	}
	return p.setParameter(start)
}

// setParameter reads [SESSION | LOCAL] parameter TO values, behind SET.
func (p *parser) setParameter(start ast.Pos) *ast.Set {
	s := &ast.Set{}
	if next := p.peek(1); !next.is("to") && !next.is("=") && !next.is(".") {
		s.Scope = p.maybeOneOf("session", "local")
	}
	if at := p.pos(); p.accept("time", "zone") {
		s.Parameter = ast.Name{{Span: p.span(at), Name: "timezone"}}
		if !p.accept("to") {
			p.accept("=")
		}
	} else {
		s.Parameter = p.parameterName()
		if !p.accept("to") && !p.accept("=") {
			p.unexpectedHint(`TO or "="`, "write SET "+s.Parameter.String()+" TO value")
		}
	}
	if at := p.pos(); p.accept("default") {
		s.Values = []ast.Expr{&ast.Default{Span: p.span(at)}}
	} else {
		for ok := true; ok; ok = p.accept(",") {
			s.Values = append(s.Values, p.parameterValue())
		}
	}
	s.Span = p.span(start)
	return s
}

func (p *parser) parameterName() ast.Name {
	n := ast.Name{p.name("a parameter's name")}
	for p.accept(".") {
		n = append(n, p.attribute())
	}
	return n
}

// parameterValue reads a string, a number, a word or a name.
func (p *parser) parameterValue() ast.Expr {
	t := p.tok()
	switch {
	case t.kind == str:
		return p.stringLit("a value")
	case t.kind == number:
		return p.decimal()
	case p.accept("-"):
		n := p.decimal()
		return &ast.Unary{Span: p.span(t.start), Op: ast.Neg, X: n}
	}
	if w := p.maybeOneOf("on", "off", "true", "false"); w != nil {
		return w
	}
	n := ast.Name{p.name("a value or a name")}
	return &ast.NameValue{Span: p.span(t.start), Name: n}
}

// standing are the parameters that SHOW and RESET name with several words.
var standing = map[string]string{
	"time zone": "timezone", "session authorization": "session_authorization",
	"transaction isolation level": "transaction_isolation",
}

// showParameter reads a parameter's name as SHOW and RESET take it.
func (p *parser) showParameter() ast.Name {
	start := p.pos()
	if w := p.maybePhrase("time zone", "session authorization", "transaction isolation level"); w != nil {
		return ast.Name{{Span: p.span(start), Name: standing[w.Text]}}
	}
	return p.parameterName()
}

// reset reads RESET parameter or ALL.
func (p *parser) reset(start ast.Pos) *ast.Reset {
	s := &ast.Reset{}
	if !p.accept("all") {
		s.Parameter = p.showParameter()
	}
	s.Span = p.span(start)
	return s
}

// explain reads EXPLAIN [VERBOSE] statement.
func (p *parser) explain(start ast.Pos) ast.Statement {
	s := &ast.Explain{Verbose: p.accept("verbose")}
	if p.at("analyze") || p.at("analyse") {
		p.unexpectedHint("a statement", "Redshift has no EXPLAIN ANALYZE: run the query and look at SYS_QUERY_DETAIL")
	}
	if !p.atQuery() && !p.atAny("(", "create", "insert", "update", "delete", "merge") {
		p.unexpectedHint("a query, CREATE TABLE AS, INSERT, UPDATE or DELETE", "EXPLAIN shows the plan of these only")
	}
	at, create := p.pos(), p.at("create")
	s.Statement = p.statement()
	if _, ok := s.Statement.(*ast.CreateTableAs); create && !ok {
		p.fail(at, "leave EXPLAIN out", "EXPLAIN of a CREATE shows the plan of CREATE TABLE AS only")
	}
	s.Span = p.span(start)
	return s
}

// cancel reads CANCEL process ['message'].
func (p *parser) cancel(start ast.Pos) ast.Statement {
	s := &ast.Cancel{Process: p.numberLit()}
	if p.tok().kind == str {
		s.Message = p.stringLit("a message")
	}
	s.Span = p.span(start)
	return s
}
