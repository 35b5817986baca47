package pipeline_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/atolldata/atoll/internal/pipeline"
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
