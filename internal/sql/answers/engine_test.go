package answers

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/duckdb/duckdb-go/v2"

	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/bind"
	"github.com/atolldata/atoll/internal/sql/lower"
	"github.com/atolldata/atoll/internal/sql/parse"
	"github.com/atolldata/atoll/internal/sql/print"
	"github.com/atolldata/atoll/internal/sql/scalar"
	engines "github.com/atolldata/atoll/internal/warehouse/duckdb"
)

// now is what functions of the clock mean in the tests.
var now = time.Date(2026, 3, 15, 10, 20, 30, 123456000, time.UTC)

// catalog is the tables of the tests.
type catalog map[schema.Name]*schema.Table

func (c catalog) Table(n schema.Name) (*schema.Table, bool) { t, ok := c[n]; return t, ok }

func (c catalog) Names() []schema.Name {
	var names []schema.Name
	for n := range c {
		names = append(names, n)
	}
	return names
}

// engine is an in-memory engine set up as Atoll sets it up, with tables.
type engine struct {
	conn    *sql.Conn
	catalog catalog
	few     bool // queries are written for few rows
}

func newEngine(t *testing.T) *engine {
	t.Helper()
	e := newBareEngine(t)
	if err := engines.Register(e.conn, scalar.All()); err != nil {
		t.Fatal(err)
	}
	for _, statement := range append(lower.Settings(), lower.Prelude()...) {
		e.exec(t, statement)
	}
	return e
}

func (e *engine) exec(t *testing.T, statement string) {
	t.Helper()
	if _, err := e.conn.ExecContext(context.Background(), statement); err != nil {
		t.Fatalf("%v\n%s", err, statement)
	}
}

// declare enters a table of schema public, given by its columns' Redshift types
// and its rows as SQL values, and returns the statements that create it in an
// engine.
func (c catalog) declare(t *testing.T, engineType func(schema.Type) string, name, columns string, rows []string) []string {
	t.Helper()
	table := &schema.Table{Name: schema.Name{Schema: "public", Name: name}}
	var ddl []string
	for _, c := range strings.Split(columns, ";") {
		column, typ, _ := strings.Cut(strings.TrimSpace(c), " ")
		parsed, err := schema.ParseType(typ)
		if err != nil {
			t.Fatal(err)
		}
		table.Columns = append(table.Columns, schema.Column{Name: column, Type: parsed})
		ddl = append(ddl, column+" "+engineType(parsed))
	}
	c[table.Name] = table
	statements := []string{fmt.Sprintf("CREATE TABLE public.%s (%s)", name, strings.Join(ddl, ", "))}
	if len(rows) > 0 {
		statements = append(statements, fmt.Sprintf("INSERT INTO public.%s VALUES (%s)", name, strings.Join(rows, "), (")))
	}
	return statements
}

func (e *engine) table(t *testing.T, name, columns string, rows ...string) {
	t.Helper()
	for _, statement := range e.catalog.declare(t, engineType, name, columns, rows) {
		e.exec(t, statement)
	}
}

var engineTypes = map[schema.Kind]string{
	schema.Boolean: "BOOLEAN", schema.SmallInt: "SMALLINT", schema.Integer: "INTEGER", schema.BigInt: "BIGINT",
	schema.Real: "FLOAT", schema.Double: "DOUBLE", schema.Char: "VARCHAR", schema.Varchar: "VARCHAR",
	schema.Date: "DATE", schema.Time: "TIME", schema.Timestamp: "TIMESTAMP", schema.TimestampTZ: "TIMESTAMPTZ",
	schema.IntervalYM: "INTERVAL", schema.IntervalDS: "INTERVAL", schema.Super: "JSON", schema.Varbyte: "BLOB",
}

func engineType(t schema.Type) string {
	if t.Kind == schema.Decimal {
		return fmt.Sprintf("DECIMAL(%d,%d)", t.Precision, t.Scale)
	}
	return engineTypes[t.Kind]
}

// run takes Redshift's SQL through every step and returns the answer, a line for
// each row.
func (e *engine) run(text string, model bool) (rows []string, lowered string, err error) {
	q, err := parse.Query(text)
	if err != nil {
		return nil, "", err
	}
	res, err := bind.Bind(q, e.catalog, bind.Options{Text: text, Model: model})
	if err != nil {
		return nil, "", err
	}
	out, err := lower.DuckDB(res, lower.Options{Now: now, Few: e.few})
	if err != nil {
		return nil, "", err
	}
	lowered = print.DuckDB(out)
	rows, err = e.query(lowered, res.Columns)
	return rows, lowered, err
}

func (e *engine) query(lowered string, columns []schema.Column) (lines []string, err error) {
	rows, err := e.conn.QueryContext(context.Background(), lowered)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	types, err := rows.ColumnTypes()
	if err != nil {
		return nil, err
	}
	for i, t := range types {
		if want := engineType(columns[i].Type); t.DatabaseTypeName() != want {
			return nil, fmt.Errorf("column %d is %s in the engine, and bound as %s", i+1, t.DatabaseTypeName(), columns[i].Type)
		}
	}
	kinds := make([]schema.Type, len(columns))
	for i, c := range columns {
		kinds[i] = c.Type
	}
	return readRows(rows, kinds)
}

// readRows writes rows as the cases do, a line for each.
func readRows(rows *sql.Rows, kinds []schema.Type) (lines []string, err error) {
	for rows.Next() {
		values, targets := make([]any, len(kinds)), make([]any, len(kinds))
		for i := range values {
			targets[i] = &values[i]
		}
		if err := rows.Scan(targets...); err != nil {
			return nil, err
		}
		cells := make([]string, len(values))
		for i, v := range values {
			cells[i] = show(v, kinds[i])
		}
		lines = append(lines, strings.Join(cells, " | "))
	}
	return lines, rows.Err()
}

// show writes a value as the cases do. A zero has no sign: of two zeros that are
// equal, as in a UNION, either stands for both.
func show(v any, t schema.Type) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case float64:
		if v == 0 {
			return "0"
		}
		return strconv.FormatFloat(v, 'g', 15, 64)
	case float32:
		if v == 0 {
			return "0"
		}
		return strconv.FormatFloat(float64(v), 'g', 6, 32)
	case duckdb.Interval:
		return fmt.Sprintf("%d months %d days %s", v.Months, v.Days, time.Duration(v.Micros)*time.Microsecond)
	case time.Time:
		switch t.Kind {
		case schema.Date:
			return v.Format(time.DateOnly)
		case schema.Time:
			return v.Format("15:04:05.999999")
		case schema.TimestampTZ:
			return v.UTC().Format("2006-01-02 15:04:05.999999+00")
		}
		return v.Format("2006-01-02 15:04:05.999999")
	case duckdb.Decimal:
		return showDecimal(v)
	}
	return fmt.Sprint(v)
}

// showDecimal keeps the zeros at the end: the scale is part of the answer.
func showDecimal(d duckdb.Decimal) string {
	digits := d.Value.String()
	sign := ""
	if strings.HasPrefix(digits, "-") {
		sign, digits = "-", digits[1:]
	}
	scale := int(d.Scale)
	if scale == 0 {
		return sign + digits
	}
	if len(digits) <= scale {
		digits = strings.Repeat("0", scale-len(digits)+1) + digits
	}
	return sign + digits[:len(digits)-scale] + "." + digits[len(digits)-scale:]
}
