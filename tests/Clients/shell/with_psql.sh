#!/bin/sh
# psql 15: what a person or a script at the terminal sees. Simple protocol; PREPARE gives parameters.
set -u
export PGHOST="${PGHOST:-127.0.0.1}" PGPORT="${PGPORT:-5432}" PGDATABASE="${PGDATABASE:-scratch}" PGUSER="${PGUSER:-postgres}"
export PGCONNECT_TIMEOUT=10 PSQLRC=/dev/null LC_ALL=C.UTF-8
table=psql_things
echo "# psql $(psql --version | cut -d ' ' -f 3)"
failed=0

# report SENTENCE ACTUAL EXPECTED
report() {
    if [ "$2" = "$3" ]; then
        echo "ok $1"
    else
        failed=1
        echo "not ok $1: got [$(printf %s "$2" | tr '\n' '~')], expected [$(printf %s "$3" | tr '\n' '~')]"
    fi
}

# answers SENTENCE EXPECTED SQL: the unaligned output of a script, errors included as they come.
answers() { report "$1" "$(printf '%s\n' "$3" | psql -XAqt -v VERBOSITY=terse 2>&1)" "$2"; }

# exits SENTENCE CODE ARGUMENT...: the exit code of psql.
exits() {
    sentence=$1 code=$2
    shift 2
    psql -X "$@" >/dev/null 2>&1 </dev/null
    report "$sentence" $? "$code"
}

new_table="SET client_min_messages = warning; DROP TABLE IF EXISTS $table; CREATE TABLE $table (id int PRIMARY KEY, name text, price numeric(10,2));"
drop_table="DROP TABLE $table;"

report "connecting carries the application name" \
    "$(psql -XAqt "application_name='checks of psql'" -c 'SHOW application_name' 2>&1)" "checks of psql"
report "options of the connection are settings" \
    "$(PGOPTIONS='-c statement_timeout=54321' psql -XAqtc 'SHOW statement_timeout' 2>&1)" "54321ms"
answers "the version psql knows is the one the server reports" "t" \
    "SELECT current_setting('server_version_num') = :'SERVER_VERSION_NUM';"

report "a table is drawn as psql draws it" "$(psql -Xc "SELECT 1 AS one, 'zażółć' AS name, NULL AS nothing" 2>&1)" \
    " one |  name  | nothing 
-----+--------+---------
   1 | zażółć | 
(1 row)"
report "command tags are printed" "$(psql -Xc 'SET TimeZone = UTC' 2>&1)" "SET"

# Every type as a literal and as a parameter of a prepared statement.
while IFS='|' read -r type value; do
    answers "$type values come back as they were written" "$value|$value" \
        "SET TimeZone = 'UTC'; PREPARE p ($type) AS SELECT '$value'::$type, \$1; EXECUTE p ('$value');"
    answers "null of type $type is null" "t|" "SELECT NULL::$type IS NULL, NULL::$type;"
done <<'VALUES'
bool|t
int2|-32768
int4|-2147483648
int8|9223372036854775807
float4|1.5
float8|5e-324
float8|-Infinity
numeric|-12345678901234567890.123456789
numeric|NaN
text|zażółć 漢字
varchar|plain
bytea|\x0001ff
date|2024-02-29
date|0001-01-01
time|23:59:59.999999
timetz|12:30:15.25+02
timestamp|2024-02-29 12:30:15.123456
timestamptz|2024-02-29 12:30:15.123456+00
interval|1 year 2 mons 3 days 04:00:05.5
uuid|6f1d2c3b-4a59-4876-9abc-def012345678
json|{"a": [1,  null]}
jsonb|{"a": [1, null]}
int4[]|{1,NULL,-3}
text[]|{a,NULL,"NULL","x y","quo\"te"}
VALUES

answers "a table keeps what was written" "1|a|1.01
2||
2|a!
UPDATE and DELETE done" "$new_table
INSERT INTO $table VALUES (1, 'a', 1.005), (2, '', NULL);
SELECT * FROM $table ORDER BY id;
DELETE FROM $table WHERE name = '';
UPDATE $table SET id = 2, name = name || '!' RETURNING id, name;
$drop_table
\\echo UPDATE and DELETE done"

report "counts are printed" "$(printf '%s\n' "$new_table" "INSERT INTO $table VALUES (1, 'a'), (2, 'b');" \
    "UPDATE $table SET name = 'x';" "DELETE FROM $table WHERE id = 9;" "SELECT 1 WHERE false;" "$drop_table" |
    psql -XAt 2>/dev/null | tail -n +4)" "INSERT 0 2
UPDATE 2
DELETE 0
DROP TABLE"

answers "a rollback undoes and a commit lasts" "0
1" "$new_table
BEGIN; INSERT INTO $table VALUES (1); ROLLBACK;
SELECT count(*) FROM $table;
BEGIN; INSERT INTO $table VALUES (1); COMMIT;
\\c
SELECT count(*) FROM $table; $drop_table"

answers "after a failed statement a transaction refuses more until rollback" \
    "ERROR:  division by zero
ERROR:  current transaction is aborted, commands ignored until end of transaction block
1" "BEGIN; SELECT 1 / 0; SELECT 2; ROLLBACK; SELECT 1;"

answers "a savepoint brings back what was before it" "ERROR:  duplicate key value violates unique constraint \"${table}_pkey\"
1" "$new_table
BEGIN; INSERT INTO $table VALUES (1); SAVEPOINT s; INSERT INTO $table VALUES (1); ROLLBACK TO s; COMMIT;
SELECT count(*) FROM $table; $drop_table"

answers "errors carry their SQLSTATE" "ERROR:  22012
22012
ERROR:  42P01
42P01
ERROR:  42601
42601
00000" "\\set QUIET on
\\o /dev/null
\\set VERBOSITY sqlstate
SELECT 1 / 0;
\\echo :LAST_ERROR_SQLSTATE
SELECT * FROM no_such_table;
\\echo :LAST_ERROR_SQLSTATE
SELECT 1 FROM WHERE;
\\echo :LAST_ERROR_SQLSTATE
SELECT 1;
\\echo :SQLSTATE"

report "a syntax error shows where it is" "$(psql -Xc 'SELECT 1 FROM WHERE' 2>&1)" 'ERROR:  syntax error at or near "WHERE"
LINE 1: SELECT 1 FROM WHERE
                      ^'
report "several -c run one after the other" "$(psql -XAt -c 'SELECT 1' -c 'SELECT 2' 2>&1)" "1
2"
report "several statements in one -c give several results" "$(psql -XAtc "SELECT 1; SELECT 'b'; SELECT 3" 2>&1)" "1
b
3"
report "several statements in one -c are one transaction" \
    "$(psql -Xqc "$new_table" 2>/dev/null; psql -Xqc "INSERT INTO $table VALUES (1); SELECT 1 / 0" >/dev/null 2>&1
    psql -XAtqc "SELECT count(*) FROM $table" -c "$drop_table" 2>&1)" "0"
answers "an empty statement is answered with nothing" "1" ";; SELECT 1; -- nothing"
answers "a thousand rows arrive" "500500|1000" "SELECT sum(i), count(*) FROM generate_series(1, 1000) AS g(i);"
answers "a statement timeout is an error and the session lives on" "ERROR:  canceling statement due to statement timeout
1" "SET statement_timeout = 300; SELECT count(*) FROM generate_series(1, 1000000000); RESET statement_timeout; SELECT 1;"
answers "a changed time zone is used" "2024-01-01 09:00:00+09" \
    "SET TimeZone = 'Asia/Tokyo'; SELECT '2024-01-01 00:00:00+00'::timestamptz;"
answers "a prepared statement is reused and can be deallocated" "2
4
ERROR:  prepared statement \"p\" does not exist" \
    "PREPARE p (int) AS SELECT \$1 * 2; EXECUTE p (1); EXECUTE p (2); DEALLOCATE p; EXECUTE p (3);"
# In the foreground: else timeout signals its child and then its group, and psql asks twice.
report "Ctrl-C cancels a query" \
    "$(timeout --foreground -s INT 1 psql -XAtc 'SELECT count(*) FROM generate_series(1, 1000000000)' 2>&1 </dev/null)" \
    "Cancel request sent
ERROR:  canceling statement due to user request"

exits "success is exit code 0" 0 -c 'SELECT 1'
exits "an error in -c is exit code 1" 1 -c 'SELECT 1 / 0'
exits "a lost database is exit code 2" 2 -d no_such_database -c 'SELECT 1'
exits "an error with ON_ERROR_STOP in -c is exit code 1" 1 -v ON_ERROR_STOP=1 -c 'SELECT 1 / 0' -c 'SELECT 1'
exit $failed
