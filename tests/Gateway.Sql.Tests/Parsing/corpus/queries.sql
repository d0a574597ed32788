select 1 from ((select 1)) x

(select 1 limit 1) order by 1

select 1 offset 1 rows limit 2

select a in (1) in (2)

select a is null is null

select not a = b

select true = not false

select true = not false and true

select - 2 ^ 2

select 2 ^ 3 ^ 2

select a || b || c

select @ a + b

select @ a || b

select a +- b

select a *- b

select a @- b

select a /*x*/ + /* y */ b

select a+/*x*/b

select a--x

select 1 != 2

select a !=- b

select 1.

select .5

select 1.e5

select a[1:2][3]

select a[:]

select a[1:]

select a.b[1].c.d

select (a).b.c

select (a).*

select *, a from b

select count(*) filter (where x) over w from t window w as (order by a)

select count(*) over (w rows between 1 preceding and current row) from t window w as ()

select percentile_cont(0.5) within group (order by a) from t

select f(a, b => 1, c := 2)

select f(*)

select f(distinct a order by b)

select cast(a as int[])

select cast(a as setof int)

select a::setof int

select a::int array

select a::int array[3]

select a::int[3][]

select a::varchar(10)

select a::numeric(10,2)

select a::timestamp(3) with time zone

select a::float(25)

select a::double

select a::double precision

select a::char varying (3)

select a::national character varying(3)

select a::nchar(3)

select a::"char"

select a::bit varying(4)

select a::pg_catalog.int4

select a::interval year to month

select a::interval second(3)

select a::foo.bar.baz(1,2)

select a::text%type

select int '1' + 2

select date 'x', pg_catalog.date 'y', numeric(3,1) '1', mytype(1,2) 'x', interval(3) 'x'

select time '1', time(3) '1', time with time zone '1'

select time, timestamp, interval, position, substring, int from t

select a at time zone 'x' at time zone 'y'

select a at from t

select a collate "C" collate "D"

select a collate pg_catalog."C"::text

select case when a then b end

select case a when 1 then 2 when 3 then 4 else 5 end

select greatest(a,b)

select grouping(a) from t group by rollup(a)

select extract(year from a), extract('year' from a), extract(foo from a)

select overlay(a placing b from 1 for 2), overlay(a,b,c)

select substring(a from b), substring(a for b), substring(a for b from c), substring(a,b), substring(a similar b escape c), substring()

select trim(a), trim(both from a), trim(both a from b), trim(a from b), trim(trailing a), trim(a,b)

select normalize(a), normalize(a, nfc), a is normalized, a is not nfd normalized

select collation for (a)

select a is true is false

select a is not unknown

select a isnull notnull

select a = any(array[1]), a = all (select 1), a <> some ((select 1))

select a like any (array['x']), a not ilike all (array['x'])

select a similar to 'b' escape 'c'

select a not similar to b

select a operator(pg_catalog.+) b, operator(pg_catalog.-) a

select a operator(+) b

select (a,b) = (c,d)

select row(), row(1), row(a.*)

select (a,b) overlaps (c,d)

select row(a,b) overlaps row(c,d)

select current_timestamp(3), current_time, localtime(2), localtimestamp, user, session_user, current_role, current_schema, current_catalog, current_schema()

select array(select 1), array[], array[]::int[]

select exists (select 1), exists ((select 1))

select a in ((select 1)), a in ((select 1), 2), a in (select 1 union select 2), a in ((select 1) union (select 2))

select a not in (1)

select ((select 1) union (select 2)) + 1

select ((((select 1))))

select (((select 1) limit 1) union (select 2))

select ((select 1), 2)

select ((select 1) + 1) from t

select * from t1 join t2 on a = b left outer join t3 using (a, b) as x natural full join t4 cross join t5

select * from t1 join t2 join t3 on x on y

select * from t1 join t2 cross join t3 on y

select * from (t1 join t2 on x) as j (a, b), (t3 cross join t4)

select * from ((t1 join t2 on x) join t3 on y)

select * from ((select 1) x join t3 on y)

select * from ((select 1) union select 2) x

select * from f(1), f(2) x, f(3) as x, f(4) as x(a,b), f(5) as (a int, b text), f(6) x(a int), f(7) with ordinality as z

select * from rows from (f(1), g(2)) with ordinality as x(a,b,c)

select * from lateral f(1), lateral rows from (g(1))

select * from current_date

select * from only t, only (t), t *

select * from t tablesample bernoulli (10) repeatable (1)

select * from t as a tablesample system (1)

select * from t a(b, c)

select a as select, b select from t

select a as day

select a b, c d

select

select 1 from t group by ()

select 1 from t group by a, (b, c), rollup (a, (b, c)), cube (a), grouping sets ((a), (), rollup(b))

select 1 from t group by distinct a

select 1 from t group by all a

select 1 from t having true

select 1 from t order by a asc nulls first, b desc, c using >

select 1 for no key update of a, b.c nowait for key share skip locked

select 1 for read only

select 1 fetch first 5 rows only offset 3

select 1 fetch next (1+2) row only

select 1 fetch first -1 rows only

select 1 offset 3 limit 4

select 1 limit null

select 1 intersect select 2 union select 3 except all select 4 intersect distinct select 5

(select 1) union all (select 2) order by 1

((select 1))

((select 1) union select 2) order by 1

table t union table u

with a(x, y) as materialized (select 1), b as not materialized (insert into t values (1) returning *) select * from a

with a as (select 1) insert into t select * from a

with a as (select 1) update t set x = 1

with a as (select 1) delete from t

with a as (select 1) values (1)

select into x from t

select 1 into temp x from t

select 1 into table x

select 1 into unlogged table x

select all 1

select distinct on (a, b) c from t

select ;

select 1;

select $1::int, $2 || 'x'

select u&'\0041' , u&'d!0061t!+000061' uescape '!'

select u&"d\0061t" , u&"x!0041" uescape '!'

select 'a'
  'b'

select 'a' -- c
 'b'

select $$a$$, $x$a$$b$x$, $_1$x$_1$

select a$b$c from t

select é, "É" from "tÄble"

select a ? b, a ?| b, a @> b, a #>> b, a -> b ->> c, a ~ b, a !~* b, a <-> b, a && b, a << b

select a # b

select "a"."b"."c" from "x"."y"

select 1 as "select", 2 "x y"

select 1 -- c

select /* a /* b */ c */ 1

select a.b.c.d.e from t order by a, b desc limit 5 for update

select * from a, b natural left join c where (a.x, b.y) in (select 1, 2)

select (select max(x) from t) - (select min(x) from t)

select (array(select x from t order by 1))[1:2]

select sum(x) over (partition by a, b order by c range between interval '1 day' preceding and current row exclude current row) from t

select rank() over w, lag(x, 1, 0) over (w order by y) from t window w as (partition by z), v as (w)

select x from generate_series(1, 10) x where x % 2 = 0 and not x between symmetric 8 and 3

select * from json_to_recordset('[]') as x(a int, b text)

select 'x'::public."MyType", '{}'::int[]::text, null::record

select count(distinct (a, b)), array_agg(distinct a order by a), string_agg(a, ',' order by b desc nulls last)

select 1 as "a""b", "x".* from "x" as "y z"

select e'\\x' || b'101'::text, x'ff'::int, -1::int8, +.5, 1e-3

select a <-> b < 0.5, a <=> b, a <#> b, a @@ b, a ~~ b, a !~~* b, a |/ b, |/ 4, ||/ 8

select case when a then case when b then 1 else 2 end end from t

with moved as (delete from t where x < now() - interval '1 month' returning *) insert into archive select * from moved

with u as (update t set a = a + 1 returning *) select count(*) from u
