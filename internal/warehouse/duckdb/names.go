package duckdb

import (
	"strings"

	"github.com/atolldata/atoll/internal/schema"
)

// store is the schema of the physical tables.
const store = "atoll_store"

// versionMark separates a relation's name from the number of its physical table.
const versionMark = "@"

// quote makes an identifier of any text.
func quote(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// literal makes a string literal of any text.
func literal(text string) string { return `'` + strings.ReplaceAll(text, `'`, `''`) + `'` }

// public is the relation that users see.
func public(n schema.Name) string { return quote(n.Schema) + "." + quote(n.Name) }

// escapeName keeps the marks in physical names apart from those in users' names.
var escapeName = strings.NewReplacer("%", "%25", ".", "%2E", versionMark, "%40")

// storeName is the physical table's name: two relations never share one.
func storeName(n schema.Name) string {
	return escapeName.Replace(n.Schema) + "." + escapeName.Replace(n.Name)
}

// stored is the relation of a physical table's name.
func stored(name string) string { return quote(store) + "." + quote(name) }

// quoteAll quotes each name and joins them by commas.
func quoteAll(names []string) string {
	quoted := make([]string, len(names))
	for i, n := range names {
		quoted[i] = quote(n)
	}
	return strings.Join(quoted, ", ")
}
