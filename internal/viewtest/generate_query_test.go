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
	relations  []relation // tables, earlier models, and the CTEs of the queries around
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
		shapes = append(shapes, "window", "distinct", "union", "union", "sets", "limit")
	}
	switch shape := rapid.SampledFrom(shapes).Draw(g.t, "query"); shape {
	case "union":
		return g.union(depth, want)
	case "limit":
		return g.limit(depth, want)
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
	operator := rapid.SampledFrom([]string{"UNION ALL", "UNION ALL", "UNION", "UNION", "EXCEPT", "EXCEPT", "INTERSECT", "EXCEPT ALL", "INTERSECT ALL"}).Draw(g.t, "operator")
	right := g.query(depth-1, want)
	return relation{"(" + left.text + ") " + operator + " (" + right.text + ")", left.columns, left.rows + right.rows}
}

// with draws a query with a CTE that it may use any number of times.
func (g *generator) with(depth int, want []class) relation {
	cte := g.query(depth-1, nil)
	name := fmt.Sprintf("w%d", depth)
	around := g.relations
	defer func() { g.relations = around }()
	this := relation{name, cte.columns, cte.rows}
	g.relations = append(slices.Clip(around), this, this, this, this) // likelier than the others
	q := g.body(depth-1, want)
	return relation{"WITH " + name + " AS (" + cte.text + ") " + q.text, q.columns, q.rows}
}

// limit draws a query of the first rows.
func (g *generator) limit(depth int, want []class) relation {
	q := g.core("select", depth, want, false)
	n := rapid.IntRange(1, 4).Draw(g.t, "limit")
	order := rapid.SampledFrom([]string{"1", "1 DESC", "1 NULLS FIRST"}).Draw(g.t, "order")
	return relation{fmt.Sprintf("%s ORDER BY %s LIMIT %d", q.text, order, n), q.columns, n}
}

// core draws a SELECT of a shape. The columns of the relations that it reads and
// its own are rough only if that is allowed.
func (g *generator) core(shape string, depth int, want []class, mayRough bool) relation {
	from, s, rows := g.from(depth, mayRough)
	where := g.where(s, depth)
	list := g.selectList
	tail, visible := "", s
	switch shape {
	case "group":
		tail, visible = g.group(s, mayRough)
		rows = min(rows, 20)
	case "sets":
		tail, visible = g.groupingSets(s)
		rows = min(rows, 40)
	case "window":
		tail, visible = g.windowed(s)
	case "distinct":
		list = g.distinctList
	}
	outputs := list(visible, want)
	if shape == "select" && want == nil && depth > 0 && g.chance("subquery column", 6) {
		c := rapid.SampledFrom([]class{whole, text}).Draw(g.t, "class")
		outputs = append(outputs, column{g.scalar(c, s, depth), c})
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
	return relation{word + strings.Join(texts, ", ") + from + where + tail, columns, rows}
}

// item draws what FROM reads: a relation that there is, or a query in
// parentheses.
func (g *generator) item(depth int, mayRough bool) relation {
	if depth > 0 && g.chance("derived", 2) {
		q := g.query(depth-1, nil)
		return relation{"(" + q.text + ")", q.columns, q.rows}
	}
	return rapid.SampledFrom(slices.DeleteFunc(slices.Clone(g.relations), func(r relation) bool { return r.rough() && !mayRough })).Draw(g.t, "relation")
}

// from draws FROM: up to four relations, joined.
func (g *generator) from(depth int, mayRough bool) (from string, s scope, rows int) {
	r := g.item(depth, mayRough)
	from, s, rows = " FROM "+r.text+" AS a", r.qualified("a"), r.rows
	for _, alias := range []string{"b", "c", "d"}[:rapid.SampledFrom([]int{0, 0, 0, 1, 1, 2, 3}).Draw(g.t, "joins")] {
		r := g.item(max(depth-1, 0), mayRough)
		other := r.qualified(alias)
		on, ok := g.equality(s, other)
		if !ok || rows*r.rows/4 > mostRows {
			break
		}
		join := rapid.SampledFrom([]string{"JOIN", "JOIN", "LEFT JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN"}).Draw(g.t, "join")
		if more, ok := g.equality(s, other); ok && g.chance("second equality", 8) {
			on += " AND " + more
		}
		s = append(s, other...)
		if g.chance("join condition", 5) {
			on += " AND " + g.expr(truth, s, 1)
		}
		from += " " + join + " " + r.text + " AS " + alias + " ON " + on
		rows = rows * r.rows / 4
	}
	return from, s, max(rows, 1)
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
func (g *generator) where(s scope, depth int) string {
	switch rapid.SampledFrom([]int{0, 0, 0, 0, 1, 1, 2, 3, 3}).Draw(g.t, "conditions") {
	case 0:
		return ""
	case 1:
		return " WHERE " + g.condition(s, depth)
	case 2:
		return " WHERE " + g.condition(s, depth) + " AND " + g.condition(s, 0)
	default:
		return " WHERE (" + g.condition(s, depth) + " OR " + g.condition(s, 0) + ")"
	}
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
