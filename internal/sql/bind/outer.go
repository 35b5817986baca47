package bind

import (
	"slices"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/sql/ast"
)

// OuterJoin is an item that (+) marks in WHERE: it is left-joined, on the
// conditions that mark it, to the items before it ("Oracle-style outer joins in
// the WHERE clause").
type OuterJoin struct {
	Item *Item
	On   []ast.Expr
}

// outerJoins takes the marked conditions out of WHERE, and puts the items into
// the order that they are joined in. Without any, SelectInfo says nothing and the
// clause is as written.
func (b *binder) outerJoins(sel *ast.Select, info *SelectInfo) {
	if sel.Where == nil || !marked(sel.Where) {
		return
	}
	if slices.ContainsFunc(sel.From, isJoin) {
		b.fail(sel.Where, fault.Syntax, "write LEFT JOIN", "(+) does not go with JOIN in the same FROM")
		return
	}
	if slices.ContainsFunc(info.Items, func(it *Item) bool { return it.Unnest != nil }) {
		b.fail(sel.Where, fault.Unsupported, "write LEFT JOIN", "(+) does not go with unnested values")
		return
	}
	on := map[*Item][]ast.Expr{}
	needs := map[*Item][]*Item{}
	for _, c := range conjuncts(sel.Where) {
		if !marked(c) {
			info.Filters = append(info.Filters, c)
			continue
		}
		if it, others, ok := b.markedItem(c); ok {
			on[it] = append(on[it], c)
			needs[it] = append(needs[it], others...)
		}
	}
	placed := []*Item{}
	for _, it := range info.Items {
		if on[it] == nil {
			placed = append(placed, it)
		}
	}
	for len(placed) < len(info.Items) {
		i := slices.IndexFunc(info.Items, func(it *Item) bool {
			ready := !slices.ContainsFunc(needs[it], func(n *Item) bool { return !slices.Contains(placed, n) })
			return ready && !slices.Contains(placed, it)
		})
		if i < 0 {
			b.fail(sel.Where, fault.Type, "write LEFT JOIN", "the (+) conditions join tables in a circle")
			return
		}
		it := info.Items[i]
		placed = append(placed, it)
		info.OuterJoins = append(info.OuterJoins, OuterJoin{Item: it, On: on[it]})
	}
	info.Items = placed
}

func isJoin(t ast.TableExpr) bool {
	_, ok := t.(*ast.Join)
	return ok
}

// conjuncts lists the conditions that AND joins.
func conjuncts(e ast.Expr) []ast.Expr {
	if and, ok := e.(*ast.Binary); ok && and.Op == ast.And {
		return append(conjuncts(and.Left), conjuncts(and.Right)...)
	}
	return []ast.Expr{e}
}

// marked reports a (+) in a condition.
func marked(e ast.Expr) bool {
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		if ref, ok := n.(*ast.ColumnRef); ok && ref.OuterMark {
			found = true
		}
		_, isQuery := n.(*ast.Query)
		return !found && !isQuery
	})
	return found
}

// markedItem finds the one item that a condition marks, and the others it reads.
func (b *binder) markedItem(c ast.Expr) (it *Item, others []*Item, ok bool) {
	if or, isOr := c.(*ast.Binary); isOr && or.Op == ast.Or {
		b.fail(c, fault.Unsupported, "write LEFT JOIN", "(+) does not go with OR")
		return nil, nil, false
	}
	var plain []*Item
	many := false
	ast.Inspect(c, func(n ast.Node) bool {
		ref, isRef := n.(*ast.ColumnRef)
		if !isRef {
			return true
		}
		r := b.info.Refs[ref]
		switch {
		case r == nil || r.Column == nil || r.Depth > 0:
		case !ref.OuterMark:
			plain = append(plain, r.Column.anyItem())
		case it == nil || it == r.Column.anyItem():
			it = r.Column.anyItem()
		default:
			many = true
		}
		return true
	})
	if it == nil {
		return nil, nil, false // the column is in error already
	}
	if many || slices.Contains(plain, it) {
		b.fail(c, fault.Type, "mark every column of one table, and none of the others", "the condition does not say which side (+) is on")
		return nil, nil, false
	}
	return it, plain, true
}
