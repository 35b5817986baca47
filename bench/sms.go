package main

import (
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"github.com/atolldata/atoll/examples"
)

// exampleModels are the models of an example project, as they are. Names, if
// there are any, are those that are taken.
func exampleModels(example string, names ...string) (map[string]string, error) {
	models := map[string]string{}
	err := fs.WalkDir(examples.Files, example+"/models", func(path string, entry fs.DirEntry, err error) error {
		name := strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
		if err != nil || entry.IsDir() || len(names) > 0 && !slices.Contains(names, name) {
			return err
		}
		text, err := fs.ReadFile(examples.Files, path)
		models[strings.TrimPrefix(path, example+"/")] = string(text)
		return err
	})
	return models, err
}

// smsTables are the tables of the sms example: for ten messages that are sent,
// eight rows of deliveries and one click. Carriers report within seconds, people
// click and answer within minutes. Customers are drawn, whatever the order of
// messages is.
func smsTables(customers int64) []streamTable {
	const (
		carrier = "2 - copy + (1 - copy) * draw(e, 'carrier', soon() // 100)" // the copy is an earlier report
		person  = "2 + draw(e, 'person', soon() - 2)"
	)
	customer := fmt.Sprintf("1 + draw(e, 'customer', %d) AS customer_id", customers)
	return []streamTable{
		{source: "smslogs", name: "sends",
			columns: "message_id: KEY, campaign_id: integer, customer_id: bigint, sent_at: timestamp, price: varchar(12), body: varchar(1600)",
			row: `key(e) AS message_id, CASE WHEN draw(e, 'campaign?', 100) >= 6 THEN CAST(1 + draw(e, 'campaign', 24) AS INTEGER) END AS campaign_id,
				` + customer + `, moment(e) AS sent_at, '$0.00' || (75 + draw(e, 'price', 7)) AS price,
				'Hello, your order ' || e || ' is on its way' AS body`},
		{source: "smslogs", name: "deliveries",
			columns: "message_id: KEY, status: varchar(20), reported_at: timestamp, carrier: varchar(20), error_code: smallint",
			row: `key(e) AS message_id, CASE WHEN copy = 1 THEN 'sent' WHEN draw(e, 'status', 20) = 0 THEN 'failed' ELSE 'delivered' END AS status,
				moment(e + ` + carrier + `) AS reported_at, 'north' AS carrier,
				CAST(CASE WHEN copy = 0 AND draw(e, 'status', 20) = 0 THEN 30001 END AS SMALLINT) AS error_code`,
			exists: "draw(e, 'reported', 100) < CASE copy WHEN 0 THEN 70 ELSE 10 END", copies: 2, after: carrier},
		{source: "smslogs", name: "clicks",
			columns: "message_id: KEY, clicked_at: timestamp, url: varchar(200)",
			row:     "key(e) AS message_id, moment(e + " + person + ") AS clicked_at, 'https://ex.example/' || (e % 100000) AS url",
			exists:  "draw(e, 'reported', 100) BETWEEN 5 AND 14", after: person},
		{source: "smslogs", name: "received",
			columns: "received_id: bigint, in_reply_to: KEY, customer_id: bigint, received_at: timestamp, body: varchar(1600)",
			row: `e AS received_id, CASE WHEN draw(e, 'reply', 1000) < 30 THEN key(e) END AS in_reply_to, ` + customer + `,
				moment(e + ` + person + `) AS received_at, CASE draw(e, 'answer', 12) WHEN 0 THEN 'STOP' ELSE 'yes please' END AS body`,
			exists: "draw(e, 'reply', 1000) < 32", after: person},
		{source: "smslogs", name: "campaigns",
			columns: "campaign_id: integer, campaign_name: varchar(100), campaign_type: varchar(20), started: date",
			row: `CAST(1 + e AS INTEGER) AS campaign_id, 'Campaign ' || e AS campaign_name,
				CASE WHEN e < 23 THEN ['promotion', 'reminder', 'survey', 'alert', 'welcome'][1 + e % 5] END AS campaign_type, DATE '2025-01-01' AS started`,
			fixed: 24},
		{source: "crm", name: "customers",
			columns: "customer_id: bigint, name: varchar(120), country: char(2), signed_up: date",
			row: `1 + e AS customer_id, 'Customer ' || e AS name, ['US', 'DE', 'FR', 'JP', 'BR'][1 + draw(e, 'country', 5)] AS country,
				DATE '2024-01-01' AS signed_up`,
			fixed: customers},
	}
}
