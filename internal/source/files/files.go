package files

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/lake"
	"github.com/atolldata/atoll/internal/project"
	"github.com/atolldata/atoll/internal/s3client"
	"github.com/atolldata/atoll/internal/source"
)

// Files is a source of files. It keeps no state.
type Files struct {
	of    *project.Source
	store store
}

var _ source.Source = (*Files)(nil)

// store is where files are. Names are slash-separated and relative to the
// source's url, as are folders; "" is the url itself.
type store interface {
	// walk calls found for every file below a folder, in any order. It may
	// leave out files that are hidden, and those more than depth folders down
	// (a depth below 0 is any).
	walk(ctx context.Context, folder string, depth int, found func(name string, c source.Candidate)) error
	// land is Land, but for the table's name.
	land(ctx context.Context, t *project.Table, c source.Candidate, into *lake.Lake) (lake.File, error)
	open(ctx context.Context, f lake.File) (io.ReadCloser, error)
}

// Open makes the source that a project describes; dir is the project's folder,
// and pace is for object stores.
// It reads nothing yet. Errors are faults of code Config.
func Open(ctx context.Context, s *project.Source, dir string, pace s3client.Pace) (*Files, error) {
	at, err := (&project.Project{Dir: dir}).Locate(s.URL)
	if err != nil {
		return nil, err
	}
	f := &Files{of: s}
	switch at.Scheme {
	case project.SchemeFile:
		f.store, err = openFolder(s, at)
	case project.SchemeS3:
		f.store, err = openBucket(ctx, s, at, pace)
	default:
		err = fault.New(fault.Unsupported, "the scheme %q is not available for a source of files", at.Scheme).
			WithHint("use file:// or s3://")
	}
	var e *fault.Error
	if errors.As(err, &e) && e.Pos == (fault.Position{}) {
		e.At(s.Pos)
	}
	return f, err
}

// List finds the files that a table's pattern matches.
func (f *Files) List(ctx context.Context, t *project.Table) ([]source.Candidate, error) {
	var list []source.Candidate
	folder, depth := scope(t.Match)
	err := f.store.walk(ctx, folder, depth, func(name string, c source.Candidate) {
		if !hidden(name) && doublestar.MatchUnvalidated(t.Match, name) {
			list = append(list, c)
		}
	})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(list, func(a, b source.Candidate) int { return strings.Compare(a.URI, b.URI) })
	// Some servers repeat the last object of a page on the next one.
	return slices.CompactFunc(list, func(a, b source.Candidate) bool { return a.URI == b.URI }), nil
}

// scope is the folder below which a pattern can match, and how many folders
// deeper, or -1 for any.
func scope(pattern string) (folder string, depth int) {
	folder, rest := doublestar.SplitPattern(pattern)
	if folder == "." {
		folder = ""
	}
	if strings.Contains(rest, "**") || strings.Contains(rest, "{") {
		return folder, -1
	}
	return folder, strings.Count(rest, "/")
}

// hidden reports a name that is never a table's file.
func hidden(name string) bool {
	if ext := path.Ext(name); ext == ".tmp" || ext == ".part" {
		return true
	}
	return strings.HasPrefix(name, ".") || strings.Contains(name, "/.")
}

// Land copies or references a candidate.
func (f *Files) Land(ctx context.Context, t *project.Table, c source.Candidate, into *lake.Lake) (lake.File, error) {
	file, err := f.store.land(ctx, t, c, into)
	if err != nil {
		return lake.File{}, err
	}
	file.Table, file.URI, file.State = t.Relation(f.of), c.URI, lake.Landed
	return file, nil
}

// Open reads a file that was referenced in place.
func (f *Files) Open(ctx context.Context, file lake.File) (io.ReadCloser, error) {
	return f.store.open(ctx, file)
}

// unsettled reports a file that is still being written, and why it seems so.
func unsettled(uri, why string) error {
	return fmt.Errorf("%q is %w: %s", uri, source.ErrUnsettled, why)
}

// errInLake refuses a file of the lake itself, which would land without end.
func errInLake(uri string) error {
	return fault.New(fault.Config, "%q is a file of the lake itself", uri).
		WithHint("keep the lake outside the source's url, or make the table's pattern narrower")
}
