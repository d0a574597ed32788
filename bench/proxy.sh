# Part of run.sh: TPC-B and key look-ups of pgbench (scale 10, loaded with its COPY), each through the gateway to PostgreSQL, through
# PgBouncer to the same PostgreSQL, directly, and on the gateway's embedded engine; afterwards every balance must add up.
# Expects run.sh's variables and functions: work, here, postgres_port, rounds, seconds, clients, modes.
command -v pgbouncer >/dev/null || { echo "bench: pgbouncer is missing (tests/setup.sh)" >&2; exit 1; }

npgsql=$(find "${NUGET_PACKAGES:-$HOME/.nuget/packages}/npgsql" -path '*/lib/net10.0/Npgsql.dll' 2>/dev/null | sort | tail -n 1)
[ -n "$npgsql" ] || { echo "bench: Npgsql is not in the NuGet folder" >&2; exit 1; }

bouncer_port=$(free_port)
proxy_port=$(free_port)
for database in direct bouncer remote; do psql -Xq -p "$postgres_port" -d postgres -c "CREATE DATABASE $database"; done
mkdir "$work/bouncer"
cat >"$work/bouncer/bouncer.ini" <<INI
[databases]
* = host=127.0.0.1 port=$postgres_port user=postgres
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = $bouncer_port
auth_type = any
pool_mode = transaction
default_pool_size = 40
max_client_conn = 1000
unix_socket_dir =
pidfile = $work/bouncer/pid
ignore_startup_parameters = extra_float_digits
INI
[ "$(id -u)" -ne 0 ] || chown -R postgres "$work/bouncer"
(cd / && as_postgres pgbouncer -q "$work/bouncer/bouncer.ini" >"$work/bouncer.log" 2>&1) &
others=$!
await "$bouncer_port" bouncer "$work/bouncer.log"
others="$others $(cat "$work/bouncer/pid")"   # the program that changes to its user does not pass signals on

cat >"$work/proxy.conf" <<CONF
gateway {
  drivers = "$(dirname "$npgsql")"
  embedded.pool-size = 100
  instances { pg { kind = ado, port = $postgres_port } }
  routes { remote { namespace = remote, instances = [pg], user = postgres, pool.size = 40 } }
}
CONF
"$here/../gateway" run --config "$work/proxy.conf" --port "$proxy_port" --data "$work/proxy" >"$work/proxy.log" 2>&1 &
others="$others $!"
await "$proxy_port" remote "$work/proxy.log"

# name, port, database
targets="direct:$postgres_port:direct bouncer:$bouncer_port:bouncer gateway:$proxy_port:remote embedded:$proxy_port:scratch"
failed=0
for target in $targets; do
    name=${target%%:*} rest=${target#*:}
    start=$(date +%s.%N)
    pgbench -q -i -s 10 -p "${rest%%:*}" "${rest#*:}" >"$work/pgbench" 2>&1 || { echo "pgbench -i failed on $name"; cat "$work/pgbench"; failed=1; }
    echo "$name $start $(date +%s.%N)" | awk '{ printf "pgbench -i -s 10 on %-9s %6.1f s\n", $1, $3 - $2 }'
done

# rate TARGET SCRIPT MODE CLIENTS
rate() {
    rest=${1#*:}
    timeout $((seconds + 60)) pgbench -n -p "${rest%%:*}" -b "$2" -M "$3" -c "$4" -j 2 -T "$seconds" "${rest#*:}" >"$work/pgbench" 2>&1 &&
        grep -q 'number of failed transactions: 0 ' "$work/pgbench" || { echo 0; return; }
    sed -n 's/^tps = \([0-9.]*\) .*/\1/p' "$work/pgbench"
}

echo
echo "median of $rounds rounds of $seconds s each, taken in turns; ratios are the gateway's in front of PostgreSQL"
printf '%-12s %-9s %7s %9s %9s %9s %9s %10s %12s\n' script mode clients direct pgbouncer gateway embedded '/ direct' '/ pgbouncer'
for script in tpcb-like select-only; do
    for mode in $modes; do
        for count in $clients; do
            for target in $targets; do : >"$work/${target%%:*}.rate"; done
            round=0
            while [ "$round" -lt "$rounds" ]; do
                for target in $targets; do rate "$target" "$script" "$mode" "$count" >>"$work/${target%%:*}.rate"; done
                round=$((round + 1))
            done
            echo "$script $mode $count $(median "$work/direct.rate") $(median "$work/bouncer.rate") $(median "$work/gateway.rate") $(median "$work/embedded.rate")" |
                awk '{ printf "%-12s %-9s %7d %9.0f %9s %9.0f %9.0f %10s %12s\n", $1, $2, $3, $4, $5 ? sprintf("%.0f", $5) : "-", $6, $7,
                    $4 && $6 ? sprintf("%.2f", $6 / $4) : "failed", $5 && $6 ? sprintf("%.2f", $6 / $5) : "-" }'
        done
    done
done

echo
for target in $targets; do
    name=${target%%:*} rest=${target#*:}
    sums=$(psql -XAtq -p "${rest%%:*}" -d "${rest#*:}" -c "SELECT (SELECT sum(abalance) FROM pgbench_accounts) = (SELECT sum(tbalance) FROM pgbench_tellers)
        AND (SELECT sum(tbalance) FROM pgbench_tellers) = (SELECT sum(bbalance) FROM pgbench_branches)
        AND (SELECT sum(bbalance) FROM pgbench_branches) = (SELECT coalesce(sum(delta), 0) FROM pgbench_history), (SELECT count(*) FROM pgbench_history)")
    echo "$name: balances add up: ${sums%|*}, transactions: ${sums#*|}"
    [ "${sums%|*}" = t ] || failed=1
done
[ "$failed" -eq 0 ]
