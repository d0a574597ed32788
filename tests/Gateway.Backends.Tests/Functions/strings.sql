length('héllo'), char_length('日本'), octet_length('日本'), bit_length('ab'), length('')
substr('hello', 2), substr('hello', 2, 3), substring('hello' from 2 for 3), substring('hello', -1, 4), substr('hello', 10)
substr('hello', 2, -1)
substring('foobar' from 'o.b'), substring('foobar' from 'o(.)b'), substring('x' from 'y')
position('lo' in 'hello'), strpos('hello', 'z'), strpos('日本語', '本')
left('hello', 2), left('hello', -2), right('hello', 2), right('hello', -2), left('hello', 10)
lpad('hi', 5), lpad('hi', 5, 'xy'), rpad('hi', 5, 'xy'), lpad('hello', 2), rpad('hello', 0), lpad('hi', 5, '')
trim('  x  '), ltrim('  x'), rtrim('x  '), btrim('xyxhixx', 'xy'), trim(both 'x' from 'xxax'), trim(leading 'x' from 'xxax'), trim(trailing from 'a  ')
replace('abcabc', 'b', 'X'), replace('abc', '', 'x'), translate('12345', '143', 'ax')
repeat('ab', 3), repeat('ab', 0), reverse('héllo')
split_part('a,b,c', ',', 2), split_part('a,b,c', ',', -1), split_part('a,b,c', ',', 5), split_part('abc', '', 1)
split_part('a', ',', 0)
concat('a', NULL, 1, true, 1.5), concat_ws(',', 'a', NULL, 'b'), concat_ws(NULL, 'a'), concat()
format('Hello %s, %1$s %I %L', 'World', 'my col', 'it''s'), format('%%'), format('%s', NULL), format('%L', NULL)
format('|%10s|%-10s|', 'foo', 'bar'), format('%2$s %1$s', 'a', 'b')
format('%s')
format('%x', 1)
md5('hello'), md5('\x00'::bytea), sha256('abc'::bytea), sha512('abc'::bytea)
encode('abc'::bytea, 'hex'), encode('abc'::bytea, 'base64'), encode('\x00ff'::bytea, 'escape'), decode('616263', 'hex'), decode('YWJj', 'base64')
decode('6', 'hex')
decode('zz', 'hex')
encode('a', 'foo')
ascii('A'), ascii('é'), ascii(''), chr(65), chr(233)
chr(0)
starts_with('hello', 'he'), 'hello' ^@ 'lo'
regexp_replace('foobarbaz', 'b..', 'X'), regexp_replace('foobarbaz', 'b..', 'X', 'g'), regexp_replace('foobarbaz', 'b(..)', 'X\1Y', 'g'), regexp_replace('Hello', 'L', 'x', 'gi')
regexp_match('foobarbequebaz', '(bar)(beque)'), regexp_match('abc', 'x'), regexp_match('foobar', 'o+')
regexp_split_to_array('hello world  foo', '\s+'), regexp_split_to_array('abc', ''), regexp_split_to_array('a,b,,c', ',')
regexp_count('abcabc', 'b'), regexp_like('Hello', 'hello', 'i'), regexp_substr('foobar', 'o.'), regexp_instr('foobar', 'b')
'abc' ~ 'b', 'abc' !~ 'b', 'ABC' ~* 'b', 'abc' !~* 'B', 'abc' ~ '^b', 'abc' ~ 'c$', E'a\nb' ~ 'a.b'
'abc1' ~ '[[:digit:]]', 'abc' ~ '^[[:alpha:]]+$', 'foo bar' ~ '\mbar\M', 'a.b' ~ 'a\.b'
'abc' ~ '('
'abc' LIKE 'a%', 'abc' LIKE '_b_', 'abc' LIKE 'B%', 'abc' NOT LIKE 'x%', 'a%c' LIKE 'a\%c', 'abc' LIKE 'a\%c', 'a_c' LIKE 'a#_c' ESCAPE '#'
'ABC' ILIKE 'a%', 'abc' NOT ILIKE 'A%', 'a*b' LIKE 'a*%', 'a[b' LIKE 'a[b', 'héllo' LIKE 'h_llo'
'abc' LIKE 'abc\'
'abc' SIMILAR TO 'a(b|x)c', 'abc' SIMILAR TO 'a_c', 'abc' SIMILAR TO '%(b|d)%', 'abc' SIMILAR TO '(b|c)%', 'abc' NOT SIMILAR TO 'x'
string_to_array('a,b,c', ','), string_to_array('a,b,,c', ',', ''), string_to_array('abc', NULL), string_to_array('', ',')
array_to_string(ARRAY[1,2,NULL,3], ','), array_to_string(ARRAY[1,2,NULL,3], ',', '*'), array_to_string(ARRAY['a','b'], '')
quote_ident('foo'), quote_ident('Foo bar'), quote_ident('select'), quote_literal('it''s'), quote_literal(E'a\\b'), quote_nullable(NULL), quote_literal(42)
overlay('Txxxxas' placing 'hom' from 2 for 4), overlay('abcdef' placing 'X' from 2)
'a' || 'b', 'a' || NULL, 'a' || 1 || true, 'x'::char(3) || 'y', 'abc'::varchar(2), 'ab'::char(4) || '|'
'abc'::char(5) = 'abc', 'abc  '::char(5) = 'abc'::char(3), length('abc  '::char(5)), 'a'::char(3)::text || '|'
'abc'::varchar(2)::text, 'abcdef'::name, 'a'::"char"
'\x6162'::bytea || '\x63'::bytea, length('\x616263'::bytea), substring('\x616263'::bytea from 2 for 1), position('\x62'::bytea in '\x6162'::bytea)
get_byte('\x6162'::bytea, 1), set_byte('\x6162'::bytea, 0, 99), bit_count('\xff0f'::bytea), btrim('\x001100'::bytea, '\x00'::bytea)
get_byte('\x61'::bytea, 5)
'abc' < 'abd', 'a' < 'B', 'é' > 'z', 'abc' = 'ABC', 'a' COLLATE "C" < 'b'
string_agg(x, ',') FROM (VALUES ('a'), (NULL), ('b')) t(x)
string_agg(x, ',' ORDER BY x DESC) FROM (VALUES ('a'), ('c'), ('b')) t(x)
string_agg(DISTINCT x, ',') FROM (VALUES ('b'), ('a'), ('b')) t(x)
SELECT * FROM regexp_split_to_table('a b c', ' ') x
SELECT regexp_matches('foobarbaz', 'b(.)', 'g')
SELECT * FROM string_to_table('a,b,c', ',') WITH ORDINALITY AS t(v, n)
min(x), max(x) FROM (VALUES ('b'), ('a'), (NULL)) t(x)
lower('ABC'::char(5)) || '|', upper(NULL), 'abc'::text::varchar, 'a'::text || 'b'::varchar
trim('abcxa', 'a'), ltrim('zzzytest', 'xyz')
upper('hello'), lower('ABC'), initcap('hello wORLD foo-bar')
