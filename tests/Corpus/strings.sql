-- Length and case.
SELECT id, length(w), char_length(w), octet_length(w), bit_length(w) FROM words ORDER BY id;
SELECT id, upper(w), lower(w) FROM words ORDER BY id;
SELECT initcap('hello wORLD foo-bar 2nd'), initcap('élan vital'), upper('straße'), lower('ÀÉ'), upper('');
SELECT upper(v), lower(c), length(c), length(v) FROM samples ORDER BY id;
SELECT length(5::text), length(''), length(NULL), length('a   '), length('a   '::char(6));
SELECT length(5);
-- Parts.
SELECT substring('abcdef' FROM 2), substring('abcdef' FROM 2 FOR 3), substring('abcdef' FOR 2), substring('abcdef', 3, 2), substr('abcdef', 4), substr('abcdef', -1, 4), substring('abc' FROM 10), substring('日本語' FROM 2 FOR 1);
SELECT substring('abc' FROM 1 FOR -1);
SELECT left('abcdef', 2), left('abcdef', -2), right('abcdef', 2), right('abcdef', -2), left('abc', 10), left('abc', 0), right('abc', 0);
SELECT split_part('a,b,c', ',', 2), split_part('a,b,c', ',', 4), split_part('a,b,c', ',', -1), split_part('abc', '', 1), split_part('', ',', 1);
SELECT split_part('a,b', ',', 0);
SELECT position('b' IN 'abcb'), position('' IN 'abc'), position('x' IN 'abc'), strpos('abc', 'c'), strpos('日本語', '語');
SELECT overlay('abcdef' PLACING 'XX' FROM 3 FOR 2), overlay('abcdef' PLACING 'XX' FROM 3), overlay('abc' PLACING 'Z' FROM 4 FOR 0);
SELECT substring(w FROM 1 FOR 2) FROM words ORDER BY id;
SELECT ascii('a'), ascii('é'), ascii(''), chr(65), chr(233), chr(128578), chr(10) = E'\n';
SELECT chr(0);
SELECT chr(-1);
-- Trimming and padding.
SELECT '[' || trim('  a b  ') || ']', '[' || ltrim('  a') || ']', '[' || rtrim('a  ') || ']', trim(BOTH 'x' FROM 'xxaxx'), trim(LEADING 'x' FROM 'xxa'), trim(TRAILING FROM 'a  ') || '|', btrim('xyaxy', 'yx'), trim('ab' FROM 'abcba'), rtrim('a' || E'\t ', E' \t');
SELECT id, '[' || trim(w) || ']' FROM words WHERE id IN (4, 5, 6, 11, 12, 25) ORDER BY id;
SELECT lpad('7', 3, '0'), lpad('abc', 2), lpad('a', 5, 'xy'), rpad('a', 4, '.'), rpad('abc', 2), lpad('a', 0), lpad('a', -1), lpad('a', 3, ''), lpad('é', 3) || '|';
SELECT repeat('ab', 3), repeat('a', 0), repeat('a', -1), reverse('abc'), reverse('日本'), repeat('', 5);
SELECT lpad(id::text, 3, '0') || '-' || rpad(coalesce(g, ''), 2, '_') FROM nums ORDER BY id;
-- Replacing.
SELECT replace('banana', 'an', 'AN'), replace('banana', '', 'x'), replace('banana', 'a', ''), replace('abc', 'x', 'y'), translate('12345', '143', 'ax'), translate('abc', '', 'x');
SELECT replace(w, 'apple', 'pear') FROM words WHERE id IN (1, 2, 6, 10) ORDER BY id;
SELECT replace('abc', NULL, 'x'), replace('abc', 'a', NULL), translate('äöü', 'äöü', 'aou');
-- Joining.
SELECT concat();
SELECT concat('a', 1, NULL, true, 1.50, date '2024-01-01'), concat(NULL), concat_ws('-', 'a', NULL, 'b', 1), concat_ws(NULL, 'a', 'b'), concat_ws(',', NULL, NULL);
SELECT concat(1);
SELECT format('Hello %s', 'World'), format('%s and %s', 1, NULL), format('%I = %L', 'Name', 'it''s'), format('%2$s %1$s', 'a', 'b'), format('%%'), format('%-5s|%5s|', 'a', 'b'), format('%L', NULL), format('%I', 'ok');
SELECT format('%s');
SELECT format('%x', 1);
SELECT quote_literal('it''s'), quote_ident('a b'), quote_ident('ab'), quote_ident('Select'), quote_ident('select'), quote_nullable(NULL), quote_literal('a\b'), quote_literal(42);
SELECT 'x' || id || coalesce(g, '?') FROM nums ORDER BY id;
-- Numbers and strings.
SELECT to_hex(255), to_hex(-1), to_hex(4294967296), 42::text, (-0.5)::text, 1e6::float8::text, true::text, '12'::int + 1, 1.0::float4::text;
SELECT to_char(1234.5, '9999.99'), to_char(1234.5, 'FM9,999.00'), to_char(-5, '999'), to_char(-5, 'S999'), to_char(5, '000'), to_char(0.5, '0.99'), to_char(0.5, '.99'), to_char(12345, '999');
SELECT to_char(1234567.891, 'FM999,999,999.99'), to_char(1e3::numeric, '9.99EEEE'), to_char(42, 'RN'), to_char(3, '9th'), to_char(12, 'L99'), to_char(-12, '99MI'), to_char(-12, '99PR'), to_char(485, '"Good number:"999'), to_char(148.5, '999D999');
SELECT to_char(cost, 'FM999G990D00') FROM visits WHERE id < 15 ORDER BY id;
SELECT to_number('1,234.56', '9,999.99'), to_number('-12', '99'), to_number('12-', '99S'), to_number('$ 5', 'L9');
SELECT to_number('abc', '999');
-- Comparing and sorting.
SELECT 'abc' < 'ABC', 'a' < 'Z', 'Z' < 'a', 'ä' < 'z', '10' < '9', ' a' < 'a', 'a' < 'a ', 'a' || chr(1) < 'a ';
SELECT w FROM words WHERE w IS NOT NULL ORDER BY w COLLATE "C" DESC;
SELECT min(w), max(w) FROM words WHERE w ~ '[a-z]';
SELECT w FROM words WHERE w > 'b' ORDER BY w;
SELECT upper(w) AS u, count(*) FROM words WHERE w ILIKE 'apple%' GROUP BY upper(w) ORDER BY u;
SELECT a.id, b.id FROM words a JOIN words b ON lower(a.w) = lower(b.w) AND a.id < b.id ORDER BY 1, 2;
SELECT trim(a.w) AS t, count(*) FROM words a GROUP BY trim(a.w) HAVING count(*) > 1 ORDER BY t;
SELECT 'x' COLLATE "C" < 'X' COLLATE "C", 'x' COLLATE "POSIX" = 'x';
SELECT 'x' COLLATE "nope";
-- Unicode.
SELECT normalize(E'e\u0301', NFC) = 'é' AS n;
SELECT 'é' IS NFC NORMALIZED AS n;
SELECT length('é'), length(E'e\u0301'), 'é' = E'e\u0301', octet_length('🙂'), reverse('a🙂b'), substring('a🙂b' FROM 2 FOR 1), position('b' IN 'a🙂b'), upper('éß🙂');
SELECT id, left(w, 1), right(w, 1) FROM words WHERE id IN (7, 8, 19, 20) ORDER BY id;
SELECT lpad('🙂', 3, 'é'), translate('🙂a', '🙂', 'b'), replace('a🙂', '🙂', ''), ascii('🙂'), strpos('x🙂y', 'y');
SELECT '日本' LIKE '__', '🙂' LIKE '_', '日本' LIKE '日%', 'é' SIMILAR TO '_';
SELECT '🙂' ~ '^.$' AS one, 'a🙂' ~ 'a.$' AS two, '🙂🙂' ~ '^[🙂]+$' AS set;
SELECT '🙂' ~ '^[^a]$' AS a, '🙂' ~ '^[^🙂]$' AS b, 'x🙂🙂' ~ '^x🙂{2}$' AS c, '🙃' ~ '[🙂]' AS d, '🙂' ~ '^\W$' AS e, regexp_replace('a🙂b', '.', '-', 'g') AS f, regexp_split_to_array('🙂a', '') AS g;
SELECT starts_with('日本語', '日'), split_part('日-本-語', '-', 3), overlay('日本語' PLACING 'x' FROM 2 FOR 1), string_to_array('日本語', NULL), initcap('éa öb');
-- Other functions.
SELECT parse_ident('Foo."Bar".baz');
SELECT md5(''), md5('é'), encode('é', 'hex'), string_to_array('1,2,3', ',')::int[];
SELECT string_to_table('a,b,c', ',');
SELECT s.part, s.n FROM string_to_table('x y z', ' ') WITH ORDINALITY AS s (part, n) ORDER BY n DESC;
SELECT num_nulls(1, NULL, 'a', NULL), num_nonnulls(1, NULL, 'a'), pg_column_size(1) > 0;
SELECT casefold('x');
SELECT lower(1);
SELECT nosuchfunction(1);
SELECT substr('abc', 'x');
SELECT repeat('a', 2000000000);
SELECT upper('a', 'b');
