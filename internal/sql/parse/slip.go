package parse

import (
	"strings"

	"github.com/atolldata/atoll/internal/fault"
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
	if hint := p.habit(expected); hint != "" {
		return hint
	}
	wants := func(what string) bool { return strings.Contains(expected, what) }
	switch {
	case t.kind == eof && p.i > 0 && wants("expression") && (p.tokens[p.i-1].is("and") || p.tokens[p.i-1].is("or")):
		return "a condition is missing at the end"
	case t.kind == number && wants("name after AS"):
		return "a name that starts with a digit is written in double quotes"
	case p.misspelt(wants) != "":
		return "did you mean " + p.misspelt(wants) + " before it?"
	case p.i > 0 && p.tokens[p.i-1].kind == str && p.tokens[p.i-1].end == t.start && t.kind != eof && t.kind != op:
		return "a quote inside a string is written ''"
	case p.i > 0 && p.tokens[p.i-1].is(",") && (t.kind == eof || p.atAny(after...)):
		return "remove the comma before it"
	case p.atAny("select", "with") && (wants("expression") || wants(`"("`)):
		return "put the query into parentheses"
	case t.kind == word && t.reserved && (wants("name") || wants("expression") && p.atMisplacedName()):
		return quote(written) + " is a reserved word: write it in double quotes to use it as a name"
	case t.kind == quoted && wants("string"):
		return "double quotes are for names: write '" + t.text + "'"
	case t.kind == number && wants("INTERVAL"):
		return "write INTERVAL '" + written + " day'"
	case t.kind == str && wants("name"):
		return "single quotes are for strings: write the name in double quotes"
	case t.is("not"):
		return "after NOT comes IN, LIKE, ILIKE, SIMILAR TO or BETWEEN"
	case wants(`","`) && p.startsItem(t):
		return "a comma may be missing before it"
	case wants("end of the command"):
		return ""
	case wants("end of the"):
		return p.slipAtEnd(t)
	}
	return ""
}

// slipAtEnd is slip where nothing further may come.
func (p *parser) slipAtEnd(t *tok) string {
	switch {
	case t.is(")"):
		return "there is one closing parenthesis too many"
	case p.atAny("union", "intersect", "except", "minus"):
		return "put the query before it, with its own ORDER BY or LIMIT, into parentheses"
	case p.atAny("where", "group", "having", "qualify", "window", "order", "limit"):
		return "the order is FROM, WHERE, GROUP BY, HAVING, QUALIFY, ORDER BY, LIMIT"
	case p.startsItem(t):
		return "an operator, such as AND, may be missing before it"
	}
	return ""
}

// atMisplacedName reports whether the present token, a reserved word where an
// expression has to come, looks like a name rather than the start of a clause.
func (p *parser) atMisplacedName() bool {
	if p.atAny("group", "order", "partition") {
		return !p.peek(1).is("by")
	}
	return !p.atAny(after...)
}

// startsItem reports whether a token can be the first of an expression.
func (p *parser) startsItem(t *tok) bool {
	switch t.kind {
	case quoted, str, number, param:
		return true
	case word:
		return !t.reserved || t.is("case") || t.is("cast") || t.is("null")
	default:
		return false
	}
}

// misspelt is the keyword that the word before the present token, which was taken
// for an alias, was probably meant to be.
func (p *parser) misspelt(wants func(string) bool) string {
	if p.i == 0 || p.tokens[p.i-1].kind != word || p.tokens[p.i-1].reserved {
		return ""
	}
	written := strings.ToLower(p.tokens[p.i-1].text)
	var meant []string
	switch {
	case wants("FROM"):
		meant = []string{"from"}
	case wants("end of the"):
		meant = []string{"where", "having", "limit"}
	}
	near := fault.Nearest(written, meant)
	if near == "" || near[0] != written[0] || len(written) < len(near)-1 || len(written) > len(near)+1 {
		return ""
	}
	return strings.ToUpper(near)
}
