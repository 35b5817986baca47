// Package warehouse says what Atoll asks of a database engine.
//
// Physical tables live in schema atoll_store, under names such as
// "smslogs.sends"; what users see are views over them, in the schemas that the
// project names. Raw rows carry _batch, _file and _row beside the declared
// columns; rows of views carry the run as _batch. What left a relation is kept
// for those that read its changes (see [Deltas]). Everything a batch does is one
// transaction (invariant I3): any error in it means Rollback, and Commit is
// called only after every step succeeded.
//
// Engines are subpackages; warehousetest holds the suite that each of them
// passes. The ledger (see ledger.go) is plain SQL shared by all engines.
package warehouse
