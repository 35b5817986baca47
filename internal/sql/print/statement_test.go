package print_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/parse"
	"github.com/atolldata/atoll/internal/sql/print"
)

// Every statement of the corpus prints to a text that is the same statement and
// prints as that text again.
func TestStatements(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("..", "testdata", "corpus", "*.sql"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no corpus: %v", err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		statements, err := parse.Statements(string(text))
		for _, f := range fault.All(err) {
			t.Errorf("%s: %s", filepath.Base(file), f.Pretty())
		}
		for _, s := range statements {
			printed := print.Redshift(s)
			again, err := parse.Statements(printed)
			switch {
			case err != nil:
				t.Errorf("%s: what is printed does not parse: %v\n%s", filepath.Base(file), err, printed)
			case len(again) != 1 || !ast.Equal(s, again[0]):
				t.Errorf("%s: what is printed is another statement:\n%s", filepath.Base(file), printed)
			case print.Redshift(again[0]) != printed:
				t.Errorf("%s: printing is not stable:\n%s\n%s", filepath.Base(file), printed, print.Redshift(again[0]))
			}
		}
	}
}
