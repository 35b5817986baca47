package lineage

import "github.com/atolldata/atoll/internal/sql/ast"

// rows walks into what decides which rows a query has, and in which order.
func (w *walk) rows(q *ast.Query) {
	if !w.first(q, -1, "") {
		return
	}
	w.bodyRows(q.Body)
	for _, o := range q.OrderBy {
		if at := w.res.Info.Positions[o.Expr]; at != nil {
			w.body(q.Body, at.Position, at.Name, Order)
		} else {
			w.expr(o.Expr, Order)
		}
	}
	w.expr(q.Limit, Filter)
	w.expr(q.Offset, Filter)
}

func (w *walk) bodyRows(body ast.Body) {
	switch body := body.(type) {
	case *ast.Query:
		w.rows(body)
	case *ast.Select:
		w.selectRows(body)
	case *ast.SetOp:
		w.bodyRows(body.Left)
		w.bodyRows(body.Right)
		switch {
		case body.Op != ast.Union:
			w.all(body.Left, Filter)
			w.all(body.Right, Filter)
		case !body.All:
			w.all(body, Group)
		}
	}
}

func (w *walk) selectRows(s *ast.Select) {
	info := w.res.Info.Selects[s]
	if info.Hierarchy != nil {
		w.table(info.Hierarchy)
	} else {
		for _, t := range s.From {
			w.table(t)
		}
	}
	if len(info.OuterJoins) > 0 {
		for _, j := range info.OuterJoins {
			w.exprs(j.On, Join)
		}
		w.exprs(info.Filters, Filter)
	} else {
		w.expr(s.Where, Filter)
	}
	w.exprs(info.Keys, Group)
	w.expr(s.Having, Filter)
	w.expr(s.Qualify, Filter)
	w.expr(s.Top, Filter)
	if s.Distinct {
		w.all(s, Group)
	}
}

// table walks into what decides the rows of an entry of FROM.
func (w *walk) table(t ast.TableExpr) {
	if j, ok := t.(*ast.Join); ok {
		w.table(j.Left)
		w.table(j.Right)
		w.expr(j.On, Join)
		if info := w.res.Info.Joins[j]; info != nil {
			for _, pair := range info.Pairs {
				w.column(pair[0], Join)
				w.column(pair[1], Join)
			}
		}
		return
	}
	it := w.res.Info.Items[t]
	switch {
	case it.Relation.Name != "":
	case it.Unnest != nil:
		w.expr(it.Unnest.Value, Join)
	default:
		w.rows(w.queryOf(it))
	}
}
