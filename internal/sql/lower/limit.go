package lower

import (
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/bind"
)

// limitedName is the common table expression that holds a query with LIMIT.
const limitedName = "#limited"

// limited is the lowered form of a query below the top, or of a side of a set
// operation, which the engine may have to keep apart from what surrounds it. A query
// that is related to the row, or part of a recursion, stays where it is.
func (l *lowering) limited(q ast.Node, out *ast.Query) *ast.Query {
	if out.Limit == nil && out.Offset == nil || l.recursive || l.related(q) {
		return out
	}
	return l.engine.apart(out)
}

// related reports a query that refers to one around it.
func (l *lowering) related(q ast.Node) bool {
	own := map[*bind.Item]bool{}
	outputs := map[*bind.Output]bool{}
	ast.Inspect(q, func(n ast.Node) bool {
		sel, ok := n.(*ast.Select)
		if info := l.info.Selects[sel]; ok && info != nil {
			for _, it := range info.Items {
				own[it] = true
			}
			for _, o := range info.Outputs {
				outputs[o] = true
			}
		}
		return true
	})
	found := false
	look := func(n ast.Node) bool {
		if ref, ok := n.(*ast.ColumnRef); ok {
			r := l.info.Refs[ref]
			found = found || r != nil && (r.Column != nil && !ownColumn(r.Column, own) || r.Alias != nil && !outputs[r.Alias])
		}
		return !found
	}
	ast.Inspect(q, look)
	for it := range own {
		if it.Unnest != nil { // its place in FROM is a name
			ast.Inspect(it.Unnest.Value, look)
		}
	}
	return found
}

// ownColumn reports a column of some items.
func ownColumn(c *bind.Column, own map[*bind.Item]bool) bool {
	for _, m := range c.Merged {
		if !ownColumn(m, own) {
			return false
		}
	}
	return len(c.Merged) > 0 || own[c.Item]
}
