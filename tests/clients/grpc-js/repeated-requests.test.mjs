// A sender that does not know how its call ended makes it again with the same request id.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import test, { after } from 'node:test';
import { ThrottleClient } from './client.mjs';
import { day, timestamp } from './instants.mjs';
import { refusalOf } from './refusals.mjs';
import { ThrottleServer, newFolder } from './server.mjs';

const server = await ThrottleServer.start();
const client = new ThrottleClient(server.grpcAddress);
after(async () => {
  client.close();
  await server.stop();
});

const email = personId => ({ personId, channel: 'email', purpose: 'marketing' });
const contactsOf = async personId => (await client.person.listContacts({ personId })).contacts;
const fill = async personId => {
  for (let taken = 0; taken < 3; taken++) {
    await client.throttle.reserve({ contact: email(personId) });
  }
};

test('a repeated reserve has the same answer and counts once', async () => {
  const personId = randomUUID();
  const request = { requestId: randomUUID(), contact: email(personId) };

  const answers = [await client.throttle.reserve(request), await client.throttle.reserve(request)];

  assert.deepEqual(answers[1], answers[0]);
  assert.equal((await contactsOf(personId)).length, 1);
});

test('a hundred repetitions at the same time have one answer and count once', async () => {
  const personId = randomUUID();
  const request = { requestId: randomUUID(), contact: email(personId) };

  const answers = await Promise.all(Array.from({ length: 100 }, () => client.throttle.reserve(request)));

  assert.equal(new Set(answers.map(answer => JSON.stringify(answer))).size, 1);
  assert.equal((await contactsOf(personId)).length, 1);
});

test('a repeated denial is denied again, even when the person has become free', async () => {
  const personId = randomUUID();
  await fill(personId);
  const request = { requestId: randomUUID(), contact: email(personId) };
  const denied = await client.throttle.reserve(request);
  const [{ contactId }] = await contactsOf(personId);
  await client.throttle.release({ reservationId: contactId });

  const repeated = await client.throttle.reserve(request);
  const asked = await client.throttle.reserve({ ...request, requestId: randomUUID() });

  assert.equal(denied.decision.verdict, 'VERDICT_DENY');
  assert.deepEqual(repeated, denied);
  assert.equal(asked.decision.verdict, 'VERDICT_ALLOW');
});

test('two people may be asked about with the same request id', async () => {
  const requestId = randomUUID();

  const answers = [
    await client.throttle.reserve({ requestId, contact: email(randomUUID()) }),
    await client.throttle.reserve({ requestId, contact: email(randomUUID()) }),
  ];

  assert.notEqual(answers[0].reservation.reservationId, answers[1].reservation.reservationId);
});

test('the same request id with other content is refused and changes nothing', async () => {
  const personId = randomUUID();
  const requestId = randomUUID();
  const first = await client.throttle.reserve({ requestId, contact: email(personId) });

  const refusals = [
    await refusalOf(client.throttle.reserve({ requestId, contact: { ...email(personId), brand: 'acme' } })),
    await refusalOf(client.throttle.record({ requestId, contact: email(personId) })),
    await refusalOf(client.throttle.confirm({ requestId, reservationId: first.reservation.reservationId })),
    await refusalOf(client.consent.optOut({ requestId, personId })),
  ];

  for (const { code, reason, field } of refusals) {
    assert.deepEqual([code, reason, field], ['ALREADY_EXISTS', 'REQUEST_ID_REUSED', 'request_id']);
  }

  assert.deepEqual((await contactsOf(personId)).map(listed => listed.state), ['CONTACT_STATE_RESERVED']);
});

test('confirm, release and report are safe to repeat with their request ids', async () => {
  const personId = randomUUID();
  const reserve = async () => (await client.throttle.reserve({ contact: email(personId) })).reservation.reservationId;
  const [made, dropped] = [await reserve(), await reserve()];
  const calls = [
    ['confirm', { requestId: randomUUID(), reservationId: made, outcome: 'sent' }],
    ['reportOutcome', { requestId: randomUUID(), contactId: made, outcome: { name: 'delivered' } }],
    ['release', { requestId: randomUUID(), reservationId: dropped }],
  ];

  for (const [name, request] of calls) {
    const answers = [await client.throttle[name](request), await client.throttle[name](request)];

    assert.deepEqual(answers[1], answers[0], name);
  }
});

test('a repeated record counts once', async () => {
  const personId = randomUUID();
  const request = { requestId: randomUUID(), contact: email(personId) };

  const answers = [await client.throttle.record(request), await client.throttle.record(request)];

  assert.deepEqual(answers[1], answers[0]);
  assert.equal((await contactsOf(personId)).length, 1);
});

test('a repeated opt-out does not undo the opt-in after it', async () => {
  const personId = randomUUID();
  const optOut = { requestId: randomUUID(), personId };
  await client.consent.optOut(optOut);
  await client.consent.optIn({ personId });

  await client.consent.optOut(optOut);

  assert.deepEqual((await client.consent.getConsent({ personId })).consent.optOuts, []);
});

test('a repeated snooze does not undo the waking after it', async () => {
  const personId = randomUUID();
  const snooze = { requestId: randomUUID(), personId, until: timestamp(Date.now() + day) };
  await client.consent.snooze(snooze);
  await client.consent.snooze({ personId, wake: true });

  await client.consent.snooze(snooze);

  assert.deepEqual((await client.consent.getConsent({ personId })).consent.snoozes, []);
});

test('a repeated update does not undo the update after it', async () => {
  const personId = randomUUID();
  const toRome = { requestId: randomUUID(), person: { personId, zone: 'Europe/Rome' } };
  await client.person.updatePerson(toRome);
  await client.person.updatePerson({ person: { personId, zone: 'Europe/Paris' } });

  await client.person.updatePerson(toRome);

  assert.equal((await client.person.getPerson({ personId })).person.zone, 'Europe/Paris');
});

test('a repeated publication is the same version', async () => {
  const document = await readFile(new URL('policy.yaml', import.meta.url), 'utf8');
  const publish = { requestId: randomUUID(), document, comment: 'once' };
  const adjust = { requestId: randomUUID(), rule: 'three-a-day', cap: { limit: 4 } };

  const published = [await client.policy.publishPolicy(publish), await client.policy.publishPolicy(publish)];
  const adjusted = [await client.policy.adjustCap(adjust), await client.policy.adjustCap(adjust)];

  assert.deepEqual(published.map(({ policy }) => policy.version), ['2', '2']);
  assert.deepEqual(adjusted.map(({ policy, previous }) => [policy.version, previous.limit]), [['3', '3'], ['3', '3']]);
  const reused = await refusalOf(client.policy.publishPolicy({ ...publish, comment: 'twice' }));
  assert.deepEqual([reused.code, reused.reason], ['ALREADY_EXISTS', 'REQUEST_ID_REUSED']);
});

test('request ids are remembered by the next server on the same store, even after the first was killed', async t => {
  const folder = await newFolder();
  t.after(() => rm(folder, { recursive: true }));
  const request = { requestId: randomUUID(), contact: email(randomUUID()) };
  const first = await ThrottleServer.start({}, folder);
  const beforehand = new ThrottleClient(first.grpcAddress);
  const answer = await beforehand.throttle.reserve(request);
  await first.kill();
  beforehand.close();

  const second = await ThrottleServer.start({}, folder);
  const afterwards = new ThrottleClient(second.grpcAddress);
  const repeated = await afterwards.throttle.reserve(request);
  afterwards.close();
  await second.stop();

  assert.deepEqual(repeated, answer);
});
