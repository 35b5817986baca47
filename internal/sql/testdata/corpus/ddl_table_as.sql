CREATE TABLE reports.daily AS SELECT sent_at::date AS day, COUNT(*) AS n FROM sms.sends GROUP BY 1;
CREATE TEMP TABLE top_users AS (SELECT * FROM crm.users ORDER BY score DESC LIMIT 100);
CREATE TABLE #top (id, score) AS SELECT user_id, score FROM crm.users;
CREATE TABLE copies DISTSTYLE ALL AS SELECT * FROM crm.users;
CREATE TABLE copies BACKUP NO DISTKEY (user_id) SORTKEY (user_id, city) AS WITH u AS (SELECT * FROM crm.users) SELECT * FROM u;
CREATE TABLE pairs (a, b) INTERLEAVED SORTKEY (a, b) AS VALUES (1, 'x'), (2, 'y');
CREATE TABLE everyone DISTSTYLE EVEN AS SELECT user_id FROM a UNION ALL SELECT user_id FROM b;
