package corpus

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	pgquery "github.com/wasilibs/go-pgquery"

	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/print"
	"github.com/atolldata/atoll/internal/sql/sqltest"
)

// The queries that PostgreSQL's own parser reads, it reads the same in the text
// that is printed, so that no operator moved and no clause was lost. What it
// does not read is listed with what it says: only Redshift's own syntax may be.
func TestPostgresReadsPrintedTextTheSame(t *testing.T) {
	var only strings.Builder
	shared := 0
	for _, s := range readCorpus(t) {
		if !s.isQuery() {
			continue
		}
		want, err := postgresTree(s.text)
		if err != nil {
			fmt.Fprintf(&only, "%s: %s\n    %v\n", s.file, oneLine(s.text), err)
			continue
		}
		shared++
		printed := print.Redshift(s.tree)
		got, err := postgresTree(printed)
		if err != nil {
			t.Errorf("%s: PostgreSQL reads the text, and not what is printed: %v\n%s", s, err, printed)
		} else if path := difference(want, got); path != "" {
			t.Errorf("%s: PostgreSQL reads what is printed as another tree, at %s\n%s\n%s", s, path, s.text, printed)
		}
	}
	t.Logf("PostgreSQL reads %d queries", shared)
	sqltest.GoldenText(t, "testdata/redshift_only.golden", only.String())
}

// postgresTree is PostgreSQL's tree of a text, without what spelling alone
// decides.
func postgresTree(text string) (any, error) {
	read, err := pgquery.ParseToJSON(text)
	if err != nil {
		return nil, err
	}
	var tree any
	if err := json.Unmarshal([]byte(read), &tree); err != nil {
		return nil, err
	}
	return normal(tree), nil
}

// normal drops from a tree of PostgreSQL its places and what Redshift spells in
// one way only: names are in lower case; ASC, LIMIT ALL, BETWEEN in a frame and
// the default size of a type are not said; a type has one name; the first
// character of SUBSTRING is said.
func normal(v any) any {
	switch v := v.(type) {
	case map[string]any:
		return normalFields(v)
	case []any:
		for i, x := range v {
			v[i] = normal(x)
		}
	case string:
		return strings.ToLower(v)
	}
	return v
}

// frameBetween is the bit of a frame's options for the word BETWEEN.
const frameBetween = 0x10

func normalFields(fields map[string]any) any {
	for k, x := range fields {
		switch {
		case k == "location" || strings.HasPrefix(k, "stmt_l") || strings.HasPrefix(k, "rexpr_list"):
			delete(fields, k)
		case k == "sortby_dir" && x == "SORTBY_ASC":
			fields[k] = "sortby_default"
		case k == "limitCount" && field(x, "A_Const", "isnull") == true:
			delete(fields, k)
		case k == "frameOptions":
			fields[k] = int(x.(float64)) &^ frameBetween
		case k == "typeName":
			fields[k] = typeName(x)
		case k == "A_Const": // what it says is no name
			delete(x.(map[string]any), "location")
		case k == "TypeCast" && field(x, "location") == -1.0: // the parser's own, of SUBSTRING(x FOR n)
			return normal(field(x, "arg"))
		default:
			fields[k] = normal(x)
		}
	}
	return fields
}

// field goes down a tree by names; it is nil where there is none.
func field(v any, names ...string) any {
	for _, name := range names {
		fields, _ := v.(map[string]any)
		v = fields[name]
	}
	return v
}

// typeName is a type as Redshift names it, with its size.
func typeName(v any) string {
	names := field(v, "names").([]any)
	last := field(names[len(names)-1], "String", "sval").(string)
	mods, _ := field(v, "typmods").([]any)
	var size []int
	for _, m := range mods {
		n, _ := field(m, "A_Const", "ival", "ival").(float64)
		size = append(size, int(n))
	}
	if kind, ok := schema.KindByName(last); ok {
		if t, err := schema.NewType(kind, size...); err == nil {
			return t.String()
		}
	}
	return fmt.Sprint(last, size)
}

// difference is the path to the first place where two trees differ.
func difference(a, b any) string {
	switch x := a.(type) {
	case map[string]any:
		y, ok := b.(map[string]any)
		if !ok {
			break
		}
		for k := range y {
			if _, ok := x[k]; !ok {
				return "." + k + ": " + fmt.Sprint(y[k])
			}
		}
		for k := range x {
			if path := difference(x[k], y[k]); path != "" {
				return "." + k + path
			}
		}
		return ""
	case []any:
		y, ok := b.([]any)
		if !ok || len(x) != len(y) {
			break
		}
		for i := range x {
			if path := difference(x[i], y[i]); path != "" {
				return fmt.Sprintf("[%d]%s", i, path)
			}
		}
		return ""
	}
	if reflect.DeepEqual(a, b) {
		return ""
	}
	return fmt.Sprintf(": %v is %v", a, b)
}
