package parse

import (
	"strings"

	"github.com/atolldata/atoll/internal/sql/token"
)

// after lists the words that end a list by starting the next clause.
var after = []string{
	"from", "where", "group", "having", "qualify", "window", "order", "limit", "offset",
	"union", "intersect", "except", "minus", "join", "on", "then", "end", ")", ";",
}

// slip looks at the present token, which is not what was expected, and the one
// before it, and returns what to do about it if that is a common mistake.
func (p *parser) slip(expected string) string {
	t := p.tok()
	written := p.text[t.start:t.end]
	if p.i > 0 && p.tokens[p.i-1].is(",") && (t.kind == eof || p.atAny(after...)) {
		return "remove the comma before it"
	}
	switch {
	case t.is("select"), t.is("with") && strings.Contains(expected, "expression"):
		return "put a query inside an expression into parentheses"
	case t.kind == word && token.IsReserved(t.text) && strings.Contains(expected, "name"):
		return quote(written) + " is a reserved word: write it in double quotes to use it as a name"
	case t.kind == quoted && strings.Contains(expected, "string"):
		return "double quotes are for names: write '" + t.text + "'"
	case t.kind == str && strings.Contains(expected, "name"):
		return `single quotes are for strings: write the name in double quotes`
	case t.is("order"), t.is("limit"):
		return "put parentheses around a part of a set operation that has its own ORDER BY or LIMIT"
	case t.is("=") && p.i > 0 && p.tokens[p.i-1].is("="):
		return "write = once"
	case t.is("lateral"):
		return "LATERAL is not available in Redshift"
	case strings.Contains(expected, `","`) && p.startsItem(t):
		return "a comma may be missing before it"
	case t.is(")"):
		return "there is one closing parenthesis too many"
	}
	return ""
}

// startsItem reports whether a token can be the first of an expression.
func (p *parser) startsItem(t *tok) bool {
	switch t.kind {
	case quoted, str, number, param:
		return true
	case word:
		return !token.IsReserved(t.text) || t.is("case") || t.is("cast") || t.is("null") || t.is("not")
	default:
		return false
	}
}
