package pipeline_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/atolldata/atoll/internal/pipeline"
)

// childFolder tells a child process of the test which project to tick.
const childFolder = "ATOLL_TEST_TICK"

func TestMain(m *testing.M) {
	if dir := os.Getenv(childFolder); dir != "" {
		os.Exit(tickAsChild(dir))
	}
	os.Exit(m.Run())
}

// tickAsChild does one tick in small batches and says so.
func tickAsChild(dir string) int {
	ctx := context.Background()
	p, err := pipeline.Open(ctx, dir, pipeline.Options{BatchBytes: 400})
	if err != nil {
		fmt.Println(err)
		return 1
	}
	defer p.Close()
	fmt.Println("open")
	if _, err := p.Run(ctx, pipeline.RunOptions{}); err != nil {
		fmt.Println(err)
		return 1
	}
	return 0
}

// A process that is killed at any moment leaves lake, ledger, rows and views as
// they were before or after a commit; the next one carries on, and in the end
// every row is there once.
func TestKilledAtAnyMoment(t *testing.T) {
	f := newFolder(t, strings.Replace(shop, "SELECT customer,", "/* @sort customer */ SELECT customer,", 1)+
		"-- models/reports/above.sql --\nSELECT SUM(orders) AS n FROM reports.totals\n")
	wrote := 2
	for i := range 60 {
		var text strings.Builder
		for j := range 20 {
			fmt.Fprintf(&text, "{\"id\":%d,\"customer\":\"c%d\",\"amount\":%d}\n", 100+20*i+j, j%7, j)
			wrote++
		}
		f.write(fmt.Sprintf("-- data/orders_%03d.json --\n%s", i, text.String()))
	}
	kills := 0
	for attempt := 0; ; attempt++ {
		if attempt > 200 {
			t.Fatal("the ticks do not come to an end")
		}
		child := exec.Command(os.Args[0])
		child.Env = append(os.Environ(), childFolder+"="+f.dir)
		out, err := child.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		opened := make([]byte, 5)
		_, _ = out.Read(opened)
		// Fewer moments as the attempts go on, so that the end is reached.
		time.AfterFunc(time.Duration(rand.IntN(40+40*attempt))*time.Millisecond, func() { _ = child.Process.Kill() })
		err = child.Wait()
		f.consistent()
		if err == nil {
			break
		}
		if child.ProcessState.Exited() {
			t.Fatalf("the tick failed: %v, %q", err, opened)
		}
		kills++
	}
	if kills == 0 {
		t.Error("no attempt was killed in time: the test has shown nothing")
	}
	f.run(pipeline.RunOptions{})
	if got := f.query(`SELECT count(*), count(DISTINCT id), (SELECT n FROM reports.above) FROM shop.orders`); got != fmt.Sprintf("%d %d %d", wrote, wrote, wrote) {
		t.Errorf("rows, ids, orders: %s, want %d each", got, wrote)
	}
}

// consistent checks what holds after every commit and every crash.
func (f *folder) consistent() {
	f.t.Helper()
	p := f.open()
	defer p.Close()
	for what, query := range map[string]string{
		"files whose rows are not all there": `SELECT id FROM atoll.files LEFT JOIN
			(SELECT _file, count(*) AS n FROM atoll_store."shop.orders" GROUP BY 1) ON _file = id
			WHERE coalesce(n, 0) <> rows_loaded`,
		"rows of no file":          `SELECT DISTINCT _file FROM atoll_store."shop.orders" WHERE _file NOT IN (SELECT id FROM atoll.files)`,
		"batches that disagree":    `SELECT batch FROM atoll.batches b WHERE rows_loaded <> (SELECT sum(rows_loaded) FROM atoll.files f WHERE f.batch = b.batch)`,
		"tables that miscount":     `SELECT rows_held FROM atoll.tables WHERE rows_held <> (SELECT count(*) FROM shop.orders)`,
		"views that miscount":      `SELECT rows_held FROM atoll.views WHERE view_name = 'reports.totals' AND rows_held <> (SELECT count(*) FROM reports.totals)`,
		"views that do not add up": `SELECT n FROM reports.above WHERE n <> (SELECT sum(orders) FROM reports.totals)`,
	} {
		tables := rows(f.t, p, `SELECT count(*) FROM information_schema.tables WHERE table_schema IN ('shop', 'reports')`)
		if strings.Contains(query, "reports.") && tables != "3" || tables == "0" {
			continue // not built yet
		}
		if got := rows(f.t, p, query); got != "" {
			f.t.Fatalf("%s: %s", what, got)
		}
	}
}
