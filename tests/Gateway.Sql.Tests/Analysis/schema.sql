create table users (id int primary key, name text not null, email varchar(100), age smallint, balance numeric(10,2), created timestamptz default now(), active boolean, tags text[], data jsonb, note char(5));
create table orders (id bigint primary key, user_id int, amount numeric(12,2), placed date, status varchar(20), qty int, ref uuid, total double precision);
create table items (order_id bigint, pos int, sku text, price real, weight numeric, raw bytea, t time, iv interval, j json, ts timestamp(3), primary key (order_id, pos));
create table gen (id int generated always as identity, a int, b int generated always as (a * 2) stored);
create view active_users as select id, name from users where active;
create sequence seq;
