package viewtest

import (
	"fmt"
	"slices"
	"strings"

	"pgregory.net/rapid"
)

// class is a family of types whose values convert into each other and answer
// the same operators. Its letter stands for an expression of it in shapes.
type class byte

const (
	whole  class = 'W' // integer, bigint
	exact  class = 'E' // decimal
	binary class = 'R' // double precision: quarters, so that sums are exact
	wild   class = 'N' // double precision that may be NaN; sums of it are errors
	rough  class = 'A' // double precision whose last digits are open
	text   class = 'T'
	truth  class = 'B'
	day    class = 'D'
	moment class = 'M'
)

// keyClasses are those whose equal values are equal in every way of computing
// them.
var keyClasses = []class{whole, text, day, exact, truth, moment, binary, wild}

// column is a column, or another expression, as a query writes it.
type column struct {
	name  string
	class class
}

// scope is what expressions may use.
type scope []column

// of is the part of a scope of some classes.
func (s scope) of(classes ...class) scope {
	var out scope
	for _, c := range s {
		if slices.Contains(classes, c.class) {
			out = append(out, c)
		}
	}
	return out
}

// constants are expressions of a class without columns.
var constants = map[class][]string{
	whole:  {"0", "1", "2", "-1", "3", "0", "1", "CAST(NULL AS integer)"},
	exact:  {"0.00", "1.50", "-0.25", "CAST(NULL AS decimal(12,2))"},
	binary: {"CAST(0.25 AS double precision)", "CAST(NULL AS double precision)"},
	wild:   {"CAST(1 AS double precision)", "CAST(NULL AS double precision)"},
	text:   {"'a'", "'b'", "''", "'it''s'", "CAST(NULL AS varchar(8))"},
	truth:  {"TRUE", "FALSE", "CAST(NULL AS boolean)"},
	day:    {"DATE '2026-03-01'", "DATE '2026-02-22'", "CAST(NULL AS date)"},
	moment: {"TIMESTAMP '2026-03-01 01:00:00'", "TIMESTAMP '2026-02-28 00:20:00'", "CAST(NULL AS timestamp)"},
}

// shapes are expressions of a class with parts, written as their classes'
// letters in braces; X is any class, and K a column of any class. None overflows, divides by zero or meets a value that it
// cannot convert.
var shapes = map[class][]string{
	whole: {
		"({W} + {W})", "({W} - {W})", "({W} * 2)", "mod({W}, 3)", "abs({W})", "coalesce({W}, {W})", "nullif({W}, {W})", "CASE WHEN {B} THEN {W} ELSE {W} END",
		"len({T})", "datediff(day, {D}, {D})", "greatest({W}, {W})", "({W} / 2)", "CAST({B} AS integer)", "CAST(extract(day FROM {M}) AS integer)",
	},
	exact: {
		"({E} + {E})", "({E} - {W})", "coalesce({E}, {E})", "CASE WHEN {B} THEN {E} ELSE {E} END", "CAST({W} AS decimal(12,2))", "-({E})", "nullif({E}, {E})", "least({E}, {E})",
	},
	binary: {"({R} + {R})", "({R} - {W})", "({R} * 2)", "coalesce({R}, {R})", "CASE WHEN {B} THEN {R} END", "CAST({E} AS double precision)", "least({N}, 100)"},
	wild:   {"coalesce({N}, {R})", "CASE WHEN {B} THEN {N} ELSE {R} END"},
	rough:  {"({A} + {W})", "coalesce({A}, {R})"},
	text: {
		"({T} || {T})", "upper({T})", "left({T}, 1)", "coalesce({T}, {T})", "nullif({T}, {T})", "CASE WHEN {B} THEN {T} ELSE {T} END", "CAST({W} AS varchar(20))", "to_char({D}, 'YYYY-MM')", "replace({T}, 'a', 'b')",
	},
	truth: {
		"({W} < {W})", "({W} = {W})", "({T} = {T})", "({E} >= {E})", "({R} <> {R})", "({N} > {N})", "({D} <= {D})", "({M} < {M})", "({B} AND {B})", "({B} OR {B})", "(NOT {B})", "({W} IS NULL)", "({T} IS NOT NULL)",
		"({W} BETWEEN {W} AND {W})", "({W} IN (1, 2, 3))", "({T} NOT IN ('a', 'b'))", "({T} LIKE 'a%')", "({B} IS TRUE)", "({W} IS DISTINCT FROM {W})", "coalesce({B}, {B})",
	},
	day:    {"({D} + 1)", "trunc({M})", "coalesce({D}, {D})", "CASE WHEN {B} THEN {D} ELSE {D} END", "greatest({D}, {D})", "last_day({D})"},
	moment: {"dateadd(hour, 1, {M})", "date_trunc('day', {M})", "CAST({D} AS timestamp)", "coalesce({M}, {M})", "({M} - INTERVAL '20 minutes')"},
}

// conversions are expressions over one column, @: keys to group by, and what
// stands for columns of classes that a scope has not.
var conversions = map[class][]column{
	whole:  {{"mod(@, 2)", whole}, {"coalesce(@, 0)", whole}, {"(@ > 1)", truth}, {"CAST(@ AS decimal(12,2))", exact}, {"CAST(@ AS double precision)", binary}, {"CAST(@ AS varchar(20))", text}},
	exact:  {{"CAST(@ AS integer)", whole}, {"(@ + 1)", exact}, {"CAST(@ AS double precision)", binary}, {"CAST(@ AS varchar(40))", text}},
	binary: {{"(@ * 2)", binary}, {"coalesce(@, 1)", wild}, {"(@ < 1)", truth}},
	wild:   {{"coalesce(@, 0)", wild}, {"least(@, 100)", binary}},
	text:   {{"upper(@)", text}, {"left(@, 1)", text}, {"len(@)", whole}, {"(@ >= 'b')", truth}},
	truth:  {{"coalesce(@, FALSE)", truth}, {"CAST(@ AS integer)", whole}, {"CASE WHEN @ THEN 'yes' ELSE 'no' END", text}},
	day:    {{"date_trunc('week', @)", moment}, {"CAST(@ AS timestamp)", moment}, {"extract(month FROM @)", whole}, {"to_char(@, 'MM-DD')", text}},
	moment: {{"trunc(@)", day}, {"date_trunc('hour', @)", moment}, {"CAST(extract(day FROM @) AS integer)", whole}},
}

// aggregates are the aggregates by the class of their result.
var aggregates = []column{
	{"COUNT(*)", whole}, {"SUM({W})", whole}, {"SUM({E})", exact}, {"MIN({W})", whole}, {"MAX({T})", text}, {"COUNT({X})", whole}, {"AVG({W})", whole}, {"AVG({E})", exact},
	{"MIN({E})", exact}, {"SUM({R})", binary}, {"MAX({R})", binary}, {"MIN({N})", wild}, {"MAX({N})", wild}, {"MIN({T})", text}, {"MAX({D})", day}, {"MIN({D})", day}, {"MAX({M})", moment}, {"MIN({M})", moment},
	{"BOOL_AND({B})", truth}, {"BOOL_OR({B})", truth}, {"COUNT(DISTINCT {X})", whole}, {"SUM(DISTINCT {W})", whole}, {"APPROXIMATE COUNT(DISTINCT {T})", whole},
	{"MEDIAN({E})", exact}, {"MEDIAN({W})", exact}, {"PERCENTILE_CONT(0.25) WITHIN GROUP (ORDER BY {E})", exact}, {"PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY {W})", whole}, {"MEDIAN({R})", binary},
	{"LISTAGG({T}, ',') WITHIN GROUP (ORDER BY {K})", text}, {"LISTAGG(DISTINCT {T}, '|')", text}, {"LISTAGG({T})", text},
	{"COUNT(*) FILTER (WHERE {B})", whole}, {"SUM(CASE WHEN {B} THEN {W} END)", whole}, {"ANY_VALUE({W})", whole},
}

// roughAggregates have a result whose last digits are open.
var roughAggregates = []string{"AVG({R})", "STDDEV({W})", "STDDEV_POP({E})", "VARIANCE({R})", "VAR_POP({W})", "SUM({A})", "MAX({A})"}

// windows are window functions by the class of their result; OVER's
// parts follow, with frames where {F} is.
var windows = []column{
	{"ROW_NUMBER() OVER ({P}{O})", whole}, {"RANK() OVER ({P}{O})", whole}, {"DENSE_RANK() OVER ({P}{O})", whole}, {"SUM({W}) OVER ({P})", whole}, {"COUNT(*) OVER ({P})", whole},
	{"LAG({W}) OVER ({P}{O})", whole}, {"LEAD({T}, 1) OVER ({P}{O})", text}, {"LAG({M}, 2) OVER ({P}{O})", moment}, {"MAX({E}) OVER ({P})", exact}, {"MIN({D}) OVER ({P})", day},
	{"SUM({E}) OVER ({P}{O}{F})", exact}, {"SUM({R}) OVER ({P}{O}{F})", binary}, {"COUNT({X}) OVER ({P}{O}{F})", whole}, {"MIN({T}) OVER ({P}{O}{F})", text}, {"AVG({W}) OVER ({P}{O}{F})", whole},
	{"FIRST_VALUE({W}) OVER ({P}{O}{F})", whole}, {"LAST_VALUE({T}) OVER ({P}{O}{F})", text}, {"NTILE(2) OVER ({P}{O})", whole}, {"FIRST_VALUE({T}) IGNORE NULLS OVER ({P}{O}{F})", text},
	{"NTH_VALUE({W}, 2) OVER ({P}{O}{F})", whole}, {"(PERCENT_RANK() OVER ({P}{O}) <= 0.5)", truth}, {"(CUME_DIST() OVER ({P}{O}) > 0.5)", truth},
	{"(RATIO_TO_REPORT(abs({W}) + 1) OVER ({P}) > 0.5)", truth},
}

var frames = []string{
	" ROWS UNBOUNDED PRECEDING", " ROWS BETWEEN 1 PRECEDING AND CURRENT ROW", " ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING",
	" ROWS BETWEEN CURRENT ROW AND 1 FOLLOWING", " ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING", " ROWS BETWEEN 2 PRECEDING AND 1 PRECEDING",
}

// labelFilters are conditions on the label, over a moment or a day.
var labelFilters = map[class][]string{
	moment: {
		"@ >= GETDATE() - INTERVAL '@k days'", "@ > DATEADD(day, -@k, GETDATE())", "@ <= GETDATE()", "@ BETWEEN DATEADD(hour, -@k, GETDATE()) AND GETDATE()", "@ < DATE_TRUNC('day', GETDATE())",
		"DATEDIFF(day, @, GETDATE()) < @k",
	},
	day: {"@ >= CURRENT_DATE - @k", "@ > TRUNC(GETDATE()) - @k", "@ = CURRENT_DATE", "@ BETWEEN CURRENT_DATE - @k AND CURRENT_DATE"},
}

// expr writes an expression of a class over a scope; at depth 0 it is a column
// or, where there is none, a constant or a comparison of columns.
func (g *generator) expr(c class, s scope, depth int) string {
	columns := s.of(c)
	if depth > 0 && (len(columns) == 0 || g.chance("shape", 3)) {
		return g.fill(rapid.SampledFrom(shapes[c]).Draw(g.t, "shape"), s, depth-1)
	}
	switch {
	case len(columns) > 0 && (c == rough || !g.chance("constant", 10)):
		return rapid.SampledFrom(columns).Draw(g.t, "column").name
	case c == rough:
		return g.expr(binary, s, 0)
	case c == truth && len(s.of(ordered...)) > 0:
		return g.comparison(rapid.SampledFrom(s.of(ordered...)).Draw(g.t, "compared"), s)
	case !g.chance("constant", 10):
		if converted := s.converted(c); len(converted) > 0 {
			return rapid.SampledFrom(converted).Draw(g.t, "converted").name
		}
	}
	return rapid.SampledFrom(constants[c]).Draw(g.t, "constant")
}

// converted is the scope's columns as expressions of a class.
func (s scope) converted(c class) scope {
	var out scope
	for _, from := range s {
		for _, shape := range conversions[from.class] {
			if shape.class == c {
				out = append(out, shape.over(from))
			}
		}
	}
	return out
}

// over puts a column into a shape.
func (c column) over(of column) column {
	return column{strings.ReplaceAll(c.name, "@", of.name), c.class}
}

// ordered are the classes that comparison takes.
var ordered = []class{whole, text, day, exact, moment}

// comparison compares a column with another or with a constant.
func (g *generator) comparison(c column, s scope) string {
	operator := rapid.SampledFrom([]string{"<>", ">=", "<", "=", "IS DISTINCT FROM"}).Draw(g.t, "operator")
	if g.chance("constant", 2) {
		return fmt.Sprintf("(%s %s %s)", c.name, operator, rapid.SampledFrom(constants[c.class]).Draw(g.t, "constant"))
	}
	return fmt.Sprintf("(%s %s %s)", c.name, operator, rapid.SampledFrom(s.of(c.class)).Draw(g.t, "column").name)
}

// fill replaces the parts of a shape by expressions.
func (g *generator) fill(shape string, s scope, depth int) string {
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(shape, "{")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		letter, after, _ := strings.Cut(rest, "}")
		shape = after
		switch c := class(letter[0]); c {
		case 'K':
			b.WriteString(rapid.SampledFrom(s.of(keyClasses...)).Draw(g.t, "column").name)
		case 'X':
			b.WriteString(g.expr(g.anyClass(s), s, depth))
		default:
			b.WriteString(g.expr(c, s, depth))
		}
	}
}

// anyClass is a class that the scope has and that can be a key.
func (g *generator) anyClass(s scope) class {
	return rapid.SampledFrom(s.of(keyClasses...)).Draw(g.t, "class of").class
}

// key is an expression that rows are grouped by: it has a column.
func (g *generator) key(s scope) column {
	c := rapid.SampledFrom(s.of(keyClasses...)).Draw(g.t, "key")
	if g.chance("key shape", 4) {
		return rapid.SampledFrom(conversions[c.class]).Draw(g.t, "conversion").over(c)
	}
	return c
}

// condition is a condition on rows, with subqueries up to a depth, or on the
// label.
func (g *generator) condition(s scope, depth int) string {
	if times := s.of(moment, day); len(times) > 0 && g.chance("label", 6) {
		return g.labelFilter(rapid.SampledFrom(times).Draw(g.t, "time"))
	}
	return g.match(s, depth)
}

// match is a condition without the label.
func (g *generator) match(s scope, depth int) string {
	switch rapid.SampledFrom([]string{"plain", "plain", "plain", "plain", "plain", "in", "in", "exists", "exists", "scalar", "any"}).Draw(g.t, "condition") {
	case "in":
		c := g.anyClass(s)
		not := rapid.SampledFrom([]string{"", "", "", "NOT "}).Draw(g.t, "not")
		return fmt.Sprintf("%s %sIN (%s)", g.expr(c, s, 1), not, g.query(max(depth-1, 0), []class{c}).text)
	case "exists":
		not := rapid.SampledFrom([]string{"", "", "NOT "}).Draw(g.t, "not")
		if from, _, ok := g.correlated(s); ok {
			return fmt.Sprintf("%sEXISTS (SELECT 1 %s)", not, from)
		}
	case "scalar":
		c := rapid.SampledFrom([]class{whole, exact, text, moment}).Draw(g.t, "class")
		operator := rapid.SampledFrom([]string{"<", ">=", "<>", "<=", "="}).Draw(g.t, "operator")
		return fmt.Sprintf("%s %s %s", g.expr(c, s, 0), operator, g.scalar(c, s, depth))
	case "any":
		c := rapid.SampledFrom([]class{whole, exact, text, day}).Draw(g.t, "class")
		operator := rapid.SampledFrom([]string{"= ANY", "< ANY", ">= ANY", "> ALL", "<> ALL"}).Draw(g.t, "operator")
		return fmt.Sprintf("%s %s (%s)", g.expr(c, s, 0), operator, g.query(max(depth-1, 0), []class{c}).text)
	}
	return g.expr(truth, s, 2)
}

// labelFilter is a condition on the label.
func (g *generator) labelFilter(c column) string {
	shape := rapid.SampledFrom(labelFilters[c.class]).Draw(g.t, "label filter")
	k := rapid.SampledFrom([]string{"1", "3", "7", "30"}).Draw(g.t, "k")
	return strings.ReplaceAll(strings.ReplaceAll(shape, "@k", k), "@", c.name)
}

// correlated is FROM and WHERE of a subquery that an equality ties to the query
// around, and what the subquery's own columns are; it is false if the two have
// no class in common. It reads what has a name: the engine does not take every
// join below what it has to compute for each row.
func (g *generator) correlated(around scope) (string, scope, bool) {
	r := g.named(false)
	g.subqueries++
	alias := fmt.Sprintf("s%d", g.subqueries)
	inner := r.qualified(alias)
	// A column of USING stands alone, and would be the inner one of its name.
	hidden := func(c column) bool {
		return slices.ContainsFunc(r.columns, func(own column) bool { return own.name == c.name })
	}
	on, ok := g.equality(slices.DeleteFunc(slices.Clone(around), hidden), inner)
	if !ok {
		return "", nil, false
	}
	from := fmt.Sprintf("FROM %s AS %s WHERE %s", r.text, alias, on)
	if g.chance("more", 3) {
		from += " AND " + g.expr(truth, inner, 1)
	}
	return from, inner, true
}

// scalar is a subquery of one row and one column: an aggregate, correlated or
// not.
func (g *generator) scalar(c class, around scope, depth int) string {
	functions := []string{"MAX", "MIN"}
	if c == whole {
		functions = []string{"COUNT", "SUM", "MAX"}
	}
	function := rapid.SampledFrom(functions).Draw(g.t, "function")
	if !g.chance("uncorrelated", 4) {
		if from, inner, ok := g.correlated(around); ok {
			return fmt.Sprintf("(SELECT %s(%s) %s)", function, g.expr(c, inner, 1), from)
		}
	}
	q := g.query(max(depth-1, 0), []class{c})
	g.subqueries++
	return fmt.Sprintf("(SELECT %s(s%d.%s) FROM (%s) AS s%[2]d)", function, g.subqueries, q.columns[0].name, q.text)
}
