package lower

import (
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/bind"
)

// unnester is an engine that can unnest SUPER values in FROM.
type unnester interface {
	// unnest is the query that lists the elements of a value, or its attributes,
	// and where At is set their numbers or names.
	unnest(u *bind.Unnest, value ast.Expr) *ast.Query
}

func (l *lowering) unnest(u *bind.Unnest) *ast.Query {
	engine, ok := l.engine.(unnester)
	if !ok {
		l.fail(u.Value, "unnest it before the data is loaded", "unnesting a SUPER value is not available on this engine")
		return &ast.Query{Body: &ast.Select{}}
	}
	return engine.unnest(u, l.expr(u.Value))
}

// unnest lists nothing for a value that is no array, or no object ("Querying
// semi-structured data", lax semantics): the paths find nothing there.
func (duckdb) unnest(u *bind.Unnest, value ast.Expr) *ast.Query {
	values := call("json_extract", value, text(map[bool]string{false: "$[*]", true: "$.*"}[u.Object]))
	out := &ast.Select{Items: []*ast.SelectItem{{Expr: call("unnest", values)}}}
	switch {
	case u.At && u.Object:
		out.Items = append(out.Items, &ast.SelectItem{Expr: call("unnest", call("json_keys", value))})
	case u.At:
		out.Items = append(out.Items, &ast.SelectItem{Expr: call("unnest", call("range", call("len", values)))})
	}
	return &ast.Query{Body: out}
}
