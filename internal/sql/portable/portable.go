package portable

import (
	"fmt"

	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/bind"
	"github.com/atolldata/atoll/internal/sql/lower"
	"github.com/atolldata/atoll/internal/sql/print"
)

// Engine is what runs queries.
type Engine string

// The engines.
const (
	DuckDB     Engine = "duckdb" // embedded, the default
	Redshift   Engine = "redshift"
	PostgreSQL Engine = "postgres"
)

// Engines lists the names of all engines, the default first.
func Engines() []string { return []string{string(DuckDB), string(Redshift), string(PostgreSQL)} }

// Lower turns a bound query into the tree that an engine runs. The error is a
// fault.List with all that the engine cannot run. The engine is one of [Engines].
func Lower(e Engine, res *bind.Result, opts lower.Options) (*ast.Query, error) {
	switch e {
	case DuckDB:
		return lower.DuckDB(res, opts)
	case PostgreSQL:
		return lower.PostgreSQL(res, opts)
	case Redshift:
		if faults := beyondRedshift(res); len(faults) > 0 {
			return nil, faults
		}
		return lower.Redshift(res, opts)
	}
	panic(fmt.Sprintf("portable: unknown engine %q", e))
}

// Text prints what [Lower] returned, in the engine's SQL.
func Text(e Engine, n ast.Node) string {
	switch e {
	case Redshift:
		return print.Redshift(n)
	case PostgreSQL:
		return print.PostgreSQL(n)
	}
	return print.DuckDB(n)
}
