# \d and DDL in a schema of many tables, sourced by run.sh when both servers are up. BENCH_TABLES and BENCH_COLUMNS change its size.
tables=${BENCH_TABLES:-5000}
columns=${BENCH_COLUMNS:-20}

database() { psql -Xq -p "$1" -d bench_catalog "$2" "$3"; }

# Milliseconds of each of ten times the same command of psql, its own start not counted. each PORT COMMAND
each() {
    printf '%s\n' "$2" >"$work/once"
    for _ in 1 2 3 4 5 6 7 8 9 10 11; do printf '%s\n' "$2"; done >"$work/eleven"
    # Not counted: the snapshot is read, and the look-ups into it are made.
    database "$1" -f "$work/eleven" >/dev/null
    start=$(date +%s%N)
    database "$1" -f "$work/once" >/dev/null
    middle=$(date +%s%N)
    database "$1" -f "$work/eleven" >/dev/null
    end=$(date +%s%N)
    awk -v one=$((middle - start)) -v eleven=$((end - middle)) 'BEGIN { printf "%.1f", (eleven - one) / 1e7 }'
}

# Milliseconds of one statement, the median of five. once PORT STATEMENTS, in which # is the number of the turn
once() {
    for turn in 1 2 3 4 5; do printf '%s\n' "$2" | sed "s/#/$turn/g"; done >"$work/statements"
    { printf '%s\n' '\timing on'; cat "$work/statements"; } | psql -Xq -p "$1" -d bench_catalog | sed -n 's/^Time: \([0-9.]*\).*/\1/p' >"$work/times"
    median "$work/times"
}

resident() { awk '/^VmRSS/ { printf "%.1f", $2 / 1024 }' "/proc/$gateway_pid/status"; }

echo
echo "a schema of $tables tables of $columns columns, milliseconds, on $(nproc) processors"
printf '%-34s %10s %10s\n' '' gateway postgres
awk -v tables="$tables" -v columns="$columns" 'BEGIN {
    print "BEGIN;"
    for (t = 1; t <= tables; t++) {
        printf "CREATE TABLE t%d (id int PRIMARY KEY", t
        for (c = 2; c <= columns; c++) printf ", c%d text", c
        print ");"
    }
    print "COMMIT;"
}' >"$work/tables.sql"
for port in "$gateway_port" "$postgres_port"; do
    psql -Xq -p "$port" -d scratch -c 'CREATE DATABASE bench_catalog'
done
few_gateway=$(once "$gateway_port" 'CREATE TABLE before_# (id int PRIMARY KEY, name text);')
few_postgres=$(once "$postgres_port" 'CREATE TABLE before_# (id int PRIMARY KEY, name text);')
printf '%-34s %10s %10s\n' 'CREATE TABLE in an empty schema' "$few_gateway" "$few_postgres"
for port in "$gateway_port" "$postgres_port"; do
    start=$(date +%s%N)
    # PostgreSQL locks each of them until the end: a transaction of so many needs more locks than it has by default.
    if [ "$port" = "$postgres_port" ]; then grep -v -e '^BEGIN' -e '^COMMIT' "$work/tables.sql"; else cat "$work/tables.sql"; fi | psql -Xq -p "$port" -d bench_catalog
    echo $((($(date +%s%N) - start) / 1000000)) >"$work/made.$port"
done
printf '%-34s %10s %10s\n' 'making the tables' "$(cat "$work/made.$gateway_port")" "$(cat "$work/made.$postgres_port")"
compare() { printf '%-34s %10s %10s\n' "$1" "$($2 "$gateway_port" "$3")" "$($2 "$postgres_port" "$3")"; }
compare '\d of a table' each "\\d t$((tables / 2))"
compare 'CREATE TABLE' once 'CREATE TABLE after_# (id int PRIMARY KEY, name text);'
compare 'ALTER TABLE ADD COLUMN' once "ALTER TABLE t# ADD COLUMN added int;"
compare 'DROP TABLE' once 'DROP TABLE after_#;'
compare 'count(*) of pg_attribute' once 'SELECT count(*) FROM pg_attribute \g /dev/null'
compare 'columns of information_schema' once "SELECT * FROM information_schema.columns WHERE table_name = 't1#' \\g /dev/null"

# Anew: what the making of the tables left behind is not what the schema needs.
kill -TERM "$gateway_pid"
wait "$gateway_pid" 2>/dev/null || true
"$here/../gateway" run --config "$work/gateway.conf" --port "$gateway_port" --data "$work/gateway" >"$work/gateway.log" 2>&1 &
gateway_pid=$!
await "$gateway_port" scratch "$work/gateway.log"
psql -Xq -p "$gateway_port" -d scratch -c '\d' >/dev/null 2>&1
without=$(resident)
database "$gateway_port" -c '\d t1' >/dev/null
echo
echo "the node's memory: $without MB with no table, $(resident) MB with the schema loaded and its catalogs read"
