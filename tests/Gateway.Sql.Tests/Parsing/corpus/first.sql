select a.x, count(*) as n, sum(b.y) filter (where b.z > 0) over (partition by a.x order by b.y desc nulls last rows between unbounded preceding and current row) from s.a as a join b on a.id = b.id and (a.k between 1 and 2 or a.v like 'x%') where a.x in (1, 2, 3) and not exists (select 1 from c where c.id = a.id) group by a.x having count(*) > 1 order by 2 desc limit 10 offset 5

insert into t (a, b[1]) values (1, default), ($1, $2::text) on conflict (a) where b is not null do update set b = excluded.b returning *

update t as x set a = 1, (b, c) = (select 1, 2) from y where x.id = y.id returning x.*

delete from only t using u where t.id = u.id

create table if not exists s.t (id serial primary key, name varchar(20) not null default 'x'::text collate "C", n numeric(10,2)[] check (n is not null), foreign key (id) references o (id) on delete cascade deferrable initially deferred)

begin isolation level read committed read only

select ((select 1) union (select 2)) + 1, ((select 1)), (((select 1) + 2)), array[[1,2],[3,4]], (a, b) overlaps (c, d), extract(epoch from now()), trim(leading 'x' from y), substring(a from 1 for 2), position('a' in b), interval '1' day, timestamp with time zone '2020-01-01', x at time zone 'utc'

with recursive t(n) as (values (1) union all select n + 1 from t where n < 100) select sum(n) from t

select * from ((select 1) union select 2) x, ((select 1 as a) y join z using (a)), lateral f(1) with ordinality as g(a, b), rows from (f(1), g(2)) as h
