// Package result writes the answer of a query in the formats that people and
// tools read: an aligned table, CSV, JSON and Parquet.
//
// Invariants: every value is exact. Numbers keep all their digits in every
// format, and none passes through a float that is not one; times are UTC; NULL
// and the empty text are told apart. Rows are written as they come, so that an
// answer of any length needs little memory.
package result
