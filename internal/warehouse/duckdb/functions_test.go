package duckdb_test

import (
	"errors"
	"testing"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/scalar"
	"github.com/atolldata/atoll/internal/warehouse/duckdb"
)

// Functions in Go are known on every connection, give NULL for NULL, and their
// errors reach the reader in their own words.
func TestFunctions(t *testing.T) {
	w, err := duckdb.Open(t.Context(), duckdb.Options{Functions: []scalar.Func{{
		Name: "atoll_half", Args: []schema.Kind{schema.BigInt, schema.Varchar}, Result: schema.BigInt,
		Call: func(args []any) (any, error) {
			if n := args[0].(int64); n%2 == 0 {
				return n / 2, nil
			}
			return nil, errors.New(`"3" has no half: it takes even numbers`)
		},
	}}})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	for range 2 { // each query has a connection of its own
		rows, err := w.Query(t.Context(), "SELECT atoll_half(8, 'x') = 4 AND atoll_half(NULL, 'x') IS NULL AND atoll_half(3, NULL) IS NULL AS ok")
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		var ok bool
		if !rows.Next() || rows.Scan(&ok) != nil || !ok {
			t.Error("the function's answers are others")
		}
	}
	_, err = w.Query(t.Context(), "SELECT atoll_half(3, 'x') AS x")
	var wrong *fault.Error
	if !errors.As(err, &wrong) || wrong.Code != fault.Data || wrong.Message != `running the query: "3" has no half: it takes even numbers` {
		t.Errorf("the error is %v", err)
	}
}
