package ast

// Alias is the name a FROM item gets, and the names of its columns. The zero
// Alias means that there is none.
type Alias struct {
	Name    Ident
	Columns []Ident
}

// TableName is a relation by name, of up to three parts (database, schema,
// table). Where the first part is an item of FROM that stands before it, it is
// not a relation but a SUPER column whose elements are unnested
// (FROM t, t.items i AT n); whoever resolves names decides that.
type TableName struct {
	Span
	Name  Name
	Alias Alias
	At    Ident // the column that numbers the elements, in unnesting
}

// Subquery is a query in FROM.
type Subquery struct {
	Span
	Lateral bool // never parsed: for engines that want it said
	Query   *Query
	Alias   Alias
}

// TableFunc is a function that returns rows, in FROM.
type TableFunc struct {
	Span
	Call  *FuncCall
	Alias Alias
}

// SuperTable unnests a SUPER value in FROM: the elements of an array
// (FROM t, t.orders[0].items i AT n), or with Unpivot the attributes of an
// object (UNPIVOT t.attrs AS value AT name).
type SuperTable struct {
	Span
	Unpivot bool
	Value   Expr
	Alias   Alias
	At      Ident
}

// JoinKind says which unmatched rows a join keeps.
type JoinKind uint8

// The joins.
const (
	InnerJoin JoinKind = iota
	LeftJoin
	RightJoin
	FullJoin
	CrossJoin
)

// Join joins two FROM items, by On, by Using or by Natural; a cross join has
// none of the three.
type Join struct {
	Span
	Kind        JoinKind
	Natural     bool
	Left, Right TableExpr
	On          Expr
	Using       []Ident
}

// Pivot is source PIVOT (aggregates FOR column IN (values)).
type Pivot struct {
	Span
	Source     TableExpr
	Aggregates []*SelectItem
	For        *ColumnRef
	In         []*SelectItem
	Alias      Alias
}

// Unpivot is source UNPIVOT (value FOR name IN (columns)). The alias of an item
// of In is an expression: the text that stands for the column's name.
type Unpivot struct {
	Span
	Source       TableExpr
	IncludeNulls bool
	Value        Ident
	Name         Ident
	In           []*UnpivotItem
	Alias        Alias
}

// UnpivotItem is a column that UNPIVOT turns into rows, and the value that names
// it in them (nil for the column's own name).
type UnpivotItem struct {
	Span
	Column Ident
	As     Expr
}

func (*TableName) table()  {}
func (*Subquery) table()   {}
func (*TableFunc) table()  {}
func (*SuperTable) table() {}
func (*Join) table()       {}
func (*Pivot) table()      {}
func (*Unpivot) table()    {}
