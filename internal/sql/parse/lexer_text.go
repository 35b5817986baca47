package parse

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// stringLit reads a string in single quotes whose opening quote is at an offset
// from the present position. A quote is doubled or has a backslash before it;
// a backslash also starts the escapes b, f, n, r, t and octal digits, and stands
// for nothing before any other character. Redshift reads every string so, E'...'
// or not, like the PostgreSQL it descends from.
func (l *lexer) stringLit(start, offset int) {
	l.pos += offset + 1
	var b strings.Builder
	from, escaped := l.pos, false
	for {
		n := strings.IndexAny(l.text[l.pos:], `'\`)
		if n < 0 {
			l.pos = len(l.text)
			l.reject(start, "the string is not closed", "add the closing '; a quote inside a string is written ''")
			return
		}
		l.pos += n
		if l.text[l.pos] == '\'' && l.peek(1) != '\'' {
			break
		}
		escaped = true
		b.WriteString(l.text[from:l.pos])
		if l.text[l.pos] == '\'' {
			b.WriteByte('\'')
			l.pos += 2
		} else {
			l.pos++
			l.escape(&b)
		}
		from = l.pos
	}
	value := l.text[from:l.pos]
	l.pos++
	if escaped {
		b.WriteString(value)
		value = b.String()
	}
	l.addString(start, value)
}

// addString appends a string, if it is one that a column can hold.
func (l *lexer) addString(start int, value string) {
	switch {
	case !utf8.ValidString(value):
		l.reject(start, "the string is not valid UTF-8", "save the file in UTF-8, and write no octal escapes above \\177")
	case strings.IndexByte(value, 0) >= 0:
		l.reject(start, "the string holds a NUL character", "Redshift cannot store it: leave it out")
	default:
		l.add(str, start, value)
	}
}

// escape reads what follows a backslash in a string.
func (l *lexer) escape(b *strings.Builder) {
	c := l.peek(0)
	if i := strings.IndexByte("bfnrt", c); i >= 0 && c != 0 {
		b.WriteByte("\b\f\n\r\t"[i])
		l.pos++
		return
	}
	if c < '0' || c > '7' {
		if l.pos < len(l.text) && c < utf8.RuneSelf {
			b.WriteByte(c)
			l.pos++
		}
		return // a character beyond ASCII is read with what follows
	}
	code := 0
	for n := 0; n < 3 && l.peek(0) >= '0' && l.peek(0) <= '7'; n++ {
		code = code*8 + int(l.peek(0)-'0')
		l.pos++
	}
	b.WriteByte(byte(code))
}

// operators are the operators and the punctuation, the longer before the shorter.
var operators = byFirst(func(o string) string { return o },
	"||/", "!~*",
	"::", "||", "|/", "<>", "<=", "<<", ">=", ">>", "!=", "!~", "~*",
	"(", ")", ",", ".", ";", "[", "]", "=", "<", ">", "+", "-", "*", "/", "%", "^",
	"&", "|", "#", "~", "@")

// slip is what people write who come from other databases and languages, and
// what to write here.
type slip struct{ text, hint string }

// slips are tried before the operators.
var slips = byFirst(func(s slip) string { return s.text },
	slip{"<=>", "write IS NOT DISTINCT FROM"},
	slip{"->>", "write JSON_EXTRACT_PATH_TEXT(column, 'key')"},
	slip{"->", "write JSON_EXTRACT_PATH_TEXT(column, 'key')"},
	slip{"==", "write = to compare"},
	slip{"=>", "arguments have no names here: give them in order"},
	slip{":=", "variables cannot be set in a query"},
	slip{"&&", "write AND"},
	slip{"{{", "templates are not expanded: write plain SQL"},
	slip{"{%", "templates are not expanded: write plain SQL"},
	slip{"**", "write ^ or POWER(x, y)"},
)

// byFirst files items under the first byte of their text.
func byFirst[T any](text func(T) string, items ...T) (index [256][]T) {
	for _, item := range items {
		first := text(item)[0]
		index[first] = append(index[first], item)
	}
	return index
}

// strays are single characters that start no token.
var strays = map[byte]string{
	'!':  "write NOT, or <> for not equal",
	'`':  "write names between \", not between `",
	'?':  "parameters are written $1, $2, ...",
	':':  "a cast is written ::, a parameter $1",
	'{':  "braces have no meaning in Redshift's SQL",
	'}':  "braces have no meaning in Redshift's SQL",
	'\\': "a backslash has a meaning only inside a string",
}

// operator reads an operator or rejects what is none.
func (l *lexer) operator() {
	start, rest := l.pos, l.text[l.pos:]
	for _, s := range slips[rest[0]] {
		if strings.HasPrefix(rest, s.text) {
			l.pos += len(s.text)
			l.reject(start, "unexpected "+quote(s.text), s.hint)
			return
		}
	}
	for _, o := range operators[rest[0]] {
		if strings.HasPrefix(rest, o) {
			l.pos += len(o)
			if o == "!=" {
				o = "<>"
			}
			l.add(op, start, o)
			return
		}
	}
	l.pos++
	hint := strays[rest[0]]
	if hint == "" {
		hint = "delete it"
	}
	l.reject(start, "unexpected character "+strconv.QuoteRune(rune(rest[0])), hint)
}

// quote puts a piece of the text between double quotes, for a message.
func quote(s string) string { return `"` + s + `"` }

// quoteRune names a character that cannot be shown: U+00A0.
func quoteRune(r rune) string {
	hex := strconv.FormatInt(int64(r), 16)
	return "U+" + strings.Repeat("0", max(0, 4-len(hex))) + hex
}

// cut shortens a piece of the text for a message.
func cut(s string, most int) string {
	if len(s) <= most {
		return s
	}
	for !utf8.RuneStart(s[most]) {
		most--
	}
	return s[:most] + "..."
}
