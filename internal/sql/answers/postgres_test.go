package answers

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/bind"
	"github.com/atolldata/atoll/internal/sql/lower"
	"github.com/atolldata/atoll/internal/sql/parse"
	"github.com/atolldata/atoll/internal/sql/print"
	"github.com/atolldata/atoll/internal/testenv"
)

// postgresEngine is a PostgreSQL server set up as Atoll sets it up, with tables.
type postgresEngine struct {
	conn    *pgx.Conn
	catalog catalog
}

func newPostgres(t *testing.T) *postgresEngine {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), testenv.Postgres(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(t.Context()) })
	e := &postgresEngine{conn: conn, catalog: catalog{}}
	for _, statement := range append(lower.PostgresSettings(), lower.PostgresPrelude()...) {
		e.exec(t, statement)
	}
	return e
}

func (e *postgresEngine) exec(t *testing.T, statement string) {
	t.Helper()
	if _, err := e.conn.Exec(t.Context(), statement); err != nil {
		t.Fatalf("%v\n%s", err, statement)
	}
}

func (e *postgresEngine) table(t *testing.T, name, columns string, rows ...string) {
	t.Helper()
	for _, statement := range e.catalog.declare(t, postgresType, name, columns, rows) {
		e.exec(t, statement)
	}
}

// postgresTypes are PostgreSQL's own names of the types that hold Redshift's.
var postgresTypes = map[schema.Kind]string{
	schema.Boolean: "bool", schema.SmallInt: "int2", schema.Integer: "int4", schema.BigInt: "int8", schema.Real: "float4",
	schema.Double: "float8", schema.Char: "text", schema.Varchar: "text", schema.Date: "date", schema.Time: "time",
	schema.TimeTZ: "timetz", schema.Timestamp: "timestamp", schema.TimestampTZ: "timestamptz", schema.IntervalYM: "interval",
	schema.IntervalDS: "interval", schema.Super: "jsonb", schema.Varbyte: "bytea", schema.Decimal: "numeric",
}

func postgresType(t schema.Type) string {
	if t.Kind == schema.Decimal {
		return fmt.Sprintf("numeric(%d,%d)", t.Precision, t.Scale)
	}
	return postgresTypes[t.Kind]
}

// lower takes Redshift's SQL to PostgreSQL's. What is refused there is told apart
// from what is wrong everywhere.
func (e *postgresEngine) lower(text string) (lowered string, columns []schema.Column, refused, err error) {
	q, err := parse.Query(text)
	if err != nil {
		return "", nil, nil, err
	}
	res, err := bind.Bind(q, e.catalog, bind.Options{Text: text})
	if err != nil {
		return "", nil, nil, err
	}
	out, err := lower.PostgreSQL(res, lower.Options{Now: now})
	if err != nil {
		return "", nil, err, nil
	}
	return print.PostgreSQL(out), res.Columns, nil, nil
}

func (e *postgresEngine) query(lowered string, columns []schema.Column) (lines []string, err error) {
	rows, err := e.conn.Query(context.Background(), lowered, pgx.QueryResultFormats{pgx.TextFormatCode})
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for i, f := range rows.FieldDescriptions() {
		found := "unknown"
		if typ, ok := e.conn.TypeMap().TypeForOID(f.DataTypeOID); ok {
			found = typ.Name
		}
		if found != postgresTypes[columns[i].Type.Kind] {
			return nil, fmt.Errorf("column %d is %s in PostgreSQL, and bound as %s", i+1, found, columns[i].Type)
		}
	}
	for rows.Next() {
		var cells []string
		for i, v := range rows.RawValues() {
			cells = append(cells, showText(v, columns[i].Type))
		}
		lines = append(lines, strings.Join(cells, " | "))
	}
	return lines, rows.Err()
}

// showText writes a value in PostgreSQL's text form as the cases do.
func showText(raw []byte, t schema.Type) string {
	text := string(raw)
	switch {
	case raw == nil:
		return "null"
	case t.Kind == schema.Boolean:
		return strconv.FormatBool(text == "t")
	case t.Kind == schema.Double:
		f, _ := strconv.ParseFloat(text, 64)
		return show(f, t)
	case t.Kind == schema.Real:
		f, _ := strconv.ParseFloat(text, 32)
		return show(float32(f), t)
	case t.IsInterval():
		var v pgtype.Interval
		if err := v.Scan(text); err != nil {
			return err.Error()
		}
		return fmt.Sprintf("%d months %d days %s", v.Months, v.Days, time.Duration(v.Microseconds)*time.Microsecond)
	case t.Kind == schema.Super:
		var v any
		if err := json.Unmarshal(raw, &v); err != nil {
			return err.Error()
		}
		return show(v, t)
	}
	return text
}

// refusedByDuckDB reports a query that only the embedded engine has no answer to.
func (e *postgresEngine) refusedByDuckDB(text string) bool {
	q, err := parse.Query(text)
	if err != nil {
		return false
	}
	res, err := bind.Bind(q, e.catalog, bind.Options{Text: text})
	if err != nil {
		return false
	}
	_, err = lower.DuckDB(res, lower.Options{Now: now})
	return fault.CodeOf(err) == fault.Unsupported
}

// leastOnPostgres is how many of a hundred documented answers PostgreSQL must
// give; the others are refused.
const leastOnPostgres = 85

// spillsOver ends the title of queries whose values Redshift takes over into the
// next month or day, and PostgreSQL refuses when it meets them.
const spillsOver = "spill over unless is_strict is true"

// Every documented query that is lowered for PostgreSQL gives its documented
// answer there, and every other is refused with the place of what is missing.
func TestAnswersOnPostgres(t *testing.T) {
	e := newPostgres(t)
	samples(t, e)
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no cases", err)
	}
	answered, refusals := 0, 0
	for _, path := range files {
		for _, c := range readExamples(t, path) {
			lowered, columns, refused, err := e.lower(c.query)
			if refused != nil {
				if fault.CodeOf(refused) == fault.Unsupported {
					refusals++
				}
				for _, f := range fault.All(refused) {
					if f.Code == fault.Internal || f.Pos.Line == 0 {
						t.Errorf("%s:%d: a fault without a place: %v", path, c.line, f)
					}
				}
				t.Logf("%s:%d %v", path, c.line, refused)
				continue
			}
			if e.refusedByDuckDB(c.query) {
				continue
			}
			answered++
			var got []string
			if err == nil {
				got, err = e.query(lowered, columns)
			}
			if err != nil {
				got = []string{"error: " + err.Error()}
			}
			if strings.HasSuffix(c.page, spillsOver) && len(got) == 1 && strings.HasPrefix(got[0], "error: ") {
				continue // an error is no other answer
			}
			if !matchesOnPostgres(got, c.want) {
				t.Errorf("%s:%d (%s)\n%s\n got %s\nwant %s\nlowered %s", path, c.line, c.page, c.query,
					strings.Join(got, "\n     "), strings.Join(c.want, "\n     "), lowered)
			}
		}
	}
	if total := answered + refusals; answered*100 < total*leastOnPostgres {
		t.Errorf("PostgreSQL answers %d of %d queries, less than %d %%", answered, total, leastOnPostgres)
	}
}

// matchesOnPostgres compares rows. An error is any error: PostgreSQL has its own
// words.
func matchesOnPostgres(got, want []string) bool {
	if len(want) == 1 && strings.HasPrefix(want[0], "error: ") {
		return len(got) == 1 && strings.HasPrefix(got[0], "error: ") && !strings.Contains(got[0], "syntax error") && !strings.Contains(got[0], "does not exist")
	}
	return matches(got, want)
}
