package normal_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/bind"
	"github.com/atolldata/atoll/internal/sql/normal"
	"github.com/atolldata/atoll/internal/sql/parse"
	"github.com/atolldata/atoll/internal/sql/print"
	"github.com/atolldata/atoll/internal/sql/sqltest"
)

func bound(t *testing.T, text string) *bind.Result {
	t.Helper()
	q, err := parse.Query(text)
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	res, err := bind.Bind(q, sqltest.Shop(t), bind.Options{File: "m.sql", Text: text})
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return res
}

func plain(t *testing.T, text string) *normal.Result {
	t.Helper()
	out, err := normal.Query(bound(t, text))
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return out
}

// The plain form of each construct, which binds to the same columns.
func TestPlain(t *testing.T) {
	sqltest.Golden(t, "testdata/plain.sql", "testdata/plain.golden", func(text string) string {
		out := plain(t, text)
		for _, f := range sqltest.NotPlain(out.Query) {
			t.Errorf("%s\n%s", f, text)
		}
		written := print.Redshift(out.Query)
		if want, got := bound(t, text).Columns, bound(t, written).Columns; !slices.Equal(got, want) {
			t.Errorf("columns %v, want %v\n%s", got, want, text)
		}
		if again := plain(t, written).Query; !ast.Equal(again, out.Query) {
			t.Errorf("the plain form of\n%s\nis\n%s", written, print.Redshift(again))
		}
		return written
	})
}

// What has no plain form is told with its place.
func TestRefused(t *testing.T) {
	sqltest.Golden(t, "testdata/refused.sql", "testdata/refused.golden", func(text string) string {
		_, err := normal.Query(bound(t, text))
		if err == nil {
			t.Fatalf("no fault for\n%s", text)
		}
		f := fault.All(err)[0]
		return string(f.Code) + " " + f.Pretty()
	})
}

// Every node has a place in the text that the query was written in, and stands
// in no other tree and nowhere else in its own.
func TestNodes(t *testing.T) {
	for _, c := range sqltest.Read(t, "testdata/plain.sql") {
		res := bound(t, c.Text)
		seen := map[ast.Node]bool{}
		ast.Inspect(res.Query, func(n ast.Node) bool { seen[n] = true; return true })
		out, err := normal.Query(res)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(out.Query, func(n ast.Node) bool {
			if seen[n] {
				t.Errorf("%s: %T %s stands elsewhere too", c.Title, n, print.Redshift(n))
			}
			seen[n] = true
			if n.Pos() < 0 || n.End() <= n.Pos() || int(n.End()) > len(c.Text) {
				t.Errorf("%s: %T %s is at %d to %d", c.Title, n, print.Redshift(n), n.Pos(), n.End())
			}
			return true
		})
	}
}

// A fault about the plain form shows what was written.
func TestFaultsShowTheQueryAsWritten(t *testing.T) {
	const text = "WITH s AS (SELECT url AS x FROM web.events)\nSELECT 1 AS one FROM users JOIN s AS z (userid) USING (userid)"
	out := plain(t, text)
	without := sqltest.NewCatalog(t, "public.users: userid integer", "web.events: other integer")
	_, err := bind.Bind(out.Query, without, bind.Options{File: "m.sql", Text: text})
	faults := fault.All(err)
	if len(faults) != 1 || faults[0].Pos != (fault.Position{File: "m.sql", Line: 1, Column: 19}) {
		t.Errorf("got %v", err)
	}
}

// The uses of a common table expression are told to be one, unless they depend
// on where they stand.
func TestSameAs(t *testing.T) {
	out := plain(t, `WITH a AS (SELECT userid, city FROM users), b AS (SELECT userid FROM a)
		SELECT x.userid FROM b x JOIN a y (id) ON x.userid = y.id WHERE x.userid IN (SELECT userid FROM b)
		AND EXISTS (WITH c AS (SELECT salesid FROM sales s WHERE s.userid = x.userid), d AS (SELECT i.n FROM web.events e, e.props.items i) SELECT 1 FROM c, d)`)
	uses := map[string]int{}
	ast.Inspect(out.Query, func(n ast.Node) bool {
		if sub, ok := n.(*ast.Subquery); ok {
			if cte := out.SameAs[sub]; cte != nil {
				uses[cte.Name.Name]++
			} else {
				uses["not "+sub.Alias.Name.Name]++
			}
		}
		return true
	})
	if want := (map[string]int{"a": 3, "b": 2, "not c": 1, "d": 1}); !maps.Equal(uses, want) {
		t.Errorf("got %v, want %v", uses, want)
	}
}

// Expressions that use one another twice do not grow without end.
func TestWrittenOut(t *testing.T) {
	text := "WITH c0 AS (SELECT 1 AS x)"
	for i := 1; i <= 40; i++ {
		text += fmt.Sprintf(", c%d AS (SELECT a.x FROM c%d a, c%d b)", i, i-1, i-1)
	}
	_, err := normal.Query(bound(t, text+" SELECT x FROM c40"))
	if fault.CodeOf(err) != fault.Unsupported {
		t.Errorf("got %v", err)
	}
}
