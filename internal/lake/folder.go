package lake

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"syscall"

	"github.com/atolldata/atoll/internal/fault"
)

// scratch is the folder of drafts. It is on the same file system as the rest,
// so that a rename publishes.
const scratch = "tmp"

// folder is a lake in a folder of this machine. Only its owner may read it:
// grants are the warehouse's (invariant I5).
type folder struct {
	root    string // absolute
	sweep   sync.Once
	waiting waiting
}

func newFolder(root string) *folder {
	return &folder{root: root, waiting: waiting{objects: map[string]*waitingObject{}, slots: make(chan struct{}, unsynced)}}
}

// file is where a key has its place.
func (f *folder) file(key string) string { return filepath.Join(f.root, filepath.FromSlash(key)) }

// now is where a key's bytes are now.
func (f *folder) now(key string) string {
	if file, ok := f.waiting.find(key); ok {
		return file
	}
	return f.file(key)
}

func (f *folder) uri(key string) string {
	u := url.URL{Scheme: "file", Path: filepath.ToSlash(f.file(key))}
	return u.String()
}

func (f *folder) path(key string) (string, bool) { return f.now(key), true }

func (f *folder) holds(file string) bool {
	rel, err := filepath.Rel(f.root, file)
	return err == nil && filepath.IsLocal(rel)
}

func (f *folder) close() error { return nil }

// draft begins a file in the scratch folder. What an earlier process left
// there is removed first: a lake has one writing process.
func (f *folder) draft(context.Context) (draft, error) {
	dir := filepath.Join(f.root, scratch)
	f.sweep.Do(func() { os.RemoveAll(dir) })
	if err := makeDir(dir); err != nil {
		return nil, f.failed(err, "write to")
	}
	file, err := os.CreateTemp(dir, "")
	if err != nil {
		return nil, f.failed(err, "write to")
	}
	return &localDraft{File: file, in: f}, nil
}

func (f *folder) open(_ context.Context, key string) (io.ReadCloser, error) {
	file, err := os.Open(f.now(key))
	if err != nil {
		return nil, f.failed(err, "read")
	}
	return file, nil
}

func (f *folder) size(_ context.Context, key string) (int64, error) {
	info, err := os.Stat(f.now(key))
	if err != nil {
		return 0, f.failed(err, "read")
	}
	return info.Size(), nil
}

func (f *folder) list(ctx context.Context, prefix string) ([]string, error) {
	var keys []string
	err := filepath.WalkDir(f.file(prefix), func(path string, entry fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil
		case err != nil:
			return err
		case entry.IsDir():
			return ctx.Err()
		}
		rel, err := filepath.Rel(f.root, path)
		keys = append(keys, filepath.ToSlash(rel))
		return err
	})
	if err != nil {
		return nil, f.failed(err, "read")
	}
	slices.Sort(keys)
	return keys, nil
}

func (f *folder) remove(_ context.Context, key string) error {
	err := os.Remove(f.file(key))
	if err == nil {
		err = syncDir(filepath.Dir(f.file(key)))
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return f.failed(err, "remove from")
	}
	return nil
}

// failed turns what the file system said into a fault. A file that does not
// exist stays fs.ErrNotExist, and is the caller's to explain.
func (f *folder) failed(err error, doing string) error {
	e := fault.Wrap(err, fault.Source, "cannot %s the lake %q", doing, f.root)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return err
	case errors.Is(err, fs.ErrPermission):
		e.WithHint("let the user who runs atoll own the folder")
	case errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT):
		e.WithHint("make room on its disk: everything that was landed stays as it is")
	}
	return e
}

// localDraft is a file in the scratch folder.
type localDraft struct {
	*os.File
	in   *folder
	done bool
}

func (d *localDraft) Write(p []byte) (int, error) {
	n, err := d.File.Write(p)
	if err != nil {
		err = d.in.failed(err, "write to")
	}
	return n, err
}

func (d *localDraft) keep(ctx context.Context, key string) error {
	return d.in.waiting.keep(ctx, d, key)
}

func (d *localDraft) publish(_ context.Context, key string) error {
	target := d.in.file(key)
	if err := makeDir(filepath.Dir(target)); err != nil {
		return d.in.failed(err, "write to")
	}
	err := d.Sync()
	if err == nil {
		err = d.Chmod(0o400)
	}
	if err == nil {
		err = d.Close()
	}
	if err == nil {
		err = os.Rename(d.Name(), target)
	}
	if err == nil {
		d.done = true
		err = syncDir(filepath.Dir(target))
	}
	if err != nil {
		return d.in.failed(err, "write to")
	}
	return nil
}

func (d *localDraft) discard() {
	if !d.done {
		d.Close()
		os.Remove(d.Name())
	}
}

// makeDir makes a folder and those above it, and each entry durable.
func makeDir(dir string) error {
	if info, err := os.Stat(dir); err == nil && info.IsDir() {
		return nil
	}
	if parent := filepath.Dir(dir); parent != dir {
		if err := makeDir(parent); err != nil {
			return err
		}
	}
	if err := os.Mkdir(dir, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return syncDir(filepath.Dir(dir))
}

// syncDir makes the entries of a folder durable.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}
