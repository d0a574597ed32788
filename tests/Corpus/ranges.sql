-- Ranges: input and constructors.
SELECT '[1,5]'::int4range AS a, '(1.50,2]'::numrange AS b, 'empty'::daterange AS c, '[2024-01-01,2024-01-31]'::daterange AS d, '(,"2024-01-01 10:00")'::tsrange AS e;
SELECT int4range(1, 5) AS a, int4range(1, 5, '[]') AS b, numrange(NULL, 2.5) AS c, tstzrange('2024-01-01 00:00+02', NULL) AS d, int8range(3, 3) AS e;
SELECT '{[1,3),[2,5],[9,9]}'::int4multirange AS a, nummultirange(numrange(1, 2), numrange(5, 6)) AS b, int4multirange() AS c, int4range(1, 5)::int4multirange AS d;
SELECT int4range(5, 1);
SELECT '[5,1]'::int4range;
SELECT '[1,5'::int4range;
SELECT '{[1,2)'::int4multirange;
SELECT int4range(1, 5, '[[');
--$ int4range = [1,5]
SELECT $1 AS a, $1 @> 5 AS b, $1 + '[6,9]' AS c;
--$ tstzrange = [2024-01-01 10:00+02,)
SELECT $1 AS a, lower($1) AS b;
--$ int4range[] = {"[1,3)",NULL,empty}
SELECT $1 AS a, $1[1] AS b;
-- Ranges: bounds and tests.
SELECT lower(r) AS lo, upper(r) AS hi, lower_inc(r) AS li, upper_inc(r) AS ui, lower_inf(r) AS lf, upper_inf(r) AS uf, isempty(r) AS e
  FROM (VALUES (numrange(1, 2)), (numrange(NULL, 2, '[]')), ('empty'), (NULL)) AS v(r);
SELECT int4range(1, 5) @> 4 AS a, int4range(1, 5) @> 5 AS b, 3.5 <@ numrange(1, 5) AS c, int4range(1, 9) @> int4range(2, 3) AS d, int4range(2, 3) <@ 'empty' AS e;
SELECT numrange(1, 5) && numrange(5, 9) AS a, numrange(1, 5, '[]') && numrange(5, 9) AS b, int4range(1, 5) << int4range(5, 9) AS c, int4range(5, 9) >> int4range(1, 6) AS d,
  int4range(1, 5) &< int4range(2, 5) AS e, int4range(2, 5) &> int4range(3, 9) AS f, int4range(1, 5) -|- int4range(5, 9) AS g;
SELECT '{[1,3),[5,9)}'::int4multirange @> 2 AS a, '{[1,3),[5,9)}'::int4multirange @> int4range(2, 6) AS b, int4range(4, 6) && '{[1,3),[5,9)}'::int4multirange AS c, int4range(20, 30) >> '{[5,6)}'::int4multirange AS d;
SELECT id FROM visits WHERE tsrange(admitted, discharged) @> timestamp '2023-11-20' ORDER BY id;
SELECT count(*) FROM visits a JOIN visits b ON a.id < b.id AND a.ward = b.ward AND tsrange(a.admitted, a.discharged) && tsrange(b.admitted, b.discharged);
-- Ranges: sets.
SELECT int4range(1, 5) + int4range(3, 9) AS a, int4range(1, 5) * int4range(3, 9) AS b, int4range(1, 9) - int4range(5, 20) AS c, range_merge(int4range(1, 2), int4range(7, 9)) AS d;
SELECT int4range(1, 5) + int4range(7, 9);
SELECT int4range(1, 9) - int4range(3, 5);
SELECT '{[1,20)}'::int4multirange - '{[3,5),[7,9)}' AS a, '{[1,3)}'::int4multirange + '{[5,9)}' AS b, '{[1,3),[5,9)}'::int4multirange * '{[2,7)}' AS c;
SELECT ward, range_agg(tsrange(admitted, discharged)) AS taken, range_intersect_agg(tsrange(admitted, discharged)) AS always FROM visits WHERE id < 12 GROUP BY ward ORDER BY ward;
SELECT unnest('{[1,3),[5,9)}'::int4multirange) AS r;
-- Ranges: order and equality.
SELECT r FROM (VALUES (numrange(10, 20)), (numrange(9, 20)), ('empty'), (numrange(9, 20, '()')), (numrange(NULL, 3)), (NULL), (numrange(9, NULL))) AS v(r) ORDER BY r;
SELECT DISTINCT r FROM (VALUES (numrange(1, 2)), (numrange(1.0, 2)), (numrange(3, 4))) AS v(r) ORDER BY r;
SELECT r, count(*) AS n FROM (VALUES (numrange(1, 2)), (numrange(1.0, 2)), (numrange(3, 4))) AS v(r) GROUP BY r ORDER BY r;
SELECT numrange(1.0, 2) = numrange(1, 2.00) AS a, int4range(1, 5) < int4range(1, 6) AS b, '{}'::int4multirange < '{(,)}' AS c, greatest(int4range(1, 5), int4range(1, 9)) AS d, numrange(1.0, 5) IN (numrange(1, 5)) AS e;
SELECT int4range(1, 5) = int8range(1, 5);
-- Ranges: columns.
CREATE TABLE stays (id int PRIMARY KEY, during daterange, price numrange UNIQUE, taken int4multirange);
then INSERT INTO stays VALUES (1, '[2024-01-01,2024-01-05]', '[1.0,2]', '{[1,3),[2,5)}'), (2, daterange('2024-01-06', NULL), '[1,3]', '{}'), (3, 'empty', NULL, NULL);
then SELECT * FROM stays ORDER BY during;
then SELECT id FROM stays WHERE during @> date '2024-01-04' OR price = '[1,2.00]';
then UPDATE stays SET during = during * '[2024-01-02,2024-01-04)', taken = taken + '{[9,9]}' WHERE id = 1 RETURNING *;
then INSERT INTO stays VALUES (4, NULL, '[1,2.0]', NULL);
CREATE TABLE lengths (l interval PRIMARY KEY, j jsonb UNIQUE);
then INSERT INTO lengths VALUES ('1 mon', '{"a": 1.0}');
then INSERT INTO lengths VALUES ('30 days', '1') ON CONFLICT (l) DO UPDATE SET j = '[2]' RETURNING *;
then INSERT INTO lengths VALUES ('2 mons', '[2.0]');
-- Literals that are wrong.
SELECT 1 AS a WHERE '(1,2'::point IS NULL;
SELECT '{1,a}'::int[];
SELECT '[2024-02-30,)'::daterange;
SELECT '10.0.0.1/33'::cidr;
SELECT B'102';
-- XML.
SELECT '<a>x</a>'::xml AS a, 'x<b/>'::xml AS b, '<?xml version="1.0" encoding="UTF-8"?><a/>'::xml AS c, ('<?xml version="1.0"?><a/>'::xml)::text AS d, '<a/>'::text::xml AS e;
SELECT '<a>'::xml;
SELECT '<a>&b;</a>'::xml;
SELECT xmlcomment('x') AS a, xml_is_well_formed('<a>') AS b, xml_is_well_formed_document('a') AS c;
SELECT xmlagg(x ORDER BY n DESC) AS a FROM (VALUES ('<a/>'::xml, 1), ('<b/>', 2), (NULL, 3)) AS v(x, n);
SELECT '<a/>'::xml = '<a/>'::xml;
SELECT DISTINCT x FROM (VALUES ('<a/>'::xml)) AS v(x);
SELECT xmlelement(name a, 'x') AS a;
SELECT xpath('/a', '<a/>') AS a;
--$ xml = <a x="1">&lt;</a>
SELECT $1 AS a, $1::text AS b;
