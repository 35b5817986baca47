// Package parse reads Redshift's SQL into the tree of package ast.
//
// It is a lexer and a hand-written parser: recursive descent for clauses,
// precedence climbing for expressions. It is pure and never looks back: its time
// is linear in the length of the text.
//
// Words:
//
//   - A word is a keyword or a plain name; which of the two, the parser decides
//     by where it stands. Redshift's reserved words are names only in double
//     quotes, after AS in a select list, or after a dot.
//   - A command is a statement that neither asks for rows nor changes them.
//   - A slip is a mistake common enough to have a hint of its own.
//
// Invariants:
//
//   - No text makes it panic, and no tree it returns is deeper than code that
//     walks trees by recursion can bear (see [MaxNesting] and [MaxChain]).
//   - Every error is a [fault.List] of faults with line, column and source line.
//   - Comments are skipped, so that a whole file can be given, with a header
//     before the query, and positions are places in the file.
//   - What is not part of the language is an error, never passed over.
//   - No fault shows a password or a key: of a statement that may hold some it shows
//     the line up to the mistake, with stars for what is secret.
//   - A text of several statements yields the first fault of each; reading goes on
//     behind a statement that leaves a bracket or a quote open.
package parse
