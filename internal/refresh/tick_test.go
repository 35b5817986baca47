package refresh

import (
	"slices"
	"strings"
	"testing"

	"github.com/atolldata/atoll/internal/warehouse"
)

// tick refreshes models that are all known beforehand.
func tick(t *testing.T, models ...string) *lookups {
	t.Helper()
	l := &lookups{recorder: &recorder{}, t: t}
	all := jobs(t, models...)
	refreshes := Begin(l, all)
	for _, job := range all {
		if _, err := refreshes.FromChanges(t.Context(), job); err != nil {
			t.Fatal(err)
		}
	}
	return l
}

// wanted is the query of the keys that a table was first looked up by.
func (l *lookups) wanted(table string) string {
	for _, s := range l.steps {
		if strings.Contains(s.Title, `"keys of shop.`+table) {
			return s.SQL
		}
	}
	return ""
}

const (
	pairs = "SELECT o.id, p.amount FROM shop.orders o JOIN shop.orders p ON p.id = o.id"
	days  = "SELECT TRUNC(p.ordered_at) AS day, COUNT(*) AS n FROM shop.orders o JOIN shop.orders p ON p.id = o.id GROUP BY 1"
)

// What changed is read once for all views of a tick, with the columns that any of
// them needs; rows that two views touch are looked up once.
func TestViewsOfATickShare(t *testing.T) {
	l := tick(t, pairs, days)
	if len(l.read) != 1 || !slices.Equal(l.read[0].Columns, []string{"id", "amount", "ordered_at"}) {
		t.Errorf("what changed: %+v", l.read)
	}
	orders := slices.DeleteFunc(l.rows, func(s warehouse.Rowset) bool { return s.From.Name != "orders" })
	if len(orders) != 1 || !slices.Equal(orders[0].Columns, []string{"id", "amount", "ordered_at"}) {
		t.Errorf("what was looked up: %+v", orders)
	}
}

// The first lookup is for the keys of all changes that views are expected to ask
// for: those of tables, also where a view lies between.
func TestLookupsAreForeseen(t *testing.T) {
	l := tick(t, "SELECT customer_id, id, COUNT(*) AS n FROM shop.orders GROUP BY 1, 2",
		"SELECT o.amount FROM shop.orders o JOIN s.v1 v ON v.id = o.id",
		"SELECT o.amount FROM shop.orders o JOIN shop.customers c ON c.id = o.id")
	for _, want := range []string{`SELECT "id" FROM "changes of shop.orders`, `"changes of shop.customers`} {
		if got := l.wanted("orders"); !strings.Contains(got, want) {
			t.Errorf("orders are looked up by\n%s\nwithout %s", got, want)
		}
	}
}

// What comes to a table of which only existence is asked is not foreseen: few of its keys
// are new, and what is joined with them is looked up by those.
func TestExistenceIsNotForeseen(t *testing.T) {
	for query, foreseen := range map[string]bool{
		"SELECT o.amount FROM shop.orders o WHERE o.customer_id IN (SELECT id FROM shop.customers WHERE id IS NOT NULL)":                 false,
		"SELECT o.amount FROM shop.orders o JOIN (SELECT id, region FROM shop.customers WHERE id IS NOT NULL) c ON c.id = o.customer_id": true,
	} {
		if got := tick(t, query).wanted("orders"); got == "" || strings.Contains(got, `SELECT "id" FROM "changes of shop.customers`) != foreseen {
			t.Errorf("%s: orders are looked up by\n%s", query, got)
		}
	}
}

// Whether there are rows is asked once for each key.
func TestExistenceIsAskedOnce(t *testing.T) {
	once := func(s warehouse.Rowset) bool { return s.Once && slices.Equal(s.Columns, s.Key) }
	for query, want := range map[string]bool{
		"SELECT c.id FROM shop.customers c WHERE EXISTS (SELECT 1 FROM shop.orders o WHERE o.customer_id = c.id)":                            true,
		"SELECT c.id FROM shop.customers c WHERE c.id IN (SELECT customer_id FROM shop.orders)":                                              true,
		"SELECT c.id FROM shop.customers c WHERE EXISTS (SELECT COUNT(*) FROM shop.orders o WHERE o.customer_id = c.id HAVING COUNT(*) > 1)": false,
		"SELECT c.id, (SELECT COUNT(*) FROM shop.orders o WHERE o.customer_id = c.id) AS n FROM shop.customers c":                            false,
		"SELECT c.id FROM shop.customers c JOIN shop.orders o ON o.customer_id = c.id":                                                       false,
	} {
		if got := slices.ContainsFunc(tick(t, query).rows, once); got != want {
			t.Errorf("%s: once is %t", query, got)
		}
	}
}
