package ast

// RelationKind is a kind of relation.
type RelationKind uint8

// The kinds of relations.
const (
	Table RelationKind = iota
	View
	MaterializedView
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

// DropRelation is DROP TABLE, DROP VIEW or DROP MATERIALIZED VIEW.
type DropRelation struct {
	Span
	Kind     RelationKind
	IfExists bool
	Names    []Name
	Behavior Behavior
}

func (*DropRelation) statement() {}

func (n *DropRelation) shallow() Node { return copyOf(n) }

func (*DropRelation) slots(*visitor) {}
