package duckdb

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/atolldata/atoll/internal/decode"
	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/project"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/warehouse"
)

// explainParquet says which file the engine's reader refuses.
func explainParquet(err error, uri string) error {
	var already *fault.Error
	if errors.As(err, &already) {
		return err
	}
	e := fault.New(fault.Data, "the parquet file cannot be read").At(fault.Position{File: uri}).
		WithHint("land the whole file again")
	if text := translate(err, "reading"); errors.As(text, &already) {
		e.Message += ": " + strings.TrimPrefix(already.Message, "reading: ")
	}
	return e
}

// parquetPlan says how a file's columns become a table's.
type parquetPlan struct {
	path   string         // as a literal
	raw    string         // an expression for the row as JSON
	rows   int64          // in the file, as its footer says
	values []string       // an expression for each declared column
	checks []parquetCheck // what the file's types do not promise
}

// parquetCheck is a condition on a column's value, true where the value does not
// fit. For NULL it may be NULL, but not true.
type parquetCheck struct {
	column project.Column
	from   string // the file's column
	misfit string
}

// planParquet reads a file's metadata and matches its columns to the table's.
func (w *Warehouse) planParquet(ctx context.Context, table *project.Table, path string) (*parquetPlan, error) {
	path = literal(escapeGlob.Replace(path))
	shape, err := describe(ctx, w.db, "SELECT * FROM read_parquet("+path+")")
	if err != nil {
		return nil, err
	}
	p := &parquetPlan{path: path, raw: rowJSON(shape)}
	if p.rows, err = w.number(ctx, "SELECT num_rows FROM parquet_file_metadata("+path+")"); err != nil {
		return nil, err
	}
	found := false
	for _, c := range table.Columns {
		from, ok := findColumn(shape, c.From)
		if !ok {
			p.values = append(p.values, "NULL")
			continue
		}
		found = true
		value, misfit, ok := parquetValue(quote(from.name), from.engineType, c)
		if !ok {
			return nil, fault.New(fault.Data, "the parquet column %q is %s, which does not convert to %s without loss",
				from.name, strings.ToLower(from.engineType), c.Type).
				WithHint("declare the column as the type that the file has, and convert it in a model")
		}
		p.values = append(p.values, value)
		if misfit != "" {
			p.checks = append(p.checks, parquetCheck{column: c, from: quote(from.name), misfit: misfit})
		}
	}
	if !found {
		return nil, fault.New(fault.Data, "the parquet file has none of the table's columns").
			WithHint("its columns are %s: name one in from", quoteAll(names(shape)))
	}
	return p, nil
}

// escapeGlob keeps the engine from taking a path for a pattern.
var escapeGlob = strings.NewReplacer("[", "[[]", "*", "[*]", "?", "[?]")

// findColumn finds a file's column by name: exactly, or else in any case.
func findColumn(shape []resultColumn, name string) (resultColumn, bool) {
	for _, c := range shape {
		if c.name == name {
			return c, true
		}
	}
	for _, c := range shape {
		if strings.EqualFold(c.name, name) {
			return c, true
		}
	}
	return resultColumn{}, false
}

func names(shape []resultColumn) []string {
	out := make([]string, len(shape))
	for i, c := range shape {
		out[i] = c.name
	}
	return out
}

// number runs a query for one number.
func (w *Warehouse) number(ctx context.Context, text string) (n int64, err error) {
	err = w.db.QueryRowContext(ctx, text).Scan(&n)
	return n, err
}

// readParquet is the FROM item that reads files of the same form; file_index in
// it counts them from 0.
func readParquet(plans ...*parquetPlan) string {
	paths := make([]string, len(plans))
	for i, p := range plans {
		paths[i] = p.path
	}
	return "read_parquet([" + strings.Join(paths, ", ") + "], file_row_number = true)"
}

// sameForm reports that the same expressions convert both files.
func (p *parquetPlan) sameForm(other *parquetPlan) bool {
	return p.raw == other.raw && slices.Equal(p.values, other.values) && p.fits() == other.fits()
}

// fits is the condition under which a row is loaded.
func (p *parquetPlan) fits() string {
	if len(p.checks) == 0 {
		return "TRUE"
	}
	conditions := make([]string, len(p.checks))
	for i, c := range p.checks {
		conditions[i] = "(" + c.misfit + ") IS NOT TRUE"
	}
	return strings.Join(conditions, " AND ")
}

// scan counts the rows that fit, reading every value on the way.
func (p *parquetPlan) scan() string {
	return fmt.Sprintf("SELECT CAST(coalesce(sum(CASE WHEN hash(%s) IS NULL THEN 2 ELSE 1 END), 0) AS BIGINT) FROM %s WHERE %s",
		strings.Join(p.values, ", "), readParquet(p), p.fits())
}

// parquetRejects finds the rows that do not fit, and why.
func (w *Warehouse) parquetRejects(ctx context.Context, p *parquetPlan, account *tally) error {
	which, value := "CASE", "CASE"
	for i, c := range p.checks {
		when := " WHEN " + c.misfit + " THEN "
		which += when + fmt.Sprint(i)
		value += when + "left(CAST(" + c.from + " AS VARCHAR), 100)"
	}
	rows, err := w.db.QueryContext(ctx, fmt.Sprintf("SELECT file_row_number + 1, %s END, %s END, left(CAST(%s AS VARCHAR), %d) FROM %s WHERE (%s) IS NOT TRUE ORDER BY 1 LIMIT %d",
		which, value, p.raw, decode.MaxRaw, readParquet(p), p.fits(), maxKept+1))
	if err != nil {
		return translate(err, "finding rejects")
	}
	defer rows.Close()
	for rows.Next() {
		var r warehouse.Reject
		var check int
		var text string
		if err := rows.Scan(&r.Line, &check, &text, &r.Raw); err != nil {
			return translate(err, "finding rejects")
		}
		c := p.checks[check].column
		r.Column, r.Reason = c.Name, fmt.Sprintf("%q does not fit %s", text, c.Type)
		r.Raw = cutText(r.Raw, decode.MaxRaw)
		account.reject(r)
	}
	return translate(rows.Err(), "finding rejects")
}

// rowJSON makes one JSON object of a file's row.
func rowJSON(shape []resultColumn) string {
	fields := make([]string, len(shape))
	for i, c := range shape {
		fields[i] = literal(c.name) + ": " + quote(c.name)
	}
	return "to_json({" + strings.Join(fields, ", ") + "})"
}

// cutText cuts a text to at most n bytes, between runes.
func cutText(text string, n int) string {
	if len(text) <= n {
		return text
	}
	for !utf8.RuneStart(text[n]) {
		n--
	}
	return text[:n]
}

// parquetValue says how a file's column converts to a declared one: by which
// expression, and which values do not fit if its type alone does not promise that
// all do. It is not ok where values would lose something.
//
// Redshift's COPY takes the same types only; beyond it, numbers widen, and
// narrow where the value allows.
func parquetValue(from, engine string, c project.Column) (value, misfit string, ok bool) {
	to, file := c.Type, schemaType(engine)
	value = "CAST(" + from + " AS " + engineType(to) + ")"
	tried := "TRY_" + value
	failed := from + " IS NOT NULL AND " + tried + " IS NULL"
	whole := file.IsInteger() || file.Kind == schema.Decimal && file.Scale == 0
	switch to.Kind {
	case schema.SmallInt, schema.Integer, schema.BigInt:
		if file.IsInteger() && file.Kind <= to.Kind {
			return value, "", true
		}
		return tried, failed, whole
	case schema.Decimal:
		return tried, failed, whole || file.Kind == schema.Decimal && file.Scale <= to.Scale
	case schema.Real:
		return value, "", file.Kind == schema.Real || file.Kind == schema.SmallInt
	case schema.Double:
		return value, "", file.Kind == schema.Real || file.Kind == schema.Double || file.IsInteger() && file.Kind <= schema.Integer
	case schema.Char, schema.Varchar:
		value, misfit = parquetText(value, to)
		return value, misfit, file.Kind == schema.Varchar
	case schema.Varbyte:
		return value, fmt.Sprintf("octet_length(%s) > %d", from, to.Length), file.Kind == schema.Varbyte
	case schema.Super:
		if file.Kind == schema.Varchar {
			return tried, failed, true
		}
		return "to_json(" + from + ")", "", file.Kind != schema.Unknown
	case schema.Timestamp, schema.TimestampTZ:
		if unit, epoch := map[string]int64{project.EpochSeconds: 1e6, project.EpochMillis: 1e3}[c.Format]; epoch {
			value = fmt.Sprintf("CAST(make_timestamp(CAST(%s AS BIGINT) * %d) AS %s)", from, unit, engineType(to))
			return value, fmt.Sprintf("%s NOT BETWEEN %d AND %d", from, minMicros/unit, maxMicros/unit), file.IsInteger()
		}
		return value, "", file.IsTemporal()
	}
	return value, "", file.Kind == to.Kind
}

// parquetText takes texts as the decoder does: of char without trailing blanks
// and in ASCII, of varchar without the blanks that make it too long.
func parquetText(text string, to schema.Type) (value, misfit string) {
	trimmed := "rtrim(" + text + ", ' ')"
	if to.Kind == schema.Char {
		return trimmed, fmt.Sprintf("strlen(%s) > %d OR strlen(%s) > length(%s) OR contains(%s, chr(0))", trimmed, to.Length, text, text, text)
	}
	value = fmt.Sprintf("CASE WHEN strlen(%s) <= %d THEN %s ELSE %s || repeat(' ', %d - strlen(%s)) END", text, to.Length, text, trimmed, to.Length, trimmed)
	return value, fmt.Sprintf("strlen(%s) > %d OR contains(%s, chr(0))", value, to.Length, text)
}

// The timestamps that Redshift holds, 4713 BC to 294276 AD, as far as the engine
// holds them too (290309 BC to 294247 AD), in microseconds since 1970.
const (
	minMicros = -210866803200000000
	maxMicros = 9223371331200000000
)
