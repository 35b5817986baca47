package viewtest

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/atolldata/atoll/internal/pipeline"
	"github.com/atolldata/atoll/internal/view"
)

// TestPlansThatAreFullAreSaid finds views that are recomputed without a plan line
// that says so: nothing becomes full unnoticed.
func TestPlansThatAreFullAreSaid(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/*/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, file := range files {
		if filepath.Dir(file) == drawnCases {
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		cases, err := Parse(file, string(text))
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range cases {
			unsaid(t, &c)
		}
	}
}

// unsaid compiles a case's project and looks at the plans.
func unsaid(t *testing.T, c *Case) {
	t.Helper()
	f := folder{dir: t.TempDir()}
	if err := f.write(c); err != nil {
		t.Fatal(err)
	}
	_, graph, err := pipeline.Compile(f.dir)
	if err != nil {
		t.Fatalf("%s: %v", c.place(), pretty(err))
	}
	for _, n := range graph.Views() {
		p := view.PlanOf(n)
		if p.Kind == view.Full && !slices.Contains(c.Steps, Step(Plan{n.Name, string(view.Full)})) {
			t.Errorf("%s: the plan of %s is full, and no plan line says so: %s", c.place(), n.Name, p.Reason)
		}
	}
}
