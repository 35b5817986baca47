package lint

import (
	"fmt"
	"go/ast"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// The longest file and function, in lines. A test's tables of cases are data, and
// do not count as lines of its function; there are no other exceptions.
const (
	fileMost = 700
	funcMost = 100
)

// long finds files and functions that are too long to be read.
func long(files []goFile) (broken []string) {
	for _, f := range files {
		if f.lines > fileMost {
			broken = append(broken, fmt.Sprintf("%s: %d lines, at most %d", f.path, f.lines, fileMost))
		}
		for _, d := range f.tree.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			n := f.span(fn) + 1
			if f.test {
				n -= f.tables(fn)
			}
			if n > funcMost {
				broken = append(broken, fmt.Sprintf("%s: %s has %d lines, at most %d", f.path, fn.Name.Name, n, funcMost))
			}
		}
	}
	return broken
}

// span is how many lines further on a node ends than it begins.
func (f goFile) span(n ast.Node) int {
	return f.fset.Position(n.End()).Line - f.fset.Position(n.Pos()).Line
}

// tables counts the lines within a function's composite literals.
func (f goFile) tables(fn *ast.FuncDecl) (lines int) {
	ast.Inspect(fn, func(n ast.Node) bool {
		literal, ok := n.(*ast.CompositeLit)
		if ok {
			lines += f.span(literal)
		}
		return !ok
	})
	return lines
}

// silent finds packages that do not say, in one place, what they are for: in
// doc.go, or where that would be a second place to look, in the only file or
// the one that is named after the package.
func silent(files []goFile) (broken []string) {
	said, count := map[string][]string{}, map[string]int{}
	for _, f := range files {
		if f.test {
			continue
		}
		count[f.dir()]++
		if f.tree.Doc != nil && f.tree.Doc.Text() != "" { // a build constraint is no text
			said[f.dir()] = append(said[f.dir()], f.path)
		}
	}
	for dir, n := range count {
		switch where := said[dir]; {
		case len(where) == 0:
			broken = append(broken, dir+": no package comment")
		case len(where) > 1:
			broken = append(broken, fmt.Sprintf("%s: package comments in %s", dir, strings.Join(where, " and ")))
		case n > 1 && where[0] != dir+"/doc.go" && where[0] != dir+"/"+path.Base(dir)+".go":
			broken = append(broken, where[0]+": the package comment belongs into doc.go")
		}
	}
	slices.Sort(broken)
	return broken
}

func TestSizes(t *testing.T)           { check(t, long(goFiles(t, root()))) }
func TestPackageComments(t *testing.T) { check(t, silent(goFiles(t, root()))) }

func TestSizesAreFoundOut(t *testing.T) {
	files := goFiles(t, fstest.MapFS{
		"a/a.go": {Data: []byte("package a\n\nfunc f() {" + strings.Repeat("\n", funcMost) + "}\n")},
		"b/b.go": {Data: []byte("package b\n" + strings.Repeat("\n", fileMost))},
		"c/c_test.go": {Data: []byte("package c\n\nfunc f() {\n_ = []int{" + strings.Repeat("\n", funcMost) + "}\n}\n" +
			"func g() {" + strings.Repeat("\n", funcMost) + "}\n")},
	})
	want := []string{"a/a.go: f has 101 lines, at most 100", "b/b.go: 701 lines, at most 700", "c/c_test.go: g has 101 lines, at most 100"}
	if got := long(files); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestSilenceIsFoundOut(t *testing.T) {
	commented, plain := []byte("// Package p is.\npackage p\n"), []byte("//go:build linux\n\npackage p\n")
	files := goFiles(t, fstest.MapFS{
		"none/a.go":  {Data: plain},
		"two/a.go":   {Data: commented},
		"two/doc.go": {Data: commented},
		"else/a.go":  {Data: commented},
		"else/b.go":  {Data: plain},
		"one/a.go":   {Data: commented},
		"named/a.go": {Data: plain}, "named/named.go": {Data: commented},
		"good/a.go": {Data: plain}, "good/doc.go": {Data: commented},
		"none/testdata/doc.go": {Data: commented},
	})
	want := []string{
		"else/a.go: the package comment belongs into doc.go",
		"none: no package comment",
		"two: package comments in two/a.go and two/doc.go",
	}
	if got := silent(files); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
