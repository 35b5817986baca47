package decode

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/project"
)

// ErrIncomplete is what [Complete] wraps where a file has not ended yet.
var ErrIncomplete = errors.New("the file is not complete")

// Complete says whether a file that may still be written to is complete by its
// format, so that a growing one can be left for later: nil, an error that wraps
// [ErrIncomplete] and says what is missing, or an error of the reader.
//
//   - gzip, zstd: it ends with a valid trailer. The file is decompressed.
//   - json: its last line ends with a line feed, or is a whole object.
//   - csv: no quote is open, and its last line ends with a line feed or has as
//     many fields as the first. The file is scanned.
//   - parquet: it begins and ends with the format's magic bytes.
//
// A complete file need not be a good one: that is found out when it is loaded.
func Complete(t *project.Table, name string, f io.ReaderAt, size int64) error {
	r := io.NewSectionReader(f, 0, size)
	switch {
	case Compression(t, name) != project.None:
		return completeCompressed(t, name, r)
	case t.Format == project.Parquet:
		return completeParquet(r)
	case t.Format == project.CSV:
		return completeCSV(t, r)
	}
	return completeJSON(t, r)
}

func incomplete(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrIncomplete, fmt.Sprintf(format, args...))
}

func completeCompressed(t *project.Table, name string, r *io.SectionReader) error {
	z, err := Open(t, name, r)
	if err == nil {
		_, err = io.Copy(io.Discard, z)
		z.Close()
	}
	var damaged *fault.Error
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		return incomplete("the %s is truncated", Compression(t, name))
	case errors.As(err, &damaged):
		return nil
	}
	return err
}

func completeParquet(r *io.SectionReader) error {
	const magic = "PAR1" // "File format" in the Parquet specification
	var first, last [len(magic)]byte
	if r.Size() < 3*int64(len(magic)) {
		return incomplete("it is too short for parquet")
	}
	if _, err := r.ReadAt(first[:], 0); err != nil {
		return err
	}
	if _, err := r.ReadAt(last[:], r.Size()-int64(len(magic))); err != nil {
		return err
	}
	if string(first[:]) == magic && string(last[:]) != magic {
		return incomplete("it has no parquet footer")
	}
	return nil
}

// completeJSON reads the last line only.
func completeJSON(t *project.Table, r *io.SectionReader) error {
	line, err := lastLine(r)
	if err != nil || len(line) == 0 {
		return err
	}
	d, err := New(&project.Table{Format: project.JSON})
	if err != nil {
		return err
	}
	b := d.NewBatch()
	p := &b.parser
	p.d = append(bytes.Clone(line), append([]byte{'\n'}, make([]byte, padding)...)...)
	if len(line) >= MaxRecord || p.parse(b, 0, len(line)+1) {
		return nil
	}
	return incomplete("its last line has no line feed and no whole object: %s", p.reason)
}

// lastLine is what follows the last line feed: MaxRecord bytes of it at most.
func lastLine(r *io.SectionReader) ([]byte, error) {
	var tail []byte
	for length := int64(64 << 10); ; length *= 8 {
		length = min(length, r.Size(), MaxRecord)
		tail = make([]byte, length)
		if _, err := r.ReadAt(tail, r.Size()-length); err != nil && !errors.Is(err, io.EOF) {
			return nil, err
		}
		if lf := bytes.LastIndexByte(tail, '\n'); lf >= 0 {
			return tail[lf+1:], nil
		}
		if length == min(r.Size(), MaxRecord) {
			return tail, nil
		}
	}
}

// completeCSV reads the whole file: only from its beginning can be told which
// quotes open a field.
func completeCSV(t *project.Table, r *io.SectionReader) error {
	headless := *t
	headless.CSV.Header = false // a header is a record like others
	d, err := New(&headless)
	if err != nil {
		return err
	}
	s := d.Split("", r)
	var first, last *Block
	for {
		b, err := s.Next()
		var damaged *fault.Error
		if err == io.EOF || errors.As(err, &damaged) {
			break
		} else if err != nil {
			return err
		}
		if b.long != nil {
			continue
		}
		if first == nil {
			first = b
		} else if last != first {
			last.Release()
		}
		last = b
	}
	if s.open {
		return incomplete("a quoted field is not closed")
	}
	var end [1]byte
	if last == nil {
		return nil
	} else if _, err := r.ReadAt(end[:], r.Size()-1); err != nil || end[0] == '\n' {
		return err
	}
	want, got := d.csv.fieldsOf(first, first.pos), d.csv.fieldsOf(last, d.csv.lastRecord(last))
	if got < want {
		return incomplete("its last line has no line feed and %d fields of %d", got, want)
	}
	return nil
}

// lastRecord finds where the last record of a block begins.
func (c *dialect) lastRecord(b *Block) int {
	for at := b.pos; ; {
		next, ok := c.record(b.data, at, b.end)
		if !ok {
			next = indexFrom(b.data, at, b.end, '\n') + 1
		}
		if next == b.end {
			return at
		}
		at = next
	}
}

// fieldsOf counts the fields of a block's record.
func (c *dialect) fieldsOf(b *Block, at int) int {
	end, _ := c.record(b.data, at, b.end)
	var scratch Batch
	c.split(&scratch, b.data, at, at+len(trimBreak(b.data[at:max(at, end)])))
	return len(scratch.fields)
}
