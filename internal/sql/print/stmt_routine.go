package print

import "github.com/atolldata/atoll/internal/sql/ast"

var routineKinds = map[ast.RoutineKind]string{
	ast.Function: "FUNCTION ", ast.Procedure: "PROCEDURE ", ast.ExternalFunction: "EXTERNAL FUNCTION ",
}

// routineStatement prints a statement about procedures, functions and libraries.
func (p *printer) routineStatement(s ast.Statement) {
	switch s := s.(type) {
	case *ast.CreateRoutine:
		p.createRoutine(s)
	case *ast.AlterRoutine:
		p.text("ALTER " + routineKinds[s.Kind])
		p.routine(s.Routine)
		p.identAfter(" RENAME TO ", s.RenameTo)
		p.identAfter(" OWNER TO ", s.OwnerTo)
		p.word(" OWNER TO ", s.Self)
	case *ast.DropRoutine:
		p.text("DROP " + routineKinds[s.Kind])
		p.flag(s.IfExists, "IF EXISTS ")
		row(p, s.Routines, p.routine)
		p.behavior(s.Behavior)
	case *ast.Call:
		p.text("CALL ")
		p.name(s.Procedure.Name)
		p.inside(func() { list(p, s.Procedure.Args, p.expr) })
	case *ast.CreateLibrary:
		p.group(2)
		p.text("CREATE ")
		p.flag(s.OrReplace, "OR REPLACE ")
		p.text("LIBRARY ")
		p.ident(s.Name.Name)
		p.text(" LANGUAGE ")
		p.ident(s.Language.Name)
		p.line()
		p.text("FROM ")
		p.expr(s.From)
		p.options(s.Options)
		p.end()
	}
}

func (p *printer) routine(r *ast.Routine) {
	p.name(r.Name)
	if r.Parens {
		p.inside(func() { list(p, r.Args, p.argument) })
	}
}

func (p *printer) argument(a *ast.Argument) {
	p.word("", a.Mode)
	p.flag(a.Mode != nil, " ")
	if a.Name.Name != "" {
		p.ident(a.Name.Name)
		p.text(" ")
	}
	p.text(p.typeText(a.Type))
}

func (p *printer) createRoutine(s *ast.CreateRoutine) {
	p.group(0)
	p.text("CREATE ")
	p.flag(s.OrReplace, "OR REPLACE ")
	p.text(routineKinds[s.Kind])
	p.routine(s.Routine)
	if s.Returns != nil {
		p.line()
		p.text("RETURNS " + p.typeText(s.Returns))
	}
	p.flag(s.NonAtomic, " NONATOMIC")
	p.word(" ", s.Volatility)
	if s.Body != nil {
		p.line()
		p.text("AS " + p.verbatim(s.Body.Value))
		p.line()
		p.text("LANGUAGE ")
		p.ident(s.Language.Name)
	}
	p.word(" SECURITY ", s.Security)
	if s.Set != nil {
		p.line()
		p.set(s.Set)
	}
	p.options(s.Options)
	p.end()
}

// verbatim is a string between $$, or between other marks where it has that in
// it, so that nothing in it needs an escape.
func (p *printer) verbatim(s string) string {
	mark := dollarQuote(s)
	return mark + s + mark
}
