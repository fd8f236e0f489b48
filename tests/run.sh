#!/usr/bin/env bash
# Builds everything and runs every test, on a Debian-like system that has the .NET SDK and git.
# What else is needed (redis-server, chromium, Node.js for the client that is not ours, Go to render the chart) is
# installed with apt-get if this runs as root.
# Ends with one line `N passed, N failed`; the exit status is 1 if anything failed.
#
#   tests/run.sh              everything
#   tests/run.sh Core Sqlite  only the test projects of that name, and no other clients
set -uo pipefail

# What starts it in the background may have it ignore Ctrl+C, and so would every program that the tests interrupt.
[ -z "$(trap -p INT)" ] || exec env --default-signal=INT,QUIT "$0" "$@"

cd "$(dirname "$0")/.."

configuration=Release
passed=0
failed=0
logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT

finish() {
    echo
    echo "$passed passed, $failed failed"
    [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
    exit
}

# install PACKAGE…: with apt-get, where this runs as root and there is one.
install() {
    [ "$(id -u)" -eq 0 ] && command -v apt-get > /dev/null || return 0
    echo "Installing $* ..."
    { apt-get update && apt-get install -y --no-install-recommends "$@"; } > "$logs/apt" 2>&1 || tail -20 "$logs/apt"
}

# need COMMAND PACKAGE…: makes sure that the command is there.
need() {
    local command=$1
    shift
    command -v "$command" > /dev/null || install "$@"
    command -v "$command" > /dev/null && return 0
    echo "The tests need $command. Install it, on Debian with: apt-get install $*"
    return 1
}

# need_folder FOLDER PACKAGE…: makes sure that the folder is there.
need_folder() {
    local folder=$1
    shift
    [ -d "$folder" ] || install "$@"
    [ -d "$folder" ] && return 0
    echo "The tests need $folder. Install it, on Debian with: apt-get install $*"
    return 1
}

# count NAME PASSED FAILED: adds to the totals; a suite that told no numbers counts as one failure.
count() {
    if [ -z "$2" ] || [ -z "$3" ]; then
        echo "$1: did not finish"
        failed=$((failed + 1))
        return
    fi
    echo "$1: $2 passed, $3 failed"
    passed=$((passed + $2))
    failed=$((failed + $3))
}

if ! command -v dotnet > /dev/null; then
    echo "The tests need the .NET 10 SDK: https://dotnet.microsoft.com/download"
    failed=1
    finish
fi

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 NO_COLOR=1

echo "Building ..."
if ! dotnet build H2H.Throttle.sln -c "$configuration" -v quiet -nologo --tl:off > "$logs/build" 2>&1; then
    grep -E "error|warn" "$logs/build" | sort -u | head -50
    [ -s "$logs/build" ] && tail -5 "$logs/build"
    failed=1
    finish
fi

need chromium chromium           # without it the tests of people's pages fail and say so
need redis-server redis-server   # without it the tests of the Redis store fail and say so

for project in tests/*.Tests/*.csproj; do
    name=$(basename "$project" .csproj)
    short=${name#H2H.Throttle.}
    short=${short%.Tests}
    if [ $# -gt 0 ] && [[ " $* " != *" $short "* ]]; then
        continue
    fi
    dotnet test --project "$project" -c "$configuration" --no-build > "$logs/$name" 2>&1
    status=$?
    suite_passed=$(sed -n 's/^ *succeeded: *\([0-9]*\).*/\1/p' "$logs/$name" | tail -1)
    suite_failed=$(sed -n 's/^ *failed: *\([0-9]*\).*/\1/p' "$logs/$name" | tail -1)
    skipped=$(sed -n 's/^ *skipped: *\([0-9]*\).*/\1/p' "$logs/$name" | tail -1)
    if [ "$status" -ne 0 ] && [ "${suite_failed:-0}" -eq 0 ]; then
        suite_failed=1
    fi
    if [ "${suite_failed:-1}" -ne 0 ]; then
        grep -vE '^ +at ' "$logs/$name" | head -200
    fi
    if [ "${skipped:-0}" -ne 0 ]; then
        grep -A2 -E '^skipped ' "$logs/$name" | head -40
    fi
    count "$name" "$suite_passed" "$suite_failed"
done

# script NAME COMMAND…: runs a suite that is a program of its own and ends with `N passed, N failed`.
script() {
    "${@:2}" > "$logs/$1" 2>&1
    local line suite_passed suite_failed
    line=$(tail -1 "$logs/$1")
    suite_passed=$(sed -n 's/^\([0-9]*\) passed, [0-9]* failed$/\1/p' <<< "$line")
    suite_failed=$(sed -n 's/^[0-9]* passed, \([0-9]*\) failed$/\1/p' <<< "$line")
    [ "${suite_failed:-1}" -eq 0 ] || cat "$logs/$1"
    count "$1" "$suite_passed" "$suite_failed"
}

if [ $# -eq 0 ]; then
    if need node nodejs npm && need npm npm; then
        for client in tests/clients/*/run.sh; do
            script "client $(basename "$(dirname "$client")")" "$client"
        done
        if need redis-benchmark redis-tools; then
            script benchmarks tests/benchmarks.sh smoke
        else
            count benchmarks "" ""
        fi
        if need go golang-go && need_folder /usr/share/gocode/src/github.com/Masterminds/sprig \
            golang-github-masterminds-sprig-dev golang-gopkg-yaml.v3-dev; then
            script chart tests/chart/run.sh
        else
            count chart "" ""
        fi
    else
        count "clients and chart" "" ""
    fi
fi

finish
