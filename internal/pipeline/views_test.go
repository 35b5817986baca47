package pipeline_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/pipeline"
	"github.com/atolldata/atoll/internal/schema"
)

const viewStates = `SELECT view_name, state, failures, label, rows_held FROM atoll.views ORDER BY 1`

// failing divides by an amount that is zero for some orders.
const failing = `
-- models/reports/shares.sql --
SELECT customer, 1 / CAST(amount - 5 AS integer) AS share FROM shop.orders
-- models/reports/above.sql --
SELECT COUNT(*) AS n FROM reports.shares
`

func viewStateOf(r *pipeline.Report) map[string]pipeline.ViewState {
	out := map[string]pipeline.ViewState{}
	for _, v := range r.Views {
		out[v.Name.String()] = v.State
	}
	return out
}

func TestAFailingViewIsCutOutWithWhatDependsOnIt(t *testing.T) {
	f := newFolder(t, shop+failing)
	r := f.run(pipeline.RunOptions{})
	got := viewStateOf(r)
	if got["reports.shares"] != pipeline.ViewFailed || got["reports.above"] != pipeline.ViewBlocked || got["reports.totals"] != pipeline.ViewCurrent || !r.Failed() {
		t.Errorf("the first tick: %v", got)
	}
	if r.Rows != 2 || f.query(`SELECT count(*) FROM shop.orders`) != "2" {
		t.Errorf("the load: %+v", r)
	}
	if got := f.query(`SELECT name, state, error LIKE '%zero%' FROM atoll.run_steps WHERE kind = 'refresh' AND state <> 'done' ORDER BY 1`); got != "reports.above blocked false\nreports.shares failed true" {
		t.Errorf("steps: %s", got)
	}

	// It is not tried before its time, and never doubles a tick.
	f.now = f.now.Add(30 * time.Second)
	r = f.run(pipeline.RunOptions{})
	if got := viewStateOf(r); got["reports.shares"] != pipeline.ViewFailed || !strings.Contains(r.Views[0].Error+r.Views[1].Error, "tried again") {
		t.Errorf("before the retry: %+v", r.Views)
	}
	if got := f.query(`SELECT failures FROM atoll.views WHERE view_name = 'reports.shares'`); got != "1" {
		t.Errorf("failures: %s", got)
	}

	// Retried after the main commit, it fails again and waits for longer.
	f.now = f.now.Add(time.Minute)
	f.run(pipeline.RunOptions{})
	if got := f.query(`SELECT failures, retry_at FROM atoll.views WHERE view_name = 'reports.shares'`); got != "2 2026-03-01 12:03:30" {
		t.Errorf("failures: %s", got)
	}

	// Once the data is right it succeeds, and so does what waited for it.
	f.write("-- data/orders1.json --\n{\"id\":1,\"customer\":\"ann\",\"amount\":7}\n")
	f.now = f.now.Add(time.Hour)
	if r := f.run(pipeline.RunOptions{}); r.Failed() {
		t.Errorf("after mending: %+v", r.Views)
	}
	if got := f.query(`SELECT share, n FROM reports.shares, reports.above`); got != "0 1" && got != "1 1" {
		t.Errorf("the views: %s", got)
	}
	if got := f.query(`SELECT count(*) FROM atoll.views WHERE state = 'current' AND failures = 0 AND coalesce(error, '') = ''`); got != "3" {
		t.Errorf("states: %s", f.query(viewStates))
	}
}

func TestAFailingViewKeepsItsOldContent(t *testing.T) {
	f := newFolder(t, strings.Replace(shop, `"amount":5}`, `"amount":9}`, 1)+failing)
	f.run(pipeline.RunOptions{})
	before := f.query(`SELECT * FROM reports.shares ORDER BY 1`)
	f.write("-- data/orders2.json --\n{\"id\":3,\"customer\":\"cy\",\"amount\":5}\n")
	f.now = f.now.Add(time.Minute)
	r := f.run(pipeline.RunOptions{})
	if viewStateOf(r)["reports.shares"] != pipeline.ViewFailed || f.query(`SELECT * FROM reports.shares ORDER BY 1`) != before {
		t.Errorf("report: %+v", r)
	}
	if got := f.query(`SELECT sum(orders)::BIGINT FROM reports.totals`); got != "3" {
		t.Errorf("the others: %s", got)
	}
}

func TestABrokenModelKeepsItsContentAndTheLoadsGoOn(t *testing.T) {
	f := newFolder(t, shop)
	f.run(pipeline.RunOptions{})
	start := strings.Index(shop, "-- sources")
	f.write(strings.Replace(shop[start:strings.Index(shop, "-- models")], "amount: decimal(10,2)", "price: decimal(10,2)", 1))
	f.write("-- data/orders2.json --\n{\"id\":3,\"customer\":\"cy\",\"price\":5}\n")
	r := f.run(pipeline.RunOptions{})
	if r.Files != 2 || viewStateOf(r)["reports.totals"] != pipeline.ViewBroken || !r.Failed() {
		t.Errorf("report: %+v", r)
	}
	if got := f.query(totals); got != "ann 10.50 1\nbob 5.00 1" {
		t.Errorf("the old content: %s", got)
	}
	p := f.open()
	catalog, err := p.Catalog(t.Context())
	p.Close()
	if err != nil {
		t.Fatal(err)
	}
	kept, ok := catalog.Table(schema.Name{Schema: "reports", Name: "totals"})
	if !ok || len(kept.Columns) != 3 || kept.Columns[1].Type.String() != "decimal(38,2)" {
		t.Errorf("a query sees of it: %v", kept)
	}
	if got := f.query(`SELECT state, error LIKE '%amount%' FROM atoll.views`); got != "broken true" {
		t.Errorf("state: %s", got)
	}
	if got := f.query(`SELECT count(*) FROM shop.orders WHERE price = 5`); got != "1" {
		t.Errorf("the loads: %s", got)
	}
}

// A model that was laid out in another way, or got a comment, is deployed as it is
// then, although there is nothing to refresh: when what it reads goes, it is broken,
// and no mistake of who edited it.
func TestALaidOutModelIsDeployed(t *testing.T) {
	for _, header := range []string{"", "/* @every 24h */ "} {
		f := newFolder(t, shop+"-- models/reports/totals.sql --\n"+header+"SELECT SUM(amount) AS total FROM shop.orders\n")
		f.run(pipeline.RunOptions{})
		f.now = f.now.Add(time.Minute)
		f.write("-- models/reports/totals.sql --\n" + header + "SELECT sum(amount) AS total -- of all\nFROM shop.orders\n")
		if r := f.run(pipeline.RunOptions{}); !r.Nothing() {
			t.Errorf("it was refreshed: %+v", r)
		}
		start := strings.Index(shop, "-- sources")
		f.write(strings.Replace(shop[start:strings.Index(shop, "-- models")], "amount: decimal(10,2)", "price: decimal(10,2)", 1))
		if r, err := f.try(pipeline.RunOptions{}); err != nil || viewStateOf(r)["reports.totals"] != pipeline.ViewBroken {
			t.Errorf("report: %+v, error: %v", r, err)
		}
	}
}

// What waited for a view that failed is current again once that is, whether or not
// its own rows have to change.
func TestWhatWaitedIsCurrentAgain(t *testing.T) {
	for _, header := range []string{"", "/* @every 24h */ "} {
		f := newFolder(t, strings.Replace(shop, `"amount":5}`, `"amount":9}`, 1)+failing+
			"-- models/reports/above.sql --\n"+header+"SELECT COUNT(*) AS n FROM reports.shares\n")
		f.tick(always, pipeline.RunOptions{})
		f.write("-- data/orders2.json --\n{\"id\":3,\"customer\":\"cy\",\"amount\":5}\n")
		f.now = f.now.Add(time.Minute)
		if r := f.run(pipeline.RunOptions{}); viewStateOf(r)["reports.above"] != pipeline.ViewBlocked {
			t.Fatalf("report: %+v", r)
		}
		f.write("-- data/orders2.json --\n")
		f.now = f.now.Add(time.Hour)
		f.tick(always, pipeline.RunOptions{}) // fails if a view is told to have failed, or to wait
		if got := f.query(`SELECT view_name, state, coalesce(error, '') FROM atoll.views WHERE state <> 'current' OR error <> ''`); got != "" {
			t.Errorf("with the header %q: %s", header, got)
		}
		if got := f.query(`SELECT state FROM atoll.runs ORDER BY run DESC LIMIT 1`); got != "done" {
			t.Errorf("the tick is %s", got)
		}
	}
}

func TestAnInvalidModelIsNotDeployed(t *testing.T) {
	f := newFolder(t, shop)
	f.run(pipeline.RunOptions{})
	f.write("-- models/reports/totals.sql --\nSELECT nobody FROM shop.orders\n-- data/orders2.json --\n{\"id\":3,\"customer\":\"cy\",\"amount\":5}\n")
	_, err := f.try(pipeline.RunOptions{})
	if fault.CodeOf(err) != fault.Name || !strings.Contains(err.Error(), `"nobody"`) {
		t.Errorf("error: %v", err)
	}
	if got := f.query(`SELECT count(*) FROM shop.orders`); got != "2" {
		t.Errorf("it went on all the same: %s", got)
	}
}

// The last row of atoll.runs does not tell of a failure that is over, also if nothing
// is left to do once it is.
func TestAFailureThatIsOverIsNotTheLastRun(t *testing.T) {
	f := newFolder(t, shop)
	f.run(pipeline.RunOptions{})
	model := strings.Index(shop, "-- models")
	f.write(strings.Replace(shop[model:], "SUM(amount)", "SUM(nobody)", 1))
	if _, err := f.try(pipeline.RunOptions{}); err == nil {
		t.Fatal("the project is valid")
	}
	f.write(shop[model:])
	for range 2 {
		if r := f.run(pipeline.RunOptions{}); !r.Nothing() {
			t.Errorf("report: %+v", r)
		}
		if got := f.query(`SELECT run, state FROM atoll.runs ORDER BY run`); got != "1 done\n2 failed\n3 done" {
			t.Errorf("runs: %s", got)
		}
	}
}

func TestAnEditedModelIsRebuiltAndAGoneOneDropped(t *testing.T) {
	f := newFolder(t, shop+"-- models/reports/n.sql --\nSELECT COUNT(*) AS n FROM shop.orders\n")
	f.run(pipeline.RunOptions{})
	f.write("-- models/reports/totals.sql --\nSELECT customer, MAX(amount) AS most FROM shop.orders GROUP BY customer\n")
	f.remove("models/reports/n.sql")
	if r := f.run(pipeline.RunOptions{}); len(r.Views) != 1 || r.Failed() {
		t.Errorf("report: %+v", r)
	}
	if got := f.query(totals); got != "ann 10.50\nbob 5.00" {
		t.Errorf("the edited view: %s", got)
	}
	if got := f.query(`SELECT count(*) FROM duckdb_tables() WHERE table_name LIKE 'reports.%'`); got != "1" {
		t.Errorf("physical tables of views: %s", got)
	}
	// A comment is no change.
	f.write("-- models/reports/totals.sql --\n/* @doc most */ SELECT customer, MAX(amount) AS most FROM shop.orders GROUP BY customer\n")
	if r := f.run(pipeline.RunOptions{}); !r.Nothing() {
		t.Errorf("after a comment: %+v", r)
	}
}

const scheduled = `
-- models/reports/totals.sql --
/* @every 120m */
SELECT customer, SUM(amount) AS total, COUNT(*) AS orders FROM shop.orders GROUP BY customer
-- models/reports/half.sql --
/* @every 30m */
SELECT COUNT(*) AS n, MAX(total) AS most FROM reports.totals
-- models/reports/today.sql --
SELECT GETDATE() AS at, COUNT(*) AS n FROM shop.orders
`

func TestLabels(t *testing.T) {
	f := newFolder(t, shop+scheduled)
	at := func(clock string) *pipeline.Report {
		t.Helper()
		label, err := time.Parse("2006-01-02 15:04", "2026-03-01 "+clock)
		if err != nil {
			t.Fatal(err)
		}
		return f.run(pipeline.RunOptions{AsOf: label})
	}
	labels := func(want string) {
		t.Helper()
		got := f.query(`SELECT view_name, strftime(label, '%H:%M') FROM atoll.views ORDER BY 1`)
		if got != want {
			t.Errorf("labels:\n%s\nwant:\n%s", got, want)
		}
	}
	at("10:07") // a first build is always due
	labels("reports.half 10:00\nreports.today 10:07\nreports.totals 10:00")

	f.write("-- data/orders2.json --\n{\"id\":3,\"customer\":\"cy\",\"amount\":50}\n")
	at("11:59") // totals is not due; half waits for it; today is due on every tick
	labels("reports.half 10:00\nreports.today 11:59\nreports.totals 10:00")
	if got := f.query(`SELECT "at", n FROM reports.today`); got != "2026-03-01 11:59:00 3" {
		t.Errorf("now is the label: %s", got)
	}
	if got := f.query(`SELECT count(*) FROM reports.totals`); got != "2" {
		t.Errorf("totals was refreshed before it was due: %s", got)
	}

	at("12:03")
	labels("reports.half 12:00\nreports.today 12:03\nreports.totals 12:00")
	if got := f.query(`SELECT * FROM reports.half`); got != "3 50.00" {
		t.Errorf("half: %s", got)
	}

	at("19:30") // after downtime
	labels("reports.half 18:00\nreports.today 19:30\nreports.totals 18:00")
	if got := f.query(`SELECT table_name, strftime(label, '%H:%M') FROM atoll.tables`); got != "shop.orders 19:30" {
		t.Errorf("the table's label: %s", got)
	}
	at("19:00") // a clock that goes back moves nothing back
	labels("reports.half 18:00\nreports.today 19:30\nreports.totals 18:00")
}

func TestAllAndSelect(t *testing.T) {
	f := newFolder(t, shop+scheduled)
	f.run(pipeline.RunOptions{})
	if r := f.run(pipeline.RunOptions{All: true}); len(r.Views) != 3 || r.Files != 0 {
		t.Errorf("--all: %+v", r)
	}
	if r := f.run(pipeline.RunOptions{All: true, Select: "reports.totals"}); len(r.Views) != 1 {
		t.Errorf("--all --select: %+v", r)
	}
	f.write("-- data/orders2.json --\n{\"id\":3,\"customer\":\"cy\",\"amount\":50}\n")
	if r := f.run(pipeline.RunOptions{Select: "reports.today"}); r.Files != 0 {
		t.Errorf("a view alone: %+v", r)
	}
	if r := f.run(pipeline.RunOptions{Select: "+reports.today"}); r.Files != 1 || len(r.Views) != 1 {
		t.Errorf("a view and what it reads: %+v", r)
	}
	f = newFolder(t, shop+failing)
	if r := f.run(pipeline.RunOptions{Select: "reports.above"}); viewStateOf(r)["reports.above"] != pipeline.ViewBlocked || !strings.Contains(r.Views[0].Error, "--select +reports.above") {
		t.Errorf("a view alone, over one that was never built: %+v", r)
	}
	if _, err := f.try(pipeline.RunOptions{Select: "nothing_like_it"}); err == nil {
		t.Error("a selector that names nothing")
	}
}

const chat = `
-- atoll.yaml --
name: chat
-- sources/bots.yaml --
source: bots
type: files
url: file://data/
tables:
  rows:
    match: "*.json"
    format: json
    columns: {bot: varchar(10), n: integer, at: timestamp}
-- models/facts/messages.sql --
/*
 * @kind sessions
 * @partition-by bot
 * @order-by at
 * @gap 10 seconds
 */
SELECT bot, n, at FROM bots.rows
-- data/a.json --
{"bot":"x","n":1,"at":"2026-01-01 00:00:00"}
{"bot":"x","n":2,"at":"2026-01-01 00:00:10"}
{"bot":"x","n":3,"at":"2026-01-01 00:00:20.000001"}
{"bot":"y","n":4,"at":"2026-01-01 00:00:05"}
{"bot":null,"n":5,"at":"2026-01-01 00:00:05"}
{"bot":null,"n":6,"at":"2026-01-01 00:00:05"}
{"bot":"x","n":7,"at":null}
{"bot":"x","n":8,"at":null}
`

func TestSessions(t *testing.T) {
	f := newFolder(t, chat)
	f.run(pipeline.RunOptions{})
	groups := `SELECT string_agg(n::VARCHAR, ',' ORDER BY n) AS g FROM facts.messages GROUP BY session_id ORDER BY min(n)`
	if got := f.query(groups); got != "1,2\n3\n4\n5,6\n7,8" {
		t.Errorf("sessions: %s", got)
	}
	if got := f.query(`SELECT count(*) FROM facts.messages WHERE session_id IS NULL`); got != "2" {
		t.Errorf("rows without a time: %s", got)
	}
	ids := `SELECT n, session_id FROM facts.messages WHERE n IN (3, 4, 5) ORDER BY 1`
	before := f.query(ids)
	if !strings.Contains(before, " ") || len(strings.Fields(before)[1]) != 32 {
		t.Errorf("ids: %s", before)
	}
	// A late row bridges two sessions; those of others keep their ids, and the
	// joined one is named by its first time.
	first := f.query(`SELECT session_id FROM facts.messages WHERE n = 1`)
	f.write("-- data/b.json --\n{\"bot\":\"x\",\"n\":9,\"at\":\"2026-01-01 00:00:15\"}\n")
	f.now = f.now.Add(time.Minute)
	f.run(pipeline.RunOptions{})
	if got := f.query(groups); got != "1,2,3,9\n4\n5,6\n7,8" {
		t.Errorf("after a late row: %s", got)
	}
	if got := f.query(`SELECT DISTINCT session_id FROM facts.messages WHERE n IN (1, 2, 3, 9)`); got != first {
		t.Errorf("the id changed: %s, was %s", got, first)
	}
}

func TestTheSecondProcessIsToldWhoHoldsTheWarehouse(t *testing.T) {
	f := newFolder(t, shop)
	p := f.open()
	defer p.Close()
	_, err := pipeline.Open(t.Context(), f.dir, pipeline.Options{})
	var e *fault.Error
	if !errors.As(err, &e) || e.Code != fault.Busy {
		t.Errorf("error: %v", err)
	}
}

// A model that failed and is as before again is current: its view holds what it returns.
func TestAViewWhoseModelComesBackIsCurrent(t *testing.T) {
	f := newFolder(t, strings.Replace(shop, `"amount":5}`, `"amount":9}`, 1)+failing)
	f.run(pipeline.RunOptions{})
	f.write("-- models/reports/shares.sql --\nSELECT customer, 1 / CAST(amount - 9 AS integer) AS share FROM shop.orders\n")
	f.now = f.now.Add(time.Minute)
	if got := viewStateOf(f.run(pipeline.RunOptions{})); got["reports.shares"] != pipeline.ViewFailed || got["reports.above"] != pipeline.ViewBlocked {
		t.Errorf("with a zero: %v", got)
	}
	f.write("-- models/reports/shares.sql --\nSELECT customer, 1 / CAST(amount - 5 AS integer) AS share FROM shop.orders\n")
	f.now = f.now.Add(time.Hour)
	if r := f.run(pipeline.RunOptions{}); r.Failed() {
		t.Errorf("as before: %+v", r.Views)
	}
	if got := f.query(`SELECT count(*) FROM atoll.views WHERE state = 'current' AND failures = 0 AND coalesce(error, '') = ''`); got != "3" {
		t.Errorf("states: %s", f.query(`SELECT view_name, state, failures, error FROM atoll.views ORDER BY 1`))
	}
}
