package decode

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/atolldata/atoll/internal/project"
)

// TestRealEdits decodes the Wikipedia edits of the shared data folder: 39,244
// by an independent count.
func TestRealEdits(t *testing.T) {
	path := filepath.Join("..", "..", "..", "shared", "data", "wikipedia-edits.json.gz")
	f, err := os.Open(path)
	if err != nil {
		t.Skipf("the shared data folder is absent: %v", err)
	}
	defer f.Close()
	edits := table(t, project.JSON, "time timestamp auto", "channel varchar", "cityName varchar", "comment varchar(65535)",
		"isAnonymous boolean", "isRobot boolean", "page varchar(1000)", "user varchar", "added integer", "deleted bigint", "delta integer")
	r, err := Open(edits, path, f)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	out := decodeAll(t, edits, r)
	if out.err != nil || len(out.rows) != 39_244 || len(out.rejects) != 0 {
		t.Fatalf("%d rows, rejects %v, error %v", len(out.rows), out.rejects, out.err)
	}
	const first = `1 | 1441932418771000 | "#en.wikipedia" | NULL | "added project" | 0 | 0 | "Talk:Oswald Tilghman" | "GELongstreet" | 36 | 0 | 36`
	if out.rows[0] != first {
		t.Errorf("the first edit is %s, want %s", out.rows[0], first)
	}
}
