//go:build !asan && !msan

package duckdb

import (
	"debug/elf"
	"os"
	"testing"
)

// TestMallocIsReplaced: libraries find the program's functions, all of them, so that memory
// is given back to who gave it.
func TestMallocIsReplaced(t *testing.T) {
	path, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	program, err := elf.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer program.Close()
	symbols, err := program.DynamicSymbols()
	if err != nil {
		t.Fatal(err)
	}
	defined := map[string]bool{}
	for _, s := range symbols {
		defined[s.Name] = s.Section != elf.SHN_UNDEF
	}
	for _, name := range []string{"malloc", "calloc", "realloc", "free", "aligned_alloc", "memalign", "posix_memalign", "valloc", "pvalloc", "malloc_usable_size"} {
		if !defined[name] {
			t.Errorf("libraries do not find the program's %s", name)
		}
	}
}
