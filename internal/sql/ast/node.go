package ast

import (
	"strings"
	"unicode/utf8"
)

// Pos is a place in a text: a byte offset from its start.
type Pos int32

// Span is the place of a node: from its first byte to the byte after its last.
type Span struct {
	Start, Stop Pos
}

// Pos returns where the node starts.
func (s Span) Pos() Pos { return s.Start }

// End returns where the node ends: the offset after its last byte.
func (s Span) End() Pos { return s.Stop }

// LineColumn turns an offset into a line and a column of the text, both counted
// from 1, the column in characters. An offset past the end means the end.
func LineColumn(text string, p Pos) (line, column int) {
	before := text[:min(int(max(p, 0)), len(text))]
	start := strings.LastIndexByte(before, '\n') + 1
	return strings.Count(before, "\n") + 1, utf8.RuneCountInString(before[start:]) + 1
}

// Node is any part of the tree. The set of nodes is closed.
type Node interface {
	Pos() Pos
	End() Pos
	slots(*visitor) // presents every child, in the order of the text
	shallow() Node  // copies the node and shares its children
}

// Statement is a complete SQL statement.
type Statement interface {
	Node
	statement()
}

// Body is the body of a query: [*Select], [*SetOp], [*Values] or [*Query].
type Body interface {
	Node
	body()
}

// TableExpr is an item of FROM.
type TableExpr interface {
	Node
	table()
}

// Expr is a value expression.
type Expr interface {
	Node
	expr()
}

// Ident is one part of a name, folded to lower case. The zero Ident means that
// there is none.
type Ident struct {
	Span
	Name string
}

// Name is a name of one or more parts, the most general first.
type Name []Ident

// Last returns the last part's text, and "" for an empty name.
func (n Name) Last() string {
	if len(n) == 0 {
		return ""
	}
	return n[len(n)-1].Name
}

// String joins the parts with dots, without quotes; for messages.
func (n Name) String() string {
	parts := make([]string, len(n))
	for i, p := range n {
		parts[i] = p.Name
	}
	return strings.Join(parts, ".")
}

// NewName makes a name without positions from its parts.
func NewName(parts ...string) Name {
	n := make(Name, len(parts))
	for i, p := range parts {
		n[i].Name = p
	}
	return n
}

// Comment is a comment as written, with its markers.
type Comment struct {
	Span
	Text string
}
