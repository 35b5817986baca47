package print

import (
	"strings"

	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/token"
)

// call prints the call of a function, in FROM or as an expression.
func (p *printer) call(c *ast.FuncCall, inFrom bool) {
	switch c.Form {
	case ast.BareForm:
		p.text(strings.ToUpper(c.Name.Last()))
	case ast.KeywordForm:
		p.keywordCall(c)
	default:
		if c.Approximate {
			p.text("APPROXIMATE ")
		}
		p.functionName(c.Name, inFrom)
		p.inside(func() { p.arguments(c) })
	}
	if len(c.WithinGroup) > 0 {
		p.text(" WITHIN GROUP ")
		p.inside(func() { p.orderBy(c.WithinGroup) })
	}
	if c.Filter != nil {
		p.text(" FILTER ")
		p.inside(func() {
			p.text("WHERE ")
			p.expr(c.Filter)
		})
	}
	if !p.nullsInside {
		p.nulls(c)
	}
	if c.Over != nil {
		p.text(" OVER ")
		p.window(c.Over)
	}
}

// functionName prints the name of a function. Some words that need quotes as
// another name need none as this.
func (p *printer) functionName(n ast.Name, inFrom bool) {
	word := n.Last()
	if len(n) == 1 && (inFrom && word == "unnest" || !inFrom && token.IsPlain(word) && p.callable(word)) {
		p.text(word)
		return
	}
	p.name(n)
}

func (p *printer) arguments(c *ast.FuncCall) {
	if c.Distinct {
		p.text("DISTINCT ")
	}
	takesPart := len(c.Name) == 1 && token.TakesDatePart(c.Name[0].Name)
	list(p, c.Args, func(a ast.Expr) {
		ref, ok := a.(*ast.ColumnRef)
		if ok && takesPart && a == c.Args[0] && len(ref.Name) == 1 && !ref.OuterMark {
			p.quoted(ref.Name[0].Name) // bare, it would name a part of a date
			return
		}
		p.expr(a)
	})
	if len(c.OrderBy) > 0 {
		p.line()
		p.orderBy(c.OrderBy)
	}
	if p.nullsInside {
		p.nulls(c)
	}
}

func (p *printer) orderBy(items []*ast.OrderItem) {
	p.text("ORDER BY ")
	list(p, items, p.orderItem)
}

func (p *printer) nulls(c *ast.FuncCall) {
	switch c.Nulls {
	case ast.IgnoreNulls:
		p.text(" IGNORE NULLS")
	case ast.RespectNulls:
		p.text(" RESPECT NULLS")
	}
}

// keywordCall prints the calls that have keywords between their arguments.
func (p *printer) keywordCall(c *ast.FuncCall) {
	name, between := strings.ToUpper(c.Name.Last()), []string{}
	args := c.Args
	first := ""
	switch name {
	case "EXTRACT":
		between = []string{" FROM "}
	case "POSITION":
		between = []string{" IN "}
	case "SUBSTRING":
		between = []string{" FROM ", " FOR "}
	case "OVERLAY":
		between = []string{" PLACING ", " FROM ", " FOR "}
	case "BTRIM", "LTRIM", "RTRIM":
		first = map[string]string{"BTRIM": "BOTH ", "LTRIM": "LEADING ", "RTRIM": "TRAILING "}[name]
		name, between = "TRIM", []string{" FROM "}
		if len(args) == 2 {
			args = []ast.Expr{args[1], args[0]}
		}
	}
	p.text(name)
	p.inside(func() {
		p.text(first)
		for i, a := range args {
			if i > 0 {
				p.text(between[i-1])
			}
			switch part, ok := a.(*ast.DatePart); {
			case ok && !token.IsPlain(part.Name):
				p.text(p.str(part.Name))
			case name == "POSITION" && i == 0:
				p.operand(a, token.Other)
			default:
				p.expr(a)
			}
		}
	})
}
