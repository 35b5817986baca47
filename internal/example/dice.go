package example

import (
	"hash/fnv"
	"math/bits"
	"math/rand/v2"
	"time"
)

// dice are a portion's random numbers.
type dice struct{ *rand.Rand }

// newDice makes the random numbers of a stream: those of one portion do not
// depend on how many are drawn in another.
func newDice(seed uint64, stream string) *dice {
	h := fnv.New64a()
	h.Write([]byte(stream))
	return &dice{rand.New(rand.NewPCG(seed, h.Sum64()))}
}

// chance is true in a share of p.
func (d *dice) chance(p float64) bool { return d.Float64() < p }

// pick draws one of a list, each as likely as the others.
func pick[T any](d *dice, list []T) T { return list[d.IntN(len(list))] }

// few draws a number from 0 to n-1, small ones much more often: a tenth of the
// numbers takes about half of the draws.
func (d *dice) few(n int) int {
	f := d.Float64()
	return int(f * f * f * float64(n))
}

// after draws a moment after t, on average by mean and at least by a millisecond;
// short waits are the most likely. It counts in integers: exponentials in floats
// may differ in the last digit from one processor to another.
func (d *dice) after(t time.Time, mean time.Duration) time.Time {
	ms := mean.Milliseconds()
	halvings := int64(bits.TrailingZeros64(d.Uint64() | 1<<40)) // on average 1
	wait := (halvings*ms + d.Int64N(ms)) * 2 / 3
	return t.Add(time.Duration(1+wait) * time.Millisecond)
}

// steps draws how often something goes on that goes on with p each time.
func (d *dice) steps(p float64, most int) int {
	n := 0
	for n < most && d.chance(p) {
		n++
	}
	return n
}

// span is a share of rows: those numbered from first up to, not including, end.
type span struct{ first, end int }

// spans cuts rows into shares, one for each weight and in proportion to it.
func spans(rows int, weights []int) []span {
	total := 0
	for _, w := range weights {
		total += w
	}
	out := make([]span, len(weights))
	sum, first := 0, 0
	for i, w := range weights {
		sum += w
		end := rows/total*sum + rows%total*sum/total
		out[i] = span{first, end}
		first = end
	}
	return out
}

// parts cuts a span into as many equal ones as keep each to at most size rows.
func (s span) parts(size int) []span {
	n := max(1, (s.end-s.first+size-1)/size)
	weights := make([]int, n)
	for i := range weights {
		weights[i] = 1
	}
	out := spans(s.end-s.first, weights)
	for i := range out {
		out[i].first += s.first
		out[i].end += s.first
	}
	return out
}

// daySpans spreads rows over days from start on, fewer of them on weekends. There
// are 30 days, fewer where the rows are few.
func daySpans(start time.Time, rows int) []span {
	weights := make([]int, min(30, max(4, rows/1000)))
	for day := range weights {
		weights[day] = 10
		switch start.AddDate(0, 0, day).Weekday() {
		case time.Saturday:
			weights[day] = 7
		case time.Sunday:
			weights[day] = 5
		}
	}
	return spans(rows, weights)
}
