package viewtest_test

import (
	"io/fs"
	"os"
	"path"
	"strings"
	"testing"

	"github.com/atolldata/atoll/internal/viewtest"
)

// TestCases runs every case under testdata, each in a project of its own.
func TestCases(t *testing.T) {
	for _, file := range caseFiles(t) {
		for _, c := range read(t, file) {
			t.Run(strings.TrimSuffix(file, ".txt")+"/"+c.Title, func(t *testing.T) {
				t.Parallel()
				viewtest.Run(t, &c)
			})
		}
	}
}

// TestReadme runs the case that the README begins with.
func TestReadme(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(text), "```\n")
	example, _, _ := strings.Cut(rest, "```\n")
	cases, err := viewtest.Parse("README.md", example)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		viewtest.Run(t, &c)
	}
}

// caseFiles lists the files under testdata, without that folder's name.
func caseFiles(t *testing.T) (files []string) {
	t.Helper()
	err := fs.WalkDir(os.DirFS("testdata"), ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && path.Ext(name) == ".txt" {
			files = append(files, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// read reads the cases of a file under testdata.
func read(t *testing.T, file string) []viewtest.Case {
	t.Helper()
	text, err := os.ReadFile(path.Join("testdata", file))
	if err != nil {
		t.Fatal(err)
	}
	cases, err := viewtest.Parse(path.Join("testdata", file), string(text))
	if err != nil {
		t.Fatal(err)
	}
	return cases
}
