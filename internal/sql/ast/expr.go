package ast

import "github.com/atolldata/atoll/internal/schema"

// ColumnRef is a column by name. Up to four parts name a column (database,
// schema, table, column); whoever resolves names decides how many do, and what
// is left is a path into a SUPER value. OuterMark is the (+) after the name: the
// old spelling of an outer join whose optional side this column is on.
type ColumnRef struct {
	Span
	Name      Name
	OuterMark bool
}

// Star is * or qualifier.*, in a select list or in COUNT(*).
type Star struct {
	Span
	Qualifier Name
}

// NumberLit is a number without a sign, as text: 1, 1.5, .5, 1e10.
type NumberLit struct {
	Span
	Text string
}

// StringLit is a string; Value is what it stands for, without quotes and escapes.
type StringLit struct {
	Span
	Value string
}

// BoolLit is TRUE or FALSE.
type BoolLit struct {
	Span
	Value bool
}

// NullLit is NULL.
type NullLit struct {
	Span
}

// TypedLit is a string with its type before it: DATE '2026-01-31'.
type TypedLit struct {
	Span
	Type  *TypeName
	Value string
}

// IntervalLit is INTERVAL '...' and its qualifier. Without one (From empty) the
// text names its own units: INTERVAL '3 days'. With one it may have a second
// end (YEAR TO MONTH), and a number of digits for fractional seconds.
type IntervalLit struct {
	Span
	Value     string
	From, To  string // year, month, day, hour, minute, second; lower case
	Precision int    // digits after the second's point; -1 where not given
}

// Param is a parameter of a prepared statement: $1 is 1.
type Param struct {
	Span
	Number int
}

// DatePart is a bare word that names a part of a date in the call of a date
// function: the day of DATEADD(day, 1, d), the epoch of EXTRACT(epoch FROM t).
type DatePart struct {
	Span
	Name string // as written, in lower case
}

// UnaryOp is an operator before its operand.
type UnaryOp string

// The unary operators.
const (
	Not        UnaryOp = "NOT"
	Neg        UnaryOp = "-"
	Plus       UnaryOp = "+"
	BitNot     UnaryOp = "~"
	Abs        UnaryOp = "@"
	SquareRoot UnaryOp = "|/"
	CubeRoot   UnaryOp = "||/"
	Prior      UnaryOp = "PRIOR" // of the row above, in CONNECT BY
)

// Unary is an operator applied to one operand.
type Unary struct {
	Span
	Op UnaryOp
	X  Expr
}

// BinaryOp is an operator between two operands.
type BinaryOp string

// The binary operators. != is read as <>.
const (
	Or           BinaryOp = "OR"
	And          BinaryOp = "AND"
	Eq           BinaryOp = "="
	NotEq        BinaryOp = "<>"
	Less         BinaryOp = "<"
	LessEq       BinaryOp = "<="
	Greater      BinaryOp = ">"
	GreaterEq    BinaryOp = ">="
	Add          BinaryOp = "+"
	Sub          BinaryOp = "-"
	Mul          BinaryOp = "*"
	Div          BinaryOp = "/"
	Mod          BinaryOp = "%"
	Power        BinaryOp = "^"
	Concat       BinaryOp = "||"
	BitAnd       BinaryOp = "&"
	BitOr        BinaryOp = "|"
	BitXor       BinaryOp = "#"
	ShiftLeft    BinaryOp = "<<"
	ShiftRight   BinaryOp = ">>"
	Match        BinaryOp = "~"   // POSIX regular expression
	MatchFold    BinaryOp = "~*"  // the same, ignoring case
	NotMatch     BinaryOp = "!~"  // not Match
	NotMatchFold BinaryOp = "!~*" // not MatchFold
)

// Binary is an operator applied to two operands.
type Binary struct {
	Span
	Op          BinaryOp
	Left, Right Expr
}

// TruthValue is what IS tests for.
type TruthValue uint8

// What IS can test for.
const (
	IsNull TruthValue = iota
	IsTrue
	IsFalse
	IsUnknown
)

// Is is x IS [NOT] NULL, TRUE, FALSE or UNKNOWN. ISNULL and NOTNULL after an
// operand are read as it.
type Is struct {
	Span
	X    Expr
	Not  bool
	What TruthValue
}

// IsDistinct is left IS [NOT] DISTINCT FROM right.
type IsDistinct struct {
	Span
	Left, Right Expr
	Not         bool
}

// Between is x [NOT] BETWEEN low AND high.
type Between struct {
	Span
	X         Expr
	Not       bool
	Low, High Expr
}

// InList is x [NOT] IN (a, b, ...).
type InList struct {
	Span
	X    Expr
	Not  bool
	List []Expr
}

// InQuery is x [NOT] IN (SELECT ...).
type InQuery struct {
	Span
	X     Expr
	Not   bool
	Query *Query
}

// LikeOp is the kind of pattern of a [Like].
type LikeOp uint8

// The patterns: LIKE, LIKE ignoring case, and SQL's regular expressions.
const (
	LikeMatch LikeOp = iota
	ILikeMatch
	SimilarMatch
)

// Like is x [NOT] LIKE, ILIKE or SIMILAR TO pattern [ESCAPE escape].
type Like struct {
	Span
	Op      LikeOp
	X       Expr
	Not     bool
	Pattern Expr
	Escape  Expr
}

// Exists is EXISTS (SELECT ...).
type Exists struct {
	Span
	Query *Query
}

// Quantified is x op ANY (SELECT ...) or, with All, x op ALL (SELECT ...). SOME
// is read as ANY.
type Quantified struct {
	Span
	Op    BinaryOp // a comparison
	All   bool
	X     Expr
	Query *Query
}

// ScalarQuery is a query in parentheses where a value is wanted.
type ScalarQuery struct {
	Span
	Query *Query
}

// Case is CASE, with an operand that is compared with each WHEN or without one.
type Case struct {
	Span
	Operand Expr
	Whens   []*When
	Else    Expr
}

// When is one WHEN ... THEN ... of a [Case].
type When struct {
	Span
	Cond, Then Expr
}

// CastStyle is how a cast is written.
type CastStyle uint8

// The spellings of a cast. A lowering makes TryCast for NULL instead of an error.
const (
	ColonCast   CastStyle = iota // x::type
	CastCall                     // CAST(x AS type)
	ConvertCall                  // CONVERT(type, x)
	TryCast                      // TRY_CAST(x AS type)
)

// Cast converts x to a type.
type Cast struct {
	Span
	Style CastStyle
	X     Expr
	Type  *TypeName
}

// TypeName is a type as written in a cast or for a column. Engine, where set, is
// an engine's own name for a type, printed as it is instead of Type; the parser
// never sets it. Other is a type that only a column's definition may have.
type TypeName struct {
	Span
	Type   schema.Type
	Engine string
	Other  *OtherType
}

// CallForm is how a call writes its arguments.
type CallForm uint8

// The forms of a call.
const (
	PlainForm   CallForm = iota // name(a, b)
	BareForm                    // name, without parentheses: CURRENT_DATE
	KeywordForm                 // with keywords between the arguments
)

// NullTreatment says whether a window function sees NULLs.
type NullTreatment uint8

// The null treatments.
const (
	NullsUnsaid NullTreatment = iota
	IgnoreNulls
	RespectNulls
)

// FuncCall is the call of a function.
//
// The keyword forms hold their arguments in the order of the plain function of
// the same meaning:
//
//	EXTRACT(f FROM x)                 extract(f, x), where f is a DatePart
//	SUBSTRING(x FROM a FOR b)         substring(x, a, b)
//	POSITION(a IN b)                  position(a, b)
//	OVERLAY(x PLACING y FROM a FOR b) overlay(x, y, a, b)
//	TRIM(BOTH c FROM x)               btrim(x, c); LEADING is ltrim, TRAILING rtrim
type FuncCall struct {
	Span
	Name        Name
	Form        CallForm
	Approximate bool // APPROXIMATE before the name
	Distinct    bool
	Args        []Expr // COUNT(*) has one argument, a Star
	OrderBy     []*OrderItem
	WithinGroup []*OrderItem
	Filter      Expr
	Nulls       NullTreatment
	Over        *WindowSpec // nil for a call without a window
}

// Row is a row constructor: (a, b) or ROW(a).
type Row struct {
	Span
	Items []Expr
}

// Array is ARRAY(a, b, ...): a SUPER array in Redshift, a list in an engine.
type Array struct {
	Span
	Items []Expr
}

// Index is x[i], an element of a SUPER array.
type Index struct {
	Span
	X, Index Expr
}

// Field is x.name, an attribute of a SUPER value that is not a plain column;
// a path that starts at a column is a longer name in its [ColumnRef].
type Field struct {
	Span
	X    Expr
	Name Ident
}

// AtTimeZone is x AT TIME ZONE zone.
type AtTimeZone struct {
	Span
	X, Zone Expr
}

// GroupingKind is the kind of a [GroupingSets].
type GroupingKind uint8

// The kinds of grouping sets.
const (
	Rollup GroupingKind = iota
	Cube
	Sets
)

// GroupingSets is ROLLUP, CUBE or GROUPING SETS. It stands only in GROUP BY.
type GroupingSets struct {
	Span
	Kind  GroupingKind
	Items []Expr // expressions, rows and, in Sets, further grouping sets
}

func (*ColumnRef) expr()    {}
func (*Star) expr()         {}
func (*NumberLit) expr()    {}
func (*StringLit) expr()    {}
func (*BoolLit) expr()      {}
func (*NullLit) expr()      {}
func (*TypedLit) expr()     {}
func (*IntervalLit) expr()  {}
func (*Param) expr()        {}
func (*DatePart) expr()     {}
func (*Unary) expr()        {}
func (*Binary) expr()       {}
func (*Is) expr()           {}
func (*IsDistinct) expr()   {}
func (*Between) expr()      {}
func (*InList) expr()       {}
func (*InQuery) expr()      {}
func (*Like) expr()         {}
func (*Exists) expr()       {}
func (*Quantified) expr()   {}
func (*ScalarQuery) expr()  {}
func (*Case) expr()         {}
func (*Cast) expr()         {}
func (*FuncCall) expr()     {}
func (*Row) expr()          {}
func (*Array) expr()        {}
func (*Index) expr()        {}
func (*Field) expr()        {}
func (*AtTimeZone) expr()   {}
func (*GroupingSets) expr() {}
