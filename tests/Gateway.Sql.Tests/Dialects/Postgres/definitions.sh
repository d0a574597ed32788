#!/bin/sh
# Asks a PostgreSQL 15 server how it prints the queries of definitions.txt as views over ../../Analysis/schema.sql, and writes the
# file anew. Usage: definitions.sh [psql options], as definitions.sh -h 127.0.0.1 -U postgres. Its database is dropped again.
# A query stands behind "view ", on one line; below it pg_get_viewdef(…, false) and, between "pretty" and an empty line, (…, true).
set -eu
export PGOPTIONS=--client-min-messages=warning
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
psql -Xq "$@" -d postgres -c 'DROP DATABASE IF EXISTS definitions' -c 'CREATE DATABASE definitions'
psql -Xq "$@" -d definitions -f "$here/../../Analysis/schema.sql"
grep '^view ' "$here/definitions.txt" | while IFS= read -r line; do
    printf '%s\n' "$line"
    psql -XAtq -v ON_ERROR_STOP=1 "$@" -d definitions -c "CREATE VIEW v AS ${line#view }" -c "SELECT pg_get_viewdef('v'::regclass, false)" \
        -c "SELECT 'pretty'" -c "SELECT pg_get_viewdef('v'::regclass, true)" -c 'DROP VIEW v' </dev/null
    echo
done >"$here/definitions.new"
mv "$here/definitions.new" "$here/definitions.txt"
psql -Xq "$@" -d postgres -c 'DROP DATABASE definitions'
