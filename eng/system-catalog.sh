#!/bin/sh
# Writes src/Gateway.Catalog/Data: the columns of the system catalogs we serve and the rows that are the same on every
# PostgreSQL 15 server. Usage: eng/system-catalog.sh "host=127.0.0.1 port=5432 user=postgres dbname=template1"
set -eu
connection=$1
data=$(dirname "$0")/../src/Gateway.Catalog/Data

run() { psql -X -q "$connection" -v ON_ERROR_STOP=1 -c "$1"; }

# Rows of a catalog; functions and the like by OID: their names would have to be looked up again.
rows() {
    columns=$(psql -X -q -At "$connection" -c "SELECT string_agg(CASE WHEN atttypid IN ('regproc'::regtype, 'regtype'::regtype) THEN attname || '::oid' ELSE quote_ident(attname) END, ', ' ORDER BY attnum) FROM pg_attribute WHERE attrelid = '$1'::regclass AND attnum > 0 AND NOT attisdropped")
    run "COPY (SELECT $columns FROM $1 $2) TO STDOUT" > "$data/$1.tsv"
}

# Columns of information_schema are domains; they travel as what is under them. Of types that only statistics have, bytea is left.
run "COPY (
  SELECT c.oid, n.nspname, c.relname, c.relkind, a.attnum, a.attname,
         CASE WHEN t.oid IN (3361, 3402, 5017, 10028) THEN 17 WHEN t.typtype = 'd' THEN t.typbasetype ELSE t.oid END,
         CASE WHEN t.typtype = 'd' THEN t.typtypmod ELSE a.atttypmod END, a.attnotnull
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_type t ON t.oid = a.atttypid
  WHERE n.nspname IN ('pg_catalog', 'information_schema') AND c.relkind IN ('r', 'v') AND a.attnum > 0 AND NOT a.attisdropped
  ORDER BY n.nspname DESC, c.relname COLLATE \"C\", a.attnum) TO STDOUT" > "$data/columns.tsv"

rows pg_namespace "WHERE nspname IN ('pg_catalog', 'public', 'information_schema') ORDER BY oid"
rows pg_type "WHERE typnamespace = 11 AND typrelid = 0 AND (typelem = 0 OR typelem IN (SELECT oid FROM pg_type WHERE typrelid = 0)) ORDER BY oid"
rows pg_proc "WHERE pronamespace = 11 AND proname NOT LIKE 'plpgsql%' ORDER BY oid"
rows pg_aggregate "WHERE aggfnoid < 16384 ORDER BY aggfnoid"
rows pg_operator "WHERE oid < 16384 ORDER BY oid"
rows pg_cast "WHERE oid < 16384 ORDER BY oid"
rows pg_collation "WHERE collname IN ('default', 'C', 'POSIX', 'ucs_basic') ORDER BY oid"
rows pg_language "WHERE lanname <> 'plpgsql' ORDER BY oid"
rows pg_authid "WHERE oid > 10 AND oid < 16384 ORDER BY oid"
rows pg_opclass "WHERE oid < 16384 ORDER BY ctid"
for catalog in pg_am pg_opfamily pg_tablespace pg_conversion pg_ts_config pg_ts_dict pg_ts_parser pg_ts_template; do
    rows $catalog "WHERE oid < 16384 ORDER BY oid"
done
for catalog in pg_range pg_amop pg_amproc pg_ts_config_map pg_auth_members; do rows $catalog "ORDER BY 1, 2, 3"; done
rows pg_description "d WHERE classoid IN ('pg_proc'::regclass, 'pg_operator'::regclass, 'pg_type'::regclass, 'pg_cast'::regclass, 'pg_am'::regclass, 'pg_collation'::regclass, 'pg_conversion'::regclass, 'pg_language'::regclass, 'pg_opclass'::regclass, 'pg_opfamily'::regclass, 'pg_namespace'::regclass, 'pg_ts_config'::regclass, 'pg_ts_dict'::regclass, 'pg_ts_parser'::regclass, 'pg_ts_template'::regclass) AND objoid < 16384 AND objoid <> 2200 ORDER BY classoid, objoid, objsubid"

# Settings with their defaults; those of the server itself (files, memory, replication) are not ours.
run "COPY (SELECT name, unit, category, short_desc, extra_desc, context, vartype, min_val, max_val, enumvals, boot_val FROM pg_settings ORDER BY name COLLATE \"C\") TO STDOUT" > "$data/settings.tsv"
run "COPY (SELECT word, catcode, barelabel, catdesc, baredesc FROM pg_get_keywords()) TO STDOUT" > "$data/keywords.tsv"
run "COPY (SELECT alias, description FROM ts_token_type('default') ORDER BY tokid) TO STDOUT" > "$data/tokens.tsv"
run "COPY (SELECT * FROM pg_timezone_abbrevs ORDER BY abbrev COLLATE \"C\") TO STDOUT" > "$data/pg_timezone_abbrevs.tsv"
rows pg_init_privs "WHERE objsubid = 0 AND objoid < 16384 AND classoid IN ('pg_class'::regclass, 'pg_proc'::regclass, 'pg_namespace'::regclass) ORDER BY classoid, objoid"

# What the standard asks a server to say of itself. Features that the gateway refuses (privileges, roles, triggers, routines, mapping of tables to XML) are not claimed.
run "COPY (SELECT feature_id, feature_name, sub_feature_id, sub_feature_name,
  CASE WHEN feature_id ~ '^(B0|B1|E081|E182|F034|F231|F321|F361|F690|F692|F731|S071|S201|S211|T21|T281|T32|T33|T341|T521|T523|T524|T525|T613|T65|X04|X05|X12|X30|X400)' THEN 'NO' ELSE is_supported END, is_verified_by, comments
  FROM information_schema.sql_features ORDER BY feature_id, sub_feature_id) TO STDOUT" > "$data/sql_features.tsv"
run "COPY (SELECT implementation_info_id, implementation_info_name, integer_value,
  CASE implementation_info_name WHEN 'DBMS VERSION' THEN '15.00.0000' ELSE character_value END, comments FROM information_schema.sql_implementation_info) TO STDOUT" > "$data/sql_implementation_info.tsv"
for catalog in sql_parts sql_sizing; do run "COPY (SELECT * FROM information_schema.$catalog) TO STDOUT" > "$data/$catalog.tsv"; done
