'use strict';
// pgvector's package with the clients it has helpers for: node-postgres, Knex, Kysely, Sequelize; and postgres.js and Drizzle, which know vectors themselves.
// The expected values are exact by pgvector's documentation: small integers, whose distances are integers or halves.

const assert = require('node:assert/strict');
const { Client, Pool } = require('pg');
const pgvector = require('pgvector/pg');
const { SparseVector } = require('pgvector');
const where = require('./where');
const { check, run, version } = require('./checks');

const ITEMS = [[1, [1, 1, 1]], [2, [2, 2, 2]], [3, [1, 1, 2]], [4, null]];

async function connected(body) {
  const client = new Client(where);
  await client.connect();
  try {
    await client.query('CREATE EXTENSION IF NOT EXISTS vector');
    await pgvector.registerTypes(client);
    return await body(client);
  } finally {
    await client.end();
  }
}

const all = async (client, text, values) => (await client.query({ text, values, rowMode: 'array' })).rows;
const one = async (client, text, values) => (await all(client, text, values))[0][0];

/** Items with an embedding of three dimensions: ids 1 to 4, the last without one. */
const items = (body, type = 'vector(3)') => connected(async (client) => {
  await client.query(`DROP TABLE IF EXISTS vector_items; CREATE TABLE vector_items (id int PRIMARY KEY, embedding ${type})`);
  try {
    for (const [id, embedding] of ITEMS) await client.query('INSERT INTO vector_items VALUES ($1, $2)', [id, pgvector.toSql(embedding)]);
    return await body(client);
  } finally {
    await client.query('DROP TABLE vector_items');
  }
});

async function fails(promise, code, message) {
  const error = await promise.then(() => { throw new Error(`expected ${code}, but it did not fail`); }, (e) => e);
  assert.deepEqual([error.code, error.message], [code, message]);
}

check('the extension is there once it is created', () => connected(async (client) => {
  assert.equal((await all(client, "SELECT extname FROM pg_extension WHERE extname = 'vector'")).length, 1);
  await client.query('CREATE EXTENSION IF NOT EXISTS vector');
}));
check('the types are registered by name', () => connected(async (client) => {
  assert.equal((await all(client, "SELECT typname FROM pg_type WHERE typname IN ('vector', 'halfvec', 'sparsevec')")).length, 3);
}));
check('vectors are inserted as parameters and read as arrays', () => items(async (client) => assert.deepEqual(await all(client, 'SELECT id, embedding FROM vector_items ORDER BY id'), ITEMS)));
check('vectors are inserted many at once', () => items(async (client) => {
  const rows = Array.from({ length: 100 }, (_, i) => [i + 10, [i, i / 2, -1 - i]]);
  const places = rows.map((_, i) => `($${2 * i + 1}, $${2 * i + 2})`).join(', ');
  assert.equal((await client.query(`INSERT INTO vector_items VALUES ${places}`, rows.flatMap(([id, v]) => [id, pgvector.toSql(v)]))).rowCount, 100);
  assert.deepEqual(await all(client, 'SELECT id, embedding FROM vector_items WHERE id >= 10 ORDER BY id'), rows);
}));
check('vectors are inserted from an array of texts', () => items(async (client) => {
  await client.query('INSERT INTO vector_items SELECT 10 + n, v::vector FROM unnest($1::text[]) WITH ORDINALITY AS t(v, n)', [['[7,8,9]', '[1.5,-2,0]']]);
  assert.deepEqual(await all(client, 'SELECT id, embedding FROM vector_items WHERE id > 10 ORDER BY id'), [[11, [7, 8, 9]], [12, [1.5, -2, 0]]]);
}));
check('half vectors are written and read', () => items(async (client) => assert.deepEqual(await all(client, 'SELECT id, embedding FROM vector_items ORDER BY id'), ITEMS), 'halfvec(3)'));
check('sparse vectors are written and read', () => connected(async (client) => {
  await client.query('CREATE TEMPORARY TABLE vector_sparse (id int, embedding sparsevec(3))');
  await client.query('INSERT INTO vector_sparse VALUES (1, $1), (2, $2), (3, NULL)', [pgvector.toSql(new SparseVector([0, 5, 0])), new SparseVector({ 2: -1.5 }, 3)]);
  const rows = await all(client, "SELECT embedding FROM vector_sparse ORDER BY embedding <-> '{2:4}/3' LIMIT 2");
  assert.deepEqual(rows.map(([v]) => [v.toArray(), v.toPostgres()]), [[[0, 5, 0], '{2:5}/3'], [[0, 0, -1.5], '{3:-1.5}/3']]);
}));
check('a named statement with a vector is prepared once', () => items(async (client) => {
  for (const [id, embedding] of ITEMS.slice(0, 3)) {
    const { rows } = await client.query({ name: 'nearest', text: 'SELECT id FROM vector_items ORDER BY embedding <-> $1 LIMIT 1', values: [pgvector.toSql(embedding)] });
    assert.equal(rows[0].id, id);
  }
}));

const NEAREST = {
  '<->': [[1, 0], [3, 1], [2, Math.sqrt(3)]], '<#>': [[2, -6], [3, -4], [1, -3]], '<+>': [[1, 0], [3, 1], [2, 3]],
};
for (const [operator, expected] of Object.entries(NEAREST)) {
  check(`the nearest come first by ${operator}`, () => items(async (client) => {
    const rows = await all(client, `SELECT id, embedding ${operator} $1 AS distance FROM vector_items ORDER BY embedding ${operator} $1 LIMIT 3`, [pgvector.toSql([1, 1, 1])]);
    assert.deepEqual(rows.map(([id]) => id), expected.map(([id]) => id));
    rows.forEach(([, distance], i) => assert.ok(Math.abs(distance - expected[i][1]) < 1e-6, `${distance}`));
  }));
}
check('the nearest come first by <=>', () => items(async (client) => {
  const rows = await all(client, 'SELECT id, embedding <=> $1 FROM vector_items WHERE embedding IS NOT NULL ORDER BY embedding <=> $1, id', [pgvector.toSql([1, 1, 1])]);
  assert.deepEqual(rows.map(([id]) => id), [1, 2, 3]);
  assert.ok(Math.abs(rows[0][1]) < 1e-7 && Math.abs(rows[2][1] - (1 - 4 / Math.sqrt(18))) < 1e-6);
}));
check('what has no embedding comes last', () => items(async (client) => assert.deepEqual((await all(client, "SELECT id FROM vector_items ORDER BY embedding <-> '[0,0,0]'")).map(([id]) => id), [1, 3, 2, 4])));
check('rows within a distance are found', () => items(async (client) => assert.deepEqual(await all(client, "SELECT id FROM vector_items WHERE embedding <-> $1 < 1.5 ORDER BY id", ['[1,1,1]']), [[1], [3]])));
check('neighbours of a row are found by a subquery', () => items(async (client) => assert.deepEqual(
  await all(client, 'SELECT id FROM vector_items WHERE id != 1 ORDER BY embedding <-> (SELECT embedding FROM vector_items WHERE id = 1) LIMIT 2'), [[3], [2]])));
check('bit strings are compared by Hamming and Jaccard distance', () => connected(async (client) => {
  assert.deepEqual(await all(client, "SELECT B'1100' <~> B'1010', B'1100' <%> B'1000'"), [[2, 0.5]]);
}));
check('averages and sums of vectors', () => items(async (client) => assert.deepEqual(await all(client, 'SELECT sum(embedding), avg(embedding * $1::vector) FROM vector_items WHERE id < 3', ['[2,4,6]']), [[[3, 3, 3], [3, 6, 9]]])));
check('vectors are added, subtracted, multiplied and joined', () => connected(async (client) => assert.deepEqual(
  await all(client, "SELECT '[1,2]'::vector + '[3,4]', '[1,2]'::vector - '[3,4]', '[1,2]'::vector * '[3,4]', '[1,2]'::vector || '[3]'::vector"), [[[4, 6], [-2, -2], [3, 8], [1, 2, 3]]])));
check('functions of vectors', () => connected(async (client) => {
  const [row] = await all(client, `SELECT vector_dims('[1,2,3]'::vector), vector_norm('[3,4]'), l2_distance('[0,0]'::vector, '[3,4]'), inner_product('[1,2]'::vector, '[3,4]'), cosine_distance('[1,0]'::vector, '[0,1]'),
    l1_distance('[0,0]'::vector, '[3,4]'), l2_normalize('[3,4]'::vector) <-> '[0.6,0.8]' < 0.000001, subvector('[1,2,3,4]'::vector, 2, 2), binary_quantize('[1,-1,0.5]'::vector)::text`);
  assert.deepEqual(row, [3, 5, 5, 11, 1, 7, true, [2, 3], '101']);
}));
check('vectors are cast from and to arrays and each other', () => connected(async (client) => {
  const [row] = await all(client, "SELECT '[1,2,3]'::vector::float4[], ARRAY[1,2,3]::vector, ARRAY[1.5,2]::float8[]::vector, '[1,2,3]'::vector::halfvec::text, '[0,2,0]'::vector::sparsevec::text, '{1:7}/2'::sparsevec::vector, '[1,2]'::vector::text");
  assert.deepEqual(row, [[1, 2, 3], [1, 2, 3], [1.5, 2], '[1,2,3]', '{2:2}/3', [7, 0], '[1,2]']);
}));
check('vectors are compared and are keys', () => items(async (client) => {
  assert.deepEqual(await all(client, 'SELECT id FROM vector_items WHERE embedding = $1', ['[2,2,2]']), [[2]]);
  assert.deepEqual((await all(client, 'SELECT id FROM vector_items ORDER BY embedding')).map(([id]) => id), [1, 3, 2, 4]);
  assert.equal(await one(client, "SELECT count(DISTINCT v) FROM (VALUES ('[1,2]'::vector), ('[1,2]'), ('[2,1]')) AS t(v)"), '2');
}));
check('vectors are updated and kept on conflict', () => items(async (client) => {
  assert.equal((await client.query('UPDATE vector_items SET embedding = $1 WHERE id = 1', ['[9,9,9]'])).rowCount, 1);
  assert.deepEqual(await all(client, 'INSERT INTO vector_items VALUES (2, $1) ON CONFLICT (id) DO UPDATE SET embedding = excluded.embedding RETURNING embedding', ['[8,8,8]']), [[[8, 8, 8]]]);
}));
for (const [method, type, operators] of [['hnsw', 'vector(3)', 'vector_l2_ops'], ['hnsw', 'vector(3)', 'vector_cosine_ops'], ['hnsw', 'halfvec(3)', 'halfvec_ip_ops'], ['ivfflat', 'vector(3)', 'vector_ip_ops'], ['ivfflat', 'vector(3)', 'vector_l2_ops']]) {
  check(`an index of ${method} with ${operators} is made and the answers stay`, () => items(async (client) => {
    const options = method === 'hnsw' ? 'm = 16, ef_construction = 64' : 'lists = 1';
    await client.query(`CREATE INDEX vector_by ON vector_items USING ${method} (embedding ${operators}) WITH (${options})`);
    assert.match(await one(client, "SELECT indexdef FROM pg_indexes WHERE indexname = 'vector_by'"), new RegExp(`USING ${method} \\(embedding ?${operators === 'vector_l2_ops' && method === 'ivfflat' ? '' : operators}`));
    await client.query(method === 'hnsw' ? 'SET hnsw.ef_search = 100' : 'SET ivfflat.probes = 10');
    assert.deepEqual(await all(client, "SELECT id FROM vector_items ORDER BY embedding <-> '[1,1,1]' LIMIT 3"), [[1], [3], [2]]);
  }, type));
}
check('dimensions that do not fit are refused', () => items(async (client) => {
  await fails(client.query("INSERT INTO vector_items VALUES (9, '[1,2]')"), '22000', 'expected 3 dimensions, not 2');
  await fails(client.query("SELECT '[1,2]'::vector <-> '[1,2,3]'"), '22000', 'different vector dimensions 2 and 3');
  await fails(client.query('SELECT embedding <-> $1 FROM vector_items', ['[1]']), '22000', 'different vector dimensions 3 and 1');
}));
check('a text that is no vector is refused', () => connected(async (client) => {
  await fails(client.query("SELECT 'x'::vector"), '22P02', 'invalid input syntax for type vector: "x"');
  await fails(client.query("SELECT '[]'::vector"), '22000', 'vector must have at least 1 dimension');
  await fails(client.query("SELECT '[1,NaN]'::vector"), '22000', 'NaN not allowed in vector');
}));
check('the catalog tells the dimensions of a column', () => items(async (client) => assert.equal(
  await one(client, "SELECT format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = 'vector_items'::regclass AND attname = 'embedding'"), 'vector(3)')));

check('postgres.js writes and reads vectors', async () => {
  const sql = require('postgres')({ ...where, max: 2, onnotice: () => {} });
  try {
    await sql`DROP TABLE IF EXISTS vector_postgresjs`;
    await sql`CREATE TABLE vector_postgresjs (id int, embedding vector(3))`;
    const rows = ITEMS.map(([id, v]) => ({ id, embedding: pgvector.toSql(v) }));
    await sql`INSERT INTO vector_postgresjs ${sql(rows, 'id', 'embedding')}`;
    assert.deepEqual([...await sql`SELECT id, embedding FROM vector_postgresjs ORDER BY embedding <-> ${'[1,1,1]'} LIMIT 2`], [{ id: 1, embedding: '[1,1,1]' }, { id: 3, embedding: '[1,1,2]' }]);
    await sql`DROP TABLE vector_postgresjs`;
  } finally {
    await sql.end({ timeout: 2 });
  }
});
check('Knex makes columns of vectors and orders by distance', async () => {
  const helpers = require('pgvector/knex');
  const db = require('knex')({ client: 'pg', connection: where, pool: { min: 0, max: 2 } });
  try {
    await db.schema.createExtensionIfNotExists('vector');
    await db.schema.dropTableIfExists('vector_knex');
    await db.schema.createTable('vector_knex', (t) => { t.increments('id'); t.vector('embedding', 3); t.halfvec('half', 3); t.specificType('bits', 'bit(3)'); });
    await db('vector_knex').insert(ITEMS.slice(0, 3).map(([, v]) => ({ embedding: helpers.toSql(v), half: helpers.toSql(v), bits: '101' })));
    const by = (order) => db('vector_knex').orderBy(order).limit(3).pluck('id');
    assert.deepEqual(await by(db.l2Distance('embedding', [1, 1, 1])), [1, 3, 2]);
    assert.deepEqual(await by(db.maxInnerProduct('embedding', [1, 1, 1])), [2, 3, 1]);
    assert.deepEqual(await by(db.l1Distance('half', [1, 1, 1])), [1, 3, 2]);
    assert.equal((await by(db.cosineDistance('embedding', [1, 1, 1])))[2], 3);
    await db.schema.dropTable('vector_knex');
  } finally {
    await db.destroy();
  }
});
check('Kysely orders by distance', async () => {
  const { Kysely, PostgresDialect, sql } = require('kysely');
  const { l2Distance, maxInnerProduct, l1Distance, toSql } = require('pgvector/kysely');
  const db = new Kysely({ dialect: new PostgresDialect({ pool: new Pool({ ...where, max: 2 }) }) });
  try {
    await db.schema.dropTable('vector_kysely').ifExists().execute();
    await db.schema.createTable('vector_kysely').addColumn('id', 'serial', (c) => c.primaryKey()).addColumn('embedding', sql`vector(3)`).execute();
    await db.insertInto('vector_kysely').values(ITEMS.slice(0, 3).map(([, v]) => ({ embedding: toSql(v) }))).execute();
    for (const [distance, expected] of [[l2Distance, [1, 3, 2]], [maxInnerProduct, [2, 3, 1]], [l1Distance, [1, 3, 2]]]) {
      assert.deepEqual((await db.selectFrom('vector_kysely').select('id').orderBy(distance('embedding', [1, 1, 1])).limit(3).execute()).map((row) => row.id), expected);
    }
    await db.schema.createIndex('vector_kysely_by').on('vector_kysely').using('hnsw').expression(sql`embedding vector_l2_ops`).execute();
    await db.schema.dropTable('vector_kysely').execute();
  } finally {
    await db.destroy();
  }
});
check('Sequelize has a type for vectors and orders by distance', async () => {
  const { DataTypes, Sequelize } = require('sequelize');
  const helpers = require('pgvector/sequelize');
  helpers.registerTypes(Sequelize);
  const db = new Sequelize(where.database, where.user, null, { host: where.host, port: where.port, dialect: 'postgres', logging: false });
  try {
    const Item = db.define('item', { embedding: { type: DataTypes.VECTOR(3) }, half: { type: DataTypes.HALFVEC(3) } }, { tableName: 'vector_sequelize', timestamps: false, indexes: [{ fields: ['embedding'], using: 'hnsw', operator: 'vector_l2_ops' }] });
    await Item.sync({ force: true });
    await Item.bulkCreate(ITEMS.map(([, v]) => ({ embedding: v, half: v })));
    const found = await Item.findAll({ order: helpers.l2Distance('embedding', [1, 1, 1], db), limit: 2 });
    assert.deepEqual(found.map((item) => [item.id, item.embedding, item.half]), [[1, [1, 1, 1], [1, 1, 1]], [3, [1, 1, 2], [1, 1, 2]]]);
    await Item.drop();
  } finally {
    await db.close();
  }
});
check('Drizzle has a type for vectors and orders by distance', async () => {
  const { drizzle } = require('drizzle-orm/node-postgres');
  const { cosineDistance, innerProduct, l1Distance, l2Distance, sql } = require('drizzle-orm');
  const { pgTable, serial, vector, halfvec } = require('drizzle-orm/pg-core');
  const found = pgTable('vector_drizzle', { id: serial().primaryKey(), embedding: vector({ dimensions: 3 }), half: halfvec({ dimensions: 3 }) });
  const pool = new Pool({ ...where, max: 2 });
  const db = drizzle(pool);
  try {
    await db.execute(sql`DROP TABLE IF EXISTS vector_drizzle`);
    await db.execute(sql`CREATE TABLE vector_drizzle (id serial PRIMARY KEY, embedding vector(3), half halfvec(3))`);
    await db.insert(found).values(ITEMS.slice(0, 3).map(([, v]) => ({ embedding: v, half: v })));
    for (const [distance, expected] of [[l2Distance, [1, 3, 2]], [innerProduct, [2, 3, 1]], [l1Distance, [1, 3, 2]]])
      assert.deepEqual((await db.select().from(found).orderBy(distance(found.embedding, [1, 1, 1]))).map((row) => row.id), expected);
    const [row] = await db.select({ e: found.embedding, h: found.half, similarity: sql`1 - (${cosineDistance(found.embedding, [2, 2, 2])})` }).from(found).limit(1);
    assert.deepEqual([row.e, row.h, Math.abs(row.similarity - 1) < 1e-6], [[1, 1, 1], [1, 1, 1], true]);
    await db.execute(sql`DROP TABLE vector_drizzle`);
  } finally {
    await pool.end();
  }
});

console.log(`# pgvector ${version('pgvector')}`);
(async () => {
  const client = new Client(where);
  await client.connect();
  const { rowCount } = await client.query("SELECT 1 FROM pg_available_extensions WHERE name = 'vector'");
  await client.end();
  if (rowCount) return run();
  console.log('# not available: the server has no extension "vector"');
})();
