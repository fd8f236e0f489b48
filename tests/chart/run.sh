#!/usr/bin/env bash
# Renders the chart and checks it; ends with one line: N passed, N failed.
# Needs Node.js with npm, and Go with the libraries of Debian's golang-github-masterminds-sprig-dev and
# golang-gopkg-yaml.v3-dev.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

counts=$(mktemp)
trap 'rm -f "$counts"' EXIT

npm ci && npm test -- --test-reporter=../clients/grpc-js/counts.mjs --test-reporter-destination="$counts" \
  --test-reporter=spec --test-reporter-destination=stdout
status=$?

# A crash that kept the counts from being written, or that no test stands for, is a failure all the same.
line=$(grep -xE '[0-9]+ passed, [0-9]+ failed' "$counts" || echo '0 passed, 0 failed')
if [[ $status -ne 0 && $line == *' 0 failed' ]]; then
  line=${line/%0 failed/1 failed}
fi

echo "$line"
[[ $line == *' 0 failed' && $line != '0 passed'* ]]
