package corpus

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/function"
	"github.com/atolldata/atoll/internal/sql/parse"
	"github.com/atolldata/atoll/internal/sql/print"
)

// The least numbers of statements that the corpus holds.
const (
	leastStatements = 1850
	leastQueries    = 880
)

var files = filepath.Join("..", "testdata", "corpus", "*.sql")

// statement is one statement of the corpus.
type statement struct {
	file string
	text string // from its first byte to its last, without the semicolon
	line int
	tree ast.Statement
}

func (s *statement) String() string { return fmt.Sprintf("%s:%d", s.file, s.line) }

// isQuery reports a statement of the files of queries.
func (s *statement) isQuery() bool { return strings.HasPrefix(s.file, "select_") }

// readCorpus reads every statement of every file.
func readCorpus(t testing.TB) []*statement {
	t.Helper()
	paths, err := filepath.Glob(files)
	if err != nil || len(paths) == 0 {
		t.Fatalf("no corpus at %s", files)
	}
	var out []*statement
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		text := string(data)
		trees, err := parse.Statements(text)
		if err != nil {
			t.Errorf("%s: %v", path, err)
		}
		for _, tree := range trees {
			line, _ := ast.LineColumn(text, tree.Pos())
			out = append(out, &statement{
				file: filepath.Base(path), text: text[tree.Pos():tree.End()], line: line, tree: tree})
		}
	}
	return out
}

// The corpus is as large as it says, and each statement adds a shape to it.
func TestShapesAreDistinct(t *testing.T) {
	first := map[string]*statement{}
	queries := 0
	for _, s := range readCorpus(t) {
		key := shape(s.tree)
		if other := first[key]; other != nil {
			t.Errorf("%s has the shape of %s:\n%s", s, other, s.text)
			continue
		}
		first[key] = s
		if s.isQuery() {
			queries++
		}
	}
	t.Logf("%d statements, %d of them in the files of queries", len(first), queries)
	if len(first) < leastStatements || queries < leastQueries {
		t.Errorf("%d statements and among them %d queries, want at least %d and %d",
			len(first), queries, leastStatements, leastQueries)
	}
}

// What the Redshift printer writes of a statement means the same, and is laid
// out the same the second time.
func TestPrintedTextIsTheSameStatement(t *testing.T) {
	for _, s := range readCorpus(t) {
		printed := print.Redshift(s.tree)
		again, err := parse.Statements(printed)
		switch {
		case err != nil:
			t.Errorf("%s: what is printed does not parse: %v\n%s", s, err, printed)
		case len(again) != 1:
			t.Errorf("%s: what is printed is %d statements\n%s", s, len(again), printed)
		case !ast.Equal(s.tree, again[0]):
			t.Errorf("%s: what is printed is another tree\n%s", s, printed)
		case print.Redshift(again[0]) != printed:
			t.Errorf("%s: printed again it is another text\n%s\n%s", s, printed, print.Redshift(again[0]))
		}
	}
}

// Every function of the catalogue that is Redshift's is called.
func TestEveryFunctionIsCalled(t *testing.T) {
	called := map[string]bool{}
	for _, s := range readCorpus(t) {
		ast.Inspect(s.tree, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncCall:
				called[n.Name.Last()] = true
			case *ast.Array:
				called["array"] = true
			}
			return true
		})
	}
	for _, f := range function.All() {
		if !f.Embedded() && !called[f.Name] {
			t.Errorf("no statement calls %s", f.Name)
		}
	}
}
