package schema_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/atolldata/atoll/internal/schema"
)

func TestParseType(t *testing.T) {
	for text, want := range map[string]string{
		"int": "integer", "INT8": "bigint", "int2": "smallint", "Bool": "boolean",
		"numeric": "decimal(18,0)", "decimal(10)": "decimal(10,0)", "decimal( 38 , 37 )": "decimal(38,37)",
		"float": "double precision", "double  precision": "double precision", "float4": "real",
		"varchar": "varchar(256)", "varchar(max)": "varchar(65535)", "character varying(9)": "varchar(9)", "text": "varchar(256)",
		"char": "char(1)", "bpchar": "char(256)", "bpchar(3)": "char(3)", "character(4096)": "char(4096)",
		"timestamp without time zone": "timestamp", "TIMESTAMPTZ": "timestamptz", "time with time zone": "timetz",
		"super": "super", "varbyte(5)": "varbyte(5)", "interval day to second": "interval day to second",
	} {
		got, err := schema.ParseType(text)
		if err != nil || got.String() != want {
			t.Errorf("ParseType(%q) = %s, %v, want %s", text, got, err, want)
			continue
		}
		if again, err := schema.ParseType(got.String()); err != nil || again != got {
			t.Errorf("%q does not read back: %v, %v", got, again, err)
		}
	}
}

func TestParseTypeRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"itneger": `did you mean "integer"?`, "qqqqqqqqq": `unknown type "qqqqqqqqq"`, "": "unknown type",
		"decimal(39)": "the precision of decimal must be 1 to 38, not 39", "decimal(5,6)": "the scale of decimal must be 0 to 5, not 6",
		"decimal(38,38)": "0 to 37", "decimal(1,1,1)": "at most 2 parameters", "varchar(0)": "must be 1 to 65535",
		"char(4097)": "must be 1 to 4096", "integer(4)": "at most 0 parameters", "varchar(x)": `the parameter "x"`,
		"varchar(5": "unbalanced", "varchar(5) not null": "text after",
	} {
		if got, err := schema.ParseType(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("ParseType(%q) = %s, %v, want an error with %q", text, got, err, want)
		}
	}
}

func TestClasses(t *testing.T) {
	classes := map[string]func(schema.Type) bool{
		"integer": schema.Type.IsInteger, "numeric": schema.Type.IsNumeric, "string": schema.Type.IsString,
		"temporal": schema.Type.IsTemporal, "interval": schema.Type.IsInterval,
	}
	for text, want := range map[string]string{
		"smallint": "integer numeric", "bigint": "integer numeric", "decimal": "numeric", "real": "numeric", "float": "numeric",
		"char": "string", "varchar": "string", "date": "temporal", "timestamp": "temporal", "timestamptz": "temporal",
		"time": "", "boolean": "", "super": "", "interval year to month": "interval", "interval day to second": "interval",
	} {
		typ, err := schema.ParseType(text)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, class := range []string{"integer", "numeric", "string", "temporal", "interval"} {
			if classes[class](typ) {
				got = append(got, class)
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s is %v, want %s", text, got, want)
		}
	}
}

func TestNames(t *testing.T) {
	var got struct{ Name schema.Name }
	if err := json.Unmarshal([]byte(`{"Name":"a.b"}`), &got); err != nil || got.Name != (schema.Name{Schema: "a", Name: "b"}) {
		t.Errorf("got %v, %v", got, err)
	}
	if text, err := json.Marshal(got); err != nil || string(text) != `{"Name":"a.b"}` {
		t.Errorf("got %s, %v", text, err)
	}
	for _, bad := range []string{"a", ".b", "a.", ""} {
		if err := json.Unmarshal([]byte(`{"Name":"`+bad+`"}`), &got); err == nil {
			t.Errorf("%q is a name", bad)
		}
	}
	a, b := schema.Name{Schema: "a", Name: "z"}, schema.Name{Schema: "b", Name: "a"}
	if a.Compare(b) >= 0 || b.Compare(a) <= 0 || a.Compare(a) != 0 {
		t.Error("names are not ordered by schema, then name")
	}
}

func TestTable(t *testing.T) {
	one := &schema.Table{Columns: []schema.Column{{Name: "a", Type: schema.Type{Kind: schema.Integer}}, {Name: "b", Type: schema.Type{Kind: schema.Date}}}}
	two := &schema.Table{Columns: []schema.Column{one.Columns[1], one.Columns[0]}}
	if !one.Equal(one) || one.Equal(two) || one.Equal(&schema.Table{}) {
		t.Error("tables are equal by columns, in order")
	}
	if c, ok := one.Column("b"); !ok || c.Type.Kind != schema.Date {
		t.Errorf("column b: %v", c)
	}
	if _, ok := one.Column("c"); ok {
		t.Error("column c is there")
	}
	if got := strings.Join(two.ColumnNames(), " "); got != "b a" {
		t.Errorf("names: %s", got)
	}
}
