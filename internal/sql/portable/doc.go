// Package portable takes a bound query to any of the engines that a project may
// run on: it says what an engine cannot run of it, and writes what it would run.
//
// Words: an [Engine] is DuckDB, which is embedded, Redshift or PostgreSQL. A
// query is portable to an engine if [Lower] takes it without a fault.
//
// Invariants:
//
//   - Every fault has the place in the query and, where there is one, the nearest
//     form that runs on the engine.
//   - All faults of a query are found in one go.
//   - What Redshift's guide does not have is a fault for Redshift, though some of
//     it may happen to run there.
package portable
