#!/bin/sh
# Writes src/Gateway.Sql/Analysis/Data/*.tsv: the functions, operators and casts of a PostgreSQL 15 server.
# Usage: eng/catalog-data.sh [psql connection options], for instance: eng/catalog-data.sh -h 127.0.0.1 -p 5432 -U postgres
set -eu
out="$(dirname "$0")/../src/Gateway.Sql/Analysis/Data"

run() {
    file=$1
    shift
    psql "$@" -X -q -v ON_ERROR_STOP=1 -c "$(cat)" > "$out/$file"
}

# Left out: whatever takes or returns internal, cstring, trigger, event_trigger or a handler, and C functions: encoding
# conversions, input and output functions, index support. Schema is always pg_catalog.
# Empty lists are empty fields; lists are separated by spaces, names and defaults by '|'.
run functions.tsv "$@" <<'SQL'
copy (
    select p.oid, p.proname as name, p.prokind as kind, p.proargtypes::text as arguments, p.prorettype as returns,
           p.proretset as set, p.proisstrict as strict, p.provolatile as volatility, p.provariadic as variadic,
           case when l.lanname = 'internal' and p.prokind <> 'a' then p.prosrc else p.proname::text end as source,
           coalesce((select string_agg(p.proargnames[i], '|' order by i)
                     from generate_series(1, cardinality(p.proargnames)) i
                     where p.proargmodes is null or p.proargmodes[i] in ('i', 'b', 'v')), '') as names,
           coalesce((select string_agg(coalesce(pg_get_function_arg_default(p.oid, i), ''), '|' order by i)
                     from generate_series(p.pronargs - p.pronargdefaults + 1, p.pronargs) i
                     where p.pronargdefaults > 0), '') as defaults,
           coalesce((select string_agg(p.proallargtypes[i]::text, ' ' order by i)
                     from generate_series(1, cardinality(p.proallargtypes)) i
                     where p.proargmodes[i] in ('o', 'b', 't')), '') as out_types,
           coalesce((select string_agg(p.proargnames[i], '|' order by i)
                     from generate_series(1, cardinality(p.proallargtypes)) i
                     where p.proargmodes[i] in ('o', 'b', 't')), '') as out_names,
           coalesce(a.aggkind::text, '') as aggregate,
           coalesce(a.aggnumdirectargs::text, '') as direct
    from pg_proc p
        join pg_language l on l.oid = p.prolang
        left join pg_aggregate a on a.aggfnoid = p.oid
    where p.pronamespace = 'pg_catalog'::regnamespace and l.lanname in ('internal', 'sql')
        and not array[2281, 2275]::oid[] && p.proargtypes::oid[]
        and p.prorettype not in (2281, 2275, 2279, 3838, 2280, 3115, 325, 269, 3310)
    order by p.proname, p.oid
) to stdout (format text, header true)
SQL

run operators.tsv "$@" <<'SQL'
copy (
    select o.oid, o.oprname as name, o.oprleft as left, o.oprright as right, o.oprresult as result,
           case when l.lanname = 'internal' then p.prosrc else p.proname::text end as function
    from pg_operator o
        join pg_proc p on p.oid = o.oprcode
        join pg_language l on l.oid = p.prolang
    where o.oprnamespace = 'pg_catalog'::regnamespace
    order by o.oprname, o.oid
) to stdout (format text, header true)
SQL

run casts.tsv "$@" <<'SQL'
copy (
    select castsource as source, casttarget as target, castfunc as function, castcontext as context, castmethod as method
    from pg_cast
    order by castsource, casttarget
) to stdout (format text, header true)
SQL
