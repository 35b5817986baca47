package parse

import "github.com/atolldata/atoll/internal/sql/ast"

// externalOptions are the options of CREATE EXTERNAL FUNCTION.
var externalOptions = optionSet{
	"lambda": textValue, "sagemaker": textValue, "iam_role": roleValue,
	"retry_timeout": numberValue, "max_batch_rows": numberValue, "max_batch_size": sizeValue,
}

// libraryOptions are the options of CREATE LIBRARY.
var libraryOptions = withOptions(credentialOptions, nil)

// routineStatement reads a statement about procedures, functions and libraries,
// or nothing.
func (p *parser) routineStatement() ast.Statement {
	start := p.pos()
	switch {
	case p.accept("call"):
		return p.callStatement(start)
	case p.at("create"):
		return p.createRoutine()
	case p.accept("alter", "procedure"):
		return p.alterRoutine(start, ast.Procedure)
	case p.accept("alter", "function"):
		return p.alterRoutine(start, ast.Function)
	case p.accept("drop", "procedure"):
		return p.dropRoutine(start, ast.Procedure)
	case p.accept("drop", "function"):
		return p.dropRoutine(start, ast.Function)
	}
	return nil
}

// callStatement reads CALL procedure(values).
func (p *parser) callStatement(start ast.Pos) ast.Statement {
	at := p.pos()
	name := p.objectName("a procedure name")
	if !p.at("(") {
		p.unexpectedHint(`"("`, "a procedure without arguments is called with (): CALL "+name.String()+"()")
	}
	call := &ast.FuncCall{Name: name}
	open := p.open("(")
	if !p.at(")") {
		call.Args = p.exprs()
	}
	p.close(")", open, `","`)
	call.Span = p.span(at)
	return &ast.Call{Span: p.span(start), Procedure: call}
}

// createRoutine reads CREATE [OR REPLACE] PROCEDURE, FUNCTION, EXTERNAL FUNCTION
// or LIBRARY, or nothing.
func (p *parser) createRoutine() ast.Statement {
	start, first := p.pos(), p.i
	p.i++
	s := &ast.CreateRoutine{OrReplace: p.accept("or", "replace")}
	switch {
	case p.accept("procedure"):
		s.Kind = ast.Procedure
	case p.accept("function"):
	case p.accept("external", "function"):
		s.Kind = ast.ExternalFunction
	case p.accept("library"):
		return p.createLibrary(start, s.OrReplace)
	default:
		p.i = first
		return nil
	}
	s.Routine = p.routine("a name for the routine")
	if !s.Routine.Parens {
		p.unexpectedHint(`"("`, "a routine without arguments has () after its name")
	}
	if s.Kind != ast.Procedure {
		p.expect("returns")
		s.Returns = p.routineType()
	}
	for p.routineClause(s) {
	}
	if s.Kind == ast.ExternalFunction {
		s.Options = p.options(externalOptions)
		p.endOfOptions("CREATE EXTERNAL FUNCTION", externalOptions)
	}
	switch {
	case s.Kind == ast.ExternalFunction:
	case s.Body == nil:
		p.unexpectedHint("AS and a body", "write the body between $$ and $$")
	case s.Language.Name == "":
		p.unexpected("LANGUAGE")
	}
	s.Span = p.span(start)
	return s
}

// routineClause reads one of the clauses behind a routine's arguments, if one
// comes.
func (p *parser) routineClause(s *ast.CreateRoutine) bool {
	at := p.pos()
	procedure, sqlBody := s.Kind == ast.Procedure, s.Kind != ast.ExternalFunction
	switch {
	case procedure && p.at("nonatomic"):
		p.once(s.NonAtomic, "NONATOMIC")
		p.i++
		s.NonAtomic = true
	case !procedure && p.atAny("volatile", "stable", "immutable"):
		p.once(s.Volatility != nil, "the volatility")
		s.Volatility = p.oneOf("volatile", "stable", "immutable")
	case sqlBody && p.at("as"):
		p.once(s.Body != nil, "AS")
		p.i++
		if p.tok().kind == word {
			p.unexpectedHint("the body as a string", "write the body between $$ and $$")
		}
		s.Body = p.stringLit("the body as a string")
	case sqlBody && p.at("language"):
		p.once(s.Language.Name != "", "LANGUAGE")
		p.i++
		s.Language = p.name("the name of a language")
	case procedure && p.at("security"):
		p.once(s.Security != nil, "SECURITY")
		p.i++
		s.Security = p.oneOf("invoker", "definer")
	case procedure && p.at("set"):
		p.once(s.Set != nil, "SET")
		p.i++
		s.Set = p.setParameter(at)
	default:
		return false
	}
	return true
}

// routine reads a routine's name and, if they come, its arguments.
func (p *parser) routine(what string) *ast.Routine {
	start := p.pos()
	r := &ast.Routine{Name: p.objectName(what)}
	if p.at("(") {
		r.Parens = true
		at := p.open("(")
		if !p.at(")") {
			for ok := true; ok; ok = p.accept(",") {
				r.Args = append(r.Args, p.argument())
			}
		}
		p.close(")", at, `","`)
	}
	r.Span = p.span(start)
	return r
}

// argument reads [mode] [name] type; the mode may also stand after the name.
func (p *parser) argument() *ast.Argument {
	start := p.pos()
	a := &ast.Argument{Mode: p.argumentMode()}
	if k := p.peek(1).kind; p.typeWords() < 2 && (k == word || k == quoted) {
		a.Name = p.name("an argument's name")
		if a.Mode == nil {
			a.Mode = p.argumentMode()
		}
	}
	a.Type = p.routineType()
	a.Span = p.span(start)
	return a
}

// argumentMode reads IN, OUT or INOUT where a name or type comes after it.
func (p *parser) argumentMode() *ast.Word {
	if k := p.peek(1).kind; k != word && k != quoted {
		return nil
	}
	return p.maybeOneOf("in", "out", "inout")
}

// routineType reads the type of an argument or a result. Besides those of columns
// there are ANYELEMENT ("Scalar Python UDFs") and REFCURSOR ("Supported PL/pgSQL
// statements").
func (p *parser) routineType() *ast.TypeName {
	start := p.pos()
	if w := p.maybeOneOf("anyelement", "refcursor"); w != nil {
		return &ast.TypeName{Span: p.span(start), Other: &ast.OtherType{Span: w.Span, Name: w.Text}}
	}
	return p.columnType()
}

// routines reads routines with commas between them.
func (p *parser) routines(what string) []*ast.Routine {
	list := []*ast.Routine{p.routine(what)}
	for p.accept(",") {
		list = append(list, p.routine(what))
	}
	return list
}

// alterRoutine reads what follows ALTER PROCEDURE and ALTER FUNCTION.
func (p *parser) alterRoutine(start ast.Pos, kind ast.RoutineKind) ast.Statement {
	s := &ast.AlterRoutine{Kind: kind, Routine: p.routine("a routine's name")}
	switch {
	case p.accept("rename"):
		p.expect("to")
		s.RenameTo = p.name("a name")
	case p.accept("owner"):
		p.expect("to")
		if s.Self = p.maybeOneOf("current_user", "session_user"); s.Self == nil {
			s.OwnerTo = p.name("a user name")
		}
	default:
		p.unexpected("RENAME TO or OWNER TO")
	}
	s.Span = p.span(start)
	return s
}

// dropRoutine reads what follows DROP PROCEDURE and DROP FUNCTION.
func (p *parser) dropRoutine(start ast.Pos, kind ast.RoutineKind) ast.Statement {
	s := &ast.DropRoutine{Kind: kind, IfExists: p.accept("if", "exists")}
	s.Routines = p.routines("a routine's name")
	s.Behavior = p.behavior()
	s.Span = p.span(start)
	return s
}

// createLibrary reads what follows CREATE LIBRARY.
func (p *parser) createLibrary(start ast.Pos, replace bool) ast.Statement {
	s := &ast.CreateLibrary{OrReplace: replace, Name: p.name("a library name")}
	p.expect("language")
	s.Language = p.name("the name of a language")
	p.expect("from")
	s.From = p.stringLit("where the library is, as a string")
	s.Options = p.options(libraryOptions)
	p.endOfOptions("CREATE LIBRARY", libraryOptions)
	s.Span = p.span(start)
	return s
}
