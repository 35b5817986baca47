// Package types holds Redshift's typing rules: what arithmetic returns, which
// types compare, which conversions happen by themselves and which a query may
// ask for.
//
// It is pure functions over [schema.Type]. The binder applies them, the function
// catalogue builds its result types from them, and lowering reads from them what
// an operand was converted to.
//
// Words: two types are compatible if they have a common type; an implicit
// conversion is one that Redshift inserts in an expression; an explicit
// conversion is one that CAST may do. Unknown, the type of NULL and of a string
// literal, converts to everything.
//
// Rules cite pages of the Amazon Redshift Database Developer Guide by title.
package types
