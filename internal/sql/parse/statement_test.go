package parse_test

import (
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

// Where a statement with a mistake ends, so that each mistake of a file is told
// once and what is right is kept.
func TestStatementEnds(t *testing.T) {
	for name, c := range map[string]struct {
		text   string
		faults string // their places
		kept   string // the statements without
	}{
		"a parenthesis that is not closed": {
			"create table t (a int;\ninsert into t values ((1);\ndrop tabel t; drop table t",
			"1:22 2:26 3:6", "DROP TABLE t"},
		"a parenthesis too many": {
			"drop table t); drop table u", "1:13", "DROP TABLE u"},
		"a string that is not closed": {
			"drop table a;\ndelete from t where a = 'x;\ndrop tabel b;\ndrop table c",
			"2:25 3:6", "DROP TABLE a; DROP TABLE c"},
		"a string that closes in the next statement": {
			"delete from t where a = 'x;\ndelete from t where a = 'y';\ndelete t where;\ndrop table c",
			"2:26 3:15", "DELETE FROM t WHERE a = 'y'; DROP TABLE c"},
		"a name that is not closed": {
			"drop table \"a;\ndrop tabel b;  \ndrop table c", "1:12 2:6", "DROP TABLE c"},
		"a comment that is not closed": {
			"select 1; /* drop;\ndrop tabel b;\ndrop table c", "1:11 2:6", "SELECT 1; DROP TABLE c"},
		"a semicolon inside of a string": {
			"insert into t values ('a;\nb', 1,); drop table c", "2:7", "DROP TABLE c"},
		"a semicolon that is missing": {
			"drop table a\ndrop table b;\nselect 1\nselect a,\nfrom t;\nselect 2\ncreate table t (a int)",
			"2:1 4:1 5:1 7:1", "DROP TABLE b; CREATE TABLE t (a integer)"},
		"no semicolon inside of a line": {
			"select 1 drop table b; drop table c", "1:15", "DROP TABLE c"},
	} {
		statements, err := parse.Statements(c.text)
		var places, kept []string
		for _, f := range fault.All(err) {
			places = append(places, f.Pos.String())
		}
		for _, s := range statements {
			kept = append(kept, print.Redshift(s))
		}
		if got := strings.Join(places, " "); got != c.faults {
			t.Errorf("%s: faults are at %s, want %s: %v", name, got, c.faults, err)
		}
		if got := strings.Join(kept, "; "); got != c.kept {
			t.Errorf("%s: kept %s, want %s", name, got, c.kept)
		}
	}
}

// However many quotes are wrong, the time stays bounded.
func TestManyLiteralsThatAreNotClosed(t *testing.T) {
	text := strings.Repeat("select 'a;\nselect ';\n", 3_000) + "select 'b"
	_, err := parse.Statements(text)
	if n := len(fault.All(err)); n == 0 || n > 3_001 {
		t.Errorf("%d faults", n)
	}
}

// Statements nest by their queries, types and schemas, up to a limit.
func TestStatementNesting(t *testing.T) {
	for name, text := range map[string]func(n int) string{
		"types": func(n int) string {
			return "create external table s.t (a " + strings.Repeat("array<", n) + "int" + strings.Repeat(">", n) + ") stored as orc location 's3://b/'"
		},
		"queries": func(n int) string {
			return "create table t as " + strings.Repeat("(", n) + "select 1" + strings.Repeat(")", n)
		},
		"defaults": func(n int) string {
			return "create table t (a int default " + strings.Repeat("(", n) + "1" + strings.Repeat(")", n) + ")"
		},
	} {
		if _, err := parse.Statements(text(60)); err != nil {
			t.Errorf("%s: 60 levels: %v", name, err)
		}
		for _, n := range []int{501, 30_000} {
			_, err := parse.Statements(text(n))
			if err == nil || !strings.Contains(err.Error(), "nested more than 500 levels deep") {
				t.Errorf("%s: %d levels: %.200v", name, n, err)
			}
		}
	}
}

// A query is one: what else a statement may be is refused at its first word.
func TestQueryIsNoOtherStatement(t *testing.T) {
	for _, text := range []string{
		"drop table t", "insert into t select 1", "update t set a = 1", "create table t as select 1", "truncate t",
		"with a as (select 1) delete from t",
	} {
		_, err := parse.Query(text)
		if faults := fault.All(err); len(faults) != 1 || faults[0].Pos.Line != 1 || faults[0].Code != fault.Syntax {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// statementCorpus returns the statements of the corpus that are no queries.
func statementCorpus(t testing.TB) []string {
	files, err := filepath.Glob(filepath.Join("..", "testdata", "corpus", "[^s]*.sql")) // select_*.sql are queries
	if err != nil || len(files) == 0 {
		t.Fatalf("no corpus: %v", err)
	}
	var texts []string
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		text := string(data)
		statements, err := parse.Statements(text)
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		for _, s := range statements {
			texts = append(texts, text[s.Pos():s.End()])
		}
	}
	return texts
}

// FuzzStatements feeds the parser any text: it returns statements or located
// faults, and each statement prints to a text that is the same.
func FuzzStatements(f *testing.F) {
	for _, text := range statementCorpus(f) {
		f.Add(text)
	}
	f.Fuzz(checkStatements)
}

func checkStatements(t *testing.T, text string) {
	statements, err := parse.Statements(text)
	for _, e := range fault.All(err) {
		if e.Code == fault.Internal || e.Pos.Line == 0 || e.Message == "" {
			t.Fatalf("fault without code, place or message: %#v", e)
		}
	}
	for _, s := range statements {
		checkSpans(t, text, s)
		printed := print.Redshift(s)
		again, err := parse.Statements(printed)
		switch {
		case err != nil:
			t.Fatalf("%q prints as\n%s\nwhich does not parse: %v", text, printed, err)
		case len(again) != 1 || !ast.Equal(s, again[0]):
			t.Fatalf("%q prints as\n%s\nwhich is another statement", text, printed)
		case print.Redshift(again[0]) != printed:
			t.Fatalf("printing is not stable:\n%s\n%s", printed, print.Redshift(again[0]))
		}
	}
}

// Every prefix of a statement gives statements or a fault, as an editor sees it
// while someone types.
func TestStatementPrefixes(t *testing.T) {
	for _, text := range statementCorpus(t) {
		if len(text) > 250 {
			continue
		}
		for i := range text {
			checkStatements(t, text[:i])
		}
	}
}

// The parts of statements have places of their own.
func TestStatementPositions(t *testing.T) {
	text := "/* é */ create table if not exists s.t (a decimal(9, 2) default -1 encode az64, primary key (a)) diststyle all;\n" +
		"merge into t using u as v on t.a = v.a when matched then update set b = 2 when not matched then insert values (1, default);\n" +
		"alter table s.t alter column a encode raw, alter column b encode lzo"
	want := map[string]string{
		"*ast.CreateTable":     "create table if not exists s.t (a decimal(9, 2) default -1 encode az64, primary key (a)) diststyle all",
		"*ast.ColumnDef":       "a decimal(9, 2) default -1 encode az64",
		"*ast.TypeName":        "decimal(9, 2)",
		"*ast.TableConstraint": "primary key (a)",
		"*ast.TableAttributes": "diststyle all",
		"*ast.Assignment":      "b = 2",
		"*ast.Default":         "default",
		"*ast.TableName":       "u as v",
	}
	words := []string{"az64", "all", "raw", "lzo"}
	whens := []string{"when matched then update set b = 2", "when not matched then insert values (1, default)"}
	columns := []string{"alter column a encode raw", "alter column b encode lzo"}
	next := func(list *[]string, got string) {
		if len(*list) == 0 || (*list)[0] != got {
			t.Errorf("%q is at the place of %q", got, *list)
			return
		}
		*list = (*list)[1:]
	}
	statements, err := parse.Statements(text)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range statements {
		ast.Inspect(s, func(n ast.Node) bool {
			got := text[n.Pos():n.End()]
			switch kind := fmt.Sprintf("%T", n); kind {
			case "*ast.Word":
				next(&words, got)
			case "*ast.MergeWhen":
				next(&whens, got)
			case "*ast.AlterColumn":
				next(&columns, got)
			default:
				if w, ok := want[kind]; ok && got != w {
					t.Errorf("%s spans %q, want %q", kind, got, w)
				}
			}
			return true
		})
	}
}
