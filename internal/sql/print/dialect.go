package print

import (
	"fmt"
	"strings"

	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/token"
)

// dialect is what differs between engines.
type dialect struct {
	reserved    func(word string) bool // words that are names only in quotes
	callable    func(word string) bool // words that need no quotes as a function in an expression
	str         func(value string) string
	typeName    func(t schema.Type) string
	array       [2]string // what stands around the elements of an array
	convert     bool      // CONVERT(type, x) is a cast
	nullsInside bool      // IGNORE NULLS stands inside the parentheses of a call
	limitTwice  bool      // a query in parentheses may have a second ORDER BY or LIMIT
}

var redshift = dialect{
	reserved: func(w string) bool { return token.IsReserved(w) || special[w] },
	callable: func(w string) bool { return w == "left" || w == "right" },
	// Redshift reads a backslash in a string as an escape.
	str:      func(v string) string { return quoteString(escapes.Replace(v)) },
	typeName: schema.Type.String,
	array:    [2]string{"ARRAY(", ")"},
	convert:  true,

	limitTwice: true,
}

// escapes are what has to be escaped in a string of Redshift. A NUL character
// stands only in NULL AS of COPY and UNLOAD.
var escapes = strings.NewReplacer(`\`, `\\`, "\x00", `\000`)

// special are words that are not reserved in Redshift but read as more than a
// name where an expression, a call, a FROM item, a WITH query or a window starts.
var special = words(`
	convert cube current exists extract groups lateral overlay position prior range
	recursive rollup row rows try_cast unbounded values`)

var duckdb = dialect{
	reserved:    func(w string) bool { return duckdbKeywords[w] || special[w] },
	callable:    func(w string) bool { return !duckdbReserved[w] && !special[w] },
	str:         quoteString,
	typeName:    duckdbType,
	array:       [2]string{"[", "]"},
	nullsInside: true,
}

func quoteString(v string) string { return "'" + strings.ReplaceAll(v, "'", "''") + "'" }

// duckdbType is the type that holds the values of a Redshift type in DuckDB,
// which knows no lengths of character data.
func duckdbType(t schema.Type) string {
	switch t.Kind {
	case schema.Char, schema.Varchar, schema.Unknown:
		return "varchar"
	case schema.Decimal:
		return fmt.Sprintf("decimal(%d,%d)", t.Precision, t.Scale)
	case schema.Double:
		return "double"
	case schema.IntervalYM, schema.IntervalDS:
		return "interval"
	case schema.Super:
		return "json"
	case schema.Varbyte:
		return "blob"
	default:
		return t.String()
	}
}

func words(list string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(list) {
		m[w] = true
	}
	return m
}

// duckdbReserved are DuckDB's reserved words: duckdb_keywords(), category
// "reserved", in version 1.5.
var duckdbReserved = words(`
	all analyse analyze and any array as asc asymmetric both case cast check
	collate column constraint create default deferrable desc describe distinct do
	else end except false fetch for foreign from group having in initially
	intersect into lambda lateral leading limit not null offset on only or order
	pivot pivot_longer pivot_wider placing primary qualify references returning
	select show some summarize symmetric table then to trailing true union unique
	unpivot using variadic when where window with`)

// duckdbKeywords are those and the words that DuckDB takes as a name in some
// places only (the categories "type_function" and "column_name").
var duckdbKeywords = func() map[string]bool {
	m := words(`
		anti asof at authorization binary by collation columns concurrently cross
		freeze full
		generated glob ilike inner is isnull join left like map natural notnull
		outer overlaps positional right semi similar struct tablesample try_cast
		unpack verbose
		between bigint bit boolean char character coalesce columns dec decimal
		exists extract float grouping grouping_id inout int integer interval national nchar
		none nullif numeric out overlay position precision real row setof smallint
		substring time timestamp treat trim values varchar xmlattributes xmlconcat
		xmlelement xmlexists xmlforest xmlnamespaces xmlparse xmlpi xmlroot
		xmlserialize xmltable`)
	for w := range duckdbReserved {
		m[w] = true
	}
	return m
}()
