package ast

// Grant is GRANT or REVOKE. What is granted is privileges on a target, roles, or
// without both privileges of the system.
type Grant struct {
	Span
	Revoke     bool
	OptionOnly *Word // of a REVOKE: only the option to pass on is taken, grant or admin
	Privileges []*Privilege
	Roles      []Ident
	On         *Securable
	Grantees   []*Grantee
	For        []*Word // of ASSUMEROLE: the commands that may use the role
	Behavior   Behavior
}

// Privilege is one privilege and, where it is limited to columns, these. The
// privilege named all is every one there is.
type Privilege struct {
	Span
	Name    string // in lower case, with a space between words
	Columns []Ident
}

// Securable is what privileges are granted on. Kind says what Names are: table,
// schema, database, function, all tables in schema, ... A kind such as tables is
// every one there is or will be in the scope that Schema and Database give, or in
// ALTER DEFAULT PRIVILEGES every one that is made from now on.
type Securable struct {
	Span
	Kind     *Word
	Names    []Name
	Routines []*Routine   // functions and procedures have these in place of Names
	Roles    []*StringLit // IAM roles, of ASSUMEROLE
	Schema   Ident
	Database Ident
}

// Grantee is who gets or loses privileges. Kind is nil for a user, or role,
// group, public, iam_role, namespace, account, rls policy or masking policy.
type Grantee struct {
	Span
	Kind       *Word
	Name       Name
	ID         *StringLit // of an iam_role, namespace or account
	ViaCatalog bool       // the account gets a datashare via the data catalog
	WithOption *Word      // grant or admin: may pass on what it gets
}

// DefaultPrivileges is ALTER DEFAULT PRIVILEGES: a GRANT or REVOKE for what users
// will make in schemas.
type DefaultPrivileges struct {
	Span
	Users   []Ident
	Schemas []Ident
	Grant   *Grant
}

// CreatePolicy is CREATE or, with Alter, ALTER RLS POLICY and MASKING POLICY.
// Using has the condition of an RLS policy or the values that mask columns.
type CreatePolicy struct {
	Span
	Alter       bool
	Masking     bool
	IfNotExists bool
	Name        Name
	Columns     []*Argument
	Alias       Ident
	Using       []Expr
}

// AttachPolicy is ATTACH or, with Detach, DETACH RLS POLICY and MASKING POLICY.
type AttachPolicy struct {
	Span
	Detach   bool
	Masking  bool
	Policy   Name
	Tables   []Name
	Columns  []Expr // of a masking policy: columns that are masked, or paths in them
	Inputs   []Expr // of a masking policy: what its arguments are, if not Columns
	Grantees []*Grantee
	Priority *NumberLit
}

func (*Grant) statement()             {}
func (*DefaultPrivileges) statement() {}
func (*CreatePolicy) statement()      {}
func (*AttachPolicy) statement()      {}

func (n *Grant) shallow() Node             { return copyOf(n) }
func (n *Privilege) shallow() Node         { return copyOf(n) }
func (n *Securable) shallow() Node         { return copyOf(n) }
func (n *Grantee) shallow() Node           { return copyOf(n) }
func (n *DefaultPrivileges) shallow() Node { return copyOf(n) }
func (n *CreatePolicy) shallow() Node      { return copyOf(n) }
func (n *AttachPolicy) shallow() Node      { return copyOf(n) }

func (n *Grant) slots(v *visitor) {
	child(v, &n.OptionOnly)
	children(v, &n.Privileges)
	child(v, &n.On)
	children(v, &n.Grantees)
	children(v, &n.For)
}

func (*Privilege) slots(*visitor) {}

func (n *Securable) slots(v *visitor) {
	child(v, &n.Kind)
	children(v, &n.Routines)
	children(v, &n.Roles)
}

func (n *Grantee) slots(v *visitor) {
	child(v, &n.Kind)
	child(v, &n.ID)
	child(v, &n.WithOption)
}

func (n *DefaultPrivileges) slots(v *visitor) {
	child(v, &n.Grant)
}

func (n *CreatePolicy) slots(v *visitor) {
	children(v, &n.Columns)
	children(v, &n.Using)
}

func (n *AttachPolicy) slots(v *visitor) {
	children(v, &n.Columns)
	children(v, &n.Inputs)
	children(v, &n.Grantees)
	child(v, &n.Priority)
}
