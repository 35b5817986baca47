--- grant an unknown privilege
grant selct on sales to ana

--- grant without on
grant select sales to ana

--- grant from
grant select on sales from ana

--- revoke to
revoke select on sales to ana

--- grant to nobody
grant select on sales to

--- grant to a string
grant select on sales to 'ana'

--- trailing comma in privileges
grant select, on sales to ana

--- trailing comma in grantees
grant select on sales to ana,

--- all of what
grant select on all table in schema shop to ana

--- columns without an end
grant select (name, city on users to ana

--- a scope without in
grant select for tables to ana

--- a scope in what
grant select for tables in shop to ana

--- assume a role for what
grant assumerole on all to ana for load

--- an option that is half
grant select on sales to ana with grant

--- default privileges on one table
alter default privileges grant select on sales to ana

--- default privileges without grant
alter default privileges in schema shop select on tables to ana

--- a user without a name
create user password 'hunter2'

--- an unknown option of a user
create user ana pasword 'hunter2'

--- a password without quotes
create user ana password hunter2

--- a password in double quotes
create user ana password "hunter2"

--- a password with typographic quotes
create user ana password ‘hunter2’

--- a password that is not closed
create user ana password 'hunter2

--- a password with a quote in it
create user ana password 'hun'ter2'

--- an option behind the password that is wrong
create user ana password 'hunter2' connection limit many

--- an option on the next line
create user ana password 'hunter2'
  createdb creatdb

--- two passwords
alter user ana password 'hunter2' password 'hunter3'

--- a password where create is misspelt
crate user ana password 'hunter2'

--- a password where user is misspelt
create usr ana password 'hunter2'

--- a mistake and a password on one line
select a, from t; create user ana password 'hunter2'

--- alter user without a change
alter user ana

--- alter user into a string
alter user ana rename to 'anna'

--- a group with a user list that ends in a comma
create group g with user ana,

--- alter group with an unknown change
alter group g append user ana

--- alter role with an unknown change
alter role r set x to 1

--- drop an unknown thing
drop usr ana

--- an rls policy without a condition
create rls policy p with (a int)

--- a masking policy without columns
create masking policy p using (1)

--- a policy's column without a type
create masking policy p with (a) using (a)

--- attach to a group
attach rls policy p on t to group g

--- attach what is no policy
attach policy p on t to ana

--- detach to
detach masking policy p on t (a) to ana

--- mask no columns
attach masking policy p on t to public

--- a privilege on nothing
grant select, create user to ana

--- assume a role for nothing
grant assumerole on all to ana
