package lower

import (
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/ast"
)

// engine is what an engine says in its own way. Expressions that a method takes
// are lowered; those as written come with their place in the query.
type engine interface {
	// start looks at the whole query first.
	start(l *lowering)
	// rule writes the calls of a function of the catalogue.
	rule(function string) rule
	// sameType reports an engine's function whose type is the one that Redshift
	// gives, so that it needs no cast as an output.
	sameType(function string) bool
	// binary writes an operator with two operands.
	binary(l *lowering, e *ast.Binary, left, right ast.Expr, t schema.Type) ast.Expr
	// similar writes SIMILAR TO; out has the lowered operands.
	similar(l *lowering, e, out *ast.Like) ast.Expr
	// convert turns a value from one type into another, as CAST does, and
	// tryCast gives NULL where that is an error.
	convert(l *lowering, n ast.Expr, x ast.Expr, from, to schema.Type) ast.Expr
	tryCast(l *lowering, e *ast.Cast, from, to schema.Type) ast.Expr
	// attributes goes down a SUPER value by names, element by position.
	attributes(x ast.Expr, names ...string) ast.Expr
	element(x, index ast.Expr) ast.Expr
	// normalSuper writes a SUPER value so that it equals others of the same value, and
	// null none.
	normalSuper(x ast.Expr) ast.Expr
	// superKeys are the keys that sort SUPER values.
	superKeys(x ast.Expr) []ast.Expr
	// number writes a number of a type.
	number(e *ast.NumberLit, t schema.Type) ast.Expr
	// finish rewrites the lowered form of a query whose body is a SELECT, for
	// clauses that the engine has not.
	finish(out *ast.Query)
	// apart keeps a lowered query with LIMIT, of which nothing refers to a query around
	// it, from being planned together with those.
	apart(out *ast.Query) *ast.Query
}
