package project

import (
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/schema"
)

// reservedSchemas belong to Atoll or to the engines.
var reservedSchemas = []string{
	"atoll", "atoll_store", "atoll_sql", "atoll_catalog", "pg_catalog", "information_schema", "public", "main", "temp", "system",
}

// systemColumns exist in every table of Redshift, so that none can be declared.
var systemColumns = []string{"oid", "tableoid", "xmin", "cmin", "xmax", "cmax", "ctid", "insertxid", "deletexid"}

// checkIdentifier checks a name that queries will use without quotes: a letter
// or _, then letters, digits, _ or $, at most 127 bytes ("Names and
// identifiers" in Redshift's documentation).
func checkIdentifier(what, name string) *fault.Error {
	for i, r := range name {
		if r == '_' || unicode.IsLetter(r) || i > 0 && (r == '$' || r >= '0' && r <= '9') {
			continue
		}
		return fault.New(fault.Config, "the %s name %q has %q at character %d", what, name, string(r), len([]rune(name[:i]))+1).
			WithHint("begin with a letter, then use letters, digits and _")
	}
	switch {
	case name == "":
		return fault.New(fault.Config, "the %s name is empty", what).WithHint("write a name")
	case len(name) > schema.MaxIdentifier:
		return fault.New(fault.Config, "the %s name %q has %d bytes, more than %d", what, name, len(name), schema.MaxIdentifier).
			WithHint("shorten it")
	}
	return nil
}

// checkSchema checks the name of a schema, which a source or a model gives.
func checkSchema(what, name string) *fault.Error {
	if e := checkIdentifier(what, name); e != nil {
		return e
	}
	if slices.Contains(reservedSchemas, name) || strings.HasPrefix(name, "pg_") {
		return fault.New(fault.Config, "the %s name %q is reserved", what, name).WithHint("choose another name")
	}
	return nil
}

// checkColumn checks the name of a declared column.
func checkColumn(name string) *fault.Error {
	switch {
	case strings.HasPrefix(name, "_"):
		return fault.New(fault.Config, "the column name %q begins with _, which Atoll keeps for itself", name).
			WithHint("rename it, and say where its value is with from")
	case slices.Contains(systemColumns, name):
		return fault.New(fault.Config, "the column name %q is reserved for a system column", name).
			WithHint("rename it, and say where its value is with from")
	}
	return checkIdentifier("column", name)
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
