package view

import (
	"slices"
	"time"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/bind"
	"github.com/atolldata/atoll/internal/sql/lower"
	"github.com/atolldata/atoll/internal/sql/portable"
	"github.com/atolldata/atoll/internal/sql/types"
)

// This file writes the statements of a refresh. Each is a query over leaves by
// their aliases; who runs it says which relation of the engine each stands for.

// Aliases that statements read beside a branch's own leaves.
const (
	In     = input    // a stage's input: its rows, or its signed rows
	Keys   = "#keys"  // keys, in the columns of the stage's input
	Delta  = "#delta" // what Delta of a merge returned
	Stored = "#old"   // rows of the stage as they are stored
	Anew   = "#new"   // groups computed anew
)

// weightColumn marks signed rows.
var weightColumn = schema.Column{Name: schema.Weight, Type: types.Integer}

// stateColumn is a column whose type binding finds out.
func stateColumn(name string) schema.Column { return schema.Column{Name: name} }

// Statement is a query that a refresh runs, with what its aliases stand for.
type Statement struct {
	query  *ast.Query
	shapes map[string][]schema.Column // of the aliases
	model  string                     // for messages
	few    bool
	dated  bool // the query says when the label moved, and to what
}

// OverFew is the statement as it is written where it computes few rows.
func (s *Statement) OverFew() *Statement {
	few := *s
	few.few = true
	return &few
}

// text writes the statement, see [Program.Text], and tells whether the text would be the
// same for another label.
func (s *Statement) text(engine portable.Engine, names map[string]schema.Name, label time.Time) (_ string, timeless bool, _ error) {
	res, err := s.bind()
	if err != nil {
		return "", false, fault.Wrap(err, fault.Internal, "a statement of the refresh of %s does not bind", s.model)
	}
	q, err := portable.Lower(engine, res, lower.Options{Now: label, Few: s.few, Relation: func(n schema.Name) schema.Name {
		if got, ok := names[n.Name]; ok && n.Schema == leafSchema {
			return got
		}
		return n
	}})
	if err != nil {
		return "", false, fault.Wrap(err, fault.Internal, "a statement of the refresh of %s does not run on %s", s.model, engine)
	}
	return portable.Text(engine, q), !res.UsesNow && !s.dated, nil
}

// bind binds a copy of the query, as parts of it may stand in it twice.
func (s *Statement) bind() (*bind.Result, error) {
	c := catalog{}
	for alias, columns := range s.shapes {
		name := schema.Name{Schema: leafSchema, Name: alias}
		c[name] = &schema.Table{Name: name, Columns: columns}
	}
	return bind.Bind(ast.Clone(s.query), c, bind.Options{Model: true})
}

// signed adds the weight to columns.
func signed(columns []schema.Column) []schema.Column {
	return append(slices.Clone(columns), weightColumn)
}

// statement is a query over the leaves of a branch.
func (b *Branch) statement(sel *ast.Select) *Statement {
	s := &Statement{query: &ast.Query{Body: sel}, model: b.stage.Name.String(), shapes: map[string][]schema.Column{}}
	for _, l := range b.Leaves {
		s.shapes[l.Alias] = l.Of.Columns
	}
	return s
}

// Rows is the query of all rows of a branch.
func (b *Branch) Rows() *Statement {
	sel := *b.sel
	sel.Where = allOf(append([]ast.Expr{sel.Where}, b.clocks...)...)
	return b.statement(&sel)
}

// Term is the part of a branch's delta that the change of one leaf makes. For a
// linear leaf it is the branch itself over the leaf's signed rows, and sign is
// ignored; for another one it is what the branch returns (sign +1) or returned
// (-1) of the rows that the change touches, over the leaf as it is or was, with
// the leaf's signed rows as [Keys].
func (b *Branch) Term(leaf *Leaf, sign int) *Statement {
	sel := *b.sel
	conditions := append([]ast.Expr{sel.Where}, b.clocks...)
	weight := ast.Expr(column(leaf.Alias, schema.Weight))
	if !leaf.Linear {
		weight = signOf(sign)
		conditions = append(conditions, leaf.touched())
	}
	sel.Where = allOf(conditions...)
	sel.Items = append(slices.Clone(sel.Items), item(castTo(weight, types.Integer), schema.Weight))
	s := b.statement(&sel)
	if leaf.Linear {
		s.shapes[leaf.Alias] = signed(leaf.Of.Columns)
	} else {
		s.shapes[Keys] = signed(leaf.Of.Columns)
	}
	return s
}

func signOf(sign int) ast.Expr {
	if sign < 0 {
		return &ast.Unary{Op: ast.Neg, X: number("1")}
	}
	return number("1")
}

// touched is the condition that a row is one that a change of the leaf touches.
func (l *Leaf) touched() ast.Expr {
	if len(l.Inner) == 0 {
		return l.differs()
	}
	inner := make([]ast.Expr, len(l.Inner))
	for i, e := range l.Inner {
		inner[i] = l.overKeys(e)
	}
	out := l.among(inner, l.Outer)
	if len(l.Or) > 0 {
		out = anyOf(out, l.among(inner, l.Or))
	}
	if !l.Loose {
		return out
	}
	// NOT IN: a row with NULL, and every row once the subquery has NULL.
	var unknown []ast.Expr
	for _, e := range inner {
		unknown = append(unknown, isNull(e))
	}
	out = anyOf(out, existsKey(anyOf(unknown...)))
	for _, e := range l.Outer {
		out = anyOf(out, isNull(e))
	}
	return out
}

// among is the condition that values of a row are Inner values, as keys have them.
func (l *Leaf) among(inner, outer []ast.Expr) ast.Expr {
	if len(inner) == 1 && !l.Full {
		return inKeys(outer[0], inner[0])
	}
	same := equals
	if l.Full {
		same = sameValue
	}
	var all []ast.Expr
	for i := range inner {
		all = append(all, same(inner[i], outer[i]))
	}
	return existsKey(allOf(all...))
}

// differs is the condition that the leaf's changed rows do not cancel out.
func (l *Leaf) differs() ast.Expr {
	sel := &ast.Select{Items: []*ast.SelectItem{item(number("1"), "one")}, From: []ast.TableExpr{leafTable(Keys)}, GroupBy: &ast.GroupBy{},
		Having: binary(ast.NotEq, call("sum", column(Keys, schema.Weight)), number("0"))}
	for _, c := range l.Of.Columns {
		sel.GroupBy.Items = append(sel.GroupBy.Items, column(Keys, c.Name))
	}
	return &ast.Exists{Query: &ast.Query{Body: sel}}
}

// overKeys writes an expression of the leaf over its changed rows.
func (l *Leaf) overKeys(e ast.Expr) ast.Expr { return l.over(Keys, e) }

// over writes an expression of the leaf over rows of its relation.
func (l *Leaf) over(rows string, e ast.Expr) ast.Expr {
	return ast.Rewrite(e, func(_, now ast.Node) ast.Node {
		alias, name, ok := columnAt(now)
		if !ok || alias != l.Alias {
			return now
		}
		ref := now.(*ast.ColumnRef)
		return &ast.ColumnRef{Span: ref.Span, Name: append(ast.NewName(rows, l.source(name)), ref.Name[2:]...)}
	})
}

// existsKey is EXISTS over the keys.
func existsKey(condition ast.Expr) ast.Expr {
	return &ast.Exists{Query: &ast.Query{Body: &ast.Select{
		Items: []*ast.SelectItem{item(number("1"), "one")}, From: []ast.TableExpr{leafTable(Keys)}, Where: condition}}}
}

// inKeys is the condition that a value is one that the keys have. The engine takes it
// as it is, where it would have to take EXISTS apart.
func inKeys(x, key ast.Expr) ast.Expr {
	return &ast.InQuery{X: x, Query: &ast.Query{Body: &ast.Select{
		Items: []*ast.SelectItem{item(key, "key")}, From: []ast.TableExpr{leafTable(Keys)}}}}
}

// Moved is what comes (sign +1) and leaves (-1) of a branch because the label
// moved on from before, over its leaves as they were.
func (b *Branch) Moved(sign int, before, label time.Time) *Statement {
	var then, now []ast.Expr
	for _, c := range b.clocks {
		then, now = append(then, b.at(c, before)), append(now, b.at(c, label))
	}
	in, out := allOf(now...), allOf(then...)
	if sign < 0 {
		in, out = out, in
	}
	sel := *b.sel
	sel.Where = allOf(sel.Where, in, &ast.Unary{Op: ast.Not, X: out})
	sel.Items = append(slices.Clone(sel.Items), item(castTo(signOf(sign), types.Integer), schema.Weight))
	s := b.statement(&sel)
	s.dated = true
	return s
}

// Rows is the query of all rows of a stage: of a bag over the leaves of its
// branches one by one, see [Branch.Rows]; of the others over [In].
func (r *Relation) Rows() *Statement {
	switch r.Kind {
	case Merge:
		return r.overInput(r.finals(r.groupRows(nil)))
	default:
		return r.overInput(r.query.Body.(*ast.Select)).with(r.query)
	}
}

// with takes order and limit of a query along.
func (s *Statement) with(q *ast.Query) *Statement {
	s.query.OrderBy, s.query.Limit, s.query.Offset = q.OrderBy, q.Limit, q.Offset
	return s
}

// overInput is a query over the stage's input.
func (r *Relation) overInput(sel *ast.Select) *Statement {
	return &Statement{query: &ast.Query{Body: sel}, model: r.Name.String(),
		shapes: map[string][]schema.Column{In: r.Input.Columns}}
}

// bindRows binds the stage's rows, for their names and types.
func (r *Relation) bindRows() (*bind.Result, error) {
	if r.Kind != Bag {
		return r.Rows().bind()
	}
	if len(r.Branches) == 0 {
		return nil, fault.New(fault.Internal, "a stage without rows")
	}
	var first *bind.Result
	for _, b := range r.Branches {
		res, err := b.Rows().bind()
		if err != nil {
			return nil, err
		}
		if first == nil {
			first = res
		}
		for i, c := range res.Columns {
			if c.Name != first.Columns[i].Name {
				return nil, fault.New(fault.Internal, "a branch calls column %q %q", first.Columns[i].Name, c.Name)
			}
		}
	}
	return first, nil
}

// restricted is the condition that a row of the input has one of the keys. Nulls
// makes NULL equal to NULL.
func (r *Relation) restricted(nulls bool) ast.Expr {
	shape := r.keyShape()
	if len(shape) == 1 && !nulls && shape[0].Type.Kind != schema.Super {
		return inKeys(column(In, shape[0].Name), column(Keys, shape[0].Name))
	}
	var equal []ast.Expr
	for _, k := range shape {
		equal = append(equal, sameKey(column(Keys, k.Name), column(In, k.Name), k.Type, nulls))
	}
	return existsKey(allOf(equal...))
}

// sameKey is the condition that two keys of a type are one, as GROUP BY has it. With
// nulls they may be NULL. SUPER values are other keys that are equal, as 1 and 1.0 are.
func sameKey(l, r ast.Expr, t schema.Type, nulls bool) ast.Expr {
	if nulls || t.Kind == schema.Super {
		return sameValue(l, r)
	}
	return equals(l, r)
}

// keyShape is the columns of a relation of keys.
func (r *Relation) keyShape() []schema.Column {
	out := make([]schema.Column, len(r.Keys))
	for i, k := range r.Keys {
		out[i], _ = r.Input.column(k)
	}
	return out
}

// ChangedKeys is the query of the keys that signed rows of the input have, each
// once.
func (r *Relation) ChangedKeys() *Statement {
	sel := &ast.Select{Distinct: true, From: []ast.TableExpr{leafTable(In)}}
	for _, k := range r.Keys {
		sel.Items = append(sel.Items, item(column(In, k), k))
	}
	s := r.overInput(sel)
	s.shapes[In] = signed(r.Input.Columns)
	return s
}

// NullKeys counts the keys that have a NULL.
func (r *Relation) NullKeys() *Statement {
	var nulls []ast.Expr
	for _, k := range r.Keys {
		nulls = append(nulls, isNull(column(Keys, k)))
	}
	sel := &ast.Select{Items: []*ast.SelectItem{item(star(), "n")}, From: []ast.TableExpr{leafTable(Keys)}, Where: anyOf(nulls...)}
	return &Statement{query: &ast.Query{Body: sel}, model: r.Name.String(), shapes: map[string][]schema.Column{Keys: r.keyShape()}}
}

// Replaced is the query of the rows that a keyed stage has for some keys: what it
// returns of the rows of [In] with these keys.
func (r *Relation) Replaced(nulls bool) *Statement {
	sel := *r.query.Body.(*ast.Select)
	sel.Where = r.restricted(nulls)
	s := r.overInput(&sel)
	s.shapes[Keys] = r.keyShape()
	return s
}
