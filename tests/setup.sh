#!/bin/sh
# Installs what the tests use and is not there yet: PostgreSQL 15 and its clients, its parser as a library, the clients of
# tests/Clients from Debian and from npm. Runs without questions, any number of times. Tests whose tool is missing are skipped by
# name, so this script never fails because one package could not be had.
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
export DEBIAN_FRONTEND=noninteractive

installed() { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

missing_packages() {
    for package in postgresql-15 postgresql-client-15 postgresql-contrib pgbouncer libpg-query-dev \
        gcc make libpq-dev unixodbc unixodbc-dev odbc-postgresql mariadb-server-core \
        python3-psycopg python3-psycopg2 python3-asyncpg python3-sqlalchemy python3-pandas python3-django pgcli \
        libdbd-pg-perl ruby ruby-pg ruby-sequel ruby-activerecord php-cli php-pgsql php-doctrine-dbal adminer chromium \
        golang-go golang-github-lib-pq-dev golang-github-jackc-pgx-v4-dev libpostgresql-jdbc-java \
        libhibernate3-java libjavassist-java; do
        installed "$package" || printf ' %s' "$package"
    done
    command -v node >/dev/null && command -v npm >/dev/null || printf ' nodejs npm'
    # Rust, node and Java may be there from elsewhere.
    command -v cargo >/dev/null || printf ' cargo'
    installed librust-tokio-postgres-dev || printf ' librust-tokio-postgres-dev'
    command -v java >/dev/null && command -v javac >/dev/null || printf ' default-jdk-headless'
}

debian_packages() {
    command -v dpkg-query >/dev/null || { echo "setup: not a Debian system; install PostgreSQL 15 and the drivers by hand"; return 0; }
    missing=$(missing_packages)
    [ -n "$missing" ] || return 0
    if [ "$(id -u)" -ne 0 ]; then
        echo "setup: not root, so these stay missing and their tests are skipped:$missing"
        return 0
    fi
    echo "setup: installing$missing"
    # The server package would start a server on 5432, where the gateway listens by default.
    case $missing in
    *postgresql-15*)
        mkdir -p /etc/postgresql-common/createcluster.d
        echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.d/no-main-cluster.conf ;;
    esac
    apt-get update -q >/dev/null || echo "setup: apt-get update failed, trying with the lists that are there"
    # shellcheck disable=SC2086 # a list of words
    apt-get install -q -y --no-install-recommends --no-upgrade $missing >/dev/null && return 0
    for package in $missing; do
        apt-get install -q -y --no-install-recommends --no-upgrade "$package" >/dev/null || echo "setup: could not install $package"
    done
}

# node_packages FOLDER: what its package.json asks for
node_packages() {
    command -v npm >/dev/null || return 0
    cd "$here/Clients/$1"
    # npm writes node_modules/.package-lock.json last, so an older one means an unfinished or outdated install.
    [ -n "$(find node_modules/.package-lock.json -newer package.json 2>/dev/null)" ] && return 0
    echo "setup: installing node packages of $1"
    if npm install --no-audit --no-fund --no-package-lock --loglevel=error >/dev/null; then
        touch node_modules/.package-lock.json
        [ -d prisma ] || return 0
        # The engines of Prisma cannot be downloaded everywhere, and its client needs none.
        PRISMA_SCHEMA_ENGINE_BINARY=/bin/true CHECKPOINT_DISABLE=1 npx prisma generate --schema prisma/schema.prisma >/dev/null 2>&1 ||
            echo "setup: prisma generate failed"
        touch node_modules/.package-lock.json
    else
        echo "setup: npm install failed"
    fi
}

debian_packages
node_packages node
node_packages directus
node_packages adminer
