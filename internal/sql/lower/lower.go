package lower

import (
	"strconv"
	"time"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/bind"
	"github.com/atolldata/atoll/internal/sql/scalar"
)

// Options say how a query is lowered.
type Options struct {
	// Relation maps a relation to its name in the engine; nil keeps names. A name
	// without schema must not be that of a common table expression in the query.
	Relation func(schema.Name) schema.Name
	// Now is what functions of the clock mean, in UTC. It must be set where the
	// query uses them ([bind.Result.UsesNow]).
	Now time.Time
	// Few is set where few rows are computed, so that the engine takes longer to plan the
	// query than to run it. The answer is the same.
	Few bool
}

// DuckDB lowers a bound query for the embedded engine. The error is a
// [fault.List].
func DuckDB(res *bind.Result, opts Options) (*ast.Query, error) {
	return lowerFor(duckdb{}, res, opts)
}

func lowerFor(e engine, res *bind.Result, opts Options) (*ast.Query, error) {
	l := &lowering{
		res: res, info: res.Info, opts: opts, engine: e,
		names: map[*bind.Item]string{}, columns: map[*bind.Item][]string{}, taken: map[string]int{}, keys: map[ast.Expr]bool{},
	}
	if res.UsesNow && opts.Now.IsZero() {
		return nil, fault.New(fault.Internal, "the query uses the clock, and no time was given to it")
	}
	e.start(l)
	q := l.query(res.Query, true)
	if len(l.faults) > 0 {
		l.faults.Sort()
		return nil, l.faults
	}
	return q, nil
}

// lowering is the state of one call.
type lowering struct {
	res     *bind.Result
	info    *bind.Info
	opts    Options
	engine  engine
	faults  fault.List
	names   map[*bind.Item]string   // the engine's name of each FROM item
	columns map[*bind.Item][]string // and of its columns
	taken   map[string]int          // item names in use around the current place
	sel     *bind.SelectInfo        // the innermost SELECT
	keys    map[ast.Expr]bool       // lowered keys of GROUP BY

	recursive bool // within WITH RECURSIVE
}

// fail records what the engine cannot do, at a node of the query as written.
func (l *lowering) fail(n ast.Node, hint, format string, args ...any) {
	l.failAs(fault.Unsupported, n, hint, format, args...)
}

func (l *lowering) failAs(code fault.Code, n ast.Node, hint, format string, args ...any) {
	line, column := ast.LineColumn(l.res.Options.Text, n.Pos())
	e := fault.New(code, format, args...).
		At(fault.Position{File: l.res.Options.File, Line: line, Column: column}).
		In(l.res.Options.File, l.res.Options.Text)
	e.Hint = hint
	l.faults = append(l.faults, e)
}

// Short forms of the nodes that lowering makes.

func call(name string, args ...ast.Expr) *ast.FuncCall {
	return &ast.FuncCall{Name: ast.NewName(name), Args: args}
}

// macro calls a macro of the prelude.
func macro(name string, args ...ast.Expr) *ast.FuncCall {
	return &ast.FuncCall{Name: ast.NewName(macroSchema, name), Args: args}
}

// goCall calls a function of package scalar, by its name without the prefix.
func goCall(name string, args ...ast.Expr) *ast.FuncCall {
	return call(scalar.Prefix+name, args...)
}

func number(n int) *ast.NumberLit { return &ast.NumberLit{Text: strconv.Itoa(n)} }

func text(s string) *ast.StringLit { return &ast.StringLit{Value: s} }

func binary(op ast.BinaryOp, l, r ast.Expr) *ast.Binary {
	return &ast.Binary{Op: op, Left: l, Right: r}
}

// castAs converts to a type by the engine's own name of it.
func castAs(x ast.Expr, engine string) *ast.Cast {
	return &ast.Cast{Style: ast.CastCall, X: x, Type: &ast.TypeName{Engine: engine}}
}

// castTo converts to the engine's type for a Redshift type.
func castTo(x ast.Expr, t schema.Type) *ast.Cast {
	return &ast.Cast{Style: ast.CastCall, X: x, Type: &ast.TypeName{Type: t}}
}
