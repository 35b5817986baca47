package ast

// Show is SHOW parameter or, without Parameter, SHOW ALL.
type Show struct {
	Span
	Parameter Name
}

// ShowObject is SHOW TABLE name and its kin: the definition of one thing. Kind is
// table, view, external table, procedure, function, model, template, or parameters of
// function or procedure; SHOW MODEL ALL has no Object.
type ShowObject struct {
	Span
	Kind      *Word
	Object    *Routine
	Partition bool       // of an external table: its partitions too
	Like      *StringLit // of parameters: those with such names
}

// ShowList is SHOW TABLES FROM SCHEMA name and its kin: what there is. What is
// databases, schemas, tables, columns, functions, ...; From names where, and its
// kind is In. The databases of a data catalog have the catalog's options, the
// policies on a table may be those For someone.
type ShowList struct {
	Span
	What    *Word
	In      *Word // database, schema, table or data catalog
	From    Name
	For     *Grantee
	Options []*Option
	Like    *StringLit
	Limit   *NumberLit
}

// ShowGrants is SHOW GRANTS ON something and SHOW GRANTS FOR someone; with
// Columns it is SHOW COLUMN GRANTS.
type ShowGrants struct {
	Span
	Columns  bool
	On       *Securable
	For      *Grantee
	Database Ident
	Like     *StringLit
	Limit    *NumberLit
}

// CreateDatashare is CREATE DATASHARE name.
type CreateDatashare struct {
	Span
	Name    Ident
	Options []*Option
}

// AlterDatashare is ALTER DATASHARE: Action add or remove for Objects, or
// options to set, for a schema where Schema names one.
type AlterDatashare struct {
	Span
	Name    Ident
	Action  *Word
	Objects *Securable
	Option  *Option
	Schema  Ident
}

// Describe is DESC DATASHARE name, which may be one of another account or
// namespace, or DESC IDENTITY PROVIDER name.
type Describe struct {
	Span
	Kind      *Word // datashare or identity provider
	Name      Ident
	Account   *StringLit
	Namespace *StringLit
}

func (*Show) statement()            {}
func (*ShowObject) statement()      {}
func (*ShowList) statement()        {}
func (*ShowGrants) statement()      {}
func (*CreateDatashare) statement() {}
func (*AlterDatashare) statement()  {}
func (*Describe) statement()        {}

func (n *Show) shallow() Node            { return copyOf(n) }
func (n *ShowObject) shallow() Node      { return copyOf(n) }
func (n *ShowList) shallow() Node        { return copyOf(n) }
func (n *ShowGrants) shallow() Node      { return copyOf(n) }
func (n *CreateDatashare) shallow() Node { return copyOf(n) }
func (n *AlterDatashare) shallow() Node  { return copyOf(n) }
func (n *Describe) shallow() Node        { return copyOf(n) }

func (*Show) slots(*visitor) {}

func (n *ShowObject) slots(v *visitor) {
	child(v, &n.Kind)
	child(v, &n.Object)
	child(v, &n.Like)
}

func (n *ShowList) slots(v *visitor) {
	child(v, &n.What)
	child(v, &n.In)
	child(v, &n.For)
	children(v, &n.Options)
	child(v, &n.Like)
	child(v, &n.Limit)
}

func (n *ShowGrants) slots(v *visitor) {
	child(v, &n.On)
	child(v, &n.For)
	child(v, &n.Like)
	child(v, &n.Limit)
}

func (n *CreateDatashare) slots(v *visitor) {
	children(v, &n.Options)
}

func (n *AlterDatashare) slots(v *visitor) {
	child(v, &n.Action)
	child(v, &n.Objects)
	child(v, &n.Option)
}

func (n *Describe) slots(v *visitor) {
	child(v, &n.Kind)
	child(v, &n.Account)
	child(v, &n.Namespace)
}
