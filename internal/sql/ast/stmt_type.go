package ast

// OtherType is a type that a column can be given and that queries here have no
// values of. Name is geometry, geography, hllsketch, "interval day to second"
// with the digits of its seconds, or of an external table struct, array or map.
type OtherType struct {
	Span
	Name   string
	Digits *NumberLit   // of an interval's seconds
	Of     []*TypeField // of struct, array (one) and map (two)
}

// TypeField is a field of a struct; those of arrays and maps have no name.
type TypeField struct {
	Span
	Name Ident
	Type *TypeName
}

func (n *OtherType) shallow() Node { return copyOf(n) }
func (n *TypeField) shallow() Node { return copyOf(n) }

func (n *OtherType) slots(v *visitor) {
	child(v, &n.Digits)
	children(v, &n.Of)
}

func (n *TypeField) slots(v *visitor) {
	child(v, &n.Type)
}
