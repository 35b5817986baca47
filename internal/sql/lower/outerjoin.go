package lower

import "github.com/atolldata/atoll/internal/sql/ast"

func isOuter(kind ast.JoinKind) bool {
	return kind == ast.LeftJoin || kind == ast.RightJoin || kind == ast.FullJoin
}

// staysInside reports a join whose condition reads only what it joins, and its
// own subqueries.
func (l *lowering) staysInside(j *ast.Join) bool {
	inside := itemsOf(l.info, j)
	ok := true
	ast.Inspect(j.On, func(n ast.Node) bool {
		ref, isRef := n.(*ast.ColumnRef)
		if isRef && ok {
			read := itemsRead(l.info, ref)
			if ok = len(read) == 0 || within(read, inside); !ok {
				l.fail(ref, "read it in WHERE, or join its table here too",
					"the condition of an outer join cannot read %q, which is of a query around it", ref.Name.String())
			}
		}
		return true
	})
	return ok
}

// joinsBySides holds a join whose condition has a subquery to what can be
// computed a side at a time: comparisons of one side with the other, and
// conditions on the side that the join may leave out.
func (l *lowering) joinsBySides(j *ast.Join) {
	left, right := itemsOf(l.info, j.Left), itemsOf(l.info, j.Right)
	sides := func(e ast.Expr) (inLeft, inRight bool) {
		for it := range itemsRead(l.info, e) {
			inLeft, inRight = inLeft || left[it], inRight || right[it]
		}
		return inLeft, inRight
	}
	var subquery ast.Expr // the first that is not computed before the join
	inPairs := false
	for _, e := range conjuncts(j.On) {
		inLeft, inRight := sides(e)
		if j.Kind == ast.LeftJoin && inRight && !inLeft || j.Kind == ast.RightJoin && inLeft && !inRight {
			continue
		}
		inPairs = inPairs || !comparesSides(e, sides)
		if subquery == nil && ast.HasQuery(e) {
			subquery = e
		}
	}
	if inPairs && subquery != nil {
		l.fail(subquery, "join a subquery that has the result as a column, and compare that column",
			"an outer join cannot compute this subquery for each pair of rows")
	}
}

// conjuncts are the conditions that AND joins.
func conjuncts(e ast.Expr) []ast.Expr {
	if b, ok := e.(*ast.Binary); ok && b.Op == ast.And {
		return append(conjuncts(b.Left), conjuncts(b.Right)...)
	}
	return []ast.Expr{e}
}

// comparesSides reports a comparison of a value of one side with one of the other.
func comparesSides(e ast.Expr, sides func(ast.Expr) (inLeft, inRight bool)) bool {
	var x, y ast.Expr
	switch e := e.(type) {
	case *ast.IsDistinct:
		x, y = e.Left, e.Right
	case *ast.Binary:
		switch e.Op {
		case ast.Eq, ast.NotEq, ast.Less, ast.LessEq, ast.Greater, ast.GreaterEq:
			x, y = e.Left, e.Right
		default:
			return false
		}
	default:
		return false
	}
	xLeft, xRight := sides(x)
	yLeft, yRight := sides(y)
	return xLeft != xRight && yLeft != yRight && xLeft == yRight
}
