/*
 * @kind         sessions
 * @partition-by user_name
 * @order-by     edited_at
 * @gap          30 minutes
 * @doc          Edits by visit.
 */
SELECT user_name, edited_at, page, added, deleted FROM wikipedia.edits
