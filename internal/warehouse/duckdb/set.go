package duckdb

// #include "among.h"
import "C"

import (
	"bytes"
	"encoding/binary"
	"hash/maphash"
	"maps"
	"math"
	"math/bits"
	"runtime"
	"slices"
	"strconv"
	"unsafe"
)

const (
	mostKeys  = 1 << 20  // values of the sets of a lookup: of numbers, 30 MB with what finds them
	mostBytes = 32 << 20 // of the texts of a set
)

// set is a set of values of one of the engine's types. Values are added first, by one
// thread at a time; once all are there, seal prepares it for being asked, by many at once.
type set interface {
	add(values vector, n int)
	// seal returns how many values were added: no more than fit.
	seal() int
}

// newSet makes a set of at most so many values.
func newSet(engineType string, most int64) set {
	switch engineType {
	case "SMALLINT":
		return &numberSet[int16]{keys: make([]int64, 0, most)}
	case "INTEGER":
		return &numberSet[int32]{keys: make([]int64, 0, most)}
	case "VARCHAR":
		return &textSet{seed: maphash.MakeSeed(), keys: make([]extent, 0, most)}
	}
	return &numberSet[int64]{keys: make([]int64, 0, most)}
}

// marks are bits, of which a value that is not in a set meets few: sieveBits for each key.
// Behind them is a word without any, for what is out of their range.
type marks []uint64

const (
	sieveBits = 32
	leastBits = 1 << 16 // 8 KiB
)

func newMarks(keys int) marks {
	return make(marks, max(leastBits, 1<<bits.Len(uint(keys)*sieveBits-1))/64+1)
}

func (m marks) set(b uint64)      { m[b/64] |= 1 << (b % 64) }
func (m marks) has(b uint64) bool { return m[b/64]>>(b%64)&1 != 0 }
func (m marks) len() uint64       { return uint64(len(m)-1) * 64 }

// slots are where keys are: each one plus one, at the upper part of its key's hash or the
// next free place after it. 0 is free, as half of them are at least.
type slots []uint32

func newSlots(keys int) slots { return make(slots, 1<<bits.Len(uint(keys)*2)) }

// bits is how many of a hash's upper bits tell a slot.
func (s slots) bits() int { return bits.Len(uint(len(s) - 1)) }

// find is where a key with the hash h is for which same holds. If there is none, ok is
// false, and at is free.
func (s slots) find(h uint64, same func(key int) bool) (at uint64, ok bool) {
	for at = h >> (64 - s.bits()); s[at] != 0; at = (at + 1) & uint64(len(s)-1) {
		if same(int(s[at]) - 1) {
			return at, true
		}
	}
	return at, false
}

// number is what the engine stores integers as; hashes are 64 bits of whatever sign.
type number interface{ int16 | int32 | int64 }

// numberSet is a set of integers, which among.c finds. Its range is cut into pieces, and
// these into bins, which say where there are keys. Where rows came in the order of the
// integers, those near each other are of one piece, and mostly of one without keys: that
// takes half a nanosecond.
type numberSet[T number] struct {
	keys      []int64
	low       int64             // the least
	pieceBits uint              // of an integer that tell where in its piece it is
	binBits   uint              // and where in its bin
	pieces    [pieces + 1]bool  // and one for what is out of the range
	gaps      [2][pieces]uint16 // the first and the last piece of the gap that a piece is in
	bins      marks
	slots     slots
}

const pieces = C.ATOLL_PIECES // of the range

func (s *numberSet[T]) add(values vector, n int) {
	for _, x := range elements[T](values, n) {
		s.keys = append(s.keys, int64(x))
	}
}

func (s *numberSet[T]) seal() int {
	s.bins, s.slots = newMarks(len(s.keys)), newSlots(len(s.keys))
	if len(s.keys) == 0 {
		return 0
	}
	low, high := slices.Min(s.keys), slices.Max(s.keys)
	s.low = low
	for (uint64(high)-uint64(low))>>s.pieceBits >= pieces {
		s.pieceBits++
	}
	s.binBits = s.pieceBits - min(s.pieceBits, uint(bits.Len64(s.bins.len()/pieces)-1))
	for i, k := range s.keys {
		above := uint64(k) - uint64(low)
		s.pieces[above>>s.pieceBits] = true
		s.bins.set(above >> s.binBits)
		if at, ok := s.at(k); !ok {
			s.slots[at] = uint32(i) + 1
		}
	}
	s.findGaps()
	return len(s.keys)
}

// dense reports that most pieces have keys.
func (s *numberSet[T]) dense() bool {
	filled := 0
	for _, keyed := range s.pieces {
		if keyed {
			filled++
		}
	}
	return filled > pieces/2
}

// findGaps finds the stretches of pieces that have no keys.
func (s *numberSet[T]) findGaps() {
	first, last := 0, pieces-1
	for i := range pieces {
		if s.pieces[i] {
			first = i + 1
		}
		s.gaps[0][i] = uint16(first)
	}
	for i := pieces - 1; i >= 0; i-- {
		if s.pieces[i] {
			last = i - 1
		}
		s.gaps[1][i] = uint16(last)
	}
}

// golden is the golden ratio's fraction of 64 bits, by which a product spreads numbers over
// its upper bits (Knuth, The Art of Computer Programming, volume 3, section 6.4).
const golden = 0x9E3779B97F4A7C15

// hashNumber spreads integers over 64 bits, as among.c does. One product would leave those
// that are a Fibonacci number apart next to each other.
func hashNumber(x int64) uint64 {
	h := uint64(x) * golden
	return (h ^ h>>32) * golden
}

// at is the slot of an integer, or where it would be.
func (s *numberSet[T]) at(x int64) (at uint64, ok bool) {
	return s.slots.find(hashNumber(x), func(key int) bool { return s.keys[key] == x })
}

// numbered is a set of integers.
type numbered interface {
	set
	// ranges are the integers as islands, in their order, none wider than the given width
	// but for the only one. There are none if there are no integers.
	ranges(width float64) []island
	// shown is the set as among.c sees it, which stays where it is until unpinned.
	shown(pin *runtime.Pinner) C.struct_atoll_numbers
}

// shown implements [numbered].
func (s *numberSet[T]) shown(pin *runtime.Pinner) C.struct_atoll_numbers {
	shown := C.struct_atoll_numbers{
		low:        C.int64_t(s.low),
		piece_bits: C.uint32_t(s.pieceBits),
		bin_bits:   C.uint32_t(s.binBits),
		bin_count:  C.uint64_t(s.bins.len()),
		dense:      C.bool(s.dense()),
		slot_bits:  C.uint32_t(s.slots.bits()),
		pieces:     (*C.bool)(&s.pieces[0]),
		gap_first:  (*C.uint16_t)(&s.gaps[0][0]),
		gap_last:   (*C.uint16_t)(&s.gaps[1][0]),
		bins:       (*C.uint64_t)(unsafe.SliceData(s.bins)),
		slots:      (*C.uint32_t)(unsafe.SliceData(s.slots)),
		keys:       (*C.int64_t)(unsafe.SliceData(s.keys)),
	}
	pin.Pin(shown.pieces)
	pin.Pin(shown.gap_first)
	pin.Pin(shown.gap_last)
	pin.Pin(shown.bins)
	pin.Pin(shown.slots)
	pin.Pin(shown.keys)
	return shown
}

// ends are the least and the greatest of some integers.
type ends struct{ low, high int64 }

func (e ends) island() island {
	return island{strconv.FormatInt(e.low, 10), strconv.FormatInt(e.high, 10), float64(e.low), float64(e.high)}
}

// ranges implements [numbered].
func (s *numberSet[T]) ranges(width float64) []island {
	if len(s.keys) == 0 {
		return nil
	}
	whole := ends{slices.Min(s.keys), slices.Max(s.keys)}.island()
	if whole.to-whole.from <= farKeys*width {
		return []island{whole}
	}
	buckets := map[float64]*ends{}
	for _, k := range s.keys {
		at := math.Floor(float64(k) / width)
		e, ok := buckets[at]
		if !ok {
			if len(buckets) == maxBuckets {
				return []island{whole}
			}
			e = &ends{k, k}
			buckets[at] = e
		}
		e.low, e.high = min(e.low, k), max(e.high, k)
	}
	all := make([]island, 0, len(buckets))
	for _, at := range slices.Sorted(maps.Keys(buckets)) {
		all = append(all, buckets[at].island())
	}
	return all
}

// extent is where bytes are in others.
type extent struct{ from, to int }

// textSet is a set of texts. Most texts are known not to be in it by their length, their
// first bytes and their last, which is sooner done than hashing them.
type textSet struct {
	seed  maphash.Seed
	keys  []extent
	bytes []byte // of all keys, one after the other
	full  bool   // there are more
	bins  marks
	slots slots
}

// bytesOf are the bytes of the engine's text, which are its own.
func bytesOf(t *text) []byte {
	if t.size <= inlined {
		return unsafe.Slice((*byte)(unsafe.Pointer(&t.prefix)), t.size)
	}
	return unsafe.Slice(*(**byte)(unsafe.Pointer(&t.address)), t.size)
}

func (s *textSet) add(values vector, n int) {
	all := elements[text](values, n)
	for i := range all {
		from := len(s.bytes)
		if s.full = s.full || from+int(all[i].size) > mostBytes; s.full {
			return
		}
		s.bytes = append(s.bytes, bytesOf(&all[i])...)
		s.keys = append(s.keys, extent{from, len(s.bytes)})
	}
}

func (s *textSet) key(i int) []byte { return s.bytes[s.keys[i].from:s.keys[i].to] }

func (s *textSet) seal() int {
	s.bins, s.slots = newMarks(len(s.keys)), newSlots(len(s.keys))
	for i := range s.keys {
		k := s.key(i)
		s.bins.set(s.bin(k))
		if at, ok := s.at(k); !ok {
			s.slots[at] = uint32(i) + 1
		}
	}
	return len(s.keys)
}

// bin is where the bins have the bit of a text.
func (s *textSet) bin(b []byte) uint64 {
	var first, last uint64
	if n := len(b); n >= 8 {
		first, last = binary.LittleEndian.Uint64(b), binary.LittleEndian.Uint64(b[n-8:])
	} else {
		for _, x := range b {
			first = first<<8 | uint64(x)
		}
	}
	return (first*golden ^ last ^ uint64(len(b))) * golden >> (64 - bits.Len64(s.bins.len()-1))
}

func (s *textSet) at(b []byte) (at uint64, ok bool) {
	return s.slots.find(maphash.Bytes(s.seed, b), func(key int) bool { return bytes.Equal(s.key(key), b) })
}

// find tells of each value whether it is one of the set's, which NULL is not, and whether
// any is.
func (s *textSet) find(values vector, found []bool) (any bool) {
	in, valid := elements[text](values, len(found)), values.valid(len(found))
	for i := range in {
		found[i] = false
		if valid != nil && valid[i/64]>>(i%64)&1 == 0 {
			continue // what stands where a value is NULL is anything
		}
		if b := bytesOf(&in[i]); s.bins.has(s.bin(b)) {
			_, found[i] = s.at(b)
			any = any || found[i]
		}
	}
	return any
}
