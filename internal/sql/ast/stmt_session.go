package ast

// Prepare is PREPARE name (types) AS statement.
type Prepare struct {
	Span
	Name      Ident
	Types     []*TypeName
	Statement Statement
}

// Execute is EXECUTE name (values).
type Execute struct {
	Span
	Name Ident
	Args []Expr
}

// Deallocate is DEALLOCATE name; without Name it is DEALLOCATE ALL.
type Deallocate struct {
	Span
	Name Ident
}

// DeclareCursor is DECLARE name CURSOR FOR query.
type DeclareCursor struct {
	Span
	Name  Ident
	Query *Query
}

// Fetch is FETCH from a cursor: the next row or, with Count, as many rows, or All
// that are left.
type Fetch struct {
	Span
	Count  Expr
	All    bool
	Cursor Ident
}

// CloseCursor is CLOSE cursor.
type CloseCursor struct {
	Span
	Cursor Ident
}

// TransactionModes say how a transaction reads and writes.
type TransactionModes struct {
	Isolation *Word // serializable, repeatable read, read committed, read uncommitted or snapshot
	Access    *Word // read only or read write
}

// Begin is BEGIN or START TRANSACTION.
type Begin struct {
	Span
	Modes TransactionModes
}

// Commit is COMMIT or END.
type Commit struct {
	Span
}

// Rollback is ROLLBACK or ABORT or, with Savepoint, ROLLBACK TO SAVEPOINT.
type Rollback struct {
	Span
	Savepoint Ident
}

// Savepoint is SAVEPOINT name or, with Release, RELEASE SAVEPOINT name. Redshift
// has no savepoints; drivers send them.
type Savepoint struct {
	Span
	Release bool
	Name    Ident
}

// SetTransaction is SET TRANSACTION or, with Session, SET SESSION CHARACTERISTICS
// AS TRANSACTION.
type SetTransaction struct {
	Span
	Session bool
	Modes   TransactionModes
}

// NameValue is a name that stands as a value: the public of SET search_path TO
// public.
type NameValue struct {
	Span
	Name Name
}

// List is values with commas between them: the groups of IN GROUP a, b.
type List struct {
	Span
	Items []Expr
}

// Set is SET parameter TO values. A value is a string, a number, a [Word] such as
// ON, a [NameValue], or [Default] alone. The parameter of SET TIME ZONE is
// timezone.
type Set struct {
	Span
	Scope     *Word // session or local
	Parameter Name
	Values    []Expr
}

// SetAuthorization is SET SESSION AUTHORIZATION user, or DEFAULT without User.
type SetAuthorization struct {
	Span
	Local bool
	User  Ident
}

// Reset is RESET parameter or, without Parameter, RESET ALL.
type Reset struct {
	Span
	Parameter Name
}

// Explain is EXPLAIN [VERBOSE] statement.
type Explain struct {
	Span
	Verbose   bool
	Statement Statement
}

// Lock is LOCK TABLE tables.
type Lock struct {
	Span
	Tables []Name
}

// Cancel is CANCEL process 'message'.
type Cancel struct {
	Span
	Process *NumberLit
	Message *StringLit
}

// Use is USE database.
type Use struct {
	Span
	Database Ident
}

func (*Prepare) statement()          {}
func (*Execute) statement()          {}
func (*Deallocate) statement()       {}
func (*DeclareCursor) statement()    {}
func (*Fetch) statement()            {}
func (*CloseCursor) statement()      {}
func (*Begin) statement()            {}
func (*Commit) statement()           {}
func (*Rollback) statement()         {}
func (*Savepoint) statement()        {}
func (*SetTransaction) statement()   {}
func (*Set) statement()              {}
func (*SetAuthorization) statement() {}
func (*Reset) statement()            {}
func (*Explain) statement()          {}
func (*Lock) statement()             {}
func (*Cancel) statement()           {}
func (*Use) statement()              {}

func (*NameValue) expr() {}
func (*List) expr()      {}

func (n *Prepare) shallow() Node          { return copyOf(n) }
func (n *Execute) shallow() Node          { return copyOf(n) }
func (n *Deallocate) shallow() Node       { return copyOf(n) }
func (n *DeclareCursor) shallow() Node    { return copyOf(n) }
func (n *Fetch) shallow() Node            { return copyOf(n) }
func (n *CloseCursor) shallow() Node      { return copyOf(n) }
func (n *Begin) shallow() Node            { return copyOf(n) }
func (n *Commit) shallow() Node           { return copyOf(n) }
func (n *Rollback) shallow() Node         { return copyOf(n) }
func (n *Savepoint) shallow() Node        { return copyOf(n) }
func (n *SetTransaction) shallow() Node   { return copyOf(n) }
func (n *NameValue) shallow() Node        { return copyOf(n) }
func (n *List) shallow() Node             { return copyOf(n) }
func (n *Set) shallow() Node              { return copyOf(n) }
func (n *SetAuthorization) shallow() Node { return copyOf(n) }
func (n *Reset) shallow() Node            { return copyOf(n) }
func (n *Explain) shallow() Node          { return copyOf(n) }
func (n *Lock) shallow() Node             { return copyOf(n) }
func (n *Cancel) shallow() Node           { return copyOf(n) }
func (n *Use) shallow() Node              { return copyOf(n) }

func (n *Prepare) slots(v *visitor) {
	children(v, &n.Types)
	child(v, &n.Statement)
}

func (n *Execute) slots(v *visitor) {
	children(v, &n.Args)
}

func (*Deallocate) slots(*visitor) {}

func (n *DeclareCursor) slots(v *visitor) {
	child(v, &n.Query)
}

func (n *Fetch) slots(v *visitor) {
	child(v, &n.Count)
}

func (*CloseCursor) slots(*visitor) {}

func (n *Begin) slots(v *visitor) { n.Modes.slots(v) }

func (m *TransactionModes) slots(v *visitor) {
	child(v, &m.Isolation)
	child(v, &m.Access)
}

func (*Commit) slots(*visitor) {}

func (*Rollback) slots(*visitor) {}

func (*Savepoint) slots(*visitor) {}

func (n *SetTransaction) slots(v *visitor) { n.Modes.slots(v) }

func (*NameValue) slots(*visitor) {}

func (n *List) slots(v *visitor) {
	children(v, &n.Items)
}

func (n *Set) slots(v *visitor) {
	child(v, &n.Scope)
	children(v, &n.Values)
}

func (*SetAuthorization) slots(*visitor) {}

func (*Reset) slots(*visitor) {}

func (n *Explain) slots(v *visitor) {
	child(v, &n.Statement)
}

func (*Lock) slots(*visitor) {}

func (n *Cancel) slots(v *visitor) {
	child(v, &n.Process)
	child(v, &n.Message)
}

func (*Use) slots(*visitor) {}
