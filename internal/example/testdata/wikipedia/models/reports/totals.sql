/* @doc All edits and users. */
SELECT COUNT(*) AS edits, COUNT(DISTINCT user_name) AS users FROM wikipedia.edits
