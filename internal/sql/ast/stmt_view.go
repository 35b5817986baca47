package ast

// CreateView is CREATE [OR REPLACE] VIEW name (columns) AS query. With
// NoSchemaBinding the view is not bound to what its query reads.
type CreateView struct {
	Span
	OrReplace       bool
	Name            Name
	Columns         []Ident
	Query           *Query
	NoSchemaBinding bool
}

// CreateMaterializedView is CREATE MATERIALIZED VIEW name AS query.
type CreateMaterializedView struct {
	Span
	Name        Name
	Attributes  *TableAttributes
	AutoRefresh *Word // yes or no
	Query       *Query
}

// RefreshMaterializedView is REFRESH MATERIALIZED VIEW; with CASCADE it refreshes
// what the view reads first.
type RefreshMaterializedView struct {
	Span
	Name     Name
	Behavior Behavior
}

// CreateExternalView is CREATE EXTERNAL [PROTECTED] VIEW name AS query, a view in
// the Data Catalog.
type CreateExternalView struct {
	Span
	Protected   bool
	IfNotExists bool
	Name        Name
	Query       *Query
}

// AlterExternalView gives a view in the Data Catalog another query or, without
// Query, removes Redshift's.
type AlterExternalView struct {
	Span
	Name  Name
	Force bool
	Query *Query
}

func (*CreateView) statement()              {}
func (*CreateMaterializedView) statement()  {}
func (*RefreshMaterializedView) statement() {}
func (*CreateExternalView) statement()      {}
func (*AlterExternalView) statement()       {}

func (n *CreateView) shallow() Node              { return copyOf(n) }
func (n *CreateMaterializedView) shallow() Node  { return copyOf(n) }
func (n *RefreshMaterializedView) shallow() Node { return copyOf(n) }
func (n *CreateExternalView) shallow() Node      { return copyOf(n) }
func (n *AlterExternalView) shallow() Node       { return copyOf(n) }

func (n *CreateView) slots(v *visitor) {
	child(v, &n.Query)
}

func (n *CreateMaterializedView) slots(v *visitor) {
	child(v, &n.Attributes)
	child(v, &n.AutoRefresh)
	child(v, &n.Query)
}

func (*RefreshMaterializedView) slots(*visitor) {}

func (n *CreateExternalView) slots(v *visitor) {
	child(v, &n.Query)
}

func (n *AlterExternalView) slots(v *visitor) {
	child(v, &n.Query)
}
