package parse

import (
	"slices"
	"strings"
)

// habit is a mistake that shows in the token that was found, the one before it
// and what was expected instead. Each is a list of words or operators with blanks
// between them; "" is anything. Of what was expected it is a part.
type habit struct{ found, before, expected, hint string }

// habits are the mistakes of people who come from other databases, or who edited
// a query in a hurry. The first that fits counts.
var habits = []habit{
	{"isnull", "", "expression", "write NVL(x, y) to replace NULL, and x IS NULL to test for it"},
	{"unnest", "", "expression", "UNNEST stands in FROM: FROM t, UNNEST(t.items) AS i"},
	{"percent", "", "expression", "TOP takes a number of rows"},
	{"[", "", "", "names are written between double quotes, not in brackets"},
	{"distinct", "count", "", "write COUNT(DISTINCT column)"},
	{"distinct", ",", "", "DISTINCT stands once, right after SELECT, and counts for the whole list"},
	{",", ", select by (", "", "there is a comma too many"},
	{"as", ",", "", "remove the comma before it"},
	{",", "", "END", "the branches of CASE have no commas between them"},
	{",", "", "AND", "write BETWEEN low AND high"},
	{",", "", "FOR", "PIVOT takes one aggregate: write MAX(CASE WHEN ... END) with GROUP BY for several"},
	{",", "", "end of the", "conditions are joined with AND or OR"},
	{"*", "by ,", "", "name the columns, or write GROUP BY ALL"},
	{"= <>", "is not", "", "write = without IS, and IS NULL for NULL"},
	{"= >", "< > ~", "", "write the operator without a blank in it"},
	{"then", "", "WHEN", "write CASE WHEN condition THEN value"},
	{"elseif elsif elif", "", "END", "write another WHEN ... THEN"},
	{"end", "end", "", "there is one END too many"},
	{"", "if", "END", "write another WHEN ... THEN, and not ELSE IF"},
	{"then", "", "FROM", "conditions are written CASE WHEN ... THEN ... ELSE ... END"},
	{"on", "", "end of the", "a join has one ON: join its conditions with AND"},
	{"outer", "", "", "write LEFT, RIGHT or FULL before OUTER JOIN"},
	{"apply", "cross outer", "", "write CROSS JOIN, or unnest a SUPER column: FROM t, t.items i"},
	{"", "left right full inner cross natural", "JOIN", "a join is written with the word JOIN: LEFT JOIN"},
	{";", "where and or not on having", "", "the semicolon ends the query too early"},
	{"with", "", "end of the", "hints are not available: leave it out"},
	{"", "set", "end of the", "to change rows write UPDATE table SET column = value WHERE ..."},
	{"ignore respect", ")", "", "IGNORE NULLS and RESPECT NULLS stand right before OVER"},
	{"partition order", "over", "", "write the window in parentheses: OVER (PARTITION BY ... ORDER BY ...)"},
	{"", "exists", "", "write EXISTS (SELECT ...)"},
	{"", "date timestamp time", "end of the", "write the value in quotes: DATE '2026-01-31'"},
	{"(", "as", "a column name", "a parenthesis before it may not be closed"},
	{"", "union all intersect except minus", "SELECT", "both sides of a set operation are queries that begin with SELECT"},
	{"from", "select distinct all )", "expression", "name the columns before FROM, or write *"},
	{"group order having limit qualify union where )", "and or not where on having", "expression", "a condition is missing before it"},
}

// habit is the hint of the habit that the present token shows, and "" for none.
func (p *parser) habit(expected string) string {
	before := &tok{}
	if p.i > 0 {
		before = &p.tokens[p.i-1]
	}
	fits := func(list string, t *tok) bool {
		return list == "" || slices.ContainsFunc(strings.Fields(list), t.is)
	}
	for _, h := range habits {
		if fits(h.found, p.tok()) && fits(h.before, before) && strings.Contains(expected, h.expected) {
			return h.hint
		}
	}
	return p.runTogether(before)
}

// runTogether is the hint for a call that follows something without a comma, and
// for a window without OVER.
func (p *parser) runTogether(before *tok) string {
	switch {
	case !p.at("("):
		return ""
	case before.is(")") && (p.peek(1).is("partition") || p.peek(1).is("order")):
		return "write OVER before the window"
	case before.kind == word && !before.reserved && p.i > 1 && p.tokens[p.i-2].is(")"):
		return "a comma may be missing before " + quote(before.text)
	}
	return ""
}
