package expect

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/atolldata/atoll/internal/schema"
)

type (
	send struct {
		MessageID  int64  `json:"message_id"`
		CustomerID int64  `json:"customer_id"`
		SentAt     int64  `json:"sent_at"`
		Price      string `json:"price"`
		Campaign   *struct {
			ID int64 `json:"id"`
		} `json:"campaign"`
	}
	delivery struct {
		MessageID  int64     `json:"message_id"`
		Status     *string   `json:"status"`
		ReportedAt time.Time `json:"reported_at"`
	}
	click struct {
		MessageID int64 `json:"message_id"`
		ClickedAt int64 `json:"clicked_at"`
	}
	received struct {
		InReplyTo  *int64 `json:"in_reply_to"`
		CustomerID int64  `json:"customer_id"`
		ReceivedAt string `json:"received_at"`
		Body       string `json:"body"`
	}
)

// smsData is what the files of the sms example say.
type smsData struct {
	sends     []send
	reports   map[int64][]delivery // by message
	last      map[int64]delivery   // the last of them
	clicks    []click
	received  []received
	kinds     map[int64]any // of campaigns
	customers []map[string]string
}

func readSMS(dir string) (*smsData, error) {
	var s smsData
	var err error
	if s.sends, err = readJSON[send](dir, "sends"); err != nil {
		return nil, err
	}
	if s.clicks, err = readJSON[click](dir, "clicks"); err != nil {
		return nil, err
	}
	if s.received, err = readJSON[received](dir, "received"); err != nil {
		return nil, err
	}
	if s.customers, err = readCSV(dir, "crm", ','); err != nil {
		return nil, err
	}
	campaigns, err := readCSV(dir, "campaigns", ';')
	if err != nil {
		return nil, err
	}
	s.kinds = map[int64]any{}
	for _, c := range campaigns {
		s.kinds[integer(c["Campaign ID"])] = nullIfEmpty(c["Type"])
	}
	reports, err := readJSON[delivery](dir, "deliveries")
	if err != nil {
		return nil, err
	}
	s.reports, s.last = map[int64][]delivery{}, map[int64]delivery{}
	for _, d := range reports {
		s.reports[d.MessageID] = append(s.reports[d.MessageID], d)
		if last, ok := s.last[d.MessageID]; !ok || d.ReportedAt.After(last.ReportedAt) {
			s.last[d.MessageID] = d
		}
	}
	return &s, nil
}

// smsGroup is what is counted for a campaign type and day.
type smsGroup struct {
	sent, delivered, failed, clicked, clicks, answered, stopped int64
	spend                                                       float64
}

// typeDay is a campaign type, which may be NULL, and a day.
type typeDay struct{ kind, day any }

func smsViews(dir string) (map[schema.Name]Table, error) {
	s, err := readSMS(dir)
	if err != nil {
		return nil, err
	}
	groups := s.groups()
	out := views("reports", map[string]Table{
		"delivery":  s.delivery(),
		"scorecard": scorecard(groups),
		"daily":     s.daily(),
		"countries": s.countries(),
		"mv_spend":  spend(groups),
	})
	maps.Copy(out, views("reports", rates(groups)))
	last := Table{Columns: []string{"message_id", "status", "reported_at"}}
	for id, d := range s.last {
		last.Rows = append(last.Rows, []any{id, orNull(d.Status), d.ReportedAt})
	}
	maps.Copy(out, views("staging", map[string]Table{"last_status": last}))
	return out, nil
}

// inCampaigns calls f for each message of a campaign, with its group's key.
func (s *smsData) inCampaigns(f func(m send, key typeDay)) {
	for _, m := range s.sends {
		if m.Campaign != nil {
			f(m, typeDay{s.kinds[m.Campaign.ID], day(time.UnixMilli(m.SentAt).UTC())})
		}
	}
}

// delivery counts each report of a message, and a message without any once.
func (s *smsData) delivery() Table {
	type key struct {
		typeDay
		status any
	}
	counts := map[key]int64{}
	s.inCampaigns(func(m send, td typeDay) {
		for _, d := range s.reports[m.MessageID] {
			counts[key{td, orNull(d.Status)}]++
		}
		if len(s.reports[m.MessageID]) == 0 {
			counts[key{td, nil}]++
		}
	})
	t := Table{Columns: []string{"campaign_type", "day", "status", "messages"}}
	for k, n := range counts {
		t.Rows = append(t.Rows, []any{k.kind, k.day, k.status, n})
	}
	return t
}

// groups counts messages, each once, by campaign type and day.
func (s *smsData) groups() map[typeDay]*smsGroup {
	clicks, answered, stopped := map[int64]int64{}, map[int64]bool{}, map[int64]bool{}
	for _, c := range s.clicks {
		clicks[c.MessageID]++
	}
	for _, r := range s.received {
		if r.InReplyTo != nil {
			answered[*r.InReplyTo] = true
			if strings.EqualFold(strings.TrimSpace(r.Body), "stop") {
				stopped[*r.InReplyTo] = true
			}
		}
	}
	groups := map[typeDay]*smsGroup{}
	s.inCampaigns(func(m send, key typeDay) {
		g := get(groups, key)
		g.sent++
		price, err := strconv.ParseFloat(strings.TrimPrefix(m.Price, "$"), 64)
		if err != nil {
			panic(err)
		}
		g.spend += price
		if answered[m.MessageID] {
			g.answered++
		}
		if stopped[m.MessageID] {
			g.stopped++
		}
		switch orNull(s.last[m.MessageID].Status) {
		case "delivered":
			g.delivered++
			g.clicks += clicks[m.MessageID]
			if clicks[m.MessageID] > 0 {
				g.clicked++
			}
		case "failed", "rejected":
			g.failed++
		}
	})
	return groups
}

func rates(groups map[typeDay]*smsGroup) map[string]Table {
	deliveryRate := Table{Columns: []string{"campaign_type", "day", "sent", "delivered", "failed", "delivery_rate"}}
	clickThrough := Table{Columns: []string{"campaign_type", "day", "delivered", "clicked", "clicks", "click_through_rate"}}
	replyRate := Table{Columns: []string{"campaign_type", "day", "sent", "answered", "opted_out", "reply_rate"}}
	for k, g := range groups {
		deliveryRate.Rows = append(deliveryRate.Rows, []any{k.kind, k.day, g.sent, g.delivered, g.failed, percent(g.delivered, g.sent, 2)})
		replyRate.Rows = append(replyRate.Rows, []any{k.kind, k.day, g.sent, g.answered, g.stopped, percent(g.answered, g.sent, 2)})
		if g.delivered > 0 {
			clickThrough.Rows = append(clickThrough.Rows, []any{k.kind, k.day, g.delivered, g.clicked, g.clicks, percent(g.clicked, g.delivered, 2)})
		}
	}
	return map[string]Table{"delivery_rate": deliveryRate, "click_through": clickThrough, "reply_rate": replyRate}
}

// scorecard adds up the days of each known campaign type.
func scorecard(groups map[typeDay]*smsGroup) Table {
	type total struct {
		smsGroup
		days int64
	}
	totals := map[any]*total{}
	for k, g := range groups {
		t := get(totals, k.kind)
		t.days++
		t.sent += g.sent
		t.delivered += g.delivered
		t.clicked += g.clicked
		t.answered += g.answered
	}
	t := Table{Columns: []string{"campaign_type", "days", "sent", "delivered", "clicked", "answered", "delivery_rate", "click_through_rate", "reply_rate"}}
	for kind, g := range totals {
		if kind != nil && g.delivered > 0 {
			t.Rows = append(t.Rows, []any{kind, g.days, g.sent, g.delivered, g.clicked, g.answered,
				percent(g.delivered, g.sent, 1), percent(g.clicked, g.delivered, 1), percent(g.answered, g.sent, 1)})
		}
	}
	return t
}

func spend(groups map[typeDay]*smsGroup) Table {
	totals := map[any]*smsGroup{}
	for k, g := range groups {
		t := get(totals, k.kind)
		t.sent += g.sent
		t.spend += g.spend
	}
	t := Table{Columns: []string{"campaign_type", "messages", "spend"}}
	for kind, g := range totals {
		t.Rows = append(t.Rows, []any{kind, g.sent, g.spend})
	}
	return t
}

// daily counts all that went out and came in, and adds up what was sent in a
// month.
func (s *smsData) daily() Table {
	type traffic struct{ sent, received, clicks int64 }
	days := map[time.Time]*traffic{}
	for _, m := range s.sends {
		get(days, day(time.UnixMilli(m.SentAt).UTC())).sent++
	}
	for _, r := range s.received {
		get(days, day(moment(time.DateTime, r.ReceivedAt))).received++
	}
	for _, c := range s.clicks {
		get(days, day(time.Unix(c.ClickedAt, 0).UTC())).clicks++
	}
	t := Table{Columns: []string{"day", "sent", "received", "clicks", "sent_this_month"}}
	var month time.Month
	var sentThisMonth int64
	for _, d := range slices.SortedFunc(maps.Keys(days), time.Time.Compare) {
		if d.Month() != month {
			month, sentThisMonth = d.Month(), 0
		}
		sentThisMonth += days[d].sent
		t.Rows = append(t.Rows, []any{d, days[d].sent, days[d].received, days[d].clicks, sentThisMonth})
	}
	return t
}

func (s *smsData) countries() Table {
	reached, active := map[int64]bool{}, map[int64]bool{}
	for _, m := range s.sends {
		reached[m.CustomerID] = true
	}
	for _, r := range s.received {
		active[r.CustomerID] = true
	}
	type country struct{ customers, reached, active int64 }
	counts := map[any]*country{}
	for _, c := range s.customers {
		n, id := get(counts, nullIfEmpty(c["country"])), integer(c["customer_id"])
		n.customers++
		if reached[id] {
			n.reached++
		}
		if active[id] {
			n.active++
		}
	}
	t := Table{Columns: []string{"country", "customers", "reached", "active"}}
	for name, n := range counts {
		t.Rows = append(t.Rows, []any{name, n.customers, n.reached, n.active})
	}
	return t
}
