package viewtest

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"pgregory.net/rapid"

	"github.com/atolldata/atoll/internal/schema"
)

// rawTypes are the types of raw columns, with the class and the values of each.
var rawTypes = []struct {
	class  class
	types  []string
	values []string
}{
	{whole, []string{"integer", "bigint"}, []string{"1", "2", "3", "0", "-1"}},
	{text, []string{"varchar(8)"}, []string{"a", "b", "ab", "A", "", "it's", "ü"}},
	{exact, []string{"decimal(12,2)"}, []string{"1.50", "0.25", "-0.25", "10.00", "0.00"}},
	{binary, []string{"double precision"}, []string{"0.25", "1.5", "-0.75", "100"}},
	{wild, []string{"double precision"}, []string{"1", "NaN", "0", "2.5"}},
	{truth, []string{"boolean"}, []string{"true", "false"}},
	{day, []string{"date"}, []string{"2026-03-01", "2026-02-28", "2026-02-22", "2026-01-31", "2026-03-09"}},
	{moment, []string{"timestamp"}, nil},
}

// drawnStart is the label of the first refresh of a drawn case.
var drawnStart = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// drawnTable is a table of a drawn case, with the classes of its columns.
type drawnTable struct {
	Table
	classes []class
	files   []string // loaded so far
}

// drawTable draws a table: a whole number, a text and a moment, so that tables
// have something in common, and other columns.
func drawTable(t *rapid.T, name string) *drawnTable {
	table := &drawnTable{Table: Table{Name: schema.Name{Schema: "src", Name: name}}}
	kinds := []int{0, 1, len(rawTypes) - 1}
	kinds = append(kinds, rapid.SliceOfN(rapid.IntRange(0, len(rawTypes)-1), 0, 3).Draw(t, "columns")...)
	for i, kind := range kinds {
		k := rawTypes[kind]
		typ, err := schema.ParseType(rapid.SampledFrom(k.types).Draw(t, "type"))
		if err != nil {
			t.Fatal(err)
		}
		table.Columns = append(table.Columns, schema.Column{Name: fmt.Sprintf("%c%d", k.class+'a'-'A', i+1), Type: typ})
		table.classes = append(table.classes, k.class)
	}
	return table
}

// relation is the table as queries see it.
func (d *drawnTable) relation() relation {
	r := relation{text: d.Name.String(), rows: 12}
	for i, c := range d.Columns {
		r.columns = append(r.columns, column{c.Name, d.classes[i]})
	}
	return r
}

// drawRows draws the rows of a file. Values are few, so that keys collide, and
// a row may be there several times. There are at least so many.
func (d *drawnTable) drawRows(t *rapid.T, least int) []Row {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Row {
		row := make(Row, len(d.classes))
		for i, c := range d.classes {
			row[i] = drawValue(t, c)
		}
		return row
	}), least, least+6).Draw(t, "rows")
}

func drawValue(t *rapid.T, c class) Value {
	if rapid.IntRange(0, 5).Draw(t, "null") == 5 {
		return Null
	}
	if c == moment {
		days := rapid.SampledFrom([]int{0, 0, -1, -2, -7, -29, 1, 8}).Draw(t, "day")
		return Text(drawnStart.AddDate(0, 0, days).Add(20 * time.Minute * time.Duration(rapid.IntRange(-9, 9).Draw(t, "time"))).Format(time.DateTime))
	}
	for _, k := range rawTypes {
		if k.class == c {
			return Text(rapid.SampledFrom(k.values).Draw(t, "value"))
		}
	}
	panic("no values of class " + strconv.Itoa(int(c)))
}

// drawCase draws a project of up to so many views, and what happens to it. The
// views share the ticks, so that each checks many; later ones may read earlier
// ones.
func drawCase(t *rapid.T, views int) *Case {
	c := &Case{Title: "drawn"}
	tables := drawTables(t, c)
	c.Views = drawViews(t, tables, views)
	label := drawnStart
	for range rapid.IntRange(2, 5).Draw(t, "ticks") {
		c.Steps = append(c.Steps, At{label})
		for _, table := range tables {
			c.Steps = append(c.Steps, table.drawChanges(t)...)
		}
		c.Steps = append(c.Steps, Refresh{})
		label = label.Add(rapid.SampledFrom([]time.Duration{time.Minute, time.Hour, 7 * time.Hour, 24 * time.Hour, 9 * 24 * time.Hour}).Draw(t, "moves"))
	}
	return c
}

func drawTables(t *rapid.T, c *Case) []*drawnTable {
	var tables []*drawnTable
	for i := range rapid.IntRange(2, 4).Draw(t, "tables") {
		tables = append(tables, drawTable(t, fmt.Sprintf("t%d", i+1)))
		c.Tables = append(c.Tables, tables[i].Table)
	}
	return tables
}

// drawViews draws up to so many models over tables and over each other.
func drawViews(t *rapid.T, tables []*drawnTable, most int) []View {
	g := &generator{t: t}
	for _, table := range tables {
		g.relations = append(g.relations, table.relation())
	}
	var views []View
	for i := range rapid.IntRange((most+1)/2, most).Draw(t, "views") {
		v := View{Name: schema.Name{Schema: "v", Name: fmt.Sprintf("v%d", i+1)}}
		var q relation
		if g.chance("sessions", 8) {
			q, v.Header = g.sessions()
		} else {
			q = g.view(rapid.IntRange(0, 4).Draw(t, "depth"))
		}
		v.SQL = q.text
		views = append(views, v)
		g.relations = append(g.relations, relation{v.Name.String(), q.columns, min(q.rows, 100)})
	}
	return views
}

// sessions draws a model of kind sessions: its query, whose columns have the
// session's id behind them, and its header.
func (g *generator) sessions() (relation, []string) {
	want := []class{moment, rapid.SampledFrom([]class{whole, text, day, truth}).Draw(g.t, "partition"), whole, text}
	q := g.query(rapid.IntRange(0, 1).Draw(g.t, "depth"), want)
	q.columns = append(slices.Clip(q.columns), column{"session_id", text})
	partition := rapid.SampledFrom([]string{"c2", "c2, c3", "c4"}).Draw(g.t, "partition by")
	gap := rapid.SampledFrom([]string{"20m", "40m", "1h", "1d", "500ms"}).Draw(g.t, "gap")
	return q, []string{"@kind sessions", "@partition-by " + partition, "@order-by c1", "@gap " + gap}
}

// drawChanges draws what happens to a table before a tick: files come, rows
// change or leave, or nothing.
func (d *drawnTable) drawChanges(t *rapid.T) []Step {
	var steps []Step
	for range rapid.SampledFrom([]int{1, 0, 1, 1, 2}).Draw(t, "changes") {
		if len(d.files) > 0 && rapid.IntRange(0, 2).Draw(t, "change") == 2 {
			file := rapid.SampledFrom(d.files).Draw(t, "file")
			steps = append(steps, Change{d.Name, file, d.drawRows(t, 0)})
			continue
		}
		least := 0
		if len(d.files) == 0 {
			least = rapid.SampledFrom([]int{6, 6, 6, 0}).Draw(t, "least")
		}
		d.files = append(d.files, fmt.Sprintf("f%d", len(d.files)+1))
		steps = append(steps, Load{d.Name, d.files[len(d.files)-1], d.drawRows(t, least)})
	}
	return steps
}
