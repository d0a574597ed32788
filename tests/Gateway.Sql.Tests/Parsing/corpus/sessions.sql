begin

begin work

begin transaction isolation level serializable, read only, deferrable

start transaction read write not deferrable

commit and chain

end work and no chain

rollback transaction

rollback to savepoint a

rollback work to a

savepoint "x y"

release a

release savepoint a

abort and chain

prepare transaction 'x'

commit prepared 'x'

rollback prepared 'x'

set a = 1

set a.b to 'x', y, 3, -4.5, true, off

set a = default

set a = on, off

set local a = 1

set session a = 1

set session = 1

set local = 2

set a from current

set time zone 'utc'

set time zone -3

set time zone default

set local time zone utc

set time zone interval '+02:00' hour to minute

set names 'utf8'

set names default

set names

set role none

set role "X"

set session authorization default

set session authorization 'x'

set session session authorization x

set session characteristics as transaction isolation level read uncommitted

set transaction isolation level repeatable read read only

set transaction snapshot 'x'

set constraints all deferred

set constraints a, b.c immediate

set schema 'x'

set xml option document

set search_path to "$user", public

set search_path = ''

set datestyle to iso, mdy

reset all

reset a.b

reset time zone

reset session authorization

reset transaction isolation level

show all

show a.b

show time zone

show transaction isolation level

show session authorization

show "Foo"

prepare a as select $1

prepare a (int, text[]) as insert into t values ($1, $2)

execute a

execute a (1, 'x')

deallocate a

deallocate prepare a

deallocate all

deallocate prepare all

deallocate prepare

declare c cursor for select 1

declare c binary insensitive no scroll cursor with hold for select 1

declare "c" scroll cursor without hold for values (1)

fetch c

fetch 5 from c

fetch -5 in c

fetch all c

fetch next from c

fetch prior c

fetch first in c

fetch last from c

fetch absolute -1 from c

fetch relative 2 c

fetch forward c

fetch forward 3 from c

fetch forward all in c

fetch backward all from c

fetch from c

fetch in c

fetch next

fetch forward

move 3 c

move backward from c

close c

close all

copy t from stdin

copy t (a, b) to stdout with csv header

copy t from 'f' with (format csv, header true, force_quote *, force_null (a, b), delimiter ';')

copy (select 1) to stdout

copy (insert into t values (1) returning *) to '/x'

copy t to program 'x' (format binary)

copy binary t from stdin

copy t from stdin using delimiters ';'

copy t from stdin with delimiter as '|' null as '' csv quote '"' escape as '\' force not null a, b

copy t from stdin with binary

copy t to stdout csv force quote *

copy t from stdin where a > 1

copy t from stdin with (format 'csv', null '')

copy t to stdout with (header, encoding 'utf8')

explain select 1

explain analyze verbose select 1

explain verbose select 1

explain (analyze, format json, costs off, buffers true) select 1

explain (select 1)

explain ((select 1) union select 2)

explain analyze create table t as select 1

explain execute a (1)

explain declare c cursor for select 1

explain insert into t values (1)

listen a

notify a

notify a, 'x'

unlisten a

unlisten *

vacuum

vacuum t

vacuum full freeze verbose analyze t (a, b), u

vacuum (full, analyze off, parallel 2) t

analyze

analyze verbose t

analyze t (a), s.u

analyze (verbose, skip_locked true) t

lock t

lock table only t, u in row exclusive mode nowait

lock t in access share mode

lock t in share update exclusive mode

lock t in share row exclusive mode

lock t in access exclusive mode

truncate t

truncate table only t, u restart identity cascade

truncate t continue identity restrict

call f()

call s.f(1, a => 2)

do $$ begin end $$

do language plpgsql 'x'

do 'x' language plpgsql

discard all

discard plans

discard sequences

discard temp

discard temporary

checkpoint

reindex table t

reindex index concurrently s.i

reindex (verbose) schema s

reindex database d

refresh materialized view v

refresh materialized view concurrently s.v with no data

cluster

cluster t using i

load 'x'

copy "S"."T" ("A", "B") from stdin binary

copy t from stdin (format csv, delimiter E'\t', null '\N', header match)

set session timezone to 'UTC'

set statement_timeout = '5s'

set application_name to default

set x.y = 'a', 'b'

show server_version

show "DateStyle"

begin;

start transaction isolation level read uncommitted, read write, not deferrable

explain (analyze true, buffers, timing off, summary 1) with a as (select 1) select * from a

explain analyze delete from t

prepare "p q" (int4, character varying(3)) as update t set a = $1

execute "p q" (1 + 1, 'x'::text)

do $body$ begin raise notice 'x;y'; end $body$
