package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
)

// totalsModel is a view of one row for each account.
const totalsModel = `SELECT account, COUNT(*) AS payments, SUM(amount) AS amount, MIN(paid_at) AS first_paid, MAX(paid_at) AS last_paid
FROM bank.payments
GROUP BY account
`

// bank makes a project, in a folder of its own, of one table and the view of its
// accounts' totals. The account's number is SQL over the event e.
func (o options) bank(ctx context.Context, a arrival, folder, account string) (*site, *stream, error) {
	dir := filepath.Join(o.dir, folder)
	st := newStream(a, o.scaled(day), filepath.Join(dir, "data"), streamTable{source: "bank", name: "payments",
		columns: `account: KEY, amount: "decimal(12,2)", paid_at: timestamp`,
		row:     "key(" + account + ") AS account, CAST(draw(e, 'amount', 100000) / 100.0 AS DECIMAL(12,2)) AS amount, moment(e) AS paid_at"})
	s, err := openSite(ctx, dir, st.sources(), map[string]string{"models/reports/totals.sql": totalsModel})
	return s, st, err
}

// compareGroups does ticks of 10,000 payments of as many accounts, of which there
// are five million.
func compareGroups(ctx context.Context, out io.Writer, o options) error {
	groups, events := o.scaled(5_000_000), o.scaled(10_000)
	fmt.Fprintf(out, "\na tick of %d keys in a view of %d groups (aim: 0.5 s)\n", events, groups)
	fmt.Fprintf(out, "%-14s %9s %11s %9s %9s %9s  plan, first ticks\n", "", "refresh", "checkpoint", "both", "recompute", "load")
	for _, a := range o.arrivals {
		// In order, every other payment opens an account, and the one after it is of
		// an account opened a while ago.
		account := fmt.Sprintf("CASE e %% 2 WHEN 0 THEN e // 2 ELSE greatest(0, e // 2 - %d) END", groups/50)
		history := 2 * groups
		if a.random {
			account = fmt.Sprintf("CASE WHEN e < %d THEN e ELSE draw(e, 'account', %d) END", groups, groups)
			history = groups
		}
		if err := compareGroupsOf(ctx, out, o, a, account, history, events); err != nil {
			return fmt.Errorf("groups, %s: %w", a.name, err)
		}
	}
	return nil
}

func compareGroupsOf(ctx context.Context, out io.Writer, o options, a arrival, account string, history, events int64) error {
	s, st, err := o.bank(ctx, a, "groups", account)
	if err != nil {
		return err
	}
	defer s.close()
	if _, _, err := s.build(ctx, st, history); err != nil {
		return err
	}
	first, err := s.firstTicks(ctx, st, events)
	if err != nil {
		return err
	}
	load, r, err := s.batches(ctx, st, events, o.repeat)
	if err != nil {
		return err
	}
	anew, err := s.proven(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%-14s %8.3fs %10.3fs %8.3fs %8.3fs %8.3fs  %s, %s\n", a.name, r.tick.Seconds(), r.checkpoint.Seconds(),
		r.total().Seconds(), anew.total().Seconds(), load.Seconds(), r.plans(), totals(first))
	return nil
}
