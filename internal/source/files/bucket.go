package files

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"path"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/lake"
	"github.com/atolldata/atoll/internal/project"
	"github.com/atolldata/atoll/internal/s3client"
	"github.com/atolldata/atoll/internal/source"
)

// bucket is a store of the S3 protocol.
//
// A candidate's version is a version id, or an ETag in the quotes that S3 puts
// around it; no version id has quotes.
type bucket struct {
	client *s3client.Client
	prefix string
	copies bool
}

func openBucket(ctx context.Context, s *project.Source, at project.Location, pace s3client.Pace) (*bucket, error) {
	client, err := s3client.New(ctx, at, s3client.Options{
		AccessKeyID: s.AccessKeyID, SecretAccessKey: s.SecretAccessKey, Pace: pace,
	})
	if err != nil {
		return nil, err
	}
	return &bucket{client: client, prefix: at.Prefix, copies: s.Copy}, nil
}

// key is the key of a candidate or file of this store.
func (b *bucket) key(uri string) string { return strings.TrimPrefix(uri, b.client.URI("")) }

func (b *bucket) walk(ctx context.Context, below string, _ int, found func(string, source.Candidate)) error {
	prefix := b.prefix
	if below != "" {
		prefix += below + "/"
	}
	report := func(key string, c source.Candidate) {
		name := strings.TrimPrefix(key, b.prefix)
		if !strings.HasSuffix(name, "/") { // else it stands for a folder
			c.URI = b.client.URI(key)
			found(name, c)
		}
	}
	versions, err := b.keepsVersions(ctx)
	switch {
	case err != nil:
		return err
	case versions:
		return b.walkVersions(ctx, prefix, report)
	}
	return b.walkObjects(ctx, prefix, report)
}

// keepsVersions asks whether the bucket has versions: it keeps them, or kept
// them once.
func (b *bucket) keepsVersions(ctx context.Context) (bool, error) {
	if b.copies {
		return false, nil
	}
	out, err := b.client.GetBucketVersioning(ctx, &s3.GetBucketVersioningInput{Bucket: &b.client.Bucket})
	if err == nil {
		return out.Status != "", nil
	}
	var answer *smithyhttp.ResponseError
	if errors.As(err, &answer) && (answer.HTTPStatusCode() == http.StatusNotImplemented || answer.HTTPStatusCode() == http.StatusMethodNotAllowed) {
		return false, nil // a server without versions
	}
	err = b.client.Explain(ctx, err, fmt.Sprintf("see whether the bucket %q keeps versions", b.client.Bucket))
	var api smithy.APIError
	var e *fault.Error
	if errors.As(err, &api) && api.ErrorCode() == "AccessDenied" && errors.As(err, &e) {
		e.WithHint("let the credentials do s3:GetBucketVersioning, or write copy: true in the source to copy its objects into the lake")
	}
	return false, err
}

func (b *bucket) walkObjects(ctx context.Context, prefix string, found func(string, source.Candidate)) error {
	pages := s3.NewListObjectsV2Paginator(b.client, &s3.ListObjectsV2Input{Bucket: &b.client.Bucket, Prefix: &prefix})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return b.listFailed(ctx, err, prefix)
		}
		for _, o := range page.Contents {
			found(*o.Key, source.Candidate{Version: aws.ToString(o.ETag), Size: aws.ToInt64(o.Size), Modified: o.LastModified.UTC()})
		}
	}
	return nil
}

// walkVersions finds the current version of each object. An object that is
// older than its bucket's versioning has the version id "null", which may come
// to mean another content: its ETag is its version.
func (b *bucket) walkVersions(ctx context.Context, prefix string, found func(string, source.Candidate)) error {
	pages := s3.NewListObjectVersionsPaginator(b.client, &s3.ListObjectVersionsInput{Bucket: &b.client.Bucket, Prefix: &prefix})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return b.listFailed(ctx, err, prefix)
		}
		for _, o := range page.Versions {
			if !aws.ToBool(o.IsLatest) {
				continue
			}
			version := aws.ToString(o.VersionId)
			if version == "" || version == "null" {
				version = aws.ToString(o.ETag)
			}
			found(*o.Key, source.Candidate{Version: version, Size: aws.ToInt64(o.Size), Modified: o.LastModified.UTC()})
		}
	}
	return nil
}

func (b *bucket) listFailed(ctx context.Context, err error, prefix string) error {
	return b.client.Explain(ctx, err, fmt.Sprintf("list %q", b.client.URI(prefix)))
}

// land references an object, or copies it.
func (b *bucket) land(ctx context.Context, _ *project.Table, c source.Candidate, into *lake.Lake) (lake.File, error) {
	if into.Holds(c.URI) {
		return lake.File{}, errInLake(c.URI)
	}
	landed := lake.File{Version: c.Version, Size: c.Size, Modified: c.Modified}
	if !b.copies {
		return landed, nil
	}
	r, err := b.read(ctx, c.URI, c.Version)
	if err != nil {
		return lake.File{}, err
	}
	defer r.Close()
	object, err := into.Put(ctx, r, path.Base(c.URI))
	landed.Object, landed.Checksum, landed.Size = object.Key, object.SHA256, object.Size
	return landed, err
}

func (b *bucket) open(ctx context.Context, f lake.File) (io.ReadCloser, error) {
	return b.read(ctx, f.URI, f.Version)
}

func (b *bucket) read(ctx context.Context, uri, version string) (io.ReadCloser, error) {
	o := s3client.Object{Key: b.key(uri)}
	if strings.HasPrefix(version, `"`) {
		o.ETag = version
	} else {
		o.VersionID = version
	}
	return b.client.Open(ctx, o)
}
