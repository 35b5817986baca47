package scalar

import (
	"crypto/sha256"
	"crypto/sha512"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash/crc32"
	"math/bits"
)

// hashes are the functions of the chapter "Hash functions" that the engine has
// not, and CRC32. Text is hashed as its bytes in UTF-8.
var hashes = []Func{
	{Prefix + "sha2", kinds(bytes, whole), text, sha2},
	{Prefix + "crc32", kinds(bytes), text, crc32c},
	{Prefix + "fnv_hash", kinds(bytes, whole), whole, fnvBytes},
	{Prefix + "fnv_hash_integer", kinds(whole, whole, whole), whole, fnvInteger},
	{Prefix + "murmur3", kinds(bytes, whole), whole, murmurBytes},
	{Prefix + "murmur3_integer", kinds(whole, whole), whole, murmurInteger},
	{Prefix + "farm_fingerprint", kinds(bytes), whole, farmFingerprint},
}

// sha2 is empty for a number of bits that there is not ("SHA2 function").
func sha2(args []any) (any, error) {
	data := args[0].([]byte)
	switch args[1].(int64) {
	case 224:
		return fmt.Sprintf("%x", sha256.Sum224(data)), nil
	case 0, 256:
		return fmt.Sprintf("%x", sha256.Sum256(data)), nil
	case 384:
		return fmt.Sprintf("%x", sha512.Sum384(data)), nil
	case 512:
		return fmt.Sprintf("%x", sha512.Sum512(data)), nil
	}
	return "", nil
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// crc32c is 8 hexadecimal digits of the CRC-32C polynomial ("CRC32 function").
func crc32c(args []any) (any, error) {
	sum := crc32.Checksum(args[0].([]byte), castagnoli)
	return hex.EncodeToString(binary.BigEndian.AppendUint32(nil, sum)), nil
}

// FNVSeed is where FNV_HASH starts if it is given no seed.
const FNVSeed int64 = -0x340d631b7bdddcdb

// fnv is FNV-1a in 64 bits, from a seed ("FNV_HASH function").
func fnv(data []byte, seed int64) int64 {
	h := uint64(seed)
	for _, b := range data {
		h = (h ^ uint64(b)) * 0x100000001b3
	}
	return int64(h)
}

func fnvBytes(args []any) (any, error) { return fnv(args[0].([]byte), args[1].(int64)), nil }

// fnvInteger hashes the bytes that an integer of a width, in bytes, is stored in.
func fnvInteger(args []any) (any, error) {
	data := binary.LittleEndian.AppendUint64(nil, uint64(args[0].(int64)))
	return fnv(data[:args[1].(int64)], args[2].(int64)), nil
}

// murmur is Murmur3A in 32 bits.
func murmur(data []byte, seed uint32) int64 {
	const c1, c2 = 0xcc9e2d51, 0x1b873593
	mix := func(k uint32) uint32 { return bits.RotateLeft32(k*c1, 15) * c2 }
	h := seed
	rest := data
	for ; len(rest) >= 4; rest = rest[4:] {
		h ^= mix(binary.LittleEndian.Uint32(rest))
		h = bits.RotateLeft32(h, 13)*5 + 0xe6546b64
	}
	var tail uint32
	for i, b := range rest {
		tail |= uint32(b) << (8 * i)
	}
	h ^= mix(tail) ^ uint32(len(data))
	h = (h ^ h>>16) * 0x85ebca6b
	h = (h ^ h>>13) * 0xc2b2ae35
	return int64(int32(h ^ h>>16))
}

func murmurBytes(args []any) (any, error) {
	return murmur(args[0].([]byte), uint32(args[1].(int64))), nil
}

// murmurInteger hashes an integer of any width as 8 bytes, as Apache Iceberg asks
// for ("MURMUR3_32_HASH").
func murmurInteger(args []any) (any, error) {
	data := binary.LittleEndian.AppendUint64(nil, uint64(args[0].(int64)))
	return murmur(data, uint32(args[1].(int64))), nil
}
