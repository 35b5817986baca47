package corpus

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/parse"
)

// shape writes a tree as text without its positions, names and literals. What
// is left is the kinds of nodes and how they nest, operators, keywords, options,
// types without their parameters, and how many parts a name has. Names of
// functions are names: sum(a) and avg(b) are one shape.
func shape(n ast.Node) string {
	var b strings.Builder
	writeShape(&b, reflect.ValueOf(n))
	return b.String()
}

var (
	spanType   = reflect.TypeFor[ast.Span]()
	identType  = reflect.TypeFor[ast.Ident]()
	columnType = reflect.TypeFor[schema.Type]()
)

// literals are the fields that hold what a literal says.
var literals = map[reflect.Type]string{
	reflect.TypeFor[ast.NumberLit]():   "Text",
	reflect.TypeFor[ast.StringLit]():   "Value",
	reflect.TypeFor[ast.BoolLit]():     "Value",
	reflect.TypeFor[ast.TypedLit]():    "Value",
	reflect.TypeFor[ast.IntervalLit](): "Value",
	reflect.TypeFor[ast.Param]():       "Number",
	reflect.TypeFor[ast.Secret]():      "value",
}

func writeShape(b *strings.Builder, v reflect.Value) {
	if !v.IsValid() {
		b.WriteByte('-')
		return
	}
	switch v.Kind() {
	case reflect.Interface, reflect.Pointer:
		writeShape(b, v.Elem())
	case reflect.Slice:
		b.WriteByte('[')
		for i := range v.Len() {
			writeShape(b, v.Index(i))
			b.WriteByte(' ')
		}
		b.WriteByte(']')
	case reflect.Struct:
		writeStruct(b, v)
	default:
		fmt.Fprint(b, v.Interface())
	}
}

func writeStruct(b *strings.Builder, v reflect.Value) {
	switch v.Type() {
	case spanType:
		return
	case identType:
		if v.FieldByName("Name").Len() > 0 {
			b.WriteByte('x')
		}
		return
	case columnType:
		fmt.Fprint(b, v.Interface().(schema.Type).Kind)
		return
	}
	b.WriteString(v.Type().Name() + "(")
	for i := range v.NumField() {
		name := v.Type().Field(i).Name
		if literals[v.Type()] != name {
			writeShape(b, v.Field(i))
			b.WriteByte(' ')
		}
	}
	b.WriteByte(')')
}

// Names, literals and the sizes of types do not tell shapes apart; all else does.
func TestShape(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"SELECT a FROM t", "SELECT b FROM u", true},
		{"SELECT a FROM t", "SELECT t.a FROM t", false},
		{"SELECT a FROM t", "SELECT a AS b FROM t", false},
		{"SELECT a AS b FROM t", "SELECT b AS a FROM t", true},
		{"SELECT 1", "SELECT 2.5", true},
		{"SELECT 1", "SELECT '1'", false},
		{"SELECT 'a'", "SELECT 'b'", true},
		{"SELECT true", "SELECT false", true},
		{"SELECT DATE '2026-01-01'", "SELECT DATE '2026-01-02'", true},
		{"SELECT DATE '2026-01-01'", "SELECT TIMESTAMP '2026-01-01'", false},
		{"SELECT INTERVAL '1' DAY", "SELECT INTERVAL '2' DAY", true},
		{"SELECT INTERVAL '1' DAY", "SELECT INTERVAL '1' HOUR", false},
		{"SELECT $1", "SELECT $2", true},
		{"SELECT a::varchar(5)", "SELECT a::varchar(9)", true},
		{"SELECT a::int", "SELECT a::bigint", false},
		{"SELECT a::int", "SELECT CAST(a AS int)", false},
		{"SELECT sum(a)", "SELECT sum(DISTINCT a)", false},
		{"SELECT sum(a)", "SELECT avg(a)", true},
		{"SELECT a + 1", "SELECT a - 1", false},
		{"SELECT dateadd(day, 1, a)", "SELECT dateadd(week, 1, a)", false},
		{"SELECT a FROM t JOIN u USING (a)", "SELECT a FROM t JOIN u USING (a, b)", false},
		{"SELECT a, b FROM t", "SELECT a FROM t", false},
	} {
		trees := [2]*ast.Query{}
		for i, text := range []string{c.a, c.b} {
			q, err := parse.Query(text)
			if err != nil {
				t.Fatal(err)
			}
			trees[i] = q
		}
		if same := shape(trees[0]) == shape(trees[1]); same != c.same {
			t.Errorf("%s and %s: the same shape is %v", c.a, c.b, same)
		}
	}
}
