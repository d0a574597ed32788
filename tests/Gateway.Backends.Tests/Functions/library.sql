SELECT regexp_count('abcabc', 'b'), regexp_count('abcABC', 'b', 1, 'i'), regexp_instr('abcabc', 'b', 1, 2), regexp_like('ABC', 'b', 'i'), regexp_substr('abcabc', 'b.', 1, 2)
SELECT regexp_instr('hello world', '(o)( )(w)', 1, 1, 0, '', 3), regexp_substr('hello', 'l(l)', 1, 1, '', 1), regexp_replace('abcabc', 'b', 'X', 1, 2), regexp_replace('abcabc', 'b', 'X', 3)
SELECT * from string_to_table('a,b,,c', ',', '')
SELECT * from regexp_split_to_table('a1b22c', '[0-9]+')
SELECT regexp_split_to_array('a b  c', '\s+'), regexp_match('foobarbequebaz', '(bar)(beque)'), regexp_matches('aXbX', '(.)X', 'g')
SELECT jsonb_path_query('{"a":[1,2,3]}', '$.a[*] ? (@ > 1)')
SELECT jsonb_path_exists('{"a":[1,2,3]}', '$.a[*] ? (@ > 2)'), jsonb_path_match('{"a":[1,2,3]}', 'exists($.a[*] ? (@ > 2))'), jsonb_path_query_array('{"a":[1,2,3]}', '$.a[*]'), jsonb_path_query_first('{"a":[1,2,3]}', '$.a[*]')
SELECT '{"a":[1,2,3]}'::jsonb @? '$.a[*] ? (@ > 2)', '{"a":[1,2,3]}'::jsonb @@ '$.a[0] == 1'
SELECT jsonb_path_query('{"a":{"b":"x"}}', '$.a.b'), jsonb_path_query_array('[1,"2",{"a":3}]', '$[*].type()'), jsonb_path_query('{"a":[1,2]}', '$.a.size()'), jsonb_path_query('"abc"', '$ like_regex "^a"')
SELECT jsonb_set_lax('{"a":1}', '{a}', null, true, 'delete_key'), jsonb_set_lax('{"a":1}', '{a}', null), jsonb_strip_nulls('{"a":null,"b":{"c":null}}')
SELECT date_bin('15 minutes', timestamp '2020-02-11 15:44:17', timestamp '2001-01-01'), make_interval(1, 2, 3, 4, 5, 6, 7.5), make_interval(days => 10), make_date(2024, 2, 29), make_time(1, 2, 3.5), make_timestamp(2024, 1, 2, 3, 4, 5.6), make_timestamptz(2024,1,2,3,4,5, 'UTC')
SELECT justify_days('35 days'), justify_hours('27 hours'), justify_interval('1 mon -1 hour'), isfinite(date 'infinity'), isfinite(timestamp '2020-01-01'), isfinite(interval '4 h')
SELECT percentile_cont(array[0.25,0.5]) within group (order by x), percentile_disc(array[0.25,0.5]) within group (order by x) from generate_series(1,5) x
SELECT rank(3) within group (order by x), dense_rank(3) within group (order by x), percent_rank(3) within group (order by x), cume_dist(3) within group (order by x) from generate_series(1,5) x
SELECT string_agg(x::text::bytea, ','), json_object_agg(x, x * 2), bit_and(x), mode() within group (order by x) from generate_series(1,3) x
SELECT json_agg(x order by x desc), jsonb_agg(distinct x % 2), array_agg(array[x, x + 1]) from generate_series(1,3) x
SELECT upper('äöü'), lower('ÄÖÜ'), initcap('hELLO wORLD éa'), 'Ä' ilike 'ä', 'abc' ilike 'AB%', 'ÄB' ~* 'äb', 'AB' ~* 'ab'
SELECT 'abcd' ~ 'ab|abcd', substring('abcd' from 'ab|abcd'), substring('foobar' from 'o(.)b'), regexp_replace('abcd', 'a|ab|abc', 'X'), regexp_match('xyz123', '[a-z]+|[0-9]+')
SELECT substring('Thomas' similar '%#"o_a#"_' escape '#'), 'abc' similar to '%(b|d)%', 'abc' similar to 'a'
SELECT unistr('d\0061t\+000061'), normalize('a'), ascii('x'), chr(65), to_hex(255), translate('12345', '143', 'ax'), reverse('abc'), repeat('ab', 3), lpad('a', 3, 'xy'), rpad('a', 3, 'xy'), left('abc', -1), right('abc', 2), split_part('a,b,c', ',', -1), starts_with('abc', 'ab'), strpos('abc', 'c'), overlay('abcdef' placing 'X' from 2 for 3), btrim('xxaxx', 'x'), concat_ws(',', 1, null, 'a'), bit_length('abc'), octet_length('é'), char_length('é'), initcap('a b')
SELECT array_fill(1, array[2], array[3]), array_to_string(array[1,null,3], ',', '*'), string_to_array('a,b', ','), string_to_array('abc', null), array_ndims(array[1]), cardinality(array[1,2]), array_positions(array[1,2,1], 1), array_larger(array[1], array[2]), trim_array(array[1,2,3], 1)
SELECT sind(30), cosd(60), tand(45), asind(0.5), acosd(0.5), atand(1), cotd(45), atan2d(1,1), sinh(1), cosh(1), tanh(1), asinh(1), acosh(1), atanh(0.5), cbrt(27), degrees(1), radians(1), pi(), log(10), log(2, 8), ln(2), exp(1.0), power(2, 3), sqrt(2), sign(-5), gcd(12, 8), lcm(4, 6), factorial(5), div(7, 2), mod(7, 3), trunc(1.567, 2), round(2.5), ceil(1.2), floor(-1.2), scale(1.20), min_scale(1.20), trim_scale(1.20)
SELECT bit_count('\x0f'::bytea), get_bit('\x0f'::bytea, 1), set_bit('\x0f'::bytea, 7, 1), get_byte('\x0f01'::bytea, 1), set_byte('\x0f01'::bytea, 1, 9), substr('\x0102'::bytea, 2), position('\x02'::bytea in '\x0102'), length('\x01'::bytea), trim('\x00'::bytea from '\x000100'::bytea), '\x01'::bytea || '\x02'
SELECT inet '192.168.1.5/24', host('192.168.1.5/24'), masklen('10.0.0.0/8'), network('192.168.1.5/24'), broadcast('192.168.1.5/24'), netmask('10.0.0.0/8'), inet '10.0.0.1' << inet '10.0.0.0/8', inet '10.0.0.1' <<= '10.0.0.1', inet '10.0.0.1' && inet '10.0.0.0/8', family('::1'), abbrev(cidr '10.1.0.0/16'), text(inet '10.0.0.1'), inet '10.0.0.1' + 5, inet '10.0.0.1' < inet '10.0.0.2', set_masklen('10.0.0.1'::inet, 16), inet_same_family('10.0.0.1', '::1')
SELECT timestamp '2024-01-31' + interval '1 month', date '2024-01-01' + 5, date '2024-01-05' - date '2024-01-01', timestamp '2024-01-01' - interval '1 day', interval '1 day' * 2.5, interval '1 day' / 2, time '10:00' + interval '3 h', (date '2024-01-01', date '2024-02-01') overlaps (date '2024-01-15', date '2024-03-01')
SELECT row(1,2) = row(1,2), row(1,null) is null, row(null,null) is null, row(1,2) < row(1,3), (1,2) is distinct from (1,3), row(1,'a')::text, row(1, null, 'a b')
SELECT array[1,2] || 3, array[[1,2],[3,4]] @> array[1], 2 = any(array[1,2]), array(select generate_series(1,3)), (array[1,2,3])[2:], array[1,2,3] - 1
SELECT row_to_json(row(1,'a')), to_json(row(1,2)), jsonb_build_array(row(1,'x'))
SELECT jsonb '{"a":1}' - '{a}'::text[], jsonb '{"a":{"b":1}}' #- '{a,b}', jsonb '[1,2]' - 0, jsonb '{"a":1}' ?| array['a'], jsonb '{"a":[1]}' @> '{"a":[1]}', json '{"a":1}' ->> 'a', jsonb '[[1]]' #>> '{0,0}', jsonb_object_keys('{"a":1,"b":2}'), jsonb_pretty('[1]')
SELECT json_array_elements('[1,2]'), json_array_elements_text('["a","b"]')
SELECT * from json_to_record('{"a":1,"b":"x","c":[1,2],"d":{"e":1}}') as x(a int, b text, c int[], d jsonb)
SELECT * from jsonb_to_recordset('[{"a":1,"b":"2024-01-01"},{"a":null}]') as x(a numeric, b date, missing text)
SELECT * from json_to_recordset('[{"a":1},{"a":2}]') with ordinality as x(a, o)
SELECT x.a, x.b from json_to_recordset('[{"a":1.5,"b":true}]') as x(a float8, b bool)
SELECT greatest(1, 2.5), least('a', 'b'), coalesce(null, 1), nullif(1, 1), num_nulls(1)
SELECT generate_subscripts(array['a','b'], 1), unnest(array[1,2]), regexp_split_to_table('a,b', ',')
SELECT generate_series(date '2024-01-01', date '2024-01-03', interval '1 day'), generate_series(timestamp '2024-01-01', '2024-01-02', '12 hours')
SELECT lag(x, 1, 0) over w, lead(x) over w, first_value(x) over w, nth_value(x, 2) over w, ntile(2) over w, sum(x) over (order by x range between 1 preceding and 1 following), sum(x) over (order by x groups between 1 preceding and current row exclude ties) from generate_series(1,4) x window w as (order by x)
SELECT sum(x) over (order by d range between '1 day' preceding and current row) from (values (1, date '2024-01-01'), (2, date '2024-01-02'), (3, date '2024-01-05')) v(x, d)
SELECT count(*) filter (where x > 1) over (), array_agg(x) over (order by x), string_agg(x::text, '') over (order by x), jsonb_agg(x) over (order by x), bool_or(x > 2) over (order by x) from generate_series(1,3) x
SELECT max(x), min(x) from (values ('192.168.0.1'::inet), ('10.0.0.1')) v(x)
SELECT max(x), min(x) from (values (array[1,2]), (array[1,3])) v(x)
SELECT sum(x), avg(x) from (values ('1.5'::money), ('2')) v(x)
SELECT money '1.50' + '2', money '3' / 2, money '3' / money '2', 1.5::money * 2, money '1'::numeric
SELECT macaddr '08:00:2b:01:02:03', trunc(macaddr '08:00:2b:01:02:03'), macaddr '08:00:2b:01:02:03' < macaddr '09:00:2b:01:02:03', macaddr8 '08:00:2b:01:02:03:04:05'
SELECT uuid_generate_v4()
SELECT '1'::text::int, '12'::varchar::numeric, 'true'::bool, 't'::text::bool, 1::bool, true::int, 1.5::int, 2.5::int, -2.5::int, '2024-01-01'::text::date, 65::"char", 'abc'::char(2), 'abc'::name, 1::oid, 'x'::bytea, '{1,2}'::int[], '1 day'::interval::text
SELECT date_part('epoch', timestamp '2024-01-01'), extract(microseconds from time '10:00:01.5'), extract(century from date '2024-01-01'), extract(julian from date '2024-01-01'), to_char(timestamp '2024-01-05 13:05:09', 'Day DD Mon YYYY HH12:MI:SS AM'), to_char(interval '1 day 2 hours', 'DD HH24'), to_number('1,234.5', '9,999.9'), to_timestamp('2024-01-05 10:00', 'YYYY-MM-DD HH24:MI')
SELECT x from (values (row(1,2)), (row(0,3))) v(x) order by x
SELECT distinct x from (values (row(1,2)), (row(1,2))) v(x)
SELECT count(*), x from (values (row(1,2)), (row(1,2))) v(x) group by x
SELECT (row(1,2)).f1
SELECT string_agg(distinct x, ',' order by x) from (values ('b'), ('a'), ('b')) v(x)
SELECT array_agg(distinct x) from (values (1.0), (1.00), (2)) v(x)
SELECT json_object_agg_unique('a', 1)
SELECT regexp_replace('foobarbaz', 'b(..)', 'X\1Y', 'g'), regexp_replace('abc', '(?i)B', 'x'), 'a.c' ~ 'a\.c', 'foo' ~ '^(foo|bar)$', 'line1' || chr(10) || 'line2' ~ '^line2$', regexp_matches('abc', 'x')
SELECT 'a' < 'B', 'a' collate "C" < 'B', 'ä' > 'z', 'Z' < 'a'
SELECT array_remove(array[1,null,2], null), array_replace(array[1,2], 1, 5), array_cat(array[1], array[2]), array_position(array[1,2,3], 3, 2), array_sample(array[1], 1)
SELECT array_shuffle(array[1])
SELECT substring('abc', 0, 2), substr('abc', -1, 3), substring('abc' from -1), left('abc', 0), repeat('x', -1), lpad('abc', 2), split_part('abc', '', 1), split_part('a,b', ',', 0)
SELECT int4(1.5), text(1), float8 '1', date('2024-01-01'), numeric '1.5', timestamptz(date '2024-01-01')
SELECT 1 is_null, 2 between, 3 like
