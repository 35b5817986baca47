-- Tables, views and materialized views that go.
DROP TABLE staging_orders;
DROP TABLE IF EXISTS public.orders_old, public.orders_older CASCADE;
drop table #picked restrict;
DROP VIEW reports.daily;
DROP VIEW IF EXISTS reports.daily, reports.weekly;
DROP MATERIALIZED VIEW IF EXISTS mv_sends CASCADE;

TRUNCATE staging_orders;
TRUNCATE TABLE sms.staging_sends;
TRUNCATE shop.public.staging_sends;
DROP TABLE a, b, c;
DROP TABLE shop.public.orders;
DROP TABLE IF EXISTS sms.sends RESTRICT;
DROP VIEW IF EXISTS reports.daily CASCADE;
DROP VIEW a, reports.b RESTRICT;
DROP MATERIALIZED VIEW mv_sends;
DROP MATERIALIZED VIEW IF EXISTS reports.mv_sends, reports.mv_clicks RESTRICT;
DROP SCHEMA IF EXISTS reports RESTRICT;
DROP SCHEMA a, b CASCADE;
DROP SCHEMA IF EXISTS lake DROP EXTERNAL DATABASE CASCADE;
DROP EXTERNAL VIEW awsdatacatalog.web.recent IF EXISTS;
