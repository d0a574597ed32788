ARRAY[1,2,3], ARRAY['a',NULL,'b c'], ARRAY[[1,2],[3,4]], ARRAY[]::int[], '{1,2,3}'::int[], '{{a,b},{c,d}}'::text[]
ARRAY[1,2,3][2], ARRAY[1,2,3][5], (ARRAY[1,2,3])[2:3], (ARRAY[[1,2],[3,4]])[1][2], (ARRAY[[1,2],[3,4]])[2:2], (ARRAY[1,2,3])[:2], (ARRAY[1,2,3])[2:]
array_length(ARRAY[1,2,3], 1), array_length(ARRAY[1,2,3], 2), array_upper(ARRAY[1,2], 1), array_lower(ARRAY[1,2], 1), array_ndims(ARRAY[[1],[2]]), array_dims(ARRAY[[1,2],[3,4]]), cardinality(ARRAY[[1,2],[3,4]]), cardinality('{}'::int[])
array_append(ARRAY[1,2], 3), array_prepend(0, ARRAY[1,2]), array_cat(ARRAY[1,2], ARRAY[3]), ARRAY[1] || 2, 0 || ARRAY[1], ARRAY[1,2] || ARRAY[3], ARRAY[[1,2]] || ARRAY[3,4], array_append(NULL::int[], 1)
array_remove(ARRAY[1,2,1], 1), array_replace(ARRAY[1,2,1], 1, 9), array_position(ARRAY['a','b','c'], 'b'), array_position(ARRAY[1,2,1], 1, 2), array_positions(ARRAY[1,2,1], 1), trim_array(ARRAY[1,2,3], 2)
array_fill(7, ARRAY[3]), array_fill(0, ARRAY[2,2])
ARRAY[1,2,3] @> ARRAY[2], ARRAY[2] <@ ARRAY[1,2], ARRAY[1,2] && ARRAY[2,3], ARRAY[1] && ARRAY[2], ARRAY[1,2] @> ARRAY[NULL]::int[]
ARRAY[1,2] = ARRAY[1,2], ARRAY[1,2] < ARRAY[1,3], ARRAY[1,2] < ARRAY[1,2,0], ARRAY[1.0] = ARRAY[1.00], ARRAY['a','b'] > ARRAY['a'], ARRAY[-5] < ARRAY[3]
1 = ANY(ARRAY[1,2]), 3 = ANY(ARRAY[1,2]), 3 = ANY(ARRAY[1,NULL]), 1 <> ALL(ARRAY[2,3]), 1 <> ALL(ARRAY[2,NULL]), 5 > ALL(ARRAY[1,2]), 5 > ANY(ARRAY[7,8]), 1 = ANY(NULL::int[])
1 = ANY('{1,2}'::int[]), 'a' = ANY('{a,b}'::text[]), 'abc' LIKE ANY(ARRAY['x%','a%']), 'abc' NOT LIKE ALL(ARRAY['x%','y%']), 1.0 = ANY(ARRAY[1.00, 2]), 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid = ANY(ARRAY['a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid])
date '2024-01-01' = ANY('{2024-01-01}'::date[]), 1.5::float8 = ANY('{1.5,NaN}'::float8[])
ARRAY[1,2]::text[], ARRAY['1','2']::int[], ARRAY[1.6,2]::int[], '{1,2}'::int[]::text, ARRAY[1,2]::float8[], ARRAY['abc','d']::varchar(2)[]
SELECT unnest(ARRAY[1,2,NULL])
SELECT * FROM unnest(ARRAY['a','b']) WITH ORDINALITY AS t(v, n)
SELECT x + 1 FROM unnest(ARRAY[1,2,3]) AS x WHERE x > 1 ORDER BY x DESC
SELECT * FROM unnest(ARRAY[1.5,2.50]) x
SELECT * FROM unnest(ARRAY[interval '1 day', interval '2 hours']) x
SELECT array_agg(x), array_agg(x ORDER BY x DESC), array_agg(DISTINCT x) FROM (VALUES (2), (1), (2)) t(x)
SELECT array_agg(x) FROM (VALUES ('a'), (NULL), ('b')) t(x)
SELECT array_agg(x) FROM (SELECT 1 WHERE false) t(x)
SELECT ARRAY(SELECT x FROM generate_series(1, 3) x ORDER BY x DESC), ARRAY(SELECT 1 WHERE false)
SELECT generate_subscripts(ARRAY['a','b'], 1)
SELECT * FROM generate_series(1, 5)
SELECT * FROM generate_series(5, 1, -2) s(a)
SELECT * FROM generate_series(1, 2, 0)
SELECT * FROM generate_series(1.1, 2.3, 0.4) x
SELECT generate_series(1, 3) * 10
SELECT a, b FROM generate_series(1, 2) a, generate_series(a, 2) b
SELECT count(*), sum(x) FROM generate_series(1, 1000) x
array_position('1 2 3'::int2vector, 2::smallint), array_position('1 2 3'::int2vector, 3), array_position('1 2'::int2vector, 9), array_position('5 6'::oidvector, 6::oid), array_positions('5 6'::oidvector, 6)
array_append('1 2'::int2vector, 3::smallint), array_cat('1 2'::int2vector, '3'::int2vector), pg_typeof(array_cat('1 2'::int2vector, '3'::int2vector))
'1 2'::int2vector::int4[], '1 2'::int2vector::text[], '7 8'::oidvector::int8[], '1 2'::int2vector::int2[]
array_position('[0:2]={7,8,9}'::int[], 7), array_position('[-3:-1]={7,8,9}'::int[], 9), array_position('[0:2]={7,8,7}'::int[], 7, 1), array_position('{7,8,7}'::int[], 7, 0)
