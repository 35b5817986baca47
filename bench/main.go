package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"
)

// options say what is measured.
type options struct {
	atoll  string // the binary
	dir    string // for data and projects
	rows   int64  // of each load; the bad-row comparison has a tenth
	repeat int    // how often each side runs
	models int
	only   map[string]bool // the parts that are measured; nil is all
	// Of the refreshes.
	scale    float64 // 1 is full size
	arrivals []arrival
}

// part is something that is measured by itself.
type part struct {
	name string
	run  func(context.Context, io.Writer, options) error
}

// parts are what is measured, in order.
var parts = []part{{"load", compareLoads}, {"models", compareModels}, {"parse", compareParse},
	{"sms", compareSMS}, {"history", compareHistory}, {"groups", compareGroups}, {"sessions", compareSessions}, {"storage", compareStorage}}

func main() {
	if bareChild() {
		return
	}
	o := options{arrivals: arrivals}
	flag.StringVar(&o.atoll, "atoll", "bin/atoll", "the binary to measure")
	flag.StringVar(&o.dir, "dir", ".cache/bench", "the `folder` for data and projects")
	flag.Int64Var(&o.rows, "rows", 10_000_000, "how many `rows` each load has")
	flag.IntVar(&o.repeat, "repeat", 3, "how many `times` each side runs")
	flag.IntVar(&o.models, "models", 1000, "how many `models` are checked")
	flag.Float64Var(&o.scale, "scale", 1, "the `share` of full size that refreshes are measured with")
	flag.Func("arrival", "the `orders` of arrival to measure refreshes with, with commas between them: in order, 1 % late, random keys", o.setArrivals)
	flag.Func("only", "the `parts` to measure, with commas between them: load, models, parse, sms, history, groups, sessions, storage", o.setOnly)
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := bench(ctx, os.Stdout, o); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// setOnly reads the names of parts; none means all.
func (o *options) setOnly(text string) error {
	for name := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ',' || r == ' ' }) {
		if !slices.ContainsFunc(parts, func(p part) bool { return p.name == name }) {
			return fmt.Errorf("there is no part %q", name)
		}
		if o.only == nil {
			o.only = map[string]bool{}
		}
		o.only[name] = true
	}
	return nil
}

// setArrivals reads the names of orders of arrival.
func (o *options) setArrivals(text string) error {
	o.arrivals = nil
	for name := range strings.SplitSeq(text, ",") {
		i := slices.IndexFunc(arrivals, func(a arrival) bool { return a.name == strings.TrimSpace(name) })
		if i < 0 {
			return fmt.Errorf("there is no order of arrival %q", name)
		}
		o.arrivals = append(o.arrivals, arrivals[i])
	}
	return nil
}

// bench measures what was asked for and prints what it finds.
func bench(ctx context.Context, out io.Writer, o options) error {
	var err error
	if o.dir, err = filepath.Abs(o.dir); err != nil {
		return err
	}
	if o.atoll, err = filepath.Abs(o.atoll); err != nil {
		return err
	}
	fmt.Fprintf(out, "%d cores, medians of %d\n", runtime.NumCPU(), o.repeat)
	for _, p := range parts {
		if o.only != nil && !o.only[p.name] {
			continue
		}
		started := time.Now()
		if err := p.run(ctx, out, o); err != nil {
			return err
		}
		fmt.Fprintf(out, "%s took %s\n", p.name, time.Since(started).Round(time.Second))
	}
	return nil
}

// compareLoads loads files of each format, and files with a bad row.
func compareLoads(ctx context.Context, out io.Writer, o options) error {
	fmt.Fprintf(out, "\n%-26s %8s %8s %7s %9s %9s\n", fmt.Sprintf("%d rows", o.rows), "bare", "atoll", "ratio", "cpu ratio", "peak MiB")
	for _, format := range []string{"json", "csv", "parquet", "gzip"} {
		if err := compareLoad(ctx, out, o, format); err != nil {
			return err
		}
	}
	return compareBadRow(ctx, out, o)
}

// compareLoad loads the same files by the bare engine and by Atoll.
func compareLoad(ctx context.Context, out io.Writer, o options, format string) error {
	d, err := generate(ctx, o.dir, dataset{format: format, rows: o.rows, files: 20})
	if err != nil {
		return err
	}
	bare, own, err := alternate(o.repeat,
		func() (cost, error) { return loadBare(ctx, d) },
		func() (cost, error) { return atoll(o.atoll).load(ctx, d) })
	if err != nil {
		return err
	}
	printLine(out, "load "+format, bare, own)
	return nil
}

// compareBadRow loads a thousand files, and the same with a bad row in one.
func compareBadRow(ctx context.Context, out io.Writer, o options) error {
	clean, err := generate(ctx, o.dir, dataset{format: "json", rows: o.rows / 10, files: 1000})
	if err != nil {
		return err
	}
	bad, err := generate(ctx, o.dir, dataset{format: "json", rows: o.rows / 10, files: 1000, bad: 900})
	if err != nil {
		return err
	}
	without, with, err := alternate(o.repeat,
		func() (cost, error) { return atoll(o.atoll).load(ctx, clean) },
		func() (cost, error) { return atoll(o.atoll).load(ctx, bad) })
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "\n%-26s %8s %8s %7s %9s %9s\n", "", "clean", "bad row", "ratio", "cpu ratio", "peak MiB")
	printLine(out, "1,000 files, one bad row", without, with)
	return nil
}

func printLine(out io.Writer, what string, base, c cost) {
	fmt.Fprintf(out, "%-26s %8s %8s %7.2f %9.2f %9d\n", what, seconds(base.wall), seconds(c.wall),
		c.wall.Seconds()/base.wall.Seconds(), c.cpu.Seconds()/base.cpu.Seconds(), c.peak>>20)
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.2fs", d.Seconds()) }
