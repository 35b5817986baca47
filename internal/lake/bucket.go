package lake

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/aws/smithy-go"
	"gocloud.dev/blob"
	"gocloud.dev/blob/s3blob"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/project"
	"github.com/atolldata/atoll/internal/s3client"
)

// bucket is a lake in an object store.
type bucket struct {
	*blob.Bucket
	client *s3client.Client
	prefix string
	spool  string // a local folder for drafts
}

func openBucket(ctx context.Context, at project.Location, spool string) (*bucket, error) {
	client, err := s3client.New(ctx, at, s3client.Options{})
	if err != nil {
		return nil, err
	}
	b, err := s3blob.OpenBucket(ctx, client.Client, at.Bucket, nil)
	if err != nil {
		return nil, fault.Wrap(err, fault.Config, "the lake's bucket %q cannot be opened", at.Bucket)
	}
	return &bucket{Bucket: b, client: client, prefix: at.Prefix, spool: spool}, nil
}

func (b *bucket) uri(key string) string      { return b.client.URI(b.prefix + key) }
func (b *bucket) path(string) (string, bool) { return "", false }
func (b *bucket) holds(uri string) bool      { return strings.HasPrefix(uri, b.uri("")) }
func (b *bucket) close() error               { return b.Close() }

// settle has nothing to do: what was kept is durable.
func (b *bucket) settle(context.Context, []string) error { return nil }

// draft begins a file on this machine: an object's key is known only after its
// bytes were read. The file has no name, so that nothing is left after a crash.
func (b *bucket) draft(context.Context) (draft, error) {
	file, err := b.scratchFile()
	if err != nil {
		return nil, fault.Wrap(err, fault.Source, "cannot write to %q, where files wait for their upload", b.spool).
			WithHint("make room on its disk, and let the user who runs atoll own it")
	}
	return &upload{File: file, to: b}, nil
}

func (b *bucket) scratchFile() (*os.File, error) {
	if err := os.MkdirAll(b.spool, 0o700); err != nil {
		return nil, err
	}
	file, err := os.CreateTemp(b.spool, "")
	if err != nil {
		return nil, err
	}
	return file, os.Remove(file.Name())
}

func (b *bucket) open(ctx context.Context, key string) (io.ReadCloser, error) {
	r, err := b.client.Open(ctx, s3client.Object{Key: b.prefix + key})
	if isMissing(err) {
		return nil, b.missing(key)
	}
	return r, err
}

func (b *bucket) size(ctx context.Context, key string) (int64, error) {
	a, err := b.Attributes(ctx, b.prefix+key)
	switch {
	case isMissing(err):
		return 0, b.missing(key)
	case err != nil:
		return 0, b.failed(ctx, err, "read", key)
	}
	return a.Size, nil
}

func (b *bucket) list(ctx context.Context, prefix string) ([]string, error) {
	var keys []string
	pages := b.List(&blob.ListOptions{Prefix: b.prefix + prefix})
	for {
		o, err := pages.Next(ctx)
		if err == io.EOF {
			return keys, nil
		}
		if err != nil {
			return nil, b.failed(ctx, err, "list", prefix)
		}
		keys = append(keys, strings.TrimPrefix(o.Key, b.prefix))
	}
}

func (b *bucket) remove(ctx context.Context, key string) error {
	err := b.Delete(ctx, b.prefix+key)
	if err == nil || isMissing(err) {
		return nil
	}
	return b.failed(ctx, err, "remove", key)
}

func (b *bucket) failed(ctx context.Context, err error, doing, key string) error {
	return b.client.Explain(ctx, err, fmt.Sprintf("%s the lake's %q", doing, b.uri(key)))
}

func (b *bucket) missing(key string) error {
	return &fs.PathError{Op: "read", Path: b.uri(key), Err: fs.ErrNotExist}
}

// isMissing reports that a key is not there. That its bucket is not there is
// another matter.
func isMissing(err error) bool {
	var api smithy.APIError
	return errors.As(err, &api) && (api.ErrorCode() == "NoSuchKey" || api.ErrorCode() == "NotFound")
}

// upload is a draft on its way to a bucket.
type upload struct {
	*os.File
	to *bucket
}

func (u *upload) publish(ctx context.Context, key string) error {
	if _, err := u.Seek(0, io.SeekStart); err != nil {
		return err
	}
	if err := u.to.Upload(ctx, u.to.prefix+key, u.File, &blob.WriterOptions{ContentType: "application/octet-stream"}); err != nil {
		return u.to.failed(ctx, err, "write", key)
	}
	return nil
}

// keep publishes: a bucket makes an object durable as a whole.
func (u *upload) keep(ctx context.Context, key string) error { return u.publish(ctx, key) }

func (u *upload) discard() { u.Close() }
