'use strict';
// node-postgres: text format, unnamed and named statements, portals through pg-cursor.

process.noDeprecation = true; // queueing queries is what one check is about
process.env.TZ = 'UTC'; // dates come back as local midnight
const assert = require('node:assert/strict');
const { Client, Pool } = require('pg');
const Cursor = require('pg-cursor');
const { check, run } = require('./checks');

const TABLE = 'node_things';
const LONG_QUERY = 'SELECT count(*) FROM generate_series(1, 1000000000)';
const OPTIONS = {
  host: process.env.PGHOST || '127.0.0.1',
  port: Number(process.env.PGPORT || 5432),
  database: process.env.PGDATABASE || 'scratch',
  user: process.env.PGUSER || 'postgres',
  application_name: 'checks of node-postgres',
  connectionTimeoutMillis: 10000,
};

async function connected(body, options = {}) {
  const client = new Client({ ...OPTIONS, ...options });
  await client.connect();
  try {
    return await body(client);
  } finally {
    await client.end();
  }
}

/** A connection and an empty table, dropped afterwards. */
async function table(columns, body) {
  await connected((client) => client.query(`DROP TABLE IF EXISTS ${TABLE}; CREATE TABLE ${TABLE} (${columns})`));
  try {
    await connected(body);
  } finally {
    await connected((client) => client.query(`DROP TABLE IF EXISTS ${TABLE}`));
  }
}

const SIMPLE_TABLE = 'id int PRIMARY KEY, name text';

async function one(client, text, values) {
  const { rows } = await client.query({ text, values, rowMode: 'array' });
  return rows[0][0];
}

async function fails(promise, code) {
  try {
    await promise;
  } catch (error) {
    assert.equal(error.code, code, `SQLSTATE ${error.code}, expected ${code}: ${error.message}`);
    return error;
  }
  throw new Error(`expected ${code}, but it did not fail`);
}

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

check('connecting carries the application name and options', () =>
  connected(async (client) => {
    assert.equal(await one(client, 'SHOW application_name'), 'checks of node-postgres');
    assert.equal(await one(client, "SELECT current_setting('application_name')"), 'checks of node-postgres');
    assert.equal(await one(client, 'SHOW statement_timeout'), '54321ms');
    assert.equal(await one(client, 'SELECT current_database()'), OPTIONS.database);
  }, { statement_timeout: 54321 }));

check('the server version is visible', async () => {
  const client = new Client(OPTIONS);
  const reported = {};
  client.connection.on('parameterStatus', (message) => (reported[message.parameterName] = message.parameterValue));
  await client.connect();
  assert.match(reported.server_version, /^\d+\.\d+/);
  assert.equal(reported.client_encoding, 'UTF8');
  assert.equal(reported.standard_conforming_strings, 'on');
  assert.match(await one(client, 'SELECT version()'), /^PostgreSQL /);
  await client.end();
});

check('a simple query returns its row', () =>
  connected(async (client) => {
    const result = await client.query("SELECT 1 AS one, 'two' AS two, NULL AS three");
    assert.deepEqual(result.rows, [{ one: 1, two: 'two', three: null }]);
    assert.deepEqual(result.fields.map((field) => [field.name, field.dataTypeID]), [['one', 23], ['two', 25], ['three', 25]]);
    assert.equal(result.command, 'SELECT');
  }));

// What is sent, and what node-postgres makes of the answer.
const moment = new Date(Date.UTC(2024, 1, 29, 12, 30, 15, 123));
const same = (...values) => values.map((value) => [value, value]);
const ROUND_TRIPS = {
  bool: same(true, false),
  int2: same(0, -32768, 32767),
  int4: same(0, -2147483648, 2147483647),
  int8: same('0', '-9223372036854775808', '9223372036854775807'),
  float4: same(0, 1.5, -0.25, Infinity, NaN),
  float8: same(0, 0.1, -1e308, 5e-324, Infinity, -Infinity, NaN),
  numeric: same('0', '1.10', '-12345678901234567890.123456789', 'NaN'),
  text: same('', 'plain', "it's", 'back\\slash', 'zażółć 漢字 🐘', 'two\nlines'),
  varchar: same('', 'plain', '漢字'),
  bytea: same(Buffer.alloc(0), Buffer.from([0, 1, 255])),
  date: [['2024-02-29', new Date(Date.UTC(2024, 1, 29))]],
  time: same('12:30:15.25', '00:00:00'),
  timetz: same('12:30:15.25+02', '01:02:03+00'),
  timestamp: [['2024-02-29 12:30:15.123', moment]],
  timestamptz: [[moment, moment], ['2024-02-29 14:30:15.123+02', moment]],
  interval: [['3 days 04:00:05', { days: 3, hours: 4, seconds: 5 }], ['1 year 2 mons', { years: 1, months: 2 }]],
  uuid: same('6f1d2c3b-4a59-4876-9abc-def012345678'),
  json: [[{ a: [1, null, true], b: 'x"y' }, { a: [1, null, true], b: 'x"y' }]],
  jsonb: [[{ a: [1, null, true], b: 'x"y' }, { a: [1, null, true], b: 'x"y' }]],
  'int4[]': same([], [1], [1, null, -3], [[1, 2], [3, 4]]),
  'text[]': same([], ['a'], ['', null, 'NULL', 'quo"te', 'com,ma', '{brace}', 'back\\slash', '漢']),
};

for (const [type, pairs] of Object.entries(ROUND_TRIPS)) {
  check(`${type} parameters come back as they were sent`, () =>
    connected(async (client) => {
      for (const [sent, expected] of pairs) {
        const got = await one(client, `SELECT $1::${type}`, [sent]);
        // postgres-interval gives an object of its own class.
        assert.deepEqual(type === 'interval' ? { ...got } : got, expected);
      }
    }));
}

check('null parameters of every type are null', () =>
  connected(async (client) => {
    for (const type of Object.keys(ROUND_TRIPS)) {
      const { rows } = await client.query(`SELECT $1::${type} AS value, $1::${type} IS NULL AS absent`, [null]);
      assert.deepEqual(rows, [{ value: null, absent: true }], type);
    }
  }));

check('results in binary format are right', () =>
  connected(async (client) => {
    const text = 'SELECT $1::int4 AS i, $2::text AS t, true AS b'; // its float parser is not exact
    const { rows } = await client.query({ text, values: [42, 'ż'], binary: true });
    assert.deepEqual(rows, [{ i: 42, t: 'ż', b: true }]);
  }));

check('a table keeps exact values of many types', () =>
  table('id int PRIMARY KEY, big bigint, name text NOT NULL, price numeric(10,2), active boolean, born date, seen timestamptz,'
    + ' payload bytea, key uuid, tags text[], doc jsonb', async (client) => {
    const insert = `INSERT INTO ${TABLE} VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`;
    const first = [1, '4611686018427387904', 'zażółć', '12.50', true, '1999-12-31', moment, Buffer.from([0, 255]),
      '6f1d2c3b-4a59-4876-9abc-def012345678', ['x', null], { k: [1, null] }];
    const empty = [null, null, null, null, null, null, null, null];
    const inserted = await client.query(insert, first);
    assert.deepEqual([inserted.command, inserted.rowCount], ['INSERT', 1]);
    const returned = await client.query(`${insert} RETURNING id, name, price`, [2, null, '', ...empty]);
    assert.deepEqual(returned.rows, [{ id: 2, name: '', price: null }]);
    const { rows } = await client.query({ text: `SELECT * FROM ${TABLE} ORDER BY id`, rowMode: 'array' });
    first[5] = new Date(Date.UTC(1999, 11, 31));
    assert.deepEqual(rows, [first, [2, null, '', ...empty]]);
  }));

check('update and delete report how many rows they changed', () =>
  table(SIMPLE_TABLE, async (client) => {
    assert.equal((await client.query(`INSERT INTO ${TABLE} VALUES (1, 'a'), (2, 'b'), (3, 'c')`)).rowCount, 3);
    assert.equal((await client.query(`UPDATE ${TABLE} SET name = $1 WHERE id >= $2`, ['x', 2])).rowCount, 2);
    assert.equal((await client.query(`DELETE FROM ${TABLE} WHERE id = $1`, [99])).rowCount, 0);
    assert.equal((await client.query(`DELETE FROM ${TABLE}`)).rowCount, 3);
  }));

check('a thousand rows arrive in order', () =>
  connected(async (client) => {
    const { rows } = await client.query({ text: 'SELECT i FROM generate_series(1, $1) AS g(i)', values: [1000], rowMode: 'array' });
    assert.deepEqual(rows.map(([i]) => i), Array.from({ length: 1000 }, (_, i) => i + 1));
  }));

check('a cursor reads in portions', () =>
  connected(async (client) => {
    await client.query('BEGIN');
    const cursor = client.query(new Cursor('SELECT i FROM generate_series(1, $1) AS g(i)', [10]));
    assert.deepEqual((await cursor.read(4)).map((row) => row.i), [1, 2, 3, 4]);
    assert.deepEqual((await cursor.read(4)).map((row) => row.i), [5, 6, 7, 8]);
    assert.deepEqual((await cursor.read(4)).map((row) => row.i), [9, 10]);
    assert.deepEqual(await cursor.read(4), []);
    await cursor.close();
    const abandoned = client.query(new Cursor('SELECT i FROM generate_series(1, 1000) AS g(i)'));
    assert.equal((await abandoned.read(1))[0].i, 1);
    await abandoned.close();
    await client.query('COMMIT');
    assert.equal(await one(client, 'SELECT 1'), 1);
  }));

check('a named statement is prepared once and used often', () =>
  connected(async (client) => {
    let parses = 0;
    client.connection.on('parseComplete', () => parses++);
    for (let i = 0; i < 10; i++) {
      const { rows } = await client.query({ name: 'double', text: 'SELECT $1::int4 * 2 AS twice', values: [i] });
      assert.equal(rows[0].twice, i * 2);
    }
    assert.equal(parses, 1);
  }));

check('queries queued at once are answered in order', () =>
  connected(async (client) => {
    const queries = Array.from({ length: 50 }, (_, i) => one(client, 'SELECT $1::int4', [i]));
    assert.deepEqual(await Promise.all(queries), Array.from({ length: 50 }, (_, i) => i));
  }));

check('a commit is seen by others, and not before', () =>
  table(SIMPLE_TABLE, (writer) =>
    connected(async (reader) => {
      await writer.query('BEGIN');
      await writer.query(`INSERT INTO ${TABLE} VALUES (1, 'a')`);
      assert.equal(await one(reader, `SELECT count(*) FROM ${TABLE}`), '0');
      await writer.query('COMMIT');
      assert.equal(await one(reader, `SELECT count(*) FROM ${TABLE}`), '1');
    })));

check('a rollback undoes', () =>
  table(SIMPLE_TABLE, async (client) => {
    await client.query('BEGIN');
    await client.query(`INSERT INTO ${TABLE} VALUES (1, 'a')`);
    await client.query('ROLLBACK');
    assert.equal(await one(client, `SELECT count(*) FROM ${TABLE}`), '0');
  }));

check('after a failed statement a transaction refuses more until rollback', () =>
  connected(async (client) => {
    await client.query('BEGIN');
    await fails(client.query('SELECT 1 / 0'), '22012');
    await fails(client.query('SELECT 1'), '25P02');
    await fails(client.query('SELECT $1::int4', [1]), '25P02');
    assert.equal((await client.query('COMMIT')).command, 'ROLLBACK');
    assert.equal(await one(client, 'SELECT 1'), 1);
  }));

check('a savepoint brings back what was before it', () =>
  table(SIMPLE_TABLE, async (client) => {
    await client.query('BEGIN');
    await client.query(`INSERT INTO ${TABLE} VALUES (1, 'kept')`);
    await client.query('SAVEPOINT a');
    await fails(client.query(`INSERT INTO ${TABLE} VALUES (1, 'again')`), '23505');
    await client.query('ROLLBACK TO a');
    await client.query('COMMIT');
    assert.deepEqual((await client.query(`SELECT * FROM ${TABLE}`)).rows, [{ id: 1, name: 'kept' }]);
  }));

check('errors carry SQLSTATE, message, position and constraint', () =>
  table(SIMPLE_TABLE, async (client) => {
    let error = await fails(client.query('SELECT 1 / 0'), '22012');
    assert.deepEqual([error.severity, error.message], ['ERROR', 'division by zero']);
    error = await fails(client.query('SELECT * FROM no_such_table'), '42P01');
    assert.deepEqual([error.message, error.position], ['relation "no_such_table" does not exist', '15']);
    error = await fails(client.query('SELECT 1 FROM WHERE'), '42601');
    assert.deepEqual([error.message, error.position], ['syntax error at or near "WHERE"', '15']);
    await client.query(`INSERT INTO ${TABLE} VALUES (1, 'a')`);
    error = await fails(client.query(`INSERT INTO ${TABLE} VALUES ($1, 'b')`, [1]), '23505');
    assert.deepEqual([error.constraint, error.table, error.detail], [`${TABLE}_pkey`, TABLE, 'Key (id)=(1) already exists.']);
    assert.equal(await one(client, 'SELECT 1'), 1);
  }));

check('a cancelled query is 57014 and the connection lives on', () =>
  connected(async (client) => {
    const started = Date.now();
    const query = fails(client.query(LONG_QUERY), '57014');
    await pause(300);
    const canceller = new Client(OPTIONS);
    canceller.on('error', () => {}); // the server closes a cancel connection without a word
    canceller.connection.on('error', () => {});
    canceller.connection.connect(OPTIONS.port, OPTIONS.host);
    canceller.connection.on('connect', () => canceller.connection.cancel(client.processID, client.secretKey));
    const error = await query;
    assert.equal(error.message, 'canceling statement due to user request');
    assert.ok(Date.now() - started < 8000, 'took too long');
    assert.equal(await one(client, 'SELECT 1'), 1);
  }));

check('a statement timeout is 57014 and the connection lives on', () =>
  connected(async (client) => {
    await client.query('SET statement_timeout = 300');
    const error = await fails(client.query(LONG_QUERY), '57014');
    assert.equal(error.message, 'canceling statement due to statement timeout');
    await client.query('RESET statement_timeout');
    assert.equal(await one(client, 'SELECT 1'), 1);
  }));

check('an empty query is answered', () =>
  connected(async (client) => {
    assert.equal((await client.query('')).command, null);
    assert.equal((await client.query('-- nothing')).command, null);
    assert.deepEqual((await client.query({ text: '', values: [], name: 'nothing' })).rows, []);
    assert.equal(await one(client, 'SELECT 1'), 1);
  }));

check('several statements in one query give several results', () =>
  connected(async (client) => {
    const results = await client.query("SELECT 1 AS a; SELECT 'b' AS b; SELECT 2 AS c WHERE false");
    assert.deepEqual(results.map((result) => result.rows), [[{ a: 1 }], [{ b: 'b' }], []]);
    await fails(client.query('SELECT $1::int4; SELECT 2', [1]), '42601');
  }));

check('several statements in one query are one transaction', () =>
  table(SIMPLE_TABLE, async (client) => {
    await fails(client.query(`INSERT INTO ${TABLE} VALUES (1, 'a'); SELECT 1 / 0`), '22012');
    assert.equal(await one(client, `SELECT count(*) FROM ${TABLE}`), '0');
  }));

check('a changed time zone is reported', () =>
  connected(async (client) => {
    const reported = {};
    client.connection.on('parameterStatus', (message) => (reported[message.parameterName] = message.parameterValue));
    await client.query("SET TimeZone = 'Asia/Tokyo'");
    assert.equal(reported.TimeZone, 'Asia/Tokyo');
  }));

check('an enum is a parameter, a result, an array and an order', () =>
  connected(async (client) => {
    await client.query("DROP TYPE IF EXISTS node_mood CASCADE; CREATE TYPE node_mood AS ENUM ('low', 'middling', 'high')");
    try {
      await client.query('CREATE TEMP TABLE moods (mood node_mood, past node_mood[])');
      await client.query('INSERT INTO moods VALUES ($1, $2), ($3, NULL)', ['high', ['low', 'high'], 'low']);
      const { rows, fields } = await client.query('SELECT mood, past::text[] FROM moods WHERE mood <= $1 ORDER BY mood', ['high']);
      assert.deepEqual(rows, [{ mood: 'low', past: null }, { mood: 'high', past: ['low', 'high'] }]);
      assert.equal(fields[0].dataTypeID, await one(client, "SELECT oid::int FROM pg_type WHERE typname = 'node_mood'"));
      await assert.rejects(client.query('INSERT INTO moods VALUES ($1)', ['none']), { code: '22P02' });
    } finally {
      await client.query('DROP TABLE IF EXISTS moods; DROP TYPE node_mood');
    }
  }));

check('a pool serves many at once', async () => {
  const pool = new Pool({ ...OPTIONS, max: 10 });
  const queries = Array.from({ length: 200 }, (_, i) => one(pool, 'SELECT $1::int4', [i]));
  assert.deepEqual(await Promise.all(queries), Array.from({ length: 200 }, (_, i) => i));
  await pool.end();
});

console.log(`# node-postgres ${require('pg/package.json').version}`);
run();
