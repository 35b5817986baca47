package example

import (
	"bufio"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/atolldata/atoll/examples"
	"github.com/atolldata/atoll/internal/compile"
	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/project"
)

// TestProjectsCompile compiles each example as it is shipped: no faults, no
// warnings, and every view says what it is for.
func TestProjectsCompile(t *testing.T) {
	for _, name := range Names() {
		files, err := fs.Sub(examples.Files, name)
		if err != nil {
			t.Fatal(err)
		}
		p, err := project.LoadFS(files)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		g, err := compile.Compile(p)
		if err != nil || len(g.Warnings) > 0 {
			t.Errorf("%s: %v, warnings %v", name, err, g.Warnings)
		}
		for _, v := range g.Views() {
			if v.Model.Doc == "" && filepath.Ext(v.Model.File) != ".dpl" {
				t.Errorf("%s: %s has no @doc", name, v.Model.File)
			}
		}
	}
}

// TestDefaultsAreDocumented holds docs/examples.md to the examples' sizes.
func TestDefaultsAreDocumented(t *testing.T) {
	page, err := os.ReadFile(filepath.FromSlash("../../docs/examples.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range kinds {
		thousands := fmt.Sprintf("%d,%03d", k.rows/1000, k.rows%1000)
		if line := fmt.Sprintf("| `%s` | %s | %s |", k.name, k.rowsAre, thousands); !strings.Contains(string(page), line) {
			t.Errorf("docs/examples.md does not hold %q", line)
		}
	}
}

// TestDefaultRows creates an example without saying how large.
func TestDefaultRows(t *testing.T) {
	k := kind{name: "sms", rows: 70, portions: func(rows int) []portion {
		return []portion{{"count", func(_ *dice, data folder) error {
			return data.csv("count.csv", ',', []string{decimal(int64(rows))}, func(func(...string)) {})
		}}}
	}}
	for rows, want := range map[int]string{0: "70\n", 9: "9\n"} {
		dir := t.TempDir()
		if err := create(dir, k, rows, 1); err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(filepath.Join(dir, "data", "count.csv")); string(got) != want {
			t.Errorf("%d rows asked for, %q made, %v", rows, got, err)
		}
	}
}

// TestSameSeedSameBytes holds the generator to one output for a name, rows and
// seed, however many portions are generated at a time.
func TestSameSeedSameBytes(t *testing.T) {
	for _, name := range Names() {
		first, again, other := t.TempDir(), t.TempDir(), t.TempDir()
		for _, c := range []struct {
			dir       string
			seed      uint64
			atOneTime int
		}{{first, 7, 4}, {again, 7, 1}, {other, 8, 4}} {
			before := runtime.GOMAXPROCS(c.atOneTime)
			err := Create(c.dir, name, 300, c.seed)
			runtime.GOMAXPROCS(before)
			if err != nil {
				t.Fatal(err)
			}
		}
		if !maps.Equal(sums(t, first), sums(t, again)) {
			t.Errorf("%s: the same seed gave other files", name)
		}
		if maps.Equal(sums(t, first), sums(t, other)) {
			t.Errorf("%s: another seed gave the same files", name)
		}
	}
}

// sums are the checksums of the files under dir, by their relative paths.
func sums(t *testing.T, dir string) map[string][32]byte {
	t.Helper()
	out := map[string][32]byte{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := os.ReadFile(filepath.Join(dir, path))
		out[path] = sha256.Sum256(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestCreateWritesTheProject(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "folder")
	if err := Create(dir, "sms", 100, 1); err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{".gitignore", "atoll.yaml", "sources/smslogs.yaml", "models/reports/delivery.sql", "models/spend.dpl"} {
		got, err := os.ReadFile(filepath.Join(dir, file))
		if want, _ := examples.Files.ReadFile("sms/" + file); err != nil || string(got) != string(want) {
			t.Errorf("%s is not as it is in the example: %v", file, err)
		}
	}
	if _, err := project.Load(dir); err != nil {
		t.Error(err)
	}
}

func TestCreateRefuses(t *testing.T) {
	used := t.TempDir()
	file := filepath.Join(used, "notes.txt")
	if err := os.WriteFile(file, []byte("mine"), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		title, dir, name string
		rows             int
		message, hint    string
	}{
		{"a folder in use", used, "sms", 0, `is not empty: it holds "notes.txt"`, "name a new folder"},
		{"a file", file, "sms", 0, "cannot be made", "name a folder"},
		{"a name that is close", t.TempDir(), "sns", 0, `there is no example "sns"`, `did you mean "sms"? The examples are sms, chat, health`},
		{"a name that is not", t.TempDir(), "warehouse", 0, `there is no example "warehouse"`, "the examples are sms, chat, health"},
		{"rows below zero", t.TempDir(), "chat", -5, "-5 rows cannot be generated", "leave the number out for 200000 chat messages"},
	} {
		err := Create(c.dir, c.name, c.rows, 1)
		var f *fault.Error
		if !errors.As(err, &f) || f.Code != fault.Usage || !strings.Contains(f.Message, c.message) || !strings.Contains(f.Hint, c.hint) {
			t.Errorf("%s: %v", c.title, err)
		}
	}
	if entries, _ := os.ReadDir(used); len(entries) != 1 {
		t.Errorf("the folder in use was changed: %v", entries)
	}
}

// TestFailedCreateLeavesNothing lets a portion fail after others have written.
func TestFailedCreateLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	full := errors.New("no space left")
	k := kind{name: "sms", portions: func(rows int) []portion {
		return append(smsPortions(rows), portion{"full", func(*dice, folder) error { return full }})
	}}
	err := create(dir, k, 50, 1)
	if !errors.Is(err, full) || !strings.Contains(err.Error(), "with room") {
		t.Errorf("the error is %v", err)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) > 0 {
		t.Errorf("left are %v %v", entries, err)
	}
}

// TestTextIsJSON writes texts that need escapes.
func TestTextIsJSON(t *testing.T) {
	for text, want := range map[string]string{
		"":              `""`,
		"plain 太郎":      `"plain 太郎"`,
		"a\nb\t\"c\"\\": `"a\nb\t\"c\"\\"`,
	} {
		if got := string(appendText(nil, text)); got != want {
			t.Errorf("%q is written %s", text, got)
		}
	}
}

// TestLogKeepsItsError fails a write and finds the error at the end.
func TestLogKeepsItsError(t *testing.T) {
	full := errors.New("full")
	l := &log{w: bufio.NewWriterSize(failing{full}, 16), closeFile: func() error { return nil }}
	for range 10 {
		l.text("text", "longer than the buffer")
		l.write()
	}
	if err := closeLogs([]*log{l}); !errors.Is(err, full) {
		t.Errorf("the error is %v", err)
	}
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

// TestFullDisk writes files of each kind to a disk that is full.
func TestFullDisk(t *testing.T) {
	const full = "/dev/full"
	if _, err := os.Stat(full); err != nil {
		t.Skipf("there is no %s to write to: %v", full, err)
	}
	data := folder(t.TempDir())
	for _, name := range []string{"a.csv", "a.csv.gz", "a.json", "a.json.gz", "a.json.zst"} {
		if err := os.Symlink(full, filepath.Join(string(data), name)); err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(name, "a.csv") {
			err := data.csv(name, ',', []string{"n"}, func(write func(...string)) {
				for i := range 100_000 {
					write(decimal(int64(i)))
				}
			})
			if !errors.Is(err, syscall.ENOSPC) || len(err.Error()) > 1000 {
				t.Errorf("%s: %.1000v", name, err)
			}
			continue
		}
		files, err := data.logs(name)
		if err != nil {
			t.Fatal(err)
		}
		for i := range 100_000 {
			files[0].integer("n", int64(i))
			files[0].write()
		}
		if err := closeLogs(files); !errors.Is(err, syscall.ENOSPC) || len(err.Error()) > 1000 {
			t.Errorf("%s: %.1000v", name, err)
		}
	}
}

// TestWaits holds the waits to their mean, and to more than nothing.
func TestWaits(t *testing.T) {
	d, sum := newDice(1, "waits"), time.Duration(0)
	const draws = 100_000
	for range draws {
		wait := d.after(smsStart, time.Minute).Sub(smsStart)
		if wait < time.Millisecond {
			t.Fatalf("a wait of %s", wait)
		}
		sum += wait
	}
	if mean := sum / draws; mean < 58*time.Second || mean > 62*time.Second {
		t.Errorf("the mean of waits of a minute is %s", mean)
	}
}

// TestSpansCover cuts rows into shares that follow each other without gaps, in
// proportion to their weights.
func TestSpansCover(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.IntRange(0, 2_000_000_000).Draw(t, "rows")
		weights := rapid.SliceOfN(rapid.IntRange(1, 10), 1, 40).Draw(t, "weights")
		total := 0
		for _, w := range weights {
			total += w
		}
		next := 0
		for i, s := range spans(rows, weights) {
			if s.first != next || s.end < s.first {
				t.Fatalf("share %d is %v after %d", i, s, next)
			}
			if ideal := float64(rows) / float64(total) * float64(weights[i]); float64(s.end-s.first) > ideal+1.01 || float64(s.end-s.first) < ideal-1.01 {
				t.Fatalf("share %d of weight %d holds %d rows, not about %f", i, weights[i], s.end-s.first, ideal)
			}
			next = s.end
		}
		if next != rows {
			t.Fatalf("the shares end at %d of %d", next, rows)
		}
	})
}

func TestPartsAreBounded(t *testing.T) {
	for _, c := range []struct{ first, end, size, parts int }{{0, 0, 10, 1}, {5, 15, 10, 1}, {5, 16, 10, 2}, {0, 1_000_001, 100_000, 11}} {
		parts := (span{c.first, c.end}).parts(c.size)
		if len(parts) != c.parts || parts[0].first != c.first || parts[len(parts)-1].end != c.end {
			t.Errorf("%+v is cut into %v", c, parts)
		}
		for _, p := range parts {
			if p.end-p.first > c.size {
				t.Errorf("a part of %+v holds %d", c, p.end-p.first)
			}
		}
	}
}

func TestWeekendsAreQuiet(t *testing.T) {
	days := daySpans(smsStart, 300_000)
	if len(days) != 30 || smsStart.Weekday() != time.Saturday {
		t.Fatalf("%d days from a %s", len(days), smsStart.Weekday())
	}
	size := func(day int) int { return days[day].end - days[day].first }
	if !(size(1) < size(0) && size(0) < size(2)) {
		t.Errorf("Saturday %d, Sunday %d, Monday %d", size(0), size(1), size(2))
	}
}
