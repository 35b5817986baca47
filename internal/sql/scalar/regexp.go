package scalar

import (
	"errors"
	"fmt"
	"regexp"
	"regexp/syntax"
	"strings"
	"sync"
	"unicode/utf8"
)

// regexps are the functions of "REGEXP_COUNT function", "REGEXP_INSTR function",
// "REGEXP_REPLACE function", "REGEXP_SUBSTR function", "POSIX operators" and
// "SIMILAR TO". Positions count characters from 1; one before the first
// character means the first.
var regexps = []Func{
	{Prefix + "regexp_count", kinds(text, text, whole, text), whole, regexpCount},
	{Prefix + "regexp_instr", kinds(text, text, whole, whole, whole, text), whole, regexpInstr},
	{Prefix + "regexp_replace", kinds(text, text, text, whole, text), text, regexpReplace},
	{Prefix + "regexp_substr", kinds(text, text, whole, whole, text), text, regexpSubstr},
	{Prefix + "regexp_matches", kinds(text, text, text), boolean, regexpMatches},
	{Prefix + "similar_to", kinds(text, text, text), boolean, similarTo},
}

// CompileRegexp reads a pattern with Redshift's parameters: i ignores case, c does
// not, e asks for the first subexpression, p for the PCRE dialect, in which a dot
// does not match the end of a line. The last one of c and i wins. Both dialects are
// read in RE2's syntax; what only PCRE knows, look-around and back references, is
// an error.
func CompileRegexp(pattern, parameters string) (*Regexp, error) {
	fold, group, flags := false, false, "s"
	for _, p := range parameters {
		switch p {
		case 'c', 'i':
			fold = p == 'i'
		case 'e':
			group = true
		case 'p':
			flags = "-s"
		default:
			return nil, fmt.Errorf("%q is not a parameter of regular expressions: these are c, i, e and p", string(p))
		}
	}
	if fold {
		flags = "i" + flags
	}
	re, err := regexp.Compile("(?" + flags + ")" + pattern)
	if err != nil {
		return nil, fmt.Errorf("%q is not a regular expression: %s", pattern, reason(err))
	}
	return &Regexp{re: re, group: group && re.NumSubexp() > 0}, nil
}

// reason is what is wrong with a pattern, without the text that was compiled.
func reason(err error) string {
	var wrong *syntax.Error
	if errors.As(err, &wrong) {
		return string(wrong.Code)
	}
	return err.Error()
}

// Regexp is a compiled pattern.
type Regexp struct {
	re    *regexp.Regexp
	group bool // the answer is the first subexpression's
}

// The patterns that were compiled last. A query has few; one that makes a pattern
// of each row starts over now and then.
var compiled = struct {
	sync.RWMutex
	byText map[[2]string]*Regexp
}{byText: map[[2]string]*Regexp{}}

const maxCompiled = 1000

func compile(pattern, parameters any) (*Regexp, error) {
	key := [2]string{pattern.(string), parameters.(string)}
	compiled.RLock()
	re := compiled.byText[key]
	compiled.RUnlock()
	if re != nil {
		return re, nil
	}
	re, err := CompileRegexp(key[0], key[1])
	if err != nil {
		return nil, err
	}
	compiled.Lock()
	defer compiled.Unlock()
	if len(compiled.byText) >= maxCompiled {
		clear(compiled.byText)
	}
	compiled.byText[key] = re
	return re, nil
}

// start is the byte at which the character at position begins, and false where
// the position is past the last character.
func start(s string, position int64) (int, bool) {
	at := 0
	for ; position > 1; position-- {
		if at == len(s) {
			return 0, false
		}
		_, size := utf8.DecodeRuneInString(s[at:])
		at += size
	}
	return at, at < len(s) || s == ""
}

// matches finds the first n matches at or after a byte, all for -1. What stands
// before the byte is not context: a search from a position sees the text from
// there.
func (r *Regexp) matches(s string, from, n int) [][]int {
	return r.re.FindAllStringSubmatchIndex(s[from:], n)
}

func regexpCount(args []any) (any, error) {
	re, err := compile(args[1], args[3])
	if err != nil {
		return nil, err
	}
	s := args[0].(string)
	from, ok := start(s, args[2].(int64))
	if !ok {
		return int64(0), nil
	}
	return int64(len(re.matches(s, from, -1))), nil
}

// nth is the occurrence-th match from a position on, as bytes of s.
func (r *Regexp) nth(s string, position, occurrence int64) (begin, end int, ok bool) {
	from, ok := start(s, position)
	if !ok || occurrence < 1 {
		return 0, 0, false
	}
	found := r.matches(s, from, int(occurrence))
	if len(found) < int(occurrence) {
		return 0, 0, false
	}
	m := found[occurrence-1]
	if r.group {
		m = m[2:]
	}
	return from + m[0], from + m[1], m[0] >= 0
}

// regexpInstr gives the position of a match, or with a non-zero option that after
// it, and 0 where there is none.
func regexpInstr(args []any) (any, error) {
	re, err := compile(args[1], args[5])
	if err != nil {
		return nil, err
	}
	s := args[0].(string)
	begin, end, ok := re.nth(s, args[2].(int64), args[3].(int64))
	switch {
	case !ok:
		return int64(0), nil
	case args[4].(int64) != 0:
		begin = end
	}
	return int64(utf8.RuneCountInString(s[:begin])) + 1, nil
}

// regexpSubstr gives the text of a match, or of its first subexpression, and an
// empty text where there is none. An occurrence that no text could have is NULL.
func regexpSubstr(args []any) (any, error) {
	re, err := compile(args[1], args[4])
	if err != nil {
		return nil, err
	}
	s, occurrence := args[0].(string), args[3].(int64)
	if occurrence < 1 || occurrence > max(1, int64(utf8.RuneCountInString(s))) {
		return nil, nil
	}
	begin, end, ok := re.nth(s, args[2].(int64), occurrence)
	if !ok {
		return "", nil
	}
	return s[begin:end], nil
}

// regexpReplace replaces every match from a position on. The replacement refers to
// groups as $1 or \1 and to the match as $0, \0 or $&; $$ is a dollar sign, and a
// backslash before another character stands for that character.
func regexpReplace(args []any) (any, error) {
	re, err := compile(args[1], args[4])
	if err != nil {
		return nil, err
	}
	s, with := args[0].(string), args[2].(string)
	from, ok := start(s, args[3].(int64))
	if !ok {
		return s, nil
	}
	var out strings.Builder
	out.WriteString(s[:from])
	at := from
	for _, m := range re.matches(s, from, -1) {
		out.WriteString(s[at : from+m[0]])
		re.expand(&out, with, s[from:], m)
		at = from + m[1]
	}
	out.WriteString(s[at:])
	return out.String(), nil
}

// expand writes a replacement with the groups of a match in place of references.
// A reference to a group that the pattern does not have is written as it is.
func (r *Regexp) expand(out *strings.Builder, with, s string, match []int) {
	for i := 0; i < len(with); i++ {
		c := with[i]
		if c != '$' && c != '\\' || i+1 == len(with) {
			out.WriteByte(c)
			continue
		}
		group := int(with[i+1]) - '0'
		switch {
		case group >= 0 && group <= 9 && group <= r.re.NumSubexp():
			if match[2*group] >= 0 {
				out.WriteString(s[match[2*group]:match[2*group+1]])
			}
			i++
		case c == '$' && with[i+1] == '&':
			out.WriteString(s[match[0]:match[1]])
			i++
		case c == '\\', with[i+1] == '$':
			out.WriteByte(with[i+1])
			i++
		default:
			out.WriteByte(c)
		}
	}
}

// regexpMatches looks for the pattern anywhere in the text.
func regexpMatches(args []any) (any, error) {
	re, err := compile(args[1], args[2])
	if err != nil {
		return nil, err
	}
	return re.re.MatchString(args[0].(string)), nil
}

func similarTo(args []any) (any, error) {
	pattern, err := SimilarPattern(args[1].(string), args[2].(string))
	if err != nil {
		return nil, err
	}
	re, err := compile(pattern, "")
	if err != nil {
		return nil, err
	}
	return re.re.MatchString(args[0].(string)), nil
}

// SimilarPattern is the regular expression that a pattern of SIMILAR TO means: it
// matches all of the text, % is .*, _ is ., and the escape takes the next
// character as it is ("SIMILAR TO"). An empty escape is none. The error is of a
// pattern that means nothing.
func SimilarPattern(pattern, escape string) (string, error) {
	if utf8.RuneCountInString(escape) > 1 {
		return "", fmt.Errorf("the escape %q is longer than one character", escape)
	}
	esc, _ := utf8.DecodeRuneInString(escape)
	var re strings.Builder
	re.WriteString(`\A(?:`)
	escaped, inClass := false, false
	for _, c := range pattern {
		switch {
		case escaped:
			re.WriteString(regexp.QuoteMeta(string(c)))
			escaped = false
		case escape != "" && c == esc:
			escaped = true
		case inClass:
			inClass = c != ']'
			re.WriteRune(c)
		case c == '[':
			inClass = true
			re.WriteRune(c)
		case c == '%':
			re.WriteString(".*")
		case c == '_':
			re.WriteByte('.')
		case strings.ContainsRune(`.^$\`, c):
			re.WriteString(regexp.QuoteMeta(string(c)))
		default:
			re.WriteRune(c)
		}
	}
	if escaped {
		return "", fmt.Errorf("the pattern %q ends in its escape character", pattern)
	}
	re.WriteString(`)\z`)
	if _, err := syntax.Parse(re.String(), syntax.Perl); err != nil {
		return "", fmt.Errorf("%q is not a pattern of SIMILAR TO: %s", pattern, reason(err))
	}
	return re.String(), nil
}
