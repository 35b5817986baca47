package duckdb

/*
#include <stdlib.h>
#include "among.h"

void atoll_among_text(void *, void *, void *);
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
	"runtime"
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

// setType is a type of the engine's that there are sets of, and the function that finds
// values of it.
type setType struct {
	engine bindings.Type
	among  C.atoll_function
}

var setTypes = map[string]setType{
	"SMALLINT": {bindings.TypeSmallInt, C.atoll_function(C.atoll_among_int16)},
	"INTEGER":  {bindings.TypeInteger, C.atoll_function(C.atoll_among_int32)},
	"BIGINT":   {bindings.TypeBigInt, C.atoll_function(C.atoll_among_int64)},
	hashType:   {bindings.TypeUBigInt, C.atoll_function(C.atoll_among_int64)},
	"VARCHAR":  {bindings.TypeVarchar, C.atoll_function(C.atoll_among_text)},
}

// sets are the sets that a statement of the writer asks for, by their numbers. They are
// made before the statement that collects their values and go when the last one that asks
// for them has ended.
type sets struct {
	mu  sync.Mutex // guards collecting, which several threads may do
	all []set
	// table is what scans see of the sets of integers. It stays where it is until close,
	// and what it points to until clear.
	table         *C.struct_atoll_table
	none          bindings.Vector // FALSE, for as many rows as there are
	kept, cleared runtime.Pinner
}

// mostSets is how many there may be.
const mostSets = C.ATOLL_SETS

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

// seal makes a set ready to be asked, and tells how many values it has.
func (s *sets) seal(b probe) int {
	n := b.set.seal()
	if x, ok := b.set.(numbered); ok {
		s.table.sets[b.number] = x.shown(&s.cleared)
	}
	return n
}

// clear drops all sets. No thread of the engine asks for them any more: it waits for all
// that work on a statement before it says that it ended or failed.
func (s *sets) clear() {
	for i := range s.all {
		s.table.sets[i] = C.struct_atoll_numbers{}
	}
	s.all = nil
	s.cleared.Unpin()
}

// close frees what the engine was given, once the writer's connection is closed, whose
// statements alone call the functions.
func (s *sets) close() {
	s.clear()
	s.kept.Unpin()
	bindings.DestroyVector(&s.none)
}

// among is the condition that a value is in a set. Comparing what the function tells spares
// the engine to look at each row of a vector for which that is one FALSE.
func among(value string, number int) string {
	return fmt.Sprintf("%s(%s, %d::UTINYINT) = TRUE", amongFunction, value, number)
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
		s.makeTable()
		if !registerFor(to, amongFunction, s.amongFor) || !registerFor(to, collectFunction, s.collectFor) {
			return fault.New(fault.Internal, "%s: the engine does not take them", doing)
		}
		return nil
	})
	return translate(err, doing)
}

// makeTable makes the table that the functions are given.
func (s *sets) makeTable() {
	boolean, no := bindings.CreateLogicalType(bindings.TypeBoolean), bindings.CreateBool(false)
	defer bindings.DestroyLogicalType(&boolean)
	defer bindings.DestroyValue(&no)
	s.table, s.none = new(C.struct_atoll_table), bindings.CreateVector(boolean, 1)
	bindings.VectorReferenceValue(s.none, no)
	s.table.none = s.none.Ptr
	s.kept.Pin(s.table)
}

// amongFor is the function that finds values of a type.
func (s *sets) amongFor(t setType) bindings.ScalarFunction {
	f := scalarFunction(amongFunction, t.engine, t.among)
	if t.engine == bindings.TypeVarchar {
		s.setHandle(f)
	} else {
		bindings.ScalarFunctionSetExtraInfo(f, unsafe.Pointer(s.table), nil)
	}
	return f
}

// collectFor is the function that collects values of a type.
func (s *sets) collectFor(t setType) bindings.ScalarFunction {
	f := scalarFunction(collectFunction, t.engine, C.atoll_function(C.atoll_collect))
	bindings.ScalarFunctionSetVolatile(f)
	s.setHandle(f)
	return f
}

// registerFor registers a function for each type that there are sets of.
func registerFor(conn bindings.Connection, name string, of func(setType) bindings.ScalarFunction) bool {
	all := bindings.CreateScalarFunctionSet(name)
	defer bindings.DestroyScalarFunctionSet(&all)
	for _, t := range setTypes {
		f := of(t)
		state := bindings.AddScalarFunctionToSet(all, f)
		bindings.DestroyScalarFunction(&f)
		if state == bindings.StateError {
			return false
		}
	}
	return bindings.RegisterScalarFunctionSet(conn, all) != bindings.StateError
}

// scalarFunction makes a function of a value and the number of a set.
func scalarFunction(name string, value bindings.Type, call C.atoll_function) bindings.ScalarFunction {
	f := bindings.CreateScalarFunction()
	bindings.ScalarFunctionSetName(f, name)
	for _, parameter := range []bindings.Type{value, bindings.TypeUTinyInt} {
		logical := bindings.CreateLogicalType(parameter)
		bindings.ScalarFunctionAddParameter(f, logical)
		bindings.DestroyLogicalType(&logical)
	}
	result := bindings.CreateLogicalType(bindings.TypeBoolean)
	bindings.ScalarFunctionSetReturnType(f, result)
	bindings.DestroyLogicalType(&result)
	bindings.ScalarFunctionSetFunction(f, unsafe.Pointer(call))
	return f
}

// setHandle lets calls of a function that is in Go find the sets. The engine's own
// memory holds the handle, so that it has no pointer to Go's.
func (s *sets) setHandle(f bindings.ScalarFunction) {
	info := C.malloc(C.size_t(unsafe.Sizeof(cgo.Handle(0))))
	*(*cgo.Handle)(info) = cgo.NewHandle(s)
	bindings.ScalarFunctionSetExtraInfo(f, info, unsafe.Pointer(C.atoll_delete(C.atoll_release)))
}

//export atoll_release
func atoll_release(info unsafe.Pointer) {
	(*(*cgo.Handle)(info)).Delete()
	C.free(info)
}

//export atoll_among_text
func atoll_among_text(info, input, output unsafe.Pointer) {
	callSet(info, input, func(s *sets, x set, values vector, n int) {
		result := vectorOf(bindings.Vector{Ptr: output})
		if !x.(*textSet).find(values, elements[bool](result, n)) {
			bindings.VectorReferenceVector(result.raw, s.none)
		}
	})
}

//export atoll_collect
func atoll_collect(info, input, output unsafe.Pointer) {
	callSet(info, input, func(s *sets, x set, values vector, n int) {
		s.mu.Lock()
		defer s.mu.Unlock()
		x.add(values, n)
		repeat(vectorOf(bindings.Vector{Ptr: output}), n, true)
	})
}

// callSet carries out a call for a chunk: a vector of n values, and one of the number of
// the set, the same in each row. A panic becomes an error: it must not cross into the engine.
func callSet(info, input unsafe.Pointer, do func(s *sets, x set, values vector, n int)) {
	call := bindings.FunctionInfo{Ptr: info}
	defer func() {
		if p := recover(); p != nil {
			bindings.ScalarFunctionSetError(call, fmt.Sprintf("the lookup failed: %v", p))
		}
	}()
	s := (*(*cgo.Handle)(bindings.ScalarFunctionGetExtraInfo(call))).Value().(*sets)
	chunk := bindings.DataChunk{Ptr: input}
	if n := int(bindings.DataChunkGetSize(chunk)); n > 0 {
		do(s, s.all[elements[uint8](chunkVector(chunk, 1), n)[0]], chunkVector(chunk, 0), n)
	}
}
