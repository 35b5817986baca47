// Package corpus holds the tests that take every statement of
// internal/sql/testdata/corpus, files of SQL as analysts and administrators
// write it, through the steps of internal/sql. It has no code of its own: it is
// apart from the packages it tests because it links the engines.
//
// Words: the shape of a statement is its tree with names and literals blanked. A
// file whose name starts with select_ holds queries over the tables of
// catalog_test.go; the other files hold every other statement.
//
// Invariants:
//
//   - No two statements of the corpus have the same shape.
//   - Every statement prints to a text that parses to the same tree, and that
//     prints to the same text.
//   - Of the queries, testdata/refused.golden lists those that do not bind or do
//     not lower, with the reason; all others are prepared on the embedded engine.
//   - What PostgreSQL's own parser reads too, it reads the same in the text that
//     is printed; testdata/redshift_only.golden says what it cannot read.
package corpus
