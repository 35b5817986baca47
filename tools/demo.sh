#!/usr/bin/env bash
# What make demo shows: files become reports. A second time it finds nothing
# new to load, and shows the same reports.
set -euo pipefail
cd "$(dirname "$0")/.."

show() { # TITLE SQL
	printf '\n%s\n\n' "$1"
	bin/atoll query --quiet -C demo "$2"
}

[[ -f demo/atoll.yaml ]] || bin/atoll init demo --example sms
bin/atoll run -C demo

show "Delivery by campaign type, on the last days" "
	SELECT campaign_type, day, sent, delivered, failed, delivery_rate
	FROM reports.delivery_rate
	ORDER BY day DESC, campaign_type
	LIMIT 12"
show "Click-through by campaign type, on the last days" "
	SELECT campaign_type, day, delivered, clicked, click_through_rate
	FROM reports.click_through
	ORDER BY day DESC, campaign_type
	LIMIT 12"

cat <<'NEXT'

Try next:
  bin/atoll status -C demo                 how current each table and view is
  bin/atoll lineage -C demo reports.click_through
  bin/atoll query -C demo 'SELECT * FROM reports.scorecard'
  bin/atoll check -C demo                  what each view's columns, types and plan are
  $EDITOR demo/models/reports/delivery.sql, then bin/atoll run -C demo
NEXT
