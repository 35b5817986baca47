package duckdb

import "sync"

// ballast is memory that Go counts and nobody touches, so that it takes none. The engine's
// memory is not Go's: of a process that has gigabytes Go sees 4 MB, and would collect
// garbage after as many again, several times in a tick, on a core that the engine has use
// for. With ballast it does so after ballastBytes. A higher GOGC would let large heaps grow
// as well. A GOMEMLIMIT counts ballast too.
var ballast = sync.OnceValue(func() []byte { return make([]byte, ballastBytes) })

const ballastBytes = 64 << 20
