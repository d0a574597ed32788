<?php

declare(strict_types=1);

// Doctrine DBAL: types, the query builder, the schema manager's introspection and comparison, nested transactions.
require __DIR__ . '/checks.php';
require '/usr/share/php/Doctrine/DBAL/autoload.php';

use Doctrine\DBAL\Connection;
use Doctrine\DBAL\DriverManager;
use Doctrine\DBAL\Exception as Failure;
use Doctrine\DBAL\Schema\Comparator;
use Doctrine\DBAL\Schema\Schema;
use Doctrine\DBAL\Types\Types;
use Doctrine\DBAL\Types\Type;

$package = shell_exec("dpkg-query -W -f '\${Version}' php-doctrine-dbal") ?: '0';
echo '# Doctrine DBAL ', explode('+', explode('-', $package)[0])[0], "\n";

function connect(): Connection
{
    return DriverManager::getConnection(['driver' => 'pdo_pgsql', 'host' => setting('PGHOST', '127.0.0.1'), 'port' => (int) setting('PGPORT', '5432'),
        'dbname' => setting('PGDATABASE', 'scratch'), 'user' => setting('PGUSER', 'postgres'), 'application_name' => 'checks-of-DBAL']);
}

function schema(): Schema
{
    $schema = new Schema();
    $things = $schema->createTable('dbal_things');
    $things->addColumn('id', Types::INTEGER, ['autoincrement' => true]);
    $things->addColumn('name', Types::STRING, ['length' => 40]);
    $things->addColumn('price', Types::DECIMAL, ['precision' => 10, 'scale' => 2, 'default' => '1.50', 'notnull' => false]);
    $things->addColumn('active', Types::BOOLEAN, ['default' => true]);
    $things->addColumn('born', Types::DATE_IMMUTABLE, ['notnull' => false]);
    $things->addColumn('seen', Types::DATETIMETZ_IMMUTABLE, ['notnull' => false]);
    $things->addColumn('payload', Types::BLOB, ['notnull' => false]);
    $things->addColumn('doc', Types::JSON, ['notnull' => false]);
    $things->addColumn('ref', Types::GUID, ['notnull' => false]);
    $things->setPrimaryKey(['id']);
    $things->addIndex(['name'], 'dbal_by_name');
    $lines = $schema->createTable('dbal_lines');
    $lines->addColumn('id', Types::BIGINT);
    $lines->addColumn('thing_id', Types::INTEGER);
    $lines->setPrimaryKey(['id']);
    $lines->addForeignKeyConstraint($things, ['thing_id'], ['id'], ['onDelete' => 'CASCADE'], 'dbal_lines_thing');
    return $schema;
}

function fresh(): Connection
{
    $c = connect();
    $c->executeStatement('SET client_min_messages = warning');
    $c->executeStatement('DROP TABLE IF EXISTS dbal_lines, dbal_things CASCADE');
    $c->executeStatement('DROP SEQUENCE IF EXISTS dbal_things_id_seq');
    foreach (schema()->toSql($c->getDatabasePlatform()) as $sql) $c->executeStatement($sql);
    return $c;
}

function fails(string $class, callable $body): Throwable
{
    try {
        $body();
    } catch (Failure $e) {
        if (!$e instanceof $class) throw new Exception("expected $class, got " . get_class($e) . ': ' . $e->getMessage());
        return $e;
    }
    throw new Exception("expected $class, but it did not fail");
}

check('a connection is made and its platform chosen', function () {
    equal(connect()->fetchOne('SHOW application_name'), 'checks-of-DBAL');
    equal(str_contains(get_class(connect()->getDatabasePlatform()), 'PostgreSQL'), true);
});
check('a query returns its row', function () {
    equal(connect()->fetchAllAssociative("SELECT 1 AS one, 'two' AS two, NULL AS three"), [['one' => 1, 'two' => 'two', 'three' => null]]);
});
check('positional, named and list parameters are filled in', function () {
    $c = connect();
    equal($c->fetchOne('SELECT ?::int - ?::int', [43, 1]), 42);
    equal($c->fetchOne('SELECT :b::int - :a::int', ['a' => 1, 'b' => 43]), 42);
    equal($c->fetchFirstColumn('SELECT i FROM generate_series(1, 9) AS g(i) WHERE i IN (?)', [[2, 3]], [Connection::PARAM_INT_ARRAY]), [2, 3]);
});
check('a schema is created by its statements', function () { fresh(); });
check('values of many types come back as they were written', function () {
    $c = fresh();
    $at = new DateTimeImmutable('2024-02-29 12:30:15+00:00');
    $row = ['name' => 'zażółć', 'price' => '12.50', 'active' => false, 'born' => new DateTimeImmutable('2024-02-29'), 'seen' => $at, 'payload' => "\0\xff", 'doc' => ['k' => [1, null]], 'ref' => '6f1d2c3b-4a59-4876-9abc-def012345678'];
    $types = [Types::STRING, Types::DECIMAL, Types::BOOLEAN, Types::DATE_IMMUTABLE, Types::DATETIMETZ_IMMUTABLE, Types::BLOB, Types::JSON, Types::GUID];
    equal($c->insert('dbal_things', $row, $types), 1);
    $got = $c->fetchAssociative('SELECT * FROM dbal_things WHERE id = ?', [$c->lastInsertId()]);
    foreach (array_combine(array_keys($row), $types) as $name => $type) {
        $value = $c->convertToPHPValue($got[$name], $type);
        if (is_resource($value)) $value = stream_get_contents($value);
        equal($value instanceof DateTimeInterface ? $value->getTimestamp() : $value, $row[$name] instanceof DateTimeInterface ? $row[$name]->getTimestamp() : $row[$name]);
    }
});
check('insert, update and delete report how many rows they changed', function () {
    $c = fresh();
    equal($c->insert('dbal_things', ['name' => 'a']) + $c->insert('dbal_things', ['name' => 'b']), 2);
    equal($c->update('dbal_things', ['price' => 3], ['name' => 'a']), 1);
    equal($c->delete('dbal_things', ['name' => 'b']), 1);
});
check('the query builder joins, groups, orders and limits', function () {
    $c = fresh();
    foreach (['a', 'b', 'c'] as $i => $name) { $c->insert('dbal_things', ['name' => $name]); $c->insert('dbal_lines', ['id' => $i, 'thing_id' => 1]); }
    $q = $c->createQueryBuilder()->select('t.name', 'count(l.id) AS n')->from('dbal_things', 't')->leftJoin('t', 'dbal_lines', 'l', 'l.thing_id = t.id')
        ->where('t.name <> :x')->setParameter('x', 'c')->groupBy('t.name')->orderBy('n', 'DESC')->setMaxResults(1)->setFirstResult(1);
    equal($q->executeQuery()->fetchAllAssociative(), [['name' => 'b', 'n' => 0]]);
});
check('a prepared statement is used often', function () {
    $s = connect()->prepare('SELECT ?::int * 2');
    for ($i = 0; $i < 10; $i++) { $s->bindValue(1, $i, Types::INTEGER); equal($s->executeQuery()->fetchOne(), $i * 2); }
});
check('rows are iterated', function () {
    equal(array_sum(iterator_to_array(connect()->iterateColumn('SELECT i FROM generate_series(1, 1000) AS g(i)'))), 500500);
});
check('nested transactions are savepoints', function () {
    $c = fresh();
    $c->setNestTransactionsWithSavepoints(true);
    $c->beginTransaction();
    $c->insert('dbal_things', ['name' => 'kept']);
    $c->beginTransaction();
    $c->insert('dbal_things', ['name' => 'undone']);
    $c->rollBack();
    $c->commit();
    try { $c->transactional(function ($c) { $c->insert('dbal_things', ['name' => 'undone']); throw new RuntimeException('no'); }); } catch (RuntimeException) { }
    equal($c->fetchFirstColumn('SELECT name FROM dbal_things'), ['kept']);
});
check('isolation levels can be set', function () {
    $c = connect();
    $c->setTransactionIsolation(Doctrine\DBAL\TransactionIsolationLevel::SERIALIZABLE);
    equal($c->fetchOne('SHOW transaction_isolation'), 'serializable');
});
check('violations and errors have a class', function () {
    $c = fresh();
    $c->insert('dbal_things', ['id' => 1, 'name' => 'a']);
    fails(Failure\UniqueConstraintViolationException::class, fn () => $c->insert('dbal_things', ['id' => 1, 'name' => 'a']));
    fails(Failure\NotNullConstraintViolationException::class, fn () => $c->insert('dbal_things', ['name' => null]));
    fails(Failure\ForeignKeyConstraintViolationException::class, fn () => $c->insert('dbal_lines', ['id' => 1, 'thing_id' => 99]));
    fails(Failure\TableNotFoundException::class, fn () => $c->fetchOne('SELECT * FROM no_such_table'));
    fails(Failure\SyntaxErrorException::class, fn () => $c->fetchOne('SELECT 1 FROM WHERE'));
    fails(Failure\InvalidFieldNameException::class, fn () => $c->fetchOne('SELECT nope FROM dbal_things'));
});
check('tables and schemas are listed', function () {
    $c = fresh();
    $manager = $c->createSchemaManager();
    equal(array_values(array_intersect(['dbal_lines', 'dbal_things'], array_map(fn ($t) => str_replace('public.', '', $t), $manager->listTableNames()))), ['dbal_lines', 'dbal_things']);
    equal(in_array('public', $manager->listSchemaNames(), true), true);
    equal($manager->tablesExist(['dbal_things']), true);
});
check('columns are introspected', function () {
    $columns = fresh()->createSchemaManager()->listTableColumns('dbal_things');
    equal(array_map(fn ($c) => str_replace("_immutable", "", $c->getType()->getName()), array_values($columns)), ["integer", "string", "decimal", "boolean", "date", "datetimetz", "blob", "json", "guid"]);
    equal([$columns['id']->getAutoincrement(), $columns['name']->getLength(), $columns['price']->getScale(), $columns['price']->getDefault(), $columns['name']->getNotnull()], [true, 40, 2, '1.50', true]);
});
check('indexes and foreign keys are introspected', function () {
    $manager = fresh()->createSchemaManager();
    $indexes = array_map(fn ($i) => $i->getColumns(), $manager->listTableIndexes('dbal_things'));
    ksort($indexes);   // the query behind it has no order
    equal($indexes, ['dbal_by_name' => ['name'], 'primary' => ['id']]);
    $key = $manager->listTableForeignKeys('dbal_lines')[0];
    equal([$key->getName(), $key->getForeignTableName(), $key->getLocalColumns(), $key->onDelete()], ['dbal_lines_thing', 'dbal_things', ['thing_id'], 'CASCADE']);
});
check('an introspected table equals the one that was created', function () {
    $manager = fresh()->createSchemaManager();
    equal($manager->createComparator()->compareTables(schema()->getTable('dbal_lines'), $manager->introspectTable('dbal_lines'))->isEmpty(), true);
});
check('sequences and views are listed', function () {
    $c = fresh();
    $c->executeStatement('DROP VIEW IF EXISTS dbal_view');
    $c->executeStatement('CREATE VIEW dbal_view AS SELECT id FROM dbal_things');
    $manager = $c->createSchemaManager();
    equal(in_array('dbal_view', array_map(fn ($v) => str_replace('public.', '', $v->getName()), $manager->listViews()), true), true);
    equal(in_array('dbal_things_id_seq', array_map(fn ($s) => str_replace('public.', '', $s->getName()), $manager->listSequences()), true), true);
    $c->executeStatement('DROP VIEW dbal_view');
});
check('a changed schema is migrated', function () {
    $c = fresh();
    $manager = $c->createSchemaManager();
    $from = $manager->introspectTable('dbal_things');
    $to = clone $from;
    $to->addColumn('extra', Types::INTEGER, ['default' => 7]);
    $to->dropColumn('ref');
    $manager->alterTable($manager->createComparator()->compareTables($from, $to));
    $c->insert('dbal_things', ['name' => 'a']);
    equal($c->fetchAssociative('SELECT name, extra FROM dbal_things'), ['name' => 'a', 'extra' => 7]);
});
$c = fresh();
$c->executeStatement('DROP TABLE dbal_lines, dbal_things CASCADE');
$c->executeStatement('DROP SEQUENCE IF EXISTS dbal_things_id_seq');
exit($failed);
