package ast

// Alter is ALTER TABLE, MATERIALIZED VIEW, SCHEMA or DATABASE: one action, or of a
// table several ALTER COLUMN ... ENCODE. ALTER TABLE also renames views and gives
// them another owner.
type Alter struct {
	Span
	Kind    ObjectKind
	Name    Name
	Actions []AlterAction
}

// AlterAction is what an [Alter] does.
type AlterAction interface {
	Node
	action()
}

// RenameTo is RENAME TO name.
type RenameTo struct {
	Span
	Name Ident
}

// OwnerTo is OWNER TO user.
type OwnerTo struct {
	Span
	Owner Ident
}

// AddColumn is ADD [COLUMN] definition.
type AddColumn struct {
	Span
	Column *ColumnDef
}

// DropColumn is DROP [COLUMN] name.
type DropColumn struct {
	Span
	Column   Ident
	Behavior Behavior
}

// RenameColumn is RENAME COLUMN name TO name.
type RenameColumn struct {
	Span
	Column, To Ident
}

// AlterColumn is ALTER COLUMN name with a Type or an Encode.
type AlterColumn struct {
	Span
	Column Ident
	Type   *TypeName
	Encode *Word
}

// AddConstraint is ADD [CONSTRAINT name] key.
type AddConstraint struct {
	Span
	Constraint *TableConstraint
}

// DropConstraint is DROP CONSTRAINT name.
type DropConstraint struct {
	Span
	Name     Ident
	Behavior Behavior
}

// AlterAttributes is ALTER DISTSTYLE, DISTKEY, SORTKEY or ENCODE AUTO.
type AlterAttributes struct {
	Span
	Attributes *TableAttributes
}

// RowLevelSecurity is ROW LEVEL SECURITY ON or OFF.
type RowLevelSecurity struct {
	Span
	On            bool
	Conjunction   *Word // and or or
	ForDatashares bool
}

// DatashareMasking is MASKING ON or OFF FOR DATASHARES.
type DatashareMasking struct {
	Span
	On bool
}

// AppendFrom is APPEND FROM table: it moves that table's rows. Option says what
// happens where the columns differ.
type AppendFrom struct {
	Span
	Table  Name
	Option *Word // ignoreextra or filltarget
}

// AutoRefresh is AUTO REFRESH YES or NO, of a materialized view.
type AutoRefresh struct {
	Span
	Choice *Word // yes or no
}

func (*Alter) statement() {}

func (*RenameTo) action()         {}
func (*OwnerTo) action()          {}
func (*AddColumn) action()        {}
func (*DropColumn) action()       {}
func (*RenameColumn) action()     {}
func (*AlterColumn) action()      {}
func (*AddConstraint) action()    {}
func (*DropConstraint) action()   {}
func (*AlterAttributes) action()  {}
func (*RowLevelSecurity) action() {}
func (*DatashareMasking) action() {}
func (*AppendFrom) action()       {}
func (*AutoRefresh) action()      {}

func (n *Alter) shallow() Node            { return copyOf(n) }
func (n *RenameTo) shallow() Node         { return copyOf(n) }
func (n *OwnerTo) shallow() Node          { return copyOf(n) }
func (n *AddColumn) shallow() Node        { return copyOf(n) }
func (n *DropColumn) shallow() Node       { return copyOf(n) }
func (n *RenameColumn) shallow() Node     { return copyOf(n) }
func (n *AlterColumn) shallow() Node      { return copyOf(n) }
func (n *AddConstraint) shallow() Node    { return copyOf(n) }
func (n *DropConstraint) shallow() Node   { return copyOf(n) }
func (n *AlterAttributes) shallow() Node  { return copyOf(n) }
func (n *RowLevelSecurity) shallow() Node { return copyOf(n) }
func (n *DatashareMasking) shallow() Node { return copyOf(n) }
func (n *AppendFrom) shallow() Node       { return copyOf(n) }
func (n *AutoRefresh) shallow() Node      { return copyOf(n) }

func (n *Alter) slots(v *visitor) {
	children(v, &n.Actions)
}

func (*RenameTo) slots(*visitor) {}

func (*OwnerTo) slots(*visitor) {}

func (n *AddColumn) slots(v *visitor) {
	child(v, &n.Column)
}

func (*DropColumn) slots(*visitor) {}

func (*RenameColumn) slots(*visitor) {}

func (n *AlterColumn) slots(v *visitor) {
	child(v, &n.Type)
	child(v, &n.Encode)
}

func (n *AddConstraint) slots(v *visitor) {
	child(v, &n.Constraint)
}

func (*DropConstraint) slots(*visitor) {}

func (n *AlterAttributes) slots(v *visitor) {
	child(v, &n.Attributes)
}

func (n *RowLevelSecurity) slots(v *visitor) {
	child(v, &n.Conjunction)
}

func (*DatashareMasking) slots(*visitor) {}

func (n *AppendFrom) slots(v *visitor) {
	child(v, &n.Option)
}

func (n *AutoRefresh) slots(v *visitor) {
	child(v, &n.Choice)
}
