#!/usr/bin/env bash
# Reports the mutation score of Core: how many small faults, put into its code one by one, its tests notice.
#
#   tests/mutation.sh                        the rules that count: caps, gaps, cooldowns
#   tests/mutation.sh Rules/Gap.cs …         these files, as paths or globs below src/H2H.Throttle.Core
#
# It takes minutes a file, on one processor, and needs Node.js for the table. The report is left in artifacts/mutation.
# Properties are tried a tenth as often as usual for each fault; H2H_TRIALS_PERCENT=100 for a second look at survivors.
# Ends with status 1 if a fault that the tests are known to notice (the canary) went unnoticed: then the score is worth
# nothing, whatever it is. A fault that hangs a test counts as noticed, in a column of its own: on a busy machine see
# whether it truly hangs.
# What was last found, and what was done about it, is in tests/mutation.md.
set -euo pipefail
cd "$(dirname "$0")/.."

canary_file=Rules/Blackout.cs   # a blackout that forbids every other time instead; a test holds both sides
canary='!Interval.Contains(at)'
files=("$@")
if [ ${#files[@]} -eq 0 ]; then
    files=(Rules/Cap.cs Rules/Gap.cs Rules/Density.cs Rules/Crowd.cs Rules/Rule.cs Rules/Cooldown.cs)
fi
output=$PWD/artifacts/mutation
export H2H_TRIALS_PERCENT=${H2H_TRIALS_PERCENT:-10}

rm -rf "$output"
mutate=(--mutate "**/$canary_file")
for file in "${files[@]}"; do
    mutate+=(--mutate "**/$file")
done

dotnet tool restore > /dev/null
cd tests/H2H.Throttle.Core.Tests
nice -n 19 dotnet stryker \
    --project H2H.Throttle.Core.csproj \
    --test-runner mtp \
    --concurrency 1 \
    --output "$output" \
    --reporter json --reporter cleartext \
    "${mutate[@]}"

node - "$output" "$canary_file" "$canary" <<'JS'
const fs = require('node:fs');
const path = require('node:path');
const [, , output, canaryFile, canary] = process.argv;
const find = folder => fs.readdirSync(folder, { withFileTypes: true }).flatMap(entry =>
  entry.isDirectory() ? find(path.join(folder, entry.name)) : [path.join(folder, entry.name)]);
const [report] = find(output).filter(file => file.endsWith('mutation-report.json'));
const { files } = JSON.parse(fs.readFileSync(report, 'utf8'));
const textAt = ({ source }, { start, end }) =>
  start.line === end.line ? source.split('\n')[start.line - 1].slice(start.column - 1, end.column - 1) : '';
let noticed = false;
console.log('\n| file | killed | hung | survived | not covered | score |\n| --- | ---: | ---: | ---: | ---: | ---: |');
for (const [name, file] of Object.entries(files)) {
  const count = state => file.mutants.filter(one => one.status === state).length;
  const found = ['Killed', 'Timeout', 'Survived', 'NoCoverage'].map(state => count(state));
  const all = found.reduce((sum, one) => sum + one);
  if (all > 0) {
    const short = name.slice(name.indexOf('H2H.Throttle.Core/') + 'H2H.Throttle.Core/'.length);
    console.log(`| ${short} | ${found.join(' | ')} | ${(100 * (found[0] + found[1]) / all).toFixed(0)} % |`);
  }

  noticed ||= name.endsWith(canaryFile) && file.mutants.some(one =>
    one.status === 'Killed' && textAt(file, one.location) === canary);
}

console.log(noticed ? '\nThe canary was noticed.' : '\nThe canary went unnoticed: do not believe this report.');
process.exit(noticed ? 0 : 1);
JS
