'use strict';
// Kysely: typed query builder, schema builder, introspection, migrations with an advisory lock, streams through pg-cursor.

const assert = require('node:assert/strict');
const { Pool } = require('pg');
const Cursor = require('pg-cursor');
const { Kysely, Migrator, PostgresDialect, sql } = require('kysely');
const { jsonArrayFrom } = require('kysely/helpers/postgres');
const where = require('./where');
const { check, run, version } = require('./checks');

const db = new Kysely({ dialect: new PostgresDialect({ pool: new Pool({ ...where, max: 4 }), cursor: Cursor }) });

async function fresh() {
  await db.schema.dropTable('kysely_lines').ifExists().execute();
  await db.schema.dropTable('kysely_things').ifExists().execute();
  await db.schema.createTable('kysely_things')
    .addColumn('id', 'serial', (c) => c.primaryKey())
    .addColumn('name', 'varchar(40)', (c) => c.notNull())
    .addColumn('price', sql`numeric(10,2)`, (c) => c.defaultTo(1.5))
    .addColumn('doc', 'jsonb')
    .addColumn('tags', sql`text[]`)
    .addColumn('seen', 'timestamptz', (c) => c.defaultTo(sql`now()`))
    .execute();
  await db.schema.createTable('kysely_lines')
    .addColumn('id', 'integer', (c) => c.primaryKey().generatedAlwaysAsIdentity())
    .addColumn('thing_id', 'integer', (c) => c.references('kysely_things.id').onDelete('cascade').notNull())
    .addColumn('quantity', 'integer', (c) => c.check(sql`quantity > 0`))
    .execute();
  await db.schema.createIndex('kysely_by_name').on('kysely_things').column('name').execute();
}

async function fails(promise, code) {
  const error = await promise.then(() => { throw new Error(`expected ${code}, but it did not fail`); }, (e) => e);
  assert.equal(error.code, code, error.message);
}

check('the schema builder creates tables and indexes', fresh);
check('rows are inserted and returned', async () => {
  await fresh();
  const row = { name: 'zażółć', price: '12.50', doc: JSON.stringify({ k: [1, null] }), tags: ['a', 'x y'] };
  const got = await db.insertInto('kysely_things').values(row).returningAll().executeTakeFirstOrThrow();
  assert.deepEqual([got.id, got.name, got.price, got.doc, got.tags], [1, 'zażółć', '12.50', { k: [1, null] }, ['a', 'x y']]);
  assert.equal((await db.insertInto('kysely_things').values([{ name: 'a' }, { name: 'b' }]).executeTakeFirst()).numInsertedOrUpdatedRows, 2n);
});
check('rows are updated, deleted and counted', async () => {
  await fresh();
  await db.insertInto('kysely_things').values(['a', 'b', 'c'].map((name) => ({ name }))).execute();
  assert.equal((await db.updateTable('kysely_things').set((e) => ({ price: e('price', '+', 1) })).where('id', '>', 1).executeTakeFirst()).numUpdatedRows, 2n);
  assert.deepEqual(await db.deleteFrom('kysely_things').where('name', 'in', ['a', 'b']).where('price', '>', 2).returning('name').execute(), [{ name: 'b' }]);
  assert.deepEqual(await db.selectFrom('kysely_things').select((e) => e.fn.countAll().as('n')).executeTakeFirst(), { n: '2' });
});
check('an upsert updates what is there', async () => {
  await fresh();
  for (const name of ['a', 'b'])
    await db.insertInto('kysely_things').values({ id: 1, name }).onConflict((c) => c.column('id').doUpdateSet((e) => ({ name: e.ref('excluded.name') }))).execute();
  assert.deepEqual(await db.selectFrom('kysely_things').select('name').execute(), [{ name: 'b' }]);
});
check('joins, groups, CTEs, windows and set operations are answered', async () => {
  await fresh();
  await db.insertInto('kysely_things').values([{ name: 'a' }, { name: 'b' }]).execute();
  await db.insertInto('kysely_lines').values([{ thing_id: 1, quantity: 5 }, { thing_id: 1, quantity: 7 }, { thing_id: 2, quantity: 1 }]).execute();
  assert.deepEqual(await db.selectFrom('kysely_things as t').innerJoin('kysely_lines as l', 'l.thing_id', 't.id').groupBy('t.name').orderBy('t.name')
    .select(['t.name', (e) => e.fn.sum('l.quantity').as('s')]).execute(), [{ name: 'a', s: '12' }, { name: 'b', s: '1' }]);
  assert.deepEqual(await db.with('t', (q) => q.selectFrom('kysely_lines').where('thing_id', '=', 1).selectAll()).selectFrom('t').select((e) => e.fn.max('quantity').as('m')).execute(), [{ m: 7 }]);
  assert.deepEqual(await db.selectFrom('kysely_lines').select((e) => [e.fn.agg('row_number').over((o) => o.partitionBy('thing_id').orderBy('quantity')).as('n')]).orderBy('id').execute(), [{ n: '1' }, { n: '2' }, { n: '1' }]);
  assert.deepEqual(await db.selectFrom('kysely_things').select('name').unionAll(db.selectFrom('kysely_things').select('name')).orderBy('name').limit(3).offset(1).execute(), [{ name: 'a' }, { name: 'b' }, { name: 'b' }]);
});
check('CASE, subqueries, LIKE and arrays are answered', async () => {
  await fresh();
  await db.insertInto('kysely_things').values([{ name: 'a' }, { name: 'B' }]).execute();
  assert.deepEqual(await db.selectFrom('kysely_things').select((e) => e.case().when('name', '=', 'a').then(1).else(0).end().as('x')).orderBy('id').execute(), [{ x: 1 }, { x: 0 }]);
  assert.deepEqual(await db.selectFrom('kysely_things').where('name', 'ilike', 'b%').select('name').execute(), [{ name: 'B' }]);
  assert.deepEqual(await db.selectFrom('kysely_things').where((e) => e.not(e.exists(e.selectFrom('kysely_lines').select('id').whereRef('thing_id', '=', 'kysely_things.id')))).select('id').orderBy('id').execute(), [{ id: 1 }, { id: 2 }]);
  assert.deepEqual(await db.selectFrom('kysely_things').where('id', '=', sql`any(${[1, 9]})`).select('id').execute(), [{ id: 1 }]);
});
check('nested rows come as JSON', async () => {
  await fresh();
  await db.insertInto('kysely_things').values({ name: 'a' }).execute();
  await db.insertInto('kysely_lines').values([{ thing_id: 1, quantity: 5 }, { thing_id: 1, quantity: 7 }]).execute();
  const got = await db.selectFrom('kysely_things').select((e) => ['name', jsonArrayFrom(e.selectFrom('kysely_lines').select('quantity').whereRef('thing_id', '=', 'kysely_things.id').orderBy('id')).as('lines')]).execute();
  assert.deepEqual(got, [{ name: 'a', lines: [{ quantity: 5 }, { quantity: 7 }] }]);
});
check('transactions commit and roll back', async () => {
  await fresh();
  await db.transaction().execute((t) => t.insertInto('kysely_things').values({ name: 'kept' }).execute());
  await assert.rejects(db.transaction().setIsolationLevel('serializable').execute(async (t) => { await t.insertInto('kysely_things').values({ name: 'undone' }).execute(); throw new Error('no'); }), /no/);
  assert.deepEqual(await db.selectFrom('kysely_things').select('name').execute(), [{ name: 'kept' }]);
});
check('controlled transactions have savepoints', async () => {
  await fresh();
  const t = await db.startTransaction().execute();
  await t.insertInto('kysely_things').values({ name: 'kept' }).execute();
  const s = await t.savepoint('a').execute();
  await fails(s.insertInto('kysely_things').values({ id: 1, name: 'again' }).execute(), '23505');
  await s.rollbackToSavepoint('a').execute();
  await t.commit().execute();
  assert.deepEqual(await db.selectFrom('kysely_things').select('name').execute(), [{ name: 'kept' }]);
});
check('errors carry their SQLSTATE', async () => {
  await fresh();
  await fails(db.selectFrom('no_such_table').selectAll().execute(), '42P01');
  await fails(db.insertInto('kysely_lines').values({ thing_id: 99, quantity: 1 }).execute(), '23503');
  await db.insertInto('kysely_things').values({ name: 'a' }).execute();
  await fails(db.insertInto('kysely_lines').values({ thing_id: 1, quantity: 0 }).execute(), '23514');
});
check('rows are streamed in portions', async () => {
  let sum = 0;
  for await (const row of db.selectFrom(sql`generate_series(1, 1000)`.as('g')).select('g').stream(100)) sum += row.g;
  assert.equal(sum, 500500);
});
check('tables are introspected', async () => {
  await fresh();
  const table = (await db.introspection.getTables()).find((t) => t.name === 'kysely_things');
  assert.deepEqual(table.columns.map((c) => [c.name, c.dataType, c.isNullable, c.hasDefaultValue, c.isAutoIncrementing]), [
    ['id', 'int4', false, true, true], ['name', 'varchar', false, false, false], ['price', 'numeric', true, true, false], ['doc', 'jsonb', true, false, false],
    ['tags', '_text', true, false, false], ['seen', 'timestamptz', true, true, false]]);
});
check('a table is altered', async () => {
  await fresh();
  await db.schema.alterTable('kysely_things').addColumn('extra', 'integer', (c) => c.defaultTo(7)).execute();
  await db.schema.alterTable('kysely_things').renameColumn('name', 'title').execute();
  await db.schema.alterTable('kysely_things').alterColumn('title', (c) => c.dropNotNull()).execute();
  assert.deepEqual(await db.insertInto('kysely_things').values({ title: null }).returning(['title', 'extra']).execute(), [{ title: null, extra: 7 }]);
});
check('migrations go up and down', async () => {
  const migration = (name) => ({ up: (k) => k.schema.createTable(name).addColumn('id', 'integer').execute(), down: (k) => k.schema.dropTable(name).execute() });
  const migrator = new Migrator({ db, migrationTableName: 'kysely_done', migrationLockTableName: 'kysely_lock', provider: { getMigrations: async () => ({ a: migration('kysely_a'), b: migration('kysely_b') }) } });
  const up = await migrator.migrateToLatest();
  if (up.error) throw up.error;
  assert.deepEqual(up.results.map((r) => r.status), ['Success', 'Success']);
  assert.deepEqual((await migrator.migrateDown()).results.map((r) => r.migrationName), ['b']);
  await migrator.migrateDown();
  for (const table of ['kysely_done', 'kysely_lock']) await db.schema.dropTable(table).execute();
});
check('everything is dropped again', async () => {
  await db.schema.dropTable('kysely_lines').execute();
  await db.schema.dropTable('kysely_things').execute();
  await db.destroy();
});
console.log(`# Kysely ${version('kysely')}`);
run();
