package corpus

import (
	"testing"

	"github.com/atolldata/atoll/internal/sql/sqltest"
)

// sampleCatalog is the tables that the queries of the corpus read.
func sampleCatalog(t testing.TB) sqltest.Catalog {
	return sqltest.NewCatalog(t,
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
