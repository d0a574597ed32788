#!/bin/sh
# postgres_fdw: cursors and fetch sizes, conditions and joins pushed down, prepared modifications, remote transactions with savepoints.
. "$(dirname -- "$0")/checks.sh"
start
echo "# postgres_fdw $($bin/postgres --version | cut -d ' ' -f 3)"

remote "DROP TABLE IF EXISTS fdw_lines, fdw_things, fdw_types" >/dev/null
remote "CREATE TABLE fdw_things (id int PRIMARY KEY, name text NOT NULL, price numeric(10,2), active boolean DEFAULT true, born date)" >/dev/null
remote "CREATE TABLE fdw_lines (id int PRIMARY KEY, thing int, quantity int)" >/dev/null
remote "CREATE TABLE fdw_types (id int PRIMARY KEY, b bigint, s smallint, f double precision, r real, t varchar(20), y bytea, d date, ts timestamp, tz timestamptz, i interval, u uuid, j jsonb, a int[], x text[])" >/dev/null
remote "INSERT INTO fdw_things SELECT i, 'thing ' || i, i * 1.5, i % 2 = 0, '2024-01-01'::date + i FROM generate_series(1, 300) AS g(i)" >/dev/null
remote "INSERT INTO fdw_lines SELECT i, i % 10, i FROM generate_series(1, 100) AS g(i)" >/dev/null

client <<SQL >/dev/null
CREATE EXTENSION postgres_fdw;
CREATE SERVER remote FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '$host', port '$port', dbname '$database', fetch_size '50');
CREATE USER MAPPING FOR postgres SERVER remote OPTIONS (user '$user', password_required 'false');
CREATE FOREIGN TABLE things (id int, name text, price numeric(10,2), active boolean, born date) SERVER remote OPTIONS (table_name 'fdw_things');
CREATE FOREIGN TABLE lines (id int, thing int, quantity int) SERVER remote OPTIONS (table_name 'fdw_lines');
CREATE FOREIGN TABLE types (id int, b bigint, s smallint, f double precision, r real, t varchar(20), y bytea, d date, ts timestamp, tz timestamptz, i interval,
    u uuid, j jsonb, a int[], x text[]) SERVER remote OPTIONS (table_name 'fdw_types');
SQL

answers "rows come through a cursor, fifty at a time" "300|45150" "SELECT count(*), sum(id) FROM (SELECT id FROM things OFFSET 0) AS all_rows;"
answers "conditions are pushed down" "thing 7|10.50" "SELECT name, price FROM things WHERE id = 7 AND name LIKE 'thing%' AND price > 10;"
answers "a plan shows the remote statement" "SELECT name FROM public.fdw_things WHERE ((id = 7))" \
    "\\o $folder/plan
EXPLAIN (VERBOSE, COSTS off) SELECT name FROM things WHERE id = 7;
\\o
\\! grep -o 'SELECT .*' $folder/plan"
answers "aggregates are pushed down" "f|150|22500
t|150|22650" "SELECT active, count(*), sum(id) FROM things GROUP BY active ORDER BY active;"
answers "joins are pushed down" "thing 1|460
thing 2|470" "SELECT t.name, sum(l.quantity) FROM things t JOIN lines l ON l.thing = t.id WHERE t.id <= 2 GROUP BY t.name ORDER BY t.name;"
answers "order and limit are pushed down" "300
299" "SELECT id FROM things ORDER BY id DESC LIMIT 2;"
answers "a foreign table joins one of our own" "thing 3|mine" "CREATE TABLE mine (id int, label text); INSERT INTO mine VALUES (3, 'mine'); SELECT t.name, m.label FROM things t JOIN mine m USING (id);"
answers "statistics are asked for by remote estimates" "thing 5" "ALTER FOREIGN TABLE things OPTIONS (ADD use_remote_estimate 'true'); SELECT name FROM things WHERE id = 5; ALTER FOREIGN TABLE things OPTIONS (DROP use_remote_estimate);"
answers "rows are inserted, and returned" "1001|new|t" "INSERT INTO things (id, name, price, active, born) VALUES (1001, 'new', 1, true, '2024-02-29') RETURNING id, name, active;"
answers "many rows are inserted in batches" "200" "ALTER FOREIGN TABLE lines OPTIONS (ADD batch_size '40'); INSERT INTO lines SELECT i, 0, i FROM generate_series(2001, 2200) AS g(i); SELECT count(*) FROM lines WHERE id > 2000;"
answers "rows are updated, directly and row by row" "1001|newer!
1" "UPDATE things SET name = 'newer' WHERE id = 1001;
UPDATE things SET name = things.name || '!' FROM mine WHERE things.id = 1001 AND mine.id = 3;
SELECT id, name FROM things WHERE id = 1001; SELECT count(*) FROM things WHERE name = 'newer!';"
answers "rows are deleted" "1001
0" "DELETE FROM things WHERE id = 1001 RETURNING id; SELECT count(*) FROM things WHERE id > 1000;"
answers "a unique violation is the remote one" 'ERROR:  duplicate key value violates unique constraint "fdw_things_pkey"' "INSERT INTO things VALUES (1, 'again', NULL, true, NULL);"
answers "a commit is remote, and a rollback too" "1
0" "BEGIN; INSERT INTO things (id, name) VALUES (2001, 'kept'); COMMIT; BEGIN; INSERT INTO things (id, name) VALUES (2002, 'undone'); ROLLBACK;
SELECT count(*) FROM things WHERE id = 2001; SELECT count(*) FROM things WHERE id = 2002;"
answers "a savepoint is remote" "1" "BEGIN; INSERT INTO things (id, name) VALUES (2003, 'kept'); SAVEPOINT a; INSERT INTO things (id, name) VALUES (2004, 'undone'); ROLLBACK TO a; COMMIT;
SELECT count(*) FROM things WHERE id IN (2003, 2004);"
answers "a failure undoes the remote transaction" 'ERROR:  division by zero
0' "BEGIN; INSERT INTO things (id, name) VALUES (2005, 'undone'); SELECT 1 / 0; COMMIT; SELECT count(*) FROM things WHERE id = 2005;"
answers "values of many types arrive as they were sent" "1|4611686018427387904|-7|0.1|1.5|zażółć|\\x00ff|2024-02-29|2024-02-29 12:30:15.123456|2024-02-29 12:30:15+00|1 mon 3 days 04:00:05|6f1d2c3b-4a59-4876-9abc-def012345678|{\"k\": [1, null]}|{1,NULL,3}|{a,\"x y\"}
2||||||||||||||" "INSERT INTO types VALUES (1, 4611686018427387904, -7, 0.1, 1.5, 'zażółć', '\\x00ff', '2024-02-29', '2024-02-29 12:30:15.123456', '2024-02-29 12:30:15+00',
    '1 mon 3 days 04:00:05', '6f1d2c3b-4a59-4876-9abc-def012345678', '{\"k\": [1, null]}', '{1,NULL,3}', '{a,\"x y\"}');
INSERT INTO types (id) VALUES (2);
SELECT * FROM types ORDER BY id;"
answers "a prepared statement sends its parameter" "thing 8
thing 9" "PREPARE p (int) AS SELECT name FROM things WHERE id = \$1; EXECUTE p (8); EXECUTE p (9);"
answers "a schema is imported" "fdw_lines
fdw_things
fdw_types" "CREATE SCHEMA imported; IMPORT FOREIGN SCHEMA public LIMIT TO (fdw_things, fdw_lines, fdw_types) FROM SERVER remote INTO imported;
SELECT relname FROM pg_class WHERE relnamespace = 'imported'::regnamespace ORDER BY relname;"
answers "an imported table has its columns" "id|integer|t
name|text|t
price|numeric(10,2)|f
active|boolean|f
born|date|f" "SELECT attname, format_type(atttypid, atttypmod), attnotnull FROM pg_attribute WHERE attrelid = 'imported.fdw_things'::regclass AND attnum > 0 ORDER BY attnum;"
answers "ANALYZE samples a foreign table" "t" "ANALYZE things; SELECT reltuples > 100 FROM pg_class WHERE oid = 'things'::regclass;"
answers "a foreign table is truncated" "0" "TRUNCATE lines; SELECT count(*) FROM lines;"
remote "DROP TABLE IF EXISTS fdw_lines, fdw_things, fdw_types" >/dev/null
exit $failed
