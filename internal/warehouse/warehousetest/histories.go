package warehousetest

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"pgregory.net/rapid"

	"github.com/atolldata/atoll/internal/warehouse"
)

// bag counts rows, each as "k|v".
type bag map[string]int

// plus is a bag with signed rows, each as "k|v|weight", added.
func (b bag) plus(signed []string) bag {
	out := maps.Clone(b)
	for _, row := range signed {
		if plain, left := strings.CutSuffix(row, "|-1"); left {
			out[plain]--
		} else {
			out[strings.TrimSuffix(row, "|1")]++
		}
	}
	maps.DeleteFunc(out, func(_ string, n int) bool { return n == 0 })
	return out
}

func bagOf(rows []string) bag {
	out := bag{}
	for _, row := range rows {
		out[row]++
	}
	return out
}

// literalOf writes a row of a bag as a row of VALUES.
func literalOf(row string) string {
	k, v, _ := strings.Cut(row, "|")
	if v != "null" {
		v = "'" + v + "'"
	}
	return "(CAST(" + k + " AS BIGINT), CAST(" + v + " AS VARCHAR)"
}

// histories changes a view at random over some versions, and holds its
// states, changes and rows at all of them to a model.
func histories(w *world) {
	rapid.Check(w.T, func(t *rapid.T) {
		row := rapid.Custom(func(t *rapid.T) string {
			return rapid.SampledFrom([]string{"null", "1", "2", "3"}).Draw(t, "k") + "|" + rapid.SampledFrom([]string{"null", "a", "b"}).Draw(t, "v")
		})
		lookups := rapid.SampledFrom([][]string{nil, {"k"}, {"v"}, {"k", "v"}})
		first := rapid.SliceOfN(row, 1, 6).Draw(t, "first")
		values := make([]string, len(first))
		for i, r := range first {
			values[i] = literalOf(r) + ")"
		}
		w.tracked("VALUES " + strings.Join(values, ", "))
		history := []bag{{}, bagOf(first)}
		for version := int64(2); version <= 4; version++ {
			state := maps.Clone(history[version-1])
			var delta []string
			present := slices.Sorted(maps.Keys(state))
			for _, r := range present {
				if n := rapid.IntRange(0, state[r]).Draw(t, "leaving"); n > 0 {
					state[r] -= n
					delta = append(delta, fmt.Sprintf("%s, %d)", literalOf(r), -n))
				}
			}
			for _, r := range rapid.SliceOfN(row, 0, 3).Draw(t, "coming") {
				state[r]++
				delta = append(delta, literalOf(r)+", 1)")
			}
			history = append(history, state.plus(nil))
			switch {
			case rapid.Bool().Draw(t, "overwrite"):
				w.overwriteAll(t, version, history[version-1], history[version])
			case len(delta) > 0:
				w.apply(version, strings.Join(delta, ", "), lookups.Draw(t, "lookup")...)
			}
		}
		w.holdTo(t, history, lookups.Filter(func(l []string) bool { return l != nil }).Draw(t, "key"), rapid.SliceOfN(row, 1, 3).Draw(t, "keys"), rapid.Bool().Draw(t, "nulls"))
	})
}

// overwriteAll turns all rows of a view into others, in two steps: those with some
// value of k first, and then those with the others.
func (w *world) overwriteAll(t *rapid.T, version int64, from, to bag) {
	first := rapid.SampledFrom([]string{"null", "1", "2", "3"}).Draw(t, "first")
	part := func(of bag, keys string) bag {
		out := maps.Clone(of)
		maps.DeleteFunc(out, func(row string, _ int) bool { return !strings.Contains(keys, "("+strings.Split(row, "|")[0]+")") })
		return out
	}
	rest := strings.ReplaceAll("(null), (1), (2), (3)", "("+first+")", "(4)")
	w.in(func(tx warehouse.Tx) {
		for _, keys := range []string{"(" + first + ")", rest} {
			was, is := part(from, keys), part(to, keys)
			var want signs
			values := []string{"(NULL, NULL, 0)"}
			for row, n := range is {
				values = append(values, fmt.Sprintf("%s, %d)", literalOf(row), n))
				want.came += int64(max(0, n-was[row]))
			}
			for row, n := range was {
				want.left += int64(max(0, n-is[row]))
			}
			got := w.overwritten(tx, version, keys, "SELECT k, v FROM (SELECT *, unnest(range(n)) FROM (VALUES "+strings.Join(values, ", ")+") AS d(k, v, n))")
			if got != want {
				t.Fatalf("from %v to %v: got %v, want %v", was, is, got, want)
			}
		}
	})
}

// holdTo compares what a view says about its past with its states, by version.
func (w *world) holdTo(t *rapid.T, history []bag, key, keys []string, nulls bool) {
	values := make([]string, len(keys))
	for i, r := range keys {
		values[i] = literalOf(r) + ")"
	}
	w.in(func(tx warehouse.Tx) {
		read := func(name string) []string {
			rows, err := tx.SQL().Query(w.ctx, `SELECT * FROM "`+name+`"`)
			w.must(err)
			return w.print(rows)
		}
		size, err := tx.Size(w.ctx, pairs)
		w.must(err)
		held := 0
		for _, n := range history[len(history)-1] {
			held += n
		}
		if size != int64(held) {
			t.Fatalf("the view is said to hold %d rows, and holds %d", size, held)
		}
		w.work(tx, "keys", "SELECT * FROM (VALUES "+strings.Join(values, ", ")+") AS d(k, v)")
		for at, want := range history {
			name := fmt.Sprintf("state %d", at)
			w.must(tx.State(w.ctx, warehouse.State{From: pairs, At: int64(at), As: name}))
			if got := bagOf(read(name)); !maps.Equal(got, want) {
				t.Fatalf("at version %d: got %v, want %v", at, got, want)
			}
			name = fmt.Sprintf("rows %d", at)
			_, err := tx.Rows(w.ctx, warehouse.Rowset{From: pairs, At: int64(at), Key: key, Keys: "keys", KeyColumns: key, Nulls: nulls, As: name})
			w.must(err)
			if got, want := bagOf(read(name)), matching(want, key, keys, nulls); !maps.Equal(got, want) {
				t.Fatalf("at version %d, rows of %v by %v, nulls %t: got %v, want %v", at, keys, key, nulls, got, want)
			}
			for to := at + 1; to < len(history); to++ {
				name := fmt.Sprintf("changes %d %d", at, to)
				_, _, err := tx.Changes(w.ctx, warehouse.Changes{From: pairs, After: int64(at), To: int64(to), As: name})
				w.must(err)
				if got := want.plus(read(name)); !maps.Equal(got, history[to]) {
					t.Fatalf("after version %d to %d: got %v, want %v", at, to, got, history[to])
				}
			}
		}
	})
}

// matching are the rows of a state that have one of the keys.
func matching(state bag, key, keys []string, nulls bool) bag {
	part := func(row string) string {
		k, v, _ := strings.Cut(row, "|")
		switch {
		case len(key) == 2:
			return k + "|" + v
		case key[0] == "k":
			return k
		}
		return v
	}
	out := maps.Clone(state)
	maps.DeleteFunc(out, func(row string, _ int) bool {
		return !nulls && strings.Contains(part(row), "null") || !slices.ContainsFunc(keys, func(k string) bool { return part(k) == part(row) })
	})
	return out
}
