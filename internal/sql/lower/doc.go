// Package lower turns a bound query of Redshift's SQL into the tree of a query
// that an engine answers as Redshift would. It is pure and makes a new tree.
//
// [DuckDB] and [PostgreSQL] share what engines agree on; what one says in its own
// way is behind the interface engine. [Redshift] has little to do.
//
// What lowering relies on in the engine is listed in one place each: [Prelude]
// and [PostgresPrelude] have the macros and functions, in schema atoll_sql,
// [Settings] and [PostgresSettings] the settings. Whoever opens the engine applies
// them first.
//
// Words:
//
//   - A rule says how one function of internal/sql/function is written for the
//     engine. The catalogue and the rules have the same names; a test holds them
//     to it.
//   - A tie is an order that leaves rows equal where the answer depends on which
//     comes first. Ties are broken by all columns of the rows.
//
// Invariants:
//
//   - Every expression comes out in the engine's type for its Redshift type.
//   - Stars are expanded, every column is qualified, implicit conversions and
//     NULL orders are spelled out: nothing is left to the engine's own rules.
//   - A key of GROUP BY is written the same wherever it stands after grouping.
//   - What the engine cannot answer the same way is an Unsupported fault with its
//     position, never another answer.
package lower
