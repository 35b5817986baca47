package example_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/atolldata/atoll/internal/compile"
	"github.com/atolldata/atoll/internal/project"
)

// sqlBlock finds the queries of a page.
var sqlBlock = regexp.MustCompile("(?s)```sql\n(.*?)```")

// checkDocs holds an example's section of docs/examples.md to the project: its
// tables and views, how often they are refreshed, and its queries, each of which
// must have an answer.
func checkDocs(t *testing.T, dir, name string) {
	t.Helper()
	page, err := os.ReadFile(filepath.FromSlash("../../docs/examples.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(string(page), "\n## "+name+"\n")
	section, _, _ = strings.Cut(section, "\n## ")
	p := open(t, dir)
	defer p.Close()
	rows := 0
	for _, n := range p.Graph.Nodes {
		if n.Kind == compile.System {
			continue
		}
		rows++
		_, rest, ok := strings.Cut(section, "\n| `"+n.Name.String()+"` | ")
		if !ok {
			t.Errorf("docs/examples.md does not list %s", n.Name)
		}
		if n.Kind == compile.View {
			cell, _, _ := strings.Cut(rest, " |")
			if every, err := project.ParseDuration(cell); every != n.Model.Every && (cell != "tick" || n.Model.Every != 0) {
				t.Errorf("docs/examples.md says that %s is refreshed every %q, not %s (%v)", n.Name, cell, n.Model.Every, err)
			}
		}
	}
	if listed := strings.Count(section, "\n| `"); listed != rows {
		t.Errorf("docs/examples.md lists %d tables and views of %s, there are %d", listed, name, rows)
	}
	queries := sqlBlock.FindAllStringSubmatch(section, -1)
	if len(queries) == 0 {
		t.Errorf("docs/examples.md has no queries for %s", name)
	}
	for _, q := range queries {
		if got := answer(t, p, q[1]); len(got.Rows) == 0 {
			t.Errorf("no answer to\n%s", q[1])
		}
	}
}
