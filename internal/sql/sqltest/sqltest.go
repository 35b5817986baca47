// Package sqltest helps the tests of the steps after parsing: files of cases,
// golden files beside them, and a catalogue of tables.
//
// A file of cases holds many. Each starts with a line "--- title"; what follows,
// up to the next such line, is its text.
package sqltest

import (
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/atolldata/atoll/internal/schema"
)

var update = flag.Bool("update", false, "write the golden files anew")

// Case is one case of a file.
type Case struct{ Title, Text string }

// Read reads a file of cases.
func Read(t testing.TB, file string) []Case {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var cases []Case
	for _, part := range strings.Split("\n"+string(data), "\n--- ")[1:] {
		title, text, _ := strings.Cut(part, "\n")
		cases = append(cases, Case{Title: title, Text: strings.TrimSpace(text)})
	}
	return cases
}

// Golden runs f over every case of a file and compares what it returns with the
// golden file, which holds a case of the same title for each. With -update it
// writes the golden file instead.
func Golden(t *testing.T, file, golden string, f func(text string) string) {
	t.Helper()
	var got []Case
	for _, c := range Read(t, file) {
		got = append(got, Case{Title: c.Title, Text: strings.TrimSpace(f(c.Text))})
	}
	if *update {
		var b strings.Builder
		for _, c := range got {
			b.WriteString("--- " + c.Title + "\n" + c.Text + "\n\n")
		}
		if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want := map[string]string{}
	for _, c := range Read(t, golden) {
		want[c.Title] = c.Text
	}
	for _, c := range got {
		if text, ok := want[c.Title]; !ok {
			t.Errorf("%s has no case %q; run the tests with -update", golden, c.Title)
		} else if text != c.Text {
			t.Errorf("%s, %s: got\n%s\nwant\n%s", file, c.Title, c.Text, text)
		}
		delete(want, c.Title)
	}
	for title := range want {
		t.Errorf("%s has the case %q, which %s has not", golden, title, file)
	}
}

// GoldenText compares a text with a golden file, or with -update writes the file.
func GoldenText(t *testing.T, golden, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != got {
		t.Errorf("%s is another; run the tests with -update and read what changes. Got\n%s", golden, got)
	}
}

// Catalog is a set of tables.
type Catalog map[schema.Name]*schema.Table

// NewCatalog makes tables from lines such as
//
//	public.users: userid integer; firstname varchar(30)
func NewCatalog(t testing.TB, lines ...string) Catalog {
	t.Helper()
	c := Catalog{}
	for _, line := range lines {
		name, columns, _ := strings.Cut(line, ":")
		full, ok := schema.ParseName(name)
		if !ok {
			t.Fatalf("%q is not schema.table", name)
		}
		table := &schema.Table{Name: full}
		for _, column := range strings.Split(columns, ";") {
			name, typ, _ := strings.Cut(strings.TrimSpace(column), " ")
			parsed, err := schema.ParseType(typ)
			if err != nil {
				t.Fatal(err)
			}
			table.Columns = append(table.Columns, schema.Column{Name: name, Type: parsed})
		}
		c[full] = table
	}
	return c
}

// Table finds a table.
func (c Catalog) Table(n schema.Name) (*schema.Table, bool) {
	t, ok := c[n]
	return t, ok
}

// Names lists the tables.
func (c Catalog) Names() []schema.Name {
	names := make([]schema.Name, 0, len(c))
	for n := range c {
		names = append(names, n)
	}
	return names
}

// Shop is a small shop's catalogue: users, sales, events and all column types.
func Shop(t testing.TB) Catalog {
	return NewCatalog(t,
		"public.users: userid integer; firstname varchar(30); city varchar(30); state char(2); likes boolean; amount varchar(20); joined date",
		"public.sales: salesid integer; listid integer; userid integer; qtysold smallint; pricepaid decimal(8,2); commission decimal(8,2); saletime timestamp",
		"web.events: eventid bigint; userid integer; url varchar(2000); at timestamptz; seconds double precision; props super",
		"public.numbers: i2 smallint; i4 integer; i8 bigint; d decimal(8,2); f4 real; f8 double precision; s varchar(20)",
	)
}

// Samples are the tables that the queries of the corpus read.
func Samples(t testing.TB) Catalog {
	return NewCatalog(t,
		"public.users: user_id integer; email varchar(120); first_name varchar(40); last_name varchar(40); city varchar(60); "+
			"country char(2); active boolean; referrer_id integer; signup_date date; last_seen timestamp; score double precision; tags super",
		"public.products: product_id integer; sku varchar(32); title varchar(200); category varchar(40); price decimal(10,2); "+
			"cost decimal(10,2); weight real; launched date; attributes super",
		"public.sales: sale_id bigint; user_id integer; product_id integer; store_id smallint; quantity smallint; "+
			"unit_price decimal(10,2); discount decimal(5,4); sold_at timestamp; channel varchar(20); coupon varchar(20)",
		"public.returns: return_id bigint; sale_id bigint; reason varchar(100); refunded decimal(10,2); returned_at timestamp",
		"public.stores: store_id smallint; name varchar(80); city varchar(60); country char(2); opened date; closes time; area real",
		"public.calendar: day date; week integer; month integer; quarter integer; year integer; is_holiday boolean; name varchar(20)",
		"public.budget: dept varchar(20); y2024 decimal(12,2); y2025 decimal(12,2); y2026 decimal(12,2)",
		"web.events: event_id bigint; user_id integer; device_id varchar(40); kind varchar(30); url varchar(2000); referrer varchar(2000); "+
			"happened_at timestamptz; seconds double precision; props super",
		"web.pages: url varchar(2000); title varchar(300); section varchar(40); published timestamp",
		"web.devices: device_id varchar(40); os varchar(20); os_version varchar(20); model varchar(60); first_seen timestamptz; info super",
		"chat.messages: message_id bigint; conversation_id bigint; sender_id integer; body varchar(4000); sent_at timestamp; "+
			"is_bot boolean; language char(2); sentiment real; payload super",
		"chat.conversations: conversation_id bigint; user_id integer; channel varchar(20); opened_at timestamp; closed_at timestamp; topic varchar(60)",
		"sms.sends: send_id bigint; campaign_id integer; phone varchar(20); country char(2); sent_at timestamp; parts smallint; cost decimal(8,4); body varchar(1600)",
		"sms.deliveries: send_id bigint; status varchar(20); delivered_at timestamp; error_code integer",
		"sms.clicks: click_id bigint; send_id bigint; clicked_at timestamp; link varchar(500); agent varchar(300)",
		"sms.campaigns: campaign_id integer; name varchar(80); kind varchar(20); starts date; ends date; budget decimal(12,2)",
		"market.orders: order_id bigint; buyer_id integer; placed_at timestamp; state varchar(20); currency char(3); total decimal(12,2); items super; address super",
		"market.lines: order_id bigint; line_no smallint; seller_id integer; product_id integer; qty integer; amount decimal(12,2)",
		"market.sellers: seller_id integer; name varchar(100); joined date; rating decimal(3,2); parent_id integer; open_from time; open_to time",
		"market.payouts: payout_id integer; seller_id integer; period date; gross decimal(14,2); fee decimal(14,2); paid boolean",
		"support.tickets: ticket_id integer; user_id integer; opened_at timestamp; first_reply_at timestamp; closed_at timestamp; "+
			"priority smallint; subject varchar(200); labels varchar(200)",
		"hr.staff: staff_id integer; name varchar(80); manager_id integer; dept varchar(20); salary decimal(10,2); bonus decimal(10,2); hired date; tz varchar(40)",
	)
}

// GoldenSection compares a text with what a page of documentation has between two
// of its lines, or with -update writes it there.
func GoldenSection(t *testing.T, page, begin, end, got string) {
	t.Helper()
	data, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, found := strings.Cut(string(data), begin+"\n")
	section, after, closed := strings.Cut(rest, end+"\n")
	switch {
	case !found || !closed:
		t.Errorf("%s has no lines %q and %q", page, begin, end)
	case *update:
		if err := os.WriteFile(page, []byte(before+begin+"\n"+got+end+"\n"+after), 0o644); err != nil {
			t.Fatal(err)
		}
	case section != got:
		t.Errorf("%s is not up to date; run the tests with -update. It should have\n%s", page, got)
	}
}
