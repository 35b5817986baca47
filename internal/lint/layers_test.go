package lint

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// layer is a package and what it is for.
type layer struct{ path, use string }

// layers are the packages in order: each may import those below it.
// docs/architecture.md shows the same list.
var layers = []layer{
	{"cmd/atoll", "the command line: one file per command, exit codes, progress"},
	{"bench", "benchmarks against the bare engine"},
	{"internal/lint", "the tree's own rules, as tests"},
	{"internal/example", "the example projects and their data"},
	{"internal/example/expect", "what the examples' views must hold, computed without SQL"},
	{"internal/query", "one SELECT of a user, parsed, bound, printed again and run"},
	{"internal/query/result", "answers as table, CSV, JSON and Parquet"},
	{"internal/viewtest", "what views must hold after each refresh, as a language of tests"},
	{"internal/pipeline", "ticks: list, land, load, refresh, commit; replay; status; verify"},
	{"internal/refresh", "the views of a tick brought up to date, sharing what they look up"},
	{"internal/source/all", "which kinds of sources there are"},
	{"internal/source/files", "sources of files, in folders and buckets"},
	{"internal/source/sourcetest", "what every source must do"},
	{"internal/source", "the interface of sources"},
	{"internal/lake", "files as they arrived, manifests, commit markers"},
	{"internal/warehouse/all", "which engines there are"},
	{"internal/warehouse/duckdb", "the embedded engine"},
	{"internal/warehouse/warehousetest", "what every engine must do"},
	{"internal/warehouse", "the interface of engines, and Atoll's own tables"},
	{"internal/decode", "JSON lines and CSV into typed columns and rejects"},
	{"internal/s3client", "the one client of object stores: credentials, retries, clear faults"},
	{"internal/view", "from a bound model to the query an engine runs, and its plan"},
	{"internal/compile", "the whole project: order, breakage, lineage, selectors"},
	{"internal/project", "reads and validates a project folder"},
	{"internal/sql", "what the packages of SQL have in common"},
	{"internal/sql/corpus", "statements of every kind, taken through every step"},
	{"internal/sql/answers", "answers of lowered SQL, proved on the engine"},
	{"internal/sql/print/enginetest", "the printed SQL, read back by the engine"},
	{"internal/sql/format", "SQL text laid out anew, comments kept"},
	{"internal/sql/normal", "bound queries in a plain form, for who takes them apart"},
	{"internal/sql/lineage", "where the columns of a query come from, step by step"},
	{"internal/sql/portable", "what an engine cannot run of a query, and what it would run"},
	{"internal/sql/lower", "Redshift's meaning in what an engine can say"},
	{"internal/sql/bind", "names, scopes and types as Redshift gives them"},
	{"internal/sql/scalar", "functions in Go that lowered queries call"},
	{"internal/sql/function", "the functions that exist, and their types"},
	{"internal/sql/types", "how types combine and convert"},
	{"internal/sql/sqltest", "cases of SQL for tests"},
	{"internal/sql/parse", "text to tree"},
	{"internal/sql/print", "tree to text, per dialect"},
	{"internal/sql/ast", "the tree, with positions"},
	{"internal/sql/token", "words, operators and their precedence"},
	{"internal/schema", "column types and table shapes"},
	{"internal/fault", "the one error type: code, message, position, hint"},
	{"internal/testenv", "real servers for tests"},
	{"examples", "the example projects' files, embedded"},
}

// families are the interfaces whose adapters never import each other; only
// their registry, all, and the command line know them.
var families = []string{"internal/source", "internal/warehouse"}

// testOnly are the packages that nothing but tests may import.
var testOnly = []string{"internal/testenv", "internal/source/sourcetest", "internal/warehouse/warehousetest",
	"internal/sql/sqltest", "internal/example/expect", "internal/viewtest"}

// upward finds imports that do not point down the list, and packages that are
// not in it. Tests may import what they need: Go itself forbids cycles.
func upward(files []goFile, layers []layer) (broken []string) {
	rank := map[string]int{}
	for i, l := range layers {
		rank[l.path] = i
	}
	found := map[string]bool{}
	for _, f := range files {
		from, ok := rank[f.dir()]
		if !ok && !found[f.dir()] {
			broken = append(broken, f.dir()+": a package that is not in the list of layers")
		}
		found[f.dir()] = true
		for _, name := range f.imports() {
			if to, known := rank[name]; ok && known && !f.test && to <= from {
				broken = append(broken, fmt.Sprintf("%s imports %s, which is above it", f.path, name))
			}
		}
	}
	for _, l := range layers {
		if !found[l.path] {
			broken = append(broken, l.path+": in the list of layers, but not in the tree")
		}
	}
	return broken
}

// sideways finds adapters that import each other, and packages other than the
// registry and the command line that import an adapter.
func sideways(files []goFile) (broken []string) {
	for _, f := range files {
		for _, name := range f.imports() {
			family := path.Dir(name)
			if f.test || !slices.Contains(families, family) || path.Base(name) == "all" || slices.Contains(testOnly, name) {
				continue
			}
			if f.dir() != family+"/all" && f.dir() != "bench" && !strings.HasPrefix(f.dir(), "cmd/") {
				broken = append(broken, fmt.Sprintf("%s imports the adapter %s; %s/all is the way to it", f.path, name, family))
			}
		}
	}
	return broken
}

// shipped finds imports of packages for tests by what is no test.
func shipped(files []goFile) (broken []string) {
	for _, f := range files {
		for _, name := range f.imports() {
			if !f.test && slices.Contains(testOnly, name) && !slices.Contains(testOnly, f.dir()) {
				broken = append(broken, fmt.Sprintf("%s imports %s, which is for tests", f.path, name))
			}
		}
	}
	return broken
}

func TestImports(t *testing.T) {
	files := goFiles(t, root())
	check(t, upward(files, layers))
	check(t, sideways(files))
	check(t, shipped(files))
}

// The list that people read is the list that is checked.
func TestLayersAreDocumented(t *testing.T) {
	page, err := fs.ReadFile(root(), "docs/architecture.md")
	if err != nil {
		t.Fatal(err)
	}
	var want strings.Builder
	for _, l := range layers {
		fmt.Fprintf(&want, "| `%s` | %s |\n", l.path, l.use)
	}
	if !strings.Contains(string(page), want.String()) {
		t.Errorf("docs/architecture.md lists other packages than internal/lint checks; its table should be\n%s", want.String())
	}
}

func TestImportsAreFoundOut(t *testing.T) {
	own := func(name string) string { return fmt.Sprintf("package p\n\nimport _ %q\n", module+name) }
	small := []layer{{"cmd/atoll", ""}, {"internal/source/files", ""}, {"internal/source/other", ""}, {"internal/testenv", ""}, {"internal/gone", ""}}
	files := goFiles(t, fstest.MapFS{
		"cmd/atoll/a.go":                  {Data: []byte(own("internal/source/files"))},
		"internal/source/files/a.go":      {Data: []byte(own("internal/source/other"))},
		"internal/source/other/a.go":      {Data: []byte(own("cmd/atoll"))},
		"internal/source/other/a_test.go": {Data: []byte(own("cmd/atoll"))},
		"internal/testenv/a.go":           {Data: []byte("package p\n")},
		"internal/new/a.go":               {Data: []byte(own("internal/testenv"))},
	})
	for name, got := range map[string]struct{ broken, want []string }{
		"upward": {upward(files, small), []string{
			"internal/new: a package that is not in the list of layers",
			"internal/source/other/a.go imports cmd/atoll, which is above it",
			"internal/gone: in the list of layers, but not in the tree",
		}},
		"sideways": {sideways(files), []string{
			"internal/source/files/a.go imports the adapter internal/source/other; internal/source/all is the way to it",
		}},
		"shipped": {shipped(files), []string{"internal/new/a.go imports internal/testenv, which is for tests"}},
	} {
		if !slices.Equal(got.broken, got.want) {
			t.Errorf("%s: got %q, want %q", name, got.broken, got.want)
		}
	}
}
