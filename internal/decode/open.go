package decode

import (
	"bufio"
	"errors"
	"io"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/project"
)

// Compression says how a table's file of that name is compressed: none, gzip or
// zstd. With auto the name decides: .gz, .zst.
func Compression(t *project.Table, name string) string {
	switch lower := strings.ToLower(name); {
	case t.Compression == project.Gzip, t.Compression == project.Zstd, t.Compression == project.None:
		return t.Compression
	case t.Format == project.Parquet:
		return project.None
	case strings.HasSuffix(lower, ".gz"):
		return project.Gzip
	case strings.HasSuffix(lower, ".zst"):
		return project.Zstd
	}
	return project.None
}

// Open undoes the compression of a table's file. Reading it to the end checks
// what the compression promises: a file that is cut off, damaged, or followed by
// something else ends in a fault of code Data, never in io.EOF, even where the
// text that is there ends with a whole line. Closing it does not close r.
func Open(t *project.Table, name string, r io.Reader) (io.ReadCloser, error) {
	c := &checked{name: name, format: Compression(t, name), source: source{r: r}}
	if c.format == project.None {
		return io.NopCloser(r), nil
	}
	buffered := bufio.NewReaderSize(&c.source, 128<<10)
	var err error
	switch c.format {
	case project.Gzip:
		var z *gzip.Reader
		if z, err = gzip.NewReader(buffered); err == nil {
			c.Reader, c.close = z, func() { z.Close() }
		}
	case project.Zstd:
		var z *zstd.Decoder
		if _, err = buffered.Peek(1); err != nil {
			break // the decoder would take nothing for an empty file
		}
		if z, err = zstd.NewReader(buffered, zstd.WithDecoderConcurrency(1)); err == nil {
			c.Reader, c.close = z, z.Close
		}
	}
	if err != nil {
		return nil, c.explain(err)
	}
	return c, nil
}

// source remembers its reader's error, to tell it from those of a decompressor.
type source struct {
	r   io.Reader
	err error
}

func (s *source) Read(p []byte) (int, error) {
	n, err := s.r.Read(p)
	if err != nil && err != io.EOF {
		s.err = err
	}
	return n, err
}

// checked is a decompressing reader whose errors say what is wrong with the file.
type checked struct {
	io.Reader
	name, format string
	source       source
	close        func()
}

func (c *checked) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	if err != nil && err != io.EOF {
		err = c.explain(err)
	}
	return n, err
}

func (c *checked) Close() error {
	c.close()
	return nil
}

// explain makes a fault of what a decompressor reports. Errors of the reader
// below it are passed on.
func (c *checked) explain(err error) error {
	at := fault.Position{File: c.name}
	switch {
	case c.source.err != nil:
		return c.source.err
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return fault.Wrap(io.ErrUnexpectedEOF, fault.Data, "the %s file is truncated", c.format).At(at).WithHint("land the whole file again")
	case errors.Is(err, gzip.ErrHeader), errors.Is(err, zstd.ErrMagicMismatch):
		return fault.New(fault.Data, "the file is not %s, or has something else after its end", c.format).At(at).
			WithHint("set compression to what the files are, or land the whole file again")
	}
	return fault.Wrap(err, fault.Data, "the %s file is corrupt", c.format).At(at).WithHint("land the whole file again")
}
