SELECT 'abcd' ~ 'ab|abcd', substring('abcd' from 'ab|abcd'), substring('foobar' from 'o(.)b'), regexp_replace('abcd', 'a|ab|abc', 'X'), regexp_match('xyz123', '[a-z]+|[0-9]+')
SELECT regexp_matches('foobarbequebazilbarfbonk', '(b[^b]+)(b[^b]+)', 'g'), regexp_split_to_array('the quick brown', '\s+'), regexp_split_to_array('the quick', '\s*')
SELECT regexp_replace('aXbxc', 'x', '-', 'gi'), regexp_count('ÄäA', '[äa]', 1, 'i'), 'Straße' ~* 'STRASSE', 'ÉTÉ' ~* 'été', 'été' ~ '^\w+$', 'ete' ~ '^[[:alpha:]]+$', 'é' ~ '[[:alpha:]]', 'a b' ~ '\ya\y', '1' ~ '\d', 'x' ~ '\D', E'\t' ~ '\s'
SELECT regexp_replace('aab', 'a*(ab)?', 'X'), regexp_match('aab', '(a*)(ab)?(b*)'), regexp_match('abcd', '(a|ab)(c|bcd)(d*)'), substring('XY1234Z', 'Y*([0-9]{1,3})'), substring('XY1234Z', 'Y*?([0-9]{1,3})')
SELECT 'abc' similar to 'a(b|x)%', 'aXc' similar to 'a[A-Z]c', 'a1' similar to '[[:alpha:]][[:digit:]]', 'a%c' similar to 'a\%c', 'abc' not similar to 'abd', 'a.c' similar to 'a.c', 'abc' similar to 'a.c', 'aac' similar to 'a{2}c', 'ab' similar to 'a|b|ab'
SELECT substring('Thomas' similar '%#"o_a#"_' escape '#'), substring('abcdefg' similar 'a#"%#"g' escape '#'), substring('abcdefg' similar '%#"d%#"' escape '#')
SELECT substring('abc' from 'a(b)?(x)?'), regexp_match('abc', 'a(b)?(x)?'), regexp_replace('abc', '(b)', '[\1\&]'), 'a\b' ~ 'a\\b', 'ab' ~ 'a\.b', '{' ~ '\{', 'a{' ~ 'a{', regexp_replace('a.b.c', '.', 'x', 'g'), regexp_replace('a+b', '+', 'x', 'gq')
SELECT regexp_instr('abcabc', 'c', 1, 2, 1), regexp_instr('abc', 'x'), regexp_substr('abc', '(a)(b)', 1, 1, '', 2), regexp_instr('hello world', '(o)( )(w)', 1, 1, 0, '', 3), regexp_substr('hello', 'l(l)', 1, 1, '', 1)
SELECT regexp_instr('abc', 'b', 0)
SELECT regexp_substr('abc', 'b', 1, 0)
SELECT regexp_replace('abc def', '\m(.)', '<\1>', 'g'), regexp_matches('ab12', '([a-z]+)([0-9]+)'), regexp_replace('line1' || chr(10) || 'line2', '^', '> ', 'gn'), regexp_match('a' || chr(10) || 'b', 'a.b'), regexp_match('a' || chr(10) || 'b', 'a.b', 'n')
SELECT 'abc' ~ '[', 'x'
SELECT 'abc' ~ '(', 'x'
SELECT 'abc' ~ 'a**', 'x'
SELECT 'foo.bar@x.com' ~ '^[A-Za-z0-9._%-]+@[A-Za-z0-9.-]+[.][A-Za-z]+$', 'a-b' ~ '[a\-z]', 'a]b' ~ '[]]', 'x^' ~ '[x^]', '-' ~ '[a-]', regexp_replace('  trim  ', '^\s+|\s+$', '', 'g'), regexp_split_to_array('a,b;c', '[,;]'), regexp_replace('2024-01-02', '(\d+)-(\d+)-(\d+)', '\3/\2/\1')
SELECT upper('äöüab'), lower('ÄÖÜAB'), initcap('hELLO wORLD éa x1y'), 'Ä' ilike 'ä', 'abc' ilike 'AB%', 'ÄB' ~* 'äb', 'AB' ~* 'ab'
SELECT '🙂' ~ '^.$' AS one, 'a🙂' ~ 'a.$' AS two, '🙂🙂' ~ '^[🙂]+$' AS set, '🙂' ~ '^[🙂]$', '🙂🙂' ~ '^🙂+$', '🙂' ~ '^[^a]$', '🙂' ~ '^[^🙂]$', '🙃' ~ '^[^🙂]$', '🙂' ~ '^\W$', 'a' ~ '^[^🙂]$', regexp_replace('a🙂b', '.', 'x', 'g'), regexp_split_to_array('a🙂b', ''), regexp_count('🙂🙂', '.')
SELECT 'abc' ~ 'a{2'
SELECT 'aXb' ~ 'a(?i)x'
SELECT 'abc' ~ '(?i)AB', 'a' || chr(10) || 'b' ~ 'a.b'
