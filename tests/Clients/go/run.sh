#!/bin/sh
# run.sh pq|pgx: builds the program against Debian's packages (no modules, no network) when a source is newer, and runs it.
set -eu
cd "$(dirname -- "$0")"
build=../../../artifacts/clients/go
mkdir -p "$build"
export GO111MODULE=off GOPATH=/usr/share/gocode GOCACHE="${GOCACHE:-$PWD/$build/cache}" GOFLAGS=-buildvcs=false CGO_ENABLED=0
flock "$build" sh -c '[ -n "$(find . -name "*.go" -newer "$1/checks" 2>&1)" ] || exit 0; go build -o "$1/checks" .' - "$build"
exec "$build/checks" "$1"
