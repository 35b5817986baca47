package parse_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/parse"
	"github.com/atolldata/atoll/internal/sql/print"
)

// corpus returns the texts of the golden files, good and bad.
func corpus(t testing.TB) []string {
	files, err := filepath.Glob(filepath.Join("..", "testdata", "parse", "*.*.sql"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no golden files: %v", err)
	}
	var texts []string
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, part := range strings.Split("\n"+string(data), "\n--- ")[1:] {
			_, text, _ := strings.Cut(part, "\n")
			texts = append(texts, strings.TrimSpace(text))
		}
	}
	return texts
}

// FuzzQuery feeds the parser any text: it returns a query or a located fault,
// and what it returns prints to a text that is the same query.
func FuzzQuery(f *testing.F) {
	for _, text := range corpus(f) {
		f.Add(text)
	}
	f.Fuzz(checkText)
}

// FuzzTokens feeds the lexer any text: tokens and comments follow each other, and
// leave nothing out but blanks.
func FuzzTokens(f *testing.F) {
	for _, text := range corpus(f) {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var spans []ast.Span
		for _, token := range parse.Tokens(text) {
			spans = append(spans, token.Span)
		}
		for _, c := range parse.Comments(text) {
			if text[c.Start:c.Stop] != c.Text {
				t.Errorf("the comment %q is %q in %q", c.Text, text[c.Start:c.Stop], text)
			}
			spans = append(spans, c.Span)
		}
		slices.SortFunc(spans, func(a, b ast.Span) int { return int(a.Start - b.Start) })
		at := ast.Pos(0)
		for _, s := range append(spans, ast.Span{Start: ast.Pos(len(text)), Stop: ast.Pos(len(text))}) {
			if s.Start < at || s.Stop < s.Start || int(s.Stop) > len(text) {
				t.Fatalf("a token at %d to %d after %d in %q", s.Start, s.Stop, at, text)
			}
			if left := strings.Trim(text[at:s.Start], " \t\r\n\f\v\u00a0\ufeff"); left != "" {
				t.Fatalf("%q is left out of %q", left, text)
			}
			at = s.Stop
		}
	})
}

func checkText(t *testing.T, text string) {
	q, err := parse.Query(text)
	if err != nil {
		for _, e := range fault.All(err) {
			if e.Code == fault.Internal || e.Pos.Line == 0 || e.Message == "" {
				t.Fatalf("fault without code, place or message: %#v", e)
			}
		}
		return
	}
	checkSpans(t, text, q)
	printed := print.Redshift(q)
	again, err := parse.Query(printed)
	if err != nil {
		t.Fatalf("%q prints as\n%s\nwhich does not parse: %v", text, printed, err)
	}
	if !ast.Equal(q, again) {
		t.Fatalf("%q prints as\n%s\nwhich is another query:\n%s", text, printed, print.Redshift(again))
	}
	if twice := print.Redshift(again); twice != printed {
		t.Fatalf("printing is not stable:\n%s\n%s", printed, twice)
	}
	if print.DuckDB(q) == "" {
		t.Fatal("DuckDB's text is empty")
	}
}

// checkSpans asserts that nodes lie in the text, have a length, and lie within
// the node above them.
func checkSpans(t *testing.T, text string, n ast.Node) {
	var check func(parent, n ast.Node) ast.Node
	check = func(parent, n ast.Node) ast.Node {
		if n.Pos() < 0 || int(n.End()) > len(text) || n.Pos() > n.End() {
			t.Fatalf("%T has the span %d to %d in a text of %d: %q", n, n.Pos(), n.End(), len(text), text)
		}
		if parent != nil && (n.Pos() < parent.Pos() || n.End() > parent.End()) {
			t.Fatalf("%T at %d to %d is not inside %T at %d to %d: %q",
				n, n.Pos(), n.End(), parent, parent.Pos(), parent.End(), text)
		}
		return ast.MapChildren(n, func(c ast.Node) ast.Node { return check(n, c) })
	}
	check(nil, n)
}

// Every prefix of every golden text gives a query or a fault, as an editor sees
// it while someone types.
func TestPrefixes(t *testing.T) {
	for _, text := range corpus(t) {
		if len(text) > 250 {
			continue
		}
		for i := range text {
			checkText(t, text[:i])
		}
	}
}
