-- What the embedded engine does not do as PostgreSQL does: the answers below are PostgreSQL's.
create table users (id int primary key, name text not null, age int, balance numeric(10,2))
= 0 rows
create table orders (id serial primary key, user_id int, amount numeric(12,2) check (amount > 0), note text default 'none')
= 0 rows
create table source (id int, v text, n int)
= 0 rows
insert into users values (1, 'a', 10, 1), (2, 'b', 20, 2)
= 2 rows
insert into source values (1, 'A', 5), (3, 'C', 7), (4, null, 8)
= 3 rows
insert into users (id, name) values (8, 'a'), (8, 'b') on conflict (id) do update set name = excluded.name
= 21000 ON CONFLICT DO UPDATE command cannot affect row a second time
insert into users (id, name) values (1, 'x'), (1, 'y') on conflict (id) do update set name = excluded.name
= 21000 ON CONFLICT DO UPDATE command cannot affect row a second time
select * from users order by id
= 1|a|10|1.00 / 2|b|20|2.00
merge into users u using source s on s.id = u.id when matched then update set name = s.v, age = u.age + s.n when not matched and s.v is not null then insert (id, name) values (s.id, s.v)
= 2 rows
select * from users order by id
= 1|A|15|1.00 / 2|b|20|2.00 / 3|C|NULL|NULL
merge into users u using source s on s.id = u.id when matched and s.id = 3 then delete when matched then update set (name, balance) = (s.v || '!', u.balance * 1.005) when not matched then do nothing
= 2 rows
select * from users order by id
= 1|A!|15|1.01 / 2|b|20|2.00
merge into users u using (select 1 as id union all select 1) s on s.id = u.id when matched then update set age = 1
= 21000 MERGE command cannot affect row a second time
merge into users u using (select 1 as id union all select 1) s on s.id = u.id when matched and u.age > 1000 then delete when matched then do nothing
= 0 rows
merge into users u using source s on s.id = u.id when not matched then insert values (s.id, s.v, default, 3.456)
= 23502 name
merge into users u using source s on s.id = u.id and s.v is not null when not matched and s.v is not null then insert values (s.id, s.v, default, 3.456)
= 1 rows
select * from users order by id
= 1|A!|15|1.01 / 2|b|20|2.00 / 3|C|NULL|3.46
merge into orders o using source s on s.id = o.user_id when not matched then insert (user_id, amount) values (s.id, s.n)
= 3 rows
select user_id, amount, note from orders order by user_id
= 1|5.00|none / 3|7.00|none / 4|8.00|none
merge into orders o using source s on s.id = o.user_id when matched then update set amount = amount - 7
= 23514 new row for relation "orders" violates check constraint "orders_amount_check"
select user_id, amount, note from orders order by user_id
= 1|5.00|none / 3|7.00|none / 4|8.00|none
merge into orders o using source s on s.id = o.user_id when not matched then insert default values
= 0 rows
with s as (select 2 as id) merge into users u using s on s.id = u.id when matched then delete
= 1 rows
create table ident (id bigint generated always as identity primary key, v text)
= 0 rows
insert into ident (id, v) overriding user value values (77, 'c') returning v, id < 77
= c|t
create table gen (a int, b int generated always as (a * 2) stored)
= 0 rows
insert into gen values (1), (2)
= 2 rows
update gen set b = default
= 2 rows
update gen set a = 5, b = default where a = 2 returning *
= 5|10
create table trees (id int primary key, parent int references trees (id))
= 0 rows
insert into trees values (1, null), (2, 1)
= 2 rows
insert into trees values (3, 99)
= 23503 trees_parent_fkey
truncate trees
= 0 rows
select count(*) from trees
= 0
create table a (id int primary key)
= 0 rows
create table b (id int primary key, a int references a (id) on delete cascade)
= 0 rows
insert into a values (1), (2)
= 2 rows
insert into b values (1, 1), (2, 2)
= 2 rows
delete from a where id = 1 returning id
= 1
select * from b
= 2|2
update a set id = 3 where id = 2
= 23503 b_a_fkey
truncate a
= 0A000 cannot truncate a table referenced in a foreign key constraint
truncate a cascade
= 0 rows
select count(*) from b
= 0
alter table b drop constraint b_a_fkey
= 0 rows
insert into b values (1, 99)
= 1 rows
alter table b add constraint back foreign key (a) references a (id)
= 23503 back
delete from b
= 1 rows
alter table b add constraint back foreign key (a) references a (id)
= 0 rows
insert into b values (1, 99)
= 23503 back
drop table a
= 2BP01 cannot drop table a because other objects depend on it
drop table a cascade
= 0 rows
insert into b values (1, 99)
= 1 rows
select id, name into chosen from users where id = 1
= 1 rows
select * from chosen
= 1|A!
alter table chosen alter column id type text
= 0 rows
update chosen set id = id || 'x' returning id
= 1x
alter table chosen alter column id type int
= 42804 column "id" cannot be cast automatically to type integer
alter table chosen alter column id type int using length(id)
= 0 rows
select * from chosen
= 2|A!
