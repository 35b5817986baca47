package corpus

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/bind"
	"github.com/atolldata/atoll/internal/sql/lower"
	"github.com/atolldata/atoll/internal/sql/print"
	"github.com/atolldata/atoll/internal/sql/scalar"
	"github.com/atolldata/atoll/internal/sql/sqltest"
	"github.com/atolldata/atoll/internal/testenv"
	engines "github.com/atolldata/atoll/internal/warehouse/duckdb"
)

// Of the queries of the corpus, the part in percent that the embedded engine
// runs, and that PostgreSQL runs.
const (
	leastRunPercent      = 95
	leastPostgresPercent = 90
)

// now is what functions of the clock mean in the tests.
var now = time.Date(2026, 3, 15, 10, 20, 30, 0, time.UTC)

// options look names up in every schema of the sample tables.
var options = bind.Options{SearchPath: []string{"public", "web", "chat", "sms", "market", "support", "hr"}}

// Every query of the corpus is run by the embedded engine, but for those that
// the golden file lists with the reason.
func TestQueriesPrepareOnTheEmbeddedEngine(t *testing.T) {
	catalog := sqltest.Samples(t)
	conn := newDuckDB(t, catalog)
	var refused strings.Builder
	queries, ran := 0, 0
	for _, s := range readCorpus(t) {
		for _, q := range s.queries() {
			lowered, err := toDuckDB(q, catalog)
			if s.isQuery() {
				queries++
			}
			if err != nil {
				if s.isQuery() {
					fmt.Fprintf(&refused, "%s: %s\n    %s\n", s.file, oneLine(s.text), reason(err))
				}
				continue
			}
			prepared, err := conn.PrepareContext(t.Context(), lowered)
			if err != nil {
				t.Errorf("%s: %v\n%s\n%s", s, err, s.text, lowered)
				continue
			}
			_ = prepared.Close()
			if s.isQuery() {
				ran++
			}
		}
	}
	t.Logf("%d of %d queries run", ran, queries)
	if ran*100 < queries*leastRunPercent {
		t.Errorf("%d of %d queries run, want %d %%", ran, queries, leastRunPercent)
	}
	sqltest.GoldenText(t, "testdata/refused.golden", refused.String())
}

// What is lowered to PostgreSQL, a real PostgreSQL prepares.
func TestQueriesPrepareOnPostgreSQL(t *testing.T) {
	catalog := sqltest.Samples(t)
	conn := newPostgres(t, catalog)
	queries, ran := 0, 0
	for _, s := range readCorpus(t) {
		for _, q := range s.queries() {
			if s.isQuery() {
				queries++
			}
			res, err := bind.Bind(q, catalog, options)
			if err != nil {
				continue
			}
			out, err := lower.PostgreSQL(res, lower.Options{Now: now})
			if err != nil {
				continue
			}
			lowered := print.PostgreSQL(out)
			if _, err := conn.Prepare(t.Context(), "", lowered); err != nil {
				t.Errorf("%s: %v\n%s\n%s", s, err, s.text, lowered)
			} else if s.isQuery() {
				ran++
			}
		}
	}
	t.Logf("%d of %d queries run", ran, queries)
	if ran*100 < queries*leastPostgresPercent {
		t.Errorf("%d of %d queries run, want %d %%", ran, queries, leastPostgresPercent)
	}
}

// queries are the outermost queries of a statement.
func (s *statement) queries() (out []*ast.Query) {
	ast.Inspect(s.tree, func(n ast.Node) bool {
		q, ok := n.(*ast.Query)
		if ok {
			out = append(out, q)
		}
		return !ok
	})
	return out
}

func toDuckDB(q *ast.Query, catalog bind.Catalog) (string, error) {
	res, err := bind.Bind(q, catalog, options)
	if err != nil {
		return "", err
	}
	out, err := lower.DuckDB(res, lower.Options{Now: now})
	if err != nil {
		return "", err
	}
	return print.DuckDB(out), nil
}

// reason is the message of the first fault.
func reason(err error) string {
	var list fault.List
	if errors.As(err, &list) {
		return list[0].Message
	}
	return err.Error()
}

// oneLine is the start of a text, without line breaks.
func oneLine(text string) string {
	line := strings.Join(strings.Fields(text), " ")
	if len(line) > 100 {
		line = strings.ToValidUTF8(line[:100], "") + " ..."
	}
	return line
}

// newDuckDB is an engine as Atoll sets it up, with the tables.
func newDuckDB(t testing.TB, catalog sqltest.Catalog) *sql.Conn {
	t.Helper()
	db, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	conn, err := db.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := engines.Register(conn, scalar.All()); err != nil {
		t.Fatal(err)
	}
	statements := append(lower.Settings(), lower.Prelude()...)
	for _, statement := range append(statements, tables(catalog, duckType)...) {
		if _, err := conn.ExecContext(context.Background(), statement); err != nil {
			t.Fatalf("%v\n%s", err, statement)
		}
	}
	return conn
}

// newPostgres is a PostgreSQL as Atoll sets it up, with the tables.
func newPostgres(t testing.TB, catalog sqltest.Catalog) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), testenv.Postgres(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	statements := append(lower.PostgresSettings(), lower.PostgresPrelude()...)
	for _, statement := range append(statements, tables(catalog, postgresType)...) {
		if _, err := conn.Exec(t.Context(), statement); err != nil {
			t.Fatalf("%v\n%s", err, statement)
		}
	}
	return conn
}

// tables are the statements that create a catalogue's tables.
func tables(catalog sqltest.Catalog, typeName func(schema.Type) string) (ddl []string) {
	for _, table := range catalog {
		columns := make([]string, len(table.Columns))
		for i, c := range table.Columns {
			columns[i] = c.Name + " " + typeName(c.Type)
		}
		ddl = append(ddl, "CREATE SCHEMA IF NOT EXISTS "+table.Name.Schema,
			fmt.Sprintf("CREATE TABLE %s (%s)", table.Name, strings.Join(columns, ", ")))
	}
	return ddl
}

func duckType(t schema.Type) string {
	switch t.Kind {
	case schema.Char, schema.Varchar:
		return "VARCHAR"
	case schema.Super:
		return "JSON"
	}
	return t.String()
}

func postgresType(t schema.Type) string {
	switch t.Kind {
	case schema.Char, schema.Varchar:
		return "text"
	case schema.Super:
		return "jsonb"
	}
	return t.String()
}
