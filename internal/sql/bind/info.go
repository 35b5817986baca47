package bind

import (
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/function"
)

// Info holds what binding found out about the nodes of a query.
type Info struct {
	// Types has the type of every expression, before what Casts does to it.
	Types map[ast.Expr]schema.Type
	// Casts has the implicit conversions: the type that an expression's context
	// turns it into.
	Casts map[ast.Expr]schema.Type
	// Refs has what every column reference is.
	Refs map[*ast.ColumnRef]*Ref
	// Items has the item of every FROM entry that is not a join.
	Items map[ast.TableExpr]*Item
	// Derived has the query that an entry of FROM stands for: PIVOT and UNPIVOT.
	Derived map[ast.TableExpr]*ast.Query
	// Joins has the resolved form of every join.
	Joins map[*ast.Join]*JoinInfo
	// Selects has the outputs and the FROM items of every SELECT.
	Selects map[*ast.Select]*SelectInfo
	// Outputs has the output columns of every query and set operation side.
	Outputs map[ast.Body][]*Output
	// Positions has the output that a GROUP BY or ORDER BY key stands for, where
	// the key is a number or an alias.
	Positions map[ast.Expr]*Output
	// KeyOf has the key, one of the SELECT's Keys or what it is an alias of, that an
	// expression after grouping is: in the select list, HAVING, QUALIFY, ORDER BY
	// and windows.
	KeyOf map[ast.Expr]ast.Expr
	// Calls has the function of every call.
	Calls map[*ast.FuncCall]*Call
}

func newInfo() *Info {
	return &Info{
		Types: map[ast.Expr]schema.Type{}, Casts: map[ast.Expr]schema.Type{},
		Refs: map[*ast.ColumnRef]*Ref{}, Items: map[ast.TableExpr]*Item{},
		Derived: map[ast.TableExpr]*ast.Query{},
		Joins:   map[*ast.Join]*JoinInfo{}, Selects: map[*ast.Select]*SelectInfo{},
		Outputs: map[ast.Body][]*Output{}, Positions: map[ast.Expr]*Output{},
		KeyOf: map[ast.Expr]ast.Expr{}, Calls: map[*ast.FuncCall]*Call{},
	}
}

// TypeOf is the type of an expression as its context sees it, after implicit
// conversion.
func (i *Info) TypeOf(e ast.Expr) schema.Type {
	if t, ok := i.Casts[e]; ok {
		return t
	}
	return i.Types[e]
}

// Item is one entry of a FROM clause. Name is what qualifies its columns, and
// "" for a subquery without an alias. Relation is set for a base relation, CTE
// for the use of a common table expression, Unnest for an unnested SUPER value,
// none of them for a subquery.
type Item struct {
	ID       int // unique in the query
	Name     string
	Relation schema.Name
	CTE      *ast.CTE
	Unnest   *Unnest
	Columns  []*Column
	value    *Column // of an unnested value: what the item's name alone stands for
	broken   bool    // an unknown relation: its columns are not complained about
	aliased  bool
}

// Column is a column of an item, or with Merged one of a USING join, which
// stands for a column on either side: the one that is not NULL.
type Column struct {
	Item    *Item
	Name    string
	Type    schema.Type
	Sources []Source
	Merged  []*Column
	Kind    ast.JoinKind // of the join that merged
}

// Ref is what a column reference is: a column of this query or, at a Depth of 1
// or more, of a query around it; or the alias of an output of either.
// Path is what of the name is left: the attributes of a SUPER value.
type Ref struct {
	Column *Column
	Alias  *Output
	Depth  int
	Path   []ast.Ident
}

// JoinInfo is a join with its condition made plain: the pairs of columns that
// USING or NATURAL set equal, and for the old (+) spelling nothing.
type JoinInfo struct {
	Pairs [][2]*Column
	Types []schema.Type // the type that each pair is compared in
}

// SelectInfo is a SELECT with its stars expanded.
type SelectInfo struct {
	Outputs []*Output
	Items   []*Item
	// Grouped is set if the SELECT has GROUP BY, HAVING or an aggregate.
	Grouped bool
	Keys    []ast.Expr // what it groups by
	Sets    bool       // it groups by several sets of them: ROLLUP, CUBE, GROUPING SETS
	badKeys bool       // a key is in error
	// OuterJoins are the items that (+) marks, the last of Items, in the order to
	// join them in, and Filters the conditions of WHERE that are left; both are
	// empty without (+).
	OuterJoins []OuterJoin
	Filters    []ast.Expr
	// Hierarchy takes the place of FROM in a query with CONNECT BY.
	Hierarchy *ast.Subquery
}

// Output is one column of a result. Expr is the expression, which for a star is
// a column reference made for it. Named is unset where nothing in
// the query gives it a name.
type Output struct {
	Name     string
	Expr     ast.Expr
	Type     schema.Type
	Sources  []Source
	Named    bool
	Position int
	aliased  bool
	size     int // nodes, with the aliases in it written out
}

// Call is a resolved function call.
type Call struct {
	Func   *function.Func
	Window *Window // with OVER; named windows are resolved
	// Owner is the SELECT around that an aggregate in a subquery belongs to, nil
	// for its own.
	Owner *SelectInfo
}

// Window is a window with its base window merged in.
type Window struct {
	PartitionBy []ast.Expr
	OrderBy     []*ast.OrderItem
	Frame       *ast.Frame
}
