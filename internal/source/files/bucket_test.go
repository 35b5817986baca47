package files_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/lake"
	"github.com/atolldata/atoll/internal/project"
	"github.com/atolldata/atoll/internal/s3client"
	"github.com/atolldata/atoll/internal/source"
	"github.com/atolldata/atoll/internal/source/files"
	"github.com/atolldata/atoll/internal/source/sourcetest"
	"github.com/atolldata/atoll/internal/testenv"
)

var fast = s3client.Pace{MaxBackoff: time.Millisecond}

// remote is a source over a bucket's prefix "pre/".
func remote(t testing.TB, endpoint, bucket string, copies bool) *files.Files {
	t.Helper()
	return openFiles(t, &project.Source{
		Name: "src", URL: project.NewSecret("s3://" + bucket + "/pre?endpoint=" + endpoint), Copy: copies,
	}, "unused", fast)
}

func TestBucket(t *testing.T) {
	for _, mode := range []struct {
		name              string
		versioned, copies bool
	}{{"versions", true, false}, {"etags", false, false}, {"copies", false, true}} {
		t.Run(mode.name, func(t *testing.T) {
			server, buckets := testenv.S3(t), 0
			sourcetest.Run(t, func(t *testing.T) sourcetest.Place {
				buckets++
				bucket := fmt.Sprintf("bucket-%d", buckets)
				server.CreateBucket(t, bucket, mode.versioned)
				return sourcetest.Place{
					Source: remote(t, server.Endpoint, bucket, mode.copies),
					Schema: "src",
					Base:   "s3://" + bucket + "/pre/",
					Write: func(t testing.TB, name, content string) {
						server.Put(t, bucket, "pre/"+name, []byte(content))
					},
					Remove: func(t testing.TB, name string) { server.Delete(t, bucket, "pre/"+name) },
				}
			})
		})
	}
}

func readAll(t testing.TB, s source.Source, f lake.File) (string, error) {
	t.Helper()
	r, err := s.Open(t.Context(), f)
	if err != nil {
		return "", err
	}
	defer r.Close()
	b, err := io.ReadAll(r)
	return string(b), err
}

func landFirst(t testing.TB, s source.Source, into *lake.Lake) lake.File {
	t.Helper()
	f, err := s.Land(t.Context(), &project.Table{Name: "t"}, list(t, s, "**")[0], into)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// A bucket with versions keeps what was landed, so nothing is copied; one
// without keeps nothing, unless the source copies.
func TestWhatStaysAfterAReplacement(t *testing.T) {
	server := testenv.S3(t)
	for _, c := range []struct {
		bucket            string
		versioned, copies bool
		kept              bool
	}{{"versions", true, false, true}, {"etags", false, false, false}, {"copies", false, true, true}} {
		t.Run(c.bucket, func(t *testing.T) {
			server.CreateBucket(t, c.bucket, c.versioned)
			server.Put(t, c.bucket, "pre/a.json", []byte("old"))
			s, l := remote(t, server.Endpoint, c.bucket, c.copies), openLake(t)
			f := landFirst(t, s, l)
			if (f.Object != "") != c.copies {
				t.Errorf("landed as %+v", f)
			}
			if strings.HasPrefix(f.Version, `"`) == c.versioned {
				t.Errorf("version %s", f.Version)
			}
			server.Put(t, c.bucket, "pre/a.json", []byte("new"))
			if c.copies {
				return // sourcetest reads it from the lake
			}
			got, err := readAll(t, s, f)
			if c.kept && (got != "old" || err != nil) {
				t.Errorf("read %q, %v", got, err)
			}
			if !c.kept && (err == nil || !strings.Contains(err.Error(), `cannot read "s3://etags/pre/a.json": the object changed after it was listed`)) {
				t.Errorf("read %q, %v", got, err)
			}
		})
	}
}

// Objects that are older than their bucket's versioning, or were written while
// it was suspended, share one version id; their ETags tell them apart.
func TestVersioningThatCameAndWent(t *testing.T) {
	server := testenv.S3(t)
	server.CreateBucket(t, "bucket", false)
	s := remote(t, server.Endpoint, "bucket", false)
	server.Put(t, "bucket", "pre/a.json", []byte("before"))
	before := list(t, s, "*")[0]
	setVersioning(t, server, types.BucketVersioningStatusEnabled)
	if after := list(t, s, "*")[0]; after != before {
		t.Errorf("turning on versioning changed %+v to %+v", before, after)
	}
	if got, err := readAll(t, s, landFirst(t, s, openLake(t))); got != "before" {
		t.Errorf("read %q, %v", got, err)
	}
	server.Put(t, "bucket", "pre/a.json", []byte("while"))
	during := list(t, s, "*")[0]
	setVersioning(t, server, types.BucketVersioningStatusSuspended)
	if after := list(t, s, "*")[0]; after != during {
		t.Errorf("suspending versioning changed %+v to %+v", during, after)
	}
	server.Put(t, "bucket", "pre/a.json", []byte("after"))
	if after := list(t, s, "*")[0]; !strings.HasPrefix(after.Version, `"`) {
		t.Errorf("a version of a suspended bucket is %s", after.Version)
	}
}

func setVersioning(t *testing.T, server *testenv.S3Server, status types.BucketVersioningStatus) {
	t.Helper()
	bucket := "bucket"
	_, err := server.Client.PutBucketVersioning(t.Context(), &s3.PutBucketVersioningInput{
		Bucket: &bucket, VersioningConfiguration: &types.VersioningConfiguration{Status: status},
	})
	if err != nil {
		t.Fatal(err)
	}
}

// A page holds 1,000 objects, of versions as of objects.
func TestListOfManyPages(t *testing.T) {
	const count = 1100
	server := testenv.S3(t)
	server.CreateBucket(t, "bucket", false)
	var writers sync.WaitGroup
	for w := range 8 {
		writers.Go(func() {
			for n := w; n < count; n += 8 {
				server.Put(t, "bucket", fmt.Sprintf("pre/%d/%04d.json", n%3, n), nil)
			}
		})
	}
	writers.Wait()
	server.Put(t, "bucket", "pre/1/", nil) // stands for a folder
	s := remote(t, server.Endpoint, "bucket", false)
	found := list(t, s, "**")
	if len(found) != count {
		t.Errorf("found %d", len(found))
	}
	for i := range found[1:] {
		if found[i].URI >= found[i+1].URI {
			t.Fatalf("%s comes before %s", found[i].URI, found[i+1].URI)
		}
	}
	setVersioning(t, server, types.BucketVersioningStatusEnabled)
	if versions := list(t, s, "**"); !slices.Equal(versions, found) {
		t.Errorf("found %d versions, which differ from the %d objects", len(versions), len(found))
	}
}

// Passing faults are retried: refusals, broken connections, and bodies that
// break in the middle, however often as long as something arrives.
func TestPassingFaultsAreRetried(t *testing.T) {
	server := testenv.S3(t)
	server.CreateBucket(t, "bucket", false)
	content := strings.Repeat("0123456789abcdef", 10_000)
	server.Put(t, "bucket", "pre/a.json", []byte(content))
	for name, breaks := range map[string]func(w http.ResponseWriter, r *http.Request, n int64) bool{
		"503": func(w http.ResponseWriter, _ *http.Request, n int64) bool {
			return n%3 != 0 && testenv.Refuse(w, 503, "SlowDown", "slow down")
		},
		"500": func(w http.ResponseWriter, _ *http.Request, n int64) bool {
			return n%3 != 0 && testenv.Refuse(w, 500, "InternalError", "oops")
		},
		"hang up": func(_ http.ResponseWriter, _ *http.Request, n int64) bool { return n%3 != 0 && testenv.HangUp() },
		"cut":     nil,
	} {
		t.Run(name, func(t *testing.T) {
			p := testenv.NewProxy(t, server.Endpoint, breaks)
			for _, copies := range []bool{false, true} {
				s, l := remote(t, p.URL, "bucket", copies), openLake(t)
				found := list(t, s, "*")
				if len(found) != 1 {
					t.Fatalf("found %v", found)
				}
				if name == "cut" {
					p.Cut.Store(20_000) // breaks more often than there are attempts
				}
				f := landFirst(t, s, l)
				got, err := "", error(nil)
				if copies {
					var r io.ReadCloser
					if r, err = l.Open(t.Context(), f.Object); err == nil {
						var b bytes.Buffer
						_, err = b.ReadFrom(r)
						r.Close()
						got = b.String()
					}
				} else {
					got, err = readAll(t, s, f)
				}
				p.Cut.Store(0)
				if got != content || err != nil {
					t.Errorf("read %d bytes of %d, %v", len(got), len(content), err)
				}
			}
		})
	}
}

// A server that falls silent, before its answer or in the middle, is asked
// again.
func TestSilentServersAreAskedAgain(t *testing.T) {
	server := testenv.S3(t)
	server.CreateBucket(t, "bucket", false)
	content := strings.Repeat("x", 1000)
	server.Put(t, "bucket", "pre/a.json", []byte(content))
	reads := 0
	p := testenv.NewProxy(t, server.Endpoint, func(w http.ResponseWriter, r *http.Request, n int64) bool {
		if strings.HasSuffix(r.URL.Path, "a.json") {
			if reads++; reads > 1 {
				return false
			}
			w.Header().Set("Content-Length", "1000")
			io.WriteString(w, content[:300])
			http.NewResponseController(w).Flush()
		} else if n > 1 {
			return false
		}
		<-r.Context().Done() // until the client gives up
		return true
	})
	impatient := func(patience time.Duration) *files.Files {
		return openFiles(t, &project.Source{Name: "src", URL: project.NewSecret("s3://bucket/pre?endpoint=" + p.URL)}, "unused",
			s3client.Pace{MaxBackoff: time.Millisecond, Patience: patience})
	}
	s := impatient(500 * time.Millisecond)
	if got, err := readAll(t, s, landFirst(t, s, openLake(t))); got != content || err != nil {
		t.Errorf("read %d bytes, %v", len(got), err)
	}
	p.Breaks = func(_ http.ResponseWriter, r *http.Request, _ int64) bool { <-r.Context().Done(); return true }
	_, err := impatient(10*time.Millisecond).List(t.Context(), &project.Table{Match: "**"})
	if want := p.URL + " was silent for 10ms, 5 times (check the endpoint"; err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("got %v, want %s", err, want)
	}
}

// Faults that stay are given up on after a bounded number of attempts.
func TestLastingFaultsEnd(t *testing.T) {
	server := testenv.S3(t)
	server.CreateBucket(t, "bucket", false)
	server.Put(t, "bucket", "pre/a.json", []byte(strings.Repeat("x", 1000)))
	f := landFirst(t, remote(t, server.Endpoint, "bucket", false), openLake(t))

	p := testenv.NewProxy(t, server.Endpoint, func(w http.ResponseWriter, _ *http.Request, _ int64) bool {
		return testenv.Refuse(w, 503, "SlowDown", "slow down")
	})
	s := remote(t, p.URL, "bucket", false)
	_, err := readAll(t, s, f)
	if want := `cannot read "s3://bucket/pre/a.json": the server answered 503 SlowDown, 5 times`; err == nil || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("got %v, want %s", err, want)
	}
	if n := p.Requests.Load(); n != 5 {
		t.Errorf("asked %d times", n)
	}

	p = testenv.NewProxy(t, server.Endpoint, func(w http.ResponseWriter, r *http.Request, n int64) bool {
		if n == 1 {
			return false
		}
		w.Header().Set("Content-Length", "500")
		w.WriteHeader(http.StatusPartialContent)
		http.NewResponseController(w).Flush()
		return testenv.HangUp()
	})
	p.Cut.Store(500)
	_, err = readAll(t, remote(t, p.URL, "bucket", false), f)
	if want := `the connection broke 5 times at byte 500`; err == nil || !strings.Contains(err.Error(), want) || fault.CodeOf(err) != fault.Source {
		t.Errorf("got %v, want %s", err, want)
	}
}

// An object that is replaced while it is read, with a broken connection in
// between, is not glued together from two contents.
func TestResumingNeverMixesContents(t *testing.T) {
	server := testenv.S3(t)
	server.CreateBucket(t, "bucket", false)
	old, replacement := strings.Repeat("o", 100_000), strings.Repeat("n", 100_000)
	server.Put(t, "bucket", "pre/a.json", []byte(old))
	p := testenv.NewProxy(t, server.Endpoint, nil)
	s := remote(t, p.URL, "bucket", false)
	f := landFirst(t, s, openLake(t))
	p.Cut.Store(50_000)
	r, err := s.Open(t.Context(), f)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	server.Put(t, "bucket", "pre/a.json", []byte(replacement))
	b, err := io.ReadAll(r)
	if strings.Contains(string(b), "n") || err == nil || !strings.Contains(err.Error(), "the object changed after it was listed") {
		t.Errorf("read %d bytes, %v", len(b), err)
	}
}
