package expect

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"time"
	"unicode/utf8"

	"github.com/atolldata/atoll/internal/schema"
)

type message struct {
	MessageID int64 `json:"message_id"`
	Bot       struct {
		ID int64 `json:"id"`
	} `json:"bot"`
	User struct {
		ID *int64 `json:"id"`
	} `json:"user"`
	Channel   string     `json:"channel"`
	SentAt    *time.Time `json:"sent_at"`
	Direction string     `json:"direction"`
	Intent    *string    `json:"intent"`
	Body      *string    `json:"body"`

	session any // a Session, or nil for a message without a time
}

// session is a run of messages in the order of their times.
type session struct {
	id       Session
	messages []*message
}

func (s *session) first() *message { return s.messages[0] }
func (s *session) last() *message  { return s.messages[len(s.messages)-1] }
func (s *session) milliseconds() int64 {
	return s.last().SentAt.Sub(*s.first().SentAt).Milliseconds()
}

// Sessions cuts rows into sessions: within a partition, ordered by time, a row
// that follows the one before by at most the gap is in its session. Rows of the
// same time keep their order.
func Sessions[R any, P comparable](rows []R, partition func(R) P, at func(R) time.Time, gap time.Duration) [][]R {
	byPartition := map[P][]R{}
	for _, r := range rows {
		byPartition[partition(r)] = append(byPartition[partition(r)], r)
	}
	var sessions [][]R
	for _, rows := range byPartition {
		slices.SortStableFunc(rows, func(a, b R) int { return at(a).Compare(at(b)) })
		first := 0
		for i := range rows {
			if i+1 == len(rows) || at(rows[i+1]).Sub(at(rows[i])) > gap {
				sessions = append(sessions, rows[first:i+1])
				first = i + 1
			}
		}
	}
	return sessions
}

// chatData is what the files of the chat example say.
type chatData struct {
	messages []message // with their sessions
	sessions []*session
	bots     []map[string]string
	users    []map[string]string
}

func readChat(dir string) (*chatData, error) {
	messages, err := readJSON[message](dir, "messages")
	if err != nil {
		return nil, err
	}
	c := &chatData{messages: messages}
	directory, err := readCSV(dir, "directory", ',')
	if err != nil {
		return nil, err
	}
	for _, row := range directory {
		if _, isBot := row["bot_id"]; isBot {
			c.bots = append(c.bots, row)
		} else {
			c.users = append(c.users, row)
		}
	}
	c.cut()
	return c, nil
}

// cut finds the sessions: by bot, channel and user, with a gap of ten seconds.
func (c *chatData) cut() {
	type partition struct{ bot, channel, user any }
	var timed []*message
	for i := range c.messages {
		if c.messages[i].SentAt != nil {
			timed = append(timed, &c.messages[i])
		}
	}
	// Messages of the same time stay in the order of their ids.
	slices.SortFunc(timed, func(a, b *message) int { return cmp.Compare(a.MessageID, b.MessageID) })
	sessions := Sessions(timed,
		func(m *message) partition { return partition{m.Bot.ID, m.Channel, orNull(m.User.ID)} },
		func(m *message) time.Time { return *m.SentAt }, 10*time.Second)
	for _, messages := range sessions {
		first := messages[0]
		s := &session{SessionName(first.Bot.ID, first.Channel, orNull(first.User.ID), *first.SentAt), messages}
		for _, m := range messages {
			m.session = s.id
		}
		c.sessions = append(c.sessions, s)
	}
}

func chatViews(dir string) (map[schema.Name]Table, error) {
	c, err := readChat(dir)
	if err != nil {
		return nil, err
	}
	out := views("star", map[string]Table{
		"dim_bot":      c.dimBot(),
		"dim_user":     c.dimUser(),
		"fact_message": c.factMessage(),
		"fact_session": c.factSession(),
	})
	perBot, duration := c.byBot()
	maps.Copy(out, views("reports", map[string]Table{
		"sessions":             perBot,
		"duration":             duration,
		"messages_per_session": c.messagesPerSession(),
		"unanswered":           c.unanswered(),
	}))
	return out, nil
}

func (c *chatData) dimBot() Table {
	t := Table{Columns: []string{"bot_id", "bot_name", "company", "launched", "launch_year"}}
	for _, b := range c.bots {
		launched := moment(time.DateOnly, b["launched"])
		t.Rows = append(t.Rows, []any{integer(b["bot_id"]), b["bot_name"], b["company"], launched, int64(launched.Year())})
	}
	return t
}

func (c *chatData) dimUser() Table {
	t := Table{Columns: []string{"user_id", "name", "country", "signed_up_on"}}
	for _, u := range c.users {
		var name any
		if u["consent"] == "true" || u["consent"] == "yes" {
			name = u["name"]
		}
		t.Rows = append(t.Rows, []any{integer(u["user_id"]), name, countryOf(u), day(moment(time.DateTime, u["signed_up"]))})
	}
	return t
}

func countryOf(user map[string]string) string {
	if c := user["country"]; c != "" {
		return c
	}
	return "??"
}

func (c *chatData) factMessage() Table {
	t := Table{Columns: []string{"message_id", "bot_id", "channel", "user_id", "sent_at", "direction", "intent", "body_length", "session_id"}}
	for _, m := range c.messages {
		var length any
		if m.Body != nil {
			length = int64(utf8.RuneCountInString(*m.Body))
		}
		t.Rows = append(t.Rows, []any{m.MessageID, m.Bot.ID, m.Channel, orNull(m.User.ID), orNull(m.SentAt), m.Direction, orNull(m.Intent), length, m.session})
	}
	return t
}

func (c *chatData) factSession() Table {
	t := Table{Columns: []string{"session_id", "bot_id", "channel", "user_id", "started_at", "ended_at", "messages", "user_messages", "duration_ms"}}
	for _, s := range c.sessions {
		var byUser int64
		for _, m := range s.messages {
			if m.Direction == "user" {
				byUser++
			}
		}
		m := s.first()
		t.Rows = append(t.Rows, []any{s.id, m.Bot.ID, m.Channel, orNull(m.User.ID), *m.SentAt, *s.last().SentAt,
			int64(len(s.messages)), byUser, s.milliseconds()})
	}
	return t
}

// byBot counts sessions by bot and channel, and takes the median of how long
// those of several messages last.
func (c *chatData) byBot() (perBot, duration Table) {
	names := map[int64]string{}
	for _, b := range c.bots {
		names[integer(b["bot_id"])] = b["bot_name"]
	}
	type key struct{ bot, channel string }
	type group struct {
		sessions, messages int64
		users              map[int64]bool
		first              time.Time
		durations          []int64
	}
	groups := map[key]*group{}
	for _, s := range c.sessions {
		m := s.first()
		g := get(groups, key{names[m.Bot.ID], m.Channel})
		if g.sessions == 0 || m.SentAt.Before(g.first) {
			g.first = *m.SentAt
		}
		g.sessions++
		g.messages += int64(len(s.messages))
		if m.User.ID != nil {
			if g.users == nil {
				g.users = map[int64]bool{}
			}
			g.users[*m.User.ID] = true
		}
		if len(s.messages) > 1 {
			g.durations = append(g.durations, s.milliseconds())
		}
	}
	perBot.Columns = []string{"bot_name", "channel", "sessions", "users", "messages", "first_session"}
	duration.Columns = []string{"bot_name", "channel", "sessions", "median_ms", "longest_ms"}
	for k, g := range groups {
		perBot.Rows = append(perBot.Rows, []any{k.bot, k.channel, g.sessions, int64(len(g.users)), g.messages, g.first})
		if len(g.durations) > 0 {
			duration.Rows = append(duration.Rows, []any{k.bot, k.channel, int64(len(g.durations)), median(g.durations), slices.Max(g.durations)})
		}
	}
	return perBot, duration
}

// messagesPerSession counts sessions by channel and length; ten stands for ten
// and more.
func (c *chatData) messagesPerSession() Table {
	type key struct {
		channel string
		length  int64
	}
	counts, totals := map[key]int64{}, map[string]int64{}
	for _, s := range c.sessions {
		channel := s.first().Channel
		counts[key{channel, int64(min(10, len(s.messages)))}]++
		totals[channel]++
	}
	t := Table{Columns: []string{"channel", "messages", "sessions", "share"}}
	for k, n := range counts {
		t.Rows = append(t.Rows, []any{k.channel, k.length, n, percent(n, totals[k.channel], 2)})
	}
	return t
}

// unanswered counts the sessions whose last message is the user's.
func (c *chatData) unanswered() Table {
	countries := map[int64]string{}
	for _, u := range c.users {
		countries[integer(u["user_id"])] = countryOf(u)
	}
	type key struct {
		country string
		day     time.Time
	}
	type count struct{ sessions, unanswered int64 }
	counts := map[key]*count{}
	for _, s := range c.sessions {
		m, country := s.last(), "??"
		if m.User.ID != nil {
			country = countries[*m.User.ID]
		}
		n := get(counts, key{country, day(*m.SentAt)})
		n.sessions++
		if m.Direction == "user" {
			n.unanswered++
		}
	}
	t := Table{Columns: []string{"country", "day", "sessions", "unanswered"}}
	for k, n := range counts {
		t.Rows = append(t.Rows, []any{k.country, k.day, n.sessions, n.unanswered})
	}
	return t
}

// SessionName is the Session that begins at a time in a partition.
func SessionName(bot, channel, user any, at time.Time) Session {
	return Session(fmt.Sprintf("%v|%v|%v|%s", bot, channel, user, at.Format(time.RFC3339Nano)))
}
