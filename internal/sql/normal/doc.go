// Package normal writes a bound query in a plain form that says the same, so
// that whoever takes queries apart has few forms to know.
//
// In the plain form
//
//   - every FROM item has an alias that no other item of the whole query has, and
//     every column is written alias.column, with the path into a SUPER value
//     behind it;
//   - there is no star but that of COUNT(*), no WITH, EXCLUDE, TOP (which becomes
//     LIMIT), USING, NATURAL, (+), PIVOT or UNPIVOT, no named window, and no name
//     that stands for an output of the same SELECT;
//   - every output of every SELECT has an alias; below the top no two outputs of
//     a query have the same name;
//   - only VALUES and unnested SUPER values have a list of column names behind
//     their alias: FROM t AS t, t.items AS i (value, n) AT n, and i.value is what
//     the name i alone stood for;
//   - GROUP BY lists the expressions themselves, each once, and a key that is an
//     output is written as in the select list; parentheses stand there only within
//     grouping sets, and as () where nothing else tells that the rows are grouped;
//   - ORDER BY names outputs by their number; below the top it stands only with
//     LIMIT or OFFSET;
//   - no row is equal to a row: their values are; HLL stands in windows only;
//   - a query in parentheses stands in a set operation only where it has a LIMIT
//     or an OFFSET of its own.
//
// Commas in FROM stay. Each use of a common table expression becomes a subquery
// of its own; [Result.SameAs] tells which of them were one.
//
// The plain form is Redshift's SQL as well: bound again it has the same columns
// and types, lowered again the same answer, ties included. It is the plain form
// of itself. Its nodes are its own, each in one place; they keep the place in the
// text that they were written at, or have that of what they were made of.
package normal
