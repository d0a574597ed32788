# Power BI and Npgsql: Npgsql's extended protocol with binary results
protocol: extended binary

-- The first message of a connection: one text, four statements
--! simple
--! cut version: every server has its own
SELECT version();
SELECT ns.nspname, t.oid, t.typname, t.typtype, t.typnotnull, t.elemtypoid FROM (
    SELECT typ.oid, typ.typnamespace, typ.typname, typ.typtype, typ.typrelid, typ.typnotnull, typ.relkind, elemtyp.oid AS elemtypoid, elemtyp.typname AS elemtypname, elemcls.relkind AS elemrelkind,
        CASE WHEN elemproc.proname = 'array_recv' THEN 'a' ELSE elemtyp.typtype END AS elemtyptype
    FROM (SELECT typ.oid, typnamespace, typname, typrelid, typnotnull, relkind, typelem AS elemoid,
            CASE WHEN proc.proname = 'array_recv' THEN 'a' ELSE typ.typtype END AS typtype,
            CASE WHEN proc.proname = 'array_recv' THEN typ.typelem WHEN typ.typtype = 'r' THEN rngsubtype WHEN typ.typtype = 'm' THEN (SELECT rngtypid FROM pg_range WHERE rngmultitypid = typ.oid) WHEN typ.typtype = 'd' THEN typ.typbasetype END AS elemtypoid
        FROM pg_type AS typ LEFT JOIN pg_class AS cls ON cls.oid = typ.typrelid LEFT JOIN pg_proc AS proc ON proc.oid = typ.typreceive LEFT JOIN pg_range ON pg_range.rngtypid = typ.oid) AS typ
    LEFT JOIN pg_type AS elemtyp ON elemtyp.oid = elemtypoid LEFT JOIN pg_class AS elemcls ON elemcls.oid = elemtyp.typrelid LEFT JOIN pg_proc AS elemproc ON elemproc.oid = elemtyp.typreceive) AS t
JOIN pg_namespace AS ns ON ns.oid = typnamespace
WHERE typtype IN ('b', 'r', 'm', 'e') AND ns.nspname = 'pg_catalog' AND t.typname IN ('bool', 'int4', 'int8', 'text', 'varchar', 'bpchar', 'numeric', 'float8', 'date', 'timestamp', 'timestamptz', 'interval', 'uuid', 'jsonb', 'bytea', 'oid', 'name', 'char', '_int4', '_text', '_oid', 'int4range', 'tstzrange', 'int4multirange')
ORDER BY CASE WHEN typtype IN ('b', 'e', 'p') THEN 0 WHEN typtype = 'r' THEN 1 WHEN typtype = 'm' THEN 2 WHEN typtype = 'c' THEN 3 WHEN typtype = 'd' THEN 4 WHEN typtype = 'a' THEN 6 END, t.typname;
SELECT typ.oid, att.attname, att.atttypid FROM pg_type AS typ JOIN pg_namespace AS ns ON ns.oid = typ.typnamespace JOIN pg_class AS cls ON cls.oid = typ.typrelid JOIN pg_attribute AS att ON att.attrelid = typ.typrelid WHERE typ.typtype = 'c' AND cls.relkind = 'c' AND attnum > 0 AND NOT attisdropped ORDER BY typ.oid, att.attnum;
SELECT pg_type.oid, enumlabel FROM pg_enum JOIN pg_type ON pg_type.oid = enumtypid ORDER BY oid, enumsortorder

-- The older driver's type loading, which Power BI carries
SELECT ns.nspname, a.typname, a.oid, a.typrelid, a.typbasetype, CASE WHEN pg_proc.proname = 'array_recv' THEN 'a' ELSE a.typtype END AS type, CASE WHEN pg_proc.proname = 'array_recv' THEN a.typelem WHEN a.typtype = 'r' THEN rngsubtype ELSE 0 END AS elemoid, CASE WHEN pg_proc.proname IN ('array_recv', 'oidvectorrecv') THEN 3 WHEN a.typtype = 'r' THEN 2 WHEN a.typtype = 'd' THEN 1 ELSE 0 END AS ord
FROM pg_type AS a JOIN pg_namespace AS ns ON (ns.oid = a.typnamespace) JOIN pg_proc ON pg_proc.oid = a.typreceive LEFT OUTER JOIN pg_class AS cls ON (cls.oid = a.typrelid) LEFT OUTER JOIN pg_type AS b ON (b.oid = a.typelem) LEFT OUTER JOIN pg_class AS elemcls ON (elemcls.oid = b.typrelid) LEFT OUTER JOIN pg_range ON (pg_range.rngtypid = a.oid)
WHERE ns.nspname = 'pg_catalog' AND (a.typtype IN ('b', 'r', 'e', 'd') OR (a.typtype = 'c' AND cls.relkind = 'c') OR (pg_proc.proname = 'array_recv' AND (b.typtype IN ('b', 'r', 'e', 'd') OR (b.typtype = 'p' AND b.typname IN ('record', 'void')) OR (b.typtype = 'c' AND elemcls.relkind = 'c'))) OR (a.typtype = 'p' AND a.typname IN ('record', 'void')))
    AND a.typname IN ('bool', 'int2', 'int4', 'int8', 'text', 'varchar', 'numeric', 'float4', 'float8', 'date', 'time', 'timestamp', 'timestamptz', 'uuid', '_int4', '_text', 'record', 'int4range', 'oidvector') ORDER BY ord, a.typname

-- What a pooled connection is reset with
--! simple
DISCARD ALL

-- The same when statements are prepared
--! simple
--! cut pg_advisory_unlock_all: void has no value to compare
CLOSE ALL;UNLISTEN *;SELECT pg_advisory_unlock_all();DISCARD SEQUENCES;DISCARD TEMP

-- The navigator: tables and views
select TABLE_SCHEMA, TABLE_NAME, TABLE_TYPE from INFORMATION_SCHEMA.tables where TABLE_SCHEMA not in ('information_schema', 'pg_catalog') order by TABLE_SCHEMA, TABLE_NAME

-- Columns of a table
--! bind text = public
--! bind text = visits
select COLUMN_NAME, ORDINAL_POSITION, IS_NULLABLE, case when (data_type like '%unsigned%') then DATA_TYPE || ' unsigned' else DATA_TYPE end as DATA_TYPE from INFORMATION_SCHEMA.columns where TABLE_SCHEMA = $1 and TABLE_NAME = $2 order by TABLE_SCHEMA, TABLE_NAME, ORDINAL_POSITION

-- Its keys
select i.CONSTRAINT_SCHEMA || '_' || i.CONSTRAINT_NAME as INDEX_NAME, ii.COLUMN_NAME, ii.ORDINAL_POSITION, case when i.CONSTRAINT_TYPE = 'PRIMARY KEY' then 'Y' else 'N' end as PRIMARY_KEY
from INFORMATION_SCHEMA.table_constraints i inner join INFORMATION_SCHEMA.key_column_usage ii on i.CONSTRAINT_SCHEMA = ii.CONSTRAINT_SCHEMA and i.CONSTRAINT_NAME = ii.CONSTRAINT_NAME and i.TABLE_SCHEMA = ii.TABLE_SCHEMA and i.TABLE_NAME = ii.TABLE_NAME
where i.TABLE_SCHEMA = 'lab' and i.TABLE_NAME = 'samples' and i.CONSTRAINT_TYPE in ('PRIMARY KEY', 'UNIQUE') order by i.CONSTRAINT_SCHEMA || '_' || i.CONSTRAINT_NAME, ii.TABLE_SCHEMA, ii.TABLE_NAME, ii.ORDINAL_POSITION

-- What it refers to
select pkcol.COLUMN_NAME as PK_COLUMN_NAME, fkcol.TABLE_SCHEMA AS FK_TABLE_SCHEMA, fkcol.TABLE_NAME AS FK_TABLE_NAME, fkcol.COLUMN_NAME as FK_COLUMN_NAME, fkcol.ORDINAL_POSITION as ORDINAL, fkcon.CONSTRAINT_SCHEMA || '_' || fkcol.TABLE_NAME || '_' || 'patients' || '_' || fkcon.CONSTRAINT_NAME as FK_NAME
from (select distinct constraint_catalog, constraint_schema, unique_constraint_schema, constraint_name, unique_constraint_name from INFORMATION_SCHEMA.referential_constraints) fkcon
inner join INFORMATION_SCHEMA.key_column_usage fkcol on fkcon.CONSTRAINT_SCHEMA = fkcol.CONSTRAINT_SCHEMA and fkcon.CONSTRAINT_NAME = fkcol.CONSTRAINT_NAME
inner join INFORMATION_SCHEMA.key_column_usage pkcol on fkcon.UNIQUE_CONSTRAINT_SCHEMA = pkcol.CONSTRAINT_SCHEMA and fkcon.UNIQUE_CONSTRAINT_NAME = pkcol.CONSTRAINT_NAME
where pkcol.TABLE_SCHEMA = 'public' and pkcol.TABLE_NAME = 'patients' and pkcol.ORDINAL_POSITION = fkcol.ORDINAL_POSITION order by FK_NAME, fkcol.ORDINAL_POSITION

-- The preview of a table
select "$Table"."id" as "id", "$Table"."mrn" as "mrn", "$Table"."last_name" as "last_name", "$Table"."born" as "born", "$Table"."insured" as "insured", "$Table"."balance" as "balance", "$Table"."updated" as "updated" from "public"."patients" "$Table" order by "$Table"."id" limit 1000

-- Folded: rows of rows
select "rows"."ward" as "ward", "rows"."cost" as "cost" from (select "_"."ward", "_"."cost", "_"."kind" from "public"."visits" "_" where "_"."kind" = 'urgent' and "_"."kind" is not null) "rows" order by "rows"."cost" desc nulls last limit 20

-- Folded: a group
select "rows"."ward" as "ward", count(1) as "n", sum("rows"."cost") as "sum", avg("rows"."score") as "avg", min("rows"."admitted") as "first" from (select "id", "ward", "cost", "score", "admitted" from "public"."visits" "$Table") "rows" group by "ward" order by "rows"."ward" limit 1000

-- Folded: distinct values
select "rows"."kind" as "kind" from (select "kind" from "public"."visits" "$Table") "rows" group by "kind" order by "kind" limit 1001

-- Folded: text and number functions
select "_"."id", upper("_"."last_name") as "upper", left("_"."last_name", 2) as "left", length("_"."last_name") as "length", cast("_"."balance" as double precision) as "double", "_"."balance" * 2 as "twice", position('u' in "_"."last_name") as "position" from "public"."patients" "_" where left("_"."last_name", 1) = 'M' or "_"."last_name" like '%ub%' order by "_"."id" limit 1000

-- DirectQuery: year, quarter, month of a date
select extract(year from "_"."admitted") as "year", extract(quarter from "_"."admitted") as "quarter", extract(month from "_"."admitted") as "month", count(*) as "n" from "public"."visits" "_" group by extract(year from "_"."admitted"), extract(quarter from "_"."admitted"), extract(month from "_"."admitted") order by 1, 2, 3 limit 1000001

-- DirectQuery: a join of two sources, NULL equal to NULL
select "semijoin1"."c16", "semijoin1"."c5", sum("basetable0"."cost") as "a0" from ((select "ward" as "c16", "cost" from "public"."visits" "$Table") "basetable0" inner join (select "code" as "c4", "name" as "c5", "code" as "c17" from "public"."wards" "$Table") "s" on ("basetable0"."c16" = "s"."c4" or "basetable0"."c16" is null and "s"."c4" is null)) inner join (select 'CAR' as "c16", 'Cardiology' as "c5" union all select 'SUR', 'Surgery') "semijoin1" on "semijoin1"."c16" = "basetable0"."c16" group by "semijoin1"."c16", "semijoin1"."c5" order by 1

-- DirectQuery: the top by a measure
select "_"."c0" as "ward", "_"."a0" from (select "rows"."ward" as "c0", sum("rows"."cost") as "a0" from (select "ward", "cost" from "public"."visits" "_" where "_"."admitted" >= timestamp '2024-01-01 00:00:00' and "_"."admitted" < timestamp '2024-04-01 00:00:00') "rows" group by "ward") "_" where not "_"."a0" is null order by "_"."a0" desc, "_"."c0" limit 2

-- DirectQuery: count of distinct values, blanks counted once
select count(distinct "_"."kind") + max(case when "_"."kind" is null then 1 else 0 end) as "a0" from "public"."visits" "_"

-- A parameter of a query in M
--! bind int4 = 5
--! bind timestamptz = 2024-01-01 00:00:00+00
select "$Table"."id" from "public"."visits" "$Table" where "$Table"."patient_id" = $1 and "$Table"."admitted" > $2 order by "$Table"."id"

-- Nothing but the shape of a query
select * from (select p.id, p.last_name, v.admitted, v.cost from patients p join visits v on v.patient_id = p.id) "_" limit 0

-- The SQL of a person, wrapped
select "_"."id", "_"."ward" from ( select * from visits where kind = 'day' ) "_" order by 1 limit 4096

-- A refresh step: how many rows
select count(*) as "$Item" from (select "id" from "public"."visits" "$Table") "rows"
