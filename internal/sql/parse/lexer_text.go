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

// holdsNUL is why a string with a NUL character is rejected.
const holdsNUL = "the string holds a NUL character"

// addString appends a string, if it is one that a column can hold.
func (l *lexer) addString(start int, value string) {
	switch {
	case !utf8.ValidString(value):
		l.reject(start, "the string is not valid UTF-8", "save the file in UTF-8, and write no octal escapes above \\177")
	case strings.IndexByte(value, 0) >= 0:
		l.reject(start, holdsNUL, "Redshift cannot store it: leave it out")
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

// operators are the operators that are written with operatorChars.
var operators = map[string]bool{
	"||/": true, "!~*": true, "||": true, "|/": true, "<>": true, "<=": true, "<<": true, ">=": true,
	">>": true, "!=": true, "!~": true, "~*": true, "=": true, "<": true, ">": true, "+": true, "-": true,
	"*": true, "/": true, "%": true, "^": true, "&": true, "|": true, "#": true, "~": true, "@": true,
}

const (
	operatorChars = "+-*/<>=~!@#%^&|"
	punctuation   = "(),.;[]"
)

// slips are what people write who come from other databases and languages, and
// what to write here.
var slips = map[string]string{
	"<=>":  "write IS NOT DISTINCT FROM",
	"->":   "write JSON_EXTRACT_PATH_TEXT(column, 'key')",
	"->>":  "write JSON_EXTRACT_PATH_TEXT(column, 'key')",
	"#>>":  "write JSON_EXTRACT_PATH_TEXT(column, 'key', 'key')",
	"~~":   "write LIKE",
	"~~*":  "write ILIKE",
	"!~~":  "write NOT LIKE",
	"!~~*": "write NOT ILIKE",
	"==":   "write = to compare",
	"=>":   "write >= to compare; arguments have no names here: give them in order",
	"&&":   "write AND",
	"**":   "write ^ or POWER(x, y)",
	"!":    "write NOT, or <> for not equal",
	":=":   "variables cannot be set in a query",
	":":    "a cast is written ::, a parameter $1, an attribute column.name",
	"//":   "a comment starts with --",
	"{{":   "templates are not expanded: write plain SQL",
	"{%":   "templates are not expanded: write plain SQL",
	"{":    "braces have no meaning in Redshift's SQL",
	"}":    "braces have no meaning in Redshift's SQL",
	"`":    "write names between \", not between `",
	"?":    "parameters are written $1, $2, ...",
	"\\":   "a backslash has a meaning only inside a string",
}

// operator reads an operator or a punctuation mark, or rejects what is neither.
func (l *lexer) operator() {
	start, rest := l.pos, l.text[l.pos:]
	switch {
	case strings.IndexByte(punctuation, rest[0]) >= 0:
		l.pos++
		l.add(op, start, rest[:1])
	case strings.HasPrefix(rest, "::"):
		l.pos += 2
		l.add(op, start, rest[:2])
	case strings.IndexByte(operatorChars, rest[0]) >= 0:
		l.operatorRun(operatorRun(rest))
	default:
		n := 1
		if len(rest) > 1 && slips[rest[:2]] != "" {
			n = 2
		}
		hint := slips[rest[:n]]
		if hint == "" {
			hint = "delete it"
		}
		l.pos += n
		l.reject(start, "unexpected "+printable(rest[:n]), hint)
	}
}

// operatorRun returns the operator characters that a text starts with, up to a
// comment.
func operatorRun(text string) string {
	n := 0
	for n < len(text) && strings.IndexByte(operatorChars, text[n]) >= 0 &&
		(n == 0 || !strings.HasPrefix(text[n:], "--") && !strings.HasPrefix(text[n:], "/*")) {
		n++
	}
	return text[:n]
}

// operatorRun reads operator characters that stand together. As in PostgreSQL
// they are one operator, so that what an engine would take for an operator of its
// own is never read as two of ours; only signs at the end may be apart.
func (l *lexer) operatorRun(run string) {
	start := l.pos
	o := run
	if !operators[o] && slips[o] == "" {
		o = strings.TrimRight(run, "+-")
		if o == "" {
			o = run[:1]
		}
	}
	l.pos += len(o)
	switch hint := slips[o]; {
	case hint != "":
		l.reject(start, "unexpected "+quote(o), hint)
	case o == "!=":
		l.add(op, start, "<>")
	case operators[o]:
		l.add(op, start, o)
	default:
		l.reject(start, "there is no operator "+quote(cut(o, 40)), "put spaces between operators that are to be apart")
	}
}

// printable quotes characters for a message; one that cannot be shown is named by
// its code.
func printable(s string) string {
	if s < " " || s[0] >= 0x7f {
		return "character " + quoteRune(rune(s[0]))
	}
	return quote(s)
}

// quote puts a piece of the text between double quotes, for a message.
func quote(s string) string { return `"` + s + `"` }

// quoteRune names a character that cannot be shown: U+00A0.
func quoteRune(r rune) string {
	hex := strings.ToUpper(strconv.FormatInt(int64(r), 16))
	return "U+" + strings.Repeat("0", max(0, 4-len(hex))) + hex
}

// cut shortens a piece of the text for a message and puts it on one line.
func cut(s string, most int) string {
	if len(s) > most {
		for !utf8.RuneStart(s[most]) {
			most--
		}
		s = s[:most] + "..."
	}
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == '\n' || r == '\r' }), " ")
}
