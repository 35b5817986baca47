/*
 * How many messages arrive.
 *
 * @schema reports
 * @name   Delivery
 * @every  5m
 * @doc    Messages by campaign type, day
 *         and status, for the morning report.
 *
 * This line is a remark.
 * @owner  reporting@example.com
 * @tags   daily, sms
 * @key    campaign_type, day
 * @sort   day
 * @dist   Campaign_Type
 * @refresh incremental
 */
SELECT 1
