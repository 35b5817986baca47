package portable_test

import (
	"strings"
	"testing"
	"time"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/bind"
	"github.com/atolldata/atoll/internal/sql/lower"
	"github.com/atolldata/atoll/internal/sql/parse"
	"github.com/atolldata/atoll/internal/sql/portable"
	"github.com/atolldata/atoll/internal/sql/sqltest"
)

var now = time.Date(2026, 3, 15, 10, 20, 30, 0, time.UTC)

func render(t *testing.T, e portable.Engine, text string) (string, error) {
	t.Helper()
	q, err := parse.Query(text)
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	res, err := bind.Bind(q, sqltest.Shop(t), bind.Options{File: "m.sql", Text: text})
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	out, err := portable.Lower(e, res, lower.Options{Now: now})
	if err != nil {
		return "", err
	}
	return portable.Text(e, out), nil
}

// golden writes what an engine would run, or why it would not.
func golden(t *testing.T, e portable.Engine, file string) {
	sqltest.Golden(t, "testdata/"+file+".sql", "testdata/"+file+".golden", func(text string) string {
		out, err := render(t, e, text)
		var b strings.Builder
		for _, f := range fault.All(err) {
			if f.Code == fault.Internal || f.Pos.Line == 0 {
				t.Errorf("a fault without a place: %v\n%s", f, text)
			}
			b.WriteString(string(f.Code) + " " + f.Pretty() + "\n")
		}
		return b.String() + out
	})
}

func TestRedshift(t *testing.T)   { golden(t, portable.Redshift, "redshift") }
func TestPostgreSQL(t *testing.T) { golden(t, portable.PostgreSQL, "postgres") }

// What is written for Redshift is read again as what it was.
func TestRedshiftReadsItsOwn(t *testing.T) {
	for _, c := range sqltest.Read(t, "testdata/redshift.sql") {
		once, err := render(t, portable.Redshift, c.Text)
		if err != nil {
			continue // it is refused
		}
		if twice, err := render(t, portable.Redshift, once); err != nil || twice != once {
			t.Errorf("%s: got\n%s\n%v\nof\n%s", c.Title, twice, err, once)
		}
	}
}

// Every function that the embedded engine alone has says what to use instead,
// or says nothing; the others have nothing to say.
func TestEngines(t *testing.T) {
	if got := strings.Join(portable.Engines(), " "); got != "duckdb redshift postgres" {
		t.Errorf("the engines are %s", got)
	}
	text, err := render(t, portable.DuckDB, "SELECT count_if(likes) AS n FROM users")
	if err != nil || text != "SELECT CAST(count_if(users.likes) AS bigint) AS n FROM public.users AS users" {
		t.Errorf("got %q, %v", text, err)
	}
}

// Relations get the names that the engine knows them by, and keep the ones that
// the query qualifies columns with.
func TestRedshiftRelations(t *testing.T) {
	const text = "SELECT users.city, s.qtysold FROM users JOIN sales s ON s.userid = users.userid"
	q, err := parse.Query(text)
	if err != nil {
		t.Fatal(err)
	}
	res, err := bind.Bind(q, sqltest.Shop(t), bind.Options{Text: text})
	if err != nil {
		t.Fatal(err)
	}
	out, err := lower.Redshift(res, lower.Options{Relation: func(n schema.Name) schema.Name {
		return schema.Name{Schema: "store", Name: n.Schema + "_" + n.Name}
	}})
	if err != nil {
		t.Fatal(err)
	}
	const want = "FROM store.public_users AS users JOIN store.public_sales AS s ON s.userid = users.userid"
	if got := portable.Text(portable.Redshift, out); !strings.Contains(got, want) {
		t.Errorf("got %s", got)
	}
}

func TestRedshiftNeedsItsClock(t *testing.T) {
	const text = "SELECT getdate() AS g"
	q, err := parse.Query(text)
	if err != nil {
		t.Fatal(err)
	}
	res, err := bind.Bind(q, sqltest.Shop(t), bind.Options{Text: text})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := lower.Redshift(res, lower.Options{}); fault.CodeOf(err) != fault.Internal {
		t.Errorf("got %v, want an internal fault", err)
	}
}
