// What an admin does: read, check, publish and adjust the rules. Each test goes on from the version before it.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import test, { after } from 'node:test';
import { ThrottleClient } from './client.mjs';
import { refusalOf } from './refusals.mjs';
import { ThrottleServer } from './server.mjs';

const server = await ThrottleServer.start();
const client = new ThrottleClient(server.grpcAddress);
after(async () => {
  client.close();
  await server.stop();
});

const document = await readFile(new URL('policy.yaml', import.meta.url), 'utf8');
const inForce = async () => (await client.policy.getPolicy({})).policy;

test('the policy in force comes with its document, to the byte', async () => {
  const answer = await client.policy.getPolicy({});

  assert.equal(answer.inForce, true);
  assert.deepEqual([answer.policy.name, answer.policy.version], ['clients', '1']);
  assert.equal(answer.policy.document, document);
  assert.deepEqual(answer.policy.rules, [...document.matchAll(/- name: (\S+)/g)].map(([, name]) => name));
});

test('a document without mistakes is valid', async () => {
  const { errors } = await client.policy.validatePolicy({ document });

  assert.deepEqual(errors, []);
});

test('what is odd about a document is told, and it is valid all the same', async () => {
  const odd = `${document}  - { name: nine-in-half-a-day, cap: 9, in: rolling 12h }\n`;

  const { errors, warnings } = await client.policy.validatePolicy({ document: odd });

  const lineOf = text => odd.split('\n').findIndex(line => line.includes(text)) + 1;
  assert.deepEqual(errors, []);
  assert.deepEqual(warnings.map(({ rule, line }) => [rule, line]), [
    ['pause-between-calls', lineOf('pause-between-calls')],
    ['nine-in-half-a-day', lineOf('nine-in-half-a-day')],
  ]);
  assert.ok(warnings.every(({ message, mend }) => message.length > 0 && mend.length > 0));
});

test('every mistake of a document is told at once, with its place and its mend', async () => {
  const mistaken = document.replace('cap: 3 ', 'cap: 0 ').replace('in: rolling 7d', 'in: rolling 7');

  const { errors } = await client.policy.validatePolicy({ document: mistaken });

  const lineOf = text => mistaken.split('\n').findIndex(line => line.includes(text)) + 1;
  assert.deepEqual(errors.map(({ rule, line }) => [rule, line]), [
    ['three-a-day', lineOf('cap: 0 ')],
    ['one-call-a-week', lineOf('in: rolling 7')],
  ]);
  assert.ok(errors.every(error => error.column > 0 && error.message.length > 0 && error.mend.length > 0));
});

test('adjusting a cap changes its number and nothing else', async () => {
  const { policy, previous } = await client.policy.adjustCap({
    requestId: randomUUID(), rule: 'three-a-day', cap: { limit: 5 }, expectedVersion: 1, comment: 'sale',
  });

  assert.equal(previous.limit, '3');
  assert.equal(policy.version, '2');
  assert.equal(policy.comment, 'sale');
  assert.equal(policy.document, document.replace('cap: 3 ', 'cap: 5 '));
  assert.deepEqual(await inForce(), policy);
});

test('an adjusted cap holds from the next call on', async () => {
  const contact = { personId: randomUUID(), channel: 'email', purpose: 'marketing' };
  const verdicts = [];
  for (let asked = 0; asked < 6; asked++) {
    verdicts.push((await client.throttle.reserve({ contact })).decision.verdict);
  }

  assert.deepEqual(verdicts, [...Array(5).fill('VERDICT_ALLOW'), 'VERDICT_DENY']);
});

test('a cap may become unlimited or blocked', async () => {
  const unlimited = await client.policy.adjustCap({ rule: 'three-a-day', cap: { unlimited: true } });
  const blocked = await client.policy.adjustCap({ rule: 'three-a-day', cap: { blocked: true } });

  assert.equal(unlimited.previous.limit, '5');
  assert.equal(blocked.previous.unlimited, true);
  const contact = { personId: randomUUID(), channel: 'email', purpose: 'marketing' };
  const { decision } = await client.throttle.check({ contact });
  assert.deepEqual(decision.reasons.map(({ rule, limit }) => [rule, limit]), [['three-a-day', '0']]);
});

test('a published document is in force at once, and its version names every decision', async () => {
  const { policy } = await client.policy.publishPolicy({
    requestId: randomUUID(), document, comment: 'as it was', expectedVersion: 4,
  });

  assert.deepEqual([policy.version, policy.comment, policy.document], ['5', 'as it was', '']);
  const contact = { personId: randomUUID(), channel: 'email', purpose: 'marketing' };
  const { decision } = await client.throttle.check({ contact });
  assert.deepEqual([decision.verdict, decision.policyVersion], ['VERDICT_ALLOW', '5']);
});

test('whoever edited an older version is told so, and publishes nothing', async () => {
  const conflict = await refusalOf(client.policy.publishPolicy({ document, expectedVersion: 4 }));

  assert.deepEqual([conflict.code, conflict.reason], ['ABORTED', 'POLICY_VERSION_CONFLICT']);
  assert.equal((await inForce()).version, '5');
});

test('every version is kept and listed, newest first', async () => {
  const first = await client.policy.listPolicyVersions({ pageSize: 3 });
  const second = await client.policy.listPolicyVersions({ pageSize: 3, pageToken: first.nextPageToken });

  assert.deepEqual(first.policies.map(policy => policy.version), ['5', '4', '3']);
  assert.deepEqual(second.policies.map(policy => policy.version), ['2', '1']);
  assert.equal(second.nextPageToken, '');
  assert.ok([...first.policies, ...second.policies].every(policy => policy.document === ''));
  const { policy, inForce: isInForce } = await client.policy.getPolicy({ version: 2 });
  assert.equal(policy.document, document.replace('cap: 3 ', 'cap: 5 '));
  assert.equal(isInForce, false);
});

test('an old version is in force again as a new one, and a stale base is told so', async () => {
  const { policy: before } = await client.policy.getPolicy({});

  const conflict = await refusalOf(client.policy.rollBackPolicy({ version: 2, expectedVersion: 1 }));
  const { policy: back } = await client.policy.rollBackPolicy({ version: 2, expectedVersion: before.version });
  const { policy: forth } = await client.policy.rollBackPolicy({ version: before.version });

  assert.deepEqual([conflict.code, conflict.reason], ['ABORTED', 'POLICY_VERSION_CONFLICT']);
  assert.deepEqual([back.restores, back.comment], ['2', 'Back to version 2.']);
  assert.equal(forth.restores, before.version);
  assert.equal((await inForce()).document, before.document);
});

test('a shadow policy counts what it would have refused, and refuses nothing', async () => {
  const { shadow } = await client.policy.publishShadowPolicy({ document: document.replace('cap: 3 ', 'cap: 1 ') });
  const contact = { personId: randomUUID(), channel: 'email', purpose: 'marketing' };
  const verdicts = [];
  for (let asked = 0; asked < 2; asked++) {
    verdicts.push((await client.throttle.reserve({ contact })).decision.verdict);
  }

  const { counts } = await client.policy.getShadow({});
  await client.policy.endShadowPolicy({});
  const after = await client.policy.getShadow({});

  assert.deepEqual(verdicts, ['VERDICT_ALLOW', 'VERDICT_ALLOW']);
  assert.equal(shadow.name, 'clients');
  assert.deepEqual([counts.asked, counts.wouldRefuse], ['2', '1']);
  assert.deepEqual(counts.rules, [{ rule: 'three-a-day', contacts: '1', alone: '1' }]);
  assert.equal(after.shadow, null);
});

test('a simulation streams to its result, and a mistake in the candidate ends it', async () => {
  const contact = { personId: randomUUID(), channel: 'email', purpose: 'marketing' };
  await client.throttle.reserve({ contact });
  const candidate = document.replace('cap: 3 ', 'cap: 1 ');

  const steps = await client.policy.simulatePolicy({ document: candidate }).toArray();
  const { simulation } = steps.at(-1);
  const refused = await refusalOf(client.policy.simulatePolicy({ document: 'rules: [' }).toArray());
  const sample = await refusalOf(client.policy.simulatePolicy({ document, samplePercent: 101 }).toArray());

  assert.ok(Number(simulation.contacts) > 0);
  const byChannel = simulation.channels.reduce((sum, { contacts }) => sum + Number(contacts), 0);
  assert.equal(byChannel, Number(simulation.contacts));
  assert.ok(simulation.limits.length > 0);
  assert.deepEqual([refused.code, refused.reason], ['INVALID_ARGUMENT', 'POLICY_INVALID']);
  assert.deepEqual([sample.code, sample.reason], ['INVALID_ARGUMENT', 'SAMPLE_OUT_OF_RANGE']);
});

test('presets are listed with their sources, and packs with their presets', async () => {
  const { presets, packs } = await client.policy.listPresets({ withDocuments: true });

  const cap = presets.find(({ name }) => name === 'fr-phone-cap');
  assert.match(cap.source, /D\.223-9/);
  assert.deepEqual([cap.jurisdiction, cap.channels, cap.purposes, cap.rules],
    ['FR', ['phone'], ['marketing'], ['fr-phone-cap']]);
  assert.ok(cap.figures.every(({ what, basis }) => what.length > 0 && basis !== 'FIGURE_BASIS_UNSPECIFIED'));
  assert.match(cap.document, /^preset: fr-phone-cap\n/);
  assert.ok(packs.find(({ name }) => name === 'fr').presets.includes('fr-phone-cap'));
});

test('a policy that names a preset is published with its rules', async () => {
  const { policy: { version } } = await client.policy.publishPolicy({
    requestId: randomUUID(), document: 'channels: [phone]\npurposes: { marketing: {} }\npresets: [fr-phone-cap]\n',
  });

  const { policy } = await client.policy.getPolicy({ version });
  assert.deepEqual(policy.rules, ['fr-phone-cap']);
});
