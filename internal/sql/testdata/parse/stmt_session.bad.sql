--- prepare without as
prepare q select 1

--- prepare what cannot be prepared
prepare q as truncate t

--- prepare with an unknown type
prepare q (strng) as select $1

--- execute with nothing in parentheses
execute q ()

--- deallocate nothing
deallocate

--- a cursor that scrolls
declare c scroll cursor for select 1

--- a cursor that is held
declare c cursor with hold for select 1

--- a cursor for what is no query
declare c cursor for delete from t

--- fetch backwards
fetch prior from c

--- fetch without from
fetch c

--- fetch from nothing
fetch all from

--- begin with an unknown level
begin isolation level dirty

--- begin with a level twice
begin isolation level serializable isolation level serializable

--- start without transaction
start

--- read without only
begin read

--- savepoint without a name
savepoint

--- set without to
set query_group 'x'

--- set without a value
set query_group to

--- set a reserved word
set search_path to public, select

--- set transaction without a mode
set transaction

--- reset nothing
reset

--- explain analyze
explain analyze select 1

--- explain what has no plan
explain truncate t

--- lock without a table
lock table

--- cancel without a number
cancel 'abc'

--- use a string
use 'dev'

--- explain of a table without a query
explain create table t (a int)

--- show without a name
show table
