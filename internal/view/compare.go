package view

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/atolldata/atoll/internal/compile"
	"github.com/atolldata/atoll/internal/schema"
)

// Two floating-point numbers are the same to [Comparison] if they differ by at
// most closeDouble of the larger one (closeReal for REAL, which has half the
// digits), or by closeToZero: sums depend in their last digits on the order of
// their addends, and what cancels out leaves a remainder. NaN is the same as NaN,
// and an infinity only as itself.
const (
	closeDouble = "1e-9"
	closeReal   = "1e-6"
	closeToZero = "1e-9"
)

// Comparison is a query, in the embedded engine's text, that holds what a view
// keeps against what its query returns at a label, as bags. Its rows are some of
// the rows that differ, at most as many as limit, in their order:
//
//	missing  how many rows the view lacks in all
//	extra    how many rows it has too many in all
//	n        how often the view lacks this row, or -n how often it has it too many
//
// and then the view's columns. There is one row at least: n is NULL in it where
// no row is to be shown. The node must not be broken.
//
// Rows that are not equal are still the same where all but their floating-point
// numbers are equal, and these are close.
func Comparison(n *compile.Node, label time.Time, limit int) (string, error) {
	query, err := EngineQuery(n, label)
	if err != nil {
		return "", err
	}
	c := comparison{columns: n.Shape.Columns}
	c.print(`
WITH atoll_signed(%[1]s, w) AS (
  SELECT *, 1 FROM (%[2]s)
  UNION ALL SELECT %[3]s, -1 FROM %[4]s.%[5]s
),
atoll_left AS (
  SELECT %[1]s, count(*) FILTER (w > 0) - count(*) FILTER (w < 0) AS n FROM atoll_signed GROUP BY ALL HAVING n <> 0
),`, c.list("%s"), query, c.names(), identifier(n.Name.Schema), identifier(n.Name.Name))
	apart := "atoll_left"
	if slices.ContainsFunc(c.columns, float) {
		apart = c.pair(apart)
	}
	c.print(`
atoll_apart AS MATERIALIZED (FROM %[1]s)
SELECT t.missing, t.extra, d.n, %[2]s
FROM (SELECT CAST(coalesce(sum(n) FILTER (n > 0), 0) AS BIGINT) AS missing, CAST(coalesce(-sum(n) FILTER (n < 0), 0) AS BIGINT) AS extra FROM atoll_apart) AS t
LEFT JOIN (FROM atoll_apart ORDER BY %[3]s, n LIMIT %[4]d) AS d ON true
ORDER BY %[2]s, d.n`, apart, c.list("d.%s"), c.list("%s"), limit)
	return c.text.String(), nil
}

// comparison writes the query over the columns of a view, which are called c0, c1
// and so on in it.
type comparison struct {
	columns []schema.Column
	text    strings.Builder
}

func (c *comparison) print(format string, args ...any) { fmt.Fprintf(&c.text, format, args...) }

func float(c schema.Column) bool { return c.Type.Kind == schema.Double || c.Type.Kind == schema.Real }

// names lists the columns as the view calls them.
func (c *comparison) names() string {
	names := make([]string, len(c.columns))
	for i, col := range c.columns {
		names[i] = identifier(col.Name)
	}
	return strings.Join(names, ", ")
}

// list lists all columns in a format that calls them %s.
func (c *comparison) list(format string) string { return strings.Join(c.each(format, format), ", ") }

// each writes the columns in a format that calls them %s, those of floating-point
// numbers in a format of their own. An empty format leaves columns out.
func (c *comparison) each(others, floats string) []string {
	var out []string
	for i, col := range c.columns {
		format := others
		if float(col) {
			format = floats
		}
		if format != "" {
			out = append(out, strings.ReplaceAll(format, "%s", fmt.Sprintf("c%d", i)))
		}
	}
	return out
}

// pair leaves out of what is left on either side the rows that differ in the
// noise of their floating-point numbers only, and names the rest. Partners are
// found first among rows whose numbers agree to seven digits, then, for those
// whose noise crosses such a border, in the numbers' order.
func (c *comparison) pair(left string) string {
	others, digits, numbers := c.each("%s", ""), c.each("", "TRY_CAST(%s AS REAL)"), c.each("", "%s")
	c.pass(left, "atoll_near", slices.Concat(others, digits), numbers)
	c.pass("atoll_near", "atoll_far", others, slices.Concat(digits, numbers))
	return "atoll_far"
}

// pass takes the rows of either side that have the same key in an order, holds
// the first ones against each other, then the second ones and so on, and leaves
// those that are not close, or alone.
func (c *comparison) pass(from, to string, key, order []string) {
	c.print(`
%[2]s_placed AS (
  SELECT *, row_number() OVER (PARTITION BY %[3]s ORDER BY %[4]s) AS k FROM (SELECT *, unnest(range(abs(n))) FROM %[1]s)
),
%[2]s_pairs AS MATERIALIZED (
  SELECT %[5]s, count(*) FILTER (n > 0) AS a, count(*) FILTER (n < 0) AS b FROM %[2]s_placed GROUP BY %[6]s HAVING NOT (a = 1 AND b = 1 AND %[7]s)
),
%[2]s AS (
  SELECT %[8]s, count(*) AS n FROM %[2]s_pairs WHERE a = 1 GROUP BY ALL
  UNION ALL SELECT %[9]s, -count(*) FROM %[2]s_pairs WHERE b = 1 GROUP BY ALL
),`, from, to, strings.Join(append(key, "n > 0"), ", "), strings.Join(order, ", "),
		strings.Join(c.each("%s", "max(%s) FILTER (n > 0) AS a%s, max(%s) FILTER (n < 0) AS b%s"), ", "),
		strings.Join(append(key, "k"), ", "), c.close(),
		strings.Join(c.each("%s", "a%s AS %s"), ", "), strings.Join(c.each("%s", "b%s AS %s"), ", "))
}

// close is the condition that the numbers of two rows, a and b, are the same.
func (c *comparison) close() string {
	var all []string
	for i, col := range c.columns {
		tolerance := closeDouble
		switch {
		case !float(col):
			continue
		case col.Type.Kind == schema.Real:
			tolerance = closeReal
		}
		all = append(all, fmt.Sprintf("(ac%[1]d IS NOT DISTINCT FROM bc%[1]d OR coalesce(isfinite(ac%[1]d) AND isfinite(bc%[1]d)"+
			" AND abs(ac%[1]d - bc%[1]d) <= greatest(%[2]s * greatest(abs(ac%[1]d), abs(bc%[1]d)), %[3]s), false))", i, tolerance, closeToZero))
	}
	return strings.Join(all, " AND ")
}
