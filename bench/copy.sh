# COPY and large results, sourced by run.sh when both servers are up: rows per second, and the node's memory when one side is slow.
# BENCH_ROWS, BENCH_ROUNDS and BENCH_GIGABYTES change how much is measured.
rows=${BENCH_ROWS:-1000000}
gigabytes=${BENCH_GIGABYTES:-1}

# As pgbench_history: four columns of small numbers.
awk -v n="$rows" 'BEGIN { srand(1); for (i = 0; i < n; i++) printf "%d\t%d\t%d\t%d\n", 1 + rand() * 100, 1 + rand() * 10, 1 + rand() * 1000000, rand() * 10000 - 5000 }' >"$work/rows"

client() { psql -Xq -v ON_ERROR_STOP=1 -p "$1" -d scratch -c "$2" -o /dev/null; }

# rate PORT WHAT: rows per second.
rate() {
    case $2 in
    'COPY FROM')
        client "$1" 'DROP TABLE IF EXISTS history' 2>/dev/null
        client "$1" 'CREATE TABLE history (tid int, bid int, aid int, delta int)'
        sql="\\copy history from '$work/rows'"
        ;;
    'COPY TO') sql="\\copy history to '/dev/null'" ;;
    SELECT) sql='SELECT * FROM history' ;;
    esac
    begin=$(date +%s%N)
    client "$1" "$sql" || { echo 0; return; }
    end=$(date +%s%N)
    echo $((rows * 1000000 / ((end - begin) / 1000)))
}

echo
echo "rows per second, median of $rounds rounds of $rows rows, taken in turns, on $(nproc) processors"
printf '%-10s %14s %14s %7s  %s\n' '' 'gateway' 'postgres' ratio 'ratio per round'
for what in 'COPY FROM' 'COPY TO' SELECT; do
    : >"$work/gateway.rate"
    : >"$work/postgres.rate"
    # Not counted: caches fill, and code is compiled.
    rate "$gateway_port" "$what" >/dev/null
    rate "$postgres_port" "$what" >/dev/null
    round=0
    while [ "$round" -lt "$rounds" ]; do
        rate "$gateway_port" "$what" >>"$work/gateway.rate"
        rate "$postgres_port" "$what" >>"$work/postgres.rate"
        round=$((round + 1))
    done
    range=$(paste -d ' ' "$work/gateway.rate" "$work/postgres.rate" | awk '
        $1 && $2 { r = $1 / $2; if (!n++ || r < low) low = r; if (r > high) high = r }
        END { if (n) printf "%.2f-%.2f", low, high; else print "-" }')
    echo "$(median "$work/gateway.rate") $(median "$work/postgres.rate") $range" |
        awk -v what="$what" '{ printf "%-10s %14.0f %14.0f %7s  %s\n", what, $1, $2, $1 && $2 ? sprintf("%.2f", $1 / $2) : "failed", $3 }'
done

echo
timeout 900 python3 "$here/stalled.py" "$gateway_port" "$gateway_pid" "$gigabytes"
