package pipeline_test

import (
	"strings"
	"testing"

	"github.com/atolldata/atoll/internal/pipeline"
)

// hashes are the columns of texts that rows are prepared to be found by.
const hashes = `SELECT regexp_replace(table_name, '@.*', ''), regexp_extract(column_name, '\[.*\]') FROM duckdb_columns() WHERE starts_with(column_name, '_hash ') ORDER BY 1, 2`

// Tables are prepared for what views look their rows up by: as they are created, and when
// there is a view that needs it, also if the warehouse was lost meanwhile.
func TestTablesArePreparedForLookups(t *testing.T) {
	f := newFolder(t, shop)
	f.run(pipeline.RunOptions{})
	if got := f.query(hashes); got != `reports.totals ["customer"]` {
		t.Errorf("with totals alone, hashes: %s", got)
	}
	f.write("-- models/reports/ranks.sql --\nSELECT id, RANK() OVER (PARTITION BY customer ORDER BY id) AS r FROM shop.orders\n" +
		"-- models/reports/shares.sql --\nSELECT o.id, o.amount / t.total AS share FROM shop.orders o JOIN reports.totals t ON t.customer = o.customer\n")
	if r := f.run(pipeline.RunOptions{}); r.Failed() {
		t.Errorf("report: %+v", r)
	}
	const want = "reports.ranks [\"#k1\"]\nreports.totals [\"customer\"]\nshop.orders [\"customer\"]"
	if got := f.query(hashes); got != want {
		t.Errorf("with views that look orders up, hashes: %s", got)
	}
	f.write("-- data/orders2.json --\n{\"id\":3,\"customer\":\"ann\",\"amount\":1}\n")
	f.run(pipeline.RunOptions{})
	const verified = "reports.ranks equal 0 0\nreports.totals equal 0 0\nreports.shares equal 0 0"
	f.expect(f.verify(0), verified)
	const orders = `SELECT * FROM shop.orders ORDER BY 1`
	before := f.query(orders)
	f.remove(".atoll/warehouse.duckdb")
	f.run(pipeline.RunOptions{})
	if got := f.query(hashes); got != want {
		t.Errorf("rebuilt, hashes: %s", got)
	}
	f.expect(f.verify(0), verified)
	f.expect(f.query(orders), before)
}

// A view that is run as a whole, as its stages fail, has no state, which its own refreshes
// would look rows up by: neither it nor who reads it is held up by that.
func TestWhatIsNotStoredIsNotPrepared(t *testing.T) {
	f := newFolder(t, strings.Replace(counts, "k: varchar(10)", "k: varchar(40)", 1)+`
-- models/v/places.sql --
SELECT sq, RANK() OVER (PARTITION BY k ORDER BY sq) AS place FROM (SELECT k, n, SUM(CAST(k AS INTEGER) * n) AS sq FROM s.t GROUP BY k, n) g WHERE k BETWEEN '0' AND '9'
`)
	f.write("-- data/t2.json --\n{\"k\": \"2\", \"n\": 3}\n")
	const failed = "v.places: full, its stages could not be built"
	if got := f.tick(always, pipeline.RunOptions{}); !strings.Contains(got, failed) {
		t.Errorf("the tick did\n%s\nnot %s", got, failed)
	}
	f.write("-- models/v/above.sql --\nSELECT place, SUM(sq) AS total FROM v.places GROUP BY place\n")
	f.tick(always, pipeline.RunOptions{})
	f.expect(f.query(`SELECT * FROM v.above`), "1 6")
	f.expect(f.verify(10, "v.places", "v.above"), "v.places equal 0 0\nv.above equal 0 0")

	f.remove("data/t1.json")
	f.write("-- data/t1.json --\n{\"k\": \"7\", \"n\": 1}\n") // the texts are gone
	f.tick(always, pipeline.RunOptions{FullRefresh: true})
	if got, want := f.query(hashes+` LIMIT 9`), `v.places ["#k1"]`; !strings.Contains(got, want) {
		t.Errorf("with stages, hashes: %s, want %s among them", got, want)
	}
	f.expect(f.verify(10, "v.places", "v.above"), "v.places equal 0 0\nv.above equal 0 0")
}
