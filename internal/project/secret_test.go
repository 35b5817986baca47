package project

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/atolldata/atoll/internal/fault"
)

func TestSecretShowsOnlyItsReference(t *testing.T) {
	t.Setenv("ATOLL_TEST_SECRET", "hunter2")
	file := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(file, []byte("from file\r\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := NewSecret("a-${env:ATOLL_TEST_SECRET}-${file:" + file + "}-b")
	got, err := s.Reveal()
	if err != nil || got != "a-hunter2-from file-b" {
		t.Fatal(got, err)
	}
	var log bytes.Buffer
	slog.New(slog.NewTextHandler(&log, nil)).Info("x", "secret", s, "in", struct{ S Secret }{s})
	encoded, err := json.Marshal(map[string]any{"s": s, "p": &s})
	if err != nil {
		t.Fatal(err)
	}
	shown := fmt.Sprintf("%v %+v %#v %s %q %x %v", s, s, s, s, s, s, &Source{URL: s}) + log.String() + string(encoded)
	if strings.Contains(shown, "hunter2") || strings.Contains(shown, "from file") || !strings.Contains(shown, "env:ATOLL_TEST_SECRET") {
		t.Error(shown)
	}
}

func TestRevealNamesWhatIsMissing(t *testing.T) {
	p, err := LoadFS(fstest.MapFS{"atoll.yaml": {Data: []byte("name: x\nlake: s3://${env:ATOLL_TEST_UNSET}/x\n")}})
	if err != nil {
		t.Fatalf("loading must not look secrets up: %v", err)
	}
	_, err = p.Locate(p.Lake)
	if err == nil || err.Error() != `atoll.yaml:2:7: the environment variable "ATOLL_TEST_UNSET" is not set (export it, or change the reference ${env:ATOLL_TEST_UNSET})` {
		t.Error(err)
	}
	if _, err := NewSecret("${file:/no/such/file}").Reveal(); fault.CodeOf(err) != fault.Config {
		t.Error(err)
	}
}

func TestLocate(t *testing.T) {
	t.Setenv("ATOLL_TEST_BUCKET", "logs")
	t.Setenv("ATOLL_TEST_BAD", "hunter2://")
	p := &Project{Dir: "/proj"}
	for _, c := range []struct {
		url  string
		want Location
	}{
		{"file://data/", Location{Scheme: "file", Path: "/proj/data"}},
		{"file:///srv/data", Location{Scheme: "file", Path: "/srv/data"}},
		{"duckdb://.atoll/w.duckdb", Location{Scheme: "duckdb", Path: "/proj/.atoll/w.duckdb"}},
		{"s3://${env:ATOLL_TEST_BUCKET}/a/b", Location{Scheme: "s3", Bucket: "logs", Prefix: "a/b/"}},
		{"s3://b?region=eu-west-1&endpoint=http://localhost:7070", Location{Scheme: "s3", Bucket: "b", Region: "eu-west-1", Endpoint: "http://localhost:7070"}},
	} {
		if got, err := p.Locate(NewSecret(c.url)); err != nil || got != c.want {
			t.Errorf("%s: %+v, %v", c.url, got, err)
		}
	}
	_, err := p.Locate(NewSecret("s3://x/?a=${env:ATOLL_TEST_BAD}"))
	if err == nil || strings.Contains(err.Error(), "hunter2") {
		t.Error(err)
	}
}
