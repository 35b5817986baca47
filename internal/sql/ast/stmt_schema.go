package ast

// CreateSchema is CREATE SCHEMA name, or CREATE SCHEMA AUTHORIZATION owner, whose
// schema has the owner's name. Elements are the statements that make objects in
// it and grant rights on them.
type CreateSchema struct {
	Span
	IfNotExists bool
	Name        Name
	Owner       Ident
	Quota       *Quota
	Elements    []Statement
}

// Quota is how much disk space a schema may take; without Size it is UNLIMITED.
type Quota struct {
	Span
	Size *NumberLit
	Unit *Word // mb, gb or tb; megabytes if nil
}

// SetQuota is QUOTA ..., of a schema.
type SetQuota struct {
	Span
	Quota *Quota
}

// CreateDatabase is CREATE DATABASE. Its options are connection limit, collate,
// isolation level and iam_role.
type CreateDatabase struct {
	Span
	Name    Ident
	From    DatabaseSource
	Owner   Ident
	Options []*Option
}

// DatabaseSource is where the contents of a database come from.
type DatabaseSource interface {
	Node
	source()
}

// FromIntegration makes the database of a zero-ETL integration.
type FromIntegration struct {
	Span
	ID       *StringLit
	Database *StringLit
	Options  []*Option // as in SetIntegration
}

// FromArn makes a database of a catalog; without Schema it is WITH NO DATA
// CATALOG SCHEMA.
type FromArn struct {
	Span
	Arn    *StringLit
	Schema *StringLit
}

// FromDatashare makes a database of a share.
type FromDatashare struct {
	Span
	WithPermissions bool
	Share           Ident
	Account         *StringLit
	Namespace       *StringLit
}

// SetDatabase changes options of a database: connection limit, collate, isolation
// level.
type SetDatabase struct {
	Span
	Options []*Option
}

// RefreshIntegration is INTEGRATION REFRESH, of a database.
type RefreshIntegration struct {
	Span
	Tables *IntegrationTables
}

// SetIntegration is INTEGRATION SET, of a database: query_all_states,
// acceptinvchars, refresh_interval, truncatecolumns, history_mode.
type SetIntegration struct {
	Span
	Options []*Option
	Tables  *IntegrationTables // that history_mode is for
}

// IntegrationTables are tables of an integration: all, or those in error, of some
// schemas or of every one; or else single Tables.
type IntegrationTables struct {
	Span
	Which   *Word // all or inerror
	Schemas []Ident
	Tables  []Name
}

func (*CreateSchema) statement()   {}
func (*CreateDatabase) statement() {}

func (*FromIntegration) source() {}
func (*FromArn) source()         {}
func (*FromDatashare) source()   {}

func (*SetQuota) action()           {}
func (*SetDatabase) action()        {}
func (*RefreshIntegration) action() {}
func (*SetIntegration) action()     {}

func (n *CreateSchema) shallow() Node       { return copyOf(n) }
func (n *Quota) shallow() Node              { return copyOf(n) }
func (n *SetQuota) shallow() Node           { return copyOf(n) }
func (n *CreateDatabase) shallow() Node     { return copyOf(n) }
func (n *FromIntegration) shallow() Node    { return copyOf(n) }
func (n *FromArn) shallow() Node            { return copyOf(n) }
func (n *FromDatashare) shallow() Node      { return copyOf(n) }
func (n *SetDatabase) shallow() Node        { return copyOf(n) }
func (n *RefreshIntegration) shallow() Node { return copyOf(n) }
func (n *SetIntegration) shallow() Node     { return copyOf(n) }
func (n *IntegrationTables) shallow() Node  { return copyOf(n) }

func (n *CreateSchema) slots(v *visitor) {
	child(v, &n.Quota)
	children(v, &n.Elements)
}

func (n *Quota) slots(v *visitor) {
	child(v, &n.Size)
	child(v, &n.Unit)
}

func (n *SetQuota) slots(v *visitor) {
	child(v, &n.Quota)
}

func (n *CreateDatabase) slots(v *visitor) {
	child(v, &n.From)
	children(v, &n.Options)
}

func (n *FromIntegration) slots(v *visitor) {
	child(v, &n.ID)
	child(v, &n.Database)
	children(v, &n.Options)
}

func (n *FromArn) slots(v *visitor) {
	child(v, &n.Arn)
	child(v, &n.Schema)
}

func (n *FromDatashare) slots(v *visitor) {
	child(v, &n.Account)
	child(v, &n.Namespace)
}

func (n *SetDatabase) slots(v *visitor) {
	children(v, &n.Options)
}

func (n *RefreshIntegration) slots(v *visitor) {
	child(v, &n.Tables)
}

func (n *SetIntegration) slots(v *visitor) {
	children(v, &n.Options)
	child(v, &n.Tables)
}

func (n *IntegrationTables) slots(v *visitor) {
	child(v, &n.Which)
}
