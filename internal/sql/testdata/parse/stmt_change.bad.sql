--- a word that begins no statement
updat t set a = 1

--- a word unlike any
frobnicate t

--- a name where a statement has to begin
"select" a

--- insert without into
insert t values (1)

--- insert without rows
insert into t (a, b)

--- value for values
insert into t value (1)

--- rows without parentheses
insert into t values 1, 2

--- trailing comma in a row
insert into t values (1, 2,)

--- trailing comma after a row
insert into t values (1), (2),

--- trailing comma in the columns
insert into t (a, b,) values (1, 2)

--- missing comma in the columns
insert into t (a b) values (1, 2)

--- default values for some columns
insert into t (a) default values

--- default alone
insert into t default

--- alias of the target
insert into t x values (1)

--- default outside of insert
select default

--- default in an expression
insert into t values (1 + default)

--- with before insert
with a as (select 1) insert into t select * from a

--- on conflict
insert into t values (1) on conflict do nothing

--- returning
insert into t values (1) returning id

--- four parts
insert into a.b.c.d values (1)

--- update without set
update t a = 1

--- set without a column
update t set where a = 1

--- trailing comma in set
update t set a = 1, where b = 2

--- set of a qualified column
update t set t.a = 1

--- set of several columns at once
update t set (a, b) = (1, 2)

--- set with two equals signs
update t set a == 1

--- update with a join
update t join u on t.a = u.a set b = 1

--- update with a join behind set
update t set b = 1 join u on t.a = u.a

--- delete of columns
delete a, b from t

--- delete star
delete * from t

--- delete without a table
delete from where a = 1

--- delete with a join
delete from t join u on t.a = u.a

--- delete in order
delete from t order by a limit 5

--- merge without into
merge t using s on t.a = s.a remove duplicates

--- merge with an alias of the target
merge into t as x using s on x.a = s.a remove duplicates

--- merge from a query
merge into t using (select 1 as a) s on t.a = s.a remove duplicates

--- merge without a condition
merge into t using s when matched then delete

--- merge without an action
merge into t using s on t.a = s.a

--- merge with one when
merge into t using s on t.a = s.a when matched then delete

--- merge with the other when
merge into t using s on t.a = s.a when not matched then insert values (1)

--- merge with a when twice
merge into t using s on t.a = s.a when matched then delete when matched then update set a = 1

--- merge with a condition of a when
merge into t using s on t.a = s.a when matched and s.b > 1 then delete when not matched then insert values (1)

--- merge that inserts what matches
merge into t using s on t.a = s.a when matched then insert values (1)

--- merge that updates what does not match
merge into t using s on t.a = s.a when matched then delete when not matched then update set a = 1

--- merge with remove alone
merge into t using s on t.a = s.a remove

--- several tables to truncate
truncate a, b

--- several errors of one text
update t set a = ;
insert into t values (1;
delete from 'x';
drop tabel t
