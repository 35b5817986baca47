package view

import (
	"slices"

	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/ast"
)

const subqueryHint = "relate the subquery to the row by an equality too, or join with what it reads"

// subqueries gives every subquery of an expression a leaf of the branch. Where
// the expression is a condition, NULL and false come to the same.
func (br *brancher) subqueries(e ast.Expr, condition bool) (ast.Expr, error) {
	var failed error
	var visit func(n ast.Node, condition bool) ast.Node
	visit = func(n ast.Node, condition bool) ast.Node {
		if failed != nil {
			return n
		}
		switch n := n.(type) {
		case *ast.InQuery:
			n, failed = br.inQuery(n, condition && !n.Not)
			return n
		case *ast.Binary:
			if out, ok := br.equalToOne(n, condition, &failed); ok {
				return out
			}
			holds := condition && (n.Op == ast.And || n.Op == ast.Or)
			return ast.MapChildren(n, func(c ast.Node) ast.Node { return visit(c, holds) })
		case *ast.Case:
			return ast.MapChildren(n, func(c ast.Node) ast.Node {
				_, isWhen := c.(*ast.When)
				return visit(c, isWhen && n.Operand == nil)
			})
		case *ast.When: // condition says that the CASE has no operand
			return ast.MapChildren(n, func(c ast.Node) ast.Node { return visit(c, condition && c == ast.Node(n.Cond)) })
		case *ast.Exists, *ast.ScalarQuery, *ast.Quantified:
			if br.withinRow(queryOf(n.(ast.Expr))) {
				return n
			}
			var out ast.Node
			out, failed = br.correlated(n.(ast.Expr))
			return out
		}
		return ast.MapChildren(n, func(c ast.Node) ast.Node { return visit(c, false) })
	}
	out := visit(e, condition).(ast.Expr)
	return out, failed
}

// withinRow reports a subquery that reads nothing but what it unnests of the row,
// which says all of it, and plans that.
func (br *brancher) withinRow(q *ast.Query) bool {
	items := 0
	within := true
	ast.Inspect(q, func(n ast.Node) bool {
		t, ok := n.(ast.TableExpr)
		it := br.p.info.Items[t]
		if !ok || it == nil {
			return true
		}
		items++
		within = within && it.Unnest != nil && br.unnested(t, it) == nil
		return within
	})
	return within && items > 0
}

// equalToOne plans a condition that a value is that of a scalar subquery which
// looks at no row outside.
func (br *brancher) equalToOne(e *ast.Binary, condition bool, failed *error) (ast.Node, bool) {
	if !condition || e.Op != ast.Eq {
		return nil, false
	}
	value, one := e.Left, e.Right
	if _, ok := one.(*ast.ScalarQuery); !ok {
		value, one = one, value
	}
	if _, ok := one.(*ast.ScalarQuery); !ok || isCorrelated(queryOf(one)) || ast.HasQuery(value) {
		return nil, false
	}
	one, *failed = br.unrelated(one, value)
	return equals(value, one), true
}

// queryOf is the subquery of an expression.
func queryOf(e ast.Expr) *ast.Query {
	switch e := e.(type) {
	case *ast.InQuery:
		return e.Query
	case *ast.Exists:
		return e.Query
	case *ast.ScalarQuery:
		return e.Query
	case *ast.Quantified:
		return e.Query
	}
	return nil
}

// withQuery puts another subquery in the place of an expression's.
func withQuery(e ast.Expr, q *ast.Query) ast.Expr {
	old := queryOf(e)
	return ast.MapChildren(e, func(n ast.Node) ast.Node {
		if n == ast.Node(old) {
			return q
		}
		return n
	}).(ast.Expr)
}

// outerReads are the aliases that an expression reads and does not define in its
// subqueries.
func outerReads(n ast.Node) map[string]bool {
	reads := readsOf(n)
	for alias := range ownAliases(n) {
		delete(reads, alias)
	}
	return reads
}

// isCorrelated reports a subquery that reads leaves of the branch, or of a query
// around it.
func isCorrelated(q *ast.Query) bool {
	return len(outerReads(q)) > 0
}

// ownAliases are the aliases that FROM clauses within a query define.
func ownAliases(n ast.Node) map[string]bool {
	own := map[string]bool{}
	ast.Inspect(n, func(n ast.Node) bool {
		switch t := n.(type) {
		case *ast.TableName:
			own[t.Alias.Name.Name] = true
		case *ast.Subquery:
			own[t.Alias.Name.Name] = true
		}
		return true
	})
	return own
}

// inQuery plans x IN (SELECT y ...): the rows that a change of y touches are
// those with x = y, and where NULL is told from false those with NULL too.
func (br *brancher) inQuery(e *ast.InQuery, condition bool) (*ast.InQuery, error) {
	if isCorrelated(e.Query) {
		out, err := br.correlated(e)
		in, _ := out.(*ast.InQuery)
		if in == nil {
			in = e
		}
		return in, err
	}
	l, q, err := br.ownLeaf(e.Query)
	if err != nil {
		return e, err
	}
	l.Outer, l.Inner, l.Loose, l.Once = []ast.Expr{e.X}, columnsOf(l), !condition, true
	if row, ok := e.X.(*ast.Row); ok {
		l.Outer = row.Items
	}
	if l.Outer, l.Inner = br.withoutSuper(l.Outer, l.Inner); len(l.Outer) == 0 {
		return e, br.p.refuse(e, castHint, "SUPER values are looked for in a subquery, whose equality is not that of their texts")
	}
	for i := range l.Outer {
		if condition {
			br.edge(equals(l.Outer[i], l.Inner[i]), Edge{Outer: true})
		}
	}
	return withQuery(e, q).(*ast.InQuery), nil
}

// unrelated plans a subquery that looks at no row outside. Where its rows are not
// the same as before a change touches every row, or if the row is to be equal to
// its one value, the rows with that value.
func (br *brancher) unrelated(e, equal ast.Expr) (ast.Expr, error) {
	l, q, err := br.ownLeaf(queryOf(e))
	if err != nil {
		return e, err
	}
	if equal != nil {
		l.Outer, l.Inner = []ast.Expr{equal}, columnsOf(l)
		br.edge(equals(equal, l.Inner[0]), Edge{Outer: true})
	}
	return withQuery(e, q), nil
}

// ownLeaf makes a leaf of a subquery that looks at no row outside, and the query
// that reads it.
func (br *brancher) ownLeaf(q *ast.Query) (*Leaf, *ast.Query, error) {
	r, err := br.p.query(q)
	if err != nil {
		return nil, nil, err
	}
	l := br.subLeaf(r)
	sel := &ast.Select{From: []ast.TableExpr{leafTable(l.Alias)}}
	for i, e := range columnsOf(l) {
		sel.Items = append(sel.Items, item(e, r.Columns[i].Name))
	}
	return l, &ast.Query{Span: q.Span, Body: sel}, nil
}

// columnsOf are the columns of a leaf.
func columnsOf(l *Leaf) []ast.Expr {
	var out []ast.Expr
	for _, c := range l.Of.Columns {
		out = append(out, column(l.Alias, c.Name))
	}
	return out
}

// subLeaf adds a leaf that a subquery reads.
func (br *brancher) subLeaf(r *Relation) *Leaf {
	l := &Leaf{Alias: br.p.alias(), Of: r}
	br.leaves[l.Alias] = l
	br.b.Leaves = append(br.b.Leaves, l)
	return l
}

// correlated plans a subquery that is related to the row by equalities. What it
// reads, as far as it does not look at the row, becomes a stage; the rows that a
// change of that stage touches are those with equal values.
func (br *brancher) correlated(e ast.Expr) (ast.Expr, error) {
	q := queryOf(e)
	if !isCorrelated(q) {
		return br.unrelated(e, nil)
	}
	sel, ok := q.Body.(*ast.Select)
	if !ok {
		return e, br.p.refuse(e, "write a subquery of its own for each of the queries", "a subquery of several queries is related to the row")
	}
	if br.nested(sel) {
		return e, br.p.refuse(e, "join in the outer subquery with what the inner one reads", "a subquery within this one is related to the row")
	}
	rest := *sel
	rest.From = nil // which becomes a stage
	if err := br.p.inexact(&ast.Query{Body: &rest, OrderBy: q.OrderBy}); err != nil {
		return e, err
	}
	own := ownAliases(&ast.Query{Body: &ast.Select{From: sel.From}})
	var local, related []ast.Expr
	for _, c := range conjuncts(sel.Where) {
		if within(outerReads(c), own) {
			local = append(local, c)
		} else {
			related = append(related, c)
		}
	}
	rest.Where = allOf(related...)
	whole := &ast.Query{Span: q.Span, Body: &rest, OrderBy: q.OrderBy, Limit: q.Limit, Offset: q.Offset}
	r, alias, err := br.p.subStage(sel.From, allOf(local...), whole, own)
	if err != nil {
		return e, err
	}
	l := br.subLeaf(r)
	l.Once = br.p.asksExistence(e, whole)
	whole = moveColumns(whole, own, alias, l.Alias).(*ast.Query)
	moved := whole.Body.(*ast.Select)
	moved.From = []ast.TableExpr{leafTable(l.Alias)}
	l.Outer, l.Inner = br.pairs(l, moved.Where)
	if len(l.Outer) == 0 {
		return e, br.p.refuse(e, subqueryHint, "the subquery has no equality by which the rows that a change touches are found")
	}
	for i := range l.Outer {
		br.edge(equals(l.Outer[i], l.Inner[i]), Edge{Outer: true})
	}
	return withQuery(e, whole), nil
}

// inexact refuses what a subquery, its FROM aside, may return differently over the same
// rows in another order, as nothing keeps what it was before: sums of floating-point
// numbers, and windows, whose ties are broken by all columns of FROM.
func (p *planner) inexact(q *ast.Query) (err error) {
	ast.Inspect(q, func(n ast.Node) bool {
		c, ok := n.(*ast.FuncCall)
		switch {
		case !ok || err != nil:
		case c.Over != nil:
			err = p.refuse(c, "rank the rows in a subquery in FROM, and join with that", "a window is part of a subquery that is related to the row")
		case p.isAggregate(c) && p.info.TypeOf(c).Kind == schema.Double && addsUp(p.info.Calls[c].Func.Name):
			err = p.refuse(c, "group in a subquery in FROM, and join with that",
				"a sum of floating-point numbers is part of a subquery that is related to the row")
		}
		return err == nil
	})
	return err
}

// addsUp reports an aggregate that depends on the order of floating-point numbers.
func addsUp(name string) bool {
	return !slices.Contains([]string{"min", "max", "any_value", "median", "percentile_cont", "percentile_disc"}, name)
}

// asksExistence reports a subquery that says the same whatever the number of equal
// rows in its FROM is.
func (p *planner) asksExistence(e ast.Expr, q *ast.Query) bool {
	sel := q.Body.(*ast.Select)
	_, one := e.(*ast.ScalarQuery)
	if one || sel.GroupBy != nil || sel.Having != nil || sel.Qualify != nil || q.Limit != nil || q.Offset != nil {
		return false
	}
	counts := false
	for _, it := range sel.Items {
		ast.Inspect(it.Expr, func(n ast.Node) bool {
			c, ok := n.(*ast.FuncCall)
			counts = counts || ok && (c.Over != nil || p.isAggregate(c))
			return !counts
		})
	}
	return !counts
}

// nested reports a subquery that reads more than its own FROM in its list or in
// subqueries of its own, or aggregates over the row outside.
func (br *brancher) nested(sel *ast.Select) bool {
	for _, t := range sel.From {
		if isCorrelated(&ast.Query{Body: &ast.Select{From: []ast.TableExpr{t}}}) {
			return true
		}
	}
	rest := *sel
	rest.From = nil
	own := ownAliases(&ast.Query{Body: &ast.Select{From: sel.From}})
	found := false
	ast.Inspect(&rest, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncCall:
			if c := br.p.info.Calls[n]; c != nil && c.Owner != nil {
				found = true
			}
		case *ast.Query:
			// A subquery below is planned with its own FROM where it reads nothing else.
			inner := ownAliases(n)
			for alias := range readsOf(n) {
				found = found || !inner[alias] && !own[alias]
			}
			found = found || !localTo(sel, n, own)
			return false
		}
		return !found
	})
	return found
}

// localTo reports a subquery in a condition that reads only what the SELECT has
// in its own FROM.
func localTo(sel *ast.Select, q *ast.Query, own map[string]bool) bool {
	for _, c := range conjuncts(sel.Where) {
		holds := false
		ast.Inspect(c, func(n ast.Node) bool {
			holds = holds || n == ast.Node(q)
			return !holds
		})
		if holds {
			return within(outerReads(c), own)
		}
	}
	return false
}

// within reports that all aliases read, but those that subqueries define, are
// among some.
func within(reads, some map[string]bool) bool {
	for alias := range reads {
		if !some[alias] {
			return false
		}
	}
	return true
}

// subStage makes a stage of FROM and WHERE of a subquery, with the columns that
// the rest of it reads. A relation that is read as it is needs none; alias is
// then that of its one FROM item, and "" otherwise.
func (p *planner) subStage(from []ast.TableExpr, where ast.Expr, rest *ast.Query, own map[string]bool) (r *Relation, alias string, err error) {
	var items []*ast.SelectItem
	seen := map[string]bool{}
	ast.Inspect(rest, func(n ast.Node) bool {
		if a, name, ok := columnAt(n); ok && own[a] && !seen[a+"."+name] {
			seen[a+"."+name] = true
			items = append(items, item(column(a, name), a+"."+name))
		}
		return true
	})
	b, err := p.branch(from, where, items)
	if err != nil {
		return nil, "", err
	}
	if t, ok := single(b); ok && where == nil {
		return t.Of, t.Alias, nil
	}
	r, err = p.stage(&Relation{Kind: Bag, Branches: []*Branch{b}})
	return r, "", err
}

// single is the one leaf of a branch that only reads it.
func single(b *Branch) (*Leaf, bool) {
	if len(b.Leaves) != 1 || len(b.sel.From) != 1 || b.sel.Where != nil || b.Moves || len(b.Leaves[0].names) > 0 {
		return nil, false
	}
	if _, table := b.sel.From[0].(*ast.TableName); !table {
		return nil, false // it joins the leaf with what it unnests
	}
	return b.Leaves[0], true
}

// columnAt is the alias and name of a column reference.
func columnAt(n ast.Node) (alias, name string, ok bool) {
	ref, ok := n.(*ast.ColumnRef)
	if !ok || len(ref.Name) < 2 {
		return "", "", false
	}
	return ref.Name[0].Name, ref.Name[1].Name, true
}

// moveColumns writes columns of the aliases in own as those of a leaf: under
// their own name where the leaf is the relation alias, and else alias.column.
func moveColumns(n ast.Node, own map[string]bool, alias, leaf string) ast.Node {
	return ast.Rewrite(n, func(_, now ast.Node) ast.Node {
		a, name, ok := columnAt(now)
		if !ok || !own[a] {
			return now
		}
		ref := now.(*ast.ColumnRef)
		if a != alias {
			name = a + "." + name
		}
		return &ast.ColumnRef{Span: ref.Span, Name: append(ast.NewName(leaf, name), slices.Clone(ref.Name[2:])...)}
	})
}
