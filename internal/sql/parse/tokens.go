package parse

import "github.com/atolldata/atoll/internal/sql/ast"

// Token is a word, name, literal, operator or punctuation mark of a text.
type Token struct {
	ast.Span
	// Text tells tokens apart: equal texts mean the same, however they are
	// written. Words and names are folded, strings are their values with a quote
	// before them.
	Text string
}

// Tokens returns the tokens of a text, in their order, without its comments. It
// takes any text, one that does not parse too.
func Tokens(text string) []Token {
	lexed := lex(text).tokens
	out := make([]Token, 0, len(lexed))
	for _, t := range lexed {
		same := t.text
		switch t.kind {
		case eof:
			continue
		case str:
			same = "'" + same
		case param:
			same = "$" + same
		}
		out = append(out, Token{Span: ast.Span{Start: t.start, Stop: t.end}, Text: same})
	}
	return out
}
