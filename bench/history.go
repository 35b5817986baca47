package main

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// history is a project that received so many events before the ticks that are measured.
type history struct {
	*site
	stream *stream
	size   int64
	built  refreshed   // all views, from the history
	first  []refreshed // the first ticks of the process that built them
	loads  []time.Duration
	ticks  []refreshed
	runs   []cost // of atoll run, each a process that loads and refreshes
}

func (h *history) medianLoad() time.Duration {
	return slices.Sorted(slices.Values(h.loads))[len(h.loads)/2]
}

// seconds are those of the median tick with its checkpoint.
func (h *history) seconds() float64 { return middle(h.ticks).total().Seconds() }

// runSeconds are those of the median process.
func (h *history) runSeconds() float64 { return median(h.runs).wall.Seconds() }

// inTurn makes projects with histories of some sizes, does the same ticks in all of them, and
// then something with what was measured. After the smallest history the views must be
// what they are when computed anew; of the largest, that would take minutes.
func (o options) inTurn(ctx context.Context, sizes []int64, events int64, open func(folder string) (*site, *stream, error), then func([]*history) error) error {
	var all []*history
	defer func() {
		for _, h := range all {
			h.close()
		}
	}()
	for _, size := range sizes {
		s, st, err := open(fmt.Sprintf("history-%d", size))
		if err != nil {
			return err
		}
		h := &history{site: s, stream: st, size: o.scaled(size)}
		all = append(all, h)
		if _, h.built, err = s.build(ctx, st, h.size); err != nil {
			return err
		}
	}
	if err := o.tickInTurn(ctx, all, events); err != nil {
		return err
	}
	if err := o.runInTurn(ctx, all, events); err != nil {
		return err
	}
	if _, err := all[0].proven(ctx); err != nil {
		return err
	}
	return then(all)
}

// tickInTurn does the same ticks in all projects in turn, so that whatever else the machine does
// at a time weighs on all of them.
func (o options) tickInTurn(ctx context.Context, all []*history, events int64) (err error) {
	for _, h := range all {
		if h.first, err = h.firstTicks(ctx, h.stream, events); err != nil {
			return err
		}
	}
	for range o.repeat {
		for _, h := range all {
			load, r, err := h.batches(ctx, h.stream, events, 1)
			if err != nil {
				return err
			}
			h.loads, h.ticks = append(h.loads, load), append(h.ticks, r)
		}
	}
	return nil
}

// runInTurn does such ticks by atoll run, as from a timer.
func (o options) runInTurn(ctx context.Context, all []*history, events int64) error {
	for _, h := range all {
		if err := h.shut(); err != nil {
			return err
		}
	}
	for range o.repeat {
		for _, h := range all {
			if err := h.stream.grow(ctx, events); err != nil {
				return err
			}
			c, err := atoll(o.atoll).run(ctx, h.dir, "run", "--quiet", "--as-of", h.next().Format(time.RFC3339))
			if err != nil {
				return err
			}
			h.runs = append(h.runs, c)
		}
	}
	for _, h := range all {
		if err := h.open(ctx); err != nil {
			return err
		}
	}
	return nil
}
