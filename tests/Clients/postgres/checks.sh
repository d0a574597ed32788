# One line per check: `ok <sentence>` or `not ok <sentence>: <reason>`.
# A real PostgreSQL is the client here: one of our own, started beside the server under test, on a socket in a folder of its own.
set -u
bin=/usr/lib/postgresql/15/bin
failed=0
host=${PGHOST:-127.0.0.1} port=${PGPORT:-5432} database=${PGDATABASE:-scratch} user=${PGUSER:-postgres}
export PSQLRC=/dev/null LC_ALL=C.UTF-8

as_postgres() { if [ "$(id -u)" -eq 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }

stop() {
    as_postgres $bin/pg_ctl -s -D "$folder/data" -m immediate stop >/dev/null 2>&1
    rm -rf "$folder"
}

start() {
    folder=$(mktemp -d)
    trap stop EXIT
    trap 'exit 1' INT TERM
    if [ "$(id -u)" -eq 0 ]; then chown postgres "$folder"; fi
    cd "$folder"
    as_postgres $bin/initdb -D "$folder/data" -U postgres --locale=C.UTF-8 -E UTF8 -A trust -N >/dev/null &&
        as_postgres env PGPORT=5432 $bin/pg_ctl -s -D "$folder/data" -l "$folder/log" -w start \
            -o "-c port=5432 -c listen_addresses= -c unix_socket_directories=$folder -c fsync=off -c autovacuum=off -c timezone=UTC -c max_connections=20" >/dev/null ||
        { cat "$folder/log"; exit 1; }
}

# client <SQL: the output of the PostgreSQL that is the client, errors included as they come.
client() { env -u PGUSER PGHOST="$folder" PGPORT=5432 psql -XAqt -v VERBOSITY=terse -U postgres -d postgres 2>&1; }

# remote SQL: on the server under test, directly.
remote() { psql -XAqt -h "$host" -p "$port" -U "$user" -d "$database" -c "$1" 2>&1; }

# answers SENTENCE EXPECTED SQL
answers() {
    actual=$(printf '%s\n' "$3" | client)
    if [ "$actual" = "$2" ]; then
        echo "ok $1"
    else
        failed=1
        echo "not ok $1: got [$(printf %s "$actual" | tr '\n' '~')], expected [$(printf %s "$2" | tr '\n' '~')]"
    fi
}
