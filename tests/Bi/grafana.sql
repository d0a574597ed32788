# Grafana: lib/pq (simple) up to 11, pgx (extended, binary results) after
protocol: simple
protocol: extended binary

-- The connection test
SELECT 1

-- A query somebody ended with a semicolon
SELECT 1;

-- And with three
SELECT 1 AS "one";;;

-- Nothing but semicolons and a comment, from an empty query editor
-- nothing
;;

-- The version, to choose its queries by
SELECT current_setting('server_version_num')::int / 100 AS version

-- Whether TimescaleDB is there
SELECT extversion FROM pg_extension WHERE extname = 'timescaledb'

-- The same as a test
SELECT 1 FROM pg_extension WHERE extname = 'timescaledb' LIMIT 1

-- The tables of the search path under their own names, the others with their schema
SELECT CASE WHEN quote_ident(table_schema) IN (
        SELECT CASE WHEN trim(parts[n]) = '"$user"' THEN user ELSE trim(parts[n]) END
        FROM generate_series(array_lower(string_to_array(current_setting('search_path'), ','), 1), array_upper(string_to_array(current_setting('search_path'), ','), 1)) AS n,
            string_to_array(current_setting('search_path'), ',') AS parts)
    THEN quote_ident(table_name) ELSE quote_ident(table_schema) || '.' || quote_ident(table_name) END AS "table"
FROM information_schema.tables
WHERE quote_ident(table_schema) NOT IN ('information_schema', 'pg_catalog', '_timescaledb_cache', '_timescaledb_catalog', '_timescaledb_internal', '_timescaledb_config', 'timescaledb_information', 'timescaledb_experimental')
ORDER BY 1

-- The columns of one table, which may be written with its schema
SELECT quote_ident(column_name) AS "column", data_type AS "type" FROM information_schema.columns
WHERE CASE WHEN array_length(parse_ident('public.metrics'), 1) = 2
    THEN quote_ident(table_schema) = (parse_ident('public.metrics'))[1] AND quote_ident(table_name) = (parse_ident('public.metrics'))[2]
    ELSE quote_ident(table_name) = 'public.metrics' AND quote_ident(table_schema) IN (
        SELECT CASE WHEN trim(parts[n]) = '"$user"' THEN user ELSE trim(parts[n]) END
        FROM generate_series(array_lower(string_to_array(current_setting('search_path'), ','), 1), array_upper(string_to_array(current_setting('search_path'), ','), 1)) AS n,
            string_to_array(current_setting('search_path'), ',') AS parts) END
ORDER BY ordinal_position

-- The columns of a table without its schema
SELECT quote_ident(column_name) AS "column", data_type AS "type" FROM information_schema.columns
WHERE quote_ident(table_name) = 'visits' AND quote_ident(table_schema) IN (
    SELECT CASE WHEN trim(parts[n]) = '"$user"' THEN user ELSE trim(parts[n]) END
    FROM generate_series(array_lower(string_to_array(current_setting('search_path'), ','), 1), array_upper(string_to_array(current_setting('search_path'), ','), 1)) AS n,
        string_to_array(current_setting('search_path'), ',') AS parts)

-- Columns of a kind that may be the time
SELECT quote_ident(column_name) FROM information_schema.columns WHERE table_schema = 'public' AND table_name = 'metrics' AND data_type IN ('timestamp without time zone', 'timestamp with time zone', 'bigint', 'integer', 'double precision', 'real') ORDER BY 1

-- The first table that has a column of time beside one of numbers
SELECT quote_ident(table_name) AS table_name, (SELECT quote_ident(column_name) AS column_name FROM information_schema.columns c WHERE c.table_name = t.table_name AND c.table_schema = t.table_schema AND udt_name IN ('timestamptz', 'timestamp') ORDER BY ordinal_position LIMIT 1) AS time_column,
    (SELECT quote_ident(column_name) AS column_name FROM information_schema.columns c WHERE c.table_name = t.table_name AND c.table_schema = t.table_schema AND udt_name = 'float8' LIMIT 1) AS value_column
FROM information_schema.tables t WHERE table_schema NOT IN ('information_schema', 'pg_catalog') AND EXISTS (SELECT 1 FROM information_schema.columns c WHERE c.table_name = t.table_name AND c.table_schema = t.table_schema AND udt_name IN ('timestamptz', 'timestamp'))
    AND EXISTS (SELECT 1 FROM information_schema.columns c WHERE c.table_name = t.table_name AND c.table_schema = t.table_schema AND udt_name = 'float8') ORDER BY table_name LIMIT 1

-- Values of a column, for the WHERE of the builder
SELECT DISTINCT quote_literal(name) FROM metrics WHERE "time" BETWEEN '2024-01-01T00:00:00Z' AND '2024-01-02T00:00:00Z' ORDER BY 1 LIMIT 100

-- The type of a column
SELECT udt_name FROM information_schema.columns WHERE table_name = 'metrics' AND table_schema = 'public' AND column_name = 'stamp'

-- Functions of the builder: what is an aggregate
SELECT DISTINCT p.proname FROM pg_aggregate a JOIN pg_proc p ON p.oid = a.aggfnoid::oid JOIN pg_type t ON t.oid = p.prorettype WHERE p.pronargs = 1 AND t.typname IN ('float8', 'numeric', 'int8') AND p.pronamespace = 'pg_catalog'::regnamespace ORDER BY 1

-- $__timeFilter and $__timeGroupAlias over five minutes
SELECT floor(extract(epoch from "time")/300)*300 AS "time", avg(value) AS "value" FROM metrics WHERE "time" BETWEEN '2024-01-01T00:00:00Z' AND '2024-01-01T12:00:00Z' GROUP BY 1 ORDER BY 1

-- The same with a label for each series
SELECT floor(extract(epoch from "time")/3600)*3600 AS "time", name AS metric, sum(value) AS value, count(*) AS n FROM metrics WHERE "time" BETWEEN '2024-01-01T00:00:00.000Z' AND '2024-01-03T00:00:00.000Z' AND name IN ('pulse', 'temp') GROUP BY 1, 2 ORDER BY 1, 2

-- $__timeGroup with fill (NULL): Grafana fills, the statement is the same
SELECT floor(extract(epoch from "time")/60)*60 AS "time", max(value) FROM metrics WHERE "time" BETWEEN '2024-01-01T06:00:00Z' AND '2024-01-01T07:00:00Z' GROUP BY time ORDER BY time

-- $__timeGroup of a day with fill (previous), grouped by the expression itself
SELECT floor(extract(epoch from "time")/86400)*86400, name, min(value) FROM metrics GROUP BY floor(extract(epoch from "time")/86400)*86400, name ORDER BY floor(extract(epoch from "time")/86400)*86400, name

-- $__timeGroup on TimescaleDB: a function that is not here
--! fails
SELECT time_bucket('300.000s', "time") AS "time", avg(value) FROM metrics GROUP BY 1 ORDER BY 1

-- $__timeGroup in whole intervals of a month, as people write it
SELECT date_trunc('month', admitted) AS "time", sum(cost) AS cost, ward AS metric FROM visits WHERE admitted BETWEEN '2023-12-01T00:00:00Z' AND '2024-04-30T23:59:59.999Z' GROUP BY 1, 3 ORDER BY 1, 3

-- $__timeEpoch and $__timeFrom(), $__timeTo()
SELECT extract(epoch from starts) as "time", title AS text FROM events WHERE starts >= '2024-01-01T00:00:00Z' AND starts <= '2024-01-31T00:00:00Z' ORDER BY 1

-- $__unixEpochFilter and $__unixEpochGroupAlias
SELECT floor((stamp)/1800)*1800 AS "time", avg(value) AS avg_value FROM metrics WHERE stamp >= 1704067200 AND stamp <= 1704110400 GROUP BY 1 ORDER BY 1

-- $__unixEpochNanoFilter
SELECT (stamp * 1000000000) AS "time", value FROM metrics WHERE stamp * 1000000000 >= 1704067200000000000 AND stamp * 1000000000 <= 1704070800000000000 ORDER BY 1

-- $__unixEpochFrom() and $__unixEpochTo() beside a label
SELECT stamp AS time, concat(name, ' (', count(*) OVER (PARTITION BY name), ')') AS metric, value FROM metrics WHERE stamp BETWEEN 1704067200 AND 1704070800 ORDER BY stamp

-- The raw time series
SELECT "time", value FROM metrics WHERE "time" BETWEEN '2024-01-01T00:00:00Z' AND '2024-01-01T02:00:00Z' AND name = 'pulse' ORDER BY "time" LIMIT 50

-- What the new builder makes: aggregates under names in double quotes
SELECT AVG(value) AS "avg_value", COUNT(DISTINCT name) AS "names", name FROM metrics WHERE (value > 3 AND name LIKE '%p%') GROUP BY name ORDER BY AVG(value) DESC LIMIT 50

-- A table panel with everything there is
SELECT * FROM patients ORDER BY id LIMIT 50

-- A stat panel
SELECT count(*) FILTER (WHERE discharged IS NULL) AS "open", round(avg(extract(epoch from discharged - admitted)/3600), 1) AS "hours" FROM visits

-- A histogram
SELECT width_bucket(cost, 0, 5000, 10) AS bucket, count(*) FROM visits GROUP BY 1 ORDER BY 1

-- A rate by a window function
SELECT "time", value - lag(value) OVER (PARTITION BY name ORDER BY "time") AS delta, name AS metric FROM metrics WHERE "time" BETWEEN '2024-01-01T00:00:00Z' AND '2024-01-01T03:00:00Z' ORDER BY "time", name

-- A gap filled by generate_series
SELECT s AS "time", count(v.id) AS admissions FROM generate_series(timestamptz '2024-01-01', timestamptz '2024-01-14', interval '1 day') s LEFT JOIN visits v ON v.admitted >= s AND v.admitted < s + interval '1 day' GROUP BY s ORDER BY s

-- date_bin in place of the arithmetic
SELECT date_bin('15 minutes', "time", timestamptz '2024-01-01 00:00:00+00') AS "time", avg(value) FROM metrics WHERE "time" < '2024-01-01T04:00:00Z' GROUP BY 1 ORDER BY 1

-- Annotations: a point in time
SELECT extract(epoch from starts) AS time, title AS text, tags FROM events WHERE starts BETWEEN '2024-01-01T00:00:00Z' AND '2024-01-31T00:00:00Z' ORDER BY 1

-- Annotations: a region
SELECT extract(epoch from starts)::bigint * 1000 AS time, extract(epoch from coalesce(ends, starts))::bigint * 1000 AS timeend, title AS text, coalesce(tags, '') AS tags FROM events ORDER BY time

-- A template variable
SELECT DISTINCT ward FROM visits ORDER BY 1

-- A template variable with a text and a value, and a search in it
SELECT name AS __text, code AS __value FROM wards WHERE name ILIKE '%' || 'car' || '%' ORDER BY name

-- Two variables in one column
SELECT 'wards' AS __text, string_agg(code, ',' ORDER BY code) AS __value FROM wards UNION ALL SELECT 'kinds', string_agg(DISTINCT kind, ',') FROM visits

-- A variable with several values, and one that stands for all of them
SELECT ward, count(*) FROM visits WHERE ward IN ('CAR','ICU') AND ('All' = 'All' OR kind IN ('day')) GROUP BY ward ORDER BY ward

-- A nested query as a table, ended by a semicolon behind a line
SELECT kind, round(avg(hours)::numeric, 2) AS hours FROM (SELECT kind, extract(epoch from discharged - admitted)/3600 AS hours FROM visits WHERE discharged IS NOT NULL) AS x GROUP BY kind ORDER BY kind
;

-- A statement with a mistake: Grafana shows the message
--! fails
SELECT nosuch FROM metrics

-- An alert: one number
SELECT avg(value) FROM metrics WHERE name = 'temp' AND "time" > timestamptz '2024-01-02 00:00+00' - interval '1h'
