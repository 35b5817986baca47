package decode

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/project"
)

// dialect is how a table's CSV files are written.
type dialect struct {
	delimiter     byte
	quote, escape byte
	quoted        bool // there are quotes
	escaped       bool // there is an escape
	header        bool
	null          []byte  // the unquoted text that means NULL
	guess         bool    // a field that begins like a number is one: neither NULL nor delimiters look like it
	layout        *layout // of files without a header
}

// layout says which columns the fields of a file feed.
type layout struct {
	fields  [][]*column
	missing []int // the columns that no field feeds: they are NULL
}

// field is a field of a record: its text, unquoted.
type field struct {
	text   []byte
	quoted bool
}

func (d *Decoder) newDialect(o project.CSVOptions) dialect {
	c := dialect{delimiter: o.Delimiter[0], header: o.Header, null: []byte(o.NullAs)}
	if c.quoted = o.Quote != ""; c.quoted {
		c.quote = o.Quote[0]
	}
	if c.escaped = o.Escape != ""; c.escaped {
		c.escape = o.Escape[0]
	}
	c.guess = !numeric(o.Delimiter) && !numeric(o.NullAs)
	if !o.Header {
		c.layout = &layout{fields: make([][]*column, len(d.columns))}
		for i := range d.columns {
			c.layout.fields[i] = []*column{&d.columns[i]}
		}
	}
	return c
}

func numeric(s string) bool { return s != "" && (isDigit(s[0]) || s[0] == '-') }

// header reads which columns the fields of a file feed. A column's name is
// looked for as it is written, then in any case, blanks around it ignored.
func (d *Decoder) header(record []byte) (*layout, *fault.Error) {
	b := Batch{}
	if reason := d.csv.split(&b, record, 0, len(trimBreak(record))); reason != "" {
		return nil, fault.New(fault.Data, "the header has %s", reason)
	}
	if slices.ContainsFunc(b.fields, func(f field) bool { return !f.quoted && bytes.IndexByte(f.text, '\r') >= 0 }) {
		return nil, fault.New(fault.Data, "the lines end with carriage returns only").
			WithHint("end them with line feeds")
	}
	out := &layout{fields: make([][]*column, len(b.fields))}
	for i := range d.columns {
		from := d.table.Columns[i].From
		at := find(b.fields, func(name string) bool { return name == from })
		if len(at) == 0 {
			at = find(b.fields, func(name string) bool { return strings.EqualFold(name, from) })
		}
		switch len(at) {
		case 0:
			out.missing = append(out.missing, i)
		case 1:
			out.fields[at[0]] = append(out.fields[at[0]], &d.columns[i])
		default:
			return nil, fault.New(fault.Data, "the header has the name %q in fields %d and %d", from, at[0]+1, at[1]+1).
				WithHint("give each field a name of its own")
		}
	}
	if len(out.missing) == len(d.columns) {
		return nil, fault.New(fault.Data, "the header %s has none of the table's columns", quote(trimBreak(record))).
			WithHint("check csv.delimiter and the columns' from, or set csv.header to false")
	}
	return out, nil
}

// find lists the fields whose names match.
func find(fields []field, match func(string) bool) (at []int) {
	for i, f := range fields {
		if match(strings.TrimSpace(string(f.text))) {
			at = append(at, i)
		}
	}
	return at
}

// record finds the end of the record at i, line break included. It is not ok if
// the text ends before that.
func (c *dialect) record(d []byte, i, end int) (next int, ok bool) {
	lf := indexFrom(d, i, end, '\n')
	if !c.quoted || lf < 0 {
		return lf + 1, lf >= 0
	}
	for at := i; ; {
		q := indexFrom(d, at, lf, c.quote)
		if q < 0 {
			return lf + 1, true
		}
		at = q + 1
		if q > i && d[q-1] != c.delimiter {
			continue // inside an unquoted field, where it is wrong
		}
		closing := c.closing(d, at, end)
		if closing < 0 {
			return 0, false
		}
		if at = closing + 1; at > lf {
			if lf = indexFrom(d, at, end, '\n'); lf < 0 {
				return 0, false
			}
		}
	}
}

// closing finds the quote that closes a quoted field whose text begins at i.
func (c *dialect) closing(d []byte, i, end int) int {
	for from := i; ; {
		q := indexFrom(d, from, end, c.quote)
		switch {
		case q < 0 || q+1 == end: // the next byte is not known
			return -1
		case !c.escaped:
			return q
		case c.escape == c.quote:
			if d[q+1] != c.quote {
				return q
			}
			from = q + 2
		default:
			first := q
			for first > i && d[first-1] == c.escape {
				first--
			}
			if (q-first)%2 == 0 {
				return q
			}
			from = q + 1
		}
	}
}

// indexFrom is bytes.IndexByte between two places.
func indexFrom(d []byte, from, end int, c byte) int {
	if n := bytes.IndexByte(d[from:end], c); n >= 0 {
		return from + n
	}
	return -1
}

// split takes the record at i apart, into b's fields. Its line break is at end.
func (c *dialect) split(b *Batch, d []byte, i, end int) (reason string) {
	b.fields = b.fields[:0]
	for {
		var f field
		next := end
		if c.quoted && i < end && d[i] == c.quote {
			closing := c.closing(d, i+1, end+1)
			if closing < 0 {
				return "a quoted field that is not closed"
			}
			if next = closing + 1; next < end && d[next] != c.delimiter {
				return "text after a closing quote: " + quote(d[i:min(end, next+16)])
			}
			f = field{text: c.unquote(b, d[i+1:closing:closing]), quoted: true}
		} else {
			if k := indexFrom(d, i, end, c.delimiter); k >= 0 {
				next = k
			}
			f = field{text: d[i:next:next]}
			if c.quoted && bytes.IndexByte(f.text, c.quote) >= 0 {
				return "a quote inside an unquoted field: " + quote(f.text)
			}
		}
		b.fields = append(b.fields, f)
		if next == end {
			return ""
		}
		i = next + 1
	}
}

// unquote undoes the escapes in the text of a quoted field.
func (c *dialect) unquote(b *Batch, s []byte) []byte {
	if !c.escaped || bytes.IndexByte(s, c.escape) < 0 {
		return s
	}
	from := len(b.arena)
	for i := 0; i < len(s); i++ {
		if s[i] == c.escape && i+1 < len(s) && (s[i+1] == c.quote || s[i+1] == c.escape) {
			i++
		}
		b.arena = append(b.arena, s[i])
	}
	return b.arena[from:len(b.arena):len(b.arena)]
}

func blankLine(record []byte) bool { return len(trimBreak(record)) == 0 }

// trimBreak removes a line feed, and a carriage return before it.
func trimBreak(record []byte) []byte {
	n := len(record)
	if n > 0 && record[n-1] == '\n' {
		n--
	}
	if n > 0 && record[n-1] == '\r' {
		n--
	}
	return record[:n]
}

// decodeCSV decodes records: lines in which nothing is wrong or escaped at once,
// others after a closer look.
func (d *Decoder) decodeCSV(b *Block, out *Batch) {
	d.check(b)
	for out.N < BatchRows && b.pos < b.end {
		end := indexFrom(b.data, b.pos, b.end, '\n') + 1
		line := trimBreak(b.data[b.pos:end])
		if len(line) == 0 {
			b.pos = end
			continue
		}
		arena := len(out.arena)
		if !b.clean || !d.row(out, b, b.pos, b.pos+len(line)) {
			out.undo(arena)
			var column, reason string
			if end, column, reason = d.parseCSV(b, out); reason != "" {
				out.undo(arena)
				b.reject(out, end, column, reason)
				b.pos = end
				b.Row++
				continue
			}
		}
		out.Rows[out.N] = b.Row
		out.N++
		b.Row++
		b.pos = end
	}
}

// check finds out what can be said of the whole block.
func (d *Decoder) check(b *Block) {
	if b.checked {
		return
	}
	text := b.data[b.pos:b.end]
	b.clean = utf8.Valid(text) && bytes.IndexByte(text, 0) < 0
	b.quotes = d.csv.quoted && bytes.IndexByte(text, d.csv.quote) >= 0
	b.checked = true
}

// row decodes the line from i to end into the row at hand, and reports whether
// it is a record in which nothing is wrong or needs to be unquoted.
func (d *Decoder) row(out *Batch, b *Block, i, end int) bool {
	last := len(b.layout.fields) - 1
	for k, columns := range b.layout.fields {
		var next int
		if len(columns) == 1 && d.csv.guess && columns[0].whole() {
			next = d.csv.whole(out, columns[0], b.data, i, end)
		}
		if next == 0 {
			var f field
			if f, next = d.csv.simple(b, i, end); next < 0 {
				return false
			}
			if _, reason := d.feed(out, columns, f); reason != "" {
				return false
			}
		}
		if (next == end) != (k == last) {
			return false // too few fields, or too many
		}
		i = next + 1
	}
	for _, c := range b.layout.missing {
		out.setNull(c)
	}
	return true
}

// whole stores the field at i if it is a whole number and nothing else, and
// returns its end, or 0.
func (c *dialect) whole(out *Batch, to *column, data []byte, i, end int) (next int) {
	quoted := c.quoted && data[i] == c.quote
	if quoted {
		i++
	}
	v, next, ok := scanInteger(data, i)
	if quoted && ok {
		ok = data[next] == c.quote
		next++
	}
	if ok && (next == end || next < end && data[next] == c.delimiter) && out.setWhole(to, v) {
		return next
	}
	return 0
}

// simple reads the field at i of the line up to end, and returns where it ends,
// or -1 if that takes a closer look.
func (c *dialect) simple(b *Block, i, end int) (f field, next int) {
	if b.quotes && i < end && b.data[i] == c.quote {
		closing := indexFrom(b.data, i+1, end, c.quote)
		if closing < 0 || closing+1 < end && b.data[closing+1] != c.delimiter {
			return f, -1
		}
		f = field{text: b.data[i+1 : closing : closing], quoted: true}
		if c.escaped && c.escape != c.quote && bytes.IndexByte(f.text, c.escape) >= 0 {
			return f, -1
		}
		return f, closing + 1
	}
	if next = indexFrom(b.data, i, end, c.delimiter); next < 0 {
		next = end
	}
	f.text = b.data[i:next:next]
	if b.quotes && bytes.IndexByte(f.text, c.quote) >= 0 {
		return f, -1
	}
	return f, next
}

// feed stores a field in the columns that take it. With a reason, it says which
// of them cannot.
func (d *Decoder) feed(out *Batch, columns []*column, f field) (c *column, reason string) {
	for _, c := range columns {
		if !f.quoted && string(f.text) == string(d.csv.null) {
			out.setNull(c.index)
		} else if reason := out.set(c, f.text); reason != "" {
			return c, reason
		}
	}
	return nil, ""
}

// parseCSV decodes the record at the block's position into the row at hand and
// returns its end. With a reason it is a reject.
func (d *Decoder) parseCSV(b *Block, out *Batch) (end int, column, reason string) {
	end, ok := d.csv.record(b.data, b.pos, b.end)
	if !ok {
		end = indexFrom(b.data, b.pos, b.end, '\n') + 1
		return end, "", "a quoted field begins on this line and is not closed"
	}
	record := trimBreak(b.data[b.pos:end])
	if !b.clean {
		switch {
		case !utf8.Valid(record):
			return end, "", "the row is not valid UTF-8"
		case bytes.IndexByte(record, 0) >= 0:
			return end, "", "the row has a NUL byte, which no character type can hold"
		}
	}
	if reason := d.csv.split(out, b.data, b.pos, b.pos+len(record)); reason != "" {
		return end, "", "the row has " + reason
	}
	if len(out.fields) != len(b.layout.fields) {
		return end, "", fmt.Sprintf("the row has %d fields: expected %d", len(out.fields), len(b.layout.fields))
	}
	for k, f := range out.fields {
		if c, reason := d.feed(out, b.layout.fields[k], f); reason != "" {
			return end, c.name, reason
		}
	}
	for _, c := range b.layout.missing {
		out.setNull(c)
	}
	return end, "", ""
}
