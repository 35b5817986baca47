package decode

import (
	"strings"
	"unicode/utf8"

	"github.com/atolldata/atoll/internal/schema"
)

// BatchRows is how many rows a batch holds: a vector of the embedded engine.
const BatchRows = 2048

// MaxRaw is how many bytes of a rejected record are kept.
const MaxRaw = 1024

// Batch is what [Decoder.Decode] fills: rows in columns, and rejects. It is
// used by one goroutine at a time and may be used again for any block of its
// decoder; [Decoder.NewBatch] makes one.
type Batch struct {
	N       int      // rows
	Rows    []int64  // the number of each row's record in its file, from 1
	Cols    []Column // in the order of the table's columns
	Rejects []Reject

	arena  []byte // text that differs from its block's: unescaped, unquoted, joined
	parser jsonParser
	fields []field // of the CSV record at hand
}

// Column holds one column's values, of which the first Batch.N count. Which
// slice is set depends on the type:
//
//   - Ints: smallint, integer and bigint; boolean as 0 and 1; decimal of at
//     most 18 digits as its value times 10^scale; date as days since
//     1970-01-01; timestamp and timestamptz as microseconds since then in UTC;
//     time and timetz (turned to UTC) as microseconds of the day.
//   - Huge: decimal of more than 18 digits, times 10^scale.
//   - Floats: real and double precision.
//   - Bytes: char (without trailing blanks), varchar, super as JSON text, varbyte.
//     The bytes belong to the block or the batch.
type Column struct {
	Type   schema.Type
	Ints   []int64
	Huge   []Int128
	Floats []float64
	Bytes  [][]byte

	// Valid has a bit for each row, 0 for NULL: row i is bit i%64 of element
	// i/64. Without HasNull all of them are 1.
	Valid   []uint64
	HasNull bool
}

// Int128 is a two's complement integer of 128 bits.
type Int128 struct {
	Lo uint64
	Hi int64
}

// Reject is a record that could not be converted.
type Reject struct {
	Line   int64  // the line on which the record begins, from 1
	Row    int64  // the record's number in the file, from 1
	Column string // "" where the whole record is at fault
	Raw    string // the record's first MaxRaw bytes at most, as valid UTF-8
	Reason string
}

// NewBatch makes an empty batch for the decoder's columns.
func (d *Decoder) NewBatch() *Batch {
	b := &Batch{Rows: make([]int64, BatchRows), Cols: make([]Column, len(d.columns))}
	for i := range d.columns {
		c := &b.Cols[i]
		c.Type = d.columns[i].typ
		c.Valid = make([]uint64, BatchRows/64)
		c.HasNull = true // so that the first reset sets the bits
		switch d.columns[i].op {
		case opHuge:
			c.Huge = make([]Int128, BatchRows)
		case opReal, opDouble:
			c.Floats = make([]float64, BatchRows)
		case opVarchar, opChar, opSuper, opVarbyte:
			c.Bytes = make([][]byte, BatchRows)
		default:
			c.Ints = make([]int64, BatchRows)
		}
	}
	b.parser.init(d)
	return b
}

func (b *Batch) reset() {
	b.N, b.Rejects, b.arena = 0, b.Rejects[:0], b.arena[:0]
	for i := range b.Cols {
		c := &b.Cols[i]
		if c.HasNull {
			for k := range c.Valid {
				c.Valid[k] = ^uint64(0)
			}
			c.HasNull = false
		}
	}
}

// setNull makes the column NULL in the row at hand.
func (b *Batch) setNull(column int) {
	c := &b.Cols[column]
	c.Valid[b.N/64] &^= 1 << (b.N % 64)
	c.HasNull = true
}

// undo forgets what the row at hand has set since the arena had that length.
func (b *Batch) undo(arena int) {
	b.arena = b.arena[:arena]
	for i := range b.Cols {
		b.Cols[i].Valid[b.N/64] |= 1 << (b.N % 64)
	}
}

// cutRaw is a record's text as a reject keeps it: bytes that are not UTF-8 and
// NUL, which Redshift cannot store, are shown as U+FFFD.
func cutRaw(record []byte) string {
	cut := record[:min(len(record), MaxRaw+utf8.UTFMax)] // so that no rune within MaxRaw is halved
	text := strings.ReplaceAll(strings.ToValidUTF8(string(cut), "\uFFFD"), "\x00", "\uFFFD")
	if len(text) <= MaxRaw {
		return text
	}
	end := MaxRaw
	for !utf8.RuneStart(text[end]) {
		end--
	}
	return text[:end]
}
