package pipeline_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"github.com/atolldata/atoll/internal/pipeline"
)

// folder is a project folder of a test, with a clock of its own.
type folder struct {
	t   *testing.T
	dir string
	now time.Time
}

// newFolder writes the files of a txtar archive.
func newFolder(t *testing.T, archive string) *folder {
	t.Helper()
	f := &folder{t: t, dir: t.TempDir(), now: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)}
	f.write(archive)
	return f
}

func (f *folder) write(archive string) {
	f.t.Helper()
	for _, file := range txtar.Parse([]byte(archive)).Files {
		name := filepath.Join(f.dir, file.Name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			f.t.Fatal(err)
		}
		if err := os.WriteFile(name, file.Data, 0o644); err != nil {
			f.t.Fatal(err)
		}
	}
}

func (f *folder) remove(name string) {
	f.t.Helper()
	if err := os.RemoveAll(filepath.Join(f.dir, name)); err != nil {
		f.t.Fatal(err)
	}
}

func (f *folder) open() *pipeline.Project {
	f.t.Helper()
	p, err := pipeline.Open(f.t.Context(), f.dir, pipeline.Options{Clock: func() time.Time { return f.now }})
	if err != nil {
		f.t.Fatal(err)
	}
	return p
}

// run does one tick in a process of its own, as far as the warehouse can tell.
func (f *folder) run(o pipeline.RunOptions) *pipeline.Report {
	f.t.Helper()
	r, err := f.try(o)
	if err != nil {
		f.t.Fatal(err)
	}
	return r
}

func (f *folder) try(o pipeline.RunOptions) (*pipeline.Report, error) {
	f.t.Helper()
	p := f.open()
	defer p.Close()
	return p.Run(f.t.Context(), o)
}

// query runs engine text and returns the rows, one a line, values by spaces.
func (f *folder) query(text string) string {
	f.t.Helper()
	p := f.open()
	defer p.Close()
	return rows(f.t, p, text)
}

func rows(t *testing.T, p *pipeline.Project, text string) string {
	t.Helper()
	r, err := p.Warehouse.Query(context.Background(), "SELECT concat_ws(' ', COLUMNS(*)::VARCHAR) FROM ("+text+")")
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	var lines []string
	for r.Next() {
		cells := make([]any, len(r.Columns()))
		for i := range cells {
			cells[i] = new(string)
		}
		if err := r.Scan(cells...); err != nil {
			t.Fatal(err)
		}
		var line []string
		for _, c := range cells {
			line = append(line, *c.(*string))
		}
		lines = append(lines, strings.Join(line, " "))
	}
	if r.Err() != nil {
		t.Fatal(r.Err())
	}
	return strings.Join(lines, "\n")
}

// shop is a small project: orders, and totals by customer.
const shop = `
-- atoll.yaml --
name: shop
-- sources/shop.yaml --
source: shop
type: files
url: file://data/
tables:
  orders:
    match: "orders*.json"
    format: json
    columns:
      id: integer
      customer: varchar(20)
      amount: decimal(10,2)
-- models/reports/totals.sql --
SELECT customer, SUM(amount) AS total, COUNT(*) AS orders FROM shop.orders GROUP BY customer
-- data/orders1.json --
{"id":1,"customer":"ann","amount":10.50}
{"id":2,"customer":"bob","amount":5}
`

const totals = `SELECT * FROM reports.totals ORDER BY 1`

func TestATickLoadsAndRefreshes(t *testing.T) {
	f := newFolder(t, shop)
	r := f.run(pipeline.RunOptions{})
	if r.Files != 1 || r.Rows != 2 || r.Batches != 1 || len(r.Views) != 1 || r.Failed() {
		t.Errorf("the first tick: %+v", r)
	}
	if got := f.query(totals); got != "ann 10.50 1\nbob 5.00 1" {
		t.Errorf("totals: %s", got)
	}
	if r := f.run(pipeline.RunOptions{}); !r.Nothing() {
		t.Errorf("the second tick: %+v", r)
	}
	f.write("-- data/orders2.json --\n{\"id\":3,\"customer\":\"ann\",\"amount\":1}\n")
	if r := f.run(pipeline.RunOptions{}); r.Files != 1 || r.Rows != 1 || len(r.Views) != 1 {
		t.Errorf("the third tick: %+v", r)
	}
	if got := f.query(totals); got != "ann 11.50 2\nbob 5.00 1" {
		t.Errorf("totals: %s", got)
	}
}

// The engine would take the file's name for that of the database, and a schema
// of the same name would be ambiguous.
func TestAWarehouseMayHaveTheNameOfASchema(t *testing.T) {
	for _, name := range []string{"shop", "atoll", "reports", "memory"} {
		f := newFolder(t, strings.Replace(shop, "name: shop\n", "name: shop\nwarehouse: duckdb://.atoll/"+name+".duckdb\n", 1))
		f.run(pipeline.RunOptions{})
		if r := f.run(pipeline.RunOptions{}); !r.Nothing() {
			t.Errorf("%s: the second tick: %+v", name, r)
		}
		if got := f.query(totals); got != "ann 10.50 1\nbob 5.00 1" {
			t.Errorf("%s: totals: %s", name, got)
		}
	}
}
