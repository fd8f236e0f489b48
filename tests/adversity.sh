#!/usr/bin/env bash
# Tries at length to break what the product promises, prints what held, and renews the table in the repository.
# Takes about half an hour, the .NET SDK and Redis or Valkey. The short form of every trial is part of tests/run.sh.
#
#   tests/adversity.sh              every trial, in its long form
#   tests/adversity.sh long WORD…   those whose names contain a word; the other rows of the table stay as they are
#   tests/adversity.sh short        every trial, in its short form; the table stays as it is
set -euo pipefail
cd "$(dirname "$0")/.."

project=tests/H2H.Throttle.Adversity
if [ "${1:-long}" = long ]; then
    export H2H_ADVERSITY_TABLE=$PWD/$project/RESULTS.md
fi
dotnet build "$project" -c Release -v quiet -nologo --tl:off
dotnet run --project "$project" -c Release --no-build -- "$@"
