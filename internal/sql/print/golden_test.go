package print_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/parse"
	"github.com/atolldata/atoll/internal/sql/print"
)

var update = flag.Bool("update", false, "write the golden files anew")

// A golden file holds many cases. Each starts with a line "--- title"; the rest,
// up to the next such line, is its text.
type goldenCase struct{ title, text string }

func readCases(t *testing.T, file string) []goldenCase {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var cases []goldenCase
	for _, part := range strings.Split("\n"+string(data), "\n--- ")[1:] {
		title, text, _ := strings.Cut(part, "\n")
		cases = append(cases, goldenCase{title, strings.TrimSpace(text)})
	}
	return cases
}

// compare checks what came out against the file beside the input.
func compare(t *testing.T, file string, got []goldenCase) {
	t.Helper()
	if *update {
		var b strings.Builder
		for _, c := range got {
			b.WriteString("--- " + c.title + "\n" + c.text + "\n\n")
		}
		if err := os.WriteFile(file, []byte(strings.TrimSuffix(b.String(), "\n")), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want := readCases(t, file)
	for i, c := range got {
		if i >= len(want) || want[i].title != c.title {
			t.Errorf("%s has no case %q at its place; run the tests with -update", file, c.title)
		} else if want[i].text != c.text {
			t.Errorf("%s, %s: got\n%s\nwant\n%s", file, c.title, c.text, want[i].text)
		}
	}
	if len(want) > len(got) {
		t.Errorf("%s has %d cases and should have %d", file, len(want), len(got))
	}
}

func inputs(t *testing.T, pattern string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("..", "testdata", "parse", pattern))
	if err != nil || len(files) == 0 {
		t.Fatalf("no files %s: %v", pattern, err)
	}
	return files
}

// one reads a case of a golden file: a query or, in the files stmt_*, a statement
// of any kind.
func one(file, text string) (ast.Statement, error) {
	if !strings.HasPrefix(filepath.Base(file), "stmt_") {
		return parse.Query(text)
	}
	list, err := parse.Statements(text)
	if err != nil {
		return nil, err
	}
	if len(list) != 1 {
		return nil, fmt.Errorf("%d statements", len(list))
	}
	return list[0], nil
}

// Every query and statement of the golden files prints as recorded, and what is
// printed for Redshift is the same again.
func TestPrint(t *testing.T) {
	count := 0
	for _, file := range inputs(t, "*.in.sql") {
		var redshift, duckdb []goldenCase
		for _, c := range readCases(t, file) {
			count++
			q, err := one(file, c.text)
			if err != nil {
				t.Errorf("%s, %s: %s", file, c.title, fault.All(err)[0].Pretty())
				continue
			}
			printed := print.Redshift(q)
			redshift = append(redshift, goldenCase{c.title, printed})
			if q, ok := q.(*ast.Query); ok && print.DuckDB(q) != printed {
				duckdb = append(duckdb, goldenCase{c.title, print.DuckDB(q)})
			}
			again, err := one(file, printed)
			if err != nil {
				t.Errorf("%s, %s: the printed query does not parse: %s", file, c.title, fault.All(err)[0].Pretty())
			} else if !ast.Equal(q, again) {
				t.Errorf("%s, %s: the printed query is another one:\n%s\n%s", file, c.title, printed, print.Redshift(again))
			}
		}
		base := strings.TrimSuffix(file, ".in.sql")
		compare(t, base+".redshift.sql", redshift)
		if !strings.HasPrefix(filepath.Base(file), "stmt_") {
			compare(t, base+".duckdb.sql", duckdb)
		}
	}
	if count < 250 {
		t.Errorf("the golden files hold %d queries; they are to cover the grammar with 250", count)
	}
}

// Every mistake of the golden files is reported as recorded.
func TestErrors(t *testing.T) {
	for _, file := range inputs(t, "*.bad.sql") {
		var got []goldenCase
		for _, c := range readCases(t, file) {
			_, err := one(file, c.text)
			if err == nil {
				t.Errorf("%s, %s: parses", file, c.title)
				continue
			}
			var b strings.Builder
			for _, f := range fault.All(err) {
				if f.Code != fault.Syntax {
					b.WriteString("[" + string(f.Code) + "] ")
				}
				b.WriteString(f.Pretty() + "\n")
			}
			got = append(got, goldenCase{c.title, strings.TrimSpace(b.String())})
		}
		compare(t, strings.TrimSuffix(file, ".sql")+".txt", got)
	}
}
