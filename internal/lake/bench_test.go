package lake_test

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"testing"

	"github.com/atolldata/atoll/internal/lake"
)

// BenchmarkPut copies files into a lake in a folder, next to the bound that
// hashing alone sets.
func BenchmarkPut(b *testing.B) {
	content := make([]byte, 256<<20)
	for i := range content {
		content[i] = byte(i * i >> 8)
	}
	b.Run("sha256", func(b *testing.B) {
		b.SetBytes(int64(len(content)))
		for b.Loop() {
			sha256.Sum256(content)
		}
	})
	for _, size := range []int{64 << 10, 256 << 20} {
		b.Run(fmt.Sprintf("%dKiB", size>>10), func(b *testing.B) {
			l, err := lake.Open(b.Context(), "file://lake", b.TempDir())
			if err != nil {
				b.Fatal(err)
			}
			b.SetBytes(int64(size))
			for n := 0; b.Loop(); n++ {
				copy(content, fmt.Sprint(n)) // another object each time
				if _, err := l.Put(b.Context(), bytes.NewReader(content[:size]), "a.json"); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
