package example

import (
	"fmt"
	"time"
)

// chatStart is the first day of the chat example.
var chatStart = time.Date(2025, 5, 5, 0, 0, 0, 0, time.UTC)

// chatPartRows bounds the messages of one file.
const chatPartRows = 100_000

// chatGap is the gap of the example's sessions: some messages follow by exactly
// it, some by a millisecond more.
const chatGap = 10 * time.Second

var (
	bots = []struct{ name, company string }{
		{"Ava", "Northwind Bank"}, {"Botti", "Königs Möbel GmbH"}, {"Chip", `Chip's "Chips", Inc.`}, {"Dia", "東京トラベル"},
		{"Echo", "Acme Telecom"}, {"Fin", "Fin & Co"}, {"Gus", "Aerolíneas del Sur"}, {"Hal", "Northwind Bank"},
	}
	channels = []string{"web", "whatsapp", "messenger", "sms", "voice"}
	intents  = []string{"greeting", "order_status", "opening_hours", "complaint", "human", "goodbye", ""}
	says     = []string{"Hi!", "Where is my order?", "Wann habt ihr geöffnet?", "¿Puedo hablar con una persona?", "👍", "ありがとう",
		"Спасибо", "No, the *other* one\nthe blue one", `he said "later"`, "👨‍👩‍👧 trip to नई दिल्ली", "ok"}
	answers = []string{"How can I help? 😊", "Your order is on its way 📦", "Mo–Sa 9–18 Uhr", "Un momento, por favor.", "どういたしまして", "Пожалуйста!"}
)

func chatUsers(rows int) int { return min(500_000, max(20, rows/40)) }

func chatPortions(rows int) []portion {
	list := []portion{{"bots", writeBots}}
	for i, part := range (span{0, chatUsers(rows)}).parts(100_000) {
		list = append(list, portion{fmt.Sprintf("users/%d", i), func(d *dice, data folder) error {
			return writeUsers(d, data, fmt.Sprintf("directory/users-%03d.csv", i+1), part)
		}})
	}
	for day, ofDay := range daySpans(chatStart, rows) {
		for i, part := range ofDay.parts(chatPartRows) {
			c := chatPart{date: chatStart.AddDate(0, 0, day), part: part, users: chatUsers(rows)}
			c.name = fmt.Sprintf("messages/%s/part-%02d.json.zst", c.date.Format(time.DateOnly), i)
			c.lateName = fmt.Sprintf("messages/%s/late-%02d.json.zst", c.date.AddDate(0, 0, 1).Format(time.DateOnly), i)
			list = append(list, portion{c.name, c.write})
		}
	}
	return list
}

func writeBots(d *dice, data folder) error {
	return data.csv("directory/bots.csv", ',', []string{"bot_id", "bot_name", "company", "launched"}, func(write func(...string)) {
		for i, b := range bots {
			write(decimal(int64(i+1)), b.name, b.company, chatStart.AddDate(0, -5*i, -3).Format(time.DateOnly))
		}
	})
}

func writeUsers(d *dice, data folder, name string, part span) error {
	consent := []string{"true", "true", "yes", "f", ""}
	return data.csv(name, ',', []string{"user_id", "country", "name", "consent", "signed_up"}, func(write func(...string)) {
		for i := part.first; i < part.end; i++ {
			p := newPerson(d)
			at := chatStart.Add(-time.Duration(d.IntN(700*24*3600)) * time.Second)
			write(decimal(int64(i+1)), p.country, p.name, pick(d, consent), at.Format(time.DateTime))
		}
	})
}

// chatPart writes a part of a day: conversation after conversation, each as its
// bot writes it down when it is over. Late messages go to the next day's folder.
type chatPart struct {
	date           time.Time
	part           span
	users          int
	name, lateName string
}

func (c chatPart) write(d *dice, data folder) error {
	files, err := data.logs(c.name, c.lateName)
	if err != nil {
		return err
	}
	for next := c.part.first; next < c.part.end; {
		talk := conversation{dice: d, bot: d.few(len(bots)) + 1, channel: channels[d.few(len(channels))]}
		if talk.channel != "web" || d.chance(0.8) {
			talk.user = d.few(c.users) + 1
		}
		talk.at = c.date.Add(time.Duration(d.IntN(24*3600*1000)) * time.Millisecond)
		for range min(1+d.steps(0.85, 40), c.part.end-next) {
			next++
			file := files[0]
			if d.chance(0.02) {
				file = files[1]
			}
			talk.message(file, int64(next))
		}
	}
	return closeLogs(files)
}

// conversation is a user talking to a bot; user is 0 for a visitor who did not
// log in.
type conversation struct {
	*dice
	bot, user int
	channel   string
	at        time.Time
	answer    bool // the next message is the bot's
}

// message writes the next message to a file and moves on.
func (c *conversation) message(l *log, id int64) {
	l.integer("message_id", id)
	l.begin("bot")
	l.integer("id", int64(c.bot))
	l.end()
	l.begin("user")
	if c.user > 0 {
		l.integer("id", int64(c.user))
	}
	l.end()
	l.text("channel", c.channel)
	if c.chance(0.002) {
		l.null("sent_at")
	} else {
		l.moment("sent_at", c.at, "2006-01-02T15:04:05.000Z")
	}
	c.speak(l)
	l.write()
	c.at = c.at.Add(c.pause())
}

func (c *conversation) speak(l *log) {
	direction, body, intent := "user", pick(c.dice, says), pick(c.dice, intents)
	if c.answer {
		direction, body, intent = "bot", pick(c.dice, answers), ""
	}
	c.answer = c.answer != c.chance(0.9)
	l.text("direction", direction)
	if intent != "" {
		l.text("intent", intent)
	}
	if c.channel == "voice" && c.chance(0.3) {
		l.null("body") // nothing was understood
	} else {
		l.text("body", body)
	}
}

// pause draws the time to the next message: mostly some seconds, sometimes none,
// sometimes the gap itself or just more, and sometimes a silence.
func (c *conversation) pause() time.Duration {
	switch f := c.Float64(); {
	case f < 0.01:
		return 0
	case f < 0.03:
		return chatGap
	case f < 0.04:
		return chatGap + time.Millisecond
	case f < 0.09:
		return 11*time.Second + time.Duration(c.IntN(600_000))*time.Millisecond
	default:
		return time.Duration(300+c.IntN(9_600)) * time.Millisecond
	}
}
