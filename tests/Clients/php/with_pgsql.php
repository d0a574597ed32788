<?php

declare(strict_types=1);

// The pgsql extension: its own functions for queries, metadata, conversion by catalog, COPY and asynchronous work.
require __DIR__ . '/checks.php';
const TABLE = 'pgsql_things';
echo '# ext/pgsql ', PHP_VERSION, "\n";
set_error_handler(fn ($level, $message) => throw new ErrorException($message));

function connect(string $more = ''): PgSql\Connection
{
    return pg_connect(sprintf("host=%s port=%s dbname=%s user=%s $more", setting('PGHOST', '127.0.0.1'), setting('PGPORT', '5432'), setting('PGDATABASE', 'scratch'), setting('PGUSER', 'postgres')), PGSQL_CONNECT_FORCE_NEW);
}

function fresh(string $columns): PgSql\Connection
{
    $c = connect();
    pg_query($c, 'SET client_min_messages = warning; DROP TABLE IF EXISTS ' . TABLE . '; CREATE TABLE ' . TABLE . " ($columns)");
    return $c;
}

check('connecting carries options and the version is visible', function () {
    $c = connect("application_name='checks of pgsql' options='-c statement_timeout=54321'");
    equal(pg_fetch_result(pg_query($c, 'SHOW application_name'), 0, 0), 'checks of pgsql');
    equal(pg_fetch_result(pg_query($c, 'SHOW statement_timeout'), 0, 0), '54321ms');
    equal(pg_parameter_status($c, 'server_encoding'), 'UTF8');
    equal(pg_client_encoding($c), 'UTF8');
    equal(pg_version($c)['server'], pg_parameter_status($c, 'server_version'));
});
check('a query returns its row', function () {
    equal(pg_fetch_all(pg_query(connect(), "SELECT 1 AS one, 'zażółć' AS two, NULL AS three")), [['one' => '1', 'two' => 'zażółć', 'three' => null]]);
});
check('parameters come back as they were sent', function () {
    $r = pg_query_params(connect(), 'SELECT $1::int, $2::text, $3::bool, $4::numeric(8,2), $5::text[]', [42, "it's", 't', '1.005', '{a,"b c"}']);
    equal(pg_fetch_row($r), ['42', "it's", 't', '1.01', '{a,"b c"}']);
});
check('a prepared statement is used often', function () {
    $c = connect();
    pg_prepare($c, 'p', 'SELECT $1::int * 2');
    for ($i = 0; $i < 10; $i++) equal(pg_fetch_result(pg_execute($c, 'p', [$i]), 0, 0), (string) ($i * 2));
});
check('result columns have names, types, sizes and tables', function () {
    $c = fresh('id int PRIMARY KEY, name varchar(8)');
    $r = pg_query($c, 'SELECT * FROM ' . TABLE);
    equal([pg_num_fields($r), pg_field_name($r, 1), pg_field_num($r, 'name')], [2, 'name', 1]);
    equal([pg_field_type($r, 0), pg_field_type($r, 1), pg_field_type_oid($r, 0)], ['int4', 'varchar', 23]);
    equal([pg_field_size($r, 0), pg_field_table($r, 0)], [4, TABLE]);
});
check('errors carry their fields', function () {
    $c = fresh('id int PRIMARY KEY');
    pg_send_query($c, 'INSERT INTO ' . TABLE . ' VALUES (1), (1)');
    $r = pg_get_result($c);
    equal(pg_result_error_field($r, PGSQL_DIAG_SQLSTATE), '23505');
    equal(pg_result_error_field($r, PGSQL_DIAG_CONSTRAINT_NAME), TABLE . '_pkey');
    equal(pg_result_error_field($r, PGSQL_DIAG_MESSAGE_DETAIL), 'Key (id)=(1) already exists.');
});
check('transaction states are reported', function () {
    $c = connect();
    pg_query($c, 'BEGIN');
    equal(pg_transaction_status($c), PGSQL_TRANSACTION_INTRANS);
    @pg_send_query($c, 'SELECT 1 / 0');
    pg_get_result($c);
    while (pg_get_result($c)) { }
    equal(pg_transaction_status($c), PGSQL_TRANSACTION_INERROR);
    pg_query($c, 'ROLLBACK');
    equal(pg_transaction_status($c), PGSQL_TRANSACTION_IDLE);
});
check('an asynchronous query is cancelled', function () {
    $c = connect();
    pg_send_query($c, LONG_QUERY);
    usleep(300000);
    pg_cancel_query($c);
    equal(pg_fetch_result(pg_query($c, 'SELECT 1'), 0, 0), '1');
});
check('several statements in one query give several results', function () {
    $c = connect();
    pg_send_query($c, "SELECT 1; SELECT 'b'");
    $got = [];
    while ($r = pg_get_result($c)) $got[] = pg_fetch_row($r);
    equal($got, [['1'], ['b']]);
});
check('pg_meta_data describes a table', function () {
    $meta = pg_meta_data(fresh('id int PRIMARY KEY, name varchar(8) NOT NULL, price numeric(10,2) DEFAULT 1.5'), TABLE);
    equal(array_map(fn ($m) => [$m['num'], $m['type'], $m['not null'], $m['has default']], $meta), [
        'id' => [1, 'int4', true, false], 'name' => [2, 'varchar', true, false], 'price' => [3, 'numeric', false, true]]);
});
check('pg_insert, pg_select, pg_update and pg_delete build their statements from the catalog', function () {
    $c = fresh('id int PRIMARY KEY, name text, at timestamp');
    pg_insert($c, TABLE, ['id' => 1, 'name' => "it's", 'at' => '2024-02-29 12:30:15']);
    pg_update($c, TABLE, ['name' => 'b'], ['id' => 1]);
    equal(pg_select($c, TABLE, ['id' => 1]), [['id' => '1', 'name' => 'b', 'at' => '2024-02-29 12:30:15']]);
    pg_delete($c, TABLE, ['id' => 1]);
    equal(pg_fetch_result(pg_query($c, 'SELECT count(*) FROM ' . TABLE), 0, 0), '0');
});
check('pg_copy_from and pg_copy_to move rows', function () {
    $c = fresh('id int PRIMARY KEY, name text');
    pg_copy_from($c, TABLE, ["1\ta\n", "2\t\\N\n"]);
    equal(pg_copy_to($c, TABLE), ["1\ta\n", "2\t\\N\n"]);
});
check('pg_put_line loads rows', function () {
    $c = fresh('id int PRIMARY KEY, name text');
    pg_query($c, 'COPY ' . TABLE . ' FROM STDIN');
    pg_put_line($c, "1\ta\n");
    pg_put_line($c, "\\.\n");
    pg_end_copy($c);
    equal(pg_fetch_result(pg_query($c, 'SELECT name FROM ' . TABLE), 0, 0), 'a');
});
check('pg_get_notify hears a notification', function () {
    $c = connect();
    pg_query($c, 'LISTEN pgsql_channel');
    pg_query(connect(), "NOTIFY pgsql_channel, 'hello'");
    for ($i = 0; $i < 30 && !($got = pg_get_notify($c)); $i++) usleep(100000);
    equal([$got['message'] ?? null, $got['payload'] ?? null], ['pgsql_channel', 'hello']);
});
check('escaping is read back', function () {
    $c = connect();
    $text = "it's \\ \"x\"";
    equal(pg_fetch_assoc(pg_query($c, 'SELECT ' . pg_escape_literal($c, $text) . ' AS ' . pg_escape_identifier($c, 'Odd "name"'))), ['Odd "name"' => $text]);
    equal(pg_unescape_bytea(pg_fetch_result(pg_query($c, "SELECT '" . pg_escape_bytea($c, "\0\xff") . "'::bytea"), 0, 0)), "\0\xff");
});
check('pg_last_notice hears a notice', function () {
    $c = connect();
    pg_query($c, 'DROP TABLE IF EXISTS pgsql_never_there');
    equal(pg_last_notice($c), 'NOTICE:  table "pgsql_never_there" does not exist, skipping');
});
check('pg_ping and a reset connection answer', function () {
    $c = connect();
    pg_query($c, 'SET statement_timeout = 1234');
    equal([pg_ping($c), pg_connection_reset($c)], [true, true]);
    equal(pg_fetch_result(pg_query($c, 'SHOW statement_timeout'), 0, 0), '0');
});
pg_query(fresh('id int'), 'DROP TABLE ' . TABLE);
exit($failed);
