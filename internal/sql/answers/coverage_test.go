package answers

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/function"
	"github.com/atolldata/atoll/internal/sql/parse"
)

// Every function of the catalogue has an answer among the cases: a function that
// nobody has shown to be right is not offered.
func TestEveryFunctionHasAnAnswer(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	answered := map[string]bool{}
	for _, path := range files {
		for _, c := range readExamples(t, path) {
			if len(c.want) > 0 && strings.HasPrefix(c.want[0], "error: ") {
				continue
			}
			q, err := parse.Query(c.query)
			if err != nil {
				continue // TestAnswers tells
			}
			for _, name := range calledIn(q) {
				answered[name] = true
			}
		}
	}
	for _, name := range function.Names() {
		if !answered[name] {
			t.Errorf("no case in testdata has an answer of %s", name)
		}
	}
}

// calledIn lists the functions that a query calls, in lower case.
func calledIn(q *ast.Query) (names []string) {
	ast.Inspect(q, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncCall:
			names = append(names, strings.ToLower(n.Name.Last()))
		case *ast.Array:
			names = append(names, "array")
		}
		return true
	})
	return names
}
