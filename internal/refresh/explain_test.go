package refresh

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/atolldata/atoll/internal/compile"
	"github.com/atolldata/atoll/internal/project"
	"github.com/atolldata/atoll/internal/schema"
)

// explained are the steps of refreshing a model s.v over web.hits and web.pages.
func explained(t *testing.T, model string) []Step {
	t.Helper()
	p, err := project.LoadFS(fstest.MapFS{
		"atoll.yaml": {Data: []byte("name: views\n")},
		"sources/web.yaml": {Data: []byte("source: web\ntype: files\nurl: file://data/\ntables:\n" +
			"  hits: {match: '*.json', format: json, columns: {page: varchar(20), n: integer, at: timestamp}}\n" +
			"  pages: {match: '*.csv', format: csv, columns: {page: varchar(20), kind: varchar(20)}}\n")},
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
	label := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	steps, err := Explain(n, label.Add(-time.Minute), label)
	if err != nil {
		t.Fatal(err)
	}
	return steps
}

// Whatever a step reads of what the refresh makes for itself, a step before it
// has made.
func TestExplainTellsEveryStep(t *testing.T) {
	quoted := regexp.MustCompile(`"[^"]*"`)
	inStatement := regexp.MustCompile(`("[^"]+") AS \(`)
	for _, model := range []string{
		"SELECT page, n FROM web.hits WHERE n > 1",
		"SELECT page, COUNT(*) AS c, SUM(n) AS s, MIN(n) AS least FROM web.hits GROUP BY 1",
		"SELECT kind, MAX(n) AS n FROM web.hits h LEFT JOIN web.pages p ON p.page = h.page GROUP BY 1",
		"SELECT page, RANK() OVER (PARTITION BY page ORDER BY n) AS place FROM web.hits",
		"SELECT c, COUNT(*) AS pages FROM (SELECT page, COUNT(*) AS c FROM web.hits GROUP BY 1) GROUP BY 1",
		"SELECT page FROM web.hits WHERE page IN (SELECT page FROM web.pages)",
		"SELECT page FROM web.hits UNION SELECT page FROM web.pages",
		"SELECT COUNT(*) AS n FROM web.hits WHERE at > GETDATE() - INTERVAL '1 day'",
		"/* @kind sessions\n@partition-by page\n@order-by at\n@gap 10s */ SELECT page, at FROM web.hits",
	} {
		made := map[string]bool{}
		steps := explained(t, model)
		for _, s := range steps {
			var own []string
			for _, with := range inStatement.FindAllStringSubmatch(s.SQL, -1) {
				own = append(own, with[1])
			}
			isColumn := func(name string) bool { return !strings.ContainsAny(name, " :") || strings.HasPrefix(name, `"#`) }
			for i, name := range slices.DeleteFunc(quoted.FindAllString(s.Title+"\n"+s.SQL, -1), isColumn) {
				makes := i == 0 && !strings.HasPrefix(s.Title, "bring ") || strings.Contains(s.Title, "; "+name+" is what changed by that")
				if !makes && !made[name] && !slices.Contains(own, name) {
					t.Errorf("%s\nreads %s before it is made: %s", model, name, s.Title)
				}
				made[name] = made[name] || makes
			}
		}
		if last := steps[len(steps)-1].Title; !strings.HasPrefix(last, "bring ") || !strings.Contains(last, " into s.v") {
			t.Errorf("%s ends with: %s", model, last)
		}
	}
}

func TestExplainTellsAccesses(t *testing.T) {
	var titles []string
	for _, s := range explained(t, "SELECT page, MAX(n) AS n FROM web.hits GROUP BY 1") {
		titles = append(titles, s.Title)
		if reads := strings.HasPrefix(s.Title, "compute ") || strings.HasPrefix(s.Title, "define ") || strings.Contains(s.Title, " this query "); reads != (s.SQL != "") {
			t.Errorf("%s:\n%s", s.Title, s.SQL)
		}
	}
	want := `"changes of web.hits, 1" is what came to web.hits and left it since the last refresh, signed by _w: "page", "n"
compute "s.v 2 groups"
`
	if got := strings.Join(titles, "\n"); !strings.HasPrefix(got, want) || !strings.Contains(got, "is the rows of s.v as it is now whose \"page\" is among") {
		t.Errorf("got\n%s", got)
	}
}

func TestExplainOfWhatIsRecomputed(t *testing.T) {
	for _, model := range []string{"SELECT page, GETDATE() AS seen FROM web.hits", "/* @refresh full */ SELECT page FROM web.hits"} {
		steps := explained(t, model)
		if len(steps) != 1 || steps[0].Title != "build s.v anew with the rows of its query" || !strings.Contains(steps[0].SQL, "FROM web.hits") {
			t.Errorf("%s: %+v", model, steps)
		}
	}
}

// A label that moves makes rows come and leave.
func TestExplainTakesTheLabels(t *testing.T) {
	steps := explained(t, "SELECT page FROM web.hits WHERE at > GETDATE()")
	if all := steps[len(steps)-2].SQL; !strings.Contains(all, "2026-03-01 12:00:00") || !strings.Contains(all, "2026-03-01 11:59:00") {
		t.Error(all)
	}
}
