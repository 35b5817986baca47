package parse_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/parse"
	"github.com/atolldata/atoll/internal/sql/print"
)

func query(t *testing.T, text string) *ast.Query {
	t.Helper()
	q, err := parse.Query(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return q
}

func TestStatementsGoOnAfterAnError(t *testing.T) {
	text := "select 1;\nselect a, from t;\n;select 2; selct 3; select (4\n; select 5"
	statements, err := parse.Statements(text)
	var places []string
	for _, f := range fault.All(err) {
		places = append(places, f.Pos.String())
	}
	if got := strings.Join(places, " "); got != "2:11 3:12 4:1" {
		t.Errorf("faults are at %s: %v", got, err)
	}
	var printed []string
	for _, s := range statements {
		printed = append(printed, print.Redshift(s))
	}
	if got := strings.Join(printed, "; "); got != "SELECT 1; SELECT 2; SELECT 5" {
		t.Errorf("statements are %s", got)
	}
}

func TestStatementsOfNothing(t *testing.T) {
	if s, err := parse.Statements(" ; -- nothing\n;"); len(s) != 0 || err != nil {
		t.Errorf("got %v, %v", s, err)
	}
}

func TestExpr(t *testing.T) {
	e, err := parse.Expr("a + 1 -- comment")
	if err != nil || print.Redshift(e) != "a + 1" {
		t.Errorf("got %v, %v", e, err)
	}
	for text, want := range map[string]string{
		"a + 1, b":          `1:6: expected the end of the expression, found ","`,
		"":                  `1:1: expected an expression, found the end of the text`,
		"select 1":          `1:1: expected an expression, found "select" (put the query into parentheses)`,
		"exists (select 1;": `1:17: expected ")", found ";"`,
	} {
		if _, err := parse.Expr(text); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: got %v, want %s", text, err, want)
		}
	}
}

func TestComments(t *testing.T) {
	text := "/* header */ select 1 -- one\n, '-- no' /* in /* ner */ */ from \"/*\" --last"
	var got []string
	for _, c := range parse.Comments(text) {
		if text[c.Pos():c.End()] != c.Text {
			t.Errorf("comment %q is not at %d to %d", c.Text, c.Pos(), c.End())
		}
		got = append(got, c.Text)
	}
	if s := strings.Join(got, "|"); s != "/* header */|-- one|/* in /* ner */ */|--last" {
		t.Errorf("got %s", s)
	}
}

// Positions are places in the whole text, whatever stands before the query.
func TestPositions(t *testing.T) {
	text := "\ufeff/* @schema é */\nselect grüße.a as b from (select 1) x where ((c)) = $1"
	want := map[string]string{
		"*ast.Query":      "select grüße.a as b from (select 1) x where ((c)) = $1",
		"*ast.SelectItem": "grüße.a as b",
		"*ast.Subquery":   "(select 1) x",
		"*ast.Binary":     "((c)) = $1",
		"*ast.Param":      "$1",
	}
	seen := map[string]bool{}
	ast.Inspect(query(t, text), func(n ast.Node) bool {
		kind := fmt.Sprintf("%T", n)
		if w, ok := want[kind]; ok && !seen[kind] && text[n.Pos():n.End()] != w {
			t.Errorf("%s spans %q, want %q", kind, text[n.Pos():n.End()], w)
		}
		seen[kind] = true
		return true
	})
	_, err := parse.Query("/* é */\n  select a,\n\tb c d")
	f := fault.All(err)[0]
	if f.Pos != (fault.Position{Line: 3, Column: 6}) || f.Source != "\tb c d" {
		t.Errorf("the fault is at %v in %q", f.Pos, f.Source)
	}
}

func TestNames(t *testing.T) {
	long := strings.Repeat("x", 127)
	for text, want := range map[string]string{
		`Abc`:            `abc`,
		`"ABC"`:          `abc`,
		`"ÄÖ"`:           `ÄÖ`, // only ASCII letters fold
		`"a""B"`:         `a"b`,
		long:             long,
		`"` + long + `"`: long,
		"_1$":            "_1$",
	} {
		e, err := parse.Expr(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
		} else if got := e.(*ast.ColumnRef).Name.String(); got != want {
			t.Errorf("%s is the name %s, want %s", text, got, want)
		}
	}
}

func TestStrings(t *testing.T) {
	for text, want := range map[string]string{
		`'a''b'`:               "a'b",
		`'a\'b'`:               "a'b",
		`'a\\b'`:               `a\b`,
		`'a\b\f\n\r\tz'`:       "a\b\f\n\r\tz",
		`'\101\7\1012'`:        "A\aA2",
		`'\d\x\%\ü'`:           "dx%ü",
		`E'a\nb'`:              "a\nb",
		`e'x'`:                 "x",
		`$$a'\n$$`:             `a'\n`,
		`$t$a$$b$t$`:           "a$$b",
		"'a'\n  'b' -- c\n'd'": "abd",
		`''`:                   "",
	} {
		e, err := parse.Expr(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
		} else if got := e.(*ast.StringLit).Value; got != want {
			t.Errorf("%s is %q, want %q", text, got, want)
		}
	}
}

func TestNesting(t *testing.T) {
	deep := func(open, core, shut string, n int) string {
		return strings.Repeat(open, n) + core + strings.Repeat(shut, n)
	}
	for name, text := range map[string]func(n int) string{
		"parentheses": func(n int) string { return "select " + deep("(", "1", ")", n) },
		"calls":       func(n int) string { return "select " + deep("f(", "1", ")", n) },
		"not":         func(n int) string { return "select " + deep("not ", "a", "", n) },
		"signs":       func(n int) string { return "select " + deep("- ", "a", "", n) },
		"cases":       func(n int) string { return "select " + deep("case when ", "a", " then 1 end", n) },
		"queries":     func(n int) string { return deep("select (", "select 1", ")", n) },
		"from":        func(n int) string { return deep("select * from (", "select 1", ")", n) },
		"brackets":    func(n int) string { return "select " + deep("a[", "1", "]", n) },
		"in":          func(n int) string { return "select " + deep("a in (", "1", ")", n) },
		"tables":      func(n int) string { return "select * from " + deep("(", "t", ")", n) },
		"operands":    func(n int) string { return deep("(", "select 1", ")", n) },
		"with":        func(n int) string { return deep("with a as (", "select 1", ") select 2", n) },
		"joins":       func(n int) string { return "select * from " + deep("a join ", "b", " on c", n) },
		"grouping":    func(n int) string { return "select a from t group by " + deep("rollup (", "a", ")", n) },
	} {
		if _, err := parse.Query(text(60)); err != nil {
			t.Errorf("%s: 60 levels: %v", name, err)
		}
		for _, n := range []int{501, 30_000} {
			_, err := parse.Query(text(n))
			if err == nil || !strings.Contains(err.Error(), "nested more than 500 levels deep") {
				t.Errorf("%s: %d levels: %.200v", name, n, err)
			}
		}
	}
}

func TestChains(t *testing.T) {
	chain := func(first, next string, n int) string { return first + strings.Repeat(next, n) }
	for name, text := range map[string]func(n int) string{
		"operators": func(n int) string { return chain("select a", " + a", n) },
		"casts":     func(n int) string { return chain("select a", "::int", n) },
		"unions":    func(n int) string { return chain("select 1", " union select 1", n) },
		"joins":     func(n int) string { return chain("select * from a", " cross join b", n) },
		"pivots":    func(n int) string { return chain("select * from a", " pivot (f(a) for b in (1))", n) },
		"nested chains": func(n int) string {
			return "select (" + chain("(a", " + a", n/2) + ")" + strings.Repeat(" + b", n/2+1) + ")"
		},
		"nested queries": func(n int) string {
			return "select (" + chain("(select a", " + a", n/2) + ")" + strings.Repeat(" + b", n/2) + ")"
		},
	} {
		q, err := parse.Query(text(9_000))
		if err != nil {
			t.Errorf("%s: %.200v", name, err)
			continue
		}
		if again := query(t, print.Redshift(ast.Clone(q))); !ast.Equal(q, again) {
			t.Errorf("%s: a long chain prints as another", name)
		}
		for _, n := range []int{10_002, 50_000} {
			if _, err := parse.Query(text(n)); err == nil || !strings.Contains(err.Error(), "stand on top of each other") {
				t.Errorf("%s: a chain of %d: %.200v", name, n, err)
			}
		}
	}
	if _, err := parse.Query("select " + chain("a", ", a + 1", 50_000)); err != nil {
		t.Errorf("a long list is no chain: %v", err)
	}
}

func TestTextTooLong(t *testing.T) {
	text := "1" + strings.Repeat(" ", parse.MaxText)
	_, queryErr := parse.Query(text)
	_, statementsErr := parse.Statements(text)
	_, exprErr := parse.Expr(text)
	for _, err := range []error{queryErr, statementsErr, exprErr} {
		if err == nil || !strings.Contains(err.Error(), "bytes long") {
			t.Errorf("got %v", err)
		}
	}
}

func TestInvalidUTF8(t *testing.T) {
	for _, text := range []string{"select a\xff from t", "select \"a\xff\"", "select '\xff'", "select \xff"} {
		_, err := parse.Query(text)
		if err == nil || !strings.Contains(err.Error(), "not valid UTF-8") {
			t.Errorf("%q: got %v", text, err)
		}
	}
}
