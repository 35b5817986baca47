package view_test

import (
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"github.com/atolldata/atoll/examples"
	"github.com/atolldata/atoll/internal/compile"
	"github.com/atolldata/atoll/internal/project"
	"github.com/atolldata/atoll/internal/sql/sqltest"
	"github.com/atolldata/atoll/internal/view"
)

// The plans of the examples are known: a view that needs all rows all at once, or
// reads more than before, shows here.
func TestExamplesHavePlans(t *testing.T) {
	var b strings.Builder
	for _, name := range []string{"sms", "chat", "health"} {
		sub, err := fs.Sub(examples.Files, name)
		if err != nil {
			t.Fatal(err)
		}
		p, err := project.LoadFS(sub)
		if err != nil {
			t.Fatal(err)
		}
		g, err := compile.Compile(p)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "# %s\n", name)
		for _, n := range g.Views() {
			plan := view.PlanOf(n)
			if plan.Kind == view.Full {
				t.Errorf("%s is recomputed: %s", n.Name, plan.Reason)
			}
			for _, s := range plan.Stages {
				fmt.Fprintf(&b, "%s: %s", s.Name, s.Kind)
				if len(s.Keys) > 0 {
					fmt.Fprintf(&b, " by %s", strings.Join(s.Keys, ", "))
				}
				fmt.Fprintf(&b, " from %s\n", strings.Join(s.Reads, ", "))
			}
		}
	}
	sqltest.GoldenText(t, "testdata/examples.golden", b.String())
}
