package duckdb_test

import (
	"bufio"
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/atolldata/atoll/internal/project"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/lower"
	"github.com/atolldata/atoll/internal/sql/scalar"
	"github.com/atolldata/atoll/internal/warehouse"
	"github.com/atolldata/atoll/internal/warehouse/duckdb"
)

const (
	benchFiles = 4
	benchRows  = 125_000 // of each file
)

// benchRead are the bare engine's readers, over the same files and columns.
var benchRead = map[string]string{
	"json":    `SELECT message_id, campaign.id, sent_at, phone, body FROM read_json('%s', format = 'newline_delimited', columns = {message_id: 'BIGINT', campaign: 'STRUCT(id INTEGER)', sent_at: 'BIGINT', phone: 'VARCHAR', body: 'VARCHAR'})`,
	"csv":     `SELECT * FROM read_csv('%s', header = true, columns = {message_id: 'BIGINT', campaign: 'INTEGER', sent_at: 'BIGINT', phone: 'VARCHAR', body: 'VARCHAR'})`,
	"parquet": `SELECT * FROM read_parquet('%s')`,
}

// BenchmarkLoad loads the same rows through a warehouse and by the bare engine,
// each into a new file, checkpoint included.
func BenchmarkLoad(b *testing.B) {
	dir := b.TempDir()
	writeBenchFiles(b, dir)
	for _, format := range []string{"json", "csv", "parquet"} {
		pattern := filepath.Join(dir, "*."+format)
		b.Run(format+"/atoll", func(b *testing.B) { benchAtoll(b, dir, format, pattern) })
		b.Run(format+"/bare", func(b *testing.B) {
			for b.Loop() {
				bare(b, filepath.Join(b.TempDir(), "bare.duckdb"), "CREATE TABLE t AS "+fmt.Sprintf(benchRead[format], pattern), "CHECKPOINT")
			}
			reportRows(b)
		})
	}
}

func benchAtoll(b *testing.B, dir, format, pattern string) {
	table := benchTable(b, format)
	paths, err := filepath.Glob(pattern)
	if err != nil || len(paths) != benchFiles {
		b.Fatal(paths, err)
	}
	var files []warehouse.LoadFile
	for i, path := range paths {
		files = append(files, warehouse.LoadFile{ID: int32(i), URI: path, Local: func(context.Context) (string, func(), error) { return path, func() {}, nil }})
	}
	for b.Loop() {
		w, err := duckdb.Open(b.Context(), duckdb.Options{
			Path: filepath.Join(b.TempDir(), "w.duckdb"), ReadDirs: []string{dir}, Settings: lower.Settings(), Prelude: lower.Prelude(), Functions: scalar.All(),
		})
		if err != nil {
			b.Fatal(err)
		}
		if err := benchLoad(b.Context(), w, warehouse.Load{Name: schema.Name{Schema: "s", Name: "t"}, Table: table, Batch: 1, Files: files}); err != nil {
			b.Fatal(err)
		}
		if err := w.Close(); err != nil {
			b.Fatal(err)
		}
	}
	reportRows(b)
}

func benchLoad(ctx context.Context, w warehouse.Warehouse, l warehouse.Load) error {
	tx, err := w.Begin(ctx)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := tx.CreateTable(ctx, l.Name, l.Table, nil); err != nil {
		return err
	}
	if _, err := tx.Load(ctx, l); err != nil {
		return err
	}
	if err := tx.Commit(ctx); err != nil {
		return err
	}
	return w.Checkpoint(ctx)
}

func reportRows(b *testing.B) {
	b.ReportMetric(float64(b.N*benchFiles*benchRows)/b.Elapsed().Seconds(), "rows/s")
}

// benchTable is the table of the files, as a project declares it.
func benchTable(b *testing.B, format string) *project.Table {
	campaign := "campaign"
	if format == "json" {
		campaign = "$.campaign.id"
	}
	p, err := project.LoadFS(fstest.MapFS{"atoll.yaml": {Data: []byte("name: t")}, "sources/s.yaml": {Data: []byte(fmt.Sprintf(`
source: s
type: files
url: file://data/
tables:
  t:
    match: "*"
    format: %s
    columns:
      message_id: bigint
      campaign_id: {type: integer, from: %q}
      sent_at: {type: timestamp, format: epoch_ms}
      phone: varchar(20)
      body: varchar(1600)
`, format, campaign))}})
	if err != nil {
		b.Fatal(err)
	}
	return p.Sources[0].Tables[0]
}

// writeBenchFiles writes the same rows in each format.
func writeBenchFiles(b *testing.B, dir string) {
	for i := range benchFiles {
		base := filepath.Join(dir, fmt.Sprint(i))
		writeFile(b, base+".json", func(w *bufio.Writer) {
			for k := range benchRows {
				n := i*benchRows + k
				fmt.Fprintf(w, `{"message_id":%d,"campaign":{"id":%d},"sent_at":%d,"phone":"+1555%07d","body":"Hello customer %d, your order is on its way"}`+"\n",
					n, n*419%500, 1441932418000+8*n, n*6358352%10_000_000, n)
			}
		})
		read := strings.Replace(fmt.Sprintf(benchRead["json"], base+".json"), "campaign.id", "campaign.id AS campaign", 1)
		bare(b, "", "COPY ("+read+") TO '"+base+".csv' (HEADER)", "COPY ("+read+") TO '"+base+".parquet'")
	}
}

func writeFile(b *testing.B, path string, write func(*bufio.Writer)) {
	f, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	w := bufio.NewWriter(f)
	write(w)
	if err := w.Flush(); err != nil {
		b.Fatal(err)
	}
	if err := f.Close(); err != nil {
		b.Fatal(err)
	}
}

// bare runs statements in an engine of its own.
func bare(b *testing.B, path string, statements ...string) {
	db, err := sql.Open("duckdb", path)
	if err != nil {
		b.Fatal(err)
	}
	for _, s := range statements {
		if _, err := db.ExecContext(b.Context(), s); err != nil {
			b.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		b.Fatal(err)
	}
}
