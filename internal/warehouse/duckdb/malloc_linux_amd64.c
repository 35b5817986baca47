//go:build !asan && !msan

// The engine plans a statement with tens of thousands of small objects, which it takes from
// the C library's malloc; its own allocator, jemalloc, serves its data alone. Here all that
// is not Go's takes memory from jemalloc: a program may define these functions, all of
// them, in place of the C library's (the GNU C library's manual, "Replacing malloc"). Sanitizers
// bring a malloc of their own. The engine's libraries for other systems were not looked at.

#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

extern void *duckdb_je_malloc(size_t);
extern void *duckdb_je_calloc(size_t, size_t);
extern void *duckdb_je_realloc(void *, size_t);
extern void duckdb_je_free(void *);
extern void *duckdb_je_aligned_alloc(size_t, size_t);
extern int duckdb_je_posix_memalign(void **, size_t, size_t);
extern void *duckdb_je_valloc(size_t);
extern size_t duckdb_je_malloc_usable_size(void *);

void *malloc(size_t size) { return duckdb_je_malloc(size); }
void *calloc(size_t count, size_t size) { return duckdb_je_calloc(count, size); }
void *realloc(void *memory, size_t size) { return duckdb_je_realloc(memory, size); }
void free(void *memory) { duckdb_je_free(memory); }
void *aligned_alloc(size_t alignment, size_t size) { return duckdb_je_aligned_alloc(alignment, size); }
void *memalign(size_t alignment, size_t size) { return duckdb_je_aligned_alloc(alignment, size); }
int posix_memalign(void **memory, size_t alignment, size_t size) { return duckdb_je_posix_memalign(memory, alignment, size); }
void *valloc(size_t size) { return duckdb_je_valloc(size); }
void *pvalloc(size_t size) {
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	if (size > SIZE_MAX - page) {
		errno = ENOMEM;
		return NULL;
	}
	return duckdb_je_valloc((size + page - 1) / page * page);
}
size_t malloc_usable_size(void *memory) { return duckdb_je_malloc_usable_size(memory); }
