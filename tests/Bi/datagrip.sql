# DataGrip: pgjdbc's extended protocol
protocol: extended
protocol: extended binary

-- The driver
SET extra_float_digits = 3

-- The tool
SET application_name = 'DataGrip 2025.2'

-- The version
--! cut version: every server has its own
select version()

-- Where it is
select current_database() as a, current_schemas(false) as b

-- The isolation level
SHOW TRANSACTION ISOLATION LEVEL

-- Who and where
select current_database(), current_schema(), current_user

-- When the server started: whether what is known is of the same one
--! cut startup_time: every server has its own
select round(extract(epoch from pg_postmaster_start_time() at time zone 'UTC')) as startup_time

-- Which transaction this is
--! cut current_txid: every server has its own
select case when pg_catalog.pg_is_in_recovery() then null else (pg_catalog.txid_current() % (2^32)::bigint)::varchar::bigint end as current_txid

-- The oldest transaction that is still open
select L.transactionid::varchar::bigint as transaction_id from pg_catalog.pg_locks L where L.transactionid is not null and false order by pg_catalog.age(L.transactionid) desc limit 1

-- Whether the connection is encrypted
select ssl from pg_catalog.pg_stat_ssl where pid = pg_catalog.pg_backend_pid()

-- Whether the user is a superuser
select usesuper from pg_catalog.pg_user where usename = current_user

-- Time zones
--! without ^(?!(Europe/Vienna|America/New_York|Asia/Tokyo)\t): of the machine
select name, is_dst from pg_catalog.pg_timezone_names union distinct select abbrev as name, is_dst from pg_catalog.pg_timezone_abbrevs

-- Databases
--! without ^[^\t]*\t(?!bi\t): every server has its own
select N.oid::bigint as id, datname as name, D.description, datistemplate as is_template, datallowconn as allow_connections, pg_catalog.pg_get_userbyid(N.datdba) as "owner" from pg_catalog.pg_database N left join pg_catalog.pg_shdescription D on N.oid = D.objoid order by case when datname = pg_catalog.current_database() then -1::bigint else N.oid::bigint end
--! cut id: an OID

-- Schemas
--! cut id, state_number: OIDs and transactions
--! without \tpg_toast\t: there is no such schema where nothing is toasted
--! unordered
select N.oid::bigint as id, N.xmin as state_number, nspname as name, D.description, pg_catalog.pg_get_userbyid(N.nspowner) as "owner" from pg_catalog.pg_namespace N left join pg_catalog.pg_description D on N.oid = D.objoid order by case when nspname = pg_catalog.current_schema() then -1::bigint else N.oid::bigint end

-- The schema
--! keep public
select oid from pg_catalog.pg_namespace where nspname = 'public'

-- Roles
select R.oid::bigint as role_id, rolname as role_name, rolsuper as is_super, rolinherit as is_inherit, rolcreaterole as can_createrole, rolcreatedb as can_createdb, rolcanlogin as can_login, rolreplication as is_replication, rolconnlimit as conn_limit, rolvaliduntil as valid_until, rolbypassrls as bypass_rls, rolconfig as config, D.description from pg_catalog.pg_roles R left join pg_catalog.pg_shdescription D on D.objoid = R.oid where rolname ~ '^p'

-- Members of roles
select member id, roleid role_id, admin_option from pg_catalog.pg_auth_members order by id, roleid::text

-- Tablespaces
--! cut state_number: a transaction
select T.oid::bigint as id, T.spcname as name, T.xmin as state_number, pg_catalog.pg_get_userbyid(T.spcowner) as owner, pg_catalog.pg_tablespace_location(T.oid) as location, T.spcoptions as options, D.description as comment from pg_catalog.pg_tablespace T left join pg_catalog.pg_shdescription D on D.objoid = T.oid order by 1

-- Access methods
--! cut state_number: a transaction
select A.oid as access_method_id, A.xmin as state_number, A.amname as access_method_name, A.amhandler::oid as handler_id, pg_catalog.quote_ident(N.nspname) || '.' || pg_catalog.quote_ident(P.proname) as handler_name, A.amtype as access_method_type from pg_am A join pg_proc P on A.amhandler::oid = P.oid join pg_namespace N on P.pronamespace = N.oid order by 1

-- Extensions
--! without ^(?!none): every server has its own
select E.oid as id, E.xmin as state_number, extname as name, extversion as version, extnamespace as schema_id, nspname as schema_name from pg_catalog.pg_extension E join pg_namespace N on E.extnamespace = N.oid

-- Casts
--! cut state_number: a transaction
select C.oid, C.xmin as state_number, C.castsource as castsource_id, pg_catalog.quote_ident(SN.nspname) || '.' || pg_catalog.quote_ident(S.typname) as castsource_name, C.casttarget as casttarget_id, C.castfunc as castfunc_id, C.castcontext, C.castmethod from pg_cast C left outer join pg_type S on C.castsource = S.oid left outer join pg_namespace SN on S.typnamespace = SN.oid where C.castsource < 30 and C.oid < 16384 order by C.oid

-- Sequences that have changed
--! cut sequence_id, sequence_state_number: OIDs and transactions
with a as (select oid, relname, relnamespace, relowner, xmin as state from pg_catalog.pg_class where relkind = 'S' and relnamespace = {public}::oid)
select cls.oid as sequence_id, cls.state as sequence_state_number, cls.relname as sequence_name, pg_catalog.format_type(sq.seqtypid, null) as data_type, sq.seqstart as start_value, sq.seqincrement as inc_value, sq.seqmin as min_value, sq.seqmax as max_value, sq.seqcache as cache_size, sq.seqcycle as cycle_option, pg_catalog.pg_get_userbyid(cls.relowner) as "owner" from a cls join pg_catalog.pg_sequence sq on sq.seqrelid = cls.oid order by cls.relname

-- Types that have changed since a transaction
--! cut type_state_number: a transaction
select T.oid as type_id, T.xmin as type_state_number, T.typname as type_name, T.typtype as type_sub_kind, T.typcategory as type_category, T.typrelid as class_id, T.typbasetype as base_type_id, case when T.typtype in ('c','e') then null else pg_catalog.format_type(T.typbasetype, T.typtypmod) end as type_def, T.typndims as dimensions_number, T.typdefault as default_expression, T.typnotnull as mandatory, pg_catalog.pg_get_userbyid(T.typowner) as "owner" from pg_catalog.pg_type T where T.typnamespace = 11 and T.typname in ('int4', 'text', 'jsonb') order by 1

-- Tables and views that have changed since a transaction
--! cut table_id, table_state_number: OIDs and transactions
--! cut ancestors, successors: none here
select T.relkind as table_kind, T.relname as table_name, T.oid as table_id, T.xmin as table_state_number, false as table_with_oids, T.reltablespace as tablespace_id, T.reloptions as options, T.relpersistence as persistence, (select pg_catalog.array_agg(inhparent::bigint order by inhseqno)::varchar from pg_catalog.pg_inherits where T.oid = inhrelid) as ancestors, (select pg_catalog.array_agg(inhrelid::bigint order by inhrelid)::varchar from pg_catalog.pg_inherits where T.oid = inhparent) as successors, T.relispartition as is_partition, pg_catalog.pg_get_partkeydef(T.oid) as partition_key, pg_catalog.pg_get_expr(T.relpartbound, T.oid) as partition_expression, T.relam am_id, pg_catalog.pg_get_userbyid(T.relowner) as "owner"
from pg_catalog.pg_class T where relnamespace = {public}::oid and relkind in ('r', 'm', 'v', 'f', 'p') and pg_catalog.age(T.xmin) <= coalesce(nullif(greatest(pg_catalog.age('2'::xid), -1), -1), 2147483647) order by table_kind, table_id

-- Columns of those
--! cut object_id: an OID
--! without \t(pg_|sql_)\w*\t: no catalogs
with T as (select T.oid as table_id, T.relname as table_name from pg_catalog.pg_class T where T.relnamespace = {public}::oid and T.relkind in ('r', 'm', 'v', 'f', 'p'))
select T.table_id as object_id, T.table_name, C.attnum as column_position, C.attname as column_name, C.xmin::text is not null as has_state, C.atttypmod as type_mod, C.attndims as dimensions_number, pg_catalog.format_type(C.atttypid, C.atttypmod) as type_spec, C.atttypid as type_id, C.attnotnull as mandatory, pg_catalog.pg_get_expr(D.adbin, T.table_id) as column_default_expression, not C.attislocal as column_is_inherited, C.attfdwoptions as options, C.attisdropped as column_is_dropped, C.attidentity as identity_kind, C.attgenerated as generated
from T inner join pg_catalog.pg_attribute C on T.table_id = C.attrelid left outer join pg_catalog.pg_attrdef D on (C.attrelid, C.attnum) = (D.adrelid, D.adnum) where attnum > 0 order by table_name, attnum

-- Indexes
--! cut table_id, index_id: OIDs
--! unordered
select tab.oid as table_id, tab.relkind as table_kind, ind_stor.relname as index_name, ind_head.indexrelid as index_id, ind_head.indisunique as is_unique, ind_head.indisprimary as is_primary, ind_head.indnullsnotdistinct as nulls_not_distinct, pg_catalog.pg_get_expr(ind_head.indpred, ind_head.indrelid) as condition, (select pg_catalog.array_agg(inhparent::bigint order by inhseqno)::varchar from pg_catalog.pg_inherits where ind_stor.oid = inhrelid) as ancestors, ind_stor.reltablespace as tablespace_id, opcmethod as access_method_id
from pg_catalog.pg_class tab join pg_catalog.pg_index ind_head on ind_head.indrelid = tab.oid join pg_catalog.pg_class ind_stor on tab.relnamespace = ind_stor.relnamespace and ind_stor.oid = ind_head.indexrelid left join pg_catalog.pg_opclass on pg_opclass.oid = ANY(indclass) where tab.relnamespace = {public}::oid and tab.relkind in ('r', 'm', 'v', 'p') and ind_stor.relkind in ('i', 'I') order by tab.relname, ind_stor.relname

-- Columns of indexes
--! cut index_id: an OID
--! unordered
select ind_stor.relname, ind_head.indexrelid index_id, k col_idx, k <= indnkeyatts in_key, ind_head.indkey[k-1] column_position, ind_head.indoption[k-1] column_options, ind_head.indcollation[k-1] as collation, colln.nspname as collation_schema, collname as collation_str, ind_head.indclass[k-1] as opclass, case when opcdefault then null else opcn.nspname end as opclass_schema, case when opcdefault then null else opcname end as opclass_str, case when indexprs is null then null when ind_head.indkey[k-1] = 0 then chr(27) || pg_catalog.pg_get_indexdef(ind_head.indexrelid, k::int, true) else pg_catalog.pg_get_indexdef(ind_head.indexrelid, k::int, true) end as expression, pg_catalog.pg_indexam_has_property(amcan.oid, 'can_order') can_order
from pg_catalog.pg_index ind_head join pg_catalog.pg_class ind_stor on ind_stor.oid = ind_head.indexrelid cross join unnest(ind_head.indkey) with ordinality u(u, k) left join pg_catalog.pg_collation on pg_collation.oid = ind_head.indcollation[k-1] left join pg_catalog.pg_namespace colln on collnamespace = colln.oid cross join pg_catalog.pg_am amcan left join pg_catalog.pg_opclass opc on opc.oid = ind_head.indclass[k-1] left join pg_catalog.pg_namespace opcn on opcnamespace = opcn.oid
where ind_stor.relnamespace = {public}::oid and ind_stor.relkind in ('i', 'I') and amcan.oid = ind_stor.relam order by index_id, k

-- Constraints
--! cut table_id, con_id, con_state_id, ref_table_id, index_id: OIDs and transactions
--! unordered
select T.oid table_id, relname, C.oid::bigint con_id, C.xmin con_state_id, conname con_name, contype con_kind, conkey con_columns, conindid index_id, confrelid ref_table_id, condeferrable is_deferrable, condeferred is_init_deferred, confupdtype on_update, confdeltype on_delete, connoinherit no_inherit, pg_catalog.pg_get_expr(conbin, T.oid) con_expression, confkey ref_columns, conexclop::int[] excl_operators
from pg_catalog.pg_constraint C join pg_catalog.pg_class T on C.conrelid = T.oid where relkind in ('r', 'v', 'f', 'p') and relnamespace = {public}::oid and contype in ('p', 'u', 'f', 'c', 'x') and connamespace = {public}::oid order by contype, con_id

-- Rules
--! cut table_id, rule_id, rule_state_number: OIDs and transactions
select R.ev_class as table_id, R.oid as rule_id, R.xmin as rule_state_number, R.rulename as rule_name, pg_catalog.translate(ev_type, '1234', 'SUID') as rule_event_code, R.ev_enabled as rule_fire_mode, R.is_instead as rule_is_instead from pg_catalog.pg_rewrite R where R.ev_class in (select oid from pg_catalog.pg_class where relnamespace = {public}::oid) order by R.ev_class::bigint, ev_type

-- Triggers
select T.tgrelid as table_id, T.oid as trigger_id, T.xmin as trigger_state_number, T.tgname as trigger_name, T.tgfoid as function_id, pg_catalog.encode(T.tgargs, 'escape') as function_args, T.tgtype as bits, T.tgdeferrable as is_deferrable, T.tgenabled as trigger_fire_mode, T.tgattr as columns, pg_catalog.pg_get_triggerdef(T.oid) as def from pg_catalog.pg_trigger T where T.tgrelid in (select oid from pg_catalog.pg_class where relnamespace = {public}::oid) and not T.tgisinternal

-- Descriptions
--! cut id: an OID
select D.objoid id, C.relname, case when 'pg_catalog.pg_class'::regclass = classoid then C.relkind end as kind, D.objsubid sub_id, D.description from pg_catalog.pg_description D join pg_catalog.pg_class C on D.objoid = C.oid where C.relnamespace = {public}::oid and C.relkind != 'c' and D.classoid = 'pg_catalog.pg_class'::regclass order by C.relname, D.objsubid

-- Rights
select T.relname, T.relacl as acl from pg_catalog.pg_class T where relnamespace = {public}::oid and relkind in ('r', 'm', 'v', 'f', 'p') order by 1

-- Texts of views
--! cut view_id, state_number: OIDs and transactions
select T.relkind as view_kind, T.oid as view_id, T.xmin as state_number, pg_catalog.pg_get_viewdef(T.oid, true) as source_text from pg_catalog.pg_class T join pg_catalog.pg_namespace N on T.relnamespace = N.oid where N.oid = {public}::oid and T.relkind in ('m', 'v')

-- Functions that are built in
--! cut r_state_number: a transaction
with schema_procs as (select prorettype, proargtypes, proallargtypes from pg_catalog.pg_proc where pronamespace = 11 and proname = 'date_trunc')
select P.oid as r_id, P.xmin as r_state_number, proname as r_name, P.proargnames as arg_names, P.proargmodes as arg_modes, P.proargtypes::int[] as in_arg_types, P.proallargtypes::int[] as all_arg_types, pg_catalog.pg_get_expr(P.proargdefaults, 0) as arg_defaults, P.provariadic as arg_variadic_id, P.prorettype as ret_type_id, P.proretset as ret_set, P.prokind as kind, P.provolatile as volatile_kind, P.proisstrict as is_strict, P.prosecdef as is_security_definer, P.proconfig as configuration_parameters, P.procost as cost, pg_catalog.pg_get_userbyid(P.proowner) as "owner", P.prorows as rows, P.proleakproof as is_leakproof, P.proparallel as concurrency_kind from pg_catalog.pg_proc P where P.pronamespace = 11 and proname = 'date_trunc' order by P.oid

-- Operators
--! cut op_state: a transaction
select O.oid as op_id, O.xmin as op_state, oprname as op_name, oprkind as op_kind, oprleft as arg_left_type_id, oprright as arg_right_type_id, oprresult as arg_result_type_id, oprcode::oid as main_id, oprcode::varchar as main_name, oprrest::oid as restrict_id, oprcom::oid as com_id, oprcom::regoper::varchar as com_name, oprnegate::oid as neg_id, oprcanmerge as merges, oprcanhash as hashes from pg_catalog.pg_operator O where oprnamespace = 11 and oprname in ('=', '~~') and oprleft in (23, 25) order by O.oid

-- Aggregates
select A.aggfnoid::oid as function_id, A.aggfnoid::varchar as name, aggtransfn::oid as trans_id, aggtransfn::regproc::text as trans_name, aggfinalfn::oid as final_id, aggtranstype as trans_type_id, agginitval as init_val, aggkind, aggnumdirectargs from pg_catalog.pg_aggregate A join pg_catalog.pg_proc P on P.oid = A.aggfnoid where P.proname in ('sum', 'percentile_cont') order by 1

-- Collations
--! without ^(?!(default|C|POSIX)\t): of the machine
select collname as name, pg_catalog.pg_get_userbyid(C.collowner) as "owner", collcollate as lc_collate, collctype as lc_ctype, collprovider from pg_catalog.pg_collation C where collnamespace = 11 order by collname

-- Partitions, foreign tables, user mappings
select ft.ftrelid as table_id, srv.srvname as table_server, ft.ftoptions as table_options from pg_catalog.pg_foreign_table ft left join pg_catalog.pg_foreign_server srv on ft.ftserver = srv.oid join pg_catalog.pg_class cls on ft.ftrelid = cls.oid where cls.relnamespace = {public}::oid order by cls.relname

-- The table editor
select t.* from public.patients t order by id limit 501

-- Completion: how many rows
select count(*) from public.visits where kind = 'urgent'

-- A console statement that ends with a semicolon is sent without it; one with two words goes whole
select 1 as a

-- A change in the editor
--! bind varchar = urgent
--! bind int8 = 11
UPDATE public.visits SET kind = $1 WHERE id = $2

-- What it was
select id, kind from public.visits where id = 11
