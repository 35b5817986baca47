package format_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/atolldata/atoll/internal/sql/format"
	"github.com/atolldata/atoll/internal/sql/parse"
	"github.com/atolldata/atoll/internal/sql/sqltest"
)

// Wherever comments stand, formatting keeps them and the statements, and doing
// it again changes nothing.
func TestCommentsAnywhere(t *testing.T) {
	draw := rand.New(rand.NewPCG(1, 2))
	for _, text := range corpus(t) {
		if _, err := format.Text(text); err != nil {
			t.Errorf("%v\n%s", err, text)
			continue
		}
		formatted(t, sprinkle(draw, text, 1+draw.IntN(8)))
	}
}

// corpus reads the statements of the tests of package parse and the corpus.
func corpus(t *testing.T) []string {
	t.Helper()
	var texts []string
	for _, file := range files(t, "parse/*.in.sql") {
		for _, c := range sqltest.Read(t, file) {
			texts = append(texts, c.Text)
		}
	}
	for _, file := range files(t, "corpus/*.sql") {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, statements(string(data))...)
	}
	return texts
}

func files(t *testing.T, pattern string) []string {
	t.Helper()
	found, err := filepath.Glob("../testdata/" + pattern)
	if err != nil || len(found) == 0 {
		t.Fatalf("no files %s (%v)", pattern, err)
	}
	return found
}

// statements cuts a text behind its semicolons, and leaves out its comments.
func statements(text string) []string {
	var out []string
	var b strings.Builder
	end := 0
	for _, token := range parse.Tokens(text) {
		if gap := text[end:token.Start]; strings.Contains(gap, "\n") {
			b.WriteString("\n") // which joins two strings
		} else if gap != "" {
			b.WriteString(" ")
		}
		end = int(token.End())
		b.WriteString(text[token.Start:end])
		if token.Text == ";" {
			out = append(out, b.String())
			b.Reset()
		}
	}
	return append(out, b.String())
}

// sprinkle puts comments between tokens.
func sprinkle(draw *rand.Rand, text string, n int) string {
	tokens := parse.Tokens(text)
	comments := map[int]string{}
	for i := range n {
		form := []string{" /* %d */ ", " -- %d\n", "\n-- %d\n", "\n/* %d\n */\n", " /* %d */\n", "\n/* %[1]d */ -- also %[1]d\n"}[draw.IntN(6)]
		at := draw.IntN(len(tokens) + 1)
		if at > 0 && tokens[at-1].Text == "#" {
			continue // within the name of a temporary table
		}
		comments[at] += fmt.Sprintf(form, i)
	}
	var b strings.Builder
	end := 0
	for i, token := range tokens {
		b.WriteString(text[end:token.Start] + comments[i])
		end = int(token.End())
		b.WriteString(text[token.Start:end])
	}
	b.WriteString(comments[len(tokens)])
	return b.String()
}
