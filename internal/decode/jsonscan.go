package decode

import (
	"bytes"
	"math/bits"
	"unicode/utf16"
	"unicode/utf8"
)

// Scanning RFC 8259 text. All of it relies on the line feed that ends a record:
// it is neither allowed inside a value nor skipped as white space, so that no
// scan leaves the record.

// text is what scanString found.
type text uint8

const (
	plain    text = iota // between i and end as it is
	escaped              // with backslashes
	notUTF8              // ended, but not valid UTF-8
	unclosed             // a control character, or the record's end, at end
)

// scanString reads the string whose first character is at i and returns where
// its closing quote is.
func scanString(d []byte, i int) (end int, what text) {
	start, beyondASCII := i, false
	for {
		mask := load8(d, i)
		if beyondASCII {
			mask = specialMask(mask)
		} else {
			mask = plainMask(mask)
		}
		if mask == 0 {
			i += 8
			continue
		}
		i += bits.TrailingZeros64(mask) / 8
		switch c := d[i]; {
		case c == '"':
			if beyondASCII && !utf8.Valid(d[start:i]) {
				return i, notUTF8
			}
			return i, what
		case c == '\\':
			what = escaped
			i++
			if d[i] == '\n' {
				return i, unclosed
			}
			i++
		case c >= utf8.RuneSelf:
			beyondASCII = true
		default:
			return i, unclosed
		}
	}
}

// unescape appends the text of a scanned string. Its reason is empty, or says
// why the string names no text that a varchar can hold.
func unescape(dst, s []byte) (out []byte, reason string) {
	for {
		i := bytes.IndexByte(s, '\\')
		if i < 0 {
			return append(dst, s...), ""
		}
		dst = append(dst, s[:i]...)
		if s[i+1] == 'u' {
			r, size := unicodeEscape(s[i:])
			switch {
			case size == 0:
				return dst, `an escape \u without four hexadecimal digits`
			case r == 0:
				return dst, `the character \u0000, which no character type can hold`
			case r < 0:
				return dst, "half of a surrogate pair: " + string(s[i:i+6])
			}
			dst, s = utf8.AppendRune(dst, r), s[i+size:]
			continue
		}
		c := escapes[s[i+1]]
		if c == 0 {
			return dst, "an unknown escape: " + quote(s[i:i+2])
		}
		dst, s = append(dst, c), s[i+2:]
	}
}

// halfPair finds half of a surrogate pair in JSON text: it names no character,
// so that no engine can keep it.
func halfPair(s []byte) (reason string) {
	for {
		i := bytes.IndexByte(s, '\\')
		if i < 0 || i+1 == len(s) {
			return ""
		}
		size := 2
		if s[i+1] == 'u' {
			var r rune
			if r, size = unicodeEscape(s[i:]); r < 0 {
				return "half of a surrogate pair: " + string(s[i:i+6])
			}
			size = max(size, 2)
		}
		s = s[i+size:]
	}
}

var escapes = [256]byte{
	'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t',
}

// unicodeEscape reads \uXXXX, or two of them that are a surrogate pair. A size
// of 0 means that it is malformed, a rune of -1 half of a pair.
func unicodeEscape(s []byte) (r rune, size int) {
	high, ok := hex4(s)
	if !ok {
		return 0, 0
	}
	if !utf16.IsSurrogate(high) {
		return high, 6
	}
	if low, ok := hex4(s[6:]); ok {
		if r := utf16.DecodeRune(high, low); r != utf8.RuneError {
			return r, 12
		}
	}
	return -1, 6
}

// hex4 reads the four hexadecimal digits of \uXXXX.
func hex4(s []byte) (r rune, ok bool) {
	if len(s) < 6 || s[0] != '\\' || s[1] != 'u' {
		return 0, false
	}
	for _, c := range s[2:6] {
		v, ok := hexDigit(c)
		if !ok {
			return 0, false
		}
		r = r<<4 | rune(v)
	}
	return r, true
}

func hexDigit(c byte) (v byte, ok bool) {
	switch {
	case c >= '0' && c <= '9':
		return c - '0', true
	case c|0x20 >= 'a' && c|0x20 <= 'f':
		return c | 0x20 - 'a' + 10, true
	}
	return 0, false
}

// checkEscapes finds the first malformed escape of a scanned string whose text
// is not wanted, and returns its offset, or -1.
func checkEscapes(s []byte) int {
	for i := 0; ; {
		k := bytes.IndexByte(s[i:], '\\')
		if k < 0 {
			return -1
		}
		i += k
		if s[i+1] == 'u' {
			if _, ok := hex4(s[i:]); !ok {
				return i
			}
			i += 6
			continue
		}
		if escapes[s[i+1]] == 0 {
			return i
		}
		i += 2
	}
}

// scanNumber reads a number by RFC 8259 and returns its end, or -1 and where it
// is malformed.
func scanNumber(d []byte, i int) (end, bad int) {
	if d[i] == '-' {
		i++
	}
	switch {
	case d[i] == '0':
		i++
	case isDigit(d[i]):
		i = skipDigits(d, i)
	default:
		return -1, i
	}
	if d[i] == '.' {
		if i++; !isDigit(d[i]) {
			return -1, i
		}
		i = skipDigits(d, i)
	}
	if d[i]|0x20 == 'e' {
		if i++; d[i] == '+' || d[i] == '-' {
			i++
		}
		if !isDigit(d[i]) {
			return -1, i
		}
		i = skipDigits(d, i)
	}
	return i, 0
}

func isDigit(c byte) bool { return c-'0' <= 9 }

func skipDigits(d []byte, i int) int {
	for isDigit(d[i]) {
		i++
	}
	return i
}

// scanInteger reads a whole number of at most 16 digits by RFC 8259. It is a
// guess at what most numbers are: ok is false for whatever it does not cover,
// and the number may go on after end as a fraction.
func scanInteger(d []byte, i int) (v int64, end int, ok bool) {
	negative := d[i] == '-'
	if negative {
		i++
	}
	w := load8(d, i) ^ ones*'0'
	n := bits.TrailingZeros64(digitMask(w)) / 8 // 8 where all are digits
	if n == 0 || n > 1 && d[i] == '0' {
		return 0, 0, false
	}
	v = number8(w << (64 - 8*n))
	if i += n; n == 8 {
		w = load8(d, i) ^ ones*'0'
		n = bits.TrailingZeros64(digitMask(w)) / 8
		v = v*powersOf10[n&15] + number8(w<<(64-8*n))
		if i += n; isDigit(d[i]) {
			return 0, 0, false
		}
	}
	if negative {
		v = -v
	}
	return v, i, true
}

// blank skips the white space of RFC 8259 but for the line feed.
func blank(d []byte, i int) int {
	for d[i] == ' ' || d[i] == '\t' || d[i] == '\r' {
		i++
	}
	return i
}
