#!/bin/sh
# run.sh PROGRAM: compiles it when it is older than its sources, one at a time, and runs it.
set -eu
cd "$(dirname -- "$0")"
build=../../../artifacts/clients/c
mkdir -p "$build"
flock "$build" make -s BUILD="$build" "$1"
exec "$build/$1"
