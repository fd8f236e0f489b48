#!/usr/bin/env bash
# Reports the mutation score of Core: how many small faults, put into its code one by one, its tests notice.
#
#   tests/mutation.sh                      every file, by Core's own tests
#   tests/mutation.sh Rules/Gap.cs …       these files, as paths or with * below src/H2H.Throttle.Core
#   tests/mutation.sh again [FILE…]        once more whatever is not known to be noticed; what was found before holds
#   tests/mutation.sh others [FILE…]       the same, by the engine's tests
#
# All faults are compiled into one assembly and turned on one after another in one process, which takes minutes in all.
# The report is left in artifacts/mutation: findings.tsv, alive.txt, table.md.
# For each fault properties are tried with 3 % of the usual cases; H2H_TRIALS_PERCENT=50 tests/mutation.sh again takes
# a longer look at what is left. H2H_MUTATION_PROCESSES tells how many faults are tried at a time, 1 by default.
# Ends with status 1 if a fault that the tests are known to notice (the canary) went unnoticed: then the score is worth
# nothing, whatever it is.
# What was last found, and what was done about it, is in tests/mutation.md.
set -euo pipefail
cd "$(dirname "$0")/.."

tests=H2H.Throttle.Core.Tests
if [ "${1:-}" = others ]; then
    tests=H2H.Throttle.Engine.Tests
    shift
    set -- again "$@"
fi
export H2H_TRIALS_PERCENT=${H2H_TRIALS_PERCENT:-3}

for project in "$tests" H2H.Throttle.Mutation; do
    dotnet build "tests/$project" -c Release -v quiet -nologo --tl:off
done
exec nice -n 19 dotnet artifacts/bin/H2H.Throttle.Mutation/release/H2H.Throttle.Mutation.dll run "$PWD" "$tests" "$@"
