package ast

// Insert is INSERT INTO table (columns) with a query or with VALUES, whose rows
// may hold [Default]. Without Query it is INSERT INTO table DEFAULT VALUES.
type Insert struct {
	Span
	Table   Name
	Columns []Ident
	Query   *Query
}

// Default stands for a column's default: in the VALUES of an INSERT or a MERGE,
// and right of the = in a SET.
type Default struct {
	Span
}

// Update is [WITH ...] UPDATE target SET column = value, ... FROM ... WHERE ...
type Update struct {
	Span
	With   *With
	Target *TableName
	Set    []*Assignment
	From   []TableExpr
	Where  Expr
}

// Assignment is column = value in the SET of an UPDATE.
type Assignment struct {
	Span
	Column Ident
	Value  Expr
}

// Delete is [WITH ...] DELETE [FROM] target USING ... WHERE ...
type Delete struct {
	Span
	With   *With
	Target *TableName
	Using  []TableExpr
	Where  Expr
}

// Merge is MERGE INTO table USING source ON condition with its WHENs or, in the
// simplified mode, with REMOVE DUPLICATES.
type Merge struct {
	Span
	Table            Name
	Source           *TableName
	On               Expr
	Whens            []*MergeWhen
	RemoveDuplicates bool
}

// MergeWhen is one WHEN of a [Merge]. For rows that match it updates (Set) or,
// without Set, deletes; for rows that do not it inserts Values.
type MergeWhen struct {
	Span
	NotMatched bool
	Set        []*Assignment
	Columns    []Ident
	Values     *Row
}

func (*Insert) statement() {}
func (*Update) statement() {}
func (*Delete) statement() {}
func (*Merge) statement()  {}

func (*Default) expr() {}

func (n *Insert) shallow() Node     { return copyOf(n) }
func (n *Default) shallow() Node    { return copyOf(n) }
func (n *Update) shallow() Node     { return copyOf(n) }
func (n *Assignment) shallow() Node { return copyOf(n) }
func (n *Delete) shallow() Node     { return copyOf(n) }
func (n *Merge) shallow() Node      { return copyOf(n) }
func (n *MergeWhen) shallow() Node  { return copyOf(n) }

func (n *Insert) slots(v *visitor) {
	child(v, &n.Query)
}

func (*Default) slots(*visitor) {}

func (n *Update) slots(v *visitor) {
	child(v, &n.With)
	child(v, &n.Target)
	children(v, &n.Set)
	children(v, &n.From)
	child(v, &n.Where)
}

func (n *Assignment) slots(v *visitor) {
	child(v, &n.Value)
}

func (n *Delete) slots(v *visitor) {
	child(v, &n.With)
	child(v, &n.Target)
	children(v, &n.Using)
	child(v, &n.Where)
}

func (n *Merge) slots(v *visitor) {
	child(v, &n.Source)
	child(v, &n.On)
	children(v, &n.Whens)
}

func (n *MergeWhen) slots(v *visitor) {
	children(v, &n.Set)
	child(v, &n.Values)
}
