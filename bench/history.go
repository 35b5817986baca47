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
	built  refreshed // all views, from the history
	first  []refreshed
	loads  []time.Duration
	ticks  []refreshed
}

// The medians of what the ticks took.
func (h *history) medianLoad() time.Duration {
	return slices.Sorted(slices.Values(h.loads))[len(h.loads)/2]
}

func (h *history) medianTick() refreshed { return middle(h.ticks) }

// inTurn makes projects with histories of some sizes, does the same ticks in all of them, and
// then something with what was measured. The ticks are done in turn, so that whatever else the
// machine does at a time weighs on all of them. After the smallest history the views must be
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
		if h.first, err = s.firstTicks(ctx, st, events); err != nil {
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
	if _, err := all[0].proven(ctx); err != nil {
		return err
	}
	return then(all)
}
