package files

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"github.com/atolldata/atoll/internal/decode"
	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/lake"
	"github.com/atolldata/atoll/internal/project"
	"github.com/atolldata/atoll/internal/source"
)

// folder is a store on this machine.
type folder struct {
	root     string                                                               // absolute
	base     string                                                               // what URIs begin with: file:// and the folder as the project writes it
	complete func(t *project.Table, name string, f io.ReaderAt, size int64) error // decode.Complete
}

func openFolder(s *project.Source, at project.Location) (*folder, error) {
	root, err := filepath.Abs(at.Path)
	if err != nil {
		return nil, fault.Wrap(err, fault.Config, "the folder of the source %q cannot be found", s.Name)
	}
	url, err := s.URL.Reveal()
	if err != nil {
		return nil, err
	}
	const scheme = project.SchemeFile + "://"
	base := scheme
	if written := path.Clean(strings.TrimPrefix(url, scheme)); written != "." {
		base += strings.TrimSuffix(written, "/") + "/"
	}
	return &folder{root: root, base: base, complete: decode.Complete}, nil
}

// file is where a candidate is on this machine.
func (f *folder) file(uri string) string {
	return filepath.Join(f.root, filepath.FromSlash(strings.TrimPrefix(uri, f.base)))
}

func (f *folder) walk(ctx context.Context, below string, depth int, found func(string, source.Candidate)) error {
	if _, err := os.Stat(f.root); errors.Is(err, fs.ErrNotExist) {
		return fault.New(fault.Source, "the folder %q does not exist", f.base).
			WithHint("create %s, or correct the source's url", f.root)
	} else if err != nil {
		return unreadable(err, f.base)
	}
	w := walker{ctx: ctx, folder: f, depth: depth, found: found}
	info, err := os.Stat(filepath.Join(f.root, filepath.FromSlash(below)))
	if errors.Is(err, fs.ErrNotExist) || err == nil && !info.IsDir() {
		return nil
	}
	if err != nil {
		return unreadable(err, f.base+below)
	}
	return w.visit(below, []fs.FileInfo{info})
}

// walker walks through a folder. Links to files and folders are followed, but
// not those that lead back to a folder they are in.
type walker struct {
	ctx    context.Context
	folder *folder
	depth  int
	found  func(string, source.Candidate)
}

// visit walks through one folder; above are it and the folders it is in.
func (w *walker) visit(name string, above []fs.FileInfo) error {
	if err := w.ctx.Err(); err != nil {
		return err
	}
	entries, err := os.ReadDir(filepath.Join(w.folder.root, filepath.FromSlash(name)))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return unreadable(err, w.folder.base+name)
	}
	for _, entry := range entries {
		child := path.Join(name, entry.Name())
		if hidden(child) {
			continue
		}
		info, err := os.Stat(filepath.Join(w.folder.root, filepath.FromSlash(child)))
		switch {
		case err != nil: // it is gone, or a link to nothing; reading tells the rest
			continue
		case info.Mode().IsRegular():
			w.found(child, source.Candidate{
				URI: w.folder.base + child, Version: fingerprint(info), Size: info.Size(), Modified: info.ModTime().UTC(),
			})
		case info.IsDir() && (w.depth < 0 || len(above) <= w.depth) && !contains(above, info):
			if err := w.visit(child, append(above, info)); err != nil {
				return err
			}
		}
	}
	return nil
}

func contains(list []fs.FileInfo, one fs.FileInfo) bool {
	for _, info := range list {
		if os.SameFile(info, one) {
			return true
		}
	}
	return false
}

// fingerprint changes whenever a file's content may have: its change time and
// inode tell of writers that keep the size and restore the modification time.
func fingerprint(info fs.FileInfo) string {
	version := fmt.Sprintf("size=%d mtime=%d", info.Size(), info.ModTime().UnixNano())
	if changed, inode, ok := changeTime(info); ok {
		version += fmt.Sprintf(" ctime=%d inode=%d", changed, inode)
	}
	return version
}

// land copies a file. It is checked to be complete before, so that what is
// still growing costs nothing, and to be unchanged after.
func (f *folder) land(ctx context.Context, t *project.Table, c source.Candidate, into *lake.Lake) (lake.File, error) {
	if !utf8.ValidString(c.URI) {
		return lake.File{}, fault.New(fault.Source, "cannot take %q: its name is not UTF-8", c.URI).WithHint("rename it")
	}
	name := f.file(c.URI)
	if into.Holds(name) {
		return lake.File{}, errInLake(c.URI)
	}
	file, err := os.Open(name)
	if err != nil {
		return lake.File{}, unreadable(err, c.URI)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return lake.File{}, unreadable(err, c.URI)
	}
	if !c.Settled || c.Version != fingerprint(info) {
		switch err := f.complete(t, name, file, info.Size()); {
		case errors.Is(err, decode.ErrIncomplete):
			return lake.File{}, unsettled(c.URI, err.Error())
		case err != nil:
			return lake.File{}, unreadable(err, c.URI)
		}
	}
	landed := lake.File{Version: fingerprint(info), Size: info.Size(), Modified: info.ModTime().UTC()}
	object, err := into.Put(ctx, steady{file, c.URI, landed.Version}, name)
	landed.Object, landed.Checksum = object.Key, object.SHA256
	return landed, err
}

// steady reads a file to its end, and fails there if the file changed
// meanwhile.
type steady struct {
	*os.File
	uri, version string
}

func (s steady) Read(p []byte) (int, error) {
	n, err := s.File.Read(p)
	if err == nil {
		return n, nil
	}
	if err != io.EOF {
		return n, unreadable(err, s.uri)
	}
	info, err := s.Stat()
	if err != nil {
		return n, unreadable(err, s.uri)
	}
	if fingerprint(info) != s.version {
		return n, unsettled(s.uri, "it changed while it was copied")
	}
	return n, io.EOF
}

// open has nothing to open: every file of a folder is in the lake.
func (f *folder) open(_ context.Context, file lake.File) (io.ReadCloser, error) {
	return nil, fault.New(fault.Internal, "%q was not copied into the lake", file.URI)
}

// unreadable turns what the file system said about a file or folder into a
// fault.
func unreadable(err error, uri string) error {
	e := fault.Wrap(err, fault.Source, "cannot read %q", uri)
	var at *fs.PathError
	if errors.As(err, &at) {
		e.Cause = at.Err // the path is in the message, as the project writes it
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		e.WithHint("check that it is still there; a file that returns is read by the next run")
	case errors.Is(err, fs.ErrPermission):
		e.WithHint("let the user who runs atoll read it, for example with chmod")
	}
	return e
}
