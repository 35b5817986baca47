package result

import (
	"io"
	"strings"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/warehouse"
)

// Format is how an answer is written.
type Format string

// The formats. Each is documented where it is written.
const (
	Table   Format = "table"
	CSV     Format = "csv"
	JSON    Format = "json"
	Parquet Format = "parquet"
)

// Formats lists the formats' names.
func Formats() []string {
	return []string{string(Table), string(CSV), string(JSON), string(Parquet)}
}

// writer writes one answer. Close ends it; it is not called after an error.
type writer interface {
	Write(row []any) error
	Close() error
}

// Write writes all rows and returns how many there were. It does not close them.
// A format that it does not know is a fault of code Usage; so are two columns of
// the same name in a format that tells columns by their names.
func Write(w io.Writer, format Format, rows warehouse.Rows) (int64, error) {
	columns := rows.Columns()
	out, err := newWriter(w, format, columns)
	if err != nil {
		return 0, err
	}
	values, targets := make([]any, len(columns)), make([]any, len(columns))
	for i := range values {
		targets[i] = &values[i]
	}
	var n int64
	for rows.Next() {
		if err := rows.Scan(targets...); err != nil {
			return n, err
		}
		if err := out.Write(values); err != nil {
			return n, err
		}
		n++
	}
	if err := rows.Err(); err != nil {
		return n, err
	}
	return n, out.Close()
}

func newWriter(w io.Writer, format Format, columns []schema.Column) (writer, error) {
	switch format {
	case Table:
		return newTableWriter(w, columns), nil
	case CSV:
		return newCSVWriter(w, columns), nil
	case JSON, Parquet:
		if err := distinct(format, columns); err != nil {
			return nil, err
		}
		if format == JSON {
			return newJSONWriter(w, columns), nil
		}
		return newParquetWriter(w, columns)
	}
	e := fault.New(fault.Usage, "there is no output format %q", format).
		WithHint("the formats are %s", strings.Join(Formats(), ", "))
	if near := fault.Nearest(string(format), Formats()); near != "" {
		e.WithHint("did you mean %q?", near)
	}
	return nil, e
}

// distinct holds an answer to column names that differ.
func distinct(format Format, columns []schema.Column) error {
	seen := map[string]bool{}
	for _, c := range columns {
		if seen[c.Name] {
			return fault.New(fault.Usage, "the answer has two columns %q, which %s cannot hold", c.Name, format).
				WithHint("give one of them another name with AS")
		}
		seen[c.Name] = true
	}
	return nil
}
