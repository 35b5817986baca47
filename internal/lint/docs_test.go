package lint

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os/exec"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// astray finds links in documents that lead to no file of the tree.
func astray(t *testing.T, tree fs.FS) (broken []string) {
	t.Helper()
	err := fs.WalkDir(tree, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && name != "." && (strings.HasPrefix(d.Name(), ".") || name == "demo" || name == "bin"):
			return fs.SkipDir
		case d.IsDir() || !strings.HasSuffix(name, ".md"):
			return nil
		}
		text, err := fs.ReadFile(tree, name)
		if err != nil {
			return err
		}
		for _, to := range links(string(text)) {
			if _, err := fs.Stat(tree, path.Join(path.Dir(name), to)); err != nil {
				broken = append(broken, fmt.Sprintf("%s: the link to %q leads nowhere", name, to))
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return broken
}

// links are the files that a page of Markdown links to.
func links(text string) (out []string) {
	for _, rest := range strings.Split(text, "](")[1:] {
		to, _, _ := strings.Cut(rest, ")")
		to, _, _ = strings.Cut(to, "#")
		if to != "" && !strings.Contains(to, ":") && !strings.ContainsAny(to, " \n") {
			out = append(out, to)
		}
	}
	return out
}

func TestLinks(t *testing.T) { check(t, astray(t, root())) }

func TestLinksAreFoundOut(t *testing.T) {
	got := astray(t, fstest.MapFS{
		"docs/a.md": {Data: []byte("[b](b.md#part), [up](../README.md), [far](https://example.org), [c](c.md)\n")},
		"docs/b.md": {Data: []byte("[here](#part)")},
		"README.md": {Data: []byte("[folder](docs/)")},
	})
	if want := []string{`docs/a.md: the link to "c.md" leads nowhere`}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// Every direct dependency is explained, and nothing else is.
func TestDependenciesAreExplained(t *testing.T) {
	cmd := exec.Command("go", "mod", "edit", "-json")
	cmd.Dir = "../.."
	text, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Require []struct {
			Path     string
			Indirect bool
		}
	}
	if err := json.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, r := range file.Require {
		if !r.Indirect {
			want = append(want, r.Path)
		}
	}
	page, err := fs.ReadFile(root(), "docs/dependencies.md")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for line := range strings.Lines(string(page)) {
		if rest, ok := strings.CutPrefix(line, "| `"); ok {
			name, _, _ := strings.Cut(rest, "`")
			got = append(got, name)
		}
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("docs/dependencies.md explains\n%s\ngo.mod requires\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
