# Superset: SQLAlchemy on psycopg2, the simple protocol
protocol: simple

-- The first words of psycopg2
BEGIN

-- The first words of SQLAlchemy
--! cut version: every server has its own
select pg_catalog.version()

-- The default schema
select current_schema()

-- How strings are written
show standard_conforming_strings

-- Whether text is Unicode
SELECT CAST('test unicode returns' AS VARCHAR(60)) AS anon_1

-- The isolation level
show transaction isolation level

-- Whether hstore is there
SELECT t.oid, typarray FROM pg_type t JOIN pg_namespace ns ON typnamespace = ns.oid WHERE typname = 'hstore';

-- The end of it
ROLLBACK

-- The connection test
SELECT 1

-- Databases, for catalogs
SELECT datname FROM pg_database WHERE NOT datistemplate AND datname = current_database()

-- Schemas
SELECT nspname FROM pg_namespace WHERE nspname NOT LIKE 'pg_%' ORDER BY nspname

-- Tables of a schema
SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public' AND c.relkind in ('r', 'p')

-- Views of a schema
SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public' AND c.relkind IN ('v', 'm')

-- Whether there is a table
select relname from pg_class c join pg_namespace n on n.oid=c.relnamespace where n.nspname='public' and relname='visits'

-- The OID of a table
--! keep visits
SELECT c.oid FROM pg_catalog.pg_class c LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE (n.nspname = 'public') AND c.relname = 'visits' AND c.relkind in ('r', 'v', 'm', 'f', 'p')

-- Its columns
SELECT a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod), (SELECT pg_catalog.pg_get_expr(d.adbin, d.adrelid) FROM pg_catalog.pg_attrdef d WHERE d.adrelid = a.attrelid AND d.adnum = a.attnum AND a.atthasdef) AS DEFAULT, a.attnotnull, a.attrelid as table_oid, pgd.description as comment, a.attgenerated as generated,
    (SELECT json_build_object('always', a.attidentity = 'a', 'start', s.seqstart, 'increment', s.seqincrement, 'minvalue', s.seqmin, 'maxvalue', s.seqmax, 'cache', s.seqcache, 'cycle', s.seqcycle) FROM pg_catalog.pg_sequence s JOIN pg_catalog.pg_class c on s.seqrelid = c."oid" WHERE c.relkind = 'S' AND a.attidentity != '' AND s.seqrelid = pg_catalog.pg_get_serial_sequence(a.attrelid::regclass::text, a.attname)::regclass::oid) as identity_options
FROM pg_catalog.pg_attribute a LEFT JOIN pg_catalog.pg_description pgd ON (pgd.objoid = a.attrelid AND pgd.objsubid = a.attnum) WHERE a.attrelid = {visits} AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum

-- Domains
SELECT t.typname as "name", pg_catalog.format_type(t.typbasetype, t.typtypmod) as "attype", not t.typnotnull as "nullable", t.typdefault as "default", pg_catalog.pg_type_is_visible(t.oid) as "visible", n.nspname as "schema" FROM pg_catalog.pg_type t LEFT JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace WHERE t.typtype = 'd' AND n.nspname NOT IN ('information_schema')

-- Enumerations
SELECT t.typname as "name", pg_catalog.pg_type_is_visible(t.oid) as "visible", n.nspname as "schema", e.enumlabel as "label" FROM pg_catalog.pg_type t LEFT JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace LEFT JOIN pg_catalog.pg_enum e ON t.oid = e.enumtypid WHERE t.typtype = 'e' ORDER BY "schema", "name", e.oid

-- Its primary key
SELECT a.attname FROM pg_attribute a JOIN (SELECT unnest(ix.indkey) attnum, generate_subscripts(ix.indkey, 1) ord FROM pg_index ix WHERE ix.indrelid = {visits} AND ix.indisprimary) k ON a.attnum=k.attnum WHERE a.attrelid = {visits} ORDER BY k.ord

-- The name of its key
SELECT conname FROM pg_catalog.pg_constraint r WHERE r.conrelid = {visits} AND r.contype = 'p' ORDER BY 1

-- Its foreign keys
SELECT r.conname, pg_catalog.pg_get_constraintdef(r.oid, true) as condef, n.nspname as conschema FROM pg_catalog.pg_constraint r, pg_namespace n, pg_class c WHERE r.conrelid = {visits} AND r.contype = 'f' AND c.oid = confrelid AND n.oid = c.relnamespace ORDER BY 1

-- Its indexes
SELECT i.relname as relname, ix.indisunique, ix.indexprs, a.attname, a.attnum, c.conrelid, ix.indkey::varchar, ix.indoption::varchar, i.reloptions, am.amname, pg_get_expr(ix.indpred, ix.indrelid), ix.indnkeyatts as indnkeyatts
FROM pg_class t join pg_index ix on t.oid = ix.indrelid join pg_class i on i.oid = ix.indexrelid left outer join pg_attribute a on t.oid = a.attrelid and a.attnum = ANY(ix.indkey) left outer join pg_constraint c on (ix.indrelid = c.conrelid and ix.indexrelid = c.conindid and c.contype in ('p', 'u', 'x')) left outer join pg_am am on i.relam = am.oid
WHERE t.relkind IN ('r', 'v', 'f', 'm', 'p') and t.oid = {visits} and ix.indisprimary = 'f' ORDER BY t.relname, i.relname

-- Its unique constraints
SELECT cons.conname as name, cons.conkey as key, a.attnum as col_num, a.attname as col_name FROM pg_catalog.pg_constraint cons join pg_attribute a on cons.conrelid = a.attrelid AND a.attnum = ANY(cons.conkey) WHERE cons.conrelid = {visits} AND cons.contype = 'u'

-- Its checks
SELECT cons.conname as name, pg_get_constraintdef(cons.oid) as src FROM pg_catalog.pg_constraint cons WHERE cons.conrelid = {visits} AND cons.contype = 'c'

-- Its comment
SELECT pgd.description as table_comment FROM pg_catalog.pg_description pgd WHERE pgd.objsubid = 0 AND pgd.objoid = 'public.patients'::regclass

-- The text of a view
SELECT pg_get_viewdef(c.oid) view_def FROM pg_class c LEFT JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public' AND c.relname = 'ward_load' AND c.relkind IN ('v', 'm')

-- The process, kept for Stop
--! keep pid
--! cut pg_backend_pid: every session has its own
SELECT pg_backend_pid()

-- Whether it is there, as the Stop button asks before it ends it
--! cut pid: every session has its own
SELECT pid FROM pg_stat_activity WHERE pid='{pid}'

-- The Stop button, for a session that is gone already
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid='999999999'

-- The search path of the chosen schema
set search_path = "public"

-- SQL Lab: a preview
SELECT id AS id, mrn AS mrn, last_name AS last_name, tags AS tags, extra AS extra FROM public.patients
LIMIT 101

-- SQL Lab: a statement of a person, with its LIMIT added
SELECT ward, count(*) AS n FROM visits GROUP BY ward ORDER BY n DESC, ward
LIMIT 1001

-- SQL Lab: a WITH whose LIMIT is lowered
WITH x AS (SELECT * FROM visits WHERE kind = 'day') SELECT id, cost FROM x ORDER BY cost DESC NULLS LAST, id LIMIT 11

-- SQL Lab: CREATE TABLE AS
CREATE TABLE public.tmp_superset AS SELECT ward, count(*) AS n FROM visits GROUP BY ward

-- What was made
SELECT * FROM public.tmp_superset ORDER BY ward
LIMIT 1000

-- And gone
DROP TABLE public.tmp_superset

-- SQL Lab: CREATE VIEW AS
CREATE VIEW public.tmp_view AS SELECT ward, sum(cost) AS cost FROM visits GROUP BY ward

-- Its columns are looked at by a query without rows
SELECT * FROM public.tmp_view LIMIT 0

-- And gone
DROP VIEW public.tmp_view

-- The estimate of a query's cost
--! shape: costs and rows are the gateway's own estimates
--! differs on iris: the gateway tells what it sends to IRIS, not a plan
EXPLAIN SELECT * FROM visits

-- A chart: days
SELECT DATE_TRUNC('day', admitted) AS admitted, COUNT(*) AS count FROM public.visits WHERE admitted >= TO_TIMESTAMP('2024-01-01 00:00:00.000000', 'YYYY-MM-DD HH24:MI:SS.US') AND admitted < TO_TIMESTAMP('2024-02-01 00:00:00.000000', 'YYYY-MM-DD HH24:MI:SS.US') GROUP BY DATE_TRUNC('day', admitted) ORDER BY count DESC, admitted LIMIT 10000

-- Grains: second, minute, five, ten, fifteen and thirty minutes
SELECT DATE_TRUNC('second', admitted) AS s, DATE_TRUNC('minute', admitted) AS m, DATE_TRUNC('minute', admitted) - INTERVAL '1 minute' * (EXTRACT(MINUTE FROM admitted)::integer % 5) AS m5, DATE_TRUNC('hour', admitted) + INTERVAL '10 minutes' * FLOOR(EXTRACT(MINUTE FROM admitted) / 10) AS m10, DATE_TRUNC('hour', admitted) + INTERVAL '15 minutes' * FLOOR(EXTRACT(MINUTE FROM admitted) / 15) AS m15, DATE_TRUNC('hour', admitted) + INTERVAL '30 minutes' * FLOOR(EXTRACT(MINUTE FROM admitted) / 30) AS m30, DATE_TRUNC('minute', admitted) + INTERVAL '5 seconds' * FLOOR(EXTRACT(SECOND FROM admitted) / 5) AS s5 FROM public.visits ORDER BY id LIMIT 20

-- Grains: hour, day, week, month, quarter, year
SELECT DATE_TRUNC('hour', admitted) AS h, DATE_TRUNC('day', admitted) AS d, DATE_TRUNC('week', admitted) AS w, DATE_TRUNC('month', admitted) AS mo, DATE_TRUNC('quarter', admitted) AS q, DATE_TRUNC('year', admitted) AS y, DATE_TRUNC('week', admitted + INTERVAL '1 day') - INTERVAL '1 day' AS sunday FROM public.visits ORDER BY id LIMIT 20

-- A grain over a date and over a timestamp without a zone
SELECT DATE_TRUNC('month', born) AS born, DATE_TRUNC('week', updated) AS updated, COUNT(*) AS n FROM public.patients WHERE born >= TO_DATE('1950-01-01', 'YYYY-MM-DD') AND updated < TO_TIMESTAMP('2024-03-01 00:00:00', 'YYYY-MM-DD HH24:MI:SS') GROUP BY 1, 2 ORDER BY 1, 2 LIMIT 50

-- An epoch column
SELECT DATE_TRUNC('day', (timestamp 'epoch' + stamp * interval '1 second')) AS __timestamp, AVG(value) AS "AVG(value)" FROM public.metrics GROUP BY DATE_TRUNC('day', (timestamp 'epoch' + stamp * interval '1 second')) ORDER BY 1 LIMIT 1000

-- A series limit
SELECT DATE_TRUNC('month', admitted) AS admitted, kind AS kind, SUM(cost) AS "SUM(cost)" FROM public.visits JOIN (SELECT kind AS kind__, SUM(cost) AS mme_inner__ FROM public.visits GROUP BY kind ORDER BY mme_inner__ DESC LIMIT 2) AS series_limit ON kind = kind__ GROUP BY DATE_TRUNC('month', admitted), kind ORDER BY "SUM(cost)" DESC LIMIT 1000

-- A virtual dataset: a statement as a table
SELECT ward AS ward, percentile_cont(0.5) WITHIN GROUP (ORDER BY cost) AS median FROM (SELECT v.*, p.sex FROM visits v JOIN patients p ON p.id = v.patient_id
) AS virtual_table WHERE sex = 'F' GROUP BY ward ORDER BY median DESC LIMIT 1000

-- A table chart with a total, and how many rows there are
SELECT COUNT(*) AS rowcount FROM (SELECT ward AS ward, kind AS kind, COUNT(*) AS count FROM public.visits GROUP BY ward, kind LIMIT 50000) AS rowcount_qry

-- Filters: LIKE, IN with NULL, a number
SELECT last_name AS last_name, COUNT(*) AS count FROM public.patients WHERE last_name ILIKE '%o%' AND (first_name IN ('Ada', 'Ben') OR first_name IS NULL) AND (balance > 100) GROUP BY last_name ORDER BY count DESC, last_name LIMIT 100

-- Values for a filter box
SELECT DISTINCT kind AS kind FROM public.visits ORDER BY kind LIMIT 1000

-- A big number with a percentage of its own
SELECT SUM(cost) AS "SUM(cost)", 100.0 * SUM(CASE WHEN kind = 'urgent' THEN 1 ELSE 0 END) / COUNT(*) AS "% urgent", COUNT(DISTINCT ward) AS "COUNT_DISTINCT(ward)" FROM public.visits LIMIT 50000

-- Text with a percent sign and a colon
SELECT '100%' AS "a %", 'x:y' AS "b:c", E'tab\there' AS t

-- A mistake
--! fails
SELECT nosuch FROM public.visits
LIMIT 1001
