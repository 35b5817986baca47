package files_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/lake"
	"github.com/atolldata/atoll/internal/project"
	"github.com/atolldata/atoll/internal/s3client"
	"github.com/atolldata/atoll/internal/source"
	"github.com/atolldata/atoll/internal/source/files"
	"github.com/atolldata/atoll/internal/source/sourcetest"
)

func TestFolder(t *testing.T) {
	sourcetest.Run(t, func(t *testing.T) sourcetest.Place {
		dir := t.TempDir()
		makeDir(t, filepath.Join(dir, "data"))
		return sourcetest.Place{
			Source: openFiles(t, &project.Source{Name: "src", URL: project.NewSecret("file://" + dir + "/data")}, "unused", s3client.Pace{}),
			Schema: "src",
			Base:   "file://" + dir + "/data/",
			Write: func(t testing.TB, name, content string) {
				writeFile(t, filepath.Join(dir, "data", name), content)
			},
			Remove: func(t testing.TB, name string) {
				if err := os.Remove(filepath.Join(dir, "data", name)); err != nil {
					t.Fatal(err)
				}
			},
		}
	})
}

func openFiles(t testing.TB, s *project.Source, dir string, o s3client.Pace) *files.Files {
	t.Helper()
	f, err := files.Open(t.Context(), s, dir, o)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func openLake(t testing.TB) *lake.Lake {
	t.Helper()
	l, err := lake.Open(t.Context(), "file://lake", t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func makeDir(t testing.TB, dir string) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
}

func writeFile(t testing.TB, name, content string) {
	t.Helper()
	makeDir(t, filepath.Dir(name))
	if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

// local is a source over dir/data, as a project in dir writes it.
func local(t testing.TB) (s *files.Files, data string) {
	t.Helper()
	dir := t.TempDir()
	data = filepath.Join(dir, "data")
	makeDir(t, data)
	return openFiles(t, &project.Source{Name: "src", URL: project.NewSecret("file://data")}, dir, s3client.Pace{}), data
}

func list(t testing.TB, s source.Source, match string) []source.Candidate {
	t.Helper()
	l, err := s.List(t.Context(), &project.Table{Name: "t", Match: match})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func uris(list []source.Candidate) []string {
	out := []string{}
	for _, c := range list {
		out = append(out, c.URI)
	}
	return out
}

// A project folder can be moved, so its files' URIs say only what it writes.
func TestURIsAreAsTheProjectWritesThem(t *testing.T) {
	dir := t.TempDir()
	writeFile(t, filepath.Join(dir, "data", "a.json"), "{}")
	for url, want := range map[string]string{
		"file://data":              "file://data/a.json",
		"file://data/":             "file://data/a.json",
		"file://./data//":          "file://data/a.json",
		"file://data/../data":      "file://data/a.json",
		"file://" + dir + "/data/": "file://" + dir + "/data/a.json",
	} {
		s := openFiles(t, &project.Source{URL: project.NewSecret(url)}, dir, s3client.Pace{})
		if got := uris(list(t, s, "**")); !slices.Equal(got, []string{want}) {
			t.Errorf("%s lists %q, want %q", url, got, want)
		}
	}
	s := openFiles(t, &project.Source{URL: project.NewSecret("file://.")}, dir, s3client.Pace{})
	if got := uris(list(t, s, "**")); !slices.Equal(got, []string{"file://data/a.json"}) {
		t.Errorf("the project folder itself lists %q", got)
	}
	if _, err := s.Land(t.Context(), &project.Table{}, list(t, s, "**")[0], openLake(t)); err != nil {
		t.Error(err)
	}
}

// A rewrite that keeps the size and restores the time is another version.
func TestVersionSeesThroughRestoredTimes(t *testing.T) {
	if runtime.GOOS != "linux" && runtime.GOOS != "darwin" {
		t.Skip("change times are not known here")
	}
	s, data := local(t)
	name := filepath.Join(data, "a.json")
	past := time.Date(2020, 1, 2, 3, 4, 5, 0, time.UTC)
	seen := map[string]bool{}
	for _, content := range []string{"one", "two"} {
		writeFile(t, name, content)
		if err := os.Chtimes(name, past, past); err != nil {
			t.Fatal(err)
		}
		c := list(t, s, "*")[0]
		if c.Size != 3 || !c.Modified.Equal(past) {
			t.Fatalf("listed as %+v", c)
		}
		seen[c.Version] = true
	}
	if len(seen) != 2 {
		t.Errorf("one version for two contents: %v", seen)
	}
}

func TestUnfinishedFilesAreLeft(t *testing.T) {
	s, data := local(t)
	l, name := openLake(t), filepath.Join(data, "a.json")
	land := func() (lake.File, error) {
		return s.Land(t.Context(), &project.Table{Format: project.JSON, Compression: project.Auto}, list(t, s, "*")[0], l)
	}
	writeFile(t, name, "{\"a\":1}\n{\"a\":")
	_, err := land()
	if want := `"file://data/a.json" is still being written: the file is not complete: `; !errors.Is(err, source.ErrUnsettled) || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("got %v, want %s", err, want)
	}
	noObjects(t, l)
	writeFile(t, name, "{\"a\":1}\n{\"a\":2}\n")
	if f, err := land(); err != nil || f.Size != 16 {
		t.Errorf("got %+v, %v", f, err)
	}
}

func noObjects(t *testing.T, l *lake.Lake) {
	t.Helper()
	root, _ := l.LocalPath("")
	if left, err := filepath.Glob(filepath.Join(root, "*", "*")); len(left) > 0 || err != nil {
		t.Errorf("the lake has %q, %v", left, err)
	}
}

// A file that grows, or is replaced, while it is copied is left for the next
// tick, and nothing of it is in the lake.
func TestFilesThatChangeWhileCopiedAreLeft(t *testing.T) {
	for name, change := range map[string]func(t *testing.T, file string){
		"grows": func(t *testing.T, file string) {
			f, err := os.OpenFile(file, os.O_APPEND|os.O_WRONLY, 0)
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			if _, err := f.WriteString("{}\n"); err != nil {
				t.Fatal(err)
			}
		},
		"is replaced": func(t *testing.T, file string) {
			writeFile(t, file+".tmp", "[]\n")
			if err := os.Rename(file+".tmp", file); err != nil {
				t.Fatal(err)
			}
		},
		"is rewritten": func(t *testing.T, file string) { writeFile(t, file, "[]\n") },
	} {
		t.Run(name, func(t *testing.T) {
			s, data := local(t)
			l, file := openLake(t), filepath.Join(data, "a.json")
			writeFile(t, file, "{}\n")
			changes := 1
			s.BeforeCopy(func() {
				if changes--; changes == 0 {
					change(t, file)
				}
			})
			_, err := s.Land(t.Context(), &project.Table{}, list(t, s, "*")[0], l)
			if !errors.Is(err, source.ErrUnsettled) || !strings.HasSuffix(err.Error(), "it changed while it was copied") {
				t.Errorf("got %v", err)
			}
			noObjects(t, l)
			if _, err := s.Land(t.Context(), &project.Table{}, list(t, s, "*")[0], l); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestLinksAreFollowedButNotInCircles(t *testing.T) {
	s, data := local(t)
	writeFile(t, filepath.Join(data, "a.json"), "{}")
	writeFile(t, filepath.Join(data, "x", "b.json"), "{}")
	outside := t.TempDir()
	writeFile(t, filepath.Join(outside, "c.json"), "{}\n{}")
	for from, to := range map[string]string{
		"link.json": "a.json", "broken.json": "nothing", "self.json": "self.json",
		"x/up": "..", "x/here": ".", "folder": outside, "hidden.tmp": "a.json",
	} {
		if err := os.Symlink(to, filepath.Join(data, from)); err != nil {
			t.Fatal(err)
		}
	}
	want := []string{"file://data/a.json", "file://data/folder/c.json", "file://data/link.json", "file://data/x/b.json"}
	found := list(t, s, "**")
	if got := uris(found); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if found[1].Size != 5 {
		t.Errorf("a file behind a link is listed as %+v", found[1])
	}
	f, err := s.Land(t.Context(), &project.Table{}, found[1], openLake(t))
	if err != nil || f.Version != found[1].Version {
		t.Errorf("landed as %+v, %v", f, err)
	}
}

func TestMissingFolder(t *testing.T) {
	dir := t.TempDir()
	s := openFiles(t, &project.Source{URL: project.NewSecret("file://nowhere")}, dir, s3client.Pace{})
	_, err := s.List(t.Context(), &project.Table{Match: "a/*.json"})
	want := `the folder "file://nowhere/" does not exist (create ` + filepath.Join(dir, "nowhere") + `, or correct the source's url)`
	if fault.CodeOf(err) != fault.Source || err.Error() != want {
		t.Errorf("got %v, want %v", err, want)
	}
}

// Only a user who is not root can meet a file that may not be read.
func TestForbiddenFiles(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root may read everything")
	}
	s, data := local(t)
	writeFile(t, filepath.Join(data, "x", "a.json"), "{}")
	found := list(t, s, "**")
	for _, name := range []string{"x/a.json", "x"} {
		if err := os.Chmod(filepath.Join(data, name), 0); err != nil {
			t.Fatal(err)
		}
	}
	_, landErr := s.Land(t.Context(), &project.Table{}, found[0], openLake(t))
	_, listErr := s.List(t.Context(), &project.Table{Match: "**"})
	for _, err := range []error{landErr, listErr} {
		if !errors.Is(err, fs.ErrPermission) || !strings.Contains(err.Error(), `"file://data/x`) || !strings.Contains(err.Error(), "chmod") {
			t.Errorf("got %v", err)
		}
	}
}
