package format_test

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/atolldata/atoll/examples"
)

// The models of the examples are as atoll fmt leaves them.
func TestExamples(t *testing.T) {
	models := 0
	err := fs.WalkDir(examples.Files, ".", func(name string, entry fs.DirEntry, err error) error {
		if ext := path.Ext(name); err != nil || entry.IsDir() || ext != ".sql" && ext != ".dpl" {
			return err
		}
		models++
		data, err := fs.ReadFile(examples.Files, name)
		if text := string(data); err == nil && formatted(t, text) != text {
			t.Errorf("examples/%s is not formatted: run go run ./cmd/atoll -C examples/%s fmt", name, strings.Split(name, "/")[0])
		}
		return err
	})
	if err != nil || models == 0 {
		t.Errorf("%d models, %v", models, err)
	}
}

// So is the SQL in the documents.
func TestDocuments(t *testing.T) {
	pages, err := filepath.Glob("../../../docs/*.md")
	if err != nil || len(pages) == 0 {
		t.Fatal(pages, err)
	}
	blocks := 0
	for _, page := range append(pages, "../../../README.md") {
		data, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, part := range strings.Split(string(data), "\n```sql\n")[1:] {
			text, _, _ := strings.Cut(part, "```")
			blocks++
			if want := formatted(t, text); want != text {
				t.Errorf("%s: the SQL is not formatted; it would be\n%s", filepath.Base(page), want)
			}
		}
	}
	if blocks == 0 {
		t.Error("the documents have no SQL")
	}
}
