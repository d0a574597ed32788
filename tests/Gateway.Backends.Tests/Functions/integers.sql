1 + 1
2147483647 + 1
-2147483648 - 1
2147483647 * 2
32767::int2 + 1::int2
9223372036854775807 + 1
9223372036854775807 * 2
-9223372036854775808
(-9223372036854775808) / -1
(-9223372036854775808) % -1
(-2147483648)::int4 / -1
7 / 2, -7 / 2, 7 % -3, -7 % 3
1 / 0
1 % 0
5::int8 / 0
abs(-5), abs(-5::int8), @ -3
abs((-2147483648)::int4)
-5::int2, +5, - (5)
91 & 15, 32 | 3, 17 # 5, ~1, 1 << 4, 8 >> 2
1::int8 << 40, 1::int2 << 3
1 << 33
gcd(1071, 462), lcm(1071, 462), gcd(0, 5), lcm(0, 5)
gcd(12::int8, -18), lcm(12::int8, 18)
to_hex(255), to_hex(-1), to_hex(255::int8), to_hex(-1::int8)
1::int2 + 2::int4, 1::int2 + 2::int8, pg_typeof(1::int2 + 2::int8)
mod(10, 3), mod(10::int8, 3), mod(-10::int2, 3::int2)
1 < 2, 1 = 1.0, 1::int2 = 1::int8, 2 <> 2, 3 >= 4
1 BETWEEN 0 AND 2, 5 NOT BETWEEN SYMMETRIC 9 AND 1
1 IN (1, 2, 3), 5 NOT IN (1, 2, NULL), NULL IN (1), 1 IN (NULL, 1)
greatest(1, NULL, 3), least(1, NULL, 3), greatest(NULL::int, NULL)
coalesce(NULL, NULL, 3), nullif(1, 1), nullif(1, 2)
CASE WHEN 1 = 2 THEN 'a' WHEN true THEN 'b' END, CASE 3 WHEN 1 THEN 'x' ELSE 'y' END
CASE 1.0 WHEN 1 THEN 'x' ELSE 'y' END
1 IS DISTINCT FROM NULL, NULL IS NOT DISTINCT FROM NULL, 1 IS DISTINCT FROM 1
true AND NULL, false AND NULL, true OR NULL, NOT NULL::bool, NULL IS UNKNOWN, true IS NOT TRUE
100000 * 100000
100000::int8 * 100000
'12'::int4, '12'::int8 + 1, ' 42 '::int
'x'::int
'99999999999'::int
300::int2, 70000::int2
3000000000::int8::int4
1::bool, 0::bool, true::int, 'yes'::bool, 't'::boolean::text, false::text
5::text || 'x', 5 || 'x', 'x' || 5.50
width_bucket(5.35, 0.024, 10.06, 5), width_bucket(5.35::float8, 0.024, 10.06, 5)
12::money, '$1,000.50'::money + 1::money, '10.00'::money * 3, '10.00'::money / 4, '10'::money / '4'::money
1::oid, 4294967295::oid, (-1)::int8::oid
factorial(5), factorial(20), factorial(-1)
