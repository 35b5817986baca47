package duckdb

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/atolldata/atoll/internal/schema"
)

// engineTypes are the engine's types for Redshift's. The table of the physical
// layout in docs/format/warehouse.md says the same.
var engineTypes = map[schema.Kind]string{
	schema.Boolean: "BOOLEAN", schema.SmallInt: "SMALLINT", schema.Integer: "INTEGER", schema.BigInt: "BIGINT",
	schema.Real: "FLOAT", schema.Double: "DOUBLE", schema.Char: "VARCHAR", schema.Varchar: "VARCHAR",
	schema.Date: "DATE", schema.Time: "TIME", schema.TimeTZ: "TIME WITH TIME ZONE",
	schema.Timestamp: "TIMESTAMP", schema.TimestampTZ: "TIMESTAMP WITH TIME ZONE",
	schema.IntervalYM: "INTERVAL", schema.IntervalDS: "INTERVAL", schema.Super: "JSON", schema.Varbyte: "BLOB",
	schema.Unknown: "VARCHAR", // a column of bare NULLs
}

// engineType is the engine's type for a Redshift type. Lengths are not in it:
// DuckDB drops them, so the loader and the lowered queries keep them.
func engineType(t schema.Type) string {
	if t.Kind == schema.Decimal {
		return fmt.Sprintf("DECIMAL(%d,%d)", t.Precision, t.Scale)
	}
	return engineTypes[t.Kind]
}

// wordDigits are the digits of numbers that fit into 64 bits.
const wordDigits = 18

// columnDefs prints the columns of a CREATE TABLE.
func columnDefs(columns []schema.Column) string {
	stored := make([]resultColumn, len(columns))
	for i, c := range columns {
		stored[i] = resultColumn{storeColumn(c.Name), engineType(c.Type)}
	}
	return storedDefs(stored)
}

// storedDefs does so for the columns of a physical table.
func storedDefs(columns []resultColumn) string {
	defs := make([]string, len(columns))
	for i, c := range columns {
		defs[i] = quote(c.name) + " " + c.engineType
		if strings.HasPrefix(c.engineType, "DECIMAL") && schemaType(c.engineType).Precision > wordDigits {
			// The engine packs numbers of 128 bits and unpacks them at a microsecond each,
			// 100 times slower than it reads them as they are.
			defs[i] += " USING COMPRESSION uncompressed"
		}
	}
	return strings.Join(defs, ", ")
}

// schemaTypes are the types of the engine that a result can have, in Redshift's
// types; the narrow and the unsigned ones widen to what holds their values.
var schemaTypes = map[string]schema.Type{
	"BOOLEAN": {Kind: schema.Boolean}, "TINYINT": {Kind: schema.SmallInt}, "SMALLINT": {Kind: schema.SmallInt},
	"UTINYINT": {Kind: schema.SmallInt}, "INTEGER": {Kind: schema.Integer}, "USMALLINT": {Kind: schema.Integer},
	"BIGINT": {Kind: schema.BigInt}, "UINTEGER": {Kind: schema.BigInt},
	"UBIGINT": {Kind: schema.Decimal, Precision: 20}, "HUGEINT": {Kind: schema.Decimal, Precision: schema.MaxPrecision},
	"FLOAT": {Kind: schema.Real}, "DOUBLE": {Kind: schema.Double},
	"VARCHAR": {Kind: schema.Varchar}, "UUID": {Kind: schema.Varchar},
	"BLOB": {Kind: schema.Varbyte}, "JSON": {Kind: schema.Super},
	"DATE": {Kind: schema.Date}, "TIME": {Kind: schema.Time}, "TIME WITH TIME ZONE": {Kind: schema.TimeTZ},
	"TIMESTAMP": {Kind: schema.Timestamp}, "TIMESTAMP_S": {Kind: schema.Timestamp},
	"TIMESTAMP_MS": {Kind: schema.Timestamp}, "TIMESTAMP_NS": {Kind: schema.Timestamp},
	"TIMESTAMP WITH TIME ZONE": {Kind: schema.TimestampTZ}, "INTERVAL": {Kind: schema.IntervalDS},
}

// schemaType is the type of a result's column, by what DESCRIBE calls it: nested
// types are SUPER, and what is not known is Unknown.
func schemaType(name string) schema.Type {
	if strings.HasSuffix(name, "]") {
		return schema.Type{Kind: schema.Super}
	}
	if args, ok := strings.CutPrefix(name, "DECIMAL("); ok {
		precision, scale, _ := strings.Cut(strings.TrimSuffix(args, ")"), ",")
		p, _ := strconv.Atoi(precision)
		s, _ := strconv.Atoi(scale)
		return schema.Type{Kind: schema.Decimal, Precision: p, Scale: s}
	}
	if t, ok := schemaTypes[name]; ok {
		return t
	}
	switch kind, _, _ := strings.Cut(name, "("); kind {
	case "ENUM":
		return schema.Type{Kind: schema.Varchar}
	case "STRUCT", "MAP", "UNION":
		return schema.Type{Kind: schema.Super}
	}
	return schema.Type{}
}
