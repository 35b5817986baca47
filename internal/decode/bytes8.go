package decode

import "encoding/binary"

// Eight bytes at a time: the loops that see every byte of a file. The tricks
// are those of "Bit Twiddling Hacks" (S. E. Anderson, "Determine if a word has a
// byte less than n" and its neighbours).

// padding is how many bytes may be read beyond a block's end.
const padding = 16

const (
	ones  = 0x0101010101010101
	highs = 0x8080808080808080
)

func load8(d []byte, i int) uint64 { return binary.LittleEndian.Uint64(d[i:]) }

// plainMask marks, by its high bit, the first byte of w that is not plain text
// inside a JSON string: a quote, a backslash, a control character or a byte
// beyond ASCII. Bits above the lowest one set mean nothing.
func plainMask(w uint64) uint64 {
	quote := (w ^ ones*'"') - ones
	backslash := (w ^ ones*'\\') - ones
	return (w | (w - ones*' ') | quote | backslash) & highs
}

// digitMask marks, by any of its bits, the bytes of w that are not digits, where
// w is text with every byte xored by '0'. Only the lowest byte set is certain.
func digitMask(w uint64) uint64 { return (w | (w + ones*6)) & (ones * 0xF0) }

// number8 is the number that eight bytes from 0 to 9 spell, the first in the
// lowest byte: neighbours are joined to pairs, pairs to fours, fours to eight.
func number8(w uint64) int64 {
	const pairs = 0x000000FF000000FF
	w = w*10 + w>>8
	return int64(((w&pairs)*(100+1000000<<32) + (w>>16&pairs)*(1+10000<<32)) >> 32)
}

// powersOf10 has 16 elements, so that an index of four bits needs no check.
var powersOf10 = [16]int64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8}

// specialMask is plainMask where bytes beyond ASCII are plain too.
func specialMask(w uint64) uint64 {
	quote, backslash := w^ones*'"', w^ones*'\\'
	return ((w-ones*' ')&^w | (quote-ones)&^quote | (backslash-ones)&^backslash) & highs
}
