package duckdb

import (
	"runtime"
	"syscall"
	"testing"
	"time"
)

// TestMemoryIsKept: a statement finds the memory that one like it used seconds before, of
// which the engine's allocator would have given most back while others ran.
func TestMemoryIsKept(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("the engine has an allocator of its own on Linux only")
	}
	// Memory belongs to the thread that took it.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	w, err := Open(t.Context(), Options{Threads: 1})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	run := func(query string) (faults int64) {
		var before, after syscall.Rusage
		if err := syscall.Getrusage(syscall.RUSAGE_SELF, &before); err != nil {
			t.Fatal(err)
		}
		if _, err := w.db.ExecContext(t.Context(), query); err != nil {
			t.Fatal(err)
		}
		if err := syscall.Getrusage(syscall.RUSAGE_SELF, &after); err != nil {
			t.Fatal(err)
		}
		return after.Minflt - before.Minflt
	}
	const large = "SELECT count(*) FROM (SELECT range % 1_000_000 AS g, count(*) FROM range(3_000_000) GROUP BY ALL)"
	first := run(large)
	for start := time.Now(); time.Since(start) < 3*time.Second; {
		run("SELECT count(*) FROM (SELECT range % 10 AS g, count(*) FROM range(1_000) GROUP BY ALL)")
	}
	again := run(large)
	if t.Logf("page faults: %d, then %d", first, again); again > first*2/3 {
		t.Errorf("%d page faults, and then %d: the memory was given back", first, again)
	}
}
