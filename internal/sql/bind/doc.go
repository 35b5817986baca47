// Package bind gives a parsed query its meaning: which relation every name is,
// which column every reference is, and the type of every expression, as Redshift
// would resolve and type them. It is pure; it asks a [Catalog] for relations.
//
// The tree is not changed. As in go/types, the answers are side tables keyed by
// node, in [Info]; a [Result] sums up what most callers want: output columns,
// relations read, lineage, warnings.
//
// Words:
//
//   - An item is one entry of a FROM clause: a relation, a subquery or a use of a
//     common table expression. Its columns are [Column]s; a USING join adds
//     merged columns that stand for a pair.
//   - An output is one column of a query's result, after stars are expanded.
//   - A position is a GROUP BY or ORDER BY key that names an output, by number or
//     by alias.
//   - A source is a column of a base relation. Each output has the sources that
//     its value comes from; package lineage tells what only filters, joins, groups
//     or orders.
//
// Invariants:
//
//   - Every error of a query is reported, not only the first, each with its
//     position, the source line and, for a name, the nearest known one.
//   - Only functions of internal/sql/function bind; whatever has no rule here is
//     an error, so that nothing unknown reaches an engine.
//   - After Bind without error every [ast.Expr] that has a value has a type, and
//     every column reference has a [Ref].
package bind
