package lower

import (
	_ "embed"
	"slices"
	"strings"

	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/bind"
)

// postgres is PostgreSQL, from version 15 on.
type postgres struct{}

//go:embed prelude_postgres.sql
var postgresPrelude string

// PostgresPrelude lists the PostgreSQL statements that create what lowered
// queries call, in order. They may be run again, and fail in a database that does
// not compare text byte by byte.
func PostgresPrelude() []string {
	return strings.Split(strings.TrimSuffix(postgresPrelude, ";\n"), ";\n\n")
}

// PostgresSettings lists the PostgreSQL settings that lowered queries rely on.
func PostgresSettings() []string {
	return []string{
		"SET TimeZone = 'UTC'",                 // conversions between timestamp and timestamptz
		"SET DateStyle = 'ISO, MDY'",           // dates as text, both ways
		"SET IntervalStyle = 'postgres'",       // intervals as text
		"SET standard_conforming_strings = on", // backslashes are characters
	}
}

// maxPostgresName is how many bytes of a name PostgreSQL keeps (NAMEDATALEN).
const maxPostgresName = 63

// PostgreSQL lowers a bound query for PostgreSQL. The error is a [fault.List].
func PostgreSQL(res *bind.Result, opts Options) (*ast.Query, error) {
	return lowerFor(postgres{}, res, opts)
}

// start refuses names that PostgreSQL would cut, and so take for others, and full
// joins that it cannot run.
func (postgres) start(l *lowering) {
	long := func(n ast.Node, name string) {
		if len(name) > maxPostgresName {
			l.fail(n, "use a shorter name", "the name %q has %d bytes, and PostgreSQL keeps %d", name, len(name), maxPostgresName)
		}
	}
	ast.Inspect(l.res.Query, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ColumnRef:
			for _, id := range n.Name {
				long(n, id.Name)
			}
		case *ast.SelectItem:
			long(n, n.Alias.Name)
		case *ast.TableName:
			long(n, n.Name.Last())
			long(n, n.Alias.Name.Name)
		case *ast.Subquery:
			long(n, n.Alias.Name.Name)
		case *ast.CTE:
			long(n, n.Name.Name)
		case *ast.Join:
			if !FullJoinRuns(l.info, n) {
				l.fail(n.On, "use UNION ALL of a LEFT JOIN and the rows that it leaves out", "PostgreSQL runs a FULL JOIN only where its condition equates a value of either side")
			}
		}
		return true
	})
}

func (postgres) sameType(function string) bool {
	switch function {
	case "count", "row_number", "rank", "dense_rank":
		return true
	}
	return false
}

// number gives a number its type: PostgreSQL reads 1e3 as numeric.
func (postgres) number(e *ast.NumberLit, t schema.Type) ast.Expr {
	if t.Kind == schema.Double {
		return castTo(e, t)
	}
	return e
}

func (postgres) attributes(x ast.Expr, names ...string) ast.Expr {
	args := []ast.Expr{x}
	for _, n := range names {
		args = append(args, text(n))
	}
	return call("jsonb_extract_path", args...)
}

func (postgres) element(x, index ast.Expr) ast.Expr { return macro("element", x, index) }

// binary leaves to PostgreSQL what it does as Redshift, which comes from it:
// integers divide into integers, and division by zero and overflow are errors.
func (p postgres) binary(l *lowering, e *ast.Binary, left, right ast.Expr, t schema.Type) ast.Expr {
	switch e.Op {
	case ast.Div:
		if t.Kind == schema.Decimal {
			return castTo(macro("div_decimal", left, right, number(t.Scale)), t)
		}
	case ast.Mod:
		if isFloat(t) {
			l.fail(e, "cast both sides to DECIMAL", "PostgreSQL has no remainder over %s", t)
		}
	case ast.Power:
		return call("power", left, right)
	case ast.Match, ast.MatchFold, ast.NotMatch, ast.NotMatchFold:
		l.portablePattern(e.Right)
	case ast.Add, ast.Sub, ast.Mul:
		return l.arithmetic(e, left, right, t)
	}
	return binary(e.Op, left, right)
}

// similar is PostgreSQL's own, whose escape is a backslash too.
func (postgres) similar(_ *lowering, _, out *ast.Like) ast.Expr { return out }

// finish writes QUALIFY as a subquery, and orders the rows of DISTINCT by number.
func (postgres) finish(out *ast.Query) {
	sel := out.Body.(*ast.Select)
	if sel.Distinct {
		for _, o := range out.OrderBy {
			if i := slices.IndexFunc(sel.Items, func(it *ast.SelectItem) bool { return sameOutput(it.Expr, o.Expr) }); i >= 0 {
				o.Expr = number(i + 1)
			}
		}
	}
	if sel.Qualify != nil {
		qualify(out)
	}
}

func (postgres) apart(out *ast.Query) *ast.Query { return out }

// sameOutput reports an output that is an expression, or a cast of it that
// lowering put around outputs.
func sameOutput(output, e ast.Expr) bool {
	if ast.Equal(output, e) {
		return true
	}
	c, ok := output.(*ast.Cast)
	return ok && ast.Equal(c.X, e)
}

// qualify moves a SELECT with QUALIFY into FROM, where its condition and what
// orders it are columns.
func qualify(out *ast.Query) {
	inner := out.Body.(*ast.Select)
	names := make([]string, len(inner.Items))
	for i, it := range inner.Items {
		names[i] = it.Alias.Name
	}
	unique := uniqueNames(names)
	outer := &ast.Select{Distinct: inner.Distinct}
	for i, it := range inner.Items {
		outer.Items = append(outer.Items, &ast.SelectItem{Expr: qualified(unique[i]), Alias: ast.Ident{Name: names[i]}})
		it.Alias.Name = unique[i]
	}
	hide := func(e ast.Expr) ast.Expr {
		unique = uniqueNames(append(unique, "condition"))
		name := unique[len(unique)-1]
		inner.Items = append(inner.Items, &ast.SelectItem{Expr: e, Alias: ast.Ident{Name: name}})
		return qualified(name)
	}
	outer.Where = hide(inner.Qualify)
	for _, o := range out.OrderBy {
		if _, position := o.Expr.(*ast.NumberLit); !position {
			o.Expr = hide(o.Expr)
		}
	}
	inner.Qualify, inner.Distinct = nil, false
	outer.From = []ast.TableExpr{&ast.Subquery{
		Query: &ast.Query{Body: inner},
		Alias: ast.Alias{Name: ast.Ident{Name: qualifiedRows}},
	}}
	out.Body = outer
}

// qualifiedRows names the subquery that stands for QUALIFY. Nothing else is in
// sight of it.
const qualifiedRows = "qualified"

func qualified(column string) ast.Expr {
	return &ast.ColumnRef{Name: ast.NewName(qualifiedRows, column)}
}
