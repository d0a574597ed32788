# Tableau: psqlODBC, or pgjdbc in newer versions
protocol: simple
protocol: extended binary

-- How dates are written
SET DateStyle = 'ISO'

-- How many digits
SET extra_float_digits = 2

-- The isolation level
show transaction_isolation

-- Whether temporary tables can be made
--! differs on iris: a temporary table is 0A000 on IRIS
CREATE LOCAL TEMPORARY TABLE "#Tableau_1_probe_Connect" ( "COL" INTEGER ) ON COMMIT PRESERVE ROWS

-- And filled
--! differs on iris: a temporary table is 0A000 on IRIS
INSERT INTO "#Tableau_1_probe_Connect" ("COL") VALUES (1)

-- And joined, as the top of a filter is
--! differs on iris: a temporary table is 0A000 on IRIS
SELECT "visits"."ward" AS "ward", SUM("visits"."cost") AS "sum:cost:ok" FROM "public"."visits" "visits" INNER JOIN "#Tableau_1_probe_Connect" "t0" ON ("visits"."patient_id" >= "t0"."COL") GROUP BY 1 ORDER BY 1

-- And dropped
--! differs on iris: a temporary table is 0A000 on IRIS
DROP TABLE "#Tableau_1_probe_Connect"

-- SELECT INTO a temporary table
--! differs on iris: a temporary table is 0A000 on IRIS
SELECT TOP_.* INTO TEMPORARY TABLE "#Tableau_2" FROM (SELECT "wards"."code" AS "code" FROM "public"."wards" "wards") TOP_

-- What is in it
--! differs on iris: a temporary table is 0A000 on IRIS
SELECT count(*) FROM "#Tableau_2"

-- And dropped
--! differs on iris: a temporary table is 0A000 on IRIS
DROP TABLE "#Tableau_2"

-- Tables
select relname, nspname, relkind from pg_catalog.pg_class c, pg_catalog.pg_namespace n where relkind in ('r', 'v', 'm', 'f', 'p') and nspname not in ('pg_catalog', 'information_schema', 'pg_toast', 'pg_temp_1') and n.oid = relnamespace order by nspname, relname

-- Columns of a table
select n.nspname, c.relname, a.attname, a.atttypid, t.typname, a.attnum, a.attlen, a.atttypmod, a.attnotnull, c.relhasrules, c.relkind, c.oid, pg_get_expr(d.adbin, d.adrelid), case t.typtype when 'd' then t.typbasetype else 0 end, t.typtypmod, 0, attidentity, c.relhassubclass
from (((pg_catalog.pg_class c inner join pg_catalog.pg_namespace n on n.oid = c.relnamespace and c.relname like 'visits' and n.nspname like 'public') inner join pg_catalog.pg_attribute a on (not a.attisdropped) and a.attnum > 0 and a.attrelid = c.oid) inner join pg_catalog.pg_type t on t.oid = a.atttypid) left outer join pg_attrdef d on a.atthasdef and d.adrelid = a.attrelid and d.adnum = a.attnum order by n.nspname, c.relname, attnum

-- Its primary key
select ta.attname, ia.attnum, ic.relname, n.nspname, tc.relname from pg_catalog.pg_attribute ta, pg_catalog.pg_attribute ia, pg_catalog.pg_class tc, pg_catalog.pg_index i, pg_catalog.pg_namespace n, pg_catalog.pg_class ic where tc.relname = 'samples' AND n.nspname = 'lab' AND tc.oid = i.indrelid AND n.oid = tc.relnamespace AND i.indisprimary = 't' AND ia.attrelid = i.indexrelid AND ta.attrelid = i.indrelid AND ta.attnum = i.indkey[ia.attnum-1] AND (NOT ta.attisdropped) AND (NOT ia.attisdropped) AND ic.oid = i.indexrelid order by ia.attnum

-- Foreign keys, with actions as numbers
SELECT n2.nspname AS "PKTABLE_SCHEM", c2.relname AS "PKTABLE_NAME", a2.attname AS "PKCOLUMN_NAME", n.nspname AS "FKTABLE_SCHEM", c.relname AS "FKTABLE_NAME", a.attname AS "FKCOLUMN_NAME", pos.n::int2 AS "KEY_SEQ", CASE con.confupdtype WHEN 'c' THEN 0 WHEN 'n' THEN 2 WHEN 'd' THEN 4 WHEN 'r' THEN 1 WHEN 'a' THEN 3 END::int2 AS "UPDATE_RULE", con.conname AS "FK_NAME"
FROM pg_catalog.pg_namespace n2, pg_catalog.pg_class c2, pg_catalog.pg_attribute a2, pg_catalog.pg_namespace n, pg_catalog.pg_class c, pg_catalog.pg_attribute a, pg_catalog.pg_constraint con, pg_catalog.generate_series(1, 32) pos(n)
WHERE n2.oid = c2.relnamespace AND c2.oid = con.confrelid AND con.confkey[pos.n] = a2.attnum AND a2.attrelid = con.confrelid AND n.oid = c.relnamespace AND c.oid = con.conrelid AND con.conkey[pos.n] = a.attnum AND a.attrelid = con.conrelid AND con.contype = 'f' AND n.nspname = 'lab' ORDER BY 4, 5, 9, 7

-- Metadata of a query
SELECT * FROM "public"."patients" LIMIT 0

-- Metadata of a person's SQL
SELECT * FROM (select w.name, v.cost, v.admitted::date AS day from visits v join wards w on w.code = v.ward) "Custom SQL Query" LIMIT 0

-- The reading of a table through a cursor
BEGIN

-- It is declared
declare "SQL_CUR0x1" cursor with hold for SELECT "visits"."id" AS "id", "visits"."ward" AS "ward", CAST("visits"."kind" AS TEXT) AS "kind" FROM "public"."visits" "visits" ORDER BY "visits"."id"

-- And read
fetch 10 in "SQL_CUR0x1"

-- And read on
fetch 3 in "SQL_CUR0x1"

-- The transaction ends; the cursor stays
COMMIT

-- It goes on
fetch 2 in "SQL_CUR0x1"

-- And is closed
close "SQL_CUR0x1"

-- A bar chart
SELECT "wards"."name" AS "name", SUM("visits"."cost") AS "sum:cost:ok" FROM "public"."visits" "visits" INNER JOIN "public"."wards" "wards" ON ("visits"."ward" = "wards"."code") GROUP BY 1 ORDER BY 1

-- Months
SELECT DATE_TRUNC( 'MONTH', CAST("visits"."admitted" AS TIMESTAMP) ) AS "tmn:admitted:ok", AVG("visits"."score") AS "avg:score:ok", COUNT(DISTINCT "visits"."patient_id") AS "ctd:patient_id:ok" FROM "public"."visits" "visits" GROUP BY 1 ORDER BY 1

-- Parts of a date
SELECT CAST(TRUNC(EXTRACT(YEAR FROM "visits"."admitted")) AS INTEGER) AS "yr:admitted:ok", CAST(TRUNC(EXTRACT(QUARTER FROM "visits"."admitted")) AS INTEGER) AS "qr:admitted:ok", (1 + CAST(EXTRACT(DOW FROM "visits"."admitted") AS INTEGER)) AS "wd:admitted:ok", SUM(1) AS "sum:Number of Records:ok" FROM "public"."visits" "visits" GROUP BY 1, 2, 3 ORDER BY 1, 2, 3 LIMIT 30

-- The first day of a week, and a month with days added
SELECT CAST((DATE_TRUNC( 'DAY', CAST("visits"."admitted" AS DATE) ) + (-EXTRACT(DOW FROM "visits"."admitted") * INTERVAL '1 DAY')) AS DATE) AS "twk:admitted:ok", COUNT("visits"."id") AS "cnt:id:ok" FROM "public"."visits" "visits" WHERE (("visits"."admitted" >= (TIMESTAMP '2024-01-01 00:00:00.000')) AND ("visits"."admitted" <= (TIMESTAMP '2024-02-29 23:59:59.000'))) GROUP BY 1 ORDER BY 1

-- A filter of a list, with NULL
SELECT "patients"."last_name" AS "last_name", SUM("patients"."balance") AS "sum:balance:ok" FROM "public"."patients" "patients" WHERE (("patients"."first_name" IN ('Ada', 'Dai')) OR ("patients"."first_name" IS NULL)) GROUP BY 1 ORDER BY 1

-- A top N with HAVING
SELECT "t0"."ward" AS "ward", "t1"."x" AS "x" FROM (SELECT "visits"."ward" AS "ward" FROM "public"."visits" "visits" GROUP BY 1) "t0" INNER JOIN (SELECT "visits"."ward" AS "ward", SUM("visits"."cost") AS "x" FROM "public"."visits" "visits" GROUP BY 1 HAVING (COUNT(1) > 5) ORDER BY 2 DESC LIMIT 2) "t1" ON (("t0"."ward" = "t1"."ward") OR (("t0"."ward" IS NULL) AND ("t1"."ward" IS NULL))) ORDER BY 2 DESC

-- A level of detail
SELECT AVG("t0"."c") AS "avg" FROM (SELECT "visits"."patient_id" AS "patient_id", COUNT(1) AS "c" FROM "public"."visits" "visits" GROUP BY 1) "t0" HAVING (COUNT(1) > 0)

-- Texts of a calculation
SELECT (CASE WHEN ("patients"."balance" > 500) THEN 'high' ELSE 'low' END) AS "Calculation_1", SUBSTR("patients"."last_name", 1, 3) AS "Calculation_2", STRPOS("patients"."last_name", 'u') AS "Calculation_3", (CASE WHEN "patients"."sex" = 'F' THEN TRUE WHEN NOT "patients"."sex" = 'F' THEN FALSE ELSE NULL END) AS "Calculation_4" FROM "public"."patients" "patients" ORDER BY "patients"."id" LIMIT 20
