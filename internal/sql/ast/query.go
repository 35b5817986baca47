package ast

// Query is a whole query: the common table expressions it defines, its body,
// and the order and number of its rows.
type Query struct {
	Span
	With    *With
	Body    Body
	OrderBy []*OrderItem
	Limit   Expr // nil for none and for LIMIT ALL
	Offset  Expr
}

// With is the WITH clause.
type With struct {
	Span
	Recursive bool
	CTEs      []*CTE
}

// CTE is a common table expression: name (columns) AS (query). Materialized is of the
// embedded engine, where its rows are computed by themselves; queries as they are
// written have no word for it.
type CTE struct {
	Span
	Name         Ident
	Columns      []Ident
	Materialized bool
	Query        *Query
}

// SetOpKind says how a set operation combines its sides.
type SetOpKind uint8

// The set operations. MINUS is Redshift's other word for EXCEPT.
const (
	Union SetOpKind = iota
	Intersect
	Except
)

// SetOp is UNION, INTERSECT or EXCEPT, with duplicates kept where All is set.
type SetOp struct {
	Span
	Op          SetOpKind
	All         bool
	Left, Right Body
}

// Values is VALUES (...), (...).
type Values struct {
	Span
	Rows []*Row
}

// Select is one SELECT without what belongs to the whole query.
type Select struct {
	Span
	Distinct bool
	Top      Expr // TOP n, which means LIMIT n
	Items    []*SelectItem
	Exclude  []Ident // EXCLUDE after the list: columns to leave out of it
	Into     *Into
	From     []TableExpr
	Where    Expr
	// StartWith and ConnectBy make a hierarchical query, the first only with the
	// second.
	StartWith, ConnectBy Expr

	GroupBy *GroupBy
	Having  Expr
	Windows []*WindowDef
	Qualify Expr
}

// Into is INTO [TEMP] [TABLE] name: the table that SELECT INTO makes.
type Into struct {
	Span
	Temp bool
	Name Name
}

// SelectItem is an expression of the select list (or an aggregate of PIVOT) and
// its alias, if it has one.
type SelectItem struct {
	Span
	Expr  Expr
	Alias Ident
}

// GroupBy is the GROUP BY clause: ALL, or a list of expressions, positions,
// parenthesized lists ([*Row], empty for the grand total) and [*GroupingSets].
type GroupBy struct {
	Span
	All   bool
	Items []Expr
}

// OrderItem is one key of an ORDER BY. Without Nulls, Redshift sorts NULLs last
// in ascending and first in descending order.
type OrderItem struct {
	Span
	Expr  Expr
	Desc  bool
	Nulls NullsOrder
}

// NullsOrder says where NULLs sort.
type NullsOrder uint8

// The places NULLs sort to.
const (
	NullsDefault NullsOrder = iota
	NullsFirst
	NullsLast
)

// WindowDef is one entry of the WINDOW clause: name AS (spec).
type WindowDef struct {
	Span
	Name Ident
	Spec *WindowSpec
}

// WindowSpec is a window: after OVER, or in the WINDOW clause. Base is the
// window it builds on, if any. Bare is set for OVER name, which uses that
// window as it is; nothing but Base is set then.
type WindowSpec struct {
	Span
	Base        Ident
	Bare        bool
	PartitionBy []Expr
	OrderBy     []*OrderItem
	Frame       *Frame
}

// FrameMode says what a frame's offsets count.
type FrameMode uint8

// The frame modes of Redshift.
const (
	Rows FrameMode = iota
	Range
)

// Frame is a window's frame. The short form without BETWEEN ends at the current
// row and is stored so.
type Frame struct {
	Span
	Mode      FrameMode
	Low, High Bound
}

// BoundKind says what a frame's edge is.
type BoundKind uint8

// The edges of a frame, in their order.
const (
	UnboundedPreceding BoundKind = iota
	Preceding
	CurrentRow
	Following
	UnboundedFollowing
)

// Bound is an edge of a frame. Offset is set for Preceding and Following.
type Bound struct {
	Kind   BoundKind
	Offset Expr
}

func (*Query) statement() {}

func (*Query) body()  {}
func (*SetOp) body()  {}
func (*Values) body() {}
func (*Select) body() {}
