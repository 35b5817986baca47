package ast

// RoutineKind is a kind of routine.
type RoutineKind uint8

// The kinds of routines.
const (
	Function RoutineKind = iota
	Procedure
	ExternalFunction
)

// Argument is an argument of a routine, or a column that a policy reads.
type Argument struct {
	Span
	Mode *Word // in, out or inout
	Name Ident
	Type *TypeName
}

// Routine names a function or procedure; with Args, which may be empty and not
// nil, that of several with these arguments.
type Routine struct {
	Span
	Name   Name
	Parens bool // Args are there, if only as ()
	Args   []*Argument
}

// CreateRoutine is CREATE PROCEDURE, CREATE FUNCTION or CREATE EXTERNAL FUNCTION.
// The body is kept as text. Options are those of an external function.
type CreateRoutine struct {
	Span
	Kind       RoutineKind
	OrReplace  bool
	Routine    *Routine
	Returns    *TypeName
	NonAtomic  bool
	Volatility *Word // volatile, stable or immutable
	Body       *StringLit
	Language   Ident
	Security   *Word // invoker or definer
	Set        *Set
	Options    []*Option
}

// AlterRoutine is ALTER PROCEDURE or ALTER FUNCTION: a new name or owner, which
// is a user by name or, with Self, current_user or session_user.
type AlterRoutine struct {
	Span
	Kind     RoutineKind
	Routine  *Routine
	RenameTo Ident
	OwnerTo  Ident
	Self     *Word
}

// DropRoutine is DROP PROCEDURE or DROP FUNCTION.
type DropRoutine struct {
	Span
	Kind     RoutineKind
	IfExists bool
	Routines []*Routine
	Behavior Behavior
}

// Call is CALL procedure(values).
type Call struct {
	Span
	Procedure *FuncCall
}

// CreateLibrary is CREATE LIBRARY name LANGUAGE language FROM 'location'.
type CreateLibrary struct {
	Span
	OrReplace bool
	Name      Ident
	Language  Ident
	From      *StringLit
	Options   []*Option
}

func (*CreateRoutine) statement() {}
func (*AlterRoutine) statement()  {}
func (*DropRoutine) statement()   {}
func (*Call) statement()          {}
func (*CreateLibrary) statement() {}

func (n *Argument) shallow() Node      { return copyOf(n) }
func (n *Routine) shallow() Node       { return copyOf(n) }
func (n *CreateRoutine) shallow() Node { return copyOf(n) }
func (n *AlterRoutine) shallow() Node  { return copyOf(n) }
func (n *DropRoutine) shallow() Node   { return copyOf(n) }
func (n *Call) shallow() Node          { return copyOf(n) }
func (n *CreateLibrary) shallow() Node { return copyOf(n) }

func (n *Argument) slots(v *visitor) {
	child(v, &n.Mode)
	child(v, &n.Type)
}

func (n *Routine) slots(v *visitor) {
	children(v, &n.Args)
}

func (n *CreateRoutine) slots(v *visitor) {
	child(v, &n.Routine)
	child(v, &n.Returns)
	child(v, &n.Volatility)
	child(v, &n.Body)
	child(v, &n.Security)
	child(v, &n.Set)
	children(v, &n.Options)
}

func (n *AlterRoutine) slots(v *visitor) {
	child(v, &n.Routine)
	child(v, &n.Self)
}

func (n *DropRoutine) slots(v *visitor) {
	children(v, &n.Routines)
}

func (n *Call) slots(v *visitor) {
	child(v, &n.Procedure)
}

func (n *CreateLibrary) slots(v *visitor) {
	child(v, &n.From)
	children(v, &n.Options)
}
