package result

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"math"

	"github.com/atolldata/atoll/internal/schema"
)

// jsonWriter writes an array of objects, one object a line, with the columns in
// their order. Numbers are JSON numbers with all their digits (a reader that
// takes them for floats loses those beyond 15); NaN and the infinities, which
// JSON has no numbers for, are text. SUPER values stand as they are. All else is
// text as in the other formats.
type jsonWriter struct {
	w       *bufio.Writer
	keys    [][]byte
	columns []schema.Column
	line    bytes.Buffer
	begun   bool
}

func newJSONWriter(w io.Writer, columns []schema.Column) *jsonWriter {
	j := &jsonWriter{w: bufio.NewWriter(w), columns: columns}
	for _, c := range columns {
		j.keys = append(j.keys, jsonText(c.Name))
	}
	return j
}

func (w *jsonWriter) Write(row []any) error {
	w.line.Reset()
	if w.begun {
		w.line.WriteString(",\n{")
	} else {
		w.line.WriteString("[\n{")
	}
	w.begun = true
	for i, v := range row {
		if i > 0 {
			w.line.WriteByte(',')
		}
		w.line.Write(w.keys[i])
		w.line.WriteByte(':')
		w.line.Write(jsonValue(v, w.columns[i].Type))
	}
	w.line.WriteByte('}')
	_, err := w.w.Write(w.line.Bytes())
	return err
}

func (w *jsonWriter) Close() error {
	end := "\n]\n"
	if !w.begun {
		end = "[]\n"
	}
	if _, err := w.w.WriteString(end); err != nil {
		return err
	}
	return w.w.Flush()
}

func jsonValue(v any, t schema.Type) []byte {
	switch v := v.(type) {
	case nil:
		return []byte("null")
	case bool, int64:
		return []byte(text(v, t))
	case float64:
		if !math.IsNaN(v) && !math.IsInf(v, 0) {
			return []byte(text(v, t))
		}
	case string:
		if t.IsNumeric() || t.Kind == schema.Super && json.Valid([]byte(v)) {
			return []byte(v)
		}
	}
	return jsonText(text(v, t))
}

// jsonText writes a JSON string. Characters that only HTML minds stand as they
// are.
func jsonText(s string) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(s); err != nil {
		panic(err) // strings encode
	}
	return bytes.TrimRight(b.Bytes(), "\n")
}
