package format_test

import (
	"strings"
	"testing"

	"github.com/atolldata/atoll/internal/sql/format"
	"github.com/atolldata/atoll/internal/sql/sqltest"
)

func formatted(t *testing.T, text string) string {
	t.Helper()
	got, err := format.Text(text)
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	if again, err := format.Text(got); err != nil || again != got {
		t.Errorf("formatting is not stable (%v):\n%s\nand then\n%s", err, got, again)
	}
	return got
}

func TestText(t *testing.T) {
	sqltest.Golden(t, "testdata/comments.sql", "testdata/comments.golden", func(text string) string { return formatted(t, text) })
}

// What stands on a line of its own at the ends of a text, and between its lines.
func TestEnds(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"nothing", "", ""},
		{"blanks", " \n\n", ""},
		{"one line", "select 1", "SELECT 1\n"},
		{"semicolon", "select 1 ;", "SELECT 1;\n"},
		{"empty statements", ";; select 1;; -- a\n;select 2", "SELECT 1; -- a\n\nSELECT 2\n"},
		{"comment only", "\n-- a\n\n\n\n/* b */", "-- a\n\n/* b */\n"},
		{"byte order mark", "\ufeffselect 1", "SELECT 1\n"},
		{"CRLF", "/* a\r\n * b\r\n */\r\nselect 1 -- c\r\n, 'x\r\ny'\r\n", "/* a\n * b\n */\nSELECT\n  1, -- c\n  'x\r\ny'\n"},
		{"header", "/*\n * @every 5m\n */\n\n\n-- on\nselect 1", "/*\n * @every 5m\n */\n\n-- on\nSELECT 1\n"},
		{"header, empty line below", "/* a */\n\nselect 1", "/* a */\n\nSELECT 1\n"},
		{"header on the line", "/* a */ /* b */ select 1", "/* a */ /* b */\nSELECT 1\n"},
		{"after the end", "select 1 -- a\n-- b\n;\n\n\n-- c", "SELECT 1; -- a\n-- b\n\n-- c\n"},
		{"no semicolon", "select 1 -- a\n\n-- b\n", "SELECT 1 -- a\n\n-- b\n"},
		{"blanks behind a comment", "select 1 -- a \t\n", "SELECT 1 -- a\n"},
		{"in dropped parentheses", "( /* a */ (select 1) -- b\n)", "/* a */\nSELECT 1 -- b\n"},
		{"two on a line", "select 1; /* a */ select 2; -- b\nselect 3", "SELECT 1;\n/* a */\nSELECT 2; -- b\n\nSELECT 3\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := formatted(t, c.text); got != c.want {
				t.Errorf("got\n%q\nwant\n%q", got, c.want)
			}
		})
	}
}

// A text with mistakes is not formatted; all of them are told.
func TestMistakes(t *testing.T) {
	_, err := format.Text("select 1;\nselect from;\nselect 2 3")
	if err == nil || !strings.Contains(err.Error(), "2:8") || !strings.Contains(err.Error(), "3:10") {
		t.Errorf("got %v", err)
	}
}

// What would lose a comment is not formatted.
func TestCommentsInQuotes(t *testing.T) {
	_, err := format.Text("select 1;\nunload ('select a -- first\n from t') to 's3://out/' iam_role default")
	if err == nil || !strings.Contains(err.Error(), "2:9: the comments within a query in quotes would be lost") {
		t.Errorf("got %v", err)
	}
	for _, text := range []string{"select '-- a'\n'b'", "unload ('select a, ''/* b */'' from t') to 's3://out/' iam_role default"} {
		formatted(t, text)
	}
}
