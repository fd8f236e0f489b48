#!/usr/bin/env bash
# Measures what the product promises of its speed, on a Debian-like system that has the .NET SDK. What else is needed
# (redis-server, h2load, Node.js) is installed with apt-get if this runs as root. Run it on a machine that does nothing
# else.
#
#   tests/benchmarks.sh             ratios, growth and decisions, one after the other
#   tests/benchmarks.sh ratios      our calls in turn with a bare gRPC echo and with what others do over Redis
#   tests/benchmarks.sh growth      how cost grows with people, contacts, rules, servers and callers, as curves
#   tests/benchmarks.sh decisions   what a decision and the codec cost, and allocate
#   tests/benchmarks.sh soak        ten minutes at 80 % of the load at which it sheds; 8 GB of memory, and of disk
#   tests/benchmarks.sh smoke       everything that makes numbers, in seconds; ends with `N passed, N failed`
set -euo pipefail
case "${1:-all}" in
    all | ratios | growth | decisions | soak | smoke) ;;
    *)
        sed -n '2,/^set/s/^# \{0,1\}//p' "$0" >&2
        exit 2
        ;;
esac
cd "$(dirname "$0")/.."

results=tests/H2H.Throttle.Benchmarks/results
project=tests/H2H.Throttle.Benchmarks
program=artifacts/bin/H2H.Throttle.Benchmarks/release/H2H.Throttle.Benchmarks.dll
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

# need COMMAND PACKAGE: makes sure that the command is there.
need() {
    command -v "$1" > /dev/null && return 0
    [ "$(id -u)" -eq 0 ] && command -v apt-get > /dev/null && apt-get update -qq && apt-get install -y -qq "$2"
    command -v "$1" > /dev/null || { echo "This needs $1. Install it, on Debian with: apt-get install $2"; exit 1; }
}

need redis-server redis-server
need redis-benchmark redis-tools
need h2load nghttp2-client
need node nodejs
need npm npm
[ "${1:-}" = smoke ] && [ -e "$program" ] || dotnet build "$project" -c Release -v quiet -nologo --tl:off

case "${1:-all}" in
    all)
        for part in ratios growth decisions; do dotnet "$program" "$part" "$results"; done
        ;;
    ratios | growth | decisions | soak)
        dotnet "$program" "$1" "$results"
        ;;
    smoke)
        scratch=$(mktemp -d)
        trap 'rm -rf "$scratch"' EXIT
        dotnet "$program" smoke "$scratch"
        ;;
esac
