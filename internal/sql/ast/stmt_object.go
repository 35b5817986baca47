package ast

// ObjectKind is a kind of what statements create, alter and drop.
type ObjectKind uint8

// The kinds of objects.
const (
	ObjectTable ObjectKind = iota
	ObjectView
	ObjectMaterializedView
	ObjectExternalView
	ObjectSchema
	ObjectDatabase
	ObjectColumn     // in COMMENT ON
	ObjectConstraint // in COMMENT ON
)

// Behavior says what happens to what depends on something that is dropped. In
// Redshift RESTRICT is the default.
type Behavior uint8

// The behaviors.
const (
	BehaviorUnsaid Behavior = iota
	Cascade
	Restrict
)

// Drop is DROP TABLE, VIEW, MATERIALIZED VIEW, EXTERNAL VIEW, SCHEMA or DATABASE.
type Drop struct {
	Span
	Kind             ObjectKind
	IfExists         bool
	Names            []Name
	ExternalDatabase bool // DROP EXTERNAL DATABASE, of an external schema
	Force            bool // of a database
	Behavior         Behavior
}

func (*Drop) statement() {}

func (n *Drop) shallow() Node { return copyOf(n) }

func (*Drop) slots(*visitor) {}
