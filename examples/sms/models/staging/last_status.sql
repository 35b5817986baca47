/*
 * @every 5m
 * @key   message_id
 * @doc   The last status of each message that a carrier reported on. Carriers
 *        report in steps, repeat themselves, and try again after a failure.
 */
SELECT message_id, status, reported_at
FROM smslogs.deliveries
QUALIFY
  row_number() OVER (PARTITION BY message_id ORDER BY reported_at DESC, status) = 1
