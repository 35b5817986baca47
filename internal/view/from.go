package view

import (
	"slices"
	"strconv"
	"strings"

	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/bind"
)

// brancher makes one branch.
type brancher struct {
	p      *planner
	b      *Branch
	leaves map[string]*Leaf
	// renamed has, for a leaf that went into a stage of its own, the alias of that
	// stage; its columns are called alias.column there.
	renamed map[string]string
	where   []ast.Expr
	unnests map[string]bool // aliases of what FROM unnests of the leaves
}

// branch plans FROM, WHERE and a list of expressions without aggregates and
// windows.
func (p *planner) branch(from []ast.TableExpr, where ast.Expr, items []*ast.SelectItem) (*Branch, error) {
	br, err := p.from(from)
	if err != nil {
		return nil, err
	}
	return br.finish(where, items)
}

// from begins a branch with its FROM.
func (p *planner) from(from []ast.TableExpr) (*brancher, error) {
	br := &brancher{p: p, b: &Branch{sel: &ast.Select{}, info: p.info}, leaves: map[string]*Leaf{}, renamed: map[string]string{}, unnests: map[string]bool{}}
	for _, t := range from {
		tree, err := br.table(t)
		if err != nil {
			return nil, err
		}
		br.b.sel.From = append(br.b.sel.From, tree)
	}
	return br, nil
}

// finish adds WHERE and the list.
func (br *brancher) finish(where ast.Expr, items []*ast.SelectItem) (*Branch, error) {
	br.where = append(br.where, conjuncts(where)...)
	if err := br.conditions(); err != nil {
		return nil, err
	}
	for _, it := range someColumn(items) {
		e, err := br.subqueries(br.rename(it.Expr), false)
		if err != nil {
			return nil, err
		}
		if clock := br.p.clockIn(e); clock != nil {
			return nil, br.p.refuse(clock, "leave the clock to WHERE, or to the query that reads the view",
				"the clock is part of a column, which changes in every row as the label moves")
		}
		br.b.items = append(br.b.items, item(e, it.Alias.Name))
	}
	br.b.sel.Items = br.b.items
	br.markUsed()
	return br.b, br.complete()
}

// someColumn gives rows of which only their number is asked a column: a relation has one.
func someColumn(items []*ast.SelectItem) []*ast.SelectItem {
	if len(items) == 0 {
		return []*ast.SelectItem{item(number("1"), "one")}
	}
	return items
}

// rowColumns lists the columns of all entries of FROM, in the order of the text.
func (br *brancher) rowColumns(from []ast.TableExpr) []ast.Expr {
	var out []ast.Expr
	add := func(alias string, relation *Relation, names []ast.Ident, prefix string) {
		for i, c := range relation.Columns {
			name := c.Name
			if i < len(names) {
				name = names[i].Name
			}
			if strings.HasPrefix(name, prefix) {
				out = append(out, column(alias, name))
			}
		}
	}
	for _, t := range from {
		ast.Inspect(t, func(n ast.Node) bool {
			alias := ""
			switch t := n.(type) {
			case *ast.TableName:
				alias = t.Alias.Name.Name
			case *ast.Subquery:
				alias = t.Alias.Name.Name
			}
			if e, ok := n.(ast.TableExpr); ok && br.p.info.Items[e] != nil && br.unnests[br.p.info.Items[e].Name] {
				for _, c := range br.p.info.Items[e].Columns {
					out = append(out, column(br.p.info.Items[e].Name, c.Name))
				}
			} else if l := br.leaves[alias]; l != nil {
				add(alias, l.Of, l.names, "")
			} else if made, ok := br.renamed[alias]; ok {
				add(made, br.leaves[made].Of, nil, alias+".")
			}
			_, sub := n.(*ast.Query)
			return !sub
		})
	}
	return out
}

// complete reports what the branch still reads under a name of its own.
func (br *brancher) complete() error {
	var left error
	ast.Inspect(br.b.sel, func(n ast.Node) bool {
		if t, ok := n.(*ast.TableName); ok && t.Name[0].Name != leafSchema && !br.unnests[t.Alias.Name.Name] {
			left = br.p.refuse(t, subqueryHint, "a subquery in this place is recomputed")
		}
		return left == nil
	})
	return left
}

// conditions takes WHERE apart: equalities become edges, what reads the clock is
// kept apart, and subqueries get leaves of their own.
func (br *brancher) conditions() error {
	var kept []ast.Expr
	for _, c := range br.where {
		c = br.rename(c)
		if br.p.comparesClock(c) {
			br.b.clocks, br.b.Moves = append(br.b.clocks, c), true
			continue
		}
		c, err := br.subqueries(c, true)
		if err != nil {
			return err
		}
		// The clock of a subquery is in its stage by now.
		if clock := br.p.clockIn(c); clock != nil {
			return br.p.refuse(clock, "compare a column with an expression of the clock: WHERE day >= GETDATE() - 30", "the clock is used in a way that does not say which rows come and leave")
		}
		br.edge(c, Edge{})
		kept = append(kept, c)
	}
	br.b.sel.Where = allOf(kept...)
	return nil
}

// edge notes an equality of columns of two leaves, left to right.
func (br *brancher) edge(c ast.Expr, e Edge) {
	eq, ok := c.(*ast.Binary)
	if !ok || eq.Op != ast.Eq {
		return
	}
	a, aName, okA := plainColumn(eq.Left)
	b, bName, okB := plainColumn(eq.Right)
	la, lb := br.leaves[a], br.leaves[b]
	if !okA || !okB || la == nil || lb == nil || la == lb {
		return
	}
	e.A, e.AColumn, e.B, e.BColumn = la, la.source(aName), lb, lb.source(bName)
	ca, _ := la.Of.column(e.AColumn)
	cb, _ := lb.Of.column(e.BColumn)
	if findable(ca.Type, cb.Type) {
		br.b.Edges = append(br.b.Edges, e)
	}
}

// findable reports types whose values the engine compares as Redshift does, so
// that rows can be found by them.
func findable(a, b schema.Type) bool {
	if a.IsInteger() && b.IsInteger() || a.IsString() && b.IsString() {
		return true
	}
	if a.Kind != b.Kind {
		return false
	}
	switch a.Kind {
	case schema.Date, schema.Time, schema.Timestamp, schema.TimestampTZ, schema.Boolean:
		return true
	case schema.Decimal:
		return a.Scale == b.Scale
	}
	return false
}

// table plans an entry of FROM, whose leaves may all be read row by row.
func (br *brancher) table(t ast.TableExpr) (ast.TableExpr, error) {
	if it := br.p.info.Items[t]; it != nil && it.Unnest != nil {
		return t, br.unnested(t, it)
	}
	switch t := t.(type) {
	case *ast.TableName:
		if t.Name[0].Name == stageSchema {
			i, _ := strconv.Atoi(t.Name.Last()) // as planner.made writes it
			return br.leaf(t.Alias, br.p.stages[i]), nil
		}
		r, err := br.p.base(schema.Name{Schema: t.Name[0].Name, Name: t.Name.Last()})
		if err != nil {
			return nil, br.p.at(t, err)
		}
		return br.leaf(t.Alias, r), nil
	case *ast.Subquery:
		r, err := br.p.derived(t)
		if err != nil {
			return nil, err
		}
		return br.leaf(br.p.columnNames(t, r), r), nil
	case *ast.Join:
		return br.join(t)
	}
	return nil, br.p.refuse(t, "", "this entry of FROM is recomputed")
}

// unnested checks an entry that unnests a SUPER value of leaves before it: its rows
// come and leave with theirs.
func (br *brancher) unnested(t ast.TableExpr, it *bind.Item) error {
	for alias := range readsOf(it.Unnest.Value) {
		if br.leaves[alias] == nil && !br.unnests[alias] {
			return br.p.refuse(t, "unnest in a subquery in FROM of its own", "what a join within another join reads is unnested")
		}
	}
	br.unnests[it.Name] = true
	br.use(it.Unnest.Value)
	return nil
}

// derived plans a subquery in FROM; that of a common table expression once.
func (p *planner) derived(t *ast.Subquery) (*Relation, error) {
	cte := p.same[t]
	if r := p.ctes[cte]; cte != nil && r != nil {
		return r, nil
	}
	r, err := p.query(t.Query)
	if err == nil && cte != nil {
		p.ctes[cte] = r
	}
	return r, err
}

// columnNames is the alias of a subquery, with the names of its columns where
// they are not those of the stage: another use of the same common table
// expression made that.
func (p *planner) columnNames(t *ast.Subquery, r *Relation) ast.Alias {
	alias := t.Alias
	if len(alias.Columns) > 0 {
		return alias
	}
	differ := false
	var names []ast.Ident
	for i, o := range p.info.Outputs[t.Query] {
		names = append(names, ast.Ident{Name: o.Name})
		differ = differ || o.Name != r.Columns[i].Name
	}
	if differ {
		alias.Columns = names
	}
	return alias
}

// leaf adds a leaf, linear until a join says otherwise.
func (br *brancher) leaf(alias ast.Alias, of *Relation) *ast.TableName {
	l := &Leaf{Alias: alias.Name.Name, Of: of, Linear: true, names: alias.Columns}
	br.leaves[l.Alias] = l
	br.b.Leaves = append(br.b.Leaves, l)
	t := leafTable(l.Alias)
	t.Alias.Columns = alias.Columns
	return t
}

func (br *brancher) join(j *ast.Join) (ast.TableExpr, error) {
	if j.Kind == ast.RightJoin {
		j = &ast.Join{Span: j.Span, Kind: ast.LeftJoin, Left: j.Right, Right: j.Left, On: j.On}
	}
	left, err := br.side(j.Left, j.Kind == ast.FullJoin)
	if err != nil {
		return nil, err
	}
	right, err := br.side(j.Right, j.Kind == ast.FullJoin || j.Kind == ast.LeftJoin)
	if err != nil {
		return nil, err
	}
	if j.Kind == ast.InnerJoin || j.Kind == ast.CrossJoin {
		br.where = append(br.where, conjuncts(j.On)...)
		return &ast.Join{Span: j.Span, Kind: ast.CrossJoin, Left: left, Right: right}, nil
	}
	on := br.rename(j.On)
	if clock := br.p.clockIn(on); clock != nil {
		return nil, br.p.refuse(clock, filteredHint, "the condition of an outer join reads the clock")
	}
	if ast.HasQuery(on) {
		return nil, br.p.refuse(j.On, filteredHint, "the condition of an outer join has a subquery")
	}
	out := &ast.Join{Span: j.Span, Kind: j.Kind, Left: left, Right: right, On: on}
	if it := br.p.info.Items[right]; it != nil && it.Unnest != nil {
		return out, nil // each row is joined with what it holds
	}
	r := br.leaves[right.(*ast.TableName).Alias.Name.Name]
	if j.Kind == ast.LeftJoin {
		return out, br.optional(j, r, on)
	}
	l := br.leaves[left.(*ast.TableName).Alias.Name.Name]
	return out, br.bothOptional(j, l, r, on)
}

// side plans one side of a join. Where it must be one relation, and is a join
// itself, it becomes a stage.
func (br *brancher) side(t ast.TableExpr, single bool) (ast.TableExpr, error) {
	if _, isJoin := t.(*ast.Join); !isJoin || !single {
		return br.table(t)
	}
	var items []*ast.SelectItem
	alias := br.p.alias()
	ast.Inspect(t, func(n ast.Node) bool {
		if e, ok := n.(ast.TableExpr); ok {
			if it := br.p.info.Items[e]; it != nil {
				br.renamed[it.Name] = alias
				for _, c := range it.Columns {
					items = append(items, item(column(it.Name, c.Name), it.Name+"."+c.Name))
				}
			}
		}
		_, sub := n.(*ast.Query)
		return !sub
	})
	b, err := br.p.branch([]ast.TableExpr{t}, nil, items)
	if err != nil {
		return nil, err
	}
	r, err := br.p.stage(&Relation{Kind: Bag, Branches: []*Branch{b}})
	if err != nil {
		return nil, err
	}
	return br.leaf(ast.Alias{Name: ast.Ident{Name: alias}}, r), nil
}

// rename writes the columns of leaves that went into a stage as the stage's.
func (br *brancher) rename(e ast.Expr) ast.Expr {
	if e == nil || len(br.renamed) == 0 {
		return e
	}
	return ast.Rewrite(e, func(_, now ast.Node) ast.Node {
		ref, ok := now.(*ast.ColumnRef)
		if !ok || len(ref.Name) < 2 {
			return now
		}
		alias, ok := br.renamed[ref.Name[0].Name]
		if !ok {
			return now
		}
		name := append(ast.NewName(alias, ref.Name[0].Name+"."+ref.Name[1].Name), ref.Name[2:]...)
		return &ast.ColumnRef{Span: ref.Span, Name: name}
	})
}

// pairs are the equalities of a condition between a leaf and other leaves.
func (br *brancher) pairs(l *Leaf, on ast.Expr) (outer, inner []ast.Expr) {
	for _, c := range conjuncts(on) {
		eq, ok := c.(*ast.Binary)
		if !ok || eq.Op != ast.Eq {
			continue
		}
		for _, side := range [][2]ast.Expr{{eq.Left, eq.Right}, {eq.Right, eq.Left}} {
			own, others := readsOf(side[0]), readsOf(side[1])
			if len(own) == 1 && own[l.Alias] && len(others) > 0 && !others[l.Alias] {
				inner, outer = append(inner, side[0]), append(outer, side[1])
				break
			}
		}
	}
	return outer, inner
}

const (
	joinHint     = "join by an equality of columns of both sides"
	castHint     = "cast the values to another type"
	filteredHint = "filter the table in a subquery in FROM, and join with that"
)

// optional makes a leaf the optional side of a left join.
func (br *brancher) optional(j *ast.Join, l *Leaf, on ast.Expr) error {
	l.Linear = false
	l.Outer, l.Inner = br.pairs(l, on)
	if len(l.Outer) == 0 {
		return br.p.refuse(j.On, joinHint, "the outer join has no equality by which the rows that a change touches are found")
	}
	for i := range l.Outer {
		br.edge(equals(l.Outer[i], l.Inner[i]), Edge{Outer: true})
	}
	return nil
}

// bothOptional makes two leaves the sides of a full join. What a change of one
// touches has its key on either side.
func (br *brancher) bothOptional(j *ast.Join, l, r *Leaf, on ast.Expr) error {
	outer, inner := br.pairs(r, on)
	if len(outer) == 0 || slices.ContainsFunc(outer, func(e ast.Expr) bool { return !readsOf(e)[l.Alias] }) {
		return br.p.refuse(j.On, joinHint, "the full join has no equality by which the rows that a change touches are found")
	}
	if outer, inner = br.withoutSuper(outer, inner); len(outer) == 0 {
		return br.p.refuse(j.On, castHint, "the full join is by SUPER values, whose equality is not that of their texts")
	}
	l.Linear, r.Linear, l.Full, r.Full = false, false, true, true
	l.Inner, r.Inner = outer, inner
	plain := true
	for i := range outer {
		br.edge(equals(outer[i], inner[i]), Edge{Outer: true, Full: true})
		_, _, a := plainColumn(outer[i])
		_, _, b := plainColumn(inner[i])
		plain = plain && a && b
	}
	if !plain { // an expression of the NULLs of a side without a row need not be NULL
		l.Outer, l.Or, r.Outer, r.Or = outer, inner, outer, inner
		return nil
	}
	for i := range outer {
		either := call("coalesce", outer[i], inner[i])
		l.Outer, r.Outer = append(l.Outer, either), append(r.Outer, either)
	}
	return nil
}

// withoutSuper leaves equalities of SUPER values out: what a change touches by the others
// is all that it touches, and more.
func (br *brancher) withoutSuper(outer, inner []ast.Expr) (o, i []ast.Expr) {
	for at := range outer {
		if !br.ofSuper(outer[at]) && !br.ofSuper(inner[at]) {
			o, i = append(o, outer[at]), append(i, inner[at])
		}
	}
	return o, i
}

// ofSuper reports an expression that may be of type SUPER: two values of it may be equal
// and have other texts, and one that is null in JSON is equal to nothing.
func (br *brancher) ofSuper(e ast.Expr) bool {
	if t, known := br.p.info.Types[e]; known {
		return t.Kind == schema.Super
	}
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		if alias, name, ok := columnAt(n); ok && br.leaves[alias] != nil {
			l := br.leaves[alias]
			c, _ := l.Of.column(l.source(name))
			found = found || c.Type.Kind == schema.Super
		}
		return !found
	})
	return found
}

// markUsed notes which columns of the leaves the branch reads.
func (br *brancher) markUsed() {
	br.use(br.b.sel)
	for _, c := range br.b.clocks {
		br.use(c)
	}
}

// use notes which columns of the leaves a part of the branch reads.
func (br *brancher) use(n ast.Node) {
	ast.Inspect(n, func(n ast.Node) bool {
		if alias, name, ok := columnAt(n); ok && br.leaves[alias] != nil {
			l := br.leaves[alias]
			l.Of.used[l.source(name)] = true
		}
		return true
	})
}
