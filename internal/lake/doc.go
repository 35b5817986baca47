// Package lake keeps files as they arrived and the record of what was done
// with them: objects, ledger rows, manifests and bookmarks.
//
// The lake is the truth (invariant I4). Objects are immutable and named by
// their content; objects already in an object store that keeps versions are
// referenced where they are. Each batch has a folder of its own:
//
//	objects/ab/abcdef....json.gz      a file's bytes, named by SHA-256
//	manifests/0000000001/smslogs.sends.manifest   Redshift's manifest form, one a table
//	manifests/0000000001/batch.json   the ledger rows and the bookmarks after it
//	manifests/0000000001/committed    the marker: the warehouse committed it
//
// Replaying the committed batches in order rebuilds the ledger and the rows.
// docs/format/lake.md specifies every file.
//
// Invariants:
//   - What is at a key is whole: it is written aside, made durable, and then
//     given its name. What a returned call wrote survives a crash; objects do
//     after Settle, so that the disk works while they are loaded.
//   - Nothing that is committed changes: neither objects nor batches.
//   - Nothing in batch.json depends on where a lake in a folder is, so that a
//     project folder can be moved. A manifest's URLs are absolute, for others.
//   - A lake has one writer: one [Lake] in the process that holds the warehouse.
//     Its methods may be called from any goroutine.
package lake
