package ast

// Truncate is TRUNCATE [TABLE] name: it deletes every row.
type Truncate struct {
	Span
	Table Name
}

func (*Truncate) statement() {}

func (n *Truncate) shallow() Node { return copyOf(n) }

func (*Truncate) slots(*visitor) {}
