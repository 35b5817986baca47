package ast

// CreateUser is CREATE USER name with its options, in their order.
type CreateUser struct {
	Span
	Name    Ident
	Options []*Option
}

// AlterUser is ALTER USER: options, a new name, or a parameter to set or reset.
type AlterUser struct {
	Span
	Name     Ident
	Options  []*Option
	RenameTo Ident
	Set      *Set
	Reset    *Reset
}

// CreateGroup is CREATE GROUP name WITH USER users.
type CreateGroup struct {
	Span
	Name  Ident
	Users []Ident
}

// AlterGroup is ALTER GROUP: Action add or drop for Users, or a new name.
type AlterGroup struct {
	Span
	Name     Ident
	Action   *Word
	Users    []Ident
	RenameTo Ident
}

// CreateRole is CREATE ROLE name EXTERNALID 'id'.
type CreateRole struct {
	Span
	Name       Ident
	ExternalID *StringLit
}

// AlterRole is ALTER ROLE: one of a new name, a new owner and an external id.
type AlterRole struct {
	Span
	Name       Ident
	RenameTo   Ident
	OwnerTo    Ident
	ExternalID *StringLit
}

// DropObject is the DROP of what is no relation and no routine: a user, group,
// role, library, datashare, model, template, rls policy or masking policy.
type DropObject struct {
	Span
	Kind     *Word
	IfExists bool
	Names    []Name
	Force    bool // of a role: take it from who has it
	Behavior Behavior
}

func (*CreateUser) statement()  {}
func (*AlterUser) statement()   {}
func (*CreateGroup) statement() {}
func (*AlterGroup) statement()  {}
func (*CreateRole) statement()  {}
func (*AlterRole) statement()   {}
func (*DropObject) statement()  {}

func (n *CreateUser) shallow() Node  { return copyOf(n) }
func (n *AlterUser) shallow() Node   { return copyOf(n) }
func (n *CreateGroup) shallow() Node { return copyOf(n) }
func (n *AlterGroup) shallow() Node  { return copyOf(n) }
func (n *CreateRole) shallow() Node  { return copyOf(n) }
func (n *AlterRole) shallow() Node   { return copyOf(n) }
func (n *DropObject) shallow() Node  { return copyOf(n) }

func (n *CreateUser) slots(v *visitor) {
	children(v, &n.Options)
}

func (n *AlterUser) slots(v *visitor) {
	children(v, &n.Options)
	child(v, &n.Set)
	child(v, &n.Reset)
}

func (*CreateGroup) slots(*visitor) {}

func (n *AlterGroup) slots(v *visitor) {
	child(v, &n.Action)
}

func (n *CreateRole) slots(v *visitor) {
	child(v, &n.ExternalID)
}

func (n *AlterRole) slots(v *visitor) {
	child(v, &n.ExternalID)
}

func (n *DropObject) slots(v *visitor) {
	child(v, &n.Kind)
}
