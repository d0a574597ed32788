1.5 + 2.25, 1.10 - 0.1, 1.5 * 2.25, 10.0 / 3, 1 / 3.0, 7.5 % 2
1.0 / 0
0.1 + 0.2, 1.00 = 1.0, 1.1 > 1.09, -1.5 < -1.4
round(2.5), round(-2.5), round(2.567, 2), round(1234.5, -2), trunc(2.567, 2), trunc(-2.9)
ceil(2.1), floor(-2.1), ceiling(-0.5), sign(-2.5), abs(-2.5)
sqrt(2.0), sqrt(2), exp(1.0), ln(10.0), log(100.0), log(2.0, 64.0), log10(1000.0)
power(2.0, 10), power(2.0, 0.5), 2.0 ^ -2, power(10, 2)
sqrt(-1.0)
ln(0.0)
log(0.0)
power(0.0, -1)
power(-8.0, 0.5)
div(7.5, 2), mod(7.5, 2), gcd(10.5, 3.5), lcm(2.0, 3)
scale(1.500), min_scale(1.500), trim_scale(1.500)
1.5::int, 2.5::int, -2.5::int, 2.4::int8, 99999999999.0::int
99999999999.0::int2
'NaN'::numeric, 'NaN'::numeric + 1, 'Infinity'::numeric, 'Infinity'::numeric - 'Infinity'::numeric
'NaN'::numeric::int
123.456::numeric(5,2), 123.456::numeric(5,1), 0.005::numeric(3,2)
1234.5::numeric(5,2)
'12.345'::numeric(4,1)
1e10::numeric, 1.5e-3, 12345678901234567890
1.5::float8, 1.5::float4, 1::numeric, 1.5::text
greatest(1.5, 2, 1.50), least(1.50, 1.5), 1.50 IN (1.5), 1.5 BETWEEN 1 AND 2
CASE 1.50 WHEN 1.5 THEN 'same' END, nullif(1.50, 1.5), 1.5 IS DISTINCT FROM 1.50
sum(x) FROM (VALUES (1.5), (2.25), (NULL)) t(x)
avg(x), min(x), max(x), count(x) FROM (VALUES (1.5), (2.25), (NULL), (10)) t(x)
stddev(x), variance(x), stddev_pop(x), var_pop(x) FROM (VALUES (1.5), (2.25), (10)) t(x)
-(-1.5), + 1.5, @ -1.5
width_bucket(5.35, 0.024, 10.06, 5), width_bucket(20.0, 0, 10, 5), width_bucket(-1.0, 0, 10, 5)
width_bucket(1.0, 1, 1, 5)
count(DISTINCT x) FROM (VALUES (1.0), (1.00), (2)) t(x)
SELECT x FROM (VALUES (10.0), (9.5), (NULL), (-1)) t(x) ORDER BY x
SELECT x FROM (VALUES (10.0), (9.5), (NULL), (-1)) t(x) ORDER BY x DESC
SELECT x, count(*) FROM (VALUES (1.0), (1.0), (2)) t(x) GROUP BY x ORDER BY 2 DESC
