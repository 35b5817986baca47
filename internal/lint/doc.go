// Package lint holds the tree to its own rules. It has tests only; make lint
// and make test run them.
//
// The rules: imports point down the list in [docs/architecture.md]; adapters of
// one interface know nothing of each other; suites and servers for tests are
// imported by tests only; every package says what it is for, once; files and
// functions are short enough to be read; direct dependencies are explained;
// links between documents lead somewhere.
//
// Each rule is one function from a tree to the places that break it, so that
// the tests show both: this tree keeps it, and a small tree that breaks it is
// found out.
//
// [docs/architecture.md]: ../../docs/architecture.md
package lint
