package lower

import (
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/bind"
)

// FullJoinRuns reports whether PostgreSQL and Redshift can run a full join: its
// condition has an equality between a value of either side, or reads no column.
// Other joins, and those by USING, always run.
func FullJoinRuns(info *bind.Info, j *ast.Join) bool {
	if j.Kind != ast.FullJoin || j.On == nil || len(itemsRead(info, j.On)) == 0 {
		return true
	}
	left, right := itemsOf(info, j.Left), itemsOf(info, j.Right)
	var equates func(e ast.Expr) bool
	equates = func(e ast.Expr) bool {
		b, ok := e.(*ast.Binary)
		switch {
		case !ok:
			return false
		case b.Op == ast.And:
			return equates(b.Left) || equates(b.Right)
		case b.Op != ast.Eq:
			return false
		}
		l, r := itemsRead(info, b.Left), itemsRead(info, b.Right)
		return within(l, left) && within(r, right) || within(l, right) && within(r, left)
	}
	return equates(j.On)
}

// itemsOf is the items of a FROM entry.
func itemsOf(info *bind.Info, t ast.TableExpr) map[*bind.Item]bool {
	items := map[*bind.Item]bool{}
	ast.Inspect(t, func(n ast.Node) bool {
		if t, ok := n.(ast.TableExpr); ok && info.Items[t] != nil {
			items[info.Items[t]] = true
		}
		return true
	})
	return items
}

// itemsRead is the items whose columns an expression reads.
func itemsRead(info *bind.Info, e ast.Expr) map[*bind.Item]bool {
	items := map[*bind.Item]bool{}
	var add func(c *bind.Column)
	add = func(c *bind.Column) {
		for _, m := range c.Merged {
			add(m)
		}
		if c.Item != nil {
			items[c.Item] = true
		}
	}
	ast.Inspect(e, func(n ast.Node) bool {
		if ref, ok := n.(*ast.ColumnRef); ok && info.Refs[ref] != nil && info.Refs[ref].Column != nil {
			add(info.Refs[ref].Column)
		}
		return true
	})
	return items
}

// within reports a set that is not empty and part of another.
func within(some, all map[*bind.Item]bool) bool {
	for it := range some {
		if !all[it] {
			return false
		}
	}
	return len(some) > 0
}
