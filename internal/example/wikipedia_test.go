package example_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/atolldata/atoll/internal/example/expect"
	"github.com/atolldata/atoll/internal/schema"
)

// The facts of the shared data folder about the edits, counted by others.
const (
	editsTotal     = 39_244
	usersTotal     = 10_531
	sessionsAt10s  = 32_940
	sessionsAt30m  = 16_119
	wikipediaEdits = "../../../shared/data/wikipedia-edits.json.gz"
)

// TestWikipedia loads real edits: in one tick, in ten ticks of a tenth each, and
// in ten ticks with the tenths out of order, so that most rows arrive late. The ids
// of the sessions are the same each time.
func TestWikipedia(t *testing.T) {
	packed, err := os.ReadFile(filepath.FromSlash(wikipediaEdits))
	if err != nil {
		t.Skipf("the shared data folder is absent: %v", err)
	}
	lines := unpackLines(t, packed)
	want := wikipediaViews(t, lines)
	var mutex sync.Mutex
	ids := map[string]map[any]bool{}
	load := func(title string, ticks func(write func(name string, text []byte))) func(t *testing.T) {
		return func(t *testing.T) {
			t.Parallel()
			dir := wikipediaProject(t)
			ticks(func(name string, text []byte) {
				writeEdits(t, dir, name, text)
				tick(t, dir)
			})
			found := checkWikipedia(t, dir, want)
			mutex.Lock()
			defer mutex.Unlock()
			ids[title] = found
		}
	}
	pieces := func(order ...int) func(write func(name string, text []byte)) {
		return func(write func(name string, text []byte)) {
			for _, piece := range order {
				from, to := len(lines)*piece/10, len(lines)*(piece+1)/10
				write(fmt.Sprintf("piece-%d.json", piece), bytes.Join(lines[from:to], nil))
			}
		}
	}
	t.Run("ticks", func(t *testing.T) { // ends when its parallel parts have ended
		t.Run("one", load("one", func(write func(name string, text []byte)) { write("all.json.gz", packed) }))
		t.Run("ten", load("ten", pieces(0, 1, 2, 3, 4, 5, 6, 7, 8, 9)))
		t.Run("ten out of order", load("ten out of order", pieces(7, 2, 9, 4, 0, 5, 8, 1, 6, 3)))
	})
	for title, found := range ids {
		if !maps.Equal(found, ids["one"]) {
			t.Errorf("the ids of sessions differ between one tick and %s", title)
		}
	}
}

func wikipediaProject(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(filepath.Join("testdata", "wikipedia"))); err != nil {
		t.Fatal(err)
	}
	return dir
}

func writeEdits(t *testing.T, dir, name string, text []byte) {
	t.Helper()
	folder := filepath.Join(dir, "data", "edits")
	if err := os.MkdirAll(folder, 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, name), text, 0o666); err != nil {
		t.Fatal(err)
	}
}

// unpackLines returns the lines of a gzip file, line breaks included.
func unpackLines(t *testing.T, packed []byte) [][]byte {
	t.Helper()
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	var lines [][]byte
	for line := range bytes.Lines(text) {
		lines = append(lines, line)
	}
	return lines
}

// edit is a line of the file.
type edit struct {
	Time           time.Time `json:"time"`
	Channel        string    `json:"channel"`
	User           string    `json:"user"`
	Added          int64     `json:"added"`
	Deleted        int64     `json:"deleted"`
	Delta          int64     `json:"delta"`
	IsRobot        bool      `json:"isRobot"`
	CountryISOCode *string   `json:"countryIsoCode"`
}

// wikipediaViews computes what the views must hold, in plain Go.
func wikipediaViews(t *testing.T, lines [][]byte) map[string]expect.Table {
	t.Helper()
	var edits []edit
	users := map[string]bool{}
	for _, line := range lines {
		var e edit
		if err := json.Unmarshal(line, &e); err != nil {
			t.Fatal(err)
		}
		edits = append(edits, e)
		users[e.User] = true
	}
	sessions10s, sessions30m := editSessions(edits, 10*time.Second), editSessions(edits, 30*time.Minute)
	for _, fact := range []struct {
		what      string
		got, want int
	}{
		{"edits", len(edits), editsTotal},
		{"users", len(users), usersTotal},
		{"sessions at 10 seconds", len(sessions10s.Rows), sessionsAt10s},
		{"sessions at 30 minutes", len(sessions30m.Rows), sessionsAt30m},
	} {
		if fact.got != fact.want {
			t.Fatalf("the file holds %d %s, the facts say %d", fact.got, fact.what, fact.want)
		}
	}
	return map[string]expect.Table{
		"sessions_10s": sessions10s,
		"sessions_30m": sessions30m,
		"channel_hour": channelHours(edits),
		"totals":       {Columns: []string{"edits", "users"}, Rows: [][]any{{int64(editsTotal), int64(usersTotal)}}},
	}
}

func editSessions(edits []edit, gap time.Duration) expect.Table {
	t := expect.Table{Columns: []string{"user_name", "started_at", "ended_at", "edits", "added"}}
	sessions := expect.Sessions(edits, func(e edit) string { return e.User }, func(e edit) time.Time { return e.Time }, gap)
	for _, s := range sessions {
		var added int64
		for _, e := range s {
			added += e.Added
		}
		t.Rows = append(t.Rows, []any{s[0].User, s[0].Time, s[len(s)-1].Time, int64(len(s)), added})
	}
	return t
}

func channelHours(edits []edit) expect.Table {
	type key struct {
		channel string
		hour    time.Time
	}
	type sums struct {
		edits, added, deleted, net, byRobots, located int64
		users                                         map[string]bool
	}
	groups := map[key]*sums{}
	for _, e := range edits {
		k := key{e.Channel, e.Time.Truncate(time.Hour)}
		g := groups[k]
		if g == nil {
			g = &sums{users: map[string]bool{}}
			groups[k] = g
		}
		g.edits++
		g.added += e.Added
		g.deleted += e.Deleted
		g.net += e.Delta
		g.users[e.User] = true
		if e.IsRobot {
			g.byRobots++
		}
		if e.CountryISOCode != nil {
			g.located++
		}
	}
	t := expect.Table{Columns: []string{"channel", "hour", "edits", "added", "deleted", "net", "users", "by_robots", "located"}}
	for k, g := range groups {
		t.Rows = append(t.Rows, []any{k.channel, k.hour, g.edits, g.added, g.deleted, g.net, int64(len(g.users)), g.byRobots, g.located})
	}
	return t
}

// checkWikipedia compares the views, and counts the ids of the sessions: each
// session has one, and no two share it. It returns the ids.
func checkWikipedia(t *testing.T, dir string, want map[string]expect.Table) map[any]bool {
	t.Helper()
	p := open(t, dir)
	defer p.Close()
	for name, expected := range want {
		if diff := expected.Diff(read(t, p, schema.Name{Schema: "reports", Name: name})); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	all := map[any]bool{}
	for name, sessions := range map[string]int{"edits_10s": sessionsAt10s, "edits_30m": sessionsAt30m} {
		ids := map[any]bool{}
		edits := read(t, p, schema.Name{Schema: "reports", Name: name})
		for _, row := range edits.Rows {
			ids[row[len(row)-1]] = true
		}
		if len(edits.Rows) != editsTotal || len(ids) != sessions {
			t.Errorf("%s holds %d edits in %d sessions, expected %d in %d", name, len(edits.Rows), len(ids), editsTotal, sessions)
		}
		maps.Copy(all, ids)
	}
	return all
}
