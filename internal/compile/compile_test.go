package compile

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/project"
	"github.com/atolldata/atoll/internal/schema"
)

var update = flag.Bool("update", false, "write what the tests get as what they want")

// ledger stands for the tables that Atoll keeps itself.
var ledger = &schema.Table{
	Name:    schema.Name{Schema: "atoll", Name: "files"},
	Columns: []schema.Column{{Name: "uri", Type: schema.Type{Kind: schema.Varchar}}, {Name: "size", Type: schema.Type{Kind: schema.BigInt}}},
}

// TestProjects compiles each testdata/*.txtar. Besides the project's files, an
// archive has what is wanted:
//
//	want/graph          the nodes, as show prints them
//	want/faults         faults and warnings
//	want/select         lines "SELECTOR => names" or "SELECTOR => error"
//	want/lineage/X.txt  what X comes from, or for "all" the project; also .mmd, .json
//	want/lineage/X+.txt what comes from X
func TestProjects(t *testing.T) {
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatal("no projects", err)
	}
	for _, name := range names {
		t.Run(filepath.Base(name), func(t *testing.T) {
			a, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			g, faults := load(t, a)
			for i, f := range a.Files {
				if !strings.HasPrefix(f.Name, "want/") {
					continue
				}
				got := answer(t, g, faults, f)
				if *update {
					a.Files[i].Data = []byte(got)
				} else if got != string(f.Data) {
					t.Errorf("%s: got:\n%s\nwant:\n%s", f.Name, got, f.Data)
				}
			}
			if *update {
				if err := os.WriteFile(name, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// load compiles the project in an archive and returns the faults of loading and
// compiling it.
func load(t *testing.T, a *txtar.Archive) (*Graph, fault.List) {
	t.Helper()
	fsys := fstest.MapFS{}
	for _, f := range a.Files {
		fsys[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	p, err := project.LoadFS(fsys)
	if p == nil {
		t.Fatal(err)
	}
	faults := fault.All(err)
	g, err := Compile(p, ledger)
	return g, append(faults, fault.All(err)...)
}

func answer(t *testing.T, g *Graph, faults fault.List, f txtar.File) string {
	t.Helper()
	base := path.Base(f.Name)
	switch {
	case base == "graph":
		return show(g)
	case base == "faults":
		var b strings.Builder
		for _, e := range append(faults, g.Warnings...) {
			b.WriteString(e.Pretty() + "\n")
		}
		return b.String()
	case base == "select":
		var b strings.Builder
		for line := range strings.Lines(string(f.Data)) {
			expr, _, _ := strings.Cut(strings.TrimSpace(line), "=>")
			expr = strings.TrimSpace(expr)
			b.WriteString(expr + " => " + selected(g, expr) + "\n")
		}
		return b.String()
	default:
		return drawn(t, g, strings.TrimSuffix(base, path.Ext(base)), path.Ext(base))
	}
}

func selected(g *Graph, expr string) string {
	nodes, err := Select(g, expr)
	if err != nil {
		return err.Error()
	}
	names := make([]string, len(nodes))
	for i, n := range nodes {
		names[i] = n.Name.String()
	}
	return strings.Join(names, " ")
}

func drawn(t *testing.T, g *Graph, of, form string) string {
	t.Helper()
	l := g.Lineage()
	if of != "all" {
		var err error
		direction := Upstream
		if strings.HasSuffix(of, "+") {
			direction = Downstream
		}
		if l, err = g.LineageOf(strings.TrimSuffix(of, "+"), direction); err != nil {
			return err.Error() + "\n"
		}
	}
	switch form {
	case ".mmd":
		return l.Mermaid()
	case ".json":
		b, err := json.MarshalIndent(l, "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		return string(b) + "\n"
	default:
		return l.Text()
	}
}

// show prints a graph: each node with what it reads and its columns.
func show(g *Graph) string {
	var b strings.Builder
	for _, n := range g.Nodes {
		fmt.Fprintf(&b, "%s %s", n.Kind, n.Name)
		if len(n.Upstream) > 0 {
			b.WriteString(" <-")
			for _, up := range n.Upstream {
				b.WriteString(" " + up.Name.String())
			}
		}
		if n.Broken {
			fmt.Fprintf(&b, " BROKEN (%d faults)", len(n.Faults))
		}
		b.WriteString("\n")
		if n.Shape != nil && n.Kind == View {
			for _, c := range n.Shape.Columns {
				fmt.Fprintf(&b, "    %s %s\n", c.Name, c.Type)
			}
		}
	}
	return b.String()
}
