package duckdb

import (
	"runtime"
	"runtime/debug"
	"testing"
)

// TestBallast: half of the ballast's size in garbage is not worth collecting.
func TestBallast(t *testing.T) {
	inMemory(t)
	collections := func() uint32 {
		var stats runtime.MemStats
		runtime.ReadMemStats(&stats)
		return stats.NumGC
	}
	defer debug.SetGCPercent(debug.SetGCPercent(100))
	runtime.GC()
	before := collections()
	const piece = 64 << 10
	for range ballastBytes / 2 / piece {
		garbage = make([]byte, piece)
	}
	if n := collections() - before; n > 0 {
		t.Errorf("garbage was collected %d times", n)
	}
}

var garbage []byte
