// Package view says how a model's view is kept: the query whose rows it holds,
// in the engine's words, and the plan by which it is refreshed. It is pure.
//
// Words: the fingerprint of a view changes whenever it has to be built anew; a
// session is a run of rows of one partition in which each follows the one
// before by at most the gap.
//
// Invariant: the query of a view gives one answer (I2). What SQL leaves open,
// lowering has decided; ids of sessions depend on their rows alone.
package view
