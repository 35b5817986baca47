package duckdb

import (
	"encoding/binary"
	"reflect"
	"unsafe"

	bindings "github.com/duckdb/duckdb-go-bindings"
	"github.com/duckdb/duckdb-go/v2"

	"github.com/atolldata/atoll/internal/decode"
	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/schema"
)

// The driver's way into a chunk is one call and one type switch a value, which
// costs a load a third of its time. This file writes whole columns into the
// engine's vectors instead, in the layout that DuckDB's C API documents
// (duckdb.h: duckdb_vector_get_data, duckdb_string_t, duckdb_hugeint).

// rawChunk is the engine's chunk behind the driver's, and where in it each
// column of the table function is. The driver keeps both to itself; the error
// says that a new version of it keeps them elsewhere.
func rawChunk(c *duckdb.DataChunk) (raw bindings.DataChunk, position []int, err error) {
	driver := reflect.ValueOf(c).Elem()
	chunk, projection := driver.FieldByName("chunk"), driver.FieldByName("projection")
	if !chunk.IsValid() || chunk.Type() != reflect.TypeFor[bindings.DataChunk]() ||
		!projection.IsValid() || projection.Type() != reflect.TypeFor[[]int]() {
		return raw, nil, fault.New(fault.Internal, "this version of the DuckDB driver keeps its chunks elsewhere")
	}
	raw.Ptr = chunk.FieldByName("Ptr").UnsafePointer()
	position = make([]int, projection.Len())
	for i := range position {
		position[i] = int(projection.Index(i).Int())
	}
	return raw, position, nil
}

// vector is one column of a chunk.
type vector struct {
	raw  bindings.Vector
	data unsafe.Pointer
}

func chunkVector(chunk bindings.DataChunk, i int) vector {
	return vectorOf(bindings.DataChunkGetVector(chunk, bindings.IdxT(i)))
}

func vectorOf(raw bindings.Vector) vector {
	return vector{raw: raw, data: bindings.VectorGetData(raw)}
}

// elements is a vector's memory as n values.
func elements[T any](v vector, n int) []T { return unsafe.Slice((*T)(v.data), n) }

// valid has a bit for each of a vector's n values, which is not set where it is NULL;
// nil if none is.
func (v vector) valid(n int) []uint64 {
	mask := bindings.VectorGetValidity(v.raw)
	if mask == nil {
		return nil
	}
	return unsafe.Slice((*uint64)(mask), (n+63)/64)
}

// repeat writes the same value n times.
func repeat[T any](v vector, n int, value T) {
	to := elements[T](v, n)
	for i := range to {
		to[i] = value
	}
}

// put writes the first n values of a decoded column. Scratch is reused from
// column to column.
func (v vector) put(c *decode.Column, n int, scratch *[]byte) {
	switch t := c.Type; t.Kind {
	case schema.Boolean:
		putInts[int8](v, c.Ints[:n])
	case schema.SmallInt:
		putInts[int16](v, c.Ints[:n])
	case schema.Integer, schema.Date:
		putInts[int32](v, c.Ints[:n])
	case schema.BigInt, schema.Timestamp, schema.TimestampTZ, schema.Time:
		copy(elements[int64](v, n), c.Ints)
	case schema.TimeTZ:
		putTimeTZ(v, c.Ints[:n])
	case schema.Decimal:
		v.putDecimal(c, n)
	case schema.Real:
		to := elements[float32](v, n)
		for i, f := range c.Floats[:n] {
			to[i] = float32(f)
		}
	case schema.Double:
		copy(elements[float64](v, n), c.Floats)
	default:
		v.putStrings(c, n, scratch)
	}
	if c.HasNull {
		copy(v.valid(n), c.Valid)
	}
}

func putInts[T int8 | int16 | int32 | int64](v vector, from []int64) {
	to := elements[T](v, len(from))
	for i, x := range from {
		to[i] = T(x)
	}
}

// putTimeTZ writes microseconds of the day in UTC. The engine keeps them above
// 24 bits for the offset, counted down from the greatest (dtime_tz_t).
func putTimeTZ(v vector, from []int64) {
	const utc = 16*60*60 - 1
	to := elements[uint64](v, len(from))
	for i, x := range from {
		to[i] = uint64(x)<<24 | utc
	}
}

// putDecimal writes unscaled numbers in the width that the engine has for the
// precision.
func (v vector) putDecimal(c *decode.Column, n int) {
	switch p := c.Type.Precision; {
	case p <= 4:
		putInts[int16](v, c.Ints[:n])
	case p <= 9:
		putInts[int32](v, c.Ints[:n])
	case p <= 18:
		copy(elements[int64](v, n), c.Ints)
	default:
		copy(elements[decode.Int128](v, n), c.Huge)
	}
}

// text is the engine's string: up to inlined bytes are in the value itself,
// longer ones leave their first four there and the rest at an address.
type text struct {
	size    uint32
	prefix  [4]byte
	address uint64 // of a long text; else the bytes after the prefix
}

const inlined = 12

// putStrings writes texts. Long ones are gathered and handed over in one call:
// the engine copies them into memory of its own, at the vector's first value,
// whose address the others are then counted from. So nothing in the engine
// points to Go's memory, and there is one call a column instead of one a value.
func (v vector) putStrings(c *decode.Column, n int, scratch *[]byte) {
	to := elements[text](v, n)
	long := (*scratch)[:0]
	for i, b := range c.Bytes[:n] {
		if c.HasNull && c.Valid[i/64]>>(i%64)&1 == 0 {
			to[i] = text{}
			continue
		}
		if len(b) <= inlined {
			to[i] = inlineText(b)
			continue
		}
		to[i] = text{size: uint32(len(b)), prefix: [4]byte(b), address: uint64(len(long))}
		long = append(long, b...)
	}
	*scratch = long
	if len(long) == 0 {
		return
	}
	first := to[0]
	bindings.UnsafeVectorAssignStringElementLen(v.raw, 0, long)
	base := to[0].address
	to[0] = first
	for i := range to {
		if to[i].size > inlined {
			to[i].address += base
		}
	}
}

// inlineText is a text of at most inlined bytes.
func inlineText(b []byte) text {
	var all [inlined]byte
	copy(all[:], b)
	return text{size: uint32(len(b)), prefix: [4]byte(all[:4]), address: binary.LittleEndian.Uint64(all[4:])}
}
