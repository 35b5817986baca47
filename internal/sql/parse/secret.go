package parse

import (
	"slices"
	"sort"
	"strings"

	"github.com/atolldata/atoll/internal/sql/ast"
)

// secretWords are the words that a password or a key follows.
var secretWords = []string{
	"password", "credentials", "access_key_id", "secret_access_key", "session_token", "master_symmetric_key",
}

// secret reads a string that must not be shown. Where none comes, the message
// does not say what does, because that may be the secret without its quotes.
func (p *parser) secret(what string) *ast.Secret {
	t := p.tok()
	p.secrets = append(p.secrets, ast.Span{Start: t.start, Stop: t.end})
	if t.kind == bad && p.text[t.start] == '\'' {
		p.unexpected(what) // which says that the string is not closed
	}
	if t.kind != str {
		p.fail(t.start, "write it between single quotes", "expected %s, found something else", what)
	}
	value := p.str(what)
	s := ast.NewSecret(p.span(t.start), value)
	p.secrets[len(p.secrets)-1] = s.Span // which may go on over several lines
	return s
}

// mayHoldSecrets reports whether the statement that starts here can have a
// password or key in it. One whose kind is unknown can, if its first word is not
// close to one that a query begins with.
func (p *parser) mayHoldSecrets() bool {
	switch first := p.tok(); {
	case p.atQuery(), p.at("("), first.kind == eof:
		return false
	case p.atAny("create", "alter"):
		object := p.peek(1)
		if p.at(first.text, "or", "replace") {
			object = p.peek(3)
		}
		holders := []string{"user", "library", "template"}
		return slices.Contains(holders, object.text) || !slices.Contains(objects, object.text)
	case p.atAny("copy", "unload"):
		return true
	default:
		return !p.atAny(verbs...) && p.near([]string{"select", "with", "values"}) == ""
	}
}

// hides reports whether a token is not to be shown: a secret that was read, a
// string where one has to be, or any string of a statement that may hold some.
func (p *parser) hides(i int) bool {
	t := &p.tokens[i]
	next, same := slices.BinarySearchFunc(p.secrets, t.start, func(s ast.Span, at ast.Pos) int { return int(s.Start - at) })
	if same {
		return true
	}
	if next > 0 && (t.start < p.secrets[next-1].Stop || t.start == p.secrets[next-1].Stop && t.kind == word) {
		return true // in a secret, or behind a quote that ended it too early
	}
	if t.kind != str && t.kind != quoted && t.kind != bad {
		return false
	}
	before := i - 1
	for before >= 0 && (p.tokens[before].is("as") || p.tokens[before].is("=") || p.tokens[before].is("to")) {
		before--
	}
	if before < 0 {
		return false
	}
	for _, w := range secretWords {
		if p.tokens[before].is(w) {
			return true
		}
	}
	return p.private && t.kind == str
}

// source is the text as a fault at a place may show its line: with stars for what
// is hidden, and where secrets can be, without what follows the place.
func (p *parser) source(pos ast.Pos) string {
	start := ast.Pos(strings.LastIndexByte(p.text[:pos], '\n') + 1)
	end := ast.Pos(len(p.text))
	if n := strings.IndexByte(p.text[pos:], '\n'); n >= 0 {
		end = pos + ast.Pos(n)
	}
	after := func(at ast.Pos) int { // the first token that ends behind a place
		return sort.Search(len(p.tokens), func(i int) bool { return p.tokens[i].end > at })
	}
	first := after(start)
	if p.private {
		end = pos
		if i := after(pos); i < len(p.tokens) && p.tokens[i].start == pos && p.tokens[i].kind != bad {
			end = p.tokens[i].end
		}
		first = after(pos) // what stands before was read, and is in p.secrets
	}
	known := sort.Search(len(p.secrets), func(i int) bool { return p.secrets[i].Stop > start })
	hidden := slices.Clone(p.secrets[known:])
	for i := first; i < len(p.tokens) && p.tokens[i].start < end; i++ {
		if p.hides(i) {
			hidden = append(hidden, ast.Span{Start: p.tokens[i].start, Stop: p.tokens[i].end})
		}
	}
	slices.SortFunc(hidden, func(a, b ast.Span) int { return int(a.Start - b.Start) })
	return masked(p.text[:end], start, hidden)
}

// masked is a text with stars for what stands at some places in order, as far as
// it is behind a start.
func masked(text string, start ast.Pos, places []ast.Span) string {
	var b strings.Builder
	b.WriteString(text[:start])
	for _, s := range places {
		from, stop := max(s.Start, start), min(s.Stop, ast.Pos(len(text)))
		if stop > from {
			b.WriteString(text[start:from] + stars(text[from:stop]))
			start = stop
		}
	}
	b.WriteString(text[start:])
	return b.String()
}

// stars are as many stars as a text has characters. Its lines stay.
func stars(text string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' {
			return r
		}
		return '*'
	}, text)
}
