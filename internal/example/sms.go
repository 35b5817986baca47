package example

import (
	"fmt"
	"time"
)

// smsStart is the first day of the sms example.
var smsStart = time.Date(2025, 3, 1, 0, 0, 0, 0, time.UTC)

// smsOutage is the day on which the carrier "south" delivers next to nothing.
var smsOutage = smsStart.AddDate(0, 0, 2)

// smsPartRows bounds the sends of one file.
const smsPartRows = 100_000

// campaign is a line of the campaigns, with how people answer to it.
type campaign struct {
	id           int
	name, kind   string // the kind of the last one is unknown
	started      time.Time
	click, reply float64 // the share of messages that are clicked and answered
}

// campaigns are the campaigns of the sms example, the busiest first.
var campaigns = func() []campaign {
	kinds := []campaign{
		{kind: "promotion", name: "Spring sale", click: 0.08, reply: 0.01},
		{kind: "reminder", name: "Appointments", click: 0.04, reply: 0.07},
		{kind: "survey", name: "How was it?", click: 0.21, reply: 0.16},
		{kind: "alert", name: "Delivery news; orders", click: 0.31, reply: 0.005},
		{kind: "welcome", name: "Willkommen 🎉", click: 0.12, reply: 0.03},
	}
	list := make([]campaign, 24)
	for i := range list {
		list[i] = kinds[i%len(kinds)]
		list[i].id = i + 1
		list[i].name += fmt.Sprintf(" %d", i/len(kinds)+1)
		list[i].started = smsStart.AddDate(0, 0, -7*i)
	}
	list[len(list)-1].kind = ""
	return list
}()

func smsCustomers(rows int) int { return min(1_000_000, max(50, rows/20)) }

func smsPortions(rows int) []portion {
	list := []portion{{"campaigns", writeCampaigns}}
	for i, part := range (span{0, smsCustomers(rows)}).parts(100_000) {
		list = append(list, portion{fmt.Sprintf("customers/%d", i), func(d *dice, data folder) error {
			return writeCustomers(d, data, fmt.Sprintf("crm/customers-%03d.csv", i+1), part)
		}})
	}
	for day, ofDay := range daySpans(smsStart, rows) {
		for i, part := range ofDay.parts(smsPartRows) {
			date := smsStart.AddDate(0, 0, day)
			name := fmt.Sprintf("%s/part-%02d.json.gz", date.Format(time.DateOnly), i)
			list = append(list, portion{"messages/" + name, func(d *dice, data folder) error {
				return writeMessages(d, data, name, date, part, smsCustomers(rows))
			}})
		}
	}
	return list
}

func writeCampaigns(_ *dice, data folder) error {
	return data.csv("campaigns/campaigns.csv", ';', []string{"Campaign ID", "Name", "Type", "Started"}, func(write func(...string)) {
		for _, c := range campaigns {
			write(decimal(int64(c.id)), c.name, c.kind, c.started.Format("02.01.2006"))
		}
	})
}

func writeCustomers(d *dice, data folder, name string, part span) error {
	return data.csv(name, ',', []string{"customer_id", "name", "country", "signed_up"}, func(write func(...string)) {
		for i := part.first; i < part.end; i++ {
			p := newPerson(d)
			write(decimal(int64(i+1)), p.name, p.country, smsStart.AddDate(0, 0, -d.IntN(1000)).Format(time.DateOnly))
		}
	})
}

// smsDay writes the logs of a part of a day.
type smsDay struct {
	*dice
	sends, deliveries, clicks, received *log
}

func writeMessages(d *dice, data folder, name string, date time.Time, part span, customers int) error {
	files, err := data.logs("sends/"+name, "deliveries/"+name, "clicks/"+name, "received/"+name)
	if err != nil {
		return err
	}
	day := smsDay{d, files[0], files[1], files[2], files[3]}
	working := 13 * time.Hour
	step := working / time.Duration(max(1, part.end-part.first))
	for i := part.first; i < part.end; i++ {
		sent := date.Add(8*time.Hour + time.Duration(i-part.first)*step).Truncate(time.Millisecond)
		day.message(int64(i+1), int64(d.few(customers)+1), d.after(sent, 30*time.Second))
	}
	return closeLogs(files)
}

// message writes a message and what becomes of it. Customers answer with an id
// made of the message's, so that parts need not count together.
func (s smsDay) message(id, customer int64, sent time.Time) {
	c := campaigns[s.few(len(campaigns))]
	inCampaign := !s.chance(0.06)
	s.send(id, customer, sent, c, inCampaign)
	if s.chance(0.002) {
		s.receive(2*id+1, 0, customer, s.after(sent, time.Hour), pick(s.dice, []string{"Hello?", "Who is this", "¿Están abiertos hoy?", "こんにちは"}))
	}
	if !s.deliver(id, sent) {
		return
	}
	if inCampaign && s.chance(c.click) {
		s.click(id, sent)
	}
	if inCampaign && s.chance(c.reply) {
		s.reply(id, customer, sent)
	}
}

func (s smsDay) send(id, customer int64, sent time.Time, c campaign, inCampaign bool) {
	l := s.sends
	l.integer("message_id", id)
	if inCampaign {
		l.begin("campaign")
		l.integer("id", int64(c.id))
		l.text("variant", pick(s.dice, []string{"a", "b"}))
		l.end()
	} else {
		l.null("campaign")
	}
	l.integer("customer_id", customer)
	l.epochMS("sent_at", sent)
	l.text("price", pick(s.dice, []string{"$0.0075", "$0.0075", "$0.0079", "$0.0081", "$0.0400"}))
	l.text("body", s.body(c.kind, id))
	l.write()
}

func (s smsDay) body(kind string, id int64) string {
	name, order := pick(s.dice, firstNames), decimal(id%100_000)
	switch kind {
	case "promotion":
		return "Hi " + name + ", 20% off until Sunday " + pick(s.dice, emoji) + " https://ex.example/p/" + order
	case "reminder":
		return name + ": your appointment is tomorrow at 10:30.\nReply \"YES\" to confirm."
	case "survey":
		return "How did we do, " + name + "? 1-5 ⭐ https://ex.example/s/" + order
	case "alert":
		return "Bestellung " + order + " ist unterwegs 📦 https://ex.example/t/" + order
	default:
		return "Welcome, " + name + "! ようこそ https://ex.example/w/" + order
	}
}

// deliver writes what the carrier reports and tells whether the message arrived.
func (s smsDay) deliver(id int64, sent time.Time) bool {
	if s.chance(0.03) {
		return false // nothing is ever heard of it
	}
	carrier := pick(s.dice, []string{"north", "north", "south", "east"})
	outage := carrier == "south" && smsOutage.Equal(sent.Truncate(24*time.Hour))
	at := s.after(sent, 2*time.Second)
	if s.chance(0.3) {
		s.report(id, "sent", at, carrier, 0)
		at = s.after(at, 8*time.Second)
	}
	if s.chance(0.005) {
		s.report(id, "", at, carrier, 0)
		at = s.after(at, 8*time.Second)
	}
	arrives := s.chance(0.95) && !(outage && s.chance(0.8))
	if !arrives || s.chance(0.01) {
		// Failed at first, and for good unless it arrives at the second try.
		s.report(id, pick(s.dice, []string{"failed", "failed", "rejected"}), at, carrier, 30001+s.Int64N(9))
		at = s.after(at, time.Minute)
	}
	if !arrives {
		return false
	}
	for range 1 + s.steps(0.04, 2) { // some reports are repeated as they are
		s.report(id, "delivered", at, carrier, 0)
	}
	return true
}

func (s smsDay) report(id int64, status string, at time.Time, carrier string, code int64) {
	l := s.deliveries
	l.integer("message_id", id)
	if status == "" {
		l.null("status")
	} else {
		l.text("status", status)
	}
	l.moment("reported_at", at, "2006-01-02T15:04:05.000Z")
	l.text("carrier", carrier)
	if code != 0 {
		l.begin("error")
		l.integer("code", code)
		l.end()
	}
	l.write()
}

func (s smsDay) click(id int64, sent time.Time) {
	at := sent
	for range 1 + s.steps(0.2, 5) {
		at = s.after(at, 40*time.Minute)
		s.clicks.integer("message_id", id)
		s.clicks.integer("clicked_at", at.Unix())
		s.clicks.text("url", "https://ex.example/"+decimal(id%100_000))
		s.clicks.write()
	}
}

func (s smsDay) reply(id, customer int64, sent time.Time) {
	text := pick(s.dice, []string{"YES", "yes please", "5", "4", "Danke! 🙏", "ありがとう", "спасибо", "no"})
	if s.chance(0.08) {
		text = pick(s.dice, []string{"STOP", "stop", "Stop "})
	}
	s.receive(2*id, id, customer, s.after(sent, 20*time.Minute), text)
}

func (s smsDay) receive(id, replyTo, customer int64, at time.Time, text string) {
	l := s.received
	l.integer("received_id", id)
	if replyTo == 0 {
		l.null("in_reply_to")
	} else {
		l.integer("in_reply_to", replyTo)
	}
	l.integer("customer_id", customer)
	l.moment("received_at", at, time.DateTime)
	l.text("body", text)
	l.write()
}
