package bind

import (
	"cmp"
	"slices"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/ast"
)

// Catalog knows the relations that a query may read. Implementations are safe
// for the single goroutine that binds; Names is called only to make suggestions.
type Catalog interface {
	// Table finds a relation by its full name.
	Table(name schema.Name) (*schema.Table, bool)
	// Names lists all relations.
	Names() []schema.Name
}

// Options say what is bound and how its errors are shown.
type Options struct {
	// File and Text are the query's file and text, for positions and source lines.
	File, Text string
	// Model asks for what a stored view needs: every output has a name of its own,
	// and no function is random.
	Model bool
	// SearchPath lists the schemas where names without one are looked up, in
	// order; empty means "public", Redshift's default.
	SearchPath []string
}

// Result is a bound query.
type Result struct {
	Query     *ast.Query
	Options   Options
	Info      *Info
	Columns   []schema.Column
	Relations []Relation // base relations read, sorted by name, each once
	Lineage   []Lineage  // one for each of Columns
	// UsesNow is set if the answer depends on the clock.
	UsesNow  bool
	Warnings fault.List
}

// Relation is a base relation and the place where the query first names it.
type Relation struct {
	Name schema.Name
	Pos  fault.Position
}

// Source is a column of a base relation.
type Source struct {
	Relation schema.Name
	Column   string
}

// Compare orders sources by relation, then column.
func (s Source) Compare(o Source) int {
	return cmp.Or(s.Relation.Compare(o.Relation), cmp.Compare(s.Column, o.Column))
}

// String prints schema.relation.column.
func (s Source) String() string { return s.Relation.String() + "." + s.Column }

// Lineage is where an output column's value comes from, sorted.
type Lineage struct {
	Column  string
	Sources []Source
}

// Bind resolves and types a query. The error is a [fault.List] with all faults
// found, in the order of the text.
func Bind(q *ast.Query, cat Catalog, opts Options) (*Result, error) {
	if len(opts.SearchPath) == 0 {
		opts.SearchPath = []string{"public"}
	}
	b := &binder{
		cat: cat, opts: opts,
		info:      newInfo(),
		relations: map[schema.Name]ast.Pos{},
		ungrouped: map[ast.Pos]bool{},
	}
	outputs := b.query(q, nil, nil)
	b.settle(outputs)
	if opts.Model {
		b.requireNames(outputs)
	}
	if len(b.faults) > 0 {
		b.faults.Sort()
		return nil, b.faults
	}
	b.warnings.Sort()
	res := &Result{Query: q, Options: opts, Info: b.info, UsesNow: b.usesNow, Warnings: b.warnings}
	for _, o := range outputs {
		res.Columns = append(res.Columns, schema.Column{Name: o.Name, Type: o.Type})
		res.Lineage = append(res.Lineage, Lineage{Column: o.Name, Sources: o.Sources})
	}
	for name, pos := range b.relations {
		res.Relations = append(res.Relations, Relation{Name: name, Pos: b.position(pos)})
	}
	slices.SortFunc(res.Relations, func(a, b Relation) int { return a.Name.Compare(b.Name) })
	return res, nil
}

// binder is the state of one Bind.
type binder struct {
	cat       Catalog
	opts      Options
	info      *Info
	faults    fault.List
	warnings  fault.List
	relations map[schema.Name]ast.Pos
	usesNow   bool
	nextItem  int
	ungrouped map[ast.Pos]bool // columns already reported as not grouped
}

// requireNames holds a stored view to columns that can be named.
func (b *binder) requireNames(outputs []*Output) {
	seen := map[string]bool{}
	for _, o := range outputs {
		switch {
		case !o.Named:
			b.fail(o.Expr, fault.Name, "give it a name with AS", "output column %d is an expression without a name", o.Position+1)
		case seen[o.Name]:
			b.fail(o.Expr, fault.Name, "give one of them another name with AS", "output column %q appears twice", o.Name)
		}
		seen[o.Name] = true
	}
}

// position turns an offset into the line and column that users see.
func (b *binder) position(p ast.Pos) fault.Position {
	line, column := ast.LineColumn(b.opts.Text, p)
	return fault.Position{File: b.opts.File, Line: line, Column: column}
}

// faultAt makes a fault at a node. The hint may be empty.
func (b *binder) faultAt(n ast.Node, code fault.Code, hint, format string, args ...any) *fault.Error {
	e := fault.New(code, format, args...).At(b.position(n.Pos())).In(b.opts.File, b.opts.Text)
	e.Hint = hint
	return e
}

// fail records a fault at a node.
func (b *binder) fail(n ast.Node, code fault.Code, hint, format string, args ...any) {
	b.faults = append(b.faults, b.faultAt(n, code, hint, format, args...))
}

// suggest is the hint for an unknown name.
func suggest(name string, candidates []string) string {
	if near := fault.Nearest(name, candidates); near != "" {
		return "did you mean \"" + near + "\"?"
	}
	return ""
}

// sourceSet collects sources.
type sourceSet map[Source]struct{}

func (s sourceSet) add(sources ...Source) {
	for _, src := range sources {
		s[src] = struct{}{}
	}
}

func (s sourceSet) sorted() []Source {
	out := make([]Source, 0, len(s))
	for src := range s {
		out = append(out, src)
	}
	slices.SortFunc(out, Source.Compare)
	return out
}
