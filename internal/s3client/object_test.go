package s3client_test

import (
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/project"
	"github.com/atolldata/atoll/internal/s3client"
	"github.com/atolldata/atoll/internal/testenv"
)

func client(t *testing.T, endpoint string) *s3client.Client {
	t.Helper()
	at := project.Location{Scheme: project.SchemeS3, Bucket: "bucket", Endpoint: endpoint}
	c, err := s3client.New(t.Context(), at, s3client.Options{Pace: s3client.Pace{MaxBackoff: time.Millisecond}})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// An object that is opened without saying which content is read as it was when
// it was opened, also over several connections.
func TestOpenReadsOneContent(t *testing.T) {
	server := testenv.S3(t)
	server.CreateBucket(t, "bucket", false)
	server.Put(t, "bucket", "key", []byte(strings.Repeat("o", 100_000)))
	p := testenv.NewProxy(t, server.Endpoint, nil)
	p.Cut.Store(50_000)
	r, err := client(t, p.URL).Open(t.Context(), s3client.Object{Key: "key"})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	server.Put(t, "bucket", "key", []byte(strings.Repeat("n", 100_000)))
	b, err := io.ReadAll(r)
	if strings.Contains(string(b), "n") || err == nil || !strings.Contains(err.Error(), "the object changed") {
		t.Errorf("read %d bytes, %v", len(b), err)
	}
}

func TestExplainKeepsFaults(t *testing.T) {
	testenv.NoCredentials(t)
	c := client(t, "http://unused.invalid")
	known := fault.New(fault.Source, "it is so").WithHint("do this")
	err := c.Explain(t.Context(), errors.Join(known), "do that")
	if got, want := err.Error(), "cannot do that: it is so (do this)"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if known.Message != "it is so" {
		t.Error("the fault itself was changed")
	}
	if err := c.Explain(t.Context(), nil, "do that"); err != nil {
		t.Error(err)
	}
}
