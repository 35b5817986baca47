package result

import (
	"bufio"
	"io"
	"strings"

	"github.com/atolldata/atoll/internal/schema"
)

// csvWriter writes RFC 4180: a header, lines that end in CRLF, and quotes around
// fields that hold quotes, commas or line breaks. NULL is an empty field and the
// empty text is "", as Atoll's own loader reads them.
type csvWriter struct {
	w       *bufio.Writer
	columns []schema.Column
	begun   bool
}

func newCSVWriter(w io.Writer, columns []schema.Column) *csvWriter {
	return &csvWriter{w: bufio.NewWriter(w), columns: columns}
}

func (w *csvWriter) Write(row []any) error {
	if err := w.header(); err != nil {
		return err
	}
	fields := make([]string, len(row))
	for i, v := range row {
		if v != nil {
			fields[i] = csvField(text(v, w.columns[i].Type))
		}
	}
	return w.line(fields)
}

func (w *csvWriter) Close() error {
	if err := w.header(); err != nil {
		return err
	}
	return w.w.Flush()
}

func (w *csvWriter) header() error {
	if w.begun {
		return nil
	}
	w.begun = true
	names := make([]string, len(w.columns))
	for i, c := range w.columns {
		names[i] = csvField(c.Name)
	}
	return w.line(names)
}

func (w *csvWriter) line(fields []string) error {
	_, err := w.w.WriteString(strings.Join(fields, ",") + "\r\n")
	return err
}

// csvField quotes a field that needs it. Blanks at its ends are quoted too,
// because some readers trim them.
func csvField(s string) string {
	if s != "" && !strings.ContainsAny(s, "\",\r\n") && s == strings.TrimSpace(s) {
		return s
	}
	return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
}
