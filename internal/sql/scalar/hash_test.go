package scalar

import (
	"strings"
	"testing"
)

// The examples of the pages on hash functions, and of FarmHash at the lengths at
// which it goes another way.
func TestHashes(t *testing.T) {
	data := []byte("Amazon Redshift")
	check(t, []example{
		{name: "sha2", args: args([]byte("a"), int64(224)), want: "abd37534c7d9a2efb9465de931cd7055ffdb8879563ae98078d6d6d5"},
		{name: "sha2", args: args([]byte(""), int64(0)), want: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
		{name: "sha2", args: args([]byte("a"), int64(1)), want: ""},
		{name: "crc32", args: args(data), want: "f2726906"},
		{name: "crc32", args: args([]byte{}), want: "00000000"},
		{name: "fnv_hash", args: args(data, FNVSeed), want: int64(7783490368944507294)},
		{name: "fnv_hash", args: args([]byte("abcd"), FNVSeed), want: int64(-281581062704388899)},
		{name: "fnv_hash", args: args([]byte{}, int64(7)), want: int64(7)},
		{name: "fnv_hash_integer", args: args(int64(1), int64(2), FNVSeed), want: int64(589727492704079044)},
		{name: "fnv_hash_integer", args: args(int64(1), int64(4), FNVSeed), want: int64(-5968735742475085980)},
		{name: "fnv_hash_integer", args: args(int64(1), int64(8), FNVSeed), want: int64(-8517097267634966620)},
		{name: "murmur3", args: args(data, int64(0)), want: int64(-1563580564)},
		{name: "murmur3", args: args([]byte("abcd"), int64(0)), want: int64(1139631978)},
		{name: "murmur3_integer", args: args(int64(1), int64(0)), want: int64(1392991556)},
		{name: "murmur3_integer", args: args(int64(34), int64(0)), want: int64(2017239379)},
		{name: "farm_fingerprint", args: args(data), want: int64(8085098817162212970)},
	})
	text := strings.Repeat("The quick brown fox. ", 20)
	for n, want := range map[int]int64{
		0: -7286425919675154353, 3: -8824672173256051715, 4: -797828528184215899, 7: -343606922379908217,
		8: 5102859526078303239, 16: 4320848957565769301, 17: -4061352233596342851, 32: 2890438252560351813,
		33: -1908094354147151391, 64: 8153046377529952617, 65: 4018692605587020853, 128: 2211880172374622208,
		129: -6138703153121109644, 193: -8714858734419458272, 300: 1367850197282856464,
	} {
		if got := int64(farm([]byte(text[:n]))); got != want {
			t.Errorf("the fingerprint of %d bytes is %d, want %d", n, got, want)
		}
	}
}
