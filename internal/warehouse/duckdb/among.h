// What among.c reads of the sets that set.go makes. A set's memory is Go's, and stays
// where it is for as long as the set is asked for.

#pragma once

#include <stdbool.h>
#include <stdint.h>

#define ATOLL_SETS 256         // as many as a number of one byte tells apart
#define ATOLL_PIECES (1 << 13) // of the range of a set's integers

// A set of integers: see numberSet.
struct atoll_numbers {
	int64_t low;
	uint32_t piece_bits, bin_bits, slot_bits;
	bool dense; // most pieces have keys
	const bool *pieces; // and one more, in which there are no keys
	// Of a piece without keys, the first one and the last of those around it without any.
	const uint16_t *gap_first, *gap_last;
	const uint64_t *bins; // bin_count of them, and more without keys
	uint64_t bin_count;
	const uint32_t *slots;
	const int64_t *keys;
};

// The sets of integers, by their numbers.
struct atoll_table {
	void *none; // a vector of the engine's: FALSE, for as many rows as there are
	struct atoll_numbers sets[ATOLL_SETS];
};

// The functions that the engine calls: of their info, a chunk, and the vector that they fill.
void atoll_among_int16(void *, void *, void *);
void atoll_among_int32(void *, void *, void *);
void atoll_among_int64(void *, void *, void *);
