--- a grant
grant select, insert, temp on sales to ana, group analysts

--- a long grant
grant select (sale_id, amount, currency), update (state, note) on shop.sales, shop.refunds to ana with grant option, role reporting, group analysts, public

--- a revoke
revoke grant option for all privileges on all tables in schema shop, web from role loader cascade

--- a role that may be assumed
grant assumerole on 'arn:aws:iam::1:role/a' to ana for copy, external function

--- default privileges
alter default privileges for user etl in schema shop grant select on tables to group analysts

--- a user
create user ana with password 'it''s \\ "secret"' createdb in group a, b valid until '2027-01-01' connection limit unlimited

--- a policy
create rls policy shop.own_region with (region char(2), opened date) r using (r.region in (select region from user_regions where user_name = current_user))

--- a mask
attach masking policy hide on shop.users (email, props.phones[0]) using (email, props.phones[0]) to role support priority 30
