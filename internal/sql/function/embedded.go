package function

import (
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/types"
)

// EmbeddedFamily is the family of the functions that only the embedded engine
// has. They are no part of Redshift's SQL: a query that calls one is warned about,
// and refused for other engines.
const EmbeddedFamily = "embedded"

// Embedded reports a function that runs on the embedded engine only.
func (f *Func) Embedded() bool { return f.Family == EmbeddedFamily }

// Instead is the nearest form in Redshift's SQL of a function that is
// [Func.Embedded], "" where there is none.
func (f *Func) Instead() string { return instead[f.Name] }

// embeddedAggregates and embeddedScalars are DuckDB's functions that analysts
// miss most in Redshift.
var (
	embeddedAggregates = family(EmbeddedFamily, Aggregate, []*Func{
		def("arg_max", sig(arg(0), Any, Any)),
		def("arg_min", sig(arg(0), Any, Any)),
		def("count_if", sig(is(types.BigInt), Bool)),
		def("list", sig(is(types.Super), Any)),
		def("mode", sig(arg(0), Any)),
	})
	embeddedScalars = family(EmbeddedFamily, Scalar, []*Func{
		def("contains", sig(is(types.Boolean), Text, Text)),
		def("ends_with", sig(is(types.Boolean), Text, Text)),
		def("epoch_ms", sig(is(types.BigInt), Moment)),
		def("gcd", sig(is(types.BigInt), Whole, Whole)),
		def("jaro_winkler_similarity", sig(is(types.Double), Text, Text)),
		def("lcm", sig(is(types.BigInt), Whole, Whole)),
		def("levenshtein", sig(is(types.BigInt), Text, Text)),
		def("regexp_matches", sig(is(types.Boolean), Text, Pattern)),
		def("starts_with", sig(is(types.Boolean), Text, Text)),
		def("strftime", sig(is(types.VarcharN(schema.MaxVarchar)), Moment, Pattern)),
		def("time_bucket", sig(is(types.Timestamp), Span, Moment)),
	})
)

// instead names what says the same, or nearly, in Redshift's SQL.
var instead = map[string]string{
	"arg_max":        "number the rows with ROW_NUMBER() OVER (... ORDER BY ... DESC) and take the first",
	"arg_min":        "number the rows with ROW_NUMBER() OVER (... ORDER BY ...) and take the first",
	"count_if":       "use COUNT(CASE WHEN ... THEN 1 END)",
	"list":           "use LISTAGG",
	"mode":           "count the values and take the first by ROW_NUMBER() OVER (ORDER BY count DESC)",
	"contains":       "use STRPOS(...) > 0",
	"ends_with":      "use RIGHT(text, LEN(end)) = end",
	"epoch_ms":       "use DATEDIFF(ms, '1970-01-01', ...)",
	"regexp_matches": "use the operator ~",
	"starts_with":    "use LEFT(text, LEN(start)) = start",
	"strftime":       "use TO_CHAR",
	"time_bucket":    "use DATE_TRUNC, or DATEADD over a division of DATEDIFF",
}
