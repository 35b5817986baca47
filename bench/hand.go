package main

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"

	"github.com/atolldata/atoll/internal/pipeline"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/warehouse/duckdb"
)

// byHand keeps the views of the sms example in a file of the bare engine, by the
// SQL that one would write and schedule for that: for each batch, what the days or
// messages that it touches had is deleted and inserted anew.
type byHand struct {
	dir    string
	db     *sql.DB
	stream *stream
	files  int           // that are loaded
	built  time.Duration // what making the views took
}

// handView is a view kept by hand: the condition on its rows that a batch
// replaces, and its query for them. $from and $to are the days that it touches.
type handView struct{ name, delete, query string }

// What a batch narrows a view's query to.
const (
	ofDays     = "s.sent_at >= $from AND s.sent_at < $to"
	ofMessages = "message_id IN (SELECT message_id FROM new_deliveries)"
)

// handViews are the views of the sms example, in the order of their building.
// Those that have no day are computed anew.
var handViews = []handView{
	{"last_status", ofMessages, `SELECT message_id, status, reported_at FROM deliveries WHERE ` + ofMessages + `
		QUALIFY row_number() OVER (PARTITION BY message_id ORDER BY reported_at DESC, status) = 1`},
	{"delivery", "day >= $from AND day < $to", `SELECT c.campaign_type, CAST(s.sent_at AS DATE) AS day, d.status, count(*) AS messages
		FROM sends s JOIN campaigns c ON c.campaign_id = s.campaign_id LEFT JOIN deliveries d ON d.message_id = s.message_id
		WHERE ` + ofDays + ` GROUP BY 1, 2, 3`},
	{"delivery_rate", "day >= $from AND day < $to", `SELECT c.campaign_type, CAST(s.sent_at AS DATE) AS day, count(*) AS sent,
		count(*) FILTER (l.status = 'delivered') AS delivered, count(*) FILTER (l.status IN ('failed', 'rejected')) AS failed,
		round(100.0 * delivered / sent, 2) AS delivery_rate
		FROM sends s JOIN campaigns c ON c.campaign_id = s.campaign_id LEFT JOIN last_status l ON l.message_id = s.message_id
		WHERE ` + ofDays + ` GROUP BY 1, 2`},
	{"click_through", "day >= $from AND day < $to", `SELECT c.campaign_type, CAST(s.sent_at AS DATE) AS day, count(*) AS delivered,
		count(o.message_id) AS clicked, coalesce(sum(o.clicks), 0) AS clicks, round(100.0 * clicked / delivered, 2) AS click_through_rate
		FROM sends s JOIN campaigns c ON c.campaign_id = s.campaign_id
		JOIN last_status l ON l.message_id = s.message_id AND l.status = 'delivered'
		LEFT JOIN (SELECT message_id, count(*) AS clicks FROM clicks GROUP BY 1) o ON o.message_id = s.message_id
		WHERE ` + ofDays + ` GROUP BY 1, 2`},
	{"reply_rate", "day >= $from AND day < $to", `SELECT c.campaign_type, CAST(s.sent_at AS DATE) AS day, count(*) AS sent,
		count(a.message_id) AS answered, coalesce(sum(a.stop), 0) AS opted_out, round(100.0 * answered / sent, 2) AS reply_rate
		FROM sends s JOIN campaigns c ON c.campaign_id = s.campaign_id
		LEFT JOIN (SELECT in_reply_to AS message_id, max(CASE WHEN upper(trim(body)) = 'STOP' THEN 1 ELSE 0 END) AS stop
			FROM received WHERE in_reply_to IS NOT NULL GROUP BY 1) a ON a.message_id = s.message_id
		WHERE ` + ofDays + ` GROUP BY 1, 2`},
	{"scorecard", "true", `SELECT d.campaign_type, count(*) AS days, sum(d.sent) AS sent, sum(d.delivered) AS delivered, sum(k.clicked) AS clicked,
		sum(r.answered) AS answered, round(100.0 * sum(d.delivered) / sum(d.sent), 1) AS delivery_rate,
		round(100.0 * sum(k.clicked) / sum(d.delivered), 1) AS click_through_rate, round(100.0 * sum(r.answered) / sum(d.sent), 1) AS reply_rate
		FROM delivery_rate d LEFT JOIN click_through k ON k.campaign_type = d.campaign_type AND k.day = d.day
		LEFT JOIN reply_rate r ON r.campaign_type = d.campaign_type AND r.day = d.day
		WHERE d.campaign_type IS NOT NULL GROUP BY 1 HAVING sum(d.delivered) > 0`},
	{"countries", "true", `SELECT c.country, count(*) AS customers,
		count(*) FILTER (c.customer_id IN (SELECT customer_id FROM sends)) AS reached,
		count(*) FILTER (c.customer_id IN (SELECT customer_id FROM received)) AS active FROM customers c GROUP BY 1`},
	{"mv_spend", "true", `SELECT c.campaign_type, count(*) AS messages, sum(CAST(substring(s.price, 2) AS DOUBLE)) AS spend
		FROM sends s JOIN campaigns c ON c.campaign_id = s.campaign_id GROUP BY 1`},
	{"days", "day >= $from AND day < $to", `SELECT day, sum(sent) AS sent, sum(received) AS received, sum(clicks) AS clicks FROM (
		SELECT CAST(s.sent_at AS DATE) AS day, 1 AS sent, 0 AS received, 0 AS clicks FROM sends s WHERE ` + ofDays + `
		UNION ALL SELECT CAST(received_at AS DATE), 0, 1, 0 FROM received WHERE received_at >= $from AND received_at < $to
		UNION ALL SELECT CAST(clicked_at AS DATE), 0, 0, 1 FROM clicks WHERE clicked_at >= $from AND clicked_at < $to) GROUP BY 1`},
	{"daily", "true", `SELECT day, sent, received, clicks, sum(sent) OVER (PARTITION BY date_trunc('month', day) ORDER BY day
		ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS sent_this_month FROM days`},
}

// touchedDays are the first day that a batch touches, and the one after the last.
const touchedDays = `SELECT CAST(min(day) AS VARCHAR), CAST(CAST(max(day) + INTERVAL 1 DAY AS DATE) AS VARCHAR) FROM (
	SELECT CAST(sent_at AS DATE) AS day FROM new_sends
	UNION ALL SELECT CAST(received_at AS DATE) FROM new_received
	UNION ALL SELECT CAST(clicked_at AS DATE) FROM new_clicks
	UNION ALL SELECT CAST(sent_at AS DATE) FROM sends WHERE message_id IN (
		SELECT message_id FROM new_deliveries UNION ALL SELECT message_id FROM new_clicks UNION ALL SELECT in_reply_to FROM new_received))`

// openByHand makes a new file in a folder, with the rows that a stream has, and
// the views.
func openByHand(ctx context.Context, dir string, s *stream) (_ *byHand, err error) {
	if err := os.RemoveAll(dir); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	db, err := sql.Open("duckdb", filepath.Join(dir, "hand.duckdb"))
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1) // temporary tables belong to a connection
	h := &byHand{dir: dir, db: db, stream: s}
	defer func() {
		if err != nil {
			h.close()
		}
	}()
	settings := []string{fmt.Sprintf("SET memory_limit = '%dB'", duckdb.ThreadMemory*runtime.GOMAXPROCS(0)),
		"SET preserve_insertion_order = false"}
	if err := h.exec(ctx, settings...); err != nil {
		return nil, err
	}
	if err := h.load(ctx); err != nil {
		return nil, err
	}
	lap := stopwatch()
	everything := strings.NewReplacer("$from", "DATE '1900-01-01'", "$to", "DATE '9999-01-01'", ofMessages, "true")
	for _, v := range handViews {
		if err := h.exec(ctx, fmt.Sprintf("CREATE TABLE %s AS %s", v.name, everything.Replace(v.query))); err != nil {
			return nil, err
		}
	}
	err = h.exec(ctx, "CHECKPOINT")
	h.built = lap()
	return h, err
}

func (h *byHand) close() {
	h.db.Close()
	os.RemoveAll(h.dir)
}

func (h *byHand) exec(ctx context.Context, statements ...string) error {
	for _, s := range statements {
		if _, err := h.db.ExecContext(ctx, s); err != nil {
			return fmt.Errorf("%s: %w", s, err)
		}
	}
	return nil
}

// load adds the rows of the files that are new to the tables, and leaves them in
// tables of the batch as well.
func (h *byHand) load(ctx context.Context) error {
	for _, t := range h.stream.tables {
		from := h.files
		if t.fixed > 0 {
			if from > 0 {
				continue
			}
			if err := h.exec(ctx, fmt.Sprintf("CREATE TABLE %s AS FROM read_parquet('%s')", t.name, h.stream.file(t.name, 0))); err != nil {
				return err
			}
			continue
		}
		var files []string
		for i := from; i < h.stream.files; i++ {
			files = append(files, "'"+h.stream.file(t.name, i)+"'")
		}
		rows := fmt.Sprintf("FROM read_parquet([%s])", strings.Join(files, ", "))
		if err := h.exec(ctx, fmt.Sprintf("CREATE TABLE IF NOT EXISTS %s AS %s LIMIT 0", t.name, rows), fmt.Sprintf("INSERT INTO %s %s", t.name, rows)); err != nil {
			return err
		}
		if from > 0 {
			if err := h.exec(ctx, fmt.Sprintf("CREATE OR REPLACE TEMP TABLE new_%s AS %s", t.name, rows)); err != nil {
				return err
			}
		}
	}
	h.files = h.stream.files
	return h.exec(ctx, "CHECKPOINT")
}

// refresh brings the views up to date with the batch that was loaded last, and
// makes a checkpoint.
func (h *byHand) refresh(ctx context.Context) (r refreshed, err error) {
	syscall.Sync()
	whole, lap := stopwatch(), stopwatch()
	if err := h.exec(ctx, "BEGIN"); err != nil {
		return r, err
	}
	var from, to string
	if err := h.db.QueryRowContext(ctx, touchedDays).Scan(&from, &to); err != nil {
		return r, err
	}
	lap()
	batch := strings.NewReplacer("$from", "DATE '"+from+"'", "$to", "DATE '"+to+"'")
	for _, v := range handViews {
		err := h.exec(ctx, fmt.Sprintf("DELETE FROM %s WHERE %s", v.name, batch.Replace(v.delete)),
			fmt.Sprintf("INSERT INTO %s %s", v.name, batch.Replace(v.query)))
		if err != nil {
			return r, err
		}
		r.views = append(r.views, pipeline.ViewResult{Name: schema.Name{Name: v.name}, Seconds: lap().Seconds()})
	}
	if err := h.exec(ctx, "COMMIT"); err != nil {
		return r, err
	}
	r.tick = whole()
	err = h.exec(ctx, "CHECKPOINT")
	r.checkpoint = whole()
	return r, err
}

// same compares a view with the one that a project keeps: the columns that are no
// fractions, which are rounded in other ways.
func (h *byHand) same(ctx context.Context, s *site, view *schema.Table) error {
	var columns []schema.Column
	for _, c := range view.Columns {
		if !c.Type.IsNumeric() || c.Type.IsInteger() {
			columns = append(columns, c)
		}
	}
	var hand string
	if err := h.db.QueryRowContext(ctx, contentsQuery(view.Name.Name, columns)).Scan(&hand); err != nil {
		return err
	}
	kept, err := s.read(ctx, contentsQuery(view.Name.String(), columns))
	if err != nil {
		return err
	}
	return same("the view "+view.Name.String()+" kept by hand", hand, kept.exact)
}
