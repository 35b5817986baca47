package view_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/atolldata/atoll/internal/compile"
	"github.com/atolldata/atoll/internal/project"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/sqltest"
	"github.com/atolldata/atoll/internal/view"
)

// shop is the source that the models of these tests read.
const shop = `
source: shop
type: files
url: file://data/
tables:
  customers: {match: 'c*.json', format: json, columns: {id: integer, name: varchar(40), region: varchar(10), parent_id: integer, since: date, tags: super}}
  orders:    {match: 'o*.json', format: json, columns: {id: bigint, customer_id: integer, product_id: integer, amount: 'decimal(12,2)', price: double precision, status: varchar(10), ordered_at: timestamp}}
  products:  {match: 'p*.json', format: json, columns: {id: integer, category: varchar(20), cost: 'decimal(12,2)', weight: 'decimal(12,2)'}}
  returns:   {match: 'r*.json', format: json, columns: {order_id: bigint, reason: varchar(40), returned_at: timestamp}}
`

// modelled compiles a model s.v over the source shop.
func modelled(t *testing.T, model string) *compile.Node {
	t.Helper()
	p, err := project.LoadFS(fstest.MapFS{
		"atoll.yaml":        {Data: []byte("name: shop\n")},
		"sources/shop.yaml": {Data: []byte(shop)},
		"models/s/v.sql":    {Data: []byte(model)},
	})
	if err != nil {
		t.Fatalf("%s\n%v", model, err)
	}
	g, err := compile.Compile(p)
	if err != nil {
		t.Fatalf("%s\n%v", model, err)
	}
	n, _ := g.Node(schema.Name{Schema: "s", Name: "v"})
	return n
}

// shapes are the cases of the table of shapes: testdata/plans has a file for each
// group of them. A case is a query, its plan and stages, and if it is full the
// reason with line and column, the hint, and instead: the query with what the
// hint advises, whose plan must not be full.
func shapes(t *testing.T, each func(group string, c sqltest.Case)) {
	t.Helper()
	files, err := filepath.Glob("testdata/plans/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		for _, c := range sqltest.Read(t, file) {
			each(strings.TrimSuffix(filepath.Base(file), ".txt"), c)
		}
	}
}

// described is a plan as the table of shapes says it.
func described(p view.Plan) string {
	var stages []string
	for _, s := range p.Stages {
		if len(s.Keys) > 0 {
			stages = append(stages, fmt.Sprintf("%s by %s", s.Kind, strings.Join(s.Keys, ", ")))
		} else {
			stages = append(stages, string(s.Kind))
		}
	}
	lines := []string{"plan: " + string(p.Kind), "stages: " + strings.Join(stages, "; ")}
	if p.Reason != "" {
		lines = append(lines, fmt.Sprintf("why: %d:%d %s", p.Pos.Line, p.Pos.Column, p.Reason))
	}
	if p.Hint != "" {
		lines = append(lines, "hint: "+p.Hint)
	}
	return strings.Join(lines, "\n")
}

// The table of shapes says which plan each shape of a query must get.
func TestEveryShapeHasItsPlan(t *testing.T) {
	count := 0
	shapes(t, func(group string, c sqltest.Case) {
		count++
		t.Run(group+"/"+c.Title, func(t *testing.T) {
			query, want, _ := strings.Cut(c.Text, "\nplan: ")
			want, instead, advised := strings.Cut("plan: "+want, "\ninstead: ")
			p := view.PlanOf(modelled(t, query))
			if got := described(p); got != want {
				t.Errorf("%s\ngot\n%s\nwant\n%s", query, got, want)
			}
			if advised != (p.Kind == view.Full && p.Hint != "") {
				t.Errorf("a full plan has a hint and a query that follows it, or neither")
			}
			if advised {
				if p := view.PlanOf(modelled(t, instead)); p.Kind == view.Full {
					t.Errorf("%s\nis as full as what it should help: %s", instead, p.Reason)
				}
			}
		})
	})
	if count < 90 {
		t.Errorf("the table has %d shapes", count)
	}
}

// The table of shapes that users read is the one that the planner is held to.
func TestDocumentation(t *testing.T) {
	var b strings.Builder
	last := ""
	shapes(t, func(group string, c sqltest.Case) {
		if group != last {
			last = group
			_, title, _ := strings.Cut(group, "-")
			fmt.Fprintf(&b, "\n### %s\n\n| shape | plan | |\n|---|---|---|\n", strings.ToUpper(title[:1])+title[1:])
		}
		_, rest, _ := strings.Cut(c.Text, "\nplan: ")
		kind, rest, _ := strings.Cut(rest, "\n")
		fmt.Fprintf(&b, "| %s | %s | %s |\n", c.Title, kind, remark(strings.Split(rest, "\n")))
	})
	sqltest.GoldenSection(t, "../../docs/refresh.md", "<!-- shapes: written by go test ./internal/view -update -->",
		"<!-- end of shapes -->", b.String()+"\n")
}

// remark is what is to know of a shape beside its plan: the stages that have keys,
// or what makes it full and what would help.
func remark(lines []string) string {
	var stages, whole []string
	for _, line := range lines {
		key, text, _ := strings.Cut(line, ": ")
		switch key {
		case "stages":
			for _, s := range strings.Split(text, "; ") {
				if strings.Contains(s, " by ") {
					stages = append(stages, s)
				}
			}
		case "why":
			_, reason, _ := strings.Cut(text, " ")
			whole = append(whole, reason)
		case "hint":
			whole = append(whole, text)
		}
	}
	if whole != nil {
		return strings.Join(whole, "; ")
	}
	return strings.Join(stages, "; ")
}

// TestSought: rows are looked up by what joins compare first and windows are partitioned by, also
// below views and stages that only pass it on, and what is stored of partitions by their
// keys; not by what is grouped, nor by what the first rows of each key are found by.
func TestSought(t *testing.T) {
	for model, want := range map[string]string{
		"SELECT o.amount, c.name FROM shop.orders o JOIN shop.customers c ON c.id = o.customer_id AND c.region = o.status":                                                       "shop.customers(id) shop.orders(customer_id)",
		"SELECT o.amount FROM shop.orders o LEFT JOIN shop.customers c ON c.name = LOWER(o.status)":                                                                              "shop.customers(name)",
		"SELECT c.id FROM shop.customers c WHERE c.name NOT IN (SELECT reason FROM shop.returns)":                                                                                "",
		"SELECT name, region, id, parent_id FROM shop.customers EXCEPT ALL SELECT reason, reason, 1, 1 FROM shop.returns":                                                        "s.v(id,name,region) shop.customers(id,name) shop.returns(reason)",
		"SELECT region, LISTAGG(name) AS names FROM shop.customers GROUP BY region":                                                                                              "s.v(region) shop.customers(region)",
		"SELECT c.id FROM shop.customers c WHERE c.name IN (SELECT reason FROM shop.returns)":                                                                                    "shop.customers(name) shop.returns(reason)",
		"SELECT id, RANK() OVER (PARTITION BY region, name ORDER BY id) AS r FROM shop.customers":                                                                                "s.v(#k1,#k2) shop.customers(name,region)",
		"WITH c AS (SELECT id, name || '.' AS long, region AS r FROM shop.customers WHERE id > 1) SELECT o.id FROM shop.orders o JOIN c ON c.r = o.status AND c.long = o.status": "shop.customers(region) shop.orders(status)",
		"SELECT o.id, n FROM shop.orders o JOIN (SELECT region, COUNT(*) AS n FROM shop.customers GROUP BY region) g ON g.region = o.status":                                     "s.v#2(region) shop.orders(status)",
		"SELECT region, COUNT(*) AS n FROM shop.customers GROUP BY region":                                                                                                       "",
		"SELECT reason, order_id FROM shop.returns QUALIFY ROW_NUMBER() OVER (PARTITION BY reason ORDER BY order_id) = 1":                                                        "",
	} {
		program, err := view.ProgramOf(modelled(t, model))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for name, columns := range view.Sought([]*view.Program{program}) {
			names := make([]string, len(columns))
			for i, c := range columns {
				names[i] = c.Name
			}
			slices.Sort(names)
			got = append(got, fmt.Sprintf("%s(%s)", name, strings.Join(names, ",")))
		}
		slices.Sort(got)
		if text := strings.Join(got, " "); text != want {
			t.Errorf("%s\nseeks %s\nwant  %s", model, text, want)
		}
	}
}
