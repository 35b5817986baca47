// Package lineage tells where the columns of a bound query come from: which
// columns of base relations, by which expressions, and in which part. It is pure.
//
// Words:
//
//   - A use is a column of a base relation that has a part in a column or in the
//     rows of a query. Its kind says which: it gives the value, or it only
//     filters, joins, groups, orders or cuts windows.
//   - A step is an expression that a value passes on its way: an alias, or a column
//     of a common table expression or subquery.
//
// Invariants:
//
//   - Changing a column that is no use of a column, nor of the rows, changes
//     neither. One thing is left out: ties are broken by all columns of the rows,
//     so that under LIMIT and in windows the order of ties may follow a column
//     that is no use.
package lineage
