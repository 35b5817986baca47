package print

import (
	"strings"

	"github.com/atolldata/atoll/internal/sql/ast"
)

// session prints a statement about a session.
func (p *printer) session(s ast.Statement) {
	switch s := s.(type) {
	case *ast.Prepare:
		p.prepare(s)
	case *ast.Execute:
		p.text("EXECUTE ")
		p.ident(s.Name.Name)
		if len(s.Args) > 0 {
			p.inside(func() { list(p, s.Args, p.expr) })
		}
	case *ast.Deallocate:
		p.text("DEALLOCATE ")
		p.identOr(s.Name, "ALL")
	case *ast.DeclareCursor:
		p.group(2)
		p.text("DECLARE ")
		p.ident(s.Name.Name)
		p.text(" CURSOR FOR")
		p.line()
		p.query(s.Query)
		p.end()
	case *ast.Fetch:
		p.fetch(s)
	case *ast.CloseCursor:
		p.text("CLOSE ")
		p.ident(s.Cursor.Name)
	case *ast.Explain:
		p.group(0)
		p.text("EXPLAIN")
		p.flag(s.Verbose, " VERBOSE")
		p.line()
		p.node(s.Statement)
		p.end()
	case *ast.Lock:
		p.text("LOCK TABLE ")
		row(p, s.Tables, p.name)
	case *ast.Cancel:
		p.text("CANCEL ")
		p.expr(s.Process)
		if s.Message != nil {
			p.text(" ")
			p.expr(s.Message)
		}
	case *ast.Use:
		p.text("USE ")
		p.ident(s.Database.Name)
	default:
		p.transaction(s)
	}
}

// transaction prints a statement about transactions or parameters.
func (p *printer) transaction(s ast.Statement) {
	switch s := s.(type) {
	case *ast.Begin:
		p.text("BEGIN")
		p.modes(s.Modes)
	case *ast.Commit:
		p.text("COMMIT")
	case *ast.Rollback:
		p.text("ROLLBACK")
		if s.Savepoint.Name != "" {
			p.text(" TO SAVEPOINT ")
			p.ident(s.Savepoint.Name)
		}
	case *ast.Savepoint:
		p.flag(s.Release, "RELEASE ")
		p.text("SAVEPOINT ")
		p.ident(s.Name.Name)
	case *ast.SetTransaction:
		if s.Session {
			p.text("SET SESSION CHARACTERISTICS AS TRANSACTION")
		} else {
			p.text("SET TRANSACTION")
		}
		p.modes(s.Modes)
	case *ast.SetAuthorization:
		p.text("SET ")
		p.flag(s.Local, "LOCAL ")
		p.text("SESSION AUTHORIZATION ")
		p.identOr(s.User, "DEFAULT")
	case *ast.Set:
		p.set(s)
	case *ast.Reset:
		p.text("RESET ")
		p.nameOr(s.Parameter, "ALL")
	case *ast.Show:
		p.text("SHOW ")
		p.nameOr(s.Parameter, "ALL")
	}
}

// identOr prints a name, or a word where there is none.
func (p *printer) identOr(n ast.Ident, word string) {
	if n.Name == "" {
		p.text(word)
	} else {
		p.ident(n.Name)
	}
}

func (p *printer) nameOr(n ast.Name, word string) {
	if len(n) == 0 {
		p.text(word)
	} else {
		p.name(n)
	}
}

// modes prints how a transaction reads and writes.
func (p *printer) modes(m ast.TransactionModes) {
	p.word(" ISOLATION LEVEL ", m.Isolation)
	if m.Isolation != nil && m.Access != nil {
		p.text(",")
	}
	p.word(" ", m.Access)
}

func (p *printer) prepare(s *ast.Prepare) {
	p.group(2)
	p.text("PREPARE ")
	p.ident(s.Name.Name)
	if len(s.Types) > 0 {
		p.text(" ")
		p.inside(func() { list(p, s.Types, func(t *ast.TypeName) { p.text(p.typeText(t)) }) })
	}
	p.text(" AS")
	p.line()
	p.node(s.Statement)
	p.end()
}

func (p *printer) fetch(s *ast.Fetch) {
	p.text("FETCH ")
	switch {
	case s.All:
		p.text("ALL")
	case s.Count != nil:
		p.text("FORWARD ")
		p.expr(s.Count)
	default:
		p.text("NEXT")
	}
	p.text(" FROM ")
	p.ident(s.Cursor.Name)
}

func (p *printer) set(s *ast.Set) {
	p.text("SET ")
	if s.Scope != nil {
		p.text(strings.ToUpper(s.Scope.Text) + " ")
	}
	p.name(s.Parameter)
	p.text(" TO ")
	row(p, s.Values, p.expr)
}
