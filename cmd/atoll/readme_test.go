package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// block is a fenced block of a Markdown page.
type block struct{ language, text string }

func blocks(t *testing.T, page string) []block {
	t.Helper()
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	var out []block
	for i, part := range strings.Split(string(text), "\n```") {
		if i%2 == 1 {
			language, text, _ := strings.Cut(part, "\n")
			out = append(out, block{language, text + "\n"})
		}
	}
	return out
}

// The README's example works when it is typed in: its files are written, its
// commands run, and they print what it shows.
func TestReadmeExample(t *testing.T) {
	dir := t.TempDir()
	files, answers := 0, 0
	var printed string
	for _, b := range blocks(t, "../../README.md") {
		first, _, _ := strings.Cut(b.text, "\n")
		switch b.language {
		case "yaml", "sql":
			name := strings.TrimLeft(first, "-# ")
			path := filepath.Join(dir, filepath.FromSlash(name))
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, []byte(b.text), 0o644); err != nil {
				t.Fatal(err)
			}
			files++
		case "sh":
			cmd := exec.Command("sh", "-ec", b.text)
			cmd.Dir = dir
			out, err := cmd.Output()
			if err != nil {
				t.Fatalf("%v\n%s%s", err, out, err.(*exec.ExitError).Stderr)
			}
			printed = string(out)
		case "text":
			if !strings.HasSuffix(printed, b.text) {
				t.Errorf("printed\n%s\nand the page shows\n%s", printed, b.text)
			}
			answers++
		}
	}
	if files != 3 || answers != 1 {
		t.Errorf("%d files and %d answers are on the page", files, answers)
	}
}
