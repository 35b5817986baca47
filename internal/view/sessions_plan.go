package view

import (
	"fmt"
	"slices"
	"strings"

	"github.com/atolldata/atoll/internal/compile"
	"github.com/atolldata/atoll/internal/project"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/portable"
	"github.com/atolldata/atoll/internal/sql/print"
)

// SessionsPlan says how a view of kind sessions follows its query: which stored
// sessions a change can touch, and which rows get another id. It is a sequence of
// queries in the embedded engine's text, each of which makes a working table for
// those after it.
//
// Beside the view there is a hidden relation, its spans: one row for each session.
// Its times, and those of working tables, are microseconds since 1970.
type SessionsPlan struct {
	View    schema.Name
	Columns []schema.Column // of the view, the session id last
	Spans   schema.Name
	// SpanColumns are the columns of Spans: p1, p2, ... with the partition's values;
	// began and ended, the first and the last time; width, cell and key, which find
	// sessions near a time.
	SpanColumns []schema.Column

	sessions  project.Sessions
	partition []schema.Column // p1, p2, ...
	words     []string        // what stands for the words in braces, in pairs
}

// SpanKey are the columns of the spans by which they are found.
var SpanKey = []string{"cell", "key"}

// Working is a working table, or view, and the query that makes it.
type Working struct {
	Name, Query string
	View        bool
}

// The working tables of a plan have the query's columns as c1, c2, ..., so that
// no name of a user clashes with theirs, and the partition's as p1, p2, ...
const (
	rowsTable     = "rows"     // the view
	spansTable    = "spans"    // the spans
	netTable      = "net"      // c; p; moment; _w
	cellsTable    = "cells"    // cell; key
	nearTable     = "near"     // p; began; ended
	losingTable   = "losing"   // p; began; ended; begins: the new beginning; id: the old one
	splitTable    = "split"    // c; id: the old one; p; begins
	standingTable = "standing" // c; p; moment; _w
	placedTable   = "placed"   // c; p; _w; began; ended; begins
	movedTable    = "moved"    // as losing
	movingTable   = "moving"   // as split
)

// SessionsOf is the plan of a model of kind sessions that is not broken.
func SessionsOf(n *compile.Node) SessionsPlan {
	p := SessionsPlan{View: n.Name, Columns: n.Shape.Columns, sessions: n.Model.Sessions,
		Spans: schema.Name{Schema: n.Name.Schema, Name: n.Name.Name + "#sessions"}}
	for i, name := range p.sessions.PartitionBy {
		c := p.Columns[columnIndex(p.Columns, name)]
		p.partition = append(p.partition, schema.Column{Name: fmt.Sprintf("p%d", i+1), Type: c.Type})
	}
	p.SpanColumns = append(p.SpanColumns, p.partition...)
	for _, name := range []string{"began", "ended", "width", "cell", "key"} {
		p.SpanColumns = append(p.SpanColumns, schema.Column{Name: name, Type: schema.Type{Kind: schema.BigInt}})
	}
	p.words = p.meanings()
	return p
}

// meanings are the words in braces of the plan's queries, and what stands for them.
func (p SessionsPlan) meanings() []string {
	query := p.Columns[:len(p.Columns)-1]
	var names, columns, renamed, back, nulls, partition, parts []string
	for i, c := range query {
		name, number := identifier(c.Name), fmt.Sprintf("c%d", i+1)
		names, columns, nulls = append(names, name), append(columns, number), append(nulls, "NULL")
		renamed, back = append(renamed, name+" AS "+number), append(back, number+" AS "+name)
	}
	for i, c := range p.partition {
		partition = append(partition, c.Name)
		parts = append(parts, columns[columnIndex(query, p.sessions.PartitionBy[i])]+" AS "+c.Name)
	}
	gap := p.sessions.Gap
	words := []string{
		"{names}", strings.Join(names, ", "),
		"{columns}", strings.Join(columns, ", "),
		"{names as columns}", strings.Join(renamed, ", "),
		"{columns as names}", strings.Join(back, ", "),
		"{nulls}", strings.Join(nulls, ", "),
		"{partition}", strings.Join(partition, ", "),
		"{columns as partition}", strings.Join(parts, ", "),
		"{id}", identifier(p.sessions.SessionID),
		"{order}", identifier(p.sessions.OrderBy),
		"{id of began}", p.id("began"),
		"{id of begins}", p.id("begins"),
		"{moment}", fmt.Sprintf(epochMicros[portable.DuckDB], columns[columnIndex(query, p.sessions.OrderBy)]),
		"{gap}", fmt.Sprint(gap.Microseconds()),
		"{width}", widthOf(gap),
		"{cell of began}", cellOf("began"),
		"{cell of moment}", cellOf(fmt.Sprintf("(moment + %d)", gap.Microseconds())),
		"{key}", "CAST('0x' || left(md5(" + partitionText(p.partition) + " || ' ' || CAST(cell AS VARCHAR) || ' ' || CAST(width AS VARCHAR)), 15) AS BIGINT)",
	}
	for _, table := range []string{rowsTable, spansTable, netTable, cellsTable, nearTable, losingTable, splitTable, standingTable, placedTable, movedTable, movingTable} {
		words = append(words, "{"+table+"}", working(p.name(table)))
	}
	return words
}

// id is the id of the session that begins at a moment.
func (p SessionsPlan) id(moment string) string {
	return "md5(" + sessionText(p.partition, moment) + ")"
}

// name is a working table's name, of this plan alone.
func (p SessionsPlan) name(table string) string { return p.Spans.String() + ":" + table }

// working is a working table in the engine's text.
func working(name string) string {
	return print.DuckDB(&ast.ColumnRef{Name: ast.NewName(name)})
}

// table makes a working table of a query. Pairs are more words, and what stands for
// them.
func (p SessionsPlan) table(name, query string, pairs ...string) Working {
	return Working{Name: p.name(name), Query: p.write(query, pairs...)}
}

// view makes a working view of a query.
func (p SessionsPlan) view(name, query string, pairs ...string) Working {
	return Working{Name: p.name(name), Query: p.write(query, pairs...), View: true}
}

func (p SessionsPlan) write(query string, pairs ...string) string {
	return strings.NewReplacer(slices.Concat(p.words, pairs)...).Replace(query)
}

// Rows is the name under which the queries read the view as it is.
func (p SessionsPlan) Rows() string { return p.name(rowsTable) }

// SpanRows is the name under which the queries read the spans as they are.
func (p SessionsPlan) SpanRows() string { return p.name(spansTable) }

// RowKey are columns that find rows of the view.
func (p SessionsPlan) RowKey() []string { return []string{p.sessions.OrderBy} }

// Net are the changed rows, without those that cancel out. Delta is the working
// table of the signed rows by which the result of the model's query changed, and
// leaves says whether some of them leave.
func (p SessionsPlan) Net(delta string, leaves bool) Working {
	if leaves {
		return p.table(netTable, fmt.Sprintf(netText, netOfText), "{delta}", working(delta))
	}
	return p.view(netTable, fmt.Sprintf(netText, comingText), "{delta}", working(delta))
}

// Cells are the values of the spans' columns cell and key where spans within the
// gap of a changed row are.
func (p SessionsPlan) Cells() Working { return p.table(cellsTable, cellsText) }

// Near is the name of the working table of the spans that [SessionsPlan.Cells]
// finds, and the columns it has.
func (p SessionsPlan) Near() (name string, columns []string) {
	for _, c := range p.partition {
		columns = append(columns, c.Name)
	}
	return p.name(nearTable), append(columns, "began", "ended")
}

// Losing are the sessions that rows leave.
func (p SessionsPlan) Losing() Working { return p.table(losingTable, losingText) }

// Moved are the sessions that begin earlier now.
func (p SessionsPlan) Moved() Working { return p.table(movedTable, movedText) }

// Stretches is a query of the few stretches of time in which the rows of sessions
// are: those of [SessionsPlan.Losing] or [SessionsPlan.Moved].
func (p SessionsPlan) Stretches(of Working) string {
	return p.write(stretchesText, "{sessions}", working(of.Name))
}

// Split are the rows of the sessions that rows leave, which lie in these stretches.
func (p SessionsPlan) Split(in []Stretch) Working { return p.members(splitTable, losingTable, in) }

// Moving are the rows of the sessions that begin earlier now, which lie in these
// stretches.
func (p SessionsPlan) Moving(in []Stretch) Working { return p.members(movingTable, movedTable, in) }

// Stretch is a closed interval of time, in microseconds since 1970.
type Stretch struct{ From, To int64 }

// members are the rows of sessions, of which there are none without a stretch.
func (p SessionsPlan) members(name, sessions string, in []Stretch) Working {
	order := p.Columns[columnIndex(p.Columns, p.sessions.OrderBy)]
	moment := map[schema.Kind]string{schema.Timestamp: "make_timestamp", schema.TimestampTZ: "make_timestamptz"}[order.Type.Kind]
	var parts []string
	for _, s := range in {
		parts = append(parts, fmt.Sprintf("%[1]s{order} BETWEEN %[2]s(%[3]d) AND %[2]s(%[4]d)", stretchText, moment, s.From, s.To))
	}
	if len(in) == 0 {
		parts = []string{stretchText + "false"}
	}
	return p.table(name, fmt.Sprintf(membersText, strings.Join(parts, " UNION ALL ")), "{sessions}", working(p.name(sessions)))
}

// Standing are the rows that need an id, given how many rows [SessionsPlan.Split] has.
func (p SessionsPlan) Standing(split int64) Working {
	if split == 0 {
		return p.view(standingTable, "SELECT * FROM {net}")
	}
	return p.table(standingTable, standingText)
}

// Placed says in which sessions rows and spans are now.
func (p SessionsPlan) Placed() Working { return p.table(placedTable, placedText) }

// Changes are the signed rows by which the view changes. Some cancel out.
func (p SessionsPlan) Changes() Working { return p.view("changes", changesText) }

// SpanChanges are the signed rows by which the spans change. Some cancel out.
func (p SessionsPlan) SpanChanges() Working {
	return p.view("span changes", fmt.Sprintf(locatedText, spanChangesText))
}

// Build is the query of all spans, from the rows of the view.
func (p SessionsPlan) Build() string {
	return p.write(fmt.Sprintf("SELECT {partition}, began, ended, width, cell, key FROM ("+locatedText+") AS l", spansText))
}
