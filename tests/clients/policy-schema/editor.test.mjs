// What an editor makes of the schemas: no false marks, marks that say what to write, keys and words to choose from.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { editorOn } from './editor.mjs';

const root = join(import.meta.dirname, '..', '..', '..');
const folder = join(root, 'src', 'H2H.Throttle.Engine', 'Policies');
const { marksIn, offersAt, hoverAt } = editorOn(folder);
const policy = 'policy.schema.json';
const scenario = 'Scenarios/scenario.schema.json';
const read = path => readFileSync(join(root, path), 'utf8');
const filesIn = path => readdirSync(join(root, path)).filter(name => name.endsWith('.yaml'))
  .map(name => `${path}/${name}`);
const head = 'channels: [email, phone]\npurposes: { marketing: {} }\n';
const rule = keys => `${head}rules:\n  - name: one\n    ${keys.replaceAll('\n', '\n    ')}`;

for (const path of [
  'src/H2H.Throttle.Engine/Policies/default-policy.yaml', 'src/H2H.Throttle.Cli/Demo/demo-policy.yaml',
  'src/H2H.Throttle.Cli/Replay/replay-policy.yaml', 'tests/clients/grpc-js/policy.yaml',
  ...filesIn('tests/policies-odd'),
]) {
  test(`nothing is marked in ${path}`, async () => assert.deepEqual(await marksIn(policy, read(path)), []));
}

for (const path of filesIn('tests/cases')) {
  test(`nothing is marked in ${path}`, async () => assert.deepEqual(await marksIn(scenario, read(path)), []));
}

const blocks = [...read('src/H2H.Throttle.Engine/Policies/README.md').matchAll(/^```yaml\n(.*?)^```/gms)]
  .map(([, yaml]) => yaml);
for (const [number, yaml] of blocks.entries()) {
  test(`nothing is marked in example ${number + 1} of the reference`, async () => {
    const text = yaml.startsWith('- ') ? `${head}rules:\n${yaml}` : yaml;
    const marks = await marksIn(yaml.startsWith('scenario:') ? scenario : policy, text);
    assert.deepEqual(marks, []);
  });
}

test('every preset and pack is offered with what it is about, and none of them is marked', async () => {
  const offers = await offersAt(policy, `${head}presets:\n  - |\n`);
  const files = filesIn('src/H2H.Throttle.Engine/Policies/Presets/Data').filter(path => !path.endsWith('packs.yaml'));

  assert.ok(offers.size > files.length);
  for (const path of files) {
    const name = /^preset: (\S+)$/m.exec(read(path))[1];
    assert.ok(offers.get(name)?.length > 0, name);
  }
  assert.deepEqual(await marksIn(policy, `${head}presets: [${[...offers.keys()].join(', ')}]\n`), []);
});

for (const [what, text, line, message] of [
  ['a misspelt key', `${head}rule: []\n`, 3, /rule is not allowed/],
  ['a key that its kind does not have', rule('gap: rolling 4h\nin: rolling 1d'), 6, /`gap` has no such key.*`after`/],
  ['a rule of no kind', rule('effect: warn'), 4, /one of `cap`, `gap`/],
  ['days without a word for which', rule('cap: 1\nin: 7 days'), 6, /`rolling 24h`.*`last 7 days`/],
  ['a gap in days without that word', rule('gap: 7 days'), 5, /`last 3 days`/],
  ['a cap of none', rule('cap: 0'), 5, /minimum of 1/],
  ['a day that is none', rule('hours: { mondy: all }'), 5, /`mon-fri`/],
  ['hours without minutes', rule('hours: { mon: "9-18" }'), 5, /"09:00-18:00"/],
  ['a cooldown without an end', rule('cooldown: soon\nafter: { outcome: refused }'), 5, /`forever`/],
  ['a date as it is not written', rule('cap: 1\nin: lifetime\nfrom: 1.7.2027'), 7, /`2027-07-01`/],
  ['a calendar that is not there', rule('hours: { holidays: all }\ncalendar: xx'), 6, /"fr"/],
  ['a preset that is not there', `${head}presets: [fr-phone-kap]\n`, 3, /h2h preset list/],
  ['what only the past has', rule('when: { outcome: refused }\ncap: 1\nin: lifetime'), 5, /outcome is not allowed/],
]) {
  test(`${what} is marked where it stands, with what to write`, async () => {
    const marks = await marksIn(policy, text);

    assert.ok(marks.some(mark => mark.startsWith(`${line} `) && message.test(mark)), marks.join('\n'));
    assert.ok(marks.every(mark => !/\^|\(\?/.test(mark)), `A pattern is no help: ${marks.join('\n')}`);
  });
}

for (const [where, text, ...words] of [
  ['at the top', '|', 'channels', 'purposes', 'rules', 'presets', 'zone', 'unconfirmed', 'mailboxes'],
  ['in a rule', rule('|'), 'cap', 'gap', 'hours', 'quiet', 'cooldown', 'consent', 'list', 'hold', 'blackout', 'needs',
    'balance', 'when', 'unless', 'from', 'until', 'effect', 'in', 'per', 'keep', 'pool', 'counts'],
  ['of a purpose', 'channels: [email]\npurposes:\n  marketing:\n    |\n', 'capped', 'counted', 'opt_out', 'hours'],
  ['under when', rule('cap: 1\nwhen:\n  |'), 'channel', 'purpose', 'brand', 'topic', 'subject', 'priority', 'not'],
  ['under after', rule('cooldown: 60 days\nafter:\n  |'), 'outcome', 'event', 'channel', 'consent'],
  ['under needs', rule('needs:\n  |'), 'event', 'outcome', 'within', 'or'],
  ['under hours', rule('hours:\n  |'), 'mon-fri', 'sat', 'daily', 'holidays', 'eves'],
  ['under keep', rule('cap: 5\nkeep:\n  |'), 'slots', 'for'],
  ['after outcome', rule('cooldown: 1 day\nafter:\n  outcome: |'), 'refused', 'no_answer', 'misdirected', 'converted'],
  ['after event', rule('cooldown: 1 day\nafter:\n  event: |'), 'purchase', 'inbound_message', 'opt_out'],
]) {
  test(`${where} an editor offers what can stand there, each with its documentation`, async () => {
    const offers = await offersAt(policy, text);

    assert.deepEqual(words.filter(word => !offers.has(word)), []);
    assert.deepEqual([...offers].filter(([, documentation]) => documentation === ''), []);
  });
}

for (const [where, text, ...words] of [
  ['a step', 'scenario: s\nsteps:\n  - at: 2026-03-02T09:00:00Z\n    |', 'ask', 'take', 'did', 'expect', 'next'],
  ['a contact', 'scenario: s\nsteps:\n  - ask:\n      |', 'channel', 'purpose', 'outcome', 'planned_at', 'override'],
  ['what a person does', 'scenario: s\nsteps:\n  - person:\n      |', 'opt_out', 'consent', 'snooze_until', 'event'],
]) {
  test(`of ${where} an editor offers each key with its documentation`, async () => {
    const offers = await offersAt(scenario, text);

    assert.deepEqual(words.filter(word => !offers.has(word)), []);
    assert.deepEqual([...offers].filter(([, documentation]) => documentation === ''), []);
  });
}

for (const [key, ...words] of [
  ['cap: 2\nin: |', 'rolling 24h', 'last 7 days', 'calendar week', 'lifetime'],
  ['gap: |', 'rolling 4h', 'last 2 days'],
  ['cooldown: |', '60 days', 'forever'],
  ['cap: 2\neffect: |', 'deny', 'warn', 'observe'],
  ['cap: 2\ncounts: |', 'attempted', 'delivered', 'connected'],
  ['hours: { holidays: closed }\ncalendar: |', 'fr', 'it', 'us'],
  ['cap: 2\nper:\n  - |', 'campaign', 'brand', 'subject'],
  ['cap: 2\nzone: |', 'person', 'utc'],
]) {
  test(`after ${key.split('\n').at(-1).replace(/[|]/, '').trim()} an editor offers what can be meant`, async () => {
    const offers = await offersAt(policy, rule(key));

    assert.deepEqual(words.filter(word => !offers.has(word)), []);
  });
}

test('a key under the cursor is explained', async () => {
  assert.match(await hoverAt(policy, rule('c|ap: 2')), /At most so many contacts/);
  assert.match(await hoverAt(policy, rule('cap: 2\ni|n: lifetime')), /In what time they are counted/);
  assert.match(await hoverAt(policy, rule('cap: 2\neff|ect: warn')), /allowed if the caller gives a reason/);
  assert.match(await hoverAt(scenario, 'scenario: s\nsteps:\n  - ta|ke: {}\n'), /counts if it is allowed/);
});
