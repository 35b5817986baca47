package main

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"time"

	_ "github.com/duckdb/duckdb-go/v2" // the bare engine
)

// cost is what a process took.
type cost struct {
	wall, cpu time.Duration
	peak      int64 // bytes of memory resident at most
}

// measure runs a process to its end. What it said is in the error if it fails.
func measure(cmd *exec.Cmd) (cost, error) {
	syscall.Sync() // what an earlier process left to be written is not this one's
	started := time.Now()
	said, err := cmd.CombinedOutput()
	wall := time.Since(started)
	if err != nil {
		return cost{}, fmt.Errorf("%s: %w\n%s", strings.Join(cmd.Args, " "), err, said)
	}
	s := cmd.ProcessState
	c := cost{wall: wall, cpu: s.UserTime() + s.SystemTime()}
	if usage, ok := s.SysUsage().(*syscall.Rusage); ok {
		c.peak = usage.Maxrss
		if runtime.GOOS == "linux" { // counts KiB; others bytes
			c.peak <<= 10
		}
	}
	return c, nil
}

// bareVariable is set in the environment of a child process that is to do, by the
// bare engine, what it reads.
const bareVariable = "ATOLL_BENCH_BARE"

// work is what the bare engine is to do.
type work struct {
	Path       string // of the database file; empty is in memory
	Statements []string
}

// bareChild does the work of a child process, and reports whether this is one.
func bareChild() bool {
	if _, child := os.LookupEnv(bareVariable); !child {
		return false
	}
	if err := doBare(os.Stdin); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	return true
}

func doBare(in io.Reader) error {
	var w work
	if err := json.NewDecoder(in).Decode(&w); err != nil {
		return err
	}
	db, err := sql.Open("duckdb", w.Path)
	if err != nil {
		return err
	}
	for _, s := range w.Statements {
		if _, err := db.Exec(s); err != nil {
			return err
		}
	}
	return db.Close()
}

// bareEngine runs statements in an engine in a process of its own.
func bareEngine(ctx context.Context, path string, statements ...string) (cost, error) {
	text, err := json.Marshal(work{path, statements})
	if err != nil {
		return cost{}, err
	}
	self, err := os.Executable()
	if err != nil {
		return cost{}, err
	}
	cmd := exec.CommandContext(ctx, self)
	cmd.Env = append(os.Environ(), bareVariable+"=1")
	cmd.Stdin = bytes.NewReader(text) // a thousand statements are too long for the environment
	return measure(cmd)
}

// reading is the bare engine's query over files, with the columns of the table
// that Atoll loads.
func reading(format, pattern string) string {
	const columns = "{message_id: 'BIGINT', campaign_id: 'INTEGER', sent_at: 'TIMESTAMP', phone: 'VARCHAR', body: 'VARCHAR'}"
	switch format {
	case "csv":
		return fmt.Sprintf("SELECT * FROM read_csv('%s', header = true, columns = %s)", pattern, columns)
	case "parquet":
		return fmt.Sprintf("SELECT * FROM read_parquet('%s')", pattern)
	}
	return fmt.Sprintf("SELECT * FROM read_json('%s', format = 'newline_delimited', columns = %s)", pattern, columns)
}

// loadBare loads a data set by the bare engine into a new database file.
func loadBare(ctx context.Context, d dataset) (cost, error) {
	path := filepath.Join(d.dir, "bare.duckdb")
	defer os.Remove(path)
	return bareEngine(ctx, path, "CREATE TABLE messages AS "+reading(d.format, d.pattern()), "CHECKPOINT")
}

// atoll is the binary that is measured.
type atoll string

// run does a command of the binary in a project folder.
func (a atoll) run(ctx context.Context, dir string, args ...string) (cost, error) {
	return measure(exec.CommandContext(ctx, string(a), append([]string{"-C", dir}, args...)...))
}

// load loads a data set by a tick of a new project without views, and
// compares what came of it.
func (a atoll) load(ctx context.Context, d dataset) (cost, error) {
	if err := writeProject(d); err != nil {
		return cost{}, err
	}
	defer os.RemoveAll(filepath.Join(d.dir, ".atoll"))
	c, err := a.run(ctx, d.dir, "run", "--quiet")
	if err != nil {
		return c, err
	}
	if err := a.verify(ctx, d); err != nil {
		return c, fmt.Errorf("%s: %w", d.name(), err)
	}
	if c.peak > peakMost {
		return c, fmt.Errorf("%s: the process took %d MiB of memory, more than %d", d.name(), c.peak>>20, int64(peakMost)>>20)
	}
	return c, nil
}

// peakMost is the memory that a load may take, whatever its size.
const peakMost = 2 << 30

// atollYAML is the project file of what is measured.
const atollYAML = "name: bench\nwarehouse: duckdb://.atoll/warehouse.duckdb\nlake: file://.atoll/lake\n"

// writeProject makes the data set's folder a project.
func writeProject(d dataset) error {
	format := d.format
	if format == "gzip" {
		format = "json"
	}
	err := writeFiles(d.dir, map[string]string{
		"atoll.yaml": atollYAML,
		"sources/bench.yaml": fmt.Sprintf(`source: bench
type: files
url: file://data/
tables:
  messages:
    match: "*.%s"
    format: %s
    columns:
      message_id:  bigint
      campaign_id: integer
      sent_at:     timestamp
      phone:       varchar(20)
      body:        varchar(1600)
`, d.extension(), format),
	})
	if err != nil {
		return err
	}
	return os.RemoveAll(filepath.Join(d.dir, ".atoll"))
}

// writeFiles writes texts to files below a folder.
func writeFiles(dir string, texts map[string]string) error {
	for name, text := range texts {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// median is the middle one, by wall time.
func median(costs []cost) cost {
	sorted := slices.SortedFunc(slices.Values(costs), func(a, b cost) int { return int(a.wall - b.wall) })
	return sorted[len(sorted)/2]
}

// alternate runs two sides in turn and returns their medians.
func alternate(repeat int, a, b func() (cost, error)) (cost, cost, error) {
	var as, bs []cost
	for range repeat {
		ca, err := a()
		if err != nil {
			return ca, ca, err
		}
		cb, err := b()
		if err != nil {
			return cb, cb, err
		}
		as, bs = append(as, ca), append(bs, cb)
	}
	return median(as), median(bs), nil
}
