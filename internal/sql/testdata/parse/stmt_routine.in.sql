--- a procedure
create or replace procedure load_day(in day date, n out int) nonatomic as 'begin
  n := 1; -- it''s one
end;' language plpgsql security definer set search_path to shop

--- a body with dollar signs
create procedure p() as $x$ begin execute $$ select 1 $$; end; $x$ language plpgsql

--- a function
create function f_net(price float, rate float) returns float language sql immutable as $$ select $1 * (1 - $2) $$

--- an external function
create external function score(user_id bigint, text varchar(4000)) returns super stable lambda 'score-text' iam_role default max_batch_size 1 mb

--- a call
call shop.load_day('2026-01-31', dateadd(day, 1, current_date))

--- grants
show grants on table shop.sales for role reporting limit 10

--- policies
show masking policies on table shop.users for public

--- catalogue
show databases from data catalog account '1', '2' like 'x%' iam_role default limit 3

--- datashare
alter datashare d add function shop.net(float, float), shop.dice()
