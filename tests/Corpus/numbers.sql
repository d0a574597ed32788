-- Rounding.
SELECT round(2.5), round(-2.5), round(3.5), round(2.567, 2), round(1234.5, -2), round(2.5::float8), round(3.5::float8), round(-0.4), round(2.345, 2), round(1.005, 2);
SELECT trunc(2.9), trunc(-2.9), trunc(2.567, 2), trunc(1234.5, -2), trunc(2.9::float8), trunc(-2.9::float8);
SELECT ceil(2.1), ceil(-2.1), ceiling(2.0), floor(2.9), floor(-2.9), ceil(2.1::float8), floor(-2.1::float8), ceil(5), floor(5);
SELECT round(7), round(7::bigint), trunc(7), pg_typeof(round(7)), pg_typeof(round(7.5)), pg_typeof(floor(7));
SELECT round(cost), round(cost, 1), trunc(cost, 1), ceil(cost), floor(cost) FROM visits WHERE id < 14 ORDER BY id;
SELECT round(score::numeric, 1), round(score) FROM visits WHERE id < 20 ORDER BY id;
SELECT round(2.5::float8, 1);
-- Signs and sizes.
SELECT abs(-5), abs(5.5), abs(-5.5::float8), abs(-5::bigint), sign(-3), sign(0), sign(2.5), sign(-2.5::float8), @ (-7);
SELECT abs(n), sign(n) FROM samples ORDER BY id;
SELECT mod(7, 3), mod(-7, 3), mod(7, -3), mod(7.5, 2), mod(-7.5, 2), 7 % 3.5, div(7.5, 2), div(-7.5, 2);
SELECT mod(1, 0);
SELECT gcd(0, 5), gcd(-4, 6), lcm(0, 5), gcd(12::bigint, 18), gcd(1.5, 0.5), lcm(1.5, 2), factorial(0), factorial(20), factorial(25);
SELECT factorial(-1);
-- Powers and logarithms.
SELECT power(2, 10), power(2.0, 3), power(2::float8, 0.5), power(0, 0), power(4.0, -2), power(2.5, 1.5), pow(3, 2);
SELECT sqrt(16), sqrt(2), sqrt(2.0), sqrt(2::float8), cbrt(27), cbrt(-8), |/ 9;
SELECT exp(1), exp(0), exp(1.0), exp(2.5), ln(10), ln(2.5), ln(1::float8), log(100), log(1000.0), log10(1000), log(2, 8), log(2.0, 64.0);
SELECT sqrt(-1);
SELECT sqrt(-1.0);
SELECT ln(0);
SELECT ln(-1.0);
SELECT log(0.0);
SELECT power(-8, 0.5);
SELECT power(0, -1);
SELECT power(-2, 3), power(-2.0, 3), power(10, 20), power(10::numeric, 20);
SELECT exp(1000);
SELECT exp(1000.0) > 0, exp(-1000.0);
SELECT exp(-1000);
-- Trigonometry.
SELECT pi(), sin(0), cos(0), tan(0), asin(1), acos(1), atan(1), atan2(1, 1), degrees(pi()), radians(180);
SELECT round(sin(1)::numeric, 12), round(cos(1)::numeric, 12), round(tan(1)::numeric, 12), cot(1) > 0;
SELECT sind(30), cosd(60), tand(45);
SELECT asind(0.5), acosd(0.5), atand(1), cotd(45), atan2d(1, 1);
SELECT sinh(0), cosh(0), tanh(0), asinh(0), acosh(1), atanh(0);
SELECT asin(2);
SELECT acos(-1.5);
SELECT atanh(2);
-- Buckets and series.
SELECT width_bucket(5.35, 0.024, 10.06, 5), width_bucket(-1, 0, 10, 5), width_bucket(10, 0, 10, 5), width_bucket(5::float8, 0, 10, 2);
SELECT width_bucket(5, ARRAY[1, 3, 4, 7]);
SELECT width_bucket(5, 0, 0, 5);
SELECT width_bucket(cost, 0, 9000, 3) AS b, count(*) FROM visits GROUP BY b ORDER BY b;
SELECT generate_series(1, 3);
SELECT * FROM generate_series(1, 10, 3) g;
SELECT * FROM generate_series(5, 1, -2) AS g (n) ORDER BY n;
SELECT * FROM generate_series(1, 0);
SELECT * FROM generate_series(1.0, 2.0, 0.25) g;
SELECT * FROM generate_series(NULL, 3) g;
SELECT sum(g) FROM generate_series(1, 1000) g;
SELECT g, n FROM generate_series(10, 12) WITH ORDINALITY AS s (g, n) ORDER BY n;
SELECT g, h FROM generate_series(1, 2) g, generate_series(1, 2) h ORDER BY 1, 2;
SELECT id, generate_series(1, a) FROM nums WHERE id < 4 ORDER BY 1, 2;
SELECT generate_series(1, 3) AS g ORDER BY g DESC;
SELECT generate_series(1, 3) + 10 AS g;
SELECT generate_series(1, 2), generate_series(1, 3);
SELECT count(*) FROM (SELECT generate_series(1, 5)) x;
SELECT * FROM generate_series(1, 3, 0);
SELECT max(g) FROM generate_series(9223372036854775805, 9223372036854775807) g;
-- Randomness that can be checked.
SELECT random() BETWEEN 0 AND 1 AS ok, random() <> random() AS differ;
SELECT setseed(0.5);
SELECT count(*) BETWEEN 0 AND 8 AS ok FROM nums WHERE random() < 0.5;
-- Money-like arithmetic.
SELECT sum(cost), sum(round(cost * 0.19, 2)), round(sum(cost * 0.19), 2) FROM visits;
SELECT ward, sum(cost) / count(cost) = avg(cost) AS same FROM visits GROUP BY ward ORDER BY ward;
SELECT cost, cost / 3, cost * 1.075, cost - 1000, -cost FROM visits WHERE id < 4 ORDER BY id;
SELECT cost::int, cost::float8, cost::text, cost::numeric(6,1), cost::bigint FROM visits WHERE id < 4 ORDER BY id;
SELECT (cost * 100)::bigint % 97 AS m FROM visits WHERE id < 4 ORDER BY id;
SELECT 100 * sum(CASE WHEN kind = 'day' THEN 1 ELSE 0 END) / count(*) AS p, 100.0 * sum(CASE WHEN kind = 'day' THEN 1 ELSE 0 END) / count(*) AS q FROM visits;
SELECT salary * 12, salary / 12, round(salary / 12, 2), coalesce(salary, 0) + 100 FROM doctors ORDER BY id;
SELECT '12.5'::money, 12.5::money * 2, '$1,234.56'::money::numeric;
SELECT 1.23456789012345678901234567890 * 9.87654321098765432109876543210, 1e-10::numeric ^ 2, 2 ^ 0.5::numeric, 1234567890.123 ^ 3;
SELECT numeric_inc(1), float8(1), int4(2.5), int8('5');
SELECT numeric('1.5');
