# Part of run.sh: how long after a cancel, and after the loss of its client, a statement's connection serves the next session. Each
# pool has one connection, so the next session's wait is the answer. Expects run.sh's variables and functions.
npgsql=$(find "${NUGET_PACKAGES:-$HOME/.nuget/packages}/npgsql" -path '*/lib/net10.0/Npgsql.dll' 2>/dev/null | sort | tail -n 1)
loss_port=$(free_port)
cat >"$work/loss.conf" <<CONF
gateway {
  drivers = "$(dirname "${npgsql:-/nowhere/x}")"
  embedded.pool-size = 1
  instances { pg { kind = ado, port = $postgres_port } }
  routes { remote { namespace = postgres, instances = [pg], user = postgres, pool.size = 1 } }
}
CONF
"$here/../gateway" run --config "$work/loss.conf" --port "$loss_port" --data "$work/loss" >"$work/loss.log" 2>&1 &
others=$!
await "$loss_port" scratch "$work/loss.log"
timeout 120 python3 "$here/loss.py" "$loss_port" scratch "embedded engine" "SELECT count(*) FROM generate_series(1, 2000000000)"
[ -z "$npgsql" ] || timeout 120 python3 "$here/loss.py" "$loss_port" remote "PostgreSQL behind the gateway" "SELECT pg_sleep(1000)"
