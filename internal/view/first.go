package view

import (
	"slices"
	"strconv"

	"github.com/atolldata/atoll/internal/sql/ast"
)

// first notes of a stage that keeps the first few rows of each partition, by QUALIFY and
// nothing else, which of its columns hold those of its input, if they hold all: of what
// comes, the first few are then among what is stored and what comes. What the rows are
// ordered by is held for that. Sel is the stage's query.
func (p *planner) first(r *Relation, sel *ast.Select) {
	rank := firstFew(sel.Qualify)
	if rank == nil {
		return
	}
	for _, it := range sel.Items { // another window may need the rows that are not kept
		if slices.ContainsFunc(windowsIn(it.Expr), func(w *ast.FuncCall) bool { return !sameExpr(w, rank) }) {
			return
		}
	}
	ordering := map[string]bool{}
	for _, o := range rank.Over.OrderBy {
		ast.Inspect(o.Expr, func(n ast.Node) bool {
			if alias, name, ok := columnAt(n); ok && alias == input {
				ordering[name] = true
			}
			return true
		})
	}
	held := map[string]string{}
	var missing []string
	for _, c := range r.Input.Columns {
		i := slices.IndexFunc(sel.Items, func(it *ast.SelectItem) bool { return sameExpr(it.Expr, column(input, c.Name)) })
		switch {
		case i >= 0:
			held[c.Name] = sel.Items[i].Alias.Name
		case ordering[c.Name] || slices.Contains(r.Keys, c.Name):
			missing = append(missing, c.Name)
		default:
			return
		}
	}
	for i, name := range missing {
		held[name] = r.holdInput(sel, name, "#o"+strconv.Itoa(i+1))
	}
	r.First = held
}

// firstFew is the call of a condition that holds for the first few rows of each partition
// and no others, nil if that is not known.
func firstFew(condition ast.Expr) *ast.FuncCall {
	b, ok := condition.(*ast.Binary)
	if !ok {
		return nil
	}
	op, x, n := b.Op, b.Left, b.Right
	if _, first := x.(*ast.NumberLit); first {
		x, n = n, x
		op = map[ast.BinaryOp]ast.BinaryOp{ast.Eq: ast.Eq, ast.GreaterEq: ast.LessEq, ast.Greater: ast.Less}[op]
	}
	call, isCall := x.(*ast.FuncCall)
	limit, isNumber := n.(*ast.NumberLit)
	if !isCall || !isNumber || call.Over == nil || !slices.Contains([]string{"row_number", "rank", "dense_rank"}, call.Name.Last()) {
		return nil
	}
	if op == ast.LessEq || op == ast.Less || op == ast.Eq && limit.Text == "1" {
		return call
	}
	return nil
}
