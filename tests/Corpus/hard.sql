-- Parameters out of order.
--$ ? = 1
--$ ? = 2
SELECT $2::int AS second, $1::int AS first;
--$ int4 = 21
SELECT $1 + $1 AS twice;
--$ ? = 3
--$ ? = 4
SELECT $2::int - $1::int + $2::int AS x;
--$ text = only second
--$ text = wanted
SELECT $2::text AS b WHERE $1::text IS NOT NULL;
-- Marks of parameters inside strings, names and comments.
SELECT 'costs $1', '?', ':name', '@x', '%s';
SELECT '$1' AS "$1", '?' AS "?column?", 1 AS ":a";
--$ int4 = 5
SELECT $1 AS a, '$1' AS b, '$2' AS c /* $3 ? */ -- $4
  , "order" AS "$5" FROM "Mixed" WHERE "Id" = 1;
SELECT '--', '/*', '*/', ';';
SELECT 'a;b', 1; -- ; trailing
-- Text parameters arrive unchanged.
--$ text = 007
SELECT $1 AS t, length($1) AS n;
--$ text = 1e5
SELECT $1::text AS t;
--$ text = a   b
SELECT $1::text AS t, $1 = 'a   b' AS same;
--$ text =  leading and trailing 
SELECT '[' || $1::text || ']' AS t;
--$ text = 
SELECT $1 IS NULL AS is_null, $1 = '' AS is_empty, length($1) AS n;
--$ text = it's "quoted" \ back
SELECT $1::text AS t;
--$ text = ; DROP TABLE words; --
SELECT $1::text AS t, count(*) FROM words;
--$ ? = true
SELECT $1::text AS t;
--$ ? = true
SELECT $1::boolean AS b;
--$ text = NULL
SELECT $1::text AS t, $1::text IS NULL AS is_null;
--$ text is null
SELECT $1::text AS t, $1::text IS NULL AS is_null;
--$ text = 日本語 ß 🙂
SELECT $1::text AS t, length($1::text) AS n, octet_length($1::text) AS bytes;
-- Comments and semicolons in the middle.
SELECT 1 AS a -- c;
  , 2 AS b;
SELECT /* a ; /* nested ; */ b */ 1 AS a;
SELECT 1 AS a --
  ;
SELECT $$a;b$$ AS t;
SELECT $tag$ $$ ; $1 'x' $tag$ AS t;
SELECT $$it's$$ AS t, $a$$b$$a$ AS u;
SELECT 1; SELECT 2 AS b; SELECT 'x;y' AS c
;
-- Names that differ by case, and reserved ones.
SELECT "Id", id FROM "Mixed" ORDER BY "Id";
SELECT "order", "Order" FROM "Mixed" ORDER BY "Id";
SELECT m."order" AS "select", m."select" AS "from" FROM "Mixed" m WHERE m."order" > 10;
SELECT "with space", "quote""d" FROM "Mixed" ORDER BY "Id";
SELECT ID, "ID" FROM MIXED ORDER BY 1;
SELECT a."Id", b.id FROM "Mixed" a JOIN mixed b ON a."Id" = b.id ORDER BY 1;
SELECT "order", count(*) FROM "Mixed" GROUP BY "order" HAVING count(*) = 1 ORDER BY "order" DESC NULLS LAST;
SELECT "Mixed"."order" + 1 FROM "Mixed" ORDER BY "Mixed"."order" NULLS FIRST;
SELECT 1 AS "A", 2 AS "a", 3 AS A;
SELECT * FROM (SELECT 1 AS "A", 2 AS "a") x;
SELECT x."A" + x.a AS sum FROM (SELECT 1 AS "A", 2 AS "a") x;
SELECT "id" FROM mixed AS "order" WHERE "order".id = 1;
SELECT * FROM "mixed" ORDER BY id;
SELECT * FROM MiXeD ORDER BY ID;
SELECT "Select"."x" FROM (SELECT 1 AS x) AS "Select";
SELECT id FROM "MIXED";
SELECT Id FROM "Mixed" WHERE "id" = 'low';
SELECT "ıd" FROM mixed;
WITH "T" AS (SELECT 1 AS a), t AS (SELECT 2 AS a) SELECT "T".a, t.a FROM "T", t;
SELECT 1 AS a_name_that_is_exactly_sixty_three_characters_long_for_postgresql_;
SELECT 1 AS a_name_that_is_longer_than_sixty_three_characters_is_cut_off_at_the_end_of_them;
-- LIMIT and OFFSET by parameter inside.
--$ int8 = 2
--$ int8 = 1
SELECT x.id FROM (SELECT id FROM doctors ORDER BY id LIMIT $1 OFFSET $2) x ORDER BY x.id DESC;
--$ ? = 3
--$ ? = 1
SELECT x.id FROM (SELECT id FROM doctors ORDER BY salary DESC NULLS LAST, id LIMIT $1 OFFSET $2) x;
--$ int4 is null
SELECT count(*) FROM (SELECT id FROM doctors ORDER BY id LIMIT $1) x;
--$ int8 = 1
SELECT d.name, (SELECT v.id FROM visits v WHERE v.doctor_id = d.id ORDER BY v.admitted, v.id LIMIT $1) AS first FROM doctors d ORDER BY d.id;
--$ int8 = -1
SELECT id FROM doctors ORDER BY id LIMIT $1;
--$ int8 = -1
SELECT id FROM doctors ORDER BY id OFFSET $1;
--$ int8 = 0
SELECT id FROM doctors ORDER BY id LIMIT $1;
-- Truth values are values.
SELECT (a AND b = 1) AS f FROM (VALUES (true, 1), (true, 2), (false, 1), (NULL, 1), (NULL, 2), (true, NULL)) v (a, b);
SELECT (a > 1) AS f, (a > 1) IS TRUE AS t, NOT (a > 1) AS n FROM nums ORDER BY id;
SELECT a > b AND b > 0 OR g = 'z' AS f FROM nums ORDER BY id;
SELECT id FROM nums WHERE (a > 1) = (b > 1) ORDER BY id;
SELECT id, b = true AS x, b <> false AS y, b IS NOT FALSE AS z FROM samples ORDER BY id;
SELECT id FROM samples WHERE b ORDER BY id;
SELECT id FROM samples WHERE NOT b ORDER BY id;
SELECT id FROM samples WHERE b IS UNKNOWN ORDER BY id;
SELECT count(*) FROM samples WHERE true;
SELECT count(*) FROM samples WHERE NULL;
SELECT true AND NULL AS a, false AND NULL AS b, true OR NULL AS c, false OR NULL AS d, NOT NULL AS e;
SELECT b, count(*) FROM samples GROUP BY b ORDER BY b;
SELECT a > 2 AS big, count(*) FROM nums GROUP BY a > 2 ORDER BY 1;
SELECT max(b::int) AS m, bool_and(b) AS ba FROM samples;
SELECT CASE WHEN b THEN 'yes' WHEN NOT b THEN 'no' ELSE 'unknown' END AS w FROM samples ORDER BY id;
SELECT EXISTS (SELECT 1 FROM empty) AS e, NOT EXISTS (SELECT 1 FROM empty) AS n;
SELECT id FROM samples ORDER BY b, id;
SELECT id FROM samples ORDER BY b DESC, id;
SELECT id FROM nums WHERE (a IS NULL) <> (b IS NULL) ORDER BY id;
-- NULL in NOT IN, empty strings.
SELECT id FROM nums WHERE a NOT IN (1, 2, NULL);
SELECT id FROM nums WHERE a NOT IN (SELECT b FROM nums);
SELECT id FROM nums WHERE a NOT IN (SELECT b FROM nums WHERE b IS NOT NULL) ORDER BY id;
SELECT id FROM nums WHERE a NOT IN (SELECT id FROM empty) ORDER BY id;
SELECT id FROM nums WHERE NULL IN (SELECT id FROM empty);
SELECT id, a IN (1, NULL) AS i, a NOT IN (1, NULL) AS n FROM nums ORDER BY id;
SELECT NULL IN (1, 2) AS a, 1 IN (1, NULL) AS b, 3 IN (1, NULL) AS c, 3 NOT IN (1, NULL) AS d;
SELECT '' IS NULL AS a, '' = '' AS b, '' = ' ' AS c, length('') AS d, NULL = '' AS e;
SELECT id FROM words WHERE w = '';
SELECT id FROM words WHERE w = ' ';
SELECT id FROM words WHERE w <> '' ORDER BY id;
SELECT '' || 'a' AS a, 'a' || NULL AS b, concat('a', NULL, 'b') AS c, coalesce('', 'x') AS d;
SELECT nullif('', '') AS a, nullif('a', '') AS b, nullif(NULL, 'a') AS c;
SELECT count(w) AS c, count(*) AS all_, count(DISTINCT w) AS d FROM words;
-- Numbers at their edges.
SELECT 9223372036854775807 AS a, -9223372036854775808 AS b, 9223372036854775808 AS c, 2147483647 AS d, 2147483648 AS e;
SELECT 9223372036854775807 + 1;
SELECT 2147483647 + 1;
SELECT 2147483647 + 1::bigint AS a;
SELECT 0.1 + 0.2 AS a, 0.1::float8 + 0.2::float8 AS b, 0.1 + 0.2 = 0.3 AS c, 0.1::float8 + 0.2::float8 = 0.3::float8 AS d;
SELECT 1 / 3 AS a, 1.0 / 3 AS b, 1 / 3.0::float8 AS c, -7 / 2 AS d, -7 % 2 AS e, 7 / -2 AS f, mod(-7, 3) AS g;
SELECT 1e400 = 0 AS a, 1e-400 > 0 AS b, length((1e400)::text) AS c;
SELECT 1e400::float8;
SELECT 12345678901234567890123456789012345678 * 98765432109876543210987654321 AS n;
SELECT 0.000000000000000000000001 * 3 AS a, 1.10 AS b, 1.10 = 1.1 AS c, 1.10::text AS d;
SELECT 1.5::int AS a, 2.5::int AS b, -2.5::int AS c, 2.5::float8::int AS d, 3.5::float8::int AS e, 0.5::float8::int AS f;
SELECT '9223372036854775808'::bigint;
SELECT '1e3'::int;
SELECT '1e3'::numeric AS a, '1e3'::float8 AS b, ' 42 '::int AS c, '+7'::int AS d, '-0'::int AS e;
SELECT -0.0 AS a, '-0'::float8 AS b, 0::float8 = '-0'::float8 AS c, abs('-0'::float8) AS d;
SELECT 0x10 AS a;
SELECT 1_000 AS a;
SELECT 1.e2 AS a, .5 AS b, 5. AS c, 1e-2 AS d;
-- Aggregates nested through subqueries.
SELECT max(n) FROM (SELECT count(*) AS n FROM visits GROUP BY ward) x;
SELECT avg(c)::numeric(10,3) AS a FROM (SELECT ward, sum(cost) AS c FROM visits GROUP BY ward) x WHERE c > (SELECT avg(cost) FROM visits);
SELECT ward, sum(n) AS s FROM (SELECT ward, kind, count(*) AS n FROM visits GROUP BY ward, kind) x GROUP BY ward HAVING sum(n) > (SELECT min(beds) FROM wards) ORDER BY ward;
SELECT max(sum(cost)) FROM visits;
SELECT sum((SELECT count(*) FROM nums)) AS s FROM nums;
SELECT (SELECT max(x.c) FROM (SELECT count(*) AS c FROM readings GROUP BY name) x) AS m;
SELECT sum(count(*)) OVER (ORDER BY ward) AS running, ward FROM visits GROUP BY ward ORDER BY ward;
SELECT a FROM nums WHERE count(*) > 1;
-- Deep nesting.
SELECT ⟨500 × (⟩1⟨500 × )⟩ AS x;
SELECT ⟨5000 × (⟩1⟨5000 × )⟩ AS x;
SELECT ⟨20000 × (⟩1⟨20000 × )⟩ AS x;
SELECT ⟨50000 × abs(⟩1⟨50000 × )⟩ AS x;
SELECT 1⟨900 ×  + 1⟩ AS x;
SELECT ⟨100 × NOT ⟩true AS x;
SELECT ⟨50 × (SELECT ⟩1⟨50 × )⟩ AS x;
SELECT 1 AS x WHERE 1 IN (1⟨999 × , 2⟩);
