package compile

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/project"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/bind"
)

// TestOrderOfAnyGraph draws models that read each other at random, cycles
// included, and asserts what a graph promises.
func TestOrderOfAnyGraph(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 12).Draw(t, "models")
		reads := make([][]int, n)
		fsys := fstest.MapFS{"atoll.yaml": {Data: []byte("name: x")}}
		for i := range n {
			reads[i] = rapid.SliceOfNDistinct(rapid.IntRange(0, n-1), 0, min(n, 3), rapid.ID[int]).Draw(t, "reads")
			sql := "SELECT 1 AS x"
			for _, r := range reads[i] {
				sql += fmt.Sprintf(" UNION ALL SELECT x FROM m.v%d", r)
			}
			fsys[fmt.Sprintf("models/m/v%d.sql", i)] = &fstest.MapFile{Data: []byte(sql)}
		}
		p, err := project.LoadFS(fsys)
		if err != nil {
			t.Fatal(err)
		}
		g, err := Compile(p)
		cyclic := reachesCycle(reads)
		place := map[*Node]int{}
		for i, node := range g.Nodes {
			place[node] = i
		}
		for i := range n {
			node, ok := g.Node(schema.Name{Schema: "m", Name: fmt.Sprintf("v%d", i)})
			if !ok || node.Broken != cyclic[i] || (node.Bound == nil) != cyclic[i] {
				t.Fatalf("v%d is broken: %v, reaches a cycle: %v", i, node.Broken, cyclic[i])
			}
			for _, up := range node.Upstream {
				if !node.Broken && place[up] >= place[node] {
					t.Fatalf("%s stands before %s, which it reads", node.Name, up.Name)
				}
				if !slices.Contains(up.Downstream, node) {
					t.Fatalf("%s does not know that %s reads it", up.Name, node.Name)
				}
			}
		}
		for _, e := range fault.All(err) {
			if e.Code != fault.Cycle {
				t.Fatal(e)
			}
		}
		if (err != nil) != slices.Contains(cyclic, true) {
			t.Fatal(err)
		}
	})
}

// reachesCycle says of each model whether reading on from it ever comes back to
// a model met before, by Warshall's closure.
func reachesCycle(reads [][]int) []bool {
	n := len(reads)
	reach := make([][]bool, n)
	for i := range reach {
		reach[i] = make([]bool, n)
		for _, r := range reads[i] {
			reach[i][r] = true
		}
	}
	for k := range n {
		for i := range n {
			for j := range n {
				reach[i][j] = reach[i][j] || reach[i][k] && reach[k][j]
			}
		}
	}
	out := make([]bool, n)
	for i := range n {
		for j := range n {
			out[i] = out[i] || (i == j || reach[i][j]) && reach[j][j]
		}
	}
	return out
}

func TestCatalogServesClientQueries(t *testing.T) {
	p, err := project.LoadFS(fstest.MapFS{
		"atoll.yaml":        {Data: []byte("name: x")},
		"models/a/good.sql": {Data: []byte("SELECT 1 AS x")},
		"models/a/bad.sql":  {Data: []byte("SELECT")},
		"models/b/good.sql": {Data: []byte("SELECT 1 AS x")},
	})
	if err != nil {
		t.Fatal(err)
	}
	g, err := Compile(p, ledger)
	if err == nil {
		t.Fatal("a broken model compiles")
	}
	var c bind.Catalog = g.Catalog()
	if table, ok := c.Table(schema.Name{Schema: "a", Name: "good"}); !ok || len(table.Columns) != 1 {
		t.Error(table, ok)
	}
	if _, ok := c.Table(schema.Name{Schema: "a", Name: "bad"}); ok {
		t.Error("a broken model has no shape")
	}
	names := make([]string, 0, 4)
	for _, n := range c.Names() {
		names = append(names, n.String())
	}
	if got := strings.Join(names, " "); got != "a.bad a.good atoll.files b.good" {
		t.Error(got)
	}
	if _, err := Select(g, "good"); err == nil || !strings.Contains(err.Error(), `could be a.good or b.good`) {
		t.Error(err)
	}
	if _, err := Select(g, " "); fault.CodeOf(err) != fault.Usage {
		t.Error(err)
	}
	if _, err := Select(g, "tag:x"); err == nil || !strings.Contains(err.Error(), "there are none in this project") {
		t.Error(err)
	}
	if _, err := g.LineageOf("good", Upstream); err == nil || !strings.Contains(err.Error(), `could be a.good or b.good`) {
		t.Error(err)
	}
	if _, err := g.LineageOf("good.x", Upstream); err == nil || !strings.Contains(err.Error(), `could be a.good or b.good`) {
		t.Error(err)
	}
	if l, err := g.LineageOf("atoll.files.uri", Upstream); err != nil || l.Focus != "atoll.files.uri" {
		t.Error(l, err)
	}
}
