package example

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"time"
)

// healthStart is the first day of the health example, which covers a year.
var healthStart = time.Date(2024, 7, 1, 0, 0, 0, 0, time.UTC)

const healthDays = 365

// healthPartRows bounds the customers of one file; few customers still make
// several files.
func healthPartRows(rows int) int { return min(5_000, max(1, rows/4)) }

// A customer's orders, tickets and so on have ids made of the customer's, so that
// parts need not count together.
const idsPerCustomer = 64

func healthPortions(rows int) []portion {
	var list []portion
	for i, part := range (span{0, rows}).parts(healthPartRows(rows)) {
		for _, w := range []struct {
			stream string
			write  func(d *dice, data folder, part span, number int) error
		}{
			{"customers", writeAccounts}, {"orders", writeOrders}, {"tickets", writeTickets}, {"web", writeWeb}, {"devices", writeDevices},
		} {
			list = append(list, portion{fmt.Sprintf("%s/%d", w.stream, i), func(d *dice, data folder) error {
				return w.write(d, data, part, i+1)
			}})
		}
	}
	return list
}

// moment draws a time of the year.
func moment(d *dice) time.Time {
	return healthStart.Add(time.Duration(d.IntN(healthDays*24*3600)) * time.Second)
}

func writeAccounts(d *dice, data folder, part span, number int) error {
	name := fmt.Sprintf("billing/customers/customers-%04d.csv", number)
	return data.csv(name, ',', []string{"customer_id", "name", "segment", "country", "signed_up"}, func(write func(...string)) {
		for i := part.first; i < part.end; i++ {
			p := newPerson(d)
			segment := pick(d, []string{"small", "small", "small", "mid-market", "mid-market", "enterprise"})
			write(decimal(int64(i+1)), p.name, segment, p.country, healthStart.AddDate(0, 0, -d.IntN(1500)).Format(time.DateOnly))
		}
	})
}

// writeOrders writes the orders of a part's customers and the invoices for them.
func writeOrders(d *dice, data folder, part span, number int) error {
	products := []string{"starter", "team", "business", "support", "sensor kit", "Schulung"}
	var bills []invoice
	name := fmt.Sprintf("billing/orders/orders-%04d.csv", number)
	err := data.csv(name, ',', []string{"order_id", "customer_id", "ordered_at", "product", "amount", "status"}, func(write func(...string)) {
		for customer := part.first + 1; customer <= part.end; customer++ {
			for k := range d.steps(0.82, idsPerCustomer/2) {
				id := int64(customer*idsPerCustomer + k)
				at, cents := moment(d), int64(900+d.few(250_000))
				status := "complete"
				switch f := d.Float64(); {
				case f < 0.05:
					status = "cancelled"
				case f < 0.09:
					status = "refunded"
				}
				write(decimal(id), decimal(int64(customer)), at.Format(time.DateTime), pick(d, products), money(cents), status)
				bills = appendInvoices(bills, d, id, at, cents, status)
			}
		}
	})
	if err != nil {
		return err
	}
	name = fmt.Sprintf("billing/invoices/invoices-%04d.csv", number)
	return data.csv(name, ',', []string{"invoice_id", "order_id", "issued_on", "paid_on", "amount"}, func(write func(...string)) {
		for _, b := range bills {
			write(decimal(b.id), decimal(b.order), b.issued, b.paid, money(b.cents))
		}
	})
}

// invoice is a line of the invoices; its dates are spelled YYYYMMDD, and paid is
// \N while it is open.
type invoice struct {
	id, order    int64
	issued, paid string
	cents        int64
}

const dateDigits = "20060102"

// appendInvoices bills an order: at once or in two halves, and with a credit note
// if it was refunded. Cancelled orders are not billed.
func appendInvoices(bills []invoice, d *dice, order int64, at time.Time, cents int64, status string) []invoice {
	if status == "cancelled" {
		return bills
	}
	amounts := []int64{cents}
	if d.chance(0.1) {
		amounts = []int64{cents / 2, cents - cents/2}
	}
	if status == "refunded" {
		amounts = append(amounts, -cents)
	}
	for i, amount := range amounts {
		b := invoice{id: order*4 + int64(i), order: order, cents: amount, paid: `\N`}
		issued := at.AddDate(0, i, 0)
		b.issued = issued.Format(dateDigits)
		if d.chance(0.94) {
			b.paid = issued.AddDate(0, 0, d.IntN(40)).Format(dateDigits)
		}
		bills = append(bills, b)
	}
	return bills
}

// writeTickets writes the tickets of a part's customers, few of which have many,
// and the help desk's metrics for most of them.
func writeTickets(d *dice, data folder, part span, number int) error {
	files, err := data.logs(fmt.Sprintf("support/tickets/tickets-%04d.json", number), fmt.Sprintf("support/ticket_metrics/metrics-%04d.json", number))
	if err != nil {
		return err
	}
	for customer := part.first + 1; customer <= part.end; customer++ {
		for k := range d.steps(0.45, idsPerCustomer/2) {
			id := int64(customer*idsPerCustomer + k)
			writeTicket(d, files[0], id, int64(customer))
			if d.chance(0.92) {
				writeMetrics(d, files[1], id)
			}
		}
	}
	return closeLogs(files)
}

func writeTicket(d *dice, l *log, id, customer int64) {
	l.integer("ticket_id", id)
	l.begin("requester")
	if d.chance(0.98) {
		l.integer("customer_id", customer)
	}
	l.text("via", pick(d, []string{"mail", "web", "phone"}))
	l.end()
	l.moment("created_at", moment(d), time.RFC3339)
	l.text("priority", pick(d, []string{"low", "normal", "normal", "high"}))
	l.text("status", pick(d, []string{"solved", "closed", "closed", "open"}))
	l.text("subject", pick(d, []string{"Can't log in", "Rechnung falsch", "Датчик молчит", "¿Cómo exporto mis datos?", "Sensor \"A\" offline 😠", "請求書について"}))
	l.list("tags", []string{"billing", "login", "device"}[d.IntN(3):]...)
	l.write()
}

// writeMetrics rates tickets that waited for long one or two points lower.
func writeMetrics(d *dice, l *log, id int64) {
	score := int64(5 - d.few(5))
	l.integer("ticket_id", id)
	l.begin("reply_time")
	if d.chance(0.95) {
		minutes := int64(2 + d.few(3000))
		l.integer("calendar", minutes)
		l.integer("business", minutes/3)
		if minutes > 480 {
			score = max(1, score-1-d.Int64N(2))
		}
	}
	l.end()
	l.integer("reopens", int64(d.steps(0.15, 6)))
	if d.chance(0.55) {
		l.begin("satisfaction")
		l.integer("score", score)
		l.end()
	} else {
		l.null("satisfaction")
	}
	l.write()
}

// writeWeb writes what happens on the web site, a part of it by visitors.
func writeWeb(d *dice, data folder, part span, number int) error {
	files, err := data.logs(fmt.Sprintf("events/web/web-%04d.json.gz", number))
	if err != nil {
		return err
	}
	l := files[0]
	for customer := part.first + 1; customer <= part.end; customer++ {
		for range d.steps(0.91, 200) {
			l.text("event_id", hex.EncodeToString(binary.BigEndian.AppendUint64(nil, d.Uint64())))
			l.begin("user")
			if d.chance(0.9) {
				l.integer("customer_id", int64(customer))
			}
			l.end()
			l.epochMS("occurred_at", moment(d).Add(time.Duration(d.IntN(1000))*time.Millisecond))
			l.text("page", pick(d, []string{"/", "/login", "/dashboard", "/reports", "/docs/größen", "/billing"}))
			if d.chance(0.2) {
				l.begin("utm")
				l.text("campaign", pick(d, []string{"newsletter", "webinar", "été-2024"}))
				l.end()
			}
			l.write()
		}
	}
	return closeLogs(files)
}

// writeDevices writes what devices report; two customers in three have one.
func writeDevices(d *dice, data folder, part span, number int) error {
	name := fmt.Sprintf("events/devices/devices-%04d.csv.gz", number)
	return data.csv(name, '\t', []string{"time", "device_id", "customer_id", "event", "battery"}, func(write func(...string)) {
		for customer := part.first + 1; customer <= part.end; customer++ {
			if !d.chance(0.66) {
				continue
			}
			device, owner := fmt.Sprintf("dev-%08x", d.Uint32()), decimal(int64(customer))
			if d.chance(0.01) {
				owner = "" // not registered yet
			}
			for range d.steps(0.9, 200) {
				battery := ""
				if d.chance(0.7) {
					battery = "0." + decimal(int64(10+d.IntN(90)))
				}
				event := pick(d, []string{"start", "sync", "sync", "sync", "error"})
				write(decimal(moment(d).Unix()), device, owner, event, battery)
			}
		}
	})
}
