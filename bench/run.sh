#!/bin/sh
# The gateway beside a PostgreSQL of its own, in one run on one machine: transactions per second, memory of idle connections.
# BENCH_ROUNDS, BENCH_SECONDS, BENCH_CLIENTS, BENCH_MODES and BENCH_IDLE change how much is measured; README.md says how to read it.
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
if [ "${1:-}" = sql ]; then
    # The SQL front end alone: nanoseconds and bytes per statement, cold and from the cache.
    exec dotnet run --project "$here/Translation" -c Release -v q --nologo
fi
if [ "${1:-}" = rows ]; then
    # What a row of a COPY costs in each part of its way.
    exec dotnet run --project "$here/Rows" -c Release -v q --nologo
fi
rounds=${BENCH_ROUNDS:-3}
seconds=${BENCH_SECONDS:-3}
clients=${BENCH_CLIENTS:-1 8 64}
modes=${BENCH_MODES:-simple extended prepared}
idle=${BENCH_IDLE:-1000}
binaries=/usr/lib/postgresql/15/bin
PATH=$binaries:$PATH
export PGUSER=postgres PGHOST=127.0.0.1 PGCONNECT_TIMEOUT=20 LC_ALL=C

for tool in initdb postgres psql pgbench python3; do
    command -v "$tool" >/dev/null || { echo "bench: $tool is missing (tests/setup.sh)" >&2; exit 1; }
done

work=$(mktemp -d)
gateway_pid='' postgres_pid='' others=''
finish() {
    trap - EXIT INT TERM
    for pid in $others; do kill -TERM "$pid" 2>/dev/null || true; done
    [ -z "$gateway_pid" ] || kill -TERM "$gateway_pid" 2>/dev/null || true
    [ -z "$postgres_pid" ] || kill -INT "$postgres_pid" 2>/dev/null || true
    wait
    rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM
ulimit -n "$(ulimit -Hn)"

free_port() {
    python3 -c '
import random, socket
while True:
    try:
        port = random.randrange(20000, 32768)
        socket.socket().bind(("127.0.0.1", port))
        print(port)
        break
    except OSError:
        pass'
}

# PostgreSQL does not run as root.
as_postgres() {
    if [ "$(id -u)" -eq 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}

median() { sort -n "$1" | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }

await() { # PORT DATABASE LOG
    tries=0
    until psql -XAtq -p "$1" -d "$2" -c 'SELECT 1' >/dev/null 2>&1; do
        tries=$((tries + 1))
        [ "$tries" -lt 120 ] || { echo "bench: nothing answers on port $1" >&2; tail -n 20 "$3" >&2; exit 1; }
        sleep 0.5
    done
}

"$here/../gateway" version # builds it
mkdir "$work/postgres"
chmod 755 "$work"
[ "$(id -u)" -ne 0 ] || chown postgres "$work/postgres"
(cd / && as_postgres initdb -D "$work/postgres/data" -U postgres --locale=C --lc-ctype=C.UTF-8 -E UTF8 -A trust -N >/dev/null)

postgres_port=$(free_port)
# Default settings, but for the connections that the idle measurement needs.
(cd / && as_postgres postgres -D "$work/postgres/data" -p "$postgres_port" -c listen_addresses=127.0.0.1 \
    -c unix_socket_directories="$work/postgres" -c max_connections=$((idle + 100)) >"$work/postgres.log" 2>&1) &
await "$postgres_port" postgres "$work/postgres.log"
postgres_pid=$(head -n 1 "$work/postgres/data/postmaster.pid")
psql -Xq -p "$postgres_port" -d postgres -c 'CREATE DATABASE scratch'

gateway_port=$(free_port)
# Clients that stop reading hold their connections of the engine.
echo 'gateway.embedded.pool-size = 250' >"$work/gateway.conf"
"$here/../gateway" run --config "$work/gateway.conf" --port "$gateway_port" --data "$work/gateway" >"$work/gateway.log" 2>&1 &
gateway_pid=$!
await "$gateway_port" scratch "$work/gateway.log"

if [ "${1:-}" = proxy ]; then
    . "$here/proxy.sh"
    exit
fi

if [ "${1:-}" = loss ]; then
    . "$here/loss.sh"
    exit
fi

if [ "${1:-}" = catalog ]; then
    . "$here/catalog.sh"
    exit
fi

if [ "${1:-}" = copy ]; then
    . "$here/copy.sh"
    exit
fi

# First, on fresh processes: after the load the node would put the sessions into memory that it already holds.
echo
echo "memory of idle connections"
printf 'gateway   '
timeout 300 python3 "$here/idle.py" "$gateway_port" "$gateway_pid" "$idle" rss || echo failed
printf 'postgres  '
timeout 300 python3 "$here/idle.py" "$postgres_port" "$postgres_pid" "$idle" pss || echo failed

for port in "$gateway_port" "$postgres_port"; do
    psql -Xq -v ON_ERROR_STOP=1 -p "$port" -d scratch -f "$here/table.sql"
done

# tps PORT SCRIPT MODE CLIENTS SECONDS: 0 when a transaction failed.
tps() {
    timeout $(($5 + 60)) pgbench -n -p "$1" -M "$3" -c "$4" -j 2 -T "$5" -f "$here/$2.sql" scratch >"$work/pgbench" 2>&1 || { echo 0; return; }
    grep -q 'number of failed transactions: 0 ' "$work/pgbench" || { echo 0; return; }
    sed -n 's/^tps = \([0-9.]*\) .*/\1/p' "$work/pgbench"
}

echo
echo "median of $rounds rounds of $seconds s each, taken in turns, on $(nproc) processors"
printf '%-8s %-9s %7s %12s %12s %7s  %s\n' query mode clients 'gateway tps' 'postgres tps' ratio 'ratio per round'
for script in select1 lookup; do
    for mode in $modes; do
        for count in $clients; do
            : >"$work/gateway.tps"
            : >"$work/postgres.tps"
            # Not counted: caches fill, and code is compiled.
            tps "$gateway_port" "$script" "$mode" "$count" 1 >/dev/null
            tps "$postgres_port" "$script" "$mode" "$count" 1 >/dev/null
            round=0
            while [ "$round" -lt "$rounds" ]; do
                tps "$gateway_port" "$script" "$mode" "$count" "$seconds" >>"$work/gateway.tps"
                tps "$postgres_port" "$script" "$mode" "$count" "$seconds" >>"$work/postgres.tps"
                round=$((round + 1))
            done
            range=$(paste -d ' ' "$work/gateway.tps" "$work/postgres.tps" | awk '
                $1 && $2 { r = $1 / $2; if (!n++ || r < low) low = r; if (r > high) high = r }
                END { if (n) printf "%.2f-%.2f", low, high; else print "-" }')
            echo "$script $mode $count $(median "$work/gateway.tps") $(median "$work/postgres.tps") $range" |
                awk '{ printf "%-8s %-9s %7d %12.0f %12.0f %7s  %s\n", $1, $2, $3, $4, $5, $4 && $5 ? sprintf("%.2f", $4 / $5) : "failed", $6 }'
        done
    done
done
