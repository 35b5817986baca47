package viewtest

import (
	"fmt"
	"slices"
	"time"

	"pgregory.net/rapid"

	"github.com/atolldata/atoll/internal/refresh"
	"github.com/atolldata/atoll/internal/schema"
)

// rawType is a type of raw columns, with its class and how values are drawn. Values are
// few, so that keys collide.
type rawType struct {
	class class
	types []string
	draw  func(*rapid.T) string
}

// oneOf draws one of some values.
func oneOf(values ...string) func(*rapid.T) string {
	return func(t *rapid.T) string { return rapid.SampledFrom(values).Draw(t, "value") }
}

var rawTypes = []rawType{
	{whole, []string{"integer", "bigint", "smallint"}, oneOf("1", "2", "3", "0", "-1")},
	{text, []string{"varchar(8)"}, oneOf("a", "b", "ab", "A", "", "it's", "ü")},
	{moment, []string{"timestamp"}, drawMoment},
	{exact, []string{"decimal(12,2)"}, oneOf("1.50", "0.25", "-0.25", "10.00", "0.00")},
	{binary, []string{"double precision", "real"}, oneOf("0.25", "1.5", "-0.75", "100")},
	{wild, []string{"double precision"}, oneOf("1", "NaN", "0", "2.5")},
	{truth, []string{"boolean"}, oneOf("true", "false")},
	{day, []string{"date"}, oneOf("2026-03-01", "2026-02-28", "2026-02-22", "2026-01-31", "2026-03-09")},
	{text, []string{"char(4)"}, oneOf("a", "b", "ab")},
}

// drawnStart is the label of the first refresh of a drawn case. GETDATE leaves its
// fraction of a second out.
var drawnStart = time.Date(2026, 3, 1, 12, 0, 0, 700_000_000, time.UTC)

// drawMoment draws a time near the labels, or weeks before; many are within a
// session's gap of each other.
func drawMoment(t *rapid.T) string {
	days := rapid.SampledFrom([]int{0, 0, -1, -2, -7, -29, 1, 8}).Draw(t, "day")
	minutes := 20 * rapid.IntRange(-9, 9).Draw(t, "minutes")
	fraction := rapid.SampledFrom([]time.Duration{0, 0, 500 * time.Millisecond}).Draw(t, "fraction")
	return drawnStart.Truncate(time.Second).AddDate(0, 0, days).Add(time.Duration(minutes)*time.Minute + fraction).Format("2006-01-02 15:04:05.999")
}

// drawnTable is a table of a drawn case, with the types of its columns.
type drawnTable struct {
	Table
	types []rawType
	files []string  // loaded so far
	mend  func(Row) // makes a drawn row one that may be, if set
}

// drawTable draws a table: a whole number, a text and a moment, so that tables
// have something in common, and other columns.
func drawTable(t *rapid.T, name string) *drawnTable {
	table := &drawnTable{Table: Table{Name: schema.Name{Schema: "src", Name: name}}}
	table.types = append(rawTypes[:3:3], rapid.SliceOfN(rapid.SampledFrom(rawTypes), 0, 3).Draw(t, "columns")...)
	for i, k := range table.types {
		typ, err := schema.ParseType(rapid.SampledFrom(k.types).Draw(t, "type"))
		if err != nil {
			t.Fatal(err)
		}
		table.Columns = append(table.Columns, schema.Column{Name: fmt.Sprintf("%c%d", k.class+'a'-'A', i+1), Type: typ})
	}
	return table
}

// relation is the table as queries see it.
func (d *drawnTable) relation() relation {
	r := relation{text: d.Name.String(), rows: 12}
	for i, c := range d.Columns {
		r.columns = append(r.columns, column{c.Name, d.types[i].class})
	}
	return r
}

// drawRows draws the rows of a file, at least so many. A row may be there
// several times.
func (d *drawnTable) drawRows(t *rapid.T, least int) []Row {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Row {
		row := make(Row, len(d.types))
		for i, k := range d.types {
			row[i] = Null
			if rapid.IntRange(0, 5).Draw(t, "null") < 5 {
				row[i] = Text(k.draw(t))
			}
		}
		if d.mend != nil {
			d.mend(row)
		}
		return row
	}), least, least+6).Draw(t, "rows")
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

// drawCase draws a project of up to so many views, and what happens to it. The
// views share the ticks, so that each checks many; later ones may read earlier
// ones. If wait is set, some are not due on every tick.
func drawCase(t *rapid.T, views int, wait bool) *Case {
	c := newDrawn(t, "drawn")
	g := &generator{t: t}
	var tables []*drawnTable
	for i := range rapid.IntRange(2, 4).Draw(t, "tables") {
		tables = append(tables, drawTable(t, fmt.Sprintf("t%d", i+1)))
		c.Tables = append(c.Tables, tables[i].Table)
		g.stored = append(g.stored, tables[i].relation())
	}
	for i := range rapid.IntRange((views+1)/2, views).Draw(t, "views") {
		name := schema.Name{Schema: "v", Name: fmt.Sprintf("v%d", i+1)}
		q, header := g.model()
		if wait && g.chance("every", 12) {
			header = append(header, "@every 6h")
		}
		c.Views = append(c.Views, View{name, header, q.text})
		g.stored = append(g.stored, relation{name.String(), q.columns, min(q.rows, mostStored)})
	}
	drawTicks(t, c, tables, func() []Step {
		if !g.chance("edit", 12) {
			return nil
		}
		return []Step{g.edit(c, len(tables))}
	})
	return c
}

// newDrawn is a case without anything, with how batches are cut and small relations read.
func newDrawn(t *rapid.T, title string) *Case {
	small := []refresh.Small{refresh.LookUp, refresh.LookUp, refresh.LookUp, refresh.ReadWhole, refresh.ComputeWhole}
	return &Case{Title: title, OneByOne: rapid.IntRange(0, 9).Draw(t, "one by one") == 9, Small: rapid.SampledFrom(small).Draw(t, "small relations")}
}

// drawTicks draws what happens to the tables of a case, and edits of its models.
func drawTicks(t *rapid.T, c *Case, tables []*drawnTable, edits func() []Step) {
	label := drawnStart
	for tick := range rapid.IntRange(3, 6).Draw(t, "ticks") {
		c.Steps = append(c.Steps, At{label})
		for _, table := range tables {
			c.Steps = append(c.Steps, table.drawChanges(t)...)
		}
		if tick > 0 {
			c.Steps = append(c.Steps, edits()...)
		}
		c.Steps = append(c.Steps, Refresh{Rebuild: tick > 0 && rapid.IntRange(0, 19).Draw(t, "rebuild") == 19})
		label = label.Add(rapid.SampledFrom([]time.Duration{time.Minute, time.Hour, 7 * time.Hour, 24 * time.Hour, 9 * 24 * time.Hour}).Draw(t, "moves"))
	}
}

// mostStored bounds how many rows a view counts as having for the views that read it.
const mostStored = 100

// model draws a model: what it returns, and its header.
func (g *generator) model() (q relation, header []string) {
	if g.chance("sessions", 8) {
		return g.sessions()
	}
	return g.view(rapid.IntRange(0, 4).Draw(g.t, "depth")), nil
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

// edit draws another query for a view, with columns of the same names and
// classes, so that what reads it still binds, and with no more rows, so that what
// joins it stays cheap; or leaves the view as it is.
func (g *generator) edit(c *Case, tables int) Step {
	i := rapid.IntRange(0, len(c.Views)-1).Draw(g.t, "edited")
	v, before := c.Views[i], g.stored[tables+i]
	named := true
	want := make([]class, len(before.columns))
	for i, c := range before.columns {
		want[i], named = c.class, named && c.name == fmt.Sprintf("c%d", i+1)
	}
	if before.rough() || len(v.Header) > 0 || !named {
		return Define{v}
	}
	from := generator{t: g.t, stored: g.stored[:tables+i]}
	if q := from.query(rapid.IntRange(0, 2).Draw(g.t, "depth"), want); q.rows <= before.rows {
		v.SQL = q.text
	}
	return Define{v}
}
