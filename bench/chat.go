package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
)

// chatTable is the messages of the chat example. At any moment as many
// conversations go on as bring a message every three seconds each; after eight
// messages another user begins one in the same place.
func (o options) chatTable(users int64) streamTable {
	places := max(1, o.scaled(day)*3/86_400)
	user := fmt.Sprintf("draw((e // %d) * %d + e %% %d, 'user', %d)", 8*places, places, places, users)
	return streamTable{source: "chat", name: "messages",
		columns: "message_id: bigint, bot_id: integer, channel: varchar(20), user_id: KEY, sent_at: timestamp, direction: varchar(4), intent: varchar(40), body: varchar(4000)",
		row: fmt.Sprintf(`e AS message_id, CAST(%[1]s %% 20 AS INTEGER) AS bot_id, ['web', 'messenger', 'whatsapp', 'sms', 'voice'][1 + %[1]s %% 5] AS channel,
			key(%[1]s) AS user_id, moment(e) AS sent_at, CASE (e // %[2]d) %% 2 WHEN 0 THEN 'user' ELSE 'bot' END AS direction,
			'order' AS intent, 'Where is my order?' AS body`, user, places)}
}

// chatSizes are how many messages there were before the tick, at full size.
var chatSizes = []int64{5_000_000, 50_000_000}

// compareSessions does ticks of 50,000 messages after histories of two sizes, of
// many users and of few. Messages are late in two of the three orders.
func compareSessions(ctx context.Context, out io.Writer, o options) error {
	events := o.scaled(50_000)
	fmt.Fprintf(out, "\nsessions: a tick of %d messages (aim: 1 s of refresh, 1.5 times as much from the smaller to the larger history)\n", events)
	fmt.Fprintf(out, "%-14s %9s %10s %12s %12s %10s %9s %7s %9s %7s %10s %8s  plans, first ticks\n", "", "users", "history", "fact_message", "fact_session", "checkpoint", "all", "ratio", "atoll run", "ratio", "recompute", "load")
	for _, a := range o.arrivals {
		a.late = a.late || a.random
		for _, users := range []int64{o.scaled(5_000_000), max(2, o.scaled(1000))} {
			if err := compareSessionsOf(ctx, out, o, a, users, events); err != nil {
				return fmt.Errorf("sessions, %s, %d users: %w", a.name, users, err)
			}
		}
	}
	return nil
}

func compareSessionsOf(ctx context.Context, out io.Writer, o options, a arrival, users, events int64) error {
	models, err := exampleModels("chat", "fact_message", "fact_session")
	if err != nil {
		return err
	}
	open := func(folder string) (*site, *stream, error) {
		dir := filepath.Join(o.dir, folder)
		st := newStream(a, o.scaled(day), filepath.Join(dir, "data"), o.chatTable(users))
		s, err := openSite(ctx, dir, st.sources(), models)
		return s, st, err
	}
	return o.inTurn(ctx, chatSizes, events, open, func(all []*history) error {
		for _, h := range all {
			r, least := middle(h.ticks), all[0]
			fmt.Fprintf(out, "%-14s %9d %10d %11.3fs %11.3fs %9.3fs %8.3fs %7.2f %8.3fs %7.2f %9.2fs %7.2fs  %s, %s\n", a.name, users, h.size, r.seconds("fact_message"),
				r.seconds("fact_session"), r.checkpoint.Seconds(), r.total().Seconds(), h.seconds()/least.seconds(), h.runSeconds(), h.runSeconds()/least.runSeconds(),
				h.built.total().Seconds(), h.medianLoad().Seconds(), r.plans(), totals(h.first))
		}
		return nil
	})
}
