# Looker Studio: pgjdbc, the extended protocol
protocol: extended

-- The connection test
SELECT 1

-- Tables
SELECT table_schema, table_name FROM information_schema.tables WHERE table_schema NOT IN ('pg_catalog', 'information_schema') ORDER BY table_schema, table_name

-- The fields of a table
SELECT * FROM public.visits LIMIT 1

-- The fields of a person's query
SELECT * FROM (SELECT ward, cost FROM visits) AS t LIMIT 0

-- A table chart
SELECT clmn0_, SUM(clmn1_) AS clmn100000_ FROM (SELECT ward AS clmn0_, cost AS clmn1_ FROM public.visits) AS t0 GROUP BY clmn0_ ORDER BY clmn100000_ DESC LIMIT 2000001

-- A time series
SELECT TO_CHAR(clmn0_, 'YYYYMMDD') AS clmn0_, COUNT(1) AS clmn100000_ FROM (SELECT * FROM (SELECT admitted AS clmn0_ FROM public.visits) AS t0 WHERE (clmn0_ >= '2024-01-01 00:00:00.000' AND clmn0_ <= '2024-01-31 23:59:59.999')) AS t1 GROUP BY 1 ORDER BY 1 ASC LIMIT 2000001

-- A score card
SELECT COUNT(DISTINCT patient_id) AS clmn100000_, AVG(cost) AS clmn100001_ FROM (SELECT patient_id, cost FROM public.visits) AS t0 LIMIT 2000001
