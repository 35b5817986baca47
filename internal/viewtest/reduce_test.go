package viewtest

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/parse"
	"github.com/atolldata/atoll/internal/sql/print"
)

// reduce makes a case that fails smaller for as long as it fails, or the time is
// up: it leaves out views, tables, steps and rows, and parts of queries.
func reduce(c *Case, fails func(*Case) bool, within time.Duration) *Case {
	until := time.Now().Add(within)
	for {
		smaller := false
		for _, part := range []func(*Case, int) *Case{withoutView, withoutStep, withSimplerView, withoutTable, withoutRow} {
			for i := 0; ; {
				next := part(c, i)
				if next == nil || time.Now().After(until) {
					break
				}
				if !fails(next) {
					i++
					continue
				}
				c, smaller = next, true
			}
		}
		if !smaller || time.Now().After(until) {
			return c
		}
	}
}

// withoutView is a case without its i-th view from the end; nil if there is
// none. So are the others with their parts.
func withoutView(c *Case, i int) *Case {
	if i >= len(c.Views) {
		return nil
	}
	out, at := *c, len(c.Views)-1-i
	out.Views = slices.Delete(slices.Clone(c.Views), at, at+1)
	return &out
}

func withoutTable(c *Case, i int) *Case {
	if i >= len(c.Tables) {
		return nil
	}
	out := *c
	out.Tables = slices.Delete(slices.Clone(c.Tables), i, i+1)
	return &out
}

func withoutStep(c *Case, i int) *Case {
	if i >= len(c.Steps) {
		return nil
	}
	out, at := *c, len(c.Steps)-1-i
	out.Steps = slices.Delete(slices.Clone(c.Steps), at, at+1)
	return &out
}

func withoutRow(c *Case, i int) *Case {
	for at, step := range c.Steps {
		rows := rowsOf(step)
		if i >= len(rows) {
			i -= len(rows)
			continue
		}
		out := *c
		out.Steps = slices.Clone(c.Steps)
		rows = slices.Delete(slices.Clone(rows), i, i+1)
		switch s := step.(type) {
		case Load:
			s.Rows = rows
			out.Steps[at] = s
		case Change:
			s.Rows = rows
			out.Steps[at] = s
		}
		return &out
	}
	return nil
}

func rowsOf(s Step) []Row {
	switch s := s.(type) {
	case Load:
		return s.Rows
	case Change:
		return s.Rows
	}
	return nil
}

// withSimplerView has the i-th of the simpler queries that stand for the views',
// which leave out large parts first.
func withSimplerView(c *Case, i int) *Case {
	for at, v := range c.Views {
		_, n := simpler(v.SQL, -1)
		if i >= n {
			i -= n
			continue
		}
		text, _ := simpler(v.SQL, n-1-i)
		out := *c
		out.Views = slices.Clone(c.Views)
		out.Views[at].SQL = text
		return &out
	}
	return nil
}

// simpler is a query without its i-th part, counted from the leaves up, and the
// number of such parts.
func simpler(query string, i int) (text string, n int) {
	q, err := parse.Query(query)
	if err != nil {
		return query, 0
	}
	out := ast.Rewrite(ast.Node(q), func(_, now ast.Node) ast.Node {
		for _, s := range simplerNodes(now) {
			if n++; n-1 == i {
				return s
			}
		}
		return now
	})
	return strings.Join(strings.Fields(print.Redshift(out)), " "), n
}

// simplerNodes are nodes that fit a node's place and are smaller.
func simplerNodes(n ast.Node) []ast.Node {
	switch n := n.(type) {
	case *ast.Query:
		return simplerQueries(n)
	case *ast.Select:
		return simplerSelects(n)
	case *ast.SetOp:
		return []ast.Node{n.Left, n.Right}
	case *ast.Join:
		inner := *n
		inner.Kind = ast.InnerJoin
		if n.Kind == ast.InnerJoin {
			return []ast.Node{n.Left, n.Right}
		}
		return []ast.Node{n.Left, n.Right, &inner}
	case ast.Expr:
		var parts []ast.Node
		ast.MapChildren(n, func(child ast.Node) ast.Node {
			if e, ok := child.(ast.Expr); ok {
				parts = append(parts, e)
			}
			return child
		})
		return parts
	}
	return nil
}

func simplerQueries(n *ast.Query) (out []ast.Node) {
	if n.With != nil {
		c := *n
		c.With = nil
		for _, cte := range n.With.CTEs {
			out = append(out, cte.Query)
		}
		out = append(out, &c)
	}
	if n.Limit != nil {
		c := *n
		c.Limit, c.OrderBy = nil, nil
		out = append(out, &c)
	}
	if s, ok := n.Body.(*ast.Select); ok {
		for _, from := range s.From {
			if sub, ok := from.(*ast.Subquery); ok {
				out = append(out, sub.Query)
			}
		}
	}
	return out
}

func simplerSelects(n *ast.Select) (out []ast.Node) {
	without := func(change func(*ast.Select)) {
		c := *n
		change(&c)
		out = append(out, &c)
	}
	if n.Where != nil {
		without(func(s *ast.Select) { s.Where = nil })
	}
	if n.Having != nil {
		without(func(s *ast.Select) { s.Having = nil })
	}
	if n.Qualify != nil {
		without(func(s *ast.Select) { s.Qualify = nil })
	}
	if n.Distinct {
		without(func(s *ast.Select) { s.Distinct = false })
	}
	if n.GroupBy != nil {
		without(func(s *ast.Select) { s.GroupBy = nil })
		for i := range n.GroupBy.Items {
			if len(n.GroupBy.Items) > 1 {
				without(func(s *ast.Select) {
					g := *n.GroupBy
					g.Items = slices.Delete(slices.Clone(g.Items), i, i+1)
					s.GroupBy = &g
				})
			}
		}
	}
	for i := range n.Items {
		if len(n.Items) > 1 {
			without(func(s *ast.Select) { s.Items = slices.Delete(slices.Clone(n.Items), i, i+1) })
		}
	}
	return out
}

// What is left of a case is what it fails by, in a file of the language.
func TestReduce(t *testing.T) {
	t.Parallel()
	cases, err := Parse("f.txt", `
table s.t (k varchar(10), n integer)
table s.u (k varchar(10))

case large
view v.one
  SELECT k, COUNT(*) AS c FROM s.u GROUP BY k
view v.two
  WITH w AS (SELECT k, n FROM s.t WHERE n > 1) SELECT DISTINCT k, SUM(n) AS n FROM w LEFT JOIN s.u USING (k) GROUP BY k HAVING COUNT(*) > 0
load s.t as f1
  a 1
  b 7
  c 3
load s.u as f2
  a
refresh
change s.t f1
  b 8
refresh
`)
	if err != nil {
		t.Fatal(err)
	}
	fails := func(c *Case) bool {
		text := strings.ToLower(c.String())
		for _, part := range []string{"table s.t ", "view v.two", "sum(", "b 7", "refresh"} {
			if !strings.Contains(text, part) {
				return false
			}
		}
		return true
	}
	if !fails(&cases[0]) {
		t.Fatalf("the case does not fail:\n%s", &cases[0])
	}
	kept, err := keep(filepath.Join(t.TempDir(), "cases"), t.Name(), reduce(&cases[0], fails, time.Minute))
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(kept)
	if err != nil {
		t.Fatal(err)
	}
	const want = `case large
table s.t (k varchar(10), n integer)
view v.two
  SELECT sum(n) AS n FROM s.u
load s.t as f1
  b 7
refresh
`
	if string(text) != want {
		t.Errorf("got\n%s\nwant\n%s", text, want)
	}
}

// A case is not made smaller into one that fails by something else.
func TestReason(t *testing.T) {
	t.Parallel()
	for _, pair := range [][2]string{
		{"step 1, refresh: models/v/v2.sql:7:24: unknown table \"src.t2\"", "step 23, refresh: computing \"v.v2 5 delta\": failed to pin block (raise memory in atoll.yaml)"},
		{"step 1, refresh: models/v/v2.sql:7:24: unknown table \"src.t2\"", "step 2, refresh: v.v2 is not what its query returns"},
		{"step 1, refresh: division by zero", "step 1, refresh: v.v1 was recomputed"},
		{"", "step 1, refresh: division by zero"},
		{"step 1, collect: running the query: Table with name \"v.v1\" does not exist", "step 3, refresh: the query of v.v9: running the query: In a DISTINCT aggregate"},
	} {
		var reasons [2]string
		for i, text := range pair {
			if text != "" {
				reasons[i] = reason(errors.New(text))
			}
		}
		if reasons[0] == reasons[1] {
			t.Errorf("%q and %q count as one failure, %q", pair[0], pair[1], reasons[0])
		}
	}
}
