// Package print writes the tree of package ast as text, for Redshift or for an
// engine.
//
// There is one printer; a dialect is a small table of what engines spell in
// their own way: which names need quotes, how strings and types are written,
// where IGNORE NULLS stands. The text is laid out for people: a clause to a line
// where a query does not fit into one.
//
// Invariants:
//
//   - What [Redshift] prints of a parsed tree parses to the same tree, but for
//     positions, and printing that gives the same text.
//   - Parentheses stand only where the tree needs them, and also where Redshift's
//     old operator precedences and PostgreSQL's would disagree.
//   - A dialect changes spelling, never meaning: turning Redshift's meaning into
//     an engine's is lowering, which is done on the tree. What an engine has no
//     spelling for is printed as in Redshift, so that the engine refuses it.
package print
