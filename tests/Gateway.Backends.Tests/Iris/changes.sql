-- Tables
create table users (id int primary key, name text not null, email varchar(100) unique, age int, balance numeric(10,2), created timestamptz default '2024-01-01 00:00:00+00', active boolean default true, status text default 'new')
create table orders (id serial primary key, user_id int references users (id), amount numeric(12,2) check (amount > 0), placed date default '2024-02-03', note text not null default 'none', constraint total check (amount < 1000000 or note <> 'none'))
create table gen (id int primary key, a int, b int generated always as (a * 2) stored)
create table numbered (id serial primary key, v text, w text)
create table ident (id bigint generated always as identity primary key, v text)
create table pairs (k int, v int, n int, unique (k, v))
create table "Odd.name" ("a.b" int primary key, "C" text)
create table types (a smallint, c bigint, d numeric(10,2), e numeric, f real, g float8, h boolean, i text, k varchar(20), l char(5), m date, n time, o timestamp, p timestamptz, q uuid, r bytea, s json, t jsonb, u interval, v int[])
create table users (id int)
create table if not exists users (id int)

-- INSERT
insert into users (id, name) values (1, 'Ann')
insert into users (id, name, email, age, balance) values (2, 'Bob', 'bob@x', 30, 10.5), (3, 'Cyd', 'cyd@x', 40, 20)
insert into users values (4, 'Dee', null, 50, -1.25, '2024-05-06 07:08:09.123456+02', false, null)
insert into users (id, name) values (1, 'again')
insert into users (id, name, email) values (9, 'x', 'bob@x')
insert into users (id, name) values (9, null)
insert into users (name) values ('no id')
insert into users (id, name, age) values (9, 'x', 2147483647 + 1)
insert into users (id, name, balance) values (9, 'x', 123456789)
insert into users (id, name, email) values (9, 'x', repeat('x', 101))
select * from users order by id
insert into "Odd.name" values (1, 'x'), (2, null)
select * from "Odd.name" order by 1
insert into types values (1, 2, 3.5, 4.50, 1.5, 2.5, true, 'text', 'varchar', 'char', '2024-01-02', '03:04:05.678', '2024-01-02 03:04:05.678901', '2024-01-02 03:04:05+01', 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11', '\x0102ff', '{"a": 1}', '{"b":2,"a":[1,2]}', '1 day 02:03', '{1,2,null}')
insert into types (i) values ('')
insert into types (i, l) values ('  blanks  ', 'ab'), ('é € ü', 'abcde')
select * from types
select i, l, length(i), l || '!' from types order by i
insert into numbered (v) values ('a')
insert into numbered default values
insert into numbered (id, v) values (10, 'ten')
insert into numbered (id, v) values (20, 'twenty'), (30, 'thirty')
insert into numbered (id, v) values (null, 'null')
select v, w from numbered where id in (10, 20, 30) order by id
insert into ident (v) values ('a')
insert into ident (id, v) values (5, 'b')
insert into ident (id, v) overriding system value values (5, 'b')
select v from ident order by id
insert into orders (user_id, amount) values (1, 5), (2, 7.25)
insert into orders (user_id, amount) values (1, 0)
insert into orders (user_id, amount) values (1, 1000000)
insert into orders (user_id, amount, note) values (1, 1000000, 'big')
insert into orders (user_id, amount, note) values (99, 1, 'nobody')
insert into orders (user_id, amount, note) values (1, 1, null)
select user_id, amount, placed, note from orders order by id
insert into gen (id, a) values (1, 2), (2, null)
insert into gen (id, a, b) values (3, 4, default)
insert into gen (id, a) select id + 10, age from users
select * from gen order by id
insert into numbered (v) select name from users where age > 30
insert into numbered (v, w) select initcap(name), email from users where id = 2
insert into numbered (v) select v from numbered where v = 'a'
insert into pairs (k, v) select id, age from users union select 100, 200
insert into pairs (k) select generate_series(1000, 1002)
select * from pairs order by k, v
insert into numbered (v) with x as (select 'cte' as name) select name from x
with x as (select 'outer cte' as name) insert into numbered (v) select name from x
select v, w from numbered order by v collate "C", w
refused: with x as (delete from users returning id) insert into pairs (k) select id from x

-- RETURNING
insert into users (id, name) values (5, 'Eve'), (6, 'Fay') returning id, upper(name), status, active, created
insert into gen (id, a) values (50, 21) returning *
insert into orders (user_id, amount, note) values (5, 3, 'r') returning amount * 2, note || '!', placed, (select count(*) from users)
insert into numbered (v, id) select name, id + 100 from users where id < 3 returning v
update users set age = coalesce(age, 0) + 1 where id in (1, 2) returning id, age
update users set balance = 1.005 where id = 1 returning balance
update users set age = o.user_id * 10 from orders o where o.user_id = users.id and o.note = 'big' returning users.id, users.age, o.amount, o.amount + 1
delete from users where id = 6 returning *
delete from gen where id > 10 returning id, b, initcap('x' || a)
delete from users using orders o where o.user_id = users.id and o.note = 'nothing like it' returning users.id

-- ON CONFLICT
insert into users (id, name) values (1, 'zzz') on conflict do nothing
insert into users (id, name) values (1, 'zzz') on conflict (id) do nothing returning id
insert into users (id, name, email) values (77, 'zzz', 'bob@x') on conflict do nothing
insert into users (id, name, email) values (77, 'zzz', 'bob@x') on conflict (id) do nothing
insert into users (id, name) values (1, 'Anna'), (7, 'Gil') on conflict (id) do update set name = excluded.name returning id, name
insert into users as u (id, name, age) values (1, '!', 5) on conflict (id) do update set name = u.name || excluded.name, age = u.age + excluded.age, status = default where u.age < 1000 returning id, name, age, status
insert into users as u (id, name, age) values (1, '!', 5) on conflict (id) do update set name = 'never' where u.age > 1000 returning id
insert into users (id, name) values (8, 'a'), (8, 'b') on conflict (id) do nothing
insert into users (id, name) values (8, null) on conflict (id) do nothing
insert into pairs (k, v, n) values (100, 200, 1), (100, 201, 2) on conflict (v, k) do update set n = excluded.n
insert into pairs (k, v) values (null, 1), (null, 1) on conflict do nothing
insert into pairs (k) values (1) on conflict (k) do nothing
insert into orders (id, amount, note) values (1, 50, 'n') on conflict (id) do update set amount = excluded.amount returning amount
insert into orders (id, amount, note) values (1, 50, 'n') on conflict (id) do update set amount = -1
insert into orders (id, amount, note) values (1, 50, 'n') on conflict (id) do update set amount = -1 where false
insert into gen (id, a) values (1, 100) on conflict (id) do update set a = excluded.a returning *
insert into users (id, name) select id, v from numbered where id in (1, 10) on conflict (id) do update set name = excluded.name
select id, name, age, status from users order by id
select * from pairs order by k, v

-- UPDATE
update users set status = 'old'
update users set name = 'x', age = 3 where id = 3
update users set age = age + 1 where id = 1
update users set age = 2147483647 where id = 1
update users set age = age + 1 where id = 1
update users set active = not active, balance = balance * 1.1 where balance is not null
update users set status = default, created = default where id = 4
update users set (name, age) = ('both', 11) where id = 2
update users set age = (select count(*) from orders where user_id = users.id)
update users set age = (select max(age) from users) where id = 1
update users set name = initcap(name) where id < 10
update users set email = null where initcap(name) = 'Both'
update users set id = id + 1
update users set id = 1 where id = 2
update users set name = null where id = 1
update users set email = repeat('x', 101) where id = 1
update users set status = null
update users set (name, age) = (select note, 7 from orders where user_id = users.id order by id limit 1) where id = 1
update users set name = (select note from orders)
update orders set amount = amount - 1000 where id = 1
update orders set note = 'none' where amount >= 1000000
update orders set amount = u.id from users u where u.id = orders.user_id
update orders set user_id = 999
update gen set a = a + 1 where a is not null returning *
update numbered set v = w, w = v where w is not null
update types set s = '[1]', t = '{"z": 1}', u = '2 days', v = array[7,8], r = '\xff', m = '2000-02-29' where a = 1
update types set p = p + interval '1 hour', o = '1999-12-31 23:59:59.999999' where a = 1
select * from types where a = 1
with x as (select 1 as id) update users set age = 77 where id in (select id from x)
refused: update numbered set id = 500 where id = 1
select * from users order by id
select user_id, amount, note from orders order by amount, user_id
select * from gen order by id

-- DELETE
delete from pairs where k >= 1000
delete from pairs where k is null
delete from users where id = 1
delete from users using numbered n where n.v = users.name and users.id > 100
delete from users u using users v where u.age = v.age and u.id > v.id and u.id not in (select user_id from orders where user_id is not null)
delete from orders where amount < (select avg(amount) from orders)
delete from users where id in (select user_id from orders where false)
with x as (select 4 as id) delete from users where id in (select id from x)
delete from gen
select id, name from users order by id
select user_id, amount from orders order by id

-- MERGE (the embedded engine has none: see MergeTests)

-- ALTER TABLE
alter table users add column note text
alter table users add column score int default 3
alter table users add column must text not null
alter table none_yet add column must text not null
alter table users add column twice int generated always as (score * 2) stored
alter table users add column stamp timestamptz not null default '2024-01-01 00:00:00+00'
select id, note, score, twice, stamp from users order by id
insert into users (id, name) values (200, 'after')
select id, note, score, twice, stamp from users where id = 200
alter table users rename column note to remark
update users set remark = 'r' || id
select remark from users order by id
alter table users drop column remark
select remark from users
alter table users alter column score type bigint
alter table users alter column score type text using 'n' || score
select score from users order by id
alter table users alter column score type int using length(score)
alter table users drop column twice
alter table users alter column score type text using 'n' || score
select score from users order by id
alter table users alter column score set not null
alter table users alter column email set not null
alter table users alter column score drop not null
alter table users alter column score set default 'd'
insert into users (id, name) values (201, 'default')
select score from users where id = 201
alter table users alter column score drop default
alter table users add constraint scored check (score like 'n%')
update users set score = 'n' where score = 'd'
alter table users add constraint scored check (score like 'n%')
update users set score = 'x'
alter table users drop constraint scored
alter table users add constraint by_name unique (name)
alter table users add constraint by_status unique (status)
insert into users (id, name) values (300, 'after')
alter table users drop constraint by_name
alter table numbered rename to counted
insert into counted (v) values ('renamed') returning v
select count(*) from counted
select count(*) from numbered
create index on counted (v)
create unique index counted_w on counted (w, v)
drop index counted_w
create view young as select id, name from users where id < 100
select * from young order by id
create view shouting as select id, initcap(name) as name from users
select * from shouting order by id
insert into young values (1, 'x')
drop view shouting
select * from shouting
create table adults as select id, name, age from users where id > 2
select * from adults order by id
create table none as select id from users with no data
select * from none
alter table adults add primary key (id)
alter table orders add constraint adult foreign key (user_id) references adults (id)
comment on table users is 'People'

-- Schemas, TRUNCATE and DROP
create schema other
create table other.t (id int primary key)
insert into other.t values (1)
select * from other.t
drop schema other
drop schema other cascade
truncate users
truncate orders
select count(*) from orders
insert into orders (amount) values (1) returning amount
truncate orders restart identity
insert into orders (amount) values (1) returning id
truncate users cascade
select count(*) from users
drop table users
drop table orders
drop view young
drop table users, counted, gen
select * from users
refused: create sequence s
refused: create temp table t (a int)
refused: create table t (n numeric primary key)
