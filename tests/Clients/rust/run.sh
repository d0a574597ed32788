#!/bin/sh
# run.sh: builds the program against Debian's packaged crates (no network) and runs it.
set -eu
cd "$(dirname -- "$0")"
build=$PWD/../../../artifacts/clients/rust
mkdir -p "$build"
export CARGO_TARGET_DIR="$build"
# The lock file is what Debian's versions resolve to; it is kept with the outputs.
flock "$build" cargo build --offline --quiet
exec "$build/debug/checks"
