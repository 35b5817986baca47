package view_test

import (
	"testing"

	"github.com/atolldata/atoll/examples"
	"github.com/atolldata/atoll/internal/compile"
	"github.com/atolldata/atoll/internal/project"
	"github.com/atolldata/atoll/internal/view"
	"io/fs"
)

func TestExamplesHavePlans(t *testing.T) {
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
		for _, n := range g.Views() {
			plan := view.PlanOf(n)
			t.Logf("%s: %s %s %s", n.Name, plan.Kind, plan.Reason, plan.Hint)
			for _, s := range plan.Stages {
				t.Logf("    %s %s stored=%v keys=%q reads=%q", s.Name, s.Kind, s.Stored, s.Keys, s.Reads)
			}
		}
	}
}
