package scalar

import (
	"strings"
	"testing"

	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/function"
)

// The functions have names of their own, which no query can call, and kinds that
// an engine knows.
func TestAll(t *testing.T) {
	known := map[schema.Kind]bool{text: true, bytes: true, whole: true, boolean: true, schema.Double: true}
	seen := map[string]bool{}
	for _, f := range All() {
		if seen[f.Name] || !strings.HasPrefix(f.Name, Prefix) || f.Call == nil {
			t.Errorf("%s is not a function of its own", f.Name)
		}
		seen[f.Name] = true
		if _, ok := function.Lookup(f.Name); ok {
			t.Errorf("a query can call %s", f.Name)
		}
		for _, k := range append(f.Args, f.Result) {
			if !known[k] {
				t.Errorf("%s has a kind that no engine knows: %v", f.Name, k)
			}
		}
	}
}

// result calls a function by its name without the prefix.
func result(t *testing.T, name string, args ...any) (any, error) {
	t.Helper()
	for _, f := range All() {
		if f.Name == Prefix+name {
			if len(args) != len(f.Args) {
				t.Fatalf("%s takes %d arguments", name, len(f.Args))
			}
			return f.Call(args)
		}
	}
	t.Fatalf("there is no function %s", name)
	return nil, nil
}

// example is an answer that a function must give; an error wants its text in it.
type example struct {
	name string
	args []any
	want any
	err  string
}

func check(t *testing.T, examples []example) {
	t.Helper()
	for _, x := range examples {
		got, err := result(t, x.name, x.args...)
		switch {
		case x.err != "":
			if err == nil || !strings.Contains(err.Error(), x.err) {
				t.Errorf("%s%q gives the error %v, want %q", x.name, x.args, err, x.err)
			}
		case err != nil || got != x.want:
			t.Errorf("%s%q is %#v (%v), want %#v", x.name, x.args, got, err, x.want)
		}
	}
}

func args(list ...any) []any { return list }
