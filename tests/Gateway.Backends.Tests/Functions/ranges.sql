-- constructors and input
int4range(1, 5), int4range(1, 5, '[]'), int4range(1, 5, '(]'), int4range(1, 5, '()'), int4range(NULL, 5), int4range(1, NULL), int4range(NULL, NULL, '[]')
int8range(1, 5, '[]'), numrange(1.0, 2.50, '[]'), daterange('2024-01-01', '2024-01-31', '[]'), tsrange('2024-01-01', '2024-01-02 12:00'), tstzrange('2024-01-01 00:00+02', NULL)
int4range(5, 1)
int4range(1, 5, '[[')
int4range(1, 5, NULL)
int4range(3, 3), int4range(3, 3, '[]'), int4range(3, 3, '(]'), numrange(3, 3, '()')
int4range(1, 2147483647, '[]')
int8range(1, 9223372036854775807, '[]')
daterange('2024-01-01', 'infinity', '[]'), daterange('-infinity', '2024-01-01'), daterange(NULL, 'infinity')
'empty'::int4range, ' EMPTY '::numrange, '[1,5]'::int4range, '(1,5]'::int4range, '( , 5)'::int4range, '[,]'::int4range, '[1, 5)'::int8range
'[1.5,2.50)'::numrange, '["2024-01-01 10:00","2024-01-02")'::tsrange, '[2024-01-01,2024-01-02]'::daterange
'[1,5'::int4range
'1,5]'::int4range
'[1;5]'::int4range
'[1,5,6]'::int4range
'[1,5] x'::int4range
'emptyx'::int4range
'[a,5]'::int4range
'[5,1]'::int4range
'[2024-02-30,)'::daterange
'{}'::int4multirange, '{[1,3),[2,5]}'::int4multirange, '{[5,6),[1,2)}'::int4multirange, '{empty}'::int4multirange, '{[1,2),[2,3)}'::nummultirange, '{[1,2),(2,3)}'::nummultirange
'{[1,2)'::int4multirange
'[1,2)'::int4multirange
'{[1,2) [3,4)}'::int4multirange
'{[1,2)} x'::int4multirange
'{[5,1)}'::int4multirange
int4multirange(), int4multirange(int4range(1, 3)), int4multirange(int4range(1, 3), int4range(2, 7), int4range(9, 10)), nummultirange(numrange(1, 2), 'empty')
int4multirange(VARIADIC ARRAY[int4range(1, 2), int4range(5, 6)]), int4multirange(VARIADIC '{}'::int4range[]), int4multirange(NULL::int4range)
int4multirange(int4range(1, 2), NULL)
multirange(int4range(1, 5)), multirange('empty'::numrange), int4range(1, 5)::int4multirange, datemultirange(daterange('2024-01-01', '2024-02-01')), CAST(tsrange('2024-01-01', NULL) AS tsmultirange)
-- parts
lower(int4range(1, 5)), upper(int4range(1, 5)), lower('empty'::int4range), upper(int4range(1, NULL)), lower(numrange(1.50, 2)), upper(daterange('2024-01-01', '2024-01-31', '[]')), lower(tstzrange('2024-01-01 00:00+02', NULL))
lower_inc(int4range(1, 5)), upper_inc(int4range(1, 5)), upper_inc(numrange(1, 5, '[]')), lower_inc('empty'::int4range), lower_inc(int4range(NULL, 5))
lower_inf(int4range(NULL, 5)), upper_inf(int4range(1, NULL)), lower_inf('empty'::int4range), upper_inf(daterange('2024-01-01', 'infinity')), lower_inf('(,)'::numrange)
isempty('empty'::int4range), isempty(int4range(1, 1)), isempty(int4range(1, 2)), isempty('{}'::int4multirange), isempty('{[1,2)}'::int4multirange)
lower('{[1,2),[5,9)}'::int4multirange), upper('{[1,2),[5,9)}'::int4multirange), lower('{}'::int4multirange), upper('{[1,)}'::nummultirange)
lower_inc('{[1,2),[5,9)}'::int4multirange), upper_inc('{(1,2]}'::nummultirange), lower_inf('{(,2)}'::int4multirange), upper_inf('{[1,2),[5,)}'::int4multirange), lower_inf('{}'::int4multirange), upper_inc('{}'::int4multirange)
-- containment
int4range(1, 5) @> 1, int4range(1, 5) @> 5, int4range(1, 5) @> NULL::int, 'empty'::int4range @> 1, numrange(1, 5, '(]') @> 1.0, numrange(1, 5, '(]') @> 5.00, 3 <@ int4range(1, 5), 3.5 <@ numrange(NULL, NULL)
int4range(1, 5) @> int4range(2, 3), int4range(1, 5) @> int4range(2, 6), int4range(1, 5) @> 'empty'::int4range, 'empty'::int4range @> 'empty'::int4range, 'empty'::int4range @> int4range(1, 2), int4range(2, 3) <@ int4range(1, 5), numrange(1, 2, '[]') <@ numrange(1, 2), numrange(1, 2) <@ numrange(1, 2, '[]')
daterange('2024-01-01', '2024-02-01') @> date '2024-01-31', tsrange('2024-01-01', '2024-02-01') @> timestamp '2024-02-01', tstzrange('2024-01-01', 'infinity') @> timestamptz 'infinity'
'{[1,3),[5,9)}'::int4multirange @> 2, '{[1,3),[5,9)}'::int4multirange @> 3, 8 <@ '{[1,3),[5,9)}'::int4multirange, '{}'::int4multirange @> 1
'{[1,3),[5,9)}'::int4multirange @> int4range(5, 7), '{[1,3),[5,9)}'::int4multirange @> int4range(2, 7), '{[1,3)}'::int4multirange @> 'empty'::int4range, int4range(1, 10) @> '{[1,3),[5,9)}'::int4multirange, int4range(1, 10) @> '{}'::int4multirange, 'empty'::int4range @> '{}'::int4multirange
int4range(5, 7) <@ '{[1,3),[5,9)}'::int4multirange, '{[1,3),[5,9)}'::int4multirange <@ int4range(0, 9), '{[1,2),[5,6)}'::int4multirange <@ '{[1,3),[5,9)}'::int4multirange, '{[1,3),[5,9)}'::int4multirange @> '{[1,2),[4,6)}'::int4multirange
-- overlap and order of place
int4range(1, 5) && int4range(4, 9), int4range(1, 5) && int4range(5, 9), numrange(1, 5, '[]') && numrange(5, 9), 'empty'::int4range && int4range(1, 2), int4range(NULL, NULL) && int4range(1, 2), int4range(NULL, 3) && int4range(3, NULL)
int4range(1, 5) && '{[4,9)}'::int4multirange, '{[1,2),[7,9)}'::int4multirange && int4range(2, 7), '{[1,2),[7,9)}'::int4multirange && '{[8,20)}'::int4multirange, '{}'::int4multirange && '{[1,2)}'::int4multirange
int4range(1, 5) << int4range(5, 9), int4range(1, 5) << int4range(4, 9), numrange(1, 5, '[]') << numrange(5, 9), 'empty'::int4range << int4range(1, 2), int4range(1, NULL) << int4range(5, 9), int4range(5, 9) >> int4range(1, 5), int4range(5, 9) >> int4range(NULL, 6)
int4range(1, 5) << '{[5,6),[9,10)}'::int4multirange, '{[1,2),[3,4)}'::int4multirange << int4range(4, 5), '{[1,2),[3,4)}'::int4multirange << '{[3,4)}'::int4multirange, '{}'::int4multirange << int4range(1, 2), int4range(20, 30) >> '{[5,6),[9,10)}'::int4multirange, '{[5,6),[9,10)}'::int4multirange >> int4range(1, 5), '{[9,10)}'::int4multirange >> '{[1,9)}'::int4multirange
int4range(1, 5) &< int4range(2, 5), int4range(1, 6) &< int4range(2, 5), int4range(1, NULL) &< int4range(2, NULL), 'empty'::int4range &< int4range(1, 2), int4range(2, 5) &> int4range(1, 9), int4range(2, 5) &> int4range(3, 9), int4range(NULL, 5) &> int4range(NULL, 3), numrange(1, 2, '()') &> numrange(1, 2)
int4range(1, 5) &< '{[1,2),[3,5)}'::int4multirange, '{[1,2),[3,6)}'::int4multirange &< int4range(1, 5), '{[1,2)}'::int4multirange &< '{[1,2)}'::int4multirange, int4range(1, 5) &> '{[1,2),[3,5)}'::int4multirange, '{[0,2),[3,6)}'::int4multirange &> int4range(1, 5), '{[1,2)}'::int4multirange &> '{[2,3)}'::int4multirange
int4range(1, 5) -|- int4range(5, 9), int4range(1, 5) -|- int4range(6, 9), numrange(1, 5, '[]') -|- numrange(5, 9), numrange(1, 5, '[]') -|- numrange(5, 9, '()'), numrange(1, 5) -|- numrange(5, 9, '()'), 'empty'::int4range -|- int4range(1, 2), int4range(5, 9) -|- int4range(1, 5), int4range(NULL, 5) -|- int4range(5, NULL), int4range(NULL, NULL) -|- int4range(NULL, NULL)
int4range(1, 5) -|- '{[5,6),[9,10)}'::int4multirange, int4range(10, 15) -|- '{[5,6),[9,10)}'::int4multirange, int4range(6, 9) -|- '{[5,6),[9,10)}'::int4multirange, '{[1,2),[5,6)}'::int4multirange -|- '{[6,7)}'::int4multirange, '{[1,2)}'::int4multirange -|- int4range(2, 3), '{}'::int4multirange -|- int4range(2, 3)
daterange('2024-01-01', '2024-01-31', '[]') -|- daterange('2024-02-01', '2024-03-01'), tsrange('2024-01-01', '2024-01-02', '[]') -|- tsrange('2024-01-02', '2024-01-03')
-- sets
int4range(1, 5) + int4range(3, 9), int4range(1, 5) + int4range(5, 9), 'empty'::int4range + int4range(1, 2), int4range(1, 2) + 'empty', 'empty'::int4range + 'empty', numrange(1, 2) + numrange(2, 3, '[]')
int4range(1, 5) + int4range(7, 9)
numrange(1, 2) + numrange(2, 3, '(]')
int4range(1, 5) * int4range(3, 9), int4range(1, 5) * int4range(5, 9), numrange(1, 5, '[]') * numrange(5, 9), 'empty'::int4range * int4range(1, 2), int4range(NULL, 5) * int4range(3, NULL), int4range(NULL, NULL) * int4range(NULL, 3)
int4range(1, 9) - int4range(5, 20), int4range(5, 20) - int4range(1, 9), int4range(1, 5) - int4range(7, 9), int4range(1, 5) - int4range(0, 9), int4range(1, 5) - 'empty', 'empty'::int4range - int4range(1, 5), numrange(1, 5, '[]') - numrange(3, 9), numrange(1, 5, '[]') - numrange(0, 3, '[]'), int4range(1, 5) - int4range(1, 3), int4range(1, 5) - int4range(3, 5)
int4range(1, 9) - int4range(3, 5)
numrange(1, 9) - numrange(1, 5, '()')
range_merge(int4range(1, 2), int4range(7, 9)), range_merge('empty'::int4range, int4range(7, 9)), range_merge(int4range(NULL, 2), int4range(1, 9)), range_merge('{[1,2),[5,9)}'::int4multirange), range_merge('{}'::int4multirange)
'{[1,3)}'::int4multirange + '{[2,9)}', '{[1,3)}'::int4multirange + '{[5,9)}', '{}'::int4multirange + '{[5,9)}', '{[1,3),[5,9)}'::int4multirange * '{[2,7)}', '{[1,3)}'::int4multirange * '{}', '{[1,20)}'::int4multirange - '{[3,5),[7,9)}', '{[1,3),[5,9)}'::int4multirange - '{[2,6)}', '{[1,3)}'::int4multirange - '{}', '{(,)}'::nummultirange - '{[1,2]}'
-- comparison
int4range(1, 5) = int4range(1, 4, '[]'), int4range(1, 5) <> int4range(1, 5), numrange(1.0, 2) = numrange(1, 2.00), numrange(1, 2, '[]') = numrange(1, 2), 'empty'::int4range = 'empty', 'empty'::int4range = int4range(3, 3)
int4range(1, 5) < int4range(1, 6), int4range(1, 5) < int4range(2, 3), 'empty'::int4range < int4range(NULL, NULL), int4range(NULL, 5) < int4range(-99, 5), int4range(1, NULL) > int4range(1, 99), numrange(1, 2, '()') > numrange(1, 2), numrange(1, 2) < numrange(1, 2, '[]'), int4range(1, 5) <= int4range(1, 5), int4range(1, 5) >= int4range(1, 6)
numrange(-10, 5) < numrange(-9, 5), numrange(9, 15) < numrange(10, 15), numrange('-Infinity', 5) > numrange(NULL, 5), daterange('0099-01-01 BC', '2024-01-01') < daterange('0001-01-01', '2024-01-01'), tsrange('1999-01-01', NULL) < tsrange('2000-01-01', NULL)
'{[1,2)}'::int4multirange = '{[1,2)}', '{[1,2)}'::int4multirange < '{[1,2),[5,6)}', '{}'::int4multirange < '{(,)}', '{[1,9)}'::int4multirange > '{[1,2),[5,6)}', '{[1.0,2)}'::nummultirange = '{[1,2.0)}', '{[1,2)}'::int4multirange <> '{[1,3)}'
range_cmp(int4range(1, 5), int4range(1, 6)), range_cmp('empty'::int4range, 'empty'), multirange_cmp('{[1,3)}'::int4multirange, '{[1,2)}'), range_lt(int4range(1, 5), int4range(1, 6)), multirange_ge('{}'::int4multirange, '{}'), range_eq(numrange(1, 2), numrange(1.0, 2.0))
greatest(int4range(1, 5), int4range(1, 9), NULL), least(numrange(9, 10), numrange(10, 11)), int4range(1, 5) IN (int4range(7, 8), int4range(1, 5)), numrange(1.0, 5) IN (numrange(1, 5)), int4range(1, 5) BETWEEN int4range(1, 2) AND int4range(3, 4), nullif(numrange(1, 2), numrange(1.0, 2)), CASE numrange(1, 2) WHEN numrange(1.0, 2) THEN 'same' END
int4range(1, 5) IS DISTINCT FROM int4range(1, 5), NULL::int4range IS NOT DISTINCT FROM NULL, numrange(1, 2) = ANY (ARRAY[numrange(1.0, 2)]), ARRAY[numrange(1, 2)] = ARRAY[numrange(1.0, 2)], ARRAY[numrange(9, 20)] < ARRAY[numrange(10, 20)], (1, numrange(1, 2)) = (1, numrange(1.0, 2))
int4range(1, 5) = int8range(1, 5)
int4range(1, 5) + 5
-- sets of rows
SELECT r FROM (VALUES (int4range(10, 20)), (int4range(9, 20)), ('empty'), (int4range(NULL, 3)), (NULL), (int4range(9, NULL))) AS v(r) ORDER BY r
SELECT r FROM (VALUES (numrange(10, 20)), (numrange(9, 20)), ('empty'), (numrange(9, 20, '[]')), (numrange(9, 20, '()'))) AS v(r) ORDER BY r DESC
SELECT DISTINCT r FROM (VALUES (numrange(1, 2)), (numrange(1.0, 2)), (numrange(1, 2.000)), (numrange(3, 4))) AS v(r) ORDER BY r
SELECT r, count(*) FROM (VALUES (numrange(1, 2)), (numrange(1.0, 2)), (numrange(3, 4)), ('empty')) AS v(r) GROUP BY r ORDER BY r
SELECT m FROM (VALUES ('{[9,10)}'::int4multirange), ('{[10,11)}'), ('{}'), ('{[9,10),[12,13)}')) AS v(m) ORDER BY m
SELECT min(m), count(*) FROM (VALUES (1, '{[9,10)}'::nummultirange), (2, '{[9.0,10)}'), (3, '{}')) AS v(m, n) GROUP BY n ORDER BY n
SELECT numrange(1, 2) UNION SELECT numrange(1.0, 2) UNION SELECT numrange(0, 1) ORDER BY 1
SELECT numrange(1, 2) EXCEPT SELECT numrange(1.0, 2)
SELECT count(DISTINCT r) FROM (VALUES (numrange(1, 2)), (numrange(1.0, 2)), (numrange(3, 4))) AS v(r)
SELECT DISTINCT ON (r) r, n FROM (VALUES (numrange(1, 2), 2), (numrange(1.0, 2), 1), (numrange(3, 4), 3)) AS v(r, n) ORDER BY r, n
SELECT n, rank() OVER (ORDER BY r) FROM (VALUES (1, numrange(10, 20)), (2, numrange(9, 20)), (3, numrange(9.0, 20.0))) AS v(n, r) ORDER BY n
SELECT array_agg(r ORDER BY r) FROM (VALUES (numrange(10, 20)), (numrange(9, 20))) AS v(r)
SELECT range_agg(r), range_intersect_agg(r) FROM (VALUES (int4range(1, 5)), (int4range(3, 9)), (NULL)) AS v(r)
SELECT range_agg(r), range_intersect_agg(r) FROM (VALUES (int4range(1, 5)), (int4range(13, 19)), ('empty')) AS v(r)
SELECT range_agg(r), range_intersect_agg(r) FROM (SELECT int4range(1, 2) AS r WHERE false) s
SELECT range_agg(r), range_intersect_agg(r) FROM (VALUES (NULL::int4range), (NULL)) AS v(r)
SELECT range_agg(m), range_intersect_agg(m) FROM (VALUES ('{[1,5),[9,12)}'::int4multirange), ('{[3,10)}')) AS v(m)
SELECT n, range_agg(r) FROM (VALUES (1, numrange(1, 2)), (2, numrange(5, 6)), (1, numrange(2, 3))) AS v(n, r) GROUP BY n ORDER BY n
SELECT max(r) FROM (VALUES (1)) AS v(r)
SELECT unnest('{[1,3),[5,9)}'::int4multirange)
SELECT u FROM unnest('{[1,3),[5,9)}'::nummultirange) AS u
SELECT lower(u), o FROM unnest('{[2024-01-01,2024-02-01),[2024-03-01,)}'::datemultirange) WITH ORDINALITY AS t(u, o)
SELECT unnest('{}'::int4multirange)
SELECT a.r, b.r FROM (VALUES (numrange(1, 2)), (numrange(3, 4))) a(r) JOIN (VALUES (numrange(1.0, 2.0))) b(r) ON a.r = b.r
-- text, arrays, others
int4range(1, 5)::text, '{[1,5)}'::int4multirange::text, ('[1,' || '5]')::text::int4range, ARRAY[int4range(1, 5), NULL, 'empty'], '{"[1,3)","[5,9)"}'::int4range[], to_json(int4range(1, 5)), pg_typeof('{}'::nummultirange), format('%s', numrange(1, 2))
'["a\"b",)'::int4range
tsrange('2024-01-01 10:00', '2024-01-01 12:00') * tsrange('2024-01-01 11:00', NULL), tstzrange('2024-01-01 10:00+00', '2024-01-01 12:00+00') - tstzrange('2024-01-01 11:00+00', NULL), upper(tsrange('2024-01-01', '2024-01-02')) - lower(tsrange('2024-01-01', '2024-01-02'))
int4range_subdiff(5, 3), numrange_subdiff(5.5, 3), daterange_subdiff('2024-01-05', '2024-01-01'), tsrange_subdiff('2024-01-01 00:00:01', '2024-01-01'), int8range_canonical('[1,5]')
