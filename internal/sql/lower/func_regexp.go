package lower

import (
	"strings"
	"unicode/utf8"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/scalar"
)

// The engine's own regular expressions do what has a literal pattern and nothing
// else to ask for; the functions of package scalar do the rest, for a price.

// dotAll lets a dot match the end of a line, as in POSIX.
const dotAll = "s"

// isLiteral reports a text literal.
func isLiteral(e ast.Expr) bool {
	_, ok := e.(*ast.StringLit)
	return ok
}

// checkPattern reports a literal pattern that is no regular expression, and
// literal parameters that are none. A pattern that is not a literal is read row by
// row.
func (l *lowering) checkPattern(pattern, parameters ast.Expr) {
	flags := ""
	if lit, ok := parameters.(*ast.StringLit); ok {
		flags = lit.Value
		if _, err := scalar.CompileRegexp("", flags); err != nil {
			l.failAs(fault.Type, parameters, "", "%s", err)
			return
		}
	}
	lit, ok := pattern.(*ast.StringLit)
	if !ok {
		return
	}
	if _, err := scalar.CompileRegexp(lit.Value, flags); err != nil {
		l.failAs(fault.Type, pattern, "patterns are written in RE2's syntax, without look-around and back references", "%s", err)
	}
}

// regexpArgs fills in what a call leaves out and checks its pattern and its
// parameters, the last argument; simple reports that it left out everything and
// has a literal pattern.
func (l *lowering) regexpArgs(e *ast.FuncCall, args []ast.Expr, defaults ...ast.Expr) (full []ast.Expr, simple bool) {
	given := len(args) - 2
	var parameters ast.Expr
	if given == len(defaults) {
		parameters = e.Args[len(e.Args)-1]
	}
	l.checkPattern(e.Args[1], parameters)
	return append(args, defaults[given:]...), given == 0 && isLiteral(e.Args[1])
}

func regexpCount(l *lowering, e *ast.FuncCall, args []ast.Expr, t schema.Type) ast.Expr {
	args, simple := l.regexpArgs(e, args, number(1), text(""))
	if simple {
		return castTo(call("len", call("regexp_extract_all", args[0], args[1], number(0), text(dotAll))), t)
	}
	return castTo(goCall("regexp_count", args...), t)
}

func regexpInstr(l *lowering, e *ast.FuncCall, args []ast.Expr, t schema.Type) ast.Expr {
	args, _ = l.regexpArgs(e, args, number(1), number(1), number(0), text(""))
	return castTo(goCall("regexp_instr", args...), t)
}

func regexpSubstr(l *lowering, e *ast.FuncCall, args []ast.Expr, _ schema.Type) ast.Expr {
	args, simple := l.regexpArgs(e, args, number(1), number(1), text(""))
	if simple {
		return call("regexp_extract", args[0], args[1], number(0), text(dotAll))
	}
	return goCall("regexp_substr", args...)
}

// regexpReplace replaces every match. References to groups are written in another
// way in the engine.
func regexpReplace(l *lowering, e *ast.FuncCall, args []ast.Expr, _ schema.Type) ast.Expr {
	args, _ = l.regexpArgs(e, args, text(""), number(1), text(""))
	with, plain := args[2].(*ast.StringLit)
	if plain && len(e.Args) <= 3 && isLiteral(e.Args[1]) && !strings.ContainsAny(with.Value, `\$`) {
		return call("regexp_replace", args[0], args[1], with, text("g"+dotAll))
	}
	return goCall("regexp_replace", args...)
}

// match lowers the POSIX operators, which look for the pattern anywhere.
func (l *lowering) match(e *ast.Binary, left, right ast.Expr) ast.Expr {
	l.checkPattern(e.Right, nil)
	name, flags, parameters := "regexp_matches", dotAll, ""
	if e.Op == ast.MatchFold || e.Op == ast.NotMatchFold {
		flags, parameters = flags+"i", "i"
	}
	var out ast.Expr = goCall(name, left, right, text(parameters))
	if isLiteral(e.Right) {
		out = call(name, left, right, text(flags))
	}
	if e.Op == ast.NotMatch || e.Op == ast.NotMatchFold {
		out = &ast.Unary{Op: ast.Not, X: out}
	}
	return out
}

// similar lowers SIMILAR TO, to a full match of the regular expression that its
// pattern means.
func (duckdb) similar(l *lowering, e *ast.Like, out *ast.Like) ast.Expr {
	escape := out.Escape
	if escape == nil {
		escape = text(`\`)
	}
	var full ast.Expr = goCall("similar_to", out.X, out.Pattern, escape)
	pattern, literal := e.Pattern.(*ast.StringLit)
	if esc, ok := escape.(*ast.StringLit); ok && literal {
		re, err := scalar.SimilarPattern(pattern.Value, esc.Value)
		if err != nil {
			l.failAs(fault.Type, e.Pattern, "", "%s", err)
		}
		full = call("regexp_matches", out.X, text(re), text(dotAll))
	}
	if e.Not {
		full = &ast.Unary{Op: ast.Not, X: full}
	}
	return full
}

// checkEscape reports a literal escape of LIKE or SIMILAR TO that is longer than a
// character, and a literal pattern that ends in its escape.
func (l *lowering) checkEscape(e *ast.Like, escape ast.Expr) bool {
	if escape == nil {
		escape = text(`\`)
	}
	esc, ok := escape.(*ast.StringLit)
	if !ok {
		return true
	}
	if utf8.RuneCountInString(esc.Value) > 1 {
		l.failAs(fault.Type, e.Escape, "", "the escape %q is longer than one character", esc.Value)
		return false
	}
	pattern, ok := e.Pattern.(*ast.StringLit)
	if !ok || esc.Value == "" {
		return true
	}
	for _, rest, found := strings.Cut(pattern.Value, esc.Value); found; {
		if rest == "" {
			l.failAs(fault.Type, e.Pattern, "double it to look for the character itself", "the pattern %q ends in its escape character", pattern.Value)
			return false
		}
		_, size := utf8.DecodeRuneInString(rest)
		_, rest, found = strings.Cut(rest[size:], esc.Value)
	}
	return true
}
