// What the engine's allocator, jemalloc, does beyond what the engine tells it to. It reads
// this variable last, after DUCKDB_JE_MALLOC_CONF; where the engine is built without it,
// nobody does.
//
// It gives memory that is not used any more back to the system within a second, and taking
// it again costs a page fault for each 4 KiB: each hash table of a grouping has 2 MiB, and a
// tick makes dozens of them. So it keeps memory for a minute, which is how often ticks
// mostly are. The rest is what the engine wants, but tells only after the first memory was
// taken (malloc_linux_amd64.c): pieces of up to 256 MiB are treated as smaller ones are, and
// there is an arena for each processor. With more than two for each, idle threads would empty
// theirs.
const char *duckdb_je_malloc_conf_2_conf_harder =
	"oversize_threshold:268435456,narenas_ratio:1,dirty_decay_ms:60000,muzzy_decay_ms:60000";
