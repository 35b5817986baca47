package compile

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/atolldata/atoll/internal/project"
)

// TestDocs compiles the examples of docs/project.md, which together are a
// project, and selects by its selectors.
func TestDocs(t *testing.T) {
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "project.md"))
	if err != nil {
		t.Fatal(err)
	}
	fsys := fstest.MapFS{}
	for _, block := range regexp.MustCompile("(?s)```(?:yaml|sql)\n(?:#|/\\*) (\\S+)\n.*?```").FindAllStringSubmatch(string(page), -1) {
		text := block[0][strings.Index(block[0], "\n")+1:]
		fsys[block[1]] = &fstest.MapFile{Data: []byte(strings.TrimSuffix(text, "```"))}
	}
	p, err := project.LoadFS(fsys)
	if err != nil {
		t.Fatal(err)
	}
	g, err := Compile(p)
	if err != nil {
		t.Fatal(err)
	}
	if len(g.Views()) != 3 || len(p.Sources) != 2 || len(g.Warnings) > 0 {
		t.Errorf("%d views, %d sources, %v", len(g.Views()), len(p.Sources), g.Warnings)
	}
	count := 0
	_, selectors, _ := strings.Cut(string(page), "## Selectors")
	for _, row := range regexp.MustCompile("(?m)^\\| (`.*`) \\|").FindAllStringSubmatch(selectors, -1) {
		for _, code := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(row[1], -1) {
			count++
			if _, err := Select(g, code[1]); err != nil {
				t.Error(err)
			}
		}
	}
	if count < 10 {
		t.Errorf("only %d selectors found", count)
	}
}
