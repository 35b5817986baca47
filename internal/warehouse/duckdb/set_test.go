package duckdb

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestSets compares what the functions tell of drawn values, NULL among them, with what
// the engine does.
func TestSets(t *testing.T) {
	w := inMemory(t)
	values := map[string]*rapid.Generator[string]{
		"SMALLINT": drawNumber(-1<<15, 1<<15-1), "INTEGER": drawNumber(-1<<31, 1<<31-1), "BIGINT": drawNumber(-1<<63, 1<<63-1),
		"UBIGINT": rapid.Map(rapid.Uint64(), func(x uint64) string { return fmt.Sprint(x) }),
		"VARCHAR": rapid.Map(rapid.StringN(0, 8, -1), func(s string) string {
			return literal(strings.ReplaceAll(s, "\x00", "-")) + " || repeat('=', 7 * strlen(" + literal(strings.ReplaceAll(s, "\x00", "-")) + "))"
		}),
	}
	for engineType, value := range values {
		t.Run(engineType, func(t *testing.T) {
			rapid.Check(t, func(rt *rapid.T) {
				keys := rapid.SliceOfN(value, 0, 40).Draw(rt, "keys")
				others := rapid.SliceOfN(value, 1, 40).Draw(rt, "others")
				list := func(values ...string) string {
					return "(SELECT CAST(x AS " + engineType + ") AS x FROM (VALUES (" + strings.Join(append(slices.Clip(values), "NULL"), "), (") + ")) AS v(x))"
				}
				defer w.sets.clear()
				b, ok := w.sets.probe("x", engineType, 3)
				if !ok {
					rt.Fatalf("there are no sets of %s", engineType)
				}
				var collected int
				if err := w.writer.QueryRowContext(t.Context(), "SELECT "+collecting("x", b.number)+" FROM "+list(keys...)+" WHERE x IS NOT NULL").Scan(&collected); err != nil || collected != len(keys) {
					rt.Fatalf("%d keys of %d, error %v", collected, len(keys), err)
				}
				if n := w.sets.seal(b); n != len(keys) {
					rt.Fatalf("%d keys of %d fit", n, len(keys))
				}
				// Rows that are keys begin somewhere in a vector, and there is one without any.
				before := rapid.IntRange(0, 20).Draw(rt, "rows before the keys")
				all := append(slices.Repeat(others[:1], before), append(keys, others...)...)
				for _, asked := range [][]string{others, all} {
					var wrong, rows int
					if err := w.writer.QueryRowContext(t.Context(), fmt.Sprintf("SELECT count(*) FILTER (%s IS DISTINCT FROM coalesce(x IN %s, false)), count(*) FROM %s",
						among("x", b.number), list(keys...), list(asked...))).Scan(&wrong, &rows); err != nil || wrong != 0 || rows != len(asked)+1 {
						rt.Fatalf("%d of %d rows are told wrong, error %v", wrong, rows, err)
					}
				}
			})
		})
	}
}

// TestSetsInOrder asks of values that lie in order but for some: whole stretches of them
// are in gaps between keys.
func TestSetsInOrder(t *testing.T) {
	w := inMemory(t)
	const rows, widest = 3*2048 + 5, 1 << 20
	rapid.Check(t, func(t *rapid.T) {
		step := rapid.Int64Range(1, widest).Draw(t, "step")
		least := rapid.SampledFrom([]int64{math.MinInt64, -rows * step / 2, 7, math.MaxInt64 - rows*step}).Draw(t, "least")
		late := rapid.SampledFrom([]int{2, 20, 100, rows}).Draw(t, "one of so many rows is late")
		key := rapid.Custom(func(t *rapid.T) string {
			near := rapid.SampledFrom([]int64{0, rows / 2, rows - 100}).Draw(t, "near row")
			return fmt.Sprint(least + (near+rapid.Int64Range(0, 99).Draw(t, "row"))*step + rapid.Int64Range(0, 1).Draw(t, "beside"))
		})
		keys := rapid.SliceOfN(rapid.OneOf(key, rapid.Map(rapid.Int64(), func(x int64) string { return fmt.Sprint(x) })), 1, 60).Draw(t, "keys")
		list := "(SELECT CAST(x AS BIGINT) AS x FROM (VALUES (" + strings.Join(keys, "), (") + ")) AS v(x))"
		values := fmt.Sprintf("(SELECT CAST(%d + (CASE WHEN hash(i) %% %d = 0 THEN hash(i + 1) %% (i + 1) WHEN i %% 1000 <> 7 THEN i END)::HUGEINT * %d AS BIGINT) AS x FROM range(%d) AS r(i))", least, late, step, rows)
		defer w.sets.clear()
		b, _ := w.sets.probe("x", "BIGINT", 60)
		var collected, wrong int
		if err := w.writer.QueryRowContext(context.Background(), "SELECT "+collecting("x", b.number)+" FROM "+list).Scan(&collected); err != nil || w.sets.seal(b) != len(keys) {
			t.Fatalf("%d keys of %d, error %v", collected, len(keys), err)
		}
		if err := w.writer.QueryRowContext(context.Background(), fmt.Sprintf("SELECT count(*) FILTER (%s IS DISTINCT FROM coalesce(x IN %s, false)) FROM %s",
			among("x", b.number), list, values)).Scan(&wrong); err != nil || wrong != 0 {
			t.Fatalf("%d of %d rows are told wrong, error %v", wrong, rows, err)
		}
	})
}

// TestSetsInNoOrder asks of values that are strewn over their range, as hashes are, for keys
// that are in most parts of it or of a part of it.
func TestSetsInNoOrder(t *testing.T) {
	w := inMemory(t)
	for engineType, value := range map[string]string{"SMALLINT": "(%s %% 65536)::BIGINT - 32768", "INTEGER": "(%s %% 4294967296)::BIGINT - 2147483648", "BIGINT": "%s::HUGEINT - 9223372036854775808", "UBIGINT": "%s"} {
		for what, part := range map[string]string{"all": "1", "the middle": "2", "a thousandth": "1000"} {
			strewn := func(n string) string { return "CAST(" + fmt.Sprintf(value, "hash("+n+")") + " AS " + engineType + ")" }
			keys := fmt.Sprintf("(SELECT DISTINCT CAST(%s AS HUGEINT) // %s AS x FROM range(30000) AS r(i))", strewn("i"), part)
			values := fmt.Sprintf("(SELECT CASE WHEN i %% 100 = 7 THEN NULL WHEN i %% 3 = 0 THEN %s ELSE CAST(%[1]s // %s AS %s) END AS x FROM range(20000, 60000) AS r(i))", strewn("i"), part, engineType)
			b, _ := w.sets.probe("x", engineType, 30000)
			var keyed, wrong, found int
			err := w.writer.QueryRowContext(t.Context(), "SELECT "+collecting("CAST(x AS "+engineType+")", b.number)+" FROM "+keys).Scan(&keyed)
			if err != nil || w.sets.seal(b) != keyed {
				t.Fatalf("%s, %s: %d keys, error %v", engineType, what, keyed, err)
			}
			if dense := b.set.(interface{ dense() bool }).dense(); dense != (keyed > pieces) {
				t.Errorf("%s, %s: that %d keys are in most pieces is not what is said", engineType, what, keyed)
			}
			err = w.writer.QueryRowContext(t.Context(), fmt.Sprintf("SELECT count(*) FILTER (%s IS DISTINCT FROM coalesce(x IN (FROM %s), false)), count(*) FILTER (x IN (FROM %[2]s)) FROM %[3]s",
				among("x", b.number), keys, values)).Scan(&wrong, &found)
			if err != nil || wrong != 0 || found < 1000 {
				t.Errorf("%s, %s: %d rows are told wrong, %d have a key, error %v", engineType, what, wrong, found, err)
			}
			w.sets.clear()
		}
	}
}

// drawNumber draws integers between two, many of them near each other or near the ends.
func drawNumber(low, high int64) *rapid.Generator[string] {
	return rapid.Map(rapid.OneOf(rapid.Int64Range(low, high), rapid.Int64Range(-20, 20), rapid.Int64Range(high-5, high), rapid.Int64Range(low, low+5)),
		func(x int64) string { return fmt.Sprint(x) })
}

// TestNoSet: asking for a set that there is not is an error, before there was one and after.
func TestNoSet(t *testing.T) {
	w := inMemory(t)
	refused := func() {
		t.Helper()
		for engineType := range setTypes {
			rows, err := w.writer.QueryContext(t.Context(), "SELECT "+among("CAST(x AS "+engineType+")", 0)+" FROM range(3) AS r(x)")
			if err == nil {
				rows.Next()
				err = errors.Join(rows.Err(), rows.Close())
			}
			if err == nil || !strings.Contains(err.Error(), "the lookup failed") {
				t.Errorf("%s: %v", engineType, err)
			}
		}
	}
	refused()
	for engineType := range setTypes {
		if b, ok := w.sets.probe("x", engineType, 1); !ok || w.sets.seal(b) != 0 {
			t.Errorf("%s: an empty set cannot be made", engineType)
		}
	}
	w.sets.clear()
	refused()
}

// TestSlots: however far apart integers are, they are found within a few slots of where
// they would be alone.
func TestSlots(t *testing.T) {
	const keys = 10_000
	for _, stride := range []int64{1, 1000, 1 << 22, 832_040, 267_914_296, 1_548_008_755_920, 86_400_000_000, 1 << 50} {
		s := &numberSet[int64]{}
		for i := range int64(keys) {
			s.keys = append(s.keys, i*stride)
		}
		s.seal()
		asked := 0
		for _, k := range s.keys {
			s.slots.find(hashNumber(k), func(key int) bool {
				asked++
				return s.keys[key] == k
			})
		}
		if asked > 3*keys {
			t.Errorf("%d keys that are %d apart take %d comparisons", keys, stride, asked)
		}
	}
}
