SELECT * FROM generate_series(1, 5)
SELECT * FROM generate_series(5, 1)
SELECT * FROM generate_series(5, 1, -2)
SELECT * FROM generate_series(1, 5, 0)
SELECT * FROM generate_series(1, NULL)
SELECT * FROM generate_series(2147483640, 2147483647, 5)
SELECT * FROM generate_series(9223372036854775800, 9223372036854775807, 5)
SELECT * FROM generate_series(-9223372036854775800, -9223372036854775808, -5)
SELECT * FROM generate_series(1.1, 4, 1.3)
SELECT * FROM generate_series(3.0, 1, -0.5)
SELECT * FROM generate_series(1.0, 3)
SELECT * FROM generate_series('NaN'::numeric, 3)
SELECT * FROM generate_series(1.0, 3, 0)
SELECT * FROM generate_series('2024-01-31'::timestamp, '2024-05-01', '1 month')
SELECT * FROM generate_series('2024-01-31'::timestamp, '2024-01-01', '-1 week')
SELECT * FROM generate_series('2024-03-30'::timestamptz, '2024-04-01', '12 hours')
SELECT * FROM generate_series('2024-01-01'::timestamp, '2024-01-02', '0')
SELECT count(*), sum(i) FROM generate_series(1, 1000000) i
SELECT a, b FROM generate_series(1, 3) a, generate_series(1, a) b
SELECT a, b FROM generate_series(1, 3) a CROSS JOIN LATERAL generate_series(a, 3) b
SELECT a, b FROM generate_series(1, 2) a LEFT JOIN generate_series(2, 3) b ON a = b
SELECT a, b FROM generate_series(1, 2) a JOIN generate_series(1, 2) b ON a < b
SELECT g, n FROM generate_series(7, 9) WITH ORDINALITY AS t(g, n)
SELECT (SELECT sum(x) FROM generate_series(1, y) x) FROM generate_series(1, 4) y
SELECT x, generate_series(1, x) FROM (VALUES (1), (2)) t(x)
SELECT generate_series(1, 3) * 2
SELECT generate_series(1, 1000000000) LIMIT 2
SELECT 5 IN (SELECT generate_series(1, 10))
SELECT x FROM generate_series(1, 10) x WHERE x % 4 = 0 ORDER BY x DESC
