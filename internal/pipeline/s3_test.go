package pipeline_test

import (
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/atolldata/atoll/internal/pipeline"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/testenv"
)

// Files in a bucket load where they are, ahead of which they are downloaded;
// their other versions replace them; a lake in a bucket brings the warehouse
// back.
func TestBucketsAsSourceAndLake(t *testing.T) {
	server := testenv.S3(t)
	server.SetEnvironment(t)
	server.CreateBucket(t, "incoming", true)
	server.CreateBucket(t, "lake", false)
	url := func(bucket string) string {
		return fmt.Sprintf("s3://%s/base/?region=%s&endpoint=%s", bucket, server.Region, server.Endpoint)
	}
	for _, lake := range []string{"file://.atoll/lake", url("lake")} {
		t.Run(lake[:2], func(t *testing.T) {
			archive := strings.Replace(shop, "name: shop\n", "name: shop\nlake: "+lake+"\n", 1)
			archive = strings.Replace(archive, "file://data/", url("incoming"), 1)
			f := newFolder(t, archive[:strings.Index(archive, "-- data")])
			for i := range 30 {
				server.Put(t, "incoming", fmt.Sprintf("base/orders%02d.json", i), fmt.Appendf(nil, "{\"id\":%d,\"customer\":\"ann\",\"amount\":1}\n", i))
			}
			if r := f.run(pipeline.RunOptions{}); r.Files != 30 || r.Rows != 30 || r.Failed() {
				t.Errorf("report: %+v", r)
			}
			server.Put(t, "incoming", "base/orders07.json", []byte("{\"id\":7,\"customer\":\"bob\",\"amount\":5}\n"))
			if r := f.run(pipeline.RunOptions{}); r.Files != 1 || r.Failed() {
				t.Errorf("after a change: %+v", r)
			}
			if got := f.query(totals); got != "ann 29.00 29\nbob 5.00 1" {
				t.Errorf("totals: %s", got)
			}
			before := f.query(state)
			f.remove(".atoll/warehouse.duckdb")
			if r := f.run(pipeline.RunOptions{}); r.Rebuilt != 2 || r.Failed() {
				t.Errorf("rebuilt: %+v", r)
			}
			if after := f.query(state); after != before {
				t.Errorf("rebuilt:\n%s\nwas:\n%s", after, before)
			}
			if entries, _ := os.ReadDir(f.dir + "/.atoll/downloads"); len(entries) > 0 {
				t.Errorf("downloads are left behind: %v", entries)
			}
		})
	}
}

// whenLanding calls a function when the first file of a tick has landed.
type whenLanding struct{ do func() }

func (w whenLanding) Landing(int, int, int64)          { w.do() }
func (w whenLanding) Loading(schema.Name, int64)       {}
func (w whenLanding) Refreshing(schema.Name, int, int) {}

// An object that goes between being listed and being loaded stops no other.
func TestAnObjectThatCannotBeReadIsItsOwnFault(t *testing.T) {
	server := testenv.S3(t)
	server.SetEnvironment(t)
	server.CreateBucket(t, "incoming", false)
	url := fmt.Sprintf("s3://incoming/?region=%s&endpoint=%s", server.Region, server.Endpoint)
	f := newFolder(t, strings.Replace(shop[:strings.Index(shop, "-- data")], "file://data/", url, 1))
	for i := range 3 {
		server.Put(t, "incoming", fmt.Sprintf("orders%d.json", i), fmt.Appendf(nil, "{\"id\":%d,\"customer\":\"ann\",\"amount\":1}\n", i))
	}
	change := sync.OnceFunc(func() {
		server.Put(t, "incoming", "orders1.json", []byte("{\"id\":1,\"customer\":\"bob\",\"amount\":1}\n"))
	})
	p, err := pipeline.Open(t.Context(), f.dir, pipeline.Options{Progress: whenLanding{change}})
	if err != nil {
		t.Fatal(err)
	}
	r, err := p.Run(t.Context(), pipeline.RunOptions{})
	p.Close()
	if err != nil || r.Files != 2 || len(r.Sources) != 1 || !strings.Contains(r.Sources[0].Error, "orders1.json") {
		t.Errorf("report: %+v, error: %v", r, err)
	}
	if got := f.query(totals); got != "ann 2.00 2" {
		t.Errorf("totals without it: %s", got)
	}
	if r := f.run(pipeline.RunOptions{}); r.Files != 1 || r.Failed() {
		t.Errorf("the tick after: %+v", r)
	}
	if got := f.query(totals); got != "ann 2.00 2\nbob 1.00 1" {
		t.Errorf("totals: %s", got)
	}
}
