package ast

// Every node kind has its two lines here: how it is copied, and which slots it
// has, in the order of the text.

func copyOf[T any](n *T) *T {
	c := *n
	return &c
}

func (n *Query) shallow() Node        { return copyOf(n) }
func (n *With) shallow() Node         { return copyOf(n) }
func (n *CTE) shallow() Node          { return copyOf(n) }
func (n *SetOp) shallow() Node        { return copyOf(n) }
func (n *Values) shallow() Node       { return copyOf(n) }
func (n *Select) shallow() Node       { return copyOf(n) }
func (n *Into) shallow() Node         { return copyOf(n) }
func (n *SelectItem) shallow() Node   { return copyOf(n) }
func (n *GroupBy) shallow() Node      { return copyOf(n) }
func (n *OrderItem) shallow() Node    { return copyOf(n) }
func (n *WindowDef) shallow() Node    { return copyOf(n) }
func (n *WindowSpec) shallow() Node   { return copyOf(n) }
func (n *Frame) shallow() Node        { return copyOf(n) }
func (n *TableName) shallow() Node    { return copyOf(n) }
func (n *Subquery) shallow() Node     { return copyOf(n) }
func (n *TableFunc) shallow() Node    { return copyOf(n) }
func (n *SuperTable) shallow() Node   { return copyOf(n) }
func (n *Join) shallow() Node         { return copyOf(n) }
func (n *Pivot) shallow() Node        { return copyOf(n) }
func (n *Unpivot) shallow() Node      { return copyOf(n) }
func (n *ColumnRef) shallow() Node    { return copyOf(n) }
func (n *Star) shallow() Node         { return copyOf(n) }
func (n *NumberLit) shallow() Node    { return copyOf(n) }
func (n *StringLit) shallow() Node    { return copyOf(n) }
func (n *BoolLit) shallow() Node      { return copyOf(n) }
func (n *NullLit) shallow() Node      { return copyOf(n) }
func (n *TypedLit) shallow() Node     { return copyOf(n) }
func (n *IntervalLit) shallow() Node  { return copyOf(n) }
func (n *Param) shallow() Node        { return copyOf(n) }
func (n *DatePart) shallow() Node     { return copyOf(n) }
func (n *Unary) shallow() Node        { return copyOf(n) }
func (n *Binary) shallow() Node       { return copyOf(n) }
func (n *Is) shallow() Node           { return copyOf(n) }
func (n *IsDistinct) shallow() Node   { return copyOf(n) }
func (n *Between) shallow() Node      { return copyOf(n) }
func (n *InList) shallow() Node       { return copyOf(n) }
func (n *InQuery) shallow() Node      { return copyOf(n) }
func (n *Like) shallow() Node         { return copyOf(n) }
func (n *Exists) shallow() Node       { return copyOf(n) }
func (n *Quantified) shallow() Node   { return copyOf(n) }
func (n *ScalarQuery) shallow() Node  { return copyOf(n) }
func (n *Case) shallow() Node         { return copyOf(n) }
func (n *When) shallow() Node         { return copyOf(n) }
func (n *Cast) shallow() Node         { return copyOf(n) }
func (n *TypeName) shallow() Node     { return copyOf(n) }
func (n *FuncCall) shallow() Node     { return copyOf(n) }
func (n *Row) shallow() Node          { return copyOf(n) }
func (n *Array) shallow() Node        { return copyOf(n) }
func (n *Index) shallow() Node        { return copyOf(n) }
func (n *Field) shallow() Node        { return copyOf(n) }
func (n *AtTimeZone) shallow() Node   { return copyOf(n) }
func (n *GroupingSets) shallow() Node { return copyOf(n) }

func (n *Query) slots(v *visitor) {
	child(v, &n.With)
	child(v, &n.Body)
	children(v, &n.OrderBy)
	child(v, &n.Limit)
	child(v, &n.Offset)
}

func (n *With) slots(v *visitor) {
	children(v, &n.CTEs)
}

func (n *CTE) slots(v *visitor) {
	child(v, &n.Query)
}

func (n *SetOp) slots(v *visitor) {
	child(v, &n.Left)
	child(v, &n.Right)
}

func (n *Values) slots(v *visitor) {
	children(v, &n.Rows)
}

func (n *Select) slots(v *visitor) {
	child(v, &n.Top)
	children(v, &n.Items)
	child(v, &n.Into)
	children(v, &n.From)
	child(v, &n.Where)
	child(v, &n.StartWith)
	child(v, &n.ConnectBy)
	child(v, &n.GroupBy)
	child(v, &n.Having)
	children(v, &n.Windows)
	child(v, &n.Qualify)
}

func (*Into) slots(*visitor) {}

func (n *SelectItem) slots(v *visitor) {
	child(v, &n.Expr)
}

func (n *GroupBy) slots(v *visitor) {
	children(v, &n.Items)
}

func (n *OrderItem) slots(v *visitor) {
	child(v, &n.Expr)
}

func (n *WindowDef) slots(v *visitor) {
	child(v, &n.Spec)
}

func (n *WindowSpec) slots(v *visitor) {
	children(v, &n.PartitionBy)
	children(v, &n.OrderBy)
	child(v, &n.Frame)
}

func (n *Frame) slots(v *visitor) {
	child(v, &n.Low.Offset)
	child(v, &n.High.Offset)
}

func (*TableName) slots(*visitor) {}

func (n *Subquery) slots(v *visitor) {
	child(v, &n.Query)
}

func (n *TableFunc) slots(v *visitor) {
	child(v, &n.Call)
}

func (n *SuperTable) slots(v *visitor) {
	child(v, &n.Value)
}

func (n *Join) slots(v *visitor) {
	child(v, &n.Left)
	child(v, &n.Right)
	child(v, &n.On)
}

func (n *Pivot) slots(v *visitor) {
	child(v, &n.Source)
	child(v, &n.Aggregate)
	child(v, &n.For)
	children(v, &n.In)
}

func (n *Unpivot) slots(v *visitor) {
	child(v, &n.Source)
	children(v, &n.In)
}

func (*ColumnRef) slots(*visitor) {}

func (*Star) slots(*visitor) {}

func (*NumberLit) slots(*visitor) {}

func (*StringLit) slots(*visitor) {}

func (*BoolLit) slots(*visitor) {}

func (*NullLit) slots(*visitor) {}

func (n *TypedLit) slots(v *visitor) {
	child(v, &n.Type)
}

func (*IntervalLit) slots(*visitor) {}

func (*Param) slots(*visitor) {}

func (*DatePart) slots(*visitor) {}

func (n *Unary) slots(v *visitor) {
	child(v, &n.X)
}

func (n *Binary) slots(v *visitor) {
	child(v, &n.Left)
	child(v, &n.Right)
}

func (n *Is) slots(v *visitor) {
	child(v, &n.X)
}

func (n *IsDistinct) slots(v *visitor) {
	child(v, &n.Left)
	child(v, &n.Right)
}

func (n *Between) slots(v *visitor) {
	child(v, &n.X)
	child(v, &n.Low)
	child(v, &n.High)
}

func (n *InList) slots(v *visitor) {
	child(v, &n.X)
	children(v, &n.List)
}

func (n *InQuery) slots(v *visitor) {
	child(v, &n.X)
	child(v, &n.Query)
}

func (n *Like) slots(v *visitor) {
	child(v, &n.X)
	child(v, &n.Pattern)
	child(v, &n.Escape)
}

func (n *Exists) slots(v *visitor) {
	child(v, &n.Query)
}

func (n *Quantified) slots(v *visitor) {
	child(v, &n.X)
	child(v, &n.Query)
}

func (n *ScalarQuery) slots(v *visitor) {
	child(v, &n.Query)
}

func (n *Case) slots(v *visitor) {
	child(v, &n.Operand)
	children(v, &n.Whens)
	child(v, &n.Else)
}

func (n *When) slots(v *visitor) {
	child(v, &n.Cond)
	child(v, &n.Then)
}

func (n *Cast) slots(v *visitor) {
	child(v, &n.X)
	child(v, &n.Type)
}

func (n *TypeName) slots(v *visitor) {
	child(v, &n.Other)
}

func (n *FuncCall) slots(v *visitor) {
	children(v, &n.Args)
	children(v, &n.OrderBy)
	children(v, &n.WithinGroup)
	child(v, &n.Filter)
	child(v, &n.Over)
}

func (n *Row) slots(v *visitor) {
	children(v, &n.Items)
}

func (n *Array) slots(v *visitor) {
	children(v, &n.Items)
}

func (n *Index) slots(v *visitor) {
	child(v, &n.X)
	child(v, &n.Index)
}

func (n *Field) slots(v *visitor) {
	child(v, &n.X)
}

func (n *AtTimeZone) slots(v *visitor) {
	child(v, &n.X)
	child(v, &n.Zone)
}

func (n *GroupingSets) slots(v *visitor) {
	children(v, &n.Items)
}
