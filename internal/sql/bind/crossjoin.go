package bind

import (
	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/sql/ast"
)

// crossJoins warns about FROM items that no condition links to the others: every
// row of the one meets every row of the other, which is rarely meant. CROSS JOIN
// says that it is.
func (b *binder) crossJoins(sel *ast.Select, s *scope) {
	if len(s.items) < 2 {
		return
	}
	links := newLinks(s.items)
	for _, it := range s.items {
		if it.Unnest != nil {
			b.linkTo(it, it.Unnest.Value, links)
		}
	}
	var joins func(t ast.TableExpr)
	joins = func(t ast.TableExpr) {
		j, ok := t.(*ast.Join)
		if !ok {
			return
		}
		joins(j.Left)
		joins(j.Right)
		switch {
		case j.Kind == ast.CrossJoin:
			links.join(b.firstItem(j.Left), b.firstItem(j.Right))
		case j.On != nil:
			b.link(j.On, links)
		default:
			for _, p := range b.info.Joins[j].Pairs {
				links.join(p[0].anyItem(), p[1].anyItem())
			}
		}
	}
	for _, t := range sel.From {
		joins(t)
	}
	if sel.Where != nil {
		b.link(sel.Where, links)
	}
	for _, t := range sel.From {
		b.warnUnlinked(t, links)
	}
}

// anyItem is the item of a column, or for a merged one that of its left side.
func (c *Column) anyItem() *Item {
	for c.Item == nil {
		c = c.Merged[0]
	}
	return c.Item
}

func (b *binder) firstItem(t ast.TableExpr) *Item {
	for {
		j, ok := t.(*ast.Join)
		if !ok {
			return b.info.Items[t]
		}
		t = j.Left
	}
}

// link joins the items that each AND-ed part of a condition reads together.
func (b *binder) link(e ast.Expr, l *links) {
	if and, ok := e.(*ast.Binary); ok && and.Op == ast.And {
		b.link(and.Left, l)
		b.link(and.Right, l)
		return
	}
	b.linkTo(nil, e, l)
}

// linkTo joins the items that an expression reads with one another, and with the
// first one given if there is one.
func (b *binder) linkTo(first *Item, e ast.Expr, l *links) {
	ast.Inspect(e, func(n ast.Node) bool {
		ref, ok := n.(*ast.ColumnRef)
		if !ok {
			return true
		}
		r := b.info.Refs[ref]
		if r == nil || r.Column == nil {
			return true
		}
		it := r.Column.anyItem()
		if _, ours := l.parent[it]; !ours {
			return true
		}
		if first != nil {
			l.join(first, it)
		}
		first = it
		return true
	})
}

// warnUnlinked warns at each item that starts another group than the first.
func (b *binder) warnUnlinked(t ast.TableExpr, l *links) {
	if j, ok := t.(*ast.Join); ok {
		b.warnUnlinked(j.Left, l)
		b.warnUnlinked(j.Right, l)
		return
	}
	it := b.info.Items[t]
	if it == nil || it.broken || l.root(it) == l.root(l.first) {
		return
	}
	b.warnings = append(b.warnings, b.faultAt(t, fault.Type, "add a join condition, or write CROSS JOIN if every pair is wanted",
		"%q is joined without a condition", it.Name))
	l.join(it, l.first)
}

// links is a union-find over the items of one FROM clause.
type links struct {
	first  *Item
	parent map[*Item]*Item
}

func newLinks(items []*Item) *links {
	l := &links{first: items[0], parent: map[*Item]*Item{}}
	for _, it := range items {
		l.parent[it] = it
	}
	return l
}

func (l *links) root(it *Item) *Item {
	for l.parent[it] != it {
		it = l.parent[it]
	}
	return it
}

func (l *links) join(a, b *Item) {
	if a != nil && b != nil && l.parent[a] != nil && l.parent[b] != nil {
		l.parent[l.root(b)] = l.root(a)
	}
}
