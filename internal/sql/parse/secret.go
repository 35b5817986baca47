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
	p.secrets = append(p.secrets, s.Span)
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
	for _, s := range p.secrets {
		if t.start >= s.Start && t.end <= s.Stop || t.start == s.Stop && t.kind == word {
			return true // in a secret, or behind a quote that ended it too early
		}
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
	at := sort.Search(len(p.tokens), func(i int) bool { return p.tokens[i].start >= pos })
	if p.private {
		end = pos
		if at < len(p.tokens) && p.tokens[at].start == pos && p.tokens[at].kind != bad {
			end = p.tokens[at].end
		}
	}
	shown := p.text[:end]
	for _, s := range p.secrets {
		shown = mask(shown, s.Start, s.Stop)
	}
	first := sort.Search(len(p.tokens), func(i int) bool { return p.tokens[i].end > start })
	for i := first; i < len(p.tokens) && p.tokens[i].start < end; i++ {
		if t := p.tokens[i]; p.hides(i) && (t.start >= pos || !p.private) {
			shown = mask(shown, t.start, t.end)
		}
	}
	return shown
}

// mask puts stars for the characters of a part of a text. Lines and columns stay.
func mask(text string, start, stop ast.Pos) string {
	n := ast.Pos(len(text))
	start, stop = min(start, n), min(stop, n)
	stars := strings.Map(func(r rune) rune {
		if r == '\n' {
			return r
		}
		return '*'
	}, text[start:stop])
	return text[:start] + stars + text[stop:]
}
