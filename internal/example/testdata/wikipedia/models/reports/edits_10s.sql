/*
 * @kind         sessions
 * @partition-by user_name
 * @order-by     edited_at
 * @gap          10 seconds
 * @doc          Edits in bursts.
 */
SELECT user_name, edited_at, page, added, deleted FROM wikipedia.edits
