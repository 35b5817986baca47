// Package ast is the syntax tree of Redshift's SQL.
//
// Words:
//
//   - A node is a pointer to a struct that embeds a [Span]: its place in the
//     text, in bytes. Nodes that a program makes may leave it zero.
//   - Names are folded to lower case, quoted ones too, as Redshift folds them;
//     the printers decide where quotes are needed.
//   - A [Statement] is a query or anything else that stands between semicolons;
//     the files stmt_* have a family of them each.
//   - A [Query] is WITH, a body, ORDER BY and LIMIT; its body is a [Select], a
//     [SetOp], a [Values] or, in parentheses, another [Query].
//
// The tree has one form for one meaning where the spelling does not matter to a
// reader: parentheses, MINUS for EXCEPT, LIMIT ALL, != for <>, ASC and the
// short form of a window frame leave no trace. Spellings that do matter to a
// reader stay: the four ways to write a cast, keyword arguments.
//
// Invariants:
//
//   - A tree is never changed by this package: [MapChildren] and [Rewrite] copy
//     what they change and share the rest. Side tables keyed by node stay valid.
//   - Every child is reached by [Inspect], so an analysis built on it misses
//     nothing when a node kind is added.
//   - [Equal] compares meaning as written and ignores positions.
//
// A few fields and nodes exist for trees that a lowering has made for an engine
// and never come out of the parser; their comments say so.
package ast
