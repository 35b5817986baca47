package lineage_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/atolldata/atoll/internal/sql/bind"
	"github.com/atolldata/atoll/internal/sql/lineage"
	"github.com/atolldata/atoll/internal/sql/parse"
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

func TestOf(t *testing.T) {
	sqltest.Golden(t, "testdata/queries.sql", "testdata/queries.golden", func(text string) string {
		q := lineage.Of(bound(t, text))
		var b strings.Builder
		for _, c := range q.Columns {
			fmt.Fprintf(&b, "%s\n", c.Name)
			for _, s := range c.Steps {
				fmt.Fprintf(&b, "  %s = %s  %s\n", s.Name, s.Expr, s.Pos)
			}
			b.WriteString(uses(c.Uses))
		}
		return b.String() + "rows\n" + uses(q.Rows)
	})
}

func uses(list []lineage.Use) string {
	var b strings.Builder
	for _, u := range list {
		fmt.Fprintf(&b, "  %s %s\n", u.Kind, u.Source)
	}
	return b.String()
}

// The binder, which sums up while it resolves, names the same sources of values.
func TestValuesAgreeWithTheBinder(t *testing.T) {
	for _, file := range []string{"testdata/queries.sql", "../bind/testdata/lineage.sql", "../bind/testdata/names.sql"} {
		for _, c := range sqltest.Read(t, file) {
			res := bound(t, c.Text)
			for i, column := range lineage.Of(res).Columns {
				var got []bind.Source
				for _, u := range column.Uses {
					if u.Kind == lineage.Value {
						got = append(got, u.Source)
					}
				}
				if want := res.Lineage[i].Sources; fmt.Sprint(got) != fmt.Sprint(want) {
					t.Errorf("%s: %s comes from %v, and the binder says %v", c.Title, column.Name, got, want)
				}
			}
		}
	}
}
