package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// arrival says in which order keys come.
type arrival struct {
	name   string
	late   bool // one event in a hundred comes late, by up to a day
	random bool // keys are UUIDs
}

// arrivals are the orders that every refresh is measured with.
var arrivals = []arrival{{name: "in order"}, {name: "1 % late", late: true}, {name: "random keys", random: true}}

// keyType is the type of keys in a source's declaration.
func (a arrival) keyType() string {
	if a.random {
		return "varchar(36)"
	}
	return "bigint"
}

// stream is tables that grow together. Event n happens n steps after the
// beginning, of which a day has perDay, and makes rows in the tables. A row's
// place in the stream is its event's number, and more if it is late or comes
// after its event; rows come in the order of their places.
type stream struct {
	arrival
	perDay int64
	dir    string // of the files, a folder for each table
	tables []streamTable
	ofFile int64 // events whose rows are in one file at most
	filled int64 // the rows of all places below it are there
	files  int   // of each table that grows
}

// streamTable is a table of a stream. Its texts are SQL over an event's number e
// and the copy, from 0, with the macros of [stream.macros].
type streamTable struct {
	source, name string
	columns      string // as a source declares them, KEY for the type of keys
	row          string // a select list of them
	exists       string // whether there is a row; empty is for each event
	copies       int    // rows of an event at most; 0 is 1
	after        string // how many events later it comes, below [stream.soon]; empty is at once
	fixed        int64  // if not 0, so many rows are there from the beginning, and no more come
}

// newStream is a stream with nothing in it yet.
func newStream(a arrival, perDay int64, dir string, tables ...streamTable) *stream {
	return &stream{arrival: a, perDay: perDay, dir: dir, tables: tables, ofFile: 5_000_000}
}

// soon is the most events that a row comes after its own without being late: a
// quarter of an hour.
func (s *stream) soon() int64 { return s.perDay / 96 }

// macros are what the texts of a stream's tables are written with: a number
// below n that is drawn for an event, the time of an event (the first day is half
// a day), a number as key, and [stream.soon].
func (s *stream) macros() []string {
	key := "n"
	if s.random {
		key = "CAST(CAST(md5('key ' || n) AS UUID) AS VARCHAR)"
	}
	return []string{
		"CREATE MACRO draw(e, salt, n) AS CAST(hash(e, salt) % CAST(n AS UBIGINT) AS BIGINT)",
		fmt.Sprintf("CREATE MACRO moment(e) AS make_timestamp(%d + e * %d)", began.Add(12*time.Hour).UnixMicro(), 86_400_000_000/s.perDay),
		fmt.Sprintf("CREATE MACRO key(n) AS %s", key),
		fmt.Sprintf("CREATE MACRO soon() AS %d", s.soon()),
	}
}

// sources declares the tables, as files of a project.
func (s *stream) sources() map[string]string {
	files := map[string]string{}
	for _, t := range s.tables {
		name := "sources/" + t.source + ".yaml"
		if files[name] == "" {
			files[name] = fmt.Sprintf("source: %s\ntype: files\nurl: file://data/\ntables:\n", t.source)
		}
		files[name] += fmt.Sprintf("  %s: {match: \"%s/*.parquet\", format: parquet, columns: {%s}}\n",
			t.name, t.name, strings.ReplaceAll(t.columns, "KEY", s.keyType()))
	}
	return files
}

// grow writes the files of the next events.
func (s *stream) grow(ctx context.Context, events int64) error {
	statements := s.macros()
	if s.filled == 0 {
		for _, t := range s.tables {
			if err := os.MkdirAll(filepath.Join(s.dir, t.name), 0o755); err != nil {
				return err
			}
			if t.fixed > 0 {
				statements = append(statements, s.write(t, fmt.Sprintf("SELECT %s FROM (SELECT range AS e FROM range(%d))", t.row, t.fixed)))
			}
		}
	}
	for end := s.filled + events; s.filled < end; s.files++ {
		to := min(end, s.filled+s.ofFile)
		for _, t := range s.tables {
			if t.fixed == 0 {
				statements = append(statements, s.write(t, s.rows(t, s.filled, to)))
			}
		}
		s.filled = to
	}
	_, err := bareEngine(ctx, "", statements...)
	return err
}

// write is the statement that writes a table's next file.
func (s *stream) write(t streamTable, rows string) string {
	return fmt.Sprintf("COPY (%s) TO '%s' (FORMAT parquet)", rows, s.file(t.name, s.files))
}

func (s *stream) file(table string, i int) string {
	return filepath.Join(s.dir, table, fmt.Sprintf("%05d.parquet", i))
}

// rows selects the rows of a table whose place is from or higher, and below to.
func (s *stream) rows(t streamTable, from, to int64) string {
	first, place, where := from, "e", "true"
	if t.after != "" {
		first, place = first-s.soon(), place+" + "+t.after
	}
	if s.late {
		first -= s.perDay
		place += fmt.Sprintf(" + CASE WHEN draw(e, 'late', 100) = 0 THEN 1 + draw(e, 'how late', %d) ELSE 0 END", s.perDay)
	}
	if t.exists != "" {
		where = t.exists
	}
	return fmt.Sprintf("SELECT %s FROM (SELECT range AS e FROM range(%d, %d)), (SELECT range AS copy FROM range(%d)) WHERE %s AND %s >= %d AND %s < %d ORDER BY %s",
		t.row, max(0, first), to, max(1, t.copies), where, place, from, place, to, place)
}
