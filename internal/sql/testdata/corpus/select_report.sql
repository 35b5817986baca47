-- Whole reports, as teams keep them.

-- Retention: of each month's new buyers, how many come back.
WITH firsts AS (
    SELECT user_id, date_trunc('month', min(sold_at)) AS cohort
    FROM sales GROUP BY user_id
), visits AS (
    SELECT DISTINCT s.user_id, f.cohort, datediff(month, f.cohort, s.sold_at) AS age
    FROM sales s JOIN firsts f USING (user_id)
), sizes AS (
    SELECT cohort, count(*) AS people FROM visits WHERE age = 0 GROUP BY cohort
)
SELECT v.cohort, v.age, count(*) AS back, round(100.0 * count(*) / max(z.people), 1) AS share
FROM visits v JOIN sizes z ON z.cohort = v.cohort
GROUP BY v.cohort, v.age ORDER BY v.cohort, v.age;

-- Recency, frequency and money, each in five classes.
SELECT user_id,
    ntile(5) OVER (ORDER BY max(sold_at)) AS recency,
    ntile(5) OVER (ORDER BY count(*)) AS frequency,
    ntile(5) OVER (ORDER BY sum(unit_price * quantity)) AS money,
    recency::varchar || frequency::varchar || money::varchar AS cell
FROM sales WHERE sold_at >= dateadd(year, -1, getdate()) GROUP BY user_id;

-- Products that are bought together.
SELECT a.product_id AS one, b.product_id AS other, count(DISTINCT a.user_id) AS buyers
FROM sales a JOIN sales b ON a.user_id = b.user_id AND a.product_id < b.product_id
    AND abs(datediff(day, a.sold_at, b.sold_at)) <= 1
GROUP BY 1, 2 HAVING count(DISTINCT a.user_id) >= 5 ORDER BY buyers DESC, one, other LIMIT 50;

-- Sessions of web events: a pause of more than half an hour starts one.
WITH marked AS (
    SELECT user_id, happened_at, url,
        CASE WHEN lag(happened_at) OVER (PARTITION BY user_id ORDER BY happened_at) IS NULL
               OR datediff(minute, lag(happened_at) OVER (PARTITION BY user_id ORDER BY happened_at), happened_at) > 30
             THEN 1 ELSE 0 END AS starts
    FROM web.events WHERE user_id IS NOT NULL
), numbered AS (
    SELECT *, sum(starts) OVER (PARTITION BY user_id ORDER BY happened_at ROWS UNBOUNDED PRECEDING) AS session FROM marked
)
SELECT user_id, session, min(happened_at) AS began, datediff(second, min(happened_at), max(happened_at)) AS seconds,
    count(*) AS views, count(DISTINCT split_part(url, '?', 1)) AS pages
FROM numbered GROUP BY user_id, session;

-- Islands: runs of days with at least one sale.
WITH days AS (SELECT DISTINCT trunc(sold_at) AS day FROM sales),
     runs AS (SELECT day, dateadd(day, -row_number() OVER (ORDER BY day)::int, day) AS island FROM days)
SELECT min(day) AS from_day, max(day) AS to_day, count(*) AS length FROM runs GROUP BY island ORDER BY length DESC, from_day;

-- The share of each category in its month, with the change to the month before.
SELECT month, category, revenue,
    round(100 * ratio_to_report(revenue) OVER (PARTITION BY month), 1) AS share,
    revenue - lag(revenue, 1) OVER (PARTITION BY category ORDER BY month) AS change
FROM (
    SELECT date_trunc('month', s.sold_at) AS month, nvl(p.category, 'none') AS category, sum(s.quantity * s.unit_price) AS revenue
    FROM sales s LEFT OUTER JOIN products p ON p.product_id = s.product_id GROUP BY 1, 2
) m ORDER BY month DESC, revenue DESC;

-- First reply and resolution times, with their tails.
SELECT priority, count(*) AS tickets,
    median(datediff(minute, opened_at, first_reply_at)) AS usual,
    percentile_cont(0.95) WITHIN GROUP (ORDER BY datediff(minute, opened_at, first_reply_at)) AS slow,
    sum(CASE WHEN datediff(minute, opened_at, nvl(first_reply_at, getdate())) > CASE priority WHEN 1 THEN 15 WHEN 2 THEN 60 ELSE 240 END THEN 1 ELSE 0 END) AS late
FROM support.tickets WHERE opened_at >= dateadd(day, -28, trunc(getdate())) GROUP BY priority ORDER BY priority;

-- What sellers are owed, with totals of groups.
SELECT nvl(parent.name, s.name) AS group_name, s.name, sum(p.gross - p.fee) AS owed, grouping(s.name) AS is_total
FROM market.payouts p JOIN market.sellers s ON s.seller_id = p.seller_id LEFT JOIN market.sellers parent ON parent.seller_id = s.parent_id
WHERE NOT p.paid GROUP BY ROLLUP (nvl(parent.name, s.name), s.name) ORDER BY group_name NULLS LAST, is_total, owed DESC;

-- Which message of a campaign came before a purchase.
SELECT c.name, count(DISTINCT s.phone) AS reached, count(DISTINCT sa.user_id) AS bought
FROM sms.campaigns c
JOIN sms.sends s ON s.campaign_id = c.campaign_id
JOIN sms.clicks k ON k.send_id = s.send_id
LEFT JOIN sales sa ON sa.coupon = upper(left(c.name, 6)) AND sa.sold_at BETWEEN k.clicked_at AND k.clicked_at + INTERVAL '2 days'
WHERE c.kind IN ('promo', 'winback') AND c.starts >= '2026-01-01' GROUP BY c.name HAVING count(DISTINCT s.phone) > 100;

-- Orders whose lines do not add up to their total.
SELECT o.order_id, o.total, l.amount, o.total - l.amount AS off_by
FROM market.orders o JOIN (SELECT order_id, sum(amount) AS amount FROM market.lines GROUP BY order_id) l ON l.order_id = o.order_id
WHERE abs(o.total - l.amount) > 0.01 AND o.state NOT IN ('draft', 'cancelled')
UNION ALL
SELECT o.order_id, o.total, NULL, o.total FROM market.orders o WHERE o.order_id NOT IN (SELECT order_id FROM market.lines) ORDER BY 4 DESC;

-- How bots and people share conversations, by topic and weekday.
SELECT topic, to_char(opened_at, 'Dy') AS weekday, count(*) AS conversations,
    sum(CASE WHEN people = 0 THEN 1 ELSE 0 END) AS bot_only, round(avg(bots::float / nullif(bots + people, 0)), 3) AS bot_share
FROM (
    SELECT c.conversation_id, c.topic, c.opened_at,
        count(CASE WHEN m.is_bot THEN 1 END) AS bots, count(CASE WHEN NOT m.is_bot THEN 1 END) AS people
    FROM chat.conversations c LEFT JOIN chat.messages m ON m.conversation_id = c.conversation_id
    GROUP BY c.conversation_id, c.topic, c.opened_at
) x GROUP BY 1, 2 ORDER BY 1, min(date_part(dow, opened_at));

-- A calendar of stores: days without sales where the store was open.
SELECT st.name, c.day FROM stores st CROSS JOIN calendar c
LEFT JOIN (SELECT store_id, trunc(sold_at) AS day FROM sales GROUP BY 1, 2) s ON s.store_id = st.store_id AND s.day = c.day
WHERE c.day BETWEEN st.opened AND current_date AND NOT c.is_holiday AND date_part(dow, c.day) <> 0 AND s.day IS NULL
ORDER BY st.name, c.day;

-- Prices as they were: the last change at or before each sale.
SELECT s.sale_id, p.price FROM sales s, (
    SELECT product_id, unit_price AS price, sold_at AS valid_from,
        lead(sold_at, 1) OVER (PARTITION BY product_id ORDER BY sold_at) AS valid_to FROM sales WHERE channel = 'pricelist'
) p WHERE p.product_id = s.product_id AND s.sold_at >= p.valid_from AND (s.sold_at < p.valid_to OR p.valid_to IS NULL);

-- Salaries against the department, and the three best paid of each.
SELECT dept, name, salary, round(salary / avg(salary) OVER (PARTITION BY dept), 2) AS ratio,
    dense_rank() OVER (PARTITION BY dept ORDER BY salary DESC NULLS LAST) AS place
FROM hr.staff WHERE hired <= add_months(current_date, -6) QUALIFY place <= 3 ORDER BY dept, place, name;

-- Duplicates, with the row to keep.
SELECT lower(trim(email)) AS mail, count(*) AS copies, min(user_id) AS keep, listagg(user_id::varchar, ', ') WITHIN GROUP (ORDER BY user_id) AS ids
FROM users WHERE email IS NOT NULL GROUP BY lower(trim(email)) HAVING count(*) > 1;

-- The funnel by operating system, in one pass.
SELECT d.os, count(DISTINCT CASE WHEN e.kind = 'view' THEN e.device_id END) AS saw,
    count(DISTINCT CASE WHEN e.kind = 'cart' THEN e.device_id END) AS put,
    count(DISTINCT CASE WHEN e.kind = 'purchase' THEN e.device_id END) AS paid,
    paid::decimal(12,4) / nullif(saw, 0) AS conversion
FROM web.events e INNER JOIN web.devices d ON d.device_id = e.device_id
WHERE e.happened_at >= dateadd(day, -7, current_timestamp) GROUP BY d.os;

-- Everything that is known of one user, by time.
SELECT 'sale' AS what, sold_at AS at, p.title AS detail FROM sales JOIN products p USING (product_id) WHERE user_id = 42
UNION ALL SELECT 'ticket', opened_at, subject FROM support.tickets WHERE user_id = 42
UNION ALL SELECT 'message', m.sent_at, left(m.body, 100) FROM chat.messages m WHERE m.sender_id = 42 AND NOT m.is_bot
UNION ALL SELECT 'event', happened_at AT TIME ZONE 'UTC', kind || ' ' || url FROM web.events WHERE user_id = 42
ORDER BY at DESC LIMIT 200;

-- Discounts in bands, with empty bands.
SELECT b.label, count(s.sale_id) AS sales, coalesce(sum(s.unit_price * s.quantity * (1 - s.discount)), 0) AS net
FROM (SELECT 0.0 AS low, 0.1 AS high, 'under 10 %' AS label UNION ALL SELECT 0.1, 0.25, '10 to 25 %' UNION ALL SELECT 0.25, 1.01, 'more') b
LEFT JOIN sales s ON s.discount >= b.low AND s.discount < b.high GROUP BY b.label, b.low ORDER BY b.low;

-- A check before publishing: each line must be zero.
SELECT 'sales without user' AS test, count(*) AS bad FROM sales s LEFT JOIN users u ON u.user_id = s.user_id WHERE u.user_id IS NULL
UNION ALL SELECT 'sales in the future', count(*) FROM sales WHERE sold_at > getdate()
UNION ALL SELECT 'returns over the price', count(*) FROM returns r JOIN sales s USING (sale_id) WHERE r.refunded > s.unit_price * s.quantity
UNION ALL SELECT 'two sales with one id', count(*) FROM (SELECT sale_id FROM sales GROUP BY sale_id HAVING count(*) > 1) d;
