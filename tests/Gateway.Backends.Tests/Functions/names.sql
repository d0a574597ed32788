SELECT 'array_in'::regproc::text, 'pg_catalog.int4in'::regproc::text, 'array_in(cstring,oid,int4)'::regprocedure::text, 'array_recv'::regproc = 'array_recv'::regproc
SELECT 'now'::regproc::text, 'pg_catalog.now'::regproc::text
SELECT 'abs'::regproc
SELECT 'nosuch'::regproc
SELECT '-'::regproc::text, '0'::regproc::text, '1598'::regproc::text
SELECT 1397::oid::regproc::text, 99999999::oid::regproc::text
SELECT 'abs(integer)'::regprocedure::text, 'now()'::regprocedure::text, 'substr(text, int, int4)'::regprocedure::text
SELECT 'abs(text)'::regprocedure
SELECT 1397::oid::regprocedure::text
SELECT '!!'::regoper::text
SELECT '+'::regoper
SELECT '@@@@'::regoper
SELECT '+(int4,integer)'::regoperator::text, '-(NONE, int4)'::regoperator::text
SELECT '+(text,text)'::regoperator
SELECT 551::oid::regoper::text, 551::oid::regoperator::text
SELECT 'int4'::regtype::text, 'character varying'::regtype::text, 'timestamptz'::regtype::text, 'int4[]'::regtype::text
SELECT 'nosuch'::regtype
SELECT 'pg_catalog'::regnamespace::text, 'public'::regnamespace::oid
SELECT 'nosuch'::regnamespace
SELECT 'nosuch'::regrole
SELECT 'nosuch'::regclass
SELECT 'int4'::regtype::oid, 'now'::regproc::oid, 'int8'::regtype = 'bigint'::regtype
SELECT to_regtype('int4')::text, to_regtype('nosuch') IS NULL, to_regproc('now')::text, to_regproc('abs') IS NULL
SELECT to_regclass('nosuch') IS NULL, to_regprocedure('abs(int4)')::text, to_regnamespace('nosuch') IS NULL, to_regoperator('+(int4,int4)')::text
SELECT quote_ident('select'), quote_ident('Abc'), quote_ident('abc'), quote_ident('between'), quote_ident('a"b'), quote_ident('name')
SELECT pg_type_is_visible(23), pg_type_is_visible(99999999), pg_function_is_visible(1397), pg_function_is_visible(99999999), pg_table_is_visible(99999999)
SELECT current_schema(), current_schemas(true), current_schemas(false)
SELECT '"pg_catalog"."int4"'::regtype::text, '"int4"'::regtype::text, '"pg_catalog". "int4"'::regtype::text, 'Pg_Catalog.INT4'::regtype::text, 'PG_CATALOG."int4"[]'::regtype::text
SELECT 'pg_catalog."char"'::regtype::text, '"pg_catalog"."char"'::regtype::text, '"char"'::regtype::text, 'char'::regtype::text, '"pg_catalog"."_int4"'::regtype::text, '"int4"[]'::regtype::text
SELECT '"public"."int4"'::regtype
SELECT '"pg_catalog"."integer"'::regtype
SELECT '"integer"'::regtype
SELECT '"Int4"'::regtype
SELECT to_regtype('public.int4') IS NULL, to_regtype('"INT4"') IS NULL, to_regtype('pg_catalog.integer') IS NULL
SELECT pg_indexam_has_property(403, 'CAN_ORDER'), pg_indexam_has_property(405, 'can_unique'), pg_indexam_has_property(4000, 'can_include'), pg_indexam_has_property(403, 'asc'), pg_indexam_has_property(1, 'can_order')
