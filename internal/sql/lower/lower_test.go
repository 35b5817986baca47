package lower_test

import (
	"strings"
	"testing"
	"time"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/bind"
	"github.com/atolldata/atoll/internal/sql/lower"
	"github.com/atolldata/atoll/internal/sql/parse"
	"github.com/atolldata/atoll/internal/sql/print"
	"github.com/atolldata/atoll/internal/sql/sqltest"
)

var now = time.Date(2026, 3, 15, 10, 20, 30, 123456789, time.UTC)

func lowerText(t *testing.T, text string, opts lower.Options) (*ast.Query, error) {
	t.Helper()
	q, err := parse.Query(text)
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	res, err := bind.Bind(q, sqltest.Shop(t), bind.Options{File: "m.sql", Text: text, Model: true})
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return lower.DuckDB(res, opts)
}

func TestLower(t *testing.T) {
	sqltest.Golden(t, "testdata/lower.sql", "testdata/lower.golden", func(text string) string {
		q, err := lowerText(t, text, lower.Options{Now: now})
		if err != nil {
			t.Errorf("%v\n%s", err, text)
			return ""
		}
		return print.DuckDB(q)
	})
}

// What has no equal in the engine is a fault, and all of them are reported.
func TestUnsupported(t *testing.T) {
	sqltest.Golden(t, "testdata/unsupported.sql", "testdata/unsupported.golden", func(text string) string {
		_, err := lowerText(t, text, lower.Options{Now: now})
		if err == nil {
			t.Errorf("no fault for\n%s", text)
		}
		var b strings.Builder
		for _, f := range fault.All(err) {
			b.WriteString(string(f.Code) + " " + f.Pretty() + "\n")
		}
		return b.String()
	})
}

func TestRelationNames(t *testing.T) {
	q, err := lowerText(t, "SELECT city FROM users", lower.Options{Relation: func(n schema.Name) schema.Name {
		return schema.Name{Schema: "atoll_store", Name: n.Schema + "_" + n.Name}
	}})
	if err != nil {
		t.Fatal(err)
	}
	if got := print.DuckDB(q); got != "SELECT users.city AS city FROM atoll_store.public_users AS users" {
		t.Error(got)
	}
}

func TestClockMustBeGiven(t *testing.T) {
	_, err := lowerText(t, "SELECT getdate() AS g", lower.Options{})
	if fault.CodeOf(err) != fault.Internal {
		t.Errorf("got %v, want an internal fault", err)
	}
}

// BenchmarkSteps takes models of mixed shapes from text to the engine's text.
func BenchmarkSteps(b *testing.B) {
	var texts []string
	for _, c := range sqltest.Read(b, "testdata/lower.sql") {
		texts = append(texts, c.Text)
	}
	catalog := sqltest.Shop(b)
	for i := 0; b.Loop(); i++ {
		text := texts[i%len(texts)]
		q, err := parse.Query(text)
		if err != nil {
			b.Fatal(err)
		}
		res, err := bind.Bind(q, catalog, bind.Options{Text: text, Model: true})
		if err != nil {
			b.Fatal(err)
		}
		out, err := lower.DuckDB(res, lower.Options{Now: now})
		if err != nil {
			b.Fatal(err)
		}
		print.DuckDB(out)
	}
}
