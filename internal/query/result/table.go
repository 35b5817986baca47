package result

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode"

	"golang.org/x/text/width"

	"github.com/atolldata/atoll/internal/schema"
)

// measured is how many rows are held back to find the widths of the columns.
// Wider values further down push their line out, as in other streaming tools.
const measured = 1000

// Grid lays out cells in columns, for people. Headers and lines are as in psql.
type Grid struct {
	w       *bufio.Writer
	headers []string
	right   []bool
	held    [][]string
	widths  []int // once they are found
}

// NewGrid makes a grid. Right marks the columns that are aligned to the right.
func NewGrid(w io.Writer, headers []string, right []bool) *Grid {
	g := &Grid{w: bufio.NewWriter(w), right: right}
	for _, h := range headers {
		g.headers = append(g.headers, visible(h))
	}
	return g
}

// Add adds a line. Control characters in a cell are shown as escapes, so that no
// value breaks the layout or talks to the terminal.
func (g *Grid) Add(cells ...string) error {
	line := make([]string, len(cells))
	for i, c := range cells {
		line[i] = visible(c)
	}
	if g.widths == nil {
		if g.held = append(g.held, line); len(g.held) < measured {
			return nil
		}
		return g.release()
	}
	return g.line(line)
}

// Close writes what is held back.
func (g *Grid) Close() error {
	if g.widths == nil {
		if err := g.release(); err != nil {
			return err
		}
	}
	return g.w.Flush()
}

// release finds the widths and writes the headers and the lines held back.
func (g *Grid) release() error {
	g.widths = make([]int, len(g.headers))
	rule := make([]string, len(g.headers))
	for i, h := range g.headers {
		g.widths[i] = columns(h)
		for _, line := range g.held {
			g.widths[i] = max(g.widths[i], columns(line[i]))
		}
		rule[i] = strings.Repeat("-", g.widths[i]+2)
	}
	if err := g.line(g.headers); err != nil {
		return err
	}
	if _, err := g.w.WriteString(strings.Join(rule, "+") + "\n"); err != nil {
		return err
	}
	for _, line := range g.held {
		if err := g.line(line); err != nil {
			return err
		}
	}
	g.held = nil
	return nil
}

func (g *Grid) line(cells []string) error {
	var b strings.Builder
	for i, c := range cells {
		if i > 0 {
			b.WriteString(" | ")
		} else {
			b.WriteByte(' ')
		}
		padding := strings.Repeat(" ", max(0, g.widths[i]-columns(c)))
		if g.right[i] {
			b.WriteString(padding + c)
		} else {
			b.WriteString(c + padding)
		}
	}
	_, err := g.w.WriteString(strings.TrimRight(b.String(), " ") + "\n")
	return err
}

// columns is how many columns of a terminal a text takes.
func columns(s string) int {
	n := 0
	for _, r := range s {
		switch kind := width.LookupRune(r).Kind(); {
		case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		case kind == width.EastAsianWide || kind == width.EastAsianFullwidth:
			n += 2
		default:
			n++
		}
	}
	return n
}

// visible writes control characters as escapes.
func visible(s string) string {
	if strings.IndexFunc(s, unicode.IsControl) < 0 {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r == '\r':
			b.WriteString(`\r`)
		case unicode.IsControl(r):
			fmt.Fprintf(&b, `\x%02x`, r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// tableWriter writes an aligned table: numbers to the right, NULL as NULL.
type tableWriter struct {
	grid    *Grid
	columns []schema.Column
}

func newTableWriter(w io.Writer, columns []schema.Column) *tableWriter {
	headers, right := make([]string, len(columns)), make([]bool, len(columns))
	for i, c := range columns {
		headers[i], right[i] = c.Name, c.Type.IsNumeric()
	}
	return &tableWriter{NewGrid(w, headers, right), columns}
}

func (w *tableWriter) Write(row []any) error {
	cells := make([]string, len(row))
	for i, v := range row {
		cells[i] = "NULL"
		if v != nil {
			cells[i] = text(v, w.columns[i].Type)
		}
	}
	return w.grid.Add(cells...)
}

func (w *tableWriter) Close() error { return w.grid.Close() }
