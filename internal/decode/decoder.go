package decode

import (
	"bytes"
	"math"
	"sync"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/project"
	"github.com/atolldata/atoll/internal/schema"
)

// Decoder knows how a table's files become its columns. It is safe for
// concurrent use.
type Decoder struct {
	table   *project.Table
	columns []column
	json    *node     // what is wanted of a JSON record; nil for CSV
	nodes   int       // how many nodes json has
	whole   []*column // that take a whole JSON record
	csv     dialect   // of CSV

	size int       // of blocks
	pool sync.Pool // of *[]byte, size+spare long
}

// column is a declared column and how text becomes its values.
type column struct {
	index    int // in the table and the batch
	name     string
	typ      schema.Type
	op       op
	min, max int64                // of opInteger
	format   string               // of dates and timestamps: as it is declared
	layout   []project.FormatPart // of a format string
}

// op is how a value is converted and stored.
type op uint8

const (
	opInteger op = iota
	opDecimal    // of at most 18 digits
	opHuge       // decimal of more
	opReal
	opDouble
	opBoolean
	opVarchar
	opChar
	opSuper
	opVarbyte
	opDate
	opTime
	opTimeTZ
	opTimestamp
	opTimestampTZ
	opSeconds // a timestamp as seconds since 1970
	opMillis  // a timestamp as milliseconds since 1970
)

var ops = map[schema.Kind]op{
	schema.SmallInt: opInteger, schema.Integer: opInteger, schema.BigInt: opInteger,
	schema.Decimal: opDecimal, schema.Real: opReal, schema.Double: opDouble,
	schema.Boolean: opBoolean, schema.Varchar: opVarchar, schema.Char: opChar,
	schema.Super: opSuper, schema.Varbyte: opVarbyte, schema.Date: opDate,
	schema.Time: opTime, schema.TimeTZ: opTimeTZ,
	schema.Timestamp: opTimestamp, schema.TimestampTZ: opTimestampTZ,
}

// maxInt64Digits is the precision up to which a decimal fits 64 bits.
const maxInt64Digits = 18

// New makes the decoder of a table whose format is json or csv. The error is a
// fault of code Unsupported for other formats and for types without a text form.
func New(t *project.Table) (*Decoder, error) {
	if t.Format != project.JSON && t.Format != project.CSV {
		return nil, fault.New(fault.Unsupported, "%s files are not decoded row by row", t.Format)
	}
	d := &Decoder{table: t, columns: make([]column, len(t.Columns)), size: blockSize}
	for i, c := range t.Columns {
		compiled, err := compile(i, c)
		if err != nil {
			return nil, err
		}
		d.columns[i] = compiled
	}
	if t.Format == project.CSV {
		d.csv = d.newDialect(t.CSV)
		return d, nil
	}
	d.json = d.newNode()
	for i, c := range t.Columns {
		steps, err := project.ParseJSONPath(c.From)
		if err != nil {
			return nil, err
		}
		d.want(steps, i)
	}
	d.whole, d.json.columns = d.json.columns, nil
	return d, nil
}

func compile(index int, c project.Column) (column, error) {
	out := column{index: index, name: c.Name, typ: c.Type, format: c.Format}
	var ok bool
	if out.op, ok = ops[c.Type.Kind]; !ok {
		return out, fault.New(fault.Unsupported, "the column %q is of type %s, which files cannot hold", c.Name, c.Type).
			At(c.Pos).WithHint("load it as varchar and convert it in a model")
	}
	switch c.Type.Kind {
	case schema.SmallInt:
		out.min, out.max = math.MinInt16, math.MaxInt16
	case schema.Integer:
		out.min, out.max = math.MinInt32, math.MaxInt32
	case schema.BigInt:
		out.min, out.max = math.MinInt64, math.MaxInt64
	case schema.Decimal:
		if c.Type.Precision > maxInt64Digits {
			out.op = opHuge
		}
	}
	switch c.Format {
	case "", project.FormatAuto:
		return out, nil
	case project.EpochSeconds:
		out.op = opSeconds
		return out, nil
	case project.EpochMillis:
		out.op = opMillis
		return out, nil
	}
	var err error
	out.layout, err = project.ParseTimeFormat(c.Format)
	return out, err
}

// Decode takes records from the block until it or the batch is at its end, and
// reports whether the block has more. What the batch held before is forgotten:
// its values may share memory with the block and the batch, so the caller must
// be done with them, and releases the block only when it is done with the last.
// Blocks of one file may be decoded in any order and at the same time.
func (d *Decoder) Decode(b *Block, out *Batch) (more bool) {
	out.reset()
	if b.long != nil {
		out.Rejects = append(out.Rejects, *b.long)
		b.long = nil
		return false
	}
	if d.json != nil {
		d.decodeJSON(b, out)
	} else {
		d.decodeCSV(b, out)
	}
	return b.pos < b.end
}

// reject records the record at the block's position, which ends before end.
func (b *Block) reject(out *Batch, end int, column, reason string) {
	b.Line += int64(bytes.Count(b.data[b.counted:b.pos], newline))
	b.counted = b.pos
	out.Rejects = append(out.Rejects, Reject{
		Line: b.Line, Row: b.Row, Column: column, Reason: reason,
		Raw: cutRaw(bytes.TrimRight(b.data[b.pos:end], "\r\n")),
	})
}

var newline = []byte{'\n'}
