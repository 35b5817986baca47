package refresh

import (
	"cmp"
	"crypto/md5"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"pgregory.net/rapid"

	"github.com/atolldata/atoll/internal/compile"
	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/project"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/lower"
	"github.com/atolldata/atoll/internal/sql/scalar"
	"github.com/atolldata/atoll/internal/view"
	"github.com/atolldata/atoll/internal/warehouse"
	"github.com/atolldata/atoll/internal/warehouse/duckdb"
)

// gap is that of the models below.
const gap = 10 * time.Second

// visitModels cut the same rows into sessions, in different ways.
var visitModels = map[string]string{
	"by a text":    "/* @kind sessions\n@partition-by page\n@order-by at\n@gap 10s */ SELECT page, score, at, n FROM web.hits",
	"by two":       "/* @kind sessions\n@partition-by score, page\n@order-by at\n@gap 10s */ SELECT page, score, at, n FROM web.hits",
	"by zoned":     "/* @kind sessions\n@partition-by score\n@order-by seen\n@gap 10s */ SELECT page, score, at AT TIME ZONE 'UTC' AS seen, n FROM web.hits",
	"by odd names": "/* @kind sessions\n@partition-by page\n@order-by began\n@gap 10s\n@session-id c1 */ SELECT page, score AS \"{id} \"\"q\"\"\", at AS began, n AS p1 FROM web.hits",
}

// hit is a row of the model's query. Its values are texts of SQL.
type hit struct {
	page, score string
	at          int64 // microseconds since 1970; never for a row without a time
	n           int
}

const never = math.MinInt64

// hashes are the forms in which the values of a partition go into the hash.
var hashes = map[string]string{"NULL": "n", "''": "v0:", "'a'": "v1:a", "'a:1'": "v3:a:1", "'ä'": "v1:ä",
	"CAST('0' AS DOUBLE)": "v3:0.0", "CAST('-0' AS DOUBLE)": "v3:0.0", "CAST('1.5' AS DOUBLE)": "v3:1.5", "CAST('NaN' AS DOUBLE)": "v3:nan"}

func (h hit) sql() string {
	at := "NULL"
	if h.at != never {
		at = fmt.Sprintf("make_timestamp(%d)", h.at)
	}
	return fmt.Sprintf("CAST(%s AS VARCHAR), CAST(%s AS DOUBLE), CAST(%s AS TIMESTAMP), %d", h.page, h.score, at, h.n)
}

// text is the row with its id, as [sessionsWorld.rows] reads it.
func (h hit) text(id string) string {
	at := "NULL"
	if h.at != never {
		at = fmt.Sprint(h.at)
	}
	return strings.Join([]string{hashes[h.page], hashes[h.score], at, fmt.Sprint(h.n), id}, " ")
}

// visits is a view of kind sessions over web.hits, in a warehouse.
type visits struct {
	*testing.T
	warehouse.Warehouse
	node    *compile.Node
	plan    view.SessionsPlan
	version int64
	tx      warehouse.Tx
}

func newVisits(t *testing.T, model string) *visits {
	t.Helper()
	p, err := project.LoadFS(fstest.MapFS{
		"atoll.yaml": {Data: []byte("name: visits\n")},
		"sources/web.yaml": {Data: []byte("source: web\ntype: files\nurl: file://data/\ntables:\n" +
			"  hits: {match: '*.json', format: json, columns: {page: varchar(20), score: double precision, at: timestamp, n: integer}}\n")},
		"models/s/v.sql": {Data: []byte(model)},
	})
	v := &visits{T: t}
	v.must(err)
	g, err := compile.Compile(p)
	v.must(err)
	v.node, _ = g.Node(schema.Name{Schema: "s", Name: "v"})
	v.plan = view.SessionsOf(v.node)
	v.Warehouse, err = duckdb.Open(t.Context(), duckdb.Options{Settings: lower.Settings(), Prelude: lower.Prelude(), Functions: scalar.All()})
	v.must(err)
	t.Cleanup(func() { v.must(v.Close()) })
	return v
}

func (v *visits) must(err error) {
	v.Helper()
	if err != nil {
		v.Fatal(err)
	}
}

// begin begins a transaction of the next version.
func (v *visits) begin() {
	v.Helper()
	var err error
	v.tx, err = v.Begin(v.Context())
	v.must(err)
	v.version++
}

// build builds the view and its spans over the rows that a query returns.
func (v *visits) build(hits string) {
	v.Helper()
	v.begin()
	up := v.node.Upstream[0]
	_, err := v.tx.Refresh(v.Context(), warehouse.View{Name: up.Name, Columns: up.Shape.Columns, Query: hits, Version: v.version})
	v.must(err)
	query, err := view.EngineQuery(v.node, time.Time{})
	v.must(err)
	_, err = v.tx.Refresh(v.Context(), warehouse.View{Name: v.node.Name, Columns: v.node.Shape.Columns, Query: query, Version: v.version})
	v.must(err)
	v.must(v.tx.Track(v.Context(), v.node.Name))
	v.must(buildSessions(v.Context(), v.tx, v.plan, v.version))
	v.must(v.tx.Commit(v.Context()))
}

// change refreshes the view by signed rows, given as a query of page, score, moment,
// n and _w. The transaction is left open.
func (v *visits) change(rows string) error {
	v.Helper()
	v.begin()
	list := make([]string, len(v.node.Bound.Columns))
	for i, source := range []string{"page", "score", "moment", "n"} {
		c := v.node.Bound.Columns[i]
		list[i] = source
		if c.Type.Kind == schema.TimestampTZ {
			list[i] = "timezone('UTC', moment)"
		}
		list[i] += ` AS "` + strings.ReplaceAll(c.Name, `"`, `""`) + `"`
	}
	_, err := v.tx.Work(v.Context(), "delta", "SELECT "+strings.Join(list, ", ")+", _w FROM ("+rows+") AS d(page, score, moment, n, _w)")
	v.must(err)
	leaves, err := warehouse.Number(v.Context(), v.tx.SQL(), `SELECT count(*) FROM "delta" WHERE _w < 0`)
	v.must(err)
	came, left, err := sessions(v.Context(), v.tx, v.plan, "delta", leaves > 0, v.version)
	if err != nil {
		return err
	}
	plus, minus, err := v.tx.Changes(v.Context(), warehouse.Changes{From: v.plan.View, After: v.version - 1, To: v.version, As: "changes"})
	v.must(err)
	if came != plus || left != minus {
		v.Errorf("%d rows are said to have come and %d to have left, not %d and %d", came, left, plus, minus)
	}
	return nil
}

// spans are those that there are too many of, by how many, compared with those of
// the view's rows.
func (v *visits) spans() []string {
	v.Helper()
	v.must(v.tx.State(v.Context(), warehouse.State{From: v.plan.Spans, At: warehouse.Latest, As: "stored"}))
	v.must(v.tx.View(v.Context(), "built", v.plan.Build(), false))
	return v.rows(`SELECT sum(w) AS too_many, * EXCLUDE (w) FROM (SELECT *, 1 AS w FROM "stored" UNION ALL SELECT *, -1 FROM "built") GROUP BY ALL HAVING sum(w) <> 0`)
}

// rows returns the rows of a query, sorted, as texts.
func (v *visits) rows(query string) []string {
	v.Helper()
	rows, err := v.tx.SQL().Query(v.Context(), query)
	v.must(err)
	defer rows.Close()
	var out []string
	values := make([]any, len(rows.Columns()))
	dest := make([]any, len(values))
	for i := range values {
		dest[i] = &values[i]
	}
	for rows.Next() {
		v.must(rows.Scan(dest...))
		out = append(out, strings.TrimSuffix(fmt.Sprintln(values...), "\n"))
	}
	v.must(rows.Err())
	slices.Sort(out)
	return out
}

// hits are the rows of a relation with the view's columns, as [hit.text] writes
// them, and with what more says of them.
func (v *visits) hits(from, more string) []string {
	v.Helper()
	const hashed = "CASE WHEN %[1]s IS NULL THEN 'n' ELSE 'v' || length(%[1]s) || ':' || %[1]s END"
	return v.rows(fmt.Sprintf("SELECT %s, %s, coalesce(CAST(epoch_us(moment) AS VARCHAR), 'NULL'), n, coalesce(id, 'none')%s FROM %s AS v(page, score, moment, n, id%s)",
		fmt.Sprintf(hashed, "page"), fmt.Sprintf(hashed, "CAST(CASE WHEN score = 0 THEN 0 ELSE score END AS VARCHAR)"), more, from, more))
}

// ids cuts rows into sessions, as the model says, and returns their texts, sorted.
func ids(model string, hits []hit) []string {
	partition := func(h hit) string {
		switch {
		case strings.Contains(model, "by score, page"):
			return hashes[h.score] + hashes[h.page]
		case strings.Contains(model, "by score"):
			return hashes[h.score]
		}
		return hashes[h.page]
	}
	hits = slices.Clone(hits)
	slices.SortFunc(hits, func(a, b hit) int {
		return cmp.Or(cmp.Compare(partition(a), partition(b)), cmp.Compare(a.at, b.at))
	})
	out := make([]string, len(hits))
	var first int64
	for i, h := range hits {
		if h.at == never {
			out[i] = h.text("none")
			continue
		}
		if i == 0 || partition(hits[i-1]) != partition(h) || hits[i-1].at == never || h.at-hits[i-1].at > gap.Microseconds() {
			first = h.at
		}
		out[i] = h.text(fmt.Sprintf("%x", md5.Sum(fmt.Appendf(nil, "%s%d", partition(h), first))))
	}
	slices.Sort(out)
	return out
}

// signed selects rows, each as often as its weight says, or as often with the
// weight -1.
func signed(rows map[hit]int) string {
	parts := []string{"(CAST(NULL AS VARCHAR), CAST(NULL AS DOUBLE), CAST(NULL AS TIMESTAMP), 0, 0)"}
	for h, w := range rows {
		parts = append(parts, fmt.Sprintf("(%s, %d)", h.sql(), w))
	}
	return "SELECT page, score, moment, n, sign(w) AS _w FROM (VALUES " + strings.Join(parts, ", ") + ") AS r(page, score, moment, n, w), range(abs(w))"
}

// bag counts equal rows.
func bag(hits []hit) map[hit]int {
	out := map[hit]int{}
	for _, h := range hits {
		out[h]++
	}
	return out
}

// drawHit draws a row, of values that are often the same. Times are around the
// gap's edges, before and after 1970, and now and then far away.
func drawHit(t *rapid.T) hit {
	second := time.Second.Microseconds()
	at := 5*second*rapid.Int64Range(-10, 10).Draw(t, "at") + rapid.Int64Range(-1, 1).Draw(t, "jitter")
	switch rapid.IntRange(0, 19).Draw(t, "when") {
	case 0, 1:
		at = never
	case 2:
		at -= 80 * 365 * 86400 * second
	case 3:
		at += 300 * 365 * 86400 * second
	}
	return hit{
		page:  rapid.SampledFrom([]string{"'a'", "'a'", "NULL", "''", "'a:1'", "'ä'"}).Draw(t, "page"),
		score: rapid.SampledFrom([]string{"CAST('0' AS DOUBLE)", "CAST('-0' AS DOUBLE)", "NULL", "CAST('1.5' AS DOUBLE)", "CAST('NaN' AS DOUBLE)"}).Draw(t, "score"),
		at:    at,
		n:     rapid.IntRange(0, 1).Draw(t, "n"),
	}
}

// step changes rows from before to after. Some of the signed rows cancel out.
func (v *visits) step(model string, before, after, both []hit) (faults []string) {
	v.Helper()
	delta := bag(after)
	for h, n := range bag(before) {
		delta[h] -= n
	}
	rows := signed(delta)
	for _, weight := range []string{" 1", "-1"} {
		rows += " UNION ALL SELECT page, score, moment, n, " + weight + " FROM (" + signed(bag(both)) + ") AS b"
	}
	v.must(v.change(rows))
	was, is := ids(model, before), ids(model, after)
	if got := v.hits(`"`+v.plan.Rows()+`"`, ""); !slices.Equal(got, is) {
		faults = append(faults, fmt.Sprintf("the view holds\n%s\nand not\n%s", strings.Join(got, "\n"), strings.Join(is, "\n")))
	}
	if got, want := v.hits(`"changes"`, ", _w"), difference(was, is); !slices.Equal(got, want) {
		faults = append(faults, fmt.Sprintf("it tells the changes\n%s\nand not\n%s", strings.Join(got, "\n"), strings.Join(want, "\n")))
	}
	return append(faults, v.spans()...)
}

// However rows come and leave, the view holds what cutting all of them anew gives,
// and tells exactly what changed.
func TestSessionsFollowTheirRows(t *testing.T) {
	views := map[string]*visits{}
	for name, model := range visitModels {
		views[name] = newVisits(t, model)
	}
	rapid.Check(t, func(rt *rapid.T) {
		name := rapid.SampledFrom(slices.Sorted(maps.Keys(views))).Draw(rt, "model")
		v := views[name]
		before := rapid.SliceOfN(rapid.Custom(drawHit), 0, 40).Draw(rt, "hits")
		stay := rapid.SliceOfN(rapid.IntRange(0, 3), len(before), len(before)).Draw(rt, "stay")
		after := rapid.SliceOfN(rapid.Custom(drawHit), 0, 10).Draw(rt, "come")
		for i, h := range before {
			if stay[i] > 0 {
				after = append(after, h)
			}
		}
		both := rapid.SliceOfN(rapid.Custom(drawHit), 0, 2).Draw(rt, "both")
		v.build("SELECT page, score, moment, n FROM (" + signed(bag(before)) + ")")
		for _, f := range v.step(visitModels[name], before, after, both) {
			rt.Error(f)
		}
		v.must(v.tx.Rollback())
	})
}

// chain are rows of one page, each the gap after the one before.
func chain(from time.Duration, rows int) []hit {
	out := make([]hit, rows)
	for i := range out {
		out[i] = hit{"'a'", "NULL", (from + time.Duration(i)*gap).Microseconds(), i}
	}
	return out
}

// Sessions may be longer than what their view's spans are mostly sorted into, and
// begin and end at any distance from the cells' edges.
func TestLongSessions(t *testing.T) {
	model := visitModels["by a text"]
	v := newVisits(t, model)
	cell := 64 * gap // the shortest width of a span
	for name, c := range map[string]struct {
		before, after []hit
		moves         int // rows that are there before and after, with another id
	}{
		"appended to":       {chain(0, 300), chain(0, 301), 0},
		"appended to late":  {slices.Concat(chain(0, 300), chain(3*time.Hour, 3)), slices.Concat(chain(0, 301), chain(3*time.Hour, 3)), 0},
		"prepended to":      {chain(gap, 300), slices.Concat([]hit{{"'a'", "NULL", 0, 0}}, chain(gap, 300)), 300},
		"one within":        {chain(0, 300), append(chain(0, 300), hit{"'a'", "NULL", (50*gap + time.Second).Microseconds(), 0}), 0},
		"a tie":             {chain(0, 300), append(chain(0, 300), hit{"'a'", "NULL", 0, 0}), 0},
		"bridged":           {slices.Delete(chain(0, 300), 100, 101), chain(0, 300), 199},
		"split":             {chain(0, 300), slices.Delete(chain(0, 300), 100, 101), 199},
		"loses its first":   {chain(0, 300), chain(0, 300)[1:], 299},
		"loses its last":    {chain(0, 300), chain(0, 299), 0},
		"loses one of two":  {append(chain(0, 300), chain(0, 300)...), append(chain(0, 300), slices.Delete(chain(0, 300), 100, 101)...), 0},
		"goes":              {slices.Concat(chain(0, 300), chain(3*time.Hour, 3)), chain(3*time.Hour, 3), 0},
		"a cell long":       {chain(cell-time.Second, 65), chain(cell-time.Second, 66), 0},
		"nearly a cell":     {chain(cell-time.Second, 63), chain(cell-time.Second, 64), 0},
		"before the epoch":  {chain(-cell-5*gap, 3), chain(-cell-5*gap, 4), 0},
		"before a cell":     {chain(cell, 3), slices.Concat([]hit{{"'a'", "NULL", (cell - gap).Microseconds(), 0}}, chain(cell, 3)), 3},
		"a gap and a bit":   {chain(0, 300), append(chain(0, 300), hit{"'a'", "NULL", (300*gap + time.Microsecond).Microseconds(), 0}), 0},
		"another partition": {chain(0, 300), append(chain(0, 300), hit{"'a:1'", "NULL", (50 * gap).Microseconds(), 0}), 0},
	} {
		t.Run(name, func(t *testing.T) {
			v.T = t
			v.build("SELECT page, score, moment, n FROM (" + signed(bag(c.before)) + ")")
			for _, f := range v.step(model, c.before, c.after, nil) {
				t.Error(f)
			}
			if got, want := v.rows(`SELECT count(*) FROM "`+v.plan.Moving(nil).Name+`"`), []string{"0"}; c.moves == 0 && !slices.Equal(got, want) {
				t.Errorf("it reads %s rows of the view and changes none", got)
			}
			moved := 0
			for _, row := range v.hits(`"changes"`, ", _w") {
				if strings.HasSuffix(row, " -1") {
					moved++
				}
			}
			if want := c.moves + max(0, len(c.before)-len(c.after)); moved != want {
				t.Errorf("%d rows leave the view, want %d", moved, want)
			}
			v.must(v.tx.Rollback())
		})
	}
}

// What is read of the view is a few stretches of time: one far session does not
// make it read all between.
func TestSessionsAreReadInStretches(t *testing.T) {
	v := newVisits(t, visitModels["by a text"])
	var before, first []hit
	for _, hour := range []time.Duration{0, 99, 100} {
		before = append(before, chain(hour*time.Hour, 3)...)
		first = append(first, hit{"'a'", "NULL", (hour*time.Hour - time.Second).Microseconds(), 0})
	}
	v.build("SELECT page, score, moment, n FROM (" + signed(bag(before)) + ")")
	v.must(v.change(signed(bag(first))))
	hour := time.Hour.Microseconds()
	want := []string{fmt.Sprint(0, 2*gap.Microseconds()), fmt.Sprint(99*hour, 100*hour+2*gap.Microseconds())}
	if got := v.rows(v.plan.Stretches(v.plan.Moved())); !slices.Equal(got, want) {
		t.Errorf("the stretches are %q, want %q", got, want)
	}
	v.must(v.tx.Rollback())
}

// Rows that leave and were not there say that view and delta do not belong together.
func TestRowsLeaveThatAreNotThere(t *testing.T) {
	v := newVisits(t, visitModels["by a text"])
	v.build("SELECT page, score, moment, n FROM (" + signed(bag(chain(0, 3))) + ")")
	for name, h := range map[string]hit{"in no session": chain(time.Hour, 1)[0], "in one": {"'a'", "NULL", 1, 0}, "without a time": {"'a'", "NULL", never, 0}} {
		if err := v.change(signed(map[hit]int{h: -1})); fault.CodeOf(err) != fault.Internal || !strings.Contains(fmt.Sprint(err), "s.v") {
			t.Errorf("%s: %v", name, err)
		}
		v.must(v.tx.Rollback())
	}
}

// difference is what came and left between two bags of rows.
func difference(before, after []string) []string {
	weights := map[string]int{}
	for _, row := range after {
		weights[row]++
	}
	for _, row := range before {
		weights[row]--
	}
	var out []string
	for row, w := range weights {
		out = append(out, slices.Repeat([]string{row + " 1"}, max(0, w))...)
		out = append(out, slices.Repeat([]string{row + " -1"}, max(0, -w))...)
	}
	slices.Sort(out)
	return out
}
