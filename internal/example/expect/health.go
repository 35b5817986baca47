package expect

import (
	"maps"
	"time"

	"github.com/atolldata/atoll/internal/schema"
)

type (
	ticket struct {
		TicketID  int64 `json:"ticket_id"`
		Requester struct {
			CustomerID *int64 `json:"customer_id"`
		} `json:"requester"`
		Status string `json:"status"`
	}
	ticketMetrics struct {
		TicketID  int64 `json:"ticket_id"`
		ReplyTime struct {
			Calendar *int64 `json:"calendar"`
		} `json:"reply_time"`
		Reopens      int64 `json:"reopens"`
		Satisfaction *struct {
			Score int64 `json:"score"`
		} `json:"satisfaction"`
	}
	webEvent struct {
		User struct {
			CustomerID *int64 `json:"customer_id"`
		} `json:"user"`
		OccurredAt int64  `json:"occurred_at"`
		Page       string `json:"page"`
	}
)

// account is what the files say about a customer.
type account struct {
	segment string

	orders, cancelled     int64
	products              map[string]bool
	firstOrder, lastOrder any
	paidCents             int64

	tickets, open, reopens int64
	ratings, ratingSum     int64
	replyMinutes           []int64

	events, webEvents, deviceErrors int64
	activeDays                      map[time.Time]bool
	lastSeen                        time.Time
}

// healthData is what the files of the health example say.
type healthData struct {
	accounts map[int64]*account
	events   Table
}

func readHealth(dir string) (*healthData, error) {
	h := &healthData{accounts: map[int64]*account{}, events: Table{Columns: []string{"customer_id", "occurred_at", "source", "event"}}}
	for _, read := range []func(dir string) error{h.readBilling, h.readSupport, h.readEvents} {
		if err := read(dir); err != nil {
			return nil, err
		}
	}
	return h, nil
}

func (h *healthData) readBilling(dir string) error {
	customers, err := readCSV(dir, "billing/customers", ',')
	if err != nil {
		return err
	}
	for _, c := range customers {
		h.accounts[integer(c["customer_id"])] = &account{segment: c["segment"], products: map[string]bool{}, activeDays: map[time.Time]bool{}}
	}
	orders, err := readCSV(dir, "billing/orders", ',')
	if err != nil {
		return err
	}
	buyers := map[string]*account{}
	for _, o := range orders {
		a, at := h.accounts[integer(o["customer_id"])], moment(time.DateTime, o["ordered_at"])
		buyers[o["order_id"]] = a
		a.orders++
		if o["status"] == "cancelled" {
			a.cancelled++
		}
		a.products[o["product"]] = true
		if a.firstOrder == nil || at.Before(a.firstOrder.(time.Time)) {
			a.firstOrder = at
		}
		if a.lastOrder == nil || at.After(a.lastOrder.(time.Time)) {
			a.lastOrder = at
		}
	}
	invoices, err := readCSV(dir, "billing/invoices", ',')
	if err != nil {
		return err
	}
	for _, i := range invoices {
		if a := buyers[i["order_id"]]; i["paid_on"] != `\N` {
			a.paidCents += cents(i["amount"])
		}
	}
	return nil
}

func (h *healthData) readSupport(dir string) error {
	tickets, err := readJSON[ticket](dir, "support/tickets")
	if err != nil {
		return err
	}
	requesters := map[int64]*account{}
	for _, t := range tickets {
		if t.Requester.CustomerID == nil {
			continue
		}
		a := h.accounts[*t.Requester.CustomerID]
		requesters[t.TicketID] = a
		a.tickets++
		if t.Status == "open" {
			a.open++
		}
	}
	metrics, err := readJSON[ticketMetrics](dir, "support/ticket_metrics")
	if err != nil {
		return err
	}
	for _, m := range metrics {
		a := requesters[m.TicketID]
		if a == nil {
			continue
		}
		a.reopens += m.Reopens
		if m.Satisfaction != nil {
			a.ratings++
			a.ratingSum += m.Satisfaction.Score
		}
		if m.ReplyTime.Calendar != nil {
			a.replyMinutes = append(a.replyMinutes, *m.ReplyTime.Calendar)
		}
	}
	return nil
}

func (h *healthData) readEvents(dir string) error {
	web, err := readJSON[webEvent](dir, "events/web")
	if err != nil {
		return err
	}
	for _, e := range web {
		if e.User.CustomerID != nil {
			h.event(*e.User.CustomerID, time.UnixMilli(e.OccurredAt).UTC(), "web", e.Page)
		}
	}
	devices, err := readCSV(dir, "events/devices", '\t')
	if err != nil {
		return err
	}
	for _, e := range devices {
		if e["customer_id"] != "" {
			h.event(integer(e["customer_id"]), time.Unix(integer(e["time"]), 0).UTC(), "device", e["event"])
		}
	}
	return nil
}

func (h *healthData) event(customer int64, at time.Time, source, event string) {
	h.events.Rows = append(h.events.Rows, []any{customer, at, source, event})
	a := h.accounts[customer]
	a.events++
	if source == "web" {
		a.webEvents++
	} else if event == "error" {
		a.deviceErrors++
	}
	a.activeDays[day(at)] = true
	if at.After(a.lastSeen) {
		a.lastSeen = at
	}
}

func healthViews(dir string) (map[schema.Name]Table, error) {
	h, err := readHealth(dir)
	if err != nil {
		return nil, err
	}
	value := Table{Columns: []string{"customer_id", "segment", "orders", "cancelled", "products", "first_order_at", "last_order_at", "lifetime_value"}}
	served := Table{Columns: []string{"customer_id", "tickets", "open_tickets", "ratings", "rating", "median_reply_minutes", "reopens"}}
	engagement := Table{Columns: []string{"customer_id", "events", "web_events", "device_errors", "active_days", "last_seen_at"}}
	for id, a := range h.accounts {
		value.Rows = append(value.Rows, []any{id, a.segment, a.orders, a.cancelled, int64(len(a.products)), a.firstOrder, a.lastOrder, scaled(a.paidCents, 2)})
		if a.tickets > 0 {
			served.Rows = append(served.Rows, []any{id, a.tickets, a.open, a.ratings, rounded(a.ratingSum, a.ratings, 2), median(a.replyMinutes), a.reopens})
		}
		if a.events > 0 {
			engagement.Rows = append(engagement.Rows, []any{id, a.events, a.webEvents, a.deviceErrors, int64(len(a.activeDays)), a.lastSeen})
		}
	}
	score, bySegment := h.scores()
	out := views("reports", map[string]Table{
		"lifetime_value": value, "satisfaction": served, "engagement": engagement, "health_score": score, "health_by_segment": bySegment,
	})
	maps.Copy(out, views("staging", map[string]Table{"events": h.events}))
	return out, nil
}

// points is how many points of a score a customer has for what it paid, for how
// it was served and for how much it uses.
func (a *account) points() (value, service, usage int64) {
	switch {
	case a.paidCents >= 500_000:
		value = 40
	case a.paidCents >= 150_000:
		value = 30
	case a.paidCents >= 30_000:
		value = 20
	case a.paidCents > 0:
		value = 10
	}
	switch {
	case a.tickets == 0:
		service = 20
	case a.ratings == 0:
		service = 15
	default:
		// Six points for each point of the rating, which has two digits.
		hundredths := (200*a.ratingSum + a.ratings) / (2 * a.ratings)
		service = hundredths * 6 / 100
	}
	return value, service - min(a.reopens, 5), min(int64(len(a.activeDays)), 30)
}

func (h *healthData) scores() (score, bySegment Table) {
	type group struct{ customers, scores, cents int64 }
	type segmentGrade struct{ segment, grade string }
	groups := map[segmentGrade]*group{}
	better := map[string]map[int64]int64{} // by segment: how many customers have a score
	scoreOf := map[int64]int64{}
	for id, a := range h.accounts {
		value, service, usage := a.points()
		scoreOf[id] = value + service + usage
		if better[a.segment] == nil {
			better[a.segment] = map[int64]int64{}
		}
		better[a.segment][scoreOf[id]]++
	}
	score.Columns = []string{"customer_id", "segment", "value_points", "service_points", "usage_points", "device_errors", "score", "grade", "rank_in_segment"}
	for id, a := range h.accounts {
		value, service, usage := a.points()
		grade := "at risk"
		if scoreOf[id] >= 65 {
			grade = "healthy"
		} else if scoreOf[id] >= 35 {
			grade = "watch"
		}
		rank := int64(1)
		for s, n := range better[a.segment] {
			if s > scoreOf[id] {
				rank += n
			}
		}
		score.Rows = append(score.Rows, []any{id, a.segment, value, service, usage, a.deviceErrors, scoreOf[id], grade, rank})
		g := get(groups, segmentGrade{a.segment, grade})
		g.customers++
		g.scores += scoreOf[id]
		g.cents += a.paidCents
	}
	bySegment.Columns = []string{"segment", "grade", "customers", "average_score", "lifetime_value"}
	for k, g := range groups {
		bySegment.Rows = append(bySegment.Rows, []any{k.segment, k.grade, g.customers, rounded(g.scores, g.customers, 1), scaled(g.cents, 2)})
	}
	return score, bySegment
}
