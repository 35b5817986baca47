package main

import (
	"context"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/atolldata/atoll/internal/pipeline"
)

// compareStorage lets the same payments come by many small ticks, and at once.
// All accounts are there from the beginning.
func compareStorage(ctx context.Context, out io.Writer, o options) error {
	ticks, rows := int(max(20, o.scaled(1000))), max(20, o.scaled(1000))
	fmt.Fprintf(out, "\n%d ticks of %d rows, and the same rows at once (aim: 1.2 times the storage, and no slower at the end)\n", ticks, rows)
	fmt.Fprintf(out, "%-14s %10s %10s %7s   %s\n", "", "ticks", "at once", "ratio", "refresh of the first and the last tenth of the ticks, whole ticks")
	for _, a := range o.arrivals {
		if err := compareStorageOf(ctx, out, o, a, ticks, rows); err != nil {
			return fmt.Errorf("storage, %s: %w", a.name, err)
		}
	}
	return nil
}

func compareStorageOf(ctx context.Context, out io.Writer, o options, a arrival, ticks int, rows int64) error {
	groups := o.scaled(100_000)
	account := fmt.Sprintf("e %% %d", groups)
	if a.random {
		account = fmt.Sprintf("CASE WHEN e < %d THEN e ELSE draw(e, 'account', %d) END", groups, groups)
	}
	once, st, err := o.bank(ctx, a, "once", account)
	if err != nil {
		return err
	}
	defer once.close()
	if err := st.grow(ctx, 10*groups); err != nil {
		return err
	}
	st.ofFile = rows
	if err := st.grow(ctx, rows*int64(ticks)); err != nil {
		return err
	}
	little, _, err := o.bank(ctx, a, "ticks", account)
	if err != nil {
		return err
	}
	defer little.close()
	costs, err := little.follow(ctx, st)
	if err != nil {
		return err
	}
	if _, err := once.tick(ctx, pipeline.RunOptions{}); err != nil {
		return err
	}
	if err := sameContents(ctx, little, once); err != nil {
		return err
	}
	least, err := once.fileBytes()
	if err != nil {
		return err
	}
	size, err := little.fileBytes()
	if err != nil {
		return err
	}
	tenth := len(costs) / 10
	first, last := middle(costs[:tenth]), middle(costs[len(costs)-tenth:])
	fmt.Fprintf(out, "%-14s %6.1f MiB %6.1f MiB %7.2f   %.1f ms, %.1f ms, %.1f ms, %.1f ms\n", a.name, mebibytes(size), mebibytes(least),
		float64(size)/float64(least), 1e3*first.seconds("totals"), 1e3*last.seconds("totals"), 1e3*first.tick.Seconds(), 1e3*last.tick.Seconds())
	return nil
}

func mebibytes(n int64) float64 { return float64(n) / (1 << 20) }

// follow takes over the files of a stream one by one, each in a tick of its own,
// with a checkpoint after the last one, and returns what the ticks took. The first
// one builds the view, and is none of them.
func (s *site) follow(ctx context.Context, st *stream) (costs []refreshed, err error) {
	for _, t := range st.tables {
		if err := os.MkdirAll(filepath.Join(s.dir, "data", t.name), 0o755); err != nil {
			return nil, err
		}
	}
	for i := range st.files {
		for _, t := range st.tables {
			from := st.file(t.name, i)
			if err := os.Link(from, filepath.Join(s.dir, "data", t.name, filepath.Base(from))); err != nil {
				return nil, err
			}
		}
		started := time.Now()
		report, err := s.run(ctx, pipeline.RunOptions{})
		if err != nil {
			return nil, err
		}
		costs = append(costs, refreshed{tick: time.Since(started), views: report.Views})
	}
	return costs[1:], s.p.Warehouse.Checkpoint(ctx)
}

// sameContents fails if the views of two projects hold different rows.
func sameContents(ctx context.Context, a, b *site) error {
	of, err := a.contents(ctx)
	if err != nil {
		return err
	}
	other, err := b.contents(ctx)
	if err != nil {
		return err
	}
	for _, name := range slices.Collect(maps.Keys(of)) {
		if !of[name].equal(other[name]) {
			return fmt.Errorf("the view %s holds %v, and %v", name, of[name], other[name])
		}
	}
	return nil
}
