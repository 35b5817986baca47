// Package scalar holds the functions that lowered queries call where the
// engine's own SQL cannot give Redshift's answer: regular expressions with
// Redshift's parameters, formats of dates and numbers, time zones, hashes, SUPER
// arrays and objects. They are plain Go,
// without an engine; whoever opens an engine registers [All] first.
//
// Words: a Func is called with a row's arguments as Go values, by the kinds that
// it lists: string for VARCHAR, []byte for VARBYTE, int64 for BIGINT, float64 for
// DOUBLE PRECISION and bool for BOOLEAN. SUPER values go in and out as JSON text.
//
// Invariants:
//
//   - A function is pure: the same arguments give the same answer, on any thread.
//   - Where an argument is NULL the engine gives NULL and does not call.
//   - An error is for the reader of the query: lower case, with the value quoted
//     and what was expected.
//   - Every name starts with [Prefix]. None of them is in the catalogue of
//     internal/sql/function, so no query can call one.
//
// Performance: a call costs several times what the engine's own functions cost.
// Lowering calls these only where the query asks for what the engine lacks.
package scalar
