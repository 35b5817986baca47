package print

import (
	"strings"

	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/token"
)

// precedence is how tightly the outermost operator of an expression binds.
func precedence(e ast.Expr) token.Precedence {
	switch e := e.(type) {
	case *ast.Binary:
		return token.Binary(string(e.Op))
	case *ast.Unary:
		return token.Unary(string(e.Op))
	case *ast.Is, *ast.IsDistinct:
		return token.Is
	case *ast.Quantified:
		return token.Compare
	case *ast.Between, *ast.InList, *ast.InQuery, *ast.Like:
		return token.Range
	case *ast.AtTimeZone:
		return token.Zone
	case *ast.Cast:
		if e.Style == ast.ColonCast {
			return token.Postfix
		}
	case *ast.Index, *ast.Field:
		return token.Postfix
	}
	return token.Primary
}

// operand prints an expression, in parentheses unless it binds at least as
// tightly as a level.
func (p *printer) operand(e ast.Expr, least token.Precedence) {
	if precedence(e) >= least {
		p.expr(e)
		return
	}
	p.inside(func() { p.expr(e) })
}

func (p *printer) expr(e ast.Expr) {
	switch e := e.(type) {
	case *ast.ColumnRef:
		p.name(e.Name)
		if e.OuterMark {
			p.text("(+)")
		}
	case *ast.Star:
		p.name(e.Qualifier)
		if len(e.Qualifier) > 0 {
			p.text(".")
		}
		p.text("*")
	case *ast.FuncCall:
		p.call(e, false)
	case *ast.Unary:
		p.unary(e)
	case *ast.Binary:
		p.binary(e)
	case *ast.Is, *ast.IsDistinct, *ast.Between, *ast.InList, *ast.InQuery, *ast.Like, *ast.Quantified:
		p.test(e)
	case *ast.Exists:
		p.text("EXISTS ")
		p.block(e.Query)
	case *ast.ScalarQuery:
		p.block(e.Query)
	case *ast.Case:
		p.caseExpr(e)
	case *ast.Cast:
		p.cast(e)
	case *ast.Row:
		if len(e.Items) == 1 {
			p.text("ROW")
		}
		p.inside(func() { list(p, e.Items, p.expr) })
	case *ast.Array:
		p.text(p.array[0])
		p.group(2)
		p.soft()
		list(p, e.Items, p.expr)
		p.end()
		p.text(p.array[1])
	case *ast.Index:
		p.container(e.X)
		p.text("[")
		p.expr(e.Index)
		p.text("]")
	case *ast.Field:
		if _, ok := e.X.(*ast.ColumnRef); ok {
			p.inside(func() { p.expr(e.X) }) // or the dot would make the name longer
		} else {
			p.container(e.X)
		}
		p.text(".")
		p.ident(e.Name.Name)
	case *ast.AtTimeZone:
		p.operand(e.X, token.Zone)
		p.text(" AT TIME ZONE ")
		p.operand(e.Zone, token.Sign)
	case *ast.GroupingSets:
		p.text(map[ast.GroupingKind]string{ast.Rollup: "ROLLUP ", ast.Cube: "CUBE ", ast.Sets: "GROUPING SETS "}[e.Kind])
		p.inside(func() { list(p, e.Items, p.expr) })
	default:
		p.literal(e)
	}
}

func (p *printer) literal(e ast.Expr) {
	switch e := e.(type) {
	case *ast.NumberLit:
		p.text(e.Text)
	case *ast.StringLit:
		p.text(p.str(e.Value))
	case *ast.BoolLit:
		p.text(map[bool]string{true: "TRUE", false: "FALSE"}[e.Value])
	case *ast.NullLit:
		p.text("NULL")
	case *ast.Default:
		p.text("DEFAULT")
	case *ast.Word:
		p.text(strings.ToUpper(e.Text))
	case *ast.Secret:
		p.text(p.str(e.Reveal()))
	case *ast.Amount:
		p.expr(e.Number)
		p.word(" ", e.Unit)
	case *ast.NameValue:
		p.name(e.Name)
	case *ast.List:
		row(p, e.Items, p.expr)
	case *ast.Param:
		p.text("$" + itoa(e.Number))
	case *ast.DatePart:
		p.text(e.Name)
	case *ast.TypedLit:
		p.text(strings.ToUpper(p.typeText(e.Type)) + " " + p.str(e.Value))
	case *ast.IntervalLit:
		p.text("INTERVAL " + p.str(e.Value))
		if e.From != "" {
			p.text(" " + strings.ToUpper(e.From))
		}
		if e.To != "" {
			p.text(" TO " + strings.ToUpper(e.To))
		}
		if e.Precision >= 0 {
			p.text("(" + itoa(e.Precision) + ")")
		}
	}
}

// container prints what an index or a field is taken of. A type or a number
// before the bracket or the dot would run into it.
func (p *printer) container(e ast.Expr) {
	switch e.(type) {
	case *ast.Cast, *ast.NumberLit:
		p.inside(func() { p.expr(e) })
	default:
		p.operand(e, token.Postfix)
	}
}

func (p *printer) unary(e *ast.Unary) {
	switch e.Op {
	case ast.Not:
		p.text("NOT ")
		p.operand(e.X, token.Not)
	case ast.Neg, ast.Plus:
		p.text(string(e.Op))
		p.operand(e.X, token.Postfix)
	default:
		p.text(string(e.Op) + " ")
		p.operand(e.X, token.Postfix)
	}
}

// operandLevels returns how tightly the operands of a binary operator must bind
// to stand without parentheses.
func operandLevels(op ast.BinaryOp) (left, right token.Precedence) {
	switch level := token.Binary(string(op)); {
	case op == ast.LessEq || op == ast.GreaterEq || op == ast.NotEq:
		// In Redshift's ancestor these bind like the operators of level Other.
		return token.Other, token.Sum
	case level == token.Compare:
		return level + 1, level + 1
	default:
		return level, level + 1
	}
}

// binary prints a chain of operators of one level, such as a AND b AND c, as one
// group.
func (p *printer) binary(e *ast.Binary) {
	level := token.Binary(string(e.Op))
	chain := []*ast.Binary{e}
	for level != token.Compare {
		left, ok := chain[len(chain)-1].Left.(*ast.Binary)
		if !ok || token.Binary(string(left.Op)) != level {
			break
		}
		chain = append(chain, left)
	}
	p.group(0)
	first := chain[len(chain)-1]
	least, _ := operandLevels(first.Op)
	p.operand(first.Left, least)
	for i := len(chain) - 1; i >= 0; i-- {
		_, least := operandLevels(chain[i].Op)
		if level == token.Compare {
			p.text(" ")
		} else {
			p.line()
		}
		p.text(string(chain[i].Op) + " ")
		p.operand(chain[i].Right, least)
	}
	p.end()
}

// test prints the operators that are words.
func (p *printer) test(e ast.Expr) {
	not := func(is bool) string {
		if is {
			return " NOT"
		}
		return ""
	}
	switch e := e.(type) {
	case *ast.Is:
		// In Redshift's ancestor IS binds tighter than || and comparisons.
		p.operand(e.X, token.Sum)
		what := map[ast.TruthValue]string{ast.IsNull: " NULL", ast.IsTrue: " TRUE", ast.IsFalse: " FALSE", ast.IsUnknown: " UNKNOWN"}
		p.text(" IS" + not(e.Not) + what[e.What])
	case *ast.IsDistinct:
		p.operand(e.Left, token.Sum)
		p.text(" IS" + not(e.Not) + " DISTINCT FROM ")
		p.operand(e.Right, token.Sum)
	case *ast.Between:
		p.operand(e.X, token.Other)
		p.text(not(e.Not) + " BETWEEN ")
		p.operand(e.Low, lowLevel(e.Low))
		p.text(" AND ")
		p.operand(e.High, token.Other)
	case *ast.InList:
		p.operand(e.X, token.Other)
		p.text(not(e.Not) + " IN (")
		p.fill(e.List)
		p.text(")")
	case *ast.InQuery:
		p.operand(e.X, token.Other)
		p.text(not(e.Not) + " IN ")
		p.block(e.Query)
	case *ast.Like:
		p.operand(e.X, token.Other)
		p.text(not(e.Not) + map[ast.LikeOp]string{ast.LikeMatch: " LIKE ", ast.ILikeMatch: " ILIKE ", ast.SimilarMatch: " SIMILAR TO "}[e.Op])
		p.operand(e.Pattern, token.Other)
		if e.Escape != nil {
			p.text(" ESCAPE ")
			p.operand(e.Escape, token.Other)
		}
	case *ast.Quantified:
		p.operand(e.X, token.Other)
		p.text(" " + string(e.Op) + map[bool]string{true: " ALL ", false: " ANY "}[e.All])
		p.block(e.Query)
	}
}

// lowLevel returns how tightly the lower bound of BETWEEN must bind to stand
// without parentheses. PostgreSQL and its descendants take no AT TIME ZONE there.
func lowLevel(low ast.Expr) token.Precedence {
	level := token.Other
	ast.Inspect(low, func(n ast.Node) bool {
		if _, ok := n.(*ast.AtTimeZone); ok {
			level = token.Postfix
		}
		return level == token.Other
	})
	return level
}

// fill prints a list with as many items to a line as fit.
func (p *printer) fill(items []ast.Expr) {
	p.group(2)
	p.soft()
	for i, it := range items {
		p.group(0)
		if i > 0 {
			p.line()
		}
		p.expr(it)
		if i < len(items)-1 {
			p.text(",")
		}
		p.end()
	}
	p.end()
}

func (p *printer) caseExpr(e *ast.Case) {
	p.group(0)
	p.group(2)
	p.text("CASE")
	if e.Operand != nil {
		p.text(" ")
		p.expr(e.Operand)
	}
	for _, w := range e.Whens {
		p.line()
		p.when(w)
	}
	if e.Else != nil {
		p.line()
		p.text("ELSE ")
		p.expr(e.Else)
	}
	p.end()
	p.line()
	p.text("END")
	p.end()
}

func (p *printer) when(w *ast.When) {
	p.text("WHEN ")
	p.expr(w.Cond)
	p.text(" THEN ")
	p.expr(w.Then)
}

func (p *printer) cast(e *ast.Cast) {
	switch {
	case e.Style == ast.ColonCast:
		p.operand(e.X, token.Postfix)
		p.text("::" + p.typeText(e.Type))
		return
	case e.Style == ast.ConvertCall && p.convert:
		p.text("CONVERT(" + p.typeText(e.Type) + ", ")
		p.expr(e.X)
		p.text(")")
		return
	case e.Style == ast.TryCast:
		p.text("TRY_CAST(")
	default:
		p.text("CAST(")
	}
	p.expr(e.X)
	p.text(" AS " + p.typeText(e.Type) + ")")
}
