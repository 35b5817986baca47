package decode

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/project"
)

func gzipped(t testing.TB, text string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	_, err := io.WriteString(z, text)
	if err = errors.Join(err, z.Close()); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func zstandard(t testing.TB, text string) []byte {
	t.Helper()
	z, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	return z.EncodeAll([]byte(text), nil)
}

// cutAtLine is a gzip file that is cut off where its text so far ends with a
// whole line.
func cutAtLine(t testing.TB) []byte {
	t.Helper()
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	_, err := io.WriteString(z, "{\"a\":1}\n")
	if err = errors.Join(err, z.Flush()); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestOpen(t *testing.T) {
	const text = "{\"a\":1}\n{\"a\":2}\n"
	gz, zst := gzipped(t, text), zstandard(t, text)
	wrongCRC := bytes.Clone(gz)
	wrongCRC[len(gz)-8] ^= 1
	wrongZstd := bytes.Clone(zst)
	wrongZstd[len(zst)-1] ^= 1
	const land = " (land the whole file again)"
	const not = ", or has something else after its end (set compression to what the files are, or land the whole file again)"
	for _, c := range []struct {
		what, name, compression string
		data                    []byte
		rows                    int
		err                     string
	}{
		{"plain", "x.json", project.Auto, []byte(text), 2, ""},
		{"gzip by name", "x.json.GZ", project.Auto, gz, 2, ""},
		{"gzip by declaration", "x.json", project.Gzip, gz, 2, ""},
		{"gzip in members", "x.gz", project.Auto, append(bytes.Clone(gz), gz...), 4, ""},
		{"gzip of nothing", "x.gz", project.Auto, gzipped(t, ""), 0, ""},
		{"zstd by name", "x.zst", project.Auto, zst, 2, ""},
		{"zstd by declaration", "x", project.Zstd, zst, 2, ""},
		{"zstd in frames", "x.zst", project.Auto, append(bytes.Clone(zst), zst...), 4, ""},
		{"none by declaration", "x.gz", project.None, []byte(text), 2, ""},
		{"empty gzip", "x.gz", project.Auto, nil, 0, "x.gz: the gzip file is truncated: unexpected EOF" + land},
		{"empty zstd", "x.zst", project.Auto, nil, 0, "x.zst: the zstd file is truncated: unexpected EOF" + land},
		{"no gzip", "x.gz", project.Auto, []byte(text), 0, "x.gz: the file is not gzip" + not},
		{"no zstd", "x.zst", project.Auto, []byte(text), 0, "x.zst: the file is not zstd" + not},
		{"gzip without its trailer", "x.gz", project.Auto, gz[:len(gz)-8], 0, "x.gz: the gzip file is truncated: unexpected EOF" + land},
		{"gzip with half of its trailer", "x.gz", project.Auto, gz[:len(gz)-3], 0, "x.gz: the gzip file is truncated: unexpected EOF" + land},
		{"gzip cut at a line", "x.gz", project.Auto, cutAtLine(t), 0, "x.gz: the gzip file is truncated: unexpected EOF" + land},
		{"gzip with a wrong checksum", "x.gz", project.Auto, wrongCRC, 0, "x.gz: the gzip file is corrupt: gzip: invalid checksum" + land},
		{"gzip and something else", "x.gz", project.Auto, append(bytes.Clone(gz), "rest of a file"...), 0, "x.gz: the file is not gzip" + not},
		{"zstd cut off", "x.zst", project.Auto, zst[:len(zst)-5], 0, "x.zst: the zstd file is truncated: unexpected EOF" + land},
		{"zstd with a wrong checksum", "x.zst", project.Auto, wrongZstd, 0, "x.zst: the zstd file is corrupt: CRC check failed" + land},
		{"zstd and something else", "x.zst", project.Auto, append(bytes.Clone(zst), "rest of a file"...), 0, "x.zst: the file is not zstd" + not},
	} {
		columns := table(t, project.JSON, "a integer")
		columns.Compression = c.compression
		r, err := Open(columns, c.name, iotest.HalfReader(bytes.NewReader(c.data)))
		var out outcome
		if err == nil {
			out = decodeAll(t, columns, r)
			err = errors.Join(out.err, r.Close())
		}
		switch {
		case c.err == "" && (err != nil || len(out.rows) != c.rows):
			t.Errorf("%s: %d rows, %v; want %d", c.what, len(out.rows), err, c.rows)
		case c.err != "" && (err == nil || err.Error() != c.err || fault.CodeOf(err) != fault.Data):
			t.Errorf("%s: %v, want %s", c.what, err, c.err)
		}
	}
}

// TestOpenReadError passes on what is wrong below the decompression.
func TestOpenReadError(t *testing.T) {
	broken := errors.New("the disk is on fire")
	columns := table(t, project.JSON, "a integer")
	gz := gzipped(t, strings.Repeat("{\"a\":1}\n", 1000))
	r, err := Open(columns, "x.gz", io.MultiReader(bytes.NewReader(gz[:20]), iotest.ErrReader(broken)))
	if err == nil {
		err = decodeAll(t, columns, r).err
	}
	if err != broken {
		t.Errorf("error %v, want %v", err, broken)
	}
}

func TestComplete(t *testing.T) {
	gz, zst := string(gzipped(t, "{\"a\":1}\n")), string(zstandard(t, "{\"a\":1}\n"))
	jsons, csvs, parquets := table(t, project.JSON, "a integer"), table(t, project.CSV, "a integer"), table(t, project.Parquet, "a integer")
	long := strings.Repeat("x", 200_000)
	for _, c := range []struct {
		table      *project.Table
		name, text string
		want       string // "" is complete
	}{
		{jsons, "x", "", ""},
		{jsons, "x", "{\"a\":1}\n", ""},
		{jsons, "x", "{\"a\":1}\n{\"a\":2}", ""},
		{jsons, "x", "{\"a\":1}\nnonsense\n", ""},
		{jsons, "x", "{\"a\":1}\n{\"a\":2", "its last line has no line feed and no whole object: invalid JSON at byte 7: the line ends, expected a comma or a closing brace"},
		{jsons, "x", "{\"a\":1}\n{\"a\":\"" + long + "\"}", ""},
		{jsons, "x", "{\"a\":\"" + long + "\"}", ""},
		{jsons, "x", "{\"a\":\"" + long, "its last line has no line feed and no whole object: invalid JSON at byte 200007: the line ends, expected the string to be closed"},
		{jsons, "x.gz", gz, ""},
		{jsons, "x.gz", gz[:len(gz)-1], "the gzip is truncated"},
		{jsons, "x.gz", gz[:len(gz)-4] + "oops", ""},
		{jsons, "x.gz", "", "the gzip is truncated"},
		{jsons, "x.zst", zst, ""},
		{jsons, "x.zst", zst[:len(zst)-1], "the zstd is truncated"},
		{csvs, "x", "", ""},
		{csvs, "x", "a,b\n1,2\n", ""},
		{csvs, "x", "a,b\n1,2", ""},
		{csvs, "x", "\xef\xbb\xbf\"a\",b\n1,\"2\n\"", ""},
		{csvs, "x", "a,b\n1,\"2\n", "a quoted field is not closed"},
		{csvs, "x", "a,b\n1,\"2\n\"\n\"", "a quoted field is not closed"},
		{csvs, "x", "a,b\n1", "its last line has no line feed and 1 fields of 2"},
		{csvs, "x", "a,b\n" + strings.Repeat("1,\""+long+"\n\"\n", 10) + "1", "its last line has no line feed and 1 fields of 2"},
		{csvs, "x", "\xff\xfea", ""},
		{parquets, "x.gz", "PAR1....PAR1", ""},
		{parquets, "x", "PAR1", "it is too short for parquet"},
		{parquets, "x", "PAR1..........", "it has no parquet footer"},
		{parquets, "x", "nonsense, and long enough", ""},
	} {
		err := Complete(c.table, c.name, strings.NewReader(c.text), int64(len(c.text)))
		got := ""
		if err != nil {
			got = strings.TrimPrefix(err.Error(), "the file is not complete: ")
		}
		if got != c.want || err != nil && !errors.Is(err, ErrIncomplete) {
			t.Errorf("%s %s %.40q: %v, want %q", c.table.Format, c.name, c.text, err, c.want)
		}
	}
}

// failingAt is a file that cannot be read.
type failingAt struct{ err error }

func (f failingAt) ReadAt([]byte, int64) (int, error) { return 0, f.err }

func TestCompleteReadError(t *testing.T) {
	broken := errors.New("the disk is on fire")
	for _, name := range []string{"x", "x.gz"} {
		for _, format := range []string{project.JSON, project.CSV, project.Parquet} {
			err := Complete(table(t, format, "a integer"), name, failingAt{broken}, 100)
			if !errors.Is(err, broken) || errors.Is(err, ErrIncomplete) {
				t.Errorf("%s %s: %v, want %v", format, name, err, broken)
			}
		}
	}
}
