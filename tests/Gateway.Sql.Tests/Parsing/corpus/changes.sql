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

insert into t select * from u where not exists (select 1 from t where t.id = u.id) on conflict do nothing

insert into t as x (a, b) values (1, 2) on conflict (a) do update set (b, c) = (excluded.b, default) where x.b is distinct from excluded.b returning x.a as id

update t set a[1] = 2, b.c = 3, d = array_append(d, 4) where id = any ($1) and (e, f) > (1, 2)

delete from t using (select id from u order by x limit 10 for update skip locked) s where s.id = t.id returning t.id, (select 1)

merge into t using u on t.id = u.id when matched and u.del then delete when matched then update set a = u.a, b = default when not matched then insert (id, a) values (u.id, u.a)
