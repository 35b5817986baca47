package bind

import (
	"slices"
	"strconv"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/ast"
)

func itoa(n int) string { return strconv.Itoa(n) }

// wholeNumber reads a number literal without a point or exponent.
func wholeNumber(n *ast.NumberLit) (int, bool) {
	v, err := strconv.Atoi(n.Text)
	return v, err == nil
}

// selects binds one SELECT and returns its outputs and the scope of its clauses.
func (b *binder) selects(sel *ast.Select, outer *scope, with *ctes) ([]*Output, *scope) {
	if sel.Into != nil {
		b.fail(sel.Into, fault.Unsupported, "a model is a query: Atoll makes its table", "SELECT INTO is not available")
	}
	s := newScope(outer, with)
	if sel.ConnectBy != nil {
		s = b.hierarchy(sel, outer, with)
	} else {
		b.from(sel.From, s)
	}
	return b.clauses(sel, s), s
}

// clauses binds what follows FROM, and the select list, in the scope that FROM
// filled.
func (b *binder) clauses(sel *ast.Select, s *scope) []*Output {
	info := &SelectInfo{Items: s.items, Hierarchy: s.hierarchy}
	if s.hierarchy != nil {
		info.Items = []*Item{b.info.Items[s.hierarchy]}
	}
	b.info.Selects[sel], s.info = info, info
	for _, w := range sel.Windows {
		s.windows[w.Name.Name] = w.Spec
	}
	b.list(sel, info, s.at(inList))
	s.aliases = info.Outputs
	if sel.Where != nil {
		b.condition(sel.Where, s.at(s.filter))
		b.outerJoins(sel, info)
	}
	if sel.GroupBy != nil {
		b.groupBy(sel, s.at(inGroupBy))
	}
	if sel.Having != nil {
		b.condition(sel.Having, s.at(inHaving))
	}
	if sel.Qualify != nil {
		b.condition(sel.Qualify, s.at(inQualify))
		if !b.has(sel.Qualify, isWindow) && !slices.ContainsFunc(info.Outputs, func(o *Output) bool { return b.has(o.Expr, isWindow) }) {
			b.fail(sel.Qualify, fault.Type, "filter rows with WHERE, and groups with HAVING", "QUALIFY needs a window function, in its condition or in the select list")
		}
	}
	b.count(sel.Top, s)
	b.grouping(sel, info, s)
	if s.hierarchy == nil {
		b.crossJoins(sel, s)
	}
	return info.Outputs
}

// condition binds an expression that must be true or false.
func (b *binder) condition(e ast.Expr, s *scope) {
	b.boolean(e, s, s.place.name)
}

// list binds the select list: stars are expanded, and each alias is in sight of
// the expressions after it ("SELECT list": lateral alias reference).
func (b *binder) list(sel *ast.Select, info *SelectInfo, s *scope) {
	for _, item := range sel.Items {
		if star, ok := item.Expr.(*ast.Star); ok {
			info.Outputs = append(info.Outputs, b.star(star, s)...)
		} else {
			t := b.expr(item.Expr, s)
			info.Outputs = append(info.Outputs, b.output(item, t))
		}
		s.aliases = info.Outputs
	}
	info.Outputs = b.exclude(sel.Exclude, info.Outputs, sel)
	for i, o := range info.Outputs {
		o.Position = i
	}
}

// output names an expression of the select list as Redshift does.
func (b *binder) output(item *ast.SelectItem, t schema.Type) *Output {
	o := &Output{Expr: item.Expr, Type: t, Sources: b.sources(item.Expr), size: b.size(item.Expr)}
	if item.Alias.Name != "" {
		o.Name, o.Named, o.aliased = item.Alias.Name, true, true
		return o
	}
	o.Name, o.Named = b.outputName(item.Expr)
	return o
}

// maxSize bounds an output with its aliases written out: aliases of aliases
// multiply.
const maxSize = 10_000

// size counts the nodes of an expression, and reports one that is too large.
func (b *binder) size(e ast.Expr) int {
	n := 0
	ast.Inspect(e, func(node ast.Node) bool {
		n++
		if ref, ok := node.(*ast.ColumnRef); ok {
			if o := b.aliasOf(ref); o != nil {
				n += o.size
			}
		}
		return true
	})
	if n > maxSize {
		b.fail(e, fault.Unsupported, "compute an inner alias in a subquery", "aliases of aliases multiply to more than %d expressions", maxSize)
	}
	return n
}

// typeColumns are the names that Redshift, like PostgreSQL, gives an unnamed
// column that holds a cast: its own name of the type ("CAST function", examples).
var typeColumns = map[schema.Kind]string{
	schema.Boolean: "bool", schema.SmallInt: "int2", schema.Integer: "int4", schema.BigInt: "int8",
	schema.Decimal: "numeric", schema.Real: "float4", schema.Double: "float8", schema.Char: "bpchar",
	schema.Varchar: "varchar", schema.Date: "date", schema.Time: "time", schema.TimeTZ: "timetz",
	schema.Timestamp: "timestamp", schema.TimestampTZ: "timestamptz", schema.Super: "super", schema.Varbyte: "varbyte",
}

// noName is what Redshift calls a column that nothing names.
const noName = "?column?"

// outputName is the name of an output without alias: that of a column, of a
// function, of a cast's operand or type, or of a CASE's ELSE column, as in
// PostgreSQL; named is false where there is none of these.
func (b *binder) outputName(e ast.Expr) (name string, named bool) {
	if name = b.ownName(e); name != "" {
		return name, true
	}
	switch e := e.(type) {
	case *ast.Cast:
		if name = typeColumns[e.Type.Type.Kind]; name != "" {
			return name, true
		}
	case *ast.Case:
		return "case", true
	}
	return noName, false
}

// ownName is the name that an expression brings along, and "" for none.
func (b *binder) ownName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.ColumnRef:
		return e.Name.Last()
	case *ast.Field:
		return e.Name.Name
	case *ast.FuncCall:
		if c := b.info.Calls[e]; c != nil {
			return c.Func.ColumnName()
		}
	case *ast.Cast:
		return b.ownName(e.X)
	case *ast.Case:
		if e.Else != nil {
			return b.ownName(e.Else)
		}
	case *ast.Exists:
		return "exists"
	case *ast.ScalarQuery:
		if outputs := b.info.Outputs[e.Query]; len(outputs) == 1 && outputs[0].Named {
			return outputs[0].Name
		}
	}
	return ""
}

// star expands * or table.* into column references.
func (b *binder) star(star *ast.Star, s *scope) []*Output {
	columns := s.columns
	if len(star.Qualifier) > 0 {
		it := s.item(star.Qualifier)
		if it == nil {
			var names []string
			for _, i := range s.items {
				names = append(names, i.Name)
			}
			b.fail(star, fault.Name, suggestItem(star.Qualifier.String(), names), "unknown table %q in \"%s.*\"", star.Qualifier.String(), star.Qualifier.String())
			return nil
		}
		columns = it.Columns
	}
	if len(s.items) == 0 {
		b.fail(star, fault.Name, "name a table in FROM", "* needs a FROM clause")
	}
	outputs := make([]*Output, len(columns))
	for i, c := range columns {
		outputs[i] = &Output{Name: c.Name, Named: true, Expr: b.columnRef(c, star.Span), Type: c.Type, Sources: c.Sources}
	}
	return outputs
}

// exclude leaves out the columns of EXCLUDE.
func (b *binder) exclude(names []ast.Ident, outputs []*Output, sel *ast.Select) []*Output {
	for _, name := range names {
		i := slices.IndexFunc(outputs, func(o *Output) bool { return o.Name == name.Name })
		if i < 0 {
			var all []string
			for _, o := range outputs {
				all = append(all, o.Name)
			}
			b.fail(sel, fault.Name, suggest(name.Name, all), "unknown column %q in EXCLUDE", name.Name)
			continue
		}
		outputs = slices.Delete(slices.Clone(outputs), i, i+1)
	}
	return outputs
}
