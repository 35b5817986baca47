package print

import (
	"fmt"

	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/ast"
)

// PostgreSQL prints a tree that was lowered to PostgreSQL's vocabulary.
func PostgreSQL(n ast.Node) string { return text(&postgres, n) }

var postgres = dialect{
	reserved: func(w string) bool { return postgresKeywords[w] || special[w] },
	callable: func(w string) bool { return !postgresReserved[w] && !special[w] },
	str:      quoteString,
	typeName: postgresType,
	array:    [2]string{"ARRAY[", "]"},
}

// postgresType is the type that holds the values of a Redshift type in
// PostgreSQL. Character data is text: lengths are bytes in Redshift and
// characters there, so that lowering cuts it.
func postgresType(t schema.Type) string {
	switch t.Kind {
	case schema.Char, schema.Varchar, schema.Unknown:
		return "text"
	case schema.Decimal:
		return fmt.Sprintf("numeric(%d,%d)", t.Precision, t.Scale)
	case schema.Double:
		return "double precision"
	case schema.IntervalYM, schema.IntervalDS:
		return "interval"
	case schema.Super:
		return "jsonb"
	case schema.Varbyte:
		return "bytea"
	default:
		return t.String()
	}
}

// postgresReserved are PostgreSQL's reserved words: pg_get_keywords(), catcode R,
// of versions 15 to 17.
var postgresReserved = words(`
	all analyse analyze and any array as asc asymmetric both case cast check
	collate column constraint create current_catalog current_date current_role
	current_time current_timestamp current_user default deferrable desc distinct
	do else end except false fetch for foreign from grant group having in
	initially intersect into lateral leading limit localtime localtimestamp not
	null offset on only or order placing primary references returning select
	session_user some symmetric system_user table then to trailing true union
	unique user using variadic when where window with`)

// postgresKeywords are those and the words that PostgreSQL takes as a name in
// some places only (catcodes T and C).
var postgresKeywords = func() map[string]bool {
	m := words(`
		authorization binary collation concurrently cross current_schema freeze full
		ilike inner is isnull join left like natural notnull outer overlaps right
		similar tablesample verbose
		between bigint bit boolean char character coalesce dec decimal exists extract
		float greatest grouping inout int integer interval json json_array
		json_arrayagg json_exists json_object json_objectagg json_query json_scalar
		json_serialize json_table json_value least merge_action national nchar none
		normalize nullif numeric out overlay position precision real row setof
		smallint substring time timestamp treat trim values varchar xmlattributes
		xmlconcat xmlelement xmlexists xmlforest xmlnamespaces xmlparse xmlpi xmlroot
		xmlserialize xmltable`)
	for w := range postgresReserved {
		m[w] = true
	}
	return m
}()
