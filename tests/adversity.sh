#!/usr/bin/env bash
# Tries at length to break what the product promises, prints what held, and renews the table in the repository.
# Takes about twenty minutes, the .NET SDK and redis-server. The short form of every trial is part of tests/run.sh.
#
#   tests/adversity.sh              every trial, in its long form
#   tests/adversity.sh short        every trial, in its short form; the table stays as it is
#   tests/adversity.sh long WORD…   those whose names contain a word; the table stays as it is
set -euo pipefail
cd "$(dirname "$0")/.."

project=tests/H2H.Throttle.Adversity
if [ $# -eq 0 ]; then
    export H2H_ADVERSITY_TABLE=$PWD/$project/RESULTS.md
fi
dotnet build "$project" -c Release -v quiet -nologo --tl:off
dotnet run --project "$project" -c Release --no-build -- "$@"
