package decode

import (
	"bufio"
	"bytes"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/atolldata/atoll/internal/project"
)

var update = flag.Bool("update", false, "write the right sides of testdata again")

// TestConvert decodes every value of testdata/convert.txt, twice: by the full
// parser, and by the shape that it has learned.
func TestConvert(t *testing.T) {
	const path = "testdata/convert.txt"
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	var columns *project.Table
	lines := bufio.NewScanner(bytes.NewReader(text))
	for n := 1; lines.Scan(); n++ {
		line := lines.Text()
		if typ, ok := strings.CutPrefix(line, "== "); ok {
			columns = table(t, project.JSON, "v "+typ)
			line = "== " + typ
		} else if columns != nil && line != "" {
			value, want, _ := strings.Cut(line, "  ->  ")
			got := converted(t, columns, value)
			if got != want && !*update {
				t.Errorf("%s:%d: %s becomes\n\t%s, want\n\t%s", path, n, value, got, want)
			}
			line = value + "  ->  " + got
		}
		fmt.Fprintln(&out, line)
	}
	if *update {
		if err := os.WriteFile(path, out.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// converted is what becomes of a value in its column.
func converted(t *testing.T, columns *project.Table, value string) string {
	t.Helper()
	good := `{"v":null}` + "\n" // teaches the shape
	row := `{"v":` + value + "}\n"
	alone := decodeAll(t, columns, strings.NewReader(row))
	guessed := decodeAll(t, columns, strings.NewReader(good+row))
	if len(alone.rows) == 1 && len(guessed.rows) == 2 {
		_, first, _ := strings.Cut(alone.rows[0], " | ")
		_, second, _ := strings.Cut(guessed.rows[1], " | ")
		if first != second {
			t.Errorf("%s is %s by the parser and %s by its shape", value, first, second)
		}
		return first
	}
	if len(alone.rejects) != 1 || len(guessed.rejects) != 1 {
		t.Fatalf("%s: %v, %v", value, alone, guessed)
	}
	_, first, _ := strings.Cut(alone.rejects[0], " | 1 | ")
	_, second, _ := strings.Cut(guessed.rejects[0], " | 2 | ")
	if first != second {
		t.Errorf("%s is rejected by the parser for %s, by its shape for %s", value, first, second)
	}
	return "! " + first
}
