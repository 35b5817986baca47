--- a prepared statement
prepare recent (date, int) as select sale_id from sales where sold_on >= $1 order by sold_on desc limit $2

--- a cursor
declare c cursor for select sale_id, user_id, amount, currency, sold_at from sales where sold_on >= '2026-01-01'

--- fetch some
fetch 10 in c

--- begin
begin transaction read only isolation level serializable

--- savepoints
rollback transaction to before

--- a search path
set session search_path = '$user', "Web", public

--- the time zone
set time zone 'Europe/Vienna'

--- a parameter of several words
show transaction isolation level

--- explain
explain verbose select u.name, sum(s.amount) as amount from users u join sales s using (user_id) group by u.name
