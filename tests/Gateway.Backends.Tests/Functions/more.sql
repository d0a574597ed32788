-- Untyped NULLs, nesting, odd corners.
NULL::int + 1, NULL || 'x', NULL = NULL, coalesce(NULL::text, 'x'), length(NULL), abs(NULL::int)
CASE WHEN NULL THEN 1 ELSE 2 END, nullif('a', 'b'), NULL::numeric + 1.5, greatest('a', 'b'), least(NULL, 2)
(1 + 2) * 3, 1 + 2 * 3, -2 ^ 2, 2 ^ 3 ^ 2, NOT true OR true, 5 % 3 + 1
'5' + 3, '5' || 3, 5 + '3', '1.5'::numeric + 1, 1 + 1.5 + 1.5::float8
'2024-01-01'::date + '1 day'::interval, now() = transaction_timestamp(), current_timestamp = now(), localtimestamp = now()::timestamp
pg_typeof(now()), pg_typeof(current_date), pg_typeof(1.5), pg_typeof(1 + 1.5), pg_typeof('a' || 'b'), pg_typeof(interval '1 day'), pg_typeof(sum(1))
upper('x') || lower('Y') || substr('hello', 1, 2), length(repeat('ab', 10)), md5(1::text), ascii(upper('a')) + 1
(SELECT count(*) FROM (VALUES (1), (NULL)) t(x) WHERE x IS NOT NULL), (SELECT count(x) FROM (VALUES (1), (NULL)) t(x))
row_number() OVER (), count(*) OVER ()
round(10 / 3.0, 2), round(2.5), round(-0.4), 10 / 4, 10 / 4.0, 10 % 4.5
cast('10' AS int), cast(10.6 AS int), cast('t' AS bool), cast(1 AS text), int '5', bool 'no', text 'x', '1'::varchar::int
'a' IN ('a', 'b'), 'a' NOT IN ('b'), 1.5 IN (1, 1.5), date '2024-01-01' IN ('2024-01-01', '2024-01-02')
'b' BETWEEN 'a' AND 'c', date '2024-01-15' BETWEEN '2024-01-01' AND '2024-02-01', interval '1 day' BETWEEN '1 hour' AND '1 month'
(1, 2) IS NULL, (NULL, NULL) IS NULL, (1, NULL) IS NOT NULL, ROW(1, 2) = ROW(1, 2)
exists(SELECT 1 FROM generate_series(1, 3) x WHERE x > 2), (SELECT array_agg(x) FROM generate_series(1, 3) x)
encode(sha256('x'::bytea), 'hex'), encode('\x01'::bytea, 'base64'), '\x01'::bytea = '\x01'::bytea, '\x01'::bytea < '\x02'::bytea
'abc'::bytea, E'\\x41'::bytea, 'a\\b'::bytea, length('\x0102'::bytea)
'(1,2)'::text, ''::text, ' '::text, 'é日😀', length('😀'), reverse('a😀b'), left('😀b', 1), substr('a😀b', 2, 1), strpos('a😀b', 'b'), upper('é😀'::char(2)) = upper('é😀'::char(2))
'10:30'::time + '1 hour', '2024-01-31'::timestamp + '1 month'::interval * 2, ('2024-03-01'::date - '2024-02-01'::date) * 2
extract(epoch from interval '1.5 seconds'), extract(epoch from now() - now()), date_part('hour', time '10:30')
SELECT sum(a * b), avg(a), round(avg(a), 2), sum(a) / count(*) FROM (VALUES (1, 2.5), (2, 3.5)) t(a, b)
SELECT a, b, row_number() OVER (PARTITION BY a ORDER BY b DESC) FROM (VALUES (1, 'x'), (1, 'y'), (2, 'z')) t(a, b) ORDER BY a, b
SELECT a FROM (VALUES (1), (2), (3)) t(a) WHERE a = ANY(ARRAY[1, 3]) ORDER BY a
SELECT a FROM (VALUES ('x'), ('y')) t(a) WHERE a LIKE 'x%' OR a ILIKE 'Y'
SELECT count(*) FROM generate_series(1, 100) g WHERE g % 7 = 0
SELECT string_agg(g::text, ',' ORDER BY g DESC) FROM generate_series(1, 5) g
SELECT json_build_object('n', count(*), 's', sum(g)) FROM generate_series(1, 5) g
SELECT g, sum(g) OVER (ORDER BY g ROWS UNBOUNDED PRECEDING) FROM generate_series(1, 3) g ORDER BY g DESC
SELECT t.a, (SELECT string_agg(u.b, ',' ORDER BY u.b) FROM (VALUES (1, 'p'), (1, 'q')) u(k, b) WHERE u.k = t.a) FROM (VALUES (1), (2)) t(a) ORDER BY 1
SELECT date_trunc('month', d)::date AS m, count(*) FROM generate_series(timestamp '2024-01-15', timestamp '2024-03-15', interval '15 days') d GROUP BY m ORDER BY m
SELECT x FROM (VALUES (1), (NULL), (3)) t(x) WHERE x IS DISTINCT FROM 1 ORDER BY x NULLS FIRST
SELECT x.a FROM (SELECT 1 AS a) x, (SELECT 2 AS a) y WHERE x.a < y.a
SELECT a.n, b.n FROM (SELECT 1 AS n) a LEFT JOIN (SELECT 2 AS n) b ON a.n = b.n WHERE b.n IS NULL
WITH x AS (SELECT generate_series(1, 3) AS g) SELECT count(*), max(g) FROM x
WITH RECURSIVE f(a, b) AS (SELECT 0, 1 UNION ALL SELECT b, a + b FROM f WHERE b < 50) SELECT a FROM f ORDER BY a DESC LIMIT 1
SELECT DISTINCT ON (k) k, v FROM (VALUES ('a', 1.5), ('a', 0.5), ('b', 2)) t(k, v) ORDER BY k, v
SELECT count(*) FROM (SELECT 1 UNION ALL SELECT 1) t
SELECT min(t), max(t) FROM (VALUES (time '10:00'), (time '09:00')) x(t)
SELECT max(b), min(b) FROM (VALUES (1.5::float8), ('NaN'), ('-Infinity')) x(b)
SELECT b FROM (VALUES (1.5::float8), ('NaN'), ('-Infinity'), (NULL)) x(b) ORDER BY b DESC
SELECT 1 FROM (VALUES (1)) t(a) GROUP BY a HAVING sum(a) > 0
SELECT (ARRAY[1,2,3])[i] FROM generate_series(1, 3) i ORDER BY i DESC
SELECT sum(CASE WHEN x > 1 THEN x ELSE 0 END), count(*) FILTER (WHERE x IS NULL) FROM (VALUES (1), (2), (NULL), (3)) t(x)
SELECT x / 0 FROM (VALUES (1)) t(x)
SELECT nope FROM (VALUES (1)) t(x)
SELECT nope(1)
SELECT 'a' + 1
ROW(1, 'a', NULL, 1.5), (1, 2), ROW(1, ROW(2, 'x'))::text
SELECT 1 FROM (VALUES (1)) t(a) HAVING count(*) > 0
SELECT 1 FROM (VALUES (1)) t(a) WHERE false HAVING count(*) = 0
SELECT 'x' AS c, 2 FROM (VALUES (1)) t(a) HAVING true
