package project

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/atolldata/atoll/internal/fault"
)

// Bytes is an amount of memory or storage in bytes.
type Bytes int64

var byteUnits = []struct {
	name string
	size Bytes
}{
	{"TiB", 1 << 40}, {"GiB", 1 << 30}, {"MiB", 1 << 20}, {"KiB", 1 << 10},
	{"TB", 1e12}, {"GB", 1e9}, {"MB", 1e6}, {"KB", 1e3}, {"B", 1},
}

// ParseBytes reads a whole number and a unit, such as 512MiB or 2GB.
func ParseBytes(text string) (Bytes, error) {
	bad := fault.New(fault.Config, "%q is not an amount of memory", text).
		WithHint("write a whole number and a unit: 512MiB, 2GiB")
	for _, u := range byteUnits {
		if len(text) <= len(u.name) || !strings.EqualFold(text[len(text)-len(u.name):], u.name) {
			continue
		}
		n, err := strconv.ParseInt(strings.TrimSpace(text[:len(text)-len(u.name)]), 10, 64)
		if err != nil || n <= 0 || n > int64(1<<62/u.size) {
			return 0, bad
		}
		return Bytes(n) * u.size, nil
	}
	return 0, bad
}

// String prints the amount in the largest unit that divides it.
func (b Bytes) String() string {
	for _, u := range byteUnits {
		if b >= u.size && b%u.size == 0 {
			return fmt.Sprintf("%d%s", b/u.size, u.name)
		}
	}
	return "0B"
}
