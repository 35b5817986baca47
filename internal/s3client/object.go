package s3client

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/aws-sdk-go-v2/service/s3"
)

// Object names an object of the client's bucket, and which content of it.
type Object struct {
	Key       string
	VersionID string // a version; "" is the current one
	ETag      string // the content it must have, as S3 quotes it; "" is any
}

// Open reads an object. Where the connection breaks it is made again and
// reading goes on at the same byte of the same content, a bounded number of
// times without progress. Errors are faults of code Source, also those of Read:
// among them an object that is gone, and one that has another ETag by now.
func (c *Client) Open(ctx context.Context, o Object) (io.ReadCloser, error) {
	b := &body{ctx: ctx, client: c, object: o}
	if err := b.connect(); err != nil {
		return nil, b.failed(err)
	}
	return b, nil
}

// body is an object that is being read.
type body struct {
	ctx    context.Context // of Open: a reader has no other
	client *Client
	object Object
	part   io.ReadCloser // from offset to the end; nil where the connection broke
	offset int64
	size   int64
	broken int // connections that broke since there was progress
}

// connect asks for the rest of the object. The first answer fixes its content.
func (b *body) connect() error {
	in := &s3.GetObjectInput{Bucket: &b.client.Bucket, Key: &b.object.Key}
	if b.object.VersionID != "" {
		in.VersionId = &b.object.VersionID
	}
	if b.object.ETag != "" {
		in.IfMatch = &b.object.ETag
	}
	if b.offset > 0 {
		in.Range = aws.String(fmt.Sprintf("bytes=%d-", b.offset))
	}
	out, err := b.client.GetObject(b.ctx, in)
	if err != nil {
		return err
	}
	if b.offset == 0 {
		b.size, b.object.ETag = aws.ToInt64(out.ContentLength), aws.ToString(out.ETag)
	}
	b.part = out.Body
	return nil
}

func (b *body) Read(p []byte) (int, error) {
	for {
		if b.part == nil {
			if err := b.connect(); err != nil {
				return 0, b.failed(err)
			}
		}
		n, err := b.part.Read(p)
		b.offset += int64(n)
		if n > 0 {
			b.broken = 0
		}
		switch {
		case err == nil:
			return n, nil
		case b.offset >= b.size && err == io.EOF:
			return n, io.EOF
		case b.offset >= b.size: // its checksum is wrong
			return n, b.failed(err)
		}
		b.Close()
		if n > 0 {
			return n, nil
		}
		if err := b.pause(err); err != nil {
			return 0, b.failed(err)
		}
	}
}

// pause waits before the next connection; its error is the last of too many.
func (b *body) pause(cause error) error {
	b.broken++
	if b.broken >= Attempts {
		return fmt.Errorf("the connection broke %d times at byte %d: %w", b.broken, b.offset, cause)
	}
	delay, err := retry.NewExponentialJitterBackoff(b.client.pace.MaxBackoff).BackoffDelay(b.broken, cause)
	if err != nil {
		return err
	}
	timer := time.NewTimer(delay)
	defer timer.Stop()
	select {
	case <-b.ctx.Done():
		return b.ctx.Err()
	case <-timer.C:
		return nil
	}
}

func (b *body) failed(err error) error {
	return b.client.Explain(b.ctx, err, fmt.Sprintf("read %q", b.client.URI(b.object.Key)))
}

// Close ends the connection; it may be called twice.
func (b *body) Close() error {
	if b.part == nil {
		return nil
	}
	err := b.part.Close()
	b.part = nil
	return err
}

// URI is s3://bucket/key.
func (c *Client) URI(key string) string { return "s3://" + c.Bucket + "/" + key }
