-- Input and output.
SELECT '{"a":1,  "b":[1,2]}'::json, '{"b":1, "a":2, "a":3}'::jsonb, '"x"'::json, 'null'::jsonb, '1.50'::jsonb, ' [ ] '::json, '[]'::jsonb, 'true'::json;
SELECT '{"a": "\u00e9\n\"", "b": 1e5, "c": -0.0, "long key": {}}'::jsonb, '{"a":1}'::jsonb::text, '{"a" : 1}'::json::text;
SELECT j, jb FROM samples ORDER BY id;
SELECT '{"a": 1'::json;
SELECT '{a: 1}'::jsonb;
SELECT '[1,]'::json;
SELECT ''::json;
SELECT '"\u0000"'::jsonb;
SELECT 'nan'::jsonb;
-- Access.
SELECT '{"a": {"b": [10, 20, null]}}'::jsonb -> 'a', '{"a": {"b": 1}}'::jsonb -> 'a' -> 'b', '{"a": {"b": 1}}'::jsonb -> 'a' ->> 'b', '{"a": "x"}'::json ->> 'a', '{"a": "x"}'::json -> 'a', '{"a": null}'::jsonb ->> 'a', '{"a": null}'::jsonb -> 'a', '{"a": 1}'::jsonb -> 'z';
SELECT '[1, "two", [3]]'::jsonb -> 0, '[1, "two", [3]]'::jsonb ->> 1, '[1, "two", [3]]'::jsonb -> -1, '[1, 2]'::json -> 5, '[1, 2]'::jsonb -> 'a', '{"a": 1}'::jsonb -> 0, '5'::jsonb -> 0;
SELECT '{"a": {"b": [10, 20]}}'::jsonb #> '{a,b,1}', '{"a": {"b": [10, 20]}}'::jsonb #>> '{a,b,1}', '{"a": {"b": [10, 20]}}'::json #> '{a,b}', '{"a": 1}'::jsonb #> '{}', '{"a": 1}'::jsonb #>> '{x,y}', '[[1, 2], [3]]'::jsonb #> '{0,-1}';
SELECT jb -> 'a' AS a, jb ->> 'n' AS n, jb -> 'z' AS z, jb -> 'b' -> 0 AS b0 FROM samples ORDER BY id;
SELECT jb['a'], jb['a']['b'], jb['b'][1] FROM samples ORDER BY id;
SELECT j -> 0 AS e, j ->> 1 AS t, j ->> 'a' AS a FROM samples ORDER BY id;
SELECT id FROM samples WHERE jb ->> 'a' = '1' ORDER BY id;
SELECT id FROM samples WHERE (jb ->> 'n')::numeric > 1 ORDER BY id;
SELECT json_extract_path('{"a": {"b": 2}}', 'a', 'b'), json_extract_path_text('{"a": {"b": "x"}}', 'a', 'b'), jsonb_extract_path('{"a": [1, 2]}', 'a', '1'), jsonb_extract_path_text('{"a": 1}', 'q');
-- Tests.
SELECT '{"a": 1, "b": 2}'::jsonb @> '{"a": 1}', '{"a": 1}'::jsonb <@ '{"a": 1, "b": 2}', '[1, 2, 3]'::jsonb @> '[3, 1]', '[1, 2]'::jsonb @> '1', '{"a": [1, 2]}'::jsonb @> '{"a": [2]}', '{"a": 1}'::jsonb @> '{"a": 1.0}', '{}'::jsonb <@ '{"a": 1}';
SELECT '{"a": 1, "b": 2}'::jsonb ? 'a', '["a", "b"]'::jsonb ? 'b', '{"a": 1}'::jsonb ?| array['x', 'a'], '{"a": 1}'::jsonb ?& array['x', 'a'], '"a"'::jsonb ? 'a', '[1]'::jsonb ? '1';
SELECT '{"a": 1, "b": 2}'::jsonb = '{"b": 2, "a": 1.0}', '[1, 2]'::jsonb < '[1, 3]', '{}'::jsonb < '[]', '1'::jsonb < '"a"', 'null'::jsonb < 'false', '"b"'::jsonb > '"a"';
SELECT id FROM samples WHERE jb @> '{"a": 1}' ORDER BY id;
SELECT id FROM samples WHERE jb ? 'a' ORDER BY id;
SELECT id FROM samples WHERE jb = '{}' ORDER BY id;
SELECT json_typeof(j), jsonb_typeof(jb) FROM samples ORDER BY id;
SELECT json_typeof('1'), jsonb_typeof('[]'), json_typeof('{}'), jsonb_typeof('null'), json_typeof('true'), json_typeof('"s"');
SELECT '{"a": 1}'::json = '{"a": 1}'::json;
-- Construction.
SELECT json_build_object('a', 1, 'b', 'x', 'c', NULL, 'd', true, 'e', 1.50, 'f', ARRAY[1, 2]), json_build_array(1, 'a', NULL, 2.5, json_build_object()), jsonb_build_object('b', 1, 'a', 2), jsonb_build_array(1, NULL, 'x'), json_build_object(), json_build_array();
SELECT to_json(1), to_json('x'::text), to_json(NULL::text), to_json(ARRAY[1, 2]), to_jsonb(1.50), to_jsonb('x"y'::text), to_jsonb(true), to_json(date '2024-01-01'), to_json(timestamp '2024-01-01 10:00'), to_jsonb(interval '1 day'), to_json(1.5::float8);
SELECT row_to_json(ROW(1, 'a')), to_json(ROW(1, 'a', NULL)), to_jsonb(ROW(1)), json_object('{a,1,b,2}'), json_object('{a,b}', '{1,2}'), jsonb_object('{{a,1},{b,NULL}}');
SELECT array_to_json(ARRAY[1, 2]), array_to_json(ARRAY[[1, 2], [3, 4]]), array_to_json(ARRAY['a', NULL]);
SELECT json_build_object('id', id, 'name', name, 'hired', hired, 'salary', salary) FROM doctors ORDER BY id;
SELECT jsonb_build_object('ward', ward, 'n', count(*)) FROM visits GROUP BY ward ORDER BY ward;
SELECT json_agg(json_build_object('code', code, 'beds', beds) ORDER BY code) FROM wards;
SELECT to_json(n), to_json(f8), to_json(t), to_json(d), to_json(ts), to_json(b), to_json(ia), to_json(u) FROM samples ORDER BY id;
SELECT to_jsonb(n2), to_jsonb(v), to_jsonb(tm), to_jsonb(iv), to_jsonb(ta), to_jsonb(by), to_jsonb(jb) FROM samples ORDER BY id;
SELECT json_build_object(NULL, 1);
SELECT json_build_object('a');
-- Changing.
SELECT '{"a": 1}'::jsonb || '{"b": 2}', '[1]'::jsonb || '[2]', '[1]'::jsonb || '2', '{"a": 1}'::jsonb || '{"a": 2}', '{"a": 1, "b": 2}'::jsonb - 'a', '["a", "b"]'::jsonb - 'a', '[1, 2, 3]'::jsonb - 1, '{"a": 1, "b": 2}'::jsonb - ARRAY['a', 'b'], '{"a": {"b": 1, "c": 2}}'::jsonb #- '{a,b}';
SELECT jsonb_set('{"a": 1}', '{a}', '2'), jsonb_set('{"a": 1}', '{b}', '2'), jsonb_set('{"a": 1}', '{b}', '2', false), jsonb_set('[1, 2]', '{-1}', '9'), jsonb_insert('[1, 2]', '{1}', '5'), jsonb_insert('{"a": 1}', '{b}', '5');
SELECT jsonb_strip_nulls('{"a": null, "b": [null, 1], "c": {"d": null}}'), json_strip_nulls('{"a": null, "b": 1}'), jsonb_pretty('{"a": [1, {"b": 2}], "c": {}}'), jsonb_set_lax('{"a": 1}', '{a}', NULL);
SELECT '5'::jsonb - 'a';
SELECT jb || '{"new": true}' FROM samples WHERE id IN (1, 5, 6) ORDER BY id;
SELECT '1'::jsonb::int, '1.5'::jsonb::numeric, 'true'::jsonb::boolean, '2.6'::jsonb::int, '3'::jsonb::float8;
SELECT '"1"'::jsonb::int;
-- Taking apart.
SELECT * FROM jsonb_each('{"a": 1, "b": "x"}');
SELECT * FROM json_each_text('{"a": 1, "b": null}') AS t (k, v);
SELECT * FROM jsonb_array_elements('[1, "a", {"b": 2}, null]') AS e;
SELECT e FROM json_array_elements_text('["x", 1, null]') e;
SELECT jsonb_object_keys('{"b": 1, "a": 2}');
SELECT json_array_length('[1, 2, 3]'), jsonb_array_length('[]');
SELECT json_array_length('{}');
SELECT s.id, e.value FROM samples s, jsonb_array_elements(s.jb) e WHERE s.id = 2;
SELECT s.id, k FROM samples s, jsonb_object_keys(s.jb -> 'a') k WHERE s.id = 6;
SELECT s.id, e.key, e.value FROM samples s, jsonb_each(s.jb) e WHERE s.id IN (1, 5, 6) ORDER BY 1, 2;
SELECT * FROM jsonb_to_record('{"a": 1, "b": "x"}') AS t (a int, b text);
SELECT * FROM json_to_recordset('[{"a": 1, "b": "x"}, {"a": 2}]') AS t (a int, b text);
SELECT n, e FROM jsonb_array_elements_text('["x", "y"]') WITH ORDINALITY AS t (e, n) ORDER BY n DESC;
SELECT jsonb_array_elements('[1, 2]') AS e, 'x' AS x;
SELECT jsonb_array_elements('{"a": 1}');
SELECT sum((e ->> 'n')::int) FROM jsonb_array_elements('[{"n": 1}, {"n": 2}, {}]') e;
SELECT array_agg(e ORDER BY e) FROM jsonb_array_elements_text('["b", "a"]') e;
-- Paths.
SELECT jsonb_path_query_array('{"a": [1, 2, 3]}', '$.a[*]'), jsonb_path_exists('{"a": 1}', '$.a'), jsonb_path_query_first('{"a": [5, 6]}', '$.a[0]');
SELECT jsonb_path_query('[1, 2, 3]', '$[*] ? (@ > 1)');
SELECT '{"a": 1}'::jsonb @? '$.a', '{"a": 1}'::jsonb @@ '$.a == 1';
-- Grouping and sorting.
SELECT jb -> 'a' AS a, count(*) FROM samples GROUP BY 1 ORDER BY 1;
SELECT jb FROM samples ORDER BY jb DESC, id;
SELECT DISTINCT jsonb_typeof(jb) AS t FROM samples ORDER BY t;
SELECT count(DISTINCT jb) FROM samples;
SELECT DISTINCT x FROM (VALUES ('{"a": 1, "b": 2}'::jsonb), ('{"b": 2, "a": 1}'), ('[1.0]'), ('[1]')) v (x) ORDER BY x;
SELECT jsonb_agg(jb -> 'a' ORDER BY id) FROM samples;
SELECT jsonb_object_agg(id, jb) FROM samples WHERE id < 3;
