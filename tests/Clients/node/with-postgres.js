'use strict';
// postgres.js: everything prepared and pipelined, its own types, cursors, COPY streams, LISTEN, reserved connections.

const assert = require('node:assert/strict');
const { pipeline } = require('node:stream/promises');
const { Readable } = require('node:stream');
const postgres = require('postgres');
const { check, run, version } = require('./checks');

const OPTIONS = {
  host: process.env.PGHOST || '127.0.0.1', port: Number(process.env.PGPORT || 5432), database: process.env.PGDATABASE || 'scratch',
  user: process.env.PGUSER || 'postgres', max: 4, connect_timeout: 10, onnotice: () => {}, connection: { application_name: 'checks of postgres.js' },
};
const LONG_QUERY = 'SELECT count(*) FROM generate_series(1, 1000000000)';

async function connected(body, options = {}) {
  const sql = postgres({ ...OPTIONS, ...options });
  try {
    return await body(sql);
  } finally {
    await sql.end({ timeout: 2 });
  }
}

const table = (columns, body) =>
  connected(async (sql) => {
    await sql.unsafe(`DROP TABLE IF EXISTS postgresjs_things; CREATE TABLE postgresjs_things (${columns})`);
    try {
      await body(sql);
    } finally {
      await sql`DROP TABLE IF EXISTS postgresjs_things`;
    }
  });

async function fails(promise, code) {
  try {
    await promise;
  } catch (error) {
    assert.equal(error.code, code, `${error.code}: ${error.message}`);
    return error;
  }
  throw new Error(`expected ${code}, but it did not fail`);
}

check('connecting carries the application name and settings', () =>
  connected(async (sql) => {
    assert.equal((await sql`SHOW application_name`)[0].application_name, 'checks of postgres.js');
    assert.equal((await sql`SHOW statement_timeout`)[0].statement_timeout, '54321ms');
  }, { connection: { application_name: 'checks of postgres.js', statement_timeout: 54321 } }));
check('a query returns its row with column types', () =>
  connected(async (sql) => {
    const rows = await sql`SELECT 1 AS one, 'zażółć' AS two, NULL AS three`;
    assert.deepEqual([...rows], [{ one: 1, two: 'zażółć', three: null }]);
    assert.deepEqual(rows.columns.map((c) => c.type), [23, 25, 25]);
    assert.equal(rows.command, 'SELECT');
  }));

const moment = new Date(Date.UTC(2024, 1, 29, 12, 30, 15, 123));
const VALUES = {
  bool: [true, false], int2: [-32768], int4: [2147483647], int8: ['9223372036854775807'], float4: [1.5], float8: [0.1, -1e308], numeric: ['-12345678901234567890.123456789'],
  text: ['', "it's \\ zażółć 漢字"], varchar: ['plain'], bytea: [Buffer.from([0, 255])], timestamptz: [moment], time: ['12:30:15.25'], uuid: ['6f1d2c3b-4a59-4876-9abc-def012345678'],
  interval: ['3 days 04:00:05'], 'int4[]': [[1, -2, 3]], 'text[]': [['a', 'quo"te', 'com,ma']], inet: ['10.0.0.0/8'], oid: [4294967295],
};
for (const [type, values] of Object.entries(VALUES)) {
  check(`${type} parameters and nulls come back as they were sent`, () =>
    connected(async (sql) => {
      for (const value of values) assert.deepEqual((await sql.unsafe(`SELECT $1::${type} AS v`, [value]))[0].v, value);
      assert.equal((await sql.unsafe(`SELECT $1::${type} AS v`, [null]))[0].v, null);
    }));
}
check('json and jsonb come back as values', () =>
  connected(async (sql) => {
    const value = { a: [1, null, true], b: 'x"y' };
    assert.deepEqual({ ...(await sql`SELECT ${sql.json(value)}::json AS a, ${sql.json(value)}::jsonb AS b`)[0] }, { a: value, b: value });
  }));
check('array and number parameters are described by the server', () =>
  connected(async (sql) => {
    const d = await sql`SELECT ${1}::int8 + 1, ${'x'} || 'y'`.describe();
    assert.deepEqual([d.types, d.columns.map((c) => c.type)], [[20, 25], [20, 25]]);
    assert.equal((await sql`SELECT count(*)::int AS n FROM generate_series(1, 9) AS g(i) WHERE i = ANY(${[2, 3]})`)[0].n, 2);
  }));
check('helpers insert, update and list values', () =>
  table('id int PRIMARY KEY, name text, price numeric(10,2)', async (sql) => {
    const rows = [{ id: 1, name: 'a', price: '1.50' }, { id: 2, name: null, price: null }];
    assert.deepEqual([...(await sql`INSERT INTO postgresjs_things ${sql(rows)} RETURNING *`)], rows);
    assert.equal((await sql`UPDATE postgresjs_things SET ${sql({ name: 'b' }, 'name')} WHERE id IN ${sql([1, 2])}`).count, 2);
    assert.equal((await sql`SELECT ${sql(['id', 'name'])} FROM ${sql('postgresjs_things')} ORDER BY id`)[1].name, 'b');
  }));
check('queries sent at once are answered in order', () =>
  connected(async (sql) => {
    const got = await Promise.all(Array.from({ length: 100 }, (_, i) => sql`SELECT ${i}::int AS i`));
    assert.deepEqual(got.map((r) => r[0].i), Array.from({ length: 100 }, (_, i) => i));
  }));
check('several statements in one simple query give several results', () =>
  connected(async (sql) => {
    assert.deepEqual((await sql.unsafe("SELECT 1 AS a; SELECT 'b' AS b").simple()).map((r) => ({ ...r[0] })), [{ a: 1 }, { b: 'b' }]);
  }));
check('a transaction function commits, and rolls back when it throws', () =>
  table('id int PRIMARY KEY', async (sql) => {
    await sql.begin((t) => t`INSERT INTO postgresjs_things VALUES (1)`);
    await assert.rejects(sql.begin(async (t) => { await t`INSERT INTO postgresjs_things VALUES (2)`; throw new Error('no'); }), /no/);
    await sql.begin('isolation level serializable', async (t) => assert.equal((await t`SHOW transaction_isolation`)[0].transaction_isolation, 'serializable'));
    assert.equal((await sql`SELECT sum(id)::int AS s FROM postgresjs_things`)[0].s, 1);
  }));
check('a savepoint brings back what was before it', () =>
  table('id int PRIMARY KEY', async (sql) => {
    await sql.begin(async (t) => {
      await t`INSERT INTO postgresjs_things VALUES (1)`;
      await fails(t.savepoint((s) => s`INSERT INTO postgresjs_things VALUES (1)`), '23505');
      await t`INSERT INTO postgresjs_things VALUES (2)`;
    });
    assert.equal((await sql`SELECT count(*)::int AS n FROM postgresjs_things`)[0].n, 2);
  }));
check('errors carry their fields', () =>
  table('id int PRIMARY KEY', async (sql) => {
    const error = await fails(sql`SELECT * FROM no_such_table`, '42P01');
    assert.deepEqual([error.message, error.position], ['relation "no_such_table" does not exist', '15']);
    await sql`INSERT INTO postgresjs_things VALUES (1)`;
    const unique = await fails(sql`INSERT INTO postgresjs_things VALUES (${1})`, '23505');
    assert.deepEqual([unique.constraint_name, unique.table_name, unique.detail], ['postgresjs_things_pkey', 'postgresjs_things', 'Key (id)=(1) already exists.']);
  }));
check('a cursor reads in portions', () =>
  connected(async (sql) => {
    const sizes = [];
    await sql`SELECT i FROM generate_series(1, 10) AS g(i)`.cursor(4, (rows) => { sizes.push(rows.length); });
    assert.deepEqual(sizes, [4, 4, 2]);
    let sum = 0;
    for await (const rows of sql`SELECT i FROM generate_series(1, 1000) AS g(i)`.cursor(100)) for (const row of rows) sum += row.i;
    assert.equal(sum, 500500);
  }));
check('forEach gives rows as they arrive', () =>
  connected(async (sql) => {
    let sum = 0;
    await sql`SELECT i FROM generate_series(1, 1000) AS g(i)`.forEach((row) => { sum += row.i; });
    assert.equal(sum, 500500);
  }));
check('a cancelled query is 57014 and the pool lives on', () =>
  connected(async (sql) => {
    const query = sql.unsafe(LONG_QUERY);
    const outcome = fails(query, '57014');
    setTimeout(() => query.cancel(), 300);
    await outcome;
    assert.equal((await sql`SELECT 1 AS one`)[0].one, 1);
  }));
check('COPY FROM STDIN loads a stream', () =>
  table('id int PRIMARY KEY, name text', async (sql) => {
    await pipeline(Readable.from(['1\ta\n', '2\t\\N\n']), await sql`COPY postgresjs_things FROM STDIN`.writable());
    assert.deepEqual([...(await sql`SELECT * FROM postgresjs_things ORDER BY id`)], [{ id: 1, name: 'a' }, { id: 2, name: null }]);
  }));
check('COPY TO STDOUT gives a stream', () =>
  connected(async (sql) => {
    let text = '';
    for await (const part of await sql`COPY (SELECT 1, 'a') TO STDOUT`.readable()) text += part;
    assert.equal(text, '1\ta\n');
  }));
check('a notification reaches its listener', () =>
  connected(async (sql) => {
    const heard = new Promise((resolve, reject) => {
      setTimeout(() => reject(new Error('nothing arrived')), 5000).unref();
      sql.listen('postgresjs_channel', resolve).then(() => sql.notify('postgresjs_channel', 'hello'), reject);
    });
    assert.equal(await heard, 'hello');
  }));
check('a notice arrives', async () => {
  const notices = [];
  await connected((sql) => sql`DROP TABLE IF EXISTS postgresjs_never_there`, { onnotice: (n) => notices.push(n.message) });
  assert.deepEqual(notices, ['table "postgresjs_never_there" does not exist, skipping']);
});
check('types by catalog name give array parsers', () =>
  connected(async (sql) => {
    assert.deepEqual((await sql`SELECT ARRAY['a', 'b']::varchar[] AS v, ARRAY[1.5, 2]::float8[] AS f`)[0], { v: ['a', 'b'], f: [1.5, 2] });
  }, { fetch_types: true }));
check('a reserved connection keeps its session', () =>
  connected(async (sql) => {
    const own = await sql.reserve();
    await own`SET statement_timeout = 1234`;
    assert.equal((await own`SHOW statement_timeout`)[0].statement_timeout, '1234ms');
    await own`DISCARD ALL`.simple();
    assert.equal((await own`SHOW statement_timeout`.simple())[0].statement_timeout, '0');
    own.release();
  }));
console.log(`# postgres.js ${version('postgres')}`);
run();
