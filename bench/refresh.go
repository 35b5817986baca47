package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"time"
)

// day is how many events a day has at full size: a row that is late comes up to
// so many events after its own.
const day = 10_000_000

// scaled is a size at the scale that was asked for.
func (o options) scaled(n int64) int64 { return max(1, int64(float64(n)*o.scale)) }

// sms makes a project, in a folder of its own, of the sms example's tables and models, and
// its stream.
func (o options) sms(ctx context.Context, a arrival, folder string, models ...string) (*site, *stream, error) {
	dir := filepath.Join(o.dir, folder)
	texts, err := exampleModels("sms", models...)
	if err != nil {
		return nil, nil, err
	}
	st := newStream(a, o.scaled(day), filepath.Join(dir, "data"), smsTables(o.scaled(500_000))...)
	s, err := openSite(ctx, dir, st.sources(), texts)
	return s, st, err
}

// compareSMS refreshes the views of the sms example after ticks of two sizes, by
// Atoll and by hand, and computes them anew.
func compareSMS(ctx context.Context, out io.Writer, o options) error {
	for _, a := range o.arrivals {
		if err := compareSMSOf(ctx, out, o, a); err != nil {
			return fmt.Errorf("sms, %s: %w", a.name, err)
		}
	}
	return nil
}

// Ticks are measured in turn with the same views kept by hand, and computed anew in a
// project of their own, so that whatever else the machine does at a time weighs on all.
func compareSMSOf(ctx context.Context, out io.Writer, o options, a arrival) error {
	c := &smsSides{}
	defer c.close()
	if err := c.open(ctx, o, a); err != nil {
		return err
	}
	fmt.Fprintf(out, "\nsms, %s: %d sends loaded in %s, views built in %s, by hand in %s; first ticks %s\n",
		a.name, c.history, seconds(c.loaded), seconds(c.built.total()), seconds(c.hand.built), totals(c.first))
	sizes := []smsTick{{share: smallShare, aim: 20}, {share: 0.01, aim: 5}}
	if a.random {
		sizes = []smsTick{{share: smallShare, aim: 3}, {share: 0.01}}
	}
	for i := range sizes {
		if err := sizes[i].measure(ctx, c, o.repeat); err != nil {
			return err
		}
		sizes[i].print(out)
	}
	// Their labels differ, which no view of theirs reads.
	if err := sameContents(ctx, c.atoll, c.anew); err != nil {
		return err
	}
	for _, n := range c.atoll.views() {
		if err := c.hand.same(ctx, c.atoll, n.Shape); err != nil {
			return err
		}
	}
	return nil
}

// smsSides are what is measured side by side: the same history in three places.
type smsSides struct {
	history              int64
	atoll, anew          *site
	stream, streamOfAnew *stream
	hand                 *byHand
	loaded               time.Duration
	built                refreshed
	first                []refreshed
}

// smallShare is the smaller tick's share of the history.
const smallShare = 0.001

// events is how many a tick of a share of the history has.
func (c *smsSides) events(share float64) int64 { return max(1, int64(float64(c.history)*share)) }

func (c *smsSides) open(ctx context.Context, o options, a arrival) (err error) {
	c.history = o.scaled(day)
	if c.atoll, c.stream, err = o.sms(ctx, a, "sms"); err != nil {
		return err
	}
	if c.loaded, c.built, err = c.atoll.build(ctx, c.stream, c.history); err != nil {
		return err
	}
	if c.first, err = c.atoll.firstTicks(ctx, c.stream, c.events(smallShare)); err != nil {
		return err
	}
	if c.anew, c.streamOfAnew, err = o.sms(ctx, a, "anew"); err != nil {
		return err
	}
	if _, _, err = c.anew.build(ctx, c.streamOfAnew, c.stream.filled); err != nil {
		return err
	}
	c.hand, err = openByHand(ctx, filepath.Join(o.dir, "hand"), c.stream)
	return err
}

func (c *smsSides) close() {
	for _, s := range []*site{c.atoll, c.anew} {
		if s != nil {
			s.close()
		}
	}
	if c.hand != nil {
		c.hand.close()
	}
}

// proven computes the views anew, and fails if what they held was something else. It
// returns what that took.
func (s *site) proven(ctx context.Context) (refreshed, error) {
	kept, err := s.contents(ctx)
	if err != nil {
		return refreshed{}, err
	}
	anew, err := s.recompute(ctx)
	if err != nil {
		return refreshed{}, err
	}
	computed, err := s.contents(ctx)
	if err != nil {
		return refreshed{}, err
	}
	for name, c := range computed {
		if !kept[name].equal(c) {
			return refreshed{}, fmt.Errorf("the view %s held %v, and computed anew %v", name, kept[name], c)
		}
	}
	return anew, nil
}

// smsTick is a tick of a share of the history, and what it took.
type smsTick struct {
	share             float64
	aim               float64 // how many times faster than recomputing it should be; 0 is none
	load              time.Duration
	atoll, anew, hand refreshed
}

// measure does the tick several times on all sides in turn.
func (t *smsTick) measure(ctx context.Context, c *smsSides, repeat int) error {
	events := c.events(t.share)
	var atolls, anews, hands []refreshed
	for range repeat {
		load, r, err := c.atoll.batches(ctx, c.stream, events, 1)
		if err != nil {
			return err
		}
		_, n, err := c.anew.build(ctx, c.streamOfAnew, events)
		if err != nil {
			return err
		}
		if err := c.hand.load(ctx); err != nil {
			return err
		}
		h, err := c.hand.refresh(ctx)
		if err != nil {
			return err
		}
		t.load = load
		atolls, anews, hands = append(atolls, r), append(anews, n), append(hands, h)
	}
	t.atoll, t.anew, t.hand = middle(atolls), middle(anews), middle(hands)
	return nil
}

// print prints a line for each view, and one for all of them.
func (t *smsTick) print(out io.Writer) {
	fmt.Fprintf(out, "%-26s %9s %9s %9s %9s  plan\n", fmt.Sprintf("%g %% new, loaded in %s", 100*t.share, seconds(t.load)),
		"refresh", "recompute", "by hand", "ratio")
	for _, v := range t.atoll.views {
		anew := t.anew.seconds(v.Name.Name)
		fmt.Fprintf(out, "  %-24s %8.3fs %8.3fs %8.3fs %9.1f  %s\n", v.Name, v.Seconds, anew, t.hand.seconds(v.Name.Name), anew/v.Seconds, v.Plan)
	}
	aim := ""
	if t.aim > 0 {
		aim = fmt.Sprintf("  (aim: %g)", t.aim)
	}
	all, anew := t.atoll.total().Seconds(), t.anew.total().Seconds()
	fmt.Fprintf(out, "  %-24s %8.3fs %8.3fs %8.3fs %9.1f%s\n", "all, commit, checkpoint", all, anew, t.hand.total().Seconds(), anew/all, aim)
	fmt.Fprintf(out, "  %-24s %8.3fs %8.3fs %8.3fs\n", "of which checkpoint", t.atoll.checkpoint.Seconds(),
		t.anew.checkpoint.Seconds(), t.hand.checkpoint.Seconds())
}

// historySizes are how many events there were before the tick, at full size.
var historySizes = []int64{1_000_000, 10_000_000, 50_000_000}

// compareHistory does the same tick after histories of several sizes: 10,000
// messages, of which two views of the sms example are kept.
func compareHistory(ctx context.Context, out io.Writer, o options) error {
	events := o.scaled(10_000)
	fmt.Fprintf(out, "\na tick of %d sends after a history: refresh of staging.last_status and reports.delivery_rate, checkpoint\n", events)
	fmt.Fprintf(out, "%-14s %11s %9s %11s %9s %9s %9s %9s %9s %9s  plans, first ticks\n", "", "history", "refresh", "checkpoint", "ratio", "atoll run", "ratio", "key scan", "recompute", "load")
	for _, a := range o.arrivals {
		if err := compareHistoryOf(ctx, out, o, a, events); err != nil {
			return fmt.Errorf("history, %s: %w", a.name, err)
		}
	}
	return nil
}

func compareHistoryOf(ctx context.Context, out io.Writer, o options, a arrival, events int64) error {
	open := func(folder string) (*site, *stream, error) {
		return o.sms(ctx, a, folder, "last_status", "delivery_rate")
	}
	return o.inTurn(ctx, historySizes, events, open, func(all []*history) error {
		for _, h := range all {
			scan, err := h.keyScan(ctx, a)
			if err != nil {
				return err
			}
			r, least := middle(h.ticks), all[0]
			fmt.Fprintf(out, "%-14s %11d %8.3fs %10.3fs %9.2f %8.3fs %9.2f %8.3fs %8.2fs %8.2fs  %s, %s\n", a.name, h.size, r.tick.Seconds(), r.checkpoint.Seconds(),
				h.seconds()/least.seconds(), h.runSeconds(), h.runSeconds()/least.runSeconds(),
				scan.Seconds(), h.built.total().Seconds(), h.medianLoad().Seconds(), r.plans(), totals(h.first))
		}
		return nil
	})
}

// keyScan is what reading one column of keys takes, of the deliveries, where keys
// come in no order.
func (s *site) keyScan(ctx context.Context, a arrival) (time.Duration, error) {
	if !a.random {
		return 0, nil
	}
	const among = "'80000000-0000-0000-0000-000000000000'" // amid the keys, and none of them
	lap := stopwatch()
	_, err := s.read(ctx, "SELECT CAST(COUNT(*) AS VARCHAR) FROM smslogs.deliveries WHERE message_id = "+among)
	return lap(), err
}
