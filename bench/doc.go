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
// A load that is fast and wrong is no result: after each load the rows, the
// ledger with its checksums, the manifests and their commit are compared with
// what was generated, and the process's peak memory with its bound. What is
// measured has no such bound: machines differ, and docs/performance.md says what
// to expect.
package main
