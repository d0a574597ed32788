-- Declared types.
--$ int4 = 42
SELECT $1 AS a, pg_typeof($1);
--$ int2 = 7
SELECT $1 AS a, pg_typeof($1);
--$ int8 = 9223372036854775807
SELECT $1 AS a, pg_typeof($1);
--$ float8 = 0.1
SELECT $1 + 0.2::float8 AS a;
--$ float4 = 0.1
SELECT $1 AS a, $1::float8 AS b;
--$ numeric = 1.500
SELECT $1 AS a, $1 * 2 AS b, $1 = 1.5 AS c;
--$ bool = t
SELECT $1 AS a, NOT $1 AS b;
--$ text = abc
SELECT $1 AS a, upper($1) AS b, $1 || $1 AS c;
--$ varchar = abc
SELECT $1 AS a, length($1);
--$ bpchar = ab  
SELECT '[' || $1 || ']' AS a, length($1);
--$ bytea = \x00ff
SELECT $1 AS a, length($1);
--$ uuid = A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11
SELECT $1 AS a;
--$ date = 2024-02-29
SELECT $1 AS a, $1 + 1 AS b;
--$ time = 12:34:56.7
SELECT $1 AS a;
--$ timestamp = 2024-02-29 12:34:56
SELECT $1 AS a, $1::date AS b;
--$ timestamptz = 2024-02-29 12:34:56+02
SELECT $1 AS a;
--$ interval = 1 day 2 hours
SELECT $1 AS a, $1 * 2 AS b;
--$ json = {"a":  1}
SELECT $1 AS a, $1 -> 'a' AS b;
--$ jsonb = {"a":  1}
SELECT $1 AS a, $1 ->> 'a' AS b;
--$ int4[] = {1,NULL,3}
SELECT $1 AS a, $1[3] AS b;
--$ text[] = {"a b",c,NULL}
SELECT $1 AS a, cardinality($1);
-- Inferred types.
--$ ? = 5
SELECT $1 + 1 AS a;
--$ ? = 5
SELECT 1.5 * $1 AS a;
--$ ? = 5
SELECT $1::int8 AS a;
--$ ? = x
SELECT $1 AS a;
--$ ? = 5
SELECT id FROM nums WHERE id = $1;
--$ ? = 2024-01-01
SELECT count(*) FROM visits WHERE admitted < $1;
--$ ? = CAR
--$ ? = 5000
SELECT count(*) FROM visits WHERE ward = $1 AND cost > $2;
--$ ? = Urg%
SELECT count(*) FROM visits WHERE kind LIKE $1;
--$ ? = {CAR,ICU}
SELECT ward, count(*) FROM visits WHERE ward = ANY ($1) GROUP BY ward ORDER BY ward;
--$ ? = 3
--$ ? = 5
SELECT id FROM nums WHERE id BETWEEN $1 AND $2 ORDER BY id;
--$ ? = 1
--$ ? = 3
--$ ? = 9
SELECT id FROM nums WHERE id IN ($1, $2, $3) ORDER BY id;
--$ ? = b
SELECT coalesce($1, 'a') AS a;
--$ ? is null
SELECT coalesce($1, 7) AS a;
--$ ? = 2
SELECT CASE WHEN id = $1 THEN 'hit' ELSE 'miss' END AS c FROM nums ORDER BY id;
--$ ? = 3
SELECT id FROM nums ORDER BY id LIMIT $1;
--$ ? = 2
--$ ? = 3
SELECT id FROM nums ORDER BY id OFFSET $1 LIMIT $2;
--$ ? = month
SELECT date_trunc($1, timestamp '2024-05-17 10:00') AS t;
--$ ? = 1 day
SELECT timestamp '2024-01-01' + $1 AS t;
--$ ? = 2
SELECT repeat('ab', $1) AS r;
--$ ? = a
SELECT $1 = 'a' AS e, $1 || 'b' AS c;
--$ ? = 5
SELECT $1::text || 'x' AS t;
--$ ? = 1
--$ ? = x
SELECT * FROM (VALUES ($1::int, $2)) v (a, b);
--$ ? = 4
SELECT sum(a) FROM nums WHERE a > (SELECT $1::int - 2);
--$ ? = true
SELECT count(*) FROM patients WHERE insured = $1;
--$ ? = t
SELECT count(*) FROM patients WHERE $1;
--$ ? = 5
SELECT g FROM generate_series(1, $1) g ORDER BY g;
--$ ? = 2024-01-15
SELECT $1::date + 1 AS d, $1::date - 1 AS e;
--$ ? = 10
--$ ? = 20
SELECT greatest($1, $2) AS g, pg_typeof(greatest($1, $2));
--$ ? = 1
SELECT $1 IS NULL AS n, $1::int IS NOT NULL AS m;
--$ ? = {"a": 1}
SELECT jb @> $1 AS c FROM samples ORDER BY id;
-- NULL.
--$ int4 is null
SELECT $1 AS a, $1 IS NULL AS b, $1 + 1 AS c;
--$ ? is null
SELECT id FROM nums WHERE a = $1;
--$ ? is null
SELECT id FROM nums WHERE a IS NOT DISTINCT FROM $1 ORDER BY id;
--$ text is null
SELECT $1 || 'x' AS a, coalesce($1, 'none') AS b, length($1) AS c;
--$ ? is null
--$ ? = 3
SELECT id FROM nums WHERE ($1::int IS NULL OR a = $1) AND id < $2 ORDER BY id;
-- One parameter in many places, and many parameters.
--$ int4 = 2
SELECT $1, $1 + $1, $1 * $1, -$1, id FROM nums WHERE id = $1 OR a = $1 ORDER BY id;
--$ ? = 1
--$ ? = 2
--$ ? = 3
--$ ? = 4
--$ ? = 5
--$ ? = 6
--$ ? = 7
--$ ? = 8
--$ ? = 9
--$ ? = 10
--$ ? = 11
SELECT $11::int AS k, $10::int AS j, $1::int AS a, $9::int - $2::int AS d, $3::text || $4::text || $5::text AS t, $6::int + $7::int * $8::int AS m;
--$ ? = 4
WITH c AS (SELECT $1::int AS n) SELECT n, n * $1::int AS m FROM c WHERE n = $1::int;
--$ ? = 2
SELECT id, (SELECT count(*) FROM r WHERE r.k = $1) AS n FROM l WHERE k = $1 ORDER BY id;
--$ ? = 2
SELECT k FROM l WHERE k = $1 UNION ALL SELECT k FROM r WHERE k = $1;
--$ ? = 1
SELECT id, sum(a) OVER (ORDER BY id) + $1 AS s FROM nums ORDER BY id;
--$ ? = x
SELECT g, count(*) FILTER (WHERE g = $1) AS c FROM nums GROUP BY g HAVING count(*) > 1 OR g = $1 ORDER BY g;
-- Bad parameters.
--$ ? = x
SELECT id FROM nums WHERE id = $1;
--$ int4 = 99999999999
SELECT $1;
--$ int4 = 
SELECT $1;
--$ date = 2024-13-01
SELECT $1;
--$ bool = maybe
SELECT $1;
--$ uuid = abc
SELECT $1;
--$ int4[] = {1,x}
SELECT $1;
--$ jsonb = {
SELECT $1;
--$ numeric = 1.2.3
SELECT $1;
--$ int4 = 0
SELECT 1 / $1;
--$ int4 = 1
SELECT $1 || $2;
--$ ? = 1
SELECT $1 + $1;
--$ int4 = 2147483647
SELECT $1 + 1;
--$ text = x
SELECT $1 + 1;
--$ ? = 1
SELECT $2::int;
--$ ? = 1
SELECT $0;
--$ ? = 1
SELECT ARRAY[$1, 2] AS a, ARRAY[$1::text] AS b;
-- Values that look like something else.
--$ text = $1
SELECT $1::text AS t;
--$ text = 1; SELECT 2
SELECT $1::text AS t;
--$ text = NaN
SELECT $1::text AS t, $1::text::float8 AS f;
--$ text = \x41
SELECT $1::text AS t, $1::text::bytea AS b;
--$ text = {1,2}
SELECT $1::text AS t, $1::text::int[] AS a;
--$ text = 0001
SELECT $1::text AS t, $1::text::int AS i;
--$ text = true
SELECT $1::text AS t, $1::text = 'true' AS e;
--$ text = 2024-01-01
SELECT $1::text AS t, $1::text::date AS d;
--$ text = 	tab
SELECT $1::text AS t, length($1::text) AS n;
--$ text = %_
SELECT 'a%_b' LIKE '%' || $1::text || '%' AS a, w LIKE $1::text AS b FROM words WHERE id = 15;
