// Package pipeline runs ticks: one pass that lists sources, lands what is new
// in the lake, loads it in batches, refreshes the views that are due with the
// last of them, and commits.
//
// Words: a [Project] here is a project folder with its lake and its warehouse
// open. A tick has a label, the time it stands for. A file is turned away when
// none of it is loaded; a view is broken when its model no longer binds, and
// failed when its query failed.
//
// Invariants: a batch's ledger rows, raw rows, bookmarks and the views
// refreshed with it commit together (I3). What a batch will do is in the lake
// before the warehouse does it, and marked there after the warehouse committed
// it, so that either can be brought level with the other at the next start
// (I3, I4). A file or view that fails is cut out and the batch is done again
// without it (I6).
package pipeline
