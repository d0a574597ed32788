#!/bin/sh
# Writes src/Gateway.Catalog/Data: the columns of the system catalogs we serve and the rows that are the same on every
# PostgreSQL 15 server. Usage: eng/system-catalog.sh "host=127.0.0.1 port=5432 user=postgres"
set -eu
connection=$1
data=$(dirname "$0")/../src/Gateway.Catalog/Data
relations="'pg_namespace','pg_type','pg_class','pg_attribute','pg_attrdef','pg_proc','pg_range','pg_enum'"

# All columns of a catalog, functions by OID: their names would have to be looked up again.
columns() {
    psql -X -q -At "$connection" -c "SELECT string_agg(CASE WHEN atttypid = 'regproc'::regtype THEN attname || '::oid' ELSE quote_ident(attname) END, ', ' ORDER BY attnum) FROM pg_attribute WHERE attrelid = '$1'::regclass AND attnum > 0 AND NOT attisdropped"
}

run() { psql -X -q "$connection" -v ON_ERROR_STOP=1 -c "$1"; }

run "COPY (
  SELECT c.oid, c.relname, a.attnum, a.attname, a.atttypid, a.attnotnull
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
  WHERE c.relname IN ($relations) AND c.relnamespace = 11 AND a.attnum > 0 AND NOT a.attisdropped
  ORDER BY c.relname, a.attnum) TO STDOUT" > "$data/columns.tsv"
run "COPY (SELECT $(columns pg_namespace) FROM pg_namespace WHERE nspname IN ('pg_catalog', 'public', 'information_schema') ORDER BY oid) TO STDOUT" > "$data/pg_namespace.tsv"
run "COPY (SELECT $(columns pg_type) FROM pg_type WHERE typnamespace = 11 AND typrelid = 0 AND (typelem = 0 OR typelem IN (SELECT oid FROM pg_type WHERE typrelid = 0)) ORDER BY oid) TO STDOUT" > "$data/pg_type.tsv"
run "COPY (SELECT $(columns pg_range) FROM pg_range ORDER BY rngtypid) TO STDOUT" > "$data/pg_range.tsv"
run "COPY (SELECT $(columns pg_proc) FROM pg_proc WHERE pronamespace = 11 ORDER BY oid) TO STDOUT" > "$data/pg_proc.tsv"
