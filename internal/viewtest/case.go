package viewtest

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/refresh"
	"github.com/atolldata/atoll/internal/schema"
)

// Case is one case: what there is, and the steps that are taken. It can be read
// from a file by [Parse], or made in Go.
type Case struct {
	Title string
	// OneByOne loads each file in a batch of its own. Otherwise all files that
	// are there at a refresh are one batch.
	OneByOne bool
	// Small is what is done with relations as small as a case's. In a file that does
	// not say it is what is done with large ones.
	Small  refresh.Small
	Tables []Table
	Views  []View
	Steps  []Step
	Pos    fault.Position // of the title, if the case was read from a file
}

// Table is a raw table.
type Table struct {
	Name    schema.Name
	Columns []schema.Column
}

// View is a model: its header, a line each that begins with @, and its query.
type View struct {
	Name   schema.Name
	Header []string
	SQL    string
}

// Row is a table's or view's row, a value for each column.
type Row []Value

// Value is a value as it is written: in a loaded file, or in an expectation.
type Value struct {
	Text string
	Null bool
}

// Null is the missing value.
var Null = Value{Null: true}

// Text is a value that is not missing.
func Text(s string) Value { return Value{Text: s} }

// Step is something that a case does. String is the step in the language, in
// one line or, with its rows or query, in several.
type Step interface {
	String() string
	run(r *runner) error
}

// At sets the label of the next refresh. Where no At comes before a refresh, its
// label is a minute after that of the last one; the first is at [Start].
type At struct{ Label time.Time }

// Start is the label of the first refresh.
var Start = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

// Load puts rows into a table, as a new file. Without a name the file gets one
// that no other has.
type Load struct {
	Table schema.Name
	File  string
	Rows  []Row
}

// Change makes a new version of a file: its rows leave, and these come.
type Change struct {
	Table schema.Name
	File  string
	Rows  []Row
}

// Delete takes rows out of the files that hold them, one for each that is given.
type Delete struct {
	Table schema.Name
	Rows  []Row
}

// Define gives a view another query or header, or adds a view.
type Define struct{ View View }

// Refresh runs a tick. With Rebuild, tables are loaded again from the lake and
// views are rebuilt.
type Refresh struct{ Rebuild bool }

// Expect says which rows a view holds, in any order. With Columns only those are
// looked at.
type Expect struct {
	View    schema.Name
	Columns []string
	Rows    []Row
}

// Plan says by which kind of plan a view is refreshed, as atoll check tells it.
type Plan struct {
	View schema.Name
	Kind string
}

// Did says how the last refresh brought a view up to date.
type Did struct {
	View schema.Name
	How  string // Incremental, Full or Nothing
}

// What a refresh did with a view.
const (
	Incremental = "incremental" // by what changed
	Full        = "full"        // its query was run
	Nothing     = "nothing"     // no row was touched
)

// Fails says that the last refresh could not refresh a view, and a part of the
// reason. A view that fails without it fails the case.
type Fails struct {
	View   schema.Name
	Reason string
}

// String is the case in the language, so that it can be put into a file.
func (c *Case) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "case %s\n", c.Title)
	if c.OneByOne {
		b.WriteString("one by one\n")
	}
	switch c.Small {
	case refresh.ReadWhole:
		b.WriteString("read whole\n")
	case refresh.ComputeWhole:
		b.WriteString("compute whole\n")
	}
	for _, t := range c.Tables {
		fmt.Fprintf(&b, "%s\n", t)
	}
	for _, v := range c.Views {
		fmt.Fprintf(&b, "%s\n", v)
	}
	for _, s := range c.Steps {
		fmt.Fprintf(&b, "%s\n", s)
	}
	return b.String()
}

func (t Table) String() string {
	columns := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		columns[i] = c.Name + " " + c.Type.String()
	}
	return fmt.Sprintf("table %s (%s)", t.Name, strings.Join(columns, ", "))
}

func (v View) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "view %s", v.Name)
	for _, line := range append(append([]string{}, v.Header...), strings.Split(strings.TrimSpace(v.SQL), "\n")...) {
		b.WriteString(strings.TrimRight("\n  "+line, " "))
	}
	return b.String()
}

func (s At) String() string { return "at " + s.Label.UTC().Format("2006-01-02 15:04:05.999999") }

func (s Load) String() string {
	if s.File == "" {
		return "load " + s.Table.String() + body(s.Rows)
	}
	return fmt.Sprintf("load %s as %s%s", s.Table, s.File, body(s.Rows))
}

func (s Change) String() string { return fmt.Sprintf("change %s %s%s", s.Table, s.File, body(s.Rows)) }
func (s Delete) String() string { return "delete " + s.Table.String() + body(s.Rows) }
func (s Define) String() string { return s.View.String() }

func (s Refresh) String() string {
	if s.Rebuild {
		return "rebuild"
	}
	return "refresh"
}

func (s Expect) String() string {
	if len(s.Columns) == 0 {
		return "expect " + s.View.String() + body(s.Rows)
	}
	return fmt.Sprintf("expect %s (%s)%s", s.View, strings.Join(s.Columns, ", "), body(s.Rows))
}

func (s Plan) String() string { return fmt.Sprintf("plan %s %s", s.View, s.Kind) }
func (s Did) String() string  { return fmt.Sprintf("did %s %s", s.View, s.How) }

func (s Fails) String() string {
	if s.Reason == "" {
		return "fails " + s.View.String()
	}
	return fmt.Sprintf("fails %s %s", s.View, Text(s.Reason))
}

// String writes a value so that Parse reads it back: in quotes where it has
// blanks or quotes, or would be taken for NULL.
func (v Value) String() string {
	switch {
	case v.Null:
		return "NULL"
	case v.Text == "" || strings.EqualFold(v.Text, "NULL") || strings.ContainsAny(v.Text, " \t\r\n'#"):
		return "'" + strings.ReplaceAll(v.Text, "'", "''") + "'"
	}
	return v.Text
}

// body writes rows below a step, in columns.
func body(rows []Row) string {
	var widths []int
	for _, r := range rows {
		for i, v := range r {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], utf8.RuneCountInString(v.String()))
		}
	}
	var b strings.Builder
	for _, r := range rows {
		line := " "
		for i, v := range r {
			line += fmt.Sprintf(" %-*s", widths[i], v)
		}
		b.WriteString("\n" + strings.TrimRight(line, " "))
	}
	return b.String()
}
