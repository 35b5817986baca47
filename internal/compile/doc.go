// Package compile turns a project into a graph: which relation reads which, in
// what order they are built, and what is wrong with the SQL of the models. It is
// pure: it needs no warehouse, no engine and no credentials.
//
// Words: a node is a relation of the graph: a table of a source, a model's view,
// or a system table, such as the ledger's. A node is upstream of those that read
// it. A model is broken if its SQL does not parse or bind, if it reads itself,
// or if it reads a broken model. A selector names nodes in dbt's language.
//
// Invariants:
//   - A broken model stops only what reads it (I6): the graph is there, and all
//     other models in it are whole.
//   - Every fault is reported once, where it is: a model that reads a broken one
//     is marked, and not blamed.
//   - Nodes are in topological order, and by name where that leaves a choice, so
//     that the same project gives the same graph.
package compile
