package scalar

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/atolldata/atoll/internal/sql/token"
)

// texts are functions of the chapter "String functions".
var texts = []Func{
	{Prefix + "strtol", kinds(text, whole), whole, strtol},
	{Prefix + "soundex", kinds(text), text, func(args []any) (any, error) { return soundex(args[0].(string)), nil }},
	{Prefix + "difference", kinds(text, text), whole, difference},
	{Prefix + "octetindex", kinds(text, text), whole, octetIndex},
	{Prefix + "quote_ident", kinds(text), text, quoteIdent},
	{Prefix + "reverse", kinds(text), text, reverse},
	{Prefix + "quote_literal", kinds(text), text, quoteLiteral},
}

// strtol reads an integer in a base from 2 to 36. 0x may stand before digits in
// base 16 ("STRTOL function").
func strtol(args []any) (any, error) {
	s, base := args[0].(string), args[1].(int64)
	if base < 2 || base > 36 {
		return nil, fmt.Errorf("the base of STRTOL is %d: it must be 2 to 36", base)
	}
	digits := strings.TrimLeft(s, " \t\n\r\f\v")
	sign := ""
	if digits != "" && (digits[0] == '-' || digits[0] == '+') {
		sign, digits = digits[:1], digits[1:]
	}
	if base == 16 && len(digits) > 2 && (digits[:2] == "0x" || digits[:2] == "0X") {
		digits = digits[2:]
	}
	if strings.HasPrefix(digits, "-") || strings.HasPrefix(digits, "+") {
		return nil, fmt.Errorf("the input %q is not valid in base %d", s, base)
	}
	n, err := strconv.ParseInt(sign+digits, int(base), 64)
	switch {
	case err == nil:
		return n, nil
	case err.(*strconv.NumError).Err == strconv.ErrRange:
		return nil, fmt.Errorf("the input %q is out of the range of BIGINT in base %d", s, base)
	}
	return nil, fmt.Errorf("the input %q is not valid in base %d", s, base)
}

// soundexDigits are the codes of the letters A to Z; vowels have 0 and separate
// letters of the same code, H and W have a blank and do not.
const soundexDigits = "01230120022455012623010202"

// soundex is the American Soundex code of a text's English letters, or "" where it
// has none ("SOUNDEX function").
func soundex(s string) string {
	code := make([]byte, 0, 4)
	last := byte('0')
	for i := 0; i < len(s) && len(code) < 4; i++ {
		c := s[i] &^ 0x20 // upper case
		if c < 'A' || c > 'Z' || s[i] >= utf8.RuneSelf {
			continue
		}
		digit := soundexDigits[c-'A']
		switch {
		case len(code) == 0:
			code = append(code, c)
		case c == 'H' || c == 'W':
			continue
		case digit != '0' && digit != last:
			code = append(code, digit)
		}
		last = digit
	}
	if len(code) == 0 {
		return ""
	}
	return (string(code) + "000")[:4]
}

// difference counts the places at which the Soundex codes of two texts agree. It
// is 0 if one of them is empty, and 1 if neither has a letter ("DIFFERENCE
// function").
func difference(args []any) (any, error) {
	a, b := args[0].(string), args[1].(string)
	if a == "" || b == "" {
		return int64(0), nil
	}
	a, b = soundex(a), soundex(b)
	if a == "" && b == "" {
		return int64(1), nil
	}
	same := int64(0)
	for i := range min(len(a), len(b)) {
		if a[i] == b[i] {
			same++
		}
	}
	return same, nil
}

// octetIndex is the byte, from 1, at which one text begins in another, 0 if it does
// not ("OCTETINDEX function").
func octetIndex(args []any) (any, error) {
	return int64(strings.Index(args[1].(string), args[0].(string)) + 1), nil
}

// quoteIdent writes a name as SQL does: in double quotes unless it needs none
// ("QUOTE_IDENT function").
func quoteIdent(args []any) (any, error) {
	name := args[0].(string)
	if token.IsPlain(name) && !token.IsReserved(name) {
		return name, nil
	}
	return `"` + strings.ReplaceAll(name, `"`, `""`) + `"`, nil
}

// reverse turns the order of characters round, each code point for itself
// ("REVERSE function").
func reverse(args []any) (any, error) {
	runes := []rune(args[0].(string))
	slices.Reverse(runes)
	return string(runes), nil
}

// quoteLiteral writes a text as a literal: quotes and backslashes are doubled
// ("QUOTE_LITERAL function").
func quoteLiteral(args []any) (any, error) {
	return "'" + strings.NewReplacer("'", "''", `\`, `\\`).Replace(args[0].(string)) + "'", nil
}
