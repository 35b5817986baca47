package bind

import "github.com/atolldata/atoll/internal/sql/ast"

// sources lists where an expression's value comes from: the sources of its
// columns and of its subqueries' outputs, and not what windows, filters and
// subqueries only look at.
func (b *binder) sources(e ast.Expr) []Source {
	set := sourceSet{}
	b.collect(e, set)
	return set.sorted()
}

func (b *binder) collect(n ast.Node, set sourceSet) {
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ColumnRef:
			switch r := b.info.Refs[n]; {
			case r == nil:
			case r.Alias != nil:
				set.add(r.Alias.Sources...)
			default:
				set.add(r.Column.Sources...)
			}
		case *ast.WindowSpec, *ast.Exists:
			return false // they only look
		case *ast.Query:
			for _, o := range b.info.Outputs[n] {
				set.add(o.Sources...)
			}
			return false
		case *ast.FuncCall:
			for _, a := range n.Args {
				b.collect(a, set)
			}
			for _, o := range n.WithinGroup {
				b.collect(o.Expr, set)
			}
			return false
		}
		return true
	})
}
