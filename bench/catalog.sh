#!/bin/sh
# \d of one table in a schema of many: bench/catalog.sh [tables] [columns]. The server is the one PGHOST and PGPORT name (5432 here by default).
set -eu
tables=${1:-5000}
columns=${2:-20}
export PGHOST="${PGHOST:-127.0.0.1}" PGUSER="${PGUSER:-postgres}" PGDATABASE=bench_catalog
psql -Xq -d postgres -c 'SELECT 1' >/dev/null 2>&1 && first=postgres || first=scratch
psql -Xq -d "$first" -c "DROP DATABASE IF EXISTS bench_catalog" -c "CREATE DATABASE bench_catalog" 2>/dev/null
echo "creating $tables tables of $columns columns"
awk -v tables="$tables" -v columns="$columns" 'BEGIN {
    print "BEGIN;"
    for (t = 1; t <= tables; t++) {
        printf "CREATE TABLE t%d (id int PRIMARY KEY", t
        for (c = 2; c <= columns; c++) printf ", c%d text", c
        print ");"
    }
    print "COMMIT;"
}' | psql -Xq

# The first reads the snapshot and makes the indexes of the catalogs; the others find them there.
for run in first second third; do
    printf '%s \\d: ' "$run"
    psql -Xq -c '\timing on' -c "SELECT 1" -c "\\d t$((tables / 2))" >/dev/null
    start=$(date +%s%N)
    psql -Xq -c "\\d t$((tables / 2))" >/dev/null
    echo "$(( ($(date +%s%N) - start) / 1000000 )) ms, with psql's own start"
done
psql -Xq <<'SQL' | grep Time
\o /dev/null
\timing on
SELECT count(*) FROM pg_attribute;
SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = 't1'::regclass AND attnum > 0;
SELECT count(*) FROM information_schema.columns WHERE table_name = 't2';
SQL
psql -Xq -d "$first" -c "DROP DATABASE bench_catalog"
