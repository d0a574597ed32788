# pgAdmin: psycopg 3 with client-side cursors, the simple protocol
protocol: simple

-- The first message
--! cut set_config: void of meaning
SET DateStyle=ISO; SET client_min_messages=notice; SELECT set_config('bytea_output','hex',false) FROM pg_show_all_settings() WHERE name = 'bytea_output'; SET client_encoding='utf-8';

-- The version
--! cut version: every server has its own
SELECT version()

-- The database
--! cut serverencoding, useconnlimit: none
SELECT db.oid as did, db.datname, db.datallowconn, pg_encoding_to_char(db.encoding) AS serverencoding, has_database_privilege(db.oid, 'CREATE') as cancreate, datistemplate FROM pg_catalog.pg_database db WHERE db.datname = current_database()

-- Encryption by GSS
SELECT gss_authenticated, encrypted FROM pg_catalog.pg_stat_gssapi WHERE pid = pg_backend_pid()

-- The roles of the user
SELECT roles.oid as id, roles.rolname as name, roles.rolsuper as is_superuser, CASE WHEN roles.rolsuper THEN true ELSE roles.rolcreaterole END as can_create_role, CASE WHEN roles.rolsuper THEN true ELSE roles.rolcreatedb END as can_create_db, CASE WHEN 'pg_signal_backend'=ANY(ARRAY(WITH RECURSIVE cte AS (SELECT pg_roles.oid,pg_roles.rolname FROM pg_roles WHERE pg_roles.oid = roles.oid UNION ALL SELECT m.roleid,pgr.rolname FROM cte cte_1 JOIN pg_auth_members m ON m.member = cte_1.oid JOIN pg_roles pgr ON pgr.oid = m.roleid) SELECT rolname FROM cte)) THEN True ELSE False END as can_signal_backend
FROM pg_catalog.pg_roles as roles WHERE rolname = current_user

-- Recovery and replication
SELECT CASE WHEN usesuper THEN pg_catalog.pg_is_in_recovery() ELSE FALSE END as inrecovery, CASE WHEN usesuper AND pg_catalog.pg_is_in_recovery() THEN pg_is_wal_replay_paused() ELSE FALSE END as isreplaypaused FROM pg_catalog.pg_user WHERE usename=current_user

-- Whether it is a primary or a standby
SELECT CASE WHEN (SELECT count(extname) FROM pg_catalog.pg_extension WHERE extname='bdr') > 0 THEN 'pgd' WHEN (SELECT COUNT(*) FROM pg_stat_replication) > 0 THEN 'log' ELSE null END as type

-- Databases of the tree
--! cut did: an OID
SELECT db.oid as did, db.datname as name, ta.spcname as spcname, db.datallowconn, db.datistemplate AS is_template, has_database_privilege(db.oid, 'CREATE') as cancreate, datdba as owner, descr.description FROM pg_catalog.pg_database db LEFT OUTER JOIN pg_catalog.pg_tablespace ta ON db.dattablespace = ta.oid LEFT OUTER JOIN pg_catalog.pg_shdescription descr ON (db.oid=descr.objoid AND descr.classoid='pg_database'::regclass) WHERE datname = 'bi' ORDER BY datname

-- Schemas of the tree
--! cut oid: an OID
SELECT nsp.oid, nsp.nspname as name, has_schema_privilege(nsp.oid, 'CREATE') as can_create, has_schema_privilege(nsp.oid, 'USAGE') as has_usage, pg_catalog.pg_get_userbyid(nsp.nspowner) as owner, des.description FROM pg_catalog.pg_namespace nsp LEFT OUTER JOIN pg_catalog.pg_description des ON (des.objoid=nsp.oid AND des.classoid='pg_namespace'::regclass)
WHERE nspname NOT LIKE 'pg\_%' AND NOT ((nsp.nspname = 'pg_catalog' AND EXISTS (SELECT 1 FROM pg_catalog.pg_class WHERE relname = 'pg_class' AND relnamespace = nsp.oid LIMIT 1)) OR (nsp.nspname = 'information_schema' AND EXISTS (SELECT 1 FROM pg_catalog.pg_class WHERE relname = 'tables' AND relnamespace = nsp.oid LIMIT 1))) ORDER BY nspname

-- The schema
--! keep public
SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = 'public'

-- Its properties: rights taken apart
--! unordered
SELECT COALESCE(gt.rolname, 'PUBLIC') AS grantee, g.rolname AS grantor, array_agg(privilege_type ORDER BY privilege_type) AS privileges, array_agg(is_grantable) AS grantable FROM (SELECT d.grantee, d.grantor, d.is_grantable, CASE d.privilege_type WHEN 'CREATE' THEN 'C' WHEN 'USAGE' THEN 'U' ELSE 'UNKNOWN' END AS privilege_type FROM (SELECT (d).grantee AS grantee, (d).grantor AS grantor, (d).is_grantable AS is_grantable, (d).privilege_type AS privilege_type FROM (SELECT aclexplode(nsp.nspacl) as d FROM pg_catalog.pg_namespace nsp WHERE nsp.oid = {public}::oid) a) d) d LEFT JOIN pg_catalog.pg_roles g ON (d.grantor = g.oid) LEFT JOIN pg_catalog.pg_roles gt ON (d.grantee = gt.oid) GROUP BY g.rolname, gt.rolname

-- Tables of the tree
--! cut oid: an OID
SELECT rel.oid, rel.relname AS name, (SELECT count(*) FROM pg_catalog.pg_trigger WHERE tgrelid=rel.oid AND tgisinternal = FALSE) AS triggercount, (SELECT count(*) FROM pg_catalog.pg_trigger WHERE tgrelid=rel.oid AND tgisinternal = FALSE AND tgenabled = 'O') AS has_enable_triggers, (CASE WHEN rel.relkind = 'p' THEN true ELSE false END) AS is_partitioned, (SELECT count(1) FROM pg_catalog.pg_inherits WHERE inhrelid=rel.oid LIMIT 1) as is_inherits, des.description FROM pg_catalog.pg_class rel LEFT OUTER JOIN pg_catalog.pg_description des ON (des.objoid=rel.oid AND des.objsubid=0 AND des.classoid='pg_class'::regclass) WHERE rel.relkind IN ('r','s','t','p') AND rel.relnamespace = {public}::oid AND NOT rel.relispartition ORDER BY rel.relname

-- The table
--! keep patients
SELECT oid FROM pg_catalog.pg_class WHERE relname = 'patients' AND relnamespace = {public}::oid

-- Its properties
--! cut reltuples, relacl_str: estimates
SELECT rel.relname AS name, rel.reltablespace AS spcoid, rel.relacl AS relacl_str, (CASE WHEN length(spc.spcname::text) > 0 THEN spc.spcname ELSE (SELECT sp.spcname FROM pg_catalog.pg_database dtb JOIN pg_catalog.pg_tablespace sp ON dtb.dattablespace=sp.oid WHERE dtb.datname = current_database()) END) as spcname, (CASE rel.relreplident WHEN 'd' THEN 'default' WHEN 'n' THEN 'nothing' WHEN 'f' THEN 'full' WHEN 'i' THEN 'index' END) as replica_identity, (select nspname FROM pg_catalog.pg_namespace WHERE oid = {public}::oid) as schema, pg_catalog.pg_get_userbyid(rel.relowner) AS relowner, rel.relkind, (CASE WHEN rel.relkind = 'p' THEN true ELSE false END) AS is_partitioned, rel.relhassubclass, rel.reltuples::bigint, des.description, con.conname, con.conkey, EXISTS(select 1 FROM pg_catalog.pg_trigger JOIN pg_catalog.pg_proc pt ON pt.oid=tgfoid AND pt.proname='logtrigger' JOIN pg_catalog.pg_proc pc ON pc.pronamespace=pt.pronamespace AND pc.proname='slonyversion' WHERE tgrelid=rel.oid) AS isrepl,
    substring(array_to_string(rel.reloptions, ',') FROM 'fillfactor=([0-9]*)') AS fillfactor, rel.relhasoids IS NULL AS never FROM (SELECT *, NULL::bool AS relhasoids FROM pg_catalog.pg_class) rel LEFT OUTER JOIN pg_catalog.pg_tablespace spc on spc.oid=rel.reltablespace LEFT OUTER JOIN pg_catalog.pg_description des ON (des.objoid=rel.oid AND des.objsubid=0 AND des.classoid='pg_class'::regclass) LEFT OUTER JOIN pg_catalog.pg_constraint con ON con.conrelid=rel.oid AND con.contype='p' WHERE rel.relkind IN ('r','s','t','p') AND rel.relnamespace = {public}::oid AND rel.oid = {patients}::oid ORDER BY rel.relname

-- Its columns
--! cut attstattarget: of the server's inside
SELECT DISTINCT ON (att.attnum) att.attname as name, att.atttypid, att.attlen, att.attnum, att.attndims, att.atttypmod, att.attacl, att.attnotnull, att.attoptions, att.attfdwoptions, att.attstattarget, att.attstorage, att.attidentity, pg_catalog.pg_get_expr(def.adbin, def.adrelid) AS defval, pg_catalog.format_type(ty.oid,NULL) AS typname, pg_catalog.format_type(ty.oid,att.atttypmod) AS displaytypname, CASE WHEN ty.typelem > 0 THEN ty.typelem ELSE ty.oid END as elemoid, tn.nspname as typnspname, et.typname as elemtypname, ty.typstorage AS defaultstorage, cl.relname, na.nspname, att.attstattarget, description, (SELECT count(1) FROM pg_catalog.pg_type t2 WHERE t2.typname=ty.typname) > 1 AS isdup, CASE WHEN length(coll.collname::text) > 0 AND length(nspc.nspname::text) > 0 THEN pg_catalog.concat(pg_catalog.quote_ident(nspc.nspname),'.',pg_catalog.quote_ident(coll.collname)) ELSE '' END AS collspcname, EXISTS(SELECT 1 FROM pg_catalog.pg_constraint WHERE conrelid=att.attrelid AND contype='f' AND att.attnum=ANY(conkey)) As is_fk, CASE WHEN EXISTS(SELECT 1 FROM pg_catalog.pg_constraint WHERE conrelid=att.attrelid AND contype='p' AND att.attnum=ANY(conkey)) THEN true ELSE false END As is_pk, seq.seqincrement, seq.seqstart, seq.seqmin, seq.seqmax, seq.seqcache, seq.seqcycle
FROM pg_catalog.pg_attribute att JOIN pg_catalog.pg_type ty ON ty.oid=atttypid LEFT OUTER JOIN pg_catalog.pg_namespace tn ON tn.oid=ty.typnamespace JOIN pg_catalog.pg_class cl ON cl.oid=att.attrelid JOIN pg_catalog.pg_namespace na ON na.oid=cl.relnamespace LEFT OUTER JOIN pg_catalog.pg_type et ON et.oid=ty.typelem LEFT OUTER JOIN pg_catalog.pg_attrdef def ON adrelid=att.attrelid AND adnum=att.attnum LEFT OUTER JOIN pg_catalog.pg_description des ON (des.objoid=att.attrelid AND des.objsubid=att.attnum AND des.classoid='pg_class'::regclass) LEFT OUTER JOIN (pg_catalog.pg_depend dep JOIN pg_catalog.pg_class cs ON dep.classid='pg_class'::regclass AND dep.objid=cs.oid AND cs.relkind='S') ON dep.refobjid=att.attrelid AND dep.refobjsubid=att.attnum LEFT OUTER JOIN pg_catalog.pg_sequence seq ON cs.oid=seq.seqrelid LEFT OUTER JOIN pg_catalog.pg_collation coll ON att.attcollation=coll.oid LEFT OUTER JOIN pg_catalog.pg_namespace nspc ON coll.collnamespace=nspc.oid
WHERE att.attrelid = {patients}::oid AND att.attnum > 0 AND att.attisdropped IS FALSE ORDER BY att.attnum

-- Its key
--! cut oid, indnkeyatts, col_count: OIDs
SELECT cls.oid, cls.relname as name, CASE contype WHEN 'p' THEN desp.description WHEN 'u' THEN desp.description WHEN 'x' THEN desp.description ELSE des.description END AS comment, indnkeyatts as col_count, CASE WHEN length(spcname::text) > 0 THEN spcname ELSE (SELECT sp.spcname FROM pg_catalog.pg_database dtb JOIN pg_catalog.pg_tablespace sp ON dtb.dattablespace=sp.oid WHERE dtb.datname = current_database()) END as spcname, condeferrable, condeferred, conkey, substring(array_to_string(cls.reloptions, ',') from 'fillfactor=([0-9]*)') AS fillfactor FROM pg_catalog.pg_index idx JOIN pg_catalog.pg_class cls ON cls.oid=indexrelid LEFT OUTER JOIN pg_catalog.pg_tablespace ta on ta.oid=cls.reltablespace LEFT JOIN pg_catalog.pg_depend dep ON (dep.classid = cls.tableoid AND dep.objid = cls.oid AND dep.refobjsubid = '0' AND dep.refclassid=(SELECT oid FROM pg_catalog.pg_class WHERE relname='pg_constraint') AND dep.deptype='i') LEFT OUTER JOIN pg_catalog.pg_constraint con ON (con.tableoid = dep.refclassid AND con.oid = dep.refobjid) LEFT OUTER JOIN pg_catalog.pg_description des ON (des.objoid=cls.oid AND des.classoid='pg_class'::regclass) LEFT OUTER JOIN pg_catalog.pg_description desp ON (desp.objoid=con.oid AND desp.objsubid = 0 AND desp.classoid='pg_constraint'::regclass) WHERE indrelid = {patients}::oid AND contype='p' ORDER BY cls.relname

-- Its foreign keys, by columns
SELECT ct.conname as name, condeferrable, condeferred, confupdtype, confdeltype, CASE confmatchtype WHEN 's' THEN FALSE WHEN 'f' THEN TRUE END AS confmatchtype, conkey, confkey, nl.nspname as fknsp, cl.relname as fktab, nr.nspname as refnsp, cr.relname as reftab, description as comment, convalidated FROM pg_catalog.pg_constraint ct JOIN pg_catalog.pg_class cl ON cl.oid=conrelid JOIN pg_catalog.pg_namespace nl ON nl.oid=cl.relnamespace JOIN pg_catalog.pg_class cr ON cr.oid=confrelid JOIN pg_catalog.pg_namespace nr ON nr.oid=cr.relnamespace LEFT OUTER JOIN pg_catalog.pg_description des ON (des.objoid=ct.oid AND des.classoid='pg_constraint'::regclass) WHERE ct.contype='f' AND cr.oid = {patients}::oid ORDER BY conname

-- Checks
SELECT c.conname as name, relname, nspname, description as comment, pg_catalog.pg_get_expr(conbin, conrelid, true) as consrc, connoinherit, NOT convalidated as convalidated FROM pg_catalog.pg_constraint c JOIN pg_catalog.pg_class cl ON cl.oid=conrelid JOIN pg_catalog.pg_namespace nl ON nl.oid=relnamespace LEFT OUTER JOIN pg_catalog.pg_description des ON (des.objoid=c.oid AND des.classoid='pg_constraint'::regclass) WHERE contype = 'c' AND relname IN ('patients', 'visits', 'wards') ORDER BY conname

-- Indexes of the tree
--! cut oid: an OID
SELECT DISTINCT ON(cls.relname) cls.oid, cls.relname as name, indisclustered, indisunique, indisvalid, indisprimary, n.nspname, tab.relname as tabname, con.contype, des.description, pg_catalog.pg_get_expr(indpred, indrelid, true) as indconstraint, am.amname FROM pg_catalog.pg_index idx JOIN pg_catalog.pg_class cls ON cls.oid=indexrelid JOIN pg_catalog.pg_class tab ON tab.oid=indrelid JOIN pg_catalog.pg_namespace n ON n.oid=tab.relnamespace JOIN pg_catalog.pg_am am ON am.oid=cls.relam LEFT JOIN pg_catalog.pg_depend dep ON (dep.classid = cls.tableoid AND dep.objid = cls.oid AND dep.refobjsubid = '0' AND dep.refclassid=(SELECT oid FROM pg_catalog.pg_class WHERE relname='pg_constraint') AND dep.deptype='i') LEFT OUTER JOIN pg_catalog.pg_constraint con ON (con.tableoid = dep.refclassid AND con.oid = dep.refobjid) LEFT OUTER JOIN pg_catalog.pg_description des ON des.objoid=cls.oid WHERE indrelid = {patients}::oid ORDER BY cls.relname

-- Views of the tree
--! cut oid: an OID
SELECT c.oid, c.relname AS name, description AS comment, pg_catalog.pg_get_viewdef(c.oid, true) AS definition, pg_catalog.pg_get_userbyid(c.relowner) AS owner, substring(pg_catalog.array_to_string(c.reloptions, ',') FROM 'security_barrier=([a-z|0-9]*)') AS security_barrier FROM pg_catalog.pg_class c LEFT OUTER JOIN pg_catalog.pg_description des ON (des.objoid=c.oid and des.objsubid=0 AND des.classoid='pg_class'::regclass) WHERE c.relkind = 'v' AND c.relnamespace = {public}::oid ORDER BY c.relname

-- Sequences of the tree
--! cut oid: an OID
SELECT cl.oid as oid, relname as name, relnamespace as schema, description as comment FROM pg_catalog.pg_class cl LEFT OUTER JOIN pg_catalog.pg_description des ON (des.objoid=cl.oid AND des.classoid='pg_class'::regclass) LEFT OUTER JOIN pg_catalog.pg_depend d1 ON d1.refobjid = cl.oid WHERE relkind = 'S' AND relnamespace = {public}::oid ORDER BY relname

-- A sequence reads itself
SELECT last_value, is_called FROM lab.labels

-- Statistics of a table
--! cut n_live_tup, n_tup_ins, n_tup_upd, n_tup_del, seq_scan: counted by the server alone
--! ignore table_size: every server has its own, and NULL where it is not known
SELECT seq_scan, n_tup_ins, n_tup_upd, n_tup_del, n_live_tup, n_dead_tup IS NOT NULL AS dead, last_vacuum, last_autovacuum, last_analyze, last_autoanalyze, pg_catalog.pg_size_pretty(pg_catalog.pg_relation_size(st.relid)) AS table_size FROM pg_catalog.pg_stat_all_tables st JOIN pg_catalog.pg_class cl on cl.oid=st.relid WHERE st.schemaname='public' AND st.relname = 'visits' ORDER BY st.relname

-- Dependencies
SELECT DISTINCT dep.deptype, CASE WHEN cl.relkind IS NOT NULL THEN cl.relkind::text || COALESCE(dep.objsubid::text, '') ELSE '' END AS type, cl.relname FROM pg_catalog.pg_depend dep JOIN pg_catalog.pg_class cl ON dep.objid=cl.oid AND cl.relkind = 'S' WHERE dep.refobjid={patients}::oid AND classid IN (SELECT oid FROM pg_catalog.pg_class WHERE relname IN ('pg_class', 'pg_constraint', 'pg_conversion')) ORDER BY 1, 2

-- Dashboard: the sessions of the databases, active and idle
--! cut Total, Active, Idle: every server has its own
SELECT (SELECT count(*) FROM pg_catalog.pg_stat_activity) AS "Total", (SELECT count(*) FROM pg_catalog.pg_stat_activity WHERE state = 'active') AS "Active", (SELECT count(*) FROM pg_catalog.pg_stat_activity WHERE state = 'idle') AS "Idle"

-- Dashboard: all its charts in one text
--! cut chart_data: counted by the server alone
SELECT 'session_stats' AS chart_name, pg_catalog.row_to_json(t) AS chart_data FROM (SELECT (SELECT count(*) FROM pg_catalog.pg_stat_activity WHERE datname = 'bi') AS "Total", (SELECT count(*) FROM pg_catalog.pg_stat_activity WHERE state = 'active' AND datname = 'bi') AS "Active", (SELECT count(*) FROM pg_catalog.pg_stat_activity WHERE state = 'idle' AND datname = 'bi') AS "Idle") t
UNION ALL SELECT 'tps_stats' AS chart_name, pg_catalog.row_to_json(t) AS chart_data FROM (SELECT (SELECT sum(xact_commit) + sum(xact_rollback) FROM pg_catalog.pg_stat_database WHERE datname = 'bi') AS "Transactions", (SELECT sum(xact_commit) FROM pg_catalog.pg_stat_database WHERE datname = 'bi') AS "Commits", (SELECT sum(xact_rollback) FROM pg_catalog.pg_stat_database WHERE datname = 'bi') AS "Rollbacks") t
UNION ALL SELECT 'ti_stats' AS chart_name, pg_catalog.row_to_json(t) AS chart_data FROM (SELECT (SELECT sum(tup_inserted) FROM pg_catalog.pg_stat_database WHERE datname = 'bi') AS "Inserts", (SELECT sum(tup_updated) FROM pg_catalog.pg_stat_database WHERE datname = 'bi') AS "Updates", (SELECT sum(tup_deleted) FROM pg_catalog.pg_stat_database WHERE datname = 'bi') AS "Deletes") t
UNION ALL SELECT 'to_stats' AS chart_name, pg_catalog.row_to_json(t) AS chart_data FROM (SELECT (SELECT sum(tup_fetched) FROM pg_catalog.pg_stat_database) AS "Fetched", (SELECT sum(tup_returned) FROM pg_catalog.pg_stat_database) AS "Returned") t
UNION ALL SELECT 'bio_stats' AS chart_name, pg_catalog.row_to_json(t) AS chart_data FROM (SELECT (SELECT sum(blks_read) FROM pg_catalog.pg_stat_database) AS "Reads", (SELECT sum(blks_hit) FROM pg_catalog.pg_stat_database) AS "Hits") t

-- Dashboard: the list of sessions
--! cut pid, client_addr, backend_start, query_start, xact_start, state_change, backend_xid, backend_xmin: times and numbers of the session
SELECT pid, usename, application_name, client_addr, pg_catalog.to_char(backend_start, 'YYYY-MM-DD HH24:MI:SS TZ') AS backend_start, state, wait_event_type || ': ' || wait_event AS wait_event, pg_catalog.array_to_string(pg_catalog.pg_blocking_pids(pid), ',') AS blocking_pids, query, pg_catalog.to_char(state_change, 'YYYY-MM-DD HH24:MI:SS TZ') AS state_change, pg_catalog.to_char(query_start, 'YYYY-MM-DD HH24:MI:SS TZ') AS query_start, pg_catalog.to_char(xact_start, 'YYYY-MM-DD HH24:MI:SS TZ') AS xact_start, backend_type, CASE WHEN state = 'active' THEN ROUND((extract(epoch from now() - query_start) / 60)::numeric, 2) ELSE 0 END AS active_since FROM pg_catalog.pg_stat_activity WHERE datname = (SELECT datname FROM pg_catalog.pg_database WHERE datname = 'bi') AND pid = pg_backend_pid() ORDER BY pid

-- Dashboard: locks
--! without .: only advisory locks are shown
SELECT pid, locktype, datname, relation::regclass, page, tuple, virtualxid, transactionid, classid::regclass, objid, objsubid, virtualtransaction, mode, granted, fastpath FROM pg_catalog.pg_locks l LEFT OUTER JOIN pg_catalog.pg_database d ON (l.database = d.oid) WHERE datname = 'bi' ORDER BY pid, locktype

-- Dashboard: prepared transactions
SELECT gid, database, owner, transaction, pg_catalog.to_char(prepared, 'YYYY-MM-DD HH24:MI:SS TZ') AS prepared FROM pg_catalog.pg_prepared_xacts ORDER BY gid, database, owner

-- Dashboard: settings
--! without ^(?!(work_mem|max_connections|TimeZone|search_path|statement_timeout|client_encoding|IntervalStyle)\t): settings of the server
--! cut setting: of the server
SELECT name, category, setting, unit, short_desc FROM pg_catalog.pg_settings ORDER BY category, name

-- A cancelled query of a session that is gone
SELECT pg_catalog.pg_cancel_backend(999999999)

-- The query tool opens a transaction
BEGIN;

-- What it is sent with: several statements, the last one shown
SELECT 1; SELECT ward, count(*) FROM visits GROUP BY ward ORDER BY ward;

-- And ends
COMMIT;

-- The grid looks up where its columns come from
SELECT at.attname, at.attnum, ty.typname FROM pg_catalog.pg_attribute at LEFT JOIN pg_catalog.pg_type ty ON (ty.oid = at.atttypid) JOIN pg_catalog.pg_class c ON c.oid = at.attrelid WHERE attrelid={patients}::oid AND attnum = ANY (SELECT con.conkey[1] FROM pg_catalog.pg_constraint con WHERE con.conrelid = {patients}::oid AND con.contype = 'p')

-- View data
SELECT * FROM public.patients ORDER BY id ASC LIMIT 100

-- A row is saved
UPDATE public.patients SET first_name = 'Eve'::text WHERE id = 5;

-- Its value
SELECT id, first_name FROM public.patients WHERE id = 5

-- The plan of a query
--! shape: costs and rows are the gateway's own estimates
--! differs on iris: the gateway tells what it sends to IRIS, not a plan
EXPLAIN (FORMAT JSON, ANALYZE false, VERBOSE false, COSTS true, TIMING false, BUFFERS false, SUMMARY false, SETTINGS false, WAL false) SELECT * FROM visits

-- Search of objects
SELECT obj_type, obj_name, schema_name FROM (SELECT CASE WHEN c.relkind in ('r','p') THEN 'table' WHEN c.relkind = 'S' THEN 'sequence' WHEN c.relkind = 'v' THEN 'view' ELSE 'index' END::text AS obj_type, c.relname AS obj_name, n.nspname AS schema_name FROM pg_catalog.pg_class c LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind in ('r','S','v','i','p')) sn WHERE lower(sn.obj_name) LIKE '%visit%' AND NOT (sn.schema_name IN ('pg_catalog', 'information_schema', 'pg_toast')) ORDER BY 1, 2, 3

-- Completion: the columns of everything in the search path
SELECT nsp.nspname schema_name, cls.relname rel_name, att.attname column_name, att.atttypid::regtype::text type_name, att.atthasdef AS has_default, pg_catalog.pg_get_expr(def.adbin, def.adrelid, true) as default FROM pg_catalog.pg_attribute att INNER JOIN pg_catalog.pg_class cls ON att.attrelid = cls.oid INNER JOIN pg_catalog.pg_namespace nsp ON cls.relnamespace = nsp.oid LEFT OUTER JOIN pg_attrdef def ON def.adrelid = att.attrelid AND def.adnum = att.attnum WHERE nsp.nspname IN ('public') AND NOT att.attisdropped AND att.attnum > 0 AND cls.relkind IN ('r', 'v', 'p') ORDER BY 1, 2, att.attnum
