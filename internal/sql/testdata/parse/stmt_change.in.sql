--- insert rows
insert into sms.sends (send_id, campaign, sent_at, retries) values (1, 'welcome', getdate(), default), (2, 'winter sale for everybody', null, 3)

--- insert a query
insert into market.archive select * from market.orders

--- insert into parentheses
insert into t (select 1)

--- insert with a common table expression
insert into reports.active with recent as (select user_id from web.events where at > getdate() - interval '7 days') select user_id, count(*) from recent group by 1

--- insert nothing given
insert into audit.runs default values

--- update
update crm.users set city = 'Utrecht', seen = default

--- update from others
update crm.users as u set segment = s.name, updated_at = getdate(), score = (select max(score) from crm.scores c where c.user_id = u.user_id) from crm.segments s join crm.rules r on r.segment_id = s.segment_id where u.score between r.low and r.high

--- delete
with gone as (select user_id from crm.optouts) delete crm.users u using gone, crm.segments s where u.user_id = gone.user_id and u.segment = s.name

--- merge
merge into crm.users using staging.users s on users.user_id = s.user_id when matched then update set city = s.city, score = s.score + 1 when not matched then insert (user_id, city, score) values (s.user_id, s.city, 0)

--- merge that deletes
merge into stock using moved on stock.sku = moved.sku when not matched then insert values (moved.sku, default) when matched then delete

--- merge without whens
merge into stock using moved as m on stock.sku = m.sku remove duplicates

--- insert rows in parentheses
insert into t (values (1), (2) limit 1) union all select 3

--- insert into a column named values
insert into t (values) values (1)
