#!/usr/bin/env bash
# Builds the image and uses it as an operator would, wherever a container engine runs: refusals, health, a read-only
# root, no root user, data that outlives the container, SIGTERM, Redis.
# Ends with one line `N passed, N failed`.
#
#   tests/container.sh
#   SDK_IMAGE=… RUNTIME_IMAGE=… tests/container.sh     with other base images
#
# Where the images of the Dockerfile cannot be pulled, and it is run as root on Debian, it makes images to stand in for
# them from debootstrap and from the .NET that is installed here.
set -uo pipefail
cd "$(dirname "$0")/.."

image=h2h-throttle:trial
work=$(mktemp -d)
passed=0
failed=0
container=

finish() {
    [ -n "$container" ] && docker rm -f "$container" > /dev/null 2>&1
    [ -n "${redis:-}" ] && kill "$redis" 2> /dev/null
    docker volume rm -f h2h-trial > /dev/null 2>&1
    rm -rf "$work"
    echo
    echo "$passed passed, $failed failed"
    [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
    exit
}
trap finish INT TERM

# check WHAT COMMAND…: counts it as passed if the command succeeds.
check() {
    local what=$1
    shift
    if "$@" > "$work/output" 2>&1; then
        passed=$((passed + 1))
        echo "ok      $what"
    else
        failed=$((failed + 1))
        echo "FAILED  $what"
        tail -5 "$work/output"
    fi
}

# until_healthy: waits for the image's own health check.
until_healthy() {
    for _ in $(seq 120); do
        [ "$(docker inspect -f '{{.State.Health.Status}}' "$container")" = healthy ] && return 0
        sleep 0.5
    done
    docker logs "$container"
    return 1
}

# ask PORT CALL JSON: the answer of a call over HTTP.
ask() {
    curl -sS --max-time 10 "http://127.0.0.1:$1/h2h.throttle.v1.$2" -H 'Content-Type: application/json' -d "$3"
}

reserves() { ask "$1" ThrottleService/Reserve \
    "{\"contact\":{\"personId\":\"$2\",\"channel\":\"email\",\"purpose\":\"service\"}}" | grep -q VERDICT_ALLOW; }
has_contacts() { ask "$1" PersonService/ListContacts "{\"personId\":\"$2\"}" | grep -q contactId; }
refuses_to_start() {
    ! docker run --rm "$image" > "$work/refusal" 2>&1 && grep -q 'Access:Required=true' "$work/refusal"
}
is_not_root() { [ "$(docker inspect -f '{{.Config.User}}' "$image")" = 1654:1654 ]; }
has_labels() { docker inspect -f '{{index .Config.Labels "org.opencontainers.image.title"}}' "$image" | grep -q H2H; }
ends_well() { docker stop -t 30 "$container" && [ "$(docker inspect -f '{{.State.ExitCode}}' "$container")" = 0 ]; }
is_small() { [ "$(docker run --rm --entrypoint dotnet "$image" --list-sdks | wc -l)" -eq 0 ]; }

# start VOLUME-ARGUMENTS…: as strictly as an orchestrator may run it.
start() {
    container=$(docker run -d --read-only --cap-drop ALL --security-opt no-new-privileges --network host \
        --health-interval 1s "$@" -e Access__Insecure=true -e Server__Host=127.0.0.1 \
        -e Server__GrpcPort=17001 -e Server__HttpPort=17002 "$image")
}

# stand_in NAME PATHS…: an image of a small Debian and these parts of the .NET that is installed here.
stand_in() {
    local name=$1 root=$work/root
    shift
    if [ ! -d "$root" ]; then
        debootstrap --variant=minbase --include=libicu72,ca-certificates,libssl3,libstdc++6 bookworm "$root" \
            > "$work/debootstrap" 2>&1 || { tail -3 "$work/debootstrap"; return 1; }
        cp -r /etc/ssl/certs "$root/etc/ssl/"
    fi
    local dotnet
    dotnet=$(dirname "$(readlink -f "$(command -v dotnet)")")
    rm -rf "$root/usr/share/dotnet"
    mkdir -p "$root/usr/share/dotnet"
    for path in "$@"; do
        cp -r "$dotnet/$path" "$root/usr/share/dotnet/"
    done
    ln -sf /usr/share/dotnet/dotnet "$root/usr/bin/dotnet"
    tar -C "$root" -c . | docker import - "$name" > /dev/null
}

if ! docker info > /dev/null 2>&1; then
    echo "No container engine answers: start one (on Debian: apt-get install docker.io, then dockerd)."
    failed=1
    finish
fi

arguments=()
if [ -n "${SDK_IMAGE:-}" ]; then
    arguments+=(--build-arg "SDK_IMAGE=$SDK_IMAGE" --build-arg "RUNTIME_IMAGE=$RUNTIME_IMAGE")
elif ! docker pull -q mcr.microsoft.com/dotnet/sdk:10.0 > "$work/pull" 2>&1; then
    echo "The base images cannot be pulled; standing in for them ..."
    stand_in h2h-sdk:local dotnet host packs sdk sdk-manifests shared templates || { failed=1; finish; }
    stand_in h2h-runtime:local dotnet host shared || { failed=1; finish; }
    arguments+=(--build-arg SDK_IMAGE=h2h-sdk:local --build-arg RUNTIME_IMAGE=h2h-runtime:local)
fi

check "the image is built" docker build --network host "${arguments[@]}" -t "$image" .
[ "$failed" -eq 0 ] || { grep -iE 'error' "$work/output" | head -5; finish; }

check "nobody opens it to the network by accident" refuses_to_start
check "it does not run as root" is_not_root
check "it carries no SDK" is_small
check "it is labelled" has_labels

start -v h2h-trial:/data
check "it becomes healthy on a read-only root" until_healthy
check "it takes a slot" reserves 17002 ann
check "SIGTERM ends it well" ends_well
docker rm "$container" > /dev/null
start -v h2h-trial:/data
check "another container of the same volume is healthy" until_healthy
check "it knows what the first one did" has_contacts 17002 ann
docker rm -f "$container" > /dev/null

if command -v redis-server > /dev/null; then
    redis-server --port 16379 --save '' --appendonly no --dir "$work" > "$work/redis.log" 2>&1 &
    redis=$!
    start -v h2h-trial:/data -e Server__Store=redis -e Redis__Configuration=127.0.0.1:16379
    check "with Redis it becomes healthy" until_healthy
    check "with Redis it takes a slot" reserves 17002 bea
    docker rm -f "$container" > /dev/null
fi

container=
finish
