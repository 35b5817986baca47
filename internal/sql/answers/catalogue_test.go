package answers

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/atolldata/atoll/internal/sql/bind"
	"github.com/atolldata/atoll/internal/sql/function"
	"github.com/atolldata/atoll/internal/sql/parse"
)

// operands are expressions of every type, to call functions with.
var operands = []string{
	"i2", "i4", "i8", "d", "f4", "f8", "v", "c", "b", "dt", "ts", "tz", "tm", "ym", "ds", "js", "vb", "NULL", "'UTC'", "2",
}

// usual is an argument that a parameter takes.
var usual = map[function.Param]string{
	function.Any: "i4", function.Number: "d", function.Summable: "d", function.Whole: "2", function.Exact: "i4",
	function.Float: "f8", function.Text: "v", function.Bool: "b", function.Calendar: "ts", function.Moment: "ts",
	function.MomentTZ: "tz", function.Day: "dt", function.Clock: "tm", function.Span: "ds", function.Spannable: "d",
	function.Json: "js", function.Part: "day", function.Pattern: "'YYYY-MM-DD'", function.Same: "i4", function.Bytes: "v",
	function.Binary: "vb", function.Hashed: "i4",
}

// literals are what parameters take that are not columns.
var literals = map[function.Param][]string{
	function.Part:    {"day", "'hour'"},
	function.Pattern: {"'YYYY-MM-DD'", "'999.99'", "'a+'"},
}

func operandTable(t *testing.T, e tabler) {
	e.table(t, "operands", "i2 smallint; i4 integer; i8 bigint; d decimal(10,2); f4 real; f8 double precision; v varchar(20); c char(5); b boolean; "+
		"dt date; ts timestamp; tz timestamptz; tm time; js super; ym interval year to month; ds interval day to second; vb varbyte(20)",
		"1, 2, 3, 4.5, 0.5, 0.25, '12', 'de', true, '2026-01-31', '2026-01-31 10:20:30', '2026-01-31 10:20:30+00', '10:20:30', '{\"a\":[1]}', "+
			"INTERVAL '1 month', INTERVAL '1 day', '12'",
		"NULL"+strings.Repeat(", NULL", 16))
}

// Every function runs on the engine, over every combination of argument types
// that its signatures take, and gives the type that it was bound to. What fails
// may fail over a value only: never because the engine does not know the call.
func TestEveryFunctionRuns(t *testing.T) {
	e := newEngine(t)
	operandTable(t, e)
	for _, f := range function.All() {
		ran := 0
		for _, call := range callsOf(f) {
			query := "SELECT " + call + " AS x FROM public.operands"
			if arg, ok := strings.CutPrefix(call, "grouping("); ok {
				query += " GROUP BY " + strings.TrimSuffix(arg, ")")
			}
			q, err := parse.Query(query)
			if err != nil {
				t.Fatalf("%v\n%s", err, query)
			}
			if _, err := bind.Bind(q, e.catalog, bind.Options{Text: query}); err != nil {
				continue // a combination that the function does not take
			}
			rows, lowered, err := e.run(query, false)
			if err != nil && !overValue(err) {
				t.Errorf("%s\n%v\n%s", call, err, lowered)
				break
			}
			if err == nil && len(rows) > 0 {
				ran++
			}
		}
		if ran == 0 {
			t.Errorf("no call of %s has an answer", f.Name)
		}
	}
}

// overValue reports an error of evaluation, or a fault of lowering.
func overValue(err error) bool {
	for _, kind := range []string{"Conversion Error", "Out of Range Error", "Invalid Input Error", "Unknown TimeZone"} {
		if strings.Contains(err.Error(), kind) {
			return true
		}
	}
	return !strings.Contains(err.Error(), "Error") && !strings.Contains(err.Error(), "in the engine")
}

// callsOf writes calls of a function: each parameter over operands of all types,
// and pairs of types for functions of two alike.
func callsOf(f *function.Func) []string {
	seen := map[string]bool{}
	var out []string
	for _, s := range f.Signatures {
		for n := len(s.Params) - s.Optional; n <= len(s.Params); n++ {
			for _, args := range combinations(s, n) {
				call := write(f, args)
				if !seen[call] {
					seen[call] = true
					out = append(out, call)
				}
			}
		}
	}
	return out
}

// pairs are the parameters whose types decide about each other.
var pairs = map[function.Param]bool{function.Same: true, function.Exact: true, function.Calendar: true}

func combinations(s function.Signature, n int) [][]string {
	base := make([]string, n)
	for i := range base {
		base[i] = usual[s.Param(i)]
	}
	out := [][]string{base}
	for i := range base {
		for _, x := range choices(s.Param(i)) {
			args := slices.Clone(base)
			args[i] = x
			out = append(out, args)
			if n != 2 || i != 0 || s.Param(0) != s.Param(1) || !pairs[s.Param(0)] {
				continue
			}
			for _, y := range choices(s.Param(1)) {
				out = append(out, []string{x, y})
			}
		}
	}
	return out
}

func choices(p function.Param) []string {
	switch list, ok := literals[p]; {
	case ok:
		return list
	case p == function.Text:
		return []string{"i8", "d", "f8", "c", "dt", "ts", "NULL", "'UTC'", "b"}
	}
	return operands
}

// write spells a call as its class and name ask for.
func write(f *function.Func, args []string) string {
	switch {
	case f.Bare:
		return f.Name
	case f.Name == "extract":
		return fmt.Sprintf("extract(%s FROM %s)", strings.Trim(args[0], "'"), args[1])
	case f.Name == "position":
		return fmt.Sprintf("position(%s IN %s)", args[0], args[1])
	case f.Order == function.MustOrder:
		return fmt.Sprintf("%s(0.5) WITHIN GROUP (ORDER BY %s)", f.Name, args[1])
	case f.Class == function.Window:
		return fmt.Sprintf("%s(%s) OVER (PARTITION BY b ORDER BY i4 %s)", f.Name, strings.Join(args, ", "), frame(f))
	}
	return fmt.Sprintf("%s(%s)", f.Name, strings.Join(args, ", "))
}

// frame is what the windows of some functions must have.
func frame(f *function.Func) string {
	switch f.Name {
	case "first_value", "last_value", "nth_value":
		return "ROWS UNBOUNDED PRECEDING"
	}
	return ""
}
