--- delivery by campaign type and day
SELECT c.campaign_type, TRUNC(s.sent_at) AS day, d.status, COUNT(*) AS messages
FROM smslogs.sends s
JOIN smslogs.campaigns c ON c.campaign_id = s.campaign_id
LEFT JOIN smslogs.deliveries d ON d.message_id = s.message_id
GROUP BY 1, 2, 3

--- delivery rate
SELECT campaign_type, day,
       SUM(CASE WHEN status = 'delivered' THEN messages ELSE 0 END)::float / NULLIF(SUM(messages), 0) AS delivery_rate
FROM reports.delivery
GROUP BY campaign_type, day
ORDER BY day DESC, delivery_rate

--- click-through rate
WITH clicked AS (SELECT DISTINCT message_id FROM smslogs.clicks)
SELECT s.campaign_id, COUNT(c.message_id) * 100.0 / COUNT(*) AS ctr
FROM smslogs.sends s LEFT JOIN clicked c USING (message_id)
GROUP BY s.campaign_id HAVING COUNT(*) >= 100

--- a file header before the query
/*
 * @schema reports
 * @every  5m
 */
select 1 as one

--- the sum of a substring
select sum(substring(amount, 2)) as total from billing.payments;

--- sessions by the gap between rows
select user_id, event_at,
  sum(case when event_at - prev <= interval '10 seconds' then 0 else 1 end)
    over (partition by user_id order by event_at rows unbounded preceding) as session_number
from (select user_id, event_at, lag(event_at) over (partition by user_id order by event_at) as prev from web.events) e

--- the latest row of each key
select * from (select t.*, row_number() over (partition by id order by updated_at desc) as rn from src.t) where rn = 1

--- the latest row of each key, by qualify
select * exclude (rn) from src.t qualify row_number() over (partition by id order by updated_at desc) = 1

--- retention by cohort
with first_seen as (select user_id, date_trunc('month', min(seen_at)) as cohort from web.visits group by user_id)
select f.cohort, datediff(month, f.cohort, date_trunc('month', v.seen_at)) as months_later, count(distinct v.user_id) as users
from first_seen f join web.visits v on v.user_id = f.user_id
group by 1, 2 order by 1, 2

--- running total
select day, revenue, sum(revenue) over (order by day rows between unbounded preceding and current row) as running from daily

--- moving average
select day, avg(revenue) over (order by day rows between 6 preceding and current row) as week_avg from daily

--- share of the total
select name, revenue / sum(revenue) over () as share, ratio_to_report(revenue) over (partition by region) from sales

--- top three of each group
select region, name from (select region, name, dense_rank() over (partition by region order by revenue desc) r from sales) s where s.r <= 3

--- gaps in a sequence
select a.id + 1 as gap_start from t a where not exists (select null from t b where b.id = a.id + 1)

--- anti join
select a.* from a left join b on a.id = b.id where b.id is null

--- correlated subquery
select c.id, (select max(o.created_at) from orders o where o.customer_id = c.id) as last_order from customers c

--- pivot by case
select customer_id, sum(case when channel = 'web' then 1 else 0 end) as web, sum(case when channel = 'app' then 1 else 0 end) as app from visits group by customer_id

--- fields of json text
select json_extract_path_text(payload, 'campaign', 'id')::int as campaign_id, json_array_length(json_extract_path_text(payload, 'items')) from logs

--- dates
select dateadd(day, -7, getdate()), datediff(minute, started_at, nvl(ended_at, sysdate)), last_day(current_date), to_char(d, 'YYYY-MM-DD'), extract(dow from d), date_part('week', d) from t

--- time zones
select convert_timezone('UTC', 'Europe/Berlin', created_at), created_at at time zone 'UTC' from t

--- text
select initcap(trim(both ' ' from name)), split_part(email, '@', 2), replace(phone, '-', ''), regexp_replace(x, '[^0-9]', ''), len(y), upper(left(z, 1)) || substring(z, 2) from t

--- a regular expression with backslashes
select regexp_substr(url, '\\d+\\.\\d+') from t where url ~ '^https?://'

--- buckets
select case when amount < 10 then '0-10' when amount between 10 and 100 then '10-100' else '100+' end as bucket, count(*) from t group by 1

--- listagg of tags
select id, listagg(distinct label, ',') within group (order by label) as tags from t group by id

--- a date spine
with recursive days (d) as (select date '2026-01-01' union all select dateadd(day, 1, d)::date from days where d < date '2026-01-31') select d from days

--- differences between two tables
(select * from a except select * from b) union all (select * from b except select * from a)

--- full outer join with coalesce
select coalesce(a.id, b.id) as id, nvl(a.x, 0) + nvl(b.x, 0) as x from a full join b on a.id = b.id

--- lateral alias
select price * quantity as gross, gross * 0.19 as tax from lines

--- latest by join on max
select t.* from t join (select id, max(version) as version from t group by id) m on m.id = t.id and m.version = t.version

--- medians
select region, median(amount), percentile_cont(0.9) within group (order by amount), approximate percentile_disc(0.99) within group (order by amount) from t group by region

--- approximate distinct
select approximate count(distinct user_id) from web.events where event_at >= '2026-01-01' and event_at < '2026-02-01'

--- having without group
select count(*) from t having count(*) > 0

--- union of many
select 1 union all select 2 union all select 3 union all select 4 union all select 5

--- in with a list of strings
select * from t where lower(country) in ('de', 'at', 'ch') and created_at::date = current_date - 1

--- semi join
select * from customers where id in (select customer_id from orders where created_at > dateadd(month, -1, current_date))

--- conditional join
select * from a join b on a.x = b.x and (b.valid_to is null or a.at between b.valid_from and b.valid_to)

--- several joins of one table
select m.id, s.name as sender, r.name as receiver from messages m left join users s on s.id = m.sender_id left join users r on r.id = m.receiver_id

--- customer health
select t.customer_id, 0.4 * t.csat + 0.3 * e.engagement + 0.3 * least(l.ltv / 1000, 1) as health from support.csat t join web.engagement e using (customer_id) join billing.ltv l using (customer_id) where health is not null order by health nulls first limit 50

--- sessions per bot and channel
select bot_id, channel, count(distinct session_id) as sessions, count(*)::decimal(18, 2) / count(distinct session_id) as messages_per_session from chat.message_sessions group by grouping sets ((bot_id, channel), (bot_id), ())

--- names in quotes from a spreadsheet
select "Order ID", "Unit Price (€)" * "Qty" as "Total" from "import"."Sheet 1"

--- unpivoting a wide table
select id, metric, value from (select id, clicks, views from stats) unpivot (value for metric in (clicks, views)) as u

--- arrays in a document
select o.id, i.sku, i.qty::int from shop.orders o, o.doc.items i where i.qty > 1 and o.doc.lines[0].sku is not null

--- comparisons of pairs
select * from a where (x, y) in (select x, y from b) and (x, y) <> (1, 2)

--- greatest and least
select greatest(a, b, c), least(a, b, c), nullif(a, b), decode(a, 1, 'one', 2, 'two', 'many') from t

--- bits of flags
select flags & 4 = 4, (flags | 1) # 2, flags >> 2 & 1 from t

--- negative numbers
select -1, - 1, 1 - -1, abs(-1), -(1), x - -1 from t where y > -5 and z in (-1, -2)

--- windows over aggregates
select region, sum(amount), sum(sum(amount)) over (order by region), rank() over (order by sum(amount) desc) from sales group by region

--- first and last value
select distinct user_id, first_value(page ignore nulls) over (partition by user_id order by at rows between unbounded preceding and unbounded following) as landing from visits

--- ntile
select quartile, min(amount), max(amount) from (select amount, ntile(4) over (order by amount) as quartile from sales) group by quartile order by quartile

--- exists in a case
select id, case when exists (select 1 from refunds r where r.order_id = o.id) then 'refunded' else 'kept' end from orders o

--- boolean columns
select is_active, not is_deleted and is_verified, count(*) from users group by is_active, 2

--- concatenation with nulls
select nvl(first_name, '') || ' ' || nvl(last_name, '') as name from users where first_name || last_name is not null

--- comments everywhere
select /* the id */ id -- trailing
     , name /* the name */
from /* where it is */ t -- no alias
where /* always */ true

--- like with underscore
select * from t where name like '\\_%' or name not ilike '%test%' or name similar to '(a|b)%'

--- dates in between
select * from t where created_at between '2026-01-01' and '2026-01-31 23:59:59' and day not between date '2026-01-10' and date '2026-01-12'

--- arithmetic on dates
select current_date - 7, d2 - d1, ts + interval '1 hour', ts - interval '30' minute, trunc(ts) from t

--- set operations in a subquery
select count(*) from (select id from a intersect select id from b minus select id from c) x

--- order by an expression
select name from t order by case when name = 'other' then 1 else 0 end, lower(name)

--- offset without order
select * from t limit 10 offset 0

--- casting chain
select (x::varchar || 'px')::varchar(10), x::decimal(10, 2)::varchar, ('0' || m::int)::char(3) from t

--- hash of several columns
select md5(a || '|' || b), sha2(c, 256), func_sha1(d), strtol('ff', 16) from t

--- nested with
with a as (with b as (select 1 as x) select x from b) select * from a where x in (with c as (select 1) select * from c)

--- tables of another database
select * from prod.public.users u join dev.public.users d on u.id = d.id

--- counting distinct pairs
select count(distinct a || '-' || b), count(distinct case when x then y end) from t
