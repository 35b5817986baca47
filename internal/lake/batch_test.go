package lake_test

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/lake"
	"github.com/atolldata/atoll/internal/schema"
)

var (
	sends  = schema.Name{Schema: "smslogs", Name: "sends"}
	clicks = schema.Name{Schema: "smslogs", Name: "clicks"}
	moment = time.Date(2026, 1, 2, 3, 4, 5, 123_456_789, time.UTC)
)

func file(id int32, table schema.Name, uri string, state lake.State) lake.File {
	return lake.File{ID: id, Table: table, URI: uri, Version: "v1", Size: int64(id) * 100, Modified: moment, State: state, Batch: 1}
}

func batch(number int64, files ...lake.File) lake.Batch {
	return lake.Batch{
		Number: number, Label: moment, Files: files,
		Bookmarks: map[string]json.RawMessage{"smslogs.sends": json.RawMessage(`{"after":"x<y"}`)},
	}
}

func commit(t *testing.T, l *lake.Lake, b lake.Batch) {
	t.Helper()
	if err := l.WriteBatch(t.Context(), b); err != nil {
		t.Fatal(err)
	}
	if err := l.MarkCommitted(t.Context(), b); err != nil {
		t.Fatal(err)
	}
}

// manifest returns the URLs of a manifest, and checks the rest of it.
func manifest(t *testing.T, l *lake.Lake, key string) (urls []string) {
	t.Helper()
	var m struct {
		Entries []struct {
			URL       string `json:"url"`
			Mandatory bool   `json:"mandatory"`
			Meta      struct {
				ContentLength int64 `json:"content_length"`
			} `json:"meta"`
		} `json:"entries"`
	}
	strict(t, read(t, l, key), &m)
	for _, e := range m.Entries {
		if !e.Mandatory || e.Meta.ContentLength == 0 {
			t.Errorf("%s has the entry %+v", key, e)
		}
		urls = append(urls, e.URL)
	}
	return urls
}

func strict(t *testing.T, text string, into any) {
	t.Helper()
	d := json.NewDecoder(strings.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		t.Fatalf("%v in:\n%s", err, text)
	}
}

// I4: what was committed is what is read back, in order; what was not is not.
func TestCommittedBatchesComeBack(t *testing.T) {
	each(t, func(t *testing.T, open func() *lake.Lake) {
		l := open()
		if got, err := l.Committed(t.Context()); err != nil || len(got) > 0 {
			t.Fatalf("a new lake has %v, %v", got, err)
		}
		first := batch(1, file(1, sends, "file://data/a.json", lake.Landed), file(2, clicks, "file://data/b.json", lake.Rejected))
		if err := l.WriteBatch(t.Context(), first); err != nil {
			t.Fatal(err)
		}
		if yes, err := l.IsCommitted(t.Context(), 1); err != nil || yes {
			t.Errorf("committed before the marker: %v, %v", yes, err)
		}
		first.Files[0].State, first.Files[0].Rows, first.Files[0].Rejected = lake.Loaded, 10, 1
		if err := l.MarkCommitted(t.Context(), first); err != nil {
			t.Fatal(err)
		}
		second := batch(2)
		second.Files, second.Bookmarks = []lake.File{}, map[string]json.RawMessage{}
		commit(t, l, second)
		if err := l.WriteBatch(t.Context(), batch(3, file(3, sends, "x", lake.Landed))); err != nil {
			t.Fatal(err)
		}
		got, err := open().Committed(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if len(got) != 2 || !same(got[0], first) || !same(got[1], second) {
			t.Errorf("got  %+v\nwant %+v\nand  %+v", got, first, second)
		}
		for number, want := range map[int64]bool{1: true, 2: true, 3: false, 4: false} {
			if yes, err := l.IsCommitted(t.Context(), number); err != nil || yes != want {
				t.Errorf("batch %d committed: %v, %v", number, yes, err)
			}
		}
	})
}

func TestManifestsHoldWhatIsLoaded(t *testing.T) {
	each(t, func(t *testing.T, open func() *lake.Lake) {
		l := open()
		copied := file(1, sends, "file://data/a.json", lake.Landed)
		copied.Object = put(t, l, "content", "a.json").Key
		inPlace := file(2, sends, "s3://bucket/a&b.json", lake.Loaded)
		b := batch(1, copied, inPlace, file(3, sends, "turned away", lake.Rejected), file(4, sends, "older", lake.Replaced), file(5, clicks, "file:///c.json", lake.Landed))
		if err := l.WriteBatch(t.Context(), b); err != nil {
			t.Fatal(err)
		}
		want := []string{l.URI(copied.Object), inPlace.URI}
		if got := manifest(t, l, "manifests/0000000001/smslogs.sends.manifest"); !reflect.DeepEqual(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
		manifest(t, l, "manifests/0000000001/smslogs.clicks.manifest")

		// A second attempt leaves out what the first one's load turned away.
		b.Files[0].State, b.Files[4].State = lake.Rejected, lake.Rejected
		if err := l.WriteBatch(t.Context(), b); err != nil {
			t.Fatal(err)
		}
		if got := manifest(t, l, "manifests/0000000001/smslogs.sends.manifest"); !reflect.DeepEqual(got, want[1:]) {
			t.Errorf("got %q, want %q", got, want[1:])
		}
		if _, err := l.Open(t.Context(), "manifests/0000000001/smslogs.clicks.manifest"); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("the first attempt's manifest is left: %v", err)
		}
	})
}

func TestCommittedBatchesDoNotChange(t *testing.T) {
	each(t, func(t *testing.T, open func() *lake.Lake) {
		l := open()
		b := batch(1, file(1, sends, "a", lake.Loaded))
		commit(t, l, b)
		other := batch(1, file(2, sends, "b", lake.Loaded))
		err := l.WriteBatch(t.Context(), other)
		if fault.CodeOf(err) != fault.Data || !strings.Contains(err.Error(), "the lake holds a committed batch 1 already") {
			t.Errorf("written again: %v", err)
		}
		if err := l.MarkCommitted(t.Context(), other); err != nil {
			t.Errorf("marked again: %v", err)
		}
		if got, err := l.Committed(t.Context()); err != nil || len(got) != 1 || !same(got[0], b) {
			t.Errorf("got %+v, %v", got, err)
		}
	})
}

// A crash after the warehouse's commit leaves a batch without its marker, and
// marking it needs nothing that was in memory but the batch.
func TestMarkCommittedAfterACrash(t *testing.T) {
	each(t, func(t *testing.T, open func() *lake.Lake) {
		b := batch(1, file(1, sends, "a", lake.Landed))
		if err := open().WriteBatch(t.Context(), b); err != nil {
			t.Fatal(err)
		}
		b.Files[0].State = lake.Loaded
		if err := open().MarkCommitted(t.Context(), b); err != nil {
			t.Fatal(err)
		}
		if got, err := open().Committed(t.Context()); err != nil || len(got) != 1 || !same(got[0], b) {
			t.Errorf("got %+v, %v", got, err)
		}
	})
}

func TestDamagedRecordsAreFaults(t *testing.T) {
	cases := []struct {
		name   string
		damage func(t *testing.T, dir string)
		code   fault.Code
		want   string
	}{
		{"gap", func(t *testing.T, dir string) { rename(t, dir, "0000000002", "0000000004") },
			fault.Data, "lacks batch 2, but has batch 3"},
		{"gap at the begin", func(t *testing.T, dir string) { remove(t, dir, "0000000001/committed") },
			fault.Data, "lacks batch 1, but has batch 2"},
		{"no record", func(t *testing.T, dir string) { remove(t, dir, "0000000002/batch.json") },
			fault.Data, "0000000002/batch.json\" is not the record of batch 2: file does not exist"},
		{"changed", func(t *testing.T, dir string) { write(t, dir, "0000000002/batch.json", "{}") },
			fault.Data, "0000000002/batch.json\" is not the record of batch 2: its SHA-256 is not the one in the marker"},
		{"not JSON", func(t *testing.T, dir string) { forge(t, dir, `{"format": 1,`) },
			fault.Data, "is not the record of batch 2: unexpected end of JSON input"},
		{"another number", func(t *testing.T, dir string) { forge(t, dir, `{"format": 1, "batch": 7}`) },
			fault.Data, "is not the record of batch 2: it says batch 7"},
		{"a table without a schema", func(t *testing.T, dir string) { forge(t, dir, `{"format": 1, "batch": 2, "files": [{"table": "x"}]}`) },
			fault.Data, `the relation "x" is not schema.name`},
		{"newer", func(t *testing.T, dir string) { forge(t, dir, `{"format": 2, "batch": 2}`) },
			fault.Unsupported, "has format 2, newer than 1"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			l := open(t, "file://lake", dir)
			for n := range int64(3) {
				commit(t, l, batch(n+1, file(1, sends, "a", lake.Loaded)))
			}
			c.damage(t, filepath.Join(dir, "lake", "manifests"))
			_, err := l.Committed(t.Context())
			var e *fault.Error
			if !errors.As(err, &e) || e.Code != c.code || !strings.Contains(err.Error(), c.want) || e.Hint == "" {
				t.Errorf("got %v, want %s", err, c.want)
			}
		})
	}
}

// forge writes another record for batch 2 and a marker that vouches for it.
func forge(t *testing.T, dir, text string) {
	t.Helper()
	write(t, dir, "0000000002/batch.json", text)
	write(t, dir, "0000000002/committed", sha(text)+"\n")
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	remove(t, dir, name)
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func remove(t *testing.T, dir, name string) {
	t.Helper()
	if err := os.Remove(filepath.Join(dir, name)); err != nil {
		t.Fatal(err)
	}
}

func rename(t *testing.T, dir, from, to string) {
	t.Helper()
	if err := os.Rename(filepath.Join(dir, from), filepath.Join(dir, to)); err != nil {
		t.Fatal(err)
	}
}

// A project folder can be moved: the records do not say where it is, and the
// manifests written after the move do.
func TestAFolderCanBeMoved(t *testing.T) {
	records := map[string]string{}
	for _, name := range []string{"here", "there"} {
		dir := filepath.Join(t.TempDir(), name)
		l := open(t, "file://lake", dir)
		f := file(1, sends, "file://data/a.json", lake.Loaded)
		f.Object = put(t, l, "content", "a.json").Key
		commit(t, l, batch(1, f))
		records[name] = read(t, l, "manifests/0000000001/batch.json")

		moved := filepath.Join(filepath.Dir(dir), "moved")
		rename(t, filepath.Dir(dir), name, "moved")
		l = open(t, "file://lake", moved)
		got, err := l.Committed(t.Context())
		if err != nil || len(got) != 1 {
			t.Fatalf("after the move: %v, %v", got, err)
		}
		if text := read(t, l, got[0].Files[0].Object); text != "content" {
			t.Errorf("after the move: %q", text)
		}
		f.Batch = 2
		commit(t, l, batch(2, f))
		if got := manifest(t, l, "manifests/0000000002/smslogs.sends.manifest"); !strings.HasPrefix(got[0], "file://"+filepath.ToSlash(moved)) {
			t.Errorf("the manifest says %q", got)
		}
	}
	if records["here"] != records["there"] {
		t.Errorf("the records differ:\n%s\n%s", records["here"], records["there"])
	}
}

func TestFilesRoundTrip(t *testing.T) {
	names := rapid.StringMatching(`[a-z_]{1,5}`)
	text := rapid.String()
	rapid.Check(t, func(t *rapid.T) {
		f := lake.File{
			ID:    rapid.Int32().Draw(t, "id"),
			Table: schema.Name{Schema: names.Draw(t, "schema"), Name: names.Draw(t, "name")},
			URI:   text.Draw(t, "uri"), Object: text.Draw(t, "object"), Version: text.Draw(t, "version"), Checksum: text.Draw(t, "checksum"),
			Size:     rapid.Int64().Draw(t, "size"),
			Modified: time.Unix(rapid.Int64Range(0, 1<<33).Draw(t, "s"), rapid.Int64Range(0, 999_999_999).Draw(t, "ns")).UTC(),
			State:    rapid.SampledFrom([]lake.State{lake.Landed, lake.Loaded, lake.Replaced, lake.Rejected}).Draw(t, "state"),
			Batch:    rapid.Int64().Draw(t, "batch"), Rows: rapid.Int64().Draw(t, "rows"), Rejected: rapid.Int64().Draw(t, "rejected"),
			Reason: text.Draw(t, "reason"),
		}
		b, err := json.Marshal(f)
		if err != nil {
			t.Fatal(err)
		}
		var got lake.File
		if err := json.Unmarshal(b, &got); err != nil {
			t.Fatal(err)
		}
		if got != f {
			t.Errorf("got %+v, want %+v from %s", got, f, b)
		}
	})
}
