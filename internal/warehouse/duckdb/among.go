package duckdb

/*
#include <stdlib.h>

void atoll_among(void *, void *, void *);
void atoll_collect(void *, void *, void *);
typedef void (*atoll_function)(void *, void *, void *);

void atoll_release(void *);
typedef void (*atoll_delete)(void *);
*/
import "C"

import (
	"database/sql"
	"fmt"
	"reflect"
	"runtime/cgo"
	"sync"
	"unsafe"

	bindings "github.com/duckdb/duckdb-go-bindings"

	"github.com/atolldata/atoll/internal/fault"
)

// The engine compares rows with keys by a join, which costs several times as much as
// reading the column does. A filter that is a function of one column is carried out
// in the scan instead, a vector at a time, before the other columns are read. So the keys
// of a lookup are collected in a set of values here, and the scan asks a function
// whether a row's value is one of them. The driver's functions take a row at a time; these
// are vectors at a time, in the layout that chunk.go writes.

const (
	amongFunction   = "atoll_among"   // (value, number of a set): the value is one of the set's
	collectFunction = "atoll_collect" // (value, number of a set): makes the value one of the set's
)

// setTypes are the engine's types of the values that there are sets of.
var setTypes = map[string]bindings.Type{
	"SMALLINT": bindings.TypeSmallInt, "INTEGER": bindings.TypeInteger, "BIGINT": bindings.TypeBigInt,
	hashType: bindings.TypeUBigInt, "VARCHAR": bindings.TypeVarchar,
}

// sets are the sets that a statement of the writer asks for, by their numbers. They are
// made before the statement that collects their values and go when the last one that asks
// for them has ended.
type sets struct {
	mu  sync.Mutex // guards collecting, which several threads may do
	all []set
}

// mostSets is how many there may be, as many as a number of one byte tells apart.
const mostSets = 1 << 8

// probe makes a set of at most so many values of a type, for a column; ok is false if there
// are too many sets, or none of the type.
func (s *sets) probe(column, engineType string, most int64) (b probe, ok bool) {
	if _, ok := setTypes[engineType]; !ok || len(s.all) == mostSets {
		return probe{}, false
	}
	b = probe{column: column, number: len(s.all), set: newSet(engineType, most)}
	s.all = append(s.all, b.set)
	return b, true
}

// clear drops all sets.
func (s *sets) clear() { s.all = nil }

// among is the condition that a value is in a set.
func among(value string, number int) string {
	return fmt.Sprintf("%s(%s, %d::UTINYINT)", amongFunction, value, number)
}

// collecting is an aggregate that makes a set of the values of an expression, none of which
// is NULL, and counts them.
func collecting(value string, number int) string {
	return fmt.Sprintf("count(*) FILTER (%s(%s, %d::UTINYINT))", collectFunction, value, number)
}

// register makes the functions known to the engine that a connection belongs to.
func (s *sets) register(conn *sql.Conn) error {
	const doing = "registering the functions of lookups"
	err := conn.Raw(func(driver any) error {
		raw := reflect.ValueOf(driver).Elem().FieldByName("conn")
		if !raw.IsValid() || raw.Type() != reflect.TypeFor[bindings.Connection]() {
			return fault.New(fault.Internal, "this version of the DuckDB driver keeps its connection elsewhere")
		}
		to := bindings.Connection{Ptr: raw.FieldByName("Ptr").UnsafePointer()}
		if !s.registerAs(to, amongFunction, C.atoll_function(C.atoll_among), false) ||
			!s.registerAs(to, collectFunction, C.atoll_function(C.atoll_collect), true) {
			return fault.New(fault.Internal, "%s: the engine does not take them", doing)
		}
		return nil
	})
	return translate(err, doing)
}

// registerAs registers a function for each type that there are sets of.
func (s *sets) registerAs(conn bindings.Connection, name string, call C.atoll_function, volatile bool) bool {
	all := bindings.CreateScalarFunctionSet(name)
	defer bindings.DestroyScalarFunctionSet(&all)
	for _, t := range setTypes {
		f := bindings.CreateScalarFunction()
		bindings.ScalarFunctionSetName(f, name)
		for _, parameter := range []bindings.Type{t, bindings.TypeUTinyInt} {
			logical := bindings.CreateLogicalType(parameter)
			bindings.ScalarFunctionAddParameter(f, logical)
			bindings.DestroyLogicalType(&logical)
		}
		result := bindings.CreateLogicalType(bindings.TypeBoolean)
		bindings.ScalarFunctionSetReturnType(f, result)
		bindings.DestroyLogicalType(&result)
		if volatile {
			bindings.ScalarFunctionSetVolatile(f)
		}
		bindings.ScalarFunctionSetFunction(f, unsafe.Pointer(call))
		// The engine's own memory holds the handle, so that it has no pointer to Go's.
		info := C.malloc(C.size_t(unsafe.Sizeof(cgo.Handle(0))))
		*(*cgo.Handle)(info) = cgo.NewHandle(s)
		bindings.ScalarFunctionSetExtraInfo(f, info, unsafe.Pointer(C.atoll_delete(C.atoll_release)))
		state := bindings.AddScalarFunctionToSet(all, f)
		bindings.DestroyScalarFunction(&f)
		if state == bindings.StateError {
			return false
		}
	}
	return bindings.RegisterScalarFunctionSet(conn, all) != bindings.StateError
}

//export atoll_release
func atoll_release(info unsafe.Pointer) {
	(*(*cgo.Handle)(info)).Delete()
	C.free(info)
}

//export atoll_among
func atoll_among(info, input, output unsafe.Pointer) {
	callSet(info, input, output, func(_ *sets, x set, values vector, found []bool) { x.find(values, found) })
}

//export atoll_collect
func atoll_collect(info, input, output unsafe.Pointer) {
	callSet(info, input, output, func(s *sets, x set, values vector, found []bool) {
		s.mu.Lock()
		defer s.mu.Unlock()
		x.add(values, len(found))
		for i := range found {
			found[i] = true
		}
	})
}

// callSet carries out a call for a chunk: a vector of values, and one of the number of the
// set, the same in each row. A panic becomes an error: it must not cross into the engine.
func callSet(info, input, output unsafe.Pointer, do func(s *sets, x set, values vector, found []bool)) {
	call := bindings.FunctionInfo{Ptr: info}
	defer func() {
		if p := recover(); p != nil {
			bindings.ScalarFunctionSetError(call, fmt.Sprintf("the lookup failed: %v", p))
		}
	}()
	s := (*(*cgo.Handle)(bindings.ScalarFunctionGetExtraInfo(call))).Value().(*sets)
	chunk := bindings.DataChunk{Ptr: input}
	n := int(bindings.DataChunkGetSize(chunk))
	if n == 0 {
		return
	}
	x := s.all[elements[uint8](chunkVector(chunk, 1), n)[0]]
	result := bindings.Vector{Ptr: output}
	do(s, x, chunkVector(chunk, 0), elements[bool](vector{raw: result, data: bindings.VectorGetData(result)}, n))
}
