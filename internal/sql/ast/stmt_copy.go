package ast

import (
	"fmt"
	"io"
)

// Secret is a string that must not be shown: a password or a key. However it is
// formatted it reads '***'; only the printer, which has to write the statement
// out in full, asks for its value.
type Secret struct {
	Span
	value string
}

// NewSecret makes a secret of its value.
func NewSecret(span Span, value string) *Secret { return &Secret{Span: span, value: value} }

// Reveal returns the value.
func (n *Secret) Reveal() string { return n.value }

// Format writes '***' for every verb.
func (*Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, "'***'") }

// Amount is a number and its unit: the 100 MB of MAXFILESIZE 100 MB.
type Amount struct {
	Span
	Number *NumberLit
	Unit   *Word // kb, mb or gb
}

// Copy is COPY table (columns) FROM source, with options in their order. Of the
// words that only please the reader (FORMAT, AS, WITH) nothing is kept. Job is
// the last clause, which makes a job of the statement.
type Copy struct {
	Span
	Table   Name
	Columns []Ident
	From    *StringLit
	Options []*Option
	Job     *CopyJob
}

// CopyJob is the clause JOB CREATE of [Copy], or the statement COPY JOB: Action
// is what is done with the job, Auto whether it loads new files by itself.
type CopyJob struct {
	Span
	Action *Word // create, alter, drop, run, show or list
	Name   Ident // empty for list
	Auto   *Word // on or off
}

// CreateTemplate is CREATE TEMPLATE name FOR COPY: options for COPY to use.
type CreateTemplate struct {
	Span
	OrReplace bool
	Name      Name
	Options   []*Option
}

// Unload is UNLOAD ('query') TO location with its options. The query stands in
// a string; its nodes have the places that their text has in the statement.
type Unload struct {
	Span
	Query       *Query
	To          *StringLit
	PartitionBy []Ident
	Include     bool // the partition columns stay in the files
	Options     []*Option
}

func (*Copy) statement()           {}
func (*CopyJob) statement()        {}
func (*CreateTemplate) statement() {}
func (*Unload) statement()         {}

func (*Secret) expr() {}
func (*Amount) expr() {}

func (n *Secret) shallow() Node         { return copyOf(n) }
func (n *Amount) shallow() Node         { return copyOf(n) }
func (n *Copy) shallow() Node           { return copyOf(n) }
func (n *CopyJob) shallow() Node        { return copyOf(n) }
func (n *CreateTemplate) shallow() Node { return copyOf(n) }
func (n *Unload) shallow() Node         { return copyOf(n) }

func (*Secret) slots(*visitor) {}

func (n *Amount) slots(v *visitor) {
	child(v, &n.Number)
	child(v, &n.Unit)
}

func (n *Copy) slots(v *visitor) {
	child(v, &n.From)
	children(v, &n.Options)
	child(v, &n.Job)
}

func (n *CopyJob) slots(v *visitor) {
	child(v, &n.Action)
	child(v, &n.Auto)
}

func (n *CreateTemplate) slots(v *visitor) {
	children(v, &n.Options)
}

func (n *Unload) slots(v *visitor) {
	child(v, &n.Query)
	child(v, &n.To)
	children(v, &n.Options)
}
