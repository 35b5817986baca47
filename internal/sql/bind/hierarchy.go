package bind

import (
	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/sql/ast"
)

// levelName is the pseudocolumn of a hierarchical query that counts from 1 at the
// top ("CONNECT BY clause").
const levelName = "level"

// hierarchy binds FROM, START WITH and CONNECT BY as the recursive query that
// they stand for ("CONNECT BY clause"): the rows at the top, and below each row
// those that CONNECT BY joins to it. The other clauses see its rows under the
// names that FROM gives them, and LEVEL besides.
func (b *binder) hierarchy(sel *ast.Select, outer *scope, with *ctes) *scope {
	before := len(b.faults)
	below := newScope(outer, with)
	b.from(sel.From, below)
	if !hasPrior(sel.ConnectBy) {
		b.fail(sel.ConnectBy, fault.Type, "write PRIOR before the column of the row above", "CONNECT BY needs a condition with PRIOR")
	}
	if sel.Where != nil && marked(sel.Where) {
		b.fail(sel.Where, fault.Syntax, "write LEFT JOIN", "(+) does not go with CONNECT BY")
	}
	if len(b.faults) > before || below.broken() {
		return below
	}
	cte := &ast.CTE{Span: sel.Span, Name: ast.Ident{Name: with.freeName("hierarchy")}}
	top, outputs := b.topRows(sel, outer, with)
	next := b.nextRows(sel, cte, outputs, below)
	set := &ast.SetOp{Span: sel.Span, Op: ast.Union, All: true, Left: top, Right: next}
	cte.Query = &ast.Query{Span: sel.Span, Body: set}
	b.info.Outputs[set], b.info.Outputs[cte.Query] = outputs, outputs

	rows, s := b.hierarchyRows(cte, outputs)
	all := &ast.Select{Span: sel.Span, Items: b.references(s.columns, sel.Span), From: []ast.TableExpr{rows}}
	table, item := b.derivedTable("hierarchy", all, s)
	table.Query.With = &ast.With{Span: sel.Span, Recursive: true, CTEs: []*ast.CTE{cte}}
	seen := mirrored(below, item.Columns[1:])
	seen.level, seen.hierarchy = item.Columns[0], table
	return seen
}

// topRows is the first part: the rows of START WITH, or without it all rows.
func (b *binder) topRows(sel *ast.Select, outer *scope, with *ctes) (*ast.Select, []*Output) {
	warnings := b.warnings
	s := newScope(outer, with)
	top := &ast.Select{Span: sel.Span, Where: sel.StartWith}
	for _, t := range sel.From {
		top.From = append(top.From, ast.Clone(t))
	}
	b.from(top.From, s)
	s.filter = inStart
	level := &ast.SelectItem{Span: sel.Span, Expr: position(0, sel.Span), Alias: ast.Ident{Name: levelName}}
	top.Items = append([]*ast.SelectItem{level}, b.references(s.allColumns(), sel.Span)...)
	outputs := b.clauses(top, s)
	b.settle(outputs)
	b.info.Outputs[top] = outputs
	b.warnings = warnings // the second part has the same
	return top, outputs
}

// nextRows is the second part: FROM again, joined by CONNECT BY to the rows that
// were found before it.
func (b *binder) nextRows(sel *ast.Select, cte *ast.CTE, outputs []*Output, below *scope) *ast.Select {
	columns := below.allColumns()
	rows, s := b.hierarchyRows(cte, outputs)
	level := &ast.Binary{Op: ast.Add, Left: b.columnRef(s.columns[0], sel.Span), Right: position(0, sel.Span)}
	found := &ast.Select{Span: sel.Span, From: []ast.TableExpr{rows}}
	found.Items = append([]*ast.SelectItem{{Span: sel.Span, Expr: level, Alias: ast.Ident{Name: levelName}}},
		b.references(s.columns[1:], sel.Span)...)
	above, item := b.derivedTable("above", found, s)

	below.prior = mirrored(below, item.Columns[1:])
	below.level = item.Columns[0]
	below.items = append(below.items, item)
	next := &ast.Select{Span: sel.Span, From: append(append([]ast.TableExpr{}, sel.From...), above), Where: sel.ConnectBy}
	next.Items = b.references(append([]*Column{item.Columns[0]}, columns...), sel.Span)
	below.filter = inConnect
	b.info.Outputs[next] = b.clauses(next, below)
	below.items = below.items[:len(below.items)-1]
	return next
}

// hierarchyRows reads the recursive query, in a scope of its own.
func (b *binder) hierarchyRows(cte *ast.CTE, outputs []*Output) (*ast.TableName, *scope) {
	t := &ast.TableName{Span: cte.Span, Name: ast.Name{cte.Name}}
	side := b.item(t, &Item{Name: cte.Name.Name, CTE: cte}, outputs, ast.Alias{})
	return t, &scope{items: side.items, columns: side.columns, place: inFrom, filter: inWhere}
}

// derivedTable binds a query made for FROM, and makes an item of it.
func (b *binder) derivedTable(name string, sel *ast.Select, s *scope) (*ast.Subquery, *Item) {
	outputs := b.clauses(sel, s)
	q := &ast.Query{Span: sel.Span, Body: sel}
	b.info.Outputs[sel], b.info.Outputs[q] = outputs, outputs
	t := &ast.Subquery{Span: sel.Span, Query: q}
	side := b.item(t, &Item{Name: name, aliased: true}, outputs, ast.Alias{})
	return t, side.items[0]
}

// references selects columns under their own names.
func (b *binder) references(columns []*Column, at ast.Span) []*ast.SelectItem {
	items := make([]*ast.SelectItem, len(columns))
	for i, c := range columns {
		items[i] = &ast.SelectItem{Span: at, Expr: b.columnRef(c, at), Alias: ast.Ident{Span: at, Name: c.Name}}
	}
	return items
}

// allColumns lists what a name can mean: the columns of every item, and those
// that USING merged.
func (s *scope) allColumns() []*Column {
	var all []*Column
	for _, it := range s.items {
		all = append(all, it.Columns...)
	}
	for _, c := range s.columns {
		if c.Item == nil {
			all = append(all, c)
		}
	}
	return all
}

// mirrored is a scope with the names of another, whose [scope.allColumns] are
// other columns in the same order.
func mirrored(s *scope, columns []*Column) *scope {
	to := map[*Column]*Column{}
	for i, c := range s.allColumns() {
		to[c] = columns[i]
	}
	m := newScope(s.parent, s.with)
	for _, it := range s.items {
		copied := *it
		copied.Columns = nil
		for _, c := range it.Columns {
			copied.Columns = append(copied.Columns, to[c])
		}
		copied.value = to[it.value]
		m.items = append(m.items, &copied)
	}
	for _, c := range s.columns {
		m.columns = append(m.columns, to[c])
	}
	return m
}

// hasPrior reports PRIOR in a condition.
func hasPrior(e ast.Expr) bool {
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		if u, ok := n.(*ast.Unary); ok && u.Op == ast.Prior {
			found = true
		}
		return !found
	})
	return found
}

// freeName is a name that no common table expression in sight has, made from
// another.
func (c *ctes) freeName(base string) string {
	name := base
	for k := 2; c.find(name) != nil; k++ {
		name = base + "_" + itoa(k)
	}
	return name
}
