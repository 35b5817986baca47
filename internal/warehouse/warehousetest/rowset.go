package warehousetest

import (
	"fmt"
	"strings"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/warehouse"
)

// wantRows compares the rows of pairs that keys find. The keys are rows of values,
// as VALUES takes them, for the columns key.
func (w *world) wantRows(s warehouse.Rowset, keys string, want ...string) {
	w.Helper()
	s.From, s.Keys, s.As = pairs, "keys", "found"
	s.KeyColumns = make([]string, len(s.Key))
	for i := range s.Key {
		s.KeyColumns[i] = fmt.Sprintf("c%d", i)
	}
	w.in(func(tx warehouse.Tx) {
		w.work(tx, "keys", "SELECT * FROM (VALUES "+keys+") AS d("+strings.Join(s.KeyColumns, ", ")+")")
		rows, err := tx.Rows(w.ctx, s)
		w.must(err)
		if rows != int64(len(want)) {
			w.Errorf("%d rows are said to be found", rows)
		}
		w.wantIn(tx, `SELECT * FROM "found"`, want...)
		if len(s.Columns) > 0 { // the working table of the keys is left as it was
			w.wantIn(tx, `SELECT count(*) FROM "keys"`, fmt.Sprint(strings.Count(keys, "(")))
		}
	})
}

func rowsByKey(w *world) {
	w.tracked(`VALUES (1, 'a'), (1, 'a'), (1, NULL), (2, 'b'), (3, 'a'), (NULL, 'a'), (NULL, NULL), (NULL, NULL)`)
	now := warehouse.Rowset{At: warehouse.Latest}
	by := func(nulls bool, key ...string) warehouse.Rowset {
		s := now
		s.Key, s.Nulls = key, nulls
		return s
	}
	w.wantRows(by(false, "k"), `(1), (1), (4), (NULL)`, "1|a", "1|a", "1|null")
	w.wantRows(by(true, "k"), `(1), (1), (4), (NULL)`, "1|a", "1|a", "1|null", "null|a", "null|null", "null|null")
	w.wantRows(by(true, "k"), `(NULL)`, "null|a", "null|null", "null|null")
	w.wantRows(by(true, "k"), `(3)`, "3|a")
	w.wantRows(by(false, "k", "v"), `(1, 'a'), (1, NULL), (NULL, 'a'), (2, 'a'), (3, 'a'), (NULL, NULL)`, "1|a", "1|a", "3|a")
	w.wantRows(by(true, "k", "v"), `(1, NULL), (NULL, 'a'), (2, 'a'), (3, 'a')`, "1|null", "null|a", "3|a")
	w.wantRows(by(true, "k", "v"), `(NULL, NULL), (2, 'b'), (2, NULL)`, "null|null", "null|null", "2|b")
	w.wantRows(by(true, "v", "k"), `('a', 1)`, "1|a", "1|a")
	w.wantRows(by(false, "v"), `('')`)
	w.wantRows(warehouse.Rowset{At: warehouse.Latest, Key: []string{"k"}, Columns: []string{"v", "k"}}, `(2), (3), (3)`, "b|2", "a|3")
	w.in(func(tx warehouse.Tx) {
		w.work(tx, "keys", `SELECT k FROM reports.pairs WHERE k > 100`)
		rows, err := tx.Rows(w.ctx, warehouse.Rowset{From: pairs, At: warehouse.Latest, Key: []string{"k"}, Keys: "keys", KeyColumns: []string{"k"}, Nulls: true, As: "found"})
		if err != nil || rows != 0 {
			w.Errorf("no keys find %d rows, error %v", rows, err)
		}
	})
}

// Keys are compared by value, whatever their types.
func rowsByOtherTypes(w *world) {
	w.tracked(`VALUES (1, '2026-01-01'), (2, '2'), (NULL, NULL)`)
	key := warehouse.Rowset{At: warehouse.Latest, Key: []string{"k"}}
	w.wantRows(key, `(CAST(2 AS SMALLINT))`, "2|2")
	w.wantRows(key, `(1.5), (2.0)`, "2|2")
	w.wantRows(key, `(1.5), (2.25)`)
	w.wantRows(key, `(CAST(1 AS DOUBLE PRECISION)), (CAST(1.5 AS DOUBLE PRECISION))`, "1|2026-01-01")
	w.wantRows(key, `(100000000000000000000)`)
	key.Nulls = true
	w.wantRows(key, `(1.5), (NULL)`, "null|null")
	w.wantRows(key, `(100000000000000000000), (1.0)`, "1|2026-01-01")
}

// Rows are found as of a version, those that left since then included.
func rowsAsOf(w *world) {
	w.tracked(`VALUES (1, 'a'), (2, 'b'), (NULL, 'n')`)
	w.apply(2, `(1, 'a', -1), (1, 'c', 1), (NULL, 'n', -1)`)
	w.apply(3, `(1, 'c', -1), (2, 'b', 1)`)
	key := warehouse.Rowset{Key: []string{"k"}, Nulls: true}
	for at, want := range map[int64][]string{
		0: nil, 1: {"1|a", "2|b", "null|n"}, 2: {"1|c", "2|b"}, 3: {"2|b", "2|b"}, warehouse.Latest: {"2|b", "2|b"},
	} {
		key.At = at
		w.wantRows(key, `(1), (2), (NULL)`, want...)
	}
}

func rowsMisused(w *world) {
	w.tracked(`VALUES (1, 'a')`)
	for _, test := range []struct {
		set  warehouse.Rowset
		want string
	}{
		{warehouse.Rowset{}, "key"},
		{warehouse.Rowset{Key: []string{"k", "v"}, KeyColumns: []string{"k"}}, "2 of a key"},
		{warehouse.Rowset{Key: []string{"x"}, KeyColumns: []string{"k"}}, `"x"`},
		{warehouse.Rowset{Key: []string{"k"}, KeyColumns: []string{"y"}}, `"y"`},
		{warehouse.Rowset{Key: []string{"k"}, KeyColumns: []string{"k"}, Columns: []string{"z"}}, `z`},
	} {
		tx := w.begin()
		w.work(tx, "keys", `SELECT 1 AS k`)
		test.set.From, test.set.Keys, test.set.As = pairs, "keys", "found"
		_, err := tx.Rows(w.ctx, test.set)
		w.wantFault(err, test.want)
		if code := fault.CodeOf(err); code != fault.Internal {
			w.Errorf("%q: code %q", test.want, code)
		}
		w.must(tx.Rollback())
	}
}

// deltaTypes has a column of each type, with values that are awkward to compare.
var deltaTypes = []struct {
	kind         schema.Type
	first, other string // values, in SQL
}{
	{schema.Type{Kind: schema.Boolean}, "TRUE", "FALSE"},
	{schema.Type{Kind: schema.SmallInt}, "-32768", "5"},
	{schema.Type{Kind: schema.Integer}, "2147483647", "0"},
	{schema.Type{Kind: schema.BigInt}, "-9223372036854775808", "9223372036854775807"},
	{schema.Type{Kind: schema.Decimal, Precision: 4, Scale: 1}, "-999.9", "0.0"},
	{schema.Type{Kind: schema.Decimal, Precision: 18, Scale: 4}, "-12345678901234.5678", "0.0001"},
	{schema.Type{Kind: schema.Decimal, Precision: 38, Scale: 5}, "-123456789012345678901234567890123.45678", "123456789012345678901234567890123.45678"},
	{schema.Type{Kind: schema.Real}, "CAST('NaN' AS REAL)", "1.5"},
	{schema.Type{Kind: schema.Double}, "CAST('NaN' AS DOUBLE PRECISION)", "-0.0"},
	{schema.Type{Kind: schema.Char, Length: 3}, "'abc'", "''"},
	{schema.Type{Kind: schema.Varchar, Length: 60}, "'it''s größer als zwölf Bytes'", "'größer'"},
	{schema.Type{Kind: schema.Date}, "DATE '1969-12-31'", "DATE '9999-12-31'"},
	{schema.Type{Kind: schema.Time}, "TIME '23:59:59.5'", "TIME '00:00:00'"},
	{schema.Type{Kind: schema.TimeTZ}, "CAST('23:59:59.5+00' AS TIME WITH TIME ZONE)", "CAST('00:00:00+00' AS TIME WITH TIME ZONE)"},
	{schema.Type{Kind: schema.Timestamp}, "TIMESTAMP '1969-12-31 23:59:59.999999'", "TIMESTAMP '2024-02-29 00:00:00'"},
	{schema.Type{Kind: schema.TimestampTZ}, "CAST('2024-07-01 12:00:00+02' AS TIMESTAMP WITH TIME ZONE)", "CAST('0001-01-01 00:00:00+00' AS TIMESTAMP WITH TIME ZONE)"},
	{schema.Type{Kind: schema.IntervalDS}, "INTERVAL '1 day 02:03:04.5'", "INTERVAL '0 days'"},
	{schema.Type{Kind: schema.IntervalYM}, "INTERVAL '14 months'", "INTERVAL '-1 month'"},
	{schema.Type{Kind: schema.Super}, `'{"a": [1, null]}'`, `'null'`},
	{schema.Type{Kind: schema.Varbyte, Length: 4}, "CAST('ab' AS BLOB)", "CAST('' AS BLOB)"},
}

// deltasOfTypes changes and finds rows by a value of each type.
func deltasOfTypes(w *world) {
	for _, c := range deltaTypes {
		view := pairsView(1, fmt.Sprintf("SELECT %s, 'x' UNION ALL SELECT %[1]s, 'y' UNION ALL SELECT %s, 'x' UNION ALL SELECT NULL, 'x'", c.first, c.other))
		view.Columns = []schema.Column{{Name: "c", Type: c.kind}, {Name: "v", Type: schema.Type{Kind: schema.Varchar}}}
		w.in(func(tx warehouse.Tx) {
			_, err := tx.Refresh(w.ctx, view)
			w.must(err)
			w.must(tx.Track(w.ctx, pairs))
			w.work(tx, "keys", `SELECT c, v, -1 AS _w FROM reports.pairs WHERE v = 'y' OR c IS NULL`)
			for nulls, want := range map[bool]string{false: "2", true: "3"} {
				as := fmt.Sprintf("found %t", nulls)
				_, err := tx.Rows(w.ctx, warehouse.Rowset{From: pairs, At: 1, Key: []string{"c"}, Keys: "keys", KeyColumns: []string{"c"}, Nulls: nulls, As: as})
				w.must(err)
				w.wantIn(tx, `SELECT count(*) FROM "`+as+`"`, want)
			}
			_, _, err = tx.Apply(w.ctx, warehouse.Apply{To: pairs, Delta: "keys", Lookup: []string{"c"}, Version: 2})
			w.must(err)
			w.work(tx, "again", `SELECT c, v, 1 AS _w FROM "keys"`)
			_, _, err = tx.Apply(w.ctx, warehouse.Apply{To: pairs, Delta: "again", Version: 3})
			w.must(err)
			came, left, err := tx.Changes(w.ctx, warehouse.Changes{From: pairs, After: 1, To: 3, As: "changes"})
			w.must(err)
			if came != 2 || left != 2 {
				w.Errorf("%s: %d came and %d left", c.kind, came, left)
			}
			view.Version, view.Diff = 4, true
			_, err = tx.Refresh(w.ctx, view)
			w.must(err)
			came, left, err = tx.Changes(w.ctx, warehouse.Changes{From: pairs, After: 3, To: 4, As: "none"})
			w.must(err)
			if came != 0 || left != 0 {
				w.Errorf("%s: the same rows differ, %d came and %d left", c.kind, came, left)
			}
			w.must(tx.Drop(w.ctx, pairs))
		})
	}
}

// manyNulls looks up keys of three columns, with NULLs in every way.
func manyNulls(w *world) {
	const every = `SELECT a.x AS a, b.x AS b, c.x AS c FROM (VALUES (1), (2), (NULL)) AS a(x), (VALUES (1), (NULL)) AS b(x), (VALUES (1), (NULL)) AS c(x)`
	view := pairsView(1, every)
	view.Columns = []schema.Column{{Name: "a", Type: schema.Type{Kind: schema.Integer}}, {Name: "b", Type: schema.Type{Kind: schema.Integer}},
		{Name: "c", Type: schema.Type{Kind: schema.Integer}}}
	key := warehouse.Rowset{From: pairs, At: warehouse.Latest, Key: []string{"a", "b", "c"}, Keys: "keys", KeyColumns: []string{"a", "b", "c"}}
	w.in(func(tx warehouse.Tx) {
		_, err := tx.Refresh(w.ctx, view)
		w.must(err)
		w.work(tx, "keys", every+` WHERE coalesce(a.x, 1) = 1`)
		for nulls, want := range map[bool]int64{false: 1, true: 8} {
			key.Nulls, key.As = nulls, fmt.Sprintf("found %t", nulls)
			if rows, err := tx.Rows(w.ctx, key); err != nil || rows != want {
				w.Errorf("nulls %t: %d rows are found, error %v", nulls, rows, err)
			}
		}
		w.wantIn(tx, `SELECT a FROM "found true" WHERE b = 1 AND c IS NULL`, "1", "null")
		w.work(tx, "delta", `SELECT *, -1 AS _w FROM "keys" WHERE a IS NULL`)
		_, left, err := tx.Apply(w.ctx, warehouse.Apply{To: pairs, Delta: "delta", Version: 2})
		w.must(err)
		if left != 4 {
			w.Errorf("%d rows left", left)
		}
	})
	w.want(`SELECT count(*), count(a) FROM reports.pairs`, "8|8")
}
