insert into t default values on conflict do nothing

update t set (a,b)=(1)

insert into t values (1)

insert into t (a, b.c, d[1], e[1:2].f) values (1,2,3,4)

insert into t as x (a) select 1

insert into t (select 1)

insert into t (a) (select 1)

insert into t (a) overriding system value values (1)

insert into t overriding user value select 1

insert into t values (1) on conflict do nothing

insert into t values (1) on conflict (a, lower(b), (c + d) collate "C" text_ops) where a > 1 do update set a = 1, b = excluded.b where t.a > 1 returning *, a as b

insert into t values (1) on conflict on constraint x do nothing

update t set a = 1

update only t as x set a = default, (b, c) = (1, default), d[1] = 2 from u, v where current of cur returning a

update t x set a = 1

update t set set = 1

update t set t.a = 1

update t set (a) = (1), (b) = row(1), (c) = (select 1)

delete from t

delete from t where current of c

merge into t using s on true when not matched then insert default values
