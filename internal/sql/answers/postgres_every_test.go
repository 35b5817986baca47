package answers

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"
	"pgregory.net/rapid"

	"github.com/atolldata/atoll/internal/sql/function"
)

// overPostgresValue reports an error that is about a value, and not about a
// query that PostgreSQL does not know.
func overPostgresValue(err error) bool {
	var e *pgconn.PgError
	return errors.As(err, &e) && !strings.HasPrefix(e.Code, "42")
}

// Every call that is lowered for PostgreSQL is known there, over every
// combination of argument types, and gives the type that it was bound to.
func TestEveryFunctionRunsOnPostgres(t *testing.T) {
	e := newPostgres(t)
	operandTable(t, e)
	var absent []string
	for _, f := range function.All() {
		bound, ran := 0, 0
		calls := callsOf(f)
		if f.Name == "sha2" {
			calls = append(calls, "sha2(v, 512)") // of the numbers it takes four alone
		}
		for _, call := range calls {
			query := "SELECT " + call + " AS x FROM public.operands"
			if arg, ok := strings.CutPrefix(call, "grouping("); ok {
				query += " GROUP BY " + strings.TrimSuffix(arg, ")")
			}
			lowered, columns, refused, err := e.lower(query)
			if err != nil {
				continue // a combination that the function does not take
			}
			bound++
			if refused != nil {
				continue
			}
			if _, err := e.query(lowered, columns); err != nil && !overPostgresValue(err) {
				t.Errorf("%s\n%v\n%s", call, err, lowered)
				break
			}
			ran++
		}
		if bound > 0 && ran == 0 && !f.Embedded() {
			absent = append(absent, f.Name)
		}
	}
	if t.Logf("without a form on PostgreSQL: %q", absent); len(absent)*5 > len(function.Names()) {
		t.Errorf("of %d functions %d have no form on PostgreSQL, more than a fifth", len(function.Names()), len(absent))
	}
}

// What binds and is lowered for PostgreSQL runs there, and gives what the
// embedded engine gives.
func TestPostgresAgreesWithDuckDB(t *testing.T) {
	e, p := newEngine(t), newPostgres(t)
	operandTable(t, e)
	operandTable(t, p)
	drawn, compared := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		query := drawQuery(t)
		drawn++
		lowered, columns, refused, err := p.lower(query)
		if err != nil || refused != nil {
			return
		}
		got, err := p.query(lowered, columns)
		if err != nil && !overPostgresValue(err) {
			t.Fatalf("%v\n%s\n%s", err, query, lowered)
		}
		want, onDuckDB, failed := e.run(query, false)
		if err != nil || failed != nil {
			return // an error of evaluation; which row raises it is left open
		}
		compared++
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Fatalf("%s\nPostgreSQL %q\nDuckDB     %q\n%s\n%s", query, got, want, lowered, onDuckDB)
		}
	})
	if compared*4 < drawn {
		t.Errorf("only %d of %d queries were compared", compared, drawn)
	}
}
