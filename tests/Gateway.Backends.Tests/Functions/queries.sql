SELECT 1 AS a, 2 AS b UNION ALL SELECT 3, 4 ORDER BY a DESC
SELECT 1 UNION SELECT 1 UNION SELECT 2 ORDER BY 1
SELECT 1 INTERSECT SELECT 1
SELECT x FROM (VALUES (1), (2), (3)) t(x) EXCEPT SELECT 2 ORDER BY x
(SELECT 1 UNION SELECT 2) INTERSECT SELECT 2
SELECT 1 UNION (SELECT 2 INTERSECT SELECT 2) ORDER BY 1
(SELECT x FROM (VALUES (3), (1), (2)) t(x) ORDER BY x LIMIT 2) UNION ALL SELECT 10
VALUES (1, 'a'), (2, 'b')
VALUES (3), (1), (2) ORDER BY 1 LIMIT 2
SELECT * FROM (VALUES (1, 'a'), (2, NULL)) t(a, b) ORDER BY b
SELECT * FROM (VALUES (1, 'a'), (2, NULL)) t(a, b) ORDER BY b DESC
SELECT * FROM (VALUES (1, 'a'), (2, NULL)) t(a, b) ORDER BY b NULLS FIRST
SELECT x FROM generate_series(1, 10) x LIMIT 2 OFFSET 3
SELECT x FROM generate_series(1, 3) x LIMIT NULL
SELECT x FROM generate_series(1, 3) x LIMIT -1
SELECT x FROM generate_series(1, 3) x OFFSET -1
SELECT x FROM generate_series(1, 3) x OFFSET 2
SELECT x FROM generate_series(1, 3) x LIMIT ALL
SELECT x FROM generate_series(1, 3) x FETCH FIRST 2 ROWS ONLY
SELECT DISTINCT x % 2 FROM generate_series(1, 5) x ORDER BY 1
SELECT DISTINCT ON (a) a, b FROM (VALUES (1, 2), (1, 1), (2, 5)) t(a, b) ORDER BY a, b
SELECT DISTINCT ON (a) a, b FROM (VALUES (1, 2), (1, 1), (2, 5)) t(a, b) ORDER BY a DESC, b DESC LIMIT 1
SELECT a, sum(b) FROM (VALUES (1, 2), (1, 3), (2, 5)) t(a, b) GROUP BY a ORDER BY a
SELECT a AS k, count(*) FROM (VALUES (1), (1), (2)) t(a) GROUP BY k HAVING count(*) > 1
SELECT a % 2 AS k, count(*) FROM generate_series(1, 5) a GROUP BY 1 ORDER BY 1
SELECT count(*), sum(x), avg(x), min(x), max(x) FROM generate_series(1, 4) x
SELECT sum(x), avg(x), count(*) FROM generate_series(1, 0) x
SELECT sum(x::int8), avg(x::int8), sum(x::float8), avg(x::float8), sum(x::float4), sum(x::int2) FROM generate_series(1, 4) x
SELECT count(*) FILTER (WHERE x > 2), sum(x) FILTER (WHERE x > 10) FROM generate_series(1, 4) x
SELECT bool_and(x > 0), bool_or(x > 3), every(x > 1), bit_and(x), bit_or(x), bit_xor(x) FROM generate_series(1, 4) x
SELECT stddev(x), variance(x), stddev_pop(x::float8), var_samp(x::float8) FROM generate_series(1, 4) x
SELECT corr(x, x * 2), regr_slope(x, x), covar_pop(x, x), regr_count(x, x), regr_intercept(x * 2, x), covar_samp(x, x), regr_r2(x, x) FROM generate_series(1, 4) x
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY x), percentile_disc(0.5) WITHIN GROUP (ORDER BY x), mode() WITHIN GROUP (ORDER BY x % 2) FROM generate_series(1, 5) x
SELECT count(DISTINCT x % 2), sum(DISTINCT x % 3) FROM generate_series(1, 5) x
SELECT x, row_number() OVER (ORDER BY x DESC), rank() OVER (ORDER BY x % 2), dense_rank() OVER (ORDER BY x % 2) FROM generate_series(1, 4) x ORDER BY x
SELECT x, lag(x) OVER (ORDER BY x), lead(x, 2, 0) OVER (ORDER BY x), first_value(x) OVER (ORDER BY x), last_value(x) OVER (ORDER BY x), nth_value(x, 2) OVER (ORDER BY x) FROM generate_series(1, 4) x
SELECT x, sum(x) OVER (ORDER BY x), avg(x) OVER (ORDER BY x ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING), count(*) OVER () FROM generate_series(1, 4) x
SELECT x, sum(x::numeric) OVER (ORDER BY x ROWS 1 PRECEDING), string_agg(x::text, ',') OVER (ORDER BY x), max(x) OVER (PARTITION BY x % 2) FROM generate_series(1, 4) x ORDER BY x
SELECT x, ntile(2) OVER (ORDER BY x), percent_rank() OVER (ORDER BY x), cume_dist() OVER (ORDER BY x) FROM generate_series(1, 4) x
SELECT x, sum(x) OVER w FROM generate_series(1, 3) x WINDOW w AS (ORDER BY x DESC) ORDER BY x
SELECT x, sum(x) OVER (ORDER BY x RANGE BETWEEN 1 PRECEDING AND CURRENT ROW EXCLUDE CURRENT ROW) FROM generate_series(1, 3) x
SELECT sum(x::float8) OVER (ORDER BY x ROWS BETWEEN 1 PRECEDING AND CURRENT ROW), array_agg(x) OVER (ORDER BY x ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM generate_series(1, 3) x
WITH a AS (SELECT 1 AS x), b AS (SELECT x + 1 AS y FROM a) SELECT x, y FROM a, b
WITH RECURSIVE t(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM t WHERE n < 5) SELECT sum(n) FROM t
WITH RECURSIVE t AS (SELECT 1 AS n, 'a'::text AS s UNION ALL SELECT n + 1, s || 'b' FROM t WHERE n < 3) SELECT * FROM t ORDER BY n
WITH a(x, y) AS (SELECT 1, 2) SELECT y, x FROM a
SELECT (SELECT 1), (SELECT x FROM generate_series(1, 0) x), (SELECT max(x) FROM generate_series(1, 3) x)
SELECT (SELECT x FROM generate_series(1, 3) x)
SELECT EXISTS (SELECT 1), NOT EXISTS (SELECT 1 WHERE false)
SELECT 1 IN (SELECT x FROM generate_series(1, 3) x), 5 NOT IN (SELECT NULL::int), 1 = ANY (SELECT 1), 3 > ALL (SELECT x FROM generate_series(1, 2) x), 1.0 IN (SELECT 1.00)
SELECT (1, 2) IN (SELECT 1, 2), (1, 2) = (1, 2), (1, 2) < (1, 3), (1, 'b') > (1, 'a')
SELECT a.x, b.x FROM generate_series(1, 2) a(x) JOIN generate_series(2, 3) b(x) ON a.x = b.x
SELECT a.x, b.x FROM generate_series(1, 2) a(x) LEFT JOIN generate_series(2, 3) b(x) ON a.x = b.x ORDER BY 1
SELECT a.x, b.x FROM generate_series(1, 2) a(x) FULL JOIN generate_series(2, 3) b(x) ON a.x = b.x ORDER BY 1, 2
SELECT a.x, b.x FROM generate_series(1, 2) a(x) RIGHT JOIN generate_series(2, 3) b(x) ON a.x = b.x ORDER BY 2
SELECT * FROM (VALUES (1, 'a')) a(id, v) JOIN (VALUES (1, 'b')) b(id, w) USING (id)
SELECT * FROM (VALUES (1, 'a'), (2, 'c')) a(id, v) FULL JOIN (VALUES (1, 'b'), (3, 'd')) b(id, w) USING (id) ORDER BY id
SELECT * FROM (VALUES (1, 'a')) a(id, v) NATURAL JOIN (VALUES (1, 'b')) b(id, w)
SELECT * FROM (VALUES (1)) a(id) CROSS JOIN (VALUES (2), (3)) b(id)
SELECT x FROM generate_series(1, 5) x WHERE x > (SELECT avg(y) FROM generate_series(1, 5) y) ORDER BY x
SELECT x, (SELECT count(*) FROM generate_series(1, x) y) FROM generate_series(1, 3) x
SELECT x FROM (SELECT 1 AS x UNION ALL SELECT 2) s WHERE EXISTS (SELECT 1 FROM generate_series(2, 3) g(y) WHERE g.y = s.x)
SELECT t.* FROM (SELECT 1 AS a, 2 AS b) t
SELECT CASE WHEN x > 1 THEN 'big' ELSE 'small' END AS size, count(*) FROM generate_series(1, 3) x GROUP BY 1 ORDER BY size
SELECT NULL AS a, 'x' AS b, 1.50 AS c
SELECT * FROM (SELECT 'a' AS x UNION ALL SELECT NULL) t ORDER BY x NULLS FIRST
SELECT x FROM (VALUES ('b'::char(3)), ('a')) t(x) ORDER BY x
SELECT max(x), min(x) FROM (VALUES (date '2024-01-01'), (date '2023-01-01')) t(x)
SELECT a FROM (VALUES (1), (2)) t(a) ORDER BY a + 0 DESC
SELECT a FROM (VALUES (1), (2)) t(a) ORDER BY -a
SELECT sum(a) AS s FROM (VALUES (1, 1), (2, 1), (3, 2)) t(a, g) GROUP BY g ORDER BY sum(a) DESC, g
SELECT current_database(), current_user, session_user, current_schema, user, current_catalog
SELECT current_schemas(false), pg_typeof(1), pg_typeof('x'::text), pg_typeof(ARRAY[1])
SELECT has_table_privilege('pg_class', 'SELECT'), format_type(23, NULL), format_type(1043, 14), pg_get_userbyid(10)
SELECT pg_size_pretty(123456789::int8), pg_size_pretty(1024::int8), num_nulls(1, NULL, 2), num_nonnulls(1, NULL)
SELECT 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid, 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'::uuid::text, length(gen_random_uuid()::text)
SELECT 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid < 'b0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid, 'x'::uuid
SELECT count(*) FROM (SELECT DISTINCT a, b FROM (VALUES (1, 1.0), (1, 1.00)) t(a, b)) s
SELECT 1 WHERE NULL
SELECT 1 WHERE 1 = 1 AND NOT (1 = 2)
SELECT x::text COLLATE "C" FROM generate_series(1, 2) x ORDER BY x::text COLLATE "C" DESC
SELECT DISTINCT x FROM (VALUES ('a'), ('b'), ('a')) t(x) ORDER BY x
