package answers

import (
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/bind"
	"github.com/atolldata/atoll/internal/sql/parse"
	"github.com/atolldata/atoll/internal/sql/types"
)

// leaves are expressions without parts, by class of type.
var leaves = map[string][]string{
	"number": {"1", "2.50", "1e2", "300000000000", "i2", "i4", "i8", "d", "f4", "f8", "NULL"},
	"text":   {"'7'", "v", "c", "'abc'", "NULL"},
	"truth":  {"TRUE", "b", "NULL"},
	"date":   {"DATE '2026-02-28'", "dt", "current_date"},
	"time":   {"ts", "tz", "getdate()", "TIMESTAMP '2026-02-28 10:00:00'"},
}

// shapes are expressions with parts: a number, text, truth value,
// date or timestamp, each drawn for itself, and P, a part of a date.
var shapes = map[string][]string{
	"number": {
		"({N} + {N})", "({N} - {N})", "({N} * {N})", "({N} / {N})", "({N} % {N})", "-({N})", "abs({N})", "round({N})", "floor({N})", "sign({N})", "coalesce({N}, {N})", "nvl2({T}, {N}, {N})",
		"CASE WHEN {B} THEN {N} ELSE {N} END", "CAST({N} AS decimal(12,3))", "CAST({N} AS bigint)", "CAST({N} AS float8)", "CAST({N} AS real)", "CAST({N} AS smallint)",
		"len({T})", "datediff({P}, {M}, {M})", "extract({P} FROM {M})", "date_part({P}, {M})", "({D} - {D})", "greatest({N}, {N})", "nullif({N}, {N})", "decode({N}, {N}, {N}, {N})", "strpos({T}, {T})", "('3' + {N})",
	},
	"text": {
		"({T} || {T})", "({N} || {T})", "upper({T})", "left({T}, 3)", "CAST({N} AS varchar(10))", "CAST({M} AS varchar)", "coalesce({T}, {T})", "CASE WHEN {B} THEN {T} ELSE {T} END",
		"substring({T}, 2)", "to_char({M}, 'YYYY-MM-DD')", "CAST({B} AS varchar(5))", "nullif({T}, {T})", "replace({T}, {T}, {T})", "CAST({T} AS char(3))", "md5({T})",
	},
	"truth": {
		"({N} < {N})", "({T} = {T})", "({D} <> {M})", "({M} >= '2026-01-01')", "({B} AND {B})", "({B} OR NOT {B})", "({N} BETWEEN {N} AND {N})", "({N} IN ({N}, 2.5, NULL))", "({T} LIKE 'a%')",
		"({T} IS NULL)", "({B} IS NOT TRUE)", "({N} IS DISTINCT FROM {N})", "({T} = {N})", "({D} IN ({D}, '2026-01-31'))", "CAST({N} AS boolean)", "coalesce({B}, {B})",
	},
	"date": {"({D} + 3)", "({D} - 7)", "trunc({M})", "last_day({M})", "CAST({M} AS date)", "coalesce({D}, {D})", "CASE WHEN {B} THEN {D} ELSE {D} END", "next_day({D}, 'mon')"},
	"time": {
		"({M} + INTERVAL '1 hour')", "({M} - 3)", "(2 + {M})", "dateadd({P}, 2, {M})", "date_trunc({P}, {M})", "CAST({D} AS timestamp)", "coalesce({M}, {D})", "({D} + INTERVAL '3 days')", "greatest({M}, {M})",
		"add_months({M}, 1)", "CAST({M} AS timestamptz)", "convert_timezone('America/New_York', {M})",
	},
}

var classes = map[string]string{"N": "number", "T": "text", "B": "truth", "D": "date", "M": "time"}

// drawExpr writes an expression of a class over the columns of operands.
func drawExpr(t *rapid.T, class string, depth int) string {
	if depth == 0 {
		return rapid.SampledFrom(leaves[class]).Draw(t, class)
	}
	return fill(t, rapid.SampledFrom(shapes[class]).Draw(t, class+" shape"), depth-1)
}

// fill replaces the parts of a shape.
func fill(t *rapid.T, shape string, depth int) string {
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(shape, "{")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		letter, after, _ := strings.Cut(rest, "}")
		shape = after
		switch letter {
		case "P":
			b.WriteString(rapid.SampledFrom([]string{"year", "month", "week", "day", "hour", "second"}).Draw(t, "part"))
		case "X":
			b.WriteString(drawExpr(t, rapid.SampledFrom(slices.Sorted(maps.Keys(leaves))).Draw(t, "class"), depth))
		default:
			b.WriteString(drawExpr(t, classes[letter], depth))
		}
	}
}

// queries are the shapes of queries; X is an expression of any class.
var queries = []string{
	"SELECT {X} AS a, {X} AS b FROM public.operands WHERE {B}",
	"SELECT {X} AS k, sum({N}) AS a, avg({N}) AS c, count({X}) AS n, min({X}) AS m FROM public.operands GROUP BY 1 HAVING count(*) > 0 ORDER BY 2, 1",
	"SELECT max({X}) AS a, median({N}) AS c, listagg({T}, ',') AS l, bool_or({B}) AS o, stddev({N}) AS s, count(DISTINCT {X}) AS d, any_value({X}) AS v FROM public.operands",
	"SELECT lag({X}) OVER (PARTITION BY {X} ORDER BY {X}) AS a, sum({N}) OVER (PARTITION BY {X}) AS s, avg({N}) OVER () AS g FROM public.operands QUALIFY rank() OVER (ORDER BY {X}) < 3",
	"SELECT {N} AS a, {T} AS b FROM public.operands UNION SELECT {N}, {T} FROM public.operands ORDER BY 1, b",
	"SELECT {N} AS a, NULL AS b FROM public.operands EXCEPT SELECT {N}, {D} FROM public.operands",
	"SELECT x.a, b FROM (SELECT i4, v, {X} AS a FROM public.operands) x JOIN (SELECT i8 AS i4, v, {X} AS b FROM public.operands) o USING (i4, v) ORDER BY a LIMIT 5",
	"SELECT {X} AS a FROM public.operands WHERE {N} IN (SELECT {N} FROM public.operands) OR {N} > (SELECT max({N}) FROM public.operands) OR EXISTS (SELECT 1 FROM public.operands WHERE {B})",
	"WITH c AS (SELECT {X} AS a, {N} AS n FROM public.operands) SELECT a, sum(n) AS n, n / 2 AS h FROM c GROUP BY a",
	"SELECT DISTINCT {X} AS a FROM public.operands ORDER BY a DESC",
}

func drawQuery(t *rapid.T) string {
	return fill(t, rapid.SampledFrom(queries).Draw(t, "query"), rapid.IntRange(0, 3).Draw(t, "depth"))
}

// Whatever binds, runs: the engine knows everything that lowering writes, and
// gives every column the type that binding said.
func TestWhatBindsRuns(t *testing.T) {
	e := newEngine(t)
	operandTable(t, e)
	bound, drawn := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		query := drawQuery(t)
		drawn++
		q, err := parse.Query(query)
		if err != nil {
			t.Fatalf("%v\n%s", err, query)
		}
		if _, err := bind.Bind(q, e.catalog, bind.Options{Text: query}); err != nil {
			return // the draw has no meaning, such as a number modulo a timestamp
		}
		bound++
		if _, lowered, err := e.run(query, false); err != nil && !overValue(err) {
			t.Fatalf("%v\n%s\n%s", err, query, lowered)
		}
	})
	if bound*2 < drawn {
		t.Errorf("only %d of %d queries had a meaning", bound, drawn)
	}
}

// Decimals divide exactly, cut at the scale of "Computations with numeric
// values", however many rows there are.
func TestDecimalDivision(t *testing.T) {
	e := newEngine(t)
	rapid.Check(t, func(t *rapid.T) {
		e.few = rapid.Bool().Draw(t, "few")
		a, aType := drawDecimal(t, "dividend")
		b, bType := drawDecimal(t, "divisor")
		query := fmt.Sprintf("SELECT CAST('%s' AS %s) / CAST('%s' AS %s)", a.FloatString(aType.Scale), aType, b.FloatString(bType.Scale), bType)
		rows, lowered, err := e.run(query, false)
		if b.Sign() == 0 {
			if err == nil || !strings.Contains(err.Error(), "division by zero") {
				t.Fatalf("got %v and %v, want a division by zero\n%s", rows, err, query)
			}
			return
		}
		result, _ := types.Arithmetic("/", aType, bType)
		want := cut(new(big.Rat).Quo(a, b), result.Result.Scale)
		if err != nil && strings.Contains(err.Error(), "Out of Range") && aType.Precision+result.Result.Scale+bType.Scale > schema.MaxPrecision {
			return // too long for the 128 bits that Redshift divides in, too
		}
		if err != nil || len(rows) != 1 || rows[0] != want {
			t.Fatalf("got %v and %v, want %s\n%s\n%s", rows, err, want, query, lowered)
		}
	})
}

// drawDecimal draws a type of up to 30 digits and a value of it.
func drawDecimal(t *rapid.T, label string) (*big.Rat, schema.Type) {
	precision := rapid.IntRange(1, 30).Draw(t, label+" precision")
	scale := rapid.IntRange(0, precision).Draw(t, label+" scale")
	digits := rapid.StringMatching(fmt.Sprintf("-?[0-9]{1,%d}", precision)).Draw(t, label)
	unscaled, _ := new(big.Int).SetString(digits, 10)
	places := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale)), nil)
	return new(big.Rat).SetFrac(unscaled, places), types.Decimal(precision, scale)
}

// cut writes a number with so many places, the rest cut off.
func cut(x *big.Rat, places int) string {
	ten := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(places)), nil)
	whole := new(big.Int).Quo(new(big.Int).Mul(x.Num(), ten), x.Denom())
	return new(big.Rat).SetFrac(whole, ten).FloatString(places)
}
