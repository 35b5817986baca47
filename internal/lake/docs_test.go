package lake_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/atolldata/atoll/internal/lake"
)

func sha(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// same compares batches as JSON, in which white space of bookmarks is no matter.
func same(a, b lake.Batch) bool {
	return reflect.DeepEqual(generic(a), generic(b))
}

func generic(v any) (out any) {
	b, err := json.Marshal(v)
	if err == nil {
		err = json.Unmarshal(b, &out)
	}
	if err != nil {
		panic(err)
	}
	return out
}

// The page docs/format/lake.md shows a lake. Its blocks, written to a folder,
// are one; and a lake that does the same writes the same.
func TestDocsShowALake(t *testing.T) {
	page, err := os.ReadFile("../../docs/format/lake.md")
	if err != nil {
		t.Fatal(err)
	}
	shown := blocks(string(page))
	const record, marker, manifest = "manifests/0000000001/batch.json", "manifests/0000000001/committed", "manifests/0000000001/smslogs.sends.manifest"

	dir := t.TempDir()
	if err := os.MkdirAll(dir+"/lake/manifests/0000000001", 0o700); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{record, marker, manifest} {
		if err := os.WriteFile(dir+"/lake/"+key, []byte(shown[key]), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got, err := open(t, "file://lake", dir).Committed(t.Context())
	if err != nil || len(got) != 1 {
		t.Fatalf("the page's lake holds %v, %v; its record has the SHA-256 %s", got, err, sha(shown[record]))
	}

	l := open(t, "file://again", dir)
	commit(t, l, got[0])
	for _, key := range []string{record, marker, manifest} {
		want := strings.ReplaceAll(shown[key], "file:///srv/sms/.atoll/lake/", l.URI("")+"/")
		if text := read(t, l, key); text != want {
			t.Errorf("%s is\n%s\nwant\n%s", key, text, want)
		}
	}
}

// blocks returns the fenced blocks of a page by the key in the line before:
// "`key`:".
func blocks(page string) map[string]string {
	out := map[string]string{}
	parts := strings.Split(page, "```")
	for i := 1; i+1 < len(parts); i += 2 {
		before := strings.TrimSpace(parts[i-1])
		key := strings.Trim(before[strings.LastIndexByte(before, '\n')+1:], "`:")
		_, out[key], _ = strings.Cut(parts[i], "\n")
	}
	return out
}
