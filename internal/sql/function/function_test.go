package function_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/atolldata/atoll/internal/sql/function"
)

var update = flag.Bool("update", false, "write the function list of docs/sql.md anew")

const (
	docs  = "../../../docs/sql.md"
	begin = "<!-- functions: written by go test ./internal/sql/function -update -->\n"
	end   = "<!-- end of functions -->\n"
)

// list writes the catalogue as the tables of docs/sql.md.
func list() string {
	var b strings.Builder
	family := ""
	for _, f := range function.All() {
		if f.Family != family {
			family = f.Family
			fmt.Fprintf(&b, "\n### %s\n\n| function | takes | |\n|---|---|---|\n", strings.ToUpper(family[:1])+family[1:])
		}
		var takes []string
		for _, s := range f.Signatures {
			takes = append(takes, s.String())
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", f.Name, strings.Join(takes, "; or "), remarks(f))
	}
	return b.String() + "\n"
}

func remarks(f *function.Func) string {
	var out []string
	if f.Now {
		out = append(out, "in a model, the view's label")
	}
	if f.Volatile {
		out = append(out, "not in models")
	}
	if f.Order == function.MustOrder {
		out = append(out, "the last argument is that of WITHIN GROUP (ORDER BY)")
	}
	if f.Bare {
		out = append(out, "without parentheses")
	}
	return strings.Join(out, "; ")
}

// The function list that users read is the catalogue.
func TestDocumentation(t *testing.T) {
	data, err := os.ReadFile(docs)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(data), begin)
	got, after, closed := strings.Cut(rest, end)
	if !ok || !closed {
		t.Fatalf("%s has no function list", docs)
	}
	if *update {
		if err := os.WriteFile(docs, []byte(before+begin+list()+end+after), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if got != list() {
		t.Errorf("the function list of %s is not the catalogue; run the tests with -update", docs)
	}
}

func TestNamesAreUnique(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range function.All() {
		if seen[f.Name] {
			t.Errorf("%s is in the catalogue twice", f.Name)
		}
		seen[f.Name] = true
		if f.Name != strings.ToLower(f.Name) {
			t.Errorf("%s is not in lower case", f.Name)
		}
		for _, s := range f.Signatures {
			if s.Result == nil || s.Optional > len(s.Params) || s.Rest && len(s.Params) == 0 {
				t.Errorf("%s(%s) is not a whole signature", f.Name, s)
			}
		}
	}
	if len(seen) < 150 {
		t.Errorf("the catalogue has %d functions, and promises 150", len(seen))
	}
}

// Advice about functions of other systems names functions that exist, and is
// not given for functions that do.
func TestElsewhere(t *testing.T) {
	for _, name := range []string{"ifnull", "IFNULL", "string_agg", "year"} {
		if _, ok := function.Elsewhere(name); !ok {
			t.Errorf("no advice on %s", name)
		}
	}
	for _, name := range function.Names() {
		if advice, ok := function.Elsewhere(name); ok {
			t.Errorf("%s exists, and the advice on it is %q", name, advice)
		}
	}
}

// What Redshift has and Atoll has not is told apart from what nobody has, and is
// not in the catalogue.
func TestUnavailable(t *testing.T) {
	for _, name := range []string{"checksum", "CHECKSUM", "ST_Distance", "hll_cardinality", "current_user", "generate_series"} {
		if advice, ok := function.Unavailable(name); !ok || advice == "" {
			t.Errorf("nothing is said about %s", name)
		}
	}
	for _, name := range append(function.Names(), "read_csv", "strftime") {
		if _, ok := function.Unavailable(name); ok {
			t.Errorf("%s is said to be a function of Redshift that Atoll has not", name)
		}
	}
}

func TestLookup(t *testing.T) {
	f, ok := function.Lookup("DateAdd")
	if !ok || f.ColumnName() != "date_add" || f.Class != function.Scalar || f.Family != "date" {
		t.Errorf("DateAdd is %+v", f)
	}
	if _, ok := function.Lookup("read_csv"); ok {
		t.Error("an engine's function is in the catalogue")
	}
}
