package lint

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/atolldata/atoll/"

// goFile is a Go file of the tree.
type goFile struct {
	path  string // from the module's root, with slashes
	test  bool
	lines int
	tree  *ast.File
	fset  *token.FileSet
}

// dir is the file's package as the layers name it.
func (f goFile) dir() string { return path.Dir(f.path) }

// imports are the module's own packages that the file imports.
func (f goFile) imports() []string {
	var out []string
	for _, spec := range f.tree.Imports {
		name, _ := strconv.Unquote(spec.Path.Value) // it parsed
		if own, ok := strings.CutPrefix(name, module); ok {
			out = append(out, own)
		}
	}
	return out
}

// goFiles reads the Go files of a tree. Folders that begin with a dot, nested
// modules, the binary's folder and test data are no part of it.
func goFiles(t *testing.T, tree fs.FS) []goFile {
	t.Helper()
	var out []goFile
	err := fs.WalkDir(tree, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if outside(tree, name) {
				return fs.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(name, ".go") {
			return nil
		}
		text, err := fs.ReadFile(tree, name)
		if err != nil {
			return err
		}
		fset := token.NewFileSet()
		parsed, err := parser.ParseFile(fset, name, text, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		out = append(out, goFile{path: name, test: strings.HasSuffix(name, "_test.go"),
			lines: strings.Count(string(text), "\n"), tree: parsed, fset: fset})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// outside reports a folder that is no part of the module's source.
func outside(tree fs.FS, dir string) bool {
	if dir == "." {
		return false
	}
	base := path.Base(dir)
	if strings.HasPrefix(base, ".") || base == "testdata" || base == "bin" || dir == "demo" {
		return true
	}
	_, err := fs.Stat(tree, path.Join(dir, "go.mod"))
	return err == nil
}

// root is the module's own tree.
func root() fs.FS { return os.DirFS("../..") }

// check fails the test with each place that breaks a rule.
func check(t *testing.T, broken []string) {
	t.Helper()
	for _, b := range broken {
		t.Error(b)
	}
}
