<?php

declare(strict_types=1);

// PDO with pdo_pgsql: prepared on the server and emulated, large objects as streams, COPY methods, column metadata.
require __DIR__ . '/checks.php';
const TABLE = 'pdo_things';
echo '# PDO_PGSQL ', PHP_VERSION, "\n";

function connect(array $options = [], string $more = ''): PDO
{
    $source = sprintf('pgsql:host=%s;port=%s;dbname=%s%s', setting('PGHOST', '127.0.0.1'), setting('PGPORT', '5432'), setting('PGDATABASE', 'scratch'), $more);
    return new PDO($source, setting('PGUSER', 'postgres'), null, $options + [PDO::ATTR_ERRMODE => PDO::ERRMODE_EXCEPTION]);
}

function rows(PDO $c, string $sql, array $values = []): array
{
    $s = $c->prepare($sql);
    $s->execute($values);
    return $s->fetchAll(PDO::FETCH_NUM);
}

function one(PDO $c, string $sql, array $values = []): mixed
{
    return rows($c, $sql, $values)[0][0];
}

function fails(string $state, callable $body): PDOException
{
    try {
        $body();
    } catch (PDOException $e) {
        equal($e->errorInfo[0], $state);
        return $e;
    }
    throw new Exception("expected $state, but it did not fail");
}

function fresh(string $columns): PDO
{
    $c = connect();
    $c->exec('SET client_min_messages = warning');
    $c->exec('DROP TABLE IF EXISTS ' . TABLE);
    $c->exec('CREATE TABLE ' . TABLE . " ($columns)");
    return $c;
}

check('connecting carries options and the version is visible', function () {
    $c = connect([], ";application_name=checks-of-PDO;options='-c statement_timeout=54321'");
    equal(one($c, 'SHOW application_name'), 'checks-of-PDO');
    equal(one($c, 'SHOW statement_timeout'), '54321ms');
    equal(version_compare($c->getAttribute(PDO::ATTR_SERVER_VERSION), '12', '>='), true);
    equal($c->pgsqlGetPid() > 0, true);
});
check('a simple query returns its row', function () {
    equal(connect()->query("SELECT 1 AS one, 'zażółć' AS two, NULL AS three")->fetchAll(PDO::FETCH_ASSOC), [['one' => 1, 'two' => 'zażółć', 'three' => null]]);
});

$values = [
    'bool' => [true, false], 'int2' => [-32768], 'int4' => [-2147483648], 'int8' => [PHP_INT_MAX], 'float4' => ['1.5'], 'float8' => ['5e-324', '-Infinity', 'NaN'],
    'numeric' => ['-12345678901234567890.123456789'], 'text' => ['', "it's \\ zażółć 漢字"], 'varchar' => ['plain'], 'date' => ['2024-02-29'],
    'time' => ['23:59:59.999999'], 'timetz' => ['12:30:15.25+02'], 'timestamp' => ['2024-02-29 12:30:15.123456'], 'interval' => ['1 year 2 mons 3 days 04:00:05.5'],
    'uuid' => ['6f1d2c3b-4a59-4876-9abc-def012345678'], 'json' => ['{"a": [1,  null]}'], 'jsonb' => ['{"a": [1, null]}'], 'int4[]' => ['{1,NULL,3}'],
    'text[]' => ['{a,NULL,"x y"}'], 'inet' => ['10.0.0.1'], 'oid' => [4294967295],
];
foreach (['on the server' => false, 'emulated' => true] as $how => $emulated) {
    foreach ($values as $type => $list) {
        check("$type parameters and nulls come back as they were sent, $how", function () use ($type, $list, $emulated) {
            $c = connect([PDO::ATTR_EMULATE_PREPARES => $emulated]);
            $s = $c->prepare("SELECT CAST(? AS $type)");
            foreach ([...$list, null] as $value) {
                $s->bindValue(1, $value, is_bool($value) ? PDO::PARAM_BOOL : (is_null($value) ? PDO::PARAM_NULL : (is_int($value) ? PDO::PARAM_INT : PDO::PARAM_STR)));
                $s->execute();
                $got = $s->fetchColumn();
                equal(is_float($got) || is_string($got) && is_int($value) ? (string) $got : $got, is_string($got) && is_int($value) ? (string) $value : $value);
            }
        });
    }
}
check('bytea comes back as it was sent', function () {
    $bytes = implode('', array_map('chr', range(0, 255)));
    $s = connect()->prepare('SELECT ?::bytea');
    $s->bindValue(1, $bytes, PDO::PARAM_LOB);
    $s->execute();
    equal(bin2hex(stream_get_contents($s->fetchColumn())), bin2hex($bytes));
});
check('named placeholders are filled in', function () {
    equal(one(connect(), 'SELECT :b::int - :a::int', ['a' => 1, 'b' => 43]), 42);
});
check('a prepared statement is used often', function () {
    $s = connect()->prepare('SELECT ?::int * 2');
    for ($i = 0; $i < 20; $i++) { $s->execute([$i]); equal($s->fetchColumn(), $i * 2); }
});
check('columns have metadata', function () {
    $c = fresh('id int PRIMARY KEY, price numeric(10,2), name varchar(8)');
    $s = $c->query('SELECT * FROM ' . TABLE);
    $meta = array_map(fn ($i) => $s->getColumnMeta($i), [0, 1, 2]);
    equal(array_column($meta, 'native_type'), ['int4', 'numeric', 'varchar']);
    equal(array_column($meta, 'pgsql:oid'), [23, 1700, 1043]);
    equal(array_column($meta, 'table'), [TABLE, TABLE, TABLE]);
});
check('statements report how many rows they changed', function () {
    $c = fresh('id int PRIMARY KEY, name text');
    equal($c->exec('INSERT INTO ' . TABLE . " VALUES (1, 'a'), (2, 'b'), (3, 'c')"), 3);
    $s = $c->prepare('UPDATE ' . TABLE . ' SET name = ? WHERE id >= ?');
    $s->execute(['x', 2]);
    equal($s->rowCount(), 2);
    equal(rows($c, 'DELETE FROM ' . TABLE . ' WHERE id = 1 RETURNING name'), [['a']]);
});
check('lastInsertId knows the serial', function () {
    $c = fresh('id serial PRIMARY KEY, name text');
    $c->exec('INSERT INTO ' . TABLE . " (name) VALUES ('a'), ('b')");
    equal([$c->lastInsertId(), $c->lastInsertId(TABLE . '_id_seq')], ['2', '2']);
});
check('transactions commit and roll back', function () {
    $c = fresh('id int PRIMARY KEY');
    $c->beginTransaction();
    $c->exec('INSERT INTO ' . TABLE . ' VALUES (1)');
    equal($c->inTransaction(), true);
    $c->rollBack();
    $c->beginTransaction();
    $c->exec('INSERT INTO ' . TABLE . ' VALUES (2)');
    $c->commit();
    equal([rows($c, 'SELECT * FROM ' . TABLE), $c->inTransaction()], [[[2]], false]);
});
check('after a failed statement a transaction refuses more until rollback', function () {
    $c = connect();
    $c->beginTransaction();
    fails('22012', fn () => $c->query('SELECT 1 / 0'));
    fails('25P02', fn () => $c->query('SELECT 1'));
    $c->rollBack();
    equal(one($c, 'SELECT 1'), 1);
});
check('a savepoint brings back what was before it', function () {
    $c = fresh('id int PRIMARY KEY');
    $c->beginTransaction();
    $c->exec('INSERT INTO ' . TABLE . ' VALUES (1)');
    $c->exec('SAVEPOINT a');
    fails('23505', fn () => $c->exec('INSERT INTO ' . TABLE . ' VALUES (1)'));
    $c->exec('ROLLBACK TO a');
    $c->commit();
    equal(one($c, 'SELECT count(*) FROM ' . TABLE), 1);
});
check('errors carry SQLSTATE and message', function () {
    $c = fresh('id int PRIMARY KEY, name text NOT NULL');
    $e = fails('42P01', fn () => $c->query('SELECT * FROM no_such_table'));
    equal(str_contains($e->errorInfo[2], "relation \"no_such_table\" does not exist\nLINE 1: SELECT * FROM no_such_table\n                      ^"), true);
    fails('42601', fn () => $c->query('SELECT 1 FROM WHERE'));
    fails('23502', fn () => $c->query('INSERT INTO ' . TABLE . ' VALUES (1, NULL)'));
    fails('22P02', fn () => one($c, 'SELECT ?::int', ['abc']));
});
check('a silent error mode reports by code', function () {
    $c = connect([PDO::ATTR_ERRMODE => PDO::ERRMODE_SILENT]);
    equal([$c->query('SELECT 1 / 0'), $c->errorCode()], [false, '22012']);
});
check('a thousand rows arrive in order', function () {
    equal(connect()->query('SELECT i FROM generate_series(1, 1000) AS g(i)')->fetchAll(PDO::FETCH_COLUMN), range(1, 1000));
});
check('a scrolling cursor goes both ways', function () {
    $c = connect();
    $c->beginTransaction();
    $s = $c->prepare('SELECT i FROM generate_series(1, 10) AS g(i)', [PDO::ATTR_CURSOR => PDO::CURSOR_SCROLL]);
    $s->execute();
    equal(array_map(fn ($how) => $s->fetch(PDO::FETCH_NUM, $how)[0], [PDO::FETCH_ORI_NEXT, PDO::FETCH_ORI_LAST, PDO::FETCH_ORI_PRIOR, PDO::FETCH_ORI_FIRST]), [1, 10, 9, 1]);
    $s->closeCursor();
    $c->commit();
});
check('fetch modes make objects, keys and groups', function () {
    $c = connect();
    $sql = "SELECT * FROM (VALUES (1, 'a'), (2, 'b')) AS v(id, name)";
    equal($c->query($sql)->fetchAll(PDO::FETCH_KEY_PAIR), [1 => 'a', 2 => 'b']);
    equal($c->query($sql)->fetchObject()->name, 'a');
});
check('a statement timeout is 57014', function () {
    $c = connect();
    $c->exec('SET statement_timeout = 300');
    fails('57014', fn () => $c->query(LONG_QUERY));
});
check('pgsqlCopyFromArray and pgsqlCopyToArray move rows', function () {
    $c = fresh('id int PRIMARY KEY, name text');
    equal($c->pgsqlCopyFromArray(TABLE, ["1\ta", "2\t\\N"]), true);
    equal($c->pgsqlCopyToArray(TABLE), ["1\ta\n", "2\t\\N\n"]);
});
check('pgsqlGetNotify hears a notification', function () {
    $c = connect();
    $c->exec('LISTEN pdo_channel');
    connect()->exec("NOTIFY pdo_channel, 'hello'");
    $got = $c->pgsqlGetNotify(PDO::FETCH_ASSOC, 5000);
    equal([$got['message'] ?? null, $got['payload'] ?? null], ['pdo_channel', 'hello']);
});
check('quoting is read back', function () {
    $c = connect();
    equal($c->query('SELECT ' . $c->quote("it's \\ \"x\""))->fetchColumn(), "it's \\ \"x\"");
});
check('a persistent connection is used again', function () {
    $pid = connect([PDO::ATTR_PERSISTENT => true])->pgsqlGetPid();
    equal(connect([PDO::ATTR_PERSISTENT => true])->pgsqlGetPid(), $pid);
});
check('a session can be reset', function () {
    $c = connect();
    $c->exec('SET statement_timeout = 1234');
    $c->exec('DISCARD ALL');
    equal(one($c, 'SHOW statement_timeout'), '0');
});
fresh('id int')->exec('DROP TABLE ' . TABLE);
exit($failed);
