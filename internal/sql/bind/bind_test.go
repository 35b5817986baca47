package bind_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/bind"
	"github.com/atolldata/atoll/internal/sql/parse"
	"github.com/atolldata/atoll/internal/sql/sqltest"
)

func bindText(t *testing.T, text string, model bool) (*bind.Result, error) {
	t.Helper()
	q, err := parse.Query(text)
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return bind.Bind(q, sqltest.Shop(t), bind.Options{File: "m.sql", Text: text, Model: model})
}

// describe writes down what is known of a bound query.
func describe(res *bind.Result) string {
	var b strings.Builder
	for i, c := range res.Columns {
		var from []string
		for _, s := range res.Lineage[i].Sources {
			from = append(from, s.String())
		}
		fmt.Fprintf(&b, "%s %s <- %s\n", c.Name, c.Type, strings.Join(from, ", "))
	}
	for _, r := range res.Relations {
		fmt.Fprintf(&b, "reads %s at %d:%d\n", r.Name, r.Pos.Line, r.Pos.Column)
	}
	if res.UsesNow {
		b.WriteString("uses the clock\n")
	}
	for _, w := range res.Warnings {
		b.WriteString("warning: " + w.Pretty() + "\n")
	}
	return b.String()
}

func TestBind(t *testing.T) {
	for _, name := range []string{"names", "types", "lineage"} {
		sqltest.Golden(t, "testdata/"+name+".sql", "testdata/"+name+".golden", func(text string) string {
			res, err := bindText(t, text, false)
			if err != nil {
				t.Errorf("%v\n%s", err, text)
				return ""
			}
			return describe(res)
		})
	}
}

func TestErrors(t *testing.T) {
	sqltest.Golden(t, "testdata/errors.sql", "testdata/errors.golden", func(text string) string {
		_, err := bindText(t, text, true)
		if err == nil {
			t.Errorf("no error for\n%s", text)
		}
		var b strings.Builder
		for _, f := range fault.All(err) {
			b.WriteString(string(f.Code) + " " + f.Pretty() + "\n")
		}
		return b.String()
	})
}

// Every expression that has a value has a type, and every column a meaning.
func TestEverythingIsResolved(t *testing.T) {
	for _, name := range []string{"names", "types", "lineage"} {
		for _, c := range sqltest.Read(t, "testdata/"+name+".sql") {
			res, err := bindText(t, c.Text, false)
			if err != nil {
				continue // TestBind reports it
			}
			ast.Inspect(res.Query, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.Star, *ast.DatePart, *ast.Row, *ast.GroupingSets:
				case ast.Expr:
					if _, ok := res.Info.Types[n]; !ok && res.Info.Positions[n] == nil {
						t.Errorf("%s: %T has no type", c.Title, n)
					}
					if ref, ok := n.(*ast.ColumnRef); ok && res.Info.Refs[ref] == nil && res.Info.Positions[n] == nil {
						t.Errorf("%s: column %s is not resolved", c.Title, ref.Name)
					}
				}
				return true
			})
		}
	}
}

// A bound tree is the tree that was parsed.
func TestTreeIsNotChanged(t *testing.T) {
	for _, c := range sqltest.Read(t, "testdata/names.sql") {
		q, err := parse.Query(c.Text)
		if err != nil {
			t.Fatal(err)
		}
		before := ast.Clone(q)
		if _, err := bind.Bind(q, sqltest.Shop(t), bind.Options{Text: c.Text}); err != nil {
			continue
		}
		if !ast.Equal(before, q) {
			t.Errorf("%s: the tree was changed", c.Title)
		}
	}
}

// Aliases that double with each use are refused before they fill the memory.
func TestAliasesDoNotExplode(t *testing.T) {
	list := []string{"userid AS a0"}
	for i := range 60 {
		list = append(list, fmt.Sprintf("a%d + a%d AS a%d", i, i, i+1))
	}
	_, err := bindText(t, "SELECT "+strings.Join(list, ", ")+" FROM users GROUP BY userid", true)
	if fault.CodeOf(err) != fault.Unsupported {
		t.Errorf("got %v, want an unsupported fault", err)
	}
}
