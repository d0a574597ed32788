'use strict';
// Directus, a whole application: set up in an empty database with its own migrations, started, used through its API, restarted.

const assert = require('node:assert/strict');
const { spawn } = require('node:child_process');
const { createServer } = require('node:net');
const { join } = require('node:path');
const where = require('../node/where');
const { check, run } = require('../node/checks');

// The driver of its own data base tool.
const { Client } = require(require.resolve('pg', { paths: [require.resolve('@directus/api/package.json', { paths: [__dirname] })] }));
const program = join(__dirname, 'node_modules', 'directus', 'cli.js');
const database = `directus_${process.pid}`;
const admin = { email: 'admin@example.com', password: 'a secret of eleven' };
let server;
let port;
let token;
let output = '';

function environment() {
  return {
    ...process.env, DB_CLIENT: 'pg', DB_HOST: where.host, DB_PORT: String(where.port), DB_DATABASE: database, DB_USER: where.user, DB_PASSWORD: 'any',
    KEY: 'key', SECRET: 'secret', ADMIN_EMAIL: admin.email, ADMIN_PASSWORD: admin.password, HOST: '127.0.0.1', PORT: String(port),
    TELEMETRY: 'false', CACHE_ENABLED: 'false', RATE_LIMITER_ENABLED: 'false', WEBSOCKETS_ENABLED: 'false', LOG_LEVEL: 'warn', LOG_STYLE: 'raw',
  };
}

function start(...args) {
  const child = spawn(process.execPath, [program, ...args], { env: environment(), cwd: __dirname });
  child.stdout.on('data', (text) => { output += text; });
  child.stderr.on('data', (text) => { output += text; });
  child.ended = new Promise((resolve) => child.on('exit', resolve));
  return child;
}

const freePort = () => new Promise((resolve) => {
  const probe = createServer().listen(0, '127.0.0.1', () => {
    const { port: free } = probe.address();
    probe.close(() => resolve(free));
  });
});

async function serve() {
  server = start('start');
  for (let round = 0; round < 600; round++) {
    if (server.exitCode !== null) throw new Error(`it ended: ${output.slice(-600)}`);
    try {
      return await ask('GET', '/server/ping');
    } catch {
      await new Promise((resolve) => { setTimeout(resolve, 100); });
    }
  }

  throw new Error(`it does not answer: ${output.slice(-600)}`);
}

async function stop() {
  if (!server) return;
  server.kill('SIGTERM');
  const late = setTimeout(() => server.kill('SIGKILL'), 10000);
  await server.ended;
  clearTimeout(late);
  server = null;
}

async function ask(method, path, body, expected = 200) {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
    method, headers: { 'content-type': 'application/json', ...token && { authorization: `Bearer ${token}` } }, body: body && JSON.stringify(body),
  });
  const text = await answer.text();
  assert.equal(answer.status, expected, `${method} ${path}: ${answer.status} ${text.slice(0, 300)}`);
  return text.startsWith('{') ? JSON.parse(text) : text;
}

const items = async (query) => (await ask('GET', `/items/wards_${query}`)).data;

async function onServer(...statements) {
  const client = new Client(where);
  await client.connect();
  try {
    for (const sql of statements) await client.query(sql);
  } finally {
    await client.end();
  }
}

check('an empty database is set up by all of its migrations', async () => {
  await onServer(`CREATE DATABASE ${database}`);
  const child = start('bootstrap');
  assert.equal(await child.ended, 0, output.slice(-800));
});

check('it starts and finds its database healthy', async () => {
  assert.equal(await serve(), 'pong');
  token = (await ask('POST', '/auth/login', admin)).data.access_token;
  const health = await ask('GET', '/server/health');
  assert.equal(health.status, 'ok', JSON.stringify(health).slice(0, 300));
});

check('a wrong password is refused', async () => {
  const kept = token;
  token = null;
  await ask('POST', '/auth/login', { ...admin, password: 'wrong' }, 401);
  token = kept;
});

check('collections are made with their fields', async () => {
  await ask('POST', '/collections', {
    collection: 'wards_', schema: {}, meta: { sort_field: 'sort' }, fields: [
      { field: 'id', type: 'integer', schema: { is_primary_key: true, has_auto_increment: true } },
      { field: 'name', type: 'string', schema: { is_nullable: false, is_unique: true, max_length: 60 } },
      { field: 'beds', type: 'integer', schema: { default_value: 4 } },
      { field: 'cost', type: 'decimal', schema: { numeric_precision: 10, numeric_scale: 2 } },
      { field: 'opened', type: 'date' }, { field: 'seen', type: 'timestamp' }, { field: 'notes', type: 'json', meta: { special: ['cast-json'] } },
      { field: 'open', type: 'boolean' }, { field: 'tags', type: 'csv', meta: { special: ['cast-csv'] } }, { field: 'sort', type: 'integer' },
    ],
  });
  await ask('POST', '/collections', {
    collection: 'beds_', schema: {}, meta: {}, fields: [
      { field: 'id', type: 'uuid', meta: { special: ['uuid'] }, schema: { is_primary_key: true } }, { field: 'label', type: 'string' },
    ],
  });
  const fields = (await ask('GET', '/fields/wards_')).data;
  const name = fields.find((field) => field.field === 'name').schema;
  assert.deepEqual([name.data_type, name.max_length, name.is_nullable, name.is_unique], ['character varying', 60, false, true]);
  assert.equal(fields.find((field) => field.field === 'beds').schema.default_value, 4);
  const id = fields.find((field) => field.field === 'id').schema;
  assert.deepEqual([id.is_primary_key, id.has_auto_increment], [true, true]);
});

check('a relation is made and read back', async () => {
  await ask('POST', '/fields/beds_', { field: 'ward', type: 'integer' });
  await ask('POST', '/relations', { collection: 'beds_', field: 'ward', related_collection: 'wards_', schema: { on_delete: 'SET NULL' }, meta: { one_field: 'beds_of' } });
  await ask('POST', '/fields/wards_', { field: 'beds_of', type: 'alias', meta: { special: ['o2m'], interface: 'list-o2m' } });
  const relation = (await ask('GET', '/relations/beds_/ward')).data;
  assert.equal(relation.schema.foreign_key_table, 'wards_');
  assert.equal(relation.schema.on_delete, 'SET NULL');
});

check('items are created, one and many', async () => {
  const one = (await ask('POST', '/items/wards_', { name: 'North', cost: 12.5, opened: '2020-02-29', seen: '2026-01-01T10:00:00Z', notes: { a: [1, 2] }, open: true, tags: ['x', 'y'] })).data;
  assert.deepEqual([one.id, one.beds, one.opened, one.notes, one.tags], [1, 4, '2020-02-29', { a: [1, 2] }, ['x', 'y']]);
  assert.equal(Number(one.cost), 12.5);
  const many = (await ask('POST', '/items/wards_', [{ name: 'South', beds: 9, open: false }, { name: 'East', beds: 2 }, { name: 'Ölberg', beds: 7, cost: 0.1 }])).data;
  assert.deepEqual(many.map((ward) => ward.id), [2, 3, 4]);
});

check('filters, sorting, paging and search', async () => {
  const names = async (query) => (await items(query)).map((ward) => ward.name);
  assert.deepEqual(await names('?filter[beds][_gt]=3&sort=-beds'), ['South', 'Ölberg', 'North']);
  assert.deepEqual(await names('?filter[_or][0][name][_icontains]=ÖL&filter[_or][1][open][_eq]=true&sort=id'), ['North', 'Ölberg']);
  assert.deepEqual(await names('?filter[cost][_null]=true&sort=name&limit=1&offset=1'), ['South']);
  assert.deepEqual(await names('?filter[beds][_in]=2,9&sort=id'), ['South', 'East']);
  assert.deepEqual(await names('?filter[year(opened)][_eq]=2020'), ['North']);
  assert.deepEqual(await names('?search=outh'), ['South']);
  assert.deepEqual(await names('?filter[beds][_between]=4,8&sort=beds,name&page=2&limit=1'), ['Ölberg']);
});

check('aggregates and groups', async () => {
  const [all] = await items('?aggregate[count]=*&aggregate[sum]=beds&aggregate[avg]=beds&aggregate[countDistinct]=open');
  assert.deepEqual([Number(all.count), Number(all.sum.beds), Number(all.avg.beds), Number(all.countDistinct.open)], [4, 22, 5.5, 2]);
  const groups = await items('?groupBy[]=open&aggregate[max]=beds&sort=open');
  assert.deepEqual(groups.map((group) => [group.open, group.max.beds]).sort(), [[false, 9], [null, 7], [true, 4]].sort());
});

check('related items are written and read in depth', async () => {
  await ask('PATCH', '/items/wards_/1', { beds_of: [{ label: 'N1' }, { label: 'N2' }] });
  const ward = (await ask('GET', '/items/wards_/1?fields=name,beds_of.label,beds_of.ward.name&deep[beds_of][_sort]=-label')).data;
  assert.deepEqual(ward, { name: 'North', beds_of: [{ label: 'N2', ward: { name: 'North' } }, { label: 'N1', ward: { name: 'North' } }] });
  const beds = (await ask('GET', '/items/beds_?filter[ward][name][_eq]=North&aggregate[count]=*')).data;
  assert.equal(Number(beds[0].count), 2);
  assert.deepEqual((await items('?filter[beds_of][_some][label][_eq]=N1&fields=id')), [{ id: 1 }]);
});

check('updates of one and of many, and the revision of one', async () => {
  await ask('PATCH', '/items/wards_/2', { beds: 10, notes: { changed: true } });
  await ask('PATCH', '/items/wards_', { keys: [3, 4], data: { open: true } });
  assert.equal((await items('?filter[open][_eq]=true&aggregate[count]=*'))[0].count * 1, 3);
  const revisions = (await ask('GET', '/revisions?filter[collection][_eq]=wards_&filter[item][_eq]=2&sort=-id&limit=1')).data;
  assert.equal(revisions[0].delta.beds, 10);
});

check('a value that is there already is refused by its field', async () => {
  const answer = await ask('POST', '/items/wards_', { name: 'North' }, 400);
  assert.equal(answer.errors[0].extensions.code, 'RECORD_NOT_UNIQUE');
  assert.equal(answer.errors[0].extensions.field, 'name');
});

check('a required value and one that is too long are refused', async () => {
  assert.match((await ask('POST', '/items/wards_', { beds: 1 }, 400)).errors[0].extensions.code, /NOT_NULL_VIOLATION|FAILED_VALIDATION/);
  assert.equal((await ask('POST', '/items/wards_', { name: 'w'.repeat(61) }, 400)).errors[0].extensions.code, 'VALUE_TOO_LONG');
});

check('a foreign key is set to null when its item is deleted', async () => {
  await ask('DELETE', '/items/wards_/1', undefined, 204);
  assert.deepEqual((await ask('GET', '/items/beds_?fields=ward')).data, [{ ward: null }, { ward: null }]);
});

check('a field is changed, renamed in its meta and dropped', async () => {
  await ask('PATCH', '/fields/wards_/name', { schema: { max_length: 120 } });
  assert.equal((await ask('GET', '/fields/wards_/name')).data.schema.max_length, 120);
  await ask('DELETE', '/fields/wards_/tags', undefined, 204);
  await ask('GET', '/fields/wards_/tags', undefined, 403);
});

check('users, roles and policies', async () => {
  const role = (await ask('POST', '/roles', { name: 'Reader' })).data;
  const policy = (await ask('POST', '/policies', { name: 'Read wards', permissions: { create: [{ collection: 'wards_', action: 'read', fields: ['id', 'name'], permissions: { beds: { _gt: 5 } } }] } })).data;
  await ask('POST', '/access', { role: role.id, policy: policy.id });
  await ask('POST', '/users', { email: 'reader@example.com', password: 'reader reader', role: role.id });
  const kept = token;
  token = (await ask('POST', '/auth/login', { email: 'reader@example.com', password: 'reader reader' })).data.access_token;
  assert.deepEqual(await items('?sort=id'), [{ id: 2, name: 'South' }, { id: 4, name: 'Ölberg' }]);
  await ask('POST', '/items/wards_', { name: 'Mine' }, 403);
  token = kept;
});

check('what it kept is there after a restart', async () => {
  await stop();
  token = null;
  await serve();
  token = (await ask('POST', '/auth/login', admin)).data.access_token;
  assert.deepEqual((await items('?sort=id&fields=name')).map((ward) => ward.name), ['South', 'East', 'Ölberg']);
  assert.ok((await ask('GET', '/activity?aggregate[count]=*')).data[0].count * 1 > 5);
});

check('a collection is dropped with its data', async () => {
  await ask('DELETE', '/collections/beds_', undefined, 204);
  await ask('GET', '/items/beds_', undefined, 403);
});

check('it ends, and its database can be dropped', async () => {
  await stop();
  await onServer(`DROP DATABASE ${database}`);
});

(async () => {
  port = await freePort();
  console.log(`# Directus ${require('./node_modules/directus/package.json').version}`);
  process.on('exit', () => server?.kill('SIGKILL'));
  await run();
})();
