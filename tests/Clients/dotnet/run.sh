#!/bin/sh
# run.sh dapper|efcore: builds the program when a source is newer, outside the solution, and runs it.
set -eu
cd "$(dirname -- "$0")"
build=$PWD/../../../artifacts/clients/dotnet
mkdir -p "$build"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
flock "$build" sh -c '[ -e "$1/bin/Checks.dll" ] && [ -z "$(find . -newer "$1/bin/Checks.dll" -type f)" ] && exit 0
    dotnet build -c Release -v q --nologo -o "$1/bin" -p:BaseIntermediateOutputPath="$1/obj/" >"$1/log" 2>&1 || { cat "$1/log"; exit 1; }' - "$build"
exec dotnet "$build/bin/Checks.dll" "$1"
