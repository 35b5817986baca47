package main

import (
	"bufio"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"golang.org/x/sync/errgroup"
)

// The rows: message n is a function of n, in any format.

const campaigns = 500

func campaignOf(n int64) int64 { return n * 419 % campaigns }

// began is the first row's time; each row comes 8 ms after the one before.
var began = time.Date(2025, 3, 1, 0, 0, 0, 0, time.UTC)

func sentAt(n int64) time.Time { return began.Add(time.Duration(8*n) * time.Millisecond) }

const timeLayout = "2006-01-02 15:04:05.000"

func appendPhone(b []byte, n int64) []byte {
	return fmt.Appendf(b, "+1555%07d", n*6358352%10_000_000)
}

func appendBody(b []byte, n int64) []byte {
	b = append(b, "Hello customer "...)
	b = strconv.AppendInt(b, n, 10)
	return append(b, ", your order is on its way"...)
}

// appendJSON writes row n as a JSON line, with a campaign as it is spelled.
func appendJSON(b []byte, n int64, campaign string) []byte {
	b = append(b, `{"message_id":`...)
	b = strconv.AppendInt(b, n, 10)
	b = append(b, `,"campaign_id":`...)
	b = append(b, campaign...)
	b = append(b, `,"sent_at":"`...)
	b = sentAt(n).AppendFormat(b, timeLayout)
	b = append(b, `","phone":"`...)
	b = appendPhone(b, n)
	b = append(b, `","body":"`...)
	b = appendBody(b, n)
	return append(b, "\"}\n"...)
}

// appendCSV writes row n as a CSV line.
func appendCSV(b []byte, n int64) []byte {
	b = strconv.AppendInt(b, n, 10)
	b = append(b, ',')
	b = strconv.AppendInt(b, campaignOf(n), 10)
	b = append(b, ',')
	b = sentAt(n).AppendFormat(b, timeLayout)
	b = append(b, ',')
	b = appendPhone(b, n)
	b = append(b, `,"`...)
	b = appendBody(b, n)
	return append(b, "\"\n"...)
}

const csvHeader = "message_id,campaign_id,sent_at,phone,body\n"

// dataset is a folder of files that hold the rows from 0 to rows.
type dataset struct {
	dir    string // holds data/
	format string // json, csv, parquet, gzip (of JSON)
	rows   int64
	files  int
	bad    int // the file whose last row's campaign is no number; 0 is none
}

// name tells data sets apart.
func (d dataset) name() string {
	return fmt.Sprintf("%s-%d-%d-%d", d.format, d.rows, d.files, d.bad)
}

// extension is how the files' names end.
func (d dataset) extension() string {
	if d.format == "gzip" {
		return "json.gz"
	}
	return d.format
}

func (d dataset) file(i int) string {
	return filepath.Join(d.dir, "data", fmt.Sprintf("%04d.%s", i+1, d.extension()))
}

// pattern matches the files.
func (d dataset) pattern() string { return filepath.Join(d.dir, "data", "*."+d.extension()) }

// part is the rows of a file: from, and before to.
func (d dataset) part(i int) (from, to int64) {
	n := int64(d.files)
	return d.rows * int64(i) / n, d.rows * int64(i+1) / n
}

// generate makes a data set below dir, if an earlier run has not. Parquet files
// are written by the engine, from the same rows as JSON.
func generate(ctx context.Context, dir string, d dataset) (dataset, error) {
	d.dir = filepath.Join(dir, d.name())
	if _, err := os.Stat(d.dir); err == nil {
		return d, nil
	}
	whole := d.dir
	d.dir += ".part"
	if err := os.RemoveAll(d.dir); err != nil {
		return d, err
	}
	if err := os.MkdirAll(filepath.Join(d.dir, "data"), 0o755); err != nil {
		return d, err
	}
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(2)
	for i := range d.files {
		group.Go(func() error { return d.write(ctx, i) })
	}
	if err := group.Wait(); err != nil {
		return d, err
	}
	if err := os.Rename(d.dir, whole); err != nil {
		return d, err
	}
	d.dir = whole
	return d, nil
}

// write writes one file.
func (d dataset) write(ctx context.Context, i int) error {
	if d.format == "parquet" {
		from := d
		from.format = "json"
		if err := from.write(ctx, i); err != nil {
			return err
		}
		defer os.Remove(from.file(i))
		_, err := bareEngine(ctx, "", fmt.Sprintf("COPY (%s) TO '%s' (FORMAT parquet)", reading("json", from.file(i)), d.file(i)))
		return err
	}
	f, err := os.Create(d.file(i))
	if err != nil {
		return err
	}
	buffered := bufio.NewWriterSize(f, 1<<20)
	if err := d.writeRows(buffered, i); err != nil {
		f.Close()
		return err
	}
	if err := buffered.Flush(); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

func (d dataset) writeRows(to io.Writer, i int) error {
	var packed *gzip.Writer
	if d.format == "gzip" {
		packed = gzip.NewWriter(to)
		to = packed
	}
	var line []byte
	if d.format == "csv" {
		line = append(line, csvHeader...)
	}
	from, end := d.part(i)
	for n := from; n < end; n++ {
		switch {
		case d.format == "csv":
			line = appendCSV(line, n)
		case i+1 == d.bad && n == end-1:
			line = appendJSON(line, n, `"none"`)
		default:
			line = appendJSON(line, n, strconv.FormatInt(campaignOf(n), 10))
		}
		if _, err := to.Write(line); err != nil {
			return err
		}
		line = line[:0]
	}
	if packed != nil {
		return packed.Close()
	}
	return nil
}
