package duckdb_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/lower"
	"github.com/atolldata/atoll/internal/sql/scalar"
	"github.com/atolldata/atoll/internal/warehouse/duckdb"
)

func newChecker(t testing.TB) *duckdb.Checker {
	t.Helper()
	c, err := duckdb.NewChecker(t.Context(), lower.Settings(), lower.Prelude(), scalar.All())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

func declare(t testing.TB, c *duckdb.Checker, name string, columns ...schema.Column) {
	t.Helper()
	n, _ := schema.ParseName(name)
	if err := c.Declare(t.Context(), &schema.Table{Name: n, Columns: columns}); err != nil {
		t.Fatal(err)
	}
}

func column(name, typ string) schema.Column {
	t, err := schema.ParseType(typ)
	if err != nil {
		panic(err)
	}
	return schema.Column{Name: name, Type: t}
}

func TestCheckerBinds(t *testing.T) {
	c := newChecker(t)
	declare(t, c, "s.all",
		column("b", "boolean"), column("i2", "smallint"), column("i4", "integer"), column("i8", "bigint"), column("d", "decimal(12,3)"),
		column("f4", "real"), column("f8", "double precision"), column("c", "char(3)"), column("v", "varchar(20)"), column("dt", "date"),
		column("tm", "time"), column("tmz", "timetz"), column("ts", "timestamp"), column("tz", "timestamptz"), column("j", "super"), column("vb", "varbyte"))
	got, err := c.Bind(t.Context(), `SELECT *, i8 * 2 AS twice, d + 1 AS more FROM s."all"`)
	if err != nil {
		t.Fatal(err)
	}
	var parts []string
	for _, c := range got {
		parts = append(parts, c.Name+" "+c.Type.String())
	}
	const want = "b boolean, i2 smallint, i4 integer, i8 bigint, d decimal(12,3), f4 real, f8 double precision, c varchar, v varchar, dt date, " +
		"tm time, tmz timetz, ts timestamp, tz timestamptz, j super, vb varbyte, twice bigint, more decimal(14,3)"
	if text := strings.Join(parts, ", "); text != want {
		t.Errorf(" got %s\nwant %s", text, want)
	}
}

func TestCheckerReports(t *testing.T) {
	c := newChecker(t)
	declare(t, c, "s.a", column("x", "integer"))
	for _, test := range []struct {
		text, part string
		code       fault.Code
	}{
		{`SELECT nope FROM s.a`, "nope", fault.Internal},
		{`SELECT * FROM s.b`, "does not exist", fault.Name},
		{`SELEC 1`, "syntax error", fault.Internal},
		{`SELECT * FROM read_csv('go.mod')`, "disabled", fault.Denied},
	} {
		_, err := c.Bind(t.Context(), test.text)
		if err == nil || !strings.Contains(err.Error(), test.part) || strings.Contains(err.Error(), "LINE 1") {
			t.Errorf("%s: %v", test.text, err)
		} else if code := fault.CodeOf(err); code != test.code {
			t.Errorf("%s: code %q", test.text, code)
		}
	}
	declare(t, c, "s.a", column("nope", "integer"))
	if _, err := c.Bind(t.Context(), `SELECT nope FROM s.a`); err != nil {
		t.Errorf("after declaring again: %v", err)
	}
}

func BenchmarkCheckerBind(b *testing.B) {
	c := newChecker(b)
	for i := range 100 {
		declare(b, c, fmt.Sprintf("s.t%d", i), column("k", "bigint"), column("v", "integer"), column("w", "varchar(20)"), column("at", "timestamp"))
	}
	for i := 0; b.Loop(); i++ {
		text := fmt.Sprintf(`SELECT a.k, count(*) AS n, sum(b.v) AS v, max(c.at) AS at FROM s.t%d a JOIN s.t%d b ON a.k = b.k JOIN s.t%d c ON b.k = c.k GROUP BY a.k`,
			i%100, (i+1)%100, (i+2)%100)
		if _, err := c.Bind(b.Context(), text); err != nil {
			b.Fatal(err)
		}
	}
}
