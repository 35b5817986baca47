// What the allocator does beyond what the engine tells it to. jemalloc reads this variable
// last; where the engine is built without it, nobody does.
//
// It gives memory that is not used any more back to the system within a second, and taking
// it again costs a page fault for each 4 KiB: each hash table of a grouping has 2 MiB, and a
// tick makes dozens of them. So it keeps memory for a minute, which is how often ticks
// mostly are. What the engine may take as a whole is limited as before. The engine has
// large pieces treated as others are too, up to 256 MiB, but says so only after the first
// memory was taken.
const char *duckdb_je_malloc_conf_2_conf_harder = "oversize_threshold:268435456,dirty_decay_ms:60000";
