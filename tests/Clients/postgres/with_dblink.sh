#!/bin/sh
# dblink: statements by text through libpq inside a PostgreSQL, named connections, cursors, asynchronous queries.
. "$(dirname -- "$0")/checks.sh"
start
echo "# dblink $($bin/postgres --version | cut -d ' ' -f 3)"
there="host=$host port=$port dbname=$database user=$user"
client <<SQL >/dev/null
CREATE EXTENSION dblink;
SQL
remote "DROP TABLE IF EXISTS dblink_things" >/dev/null

connect="SELECT FROM dblink_connect('c', '$there');
"
answers "a query through a connection string gives rows" "1|two|" "SELECT * FROM dblink('$there', 'SELECT 1, ''two'', NULL::date') AS r(a int, b text, c date);"
answers "a named connection is opened, listed and closed" "OK
{c}
OK" "SELECT dblink_connect('c', '$there'); SELECT dblink_get_connections(); SELECT dblink_disconnect('c');"
answers "statements are executed and their tag is returned" "CREATE TABLE
INSERT 0 3
UPDATE 2
DELETE 1" "$connect SELECT dblink_exec('c', 'CREATE TABLE dblink_things (id int PRIMARY KEY, name text)');
SELECT dblink_exec('c', 'INSERT INTO dblink_things VALUES (1, ''a''), (2, ''b''), (3, ''c'')');
SELECT dblink_exec('c', 'UPDATE dblink_things SET name = ''x'' WHERE id >= 2');
SELECT dblink_exec('c', 'DELETE FROM dblink_things WHERE id = 3');"
answers "a table is read and joined with our own" "1|a
2|x" "SELECT r.* FROM dblink('$there', 'SELECT id, name FROM dblink_things') AS r(id int, name text) JOIN generate_series(1, 2) AS g(i) ON g.i = r.id ORDER BY 1;"
answers "a cursor reads in portions" "OK
1
2
3
10
OK" "$connect SELECT dblink_open('c', 'k', 'SELECT i FROM generate_series(1, 10) AS g(i)'); SELECT * FROM dblink_fetch('c', 'k', 3) AS r(i int);
SELECT max(i) FROM dblink_fetch('c', 'k', 100) AS r(i int); SELECT dblink_close('c', 'k');"
answers "a transaction is rolled back" "BEGIN
DELETE 2
ROLLBACK
2" "$connect SELECT dblink_exec('c', 'BEGIN'); SELECT dblink_exec('c', 'DELETE FROM dblink_things'); SELECT dblink_exec('c', 'ROLLBACK');
SELECT n FROM dblink('c', 'SELECT count(*) FROM dblink_things') AS r(n bigint);"
answers "an asynchronous query is sent and fetched" "1
0
500500" "$connect SELECT dblink_send_query('c', 'SELECT sum(i) FROM generate_series(1, 1000) AS g(i)'); SELECT 0; SELECT * FROM dblink_get_result('c') AS r(n bigint);"
answers "a running query is cancelled" "1
OK
ERROR:  canceling statement due to user request" "$connect SELECT dblink_send_query('c', 'SELECT count(*) FROM generate_series(1, 1000000000)'); SELECT FROM pg_sleep(0.3);
SELECT dblink_cancel_query('c'); SELECT * FROM dblink_get_result('c') AS r(n bigint);"
answers "an error of the other side is raised here" 'ERROR:  relation "no_such_table" does not exist
ERROR:  division by zero' "SELECT * FROM dblink('$there', 'SELECT * FROM no_such_table') AS r(a int); SELECT * FROM dblink('$there', 'SELECT 1 / 0') AS r(a int);"
answers "an error can be a notice" 'NOTICE:  duplicate key value violates unique constraint "dblink_things_pkey"
ERROR' "$connect SELECT dblink_exec('c', 'INSERT INTO dblink_things VALUES (1, ''again'')', false);"
answers "several results of one query are refused, one is given" "1" "SELECT * FROM dblink('$there', 'SELECT 1') AS r(a int);"
answers "the message of the last error is kept" 'NOTICE:  division by zero
ERROR
division by zero' "$connect SELECT dblink_exec('c', 'SELECT 1 / 0', false); SELECT regexp_replace(dblink_error_message('c'), '^ERROR: +|\\n', '', 'g');"
answers "statements are built for a row of our own" "INSERT INTO mine(id,name) VALUES('1','a')" "CREATE TABLE mine (id int PRIMARY KEY, name text); INSERT INTO mine VALUES (1, 'a'); SELECT dblink_build_sql_insert('mine', '1', 1, '{1}', '{1}');"
answers "a notification is heard" "LISTEN
NOTIFY
dblink_channel|hello" "$connect SELECT dblink_exec('c', 'LISTEN dblink_channel'); SELECT dblink_exec('c', 'NOTIFY dblink_channel, ''hello'''); SELECT notify_name, extra FROM dblink_get_notify('c');"
answers "a thousand rows arrive" "1000|500500" "SELECT count(*), sum(i) FROM dblink('$there', 'SELECT i FROM generate_series(1, 1000) AS g(i)') AS r(i int);"
remote "DROP TABLE IF EXISTS dblink_things" >/dev/null
exit $failed
