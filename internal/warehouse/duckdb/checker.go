package duckdb

import (
	"context"
	"database/sql"

	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/scalar"
)

// Checker binds engine text over empty tables, in memory: what the engine makes
// of a lowered query, as a cross-check of Atoll's own binder. It is used by one
// goroutine at a time.
type Checker struct {
	db      *sql.DB
	conn    *sql.Conn
	schemas map[string]bool
}

// NewChecker starts an engine with the settings, macros and functions that engine
// texts rely on (see [Options]).
func NewChecker(ctx context.Context, settings, prelude []string, functions []scalar.Func) (*Checker, error) {
	db, err := openCatalog("")
	if err != nil {
		return nil, translate(err, "starting the engine")
	}
	c := &Checker{db: db, schemas: map[string]bool{}}
	if c.conn, err = c.db.Conn(ctx); err != nil {
		c.db.Close()
		return nil, translate(err, "starting the engine")
	}
	if err := Register(c.conn, functions); err != nil {
		c.Close()
		return nil, err
	}
	isolated := []string{"SET threads = 1", "SET autoinstall_known_extensions = false", "SET autoload_known_extensions = false", "SET enable_external_access = false"}
	for _, statements := range [][]string{isolated, settings, prelude} {
		for _, s := range statements {
			if err := c.exec(ctx, s, "setting up the engine"); err != nil {
				c.Close()
				return nil, err
			}
		}
	}
	return c, nil
}

func (c *Checker) exec(ctx context.Context, text, doing string) error {
	_, err := c.conn.ExecContext(ctx, text)
	return translate(err, doing)
}

// Declare makes a relation known, without rows: a raw table, a view, or one of
// Atoll's own tables. An earlier one of the same name is replaced.
func (c *Checker) Declare(ctx context.Context, t *schema.Table) error {
	doing := "declaring " + t.Name.String()
	if !c.schemas[t.Name.Schema] {
		if err := c.exec(ctx, "CREATE SCHEMA IF NOT EXISTS "+quote(t.Name.Schema), doing); err != nil {
			return err
		}
		c.schemas[t.Name.Schema] = true
	}
	return c.exec(ctx, "CREATE OR REPLACE TABLE "+public(t.Name)+" ("+columnDefs(t.Columns)+")", doing)
}

// Bind binds a query and returns its columns as the engine types them. Lengths
// are not among what it knows. A query that does not bind is a fault of code
// Internal or Name.
func (c *Checker) Bind(ctx context.Context, text string) ([]schema.Column, error) {
	shape, err := describe(ctx, c.conn, text)
	if err != nil {
		return nil, translate(err, "binding the query")
	}
	return columnsOf(shape), nil
}

// Close ends the engine.
func (c *Checker) Close() error {
	return translate(c.db.Close(), "ending the engine")
}
