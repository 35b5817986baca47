// Command bench measures Atoll against the bare engine, side by side in one
// run: each side is a process of its own, the two alternate, and medians are
// compared. Run it by make bench.
//
// It loads the same rows by atoll run, into a new project without views, and by
// the engine's own reader into a new database file, checkpoint included; it
// loads a thousand files of which one has a bad row, and the same without it;
// it reads, parses, binds and cross-checks a thousand models; and it parses a
// long query and deeply nested ones.
//
// It also lets projects receive small batches after long histories, and compares
// refreshing their views with computing them anew and with SQL written by hand:
// the sms example's views; the same tick after histories of several sizes; a view
// of many groups; sessions; and the storage that a thousand ticks leave. Ticks after
// several histories take turns, first in the process that built the views and then by
// atoll run, each a process of its own, and so do those of the sms example, its views computed
// anew, and SQL by hand. Data come in three orders ([arrivals]). A checkpoint after each
// refresh counts as part of it; loading is apart.
//
// A load that is fast and wrong is no result: after each load the rows, the
// ledger with its checksums, the manifests and their commit are compared with
// what was generated, and the process's peak memory with its bound; after the
// refreshes, what the views hold with what they hold computed anew. What is
// measured has no such bound: machines differ, and docs/performance.md says what
// to expect.
package main
