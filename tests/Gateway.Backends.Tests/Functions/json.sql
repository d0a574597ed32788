'{"a": 1, "b": [1,2,{"c": "x"}]}'::json -> 'a', '{"a": 1}'::json ->> 'a', '{"a": "x"}'::json -> 'a', '{"a": "x"}'::json ->> 'a', '{"a": null}'::json ->> 'a', '{"a": 1}'::json -> 'z'
'[1,2,3]'::json -> 1, '[1,2,3]'::json -> -1, '[1,2,3]'::json ->> 5, '{"a": {"b": 2}}'::json #> '{a,b}', '{"a": [1,2]}'::json #>> '{a,1}'
'{"b": 1, "a": 2, "a": 3}'::jsonb, '{"a":  1}'::json, '[1.10, 1e3, "x\u00e9"]'::jsonb, ' null '::jsonb, 'true'::jsonb
'{"a": 1, "b": [1,2]}'::jsonb -> 'b' -> 0, '{"a": 1}'::jsonb ->> 'a', '{"a": {"b": 2}}'::jsonb #> '{a}', '{"a": {"b": "x"}}'::jsonb #>> '{a,b}'
'{"a": 1, "b": 2}'::jsonb @> '{"a": 1}', '[1,2,3]'::jsonb @> '[2]', '[1,2]'::jsonb @> '1', '{"a": {"b": 1}}'::jsonb @> '{"a": {}}', '{"a": 1}'::jsonb <@ '{"a": 1, "b": 2}'
'{"a": 1}'::jsonb ? 'a', '["a","b"]'::jsonb ? 'b', '{"a": 1}'::jsonb ?| ARRAY['x','a'], '{"a": 1}'::jsonb ?& ARRAY['a','b']
'{"a": 1}'::jsonb || '{"b": 2}', '[1]'::jsonb || '[2]', '{"a": 1}'::jsonb || '[2]', '1'::jsonb || '2'
'{"a": 1, "b": 2}'::jsonb - 'a', '["a","b"]'::jsonb - 'a', '[1,2,3]'::jsonb - 1, '{"a": 1, "b": 2}'::jsonb - ARRAY['a','b'], '{"a": {"b": 1, "c": 2}}'::jsonb #- '{a,b}'
'1'::jsonb - 'a'
jsonb_set('{"a": 1}', '{a}', '2'), jsonb_set('{"a": 1}', '{b}', '2'), jsonb_set('{"a": 1}', '{b}', '2', false), jsonb_set('{"a": [1,2]}', '{a,1}', '9'), jsonb_insert('{"a": [1,2]}', '{a,1}', '9'), jsonb_insert('{"a": [1,2]}', '{a,1}', '9', true)
json_typeof('1'), json_typeof('{}'), jsonb_typeof('[]'), jsonb_typeof('"x"'), jsonb_typeof('null'), jsonb_typeof('true')
json_array_length('[1,2,3]'), jsonb_array_length('[]')
json_array_length('{}')
json_array_length('1')
json_build_object('a', 1, 'b', 'x', 'c', NULL, 'd', true, 'e', 1.50), json_build_array(1, 'x', NULL, ARRAY[1,2]), jsonb_build_object('b', 1, 'a', ARRAY[1]), jsonb_build_array(1, '2', 3.0), json_build_object(), json_build_array()
json_build_object('a')
to_json(1), to_json('x'::text), to_json(ARRAY[1,2]), to_jsonb(1.50), to_jsonb('x'::text), to_json(true), to_json(date '2024-01-01'), to_json(timestamp '2024-01-01 10:00'), to_jsonb(timestamptz '2024-01-01 10:00+00'), to_json('{"a":1}'::json)
to_jsonb(ARRAY['a','b']), to_json('NaN'::float8), to_jsonb(interval '1 day'), array_to_json(ARRAY[[1,2],[3,4]])
json_object('{a,1,b,2}'), json_object('{a,b}', '{1,2}'), jsonb_object('{a,1}'), json_strip_nulls('{"a": null, "b": 1}'), jsonb_strip_nulls('{"a": null, "b": {"c": null}}')
jsonb_pretty('{"a": [1, {"b": 2}], "c": {}}')
'1'::jsonb::int, '1.5'::jsonb::numeric, 'true'::jsonb::bool, '2.7'::jsonb::int, '1.5'::jsonb::float8
'"x"'::jsonb::int
'{"a": 1}'::jsonb = '{"a": 1.0}'::jsonb, '[1,2]'::jsonb < '[1,3]'::jsonb, '{"a":1}'::jsonb > '[1]'::jsonb, 'null'::jsonb < '1'::jsonb, '"a"'::jsonb < '1'::jsonb
'{bad'::json
'{"a": 1}'::json::jsonb, '{"b": 1, "a": 2}'::jsonb::text, '{"a":1}'::text::json, ('{"a": {"b": 5}}'::jsonb)['a']['b'], ('[1,2]'::jsonb)[1]
json_extract_path('{"a": {"b": 1}}', 'a', 'b'), json_extract_path_text('{"a": {"b": "x"}}', 'a', 'b'), jsonb_extract_path('{"a": [5]}', 'a', '0')
SELECT * FROM json_array_elements('[1,"x",null]')
SELECT * FROM jsonb_array_elements_text('[1,"x",null]')
SELECT * FROM json_each('{"a": 1, "b": "x"}')
SELECT key, value FROM jsonb_each_text('{"a": 1, "b": null}')
SELECT * FROM json_object_keys('{"a": 1, "b": 2}') k
SELECT value ->> 'id' FROM jsonb_array_elements('[{"id": 1}, {"id": 2}]')
SELECT json_agg(x), jsonb_agg(x) FROM (VALUES (1), (2), (NULL)) t(x)
SELECT json_object_agg(k, v), jsonb_object_agg(k, v) FROM (VALUES ('a', 1), ('b', 2)) t(k, v)
SELECT json_agg(x) FROM (SELECT 1 WHERE false) t(x)
SELECT x FROM (VALUES ('[1]'::jsonb), ('{}'), ('1'), ('"s"'), ('null'), ('true'), ('[]')) t(x) ORDER BY x
