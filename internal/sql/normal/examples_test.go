package normal_test

import (
	"io/fs"
	"slices"
	"testing"

	"github.com/atolldata/atoll/examples"
	"github.com/atolldata/atoll/internal/compile"
	"github.com/atolldata/atoll/internal/project"
	"github.com/atolldata/atoll/internal/sql/bind"
	"github.com/atolldata/atoll/internal/sql/normal"
	"github.com/atolldata/atoll/internal/sql/sqltest"
)

// The model of every example has a plain form.
func TestExamples(t *testing.T) {
	projects, err := fs.ReadDir(examples.Files, ".")
	if err != nil || len(projects) == 0 {
		t.Fatal("no examples", err)
	}
	for _, dir := range projects {
		folder, err := fs.Sub(examples.Files, dir.Name())
		if err != nil {
			t.Fatal(err)
		}
		p, err := project.LoadFS(folder)
		if err != nil {
			t.Fatal(err)
		}
		g, err := compile.Compile(p)
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range g.Nodes {
			if n.Kind != compile.View {
				continue
			}
			out, err := normal.Query(n.Bound)
			if err != nil {
				t.Errorf("%v", err)
				continue
			}
			again, err := bind.Bind(out.Query, g.Catalog(), n.Bound.Options)
			if err != nil {
				t.Errorf("%v", err)
			} else if !slices.Equal(again.Columns, n.Bound.Columns) {
				t.Errorf("%s has the columns %v, want %v", n.Name, again.Columns, n.Bound.Columns)
			}
			for _, f := range sqltest.NotPlain(out.Query) {
				t.Errorf("%s: %s", n.Name, f)
			}
		}
	}
}
