-- Tables, views and materialized views that go.
DROP TABLE staging_orders;
DROP TABLE IF EXISTS public.orders_old, public.orders_older CASCADE;
drop table #picked restrict;
DROP VIEW reports.daily;
DROP VIEW IF EXISTS reports.daily, reports.weekly;
DROP MATERIALIZED VIEW IF EXISTS mv_sends CASCADE;

TRUNCATE staging_orders;
