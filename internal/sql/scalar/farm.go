package scalar

import (
	"encoding/binary"
	"math/bits"
)

// FarmHash's Fingerprint64 ("farmFingerprint64 function"): a hash by length of the
// data, of which each step mixes words at its two ends.

const (
	farm0 = 0xc3a5c85c97cb3127
	farm1 = 0xb492b66fbe98f273
	farm2 = 0x9ae16a3b2f90404f
)

func farmFingerprint(args []any) (any, error) { return int64(farm(args[0].([]byte))), nil }

func farm(s []byte) uint64 {
	switch n := len(s); {
	case n <= 16:
		return farmTo16(s)
	case n <= 32:
		return farmTo32(s)
	case n <= 64:
		return farmTo64(s)
	}
	return farmLong(s)
}

func word(s []byte, at int) uint64 { return binary.LittleEndian.Uint64(s[at:]) }

func right(x uint64, by int) uint64 { return bits.RotateLeft64(x, -by) }

func shiftMix(x uint64) uint64 { return x ^ x>>47 }

// farmPair mixes two words into one.
func farmPair(u, v, mul uint64) uint64 {
	a := shiftMix((u ^ v) * mul)
	return shiftMix((v^a)*mul) * mul
}

func farmTo16(s []byte) uint64 {
	n := len(s)
	mul := farm2 + uint64(n)*2
	switch {
	case n >= 8:
		a, b := word(s, 0)+farm2, word(s, n-8)
		return farmPair(right(b, 37)*mul+a, (right(a, 25)+b)*mul, mul)
	case n >= 4:
		a, b := binary.LittleEndian.Uint32(s), binary.LittleEndian.Uint32(s[n-4:])
		return farmPair(uint64(n)+uint64(a)<<3, uint64(b), mul)
	case n > 0:
		y := uint32(s[0]) + uint32(s[n/2])<<8
		z := uint32(n) + uint32(s[n-1])<<2
		return shiftMix(uint64(y)*farm2^uint64(z)*farm0) * farm2
	}
	return farm2
}

func farmTo32(s []byte) uint64 {
	n := len(s)
	mul := farm2 + uint64(n)*2
	a, b, c, d := word(s, 0)*farm1, word(s, 8), word(s, n-8)*mul, word(s, n-16)*farm2
	return farmPair(right(a+b, 43)+right(c, 30)+d, a+right(b+farm2, 18)+c, mul)
}

func farmTo64(s []byte) uint64 {
	n := len(s)
	mul := farm2 + uint64(n)*2
	a, b, c, d := word(s, 0)*farm2, word(s, 8), word(s, n-8)*mul, word(s, n-16)*farm2
	y := right(a+b, 43) + right(c, 30) + d
	z := farmPair(y, a+right(b+farm2, 18)+c, mul)
	e, f := word(s, 16)*mul, word(s, 24)
	g, h := (y+word(s, n-32))*mul, (z+word(s, n-24))*mul
	return farmPair(right(e+f, 43)+right(g, 30)+h, e+right(f+a, 18)+g, mul)
}

// twoWords is a state of 128 bits.
type twoWords struct{ first, second uint64 }

// farmWeak mixes 32 bytes into two seeds.
func farmWeak(s []byte, a, b uint64) twoWords {
	z := word(s, 24)
	a += word(s, 0)
	b = right(b+a+z, 21)
	c := a
	a += word(s, 8) + word(s, 16)
	b += right(a, 44)
	return twoWords{a + z, b + c}
}

// farmLong takes 64 bytes at a time; the last step takes the last 64 bytes again.
func farmLong(s []byte) uint64 {
	const seed = 81
	n := len(s)
	first := uint64(seed)
	x := first*farm2 + word(s, 0)
	y := first*farm1 + 113
	z := shiftMix(y*farm2+113) * farm2
	var v, w twoWords
	step := func(s []byte, mul, nine uint64) {
		x = right(x+y+v.first+word(s, 8), 37) * mul
		y = right(y+v.second+word(s, 48), 42) * mul
		x ^= w.second * nine
		y += v.first*nine + word(s, 40)
		z = right(z+w.first, 33) * mul
		v = farmWeak(s, v.second*mul, x+w.first)
		w = farmWeak(s[32:], z+w.second, y+word(s, 16))
		x, z = z, x
	}
	for at := 0; at < (n-1)/64*64; at += 64 {
		step(s[at:], farm1, 1)
	}
	mul := farm1 + (z&0xff)<<1
	w.first += uint64(n-1) & 63
	v.first += w.first
	w.first += v.first
	step(s[n-64:], mul, 9)
	return farmPair(farmPair(v.first, w.first, mul)+shiftMix(y)*farm0+z, farmPair(v.second, w.second, mul)+x, mul)
}
