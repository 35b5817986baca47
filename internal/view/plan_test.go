package view_test

import (
	"testing"
	"testing/fstest"

	"github.com/atolldata/atoll/internal/compile"
	"github.com/atolldata/atoll/internal/project"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/view"
)

func TestPlanOf(t *testing.T) {
	for query, want := range map[string]view.Plan{
		"SELECT 1 AS one":         {Kind: view.Full, Reason: "this version recomputes a view when something that it reads has changed"},
		"SELECT GETDATE() AS now": {Kind: view.Full, Reason: "it uses the clock, so it is recomputed at every label"},
	} {
		p, err := project.LoadFS(fstest.MapFS{
			"atoll.yaml":     {Data: []byte("name: plans\n")},
			"models/s/v.sql": {Data: []byte(query)},
		})
		if err != nil {
			t.Fatal(err)
		}
		g, err := compile.Compile(p)
		if err != nil {
			t.Fatal(err)
		}
		n, _ := g.Node(schema.Name{Schema: "s", Name: "v"})
		if got := view.PlanOf(n); got.Kind != want.Kind || got.Reason != want.Reason {
			t.Errorf("%s: %+v", query, got)
		}
	}
}
