package view

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/atolldata/atoll/internal/compile"
	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/project"
	"github.com/atolldata/atoll/internal/schema"
)

// declared compiles a model s.v over the table web.hits.
func declared(t *testing.T, model string) (*compile.Graph, *compile.Node) {
	t.Helper()
	p, err := project.LoadFS(fstest.MapFS{
		"atoll.yaml": {Data: []byte("name: views\n")},
		"sources/web.yaml": {Data: []byte("source: web\ntype: files\nurl: file://data/\ntables:\n" +
			"  hits: {match: '*.json', format: json, columns: {page: varchar(20), n: integer}}\n")},
		"models/s/v.sql": {Data: []byte(model)},
	})
	if err != nil {
		t.Fatal(err)
	}
	g, err := compile.Compile(p)
	if err != nil {
		t.Fatal(err)
	}
	n, _ := g.Node(schema.Name{Schema: "s", Name: "v"})
	return g, n
}

const (
	byPage = "SELECT page, COUNT(*) AS n FROM web.hits GROUP BY 1"
	ranked = "SELECT page, RANK() OVER (ORDER BY n) AS place FROM web.hits" // which needs all rows
)

func TestTheHeaderMakesAPlanFull(t *testing.T) {
	for _, header := range []string{"", "/* @refresh incremental */ "} {
		_, n := declared(t, header+byPage)
		if p := PlanOf(n); p.Kind != Merge {
			t.Errorf("%q: %+v", header, p)
		}
	}
	_, n := declared(t, "/* @sort n\n   @refresh full */ "+byPage)
	p := PlanOf(n)
	if p.Kind != Full || p.Reason != "the model's header says so" || p.Pos.String() != "models/s/v.sql:2:13" ||
		p.Hint != "without @refresh full its plan is merge" {
		t.Errorf("%+v", p)
	}
	if s := p.Stages; len(s) != 1 || s[0].Kind != Full || !s[0].Stored || s[0].Name != "s.v" || len(s[0].Reads) != 1 || s[0].Reads[0] != "web.hits" ||
		s[0].Reason != p.Reason || !strings.Contains(s[0].Text, "FROM web.hits") {
		t.Errorf("its stage: %+v", s)
	}
	_, n = declared(t, "/* @refresh full */ "+ranked)
	if p := PlanOf(n); p.Reason != "the model's header says so" || !strings.HasPrefix(p.Hint, "without @refresh full it is recomputed all the same: ") ||
		strings.Contains(p.Hint, p.Reason) {
		t.Errorf("over a full plan: %+v", p)
	}
}

func TestIncrementalThatIsImpossibleIsAFault(t *testing.T) {
	_, n := declared(t, "/* @refresh incremental */ "+byPage)
	if err := refusal(n, Plan{Kind: Keyed}); err != nil {
		t.Error(err)
	}
	for _, c := range []struct {
		plan      Plan
		pos, hint string
	}{
		{Plan{Kind: Full, Reason: "it needs all rows", Pos: fault.Position{Line: 1, Column: 35}, Hint: "group by it"}, "models/s/v.sql:1:35", "group by it"},
		{Plan{Kind: Full, Reason: "it needs all rows"}, "models/s/v.sql:1:13", "remove @refresh incremental: the view is then recomputed when it has to be"},
	} {
		l := fault.All(refusal(n, c.plan))
		if len(l) != 1 || l[0].Code != fault.Unsupported || l[0].Pos.String() != c.pos || l[0].Hint != c.hint || l[0].Source == "" ||
			l[0].Message != "@refresh incremental is not possible: it needs all rows" {
			t.Errorf("%v", l)
		}
	}
}

func TestOnlyWhoInsistsIsRefused(t *testing.T) {
	for header, faults := range map[string]int{"": 0, "/* @refresh full */ ": 0, "/* @refresh incremental */ ": 1} {
		g, n := declared(t, header+ranked)
		if got := fault.All(Refused(n)); len(got) != faults {
			t.Errorf("%q: %v", header, got)
		}
		if got := fault.All(Check(g)); len(got) != faults {
			t.Errorf("%q, the project: %v", header, got)
		}
	}
}
