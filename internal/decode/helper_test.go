package decode

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/atolldata/atoll/internal/project"
	"github.com/atolldata/atoll/internal/schema"
)

// table makes a table of columns, each written as its name, its type without
// blanks, and then what it is read from and its format, in any order: a path or
// a header's name begins with $ or =.
func table(t testing.TB, format string, columns ...string) *project.Table {
	t.Helper()
	out := &project.Table{
		Name: "t", Format: format, Compression: project.Auto,
		CSV: project.CSVOptions{Delimiter: ",", Quote: `"`, Escape: `"`, Header: true},
	}
	for _, text := range columns {
		name, rest, _ := strings.Cut(text, " ")
		kind, rest, _ := strings.Cut(rest, " ")
		typ, err := schema.ParseType(kind)
		if err != nil {
			t.Fatal(err)
		}
		c := project.Column{Name: name, Type: typ, From: name}
		if format == project.JSON {
			c.From = "$." + name
		}
		if strings.HasPrefix(rest, "$") {
			c.From, rest, _ = strings.Cut(rest, " ")
		} else if strings.HasPrefix(rest, "=") {
			c.From, rest = rest[1:], ""
		}
		c.Format = rest
		out.Columns = append(out.Columns, c)
	}
	return out
}

// outcome is what a file became.
type outcome struct {
	rows    []string // each as its number, then the values, joined by " | "
	rejects []string // each as line, row, column, reason, joined by " | "
	raws    []string
	err     error
}

// decodeAll decodes a file, in blocks as the reader's pieces make them.
func decodeAll(t testing.TB, table *project.Table, r io.Reader) (out outcome) {
	t.Helper()
	d, err := New(table)
	if err != nil {
		t.Fatal(err)
	}
	s, batch := d.Split("file", r), d.NewBatch()
	for {
		b, err := s.Next()
		if err == io.EOF {
			return out
		} else if err != nil {
			out.err = err
			return out
		}
		for more := true; more; {
			more = d.Decode(b, batch)
			out.add(batch)
		}
		b.Release()
	}
}

func (o *outcome) add(b *Batch) {
	for i := range b.N {
		values := []string{fmt.Sprint(b.Rows[i])}
		for k := range b.Cols {
			values = append(values, show(&b.Cols[k], i))
		}
		o.rows = append(o.rows, strings.Join(values, " | "))
	}
	for _, r := range b.Rejects {
		o.rejects = append(o.rejects, fmt.Sprintf("%d | %d | %s | %s", r.Line, r.Row, r.Column, r.Reason))
		o.raws = append(o.raws, r.Raw)
	}
}

// show prints a value as it is stored.
func show(c *Column, row int) string {
	switch {
	case c.Valid[row/64]>>(row%64)&1 == 0:
		return "NULL"
	case c.Bytes != nil:
		return fmt.Sprintf("%q", c.Bytes[row])
	case c.Floats != nil:
		return fmt.Sprint(c.Floats[row])
	case c.Huge != nil:
		return fmt.Sprintf("%d:%d", c.Huge[row].Hi, c.Huge[row].Lo)
	}
	return fmt.Sprint(c.Ints[row])
}
