/*
 * @kind         sessions
 * @partition-by bot_id, channel, user_id
 * @order-by     sent_at
 * @gap          10s
 * @key          message_id
 * @sort         sent_at
 * @dist         bot_id
 * @doc          One row for each message, with the session it belongs to: a user
 *               who is silent for more than ten seconds begins another one. The
 *               ids stay right when rows arrive late.
 */
SELECT
  message_id,
  bot_id,
  channel,
  user_id,
  sent_at,
  direction,
  intent,
  len(body) AS body_length
FROM chat.messages
