package query

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/bind"
	"github.com/atolldata/atoll/internal/sql/lower"
	"github.com/atolldata/atoll/internal/sql/parse"
	"github.com/atolldata/atoll/internal/sql/print"
	"github.com/atolldata/atoll/internal/warehouse"
)

// Compiled is a query that is ready to run.
type Compiled struct {
	Text      string          // in the engine's SQL, printed from the tree
	Columns   []schema.Column // of the answer, in Redshift's types
	Relations []bind.Relation // that it reads, sorted by name
	Warnings  fault.List
}

// Compile prepares the one query that text holds, over the relations of a
// catalogue. Functions of the clock mean now. Names of relations are written
// with their schema: no search path is configured.
//
// The error is a [fault.List] with all that is wrong, each with its place.
func Compile(cat bind.Catalog, text string, now time.Time) (*Compiled, error) {
	q, err := parse.Query(text)
	if err != nil {
		return nil, located(err, text)
	}
	bound, err := bind.Bind(q, cat, bind.Options{Text: text})
	if err != nil {
		return nil, qualifyHints(located(err, text), q, text)
	}
	lowered, err := lower.DuckDB(bound, lower.Options{Now: now.UTC()})
	if err != nil {
		return nil, located(err, text)
	}
	return &Compiled{
		Text: print.DuckDB(lowered), Columns: bound.Columns,
		Relations: bound.Relations, Warnings: bound.Warnings,
	}, nil
}

// located gives faults the line of text that they point into.
func located(err error, text string) fault.List {
	faults := fault.All(err)
	for _, e := range faults {
		e.In("", text)
	}
	return faults
}

// qualifyHints tells at the names of relations without a schema, where nothing
// better is known, how such names are written.
func qualifyHints(faults fault.List, q *ast.Query, text string) fault.List {
	bare := map[fault.Position]bool{}
	ast.Inspect(q, func(n ast.Node) bool {
		if t, ok := n.(*ast.TableName); ok && len(t.Name) == 1 {
			line, column := ast.LineColumn(text, t.Pos())
			bare[fault.Position{Line: line, Column: column}] = true
		}
		return true
	})
	for _, e := range faults {
		if e.Code == fault.Name && e.Hint == "" && bare[e.Pos] {
			e.WithHint("write schema.table: atoll status lists the tables and views")
		}
	}
	return faults
}

// Run runs a compiled query over the last committed state. The rows' columns are
// those of the compiled query, which know more than the engine does. Cancelling
// ctx stops the engine. The caller closes the rows.
func Run(ctx context.Context, w warehouse.Warehouse, c *Compiled) (warehouse.Rows, error) {
	rows, err := w.Query(ctx, c.Text)
	switch {
	case err != nil && fault.CodeOf(err) == fault.Name:
		return nil, c.notThere()
	case err != nil:
		return nil, err
	}
	return typedRows{rows, c.Columns}, nil
}

// notThere is the fault of a query that binds, because the project declares what
// it reads, and finds no such relation in the warehouse.
func (c *Compiled) notThere() error {
	names := make([]string, len(c.Relations))
	for i, r := range c.Relations {
		names[i] = strconv.Quote(r.Name.String())
	}
	return fault.New(fault.Name, "%s: declared, and not in the warehouse yet", strings.Join(names, " or ")).
		WithHint("atoll run creates what the project declares")
}

// typedRows are an engine's rows under the types that the query was bound with.
type typedRows struct {
	warehouse.Rows
	columns []schema.Column
}

func (r typedRows) Columns() []schema.Column { return r.columns }
