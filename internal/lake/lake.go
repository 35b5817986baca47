package lake

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/project"
)

// Lake is an open lake.
type Lake struct{ store store }

// Object is a file's bytes in the lake.
type Object struct {
	Key    string // objects/ab/<sha256>.<extensions>, slash-separated, relative to the lake
	URI    string // where it is, absolute
	Size   int64  // bytes
	SHA256 string // of the bytes, in hex
}

// store is where a lake's bytes are. Keys are slash-separated and relative.
// Errors are faults, except that a key that is not there is fs.ErrNotExist.
type store interface {
	// draft begins something new, of which nothing shows until it is published.
	draft(ctx context.Context) (draft, error)
	open(ctx context.Context, key string) (io.ReadCloser, error)
	// size is the number of bytes at a key.
	size(ctx context.Context, key string) (int64, error)
	// list returns the keys that begin with a prefix, which ends in a slash, in
	// order.
	list(ctx context.Context, prefix string) ([]string, error)
	// remove deletes a key; one that is not there is no error.
	remove(ctx context.Context, key string) error
	// settle makes drafts durable that were kept, by their keys.
	settle(ctx context.Context, keys []string) error
	uri(key string) string
	path(key string) (string, bool)
	holds(uri string) bool
	close() error
}

// draft is something that is being written. Publish makes it durable and gives
// it its name, in place of what had that name. Keep lets it be read by its name
// at once, and leaves it to settle to make it durable. Discard forgets it, and
// does nothing after the others.
type draft interface {
	io.Writer
	publish(ctx context.Context, key string) error
	keep(ctx context.Context, key string) error
	discard()
}

// Open opens the lake at a project's URL: file://PATH, relative to the
// project's folder unless PATH begins with a slash, or
// s3://BUCKET/PREFIX?region=...&endpoint=.... It reads and writes nothing yet.
// Errors are faults of code Config.
func Open(ctx context.Context, url, projectDir string) (*Lake, error) {
	at, err := (&project.Project{Dir: projectDir}).Locate(project.NewSecret(url))
	if err != nil {
		return nil, err
	}
	switch at.Scheme {
	case project.SchemeFile:
		root, err := filepath.Abs(at.Path)
		if err != nil {
			return nil, fault.Wrap(err, fault.Config, "the lake's folder %q cannot be found", at.Path)
		}
		return &Lake{store: newFolder(root)}, nil
	case project.SchemeS3:
		s, err := openBucket(ctx, at, filepath.Join(projectDir, ".atoll", "spool"))
		if err != nil {
			return nil, err
		}
		return &Lake{store: s}, nil
	}
	return nil, fault.New(fault.Unsupported, "the scheme %q is not available for a lake", at.Scheme).
		WithHint("use file:// or s3://")
}

// Close releases what the lake holds open.
func (l *Lake) Close() error { return l.store.close() }

// Put copies a file's bytes into the lake, in one pass, under a name made of
// their SHA-256 and the extensions of name. The same bytes and extensions put
// twice are stored once. An error of r is returned as it is, and then nothing
// was stored; of the lake's own errors [Failed] is true.
//
// The object can be read at once, and survives a crash after [Lake.Settle]: so
// the disk writes it while it is loaded.
func (l *Lake) Put(ctx context.Context, r io.Reader, name string) (Object, error) {
	d, err := l.store.draft(ctx)
	if err != nil {
		return Object{}, ownError{err}
	}
	defer d.discard()
	size, sum, err := copyHashed(ctx, d, r)
	if err != nil {
		return Object{}, err
	}
	key := path.Join("objects", sum[:2], sum+extensions(name))
	o := Object{Key: key, URI: l.store.uri(key), Size: size, SHA256: sum}
	there, err := l.store.size(ctx, key)
	if err == nil && there == size {
		return o, nil
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return Object{}, ownError{err}
	}
	if err := d.keep(ctx, key); err != nil {
		return Object{}, ownError{err}
	}
	return o, nil
}

// Settle makes objects durable that were put, by their keys. It is called before
// anything that refers to them is committed, and while none of them is being
// opened: an object's [Lake.LocalPath] may be another afterwards.
func (l *Lake) Settle(ctx context.Context, keys []string) error {
	if err := l.store.settle(ctx, keys); err != nil {
		return ownError{err}
	}
	return nil
}

// ownError marks what went wrong with the lake, not with what was put into it.
type ownError struct{ error }

func (e ownError) Unwrap() error { return e.error }

// Failed reports that the lake itself could not be written: its disk is full, its
// bucket is not reached. No other file can be put then.
func Failed(err error) bool {
	var own ownError
	return errors.As(err, &own)
}

// Open reads an object. A key that is not in the lake is a fault of code Data
// that is also fs.ErrNotExist.
func (l *Lake) Open(ctx context.Context, key string) (io.ReadCloser, error) {
	r, err := l.store.open(ctx, key)
	if errors.Is(err, fs.ErrNotExist) {
		err = fault.Wrap(err, fault.Data, "the lake has lost %q", l.store.uri(key)).
			WithHint("restore it from a backup: the lake is the only copy of what was landed")
	}
	return r, err
}

// LocalPath is the path of an object in a lake on this machine, and false for
// other lakes. The file is not to be changed.
func (l *Lake) LocalPath(key string) (string, bool) { return l.store.path(key) }

// URI is where an object is: s3://bucket/key or file:///path.
func (l *Lake) URI(key string) string { return l.store.uri(key) }

// Holds reports that a file, given by its absolute path or its s3:// URI, is
// part of the lake itself. A source must not land such a file.
func (l *Lake) Holds(file string) bool { return l.store.holds(file) }

// chunk is how much is copied at a time. Larger chunks are not faster, and
// smaller ones cost system calls.
const chunk = 1 << 20

var chunks = sync.Pool{New: func() any { return new([chunk]byte) }}

// copyHashed copies r to w and returns the size and the SHA-256 in hex. A chunk
// is hashed while it is written: hashing takes longer than the rest together.
func copyHashed(ctx context.Context, w io.Writer, r io.Reader) (size int64, sum string, err error) {
	buffer := chunks.Get().(*[chunk]byte)
	defer chunks.Put(buffer)
	hash := sha256.New()
	todo, hashed := make(chan []byte), make(chan struct{})
	defer close(todo)
	go func() {
		for part := range todo {
			hash.Write(part)
			hashed <- struct{}{}
		}
	}()
	for {
		if err := ctx.Err(); err != nil {
			return 0, "", err
		}
		n, readErr := r.Read(buffer[:])
		todo <- buffer[:n]
		_, err := w.Write(buffer[:n])
		<-hashed
		size += int64(n)
		switch {
		case err != nil:
			return 0, "", ownError{err}
		case readErr == io.EOF:
			return size, hex.EncodeToString(hash.Sum(nil)), nil
		case readErr != nil:
			return 0, "", readErr
		}
	}
}

// compressions are extensions that say how a file is compressed, so that the
// one before says what it is.
var compressions = []string{".gz", ".gzip", ".zst", ".zstd", ".bz2", ".xz", ".lz4"}

// extensions are the last extension of a name and, before that of a
// compression, one more: ".json.gz" of "sends.2026-01-01.json.gz". Readers go
// by them, so they are kept in the object's name.
func extensions(name string) string {
	last := extension(name)
	if slices.Contains(compressions, last) {
		return extension(name[:len(name)-len(last)]) + last
	}
	return last
}

// extension is a short, plain extension in lower case, or "".
func extension(name string) string {
	ext := strings.ToLower(path.Ext(path.Base(name)))
	plain := func(r rune) bool { return r >= 'a' && r <= 'z' || r >= '0' && r <= '9' }
	if len(ext) < 2 || len(ext) > 11 || strings.TrimLeftFunc(ext[1:], plain) != "" {
		return ""
	}
	return ext
}

// put writes a small document to a key, whole or not at all.
func (l *Lake) put(ctx context.Context, key string, content []byte) error {
	d, err := l.store.draft(ctx)
	if err != nil {
		return err
	}
	defer d.discard()
	if _, err := d.Write(content); err != nil {
		return err
	}
	return d.publish(ctx, key)
}

// get reads a small document.
func (l *Lake) get(ctx context.Context, key string) ([]byte, error) {
	r, err := l.store.open(ctx, key)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	b, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", l.store.uri(key), err)
	}
	return b, nil
}
