package viewtest

import (
	"fmt"
	"slices"
	"strings"

	"pgregory.net/rapid"
)

// mostRows bounds what a drawn query is likely to return, so that joins of
// joins stay cheap.
const mostRows = 1500

// relation is something that FROM can name, and about how many rows it has.
type relation struct {
	text    string
	columns []column
	rows    int
}

func (r relation) rough() bool {
	return slices.ContainsFunc(r.columns, func(c column) bool { return c.class == rough })
}

// qualified is what a relation brings into scope under an alias.
func (r relation) qualified(alias string) scope {
	out := make(scope, len(r.columns))
	for i, c := range r.columns {
		out[i] = column{alias + "." + c.name, c.class}
	}
	return out
}

// generator draws queries over relations.
type generator struct {
	t          *rapid.T
	stored     []relation // tables and earlier models
	ctes       []relation // of the queries around
	subqueries int        // aliases given to subqueries so far
}

// chance is true once in n draws; it shrinks to false.
func (g *generator) chance(label string, n int) bool {
	return rapid.IntRange(0, n-1).Draw(g.t, label) == n-1
}

// query draws a query, which is nested up to depth, whose columns are of the
// wanted classes, or of any.
func (g *generator) query(depth int, want []class) relation {
	if depth > 0 && g.chance("with", 8) {
		return g.with(depth, want)
	}
	return g.body(depth, want)
}

// body draws a query without WITH.
func (g *generator) body(depth int, want []class) relation {
	shapes := []string{"select", "select", "group", "group"}
	if depth > 0 {
		shapes = append(shapes, "group", "window", "window", "numbered", "distinct", "distinct", "union", "union", "union", "sets", "limit")
	}
	if want == nil {
		shapes = append(shapes, "star")
	}
	switch shape := rapid.SampledFrom(shapes).Draw(g.t, "query"); shape {
	case "star":
		return g.star(depth)
	case "union":
		return g.union(depth, want)
	case "limit":
		return g.limit(depth, want)
	case "numbered":
		return g.numbered(depth, want)
	default:
		return g.core(shape, depth, want, false)
	}
}

// view draws the query of a model, whose columns may be rough.
func (g *generator) view(depth int) relation {
	if g.chance("rough", 4) {
		return g.core(rapid.SampledFrom([]string{"group", "select"}).Draw(g.t, "query"), depth, nil, true)
	}
	return g.query(depth, nil)
}

// union draws a set operation. Its operands are in parentheses, so that they may
// be set operations, or have an ORDER BY, too.
func (g *generator) union(depth int, want []class) relation {
	if want == nil {
		want = rapid.SliceOfN(rapid.SampledFrom(keyClasses), 1, 3).Draw(g.t, "classes")
	}
	left := g.query(depth-1, want)
	operator := rapid.SampledFrom([]string{"UNION ALL", "UNION ALL", "UNION", "UNION", "EXCEPT", "MINUS", "INTERSECT", "EXCEPT ALL", "INTERSECT ALL"}).Draw(g.t, "operator")
	right := g.query(depth-1, want)
	return relation{"(" + left.text + ") " + operator + " (" + right.text + ")", left.columns, left.rows + right.rows}
}

// with draws a query with a CTE that it may use any number of times.
func (g *generator) with(depth int, want []class) relation {
	cte := g.query(depth-1, nil)
	name := fmt.Sprintf("w%d", depth)
	around := g.ctes
	g.ctes = append(slices.Clip(around), relation{name, cte.columns, cte.rows})
	q := g.body(depth-1, want)
	g.ctes = around
	return relation{"WITH " + name + " AS (" + cte.text + ") " + q.text, q.columns, q.rows}
}

// limit draws a query of the first rows.
func (g *generator) limit(depth int, want []class) relation {
	q := g.core("select", depth, want, false)
	n := rapid.IntRange(1, 4).Draw(g.t, "limit")
	order := rapid.SampledFrom([]string{"1", "1 DESC", "1 NULLS FIRST"}).Draw(g.t, "order")
	return relation{fmt.Sprintf("%s ORDER BY %s LIMIT %d", q.text, order, n), q.columns, n}
}

// numbered draws a query that numbers rows in a subquery and chooses by their numbers
// outside of it.
func (g *generator) numbered(depth int, want []class) relation {
	f := g.from(depth-1, false)
	if len(f.scope.of(keyClasses...)) == 0 {
		return g.core("select", depth, want, false)
	}
	inner := g.selectList(f.scope, nil)
	texts, visible := make([]string, len(inner)), make(scope, len(inner), len(inner)+1)
	for i, c := range inner {
		texts[i] = fmt.Sprintf("%s AS c%d", c.name, i+1)
		visible[i] = column{fmt.Sprintf("r.c%d", i+1), c.class}
	}
	number := column{"r.n", whole}
	where := " WHERE r.n " + rapid.SampledFrom([]string{"= 1", "= 1", "<= 2", "> 1", "BETWEEN 2 AND 3", "IN (1, 4)", "IS NOT NULL", "- 1 < 1"}).Draw(g.t, "chosen")
	if g.chance("another condition", 3) {
		where += rapid.SampledFrom([]string{" AND ", " OR "}).Draw(g.t, "joined by") + g.condition(append(slices.Clip(visible), number), 0)
	}
	outputs := g.selectList(append(slices.Clip(visible), number), want)
	columns, list := make([]column, len(outputs)), make([]string, len(outputs))
	for i, o := range outputs {
		columns[i] = column{fmt.Sprintf("c%d", i+1), o.class}
		list[i] = o.name + " AS " + columns[i].name
	}
	order := ""
	if g.chance("order", 4) {
		order = " ORDER BY " + rapid.SampledFrom(visible).Draw(g.t, "order by").name
	}
	return relation{fmt.Sprintf("SELECT %s FROM (SELECT %s, %s AS n%s%s) AS r%s%s", strings.Join(list, ", "), strings.Join(texts, ", "),
		g.rank(f.scope), f.text, g.where(f, 0), where, order), columns, f.rows}
}

// core draws a SELECT of a shape. The columns of the relations that it reads and
// its own are rough only if that is allowed.
func (g *generator) core(shape string, depth int, want []class, mayRough bool) relation {
	f := g.from(depth, mayRough)
	where := g.where(f, depth)
	list, tail, visible, rows := g.selectList, "", f.scope, f.rows
	switch shape {
	case "group":
		tail, visible = g.group(f.scope, depth, mayRough)
		rows = min(rows, 20)
	case "sets":
		tail, visible = g.groupingSets(f.scope)
		rows = min(rows, 40)
	case "window":
		if len(f.scope.of(keyClasses...)) > 0 && g.chance("first rows", 3) {
			tail = g.firstRows(f.scope)
			if want == nil && !g.chance("parts of them", 3) {
				list = func(s scope, _ []class) []column { return s }
			}
			break
		}
		tail, visible = g.windowed(f.scope)
	case "distinct":
		list = g.distinctList
	}
	outputs := list(visible, want)
	if shape == "select" && want == nil && depth > 0 && g.chance("subquery column", 6) {
		c := rapid.SampledFrom([]class{whole, text}).Draw(g.t, "class")
		outputs = append(outputs, column{g.scalar(c, f.scope, depth), c})
	}
	columns, texts := make([]column, len(outputs)), make([]string, len(outputs))
	for i, o := range outputs {
		columns[i] = column{fmt.Sprintf("c%d", i+1), o.class}
		texts[i] = o.name + " AS " + columns[i].name
	}
	word := "SELECT "
	if shape == "distinct" {
		word = "SELECT DISTINCT "
	}
	return relation{word + strings.Join(texts, ", ") + f.text + where + tail, columns, max(rows, 1)}
}

// star draws a query of all columns of a relation.
func (g *generator) star(depth int) relation {
	r := g.item(depth, false)
	f := from{text: " FROM " + r.text + " AS a", scope: r.qualified("a")}
	return relation{"SELECT *" + f.text + g.where(f, depth), r.columns, r.rows}
}

// item draws what FROM reads: a relation that there is, or a query in
// parentheses.
func (g *generator) item(depth int, mayRough bool) relation {
	if depth > 0 && g.chance("derived", 2) {
		q := g.query(depth-1, nil)
		return relation{"(" + q.text + ")", q.columns, q.rows}
	}
	if g.chance("values", 25) {
		return relation{"(VALUES (1, 'a'), (2, 'b'), (2, NULL), (NULL, 'a'))", []column{{"column1", whole}, {"column2", text}}, 4}
	}
	if len(g.ctes) > 0 && !g.chance("stored", 2) {
		return rapid.SampledFrom(g.ctes).Draw(g.t, "cte")
	}
	return g.named(mayRough)
}

// named draws a table or an earlier model, of which some columns can be keys.
func (g *generator) named(mayRough bool) relation {
	not := func(r relation) bool {
		return r.rough() && !mayRough || len(scope(r.columns).of(keyClasses...)) == 0
	}
	return rapid.SampledFrom(slices.DeleteFunc(slices.Clone(g.stored), not)).Draw(g.t, "relation")
}

// from is what a SELECT reads.
type from struct {
	text  string
	scope scope
	rows  int    // about how many
	where string // the condition that joins what commas list
}

// from draws FROM: up to four relations, joined.
func (g *generator) from(depth int, mayRough bool) from {
	r := g.item(depth, mayRough)
	f := from{text: " FROM " + r.text + " AS a", scope: r.qualified("a"), rows: r.rows}
	joins := rapid.SampledFrom([]int{0, 0, 0, 1, 1, 2, 3}).Draw(g.t, "joins")
	if joins == 1 && g.chance("using", 5) {
		return g.using(f, r, g.item(max(depth-1, 0), mayRough))
	}
	commas := joins > 0 && g.chance("commas", 6)
	for _, alias := range []string{"b", "c", "d"}[:joins] {
		next := g.item(max(depth-1, 0), mayRough)
		on, ok := g.equality(f.scope, next.qualified(alias))
		if !ok || f.rows*next.rows/4 > mostRows {
			break
		}
		if commas {
			f.list(next, alias, on)
		} else {
			g.join(&f, next, alias, on)
		}
	}
	return f
}

// list adds a relation behind a comma.
func (f *from) list(r relation, alias, on string) {
	if f.where != "" {
		on = f.where + " AND " + on
	}
	*f = from{f.text + ", " + r.text + " AS " + alias, append(f.scope, r.qualified(alias)...), f.rows * r.rows / 4, on}
}

// join adds a relation by a join, with an equality and rarely by something else.
func (g *generator) join(f *from, r relation, alias, on string) {
	other := r.qualified(alias)
	kind := rapid.SampledFrom([]string{"JOIN", "JOIN", "LEFT JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN"}).Draw(g.t, "join")
	if more, ok := g.equality(f.scope, other); ok && g.chance("second equality", 8) {
		on += " AND " + more
	}
	both := append(slices.Clip(f.scope), other...)
	if g.chance("join condition", 5) {
		on += " AND " + g.expr(truth, both, 1)
	}
	rows := f.rows * r.rows / 4
	if kind != "FULL JOIN" && f.rows*r.rows <= mostRows/4 && g.chance("no equality", 10) {
		on, rows = g.expr(truth, both, 1), f.rows*r.rows
	}
	*f = from{f.text + " " + kind + " " + r.text + " AS " + alias + " ON " + on, both, max(rows, 1), ""}
}

// using joins two relations by a column that both have, if there is one.
func (g *generator) using(f from, a, b relation) from {
	for _, x := range a.columns {
		if !slices.Contains(b.columns, x) || x.class == rough {
			continue
		}
		kind := rapid.SampledFrom([]string{"JOIN", "LEFT JOIN", "FULL JOIN"}).Draw(g.t, "join")
		not := func(c column) bool { return strings.HasSuffix(c.name, "."+x.name) }
		columns := append(slices.DeleteFunc(f.scope, not), slices.DeleteFunc(b.qualified("b"), not)...)
		return from{f.text + " " + kind + " " + b.text + " AS b USING (" + x.name + ")", append(columns, x), max(a.rows*b.rows/4, 1), ""}
	}
	return f
}

// joinClasses are the classes of join keys, those with few values more often.
var joinClasses = []class{whole, whole, whole, whole, text, text, truth, day, exact, binary, wild, moment}

// equality is an equality of columns of two scopes, if they have a class in
// common.
func (g *generator) equality(a, b scope) (string, bool) {
	var pairs []string
	for _, c := range joinClasses {
		for _, x := range a.of(c) {
			for _, y := range b.of(c) {
				pairs = append(pairs, x.name+" = "+y.name)
			}
		}
	}
	if len(pairs) == 0 {
		return "", false
	}
	return rapid.SampledFrom(pairs).Draw(g.t, "equality"), true
}

// where draws WHERE, or nothing.
func (g *generator) where(f from, depth int) string {
	condition := f.where
	and := func(c string) {
		if condition != "" {
			condition += " AND "
		}
		condition += c
	}
	switch rapid.SampledFrom([]int{0, 0, 0, 0, 1, 1, 2, 3, 3}).Draw(g.t, "conditions") {
	case 1:
		and(g.condition(f.scope, depth))
	case 2:
		and(g.condition(f.scope, depth) + " AND " + g.condition(f.scope, 0))
	case 3:
		and("(" + g.match(f.scope, depth) + " OR " + g.match(f.scope, 0) + ")")
	}
	if condition == "" {
		return ""
	}
	return " WHERE " + condition
}

// selectList draws the columns that a query returns, of the wanted classes or of
// any.
func (g *generator) selectList(s scope, want []class) []column {
	var out []column
	for _, c := range want {
		out = append(out, column{g.expr(c, s, 1), c})
	}
	if want == nil {
		for range rapid.IntRange(1, 4).Draw(g.t, "columns") {
			c := rapid.SampledFrom(s).Draw(g.t, "column")
			if g.chance("computed", 3) {
				c.name = g.expr(c.class, s, 2)
			}
			out = append(out, c)
		}
	}
	return out
}

// distinctList is selectList without rough columns.
func (g *generator) distinctList(s scope, want []class) []column {
	return g.selectList(s.of(keyClasses...), want)
}
