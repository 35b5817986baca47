package enginetest

import (
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/print"
	"github.com/atolldata/atoll/internal/testenv"
)

// Every name prints so that PostgreSQL reads the same name, whatever words it
// reserves where: as a relation, a column and an output.
func TestNamesOnPostgreSQL(t *testing.T) {
	conn, err := pgx.Connect(t.Context(), testenv.Postgres(t))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	rows, err := conn.Query(t.Context(), "SELECT word FROM pg_get_keywords()")
	if err != nil {
		t.Fatal(err)
	}
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil || len(names) < 400 {
		t.Fatalf("%d keywords, %v", len(names), err)
	}
	for _, name := range append(names, "two words", `a "quote"`, "élan", "1st", "$x", "current", "convert") {
		one := &ast.Query{Body: &ast.Select{Items: []*ast.SelectItem{{Expr: &ast.NumberLit{Text: "1"}, Alias: ast.Ident{Name: name}}}}}
		text := print.PostgreSQL(&ast.Query{Body: &ast.Select{
			Items: []*ast.SelectItem{{Expr: &ast.ColumnRef{Name: ast.NewName(name, name)}, Alias: ast.Ident{Name: name}}},
			From:  []ast.TableExpr{&ast.Subquery{Query: one, Alias: ast.Alias{Name: ast.Ident{Name: name}, Columns: []ast.Ident{{Name: name}}}}},
		}})
		result, err := conn.Query(t.Context(), text)
		if err != nil {
			t.Errorf("%v\n%s", err, text)
			continue
		}
		if got := result.FieldDescriptions(); len(got) == 1 && got[0].Name != name {
			t.Errorf("%q is read as %q\n%s", name, got[0].Name, text)
		}
		result.Close()
		if err := result.Err(); err != nil {
			t.Errorf("%v\n%s", err, text)
		}
	}
}

// A string prints so that PostgreSQL reads the same text.
func TestStringsOnPostgreSQL(t *testing.T) {
	conn, err := pgx.Connect(t.Context(), testenv.Postgres(t))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	for _, want := range []string{"", "it's", `back\slash`, `\n`, "new\nline", `"`, "''", "é", strings.Repeat("long ", 100), "$$"} {
		var got string
		text := print.PostgreSQL(&ast.Query{Body: &ast.Select{Items: []*ast.SelectItem{{Expr: &ast.StringLit{Value: want}}}}})
		if err := conn.QueryRow(t.Context(), text).Scan(&got); err != nil || got != want {
			t.Errorf("%q is read as %q, %v", want, got, err)
		}
	}
}
