package lower

import (
	"strconv"
	"strings"

	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/function"
	"github.com/atolldata/atoll/internal/sql/types"
)

// Rows are compared value by value: the engines take NULLs in rows for equal, or
// for larger than other values, where SQL says that nothing is known.

// compareRows lowers a comparison of rows, by the first values that differ.
func (l *lowering) compareRows(op ast.BinaryOp, left, right []ast.Expr) ast.Expr {
	switch op {
	case ast.Eq:
		return l.equalRows(left, right)
	case ast.NotEq:
		return &ast.Unary{Op: ast.Not, X: l.equalRows(left, right)}
	}
	if len(left) == 1 {
		return binary(op, l.expr(left[0]), l.expr(right[0]))
	}
	strict := map[ast.BinaryOp]ast.BinaryOp{ast.LessEq: ast.Less, ast.GreaterEq: ast.Greater}
	first := op
	if s, ok := strict[op]; ok {
		first = s
	}
	rest := binary(ast.And, l.equalRows(left[:1], right[:1]), l.compareRows(op, left[1:], right[1:]))
	return binary(ast.Or, binary(first, l.expr(left[0]), l.expr(right[0])), rest)
}

func (l *lowering) equalRows(left, right []ast.Expr) ast.Expr {
	pairs := make([]ast.Expr, len(left))
	for i := range left {
		pairs[i] = binary(ast.Eq, l.comparable(left[i]), l.comparable(right[i]))
	}
	return chain(ast.And, pairs)
}

// chain joins conditions with AND or OR.
func chain(op ast.BinaryOp, conditions []ast.Expr) ast.Expr {
	out := conditions[0]
	for _, c := range conditions[1:] {
		out = binary(op, out, c)
	}
	return out
}

// rowInList lowers (a, b) IN ((c, d), ...).
func (l *lowering) rowInList(row *ast.Row, list []ast.Expr) ast.Expr {
	equal := make([]ast.Expr, len(list))
	for i, e := range list {
		equal[i] = l.equalRows(row.Items, e.(*ast.Row).Items)
	}
	return chain(ast.Or, equal)
}

// rowInQuery lowers (a, b) IN (query): true where a row is the same, unknown
// where one might be, and otherwise false.
func (l *lowering) rowInQuery(row *ast.Row, q *ast.Query) ast.Expr {
	l.standOutside(row.Items)
	maybe := func(equal ast.Expr) ast.Expr { return &ast.Is{X: equal, What: ast.IsNull} }
	return &ast.Case{
		Whens: []*ast.When{
			{Cond: l.rowAmong(row, q, nil), Then: &ast.BoolLit{Value: true}},
			{Cond: l.rowAmong(row, q, maybe), Then: castTo(&ast.NullLit{}, types.Boolean)},
		},
		Else: &ast.BoolLit{},
	}
}

// rowAmong reports whether there is a row of the query that is the same or, where
// a test is given, whose comparison passes it. The engines have no IN for rows
// where the query reads columns from around it.
func (l *lowering) rowAmong(row *ast.Row, q *ast.Query, test func(equal ast.Expr) ast.Expr) ast.Expr {
	candidate := &ast.Subquery{Query: l.query(q, false), Alias: ast.Alias{Name: ast.Ident{Name: l.freeName("candidate")}}}
	pairs := make([]ast.Expr, len(row.Items))
	for i, x := range row.Items {
		column := ast.Ident{Name: "c" + strconv.Itoa(i+1)}
		candidate.Alias.Columns = append(candidate.Alias.Columns, column)
		var own ast.Expr = &ast.ColumnRef{Name: ast.Name{candidate.Alias.Name, column}}
		if l.info.TypeOf(x).Kind == schema.Super {
			own = l.normalSuper(own)
		}
		pairs[i] = binary(ast.Eq, l.comparable(x), own)
	}
	equal := chain(ast.And, pairs)
	if test != nil {
		equal = test(equal)
	}
	return &ast.Exists{Query: &ast.Query{Body: &ast.Select{
		Items: []*ast.SelectItem{{Expr: number(1)}}, From: []ast.TableExpr{candidate}, Where: equal,
	}}}
}

// standOutside refuses what would be another thing within the subquery that a row is
// compared in: a window, and an aggregate that reads no column, which would be one over
// the subquery's rows.
func (l *lowering) standOutside(row []ast.Expr) {
	for _, x := range row {
		ast.Inspect(x, func(n ast.Node) bool {
			c, ok := n.(*ast.FuncCall)
			if ok && (l.info.Calls[c].Window != nil || l.info.Calls[c].Func.Class == function.Aggregate && !readsColumns(c)) {
				l.fail(c, "compute it in a subquery in FROM, and compare its column", "%s cannot be looked for beside other values", strings.ToUpper(l.info.Calls[c].Func.Name))
			}
			_, sub := n.(*ast.Query)
			return !sub
		})
	}
}

// readsColumns reports an expression that has the name of a column in it.
func readsColumns(e ast.Expr) (found bool) {
	ast.Inspect(e, func(n ast.Node) bool {
		_, column := n.(*ast.ColumnRef)
		found = found || column
		return !found
	})
	return found
}

// freeName is a name that no item in sight has, made from another.
func (l *lowering) freeName(base string) string {
	name := base
	for k := 2; l.taken[name] > 0; k++ {
		name = base + "_" + strconv.Itoa(k)
	}
	return name
}

// negated puts NOT before a condition, if it is to be.
func negated(not bool, e ast.Expr) ast.Expr {
	if not {
		return &ast.Unary{Op: ast.Not, X: e}
	}
	return e
}

// where lowers a condition that keeps rows for which it is true: false and
// unknown are the same to it.
func (l *lowering) where(e ast.Expr) ast.Expr {
	switch e := e.(type) {
	case *ast.Binary:
		_, isRow := e.Left.(*ast.Row)
		switch {
		case e.Op == ast.And:
			return binary(ast.And, l.where(e.Left), l.where(e.Right))
		case e.Op == ast.Eq && !isRow:
			return l.operation(e)
		}
	case *ast.InQuery:
		if row, ok := e.X.(*ast.Row); ok && !e.Not {
			l.standOutside(row.Items)
			return l.rowAmong(row, e.Query, nil)
		}
	}
	return l.optional(e)
}
