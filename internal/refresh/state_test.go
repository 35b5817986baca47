package refresh

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/atolldata/atoll/internal/compile"
	"github.com/atolldata/atoll/internal/project"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/view"
	"github.com/atolldata/atoll/internal/warehouse"
)

const shop = `
source: shop
type: files
url: file://data/
tables:
  customers: {match: 'c*.json', format: json, columns: {id: integer, region: varchar(10)}}
  orders:    {match: 'o*.json', format: json, columns: {id: bigint, customer_id: integer, amount: 'decimal(12,2)', ordered_at: timestamp}}
`

// lookups is a recorder to which customers are few and orders many. It knows the
// working tables that were made.
type lookups struct {
	*recorder
	t    *testing.T
	made []string
	read []warehouse.Changes
	rows []warehouse.Rowset
}

func (l *lookups) Size(_ context.Context, name schema.Name) (int64, error) {
	if name.Name == "customers" {
		return 100, nil
	}
	return smallRelation + 1, nil
}

func (l *lookups) Work(ctx context.Context, as, query string) (int64, error) {
	l.made = append(l.made, as)
	if strings.HasPrefix(as, "keys of ") && strings.Contains(query, "NOT EXISTS") {
		return 0, nil // all of them were looked up before
	}
	return l.recorder.Work(ctx, as, query)
}

func (l *lookups) Changes(ctx context.Context, c warehouse.Changes) (came, left int64, err error) {
	l.made, l.read = append(l.made, c.As), append(l.read, c)
	return l.recorder.Changes(ctx, c)
}

func (l *lookups) Rows(ctx context.Context, s warehouse.Rowset) (int64, error) {
	if !slices.Contains(l.made, s.Keys) {
		l.t.Errorf("rows of %s are looked up by %q, which is no working table", s.From, s.Keys)
	}
	l.made, l.rows = append(l.made, s.As), append(l.rows, s)
	return l.recorder.Rows(ctx, s)
}

// looked are the lookups of a refresh of a model.
func looked(t *testing.T, model string) []warehouse.Rowset {
	t.Helper()
	l := &lookups{recorder: &recorder{}, t: t}
	job := jobs(t, model)[0]
	if _, err := Begin(l, nil).FromChanges(t.Context(), job); err != nil {
		t.Fatal(err)
	}
	return l.rows
}

// jobs are refreshes of models, which are the views s.v1, s.v2 and so on, from one
// batch of every table and one run of every view.
func jobs(t *testing.T, models ...string) (list []Job) {
	t.Helper()
	files := fstest.MapFS{
		"atoll.yaml":        {Data: []byte("name: shop\n")},
		"sources/shop.yaml": {Data: []byte(shop)},
	}
	for i, m := range models {
		files[fmt.Sprintf("models/s/v%d.sql", i+1)] = &fstest.MapFile{Data: []byte(m)}
	}
	p, err := project.LoadFS(files)
	if err != nil {
		t.Fatal(err)
	}
	g, err := compile.Compile(p)
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2024, 5, 1, 0, 0, 0, 0, time.UTC)
	for i := range models {
		n, _ := g.Node(schema.Name{Schema: "s", Name: fmt.Sprintf("v%d", i+1)})
		prog, err := view.ProgramOf(n)
		if err != nil {
			t.Fatal(err)
		}
		job := Job{Program: prog, Version: 1, Label: at, Before: at, Windows: map[schema.Name]Window{}}
		for _, in := range prog.Inputs {
			job.Windows[in.Name] = Window{After: 0, To: 1}
		}
		list = append(list, job)
	}
	return list
}

// by reports a lookup of rows of a table by a column.
func by(table, column string) func(warehouse.Rowset) bool {
	return func(s warehouse.Rowset) bool { return s.From.Name == table && slices.Equal(s.Key, []string{column}) }
}

// Where rows of a large relation are found from those of a small one, the small
// one is not taken as a whole: the keys of all its rows would find all.
func TestSmallRelationsLead(t *testing.T) {
	rows := looked(t, "SELECT o.id, RANK() OVER (PARTITION BY c.region ORDER BY o.amount) AS place FROM shop.orders o JOIN shop.customers c ON c.id = o.customer_id")
	for _, want := range []func(warehouse.Rowset) bool{by("customers", "region"), by("orders", "customer_id")} {
		if !slices.ContainsFunc(rows, want) {
			t.Errorf("%+v", rows)
		}
	}
}

// Of several ways to the rows with some keys the one through the largest relation
// is taken, also where its key is computed.
func TestTheLargestRelationIsLookedUp(t *testing.T) {
	rows := looked(t, "SELECT c.region, TRUNC(o.ordered_at) AS day, MEDIAN(o.amount) AS middle FROM shop.orders o JOIN shop.customers c ON c.id = o.customer_id GROUP BY 1, 2")
	if !slices.ContainsFunc(rows, by("orders", "ordered_at")) || slices.ContainsFunc(rows, by("customers", "region")) {
		t.Errorf("%+v", rows)
	}
}
