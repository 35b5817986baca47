package lower_test

import (
	"path/filepath"
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

// A check that writes its argument twice must not double the text again and again.
func TestNestedChecksStayShort(t *testing.T) {
	x := "CAST(salesid AS DOUBLE PRECISION)"
	for range 40 {
		x = "exp(" + x + ")"
	}
	q, err := lowerText(t, "SELECT "+x+" AS x FROM sales", lower.Options{})
	if err != nil {
		t.Fatal(err)
	}
	text := print.DuckDB(q)
	if twice := strings.Count(text, "atoll_sql.finite("); twice == 0 || twice > 9 {
		t.Errorf("%d checks write their argument twice", twice)
	}
	if once := strings.Count(text, "atoll_sql.finite_once("); once < 31 {
		t.Errorf("%d checks write their argument once", once)
	}
}

// Nor may a division, which reads its operands to tell NULL from a number.
func TestNestedDivisionsStayShort(t *testing.T) {
	q, err := lowerText(t, "SELECT salesid"+strings.Repeat(" / qtysold % 7", 20)+" AS x FROM sales", lower.Options{})
	if err != nil {
		t.Fatal(err)
	}
	text := print.DuckDB(q)
	if twice := strings.Count(text, "atoll_sql.int_div(") + strings.Count(text, "atoll_sql.modulo("); twice == 0 || twice > 9 {
		t.Errorf("%d divisions write their operands twice", twice)
	}
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

// Whatever parses is bound and lowered, or refused with a fault that has a
// position; nothing panics. The queries are those of the parser's golden files,
// over tables that know every name.
func TestEveryParsedQuery(t *testing.T) {
	files, err := filepath.Glob("../testdata/parse/*.in.sql")
	if err != nil || len(files) == 0 {
		t.Fatal("no queries", err)
	}
	bound := 0
	for _, file := range files {
		for _, c := range sqltest.Read(t, file) {
			q, err := parse.Query(c.Text)
			if err != nil {
				continue // the parser's own test
			}
			res, err := bind.Bind(q, every{q}, bind.Options{Text: c.Text})
			if err == nil {
				bound++
				err = lowerAll(res)
			}
			for _, f := range fault.All(err) {
				if f.Code == fault.Internal || f.Pos.Line == 0 {
					t.Errorf("%s, %s: %s", file, c.Title, f.Pretty())
				}
			}
		}
	}
	if bound < 100 {
		t.Errorf("only %d queries were bound", bound)
	}
}

// lowerAll lowers for every engine, prints, and joins what they refuse.
func lowerAll(res *bind.Result) error {
	var faults fault.List
	for _, e := range []struct {
		lower func(*bind.Result, lower.Options) (*ast.Query, error)
		print func(ast.Node) string
	}{{lower.DuckDB, print.DuckDB}, {lower.PostgreSQL, print.PostgreSQL}, {lower.Redshift, print.Redshift}} {
		out, err := e.lower(res, lower.Options{Now: now})
		if err == nil {
			e.print(out)
		}
		faults = append(faults, fault.All(err)...)
	}
	return faults.Err()
}

// every is a catalogue with every table that a query names, each with every
// column that it names.
type every struct{ q *ast.Query }

func (e every) Names() []schema.Name { return nil }

func (e every) Table(n schema.Name) (*schema.Table, bool) {
	table := &schema.Table{Name: n}
	seen := map[string]bool{}
	ast.Inspect(e.q, func(node ast.Node) bool {
		if ref, ok := node.(*ast.ColumnRef); ok && !seen[ref.Name.Last()] {
			seen[ref.Name.Last()] = true
			table.Columns = append(table.Columns, schema.Column{Name: ref.Name.Last(), Type: schema.Type{Kind: schema.Integer}})
		}
		return true
	})
	return table, true
}

// No text makes binding or lowering panic.
func FuzzSteps(f *testing.F) {
	for _, name := range []string{"testdata/lower.sql", "testdata/unsupported.sql", "../bind/testdata/names.sql", "../bind/testdata/errors.sql", "../bind/testdata/types.sql"} {
		for _, c := range sqltest.Read(f, name) {
			f.Add(c.Text)
		}
	}
	shop := sqltest.Shop(f)
	f.Fuzz(func(t *testing.T, text string) {
		q, err := parse.Query(text)
		if err != nil {
			return
		}
		for _, catalog := range []bind.Catalog{shop, every{q}} {
			if res, err := bind.Bind(q, catalog, bind.Options{Text: text}); err == nil {
				_ = lowerAll(res)
			}
		}
	})
}
