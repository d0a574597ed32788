# DBeaver: pgjdbc's extended protocol
protocol: extended
protocol: extended binary

-- What pgjdbc says first
SET extra_float_digits = 3

-- And then
SET application_name = 'PostgreSQL JDBC Driver'

-- Who it is
SET application_name = 'DBeaver 24.3.0 - Main <bi>'

-- Reserved words
select string_agg(word, ',') from pg_catalog.pg_get_keywords() where word <> ALL ('{a,abs,absolute,action,ada,add,admin,after,all,allocate,alter}'::text[])

-- The server's version
--! cut version: every server has its own
SELECT version()

-- Schema and user
SELECT current_schema(),session_user

-- The database
--! bind varchar = bi
--! cut datcollate, datctype, datdba, datfrozenxid, datminmxid, dattablespace: of the server's files
SELECT db.oid,db.* FROM pg_catalog.pg_database db WHERE datname=$1

-- All databases that can be connected to
--! without ^(?!bi\t): every server has its own
SELECT db.datname FROM pg_catalog.pg_database db WHERE datallowconn AND NOT datistemplate ORDER BY db.datname

-- A setting
SELECT * FROM pg_catalog.pg_settings where name='standard_conforming_strings'

-- Whether there are columns of a version
SELECT 1 FROM pg_catalog.pg_class WHERE 1<>1 LIMIT 1

-- Whether enumerations can be read
SELECT 1 FROM pg_catalog.pg_enum WHERE 1<>1 LIMIT 1

-- Role
SELECT a.oid, a.rolname, a.rolsuper, a.rolcanlogin, pd.description FROM pg_catalog.pg_roles a LEFT JOIN pg_catalog.pg_shdescription pd ON a.oid = pd.objoid WHERE a.rolname = current_user

-- Isolation level
SHOW TRANSACTION ISOLATION LEVEL

-- The search path
SHOW search_path

-- Schemas
--! without \tpg_toast\t: there is no such schema where nothing is toasted
SELECT n.oid,n.*,d.description FROM pg_catalog.pg_namespace n LEFT OUTER JOIN pg_catalog.pg_description d ON d.objoid=n.oid AND d.objsubid=0 AND d.classoid='pg_namespace'::regclass ORDER BY nspname

-- A schema of its own, by OID
--! keep public
SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = 'public'

-- And another
--! keep lab
SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = 'lab'

-- Types of the system
SELECT t.oid,t.*,c.relkind,format_type(nullif(t.typbasetype, 0), t.typtypmod) as base_type_name, d.description FROM pg_catalog.pg_type t LEFT OUTER JOIN pg_catalog.pg_type et ON et.oid=t.typelem LEFT OUTER JOIN pg_catalog.pg_class c ON c.oid=t.typrelid LEFT OUTER JOIN pg_catalog.pg_description d ON t.oid=d.objoid
WHERE t.typname IS NOT NULL AND (c.relkind IS NULL OR c.relkind = 'c') AND (et.typcategory IS NULL OR et.typcategory <> 'C') AND t.typnamespace = 11 AND t.typname IN ('bool', 'int4', 'text', 'varchar', 'numeric', 'timestamptz', 'jsonb', 'uuid', 'int4range', '_text', 'bytea')

-- The tables of a schema
--! bind oid = {public}
--! cut relfilenode, relpages, reltuples, relallvisible, reltoastrelid, relfrozenxid, relminmxid, reltype: of the server's files; row types of tables are no types here
SELECT c.oid,c.*,d.description,pg_catalog.pg_get_expr(c.relpartbound, c.oid) as partition_expr, pg_catalog.pg_get_partkeydef(c.oid) as partition_key FROM pg_catalog.pg_class c LEFT OUTER JOIN pg_catalog.pg_description d ON d.objoid=c.oid AND d.objsubid=0 AND d.classoid='pg_class'::regclass WHERE c.relnamespace=$1 AND c.relkind not in ('i','I','c')

-- One table by its name
--! bind varchar = visits
--! keep visits
SELECT c.oid FROM pg_catalog.pg_class c WHERE c.relname = $1 AND c.relnamespace = {public}

-- Columns of a table
--! bind oid = {visits}
--! cut attstattarget, attcacheoff, attmissingval: of the server's inside
--! without \t(tableoid|cmax|xmax|cmin|xmin|ctid)\t: tables of the gateway have no system columns
SELECT c.relname,a.*,pg_catalog.pg_get_expr(ad.adbin, ad.adrelid, true) as def_value,dsc.description,dep.objid FROM pg_catalog.pg_attribute a INNER JOIN pg_catalog.pg_class c ON (a.attrelid=c.oid) LEFT OUTER JOIN pg_catalog.pg_attrdef ad ON (a.attrelid=ad.adrelid AND a.attnum = ad.adnum) LEFT OUTER JOIN pg_catalog.pg_description dsc ON (c.oid=dsc.objoid AND a.attnum = dsc.objsubid) LEFT OUTER JOIN pg_depend dep on dep.refobjid = a.attrelid AND dep.deptype = 'i' and dep.refobjsubid = a.attnum and dep.classid = dep.refclassid
WHERE NOT a.attisdropped AND c.relkind not in ('i','I','c') AND c.oid=$1 ORDER BY a.attnum

-- Columns of a whole schema
--! without \t(tableoid|cmax|xmax|cmin|xmin|ctid)\t: tables of the gateway have no system columns
--! bind oid = {lab}
SELECT c.relname,a.attname,a.attnum,a.atttypid,a.attnotnull,pg_catalog.pg_get_expr(ad.adbin, ad.adrelid, true) as def_value FROM pg_catalog.pg_attribute a INNER JOIN pg_catalog.pg_class c ON (a.attrelid=c.oid) LEFT OUTER JOIN pg_catalog.pg_attrdef ad ON (a.attrelid=ad.adrelid AND a.attnum = ad.adnum) WHERE NOT a.attisdropped AND c.relkind not in ('i','I','c') AND c.relnamespace=$1 ORDER BY c.relname, a.attnum

-- Constraints of a schema
--! bind oid = {public}
--! cut conpfeqop, conppeqop, conffeqop: operators of the server
--! unordered
SELECT c.oid,c.*,t.relname as tabrelname,rt.relnamespace as refnamespace,d.description, case when c.contype='c' then "substring"(pg_get_constraintdef(c.oid), 7) else null end consrc_copy FROM pg_catalog.pg_constraint c INNER JOIN pg_catalog.pg_class t ON t.oid=c.conrelid LEFT OUTER JOIN pg_catalog.pg_class rt ON rt.oid=c.confrelid LEFT OUTER JOIN pg_catalog.pg_description d ON d.objoid=c.oid AND d.objsubid=0 AND d.classoid='pg_constraint'::regclass WHERE t.relnamespace=$1 ORDER BY c.oid

-- Indexes of a table
--! bind oid = {visits}
--! ignore index_rel_size: sizes are the server's own, and NULL where they are not known
--! cut indexprs, indpred: node trees are of the server's inside
SELECT i.*,i.indkey as keys,c.relname,c.relnamespace,c.relam,c.reltablespace,tc.relname as tabrelname,dsc.description,pg_catalog.pg_get_expr(i.indpred, i.indrelid) as pred_expr,pg_catalog.pg_get_expr(i.indexprs, i.indrelid, true) as expr,pg_catalog.pg_relation_size(i.indexrelid) as index_rel_size,pg_catalog.pg_stat_get_numscans(i.indexrelid) IS NOT NULL as has_scans
FROM pg_catalog.pg_index i INNER JOIN pg_catalog.pg_class c ON c.oid=i.indexrelid INNER JOIN pg_catalog.pg_class tc ON tc.oid=i.indrelid LEFT OUTER JOIN pg_catalog.pg_description dsc ON i.indexrelid=dsc.objoid WHERE i.indrelid=$1 ORDER BY tabrelname, c.relname

-- The columns of an index
--! bind varchar = patients_lower_idx
SELECT i.relname, a.attnum, a.attname, pg_catalog.pg_get_indexdef(i.oid, a.attnum, true) AS def FROM pg_catalog.pg_class i JOIN pg_catalog.pg_attribute a ON a.attrelid = i.oid WHERE i.relname = $1 ORDER BY a.attnum

-- The statement of an index
--! bind varchar = visits_open_idx
SELECT pg_catalog.pg_get_indexdef(c.oid) FROM pg_catalog.pg_class c WHERE c.relname = $1

-- Triggers
--! bind oid = {visits}
SELECT x.oid,x.tgname,p.pronamespace as func_schema_id,pg_catalog.pg_get_triggerdef(x.oid, true) FROM pg_catalog.pg_trigger x LEFT OUTER JOIN pg_catalog.pg_proc p ON p.oid=x.tgfoid WHERE x.tgrelid=$1 AND NOT x.tgisinternal

-- Rules
--! bind oid = {visits}
SELECT r.oid,r.rulename,pg_catalog.pg_get_ruledef(r.oid, true) FROM pg_catalog.pg_rewrite r WHERE r.ev_class=$1

-- Policies
SELECT policyname, permissive, roles, cmd, qual, with_check FROM pg_catalog.pg_policies WHERE schemaname='public' AND tablename='visits'

-- What inherits from it
--! bind oid = {visits}
SELECT i.*,c.relnamespace FROM pg_catalog.pg_inherits i,pg_catalog.pg_class c WHERE i.inhparent=$1 AND c.oid=i.inhrelid ORDER BY i.inhseqno

-- Sequences of a schema
--! cut sequencename: the last value of a sequence is compared below
SELECT sequencename, start_value, min_value, max_value, increment_by, cycle, cache_size FROM pg_catalog.pg_sequences WHERE schemaname='public' ORDER BY 1

-- One of them
--! bind varchar = labels
--! bind varchar = lab
SELECT last_value, min_value, max_value, increment_by, cycle, cache_size, start_value FROM pg_catalog.pg_sequences WHERE sequencename=$1 AND schemaname=$2

-- Functions of a schema
--! bind oid = {lab}
SELECT p.oid as poid,p.proname,pg_get_expr(p.proargdefaults, 0) as arg_defaults,l.lanname, d.description FROM pg_catalog.pg_proc p LEFT JOIN pg_catalog.pg_language l ON l.oid=p.prolang LEFT JOIN pg_catalog.pg_description d ON d.objoid=p.oid AND d.objsubid=0 WHERE p.pronamespace=$1 ORDER BY p.proname

-- A built-in function with its arguments
SELECT p.oid, p.proname, pg_catalog.pg_get_function_arguments(p.oid) AS args, pg_catalog.pg_get_function_result(p.oid) AS result, p.proargtypes, p.proallargtypes, p.proargmodes, p.proargnames FROM pg_catalog.pg_proc p WHERE p.proname IN ('lower', 'json_each', 'pg_get_keywords') AND p.pronamespace = 11 ORDER BY p.oid

-- The text of a view
SELECT pg_catalog.pg_get_viewdef('public.ward_load'::regclass::oid, true)

-- Comments of columns
SELECT pg_catalog.col_description('public.patients'::regclass, a.attnum) FROM pg_catalog.pg_attribute a WHERE a.attrelid = 'public.patients'::regclass AND a.attnum > 0 ORDER BY a.attnum

-- Table privileges
SELECT grantee, privilege_type, is_grantable FROM information_schema.table_privileges WHERE table_schema='public' AND table_name='visits' AND grantee='postgres' ORDER BY privilege_type

-- The owner's list of rights
SELECT c.relname, c.relacl, pg_catalog.pg_get_userbyid(c.relowner) FROM pg_catalog.pg_class c WHERE c.relnamespace = {public} AND c.relkind = 'r' ORDER BY 1

-- What depends on a table
--! bind oid = {visits}
--! unordered
SELECT DISTINCT dep.deptype, dep.classid, cl.relkind, CASE WHEN cl.relkind IS NULL THEN 'no class' ELSE cl.relname END AS name FROM pg_catalog.pg_depend dep LEFT JOIN pg_catalog.pg_class cl ON dep.objid=cl.oid AND dep.classid = 'pg_class'::regclass WHERE dep.refobjid=$1 AND dep.classid = 'pg_class'::regclass AND cl.relkind IN ('S', 'i', 'v') ORDER BY 1

-- Sizes
--! bind oid = {lab}
--! ignore total_rel_size, rel_size: every server has its own, and NULL where they are not known
SELECT c.relname, pg_catalog.pg_total_relation_size(c.oid) as total_rel_size,pg_catalog.pg_relation_size(c.oid) as rel_size FROM pg_catalog.pg_class c WHERE c.relnamespace=$1 AND c.relkind = 'r' ORDER BY 1

-- The size of the database
--! ignore pg_database_size: every server has its own, and NULL where it is not known
SELECT pg_catalog.pg_database_size(current_database())

-- Encodings, collations, languages
SELECT pg_catalog.pg_encoding_to_char(encoding) FROM pg_catalog.pg_database WHERE datname = current_database()

-- Languages that are built in
--! without plpgsql: PostgreSQL has PL/pgSQL
SELECT l.lanname, l.lanispl, l.lanpltrusted FROM pg_catalog.pg_language l ORDER BY l.oid

-- Access methods
SELECT am.oid, am.amname, am.amtype FROM pg_catalog.pg_am am ORDER BY am.amname

-- Tablespaces
SELECT t.oid, t.spcname, pg_catalog.pg_get_userbyid(t.spcowner), pg_catalog.pg_tablespace_location(t.oid) loc FROM pg_catalog.pg_tablespace t ORDER BY t.oid

-- Roles of the server
SELECT r.oid, r.rolname, r.rolinherit FROM pg_catalog.pg_roles r WHERE r.rolname ~ '^pg_' ORDER BY r.rolname

-- Extensions that could be there
--! without ^(?!none): every server has its own
SELECT e.name FROM pg_catalog.pg_available_extensions e ORDER BY e.name

-- Foreign servers
SELECT fs.oid,fs.*,fdw.fdwname as "fdw_name" FROM pg_catalog.pg_foreign_server fs LEFT JOIN pg_catalog.pg_foreign_data_wrapper fdw ON fs.srvfdw = fdw.oid

-- Event triggers
SELECT et.oid, et.evtname, et.evtevent, et.evtenabled FROM pg_catalog.pg_event_trigger et ORDER BY et.evtname

-- Sessions: this one
--! cut pid, backend_start, xact_start, query_start, state_change, client_port, query: times and numbers of the session
--! ignore backend_xmin: nothing is kept for a snapshot
SELECT sa.* FROM pg_catalog.pg_stat_activity sa WHERE sa.pid = pg_backend_pid()

-- What a session is doing
SELECT sa.state, sa.query, sa.application_name, sa.backend_type, host(sa.client_addr) FROM pg_catalog.pg_stat_activity sa WHERE sa.pid = pg_backend_pid()

-- Locks
--! without ^(?!advisory): relation and transaction locks are not shown
SELECT l.locktype, l.mode, l.granted FROM pg_catalog.pg_locks l WHERE l.pid = pg_backend_pid()

-- The data editor: the first rows
SELECT x.* FROM public.patients x ORDER BY x.id LIMIT 200

-- Sorted and filtered by the user
SELECT x.* FROM public.visits x WHERE x.ward = 'CAR' AND kind LIKE 'd%' ORDER BY x.admitted DESC LIMIT 20 OFFSET 5

-- How many rows there are
SELECT count(*) FROM public.patients x WHERE insured

-- A cell is changed: by the primary key
--! bind numeric = 77.70
--! bind int4 = 3
UPDATE public.patients SET balance=$1 WHERE id=$2

-- Text and NULL as the editor binds them
--! bind varchar is null
--! bind varchar = {"a": 1}
--! bind int4 = 4
UPDATE public.patients SET first_name=$1, extra=$2::jsonb WHERE id=$3

-- A row without key is changed by all its values
--! bind text = changed
--! bind int8 = 1704067200
--! bind text = pulse
UPDATE public.metrics SET name=$1 WHERE stamp=$2 AND name=$3 AND value=0

-- And back
UPDATE public.metrics SET name='pulse' WHERE name='changed'

-- A row is added
--! bind int4 = 900
--! bind timestamptz = 2024-05-01 10:00:00+02
--! bind text = added
INSERT INTO public.events (id, starts, title) VALUES ($1, $2, $3)

-- Its values come back
SELECT id, starts, ends, title, tags FROM public.events WHERE id=900

-- And is deleted
--! bind int4 = 900
DELETE FROM public.events WHERE id=$1

-- What was changed
SELECT id, balance, first_name, extra FROM public.patients WHERE id IN (3, 4) ORDER BY id

-- The plan of a query, as text
--! shape: costs and rows are the gateway's own estimates
--! differs on iris: the gateway tells what it sends to IRIS, not a plan
EXPLAIN SELECT * FROM public.visits WHERE id = 5

-- The plan as XML
--! shape: costs and rows are the gateway's own estimates
--! differs on iris: the gateway tells what it sends to IRIS, not a plan
EXPLAIN (FORMAT XML) SELECT * FROM public.visits WHERE id = 5

-- The plan with times
--! shape: times are measured, costs and rows are the gateway's own estimates
--! differs on iris: EXPLAIN (ANALYZE) is 0A000
EXPLAIN (FORMAT JSON, ANALYZE) SELECT * FROM public.visits WHERE id = 5
