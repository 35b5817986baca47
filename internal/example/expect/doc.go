// Package expect computes what the views of an example must hold, from the
// example's data files, in plain Go: encoding/json, encoding/csv, maps and loops.
//
// Nothing in it goes through SQL or through Atoll, so that a view and its
// expectation agree only if both are right. The meaning of a view is what its
// @doc says; the loops follow that, not the query.
//
// Words: a [Table] is a bag of rows. A [Decimal] is an exact number, a float64
// one that is compared with a tolerance of [Tolerance]. A [Session] stands for a
// session id, whose value is Atoll's own affair: what is compared is which rows
// share one.
package expect
