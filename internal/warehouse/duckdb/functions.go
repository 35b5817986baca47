package duckdb

import (
	"database/sql"
	"database/sql/driver"

	"github.com/duckdb/duckdb-go/v2"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/scalar"
)

// function presents a function of package scalar to the engine.
type function struct {
	scalar.Func
	config duckdb.ScalarFuncConfig
}

// Config implements [duckdb.ScalarFunc].
func (f *function) Config() duckdb.ScalarFuncConfig { return f.config }

// Executor implements [duckdb.ScalarFunc].
func (f *function) Executor() duckdb.ScalarFuncExecutor {
	return duckdb.ScalarFuncExecutor{RowExecutor: func(values []driver.Value) (any, error) {
		args := make([]any, len(values))
		for i, v := range values {
			args[i] = v
		}
		return f.Call(args)
	}}
}

// functionTypes are the engine's types for the kinds that package scalar uses.
var functionTypes = map[schema.Kind]duckdb.Type{
	schema.Varchar: duckdb.TYPE_VARCHAR, schema.Varbyte: duckdb.TYPE_BLOB, schema.BigInt: duckdb.TYPE_BIGINT,
	schema.Double: duckdb.TYPE_DOUBLE, schema.Boolean: duckdb.TYPE_BOOLEAN,
}

// Register makes functions known to the engine that a connection belongs to, on
// all its connections.
func Register(conn *sql.Conn, functions []scalar.Func) error {
	for _, f := range functions {
		registered := &function{Func: f}
		for i, kind := range append(f.Args[:len(f.Args):len(f.Args)], f.Result) {
			info, err := duckdb.NewTypeInfo(functionTypes[kind])
			switch {
			case err != nil:
				return fault.Wrap(err, fault.Internal, "the engine has no type for the function %s", f.Name)
			case i < len(f.Args):
				registered.config.InputTypeInfos = append(registered.config.InputTypeInfos, info)
			default:
				registered.config.ResultTypeInfo = info
			}
		}
		if err := duckdb.RegisterScalarUDF(conn, f.Name, registered); err != nil {
			return translate(err, "registering the function "+f.Name)
		}
	}
	return nil
}
