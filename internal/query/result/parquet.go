package result

import (
	"fmt"
	"io"
	"math/big"
	"strings"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/decimal128"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/compress"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/schema"
)

// rowGroup is how many rows a group of a Parquet file has, and so how many are
// held in memory: the size that DuckDB writes.
const rowGroup = 122_880

// parquetTypes are the column types of a Parquet file. Kinds that are not listed
// (TIMETZ, intervals, SUPER) are text.
var parquetTypes = map[schema.Kind]arrow.DataType{
	schema.Boolean: arrow.FixedWidthTypes.Boolean, schema.SmallInt: arrow.PrimitiveTypes.Int16,
	schema.Integer: arrow.PrimitiveTypes.Int32, schema.BigInt: arrow.PrimitiveTypes.Int64,
	schema.Real: arrow.PrimitiveTypes.Float32, schema.Double: arrow.PrimitiveTypes.Float64,
	schema.Date: arrow.FixedWidthTypes.Date32, schema.Time: arrow.FixedWidthTypes.Time64us,
	schema.Timestamp:   &arrow.TimestampType{Unit: arrow.Microsecond},
	schema.TimestampTZ: &arrow.TimestampType{Unit: arrow.Microsecond, TimeZone: "UTC"},
	schema.Varbyte:     arrow.BinaryTypes.Binary,
}

func parquetType(t schema.Type) arrow.DataType {
	if t.Kind == schema.Decimal {
		return &arrow.Decimal128Type{Precision: int32(t.Precision), Scale: int32(t.Scale)}
	}
	if p, ok := parquetTypes[t.Kind]; ok {
		return p
	}
	return arrow.BinaryTypes.String
}

// parquetWriter writes a Parquet file with the columns' own types, compressed
// with zstd.
type parquetWriter struct {
	columns []schema.Column
	file    *pqarrow.FileWriter
	rows    *array.RecordBuilder
	pending int
}

func newParquetWriter(w io.Writer, columns []schema.Column) (*parquetWriter, error) {
	fields := make([]arrow.Field, len(columns))
	for i, c := range columns {
		fields[i] = arrow.Field{Name: c.Name, Type: parquetType(c.Type), Nullable: true}
	}
	shape := arrow.NewSchema(fields, nil)
	file, err := pqarrow.NewFileWriter(shape, w,
		parquet.NewWriterProperties(parquet.WithCompression(compress.Codecs.Zstd)), pqarrow.DefaultWriterProps())
	if err != nil {
		return nil, err
	}
	return &parquetWriter{columns: columns, file: file, rows: array.NewRecordBuilder(memory.DefaultAllocator, shape)}, nil
}

func (w *parquetWriter) Write(row []any) error {
	for i, v := range row {
		if err := appendValue(w.rows.Field(i), v, w.columns[i]); err != nil {
			return err
		}
	}
	if w.pending++; w.pending < rowGroup {
		return nil
	}
	return w.flush()
}

// flush writes the rows that are held as a group.
func (w *parquetWriter) flush() error {
	w.pending = 0
	group := w.rows.NewRecordBatch()
	defer group.Release()
	return w.file.Write(group)
}

func (w *parquetWriter) Close() error {
	if w.pending > 0 {
		if err := w.flush(); err != nil {
			return err
		}
	}
	w.rows.Release()
	return w.file.Close()
}

// appendValue adds a value to a column. A value that is not what its column's
// type promises is a defect, not a value to guess about.
func appendValue(column array.Builder, v any, c schema.Column) error {
	if v == nil {
		column.AppendNull()
		return nil
	}
	ok := false
	switch b := column.(type) {
	case *array.StringBuilder:
		b.Append(text(v, c.Type))
		ok = true
	case *array.BooleanBuilder:
		ok = appendTo(b.Append, v, func(v bool) (bool, bool) { return v, true })
	case *array.Int16Builder:
		ok = appendTo(b.Append, v, func(v int64) (int16, bool) { return int16(v), int64(int16(v)) == v })
	case *array.Int32Builder:
		ok = appendTo(b.Append, v, func(v int64) (int32, bool) { return int32(v), int64(int32(v)) == v })
	case *array.Int64Builder:
		ok = appendTo(b.Append, v, func(v int64) (int64, bool) { return v, true })
	case *array.Float32Builder:
		ok = appendTo(b.Append, v, func(v float64) (float32, bool) { return float32(v), true })
	case *array.Float64Builder:
		ok = appendTo(b.Append, v, func(v float64) (float64, bool) { return v, true })
	case *array.Decimal128Builder:
		ok = appendTo(b.Append, v, func(v string) (decimal128.Num, bool) { return parseDecimal(v, c.Type.Scale) })
	case *array.Date32Builder:
		ok = appendTo(b.Append, v, func(v time.Time) (arrow.Date32, bool) { return arrow.Date32FromTime(v), true })
	case *array.Time64Builder:
		ok = appendTo(b.Append, v, func(v string) (arrow.Time64, bool) {
			t, err := arrow.Time64FromString(v, arrow.Microsecond)
			return t, err == nil
		})
	case *array.TimestampBuilder:
		ok = appendTo(b.Append, v, func(v time.Time) (arrow.Timestamp, bool) { return arrow.Timestamp(v.UnixMicro()), true })
	case *array.BinaryBuilder:
		ok = appendTo(b.Append, v, func(v []byte) ([]byte, bool) { return v, true })
	}
	if !ok {
		return fault.New(fault.Internal, "column %q is %s, and the engine gave it the value %q", c.Name, c.Type, fmt.Sprint(v))
	}
	return nil
}

// appendTo converts a value that has Go type From and appends it.
func appendTo[From, To any](add func(To), v any, convert func(From) (To, bool)) bool {
	from, ok := v.(From)
	if !ok {
		return false
	}
	to, ok := convert(from)
	if ok {
		add(to)
	}
	return ok
}

// parseDecimal reads a decimal that is written with all digits of its scale.
func parseDecimal(s string, scale int) (decimal128.Num, bool) {
	whole, fraction, _ := strings.Cut(s, ".")
	unscaled, ok := new(big.Int).SetString(whole+fraction, 10)
	if !ok || len(fraction) != scale || unscaled.BitLen() > 127 {
		return decimal128.Num{}, false
	}
	return decimal128.FromBigInt(unscaled), true
}
