'use strict';
// Sequelize: models with associations, sync and alter by its own catalog queries, describeTable, transactions with CLS-free savepoints.

const assert = require('node:assert/strict');
const { DataTypes, Op, Sequelize, Transaction, ForeignKeyConstraintError, UniqueConstraintError, ValidationError, DatabaseError } = require('sequelize');
const where = require('./where');
const { check, run, version } = require('./checks');

const db = new Sequelize(where.database, where.user, null, { host: where.host, port: where.port, dialect: 'postgres', logging: false, pool: { max: 4 } });
const Thing = db.define('thing', {
  name: { type: DataTypes.STRING(40), allowNull: false }, price: { type: DataTypes.DECIMAL(10, 2), defaultValue: 1.5 }, active: { type: DataTypes.BOOLEAN, defaultValue: true },
  born: DataTypes.DATEONLY, seen: DataTypes.DATE, doc: DataTypes.JSONB, ref: { type: DataTypes.UUID, defaultValue: DataTypes.UUIDV4 }, payload: DataTypes.BLOB,
  tags: DataTypes.ARRAY(DataTypes.TEXT), big: DataTypes.BIGINT, code: { type: DataTypes.STRING, unique: true },
}, { tableName: 'sequelize_things', indexes: [{ fields: ['name'] }] });
const Line = db.define('line', { quantity: DataTypes.INTEGER }, { tableName: 'sequelize_lines', timestamps: false });
Thing.hasMany(Line, { onDelete: 'CASCADE' });
Line.belongsTo(Thing);

async function fresh() {
  await db.query('DROP TABLE IF EXISTS sequelize_lines, sequelize_things CASCADE');
  await db.sync();
}

check('authenticate answers, and the version is known', async () => {
  await db.authenticate();
  assert.match(await db.databaseVersion(), /^\d+\.\d+/);
});
check('sync creates tables and indexes', fresh);
check('sync a second time changes nothing', async () => { await fresh(); await db.sync(); });
check('sync with alter compares with the catalog', async () => { await fresh(); await db.sync({ alter: true }); });
check('a record is created and found', async () => {
  await fresh();
  const row = { name: 'zażółć', price: '12.50', active: false, born: '2024-02-29', seen: new Date(Date.UTC(2024, 1, 29, 12, 30, 15, 123)), doc: { k: [1, null] }, payload: Buffer.from([0, 255]), tags: ['a', 'x y'], big: '9223372036854775807' };
  const { id } = await Thing.create(row);
  const got = await Thing.findByPk(id);
  for (const [key, value] of Object.entries(row)) assert.deepEqual(got[key], value, key);
});
check('records are created in bulk, updated and destroyed', async () => {
  await fresh();
  assert.deepEqual((await Thing.bulkCreate([{ name: 'a' }, { name: 'b' }, { name: 'c' }])).map((t) => t.id), [1, 2, 3]);
  assert.deepEqual(await Thing.update({ active: false }, { where: { id: { [Op.gt]: 1 } } }), [2]);
  await (await Thing.findOne({ where: { name: 'a' } })).increment('price', { by: 2 });
  assert.equal((await Thing.findOne({ where: { name: 'a' } })).price, '3.50');
  assert.equal(await Thing.destroy({ where: { name: ['a', 'b'] } }), 2);
});
check('upsert and findOrCreate find what is there', async () => {
  await fresh();
  await Thing.upsert({ id: 1, name: 'a' });
  await Thing.upsert({ id: 1, name: 'b' });
  assert.equal((await Thing.findByPk(1)).name, 'b');
  assert.equal((await Thing.findOrCreate({ where: { name: 'b' } }))[1], false);
});
check('findOrCreate creates what is not there', async () => {
  await fresh();
  assert.equal((await Thing.findOrCreate({ where: { code: 'c' }, defaults: { name: 'c' } }))[1], true);
});
check('associations are created, included and destroyed with their owner', async () => {
  await fresh();
  await Thing.create({ name: 'a', lines: [{ quantity: 5 }, { quantity: 7 }] }, { include: Line });
  const got = await Thing.findAll({ include: [{ model: Line, where: { quantity: { [Op.gte]: 5 } } }], order: [[Line, 'quantity', 'DESC']], limit: 1 });
  assert.deepEqual(got[0].lines.map((l) => l.quantity), [7, 5]);
  assert.equal((await Line.findOne({ include: Thing })).thing.name, 'a');
  await got[0].destroy();
  assert.equal(await Line.count(), 0);
});
check('conditions, order, limits, groups and aggregates are answered', async () => {
  await fresh();
  await Thing.bulkCreate(Array.from({ length: 20 }, (_, i) => ({ name: `n${i}`, price: i, active: i % 2 === 0 })));
  assert.equal(await Thing.count({ where: { [Op.or]: [{ name: { [Op.iLike]: 'N1%' } }, { price: { [Op.between]: [2, 4] } }] } }), 14);
  assert.deepEqual((await Thing.findAll({ where: { name: { [Op.notIn]: ['n19'] } }, order: [['price', 'DESC']], offset: 1, limit: 2 })).map((t) => t.name), ['n17', 'n16']);
  assert.deepEqual(await Thing.findAll({ attributes: ['active', [db.fn('sum', db.col('price')), 's']], group: 'active', order: ['active'], raw: true }), [{ active: false, s: '100.00' }, { active: true, s: '90.00' }]);
  assert.deepEqual([Number(await Thing.max('price')), (await Thing.findAndCountAll({ limit: 3 })).count], [19, 20]);
});
check('JSON and array conditions are answered', async () => {
  await fresh();
  await Thing.bulkCreate([{ name: 'a', doc: { k: { x: 5 } }, tags: ['p', 'q'] }, { name: 'b', doc: { k: { x: 6 } }, tags: ['q'] }]);
  assert.deepEqual((await Thing.findAll({ where: { 'doc.k.x': 5 } })).map((t) => t.name), ['a']);
  assert.deepEqual((await Thing.findAll({ where: { tags: { [Op.contains]: ['p'] } } })).map((t) => t.name), ['a']);
  assert.deepEqual((await Thing.findAll({ where: { tags: { [Op.overlap]: ['p', 'z'] } } })).map((t) => t.name), ['a']);
});
check('raw queries fill in positions and names', async () => {
  assert.deepEqual(await db.query('SELECT ?::int AS a', { replacements: [1], type: 'SELECT' }), [{ a: 1 }]);
  assert.deepEqual(await db.query('SELECT $1::int AS a, $2 AS b', { bind: [1, 'x'], type: 'SELECT' }), [{ a: 1, b: 'x' }]);
});
check('transactions commit, roll back and nest', async () => {
  await fresh();
  await db.transaction({ isolationLevel: Transaction.ISOLATION_LEVELS.SERIALIZABLE }, async (transaction) => {
    await Thing.create({ name: 'kept' }, { transaction });
    await db.transaction({ transaction }, async (inner) => { await Thing.create({ name: 'undone' }, { transaction: inner }); throw new Error('no'); }).catch(() => {});
  });
  await db.transaction(async (transaction) => { await Thing.create({ name: 'undone' }, { transaction }); throw new Error('no'); }).catch(() => {});
  assert.deepEqual((await Thing.findAll()).map((t) => t.name), ['kept']);
});
check('violations have a class', async () => {
  await fresh();
  await Thing.create({ name: 'a', code: 'x' });
  await assert.rejects(Thing.create({ name: 'b', code: 'x' }), (e) => e instanceof UniqueConstraintError && e.fields.code === 'x');
  await assert.rejects(Line.create({ thingId: 99 }), (e) => e instanceof ForeignKeyConstraintError && e.table === 'sequelize_lines');
  await assert.rejects(Thing.create({}), ValidationError);
  await assert.rejects(db.query('SELECT * FROM no_such_table'), (e) => e instanceof DatabaseError && e.parent.code === '42P01');
});
check('tables are listed', async () => {
  await fresh();
  const tables = (await db.getQueryInterface().showAllTables()).map((t) => t.tableName ?? t);
  assert.deepEqual(['sequelize_lines', 'sequelize_things'].map((t) => tables.includes(t)), [true, true]);
});
check('describeTable describes columns', async () => {
  await fresh();
  const got = await db.getQueryInterface().describeTable('sequelize_things');
  assert.deepEqual([got.id.primaryKey, got.name.type, got.name.allowNull, got.price.type, got.tags.type, got.doc.type], [true, 'CHARACTER VARYING(40)', false, 'NUMERIC', 'ARRAY', 'JSONB']);
});
check('indexes and foreign keys are shown', async () => {
  await fresh();
  const indexes = await db.getQueryInterface().showIndex('sequelize_things');
  assert.deepEqual(indexes.map((i) => [i.fields.map((f) => f.attribute).join(), i.unique, i.primary]).sort(), [['code', true, false], ['id', true, true], ['name', false, false]]);
  const keys = await db.getQueryInterface().getForeignKeyReferencesForTable('sequelize_lines');
  assert.deepEqual(keys.map((k) => [k.columnName, k.referencedTableName, k.referencedColumnName]), [['thingId', 'sequelize_things', 'id']]);
});
check('columns are added, renamed, changed and removed', async () => {
  await fresh();
  const q = db.getQueryInterface();
  await q.addColumn('sequelize_things', 'extra', { type: DataTypes.INTEGER, defaultValue: 7 });
  await q.renameColumn('sequelize_things', 'name', 'title');
  await q.changeColumn('sequelize_things', 'title', { type: DataTypes.TEXT, allowNull: true });
  await q.removeColumn('sequelize_things', 'payload');
  await db.query('INSERT INTO sequelize_things (title, "createdAt", "updatedAt") VALUES (NULL, now(), now())');
  assert.deepEqual(await db.query('SELECT title, extra FROM sequelize_things', { type: 'SELECT' }), [{ title: null, extra: 7 }]);
});
check('everything is dropped again', async () => {
  await db.drop();
  await db.close();
});
console.log(`# Sequelize ${version('sequelize')}`);
run();
