/*
 * @key bot_id
 * @doc The bots, each with the year it went live.
 */
SELECT bot_id, bot_name, company, launched, EXTRACT(year FROM launched) AS launch_year
FROM directory.bots
