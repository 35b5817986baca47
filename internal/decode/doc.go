// Package decode turns the bytes of lake files, JSON lines and CSV, into typed
// columns, and sets apart the rows that cannot be converted.
//
// It is the one place that decides whether a row is valid: what Redshift's COPY
// would refuse is a reject, whatever an engine would make of it. Parquet files
// carry their types and are read by the engine; only [Complete] knows them.
//
//	file --[Open]--> text --[Decoder.Split]--> blocks of whole records --[Decoder.Decode]--> batches, rejects
//
// Words: a record is the text of one row, with the line break that ends it. A
// block is a piece of a file that holds whole records only. A batch is up to
// [BatchRows] rows in columns. A shape is the text between the values of a JSON
// record, which records of one file tend to share.
//
// Invariants:
//   - Nothing is lost and nothing twice (I1): every record of a block becomes
//     one row of a batch or one [Reject].
//   - A record's row and line numbers do not depend on where blocks begin or in
//     which order they are decoded.
//   - No input panics, and memory is bounded: a record of more than [MaxRecord]
//     bytes is rejected without being held.
//   - A guess about a record only makes it faster. Whatever a guess does not
//     cover is decoded again by the full parser, which also finds the reason.
//
// docs/loading.md lists formats, conversions and what becomes of odd files.
package decode
