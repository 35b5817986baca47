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

// sms makes a project of the sms example's tables and models, and its stream.
func (o options) sms(ctx context.Context, a arrival, models ...string) (*site, *stream, error) {
	dir := filepath.Join(o.dir, "sms")
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

func compareSMSOf(ctx context.Context, out io.Writer, o options, a arrival) error {
	s, st, err := o.sms(ctx, a)
	if err != nil {
		return err
	}
	defer s.close()
	history := o.scaled(day)
	load, built, err := s.build(ctx, st, history)
	if err != nil {
		return err
	}
	hand, err := openByHand(ctx, filepath.Join(o.dir, "hand"), st)
	if err != nil {
		return err
	}
	defer hand.close()
	fmt.Fprintf(out, "\nsms, %s: %d sends loaded in %s, views built in %s, by hand in %s\n", a.name, history, seconds(load), seconds(built.total()), seconds(hand.built))
	sizes := []smsTick{{share: 0.001, aim: 20}, {share: 0.01, aim: 5}}
	if a.random {
		sizes = []smsTick{{share: 0.001, aim: 3}, {share: 0.01}}
	}
	for i := range sizes {
		if err := sizes[i].measure(ctx, s, st, hand, max(1, int64(float64(history)*sizes[i].share)), o.repeat); err != nil {
			return err
		}
	}
	recomputed, err := s.proven(ctx, o.repeat)
	if err != nil {
		return err
	}
	for _, t := range sizes {
		t.print(out, recomputed)
	}
	for _, n := range s.views() {
		if err := hand.same(ctx, s, n.Shape); err != nil {
			return err
		}
	}
	return nil
}

// proven computes the views anew, and fails if what they held was something
// else. It returns the median of what that takes.
func (s *site) proven(ctx context.Context, repeat int) (refreshed, error) {
	kept, err := s.contents(ctx)
	if err != nil {
		return refreshed{}, err
	}
	var all []refreshed
	for range repeat {
		r, err := s.recompute(ctx)
		if err != nil {
			return refreshed{}, err
		}
		all = append(all, r)
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
	return middle(all), nil
}

// smsTick is a tick of a share of the history, and what it took.
type smsTick struct {
	share       float64
	aim         float64 // how many times faster than recomputing it should be; 0 is none
	load        time.Duration
	atoll, hand refreshed
}

// measure does the tick several times, by Atoll and by hand in turn.
func (t *smsTick) measure(ctx context.Context, s *site, st *stream, hand *byHand, events int64, repeat int) error {
	var atolls, hands []refreshed
	for range repeat {
		load, r, err := s.batches(ctx, st, events, 1)
		if err != nil {
			return err
		}
		if err := hand.load(ctx); err != nil {
			return err
		}
		h, err := hand.refresh(ctx)
		if err != nil {
			return err
		}
		t.load = load
		atolls, hands = append(atolls, r), append(hands, h)
	}
	t.atoll, t.hand = middle(atolls), middle(hands)
	return nil
}

// print prints a line for each view, and one for all of them.
func (t *smsTick) print(out io.Writer, recomputed refreshed) {
	fmt.Fprintf(out, "%-26s %9s %9s %9s %9s  plan\n", fmt.Sprintf("%g %% new, loaded in %s", 100*t.share, seconds(t.load)),
		"refresh", "recompute", "by hand", "ratio")
	for _, v := range t.atoll.views {
		anew := recomputed.seconds(v.Name.Name)
		fmt.Fprintf(out, "  %-24s %8.3fs %8.3fs %8.3fs %9.1f  %s\n", v.Name, v.Seconds, anew, t.hand.seconds(v.Name.Name), anew/v.Seconds, v.Plan)
	}
	aim := ""
	if t.aim > 0 {
		aim = fmt.Sprintf("  (aim: %g)", t.aim)
	}
	all, anew := t.atoll.total().Seconds(), recomputed.total().Seconds()
	fmt.Fprintf(out, "  %-24s %8.3fs %8.3fs %8.3fs %9.1f%s\n", "all, commit, checkpoint", all, anew, t.hand.total().Seconds(), anew/all, aim)
	fmt.Fprintf(out, "  %-24s %8.3fs %8.3fs %8.3fs\n", "of which checkpoint", t.atoll.checkpoint.Seconds(),
		recomputed.checkpoint.Seconds(), t.hand.checkpoint.Seconds())
}

// historySizes are how many events there were before the tick, at full size.
var historySizes = []int64{1_000_000, 10_000_000, 50_000_000}

// compareHistory does the same tick after histories of several sizes: 10,000
// messages, of which two views of the sms example are kept.
func compareHistory(ctx context.Context, out io.Writer, o options) error {
	events := o.scaled(10_000)
	fmt.Fprintf(out, "\na tick of %d sends after a history: refresh of staging.last_status and reports.delivery_rate, checkpoint\n", events)
	fmt.Fprintf(out, "%-14s %11s %9s %11s %9s %9s %9s %9s  plans\n", "", "history", "refresh", "checkpoint", "ratio", "key scan", "recompute", "load")
	for _, a := range o.arrivals {
		if err := compareHistoryOf(ctx, out, o, a, events); err != nil {
			return fmt.Errorf("history, %s: %w", a.name, err)
		}
	}
	return nil
}

func compareHistoryOf(ctx context.Context, out io.Writer, o options, a arrival, events int64) error {
	s, st, err := o.sms(ctx, a, "last_status", "delivery_rate")
	if err != nil {
		return err
	}
	defer s.close()
	smallest := 0.0
	for _, size := range historySizes {
		_, built, err := s.build(ctx, st, o.scaled(size)-st.filled)
		if err != nil {
			return err
		}
		load, r, err := s.batches(ctx, st, events, o.repeat)
		if err != nil {
			return err
		}
		scan, err := s.keyScan(ctx, a)
		if err != nil {
			return err
		}
		if smallest == 0 {
			smallest = r.total().Seconds()
			if _, err := s.proven(ctx, 1); err != nil { // computing the large ones anew would take minutes
				return err
			}
		}
		fmt.Fprintf(out, "%-14s %11d %8.3fs %10.3fs %9.2f %8.3fs %8.2fs %8.2fs  %s\n", a.name, o.scaled(size), r.tick.Seconds(), r.checkpoint.Seconds(),
			r.total().Seconds()/smallest, scan.Seconds(), built.total().Seconds(), load.Seconds(), r.plans())
	}
	return nil
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
