// Package format lays SQL text out anew: the statements as the printer of
// Redshift's SQL writes them, with the comments of the text among them.
//
// Words:
//
//   - A gap is what stands between two tokens of the text: comments and blanks.
//   - A comment is trailing if a token precedes it on its line and none follows;
//     it has its own line if none does either; else it is inline.
//
// Invariants:
//
//   - The statements that [Text] returns are those that it was given, and so are
//     the comments and their order; it checks this itself, and fails rather than
//     return anything else.
//   - Text of its own result is that result.
package format
