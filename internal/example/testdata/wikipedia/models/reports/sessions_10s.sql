/* @doc Sessions with their first and last edit. */
SELECT user_name, MIN(edited_at) AS started_at, MAX(edited_at) AS ended_at, COUNT(*) AS edits, SUM(added) AS added
FROM reports.edits_10s
GROUP BY session_id, user_name
