package warehouse

import "errors"

// Causes that a caller acts on; errors.Is finds them in what an engine returns.
//
// Faults that an engine returns are of code Data where the statement's data or
// query is at fault, of code Name where a relation is missing, and of code
// Engine where the engine or its machine is (memory, disk, I/O): never blame
// the latter on a view.
var (
	// ErrUnclear says that Commit failed in a way that leaves open whether the
	// transaction was kept. Read the ledger again before retrying anything.
	ErrUnclear = errors.New("it is not known whether the commit was kept")
	// ErrInvalid says that the engine has given up on this instance, after a
	// full disk for example. Close the warehouse, open it again and read the
	// ledger.
	ErrInvalid = errors.New("the warehouse has to be closed and opened again")
)
