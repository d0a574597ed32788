# Metabase: pgjdbc's extended protocol
protocol: extended
protocol: extended binary

-- What the pool sets on a connection
--! simple
SET extra_float_digits = 2

-- The transaction level of every query
SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL READ UNCOMMITTED

-- The connection test
SELECT 1

-- Whether the connection of the pool is alive
SELECT 1 AS "?"

-- The time zone of reports
SET SESSION TIMEZONE TO 'Europe/Vienna'

-- The time zone of the database
show timezone

-- And back
SET SESSION TIMEZONE TO 'UTC'

-- The version
--! cut version: every server has its own
select version()

-- The clock: zone and offset
SELECT to_char(timestamptz '2024-03-01 10:20:30.456+00', 'YYYY-MM-DD HH24:MI:SS.MS TZ') AS now

-- Schemas
SELECT nspname AS "TABLE_SCHEM", NULL AS "TABLE_CATALOG" FROM pg_catalog.pg_namespace WHERE nspname <> 'pg_toast' AND (nspname !~ '^pg_temp_' OR nspname = (pg_catalog.current_schemas(true))[1]) AND (nspname !~ '^pg_toast_temp_' OR nspname = replace((pg_catalog.current_schemas(true))[1], 'pg_temp_', 'pg_toast_temp_')) ORDER BY "TABLE_SCHEM"

-- What the user may do with every table
with rights as (
    select null as role, t.schemaname as schema, t.objectname as table,
        pg_catalog.has_table_privilege(current_user, '"' || replace(t.schemaname, '"', '""') || '"."' || replace(t.objectname, '"', '""') || '"', 'SELECT') as select,
        pg_catalog.has_any_column_privilege(current_user, '"' || replace(t.schemaname, '"', '""') || '"."' || replace(t.objectname, '"', '""') || '"', 'update') as update,
        pg_catalog.has_any_column_privilege(current_user, '"' || replace(t.schemaname, '"', '""') || '"."' || replace(t.objectname, '"', '""') || '"', 'insert') as insert,
        pg_catalog.has_table_privilege(current_user, '"' || replace(t.schemaname, '"', '""') || '"."' || replace(t.objectname, '"', '""') || '"', 'DELETE') as delete
    from (select schemaname, tablename as objectname from pg_catalog.pg_tables union select schemaname, viewname as objectname from pg_catalog.pg_views union select schemaname, matviewname as objectname from pg_catalog.pg_matviews) t
    where t.schemaname !~ '^pg_' and t.schemaname <> 'information_schema' and pg_catalog.has_schema_privilege(current_user, t.schemaname, 'usage'))
select t.* from rights t where t.select or t.update or t.insert or t.delete order by 2, 3

-- Tables with their kind, comment and an estimate of their rows
SELECT n.nspname AS schema, c.relname AS name, CASE c.relkind WHEN 'r' THEN 'TABLE' WHEN 'p' THEN 'PARTITIONED TABLE' WHEN 'v' THEN 'VIEW' WHEN 'f' THEN 'FOREIGN TABLE' WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE NULL END AS type, d.description AS description
FROM pg_catalog.pg_class AS c INNER JOIN pg_catalog.pg_namespace AS n ON c.relnamespace = n.oid LEFT JOIN pg_catalog.pg_description AS d ON (c.oid = d.objoid) AND (d.objsubid = 0) AND (d.classoid = 'pg_class'::regclass) LEFT JOIN pg_stat_user_tables AS stat ON (n.nspname = stat.schemaname) AND (c.relname = stat.relname)
WHERE (c.relnamespace = n.oid) AND (n.nspname !~ '^pg_') AND (n.nspname <> 'information_schema') AND c.relkind IN ('r', 'p', 'v', 'f', 'm') AND (n.nspname IN ($1, $2)) ORDER BY type, schema, name
--! bind varchar = public
--! bind varchar = lab

-- Fields of all tables
SELECT c.column_name AS "name", CASE WHEN c.udt_schema IN ('public', 'pg_catalog') THEN FORMAT('%s', c.udt_name) ELSE FORMAT('"%s"."%s"', c.udt_schema, c.udt_name) END AS "database-type", c.ordinal_position - 1 AS "database-position", c.table_schema AS "table-schema", c.table_name AS "table-name", pk.column_name IS NOT NULL AS "pk?",
    COL_DESCRIPTION(CAST(CAST(FORMAT('%I.%I', CAST(c.table_schema AS TEXT), CAST(c.table_name AS TEXT)) AS REGCLASS) AS OID), c.ordinal_position) AS "field-comment",
    ((c.column_default IS NULL) OR (LOWER(c.column_default) = 'null')) AND (c.is_nullable = 'NO') AND NOT (((c.column_default IS NOT NULL) AND (c.column_default LIKE '%nextval(%')) OR (c.is_identity <> 'NO')) AS "database-required",
    ((c.column_default IS NOT NULL) AND (c.column_default LIKE '%nextval(%')) OR (c.is_identity <> 'NO') AS "database-is-auto-increment"
FROM information_schema.columns AS c LEFT JOIN (SELECT tc.table_schema, tc.table_name, kc.column_name FROM information_schema.table_constraints AS tc INNER JOIN information_schema.key_column_usage AS kc ON (tc.constraint_name = kc.constraint_name) AND (tc.table_schema = kc.table_schema) AND (tc.table_name = kc.table_name) WHERE tc.constraint_type = 'PRIMARY KEY') AS pk
    ON (c.table_schema = pk.table_schema) AND (c.table_name = pk.table_name) AND (c.column_name = pk.column_name)
WHERE (c.table_schema !~ '^information_schema|catalog_history|pg_') AND (c.table_schema IN ('public', 'lab'))
UNION ALL SELECT pa.attname AS "name", CASE WHEN ptn.nspname IN ('public', 'pg_catalog') THEN FORMAT('%s', pt.typname) ELSE FORMAT('"%s"."%s"', ptn.nspname, pt.typname) END AS "database-type", pa.attnum - 1 AS "database-position", pn.nspname AS "table-schema", pc.relname AS "table-name", FALSE AS "pk?", NULL AS "field-comment", FALSE AS "database-required", FALSE AS "database-is-auto-increment"
FROM pg_catalog.pg_class AS pc INNER JOIN pg_catalog.pg_namespace AS pn ON pn.oid = pc.relnamespace INNER JOIN pg_catalog.pg_attribute AS pa ON pa.attrelid = pc.oid INNER JOIN pg_catalog.pg_type AS pt ON pt.oid = pa.atttypid INNER JOIN pg_catalog.pg_namespace AS ptn ON ptn.oid = pt.typnamespace WHERE (pc.relkind = 'm') AND (pa.attnum >= 1)
ORDER BY "table-schema", "table-name", "database-position"

-- Foreign keys
SELECT fk_ns.nspname AS "fk-table-schema", fk_table.relname AS "fk-table-name", fk_column.attname AS "fk-column-name", pk_ns.nspname AS "pk-table-schema", pk_table.relname AS "pk-table-name", pk_column.attname AS "pk-column-name"
FROM pg_constraint AS c INNER JOIN pg_class AS fk_table ON c.conrelid = fk_table.oid INNER JOIN pg_namespace AS fk_ns ON c.connamespace = fk_ns.oid INNER JOIN pg_attribute AS fk_column ON c.conrelid = fk_column.attrelid INNER JOIN pg_class AS pk_table ON c.confrelid = pk_table.oid INNER JOIN pg_namespace AS pk_ns ON pk_table.relnamespace = pk_ns.oid INNER JOIN pg_attribute AS pk_column ON c.confrelid = pk_column.attrelid
WHERE (fk_ns.nspname !~ '^information_schema|catalog_history|pg_') AND (c.contype = 'f'::char) AND (fk_column.attnum = ANY(c.conkey)) AND (pk_column.attnum = ANY(c.confkey)) AND (ARRAY_LENGTH(c.confkey, 1) = 1) AND (ARRAY_LENGTH(c.conkey, 1) = 1) ORDER BY 1, 2, 3

-- Indexes
SELECT DISTINCT tmp.* FROM (SELECT n.nspname AS "table-schema", t.relname AS "table-name", information_schema._pg_expandarray(ix.indkey) AS keys, ix.indrelid, ix.indexrelid FROM pg_catalog.pg_index ix JOIN pg_catalog.pg_class t ON t.oid = ix.indrelid JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace WHERE ix.indpred IS NULL AND n.nspname = 'public') tmp2,
    LATERAL (SELECT tmp2."table-schema", tmp2."table-name", TRIM(BOTH '"' FROM pg_catalog.pg_get_indexdef(tmp2.indexrelid, (tmp2.keys).n, false)) AS "field-name") tmp ORDER BY 1, 2, 3

-- Indexes by the driver's metadata
SELECT NULL AS TABLE_CAT, n.nspname AS TABLE_SCHEM, ct.relname AS TABLE_NAME, NOT i.indisunique AS NON_UNIQUE, NULL AS INDEX_QUALIFIER, ci.relname AS INDEX_NAME, CASE i.indisclustered WHEN true THEN 1 ELSE CASE am.amname WHEN 'hash' THEN 2 ELSE 3 END END AS TYPE, (information_schema._pg_expandarray(i.indkey)).n AS ORDINAL_POSITION, pg_catalog.pg_get_expr(i.indpred, i.indrelid) AS FILTER_CONDITION
FROM pg_catalog.pg_class ct JOIN pg_catalog.pg_namespace n ON (ct.relnamespace = n.oid) JOIN pg_catalog.pg_index i ON (ct.oid = i.indrelid) JOIN pg_catalog.pg_class ci ON (ci.oid = i.indexrelid) JOIN pg_catalog.pg_am am ON (ci.relam = am.oid) WHERE true AND n.nspname = $1 AND ct.relname = $2 ORDER BY NON_UNIQUE, TYPE, INDEX_NAME, ORDINAL_POSITION
--! bind varchar = public
--! bind varchar = patients

-- Enumerations
SELECT nspname, typname, enumlabel FROM pg_enum INNER JOIN pg_type ON pg_type.oid = pg_enum.enumtypid INNER JOIN pg_namespace ON pg_type.typnamespace = pg_namespace.oid ORDER BY nspname, typname, enumlabel

-- Whether a table can be read at all
SELECT TRUE AS "_" FROM "public"."visits" WHERE 1 <> 1 LIMIT 0

-- Rows of a table
SELECT COUNT(*) AS "count" FROM "public"."patients"

-- Fingerprint: a sample of the columns, texts cut short
SELECT "public"."patients"."id" AS "id", SUBSTRING("public"."patients"."last_name", 1, 1234) AS "substring1", SUBSTRING("public"."patients"."mrn", 1, 1234) AS "substring2", "public"."patients"."born" AS "born", "public"."patients"."sex" AS "sex", "public"."patients"."insured" AS "insured", "public"."patients"."balance" AS "balance", "public"."patients"."ref" AS "ref", "public"."patients"."updated" AS "updated" FROM "public"."patients" ORDER BY "public"."patients"."id" ASC LIMIT 10000

-- Field values for a filter
SELECT "public"."visits"."kind" AS "kind" FROM "public"."visits" GROUP BY "public"."visits"."kind" ORDER BY "public"."visits"."kind" ASC LIMIT 1000

-- Fields in a JSON column
SELECT "extra" FROM "public"."patients" WHERE "extra" IS NOT NULL ORDER BY "id" LIMIT 500

-- A question of nothing but a table, as every question with a comment before it
-- Metabase:: userID: 1 queryType: MBQL queryHash: 0123456789abcdef
SELECT "public"."wards"."code" AS "code", "public"."wards"."name" AS "name", "public"."wards"."beds" AS "beds", "public"."wards"."opened" AS "opened" FROM "public"."wards" LIMIT 2000

-- Count by month
SELECT CAST(DATE_TRUNC('month', "public"."visits"."admitted") AS date) AS "admitted", COUNT(*) AS "count" FROM "public"."visits" GROUP BY CAST(DATE_TRUNC('month', "public"."visits"."admitted") AS date) ORDER BY CAST(DATE_TRUNC('month', "public"."visits"."admitted") AS date) ASC

-- Count by day in the report's time zone
SELECT CAST("public"."visits"."admitted" AT TIME ZONE 'Europe/Vienna' AS date) AS "admitted", COUNT(*) AS "count" FROM "public"."visits" WHERE "public"."visits"."id" < 20 GROUP BY CAST("public"."visits"."admitted" AT TIME ZONE 'Europe/Vienna' AS date) ORDER BY CAST("public"."visits"."admitted" AT TIME ZONE 'Europe/Vienna' AS date) ASC

-- Week that begins on Sunday
SELECT (DATE_TRUNC('week', ("public"."visits"."admitted" + INTERVAL '1 day')) + INTERVAL '-1 day') AS "admitted", SUM("public"."visits"."cost") AS "sum", COUNT(distinct "public"."visits"."patient_id") AS "count" FROM "public"."visits" GROUP BY (DATE_TRUNC('week', ("public"."visits"."admitted" + INTERVAL '1 day')) + INTERVAL '-1 day') ORDER BY (DATE_TRUNC('week', ("public"."visits"."admitted" + INTERVAL '1 day')) + INTERVAL '-1 day') ASC

-- Hour, quarter and minute buckets
SELECT DATE_TRUNC('hour', "public"."visits"."admitted") AS "hour", DATE_TRUNC('quarter', "public"."visits"."admitted") AS "quarter", DATE_TRUNC('minute', "public"."visits"."admitted") AS "minute", DATE_TRUNC('year', "public"."visits"."admitted") AS "year" FROM "public"."visits" ORDER BY "public"."visits"."id" LIMIT 10

-- Parts of a date
SELECT CAST(extract(hour from "public"."visits"."admitted") AS integer) AS "hour", CAST(extract(dow from "public"."visits"."admitted") AS integer) + 1 AS "dow", CAST(extract(day from "public"."visits"."admitted") AS integer) AS "day", CAST(extract(doy from "public"."visits"."admitted") AS integer) AS "doy", CAST(extract(week from "public"."visits"."admitted") AS integer) AS "week", CAST(extract(month from "public"."visits"."admitted") AS integer) AS "month", CAST(extract(quarter from "public"."visits"."admitted") AS integer) AS "quarter", CAST(extract(isodow from "public"."visits"."admitted") AS integer) AS "isodow" FROM "public"."visits" ORDER BY "public"."visits"."id" LIMIT 20

-- Week of the year, the way of the US
SELECT CAST(CEIL(((extract(doy from "public"."visits"."admitted") + 6) / 7.0)) AS integer) AS "week", COUNT(*) AS "count" FROM "public"."visits" GROUP BY CAST(CEIL(((extract(doy from "public"."visits"."admitted") + 6) / 7.0)) AS integer) ORDER BY 1

-- Filter: a month, as literals of the driver
SELECT COUNT(*) AS "count" FROM "public"."visits" WHERE ("public"."visits"."admitted" >= timestamp with time zone '2024-02-01 00:00:00.000Z') AND ("public"."visits"."admitted" < timestamp with time zone '2024-03-01 00:00:00.000Z')

-- Filter: the days before some day
SELECT COUNT(*) AS "count" FROM "public"."visits" WHERE ("public"."visits"."admitted" >= DATE_TRUNC('day', (timestamptz '2024-03-01 12:00+00' + INTERVAL '-30 day'))) AND ("public"."visits"."admitted" < DATE_TRUNC('day', timestamptz '2024-03-01 12:00+00'))

-- Filter: text parameters
SELECT "public"."visits"."id" AS "id" FROM "public"."visits" WHERE ("public"."visits"."kind" = $1) AND ("public"."visits"."ward" = $2) ORDER BY "public"."visits"."id" LIMIT 10
--! bind varchar = day
--! bind varchar = CAR

-- Filter: contains, ignoring case
SELECT COUNT(*) AS "count" FROM "public"."patients" WHERE (LOWER("public"."patients"."last_name") LIKE $1)
--! bind varchar = %ü%

-- Filter: not equal, NULL kept
SELECT COUNT(*) AS "count" FROM "public"."patients" WHERE ("public"."patients"."first_name" <> 'Ada') OR ("public"."patients"."first_name" IS NULL)

-- Filter: between, empty, one of
SELECT COUNT(*) AS "count" FROM "public"."patients" WHERE "public"."patients"."balance" BETWEEN 100 AND 500.5 AND (("public"."patients"."first_name" IS NULL) OR ("public"."patients"."first_name" = '') OR "public"."patients"."first_name" IN ('Ben', 'Dai'))

-- Bins of a number
SELECT ((FLOOR(("public"."visits"."cost" / 1250.0)) * 1250.0)) AS "cost", COUNT(*) AS "count" FROM "public"."visits" GROUP BY ((FLOOR(("public"."visits"."cost" / 1250.0)) * 1250.0)) ORDER BY ((FLOOR(("public"."visits"."cost" / 1250.0)) * 1250.0)) ASC

-- Percentile, median, deviation, variance
SELECT PERCENTILE_CONT(0.9) within group (order by "public"."visits"."cost") AS "percentile", PERCENTILE_CONT(0.5) within group (order by "public"."visits"."score") AS "median", STDDEV_POP("public"."visits"."score") AS "stddev", VAR_POP("public"."visits"."score") AS "var" FROM "public"."visits"

-- Custom expressions
SELECT CASE WHEN "public"."visits"."cost" > 2000 THEN 'dear' WHEN "public"."visits"."cost" <= 2000 THEN 'cheap' ELSE 'unknown' END AS "Price", CONCAT("public"."visits"."ward", ' / ', "public"."visits"."kind") AS "Label", ROUND("public"."visits"."cost") AS "Rounded", POWER("public"."visits"."score", 2) AS "Power", ABS("public"."visits"."score" - 5) AS "Abs", COALESCE("public"."visits"."cost", 0) AS "Cost", REPLACE("public"."visits"."kind", 'a', 'o') AS "Replaced", SUBSTRING("public"."visits"."kind" FROM '[aeiou]') AS "Vowel" FROM "public"."visits" ORDER BY "public"."visits"."id" LIMIT 20

-- Share of rows that meet a condition, sum where
SELECT CAST(SUM(CASE WHEN "public"."visits"."kind" = 'urgent' THEN 1 ELSE 0.0 END) AS float) / NULLIF(COUNT(*), 0) AS "share", SUM(CASE WHEN "public"."visits"."kind" = 'day' THEN "public"."visits"."cost" ELSE 0.0 END) AS "sum_where", CAST(SUM("public"."visits"."cost") AS float) / NULLIF(COUNT(distinct "public"."visits"."ward"), 0) AS "ratio" FROM "public"."visits"

-- Joins with the columns of the other table
SELECT "public"."visits"."id" AS "id", "Patients"."last_name" AS "Patients__last_name", "Wards - Ward"."name" AS "Wards - Ward__name" FROM "public"."visits" LEFT JOIN "public"."patients" AS "Patients" ON "public"."visits"."patient_id" = "Patients"."id" LEFT JOIN "public"."wards" AS "Wards - Ward" ON "public"."visits"."ward" = "Wards - Ward"."code" WHERE "Patients"."insured" = TRUE ORDER BY "public"."visits"."id" ASC LIMIT 15

-- A question on a question
SELECT "source"."Ward__name" AS "Ward__name", "source"."count" AS "count", "source"."sum" AS "sum" FROM (SELECT "Ward"."name" AS "Ward__name", COUNT(*) AS "count", SUM("public"."visits"."cost") AS "sum" FROM "public"."visits" LEFT JOIN "public"."wards" AS "Ward" ON "public"."visits"."ward" = "Ward"."code" GROUP BY "Ward"."name" ORDER BY "Ward"."name" ASC) AS "source" WHERE "source"."count" > 10 ORDER BY "source"."sum" DESC LIMIT 1048575

-- A pivot: every subtotal is a query with grouping columns
SELECT "public"."visits"."ward" AS "ward", DATE_TRUNC('quarter', "public"."visits"."admitted") AS "quarter", ABS(0) AS "pivot-grouping", COUNT(*) AS "count" FROM "public"."visits" GROUP BY "public"."visits"."ward", DATE_TRUNC('quarter', "public"."visits"."admitted"), ABS(0) ORDER BY "public"."visits"."ward" ASC, 2 ASC, 3 ASC

-- A value in a JSON column
SELECT ("public"."patients"."extra"#>> array[$1, $2]::text[])::double precision AS "extra → a → b", COUNT(*) AS "count" FROM "public"."patients" WHERE ("public"."patients"."extra"#>> array['smoker']::text[])::boolean = TRUE GROUP BY 1 ORDER BY 1 LIMIT 5
--! bind varchar = a
--! bind varchar = b

-- Cumulative count
SELECT CAST(DATE_TRUNC('month', "public"."visits"."admitted") AS date) AS "admitted", SUM(COUNT(*)) OVER (ORDER BY CAST(DATE_TRUNC('month', "public"."visits"."admitted") AS date) ASC ROWS UNBOUNDED PRECEDING) AS "count" FROM "public"."visits" GROUP BY CAST(DATE_TRUNC('month', "public"."visits"."admitted") AS date) ORDER BY 1 ASC

-- The month before, by an offset
SELECT "source"."admitted" AS "admitted", "source"."sum" AS "sum", LAG("source"."sum", 1) OVER (ORDER BY "source"."admitted" ASC) AS "before" FROM (SELECT DATE_TRUNC('month', "public"."visits"."admitted") AS "admitted", SUM("public"."visits"."cost") AS "sum" FROM "public"."visits" GROUP BY 1) AS "source" ORDER BY "source"."admitted"

-- Time between two dates
SELECT CAST(extract(epoch from ("public"."visits"."discharged" - "public"."visits"."admitted")) / 3600 AS integer) AS "hours", (CAST("public"."visits"."discharged" AS date) - CAST("public"."visits"."admitted" AS date)) AS "days", DATE_PART('year', AGE(timestamp '2024-06-01', timestamp '1990-07-02')) AS "years" FROM "public"."visits" WHERE "public"."visits"."discharged" IS NOT NULL ORDER BY "public"."visits"."id" LIMIT 10

-- A native question with a variable, and its field filter left out
SELECT ward, count(*) FROM visits WHERE kind = $1 AND 1 = 1 GROUP BY ward ORDER BY ward
--! bind varchar = planned

-- A native question that ends with a semicolon and a comment
SELECT count(*) FROM visits -- all of them

-- A mistake, whose place Metabase shows
--! fails
SELECT "public"."visits"."nosuch" FROM "public"."visits"
