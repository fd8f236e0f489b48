#!/usr/bin/env bash
# Loads a suppression list of many millions and says what that costs and what holds meanwhile, as rows of a table; ends
# with 1 if anything did not hold. The same at a few hundred thousand is among the tests that tests/run.sh runs.
# Takes the .NET SDK, curl, and redis-server for its part; some minutes for the twenty million.
#
#   tests/lists.sh              20,000,000 numbers, in the embedded store and in Redis
#   tests/lists.sh sqlite       … in the embedded store alone; likewise redis
#   tests/lists.sh redis 100000 so many numbers
set -euo pipefail
cd "$(dirname "$0")/.."

stores=${1:-sqlite redis}
count=${2:-20000000}
rounds=5
asked=40000
bad=1000000
bin=$PWD/artifacts/bin
work=$(mktemp -d)
processes=()
failed=0
trap 'kill -9 "${processes[@]}" 2>/dev/null || true; rm -rf "$work"' EXIT

dotnet build src/H2H.Throttle.Server -c Release -v quiet -nologo --tl:off > /dev/null
dotnet build src/H2H.Throttle.Cli -c Release -v quiet -nologo --tl:off > /dev/null

h2h() { dotnet "$bin/H2H.Throttle.Cli/release/h2h.dll" "$@"; }
row() { printf '| %s | %s |\n' "$1" "$2"; }
holds() { if [ "$2" == "$3" ]; then row "$1" "$2"; else row "$1" "**$2, should be $3**"; failed=1; fi; }
now() { date +%s.%N; }
since() { awk -v a="$1" -v b="$(now)" 'BEGIN { printf "%.1f", b - a }'; }
median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

# number FIRST COUNT: so many phone numbers in a row.
numbers() { seq -f '+%.0f' "$1" $(($1 + $2 - 1)); }

# serve NAME PORT: a server; its gRPC port is PORT and that for JSON the next.
serve() {
    local arguments=(--Server:GrpcPort="$2" --Server:HttpPort=$(($2 + 1)) --Telemetry:Prometheus=true
        --Server:FirstPolicyPath="$work/with.yaml" --Server:IdentityKeyPath="$work/$store.key")
    if [ "$store" == redis ]; then
        arguments+=(--Server:Store=redis --Redis:Configuration=127.0.0.1:7963)
    else
        arguments+=(--Sqlite:Path="$work/$store.db")
    fi
    dotnet "$bin/H2H.Throttle.Server/release/H2H.Throttle.Server.dll" "${arguments[@]}" > "$work/$1.log" 2>&1 &
    pid=$!
    processes+=("$pid")
    until curl -sf "http://127.0.0.1:$(($2 + 1))/readyz" > "$work/ready"; do
        kill -0 "$pid" || { cat "$work/$1.log"; exit 1; }
        sleep 0.2
    done
}

import() {
    h2h list import "$1" --list "$2" --as-of 2026-11-01T00:00:00Z --server 127.0.0.1:7961 --patience 600s "${@:3}"
}
metric() {
    curl -s http://127.0.0.1:7962/metrics \
        | awk -v m="$1{" -v l="list=\"$2\"" 'index($0, m) && index($0, l) { print $NF }'
}
resident() { awk '/^VmRSS/ { print $2 * 1024 }' "/proc/$1/status"; }
received() {
    curl -s http://127.0.0.1:7962/h2h.throttle.v1.ConsentService/GetSuppressionImport \
        -H 'Content-Type: application/json' -d "{\"list\":\"large\",\"importId\":\"$1\"}" \
        | sed -n 's/.*"lines": *"\([0-9]*\)".*/\1/p'
}

# audience FILE FIRST COUNT PREFIX: people to ask about, PREFIX in their ids.
audience() { numbers "$2" "$3" | awk -v p="$4" '{ print p NR "," $0 }' >> "$1"; }

# check FILE PORT: asks, and writes the verdicts to FILE.out as `id VERDICT`.
check() {
    rm -f "$1.csv.out"
    h2h campaign check "$1" --channel phone --purpose marketing --server "127.0.0.1:$2" --out "$1.csv.out" > "$1.told"
    awk -F, 'NR > 1 { print $2, $3 }' "$1.csv.out" > "$1.out"
}

# wrong FILE PREFIX VERDICT: how many of those have another verdict.
wrong() { awk -v p="$2" -v v="$3" 'index($1, p) == 1 && $2 != v' "$1.out" | wc -l; }

cat > "$work/without.yaml" <<'YAML'
policy: lists
zone: UTC
channels: [phone]
purposes: { marketing: {} }
rules: [{ name: few, cap: 3, in: rolling 7d }]
YAML
sed 's/^rules: \[/&{ name: registry, list: { name: large, max_age: 3650 days } }, /' "$work/without.yaml" \
    > "$work/with.yaml"

# The list before has the first thousand; the large one the first five hundred of them, and all others.
before=39020000000
large=12000000000
numbers $before 1000 > "$work/before.txt"
{ numbers $before 500; numbers $large $((count - 500)); } > "$work/large.txt"
{ numbers $large $bad; seq -f 'neither a number nor an address: %.0f times' $bad; } > "$work/bad.txt"
echo 'person_id,address' | tee "$work/all.csv" > "$work/speed.csv"
audience "$work/all.csv" $before 500 both
audience "$work/all.csv" $((before + 500)) 500 old
audience "$work/all.csv" $((large + count - 1000)) 500 new
audience "$work/all.csv" 44200000000 500 none
audience "$work/speed.csv" 44300000000 $asked free

try_during_import() {
    import "$work/before.txt" large --import-id before > "$work/told"
    import "$work/large.txt" large --import-id large > "$work/first" 2>&1 &
    local client=$! killed=0 checks=0 lies=0 lines
    processes+=("$client")
    while [ "$killed" -lt 2 ]; do
        check "$work/all.csv" 7961
        checks=$((checks + 2000))
        lies=$((lies + $(wrong "$work/all.csv" both DENY) + $(wrong "$work/all.csv" old DENY)
            + $(wrong "$work/all.csv" new ALLOW) + $(wrong "$work/all.csv" none ALLOW)))
        lines=$(received large)
        if [ "$killed" == 0 ] && [ "${lines:-0}" -gt $((count / 4)) ]; then
            kill -9 "$client"
            killed=1
            begun=$lines
            import "$work/large.txt" large --import-id large --json > "$work/second" 2> "$work/second.err" &
            client=$!
            processes+=("$client")
        elif [ "$killed" == 1 ] && [ "${lines:-0}" -gt $((count / 2)) ]; then
            kill -9 "$server"
            serve "$store" 7961
            server=$pid
            killed=2
        fi
        kill -0 "$client" 2>/dev/null || break
    done
    wait "$client" || { cat "$work/second.err"; exit 1; }
    row "checks while it was imported" "$checks"
    holds "of them wrong" "$lies" 0
    row "client killed when it had sent" "$begun"
    holds "then the server killed, and the import ended" "$killed" 2
    holds "addresses after both" "$(metric h2h_throttle_list_addresses large)" "$count"
}

try_after_import() {
    check "$work/all.csv" "$1"
    holds "wrong after the switch, $2" "$(($(wrong "$work/all.csv" both DENY) + $(wrong "$work/all.csv" old ALLOW)
        + $(wrong "$work/all.csv" new DENY) + $(wrong "$work/all.csv" none ALLOW)))" 0
}

try_memory() {
    local bytes
    bytes=$(metric h2h_throttle_list_size_bytes large)
    row "bytes an address, as the server counts" "$(awk -v b="$bytes" -v n="$count" 'BEGIN { printf "%.2f", b / n }')"
    kill "$server"
    wait "$server" || true
    local start
    start=$(now)
    serve "$store" 7961
    server=$pid
    row "seconds of a start with it" "$(since "$start")"
    check "$work/speed.csv" 7961
    row "bytes an address, of the whole process after that" \
        "$(awk -v b="$(resident "$server")" -v e="$empty" -v n="$count" 'BEGIN { printf "%.2f", (b - e) / n }')"
}

try_cost() {
    local round start
    for round in $(seq $rounds); do
        # Neither is always the first.
        for policy in $([ $((round % 2)) == 0 ] && echo with without || echo without with); do
            h2h policy publish "$work/$policy.yaml" --server 127.0.0.1:7961 > "$work/told"
            start=$(now)
            check "$work/speed.csv" 7961
            since "$start" >> "$work/$store.$policy"
            echo >> "$work/$store.$policy"
        done
    done
    row "a check with the list to one without, median of $rounds turns of $asked" \
        "$(awk -v a="$(median < "$work/$store.with")" -v b="$(median < "$work/$store.without")" \
            'BEGIN { printf "%.2f times as long", a / b }')"
}

try_bad() {
    import "$work/bad.txt" bad --import-id bad > "$work/told"
    row "a list of $bad good lines and $bad bad ones" "$(head -1 "$work/told")"
    holds "its addresses" "$(metric h2h_throttle_list_addresses bad)" "$bad"
}

for store in $stores; do
    printf '\n%s\n\n| %s numbers | %s |\n| --- | --- |\n' "$(date +%F)" "$count" "$store"
    if [ "$store" == redis ]; then
        redis-server --port 7963 --save '' --appendonly no --dir "$work" > "$work/redis.log" &
        processes+=("$!")
    fi
    serve "$store" 7961
    server=$pid
    check "$work/speed.csv" 7961
    empty=$(resident "$server")
    start=$(now)
    try_during_import
    row "seconds until it was switched to, checks, kills and restart included" "$(since "$start")"
    try_after_import 7961 "on that server"
    if [ "$store" == redis ]; then
        serve second 7971
        second=$pid
        numbers $before 1000 > "$work/again.txt"
        numbers $large $((count - 1000)) >> "$work/again.txt"
        import "$work/again.txt" large --import-id again > "$work/told"
        start=$(now)
        until check "$work/all.csv" 7971 && [ "$(wrong "$work/all.csv" old DENY)" == 0 ]; do :; done
        row "seconds until another server had switched to the next version" "$(since "$start")"
        kill "$second"
        import "$work/large.txt" large --import-id back > "$work/told"
        try_after_import 7961 "after two more versions"
    fi
    try_memory
    try_cost
    try_bad
    kill "$server"
    wait "$server" || true
done
exit $failed
