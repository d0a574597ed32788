'use strict';
// Adminer, a whole application, in a browser: links are followed, forms filled in and buttons pressed as a person would.
const fs = require('node:fs');
const path = require('node:path');
const { isDeepStrictEqual, inspect } = require('node:util');
const { version, withBrowser } = require('./browser');

const server = `${process.env.PGHOST || '127.0.0.1'}:${process.env.PGPORT || 5432}`;
const user = process.env.PGUSER || 'postgres', database = process.env.PGDATABASE || 'scratch';
const THINGS = 'adminer_things', LINES = 'adminer_lines', MADE = 'adminer_made';
let page, home, downloads, failed = 0;

async function check(sentence, body) {
  try {
    await body();
    console.log(`ok ${sentence}`);
  } catch (error) {
    failed++;
    console.log(`not ok ${sentence}: ${`${error?.message ?? error}`.replace(/\s+/g, ' ').slice(0, 600)}`);
  }
}

function equal(actual, expected) {
  if (!isDeepStrictEqual(actual, expected)) throw new Error(`got ${inspect(actual, { depth: 6 })}, expected ${inspect(expected, { depth: 6 })}`);
}

const visible = () => page.evaluate(() => document.body.innerText.replace(/[\s\u00a0]+/g, ' '));

async function shows(...words) {
  const text = await visible();
  for (const word of words) {
    if (text.includes(word)) continue;
    const error = await page.$$eval('.error', found => found.map(e => e.innerText).join(' ')).catch(() => '');
    throw new Error(`no [${word}] on the page, ${error || text}`);
  }
}

async function hides(word) {
  if ((await visible()).includes(word)) throw new Error(`[${word}] is on the page`);
}

/** Does what leads to another page, and waits for that page. */
const leads = action => Promise.all([page.waitForNavigation({ waitUntil: 'load' }), action()]);
const press = selector => leads(() => page.locator(selector).click());
const follow = (words, within = '') => press(`${within} ::-p-xpath(.//a[normalize-space()="${words}"])`.trim());
const button = words => press(`input[type=submit][value="${words}"]`);
const fill = (name, value) => page.locator(`[name="${name}"]`).fill(value);
const pick = (name, value) => page.select(`[name="${name}"]`, value);
/** The name of a field of a list that grows as it is filled in. */
async function named(list, part, index) {
  const selector = `[name^="${list}["][name$="${part}"]`;
  await page.waitForFunction((selector, index) => document.querySelectorAll(selector).length > index, {}, selector, index);
  return page.$$eval(selector, (found, index) => found[index].name, index);
}

const visit = (query = {}) => page.goto(`${home}?${new URLSearchParams({ pgsql: server, username: user, db: database, ns: 'public', ...query })}`);
const table = selector => page.$$eval(`${selector} tbody tr`, rows => rows.map(row => [...row.cells].map(cell => cell.innerText.trim())));
const rows = async () => (await table('#table')).map(cells => cells.slice(1));
const headed = heading => page.$$eval('h3', (found, heading) => {
  const next = found.find(h => h.innerText === heading)?.nextElementSibling;
  const element = next?.matches('table') ? next : next?.querySelector('table');
  return [...element?.rows ?? []].map(row => [...row.cells].map(cell => cell.innerText.trim()));
}, heading);

async function command(sql) {
  await visit({ sql: '' });
  // With its highlighting, the editor is an element beside the form's hidden field.
  await page.waitForSelector('.sqlarea');
  await page.evaluate(sql => {
    const editor = document.querySelector('pre.sqlarea');
    if (editor) editor.textContent = sql;
    document.querySelector('textarea[name=query]').value = sql;
  }, sql);
  await button('Execute');
}

async function typed(sql) {
  await visit({ sql: '' });
  await (await page.waitForSelector('pre.sqlarea, textarea.sqlarea')).click();
  await page.keyboard.type(sql);
  await leads(async () => {
    await page.keyboard.down('Control');
    await page.keyboard.press('Enter');
    await page.keyboard.up('Control');
  });
}

async function downloaded(action) {
  const session = await page.browser().target().createCDPSession();
  const name = await new Promise((done, fail) => {
    const late = setTimeout(() => fail(new Error('no download')), 30000);
    session.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: downloads, eventsEnabled: true }).then(action).catch(fail);
    let name;
    session.on('Browser.downloadWillBegin', event => { name = event.suggestedFilename; });
    session.on('Browser.downloadProgress', event => {
      if (event.state === 'inProgress') return;
      clearTimeout(late);
      if (event.state === 'completed') done(name);
      else fail(new Error(event.state));
    });
  });
  await session.detach();
  const file = path.join(downloads, name);
  const text = fs.readFileSync(file, 'utf8');
  fs.rmSync(file);
  return text;
}

async function checks() {
  await check('a login opens the database', async () => {
    await page.goto(home);
    await pick('auth[driver]', 'pgsql');
    await fill('auth[server]', server);
    await fill('auth[username]', user);
    await fill('auth[db]', database);
    await button('Login');
    await shows(`PostgreSQL » ${server} » ${database}`, 'Schema: public', 'Tables and views');
    equal(await page.$eval('#logout', e => e.value), 'Logout');
  });
  if (failed) return;
  await check('a command makes tables', async () => {
    await command(`SET client_min_messages = warning; DROP VIEW IF EXISTS adminer_view; DROP TABLE IF EXISTS ${MADE}, ${LINES}, ${THINGS}; DROP SEQUENCE IF EXISTS ${THINGS}_id_seq`);
    await command(`CREATE TABLE ${THINGS} (id serial PRIMARY KEY, name varchar(40) NOT NULL, price numeric(10,2) DEFAULT 1.5, born date, active boolean)`);
    await shows('Query executed OK');
    await command(`CREATE TABLE ${LINES} (id int PRIMARY KEY, thing int REFERENCES ${THINGS} (id) ON DELETE CASCADE); CREATE INDEX adminer_by_name ON ${THINGS} (name)`);
    await shows('Query executed OK');
    await hides('Error in query');
  });
  await check('a command shows its rows', async () => {
    await command("SELECT 42 AS answer, 'zażółć' AS word, NULL AS nothing");
    equal(await page.$$eval('#content table', tables => [...tables[0].rows].map(row => [...row.cells].map(cell => cell.innerText))), [['answer', 'word', 'nothing'], ['42', 'zażółć', 'NULL']]);
    await shows('1 row');
  });
  await check('a command is typed and sent by the keyboard', async () => {
    await typed('SELECT 6 * 7 AS typed');
    await shows('typed 42', '1 row');
  });
  await check('a command shows its error', async () => {
    await command('SELECT * FROM no_such_table');
    await shows('relation "no_such_table" does not exist');
  });
  await check('several commands are executed', async () => {
    await command(`INSERT INTO ${THINGS} (name) VALUES ('one'), ('two'); UPDATE ${THINGS} SET price = 3 WHERE name = 'two'`);
    await shows('2 rows affected', '1 row affected');
  });
  await check('a command is explained by a link to its history', async () => {
    await visit({ sql: '' });
    await page.locator('a[href="#fieldset-history"]').click();
    await page.waitForSelector('#fieldset-history:not(.hidden)');
    await shows('UPDATE');
  });
  await check('tables are listed with their sizes and counts', async () => {
    await visit();
    await shows('Tables and views', THINGS, LINES);
    await page.waitForFunction(name => document.querySelector(`#Rows-${name}`)?.innerText.trim() !== '', {}, THINGS);
  });
  await check('tables are searched for data', async () => {
    await visit();
    await fill('query', 'two');
    await button('Search');
    await shows(THINGS);
    equal(await page.$$eval(`#content a[href*="select=${THINGS}"]`, found => found.length > 0), true);
  });
  await check('a table shows its structure', async () => {
    await visit();
    await follow(THINGS, '#tables');
    await visit({ table: THINGS });
    equal(await table('#content table:first-of-type').then(found => found.slice(0, 5)), [['id', 'integer Auto Increment [nextval(\'adminer_things_id_seq\')]', ''], ['name', 'character varying(40)', ''],
      ['price', 'numeric(10,2) NULL [1.5]', ''], ['born', 'date NULL', ''], ['active', 'boolean NULL', '']]);
    equal((await headed('Indexes')).sort(), [['INDEX', 'name'], ['PRIMARY', 'id']]);
  });
  await check('a table shows its foreign keys', async () => {
    await visit({ table: LINES });
    equal(await headed('Foreign keys'), [['Source', 'Target', 'ON DELETE', 'ON UPDATE', ''], ['thing', `${THINGS}(id)`, 'CASCADE', 'NO ACTION', 'Alter']]);
  });
  await check('rows are browsed', async () => {
    await visit({ table: THINGS });
    await follow('Select data');
    equal(await rows(), [['1', 'one', '1.50', 'NULL', 'NULL'], ['2', 'two', '3.00', 'NULL', 'NULL']]);
    await shows('2 rows');
  });
  await check('a row is inserted by its form', async () => {
    await follow('New item');
    await fill('fields[name]', 'three "3" \\ żółć');
    await fill('fields[price]', '9.99');
    await pick('function[born]', '');
    await fill('fields[born]', '2024-02-29');
    await page.locator('input[type=checkbox][name="fields[active]"]').click();
    await button('Save');
    await shows('Item has been inserted.');
    equal((await rows())[2], ['3', 'three "3" \\ żółć', '9.99', '2024-02-29', 't']);
  });
  await check('a row that breaks a rule is refused and stays in the form', async () => {
    await visit({ edit: THINGS });
    await fill('fields[name]', 'x'.repeat(41));
    await button('Save');
    await shows('value too long for type character varying(40)');
    equal(await page.$eval('[name="fields[name]"]', e => e.value), 'x'.repeat(41));
  });
  await check('a row is edited by its form', async () => {
    await visit({ select: THINGS, 'order[0]': 'id' });
    await press('#table tbody tr:nth-child(2) a.edit');
    equal(await page.$eval('[name="fields[name]"]', e => e.value), 'two');
    await fill('fields[name]', 'edited');
    await fill('fields[price]', '4');
    await button('Save');
    await shows('Item has been updated.');
    equal((await rows()).map(row => row[1]).includes('edited'), true);
    await shows('4.00');
  });
  await check('a row is edited and stays open', async () => {
    await visit({ edit: THINGS, 'where[id]': '2' });
    await fill('fields[price]', '5.25');
    await page.locator('input[name=insert]').click();
    await page.waitForFunction(() => document.querySelector('#ajaxstatus')?.innerText.includes('Item has been updated.'));
    await visit({ edit: THINGS, 'where[id]': '2' });
    equal(await page.$eval('[name="fields[price]"]', e => e.value), '5.25');
  });
  await check('a cell is edited where it stands', async () => {
    await visit({ select: THINGS, 'order[0]': 'id' });
    await page.keyboard.down('Control');
    await page.locator('#table tbody tr:first-child td:nth-child(3)').click();
    await page.keyboard.up('Control');
    await page.locator('#table tbody tr:first-child td:nth-child(3) input').fill('one more');
    await press('input[type=submit][name=save], input[type=submit][value=Save]');
    await shows('1 item has been affected.');
    await visit({ select: THINGS, 'order[0]': 'id' });
    equal((await rows())[0].slice(0, 2), ['1', 'one more']);
  });
  await check('all cells are edited at once', async () => {
    await visit({ select: THINGS, 'order[0]': 'id', modify: '1' });
    await page.locator('#table tbody tr:nth-child(3) td:nth-child(4) input').fill('8.5');
    await button('Save');
    await shows('3 items have been affected.');
    await visit({ select: THINGS, 'order[0]': 'id' });
    equal((await rows()).map(row => row[2]), ['1.50', '5.25', '8.50']);
  });
  await check('a row is cloned', async () => {
    await visit({ select: THINGS, 'order[0]': 'id' });
    await page.locator('#table tbody tr:first-child input[type=checkbox]').click();
    await button('Clone');
    await button('Save');
    await visit({ select: THINGS, 'order[0]': 'id', 'desc[0]': '1' });
    equal((await rows())[0].slice(1), ['one more', '1.50', 'NULL', 'NULL']);
  });
  await check('a row is deleted from the list', async () => {
    await visit({ select: THINGS, 'order[0]': 'id', 'desc[0]': '1' });
    const before = (await rows()).length;
    await page.locator('#table tbody tr:first-child input[type=checkbox]').click();
    await button('Delete');
    await shows('1 item has been affected.');
    equal((await rows()).length, before - 1);
  });
  await check('a row is deleted by its form', async () => {
    await visit({ edit: THINGS, 'where[id]': '3' });
    await button('Delete');
    await shows('Item has been deleted.');
    equal((await rows()).some(row => row[0] === '3'), false);
  });
  await check('rows are filtered, sorted and cut to columns by the form', async () => {
    await command(`INSERT INTO ${THINGS} (id, name, price) SELECT i, 'item ' || i, i FROM generate_series(101, 220) AS g(i)`);
    await visit({ select: THINGS });
    // Fields in a closed fieldset are opened by its legend.
    for (const fieldset of ['select', 'search', 'sort']) await page.locator(`a[href="#fieldset-${fieldset}"]`).click();
    await pick(await named('columns', '[col]', 0), 'name');
    await pick(await named('columns', '[col]', 1), 'price');
    await pick(await named('where', '[col]', 0), 'name');
    await pick(await named('where', '[op]', 0), 'LIKE %%');
    await fill(await named('where', '[val]', 0), 'm 15');
    await pick(await named('where', '[col]', 1), 'id');
    await pick(await named('where', '[op]', 1), '>');
    await fill(await named('where', '[val]', 1), '156');
    await pick('order[0]', 'price');
    await page.locator('input[type=checkbox][name="desc[0]"]').click();
    await button('Select');
    equal(await rows(), [['item 159', '159.00'], ['item 158', '158.00'], ['item 157', '157.00']]);
    await shows(`ORDER BY "price" DESC`, '3 rows');
  });
  await check('rows are grouped and counted by the form', async () => {
    await visit({ select: THINGS, 'columns[0][fun]': 'count', 'columns[0][col]': 'id', 'columns[1][fun]': 'max', 'columns[1][col]': 'price' });
    equal((await table('#table')).map(cells => cells.slice(-2)), [['122', '220.00']]);
  });
  await check('every operator of a condition finds its rows', async () => {
    const cases = [['id', '=', '101', 1], ['id', '<', '103', 4], ['id', '>=', '219', 2], ['id', '!=', '1', 121], ['id', 'IN', '101,102,900', 2], ['id', 'NOT IN', '1,2', 120], ['born', 'IS NULL', '', 122],
      ['price', 'IS NOT NULL', '', 122], ['name', 'LIKE', 'item 10_', 9], ['name', 'NOT LIKE', 'item%', 2], ['name', '~', '^item 2[01]', 20], ['name', '!~', '^item', 2], ['name', 'ILIKE %%', 'M 19', 10], ['', 'LIKE %%', '210', 1]];
    for (const [column, operator, value, count] of cases) {
      await visit({ select: THINGS, limit: '', 'where[0][col]': column, 'where[0][op]': operator, 'where[0][val]': value });
      equal([operator, (await rows()).length], [operator, count]);
    }
  });
  await check('a click on a heading sorts', async () => {
    await visit({ select: THINGS });
    await follow('id', '#table thead');
    equal((await rows())[0][0], '1');
    await follow('id', '#table thead');
    equal((await rows())[0][0], '220');
  });
  await check('pages are turned', async () => {
    await visit({ select: THINGS, 'order[0]': 'id' });
    equal((await rows()).length, 50);
    await shows('122 rows');
    await press('#content a[href*="page=2"]');
    equal((await rows()).map(row => row[0]), Array.from({ length: 22 }, (_, i) => String(199 + i)));
  });
  await check('more rows are loaded below', async () => {
    await visit({ select: THINGS, 'order[0]': 'id' });
    await page.locator('a.loadmore').click();
    await page.waitForFunction(() => document.querySelectorAll('#table tbody tr').length === 100);
    equal((await rows())[99][0], '198');
  });
  await check('a reference leads to its row', async () => {
    await command(`INSERT INTO ${LINES} VALUES (1, 150), (2, 2)`);
    await visit({ select: LINES, 'order[0]': 'id' });
    await follow('150', '#table');
    equal((await rows()).map(row => row.slice(0, 2)), [['150', 'item 150']]);
  });
  await check('rows are exported as SQL', async () => {
    await visit({ table: THINGS });
    await visit({ dump: THINGS });
    for (const [name, value] of [['output', 'text'], ['format', 'sql']]) await page.locator(`input[name=${name}][value=${value}]`).click();
    await pick('table_style', 'DROP+CREATE');
    await pick('data_style', 'INSERT');
    await press('input[type=submit][value=Export]');
    const dump = await page.evaluate(() => document.body.innerText);
    for (const part of [`DROP TABLE IF EXISTS "${THINGS}"`, 'CREATE SEQUENCE adminer_things_id_seq', `CREATE TABLE "public"."${THINGS}"`, '"name" character varying(40) NOT NULL',
      '"price" numeric(10,2) DEFAULT \'1.5\'', `CONSTRAINT "${THINGS}_pkey" PRIMARY KEY ("id")`, `CREATE INDEX "adminer_by_name" ON "public"."${THINGS}" USING btree ("name")`, `INSERT INTO "${THINGS}"`, "(101,\t'item 101',\t101.00,\tNULL,\tNULL)"])
      if (!dump.includes(part)) throw new Error(`no [${part}] in ${dump.slice(0, 1500)}`);
    exports.dump = dump;
  });
  await check('the exported SQL is run as a command and brings the table back', async () => {
    await command(`DROP TABLE ${LINES}, ${THINGS}`);
    await command(exports.dump);
    await hides('Error in query');
    await visit({ select: THINGS, 'order[0]': 'id' });
    await shows('122 rows');
    equal((await rows()).slice(0, 3).map(row => row.slice(0, 3)), [['1', 'one more', '1.50'], ['2', 'edited', '5.25'], ['101', 'item 101', '101.00']]);
  });
  await check('rows are exported as CSV into a file', async () => {
    await visit({ dump: THINGS });
    for (const [name, value] of [['output', 'file'], ['format', 'csv']]) await page.locator(`input[name=${name}][value=${value}]`).click();
    const lines = (await downloaded(() => page.locator('input[type=submit][value=Export]').click())).split(/\r?\n/);
    equal(lines[0].replace('\ufeff', ''), 'id,name,price,born,active');
    equal(lines.filter(line => /^(1|150),/.test(line)), ['1,one more,"1.50",,', '150,item 150,"150.00",,']);
  });
  await check('a table is created by its form', async () => {
    await visit({ create: '' });
    await fill('name', MADE);
    const columns = [['id', 'integer', ''], ['label', 'character varying', '20'], ['thing', 'integer', ''], ['made', 'timestamptz', '']];
    for (let i = 0; i < columns.length; i++) {
      const [name, type, length] = columns[i];
      await fill(await named('fields', '[field]', i), name);
      await pick(await named('fields', '[type]', i), type);
      if (length) await fill(await named('fields', '[length]', i), length);
      if (i > 0) await page.locator(`input[name="${await named('fields', '[null]', i)}"]`).click();
    }
    await page.locator('input[name=auto_increment_col][value="1"]').click();
    await button('Save');
    await shows('Table has been created.');
    await visit({ table: MADE });
    equal((await table('#content table:first-of-type')).slice(0, 4).map(row => row.slice(0, 2)), [['id', `integer Auto Increment [nextval('${MADE}_id_seq')]`], ['label', 'character varying(20) NULL'],
      ['thing', 'integer NULL'], ['made', 'timestamptz NULL']]);
  });
  await check('a table is altered by its form', async () => {
    await follow('Alter table');
    await fill('fields[2][field]', 'title');
    await pick('fields[2][type]', 'text');
    await fill('fields[2][length]', '');
    await page.locator('input[name="fields[2][null]"]').click();
    await fill('Comment', "made by Adminer's form");
    await button('Save');
    await shows('Table has been altered.');
    equal((await table('#content table:first-of-type'))[1].slice(0, 2), ['title', 'text']);
    await shows("made by Adminer's form");
  });
  await check('a column is added and dropped by the form', async () => {
    await visit({ create: MADE });
    await page.locator('#edit-fields input[name^="add["]').click();
    await fill(await named('fields', '[field]', 4), 'extra');
    await pick(await named('fields', '[type]', 4), 'boolean');
    await button('Save');
    await shows('Table has been altered.');
    equal((await table('#content table:first-of-type')).map(row => row[0]).includes('extra'), true);
    await visit({ create: MADE });
    await page.locator('input[name="drop_col[5]"]').click();
    await button('Save');
    await shows('Table has been altered.');
    equal((await table('#content table:first-of-type')).map(row => row[0]).includes('extra'), false);
  });
  await check('an index is added by its form', async () => {
    await visit({ table: MADE });
    await follow('Alter indexes');
    const count = (await page.$$('select[name^="indexes["][name$="[type]"]')).length;
    await pick(`indexes[${count}][type]`, 'INDEX');
    await pick(`indexes[${count}][columns][1]`, 'title');
    const second = await named(`indexes[${count}][columns]`, ']', 1);
    await pick(second, 'thing');
    await page.locator(`input[name="${second.replace('columns', 'descs')}"]`).click();
    await button('Save');
    await shows('Indexes have been altered.');
    equal(await headed('Indexes'), [['PRIMARY', 'id'], ['INDEX', 'title, thing DESC']]);
  });
  await check('a foreign key is added by its form', async () => {
    await visit({ table: MADE });
    await follow('Add foreign key');
    if (await page.$eval('[name=table]', e => e.value) !== THINGS) await leads(() => pick('table', THINGS));
    await pick('source[0]', 'thing');
    await pick('target[0]', 'id');
    await pick('on_delete', 'SET NULL');
    await button('Save');
    await shows('Foreign key has been created.');
    equal((await headed('Foreign keys'))[1], ['thing', `${THINGS}(id)`, 'SET NULL', 'NO ACTION', 'Alter']);
  });
  await check('a foreign key holds in the edit form', async () => {
    await visit({ edit: MADE });
    await fill('fields[title]', 'x');
    await pick('function[thing]', '');
    await fill('fields[thing]', '9999');
    await button('Save');
    await shows('violates foreign key constraint');
  });
  await check('a foreign key is dropped by its form', async () => {
    await visit({ table: MADE });
    await follow('Alter', '#content table');
    await button('Drop');
    await shows('Foreign key has been dropped.');
    equal(await headed('Foreign keys'), []);
  });
  await check('a sequence is created and altered by its form', async () => {
    await visit({ sequence: '' });
    await fill('name', 'adminer_numbers');
    await button('Save');
    await shows('Sequence has been created.');
    await visit({ sequence: 'adminer_numbers' });
    await button('Drop');
    await shows('Sequence has been dropped.');
  });
  await check('a view is created by its form, browsed and dropped', async () => {
    await visit({ view: '' });
    await fill('name', 'adminer_view');
    await page.evaluate(sql => {
      const editor = document.querySelector('pre.sqlarea');
      if (editor) editor.textContent = sql;
      document.querySelector('textarea[name=select]').value = sql;
    }, `SELECT id, name FROM ${THINGS} WHERE id < 3`);
    await button('Save');
    await shows('View has been created.');
    await visit({ select: 'adminer_view', 'order[0]': 'id' });
    equal((await table('#table')).map(row => row.slice(-2)), [['1', 'one more'], ['2', 'edited']]);
    await visit({ view: 'adminer_view' });
    await button('Drop');
    await shows('View has been dropped.');
  });
  await check('a schema is created and dropped by its form', async () => {
    await visit({ scheme: '', ns: '' });
    await fill('name', 'adminer_schema');
    await button('Save');
    await shows('Schema has been created.');
    await page.goto(`${home}?${new URLSearchParams({ pgsql: server, username: user, db: database, ns: 'adminer_schema', scheme: '' })}`);
    await button('Drop');
    await shows('Schema has been dropped.');
  });
  await check('the schema is drawn', async () => {
    await visit({ schema: '' });
    equal(await page.$$eval('#schema .table > a', found => found.map(a => a.innerText)).then(names => [THINGS, MADE].every(name => names.includes(name))), true);
  });
  await check('variables of the server are shown', async () => {
    await visit({ variables: '' });
    await shows('server_version', 'TimeZone');
  });
  await check('the processes of the server are shown', async () => {
    await visit({ processlist: '' });
    await shows('Process list', 'pg_stat_activity');
  });
  await check('databases are listed', async () => {
    await visit();
    equal(await page.$$eval('#dbs option', found => found.map(option => option.value)).then(names => names.includes(database)), true);
  });
  await check('tables are emptied and dropped from their list', async () => {
    await visit();
    await page.locator(`input[name="tables[]"][value="${MADE}"]`).click();
    await button('Truncate');
    await shows('Tables have been truncated.');
    for (const name of [MADE, THINGS]) await page.locator(`input[name="tables[]"][value="${name}"]`).click();
    await button('Drop');
    await shows('Tables have been dropped.');
    equal(await page.$(`input[name="tables[]"][value="${THINGS}"]`), null);
    await command(`DROP SEQUENCE IF EXISTS ${THINGS}_id_seq`);
  });
  await check('a logout ends the session', async () => {
    await button('Logout');
    await shows('Logout successful.');
    equal(await page.$('#logout'), null);
  });
}

console.log(`# Adminer ${version()}`);
withBrowser(async (...parts) => {
  [page, home, downloads] = parts;
  await checks();
}).then(() => process.exit(failed ? 1 : 0), error => {
  console.error(error);
  process.exit(2);
});
