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
	stream  *stream
	size    int64
	built   refreshed // all views, from the history
	builder ticks     // where the views were built
	opened  ticks     // once the project was closed and opened again
}

// ticks are those that a project that was opened does, the first two of them apart.
type ticks struct {
	first []refreshed
	loads []time.Duration
	all   []refreshed
}

func (t *ticks) medianLoad() time.Duration {
	return slices.Sorted(slices.Values(t.loads))[len(t.loads)/2]
}

func (t *ticks) median() refreshed { return middle(t.all) }

// seconds are those of the median tick with its checkpoint.
func (t *ticks) seconds() float64 { return t.median().total().Seconds() }

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
	if err := o.ticks(ctx, all, events, func(h *history) *ticks { return &h.builder }); err != nil {
		return err
	}
	for _, h := range all {
		if err := h.reopen(ctx); err != nil {
			return err
		}
	}
	if err := o.ticks(ctx, all, events, func(h *history) *ticks { return &h.opened }); err != nil {
		return err
	}
	if _, err := all[0].proven(ctx); err != nil {
		return err
	}
	return then(all)
}

// ticks does the same ticks in all projects in turn, so that whatever else the machine does at
// a time weighs on all of them.
func (o options) ticks(ctx context.Context, all []*history, events int64, of func(*history) *ticks) (err error) {
	for _, h := range all {
		if of(h).first, err = h.firstTicks(ctx, h.stream, events); err != nil {
			return err
		}
	}
	for range o.repeat {
		for _, h := range all {
			load, r, err := h.batches(ctx, h.stream, events, 1)
			if err != nil {
				return err
			}
			t := of(h)
			t.loads, t.all = append(t.loads, load), append(t.all, r)
		}
	}
	return nil
}
