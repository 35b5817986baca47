// Package function is the catalogue of the functions that Atoll's SQL knows: the
// allow-list that the binder checks every call against. A function that is not
// here is an error and never reaches an engine.
//
// Each entry says, in Redshift's terms, what a function takes, what it returns,
// whether it is a scalar, an aggregate or a window function, and whether its
// answer depends on the clock or on chance. How an engine computes it is not
// said here: internal/sql/lower has a table for each engine, and a test holds the
// two tables to the same names.
//
// Words: a family is the chapter of the Amazon Redshift Database Developer Guide
// that describes the function; one file here is one family. A parameter kind
// says which argument types are taken and what they are converted to. A rule
// gives the result type from the arguments' types.
package function
