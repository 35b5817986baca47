// Package query answers one SELECT of a user over a warehouse.
//
// Every client comes this way, the command line included: exactly one query,
// parsed, bound over the relations that the client may see, lowered, and printed
// again from the tree. The text that a user wrote never reaches the engine.
//
// Invariants: what the parser does not know is a syntax fault; a relation that
// is not in the catalogue, or a function that is not on the allow-list
// (internal/sql/function), is a fault before the engine is asked. A query reads
// one committed state.
//
// Subpackage result writes answers in the formats that people and tools read.
package query
