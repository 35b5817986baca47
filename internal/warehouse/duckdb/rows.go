package duckdb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/big"
	"strings"
	"time"

	"github.com/duckdb/duckdb-go/v2"

	"github.com/atolldata/atoll/internal/schema"
)

// querier is what runs statements: a connection, or a pool of them.
type querier interface {
	ExecContext(ctx context.Context, text string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, text string, args ...any) (*sql.Rows, error)
}

// runner is a way to run a SELECT: query or queryPlain.
type runner func(ctx context.Context, q querier, doing, text string, args ...any) (*result, error)

// query runs a SELECT and gives its rows with types. Values that the driver
// would take apart (JSON and nested ones) are read as text.
func query(ctx context.Context, q querier, doing, text string, args ...any) (*result, error) {
	shape, err := describe(ctx, q, text, args...)
	if err != nil {
		return nil, translate(orCancelled(ctx, err), doing)
	}
	rows, err := q.QueryContext(ctx, asText(text, shape), args...)
	if err != nil {
		return nil, translate(orCancelled(ctx, err), doing)
	}
	return &result{rows: rows, columns: columnsOf(shape), doing: doing}, nil
}

// queryPlain runs a SELECT as query does. It spares describing it first where the
// driver need not be kept from taking values apart.
func queryPlain(ctx context.Context, q querier, doing, text string, args ...any) (*result, error) {
	rows, err := q.QueryContext(ctx, text, args...)
	if err != nil {
		return nil, translate(orCancelled(ctx, err), doing)
	}
	shape, err := shapeOf(rows)
	if err != nil {
		rows.Close()
		return nil, translate(err, doing)
	}
	if asText(text, shape) != text {
		if err := rows.Close(); err != nil {
			return nil, translate(err, doing)
		}
		return query(ctx, q, doing, text, args...)
	}
	return &result{rows: rows, columns: columnsOf(shape), doing: doing}, nil
}

// driverTypes are the types that the driver has other names for than the engine.
var driverTypes = map[string]string{"TIMESTAMPTZ": "TIMESTAMP WITH TIME ZONE", "TIMETZ": "TIME WITH TIME ZONE"}

// shapeOf is the shape of a result as describe gives that of its query.
func shapeOf(rows *sql.Rows) ([]resultColumn, error) {
	types, err := rows.ColumnTypes()
	if err != nil {
		return nil, err
	}
	shape := make([]resultColumn, len(types))
	for i, t := range types {
		shape[i] = resultColumn{t.Name(), t.DatabaseTypeName()}
		if name, ok := driverTypes[t.DatabaseTypeName()]; ok {
			shape[i].engineType = name
		}
	}
	return shape, nil
}

// resultColumn is a column of a query's result as the engine describes it.
type resultColumn struct{ name, engineType string }

// columnsOf is a result's shape in Redshift's types.
func columnsOf(shape []resultColumn) []schema.Column {
	columns := make([]schema.Column, len(shape))
	for i, c := range shape {
		columns[i] = schema.Column{Name: c.name, Type: schemaType(c.engineType)}
	}
	return columns
}

// describe binds a query without running it.
func describe(ctx context.Context, q querier, text string, args ...any) ([]resultColumn, error) {
	rows, err := q.QueryContext(ctx, "DESCRIBE "+text, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var shape []resultColumn
	var rest [4]any
	for rows.Next() {
		var c resultColumn
		if err := rows.Scan(&c.name, &c.engineType, &rest[0], &rest[1], &rest[2], &rest[3]); err != nil {
			return nil, err
		}
		shape = append(shape, c)
	}
	return shape, rows.Err()
}

// asText wraps a query so that columns which the driver would take apart come
// as text. The order of the query's rows is kept: the engine preserves the
// order of a sorted subquery through a projection.
func asText(text string, shape []resultColumn) string {
	list, names := make([]string, len(shape)), make([]string, len(shape))
	wrap := false
	for i, c := range shape {
		names[i] = fmt.Sprintf("c%d", i)
		list[i] = "q." + names[i]
		switch kind := schemaType(c.engineType).Kind; {
		case c.engineType == "JSON" || c.engineType == "UUID":
			list[i], wrap = "CAST("+list[i]+" AS VARCHAR)", true
		case kind == schema.Super:
			list[i], wrap = "CAST(to_json("+list[i]+") AS VARCHAR)", true
		}
	}
	if !wrap {
		return text
	}
	return "SELECT " + strings.Join(list, ", ") + " FROM (" + text + ") AS q(" + strings.Join(names, ", ") + ")"
}

// result adapts the driver's rows.
type result struct {
	rows    *sql.Rows
	columns []schema.Column
	doing   string
	reader  *reader // closed with the rows, if set
}

func (r *result) Columns() []schema.Column { return r.columns }
func (r *result) Next() bool               { return r.rows.Next() }
func (r *result) Err() error               { return translate(r.rows.Err(), r.doing) }

func (r *result) Close() error {
	err := r.rows.Close()
	if r.reader != nil {
		err = errors.Join(err, r.reader.Close())
		r.reader = nil
	}
	return translate(err, r.doing)
}

func (r *result) Scan(dest ...any) error {
	if err := r.rows.Scan(dest...); err != nil {
		return translate(err, r.doing)
	}
	for i, d := range dest {
		if v, ok := d.(*any); ok {
			*v = plainValue(*v, r.columns[i].Type.Kind)
		}
	}
	return nil
}

// plainValue makes one of the values that warehouse.Rows promises of a value of
// the driver.
func plainValue(v any, kind schema.Kind) any {
	switch v := v.(type) {
	case int8:
		return int64(v)
	case int16:
		return int64(v)
	case int32:
		return int64(v)
	case uint8:
		return int64(v)
	case uint16:
		return int64(v)
	case uint32:
		return int64(v)
	case uint64:
		return fmt.Sprint(v)
	case float32:
		return float64(v)
	case *big.Int:
		return v.String()
	case duckdb.Decimal:
		return decimalText(v.Value, int(v.Scale))
	case duckdb.Interval:
		return intervalText(v)
	case time.Time:
		switch kind {
		case schema.Time:
			return v.Format("15:04:05.999999")
		case schema.TimeTZ:
			return v.Format("15:04:05.999999Z07:00")
		}
		return v.UTC()
	}
	return v
}

// decimalText writes an unscaled number with all digits of its scale.
func decimalText(unscaled *big.Int, scale int) string {
	digits := new(big.Int).Abs(unscaled).String()
	if len(digits) <= scale {
		digits = strings.Repeat("0", scale-len(digits)+1) + digits
	}
	sign := ""
	if unscaled.Sign() < 0 {
		sign = "-"
	}
	if scale == 0 {
		return sign + digits
	}
	return sign + digits[:len(digits)-scale] + "." + digits[len(digits)-scale:]
}

// intervalText writes an interval as PostgreSQL does in its default style, such
// as "1 year 2 mons 3 days 04:05:06.5".
func intervalText(i duckdb.Interval) string {
	var parts []string
	unit := func(n int64, one, many string) {
		switch {
		case n == 1:
			parts = append(parts, "1 "+one)
		case n != 0:
			parts = append(parts, fmt.Sprintf("%d %s", n, many))
		}
	}
	unit(int64(i.Months/12), "year", "years")
	unit(int64(i.Months%12), "mon", "mons")
	unit(int64(i.Days), "day", "days")
	if i.Micros != 0 || len(parts) == 0 {
		parts = append(parts, clockText(i.Micros))
	}
	return strings.Join(parts, " ")
}

// clockText writes microseconds as hours, minutes and seconds.
func clockText(micros int64) string {
	sign := ""
	rest := uint64(micros)
	if micros < 0 {
		sign, rest = "-", -rest
	}
	text := fmt.Sprintf("%s%02d:%02d:%02d", sign, rest/3600e6, rest/60e6%60, rest/1e6%60)
	if fraction := rest % 1e6; fraction != 0 {
		text += strings.TrimRight(fmt.Sprintf(".%06d", fraction), "0")
	}
	return text
}
