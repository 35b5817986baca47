package expect

import (
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/klauspost/compress/zstd"
)

// eachFile opens every file under a folder of an example's data, unpacked.
func eachFile(dir, folder string, read func(r io.Reader) error) error {
	root := filepath.Join(dir, "data", filepath.FromSlash(folder))
	return filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		f, err := os.Open(path)
		if err != nil {
			return err
		}
		defer f.Close()
		if err := unpacked(f, filepath.Ext(path), read); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		return nil
	})
}

func unpacked(f io.Reader, ext string, read func(r io.Reader) error) error {
	switch ext {
	case ".gz":
		z, err := gzip.NewReader(f)
		if err != nil {
			return err
		}
		return read(z)
	case ".zst":
		z, err := zstd.NewReader(f)
		if err != nil {
			return err
		}
		defer z.Close()
		return read(z)
	}
	return read(f)
}

// readJSON reads all objects of a folder's files.
func readJSON[T any](dir, folder string) ([]T, error) {
	var out []T
	err := eachFile(dir, folder, func(r io.Reader) error {
		d := json.NewDecoder(r)
		for {
			var v T
			switch err := d.Decode(&v); {
			case errors.Is(err, io.EOF):
				return nil
			case err != nil:
				return err
			}
			out = append(out, v)
		}
	})
	return out, err
}

// readCSV reads all records of a folder's files, each by the names of its header.
func readCSV(dir, folder string, comma rune) ([]map[string]string, error) {
	var out []map[string]string
	err := eachFile(dir, folder, func(r io.Reader) error {
		c := csv.NewReader(r)
		c.Comma = comma
		records, err := c.ReadAll()
		if err != nil || len(records) == 0 {
			return err
		}
		for _, record := range records[1:] {
			row := map[string]string{}
			for i, field := range record {
				row[records[0][i]] = field
			}
			out = append(out, row)
		}
		return nil
	})
	return out, err
}

// integer, moment and cents read what the generator wrote; something else is a
// defect of it that ends the test.
func integer(text string) int64 {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		panic(err)
	}
	return n
}

func moment(layout, text string) time.Time {
	t, err := time.Parse(layout, text)
	if err != nil {
		panic(err)
	}
	return t.UTC()
}

// cents reads an amount, which has two digits after its point.
func cents(text string) int64 {
	n := len(text)
	return integer(text[:n-3] + text[n-2:])
}
