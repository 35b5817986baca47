package ast

// Word is a word of the language that stands for a choice: the AUTO of
// DISTSTYLE AUTO, the ZSTD of ENCODE ZSTD. A nil *Word is a choice not made.
type Word struct {
	Span
	Text string // in lower case
}

// Option is one option of a statement that takes them in any order. Its value is
// a string, a number, a [Word], or nil for an option that is just there.
type Option struct {
	Span
	Name  string // in lower case, with a space between words
	Value Expr
}

// Property is 'name' = 'value', as external tables have them.
type Property struct {
	Span
	Name, Value *StringLit
}

func (*Word) expr() {}

func (n *Word) shallow() Node     { return copyOf(n) }
func (n *Option) shallow() Node   { return copyOf(n) }
func (n *Property) shallow() Node { return copyOf(n) }

func (*Word) slots(*visitor) {}

func (n *Option) slots(v *visitor) {
	child(v, &n.Value)
}

func (n *Property) slots(v *visitor) {
	child(v, &n.Name)
	child(v, &n.Value)
}
