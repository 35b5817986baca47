package query

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/sqltest"
	"github.com/atolldata/atoll/internal/warehouse"
)

var now = time.Date(2026, 3, 15, 10, 20, 30, 0, time.FixedZone("east", 3600))

func TestCompile(t *testing.T) {
	c, err := Compile(sqltest.Shop(t), "SELECT city, COUNT(*) AS n FROM public.users GROUP BY 1;", now)
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Columns) != 2 || c.Columns[0].Type.String() != "varchar(30)" || c.Columns[1].Type.String() != "bigint" {
		t.Errorf("columns: %v", c.Columns)
	}
	if len(c.Relations) != 1 || c.Relations[0].Name.String() != "public.users" {
		t.Errorf("relations: %v", c.Relations)
	}
	if !strings.Contains(c.Text, "users.city") {
		t.Errorf("the text was not printed from the lowered tree: %s", c.Text)
	}
}

func TestCompileTakesTheClockInUTC(t *testing.T) {
	c, err := Compile(sqltest.Shop(t), "SELECT GETDATE() AS at", now)
	if err != nil || !strings.Contains(c.Text, "2026-03-15 09:20:30") {
		t.Errorf("%v, %v", c, err)
	}
}

func TestCompileKeepsWarnings(t *testing.T) {
	c, err := Compile(sqltest.Shop(t), "SELECT u.city FROM public.users u, public.sales s", now)
	if err != nil || len(c.Warnings) != 1 {
		t.Errorf("%+v, %v", c, err)
	}
}

// Nothing but a query over known relations with allowed functions comes through.
func TestCompileRefuses(t *testing.T) {
	tests := []struct {
		text string
		code fault.Code
		want string
	}{
		{"", fault.Syntax, "there is no query"},
		{"INSERT INTO public.users VALUES (1)", fault.Syntax, `expected a query, found "INSERT"`},
		{"COPY public.users TO '/tmp/x'", fault.Syntax, `expected a query, found "COPY"`},
		{"ATTACH 'other.duckdb'", fault.Syntax, `expected a query, found "ATTACH"`},
		{"PRAGMA database_list", fault.Syntax, `expected a query, found "PRAGMA"`},
		{"SELECT 1; DROP TABLE public.users", fault.Syntax, "a second statement"},
		{"SELECT * FROM read_csv('/etc/passwd')", fault.Unsupported, "only UNNEST"},
		{"SELECT * FROM '/etc/passwd'", fault.Syntax, "/etc/passwd"},
		{"SELECT read_blob('/etc/passwd')", fault.Name, `"read_blob"`},
		{"SELECT * FROM query('SELECT 1')", fault.Unsupported, "only UNNEST"},
		{"SELECT * FROM atoll_store.\"public.users\"", fault.Name, "unknown table"},
		{"SELECT * FROM duckdb_settings", fault.Name, "unknown table"},
		{"SELECT * FROM information_schema.tables", fault.Name, "unknown table"},
	}
	for _, test := range tests {
		_, err := Compile(sqltest.Shop(t), test.text, now)
		if err == nil || fault.CodeOf(err) != test.code || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v", test.text, err)
		}
	}
}

func TestFaultsShowTheirPlace(t *testing.T) {
	for text, want := range map[string]string{
		"SELECT cty\nFROM public.users": "1:8: unknown column \"cty\"\n    SELECT cty\n           ^\n  hint: did you mean \"city\"?",
		"SELECT *\nFROM events":         "2:6: unknown table \"events\"\n    FROM events\n         ^\n  hint: did you mean \"web.events\"?",
		"SELECT *\nFROM somewhere":      "2:6: unknown table \"somewhere\"\n    FROM somewhere\n         ^\n  hint: write schema.table: atoll status lists the tables and views",
		"SELECT 1 +":                    "1:11: ",
	} {
		_, err := Compile(sqltest.Shop(t), text, now)
		if err == nil || !strings.HasPrefix(fault.All(err)[0].Pretty(), want) {
			t.Errorf("%s:\n%s", text, fault.All(err)[0].Pretty())
		}
	}
}

// engine answers every query with no rows, or an error.
type engine struct {
	warehouse.Warehouse
	asked string
	err   error
}

func (e *engine) Query(_ context.Context, text string) (warehouse.Rows, error) {
	e.asked = text
	return noRows{}, e.err
}

type noRows struct{ warehouse.Rows }

func (noRows) Columns() []schema.Column {
	return []schema.Column{{Name: "city", Type: schema.Type{Kind: schema.Varchar}}}
}

func TestRun(t *testing.T) {
	c, err := Compile(sqltest.Shop(t), "SELECT city FROM public.users", now)
	if err != nil {
		t.Fatal(err)
	}
	e := &engine{}
	rows, err := Run(t.Context(), e, c)
	if err != nil {
		t.Fatal(err)
	}
	if e.asked != c.Text {
		t.Errorf("the engine was asked %q", e.asked)
	}
	if got := rows.Columns()[0].Type.String(); got != "varchar(30)" {
		t.Errorf("the column is %s, without what binding knows", got)
	}
	e.err = errors.New("no memory")
	if _, err := Run(t.Context(), e, c); !errors.Is(err, e.err) {
		t.Errorf("got %v", err)
	}
	e.err = fault.New(fault.Name, "Catalog Error: no such table; did you mean pg_class?")
	_, err = Run(t.Context(), e, c)
	want := `"public.users": declared, and not in the warehouse yet (atoll run creates what the project declares)`
	if err == nil || err.Error() != want || fault.CodeOf(err) != fault.Name {
		t.Errorf("got %v", err)
	}
}
