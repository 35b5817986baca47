// Package duckdb is the embedded warehouse: one file, held by one process.
//
// Physical tables live in schema atoll_store and what users see are views over
// them (docs/format/warehouse.md). JSON and CSV files come in through a table
// function over internal/decode, whose rows are written straight into the
// engine's vectors; Parquet files are read by the engine itself.
//
// Words: the writer is the one connection that holds the write transaction;
// readers are all others and see the last committed state. A feed is what
// streams the files of one load into the engine. The holder of a warehouse is
// the process that has its lock file. A log is the table of the rows that left a
// relation. A lookup finds the rows that have some keys; its probes are the columns
// that the scan compares with sets of values of the keys, and islands are ranges that
// hold all its keys and little else. The memory of a warehouse is what is known of
// its tables, from the last commit to the next transaction. An instance is the engine
// from its beginning to its end; a warehouse has one at a time, and renews it.
//
// Invariants:
//   - One writer at a time, in one process (I3). Any error in a transaction
//     makes Rollback the only thing that is left: DuckDB can report success for
//     a COMMIT after an error and keep nothing, or half.
//   - The engine reaches the warehouse's own files, its scratch folder and the
//     folders it was opened with, and its configuration is locked, but for what
//     checkpoints merge.
//   - An instance ends under no reader and no transaction (but when the warehouse is
//     closed), and nothing of it is used afterwards.
//   - The engine never holds memory that belongs to Go, and no panic reaches it.
//   - No keys and no indexes: they cost half again at load and help no join.
package duckdb
