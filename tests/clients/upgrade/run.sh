#!/usr/bin/env bash
# Opens what earlier versions stored with the built server and ends with one line: N passed, N failed.
# Needs Node 20.11 or newer with npm, redis-server, and built src/H2H.Throttle.Server and src/H2H.Throttle.Cli (or their
# paths in H2H_SERVER and H2H_CLI).
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

counts=$(mktemp)
trap 'rm -f "$counts"' EXIT

if ! node -e 'process.exit(/^v(20\.(1[1-9]|[2-9]\d)|2[1-9]|[3-9]\d)\b/.test(process.version) ? 0 : 1)'; then
  echo "Node 20.11 or newer is needed; this is $(node --version)."
  echo '0 passed, 1 failed'
  exit 1
fi

npm ci && npm test -- --test-reporter=./counts.mjs --test-reporter-destination="$counts"
status=$?

# A crash that kept the counts from being written, or that no test stands for, is a failure all the same.
line=$(grep -xE '[0-9]+ passed, [0-9]+ failed' "$counts" || echo '0 passed, 0 failed')
if [[ $status -ne 0 && $line == *' 0 failed' ]]; then
  line=${line/%0 failed/1 failed}
fi

echo "$line"
[[ $line == *' 0 failed' && $line != '0 passed'* ]]
