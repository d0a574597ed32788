'use strict';
// Directus, a whole application: bootstrapped with its migrations in a database of its own, served, asked over its API, started again.
const { spawn } = require('node:child_process');
const net = require('node:net');
const os = require('node:os');
const path = require('node:path');
const fs = require('node:fs');
const { createRequire } = require('node:module');
const modules = createRequire(path.join(__dirname, 'node_modules', 'directus', 'package.json'));
const pg = modules('pg');
const { isDeepStrictEqual, inspect } = require('node:util');

const DATABASE = `directus_${process.pid}`;
const server = { host: process.env.PGHOST || '127.0.0.1', port: Number(process.env.PGPORT || 5432), user: process.env.PGUSER || 'postgres' };
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'directus-'));
const admin = { email: 'admin@example.com', password: 'for-the-checks' };
let failed = 0, running, port, token;

async function check(sentence, body) {
  try {
    await body();
    console.log(`ok ${sentence}`);
  } catch (error) {
    failed++;
    console.log(`not ok ${sentence}: ${String(error?.message ?? error).replace(/\s+/g, ' ')}`);
  }
}

function equal(actual, expected) {
  if (!isDeepStrictEqual(actual, expected)) throw new Error(`got ${inspect(actual, { depth: 6 })}, expected ${inspect(expected, { depth: 6 })}`);
}

async function administer(sql) {
  const client = new pg.Client({ ...server, database: process.env.PGDATABASE || 'scratch' });
  await client.connect();
  try { return await client.query(sql); } finally { await client.end(); }
}

const freePort = () => new Promise(done => {
  const listener = net.createServer().listen(0, '127.0.0.1', () => { const { port } = listener.address(); listener.close(() => done(port)); });
});

function directus(command) {
  const env = {
    PATH: process.env.PATH, HOME: folder, HOST: '127.0.0.1', PORT: String(port), DB_CLIENT: 'pg', DB_HOST: server.host, DB_PORT: String(server.port),
    DB_DATABASE: DATABASE, DB_USER: server.user, DB_PASSWORD: 'none', KEY: 'checks', SECRET: 'a-secret-of-the-checks-long-enough-for-a-signature',
    ADMIN_EMAIL: admin.email, ADMIN_PASSWORD: admin.password, TELEMETRY: 'false', CACHE_ENABLED: 'false', LOG_LEVEL: 'warn', STORAGE_LOCAL_ROOT: folder,
    ACCESS_TOKEN_TTL: '1h', RATE_LIMITER_ENABLED: 'false',
  };
  const child = spawn(process.execPath, [path.join(__dirname, 'node_modules', 'directus', 'cli.js'), command], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  child.said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', text => { child.said += text; });
  child.ended = new Promise(done => child.on('exit', done));
  return child;
}

async function start() {
  port = await freePort();
  running = directus('start');
  for (let i = 0; i < 300; i++) {
    if (running.exitCode !== null) throw new Error(running.said);
    try {
      if (await (await fetch(`http://127.0.0.1:${port}/server/ping`)).text() === 'pong') return;
    } catch { /* not yet */ }
    await new Promise(done => setTimeout(done, 200));
  }
  throw new Error(`no answer: ${running.said}`);
}

async function stop() {
  if (!running || running.exitCode !== null) return;
  running.kill('SIGTERM');
  const late = setTimeout(() => running.kill('SIGKILL'), 10000);
  await running.ended;
  clearTimeout(late);
}

async function ask(method, where, body, by = token) {
  const answer = await fetch(`http://127.0.0.1:${port}${where}`, {
    method, body: body === undefined ? undefined : JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...(by ? { authorization: `Bearer ${by}` } : {}) },
  });
  const text = await answer.text();
  const json = text ? JSON.parse(text) : null;
  if (!answer.ok) throw Object.assign(new Error(`${answer.status} ${text}`), { status: answer.status, code: json?.errors?.[0]?.extensions?.code });
  return json;
}

const get = async (where, query = {}) =>
  (await ask('GET', `${where}?${new URLSearchParams(Object.entries(query).map(([k, v]) => [k, typeof v === 'string' ? v : JSON.stringify(v)]))}`)).data;
const names = (filter, more = {}) => get('/items/people', { filter, fields: 'name', sort: 'name', ...more }).then(rows => rows.map(row => row.name));

async function fails(code, action) {
  try { await action(); } catch (error) { return equal(error.code, code); }
  throw new Error(`no ${code}`);
}

const login = async () => { token = (await ask('POST', '/auth/login', admin, null)).data.access_token; };
const field = (name, type, schema = {}) => ({ field: name, type, schema, meta: {} });

const PEOPLE = [
  { name: 'Ada', age: 36, weight: 61.5, active: true, born: '1815-12-10', seen: '2024-03-01T10:20:30', detail: { a: [1, null], b: 'ż' }, note: null, code: 'a', team: 1 },
  { name: 'Grace', age: 85, weight: 58.25, active: false, born: '1906-12-09', seen: '2024-03-02T00:00:00', detail: null, note: 'Admiral', code: 'b', team: 1 },
  { name: 'Linus', age: 54, weight: 80, active: true, born: '1969-12-28', seen: null, detail: [], note: '100 %', code: 'c', team: 2 },
  { name: 'Zoë', age: null, weight: null, active: null, born: null, seen: null, detail: null, note: "it's", code: null, team: null },
];

async function checks() {
  await check('bootstrap runs every migration', async () => {
    port = 1;
    const child = directus('bootstrap');
    if (await child.ended !== 0) throw new Error(child.said);
  });
  await check('the server starts', start);
  await check('the administrator logs in', login);
  await check('a wrong password is refused', () => fails('INVALID_CREDENTIALS', () => ask('POST', '/auth/login', { ...admin, password: 'wrong' }, null)));
  await check('nobody reads without a permission', () => fails('FORBIDDEN', () => ask('GET', '/users', undefined, null)));
  await check('collections are created with their fields', async () => {
    await ask('POST', '/collections', { collection: 'teams', schema: {}, meta: {}, fields: [
      { field: 'id', type: 'integer', schema: { is_primary_key: true, has_auto_increment: true }, meta: {} }, field('title', 'string', { is_nullable: false })] });
    await ask('POST', '/collections', { collection: 'people', schema: {}, meta: {}, fields: [
      { field: 'id', type: 'uuid', schema: { is_primary_key: true }, meta: { special: ['uuid'] } },
      field('name', 'string', { is_nullable: false }), field('age', 'integer'), field('weight', 'decimal', { numeric_precision: 6, numeric_scale: 2 }),
      field('active', 'boolean', { default_value: true }), field('born', 'date'), field('seen', 'dateTime'), { ...field('detail', 'json'), meta: { special: ['cast-json'] } },
      field('note', 'text'), field('code', 'string', { is_unique: true })] });
    equal((await get('/fields/people')).map(f => [f.field, f.type, f.schema.data_type]), [['id', 'uuid', 'uuid'], ['name', 'string', 'character varying'],
      ['age', 'integer', 'integer'], ['weight', 'decimal', 'numeric'], ['active', 'boolean', 'boolean'], ['born', 'date', 'date'],
      ['seen', 'dateTime', 'timestamp without time zone'], ['detail', 'json', 'json'], ['note', 'text', 'text'], ['code', 'string', 'character varying']]);
  });
  await check('a relation is created with its foreign key', async () => {
    await ask('POST', '/fields/people', field('team', 'integer'));
    await ask('POST', '/fields/teams', { field: 'members', type: 'alias', meta: { special: ['o2m'] } });
    await ask('POST', '/relations', { collection: 'people', field: 'team', related_collection: 'teams', meta: { one_field: 'members' }, schema: { on_delete: 'SET NULL' } });
    const { schema } = await get('/relations/people/team');
    equal([schema.foreign_key_table, schema.foreign_key_column, schema.on_delete], ['teams', 'id', 'SET NULL']);
  });
  await check('items are created one by one and many at once', async () => {
    equal((await ask('POST', '/items/teams', { title: 'Compilers' })).data, { id: 1, title: 'Compilers', members: [] });
    await ask('POST', '/items/teams', [{ title: 'Kernels' }, { title: 'Empty' }]);
    equal((await ask('POST', '/items/people', PEOPLE)).data.length, 4);
  });
  await check('items come back as they were sent', async () => {
    const [ada] = await get('/items/people', { filter: { name: { _eq: 'Ada' } } });
    const { id, ...rest } = ada;
    equal(id.length, 36);
    equal(rest, { ...PEOPLE[0], weight: '61.50' });
  });
  await check('items are filtered', async () => {
    equal(await names({ age: { _gt: 50 } }), ['Grace', 'Linus']);
    equal(await names({ age: { _null: true } }), ['Zoë']);
    equal(await names({ age: { _between: [30, 60] } }), ['Ada', 'Linus']);
    equal(await names({ name: { _in: ['Ada', 'Zoë'] } }), ['Ada', 'Zoë']);
    equal(await names({ name: { _icontains: 'IN' } }), ['Linus']);
    equal(await names({ note: { _starts_with: 'Adm' } }), ['Grace']);
    equal(await names({ _or: [{ active: { _eq: false } }, { weight: { _gte: 80 } }] }), ['Grace', 'Linus']);
    equal(await names({ born: { _lt: '1910-01-01' } }), ['Ada', 'Grace']);
  });
  await check('items are filtered through relations', async () => {
    equal(await names({ team: { title: { _eq: 'Compilers' } } }), ['Ada', 'Grace']);
    equal((await get('/items/teams', { filter: { members: { age: { _gt: 80 } } }, fields: 'title' })), [{ title: 'Compilers' }]);
  });
  await check('items are filtered by parts of a date', async () => equal(await names({ 'year(born)': { _eq: 1906 } }), ['Grace']));
  await check('items are sorted and paged', async () => {
    equal((await get('/items/people', { fields: 'name', sort: '-name', limit: '2', offset: '1' })).map(row => row.name), ['Linus', 'Grace']);
    const { meta } = await ask('GET', '/items/people?meta=*&limit=1&filter[age][_gt]=40');
    equal(meta, { total_count: 4, filter_count: 2 });
  });
  await check('items are searched', async () => equal(await names({}, { search: 'grace' }), ['Grace']));
  await check('items bring their relations', async () => {
    const [team] = await get('/items/teams', { fields: 'title,members.name,members.team.title', deep: { members: { _sort: 'name' } }, filter: { id: { _eq: 1 } } });
    equal(team, { title: 'Compilers', members: [{ name: 'Ada', team: { title: 'Compilers' } }, { name: 'Grace', team: { title: 'Compilers' } }] });
  });
  await check('items are aggregated in groups', async () => {
    const [all] = await get('/items/people', { 'aggregate[count]': '*', 'aggregate[max]': 'age', 'aggregate[sum]': 'weight', 'aggregate[countDistinct]': 'team' });
    equal(all, { count: '4', max: { age: 85 }, sum: { weight: '199.75' }, countDistinct: { team: '2' } });
    equal((await get('/items/people', { 'aggregate[count]': 'id', groupBy: 'team', sort: 'team' })).filter(row => row.team), [
      { team: 1, count: { id: '2' } }, { team: 2, count: { id: '1' } }]);
  });
  await check('an item is changed, and many at once', async () => {
    const [zoe] = await get('/items/people', { filter: { name: { _eq: 'Zoë' } } });
    equal((await ask('PATCH', `/items/people/${zoe.id}`, { age: 20, detail: { x: 1 } })).data.detail, { x: 1 });
    await ask('PATCH', '/items/people', { query: { filter: { active: { _eq: true } } }, data: { note: 'changed' } });
    equal(await names({ note: { _eq: 'changed' } }), ['Ada', 'Linus']);
  });
  await check('a nested item is created with its parent', async () => {
    const { data } = await ask('POST', '/items/teams?fields=title,members.name', { title: 'Nested', members: [{ name: 'Nina' }] });
    equal(data, { title: 'Nested', members: [{ name: 'Nina' }] });
  });
  await check('a unique field refuses a second value', () => fails('RECORD_NOT_UNIQUE', () => ask('POST', '/items/people', { name: 'Again', code: 'a' })));
  await check('a failing list of items leaves none', async () => {
    await fails('RECORD_NOT_UNIQUE', () => ask('POST', '/items/people', [{ name: 'First', code: 'y' }, { name: 'Second', code: 'a' }]));
    equal(await names({ code: { _eq: 'y' } }), []);
  });
  await check('a missing value, one that is too long and a missing parent are refused', async () => {
    await fails('FAILED_VALIDATION', () => ask('POST', '/items/people', { name: null }));
    await fails('VALUE_TOO_LONG', () => ask('POST', '/items/people', { name: 'x'.repeat(256) }));
    await fails('INVALID_FOREIGN_KEY', () => ask('POST', '/items/people', { name: 'x', team: 99 }));
  });
  await check('a deleted parent leaves its children without', async () => {
    await ask('DELETE', '/items/teams/2');
    equal((await get('/items/people', { filter: { name: { _eq: 'Linus' } } }))[0].team, null);
  });
  await check('revisions and activity are kept', async () => {
    const revisions = await get('/revisions', { filter: { collection: { _eq: 'people' } }, fields: 'data,activity.action', sort: 'id', limit: '1' });
    equal([revisions[0].data.name, revisions[0].activity.action], ['Ada', 'create']);
  });
  await check('a field is added, changed and dropped', async () => {
    await ask('POST', '/fields/people', field('extra', 'string', { default_value: 'new' }));
    equal((await get('/items/people', { fields: 'extra', limit: '1' })), [{ extra: 'new' }]);
    await ask('PATCH', '/fields/people/extra', { type: 'string', schema: { default_value: 'other', max_length: 40 } });
    equal((await get('/fields/people/extra')).schema.default_value, 'other');
    await ask('DELETE', '/fields/people/extra');
    equal((await get('/fields/people')).some(f => f.field === 'extra'), false);
  });
  await check('GraphQL answers', async () => {
    const { data } = await ask('POST', '/graphql', { query: '{ people(filter: {age: {_gt: 50}}, sort: ["name"]) { name team { title } } }' });
    equal(data.people, [{ name: 'Grace', team: { title: 'Compilers' } }, { name: 'Linus', team: null }]);
  });
  await check('a role with a policy gives a user its rights', async () => {
    const role = (await ask('POST', '/roles', { name: 'Readers' })).data.id;
    const policy = (await ask('POST', '/policies', { name: 'Reading', roles: [{ role }], permissions: { create: [{ collection: 'teams', action: 'read', fields: ['title'], permissions: { id: { _eq: 1 } } }], update: [], delete: [] } })).data.id;
    equal(policy.length, 36);
    await ask('POST', '/users', { email: 'reader@example.com', password: 'reader', role });
    const reader = (await ask('POST', '/auth/login', { email: 'reader@example.com', password: 'reader' }, null)).data.access_token;
    equal((await ask('GET', '/items/teams', undefined, reader)).data, [{ title: 'Compilers' }]);
    await fails('FORBIDDEN', () => ask('GET', '/items/people', undefined, reader));
  });
  await check('the schema is told as a snapshot', async () =>
    equal((await get('/schema/snapshot')).collections.map(c => c.collection), ['people', 'teams']));
  await check('a restart finds everything again', async () => {
    await stop();
    await start();
    await login();
    equal(await names({ team: { title: { _eq: 'Compilers' } } }), ['Ada', 'Grace']);
  });
  await check('items and collections are deleted', async () => {
    await ask('DELETE', '/items/people', { query: { filter: { age: { _gt: 0 } } } });
    equal(await names({}), ['Nina']);
    await ask('DELETE', '/collections/people');
    await ask('DELETE', '/collections/teams');
    equal((await get('/collections')).some(c => c.collection === 'people' || c.collection === 'teams'), false);
  });
}

(async () => {
  console.log(`# Directus ${modules('./package.json').version}`);
  await administer(`DROP DATABASE IF EXISTS ${DATABASE}`);
  await administer(`CREATE DATABASE ${DATABASE}`);
  try {
    await checks();
  } finally {
    await stop();
    fs.rmSync(folder, { recursive: true, force: true });
    await check('its database can be dropped when it has ended', () => administer(`DROP DATABASE ${DATABASE}`));
  }
  process.exitCode = failed === 0 ? 0 : 1;
})();
