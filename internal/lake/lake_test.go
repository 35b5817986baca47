package lake_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/lake"
	"github.com/atolldata/atoll/internal/testenv"
)

// each runs a test over both kinds of lakes. Open opens the same lake anew.
func each(t *testing.T, test func(t *testing.T, open func() *lake.Lake)) {
	t.Run("folder", func(t *testing.T) {
		dir := t.TempDir()
		test(t, func() *lake.Lake { return open(t, "file://.atoll/lake", dir) })
	})
	t.Run("s3", func(t *testing.T) {
		s := testenv.S3(t)
		s.CreateBucket(t, "the-lake", false)
		dir := t.TempDir()
		test(t, func() *lake.Lake { return open(t, "s3://the-lake/some/prefix?endpoint="+s.Endpoint, dir) })
	})
}

func open(t *testing.T, url, dir string) *lake.Lake {
	t.Helper()
	l, err := lake.Open(t.Context(), url, dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l
}

// put puts an object and settles it.
func put(t *testing.T, l *lake.Lake, content, name string) lake.Object {
	t.Helper()
	o, err := l.Put(t.Context(), strings.NewReader(content), name)
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Settle(t.Context(), []string{o.Key}); err != nil {
		t.Fatal(err)
	}
	return o
}

func read(t *testing.T, l *lake.Lake, key string) string {
	t.Helper()
	r, err := l.Open(t.Context(), key)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// I4: what is put is found again, by content, also after the lake is reopened.
func TestPutKeepsBytesByContent(t *testing.T) {
	each(t, func(t *testing.T, open func() *lake.Lake) {
		large := strings.Repeat("0123456789abcdef", 1_300_000) // many chunks, and several parts of an upload
		for _, content := range []string{"", "hello", large} {
			l := open()
			o := put(t, l, content, "sends/2026.01.02.JSON.gz")
			sum := sha256.Sum256([]byte(content))
			want := hex.EncodeToString(sum[:])
			if o.SHA256 != want || o.Size != int64(len(content)) || o.Key != "objects/"+want[:2]+"/"+want+".json.gz" {
				t.Errorf("got %+v for %d bytes", o, len(content))
			}
			if o.URI != l.URI(o.Key) {
				t.Errorf("uri %q, want %q", o.URI, l.URI(o.Key))
			}
			if again := put(t, l, content, "other.json.gz"); again != o {
				t.Errorf("put again as %+v, want %+v", again, o)
			}
			if other := put(t, l, content, "other.csv"); other.Key != "objects/"+want[:2]+"/"+want+".csv" {
				t.Errorf("put as csv at %q", other.Key)
			}
			if got := read(t, open(), o.Key); got != content {
				t.Errorf("read %d bytes, want %d", len(got), len(content))
			}
		}
	})
}

// What is put can be read at once, twice put is one object, and only what was
// settled has its place in the lake.
func TestAnObjectIsReadBeforeItIsSettled(t *testing.T) {
	each(t, func(t *testing.T, open func() *lake.Lake) {
		l := open()
		var o lake.Object
		for range 2 {
			var err error
			if o, err = l.Put(t.Context(), strings.NewReader("early"), "a.json"); err != nil {
				t.Fatal(err)
			}
			if got := read(t, l, o.Key); got != "early" {
				t.Errorf("read %q", got)
			}
		}
		before, local := l.LocalPath(o.Key)
		if local {
			if got, err := os.ReadFile(before); string(got) != "early" {
				t.Errorf("read %q at %s: %v", got, before, err)
			}
			if _, err := open().Open(t.Context(), o.Key); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("another process finds what is not settled: %v", err)
			}
		}
		for range 2 {
			if err := l.Settle(t.Context(), []string{o.Key, "objects/00/unknown"}); err != nil {
				t.Fatal(err)
			}
			if got := read(t, open(), o.Key); got != "early" {
				t.Errorf("read %q", got)
			}
		}
		if after, _ := l.LocalPath(o.Key); local && (after == before || !strings.HasSuffix(filepath.ToSlash(after), o.Key)) {
			t.Errorf("settled at %s", after)
		}
	})
}

func TestPutOfABrokenReaderStoresNothing(t *testing.T) {
	each(t, func(t *testing.T, open func() *lake.Lake) {
		l := open()
		broken := errors.New("broken")
		_, err := l.Put(t.Context(), io.MultiReader(strings.NewReader("half"), iotest.ErrReader(broken)), "a.json")
		if err != broken {
			t.Errorf("got error %v, want the reader's", err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := l.Put(ctx, strings.NewReader("half"), "a.json"); !errors.Is(err, context.Canceled) {
			t.Errorf("got error %v, want %v", err, context.Canceled)
		}
		sum := sha256.Sum256([]byte("half"))
		name := hex.EncodeToString(sum[:])
		if _, err := l.Open(t.Context(), "objects/"+name[:2]+"/"+name+".json"); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("half a file is in the lake: %v", err)
		}
	})
}

func TestOpenOfALostObject(t *testing.T) {
	each(t, func(t *testing.T, open func() *lake.Lake) {
		l := open()
		put(t, l, "other", "a.json")
		_, err := l.Open(t.Context(), "objects/aa/aa.json")
		if fault.CodeOf(err) != fault.Data || !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), l.URI("objects/aa/aa.json")) {
			t.Errorf("got %v", err)
		}
	})
}

// An object that lost its tail to a crash is written anew.
func TestPutMendsACutObject(t *testing.T) {
	l := open(t, "file://lake", t.TempDir())
	o := put(t, l, "content", "a.json")
	path, ok := l.LocalPath(o.Key)
	if !ok {
		t.Fatal("a lake in a folder has no path")
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte("cont"), 0o400); err != nil {
		t.Fatal(err)
	}
	put(t, l, "content", "a.json")
	if got := read(t, l, o.Key); got != "content" {
		t.Errorf("read %q", got)
	}
}

// I5: grants are the warehouse's, so nobody else reads the lake.
func TestFolderIsItsOwners(t *testing.T) {
	dir := t.TempDir()
	l := open(t, "file://lake", dir)
	o := put(t, l, "content", "a.json")
	path, _ := l.LocalPath(o.Key)
	for name, want := range map[string]fs.FileMode{path: 0o400, filepath.Dir(path): 0o700 | fs.ModeDir, filepath.Join(dir, "lake"): 0o700 | fs.ModeDir} {
		info, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode() != want {
			t.Errorf("%s has mode %v, want %v", name, info.Mode(), want)
		}
	}
}

func TestFolderSweepsDraftsOfAnEarlierProcess(t *testing.T) {
	dir := t.TempDir()
	put(t, open(t, "file://lake", dir), "one", "a.json")
	left := filepath.Join(dir, "lake", "tmp", "left")
	if err := os.WriteFile(left, []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	put(t, open(t, "file://lake", dir), "two", "a.json")
	entries, err := os.ReadDir(filepath.Dir(left))
	if err != nil || len(entries) > 0 {
		t.Errorf("drafts are left: %v, %v", entries, err)
	}
}

// What waits for its upload has no name, so that a crash leaves nothing.
func TestUploadsLeaveNothingOnThisMachine(t *testing.T) {
	s, dir := testenv.S3(t), t.TempDir()
	s.CreateBucket(t, "the-lake", false)
	l := open(t, "s3://the-lake?endpoint="+s.Endpoint, dir)
	spooled := func() []string {
		names, err := filepath.Glob(filepath.Join(dir, ".atoll", "*", "*"))
		if err != nil {
			t.Fatal(err)
		}
		return names
	}
	during := readerFunc(func([]byte) (int, error) {
		if names := spooled(); len(names) > 0 {
			t.Errorf("while copying there is %q", names)
		}
		return 0, io.EOF
	})
	if _, err := l.Put(t.Context(), during, "a.json"); err != nil {
		t.Fatal(err)
	}
	if names := spooled(); len(names) > 0 {
		t.Errorf("left is %q", names)
	}
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

func TestURIAndHolds(t *testing.T) {
	dir := t.TempDir()
	l := open(t, "file://a lake", dir)
	if got, want := l.URI("objects/x"), "file://"+filepath.ToSlash(dir)+"/a%20lake/objects/x"; got != want {
		t.Errorf("uri %q, want %q", got, want)
	}
	for name, want := range map[string]bool{"a lake/objects/x": true, "a lake": true, "data/x": false, "a lake 2/x": false} {
		if got := l.Holds(filepath.Join(dir, name)); got != want {
			t.Errorf("holds %q: %v", name, got)
		}
	}
	testenv.NoCredentials(t)
	l = open(t, "s3://bucket/pre?region=eu-west-1", dir)
	if got, want := l.URI("objects/x y"), "s3://bucket/pre/objects/x y"; got != want {
		t.Errorf("uri %q, want %q", got, want)
	}
	for uri, want := range map[string]bool{"s3://bucket/pre/objects/x": true, "s3://bucket/prefix/x": false, "s3://other/pre/x": false} {
		if got := l.Holds(uri); got != want {
			t.Errorf("holds %q: %v", uri, got)
		}
	}
	if _, ok := l.LocalPath("objects/x"); ok {
		t.Error("a lake on s3 has a local path")
	}
}

func TestUnusableLakesSayWhatToDo(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "taken"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	s := testenv.S3(t)
	for _, c := range []struct{ url, want string }{
		{"file://taken/lake", `cannot write to the lake "` + filepath.Join(dir, "taken", "lake") + `"`},
		{"s3://missing/lake?endpoint=" + s.Endpoint, `the bucket "missing" does not exist (check the bucket's name`},
	} {
		l := open(t, c.url, dir)
		_, err := l.Put(t.Context(), bytes.NewReader(nil), "a.json")
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("put into %s: got %v, want %s", c.url, err, c.want)
		}
	}
	if _, err := lake.Open(t.Context(), "gs://bucket", dir); fault.CodeOf(err) != fault.Unsupported {
		t.Errorf("got %v", err)
	}
}
