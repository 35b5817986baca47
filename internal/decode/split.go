package decode

import (
	"bytes"
	"io"
	"sync"

	"github.com/atolldata/atoll/internal/fault"
)

// MaxRecord is how many bytes a record may have, its line break included: the
// size of Redshift's super. A longer one is a reject.
const MaxRecord = 16 << 20

const (
	blockSize = 512 << 10   // how much of a file a block holds, more where a record is longer
	spare     = padding + 1 // beyond the text: a line feed that the last record lacks
)

// Block is a piece of a file that holds whole records only. One goroutine at a
// time decodes it.
type Block struct {
	Row  int64 // the number of the record at hand, from 1; blank lines have none
	Line int64 // a line of the file, from 1: that of the text at counted

	data    []byte // the text, and at least padding bytes more
	pos     int    // the record at hand
	end     int    // of the text, after a line feed
	counted int    // not beyond pos

	long    *Reject  // instead of text: a record beyond MaxRecord
	layout  *layout  // of CSV
	checked bool     // whether clean and quotes are known
	clean   bool     // the text is UTF-8 without NUL
	quotes  bool     // the text has quotes
	decoder *Decoder // to which the memory goes back
}

// Release hands the block's memory back to its decoder. Neither the block nor
// what was decoded from it may be used any more.
func (b *Block) Release() {
	if data := b.data; data != nil && len(data) == b.decoder.size+spare {
		b.decoder.pool.Put(&data)
	}
	*b = Block{}
}

// Splitter cuts a file into blocks. It is safe for concurrent use; blocks come
// in the file's order.
type Splitter struct {
	d    *Decoder
	name string

	mu     sync.Mutex
	r      io.Reader
	buf    []byte
	lo, hi int   // the text in buf that no block has taken
	row    int64 // the number of the record at lo
	line   int64 // the line at lo
	opened bool  // what begins the file has been looked at
	begun  bool  // so has the header of CSV
	ended  bool  // the reader is at its end
	open   bool  // the file ends inside a quoted field
	layout *layout
	err    error // of an earlier Next
}

// Split reads the uncompressed text of a file; [Open] undoes compressions. The
// name is for messages.
func (d *Decoder) Split(name string, r io.Reader) *Splitter {
	return &Splitter{d: d, name: name, r: r, buf: d.memory(0), row: 1, line: 1, layout: d.csv.layout}
}

// Next returns the next block, or io.EOF. Other errors turn the file away, with
// the rows that were decoded from earlier blocks: the reader's own, and faults
// of code Data for a file that is not what the table says.
func (s *Splitter) Next() (*Block, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err != nil {
		return nil, s.err
	}
	b, err := s.next()
	if s.err = err; err != nil {
		s.buf = nil
	}
	return b, err
}

func (s *Splitter) next() (*Block, error) {
	for ; ; s.grow() {
		if err := s.fill(); err != nil {
			return nil, err
		}
		if !s.begun {
			if err := s.begin(); err != nil {
				return nil, err
			}
		}
		if s.lo == s.hi && s.ended {
			return nil, io.EOF
		}
		if s.begun {
			if end, rows, lines := s.whole(); end > s.lo {
				return s.cut(end, rows, lines), nil
			}
			if s.hi-s.lo >= MaxRecord {
				return s.skipLong()
			}
		}
	}
}

// memory is a buffer for at least n bytes of text.
func (d *Decoder) memory(n int) []byte {
	if n > d.size {
		return make([]byte, n+spare)
	}
	if used, ok := d.pool.Get().(*[]byte); ok {
		return *used
	}
	return make([]byte, d.size+spare)
}

// fill reads until the buffer is full or the reader at its end. The last record
// is given the line feed that it may lack.
func (s *Splitter) fill() error {
	for !s.ended && s.hi < len(s.buf)-spare {
		n, err := s.r.Read(s.buf[s.hi : len(s.buf)-spare])
		s.hi += n
		switch {
		case err == io.EOF:
			s.ended = true
			if s.hi > s.lo && s.buf[s.hi-1] != '\n' {
				s.buf[s.hi] = '\n'
				s.hi++
			}
		case err != nil:
			return err
		}
	}
	return nil
}

// grow makes room for more of the record at lo.
func (s *Splitter) grow() {
	to := s.buf
	if s.lo == 0 {
		to = s.d.memory(min(2*(len(s.buf)-spare), MaxRecord))
	}
	s.hi = copy(to, s.buf[s.lo:s.hi])
	s.buf, s.lo = to, 0
}

// cut makes a block of the text up to end.
func (s *Splitter) cut(end int, rows, lines int64) *Block {
	b := &Block{
		Row: s.row, Line: s.line, data: s.buf, pos: s.lo, counted: s.lo, end: end,
		layout: s.layout, decoder: s.d,
	}
	rest := s.buf[end:s.hi]
	s.buf = s.d.memory(len(rest))
	s.lo, s.hi = 0, copy(s.buf, rest)
	s.row += rows
	s.line += lines
	return b
}

// whole finds the end of the last whole record in the buffer, and counts
// records and lines up to there.
func (s *Splitter) whole() (end int, rows, lines int64) {
	if s.d.json == nil {
		return s.wholeCSV()
	}
	at := s.lo
	for {
		n := bytes.IndexByte(s.buf[at:s.hi], '\n')
		if n < 0 {
			return at, rows, lines
		}
		if s.buf[at] > ' ' || s.buf[blank(s.buf, at)] != '\n' {
			rows++
		}
		lines++
		at += n + 1
	}
}

// wholeCSV is whole for CSV. A quoted field that is not closed by the end of
// the file, or within MaxRecord bytes, spoils its line only.
func (s *Splitter) wholeCSV() (end int, rows, lines int64) {
	csv := &s.d.csv
	quote := s.lo - 1 // the first one at or after the record, if not before it
	at := s.lo
	for at < s.hi {
		next := indexFrom(s.buf, at, s.hi, '\n') + 1
		if next == 0 {
			break
		}
		if quote < at && csv.quoted {
			if quote = indexFrom(s.buf, at, s.hi, csv.quote); quote < 0 {
				quote = s.hi
			}
		}
		if csv.quoted && quote < next {
			if after, ok := csv.record(s.buf, at, s.hi); ok {
				next = after
			} else if !s.ended && s.hi-at < MaxRecord {
				break
			} else {
				s.open = s.ended
			}
		}
		if !blankLine(s.buf[at:next]) {
			rows++
		}
		at = next
	}
	return at, rows, int64(bytes.Count(s.buf[s.lo:at], newline))
}

// skipLong passes over a line that is too long to be a record.
func (s *Splitter) skipLong() (*Block, error) {
	reject := Reject{
		Line: s.line, Row: s.row, Raw: cutRaw(s.buf[s.lo:s.hi]),
		Reason: "the record is longer than 16 MiB",
	}
	for {
		if n := bytes.IndexByte(s.buf[s.lo:s.hi], '\n'); n >= 0 {
			s.lo += n + 1
			break
		}
		s.lo, s.hi = 0, 0
		if s.ended {
			break
		}
		if err := s.fill(); err != nil {
			return nil, err
		}
	}
	s.row++
	s.line++
	return &Block{Row: reject.Row, Line: reject.Line, long: &reject}, nil
}

// foreign are the first bytes of files that are not text in UTF-8.
var foreign = []struct{ magic, what, hint string }{
	{"\x1f\x8b", "compressed with gzip", `set compression to gzip, or name the files *.gz`},
	{"\x28\xb5\x2f\xfd", "compressed with zstd", `set compression to zstd, or name the files *.zst`},
	{"PK\x03\x04", "a zip archive", "land the files that it holds"},
	{"PAR1", "parquet", "set format to parquet"},
	{"\xff\xfe", "text in UTF-16", "write it in UTF-8"},
	{"\xfe\xff", "text in UTF-16", "write it in UTF-8"},
}

const byteOrderMark = "\xef\xbb\xbf"

// begin looks at what begins the file: a byte order mark, which is skipped, and
// the header of CSV.
func (s *Splitter) begin() error {
	if !s.opened {
		for _, f := range foreign {
			if bytes.HasPrefix(s.buf[:s.hi], []byte(f.magic)) {
				return s.fault("the file is %s", f.what).WithHint("%s", f.hint)
			}
		}
		if bytes.HasPrefix(s.buf[:s.hi], []byte(byteOrderMark)) {
			s.lo = len(byteOrderMark)
		}
		s.opened = true
	}
	if s.d.json != nil || !s.d.csv.header {
		s.begun = true
		return nil
	}
	for s.lo < s.hi {
		next, ok := s.d.csv.record(s.buf, s.lo, s.hi)
		if !ok {
			if s.ended || s.hi-s.lo >= MaxRecord {
				return s.fault("the header does not end").WithHint("close its quotes, or set csv.quote to what the file uses")
			}
			return nil // more is to be read
		}
		record := s.buf[s.lo:next]
		s.lo = next
		if blankLine(record) {
			s.line++
			continue
		}
		layout, err := s.d.header(record)
		if err != nil {
			return err.At(s.position())
		}
		s.layout, s.begun = layout, true
		s.line += int64(bytes.Count(record, newline))
		return nil
	}
	return nil
}

func (s *Splitter) fault(format string, args ...any) *fault.Error {
	return fault.New(fault.Data, format, args...).At(s.position())
}

func (s *Splitter) position() fault.Position {
	return fault.Position{File: s.name, Line: int(s.line), Column: 1}
}
