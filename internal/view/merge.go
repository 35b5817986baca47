package view

import (
	"slices"

	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/types"
)

// This file writes the statements of a merge stage. States of a group are merged
// by adding them up once more: the stored one and that of the signed rows.

// Columns of a merge's delta beside keys and slots.
const (
	leaving  = "#minus"  // how many rows leave the group
	leastOut = "#least " // the least value that leaves, by slot
	mostOut  = "#most "
)

// groupRows is the slots of each group of the input's rows, under a condition.
func (r *Relation) groupRows(where ast.Expr) *ast.Select {
	sel := &ast.Select{From: []ast.TableExpr{leafTable(In)}, Where: where}
	r.groupKeys(sel, In, r.Keys)
	for _, s := range r.groups.slots {
		sel.Items = append(sel.Items, item(s.over(), s.name))
	}
	return sel
}

// groupKeys selects and groups by the keys, which an alias has under some names.
func (r *Relation) groupKeys(sel *ast.Select, alias string, names []string) {
	if len(r.Keys) == 0 {
		return
	}
	sel.GroupBy = &ast.GroupBy{}
	for i, k := range r.Keys {
		sel.Items = append(sel.Items, item(column(alias, names[i]), k))
		sel.GroupBy.Items = append(sel.GroupBy.Items, column(alias, names[i]))
	}
}

// over is a slot of rows of the input.
func (s slot) over() ast.Expr {
	arg := column(In, s.arg)
	float := func() ast.Expr { return castTo(column(In, s.arg), types.Double) }
	switch s.kind {
	case countRows:
		return star()
	case countValues:
		return call("count", arg)
	case addUp, addUpFloat:
		return castTo(call("sum", castTo(arg, s.as)), s.as)
	case least:
		return call("min", arg)
	case greatest:
		return call("max", arg)
	case mean:
		return call("avg", float())
	}
	return binary(ast.Mul, call("var_pop", float()), call("count", arg))
}

// finals makes the outputs and the state of groups, whose keys and slots a query
// returns.
func (r *Relation) finals(rows ast.Body) *ast.Select {
	sel := &ast.Select{From: []ast.TableExpr{&ast.Subquery{Query: &ast.Query{Body: rows}, Alias: ast.Alias{Name: ast.Ident{Name: grouped}}}}}
	sel.Items = append(sel.Items, r.groups.outputs...)
	for _, c := range r.State {
		name := c.Name
		if i := slices.Index(r.Held, name); i >= 0 {
			name = r.Keys[i]
		}
		sel.Items = append(sel.Items, item(column(grouped, name), c.Name))
	}
	return sel
}

// GroupDelta is the query of what signed rows change in the slots of each group.
func (r *Relation) GroupDelta() *Statement {
	sel := &ast.Select{From: []ast.TableExpr{leafTable(In)}}
	r.groupKeys(sel, In, r.Keys)
	comes := func() ast.Expr { return equals(column(In, schema.Weight), number("1")) }
	for _, s := range r.groups.slots {
		arg, _ := r.Input.column(s.arg)
		sel.Items = append(sel.Items, item(s.delta(comes, arg.Type), s.name))
		switch s.kind {
		case least:
			sel.Items = append(sel.Items, item(call("min", whenNot(comes(), column(In, s.arg))), leastOut+s.name))
		case greatest:
			sel.Items = append(sel.Items, item(call("max", whenNot(comes(), column(In, s.arg))), mostOut+s.name))
		}
	}
	sel.Items = append(sel.Items, item(call("count", whenNot(comes(), number("1"))), leaving))
	s := r.overInput(sel)
	s.shapes[In] = signed(r.Input.Columns)
	return s
}

// whenNot is a value where a condition does not hold.
func whenNot(cond, value ast.Expr) ast.Expr {
	return when(&ast.Unary{Op: ast.Not, X: cond}, value, nil)
}

// delta is what signed rows, whose argument has the type of, add to a slot.
func (s slot) delta(comes func() ast.Expr, of schema.Type) ast.Expr {
	arg := column(In, s.arg)
	weight := func() ast.Expr { return column(In, schema.Weight) }
	switch s.kind {
	case countRows:
		return call("sum", weight())
	case countValues:
		return call("coalesce", call("sum", when(notNull(arg), weight(), nil)), number("0"))
	case addUp, addUpFloat:
		as := s.as
		if of.Kind == schema.BigInt && as.Kind == schema.BigInt {
			as = types.Decimal(schema.MaxPrecision, 0) // what a sum moves by, and what leaves, may need a digit more
		}
		value := castTo(arg, as)
		return castTo(call("sum", when(comes(), value, &ast.Unary{Op: ast.Neg, X: value})), as)
	case least:
		return call("min", when(comes(), arg, nil))
	case greatest:
		return call("max", when(comes(), arg, nil))
	case mean:
		return call("avg", when(comes(), castTo(arg, types.Double), nil))
	}
	came := when(comes(), castTo(arg, types.Double), nil)
	return binary(ast.Mul, call("var_pop", came), call("count", came))
}

// deltaShape is the columns of [Delta].
func (r *Relation) deltaShape() []schema.Column {
	res, err := r.GroupDelta().bind()
	if err != nil {
		return nil // binding the statement that uses it reports the fault
	}
	return res.Columns
}

// Taking reports that rows which leave may make a group's slots unknown, so that
// it has to be computed anew from its rows.
func (r *Relation) Taking() bool {
	return slices.ContainsFunc(r.groups.slots, func(s slot) bool { return s.fragile() || s.kind == least || s.kind == greatest })
}

// Exact reports that no slot of the stage is rounded, so that a state merged with
// nothing is the same to the last digit.
func (r *Relation) Exact() bool { return !slices.ContainsFunc(r.groups.slots, slot.fragile) }

// Lost is the query of the keys of groups in [Delta] that have to be computed
// anew, by what is in [Stored]: rows left that a sum of DOUBLE PRECISION has, or
// the least or greatest value did.
func (r *Relation) Lost() *Statement {
	sel := &ast.Select{From: []ast.TableExpr{&ast.Join{Kind: ast.LeftJoin, Left: leafTable(Delta), Right: leafTable(Stored), On: r.sameGroup(Delta, Stored)}}}
	for _, k := range r.Keys {
		sel.Items = append(sel.Items, item(column(Delta, k), k))
	}
	if len(r.Keys) == 0 {
		sel.Items = append(sel.Items, item(number("1"), "one"))
	}
	var lost []ast.Expr
	for _, s := range r.groups.slots {
		held := r.groups.held[s.name]
		switch {
		case s.fragile():
			lost = append(lost, binary(ast.Greater, column(Delta, leaving), number("0")))
		case s.kind == least:
			out := column(Delta, leastOut+s.name)
			lost = append(lost, anyOf(binary(ast.LessEq, out, column(Stored, held)), binary(ast.LessEq, out, column(Delta, s.name))))
		case s.kind == greatest:
			out := column(Delta, mostOut+s.name)
			lost = append(lost, anyOf(binary(ast.GreaterEq, out, column(Stored, held)), binary(ast.GreaterEq, out, column(Delta, s.name))))
		}
	}
	sel.Where = anyOf(lost...)
	if len(r.Keys) > 0 {
		// A group that is left without rows is gone.
		rows := func(alias, name string) ast.Expr { return call("coalesce", column(alias, name), number("0")) }
		left := binary(ast.Add, rows(Delta, rowsSlot), rows(Stored, r.groups.held[rowsSlot]))
		sel.Where = allOf(sel.Where, binary(ast.Greater, left, number("0")))
	}
	return r.overDelta(sel)
}

// overDelta is a query over [Delta] and [Stored].
func (r *Relation) overDelta(body ast.Body) *Statement {
	return &Statement{query: &ast.Query{Body: body}, model: r.Name.String(),
		shapes: map[string][]schema.Column{Delta: r.deltaShape(), Stored: r.All()}}
}

// sameGroup compares the keys of two of [Delta], [Stored] and [Keys].
func (r *Relation) sameGroup(a, b string) ast.Expr {
	name := func(alias string, i int) ast.Expr {
		if alias == Stored {
			return column(alias, r.Held[i])
		}
		return column(alias, r.Keys[i])
	}
	var same []ast.Expr
	for i := range r.Keys {
		same = append(same, sameValue(name(a, i), name(b, i)))
	}
	if len(same) == 0 {
		return equals(number("1"), number("1"))
	}
	return allOf(same...)
}

// Afresh is the query of the slots of the groups in [Keys], from the rows of
// [In].
func (r *Relation) Afresh(nulls bool) *Statement {
	var where ast.Expr
	if len(r.Keys) > 0 {
		where = r.restricted(nulls)
	}
	s := r.overInput(r.groupRows(where))
	s.shapes[Keys] = r.keyShape()
	return s
}

// Merged is the query of the groups of [Stored] and [Delta] after the change, their
// states merged. With lost, the groups in [Keys] are not merged but taken from
// [Anew].
func (r *Relation) Merged(lost bool) *Statement {
	old, came := r.states(Stored), r.states(Delta)
	if lost {
		old.Where = &ast.Unary{Op: ast.Not, X: existsKey(r.sameGroup(Keys, Stored))}
		came.Where = &ast.Unary{Op: ast.Not, X: existsKey(r.sameGroup(Keys, Delta))}
	}
	var body ast.Body = r.addUp(union(old, came))
	switch {
	case lost && len(r.Keys) == 0:
		body = r.states(Anew) // the one group there is
	case lost:
		body = union(body, r.states(Anew))
	}
	s := r.overDelta(r.finals(body))
	if lost {
		s.shapes[Keys] = r.keyShape()
		res, err := r.Afresh(false).bind()
		if err == nil {
			s.shapes[Anew] = res.Columns
		}
	}
	return s
}

func union(a, b ast.Body) ast.Body { return &ast.SetOp{Op: ast.Union, All: true, Left: a, Right: b} }

// states is the keys and slots as an alias has them.
func (r *Relation) states(alias string) *ast.Select {
	sel := &ast.Select{From: []ast.TableExpr{leafTable(alias)}}
	for i, k := range r.Keys {
		name := k
		if alias == Stored {
			name = r.Held[i]
		}
		sel.Items = append(sel.Items, item(column(alias, name), k))
	}
	for _, s := range r.groups.slots {
		name := s.name
		if alias == Stored {
			name = r.groups.held[s.name]
		}
		sel.Items = append(sel.Items, item(column(alias, name), s.name))
	}
	return sel
}

// parts is the alias of the states that are added up.
const parts = "#p"

// addUp merges states: one row a group, and none for a group without rows unless
// there are no keys.
func (r *Relation) addUp(states ast.Body) *ast.Select {
	sel := &ast.Select{From: []ast.TableExpr{&ast.Subquery{Query: &ast.Query{Body: r.withMeans(states)}, Alias: ast.Alias{Name: ast.Ident{Name: parts}}}}}
	r.groupKeys(sel, parts, r.Keys)
	for _, s := range r.groups.slots {
		sel.Items = append(sel.Items, item(r.added(s), s.name))
	}
	if len(r.Keys) > 0 {
		sel.Having = binary(ast.Greater, call("sum", column(parts, rowsSlot)), number("0"))
	}
	return sel
}

// added merges the states of a slot.
func (r *Relation) added(s slot) ast.Expr {
	state := column(parts, s.name)
	switch s.kind {
	case countRows, countValues:
		return call("sum", state)
	case addUp, addUpFloat:
		return castTo(call("sum", state), s.as)
	case least:
		return call("min", state)
	case greatest:
		return call("max", state)
	case mean:
		return call("max", column(parts, allMean+s.arg))
	}
	// The squared differences from the mean of all are those from the mean of each
	// part and, for each of its rows, that of the two means (Chan, Golub, LeVeque).
	away := func() ast.Expr {
		return binary(ast.Sub, column(parts, r.slotOf(mean, s.arg)), column(parts, allMean+s.arg))
	}
	n := column(parts, r.slotOf(countValues, s.arg))
	return call("sum", binary(ast.Add, state, binary(ast.Mul, n, binary(ast.Mul, away(), away()))))
}

// allMean is, with the argument behind it, a group's mean over all its parts.
const allMean = "#mean "

// slotOf is the name of the slot of a kind over an argument.
func (r *Relation) slotOf(kind slotKind, arg string) string {
	i := slices.IndexFunc(r.groups.slots, func(s slot) bool { return s.kind == kind && s.arg == arg })
	return r.groups.slots[i].name
}

// withMeans adds to states, for each mean, the mean over all parts of the group.
func (r *Relation) withMeans(states ast.Body) ast.Body {
	if !slices.ContainsFunc(r.groups.slots, func(s slot) bool { return s.kind == mean }) {
		return states
	}
	const part = "#q"
	sel := &ast.Select{From: []ast.TableExpr{&ast.Subquery{Query: &ast.Query{Body: states}, Alias: ast.Alias{Name: ast.Ident{Name: part}}}}}
	over := &ast.WindowSpec{}
	for _, k := range r.Keys {
		sel.Items = append(sel.Items, item(column(part, k), k))
		over.PartitionBy = append(over.PartitionBy, column(part, k))
	}
	for _, s := range r.groups.slots {
		sel.Items = append(sel.Items, item(column(part, s.name), s.name))
	}
	total := func(e ast.Expr) ast.Expr {
		c := call("sum", e)
		c.Over = over
		return c
	}
	for _, s := range r.groups.slots {
		if s.kind == mean {
			n := column(part, r.slotOf(countValues, s.arg))
			sel.Items = append(sel.Items, item(binary(ast.Div, total(binary(ast.Mul, n, column(part, s.name))),
				call("nullif", total(n), number("0"))), allMean+s.arg))
		}
	}
	return sel
}
