package lower

import (
	"slices"
	"strings"
	"testing"

	"github.com/atolldata/atoll/internal/sql/function"
)

// The catalogue and the rules have the same names, each rule in one family.
func TestRulesAreTheCatalogue(t *testing.T) {
	var names []string
	for _, family := range families() {
		for name := range family {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	if want := function.Names(); !slices.Equal(names, want) {
		for _, n := range want {
			if !slices.Contains(names, n) {
				t.Errorf("function %s has no rule", n)
			}
		}
		for i, n := range names {
			if _, ok := function.Lookup(n); !ok {
				t.Errorf("rule %s is of no function", n)
			}
			if i > 0 && names[i-1] == n {
				t.Errorf("rule %s is in two families", n)
			}
		}
	}
}

// The prelude makes its schema first and then macros in it, each once, in a
// form that can be run again.
func TestPrelude(t *testing.T) {
	statements := Prelude()
	if !strings.HasPrefix(statements[0], "CREATE SCHEMA IF NOT EXISTS "+macroSchema) {
		t.Errorf("the prelude starts with %q", statements[0])
	}
	seen := map[string]bool{}
	for _, s := range statements[1:] {
		rest, ok := strings.CutPrefix(s, "CREATE OR REPLACE MACRO "+macroSchema+".")
		name, _, _ := strings.Cut(rest, "(")
		if !ok || seen[name] {
			t.Errorf("not a macro of its own: %q", s)
		}
		seen[name] = true
	}
}

// PostgreSQL's rules are of functions that exist, each in one family. It may lack
// some.
func TestPostgresRulesAreOfTheCatalogue(t *testing.T) {
	seen := map[string]bool{}
	for _, family := range postgresFamilies() {
		for name := range family {
			if _, ok := function.Lookup(name); !ok || seen[name] {
				t.Errorf("rule %s is of no function, or in two families", name)
			}
			seen[name] = true
		}
	}
}

// PostgreSQL's prelude checks the database, and makes its schema and functions
// in it in a form that can be run again.
func TestPostgresPrelude(t *testing.T) {
	for i, s := range PostgresPrelude() {
		var lines []string
		for _, line := range strings.Split(s, "\n") {
			if !strings.HasPrefix(line, "--") {
				lines = append(lines, line)
			}
		}
		want := "CREATE OR REPLACE FUNCTION " + macroSchema + "."
		if i < 2 {
			want = []string{"CREATE SCHEMA IF NOT EXISTS " + macroSchema, "DO $$"}[i]
		}
		if !strings.HasPrefix(lines[0], want) {
			t.Errorf("statement %d is %q", i+1, lines[0])
		}
	}
}
