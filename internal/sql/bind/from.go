package bind

import (
	"slices"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/types"
)

// from binds a FROM clause into the scope. Entries separated by commas are
// joined without a condition of their own.
func (b *binder) from(entries []ast.TableExpr, s *scope) {
	for _, e := range entries {
		side := b.table(e, s)
		s.items = append(s.items, side.items...)
		s.columns = append(s.columns, side.columns...)
	}
	b.distinctNames(entries, s.items)
}

// side is what one entry of FROM, or one side of a join, brings into scope.
type side struct {
	items   []*Item
	columns []*Column
}

func (b *binder) table(t ast.TableExpr, s *scope) side {
	switch t := t.(type) {
	case *ast.TableName:
		if s.unnested(t.Name) {
			value := &ast.ColumnRef{Span: ast.Span{Start: t.Name[0].Start, Stop: t.Name[len(t.Name)-1].Stop}, Name: t.Name}
			return b.unnest(t, &Unnest{Value: value, At: t.At.Name != ""}, t.Alias, t.At.Name, s)
		}
		return b.relation(t, s.with)
	case *ast.SuperTable:
		return b.unnest(t, &Unnest{Value: t.Value, Object: t.Unpivot, At: t.At.Name != ""}, t.Alias, t.At.Name, s)
	case *ast.TableFunc:
		return b.tableFunc(t, s)
	case *ast.Pivot:
		return b.pivot(t, s)
	case *ast.Unpivot:
		return b.unpivot(t, s)
	case *ast.Subquery:
		outputs := b.query(t.Query, s.parent, s.with)
		b.settle(outputs)
		return b.item(t, &Item{Name: t.Alias.Name.Name, aliased: true}, outputs, t.Alias)
	default:
		return b.join(t.(*ast.Join), s)
	}
}

// relation binds a table name: a common table expression in sight, or else a
// relation of the catalogue.
func (b *binder) relation(t *ast.TableName, with *ctes) side {
	it := &Item{Name: t.Name.Last(), aliased: t.Alias.Name.Name != ""}
	if it.aliased {
		it.Name = t.Alias.Name.Name
	}
	if t.At.Name != "" {
		b.fail(t, fault.Syntax, "unnest a SUPER column of a table before it, as in FROM t, t.items i AT n", "AT numbers unnested values, and %q is a table", t.Name.String())
	}
	if len(t.Name) == 1 {
		if c := with.find(t.Name[0].Name); c != nil {
			it.CTE, it.broken = c.cte, c.broken
			return b.item(t, it, c.outputs, t.Alias)
		}
	}
	table, ok := b.lookupTable(t)
	if !ok {
		it.broken = true
		return b.item(t, it, nil, ast.Alias{})
	}
	it.Relation = table.Name
	outputs := make([]*Output, len(table.Columns))
	for i, c := range table.Columns {
		outputs[i] = &Output{Name: c.Name, Type: c.Type, Sources: []Source{{table.Name, c.Name}}}
	}
	if _, seen := b.relations[table.Name]; !seen {
		b.relations[table.Name] = t.Pos()
	}
	return b.item(t, it, outputs, t.Alias)
}

// lookupTable finds a relation by name, along the search path if it names no
// schema.
func (b *binder) lookupTable(t *ast.TableName) (*schema.Table, bool) {
	n := len(t.Name)
	if n > 2 {
		b.fail(t, fault.Unsupported, "write schema.table", "relation %q names a database", t.Name.String())
		return nil, false
	}
	path := b.opts.SearchPath
	if n == 2 {
		path = []string{t.Name[0].Name}
	}
	for _, sch := range path {
		if table, ok := b.cat.Table(schema.Name{Schema: sch, Name: t.Name.Last()}); ok {
			return table, true
		}
	}
	var names []string
	hint := ""
	for _, c := range b.cat.Names() {
		names = append(names, c.String())
		if c.Name == t.Name.Last() {
			hint = "did you mean \"" + c.String() + "\"?"
		}
	}
	if hint == "" {
		hint = suggest(t.Name.String(), names)
	}
	b.fail(t, fault.Name, hint, "unknown table %q", t.Name.String())
	return nil, false
}

// item makes the columns of an item from outputs, renamed by the alias.
func (b *binder) item(t ast.TableExpr, it *Item, outputs []*Output, alias ast.Alias) side {
	b.nextItem++
	it.ID = b.nextItem
	b.info.Items[t] = it
	if len(alias.Columns) > len(outputs) && !it.broken {
		b.fail(t, fault.Name, "", "%q has %d columns, and the alias names %d", it.Name, len(outputs), len(alias.Columns))
	}
	for i, o := range outputs {
		c := &Column{Item: it, Name: o.Name, Type: o.Type, Sources: o.Sources}
		if i < len(alias.Columns) {
			c.Name = alias.Columns[i].Name
		}
		it.Columns = append(it.Columns, c)
	}
	return side{items: []*Item{it}, columns: it.Columns}
}

// distinctNames refuses two items of one FROM clause with the same name.
func (b *binder) distinctNames(entries []ast.TableExpr, items []*Item) {
	nodes := map[*Item]ast.Node{}
	for _, e := range entries {
		ast.Inspect(e, func(n ast.Node) bool {
			if t, ok := n.(ast.TableExpr); ok {
				if it := b.info.Items[t]; it != nil {
					nodes[it] = t
				}
			}
			_, isQuery := n.(*ast.Query)
			return !isQuery
		})
	}
	for i, it := range items {
		same := func(o *Item) bool {
			return o.Name == it.Name && it.Name != "" && (o.Relation.Schema == it.Relation.Schema || o.aliased || it.aliased)
		}
		if slices.ContainsFunc(items[:i], same) {
			b.fail(nodes[it], fault.Name, "give one of them another alias", "table name %q appears twice in FROM", it.Name)
		}
	}
}

// join binds both sides and the condition.
func (b *binder) join(j *ast.Join, s *scope) side {
	l := b.table(j.Left, s)
	seen := *s // the right side may unnest values of the left
	seen.items, seen.columns = slices.Concat(s.items, l.items), slices.Concat(s.columns, l.columns)
	r := b.table(j.Right, &seen)
	b.noUnnest(j, r)
	both := side{items: slices.Concat(l.items, r.items), columns: slices.Concat(l.columns, r.columns)}
	info := &JoinInfo{}
	b.info.Joins[j] = info
	switch {
	case j.On != nil:
		on := &scope{parent: s.parent, with: s.with, items: both.items, columns: both.columns, place: inOn}
		b.condition(j.On, on)
	case j.Natural:
		both.columns = b.merge(j, info, l, r, commonNames(l, r))
	case len(j.Using) > 0:
		both.columns = b.merge(j, info, l, r, j.Using)
	case j.Kind != ast.CrossJoin:
		b.fail(j, fault.Syntax, "add ON or USING, or write CROSS JOIN", "the join has no condition")
	}
	return both
}

// commonNames lists the columns that NATURAL JOIN sets equal.
func commonNames(l, r side) []ast.Ident {
	var names []ast.Ident
	for _, c := range l.columns {
		if got, _ := columnOf(r.columns, c.Name); got != nil {
			names = append(names, ast.Ident{Name: c.Name})
		}
	}
	return names
}

// merge joins the sides by names: each name becomes one column, before the
// others.
func (b *binder) merge(j *ast.Join, info *JoinInfo, l, r side, names []ast.Ident) []*Column {
	var merged, gone []*Column
	for _, name := range names {
		lc := b.sideColumn(j, l, name)
		if lc == nil {
			continue // one mistake, told once
		}
		rc := b.sideColumn(j, r, name)
		if rc == nil {
			continue
		}
		t, ok := types.Comparable(lc.Type, rc.Type)
		if !ok {
			b.fail(j, fault.Type, "join ON a cast of one of them", "column %q is %s on the left and %s on the right of the join",
				name.Name, lc.Type, rc.Type)
			continue
		}
		info.Pairs = append(info.Pairs, [2]*Column{lc, rc})
		info.Types = append(info.Types, t)
		m := &Column{Name: name.Name, Type: t, Sources: mergedSources(j.Kind, lc, rc), Merged: []*Column{lc, rc}, Kind: j.Kind}
		merged, gone = append(merged, m), append(gone, lc, rc)
	}
	for _, c := range slices.Concat(l.columns, r.columns) {
		if !slices.Contains(gone, c) {
			merged = append(merged, c)
		}
	}
	return merged
}

// mergedSources is where a merged column's value comes from: the side that the
// join keeps whole, or both.
func mergedSources(kind ast.JoinKind, l, r *Column) []Source {
	switch kind {
	case ast.RightJoin:
		return r.Sources
	case ast.FullJoin:
		set := sourceSet{}
		set.add(l.Sources...)
		set.add(r.Sources...)
		return set.sorted()
	default:
		return l.Sources
	}
}

// sideColumn finds a USING column on one side.
func (b *binder) sideColumn(j *ast.Join, sd side, name ast.Ident) *Column {
	var at ast.Node = &ast.ColumnRef{Span: name.Span, Name: ast.Name{name}}
	if j.Natural {
		at = j // the name is not written
	}
	c, more := columnOf(sd.columns, name.Name)
	switch {
	case len(more) > 0:
		b.fail(at, fault.Name, "join ON the column of one table", "column %q of USING is ambiguous", name.Name)
		return nil
	case c == nil:
		if !slices.ContainsFunc(sd.items, func(it *Item) bool { return it.broken }) {
			var names []string
			for _, col := range sd.columns {
				names = append(names, col.Name)
			}
			b.fail(at, fault.Name, suggest(name.Name, names), "column %q of USING is not on both sides of the join", name.Name)
		}
		return nil
	}
	return c
}
