'use strict';
// Drizzle ORM on node-postgres: its query builder and relational queries, which nest rows as JSON by lateral joins.

const assert = require('node:assert/strict');
const { Pool } = require('pg');
const { and, asc, count, desc, eq, gt, ilike, inArray, isNull, relations, sql, sum } = require('drizzle-orm');
const { drizzle } = require('drizzle-orm/node-postgres');
const { boolean, customType, date, integer, jsonb, numeric, pgTable, serial, text, timestamp, uuid, varchar, alias, unionAll } = require('drizzle-orm/pg-core');
const where = require('./where');
const { check, run, version } = require('./checks');

const bytea = customType({ dataType: () => 'bytea' });
const things = pgTable('drizzle_things', {
  id: serial().primaryKey(), name: varchar({ length: 40 }).notNull(), price: numeric({ precision: 10, scale: 2 }).default('1.50'), active: boolean().default(true),
  born: date(), seen: timestamp({ withTimezone: true, mode: 'date' }).defaultNow(), doc: jsonb(), ref: uuid().defaultRandom(), payload: bytea(), tags: text().array(),
});
const lines = pgTable('drizzle_lines', { id: serial().primaryKey(), thingId: integer('thing_id').notNull().references(() => things.id, { onDelete: 'cascade' }), quantity: integer() });
const thingRelations = relations(things, ({ many }) => ({ lines: many(lines) }));
const lineRelations = relations(lines, ({ one }) => ({ thing: one(things, { fields: [lines.thingId], references: [things.id] }) }));

const pool = new Pool({ ...where, max: 4 });
const db = drizzle(pool, { schema: { things, lines, thingRelations, lineRelations } });

async function fresh() {
  await db.execute(sql`DROP TABLE IF EXISTS drizzle_lines, drizzle_things`);
  await db.execute(sql`CREATE TABLE drizzle_things (id serial PRIMARY KEY, name varchar(40) NOT NULL, price numeric(10,2) DEFAULT 1.50, active boolean DEFAULT true, born date,
    seen timestamptz DEFAULT now(), doc jsonb, ref uuid DEFAULT gen_random_uuid(), payload bytea, tags text[])`);
  await db.execute(sql`CREATE TABLE drizzle_lines (id serial PRIMARY KEY, thing_id integer NOT NULL REFERENCES drizzle_things (id) ON DELETE CASCADE, quantity integer)`);
}

async function fails(promise, code) {
  const error = await promise.then(() => { throw new Error(`expected ${code}, but it did not fail`); }, (e) => e);
  assert.equal((error.cause ?? error).code, code, error.message);
}

check('raw SQL fills in its values', async () => assert.deepEqual((await db.execute(sql`SELECT ${1}::int AS a, ${'x'} AS b`)).rows, [{ a: 1, b: 'x' }]));
check('rows are inserted and returned with their defaults', async () => {
  await fresh();
  const row = { name: 'zażółć', price: '12.50', active: false, born: '2024-02-29', seen: new Date(Date.UTC(2024, 1, 29, 12, 30, 15)), doc: { k: [1, null] }, payload: Buffer.from([0, 255]), tags: ['a', 'x y'] };
  const [got] = await db.insert(things).values(row).returning();
  assert.match(got.ref, /^[0-9a-f-]{36}$/);
  for (const [key, value] of Object.entries(row)) assert.deepEqual(got[key], value, key);
});
check('rows are updated, deleted and counted', async () => {
  await fresh();
  await db.insert(things).values([{ name: 'a' }, { name: 'b' }, { name: 'c' }]);
  assert.deepEqual(await db.update(things).set({ price: sql`${things.price} + 1` }).where(gt(things.id, 1)).returning({ price: things.price }), [{ price: '2.50' }, { price: '2.50' }]);
  assert.equal((await db.delete(things).where(inArray(things.name, ['a', 'b']))).rowCount, 2);
  assert.equal(await db.$count(things), 1);
});
check('an upsert updates or ignores', async () => {
  await fresh();
  for (const name of ['a', 'b']) await db.insert(things).values({ id: 1, name }).onConflictDoUpdate({ target: things.id, set: { name: sql`excluded.name` } });
  await db.insert(things).values({ id: 1, name: 'c' }).onConflictDoNothing();
  assert.deepEqual(await db.select({ name: things.name }).from(things), [{ name: 'b' }]);
});
check('joins, groups, CTEs, subqueries and unions are answered', async () => {
  await fresh();
  await db.insert(things).values([{ name: 'a' }, { name: 'b' }]);
  await db.insert(lines).values([{ thingId: 1, quantity: 5 }, { thingId: 1, quantity: 7 }, { thingId: 2, quantity: 1 }]);
  assert.deepEqual(await db.select({ name: things.name, n: count(), s: sum(lines.quantity) }).from(things).innerJoin(lines, eq(lines.thingId, things.id)).groupBy(things.name).having(gt(sum(lines.quantity), 2)), [{ name: 'a', n: 2, s: '12' }]);
  const big = db.$with('big').as(db.select().from(lines).where(gt(lines.quantity, 4)));
  assert.equal((await db.with(big).select().from(big)).length, 2);
  const other = alias(things, 'other');
  assert.equal((await db.select().from(things).leftJoin(other, and(eq(other.id, things.id), isNull(other.name)))).length, 2);
  assert.equal((await unionAll(db.select({ id: things.id }).from(things), db.select({ id: lines.id }).from(lines))).length, 5);
});
check('conditions, order and limits are answered', async () => {
  await fresh();
  await db.insert(things).values([{ name: 'a' }, { name: 'B' }, { name: 'c' }]);
  assert.deepEqual(await db.select({ id: things.id }).from(things).where(ilike(things.name, 'b')), [{ id: 2 }]);
  assert.deepEqual(await db.selectDistinct({ active: things.active }).from(things), [{ active: true }]);
  assert.deepEqual(await db.select({ id: things.id }).from(things).orderBy(desc(things.id)).limit(1).offset(1), [{ id: 2 }]);
});
check('relational queries nest rows', async () => {
  await fresh();
  await db.insert(things).values([{ name: 'a' }, { name: 'b' }]);
  await db.insert(lines).values([{ thingId: 1, quantity: 5 }, { thingId: 1, quantity: 7 }]);
  const got = await db.query.things.findMany({ columns: { name: true }, with: { lines: { columns: { quantity: true }, orderBy: asc(lines.id) } }, orderBy: asc(things.id) });
  assert.deepEqual(got, [{ name: 'a', lines: [{ quantity: 5 }, { quantity: 7 }] }, { name: 'b', lines: [] }]);
});
check('a relational query follows a key to its one row', async () => {
  await fresh();
  await db.insert(things).values({ name: 'a' });
  await db.insert(lines).values({ thingId: 1, quantity: 5 });
  const got = await db.query.lines.findFirst({ with: { thing: true }, where: eq(lines.quantity, 5) });
  assert.deepEqual([got.quantity, got.thing.name, Number(got.thing.price)], [5, 'a', 1.5]);
});
check('prepared queries are used often', async () => {
  await fresh();
  await db.insert(things).values([{ name: 'a' }, { name: 'b' }]);
  const byId = db.select({ name: things.name }).from(things).where(eq(things.id, sql.placeholder('id'))).prepare('drizzle_by_id');
  for (const [id, name] of [[1, 'a'], [2, 'b'], [1, 'a']]) assert.deepEqual(await byId.execute({ id }), [{ name }]);
});
check('transactions commit, roll back and nest', async () => {
  await fresh();
  await db.transaction(async (t) => {
    await t.insert(things).values({ name: 'kept' });
    await t.transaction(async (s) => { await s.insert(things).values({ name: 'undone' }); s.rollback(); }).catch(() => {});
  }, { isolationLevel: 'serializable' });
  await assert.rejects(db.transaction(async (t) => { await t.insert(things).values({ name: 'undone' }); throw new Error('no'); }), /no/);
  assert.deepEqual(await db.select({ name: things.name }).from(things), [{ name: 'kept' }]);
});
check('rows are locked in a transaction', async () => {
  await fresh();
  await db.insert(things).values({ name: 'a' });
  await db.transaction(async (t) => assert.equal((await t.select().from(things).for('update')).length, 1));
});
check('errors carry their SQLSTATE', async () => {
  await fresh();
  await fails(db.execute(sql`SELECT * FROM no_such_table`), '42P01');
  await fails(db.insert(lines).values({ thingId: 99 }), '23503');
  await fails(db.insert(things).values({ name: 'x'.repeat(41) }), '22001');
});
check('INSERT from SELECT copies rows', async () => {
  await fresh();
  await db.insert(things).values([{ name: 'a' }, { name: 'b' }]);
  await db.insert(lines).select(db.select({ id: sql`${things.id} + 10`.as('id'), thingId: things.id, quantity: sql`3`.as('quantity') }).from(things));
  assert.equal(await db.$count(lines, eq(lines.quantity, 3)), 2);
});
check('everything is dropped again', async () => {
  await db.execute(sql`DROP TABLE drizzle_lines, drizzle_things`);
  await pool.end();
});
console.log(`# Drizzle ${version('drizzle-orm')}`);
run();
