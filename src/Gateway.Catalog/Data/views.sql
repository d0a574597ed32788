-- pg_catalog.pg_tables
SELECT n.nspname AS schemaname, c.relname AS tablename, pg_get_userbyid(c.relowner) AS tableowner, NULL AS tablespace, c.relhasindex AS hasindexes, c.relhasrules AS hasrules, c.relhastriggers AS hastriggers, c.relrowsecurity AS rowsecurity
FROM pg_class c LEFT JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p')

-- pg_catalog.pg_views
SELECT n.nspname AS schemaname, c.relname AS viewname, pg_get_userbyid(c.relowner) AS viewowner, pg_get_viewdef(c.oid) AS definition
FROM pg_class c LEFT JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'v'

-- pg_catalog.pg_matviews
SELECT n.nspname AS schemaname, c.relname AS matviewname, pg_get_userbyid(c.relowner) AS matviewowner, NULL AS tablespace, c.relhasindex AS hasindexes, c.relispopulated AS ispopulated, pg_get_viewdef(c.oid) AS definition
FROM pg_class c LEFT JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'm'

-- pg_catalog.pg_indexes
SELECT n.nspname AS schemaname, c.relname AS tablename, i.relname AS indexname, NULL AS tablespace, pg_get_indexdef(i.oid) AS indexdef
FROM pg_index x JOIN pg_class c ON c.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid LEFT JOIN pg_namespace n ON n.oid = c.relnamespace

-- pg_catalog.pg_roles
SELECT rolname, rolsuper, rolinherit, rolcreaterole, rolcreatedb, rolcanlogin, rolreplication, rolconnlimit, '********'::text AS rolpassword, rolvaliduntil, rolbypassrls, NULL::text[] AS rolconfig, oid FROM pg_authid

-- pg_catalog.pg_shadow
SELECT rolname AS usename, oid AS usesysid, rolcreatedb AS usecreatedb, rolsuper AS usesuper, rolreplication AS userepl, rolbypassrls AS usebypassrls, rolpassword AS passwd, rolvaliduntil AS valuntil, NULL::text[] AS useconfig FROM pg_authid WHERE rolcanlogin

-- pg_catalog.pg_user
SELECT rolname AS usename, oid AS usesysid, rolcreatedb AS usecreatedb, rolsuper AS usesuper, rolreplication AS userepl, rolbypassrls AS usebypassrls, '********'::text AS passwd, rolvaliduntil AS valuntil, NULL::text[] AS useconfig FROM pg_authid WHERE rolcanlogin

-- pg_catalog.pg_group
SELECT rolname AS groname, oid AS grosysid, ARRAY(SELECT m.member FROM pg_auth_members m WHERE m.roleid = a.oid) AS grolist FROM pg_authid a WHERE NOT rolcanlogin

-- pg_catalog.pg_sequences
SELECT n.nspname AS schemaname, c.relname AS sequencename, pg_get_userbyid(c.relowner) AS sequenceowner, s.seqtypid::regtype AS data_type, s.seqstart AS start_value, s.seqmin AS min_value, s.seqmax AS max_value, s.seqincrement AS increment_by, s.seqcycle AS cycle, s.seqcache AS cache_size, pg_sequence_last_value(c.oid) AS last_value
FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid LEFT JOIN pg_namespace n ON n.oid = c.relnamespace

-- pg_catalog.pg_available_extensions
SELECT extname AS name, extversion AS default_version, extversion AS installed_version, 'vector data type and ivfflat and hnsw access methods'::text AS comment FROM pg_extension

-- pg_catalog.pg_available_extension_versions
SELECT extname AS name, extversion AS version, true AS installed, true AS superuser, true AS trusted, extrelocatable AS relocatable, NULL::name AS schema, NULL::name[] AS requires, 'vector data type and ivfflat and hnsw access methods'::text AS comment FROM pg_extension

-- pg_catalog.pg_stat_all_tables
SELECT c.oid AS relid, n.nspname AS schemaname, c.relname AS relname, 0::int8 AS seq_scan, 0::int8 AS seq_tup_read, 0::int8 AS idx_scan, 0::int8 AS idx_tup_fetch, pg_stat_get_tuples_inserted(c.oid) AS n_tup_ins, pg_stat_get_tuples_updated(c.oid) AS n_tup_upd, pg_stat_get_tuples_deleted(c.oid) AS n_tup_del, 0::int8 AS n_tup_hot_upd, pg_stat_get_live_tuples(c.oid) AS n_live_tup, pg_stat_get_dead_tuples(c.oid) AS n_dead_tup, pg_stat_get_mod_since_analyze(c.oid) AS n_mod_since_analyze, pg_stat_get_ins_since_vacuum(c.oid) AS n_ins_since_vacuum, pg_stat_get_last_vacuum_time(c.oid) AS last_vacuum, NULL::timestamptz AS last_autovacuum, pg_stat_get_last_analyze_time(c.oid) AS last_analyze, NULL::timestamptz AS last_autoanalyze, pg_stat_get_vacuum_count(c.oid) AS vacuum_count, 0::int8 AS autovacuum_count, pg_stat_get_analyze_count(c.oid) AS analyze_count, 0::int8 AS autoanalyze_count
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'm')

-- pg_catalog.pg_stat_xact_all_tables
SELECT c.oid AS relid, n.nspname AS schemaname, c.relname AS relname, 0::int8 AS seq_scan, 0::int8 AS seq_tup_read, 0::int8 AS idx_scan, 0::int8 AS idx_tup_fetch, pg_stat_get_xact_tuples_inserted(c.oid) AS n_tup_ins, pg_stat_get_xact_tuples_updated(c.oid) AS n_tup_upd, pg_stat_get_xact_tuples_deleted(c.oid) AS n_tup_del, 0::int8 AS n_tup_hot_upd
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'm')

-- pg_catalog.pg_statio_all_tables
SELECT c.oid AS relid, n.nspname AS schemaname, c.relname AS relname, 0::int8 AS heap_blks_read, 0::int8 AS heap_blks_hit, 0::int8 AS idx_blks_read, 0::int8 AS idx_blks_hit, 0::int8 AS toast_blks_read, 0::int8 AS toast_blks_hit, 0::int8 AS tidx_blks_read, 0::int8 AS tidx_blks_hit
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'm')

-- pg_catalog.pg_stat_all_indexes
SELECT c.oid AS relid, i.oid AS indexrelid, n.nspname AS schemaname, c.relname AS relname, i.relname AS indexrelname, 0::int8 AS idx_scan, 0::int8 AS idx_tup_read, 0::int8 AS idx_tup_fetch
FROM pg_index x JOIN pg_class c ON c.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE true

-- pg_catalog.pg_statio_all_indexes
SELECT c.oid AS relid, i.oid AS indexrelid, n.nspname AS schemaname, c.relname AS relname, i.relname AS indexrelname, 0::int8 AS idx_blks_read, 0::int8 AS idx_blks_hit
FROM pg_index x JOIN pg_class c ON c.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE true

-- pg_catalog.pg_statio_all_sequences
SELECT c.oid AS relid, n.nspname AS schemaname, c.relname AS relname, 0::int8 AS blks_read, 0::int8 AS blks_hit
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'S'

-- pg_catalog.pg_stat_user_tables
SELECT c.oid AS relid, n.nspname AS schemaname, c.relname AS relname, 0::int8 AS seq_scan, 0::int8 AS seq_tup_read, 0::int8 AS idx_scan, 0::int8 AS idx_tup_fetch, pg_stat_get_tuples_inserted(c.oid) AS n_tup_ins, pg_stat_get_tuples_updated(c.oid) AS n_tup_upd, pg_stat_get_tuples_deleted(c.oid) AS n_tup_del, 0::int8 AS n_tup_hot_upd, pg_stat_get_live_tuples(c.oid) AS n_live_tup, pg_stat_get_dead_tuples(c.oid) AS n_dead_tup, pg_stat_get_mod_since_analyze(c.oid) AS n_mod_since_analyze, pg_stat_get_ins_since_vacuum(c.oid) AS n_ins_since_vacuum, pg_stat_get_last_vacuum_time(c.oid) AS last_vacuum, NULL::timestamptz AS last_autovacuum, pg_stat_get_last_analyze_time(c.oid) AS last_analyze, NULL::timestamptz AS last_autoanalyze, pg_stat_get_vacuum_count(c.oid) AS vacuum_count, 0::int8 AS autovacuum_count, pg_stat_get_analyze_count(c.oid) AS analyze_count, 0::int8 AS autoanalyze_count
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'm') AND n.nspname NOT IN ('pg_catalog', 'information_schema')

-- pg_catalog.pg_stat_xact_user_tables
SELECT c.oid AS relid, n.nspname AS schemaname, c.relname AS relname, 0::int8 AS seq_scan, 0::int8 AS seq_tup_read, 0::int8 AS idx_scan, 0::int8 AS idx_tup_fetch, pg_stat_get_xact_tuples_inserted(c.oid) AS n_tup_ins, pg_stat_get_xact_tuples_updated(c.oid) AS n_tup_upd, pg_stat_get_xact_tuples_deleted(c.oid) AS n_tup_del, 0::int8 AS n_tup_hot_upd
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'm') AND n.nspname NOT IN ('pg_catalog', 'information_schema')

-- pg_catalog.pg_statio_user_tables
SELECT c.oid AS relid, n.nspname AS schemaname, c.relname AS relname, 0::int8 AS heap_blks_read, 0::int8 AS heap_blks_hit, 0::int8 AS idx_blks_read, 0::int8 AS idx_blks_hit, 0::int8 AS toast_blks_read, 0::int8 AS toast_blks_hit, 0::int8 AS tidx_blks_read, 0::int8 AS tidx_blks_hit
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'm') AND n.nspname NOT IN ('pg_catalog', 'information_schema')

-- pg_catalog.pg_stat_user_indexes
SELECT c.oid AS relid, i.oid AS indexrelid, n.nspname AS schemaname, c.relname AS relname, i.relname AS indexrelname, 0::int8 AS idx_scan, 0::int8 AS idx_tup_read, 0::int8 AS idx_tup_fetch
FROM pg_index x JOIN pg_class c ON c.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE true AND n.nspname NOT IN ('pg_catalog', 'information_schema')

-- pg_catalog.pg_statio_user_indexes
SELECT c.oid AS relid, i.oid AS indexrelid, n.nspname AS schemaname, c.relname AS relname, i.relname AS indexrelname, 0::int8 AS idx_blks_read, 0::int8 AS idx_blks_hit
FROM pg_index x JOIN pg_class c ON c.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE true AND n.nspname NOT IN ('pg_catalog', 'information_schema')

-- pg_catalog.pg_statio_user_sequences
SELECT c.oid AS relid, n.nspname AS schemaname, c.relname AS relname, 0::int8 AS blks_read, 0::int8 AS blks_hit
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'S' AND n.nspname NOT IN ('pg_catalog', 'information_schema')

-- pg_catalog.pg_stat_sys_tables
SELECT c.oid AS relid, n.nspname AS schemaname, c.relname AS relname, 0::int8 AS seq_scan, 0::int8 AS seq_tup_read, 0::int8 AS idx_scan, 0::int8 AS idx_tup_fetch, pg_stat_get_tuples_inserted(c.oid) AS n_tup_ins, pg_stat_get_tuples_updated(c.oid) AS n_tup_upd, pg_stat_get_tuples_deleted(c.oid) AS n_tup_del, 0::int8 AS n_tup_hot_upd, pg_stat_get_live_tuples(c.oid) AS n_live_tup, pg_stat_get_dead_tuples(c.oid) AS n_dead_tup, pg_stat_get_mod_since_analyze(c.oid) AS n_mod_since_analyze, pg_stat_get_ins_since_vacuum(c.oid) AS n_ins_since_vacuum, pg_stat_get_last_vacuum_time(c.oid) AS last_vacuum, NULL::timestamptz AS last_autovacuum, pg_stat_get_last_analyze_time(c.oid) AS last_analyze, NULL::timestamptz AS last_autoanalyze, pg_stat_get_vacuum_count(c.oid) AS vacuum_count, 0::int8 AS autovacuum_count, pg_stat_get_analyze_count(c.oid) AS analyze_count, 0::int8 AS autoanalyze_count
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'm') AND n.nspname IN ('pg_catalog', 'information_schema')

-- pg_catalog.pg_stat_xact_sys_tables
SELECT c.oid AS relid, n.nspname AS schemaname, c.relname AS relname, 0::int8 AS seq_scan, 0::int8 AS seq_tup_read, 0::int8 AS idx_scan, 0::int8 AS idx_tup_fetch, pg_stat_get_xact_tuples_inserted(c.oid) AS n_tup_ins, pg_stat_get_xact_tuples_updated(c.oid) AS n_tup_upd, pg_stat_get_xact_tuples_deleted(c.oid) AS n_tup_del, 0::int8 AS n_tup_hot_upd
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'm') AND n.nspname IN ('pg_catalog', 'information_schema')

-- pg_catalog.pg_statio_sys_tables
SELECT c.oid AS relid, n.nspname AS schemaname, c.relname AS relname, 0::int8 AS heap_blks_read, 0::int8 AS heap_blks_hit, 0::int8 AS idx_blks_read, 0::int8 AS idx_blks_hit, 0::int8 AS toast_blks_read, 0::int8 AS toast_blks_hit, 0::int8 AS tidx_blks_read, 0::int8 AS tidx_blks_hit
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'm') AND n.nspname IN ('pg_catalog', 'information_schema')

-- pg_catalog.pg_stat_sys_indexes
SELECT c.oid AS relid, i.oid AS indexrelid, n.nspname AS schemaname, c.relname AS relname, i.relname AS indexrelname, 0::int8 AS idx_scan, 0::int8 AS idx_tup_read, 0::int8 AS idx_tup_fetch
FROM pg_index x JOIN pg_class c ON c.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE true AND n.nspname IN ('pg_catalog', 'information_schema')

-- pg_catalog.pg_statio_sys_indexes
SELECT c.oid AS relid, i.oid AS indexrelid, n.nspname AS schemaname, c.relname AS relname, i.relname AS indexrelname, 0::int8 AS idx_blks_read, 0::int8 AS idx_blks_hit
FROM pg_index x JOIN pg_class c ON c.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE true AND n.nspname IN ('pg_catalog', 'information_schema')

-- pg_catalog.pg_statio_sys_sequences
SELECT c.oid AS relid, n.nspname AS schemaname, c.relname AS relname, 0::int8 AS blks_read, 0::int8 AS blks_hit
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'S' AND n.nspname IN ('pg_catalog', 'information_schema')

-- pg_catalog.pg_stat_gssapi
SELECT pid, false AS gss_authenticated, NULL::text AS principal, false AS encrypted FROM pg_stat_activity WHERE client_port IS NOT NULL

-- pg_catalog.pg_stat_database_conflicts
SELECT d.oid AS datid, d.datname AS datname, 0::int8 AS confl_tablespace, 0::int8 AS confl_lock, 0::int8 AS confl_snapshot, 0::int8 AS confl_bufferpin, 0::int8 AS confl_deadlock
FROM pg_database d

-- information_schema.information_schema_catalog_name
SELECT current_database()::name AS catalog_name

-- information_schema.schemata
SELECT current_database()::name AS catalog_name, n.nspname AS schema_name, pg_get_userbyid(n.nspowner) AS schema_owner, NULL::name AS default_character_set_catalog, NULL::name AS default_character_set_schema, NULL::name AS default_character_set_name, NULL::varchar AS sql_path FROM pg_namespace n

-- information_schema.tables
SELECT current_database()::name AS table_catalog, n.nspname AS table_schema, c.relname AS table_name,
  CASE WHEN c.relpersistence = 't' THEN 'LOCAL TEMPORARY' WHEN c.relkind IN ('r', 'p') THEN 'BASE TABLE' WHEN c.relkind = 'v' THEN 'VIEW' ELSE 'FOREIGN' END AS table_type,
  NULL::name AS self_referencing_column_name, NULL::varchar AS reference_generation, NULL::name AS user_defined_type_catalog, NULL::name AS user_defined_type_schema, NULL::name AS user_defined_type_name,
  CASE WHEN c.relkind IN ('r', 'p') OR pg_relation_is_updatable(c.oid, false) & 8 = 8 THEN 'YES' ELSE 'NO' END AS is_insertable_into, 'NO' AS is_typed, NULL::varchar AS commit_action
FROM pg_namespace n JOIN pg_class c ON c.relnamespace = n.oid WHERE c.relkind IN ('r', 'v', 'f', 'p')

-- information_schema.columns
SELECT current_database()::name AS table_catalog, n.nspname AS table_schema, c.relname AS table_name, a.attname AS column_name, a.attnum::int4 AS ordinal_position,
  CASE WHEN a.attgenerated = '' THEN pg_get_expr(d.adbin, d.adrelid) END AS column_default, CASE WHEN a.attnotnull THEN 'NO' ELSE 'YES' END AS is_nullable, CASE WHEN coalesce(bt.typelem, t.typelem) <> 0 AND coalesce(bt.typlen, t.typlen) = -1 THEN 'ARRAY' WHEN coalesce(bt.typnamespace, t.typnamespace) = 11 THEN format_type(coalesce(bt.oid, t.oid), NULL) ELSE 'USER-DEFINED' END AS data_type,
  CASE WHEN coalesce(bt.oid, a.atttypid) IN (1042, 1043) AND (CASE WHEN bt.oid IS NULL THEN a.atttypmod ELSE t.typtypmod END) <> -1 THEN (CASE WHEN bt.oid IS NULL THEN a.atttypmod ELSE t.typtypmod END) - 4 WHEN coalesce(bt.oid, a.atttypid) IN (1560, 1562) AND (CASE WHEN bt.oid IS NULL THEN a.atttypmod ELSE t.typtypmod END) <> -1 THEN (CASE WHEN bt.oid IS NULL THEN a.atttypmod ELSE t.typtypmod END) END AS character_maximum_length, CASE WHEN coalesce(bt.oid, a.atttypid) IN (25, 1042, 1043) THEN CASE WHEN (CASE WHEN bt.oid IS NULL THEN a.atttypmod ELSE t.typtypmod END) = -1 THEN 1073741824 ELSE ((CASE WHEN bt.oid IS NULL THEN a.atttypmod ELSE t.typtypmod END) - 4) * 4 END END AS character_octet_length,
  CASE coalesce(bt.oid, a.atttypid) WHEN 21 THEN 16 WHEN 23 THEN 32 WHEN 20 THEN 64 WHEN 1700 THEN CASE WHEN (CASE WHEN bt.oid IS NULL THEN a.atttypmod ELSE t.typtypmod END) <> -1 THEN (((CASE WHEN bt.oid IS NULL THEN a.atttypmod ELSE t.typtypmod END) - 4) >> 16) & 65535 END WHEN 700 THEN 24 WHEN 701 THEN 53 END AS numeric_precision, CASE WHEN coalesce(bt.oid, a.atttypid) IN (21, 23, 20, 700, 701) THEN 2 WHEN coalesce(bt.oid, a.atttypid) = 1700 THEN 10 END AS numeric_precision_radix, CASE WHEN coalesce(bt.oid, a.atttypid) IN (21, 23, 20) THEN 0 WHEN coalesce(bt.oid, a.atttypid) = 1700 AND (CASE WHEN bt.oid IS NULL THEN a.atttypmod ELSE t.typtypmod END) <> -1 THEN ((CASE WHEN bt.oid IS NULL THEN a.atttypmod ELSE t.typtypmod END) - 4) & 65535 END AS numeric_scale, CASE WHEN coalesce(bt.oid, a.atttypid) = 1082 THEN 0 WHEN coalesce(bt.oid, a.atttypid) IN (1083, 1114, 1184, 1266) THEN CASE WHEN (CASE WHEN bt.oid IS NULL THEN a.atttypmod ELSE t.typtypmod END) < 0 THEN 6 ELSE (CASE WHEN bt.oid IS NULL THEN a.atttypmod ELSE t.typtypmod END) END WHEN coalesce(bt.oid, a.atttypid) = 1186 THEN CASE WHEN (CASE WHEN bt.oid IS NULL THEN a.atttypmod ELSE t.typtypmod END) < 0 OR (CASE WHEN bt.oid IS NULL THEN a.atttypmod ELSE t.typtypmod END) & 65535 = 65535 THEN 6 ELSE (CASE WHEN bt.oid IS NULL THEN a.atttypmod ELSE t.typtypmod END) & 65535 END END AS datetime_precision,
  CASE WHEN coalesce(bt.oid, a.atttypid) = 1186 THEN upper(substring(format_type(coalesce(bt.oid, a.atttypid), (CASE WHEN bt.oid IS NULL THEN a.atttypmod ELSE t.typtypmod END)) from 'interval[()0-9]* #"%#"' for '#')) END AS interval_type, NULL::int4 AS interval_precision,
  NULL::name AS character_set_catalog, NULL::name AS character_set_schema, NULL::name AS character_set_name,
  CASE WHEN co.oid IS NOT NULL THEN current_database()::name END AS collation_catalog, CASE WHEN co.oid IS NOT NULL THEN 'pg_catalog'::name END AS collation_schema, co.collname AS collation_name,
  CASE WHEN bt.oid IS NOT NULL THEN current_database()::name END AS domain_catalog, CASE WHEN bt.oid IS NOT NULL THEN nt.nspname END AS domain_schema, CASE WHEN bt.oid IS NOT NULL THEN t.typname END AS domain_name, current_database()::name AS udt_catalog, coalesce(nbt.nspname, nt.nspname) AS udt_schema, coalesce(bt.typname, t.typname) AS udt_name,
  NULL::name AS scope_catalog, NULL::name AS scope_schema, NULL::name AS scope_name, NULL::int4 AS maximum_cardinality, a.attnum::text AS dtd_identifier, 'NO' AS is_self_referencing,
  CASE WHEN a.attidentity IN ('a', 'd') THEN 'YES' ELSE 'NO' END AS is_identity, CASE a.attidentity WHEN 'a' THEN 'ALWAYS' WHEN 'd' THEN 'BY DEFAULT' END AS identity_generation,
  s.seqstart::text AS identity_start, s.seqincrement::text AS identity_increment, s.seqmax::text AS identity_maximum, s.seqmin::text AS identity_minimum, CASE WHEN s.seqcycle THEN 'YES' ELSE 'NO' END AS identity_cycle,
  CASE WHEN a.attgenerated = '' THEN 'NEVER' ELSE 'ALWAYS' END AS is_generated, CASE WHEN a.attgenerated <> '' THEN pg_get_expr(d.adbin, d.adrelid) END AS generation_expression,
  CASE WHEN c.relkind IN ('r', 'p') OR c.relkind IN ('v', 'f') AND pg_column_is_updatable(c.oid, a.attnum, false) THEN 'YES' ELSE 'NO' END AS is_updatable
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_type t ON t.oid = a.atttypid JOIN pg_namespace nt ON nt.oid = t.typnamespace
  LEFT JOIN (pg_type bt JOIN pg_namespace nbt ON bt.typnamespace = nbt.oid) ON t.typtype = 'd' AND t.typbasetype = bt.oid
  LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  LEFT JOIN pg_collation co ON co.oid = a.attcollation AND co.collname <> 'default'
  LEFT JOIN pg_depend dep ON a.attidentity <> '' AND dep.refclassid = 1259 AND dep.refobjid = c.oid AND dep.refobjsubid = a.attnum AND dep.classid = 1259 AND dep.deptype = 'i'
  LEFT JOIN pg_sequence s ON s.seqrelid = dep.objid
WHERE c.relkind IN ('r', 'v', 'f', 'p') AND a.attnum > 0 AND NOT a.attisdropped

-- information_schema.domains
SELECT current_database()::name AS domain_catalog, nt.nspname AS domain_schema, t.typname AS domain_name,
  CASE WHEN bt.typelem <> 0 AND bt.typlen = -1 THEN 'ARRAY' WHEN nbt.nspname = 'pg_catalog' THEN format_type(t.typbasetype, NULL) ELSE 'USER-DEFINED' END AS data_type,
  CASE WHEN bt.oid IN (1042, 1043) AND t.typtypmod <> -1 THEN t.typtypmod - 4 WHEN bt.oid IN (1560, 1562) AND t.typtypmod <> -1 THEN t.typtypmod END AS character_maximum_length, CASE WHEN bt.oid IN (25, 1042, 1043) THEN CASE WHEN t.typtypmod = -1 THEN 1073741824 ELSE (t.typtypmod - 4) * 4 END END AS character_octet_length,
  NULL::name AS character_set_catalog, NULL::name AS character_set_schema, NULL::name AS character_set_name, NULL::name AS collation_catalog, NULL::name AS collation_schema, NULL::name AS collation_name,
  CASE bt.oid WHEN 21 THEN 16 WHEN 23 THEN 32 WHEN 20 THEN 64 WHEN 1700 THEN CASE WHEN t.typtypmod <> -1 THEN ((t.typtypmod - 4) >> 16) & 65535 END WHEN 700 THEN 24 WHEN 701 THEN 53 END AS numeric_precision, CASE WHEN bt.oid IN (21, 23, 20, 700, 701) THEN 2 WHEN bt.oid = 1700 THEN 10 END AS numeric_precision_radix, CASE WHEN bt.oid IN (21, 23, 20) THEN 0 WHEN bt.oid = 1700 AND t.typtypmod <> -1 THEN (t.typtypmod - 4) & 65535 END AS numeric_scale,
  CASE WHEN bt.oid = 1082 THEN 0 WHEN bt.oid IN (1083, 1114, 1184, 1266) THEN CASE WHEN t.typtypmod < 0 THEN 6 ELSE t.typtypmod END WHEN bt.oid = 1186 THEN CASE WHEN t.typtypmod < 0 OR t.typtypmod & 65535 = 65535 THEN 6 ELSE t.typtypmod & 65535 END END AS datetime_precision, NULL::varchar AS interval_type, NULL::int4 AS interval_precision,
  t.typdefault AS domain_default, current_database()::name AS udt_catalog, nbt.nspname AS udt_schema, bt.typname AS udt_name, NULL::name AS scope_catalog, NULL::name AS scope_schema, NULL::name AS scope_name, NULL::int4 AS maximum_cardinality, '1' AS dtd_identifier
FROM pg_type t JOIN pg_namespace nt ON t.typnamespace = nt.oid JOIN pg_type bt ON t.typbasetype = bt.oid AND t.typtype = 'd' JOIN pg_namespace nbt ON bt.typnamespace = nbt.oid

-- information_schema.domain_constraints
SELECT current_database()::name AS constraint_catalog, n.nspname AS constraint_schema, con.conname AS constraint_name, current_database()::name AS domain_catalog, n.nspname AS domain_schema, t.typname AS domain_name, 'NO' AS is_deferrable, 'NO' AS initially_deferred
FROM pg_namespace n JOIN pg_type t ON t.typnamespace = n.oid JOIN pg_constraint con ON con.contypid = t.oid

-- information_schema.views
SELECT current_database()::name AS table_catalog, n.nspname AS table_schema, c.relname AS table_name, pg_get_viewdef(c.oid) AS view_definition, 'NONE' AS check_option,
  CASE WHEN pg_relation_is_updatable(c.oid, false) & 20 = 20 THEN 'YES' ELSE 'NO' END AS is_updatable, CASE WHEN pg_relation_is_updatable(c.oid, false) & 8 = 8 THEN 'YES' ELSE 'NO' END AS is_insertable_into,
  'NO' AS is_trigger_updatable, 'NO' AS is_trigger_deletable, 'NO' AS is_trigger_insertable_into
FROM pg_namespace n JOIN pg_class c ON c.relnamespace = n.oid WHERE c.relkind = 'v'

-- information_schema.sequences
SELECT current_database()::name AS sequence_catalog, n.nspname AS sequence_schema, c.relname AS sequence_name, format_type(s.seqtypid, NULL) AS data_type,
  CASE s.seqtypid WHEN 21 THEN 16 WHEN 23 THEN 32 WHEN 20 THEN 64 WHEN 1700 THEN CASE WHEN (-1) <> -1 THEN (((-1) - 4) >> 16) & 65535 END WHEN 700 THEN 24 WHEN 701 THEN 53 END AS numeric_precision, 2 AS numeric_precision_radix, 0 AS numeric_scale, s.seqstart::text AS start_value, s.seqmin::text AS minimum_value, s.seqmax::text AS maximum_value, s.seqincrement::text AS increment, CASE WHEN s.seqcycle THEN 'YES' ELSE 'NO' END AS cycle_option
FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE NOT EXISTS (SELECT 1 FROM pg_depend dep WHERE dep.classid = 1259 AND dep.objid = c.oid AND dep.deptype = 'i')

-- information_schema.table_constraints
SELECT current_database()::name AS constraint_catalog, nk.nspname AS constraint_schema, k.conname AS constraint_name, current_database()::name AS table_catalog, n.nspname AS table_schema, c.relname AS table_name,
  CASE k.contype WHEN 'c' THEN 'CHECK' WHEN 'f' THEN 'FOREIGN KEY' WHEN 'p' THEN 'PRIMARY KEY' WHEN 'u' THEN 'UNIQUE' END AS constraint_type, CASE WHEN k.condeferrable THEN 'YES' ELSE 'NO' END AS is_deferrable, CASE WHEN k.condeferred THEN 'YES' ELSE 'NO' END AS initially_deferred, 'YES' AS enforced,
  CASE WHEN k.contype = 'u' THEN 'YES' END AS nulls_distinct
FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_namespace nk ON nk.oid = k.connamespace WHERE k.contype IN ('c', 'f', 'p', 'u')
UNION ALL
SELECT current_database()::name, n.nspname, (n.oid::text || '_' || c.oid::text || '_' || a.attnum::text || '_not_null')::name, current_database()::name, n.nspname, c.relname, 'CHECK', 'NO', 'NO', 'YES', NULL
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE a.attnotnull AND a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p')

-- information_schema.check_constraints
SELECT current_database()::name AS constraint_catalog, nk.nspname AS constraint_schema, k.conname AS constraint_name, substring(pg_get_constraintdef(k.oid), 7) AS check_clause FROM pg_constraint k JOIN pg_namespace nk ON nk.oid = k.connamespace WHERE k.contype = 'c'
UNION ALL
SELECT current_database()::name, n.nspname, (n.oid::text || '_' || c.oid::text || '_' || a.attnum::text || '_not_null')::name, a.attname || ' IS NOT NULL'
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE a.attnotnull AND a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p')

-- information_schema.key_column_usage
SELECT current_database()::name AS constraint_catalog, nk.nspname AS constraint_schema, k.conname AS constraint_name, current_database()::name AS table_catalog, n.nspname AS table_schema, c.relname AS table_name, a.attname AS column_name, p.i AS ordinal_position,
  CASE WHEN k.contype = 'f' THEN (SELECT q.i FROM pg_index x, generate_series(1, 32) AS q(i) WHERE x.indexrelid = k.conindid AND x.indkey[q.i - 1] = k.confkey[p.i]) END AS position_in_unique_constraint
FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_namespace nk ON nk.oid = k.connamespace JOIN generate_series(1, 32) AS p(i) ON p.i <= array_length(k.conkey, 1) JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.conkey[p.i] WHERE k.contype IN ('p', 'u', 'f')

-- information_schema.referential_constraints
SELECT current_database()::name AS constraint_catalog, nk.nspname AS constraint_schema, k.conname AS constraint_name, CASE WHEN u.oid IS NOT NULL THEN current_database()::name END AS unique_constraint_catalog, nu.nspname AS unique_constraint_schema, u.conname AS unique_constraint_name,
  CASE k.confmatchtype WHEN 'f' THEN 'FULL' WHEN 'p' THEN 'PARTIAL' ELSE 'NONE' END AS match_option,
  CASE k.confupdtype WHEN 'c' THEN 'CASCADE' WHEN 'n' THEN 'SET NULL' WHEN 'd' THEN 'SET DEFAULT' WHEN 'r' THEN 'RESTRICT' ELSE 'NO ACTION' END AS update_rule,
  CASE k.confdeltype WHEN 'c' THEN 'CASCADE' WHEN 'n' THEN 'SET NULL' WHEN 'd' THEN 'SET DEFAULT' WHEN 'r' THEN 'RESTRICT' ELSE 'NO ACTION' END AS delete_rule
FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_namespace nk ON nk.oid = k.connamespace LEFT JOIN pg_constraint u ON u.conindid = k.conindid AND u.contype IN ('p', 'u') LEFT JOIN pg_namespace nu ON nu.oid = u.connamespace WHERE k.contype = 'f'

-- information_schema.constraint_column_usage
SELECT current_database()::name AS table_catalog, n.nspname AS table_schema, c.relname AS table_name, a.attname AS column_name, current_database()::name AS constraint_catalog, nk.nspname AS constraint_schema, k.conname AS constraint_name
FROM pg_constraint k JOIN pg_namespace nk ON nk.oid = k.connamespace JOIN pg_class c ON c.oid = CASE WHEN k.contype = 'f' THEN k.confrelid ELSE k.conrelid END JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_attribute a ON a.attrelid = c.oid WHERE k.contype IN ('c', 'f', 'p', 'u') AND a.attnum = ANY (CASE WHEN k.contype = 'f' THEN k.confkey ELSE k.conkey END)

-- information_schema.constraint_table_usage
SELECT current_database()::name AS table_catalog, n.nspname AS table_schema, c.relname AS table_name, current_database()::name AS constraint_catalog, nk.nspname AS constraint_schema, k.conname AS constraint_name
FROM pg_constraint k JOIN pg_namespace nk ON nk.oid = k.connamespace JOIN pg_class c ON c.oid = CASE WHEN k.contype = 'f' THEN k.confrelid ELSE k.conrelid END JOIN pg_namespace n ON n.oid = c.relnamespace WHERE k.contype IN ('f', 'p', 'u')

-- information_schema.routines
SELECT current_database()::name AS specific_catalog, n.nspname AS specific_schema, (p.proname || '_' || p.oid::text)::name AS specific_name, current_database()::name AS routine_catalog, n.nspname AS routine_schema, p.proname AS routine_name, CASE p.prokind WHEN 'f' THEN 'FUNCTION' WHEN 'p' THEN 'PROCEDURE' END AS routine_type, NULL::name AS module_catalog, NULL::name AS module_schema, NULL::name AS module_name, NULL::name AS udt_catalog, NULL::name AS udt_schema, NULL::name AS udt_name, CASE WHEN p.prokind = 'p' THEN NULL ELSE CASE WHEN t.typelem <> 0 AND t.typlen = -1 THEN 'ARRAY' WHEN t.typnamespace = 11 THEN format_type(t.oid, NULL) ELSE 'USER-DEFINED' END END AS data_type, NULL::int4 AS character_maximum_length, NULL::int4 AS character_octet_length, NULL::name AS character_set_catalog, NULL::name AS character_set_schema, NULL::name AS character_set_name, NULL::name AS collation_catalog, NULL::name AS collation_schema, NULL::name AS collation_name, NULL::int4 AS numeric_precision, NULL::int4 AS numeric_precision_radix, NULL::int4 AS numeric_scale, NULL::int4 AS datetime_precision, NULL::varchar AS interval_type, NULL::int4 AS interval_precision, CASE WHEN p.prokind <> 'p' THEN current_database()::name END AS type_udt_catalog, CASE WHEN p.prokind <> 'p' THEN nt.nspname END AS type_udt_schema, CASE WHEN p.prokind <> 'p' THEN t.typname END AS type_udt_name, NULL::name AS scope_catalog, NULL::name AS scope_schema, NULL::name AS scope_name, NULL::int4 AS maximum_cardinality, CASE WHEN p.prokind <> 'p' THEN '0' END AS dtd_identifier, CASE WHEN l.lanname = 'sql' THEN 'SQL' ELSE 'EXTERNAL' END AS routine_body, p.prosrc AS routine_definition, CASE WHEN l.lanname = 'c' THEN p.prosrc END AS external_name, upper(l.lanname::text) AS external_language, 'GENERAL' AS parameter_style, CASE WHEN p.provolatile = 'i' THEN 'YES' ELSE 'NO' END AS is_deterministic, 'MODIFIES' AS sql_data_access, CASE WHEN p.prokind <> 'p' THEN CASE WHEN p.proisstrict THEN 'YES' ELSE 'NO' END END AS is_null_call, NULL::varchar AS sql_path, 'YES' AS schema_level_routine, 0 AS max_dynamic_result_sets, NULL::varchar AS is_user_defined_cast, NULL::varchar AS is_implicitly_invocable, CASE WHEN p.prosecdef THEN 'DEFINER' ELSE 'INVOKER' END AS security_type, NULL::name AS to_sql_specific_catalog, NULL::name AS to_sql_specific_schema, NULL::name AS to_sql_specific_name, 'NO' AS as_locator, NULL::timestamptz AS created, NULL::timestamptz AS last_altered, NULL::varchar AS new_savepoint_level, 'NO' AS is_udt_dependent, NULL::varchar AS result_cast_from_data_type, NULL::varchar AS result_cast_as_locator, NULL::int4 AS result_cast_char_max_length, NULL::int4 AS result_cast_char_octet_length, NULL::name AS result_cast_char_set_catalog, NULL::name AS result_cast_char_set_schema, NULL::name AS result_cast_char_set_name, NULL::name AS result_cast_collation_catalog, NULL::name AS result_cast_collation_schema, NULL::name AS result_cast_collation_name, NULL::int4 AS result_cast_numeric_precision, NULL::int4 AS result_cast_numeric_precision_radix, NULL::int4 AS result_cast_numeric_scale, NULL::int4 AS result_cast_datetime_precision, NULL::varchar AS result_cast_interval_type, NULL::int4 AS result_cast_interval_precision, NULL::name AS result_cast_type_udt_catalog, NULL::name AS result_cast_type_udt_schema, NULL::name AS result_cast_type_udt_name, NULL::name AS result_cast_scope_catalog, NULL::name AS result_cast_scope_schema, NULL::name AS result_cast_scope_name, NULL::int4 AS result_cast_maximum_cardinality, NULL::name AS result_cast_dtd_identifier
FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_language l ON l.oid = p.prolang LEFT JOIN pg_type t ON t.oid = p.prorettype AND p.prokind <> 'p' LEFT JOIN pg_namespace nt ON nt.oid = t.typnamespace WHERE p.prokind IN ('f', 'p')

-- information_schema.parameters
SELECT current_database()::name AS specific_catalog, n.nspname AS specific_schema, (p.proname || '_' || p.oid::text)::name AS specific_name, q.i AS ordinal_position, CASE coalesce(p.proargmodes[q.i], 'i') WHEN 'i' THEN 'IN' WHEN 'o' THEN 'OUT' WHEN 'b' THEN 'INOUT' WHEN 'v' THEN 'IN' WHEN 't' THEN 'OUT' END AS parameter_mode, 'NO' AS is_result, 'NO' AS as_locator, nullif(p.proargnames[q.i], '')::name AS parameter_name, CASE WHEN t.typelem <> 0 AND t.typlen = -1 THEN 'ARRAY' WHEN t.typnamespace = 11 THEN format_type(t.oid, NULL) ELSE 'USER-DEFINED' END AS data_type, NULL::int4 AS character_maximum_length, NULL::int4 AS character_octet_length, NULL::name AS character_set_catalog, NULL::name AS character_set_schema, NULL::name AS character_set_name, NULL::name AS collation_catalog, NULL::name AS collation_schema, NULL::name AS collation_name, NULL::int4 AS numeric_precision, NULL::int4 AS numeric_precision_radix, NULL::int4 AS numeric_scale, NULL::int4 AS datetime_precision, NULL::varchar AS interval_type, NULL::int4 AS interval_precision, current_database()::name AS udt_catalog, nt.nspname AS udt_schema, t.typname AS udt_name, NULL::name AS scope_catalog, NULL::name AS scope_schema, NULL::name AS scope_name, NULL::int4 AS maximum_cardinality, q.i::text AS dtd_identifier, NULL::varchar AS parameter_default
FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN generate_series(1, 100) AS q(i) ON q.i <= coalesce(array_length(p.proallargtypes, 1), p.pronargs::int4) JOIN pg_type t ON t.oid = CASE WHEN p.proallargtypes IS NULL THEN p.proargtypes[q.i - 1] ELSE p.proallargtypes[q.i] END JOIN pg_namespace nt ON nt.oid = t.typnamespace

-- information_schema.character_sets
SELECT NULL::name AS character_set_catalog, NULL::name AS character_set_schema, 'UTF8'::name AS character_set_name, 'UCS'::name AS character_repertoire, 'UTF8'::name AS form_of_use, current_database()::name AS default_collate_catalog, NULL::name AS default_collate_schema, NULL::name AS default_collate_name

-- information_schema.collations
SELECT current_database()::name AS collation_catalog, n.nspname AS collation_schema, c.collname AS collation_name, 'NO PAD' AS pad_attribute FROM pg_collation c JOIN pg_namespace n ON n.oid = c.collnamespace WHERE c.collencoding IN (-1, 6)

-- information_schema.collation_character_set_applicability
SELECT current_database()::name AS collation_catalog, n.nspname AS collation_schema, c.collname AS collation_name, NULL::name AS character_set_catalog, NULL::name AS character_set_schema, 'UTF8'::name AS character_set_name FROM pg_collation c JOIN pg_namespace n ON n.oid = c.collnamespace WHERE c.collencoding IN (-1, 6)

-- information_schema.table_privileges
SELECT pg_get_userbyid(c.relowner) AS grantor, pg_get_userbyid(c.relowner) AS grantee, current_database()::name AS table_catalog, n.nspname AS table_schema, c.relname AS table_name, p.privilege AS privilege_type, 'YES' AS is_grantable, CASE WHEN p.privilege = 'SELECT' THEN 'YES' ELSE 'NO' END AS with_hierarchy
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, (VALUES ('INSERT'), ('SELECT'), ('UPDATE'), ('DELETE'), ('TRUNCATE'), ('REFERENCES'), ('TRIGGER')) AS p(privilege) WHERE c.relkind IN ('r', 'v', 'p')

-- information_schema.role_table_grants
SELECT pg_get_userbyid(c.relowner) AS grantor, pg_get_userbyid(c.relowner) AS grantee, current_database()::name AS table_catalog, n.nspname AS table_schema, c.relname AS table_name, p.privilege AS privilege_type, 'YES' AS is_grantable, CASE WHEN p.privilege = 'SELECT' THEN 'YES' ELSE 'NO' END AS with_hierarchy
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, (VALUES ('INSERT'), ('SELECT'), ('UPDATE'), ('DELETE'), ('TRUNCATE'), ('REFERENCES'), ('TRIGGER')) AS p(privilege) WHERE c.relkind IN ('r', 'v', 'p')

-- information_schema.column_privileges
SELECT pg_get_userbyid(c.relowner) AS grantor, pg_get_userbyid(c.relowner) AS grantee, current_database()::name AS table_catalog, n.nspname AS table_schema, c.relname AS table_name, a.attname AS column_name, p.privilege AS privilege_type, 'YES' AS is_grantable
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid, (VALUES ('SELECT'), ('INSERT'), ('UPDATE'), ('REFERENCES')) AS p(privilege) WHERE c.relkind IN ('r', 'v', 'p') AND a.attnum > 0 AND NOT a.attisdropped

-- information_schema.role_column_grants
SELECT pg_get_userbyid(c.relowner) AS grantor, pg_get_userbyid(c.relowner) AS grantee, current_database()::name AS table_catalog, n.nspname AS table_schema, c.relname AS table_name, a.attname AS column_name, p.privilege AS privilege_type, 'YES' AS is_grantable
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid, (VALUES ('SELECT'), ('INSERT'), ('UPDATE'), ('REFERENCES')) AS p(privilege) WHERE c.relkind IN ('r', 'v', 'p') AND a.attnum > 0 AND NOT a.attisdropped

-- information_schema.routine_privileges
SELECT pg_get_userbyid(p.proowner) AS grantor, 'PUBLIC'::name AS grantee, current_database()::name AS specific_catalog, n.nspname AS specific_schema, (p.proname || '_' || p.oid::text)::name AS specific_name, current_database()::name AS routine_catalog, n.nspname AS routine_schema, p.proname AS routine_name, 'EXECUTE' AS privilege_type, 'NO' AS is_grantable FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace

-- information_schema.role_routine_grants
SELECT pg_get_userbyid(p.proowner) AS grantor, pg_get_userbyid(p.proowner)::name AS grantee, current_database()::name AS specific_catalog, n.nspname AS specific_schema, (p.proname || '_' || p.oid::text)::name AS specific_name, current_database()::name AS routine_catalog, n.nspname AS routine_schema, p.proname AS routine_name, 'EXECUTE' AS privilege_type, 'NO' AS is_grantable FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace

-- information_schema.enabled_roles
SELECT a.rolname AS role_name FROM pg_authid a

-- information_schema.view_table_usage
SELECT DISTINCT current_database()::name AS view_catalog, n.nspname AS view_schema, v.relname AS view_name, current_database()::name AS table_catalog, nt.nspname AS table_schema, t.relname AS table_name
FROM pg_class v JOIN pg_namespace n ON n.oid = v.relnamespace JOIN pg_rewrite r ON r.ev_class = v.oid JOIN pg_depend d ON d.classid = 2618 AND d.objid = r.oid AND d.refclassid = 1259 AND d.deptype = 'n' AND d.refobjid <> v.oid JOIN pg_class t ON t.oid = d.refobjid JOIN pg_namespace nt ON nt.oid = t.relnamespace WHERE v.relkind = 'v'

-- information_schema.column_udt_usage
SELECT current_database()::name AS udt_catalog, nt.nspname AS udt_schema, t.typname AS udt_name, current_database()::name AS table_catalog, n.nspname AS table_schema, c.relname AS table_name, a.attname AS column_name
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_type t ON t.oid = a.atttypid JOIN pg_namespace nt ON nt.oid = t.typnamespace WHERE a.attnum > 0 AND c.relkind IN ('r', 'v', 'p')

-- information_schema.view_column_usage
SELECT DISTINCT current_database()::name AS view_catalog, n.nspname AS view_schema, v.relname AS view_name, current_database()::name AS table_catalog, nt.nspname AS table_schema, t.relname AS table_name, a.attname AS column_name
FROM pg_class v JOIN pg_namespace n ON n.oid = v.relnamespace JOIN pg_rewrite r ON r.ev_class = v.oid JOIN pg_depend d ON d.classid = 2618 AND d.objid = r.oid AND d.refclassid = 1259 AND d.deptype = 'n' AND d.refobjid <> v.oid JOIN pg_class t ON t.oid = d.refobjid JOIN pg_namespace nt ON nt.oid = t.relnamespace JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid WHERE v.relkind = 'v' AND t.relkind IN ('r', 'v', 'f', 'p')

-- pg_catalog.pg_config
SELECT c.name AS name, c.setting AS setting FROM pg_config() AS c

-- pg_catalog.pg_stat_archiver
SELECT 0::int8 AS archived_count, NULL::text AS last_archived_wal, NULL::timestamptz AS last_archived_time, 0::int8 AS failed_count, NULL::text AS last_failed_wal, NULL::timestamptz AS last_failed_time, pg_postmaster_start_time() AS stats_reset

-- pg_catalog.pg_stat_bgwriter
SELECT 0::int8 AS checkpoints_timed, 0::int8 AS checkpoints_req, 0::float8 AS checkpoint_write_time, 0::float8 AS checkpoint_sync_time, 0::int8 AS buffers_checkpoint, 0::int8 AS buffers_clean, 0::int8 AS maxwritten_clean, 0::int8 AS buffers_backend, 0::int8 AS buffers_backend_fsync, 0::int8 AS buffers_alloc, pg_postmaster_start_time() AS stats_reset

-- pg_catalog.pg_stat_wal
SELECT 0::int8 AS wal_records, 0::int8 AS wal_fpi, 0::numeric AS wal_bytes, 0::int8 AS wal_buffers_full, 0::int8 AS wal_write, 0::int8 AS wal_sync, 0::float8 AS wal_write_time, 0::float8 AS wal_sync_time, pg_postmaster_start_time() AS stats_reset

-- pg_catalog.pg_stat_recovery_prefetch
SELECT pg_postmaster_start_time() AS stats_reset, 0::int8 AS prefetch, 0::int8 AS hit, 0::int8 AS skip_init, 0::int8 AS skip_new, 0::int8 AS skip_fpw, 0::int8 AS skip_rep, 0 AS wal_distance, 0 AS block_distance, 0 AS io_depth

-- information_schema._pg_foreign_data_wrappers information_schema._pg_foreign_servers information_schema._pg_foreign_table_columns information_schema._pg_foreign_tables information_schema._pg_user_mappings information_schema.administrable_role_authorizations information_schema.applicable_roles information_schema.attributes information_schema.check_constraint_routine_usage information_schema.column_column_usage information_schema.column_domain_usage information_schema.column_options information_schema.data_type_privileges information_schema.domain_udt_usage information_schema.element_types information_schema.foreign_data_wrapper_options information_schema.foreign_data_wrappers information_schema.foreign_server_options information_schema.foreign_servers information_schema.foreign_table_options information_schema.foreign_tables information_schema.role_udt_grants information_schema.role_usage_grants information_schema.routine_column_usage information_schema.routine_routine_usage information_schema.routine_sequence_usage information_schema.routine_table_usage information_schema.transforms information_schema.triggered_update_columns information_schema.triggers information_schema.udt_privileges information_schema.usage_privileges information_schema.user_defined_types information_schema.user_mapping_options information_schema.user_mappings information_schema.view_routine_usage pg_catalog.pg_policies pg_catalog.pg_prepared_xacts pg_catalog.pg_publication_tables pg_catalog.pg_replication_origin_status pg_catalog.pg_replication_slots pg_catalog.pg_rules pg_catalog.pg_seclabels pg_catalog.pg_stat_progress_analyze pg_catalog.pg_stat_progress_basebackup pg_catalog.pg_stat_progress_cluster pg_catalog.pg_stat_progress_copy pg_catalog.pg_stat_progress_create_index pg_catalog.pg_stat_progress_vacuum pg_catalog.pg_stat_replication pg_catalog.pg_stat_replication_slots pg_catalog.pg_stat_subscription pg_catalog.pg_stat_subscription_stats pg_catalog.pg_stat_user_functions pg_catalog.pg_stat_wal_receiver pg_catalog.pg_stat_xact_user_functions pg_catalog.pg_stats pg_catalog.pg_stats_ext pg_catalog.pg_stats_ext_exprs pg_catalog.pg_user_mappings pg_catalog.pg_backend_memory_contexts pg_catalog.pg_file_settings pg_catalog.pg_hba_file_rules pg_catalog.pg_ident_file_mappings pg_catalog.pg_shmem_allocations pg_catalog.pg_stat_slru
