// Package sourcetest is the suite that every source of files passes, whatever
// store they are in: it holds [source.Source] to its promises.
package sourcetest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/lake"
	"github.com/atolldata/atoll/internal/project"
	"github.com/atolldata/atoll/internal/source"
)

// Place is a source under test, and the way to change what it finds. Names are
// relative to the source's url.
type Place struct {
	Source source.Source
	Schema string // the source's name
	Base   string // what the URIs of its files begin with
	Write  func(t testing.TB, name, content string)
	Remove func(t testing.TB, name string)
}

// Run runs the suite; open makes an empty place.
func Run(t *testing.T, open func(t *testing.T) Place) {
	for _, test := range []struct {
		name string
		run  func(*suite)
	}{
		{"ListFindsWhatMatches", (*suite).listFindsWhatMatches},
		{"ListLeavesOutHiddenFiles", (*suite).listLeavesOutHiddenFiles},
		{"ListOfNothing", (*suite).listOfNothing},
		{"NamesAreTakenAsTheyAre", (*suite).namesAreTakenAsTheyAre},
		{"VersionTellsOfChanges", (*suite).versionTellsOfChanges},
		{"LandKeepsTheBytes", (*suite).landKeepsTheBytes},
		{"LandedIsWhatIsRead", (*suite).landedIsWhatIsRead},
		{"GoneFilesAreFaultsOfTheirOwn", (*suite).goneFilesAreFaultsOfTheirOwn},
		{"LakeIsNoSource", (*suite).lakeIsNoSource},
		{"CancelEnds", (*suite).cancelEnds},
		{"CallsMayBeConcurrent", (*suite).callsMayBeConcurrent},
	} {
		t.Run(test.name, func(t *testing.T) {
			l, err := lake.Open(t.Context(), "file://lake", t.TempDir())
			if err != nil {
				t.Fatal(err)
			}
			test.run(&suite{T: t, Place: open(t), lake: l})
		})
	}
}

type suite struct {
	*testing.T
	Place
	lake *lake.Lake
}

func table(match string) *project.Table {
	return &project.Table{Name: "things", Match: match, Format: project.JSON}
}

func (s *suite) write(names ...string) {
	s.Helper()
	for _, name := range names {
		s.Write(s, name, "content of "+name+"\n")
	}
}

func (s *suite) list(match string) []source.Candidate {
	s.Helper()
	list, err := s.Source.List(s.Context(), table(match))
	if err != nil {
		s.Fatal(err)
	}
	return list
}

// only lists the one file that there must be.
func (s *suite) only(match string) source.Candidate {
	s.Helper()
	list := s.list(match)
	if len(list) != 1 {
		s.Fatalf("%q lists %v, want one file", match, list)
	}
	return list[0]
}

func (s *suite) expect(match string, names ...string) {
	s.Helper()
	got := []string{}
	for _, c := range s.list(match) {
		got = append(got, strings.TrimPrefix(c.URI, s.Base))
	}
	slices.Sort(names)
	if !slices.Equal(got, names) {
		s.Errorf("%q lists %q, want %q", match, got, names)
	}
}

func (s *suite) land(c source.Candidate) lake.File {
	s.Helper()
	f, err := s.Source.Land(s.Context(), table("*"), c, s.lake)
	if err != nil {
		s.Fatal(err)
	}
	return f
}

// read reads a landed file as a load does.
func (s *suite) read(f lake.File) (string, error) {
	open := func() (io.ReadCloser, error) { return s.Source.Open(s.Context(), f) }
	if f.Object != "" {
		open = func() (io.ReadCloser, error) { return s.lake.Open(s.Context(), f.Object) }
	}
	r, err := open()
	if err != nil {
		return "", err
	}
	defer r.Close()
	b, err := io.ReadAll(r)
	return string(b), err
}

func (s *suite) listFindsWhatMatches() {
	s.write("a.json", "b.csv", "x/a.json", "x/b1.json", "x/y/z/a.json", "xx/a.json")
	s.expect("*.json", "a.json")
	s.expect("**/*.json", "a.json", "x/a.json", "x/b1.json", "x/y/z/a.json", "xx/a.json")
	s.expect("x/*.json", "x/a.json", "x/b1.json")
	s.expect("x/**/*.json", "x/a.json", "x/b1.json", "x/y/z/a.json")
	s.expect("x/**", "x/a.json", "x/b1.json", "x/y/z/a.json")
	s.expect("*/a.json", "x/a.json", "xx/a.json")
	s.expect("*/*/*/a.json", "x/y/z/a.json")
	s.expect("x?/*", "xx/a.json")
	s.expect("x/b[0-9].json", "x/b1.json")
	s.expect("{b.csv,x/y/z/a.json}", "b.csv", "x/y/z/a.json")
	s.expect("x/a.json", "x/a.json")
	s.expect("A.json")
	s.expect("x/a.json/*")
	for _, c := range s.list("a.json") {
		if want := int64(len("content of a.json\n")); c.Size != want || c.Modified.IsZero() || c.Version == "" || c.URI != s.Base+"a.json" {
			s.Errorf("listed as %+v", c)
		}
	}
}

func (s *suite) listLeavesOutHiddenFiles() {
	s.write("a.json", "a.json.tmp", "a.json.part", ".a.json", "x/.a.json", ".atoll/lake/a.json", "x/.y/z/a.json", "a.tmp.json", "tmp/a.json")
	s.expect("**", "a.json", "a.tmp.json", "tmp/a.json")
	s.expect("a.json.*")
	s.expect(".*")
	s.expect(".atoll/**")
}

func (s *suite) listOfNothing() {
	s.write("a.json")
	s.expect("*.csv")
	s.expect("missing/*.json")
	s.expect("a.json/*.json")
}

func (s *suite) namesAreTakenAsTheyAre() {
	names := []string{"a b.json", "a+b.json", "a%20b.json", "a&b=c.json", "é☃.json", "a'b\".json", "a#b?.json"}
	s.write(names...)
	s.expect("*.json", names...)
	for _, c := range s.list("*.json") {
		want := "content of " + strings.TrimPrefix(c.URI, s.Base) + "\n"
		if got, err := s.read(s.land(c)); got != want {
			s.Errorf("%s holds %q, %v", c.URI, got, err)
		}
	}
}

func (s *suite) versionTellsOfChanges() {
	s.Write(s, "a.json", "one")
	before := s.only("*")
	if again := s.only("*"); again != before {
		s.Errorf("listed as %+v, and again as %+v", before, again)
	}
	s.Write(s, "a.json", "two")
	after := s.only("*")
	if after.Version == before.Version || after.URI != before.URI || after.Size != before.Size {
		s.Errorf("before %+v, after %+v", before, after)
	}
}

func (s *suite) landKeepsTheBytes() {
	for _, content := range []string{"", "small\n", strings.Repeat("0123456789abcdef", 200_000) + "\n"} {
		s.Write(s, "x/a.json", content)
		c := s.only("x/*")
		f := s.land(c)
		if f.State != lake.Landed || f.URI != c.URI || f.Version != c.Version || f.Size != int64(len(content)) || !f.Modified.Equal(c.Modified) {
			s.Errorf("%+v landed as %+v", c, f)
		}
		if f.Table.Schema != s.Schema || f.Table.Name != "things" {
			s.Errorf("landed for table %q", f.Table)
		}
		if (f.Object == "") != (f.Checksum == "") {
			s.Errorf("object %q with checksum %q", f.Object, f.Checksum)
		}
		if again := s.land(c); again != f {
			s.Errorf("landed as %+v, and again as %+v", f, again)
		}
		if got, err := s.read(f); got != content || err != nil {
			s.Errorf("read %d bytes of %d, %v", len(got), len(content), err)
		}
	}
}

// What was landed is read, or nothing is: never another content.
func (s *suite) landedIsWhatIsRead() {
	s.Write(s, "a.json", "one\n")
	f := s.land(s.only("*"))
	s.Write(s, "a.json", "two\n")
	s.contentOrFault(f, "one\n")
	s.Remove(s, "a.json")
	s.contentOrFault(f, "one\n")
}

func (s *suite) contentOrFault(f lake.File, want string) {
	s.Helper()
	got, err := s.read(f)
	if err == nil && got != want {
		s.Errorf("read %q, want %q", got, want)
	}
	if err != nil {
		s.isFault(err, f.URI)
	}
}

// isFault checks that an error is a fault of the source that names the file
// and says what to do.
func (s *suite) isFault(err error, uri string) {
	s.Helper()
	var e *fault.Error
	if !errors.As(err, &e) || e.Code != fault.Source || e.Hint == "" || !strings.Contains(e.Message, uri) {
		s.Errorf("%v is no fault of the source with a hint", err)
	}
}

// I6: a file that disappears fails alone.
func (s *suite) goneFilesAreFaultsOfTheirOwn() {
	s.write("a.json", "b.json")
	list := s.list("*")
	s.Remove(s, "a.json")
	f, err := s.Source.Land(s.Context(), table("*"), list[0], s.lake)
	if err == nil {
		s.contentOrFault(f, "content of a.json\n")
	} else {
		s.isFault(err, list[0].URI)
	}
	if got, err := s.read(s.land(list[1])); got != "content of b.json\n" {
		s.Errorf("the other file holds %q, %v", got, err)
	}
	s.expect("*", "b.json")
}

// A lake among the source's files must not feed on itself.
func (s *suite) lakeIsNoSource() {
	s.write("a.json")
	c := s.only("*")
	l, err := lake.Open(s.Context(), s.inside(), s.TempDir())
	if err != nil {
		s.Fatal(err)
	}
	if _, err := s.Source.Land(s.Context(), table("*"), c, l); fault.CodeOf(err) != fault.Config {
		s.Errorf("landed a file of the lake: %v", err)
	}
}

// inside is the url of a lake that is where the source is.
func (s *suite) inside() string {
	if strings.HasPrefix(s.Base, "s3://") {
		return s.Base + "?region=us-east-1"
	}
	return s.Base
}

func (s *suite) cancelEnds() {
	s.write("a.json")
	c := s.only("*")
	f := s.land(c)
	ctx, cancel := context.WithCancel(s.Context())
	cancel()
	if _, err := s.Source.List(ctx, table("*")); !errors.Is(err, context.Canceled) {
		s.Errorf("List: %v", err)
	}
	if _, err := s.Source.Land(ctx, table("*"), c, s.lake); err != nil && !errors.Is(err, context.Canceled) {
		s.Errorf("Land: %v", err)
	}
	if f.Object == "" {
		if _, err := s.Source.Open(ctx, f); !errors.Is(err, context.Canceled) {
			s.Errorf("Open: %v", err)
		}
	}
}

func (s *suite) callsMayBeConcurrent() {
	for n := range 20 {
		s.write(fmt.Sprintf("%d.json", n))
	}
	list := s.list("*")
	var all sync.WaitGroup
	for _, c := range list {
		all.Go(func() {
			if _, err := s.Source.List(s.Context(), table("*")); err != nil {
				s.Error(err)
			}
			f, err := s.Source.Land(s.Context(), table("*"), c, s.lake)
			if err != nil {
				s.Error(err)
				return
			}
			if got, err := s.read(f); got != "content of "+strings.TrimPrefix(c.URI, s.Base)+"\n" {
				s.Errorf("%s holds %q, %v", c.URI, got, err)
			}
		})
	}
	all.Wait()
}
