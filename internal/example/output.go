package example

import (
	"bufio"
	"encoding/csv"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// folder is where data files go.
type folder string

// create opens a file for writing, compressed as its name says (.gz, .zst).
func (f folder) create(name string) (*bufio.Writer, func() error, error) {
	path := filepath.Join(string(f), filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return nil, nil, err
	}
	file, err := os.Create(path)
	if err != nil {
		return nil, nil, err
	}
	var packed io.WriteCloser
	switch filepath.Ext(name) {
	case ".gz":
		packed, err = gzip.NewWriterLevel(file, gzip.BestSpeed)
	case ".zst":
		packed, err = zstd.NewWriter(file, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1))
	default:
		packed = file
	}
	if err != nil {
		return nil, nil, errors.Join(err, file.Close())
	}
	w := bufio.NewWriterSize(packed, 64<<10)
	return w, func() error {
		err := errors.Join(w.Flush(), packed.Close())
		if packed != io.WriteCloser(file) {
			err = errors.Join(err, file.Close())
		}
		return err
	}, nil
}

// csv writes a file of records with a header. Fill is given what writes one
// record; where that fails, the first error is returned in the end.
func (f folder) csv(name string, comma rune, header []string, fill func(write func(fields ...string))) error {
	w, closeFile, err := f.create(name)
	if err != nil {
		return err
	}
	records := csv.NewWriter(w)
	records.Comma = comma
	write := func(fields ...string) { _ = records.Write(fields) } // records keeps the error
	write(header...)
	fill(write)
	records.Flush()
	return errors.Join(records.Error(), closeFile())
}

// log is a file of JSON objects, one a line. Its methods build the current line;
// an error is kept until close.
type log struct {
	w         *bufio.Writer
	closeFile func() error
	line      []byte
	err       error
}

// logs opens several log files.
func (f folder) logs(names ...string) ([]*log, error) {
	var open []*log
	for _, name := range names {
		w, closeFile, err := f.create(name)
		if err != nil {
			return nil, errors.Join(err, closeLogs(open))
		}
		open = append(open, &log{w: w, closeFile: closeFile})
	}
	return open, nil
}

func closeLogs(open []*log) error {
	var err error
	for _, l := range open {
		err = errors.Join(err, l.err, l.closeFile())
	}
	return err
}

// key begins a member of the current object.
func (l *log) key(name string) *log {
	if n := len(l.line); n == 0 {
		l.line = append(l.line, '{')
	} else if l.line[n-1] != '{' {
		l.line = append(l.line, ',')
	}
	l.line = append(l.line, '"')
	l.line = append(l.line, name...)
	l.line = append(l.line, '"', ':')
	return l
}

func (l *log) null(name string)                 { l.line = append(l.key(name).line, "null"...) }
func (l *log) integer(name string, v int64)     { l.line = strconv.AppendInt(l.key(name).line, v, 10) }
func (l *log) text(name, v string)              { l.line = appendText(l.key(name).line, v) }
func (l *log) begin(name string)                { l.line = append(l.key(name).line, '{') }
func (l *log) end()                             { l.line = append(l.line, '}') }
func (l *log) list(name string, vs ...string)   { l.line = appendList(l.key(name).line, vs) }
func (l *log) epochMS(name string, t time.Time) { l.integer(name, t.UnixMilli()) }
func (l *log) moment(name string, t time.Time, layout string) {
	l.line = append(l.key(name).line, '"')
	l.line = append(t.AppendFormat(l.line, layout), '"')
}

// write ends the line.
func (l *log) write() {
	l.line = append(l.line, '}', '\n')
	if _, err := l.w.Write(l.line); err != nil && l.err == nil {
		l.err = err
	}
	l.line = l.line[:0]
}

func appendList(b []byte, texts []string) []byte {
	b = append(b, '[')
	for i, s := range texts {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendText(b, s)
	}
	return append(b, ']')
}

// appendText writes s, which is UTF-8, as a JSON string.
func appendText(b []byte, s string) []byte {
	b = append(b, '"')
	for strings.ContainsAny(s, "\"\\\n\t") {
		i := strings.IndexAny(s, "\"\\\n\t")
		b = append(b, s[:i]...)
		switch c := s[i]; c {
		case '\n':
			b = append(b, '\\', 'n')
		case '\t':
			b = append(b, '\\', 't')
		default:
			b = append(b, '\\', c)
		}
		s = s[i+1:]
	}
	return append(append(b, s...), '"')
}
