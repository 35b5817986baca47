package view

import (
	"slices"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/bind"
)

// Relation is a bag of rows that takes part in a refresh: a relation that the
// model reads, or a stage of the model. A stage that is a [Bag] need not be
// stored, as its delta and its rows follow from those of what it reads.
type Relation struct {
	Name    schema.Name // of a stage that is not stored: for people only
	Kind    Kind        // "" for what the model reads
	Stored  bool
	Columns []schema.Column
	// State are further columns that a stored stage keeps for its own refresh.
	State []schema.Column
	// Keys are the columns of Input that split a merge or keyed stage, and Held
	// the columns of the stage itself that hold them.
	Keys, Held []string

	// First are the columns of a keyed stage by the columns of Input that they hold, where
	// each key has its first few rows: among those and what comes are the first few then.
	First map[string]string

	Branches []*Branch // of a bag: its rows are those of all branches
	Input    *Relation // of any other stage

	Reason *fault.Error // why a stage is full

	used   map[string]bool // columns that something reads
	groups *groups         // of a merge
	query  *ast.Query      // of a keyed and a full stage, over Input as "#in"
}

// input is the alias under which a stage reads its Input.
const input = "#in"

// Used lists the columns that stages read, in their order.
func (r *Relation) Used() []string {
	var out []string
	for _, c := range r.Columns {
		if r.used[c.Name] {
			out = append(out, c.Name)
		}
	}
	if len(out) == 0 {
		return []string{r.Columns[0].Name} // it is read for its number of rows
	}
	return out
}

// Reading lists the columns that are read of a stored relation: all of a stage, and
// of what the model reads those that are used.
func (r *Relation) Reading() []string {
	if r.Kind == "" {
		return r.Used()
	}
	var names []string
	for _, c := range r.All() {
		names = append(names, c.Name)
	}
	return names
}

// All are the columns of a stored stage, the ones that users see first.
func (r *Relation) All() []schema.Column { return slices.Concat(r.Columns, r.State) }

// column finds a column of the relation, or of its state.
func (r *Relation) column(name string) (schema.Column, bool) {
	for _, c := range r.All() {
		if c.Name == name {
			return c, true
		}
	}
	return schema.Column{}, false
}

// Branch is one SELECT without groups and windows. It reads leaves, each under
// an alias of its own: those of FROM, and those that subqueries in its conditions
// and expressions read.
type Branch struct {
	Leaves []*Leaf
	Edges  []Edge
	// Moves is set if a condition compares with the clock: rows come and leave
	// as the label moves.
	Moves bool

	stage  *Relation   // whose rows they are
	sel    *ast.Select // FROM names each leaf as #leaf.alias
	clocks []ast.Expr  // the conditions of WHERE that read the clock; sel has the others
	items  []*ast.SelectItem
	info   *bind.Info // of the model's plain form, for the clocks
}

// Leaf is one use of a relation in a branch.
type Leaf struct {
	Alias string
	Of    *Relation
	// Linear leaves pass their signed rows on. The rows that another leaf's change
	// touches (the optional side of an outer join, the relation of a subquery) are
	// those whose Outer values are the leaf's Inner values; all rows if it has none.
	Linear       bool
	Outer, Inner []ast.Expr
	// Full is set for the sides of a full join: rows with a NULL key are there
	// without a match, so that NULL is equal to NULL among Outer and Inner. Rows
	// whose Or values are the Inner ones are touched too, if there are any: those
	// of the other side, where Outer are of one side only.
	Full bool
	Or   []ast.Expr
	// Loose is set for a subquery whose NULLs matter to rows with other keys:
	// those of NOT IN.
	Loose bool
	// Once is set for a subquery that asks whether there are rows, not how many: of
	// equal rows one is enough.
	Once bool

	names []ast.Ident // of its columns, where FROM renames them
}

// Edge is an equality of columns of two leaves by which the rows of one are found
// from those of the other. It may be followed from A to B; from B to A if B is
// where the change is, or if both are plainly joined.
type Edge struct {
	A, B             *Leaf
	AColumn, BColumn string // of the leaves' relations
	// Outer is set for the condition of an outer join, whose optional side B is;
	// with Full, A is optional too, and the edge holds only where one of them is
	// what changes.
	Outer, Full bool
}

// leafSchema is the schema under which statements name leaves; what they stand
// for is filled in when a statement is written.
const leafSchema = "#leaf"

// source is the leaf's column that a name in the branch stands for.
func (l *Leaf) source(name string) string {
	for i, id := range l.names {
		if id.Name == name {
			return l.Of.Columns[i].Name
		}
	}
	return name
}

// Passes is the column of a leaf's relation that a column of the branch is, as it
// is, if rows can be found by it.
func (b *Branch) Passes(name string, l *Leaf) (string, bool) {
	for _, it := range b.items {
		if it.Alias.Name != name {
			continue
		}
		if alias, column, ok := plainColumn(it.Expr); ok && alias == l.Alias {
			c, found := l.Of.column(l.source(column))
			return c.Name, found && findable(c.Type, c.Type)
		}
	}
	return "", false
}

// OnlyExistence reports a leaf of which no more is asked than which of its keys there are.
func (l *Leaf) OnlyExistence() bool {
	keys := l.PlainInner()
	more := func(read string) bool { return !slices.Contains(keys, read) }
	return l.Once && !l.Full && !l.Loose && len(keys) > 0 && !slices.ContainsFunc(l.Of.Reading(), more)
}

// PlainInner are the columns by which the changed rows of an optional leaf find the leaf's
// own rows, each once.
func (l *Leaf) PlainInner() []string {
	columns := l.InnerColumns()
	slices.Sort(columns) // one may be compared with several
	return slices.DeleteFunc(slices.Compact(columns), func(c string) bool { return c == "" })
}

// InnerColumns are the columns of the leaf's relation that Inner are, "" for an
// expression of them.
func (l *Leaf) InnerColumns() []string {
	out := make([]string, len(l.Inner))
	for i, e := range l.Inner {
		if alias, name, ok := plainColumn(e); ok && alias == l.Alias {
			if c, found := l.Of.column(l.source(name)); found && findable(c.Type, c.Type) {
				out[i] = c.Name
			}
		}
	}
	return out
}
