'use strict';
// Prisma Client through its driver adapter: its query compiler, CRUD, relations, aggregates, transactions, raw queries.

const assert = require('node:assert/strict');
const { PrismaPg } = require('@prisma/adapter-pg');
const { Prisma, PrismaClient } = require('@prisma/client');
const where = require('./where');
const { check, run, version } = require('./checks');

const db = new PrismaClient({ adapter: new PrismaPg({ ...where, max: 4 }) });
const DDL = [
  'DROP TABLE IF EXISTS prisma_visits, prisma_patients',
  `CREATE TABLE prisma_patients (id serial PRIMARY KEY, name varchar(60) NOT NULL, email text, balance numeric(10,2) NOT NULL DEFAULT 0, active boolean NOT NULL DEFAULT true,
     born date, created timestamptz(6) NOT NULL DEFAULT CURRENT_TIMESTAMP, doc jsonb, photo bytea, big bigint, tags text[])`,
  'CREATE UNIQUE INDEX prisma_patients_email_key ON prisma_patients (email)',
  `CREATE TABLE prisma_visits (id serial PRIMARY KEY, patient_id integer NOT NULL REFERENCES prisma_patients (id) ON DELETE CASCADE ON UPDATE CASCADE, reason text, cost double precision)`,
];

async function fresh() {
  for (const statement of DDL) await db.$executeRawUnsafe(statement);
}

const names = async () => (await db.patient.findMany({ orderBy: { id: 'asc' } })).map((p) => p.name);
const fails = (promise, code) => assert.rejects(promise, (e) => e instanceof Prisma.PrismaClientKnownRequestError && e.code === code);

check('tables are made by raw statements', fresh);
check('a raw query fills in its values', async () => assert.deepEqual(await db.$queryRaw`SELECT ${1}::int AS a, ${'x'}::text AS b`, [{ a: 1, b: 'x' }]));
check('a record is created and found with every type', async () => {
  await fresh();
  const data = { name: 'zażółć', email: 'a@b', balance: new Prisma.Decimal('12.5'), active: false, born: new Date(Date.UTC(2024, 1, 29)), created: new Date(Date.UTC(2024, 1, 29, 12, 30, 15, 123)),
    doc: { k: [1, null] }, photo: new Uint8Array([0, 255]), big: 9223372036854775807n, tags: ['a', 'x y'] };
  const { id } = await db.patient.create({ data });
  const got = await db.patient.findUniqueOrThrow({ where: { id } });
  for (const [key, value] of Object.entries(data)) assert.deepEqual(key === 'photo' ? new Uint8Array(got[key]) : got[key], value, key);
});
check('records are created in bulk, updated and deleted', async () => {
  await fresh();
  assert.deepEqual(await db.patient.createMany({ data: [{ name: 'a' }, { name: 'b' }, { name: 'c' }] }), { count: 3 });
  assert.deepEqual((await db.patient.createManyAndReturn({ data: [{ name: 'd' }], select: { id: true } })), [{ id: 4 }]);
  assert.deepEqual(await db.patient.updateMany({ where: { id: { gt: 2 } }, data: { active: false } }), { count: 2 });
  assert.equal((await db.patient.update({ where: { id: 1 }, data: { balance: { increment: 2.5 } } })).balance.toString(), '2.5');
  assert.deepEqual(await db.patient.deleteMany({ where: { name: { in: ['a', 'b'] } } }), { count: 2 });
  assert.equal((await db.patient.delete({ where: { id: 3 } })).name, 'c');
});
check('upsert updates what is there', async () => {
  await fresh();
  for (const name of ['a', 'b']) await db.patient.upsert({ where: { email: 'x' }, create: { name, email: 'x' }, update: { name } });
  assert.deepEqual(await names(), ['b']);
});
check('relations are created, included, filtered and counted', async () => {
  await fresh();
  await db.patient.create({ data: { name: 'a', visits: { create: [{ reason: 'r1', cost: 1.5 }, { reason: 'r2', cost: 2.5 }] } } });
  await db.patient.create({ data: { name: 'b' } });
  const got = await db.patient.findMany({ include: { visits: { orderBy: { id: 'desc' }, select: { reason: true } } }, orderBy: { id: 'asc' } });
  assert.deepEqual(got.map((p) => p.visits), [[{ reason: 'r2' }, { reason: 'r1' }], []]);
  assert.equal(await db.patient.count({ where: { visits: { some: { cost: { gt: 2 } } } } }), 1);
  assert.equal(await db.patient.count({ where: { visits: { none: {} } } }), 1);
  assert.deepEqual((await db.patient.findFirst({ select: { _count: { select: { visits: true } } }, orderBy: { id: 'asc' } }))._count, { visits: 2 });
  assert.equal((await db.visit.findFirst({ where: { patient: { name: 'a' } }, include: { patient: true } })).patient.name, 'a');
});
check('nested writes connect, update and delete', async () => {
  await fresh();
  const a = await db.patient.create({ data: { name: 'a', visits: { create: [{ reason: 'r1' }, { reason: 'r2' }] } }, include: { visits: true } });
  await db.patient.update({ where: { id: a.id }, data: { visits: { update: { where: { id: a.visits[0].id }, data: { reason: 'new' } }, delete: { id: a.visits[1].id }, create: { reason: 'r3' } } } });
  assert.deepEqual((await db.visit.findMany({ orderBy: { id: 'asc' } })).map((v) => v.reason), ['new', 'r3']);
  await db.patient.delete({ where: { id: a.id } });
  assert.equal(await db.visit.count(), 0);
});
check('filters, order, paging and cursors are answered', async () => {
  await fresh();
  await db.patient.createMany({ data: Array.from({ length: 20 }, (_, i) => ({ name: `n${i}`, balance: i, tags: i % 2 ? ['odd'] : ['even', 'x'] })) });
  assert.equal(await db.patient.count({ where: { OR: [{ name: { startsWith: 'N1', mode: 'insensitive' } }, { balance: { gte: 2, lte: 4 } }], NOT: { name: 'n19' } } }), 13);
  assert.deepEqual((await db.patient.findMany({ orderBy: [{ balance: 'desc' }], skip: 1, take: 2 })).map((p) => p.name), ['n18', 'n17']);
  assert.deepEqual((await db.patient.findMany({ cursor: { id: 5 }, skip: 1, take: 2, orderBy: { id: 'asc' } })).map((p) => p.id), [6, 7]);
  assert.equal(await db.patient.count({ where: { tags: { has: 'odd' } } }), 10);
  assert.equal(await db.patient.count({ where: { email: null, tags: { hasSome: ['x', 'y'] } } }), 10);
  assert.deepEqual((await db.patient.findMany({ distinct: ['active'] })).length, 1);
});
check('JSON filters look into documents', async () => {
  await fresh();
  await db.patient.createMany({ data: [{ name: 'a', doc: { k: { x: 5 } } }, { name: 'b', doc: { k: { x: 6 } } }] });
  assert.deepEqual((await db.patient.findMany({ where: { doc: { path: ['k', 'x'], equals: 5 } } })).map((p) => p.name), ['a']);
});
check('aggregates and groups are answered', async () => {
  await fresh();
  await db.patient.createMany({ data: [1, 2, 3, 4].map((i) => ({ name: `n${i}`, balance: i, active: i > 1 })) });
  const all = await db.patient.aggregate({ _sum: { balance: true }, _avg: { balance: true }, _max: { name: true }, _count: true });
  assert.deepEqual([all._sum.balance.toString(), all._avg.balance.toString(), all._max.name, all._count], ['10', '2.5', 'n4', 4]);
  const groups = await db.patient.groupBy({ by: ['active'], _sum: { balance: true }, orderBy: { active: 'asc' }, having: { balance: { _sum: { gt: 1 } } } });
  assert.deepEqual(groups.map((g) => [g.active, g._sum.balance.toString()]), [[true, '9']]);
});
check('an array of operations is one transaction', async () => {
  await fresh();
  await db.$transaction([db.patient.create({ data: { name: 'a' } }), db.patient.create({ data: { name: 'b' } })]);
  await assert.rejects(db.$transaction([db.patient.create({ data: { name: 'c' } }), db.patient.create({ data: { id: 1, name: 'again' } })]));
  assert.deepEqual(await names(), ['a', 'b']);
});
check('an interactive transaction commits or rolls back', async () => {
  await fresh();
  await db.$transaction(async (t) => { await t.patient.create({ data: { name: 'kept' } }); }, { isolationLevel: 'Serializable' });
  await assert.rejects(db.$transaction(async (t) => { await t.patient.create({ data: { name: 'undone' } }); throw new Error('no'); }), /no/);
  assert.deepEqual(await names(), ['kept']);
});
check('violations have their code', async () => {
  await fresh();
  await db.patient.create({ data: { name: 'a', email: 'x' } });
  await fails(db.patient.create({ data: { name: 'b', email: 'x' } }), 'P2002');
  await fails(db.visit.create({ data: { patientId: 99 } }), 'P2003');
  await fails(db.patient.findUniqueOrThrow({ where: { id: 99 } }), 'P2025');
  await fails(db.patient.create({ data: { name: 'x'.repeat(61) } }), 'P2000');
  await fails(db.$queryRaw`SELECT * FROM no_such_table`, 'P2010');
});
check('a missing table has its code', async () => {
  await fresh();
  await db.$executeRawUnsafe('DROP TABLE prisma_visits');
  await fails(db.visit.findMany(), 'P2021');
});
check('everything is dropped again', async () => {
  await db.$executeRawUnsafe('DROP TABLE IF EXISTS prisma_visits, prisma_patients');
  await db.$disconnect();
});
console.log(`# Prisma ${version('@prisma/client')}`);
run();
