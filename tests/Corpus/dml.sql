-- INSERT.
INSERT INTO empty VALUES (1, 'a');
then TABLE empty;
INSERT INTO empty (t, id) VALUES ('a', 1), ('b', 2), (NULL, 3);
then SELECT * FROM empty ORDER BY id;
INSERT INTO empty (id) VALUES (1);
then SELECT * FROM empty;
INSERT INTO empty VALUES (1);
then SELECT id, t IS NULL AS n FROM empty;
INSERT INTO empty SELECT id, g FROM nums WHERE a > 1;
then SELECT * FROM empty ORDER BY id;
INSERT INTO empty SELECT id, x FROM l UNION ALL SELECT id + 100, y FROM r;
then SELECT * FROM empty ORDER BY id;
INSERT INTO empty (id, t) TABLE mixed;
then SELECT * FROM empty ORDER BY id;
INSERT INTO empty WITH c AS (SELECT 7 AS i) SELECT i, 'c' FROM c;
then SELECT * FROM empty;
WITH c AS (SELECT 7 AS i, 'x' AS t) INSERT INTO empty SELECT i, t FROM c RETURNING id + 1 AS next, t;
INSERT INTO empty SELECT id, name FROM doctors ORDER BY salary LIMIT 2;
then SELECT * FROM empty ORDER BY id;
INSERT INTO empty SELECT g, 'row ' || g FROM generate_series(1, 500) g;
then SELECT count(*), sum(id), max(t) FROM empty;
INSERT INTO empty VALUES (1, 5);
then SELECT t || '!' AS t FROM empty;
INSERT INTO empty VALUES (2.6, 'rounded');
then SELECT id FROM empty;
INSERT INTO empty VALUES ('12', 'text');
then SELECT id FROM empty;
INSERT INTO empty AS e VALUES (1, 'x') RETURNING e.id;
INSERT INTO empty SELECT 1, 'x' WHERE false;
then SELECT count(*) FROM empty;
INSERT INTO empty (id, t) VALUES ((SELECT max(id) FROM l) + 1, (SELECT x FROM l WHERE id = 1));
then SELECT * FROM empty;
INSERT INTO "Mixed" ("Id", id, "order") VALUES (9, 'n', 90);
then SELECT "Id", id, "order", "Order" FROM "Mixed" WHERE "Id" = 9;
-- Defaults.
INSERT INTO accounts (name) VALUES ('new');
then SELECT name, balance, level, note FROM accounts WHERE name = 'new';
INSERT INTO accounts (name, balance, level) VALUES ('n1', DEFAULT, DEFAULT), ('n2', 5, NULL);
then SELECT name, balance, level FROM accounts WHERE name LIKE 'n_' ORDER BY name;
INSERT INTO accounts (id, name) VALUES (100, 'fixed'), (DEFAULT, 'next') RETURNING id > 0 AS positive, name;
INSERT INTO accounts DEFAULT VALUES;
INSERT INTO stock DEFAULT VALUES;
INSERT INTO stock (sku, place) VALUES ('q', 'q') RETURNING *;
INSERT INTO moves (id, account) VALUES (1, 1);
INSERT INTO moves (id, account) OVERRIDING SYSTEM VALUE VALUES (500, 1) RETURNING id, account, amount, kind;
INSERT INTO accounts (id, name) OVERRIDING USER VALUE VALUES (500, 'user') RETURNING id < 500 AS generated;
SELECT nextval('tickets') % 10 AS a;
then INSERT INTO empty VALUES (currval('tickets')::int - lastval()::int, 'seq') RETURNING *;
-- RETURNING.
INSERT INTO empty VALUES (1, 'a'), (2, 'b') RETURNING *;
INSERT INTO empty VALUES (1, 'a') RETURNING id, upper(t) AS u, id * 2, 'const' AS c;
INSERT INTO empty VALUES (1, 'a') RETURNING (SELECT count(*) FROM nums) AS n, t IS NULL AS isnull;
INSERT INTO accounts (name, balance) VALUES ('ret', 1.005) RETURNING name, balance, level, note;
UPDATE nums SET a = a + 1 WHERE g = 'x' RETURNING id, a;
UPDATE nums SET a = a + 1 WHERE g = 'x' RETURNING *;
UPDATE nums AS n SET a = 0 FROM l WHERE l.id = n.id AND l.k = 2 RETURNING n.id, n.a, l.x;
DELETE FROM nums WHERE a IS NULL RETURNING id, b;
DELETE FROM nums n USING l WHERE l.id = n.id AND l.k = 2 RETURNING n.id, l.x;
DELETE FROM l RETURNING l.*;
UPDATE l SET k = 1 RETURNING count(*);
-- ON CONFLICT.
INSERT INTO stock VALUES ('a', 'x', 5) ON CONFLICT DO NOTHING;
then SELECT * FROM stock ORDER BY sku, place;
INSERT INTO stock VALUES ('a', 'x', 5), ('z', 'z', 1) ON CONFLICT (sku, place) DO NOTHING RETURNING *;
INSERT INTO stock VALUES ('a', 'x', 5), ('c', 'x', 6) ON CONFLICT (sku, place) DO UPDATE SET qty = stock.qty + excluded.qty;
then SELECT * FROM stock ORDER BY sku, place;
INSERT INTO stock AS s VALUES ('a', 'x', 5) ON CONFLICT (sku, place) DO UPDATE SET qty = excluded.qty WHERE s.qty > 100;
then SELECT qty FROM stock WHERE sku = 'a' AND place = 'x';
INSERT INTO stock VALUES ('a', 'x', 5) ON CONFLICT ON CONSTRAINT stock_pkey DO UPDATE SET qty = excluded.qty * 10 RETURNING qty, sku;
INSERT INTO accounts (name, balance) VALUES ('ann', 1) ON CONFLICT (name) DO UPDATE SET balance = accounts.balance + excluded.balance, note = 'seen' RETURNING name, balance, note;
INSERT INTO accounts (name, balance) SELECT name, 1 FROM accounts ON CONFLICT (name) DO UPDATE SET (balance, note) = (excluded.balance, 'many');
then SELECT name, balance, note FROM accounts ORDER BY id;
INSERT INTO empty VALUES (1, 'a'), (1, 'b') ON CONFLICT DO NOTHING;
then SELECT * FROM empty;
INSERT INTO stock VALUES ('a', 'x', 5), ('a', 'x', 6) ON CONFLICT (sku, place) DO UPDATE SET qty = 0;
INSERT INTO stock VALUES ('a', 'x', 5) ON CONFLICT (sku) DO NOTHING;
INSERT INTO stock VALUES ('a', 'x', 5) ON CONFLICT DO UPDATE SET qty = 1;
INSERT INTO empty VALUES (1, 'a') ON CONFLICT (id) DO UPDATE SET t = (SELECT max(x) FROM l);
then TABLE empty;
-- UPDATE.
UPDATE nums SET a = 100;
then SELECT id, a FROM nums ORDER BY id;
UPDATE nums SET a = b, b = a WHERE id < 4;
then SELECT id, a, b FROM nums ORDER BY id;
UPDATE nums SET a = NULL, g = upper(g) WHERE g IS NOT NULL;
then SELECT * FROM nums ORDER BY id;
UPDATE nums SET a = 1 WHERE false;
UPDATE nums n SET a = n.a * 10 WHERE n.id = 1;
then SELECT a FROM nums WHERE id = 1;
UPDATE nums SET a = (SELECT max(k) FROM r WHERE r.id = nums.id);
then SELECT id, a FROM nums ORDER BY id;
UPDATE nums SET (a, b) = (1, 2) WHERE id = 1;
then SELECT a, b FROM nums WHERE id = 1;
UPDATE nums SET (a, g) = (SELECT k, y FROM r WHERE r.id = nums.id) WHERE id < 4;
then SELECT id, a, g FROM nums ORDER BY id;
UPDATE nums SET a = r.k FROM r WHERE r.id = nums.id;
then SELECT id, a FROM nums ORDER BY id;
UPDATE nums SET a = x.s FROM (SELECT id, sum(k) AS s FROM r GROUP BY id) x WHERE x.id = nums.id AND x.s > 1;
then SELECT id, a FROM nums ORDER BY id;
UPDATE nums SET a = l.k FROM l JOIN r ON r.k = l.k WHERE l.id = nums.id AND r.id < 3;
then SELECT id, a FROM nums ORDER BY id;
WITH c AS (SELECT 2 AS i) UPDATE nums SET a = -1 FROM c WHERE nums.id = c.i RETURNING nums.id, nums.a;
UPDATE visits SET cost = round(cost * 1.1, 2), kind = initcap(kind) WHERE ward = 'ICU' AND cost IS NOT NULL;
then SELECT id, cost, kind FROM visits WHERE ward = 'ICU' ORDER BY id LIMIT 6;
UPDATE accounts SET balance = DEFAULT, level = DEFAULT WHERE name = 'bob' RETURNING balance, level;
UPDATE accounts SET balance = 7.777 WHERE id = 1 RETURNING balance;
UPDATE samples SET n2 = 1.005, v = 'short', c = 'x', f4 = 0.1, d = '2024-05-05', ia = ARRAY[9], jb = '{"x": 1}', "by" = '\x01' WHERE id = 1 RETURNING n2, v, c, f4, d, ia, jb, "by";
UPDATE samples SET i4 = i2, i8 = i4, n = f8, t = i4 WHERE id = 1;
UPDATE "Mixed" SET "order" = "order" + 1, "Order" = 'new' WHERE "Id" = 1 RETURNING "order", "Order", id;
UPDATE open_visits SET ward = 'ICU' WHERE id = 17;
UPDATE nums SET id = id + 10;
then SELECT min(id), max(id) FROM nums;
UPDATE stock SET place = 'y' WHERE sku = 'b';
then SELECT * FROM stock ORDER BY sku, place;
-- DELETE.
DELETE FROM nums WHERE a > 2;
then SELECT id FROM nums ORDER BY id;
DELETE FROM nums;
then SELECT count(*) FROM nums;
DELETE FROM nums WHERE id IN (SELECT id FROM l WHERE k = 2);
then SELECT id FROM nums ORDER BY id;
DELETE FROM nums n WHERE NOT EXISTS (SELECT 1 FROM l WHERE l.id = n.id);
then SELECT id FROM nums ORDER BY id;
DELETE FROM stock USING deliveries d WHERE d.sku = stock.sku AND d.place = stock.place;
then SELECT * FROM stock ORDER BY sku, place;
DELETE FROM l USING r, s WHERE l.k = r.k AND s.k = r.k;
then SELECT id FROM l ORDER BY id;
WITH c AS (SELECT max(id) AS m FROM nums) DELETE FROM nums USING c WHERE nums.id = c.m RETURNING id;
DELETE FROM accounts WHERE name = 'ann';
then SELECT id, account FROM moves ORDER BY id;
DELETE FROM wards WHERE code = 'CAR';
DELETE FROM ONLY l WHERE id = 1;
then SELECT count(*) FROM l;
TRUNCATE nums;
then SELECT count(*) FROM nums;
TRUNCATE TABLE l, r RESTART IDENTITY;
then SELECT (SELECT count(*) FROM l) + (SELECT count(*) FROM r) AS n;
TRUNCATE wards;
-- MERGE.
MERGE INTO stock s USING deliveries d ON d.sku = s.sku AND d.place = s.place WHEN MATCHED THEN UPDATE SET qty = s.qty + d.qty WHEN NOT MATCHED THEN INSERT VALUES (d.sku, d.place, coalesce(d.qty, 0));
then SELECT * FROM stock ORDER BY sku, place;
MERGE INTO stock s USING deliveries d ON d.sku = s.sku AND d.place = s.place WHEN MATCHED THEN DELETE;
then SELECT * FROM stock ORDER BY sku, place;
MERGE INTO stock s USING deliveries d ON d.sku = s.sku AND d.place = s.place WHEN MATCHED AND d.qty > 100 THEN DELETE WHEN NOT MATCHED AND d.qty IS NOT NULL THEN INSERT (sku, place) VALUES (d.sku, d.place) WHEN NOT MATCHED THEN DO NOTHING;
then SELECT * FROM stock ORDER BY sku, place;
MERGE INTO stock s USING (SELECT 'a' AS sku, 1 AS n) x ON x.sku = s.sku WHEN MATCHED THEN UPDATE SET qty = n;
then SELECT * FROM stock ORDER BY sku, place;
-- Changes in WITH.
WITH d AS (DELETE FROM nums WHERE a > 3 RETURNING id) SELECT count(*), sum(id) FROM d;
WITH d AS (DELETE FROM l WHERE k = 2 RETURNING id, x) INSERT INTO empty SELECT id, x FROM d RETURNING *;
WITH i AS (INSERT INTO empty VALUES (1, 'w') RETURNING id, t) SELECT i.t, (SELECT count(*) FROM empty) AS before FROM i;
WITH u AS (UPDATE nums SET a = a * 2 WHERE id < 4 RETURNING id, a) SELECT n.a AS old, u.a AS new FROM nums n JOIN u ON u.id = n.id ORDER BY n.id;
WITH i AS (INSERT INTO empty VALUES (1, 'w')) SELECT count(*) FROM empty;
-- Keys and checks.
INSERT INTO nums VALUES (1, 1, 1, 'dup');
INSERT INTO wards VALUES ('CAR', 'x', 1, 1);
INSERT INTO stock VALUES ('a', 'x', 1);
INSERT INTO stock VALUES (NULL, 'x', 1);
INSERT INTO wards (code) VALUES ('NEW');
INSERT INTO accounts (name) VALUES (NULL);
INSERT INTO accounts (name) VALUES ('ann');
INSERT INTO accounts (name, balance) VALUES ('poor', -100.01);
INSERT INTO accounts (name, level) VALUES ('deep', 10);
INSERT INTO accounts (name, note) VALUES ('long', '12345678901');
INSERT INTO accounts (name, note) VALUES ('blanks', '1234567890    ') RETURNING note;
INSERT INTO accounts (name, balance) VALUES ('rich', 123456789.00);
INSERT INTO moves (account) VALUES (999);
INSERT INTO visits (id, patient_id, ward, admitted, kind) VALUES (1000, 1, 'XXX', '2024-01-01', 'day');
UPDATE accounts SET name = 'bob' WHERE name = 'ann';
UPDATE accounts SET name = NULL WHERE id = 1;
UPDATE accounts SET balance = balance - 200;
UPDATE accounts SET level = 0 WHERE id = 1;
UPDATE wards SET code = 'CARD' WHERE code = 'CAR';
UPDATE moves SET id = 7 WHERE id = 1;
UPDATE moves SET id = DEFAULT WHERE id = 1 RETURNING id > 5 AS fresh;
DELETE FROM patients WHERE id = 26;
-- Errors of changes.
INSERT INTO nowhere VALUES (1);
INSERT INTO empty (id, nothing) VALUES (1, 2);
INSERT INTO empty VALUES (1, 'a', 3);
INSERT INTO empty (id, t) VALUES (1);
INSERT INTO empty (id, id) VALUES (1, 2);
INSERT INTO empty VALUES ('x', 'a');
INSERT INTO empty VALUES (date '2024-01-01', 'a');
INSERT INTO empty VALUES (99999999999, 'a');
INSERT INTO open_visits VALUES (1, 1, 'CAR', '2024-01-01');
INSERT INTO empty SELECT 'x', 'y';
INSERT INTO empty VALUES (DEFAULT, DEFAULT);
UPDATE nums SET nothing = 1;
UPDATE nums SET a = 'x';
UPDATE nums SET a = 1, a = 2;
UPDATE nums SET a = 1 / 0;
UPDATE nums SET a = true;
UPDATE nums SET (a, b) = (1, 2, 3);
UPDATE nums SET nums.a = 1;
UPDATE nums SET a = b WHERE nothing = 1;
DELETE FROM nums WHERE id = 'x';
DELETE FROM nums WHERE count(*) > 1;
DELETE FROM nums LIMIT 1;
UPDATE l SET k = r.k FROM r WHERE r.id = id;
INSERT INTO nums VALUES (50, 1, 1, 'a') RETURNING nothing;
-- Statements that follow one another.
INSERT INTO empty VALUES (1, 'a');
then UPDATE empty SET t = t || 'b';
then DELETE FROM empty WHERE t = 'ab' RETURNING *;
then SELECT count(*) FROM empty;
SAVEPOINT s1;
then INSERT INTO empty VALUES (1, 'a');
then ROLLBACK TO s1;
then INSERT INTO empty VALUES (1, 'b');
then RELEASE s1;
then TABLE empty;
INSERT INTO empty SELECT id, w FROM words;
then SELECT count(*), count(t), count(DISTINCT t), min(t), max(t) FROM empty;
PREPARE ins (int, text) AS INSERT INTO empty VALUES ($1, $2) RETURNING *;
then EXECUTE ins (1, 'x');
then EXECUTE ins (2, NULL);
then DEALLOCATE ins;
then SELECT count(*) FROM empty;
DECLARE c CURSOR FOR SELECT id FROM nums ORDER BY id;
then FETCH 2 FROM c;
then FETCH ALL FROM c;
then CLOSE c;
-- Changes with parameters.
--$ int4 = 5
--$ text = it's
INSERT INTO empty VALUES ($1, $2) RETURNING *;
--$ ? = 6
--$ ? is null
INSERT INTO empty VALUES ($1, $2) RETURNING id, t IS NULL AS n;
--$ ? = 10
--$ ? = x
UPDATE nums SET a = $1 WHERE g = $2 RETURNING id, a;
--$ int4[] = {1,3,5}
DELETE FROM nums WHERE id = ANY ($1) RETURNING id;
--$ numeric = 12.345
--$ ? = ann
UPDATE accounts SET balance = $1 WHERE name = $2 RETURNING balance;
--$ int4 = 1
--$ int4 = 1
INSERT INTO nums (id, a) VALUES ($1, $2);
--$ ? = new
--$ ? = 3
INSERT INTO accounts (name, balance) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET balance = $2 RETURNING name, balance;
-- One command, one row, one change.
INSERT INTO stock SELECT sku, 'x', coalesce(qty, 0) FROM deliveries UNION ALL SELECT 'a', 'x', 0 ON CONFLICT (sku, place) DO UPDATE SET qty = 0;
INSERT INTO stock VALUES ('n', 'n', 1), ('m', 'm', 2), ('n', 'n', 3) ON CONFLICT (sku, place) DO UPDATE SET qty = excluded.qty;
INSERT INTO stock VALUES ('n', 'n', 1), ('a', 'x', 2), ('m', 'm', 3) ON CONFLICT (sku, place) DO UPDATE SET qty = excluded.qty RETURNING *;
INSERT INTO accounts (name, balance) VALUES ('zoe', 1), ('ann', 2), ('abe', 3) ON CONFLICT (name) DO UPDATE SET balance = excluded.balance RETURNING name, balance, level;
INSERT INTO accounts (name, balance) VALUES ('zoe', 1), ('zoe', 2) ON CONFLICT (name) DO UPDATE SET balance = excluded.balance;
INSERT INTO accounts (name, balance) VALUES ('bob', 1), ('bob', 2) ON CONFLICT (name) DO UPDATE SET balance = -1000;
INSERT INTO stock VALUES ('a', 'x', 5), ('a', 'x', 6) ON CONFLICT (sku, place) DO NOTHING;
then SELECT qty FROM stock WHERE sku = 'a' AND place = 'x';
INSERT INTO stock SELECT 's' || g, 'x', g FROM generate_series(1, 50) g ON CONFLICT (sku, place) DO UPDATE SET qty = excluded.qty;
then SELECT count(*), sum(qty) FROM stock;
