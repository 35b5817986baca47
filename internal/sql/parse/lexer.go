package parse

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/token"
)

// kind classes tokens.
type kind uint8

const (
	eof    kind = iota
	word        // a keyword or a plain name, folded
	quoted      // a name in double quotes, folded
	str         // a string; text is its value
	number      // a number, as written
	param       // $1; text is its digits
	op          // an operator or punctuation
	bad         // no token; text says why
)

// tok is a token and its place.
type tok struct {
	kind       kind
	reserved   bool // of a word: it is reserved
	start, end ast.Pos
	text       string
}

// lexer cuts a text into tokens.
type lexer struct {
	text     string
	pos      int
	tokens   []tok
	comments []ast.Comment
	hints    map[ast.Pos]string // what to do about the bad token there
}

// lex cuts the whole text. The last token is eof.
func lex(text string) *lexer { return lexFrom(text, len(text)-len(strings.TrimPrefix(text, "\ufeff"))) }

// lexFrom cuts what stands behind an offset.
func lexFrom(text string, offset int) *lexer {
	l := &lexer{text: text, pos: offset, tokens: make([]tok, 0, (len(text)-offset)/3+1), hints: map[ast.Pos]string{}}
	for l.next() {
	}
	l.add(eof, l.pos, "")
	return l
}

// add appends the token from start to the present position.
func (l *lexer) add(k kind, start int, text string) {
	l.tokens = append(l.tokens, tok{kind: k, start: ast.Pos(start), end: ast.Pos(l.pos), text: text})
}

// reject appends a bad token from start to the present position.
func (l *lexer) reject(start int, message, hint string) {
	l.hints[ast.Pos(start)] = hint
	l.add(bad, start, message)
}

// peek returns the byte at an offset from the present position, 0 past the end.
func (l *lexer) peek(offset int) byte {
	if i := l.pos + offset; i < len(l.text) {
		return l.text[i]
	}
	return 0
}

// next reads one token or what is between tokens, and reports whether there was
// anything left to read.
func (l *lexer) next() bool {
	if l.pos >= len(l.text) {
		return false
	}
	switch c := l.text[l.pos]; {
	case c == ' ' || c >= '\t' && c <= '\r':
		l.pos++
	case c == '-' && l.peek(1) == '-':
		l.lineComment()
	case c == '/' && l.peek(1) == '*':
		l.blockComment()
	case (c == 'e' || c == 'E') && l.peek(1) == '\'':
		l.stringLit(l.pos, 1)
	case token.IsNameStart(c):
		l.name()
	case c >= '0' && c <= '9', c == '.' && isDigit(l.peek(1)):
		l.number()
	case c == '\'':
		l.stringLit(l.pos, 0)
	case c == '"':
		l.quotedName()
	case c == '$':
		l.dollar()
	default:
		l.operator()
	}
	return true
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func (l *lexer) comment(start int) {
	l.comments = append(l.comments, ast.Comment{
		Span: ast.Span{Start: ast.Pos(start), Stop: ast.Pos(l.pos)},
		Text: l.text[start:l.pos],
	})
}

func (l *lexer) lineComment() {
	start := l.pos
	if n := strings.IndexByte(l.text[start:], '\n'); n >= 0 {
		l.pos += n
	} else {
		l.pos = len(l.text)
	}
	l.comment(start)
}

// blockComment reads a comment that may hold further ones.
func (l *lexer) blockComment() {
	start, depth := l.pos, 0
	for l.pos < len(l.text) {
		switch {
		case l.peek(0) == '/' && l.peek(1) == '*':
			depth++
			l.pos += 2
		case l.peek(0) == '*' && l.peek(1) == '/':
			depth--
			l.pos += 2
		default:
			l.pos++
		}
		if depth == 0 {
			l.comment(start)
			return
		}
	}
	l.reject(start, "the comment is not closed", "comments nest: each /* needs its own */")
}

// name reads a keyword or a plain name.
func (l *lexer) name() {
	start := l.pos
	for l.pos < len(l.text) && token.IsNamePart(l.text[l.pos]) {
		if l.text[l.pos] < utf8.RuneSelf {
			l.pos++
		} else if !l.foreign(start) {
			return
		}
	}
	if l.pos-start > token.MaxName {
		l.tooLong(start, l.text[start:l.pos])
		return
	}
	l.addWord(start)
}

// addWord appends the word from start to the present position.
func (l *lexer) addWord(start int) {
	l.add(word, start, token.Fold(l.text[start:l.pos]))
	last := &l.tokens[len(l.tokens)-1]
	last.reserved = token.IsReserved(last.text)
}

// foreign reads one character beyond ASCII of a plain name. Where it cannot be
// in one it rejects it, after the name before it, and returns false.
func (l *lexer) foreign(start int) bool {
	r, size := utf8.DecodeRuneInString(l.text[l.pos:])
	message, hint := "", ""
	switch {
	case r == utf8.RuneError && size == 1:
		message, hint = "the text is not valid UTF-8", "save the file in UTF-8"
	case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r):
		l.pos += size
		return true
	case r == '‘' || r == '’' || r == '“' || r == '”':
		message, hint = "typographic quote "+string(r), "write strings between ' and names between \""
	case fullwidth(r) != 0:
		message, hint = "unexpected character "+quote(string(r)), "write "+string(fullwidth(r))+" instead"
	case unicode.IsSpace(r) || !unicode.IsPrint(r):
		message, hint = "invisible character "+quoteRune(r), "put an ordinary space in its place"
	default:
		message, hint = "unexpected character "+quote(string(r)), "put the name in double quotes if it is part of one"
	}
	if l.pos > start {
		l.addWord(start)
	}
	at := l.pos
	l.pos += size
	l.reject(at, message, hint)
	return false
}

// fullwidth is the ASCII character that a character of East Asian or typeset text
// was meant to be, and 0 for others.
func fullwidth(r rune) rune {
	switch {
	case r >= '！' && r <= '～':
		return r - '！' + '!'
	case r == '、':
		return ','
	case r == '–' || r == '—' || r == '−':
		return '-'
	case r == '…':
		return '.'
	}
	return 0
}

func (l *lexer) tooLong(start int, name string) {
	l.reject(start, "the name "+quote(cut(name, 40))+" is longer than 127 bytes", "shorten it")
}

// quotedName reads a name in double quotes, in which "" stands for one.
func (l *lexer) quotedName() {
	start := l.pos
	l.pos++
	for {
		n := strings.IndexByte(l.text[l.pos:], '"')
		if n < 0 {
			l.pos = len(l.text)
			l.reject(start, "the name in double quotes is not closed", "add the closing \"; strings are written between '")
			return
		}
		l.pos += n + 1
		if l.peek(0) != '"' {
			break
		}
		l.pos++
	}
	name := strings.ReplaceAll(l.text[start+1:l.pos-1], `""`, `"`)
	switch {
	case name == "":
		l.reject(start, "a name in double quotes is empty", "an empty string is written ''")
	case len(name) > token.MaxName:
		l.tooLong(start, name)
	case !utf8.ValidString(name):
		l.reject(start, "the text is not valid UTF-8", "save the file in UTF-8")
	case strings.IndexFunc(name, unicode.IsControl) >= 0:
		l.reject(start, "the name "+quote(name)+" has an unprintable character", "names hold printable characters only")
	default:
		l.add(quoted, start, token.Fold(name))
	}
}

// number reads digits with a point and an exponent.
func (l *lexer) number() {
	start := l.pos
	digits := func() {
		for isDigit(l.peek(0)) {
			l.pos++
		}
	}
	digits()
	if l.peek(0) == '.' {
		l.pos++
		digits()
	}
	if c := l.peek(0); c == 'e' || c == 'E' {
		sign := 0
		if s := l.peek(1); s == '+' || s == '-' {
			sign = 1
		}
		if isDigit(l.peek(1 + sign)) {
			l.pos += 1 + sign
			digits()
		}
	}
	if !token.IsNamePart(l.peek(0)) {
		l.add(number, start, l.text[start:l.pos])
		return
	}
	for token.IsNamePart(l.peek(0)) {
		l.pos++
	}
	l.reject(start, quote(cut(l.text[start:l.pos], 40))+" is neither a number nor a name",
		"a name that starts with a digit needs double quotes")
}

// dollar reads a parameter or a dollar-quoted string.
func (l *lexer) dollar() {
	start := l.pos
	l.pos++
	if isDigit(l.peek(0)) {
		for isDigit(l.peek(0)) {
			l.pos++
		}
		l.add(param, start, l.text[start+1:l.pos])
		return
	}
	for token.IsNamePart(l.peek(0)) && l.peek(0) != '$' {
		l.pos++
	}
	if l.peek(0) != '$' {
		l.reject(start, "unexpected \"$\"", "parameters are written $1, $2, ...")
		return
	}
	l.pos++
	tag := l.text[start:l.pos]
	body, _, closed := strings.Cut(l.text[l.pos:], tag)
	if !closed {
		l.pos = len(l.text)
		l.reject(start, "the string that starts with "+cut(tag, 40)+" is not closed", "end it with "+cut(tag, 40))
		return
	}
	l.pos += len(body) + len(tag)
	l.addString(start, body)
}
