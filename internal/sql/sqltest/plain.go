package sqltest

import (
	"fmt"

	"github.com/atolldata/atoll/internal/sql/ast"
)

// NotPlain lists what is not as package normal promises of a plain query, and
// nothing where all is.
func NotPlain(q *ast.Query) []string {
	p := plain{items: map[string]bool{}}
	ast.Inspect(q, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.TableName:
			p.item(n.Alias.Name.Name)
		case *ast.Subquery:
			p.item(n.Alias.Name.Name)
			if len(n.Alias.Columns) > 0 && firstBody(n.Query) != "VALUES" {
				p.fault("subquery %s lists its columns", n.Alias.Name.Name)
			}
		case *ast.TableFunc:
			p.item(n.Alias.Name.Name)
		case *ast.SuperTable:
			p.item(n.Alias.Name.Name)
		case *ast.Pivot, *ast.Unpivot, *ast.With:
			p.fault("%T", n)
		}
		return true
	})
	ast.Inspect(q, func(n ast.Node) bool {
		p.check(n, n == ast.Node(q))
		return true
	})
	return p.faults
}

type plain struct {
	items  map[string]bool
	faults []string
}

func (p *plain) fault(format string, args ...any) {
	p.faults = append(p.faults, fmt.Sprintf(format, args...))
}

func (p *plain) item(name string) {
	if name == "" || p.items[name] {
		p.fault("the alias %q is missing or there twice", name)
	}
	p.items[name] = true
}

func (p *plain) check(n ast.Node, top bool) {
	switch n := n.(type) {
	case *ast.Query:
		p.query(n, top)
	case *ast.Select:
		p.selects(n)
	case *ast.SetOp:
		for _, side := range []ast.Body{n.Left, n.Right} {
			if q, ok := side.(*ast.Query); ok && q.Limit == nil && q.Offset == nil {
				p.fault("parentheses without a limit in a set operation")
			}
		}
	case *ast.Binary:
		if _, ok := n.Left.(*ast.Row); ok && (n.Op == ast.Eq || n.Op == ast.NotEq) {
			if _, ok := n.Right.(*ast.Row); ok {
				p.fault("rows that are equal")
			}
		}
	case *ast.Join:
		if n.Natural || len(n.Using) > 0 {
			p.fault("a join by names")
		}
	case *ast.ColumnRef:
		if len(n.Name) < 2 || !p.items[n.Name[0].Name] || n.OuterMark {
			p.fault("the column %s", n.Name)
		}
	case *ast.WindowSpec:
		if n.Base.Name != "" {
			p.fault("the window %s", n.Base.Name)
		}
	}
}

func (p *plain) query(q *ast.Query, top bool) {
	if len(q.OrderBy) > 0 && !top && q.Limit == nil && q.Offset == nil {
		p.fault("an order below the top")
	}
	if sel, ok := q.Body.(*ast.Select); ok && !top {
		seen := map[string]bool{}
		for _, item := range sel.Items {
			if seen[item.Alias.Name] {
				p.fault("the output %q twice", item.Alias.Name)
			}
			seen[item.Alias.Name] = true
		}
	}
}

func (p *plain) selects(sel *ast.Select) {
	if sel.Top != nil || len(sel.Exclude) > 0 || len(sel.Windows) > 0 || sel.ConnectBy != nil || sel.Into != nil {
		p.fault("TOP, EXCLUDE, WINDOW, CONNECT BY or INTO")
	}
	for _, item := range sel.Items {
		if _, star := item.Expr.(*ast.Star); star || item.Alias.Name == "" {
			p.fault("an output without a name, or a star")
		}
	}
	if sel.GroupBy == nil {
		return
	}
	for _, e := range sel.GroupBy.Items {
		switch e := e.(type) {
		case *ast.NumberLit:
			p.fault("GROUP BY %s", e.Text)
		case *ast.Row:
			if len(e.Items) > 0 {
				p.fault("parentheses in GROUP BY")
			}
		}
	}
	if sel.GroupBy.All {
		p.fault("GROUP BY ALL")
	}
}

// firstBody tells what names the outputs of a query.
func firstBody(q *ast.Query) string {
	body := q.Body
	for {
		switch b := body.(type) {
		case *ast.SetOp:
			body = b.Left
		case *ast.Query:
			body = b.Body
		case *ast.Values:
			return "VALUES"
		default:
			return "SELECT"
		}
	}
}
