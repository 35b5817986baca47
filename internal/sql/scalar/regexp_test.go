package scalar

import (
	"fmt"
	"testing"
)

func TestRegexps(t *testing.T) {
	one, zero := int64(1), int64(0)
	check(t, []example{
		{name: "regexp_count", args: args("aXbXc", "X", int64(3), ""), want: one},
		{name: "regexp_count", args: args("abc", "[a-z]", int64(-5), ""), want: int64(3)},
		{name: "regexp_count", args: args("abc", "[a-z]", int64(4), ""), want: zero},
		{name: "regexp_count", args: args("éÉe", "É", one, "i"), want: int64(2)},
		{name: "regexp_count", args: args("abc", "b", one, "ic"), want: one},
		{name: "regexp_count", args: args("aBc", "b", one, "ic"), want: zero},
		{name: "regexp_count", args: args("", "^$", one, ""), want: one},
		{name: "regexp_count", args: args("a\nb", "a.b", one, ""), want: one},
		{name: "regexp_count", args: args("a\nb", "a.b", one, "p"), want: zero},
		{name: "regexp_instr", args: args("ééxé", "x", one, one, zero, ""), want: int64(3)},
		{name: "regexp_instr", args: args("ééxé", "x", one, one, int64(7), ""), want: int64(4)},
		{name: "regexp_instr", args: args("ab12cd34", "([a-z])([0-9])", one, int64(2), zero, "e"), want: int64(6)},
		{name: "regexp_instr", args: args("abc", "b", int64(3), one, zero, ""), want: zero},
		{name: "regexp_instr", args: args("abab", "b", one, int64(3), zero, ""), want: zero},
		{name: "regexp_instr", args: args("abab", "b", one, zero, zero, ""), want: zero},
		{name: "regexp_substr", args: args("abab", "b", one, zero, ""), want: nil},
		{name: "regexp_substr", args: args("ab", "b", one, int64(3), ""), want: nil},
		{name: "regexp_substr", args: args("ab", "b", one, int64(2), ""), want: ""},
		{name: "regexp_substr", args: args("ab", "b", int64(9), one, ""), want: ""},
		{name: "regexp_substr", args: args("on 2024-05-06", "(\\d+)-(\\d+)", one, one, "e"), want: "2024"},
		{name: "regexp_substr", args: args("on 2024", "\\d+", one, one, "e"), want: "2024"},
		{name: "regexp_substr", args: args("b", "(a)|b", one, one, "e"), want: ""},
		{name: "regexp_substr", args: args("ab", "b", one, one, "x"), err: `"x" is not a parameter`},
		{name: "regexp_substr", args: args("ab", "b)", one, one, ""), err: `"b)" is not a regular expression: unexpected )`},
		{name: "regexp_replace", args: args("John Smith", `(\w+) (\w+)`, "$2, $1", one, ""), want: "Smith, John"},
		{name: "regexp_replace", args: args("John Smith", `(\w+) (\w+)`, `\2 \\ \0 \$1`, one, ""), want: `Smith \ John Smith $1`},
		{name: "regexp_replace", args: args("ab", `b`, `$1 $& $$ $`, one, ""), want: `a$1 b $ $`},
		{name: "regexp_replace", args: args("aé-é-", "-", "+", int64(4), ""), want: "aé-é+"},
		{name: "regexp_replace", args: args("a-", "-", "+", int64(9), ""), want: "a-"},
		{name: "regexp_replace", args: args("abc", "x*", "-", one, ""), want: "-a-b-c-"},
		{name: "regexp_replace", args: args("ac", "(b)?c", "[$1]", one, ""), want: "a[]"},
		{name: "regexp_matches", args: args("St. Louis", "louis$", "i"), want: true},
		{name: "regexp_matches", args: args("St. Louis", "louis$", ""), want: false},
	})
}

func TestSimilarTo(t *testing.T) {
	for _, c := range []struct {
		text, pattern, escape string
		want                  bool
	}{
		{"abc", "a(b|x)c", `\`, true},
		{"abc", "a|b", `\`, false},
		{"abc", "abc|b", `\`, true},
		{"a.c", "a.c", `\`, true},
		{"abc", "a.c", `\`, false},
		{"a\nc", "a_c", `\`, true},
		{"a\nc", "a%", `\`, true},
		{"é", "_", `\`, true},
		{"50%", `50\%`, `\`, true},
		{"500", `50\%`, `\`, false},
		{"50%", `50~%`, `~`, true},
		{`a\`, `a\`, "", true},
		{"%", "[%_]", `\`, true},
		{"x", "[%_]", `\`, false},
		{"aab", "a{2}b?", `\`, true},
		{"^a$", "^a$", `\`, true},
		{"", "", `\`, true},
	} {
		got, err := result(t, "similar_to", c.text, c.pattern, c.escape)
		if err != nil || got != c.want {
			t.Errorf("%q SIMILAR TO %q ESCAPE %q is %v (%v)", c.text, c.pattern, c.escape, got, err)
		}
	}
	check(t, []example{
		{name: "similar_to", args: args("a", `a\`, `\`), err: "ends in its escape"},
		{name: "similar_to", args: args("a", `a`, `xy`), err: "longer than one character"},
		{name: "similar_to", args: args("a", `(a`, `\`), err: `"(a" is not a pattern of SIMILAR TO: missing closing )`},
	})
}

// A pattern for each row does not keep all of them.
func TestCompiledPatternsAreBounded(t *testing.T) {
	for i := range 3 * maxCompiled {
		if _, err := compile(fmt.Sprintf("a{%d}b%d", i%9, i), ""); err != nil {
			t.Fatal(err)
		}
	}
	if len(compiled.byText) > maxCompiled {
		t.Errorf("%d patterns are kept", len(compiled.byText))
	}
}
