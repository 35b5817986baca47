// Which integers of a vector are in a set. This is C, as a scan asks five thousand times in
// ten milliseconds: calls into Go, and from there into the engine for each part of a
// chunk, take nearly as long as reading the values does.

#include <string.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "among.h"

// The engine's functions (duckdb.h), which the driver brings along.
extern void *duckdb_scalar_function_get_extra_info(void *info);
extern uint64_t duckdb_data_chunk_get_size(void *chunk);
extern void *duckdb_data_chunk_get_vector(void *chunk, uint64_t column);
extern void *duckdb_vector_get_data(void *vector);
extern uint64_t *duckdb_vector_get_validity(void *vector);
extern void duckdb_vector_reference_vector(void *to, void *from);
extern void duckdb_scalar_function_set_error(void *info, const char *message);

static bool bit(const uint64_t *bits, uint64_t i) { return bits[i / 64] >> (i % 64) & 1; }

// How far an integer is above the least key. The difference has no sign, so that those
// below are far above it.
static inline uint64_t above(const struct atoll_numbers *set, int64_t x) { return (uint64_t)x - (uint64_t)set->low; }

// Whether there are keys in the piece that is so far above the least key.
static inline bool keyed(const struct atoll_numbers *set, uint64_t distance) {
	uint64_t piece = distance >> set->piece_bits;
	return set->pieces[piece < ATOLL_PIECES ? piece : ATOLL_PIECES];
}

// Whether x is one of the keys, of which there are some: hashNumber has spread them over
// the slots.
static bool has(const struct atoll_numbers *set, int64_t x) {
	const uint64_t golden = 0x9E3779B97F4A7C15, mask = (UINT64_C(1) << set->slot_bits) - 1;
	uint64_t h = (uint64_t)x * golden;
	h = (h ^ h >> 32) * golden;
	for (uint64_t slot = h >> (64 - set->slot_bits); set->slots[slot] != 0; slot = (slot + 1) & mask) {
		if (set->keys[set->slots[slot] - 1] == x) return true;
	}
	return false;
}

// Value i of integers of so many bytes.
static inline int64_t at(const void *values, int size, uint64_t i) {
	switch (size) {
	case 2: return ((const int16_t *)values)[i];
	case 4: return ((const int32_t *)values)[i];
	}
	return ((const int64_t *)values)[i];
}

// Whether there are keys in the piece of value i.
static inline bool near(const struct atoll_numbers *set, const void *values, int size, uint64_t i) {
	return keyed(set, above(set, at(values, size, i)));
}

// Whether there are keys in the piece of any of the eight values from i on.
static inline bool near8(const struct atoll_numbers *set, const void *values, int size, uint64_t i) {
	return near(set, values, size, i) | near(set, values, size, i + 1) | near(set, values, size, i + 2) |
		near(set, values, size, i + 3) | near(set, values, size, i + 4) | near(set, values, size, i + 5) |
		near(set, values, size, i + 6) | near(set, values, size, i + 7);
}

// Whether the bins of any of the eight values from i on have keys. Where these are in most
// pieces, as hashes are, asking for pieces would be in vain.
static inline bool binned8(const struct atoll_numbers *set, const void *values, int size, uint64_t i) {
	uint64_t any = 0;
	for (uint64_t j = i; j < i + 8; j++) {
		uint64_t bin = above(set, at(values, size, j)) >> set->bin_bits;
		any |= bit(set->bins, bin < set->bin_count ? bin : set->bin_count);
	}
	return any;
}

// Whether value i is one of the keys.
static inline bool is_key(const struct atoll_numbers *set, const void *values, int size, uint64_t i) {
	int64_t x = at(values, size, i);
	uint64_t distance = above(set, x);
	return keyed(set, distance) && bit(set->bins, distance >> set->bin_bits) && has(set, x);
}

// A stretch of integers in which there are no keys: so many, from low on.
struct gap { uint64_t low, width; };

static inline bool in_gap(struct gap g, int64_t x) { return (uint64_t)x - g.low < g.width; }

// The gap that x is in. It has no width if there are keys in x's piece, or x is out of
// their range.
static struct gap gap_of(const struct atoll_numbers *set, int64_t x) {
	uint64_t piece = above(set, x) >> set->piece_bits;
	if (piece >= ATOLL_PIECES || set->pieces[piece]) return (struct gap){0, 0};
	uint64_t first = set->gap_first[piece], last = set->gap_last[piece];
	return (struct gap){(uint64_t)set->low + (first << set->piece_bits), (last - first + 1) << set->piece_bits};
}

// The first value from i on, of eight at a time, where there may be keys in the piece of
// one of the eight, or where fewer than eight are left. Values that lie in order are mostly
// in one gap, which four of them are compared with at once: that takes less than half of
// asking for the piece of each.
#if defined(__x86_64__)
__attribute__((target("avx2"))) static uint64_t skip_gaps(const struct atoll_numbers *set, const int64_t *values, uint64_t i, uint64_t n) {
	const __m256i sign = _mm256_set1_epi64x(INT64_MIN); // makes signed comparisons those of numbers without a sign
	struct gap g = {0, 0};
	__m256i low = sign, last = sign;
	for (; i + 8 <= n; i += 8) {
		__m256i a = _mm256_sub_epi64(_mm256_loadu_si256((const __m256i *)(values + i)), low);
		__m256i b = _mm256_sub_epi64(_mm256_loadu_si256((const __m256i *)(values + i + 4)), low);
		__m256i out = _mm256_or_si256(_mm256_cmpgt_epi64(_mm256_xor_si256(a, sign), last), _mm256_cmpgt_epi64(_mm256_xor_si256(b, sign), last));
		if (g.width > 0 && _mm256_testz_si256(out, out)) continue;
		if (near8(set, values, 8, i)) return i;
		if (in_gap(g, values[i + 7])) continue;
		g = gap_of(set, values[i + 7]);
		low = _mm256_set1_epi64x((int64_t)g.low);
		last = _mm256_xor_si256(_mm256_set1_epi64x((int64_t)(g.width - 1)), sign);
	}
	return i;
}

static bool skips(int size) { return size == 8 && __builtin_cpu_supports("avx2"); }
#else
static uint64_t skip_gaps(const struct atoll_numbers *set, const int64_t *values, uint64_t i, uint64_t n) { return i; }

static bool skips(int size) { return false; }
#endif

#define WORTH_SKIPPING 64 // values; where gaps are narrower, they are not looked for

// The values are looked at eight at a time, as mostly none of those next to each other is
// in a piece with keys. A vector without any is told as one value for all its rows, which
// spares the engine to look at each.
static inline void among(void *info, void *chunk, void *result, int size) {
	const struct atoll_table *table = duckdb_scalar_function_get_extra_info(info);
	uint64_t n = duckdb_data_chunk_get_size(chunk);
	void *vector = duckdb_data_chunk_get_vector(chunk, 0);
	const void *values = duckdb_vector_get_data(vector);
	const uint64_t *valid = duckdb_vector_get_validity(vector);
	const uint8_t *number = duckdb_vector_get_data(duckdb_data_chunk_get_vector(chunk, 1));
	bool *found = duckdb_vector_get_data(result), any = false;
	if (n == 0) return;
	const struct atoll_numbers *set = &table->sets[number[0]];
	if (set->pieces == NULL) {
		duckdb_scalar_function_set_error(info, "the lookup failed: it asks for a set that there is not");
		return;
	}
	memset(found, 0, n);
	bool skipping = skips(size) && !set->dense;
	for (uint64_t i = 0; i < n; i += 8) {
		if (skipping) {
			uint64_t from = i;
			i = skip_gaps(set, values, i, n);
			skipping = i - from >= WORTH_SKIPPING;
		}
		uint64_t end = i + 8 <= n ? i + 8 : n;
		if (end == i + 8 && !(set->dense ? binned8(set, values, size, i) : near8(set, values, size, i))) continue;
		for (uint64_t j = i; j < end; j++) {
			found[j] = is_key(set, values, size, j) && (valid == NULL || bit(valid, j));
			any |= found[j];
		}
	}
	if (!any) duckdb_vector_reference_vector(result, table->none);
}

void atoll_among_int16(void *info, void *chunk, void *result) { among(info, chunk, result, 2); }
void atoll_among_int32(void *info, void *chunk, void *result) { among(info, chunk, result, 4); }
void atoll_among_int64(void *info, void *chunk, void *result) { among(info, chunk, result, 8); }
