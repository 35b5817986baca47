package project

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

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

// UnmarshalText reads a whole number and a unit, such as 512MiB or 2GB.
func (b *Bytes) UnmarshalText(text []byte) error {
	s := string(text)
	for _, u := range byteUnits {
		digits, ok := cutSuffixFold(s, u.name)
		if !ok {
			continue
		}
		n, err := strconv.ParseInt(strings.TrimSpace(digits), 10, 64)
		if err == nil && n > 0 && n <= int64(1<<62/u.size) {
			*b = Bytes(n) * u.size
			return nil
		}
		break
	}
	return fault.New(fault.Config, "%q is not an amount of memory", s).
		WithHint("write a whole number and a unit: 512MiB, 2GiB")
}

func cutSuffixFold(s, suffix string) (string, bool) {
	n := len(s) - len(suffix)
	if n < 0 || !strings.EqualFold(s[n:], suffix) {
		return s, false
	}
	return s[:n], true
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

// MarshalText is String.
func (b Bytes) MarshalText() ([]byte, error) { return []byte(b.String()), nil }

// MaxRejects bounds the rejected rows of a file: the larger of the two bounds
// counts, and a file with more rejects than that is turned away whole.
type MaxRejects struct {
	Rows    int     `yaml:"rows" min:"0" doc:"A number of rows."`
	Percent float64 `yaml:"percent" min:"0" max:"100" doc:"A share of the file's rows, in percent."`
}

// UnmarshalText reads "1000", "2%", or both as "1000 or 2%".
func (m *MaxRejects) UnmarshalText(text []byte) error {
	bad := fault.New(fault.Config, "max_rejects %q is not a number of rows or a share", text).
		WithHint("write a number of rows, a share, or both: 1000, 2%%, 1000 or 2%%")
	var out MaxRejects
	for _, part := range strings.Split(string(text), " or ") {
		part = strings.TrimSpace(part)
		if share, ok := strings.CutSuffix(part, "%"); ok {
			x, err := strconv.ParseFloat(share, 64)
			if err != nil || !(x >= 0 && x <= 100) {
				return bad
			}
			out.Percent = x
			continue
		}
		n, err := strconv.Atoi(strings.ReplaceAll(part, "_", ""))
		if err != nil || n < 0 {
			return bad
		}
		out.Rows = n
	}
	*m = out
	return nil
}

// Exceeded reports more rejects than a file of that many rows may have.
func (m MaxRejects) Exceeded(rejects, rows int64) bool {
	return rejects > int64(m.Rows) && float64(rejects) > m.Percent/100*float64(rows)
}

// durationUnits are what a duration in a model's header may be written in.
var durationUnits = map[string]time.Duration{
	"ms": time.Millisecond, "millisecond": time.Millisecond, "milliseconds": time.Millisecond,
	"s": time.Second, "sec": time.Second, "secs": time.Second, "second": time.Second, "seconds": time.Second,
	"m": time.Minute, "min": time.Minute, "mins": time.Minute, "minute": time.Minute, "minutes": time.Minute,
	"h": time.Hour, "hour": time.Hour, "hours": time.Hour,
	"d": 24 * time.Hour, "day": 24 * time.Hour, "days": 24 * time.Hour,
	"w": 7 * 24 * time.Hour, "week": 7 * 24 * time.Hour, "weeks": 7 * 24 * time.Hour,
}

// longestDuration is some 146 years, twice which still is a time.Duration.
const longestDuration time.Duration = 1 << 62

// ParseDuration reads whole numbers with units, such as 5m, 1h30m, 10 seconds
// or 7d. A day is 24 hours. The result is greater than zero.
func ParseDuration(text string) (time.Duration, error) {
	bad := fault.New(fault.Config, "%q is not a duration", text).
		WithHint("write a whole number and a unit: 30s, 5m, 2h, 7d, 10 seconds")
	long := fault.New(fault.Config, "the duration %q is longer than %d days", text, longestDuration/(24*time.Hour)).
		WithHint("write a shorter one: 30s, 5m, 2h, 7d, 10 seconds")
	rest := strings.ToLower(strings.TrimSpace(text))
	var total time.Duration
	for rest != "" {
		digits := strings.TrimLeft(rest, "0123456789")
		n, err := strconv.ParseInt(rest[:len(rest)-len(digits)], 10, 64)
		if err != nil && !errors.Is(err, strconv.ErrRange) {
			return 0, bad
		}
		digits = strings.TrimLeft(digits, " ")
		rest = strings.TrimLeft(digits, "abcdefghijklmnopqrstuvwxyz")
		unit, ok := durationUnits[digits[:len(digits)-len(rest)]]
		switch {
		case !ok:
			return 0, bad
		case n > int64((longestDuration-total)/unit):
			return 0, long
		}
		total += time.Duration(n) * unit
		rest = strings.TrimLeft(rest, " ")
	}
	switch {
	case strings.TrimSpace(text) == "":
		return 0, bad
	case total == 0:
		return 0, fault.New(fault.Config, "the duration %q is zero", text).WithHint("write a longer one: 30s, 5m, 2h, 7d, 10 seconds")
	}
	return total, nil
}
