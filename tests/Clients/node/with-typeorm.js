'use strict';
// TypeORM: entity schemas, synchronize (its catalog queries), repositories, query builder, migrations from the difference, streams.

require('reflect-metadata');
const assert = require('node:assert/strict');
const { DataSource, EntitySchema, ILike, In, MoreThan, QueryFailedError } = require('typeorm');
const where = require('./where');
const { check, run, version } = require('./checks');

const Thing = new EntitySchema({
  name: 'Thing', tableName: 'typeorm_things',
  columns: {
    id: { type: 'int', primary: true, generated: 'increment' }, name: { type: 'varchar', length: 40 }, price: { type: 'numeric', precision: 10, scale: 2, default: () => '1.5' },
    active: { type: 'boolean', default: true }, born: { type: 'date', nullable: true }, seen: { type: 'timestamptz', nullable: true }, doc: { type: 'jsonb', nullable: true },
    ref: { type: 'uuid', nullable: true }, payload: { type: 'bytea', nullable: true }, tags: { type: 'text', array: true, nullable: true }, created: { type: 'timestamptz', createDate: true },
  },
  indices: [{ name: 'typeorm_by_name', columns: ['name'] }],
  relations: { lines: { type: 'one-to-many', target: 'Line', inverseSide: 'thing', cascade: true } },
});
const Line = new EntitySchema({
  name: 'Line', tableName: 'typeorm_lines',
  columns: { id: { type: 'int', primary: true, generated: 'increment' }, quantity: { type: 'int', nullable: true } },
  relations: { thing: { type: 'many-to-one', target: 'Thing', inverseSide: 'lines', onDelete: 'CASCADE', joinColumn: { name: 'thing_id' } } },
});
const db = new DataSource({ type: 'postgres', host: where.host, port: where.port, database: where.database, username: where.user, entities: [Thing, Line], uuidExtension: 'pgcrypto', installExtensions: false, applicationName: 'checks of TypeORM', poolSize: 4 });
const things = () => db.getRepository('Thing');
const lines = () => db.getRepository('Line');

// Its own DDL is one check; the others do not depend on it.
async function fresh() {
  await db.query('DROP TABLE IF EXISTS typeorm_lines, typeorm_things');
  await db.query(`CREATE TABLE typeorm_things (id serial PRIMARY KEY, name varchar(40) NOT NULL, price numeric(10,2) NOT NULL DEFAULT 1.5, active boolean NOT NULL DEFAULT true, born date,
    seen timestamptz, doc jsonb, ref uuid, payload bytea, tags text[], created timestamptz NOT NULL DEFAULT now())`);
  await db.query('CREATE TABLE typeorm_lines (id serial PRIMARY KEY, quantity int, thing_id int REFERENCES typeorm_things (id) ON DELETE CASCADE)');
}

check('a data source is initialized', async () => { await db.initialize(); });
check('a query fills in its values', async () => assert.deepEqual(await db.query('SELECT $1::int AS a, current_setting($2) AS b', [1, 'application_name']), [{ a: 1, b: 'checks of TypeORM' }]));
check('an entity is saved and found with every type', async () => {
  await fresh();
  const row = { name: 'zażółć', price: '12.50', active: false, born: '2024-02-29', seen: new Date(Date.UTC(2024, 1, 29, 12, 30, 15)), doc: { k: [1, null] }, ref: '6f1d2c3b-4a59-4876-9abc-def012345678', payload: Buffer.from([0, 255]), tags: ['a', 'x y'] };
  const { id } = await things().save({ ...row });
  const got = await things().findOneByOrFail({ id });
  for (const [key, value] of Object.entries(row)) assert.deepEqual(got[key], value, key);
});
check('entities are inserted, updated, incremented and deleted', async () => {
  await fresh();
  assert.deepEqual((await things().insert([{ name: 'a' }, { name: 'b' }, { name: 'c' }])).identifiers, [{ id: 1 }, { id: 2 }, { id: 3 }]);
  assert.equal((await things().update({ id: MoreThan(1) }, { active: false })).affected, 2);
  await things().increment({ id: 1 }, 'price', 2);
  assert.equal((await things().findOneBy({ id: 1 })).price, '3.50');
  assert.equal((await things().delete({ name: In(['a', 'b']) })).affected, 2);
});
check('relations are cascaded, loaded and filtered', async () => {
  await fresh();
  await things().save({ name: 'a', lines: [{ quantity: 5 }, { quantity: 7 }] });
  const got = await things().find({ relations: { lines: true }, where: { lines: { quantity: MoreThan(4) } }, order: { lines: { quantity: 'DESC' } } });
  assert.deepEqual(got[0].lines.map((l) => l.quantity), [7, 5]);
  assert.equal((await lines().findOne({ where: { quantity: 5 }, relations: { thing: true } })).thing.name, 'a');
});
check('the query builder joins, groups and counts', async () => {
  await fresh();
  await things().save([{ name: 'a', lines: [{ quantity: 5 }, { quantity: 7 }] }, { name: 'b', lines: [] }]);
  assert.deepEqual(await things().createQueryBuilder('t').leftJoin('t.lines', 'l').select('t.name', 'name').addSelect('COALESCE(SUM(l.quantity), 0)::int', 's').groupBy('t.name').orderBy('t.name').getRawMany(), [{ name: 'a', s: 12 }, { name: 'b', s: 0 }]);
  assert.equal(await things().createQueryBuilder('t').where('t.name IN (:...names)', { names: ['a', 'z'] }).getCount(), 1);
  const [page, total] = await things().findAndCount({ relations: { lines: true }, order: { id: 'ASC' }, skip: 1, take: 1 });
  assert.deepEqual([page.map((t) => t.name), total], [['b'], 2]);
  assert.equal(await things().countBy({ name: ILike('A%') }), 1);
});
check('transactions commit, roll back and nest', async () => {
  await fresh();
  await db.transaction('SERIALIZABLE', async (m) => {
    await m.save('Thing', { name: 'kept' });
    await m.transaction(async (s) => { await s.save('Thing', { name: 'undone' }); throw new Error('no'); }).catch(() => {});
  });
  await db.transaction(async (m) => { await m.save('Thing', { name: 'undone' }); throw new Error('no'); }).catch(() => {});
  assert.deepEqual((await things().find()).map((t) => t.name), ['kept']);
});
check('rows are locked in a transaction', async () => {
  await fresh();
  await things().save({ name: 'a' });
  await db.transaction(async (m) => assert.equal((await m.findOne('Thing', { where: { id: 1 }, lock: { mode: 'pessimistic_write' } })).name, 'a'));
});
check('errors carry their SQLSTATE', async () => {
  await fresh();
  await assert.rejects(lines().insert({ thing: { id: 99 } }), (e) => e instanceof QueryFailedError && e.driverError.code === '23503');
  await assert.rejects(db.query('SELECT * FROM no_such_table'), (e) => e.driverError.code === '42P01');
});
check('synchronize makes the tables from nothing', async () => {
  await db.query('DROP TABLE IF EXISTS typeorm_lines, typeorm_things');
  await db.synchronize();
  await things().save({ name: 'a', lines: [{ quantity: 1 }] });
  assert.equal(await lines().count(), 1);
});
check('synchronize finds nothing to change afterwards', async () => {
  await db.query('DROP TABLE IF EXISTS typeorm_lines, typeorm_things');
  await db.synchronize();
  assert.deepEqual((await db.driver.createSchemaBuilder().log()).upQueries.map((q) => q.query), []);
});
check('a query runner describes a table', async () => {
  await fresh();
  const runner = db.createQueryRunner();
  try {
    const table = await runner.getTable('typeorm_lines');
    assert.deepEqual(table.columns.map((c) => [c.name, c.type, c.isPrimary, c.isNullable]).sort(), [['id', 'integer', true, false], ['quantity', 'integer', false, true], ['thing_id', 'integer', false, true]]);
    assert.deepEqual(table.foreignKeys.map((k) => [k.columnNames, k.referencedTableName, k.onDelete]), [[['thing_id'], 'typeorm_things', 'CASCADE']]);
  } finally {
    await runner.release();
  }
});
check('everything is dropped again', async () => {
  await db.query('DROP TABLE IF EXISTS typeorm_lines, typeorm_things');
  await db.destroy();
});
console.log(`# TypeORM ${version('typeorm')}`);
run();
