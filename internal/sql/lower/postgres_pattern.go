package lower

import (
	"strings"

	"github.com/atolldata/atoll/internal/sql/ast"
)

// portablePattern refuses literal patterns that PostgreSQL's regular expressions
// read in another way than Redshift's: escapes that are letters, but for classes
// of characters, groups with options, and repetitions that take as little as
// they can.
func (l *lowering) portablePattern(e ast.Expr) {
	lit, ok := e.(*ast.StringLit)
	if !ok {
		l.fail(e, "write the pattern as a literal", "a pattern that is no literal cannot be checked for PostgreSQL")
		return
	}
	if part := unportable(lit.Value); part != "" {
		l.fail(e, "use what POSIX has: . [] () | * + ? {} ^ $ and the classes \\d \\s \\w", "PostgreSQL reads %q in the pattern %q in another way", part, lit.Value)
	}
}

// unportable is the first part of a pattern that is not portable, "" if all is.
func unportable(pattern string) string {
	if strings.HasPrefix(pattern, "***") {
		return "***"
	}
	inSet := false
	for i := 0; i < len(pattern); i++ {
		two := pattern[i:min(i+2, len(pattern))]
		switch c := pattern[i]; {
		case c == '\\':
			if letter := strings.TrimPrefix(two, `\`); isAlphanumeric(letter) && !strings.Contains("dDsSwWntr", letter) {
				return two
			}
			i++
		case inSet:
			inSet = c != ']'
		case c == '[':
			inSet = true
			if rest := strings.TrimPrefix(pattern[i+1:], "^"); strings.HasPrefix(rest, "]") {
				i = len(pattern) - len(rest)
			}
		case two == "(?" && !strings.HasPrefix(pattern[i:], "(?:"):
			return pattern[i:min(i+3, len(pattern))]
		case strings.Contains("*+?}", string(c)) && len(two) == 2 && strings.Contains("?+", two[1:]):
			return two
		}
	}
	return ""
}

func isAlphanumeric(s string) bool {
	return s != "" && strings.Contains("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", s)
}
