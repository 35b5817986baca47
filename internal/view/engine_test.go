package view_test

import (
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/atolldata/atoll/internal/compile"
	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/project"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/view"
)

// node compiles a model s.v over the table web.hits.
func node(t *testing.T, model string) *compile.Node {
	t.Helper()
	return nodeOver(t, "page: varchar(20), at: timestamp, n: integer", model)
}

// nodeOver compiles a model s.v over a table web.hits of some columns.
func nodeOver(t *testing.T, columns, model string) *compile.Node {
	t.Helper()
	p, err := project.LoadFS(fstest.MapFS{
		"atoll.yaml": {Data: []byte("name: views\n")},
		"sources/web.yaml": {Data: []byte("source: web\ntype: files\nurl: file://data/\ntables:\n" +
			"  hits: {match: '*.json', format: json, columns: {" + columns + "}}\n")},
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
	return n
}

func engineQuery(t *testing.T, n *compile.Node, label time.Time) string {
	t.Helper()
	text, err := view.EngineQuery(n, label)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestNowIsTheLabel(t *testing.T) {
	n := node(t, "SELECT page FROM web.hits WHERE at > GETDATE()")
	if text := engineQuery(t, n, time.Date(2026, 3, 1, 12, 30, 0, 0, time.UTC)); !strings.Contains(text, "2026-03-01 12:30:00") {
		t.Errorf("query: %s", text)
	}
}

func TestFingerprint(t *testing.T) {
	print := func(model string) string {
		t.Helper()
		p, err := view.Fingerprint(node(t, model))
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	const plain = "SELECT page, n FROM web.hits"
	for _, same := range []string{plain, "select page,n\nfrom web.hits -- all", "/* @doc all of them */ SELECT page, n FROM web.hits;"} {
		if print(same) != print(plain) {
			t.Errorf("%q is another view", same)
		}
	}
	session := "/* @kind sessions\n@partition-by page\n@order-by at\n@gap 10s */ SELECT page, at FROM web.hits"
	others := []string{plain, "SELECT n, page FROM web.hits", "SELECT page, n AS m FROM web.hits", "/* @sort n */ " + plain,
		"SELECT page, at FROM web.hits", session, strings.Replace(session, "10s", "11s", 1)}
	seen := map[string]string{}
	for _, model := range others {
		p := print(model)
		if before, ok := seen[p]; ok {
			t.Errorf("%q has the fingerprint of %q", model, before)
		}
		seen[p] = model
	}
}

// What another version of the plans built is another view.
func TestFingerprintOfPlans(t *testing.T) {
	n := node(t, "SELECT page, n FROM web.hits")
	now, err := view.Fingerprint(n)
	if err != nil {
		t.Fatal(err)
	}
	for version, same := range map[int]bool{view.Version: true, view.Version + 1: false, view.Version - 1: false} {
		if p, err := view.FingerprintOf(n, version); err != nil || (p == now) != same {
			t.Errorf("version %d: the same is %t, error %v", version, p == now, err)
		}
	}
}

// A key that the query does not return is kept beside what it does, in the type that
// it has in what is read.
func TestFingerprintOfHiddenColumns(t *testing.T) {
	seen := map[string]bool{}
	for _, columns := range []string{"page: varchar(20), n: integer", "page: bigint, n: integer"} {
		p, err := view.Fingerprint(nodeOver(t, columns, "SELECT SUM(n) AS n FROM web.hits GROUP BY page"))
		if err != nil {
			t.Fatal(err)
		}
		seen[p] = true
	}
	if len(seen) != 2 {
		t.Error("groups by another type are the same view")
	}
}

func TestSessionsQuery(t *testing.T) {
	n := node(t, "/* @kind sessions\n@partition-by page, n\n@order-by at\n@gap 30m\n@session-id visit */ SELECT page, n, at FROM web.hits")
	text := engineQuery(t, n, time.Time{})
	for _, want := range []string{"INTERVAL '1800000000 microseconds'", "RANGE", "md5(", "AS visit", "web.hits"} {
		if !strings.Contains(text, want) {
			t.Errorf("the query has no %s: %s", want, text)
		}
	}
}

func TestWhatCannotBeLoweredSaysWhere(t *testing.T) {
	n := node(t, "SELECT page,\n  LISTAGG(DISTINCT page) WITHIN GROUP (ORDER BY n) AS h FROM web.hits GROUP BY 1")
	_, err := view.EngineQuery(n, time.Time{})
	if l := fault.All(err); len(l) != 1 || l[0].Code != fault.Unsupported || l[0].Pos.String() != "models/s/v.sql:2:3" || l[0].Source == "" {
		t.Errorf("error: %v", err)
	}
	if _, again := view.Fingerprint(n); again == nil {
		t.Error("it has a fingerprint all the same")
	}
}
