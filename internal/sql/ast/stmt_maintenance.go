package ast

// Truncate is TRUNCATE [TABLE] name: it deletes every row.
type Truncate struct {
	Span
	Table Name
}

// CommentOn is COMMENT ON object IS text; without Text it is IS NULL, which
// removes the comment. Of a column the name's last part is the column's.
type CommentOn struct {
	Span
	Kind ObjectKind
	Name Name
	On   Name // the table of a constraint
	Text *StringLit
}

// Analyze is ANALYZE, of every table or of one, and of some of its columns.
type Analyze struct {
	Span
	Verbose bool
	Table   Name
	Columns []Ident
	Which   *Word // predicate or all columns
}

// AnalyzeCompression is ANALYZE COMPRESSION, which reports encodings.
type AnalyzeCompression struct {
	Span
	Table    Name
	Columns  []Ident
	CompRows *NumberLit
}

// Vacuum is VACUUM, of every table or of one.
type Vacuum struct {
	Span
	What      *Word // full, sort, delete, reindex or recluster
	Table     Name
	Threshold *NumberLit // TO n PERCENT
	Boost     bool
}

// AlterSystem is ALTER SYSTEM SET name = on or off, for a whole cluster.
type AlterSystem struct {
	Span
	Name Ident
	On   bool
}

func (*AlterSystem) statement()        {}
func (*Truncate) statement()           {}
func (*CommentOn) statement()          {}
func (*Analyze) statement()            {}
func (*AnalyzeCompression) statement() {}
func (*Vacuum) statement()             {}

func (n *AlterSystem) shallow() Node        { return copyOf(n) }
func (n *Truncate) shallow() Node           { return copyOf(n) }
func (n *CommentOn) shallow() Node          { return copyOf(n) }
func (n *Analyze) shallow() Node            { return copyOf(n) }
func (n *AnalyzeCompression) shallow() Node { return copyOf(n) }
func (n *Vacuum) shallow() Node             { return copyOf(n) }

func (*AlterSystem) slots(*visitor) {}

func (*Truncate) slots(*visitor) {}

func (n *CommentOn) slots(v *visitor) {
	child(v, &n.Text)
}

func (n *Analyze) slots(v *visitor) {
	child(v, &n.Which)
}

func (n *AnalyzeCompression) slots(v *visitor) {
	child(v, &n.CompRows)
}

func (n *Vacuum) slots(v *visitor) {
	child(v, &n.What)
	child(v, &n.Threshold)
}
