package decode

import (
	"bytes"
	"fmt"
	"io"
	"testing"

	"github.com/klauspost/compress/gzip"

	"github.com/atolldata/atoll/internal/project"
)

// benchColumns are those of the sms example: three numbers, one of them inside
// an object and one a timestamp, and two texts.
var benchColumns = []string{
	"message_id bigint", "campaign_id integer $.campaign.id", "sent_at timestamp epoch_ms",
	"phone varchar(20)", "body varchar(1600)",
}

const benchRows = 100_000

func benchJSON(rows int) []byte {
	var out bytes.Buffer
	for i := range rows {
		fmt.Fprintf(&out, `{"message_id":%d,"campaign":{"id":%d},"sent_at":%d,"phone":"+1555%07d","body":"Hello customer %d, your order is on its way"}`+"\n",
			i, i%97, 1441932418000+int64(i)*1000, i, i)
	}
	return out.Bytes()
}

// benchCSV writes the same rows, each by the format.
func benchCSV(rows int, format string) []byte {
	out := bytes.NewBufferString("message_id,campaign_id,sent_at,phone,body\n")
	for i := range rows {
		fmt.Fprintf(out, format, i, i%97, 1441932418000+int64(i)*1000, i, i)
	}
	return out.Bytes()
}

const (
	plainCSV  = "%d,%d,%d,+1555%07d,Hello customer %d your order is on its way\n"
	quotedCSV = `"%d","%d","%d","+1555%07d","Hello customer %d, your order is on its way"` + "\n"
)

// drain decodes a whole file and counts its rows and rejects.
func drain(d *Decoder, r io.Reader, batch *Batch) (rows, rejects int, err error) {
	s := d.Split("bench", r)
	for {
		b, err := s.Next()
		if err == io.EOF {
			return rows, rejects, nil
		} else if err != nil {
			return rows, rejects, err
		}
		for more := true; more; {
			more = d.Decode(b, batch)
			rows, rejects = rows+batch.N, rejects+len(batch.Rejects)
		}
		b.Release()
	}
}

func benchmark(b *testing.B, t *project.Table, text []byte, open func() io.Reader) {
	d, err := New(t)
	if err != nil {
		b.Fatal(err)
	}
	batch := d.NewBatch()
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		rows, rejects, err := drain(d, open(), batch)
		if err != nil || rows != benchRows || rejects != 0 {
			b.Fatalf("%d rows, %d rejects, %v", rows, rejects, err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/benchRows, "ns/row")
}

func BenchmarkJSON(b *testing.B) {
	text := benchJSON(benchRows)
	benchmark(b, table(b, project.JSON, benchColumns...), text, func() io.Reader { return bytes.NewReader(text) })
}

func benchmarkCSV(b *testing.B, format string) {
	text := benchCSV(benchRows, format)
	t := table(b, project.CSV, "message_id bigint", "campaign_id integer", "sent_at timestamp epoch_ms", "phone varchar(20)", "body varchar(1600)")
	benchmark(b, t, text, func() io.Reader { return bytes.NewReader(text) })
}

func BenchmarkCSV(b *testing.B) { benchmarkCSV(b, plainCSV) }

func BenchmarkCSVQuoted(b *testing.B) { benchmarkCSV(b, quotedCSV) }

func BenchmarkJSONGzip(b *testing.B) {
	text := benchJSON(benchRows)
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	z.Write(text)
	z.Close()
	t := table(b, project.JSON, benchColumns...)
	benchmark(b, t, text, func() io.Reader {
		r, err := Open(t, "x.json.gz", bytes.NewReader(packed.Bytes()))
		if err != nil {
			b.Fatal(err)
		}
		return r
	})
}

func BenchmarkSplit(b *testing.B) {
	text := benchJSON(benchRows)
	d, err := New(table(b, project.JSON, benchColumns...))
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		s := d.Split("bench", bytes.NewReader(text))
		for {
			block, err := s.Next()
			if err != nil {
				break
			}
			block.Release()
		}
	}
}

// BenchmarkParser is what a JSON row costs whose shape is not known.
func BenchmarkParser(b *testing.B) {
	text := benchJSON(benchRows)
	d, err := New(table(b, project.JSON, benchColumns...))
	if err != nil {
		b.Fatal(err)
	}
	batch := d.NewBatch()
	batch.parser.shapes.size = maxShapes + 1
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if _, _, err := drain(d, bytes.NewReader(text), batch); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/benchRows, "ns/row")
}
