#!/bin/sh
# pg_dump and pg_restore: what is dumped of the server under test restores into a PostgreSQL of our own with the same schema and rows, in every format;
# and what is dumped of that PostgreSQL restores through the server under test.
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
. "$here/../postgres/checks.sh"
start
echo "# pg_dump $($bin/pg_dump --version | sed 's/.*) \([0-9.]*\).*/\1/')"
export PGTZ=UTC PGOPTIONS='-c client_min_messages=warning'
source=dump_source_$$ restored=dump_restored_$$

tested() { program=$1; shift; "$bin/$program" -h "$host" -p "$port" -U "$user" "$@"; }
own() { program=$1; shift; "$bin/$program" -h "$folder" -p 5432 -U postgres "$@"; }
on() { side=$1 name=$2; shift 2; "$side" psql -XAqt -v ON_ERROR_STOP=1 -d "$name" "$@"; }
# The database that others are created from.
home() { if [ "$1" = own ]; then echo postgres; else echo "$database"; fi; }
load() { side=$1; shift; on "$side" "$restored" -o /dev/null "$@"; }

# report SENTENCE BODY: the function is content when it prints nothing and ends well.
report() {
    if said=$($2 2>&1) && [ -z "$said" ]; then
        echo "ok $1"
    else
        failed=1
        echo "not ok $1: [$(printf %s "$said" | head -c 700 | tr '\n' '~')]"
    fi
}

# fresh SIDE: the database that the next restoration goes into is empty again.
fresh() { on "$1" "$(home "$1")" -c "DROP DATABASE IF EXISTS $restored" -c "CREATE DATABASE $restored"; }

# Versions, and a random word against injection, are no part of a schema.
schema() { side=$1; shift; "$side" pg_dump --schema-only -d "$@" | grep -v -e '^-- Dumped' -e '^\\'; }

rows() {
    on "$1" "$2" <<'SQL'
SELECT format('COPY (SELECT * FROM %I.%I ORDER BY 1, 2) TO STDOUT', schemaname, tablename) FROM pg_tables WHERE schemaname IN ('public', 'clinic') ORDER BY schemaname, tablename
\gexec
SELECT schemaname, sequencename, last_value FROM pg_sequences ORDER BY 1, 2;
SQL
}

# same_schema SIDE, same_rows SIDE: what was restored is what was dumped.
same_schema() { schema "$1" "$restored" >"$folder/schema"; diff "$folder/source.schema" "$folder/schema"; }
same_rows() { rows "$1" "$restored" >"$folder/rows" 2>&1; diff "$folder/source.rows" "$folder/rows"; }
same() { same_schema "$1" && same_rows "$1"; }

fill() {
    on "$1" "$(home "$1")" -c "DROP DATABASE IF EXISTS $source" -c "CREATE DATABASE $source" &&
        on "$1" "$source" -f "$here/../psql/describe.sql" && on "$1" "$source" <<'SQL'
CREATE TABLE kinds (id int PRIMARY KEY, b bool, s smallint, l bigint, f real, d double precision, n numeric, t text, v varchar(20), y bytea, dt date, ti time, ts timestamp, tz timestamptz,
    i interval, u uuid, j json, jb jsonb, a int[], x text[], ip inet, m macaddr, bits bit varying(8), r int4range, money money);
INSERT INTO kinds VALUES (1, true, -32768, 9223372036854775807, 1.5, 'NaN', 12345678901234567890.123456789, E'tab\there\nback\\slash', 'it''s', '\x0001ff', '2024-02-29', '23:59:59.999999',
    '2024-02-29 12:30:15.123456', '2024-02-29 12:30:15.123456+02', '1 year 2 mons 3 days 04:00:05.5', '6f1d2c3b-4a59-4876-9abc-def012345678', '{"a": [1,  null]}', '{"b": "ż"}',
    '{{1,2},{3,NULL}}', '{a,NULL,"NULL","x y","quo\"te"}', '10.0.0.0/8', '08:00:2b:01:02:03', B'10101', '[1,5)', 12.5),
    (2, false, 0, 0, '-Infinity', 5e-324, 'NaN', '', 'zażółć 漢字', '', '0001-01-01 BC', '00:00', 'infinity', '-infinity', '-1 day', NULL, 'null', '[]', '{}', '{}', '::1', NULL, B'', 'empty', -1),
    (3, NULL, NULL, NULL, NULL, NULL, NULL, '\.', 'NULL', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
-- These PostgreSQL prints differently once they have been restored.
ALTER TABLE patients DROP CONSTRAINT patients_sex_check;
ALTER TABLE m DROP CONSTRAINT c13, DROP CONSTRAINT c3;
INSERT INTO wards (name, beds) SELECT 'ward ' || i, i FROM generate_series(1, 5) AS g(i);
INSERT INTO patients (code, name, weight, born, ward_id, tags, extra, created, seen, token) SELECT 'c' || i, 'patient ' || i, 50 + i, '2000-01-01'::date + i, i % 5 + 1, ARRAY['t' || i, NULL], '{"k": 1}', '2024-01-01', '2024-01-01',
    '00000000-0000-0000-0000-000000000001' FROM generate_series(1, 500) AS g(i);
INSERT INTO clinic.visits SELECT i, 1, '2024-01-01'::date + i, NULLIF('odd ' || i, 'odd 3') FROM generate_series(1, 100) AS g(i);
INSERT INTO feelings VALUES (1, 'happy', 7, '{sad,happy}'), (2, 'sad', NULL, NULL);
\o /dev/null
SELECT setval('tickets', 205);
SQL
}

say_source() { schema "$1" "$source" >"$folder/source.schema" && rows "$1" "$source" >"$folder/source.rows" && [ "$(wc -l <"$folder/source.rows")" -gt 600 ]; }
dump() { tested pg_dump -d "$source" -f "$folder/dump" "$@"; }
into_own() { fresh own && load own -f "$folder/dump"; }
into_own_restored() { fresh own && own pg_restore --exit-on-error -d "$restored" "$@" "$folder/dump"; }

the_source() { fill tested && say_source tested; }
plain() { dump && into_own && same own; }
custom() { dump -Fc && into_own_restored && same own; }
archive() { dump -Ft && into_own_restored && same_rows own; }
compressed() { dump -Z 9 && fresh own && gzip -dc "$folder/dump" | load own && same_rows own; }
directory() { rm -rf "$folder/dump" && dump -Fd -j 2 && into_own_restored -j 2 && same own; rm -rf "$folder/dump"; }
inserts() { dump --inserts && grep -q '^INSERT INTO public.kinds VALUES' "$folder/dump" && into_own && same_rows own; }
column_inserts() { dump --column-inserts && grep -q '^INSERT INTO public.wards (id, name' "$folder/dump" && into_own && same_rows own; }
many_inserts() { dump --inserts --rows-per-insert=100 --on-conflict-do-nothing && into_own && same_rows own; }
quoted() { dump --quote-all-identifiers && grep -q '^CREATE TABLE "public"."wards"' "$folder/dump" && into_own && same_rows own; }
two_steps() {
    dump --schema-only && into_own && same_schema own && dump --data-only --disable-triggers && load own -f "$folder/dump" && same_rows own
}
sections() {
    fresh own
    for section in pre-data data post-data; do dump --section=$section && load own -f "$folder/dump" || return 1; done
    same own
}
cleaned() { dump --clean --if-exists && into_own && load own -f "$folder/dump" && same_rows own; }
created() {
    dump --create && sed "s/$source/$restored/g" "$folder/dump" >"$folder/created" && on own postgres -c "DROP DATABASE IF EXISTS $restored" && on own postgres -o /dev/null -f "$folder/created" && same_rows own
}
one_table() {
    dump -t kinds -t 'ward?' && into_own && [ "$(on own "$restored" -c "SELECT string_agg(tablename, ',' ORDER BY 1) FROM pg_tables WHERE schemaname = 'public'")" = kinds,wards ] &&
        [ "$(on own "$restored" -c 'SELECT count(*) FROM wards')" = 5 ]
}
one_schema() { dump -n clinic --no-owner && fresh own && grep -q 'CREATE TABLE clinic.visits' "$folder/dump" && ! grep 'CREATE TABLE public' "$folder/dump"; }
without() { dump -T 'clinic.*' --exclude-table-data=patients --exclude-table-data=feelings && into_own && [ "$(on own "$restored" -c 'SELECT count(*) FROM patients' -c "SELECT to_regclass('clinic.visits') IS NULL" -c 'SELECT count(*) FROM kinds' | tr '\n' ' ')" = '0 t 3 ' ]; }
part() {
    dump -Fc && own pg_restore -l "$folder/dump" >"$folder/list" && grep -q 'TABLE DATA public kinds' "$folder/list" && grep -e 'TABLE public kinds' -e 'TABLE DATA public kinds' "$folder/list" >"$folder/wanted" &&
        into_own_restored -L "$folder/wanted" && [ "$(on own "$restored" -c 'SELECT count(*) FROM kinds')" = 3 ]
}
missing() { [ "$(tested pg_dump -d "$source" -t nosuch 2>&1)" = 'pg_dump: error: no matching tables were found' ]; }
serializable() { dump --serializable-deferrable --lock-wait-timeout=5000 && into_own && same_rows own; }
stable() {
    tested pg_dump -d "$source" -f "$folder/first" && tested pg_dump -d "$source" -f "$folder/second" &&
        diff -I '^\\' "$folder/first" "$folder/second"
}

report "a database is filled" the_source
report "a plain dump restores with the same schema and rows" plain
report "a custom dump restores" custom
report "a tar dump restores" archive
report "a compressed dump restores" compressed
report "a directory dump by two jobs restores by two jobs" directory
report "a dump as INSERTs restores" inserts
report "a dump as INSERTs with columns restores" column_inserts
report "a dump as INSERTs of many rows restores" many_inserts
report "a dump with all names quoted restores" quoted
report "a dump of the schema and one of the data restore one after the other" two_steps
report "the three sections of a dump restore one after the other" sections
report "a dump that cleans first restores twice" cleaned
report "a dump that creates its database restores" created
report "some tables are dumped" one_table
report "one schema is dumped" one_schema
report "tables and data are left out" without
report "parts of a dump are listed and restored" part
report "a table that is not there is said" missing
report "a serializable dump restores" serializable
report "two dumps are the same text" stable

# The other way round: from PostgreSQL into the server under test.
dump() { own pg_dump -d "$source" -f "$folder/dump" "$@"; }
into_tested() { fresh tested && load tested -f "$folder/dump"; }
into_tested_restored() { fresh tested && tested pg_restore --exit-on-error -d "$restored" "$@" "$folder/dump"; }
own_source() { fill own && say_source own; }
plain_in() { dump && into_tested && same tested; }
single_in() { dump && fresh tested && load tested -1 -f "$folder/dump" && same_rows tested; }
inserts_in() { dump --inserts --rows-per-insert=100 && into_tested && same_rows tested; }
columns_in() { dump --column-inserts && into_tested && same_rows tested; }
custom_in() { dump -Fc && into_tested_restored && same tested; }
single_restore_in() { into_tested_restored -1 && same_rows tested; }
jobs_in() { into_tested_restored -j 2 && same_rows tested; }
sections_in() { fresh tested; for section in pre-data data post-data; do tested pg_restore --exit-on-error -d "$restored" --section=$section "$folder/dump" || return 1; done; same tested; }
clean_in() { into_tested_restored && tested pg_restore --exit-on-error --clean --if-exists -d "$restored" "$folder/dump" && same tested; }
table_in() { into_tested_restored -t kinds && [ "$(on tested "$restored" -c 'SELECT count(*) FROM kinds')" = 3 ]; }
data_in() { into_tested_restored --schema-only && same_schema tested && tested pg_restore --exit-on-error --data-only --disable-triggers -d "$restored" "$folder/dump" && same_rows tested; }

report "a PostgreSQL is filled" own_source
report "a plain dump of PostgreSQL is restored" plain_in
report "a plain dump of PostgreSQL is restored in one transaction" single_in
report "INSERTs of PostgreSQL are restored" inserts_in
report "INSERTs with columns of PostgreSQL are restored" columns_in
report "a custom dump of PostgreSQL is restored" custom_in
report "a custom dump of PostgreSQL is restored in one transaction" single_restore_in
report "a custom dump of PostgreSQL is restored by two jobs" jobs_in
report "a custom dump of PostgreSQL is restored by sections" sections_in
report "a custom dump of PostgreSQL cleans what was there" clean_in
report "a table of a dump of PostgreSQL is restored" table_in
report "the schema of a dump of PostgreSQL is restored before its data" data_in

on tested "$database" -c "DROP DATABASE IF EXISTS $source" -c "DROP DATABASE IF EXISTS $restored" >/dev/null 2>&1
exit $failed
