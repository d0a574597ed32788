'use strict';
// Knex: its query and schema builders, migrations with a lock table, streams, savepoints.

const assert = require('node:assert/strict');
const knex = require('knex');
const where = require('./where');
const { check, run, version } = require('./checks');

const db = knex({ client: 'pg', connection: { ...where, application_name: 'checks of Knex' }, pool: { min: 0, max: 4 } });

async function fresh() {
  await db.schema.dropTableIfExists('knex_lines');
  await db.schema.dropTableIfExists('knex_things');
  await db.schema.createTable('knex_things', (t) => {
    t.increments('id');
    t.string('name', 40).notNullable().index();
    t.decimal('price', 10, 2).defaultTo(1.5);
    t.boolean('active').defaultTo(true);
    t.date('born');
    t.timestamp('seen', { useTz: true });
    t.jsonb('doc');
    t.uuid('ref');
    t.binary('payload');
    t.specificType('tags', 'text[]');
  });
  await db.schema.createTable('knex_lines', (t) => {
    t.increments('id');
    t.integer('thing_id').notNullable().references('id').inTable('knex_things').onDelete('CASCADE');
    t.integer('quantity');
    t.unique(['thing_id', 'quantity']);
  });
}

async function fails(promise, code) {
  const error = await promise.then(() => { throw new Error(`expected ${code}, but it did not fail`); }, (e) => e);
  assert.equal(error.code, code, error.message);
}

check('raw queries fill in positions, names and identifiers', async () => {
  assert.equal((await db.raw('SHOW application_name')).rows[0].application_name, 'checks of Knex');
  assert.deepEqual((await db.raw('SELECT ?::int AS ??, :b AS b'.replace(':b', '?'), [1, 'Odd "name"', 'x'])).rows, [{ 'Odd "name"': 1, b: 'x' }]);
});
check('the schema builder creates tables', fresh);
check('rows are inserted with what they return', async () => {
  await fresh();
  const seen = new Date(Date.UTC(2024, 1, 29, 12, 30, 15, 123));
  const row = { name: 'zażółć', price: '12.50', active: false, seen, doc: { k: [1, null] }, ref: '6f1d2c3b-4a59-4876-9abc-def012345678', payload: Buffer.from([0, 255]), tags: ['a', 'x y'] };
  const [got] = await db('knex_things').insert(row).returning('*');
  for (const [key, value] of Object.entries(row)) assert.deepEqual(got[key], value, key);
  assert.deepEqual(await db('knex_things').insert([{ name: 'a' }, { name: 'b' }], ['id']), [{ id: 2 }, { id: 3 }]);
});
check('rows are updated, incremented and deleted', async () => {
  await fresh();
  await db('knex_things').insert([{ name: 'a' }, { name: 'b' }, { name: 'c' }]);
  assert.equal(await db('knex_things').where('id', '>=', 2).update({ active: false }), 2);
  assert.equal(await db('knex_things').where({ name: 'a' }).increment('price', 2), 1);
  assert.equal((await db('knex_things').where({ name: 'a' }).first()).price, '3.50');
  assert.deepEqual((await db('knex_things').whereIn('name', ['a', 'b']).del('name')).map((r) => r.name).sort(), ['a', 'b']);
});
check('an upsert merges or ignores', async () => {
  await fresh();
  await db('knex_things').insert({ id: 1, name: 'a' });
  await db('knex_things').insert({ id: 1, name: 'b' }).onConflict('id').merge();
  await db('knex_things').insert({ id: 1, name: 'c' }).onConflict('id').ignore();
  assert.equal((await db('knex_things').first()).name, 'b');
});
check('joins, groups, subqueries, unions and CTEs are answered', async () => {
  await fresh();
  await db('knex_things').insert([{ name: 'a' }, { name: 'b' }]);
  await db('knex_lines').insert([{ thing_id: 1, quantity: 5 }, { thing_id: 1, quantity: 7 }, { thing_id: 2, quantity: 1 }]);
  assert.deepEqual(await db('knex_things as t').join('knex_lines as l', 'l.thing_id', 't.id').groupBy('t.name').havingRaw('sum(l.quantity) > ?', [2]).select('t.name').sum('l.quantity as s'), [{ name: 'a', s: '12' }]);
  assert.deepEqual(await db('knex_things').whereExists(db('knex_lines').whereRaw('knex_lines.thing_id = knex_things.id').where('quantity', 1)).pluck('name'), ['b']);
  assert.equal((await db('knex_things').select('name').union(db.select(db.raw("'z'")))).length, 3);
  assert.deepEqual(await db.with('t', db('knex_lines').where('thing_id', 1)).from('t').max('quantity as m'), [{ m: 7 }]);
  assert.deepEqual(await db('knex_lines').select('id', db.raw('row_number() over (partition by thing_id order by quantity desc)::int as n')).orderBy('id'), [{ id: 1, n: 2 }, { id: 2, n: 1 }, { id: 3, n: 1 }]);
});
check('conditions, order, limits and counts are answered', async () => {
  await fresh();
  await db('knex_things').insert([{ name: 'a', price: 1 }, { name: 'B', price: 2 }, { name: 'c', price: null }]);
  assert.deepEqual(await db('knex_things').whereNull('price').orWhereILike('name', 'b').orderBy('id').pluck('name'), ['B', 'c']);
  assert.deepEqual(await db('knex_things').whereBetween('price', [1, 2]).andWhereNot('name', 'a').pluck('name'), ['B']);
  assert.deepEqual(await db('knex_things').orderBy('price', 'desc', 'last').offset(1).limit(1).pluck('name'), ['a']);
  assert.deepEqual(await db('knex_things').count('* as n').first(), { n: '3' });
  assert.deepEqual(await db('knex_things').distinctOn('active').orderBy('active').orderBy('id').pluck('name'), ['a']);
});
check('JSON conditions are answered', async () => {
  await fresh();
  await db('knex_things').insert([{ name: 'a', doc: { k: { x: 5 } } }, { name: 'b', doc: { k: 1 } }]);
  assert.deepEqual(await db('knex_things').whereJsonPath('doc', '$.k.x', '=', 5).pluck('name'), ['a']);
  assert.deepEqual(await db('knex_things').whereJsonSupersetOf('doc', { k: 1 }).pluck('name'), ['b']);
  assert.deepEqual(await db('knex_things').jsonExtract('doc', '$.k.x', 'x').where({ name: 'a' }), [{ x: 5 }]);
});
check('transactions commit, roll back and nest', async () => {
  await fresh();
  await db.transaction(async (t) => {
    await t('knex_things').insert({ name: 'kept' });
    await t.transaction(async (s) => { await s('knex_things').insert({ name: 'undone' }); throw new Error('no'); }).catch(() => {});
  });
  await db.transaction(async (t) => { await t('knex_things').insert({ name: 'undone' }); throw new Error('no'); }).catch(() => {});
  assert.deepEqual(await db('knex_things').pluck('name'), ['kept']);
  await db.transaction(async (t) => assert.equal((await t.raw('SHOW transaction_isolation')).rows[0].transaction_isolation, 'serializable'), { isolationLevel: 'serializable' });
});
check('rows are locked in a transaction', async () => {
  await fresh();
  await db('knex_things').insert({ name: 'a' });
  await db.transaction(async (t) => assert.equal((await t('knex_things').forUpdate().first()).name, 'a'));
});
check('errors carry their SQLSTATE', async () => {
  await fresh();
  await fails(db('no_such_table').select(), '42P01');
  await fails(db('knex_things').insert({ name: null }), '23502');
  await fails(db('knex_lines').insert({ thing_id: 99 }), '23503');
});
check('a stream gives a thousand rows', async () => {
  let sum = 0;
  for await (const row of db.select('i').from(db.raw('generate_series(1, 1000) AS g(i)')).stream()) sum += row.i;
  assert.equal(sum, 500500);
});
check('a query is cancelled by its timeout', async () => {
  await assert.rejects(db.raw('SELECT count(*) FROM generate_series(1, 1000000000)').timeout(300, { cancel: true }), { name: 'KnexTimeoutError' });
  assert.equal((await db.raw('SELECT 1 AS one')).rows[0].one, 1);
});
check('tables and columns are looked up', async () => {
  await fresh();
  assert.deepEqual([await db.schema.hasTable('knex_things'), await db.schema.hasTable('no_such_table')], [true, false]);
  assert.deepEqual([await db.schema.hasColumn('knex_things', 'name'), await db.schema.hasColumn('knex_things', 'nope')], [true, false]);
});
check('columnInfo describes columns', async () => {
  await fresh();
  const info = await db('knex_things').columnInfo();
  assert.deepEqual(info.name, { type: 'character varying', maxLength: 40, nullable: false, defaultValue: null });
  assert.deepEqual([info.price.type, info.price.nullable, info.doc.type], ['numeric', true, 'jsonb']);
});
check('a table is altered', async () => {
  await fresh();
  await db.schema.alterTable('knex_things', (t) => {
    t.integer('extra').defaultTo(7);
    t.renameColumn('name', 'title');
    t.dropColumn('payload');
    t.setNullable('title');
  });
  assert.deepEqual(await db('knex_things').insert({ title: null }).returning(['title', 'extra']), [{ title: null, extra: 7 }]);
});
check('migrations go up and down', async () => {
  const migrationSource = {
    getMigrations: async () => ['001_first', '002_second'], getMigrationName: (name) => name,
    getMigration: async (name) => ({
      up: (k) => k.schema.createTable(`knex_${name}`, (t) => t.increments('id')), down: (k) => k.schema.dropTable(`knex_${name}`),
    }),
  };
  const settings = { migrationSource, tableName: 'knex_migrations' };
  assert.deepEqual((await db.migrate.latest(settings))[1], ['001_first', '002_second']);
  assert.deepEqual((await db.migrate.list(settings))[0].length, 2);
  await db.migrate.rollback(settings, true);
  assert.equal(await db.schema.hasTable('knex_001_first'), false);
  await db.schema.dropTable('knex_migrations').dropTable('knex_migrations_lock');
});
check('batchInsert inserts many rows in portions', async () => {
  await fresh();
  await db.batchInsert('knex_things', Array.from({ length: 500 }, (_, i) => ({ name: `n${i}` })), 100);
  assert.deepEqual(await db('knex_things').count('* as n').first(), { n: '500' });
});
check('everything is dropped again', async () => {
  await db.schema.dropTable('knex_lines').dropTable('knex_things');
  await db.destroy();
});
console.log(`# Knex ${version('knex')}`);
run();
