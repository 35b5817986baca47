package refresh

import (
	"context"
	"slices"
	"testing"

	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/warehouse"
)

// sized is a recorder whose relations have so many rows.
type sized struct {
	*recorder
	rows   map[string]int64
	looked []string // the relations whose rows were looked up
}

func (s *sized) Rows(ctx context.Context, r warehouse.Rowset) (int64, error) {
	s.looked = append(s.looked, r.From.Name)
	return s.recorder.Rows(ctx, r)
}

func (s *sized) Size(_ context.Context, name schema.Name) (int64, error) {
	return s.rows[name.Name], nil
}

// TestFewRowsAreComputedWhole counts what a stage reads: what is joined by equalities
// adds up, what is not multiplies.
func TestFewRowsAreComputedWhole(t *testing.T) {
	const (
		joined  = "SELECT c.region, SUM(o.amount) AS amount FROM shop.customers c JOIN shop.orders o ON o.customer_id = c.id GROUP BY 1"
		crossed = "SELECT c.region, SUM(o.amount) AS amount FROM shop.customers c JOIN shop.orders o ON o.customer_id < c.id GROUP BY 1"
		plain   = "SELECT id, amount FROM shop.orders WHERE amount > 5"
		union   = "SELECT id FROM shop.orders UNION ALL SELECT id FROM shop.customers"
	)
	for _, test := range []struct {
		model                  string
		customers, orders, own int64
		small                  Small
		whole                  bool
	}{
		{joined, 4000, 4000, 100, ComputeWhole, true},
		{joined, 4000, 4000, 193, ComputeWhole, false},
		{joined, 100, 9000, 5, ComputeWhole, false},
		{joined, 10, 10, 10, ReadWhole, false},
		{joined, 10, 10, 10, LookUp, false},
		{crossed, 90, 90, 10, ComputeWhole, true},
		{crossed, 100, 100, 10, ComputeWhole, false},
		{plain, 1_000_000, 4096, 4096, ComputeWhole, true},
		{plain, 0, 4096, 4097, ComputeWhole, false},
		{union, 2000, 2000, 4000, ComputeWhole, true},
		{union, 2100, 2100, 4000, ComputeWhole, false},
	} {
		s := &sized{recorder: &recorder{}, rows: map[string]int64{"customers": test.customers, "orders": test.orders, "v1": test.own}}
		tick := Begin(s, nil)
		tick.Small = test.small
		done, err := tick.FromChanges(t.Context(), jobs(t, test.model)[0])
		if err != nil {
			t.Fatal(err)
		}
		if done.Whole != test.whole {
			t.Errorf("%s\nof %d customers and %d orders, with %d rows: whole %t, want %t", test.model, test.customers, test.orders, test.own, done.Whole, test.whole)
		}
	}
}

// TestFewGroupsAreMergedWhole: all of few groups are merged as if they had changed,
// but where that would round what they hold.
func TestFewGroupsAreMergedWhole(t *testing.T) {
	const many = 1_000_000
	for _, test := range []struct {
		values string
		groups int64
		small  Small
		lookup bool
	}{
		{"SUM(amount), MIN(id), COUNT(*)", fewGroups, ReadWhole, false},
		{"SUM(amount), MIN(id), COUNT(*)", fewGroups, ComputeWhole, false},
		{"SUM(amount), MIN(id), COUNT(*)", fewGroups + 1, ReadWhole, true},
		{"SUM(amount), MIN(id), COUNT(*)", 1, LookUp, true},
		{"STDDEV_SAMP(amount) AS s", 1, ReadWhole, true},
		{"SUM(CAST(amount AS DOUBLE PRECISION)) AS s", 1, ReadWhole, true},
	} {
		s := &sized{recorder: &recorder{}, rows: map[string]int64{"orders": many, "v1": test.groups}}
		tick := Begin(s, nil)
		tick.Small = test.small
		if _, err := tick.FromChanges(t.Context(), jobs(t, "SELECT customer_id, "+test.values+" FROM shop.orders GROUP BY 1")[0]); err != nil {
			t.Fatal(err)
		}
		if got := slices.Contains(s.looked, "v1"); got != test.lookup {
			t.Errorf("%s in %d groups: looked up %t, want %t", test.values, test.groups, got, test.lookup)
		}
	}
}
