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

// TableFunc is a function that returns rows, in FROM. WithOffset is UNNEST's
// WITH OFFSET: a further column that numbers the elements from 0.
type TableFunc struct {
	Span
	Call       *FuncCall
	WithOffset bool
	Alias      Alias
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

// Pivot is source PIVOT (aggregate FOR column IN (value AS name, ...)).
type Pivot struct {
	Span
	Source    TableExpr
	Aggregate *SelectItem
	For       *ColumnRef
	In        []*SelectItem
	Alias     Alias
}

// Unpivot is source UNPIVOT (value FOR name IN (column AS text, ...)): each
// column of In becomes a row, with the column's value in Value and its name, or
// its alias where it has one, in Name.
type Unpivot struct {
	Span
	Source       TableExpr
	IncludeNulls bool
	Value        Ident
	Name         Ident
	In           []*SelectItem
	Alias        Alias
}

func (*TableName) table()  {}
func (*Subquery) table()   {}
func (*TableFunc) table()  {}
func (*SuperTable) table() {}
func (*Join) table()       {}
func (*Pivot) table()      {}
func (*Unpivot) table()    {}
