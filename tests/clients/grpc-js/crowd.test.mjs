// Many callers at the same time: the promises hold however many there are.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import test, { after } from 'node:test';
import { ThrottleClient } from './client.mjs';
import { post } from './connect.mjs';
import { readError } from './refusals.mjs';
import { ThrottleServer } from './server.mjs';

const server = await ThrottleServer.start();
const client = new ThrottleClient(server.grpcAddress);
after(async () => {
  client.close();
  await server.stop();
});

const crowd = 1000;
const email = personId => ({ personId, channel: 'email', purpose: 'marketing' });
const contactsOf = async personId => (await client.person.listContacts({ personId })).contacts;
const atOnce = (count, call) => Promise.all(Array.from({ length: count }, (_, index) => call(index)));

/** Exactly three of the answers are yes, and they are the person's only contacts. */
async function assertThreeAdmitted(personId, answers) {
  const admitted = answers.filter(({ decision }) => decision.verdict === 'VERDICT_ALLOW');
  const denied = answers.filter(({ decision }) => decision.verdict === 'VERDICT_DENY');
  assert.deepEqual([admitted.length, denied.length], [3, answers.length - 3]);
  const ids = new Set(admitted.map(({ reservation }) => reservation.reservationId));
  assert.deepEqual(new Set((await contactsOf(personId)).map(listed => listed.contactId)), ids);
  for (const { decision: { reasons: [reason] } } of denied) {
    assert.deepEqual([reason.rule, reason.used, reason.limit], ['three-a-day', '3', '3']);
    assert.deepEqual(new Set(reason.counted.map(counted => counted.contactId)), ids);
  }
}

test('of a thousand concurrent reserves for one person, with a cap of three, exactly three are admitted', async () => {
  const personId = randomUUID();

  const answers = await atOnce(crowd, () => client.throttle.reserve({ contact: email(personId) }));

  await assertThreeAdmitted(personId, answers);
});

test('exactly three are admitted over twenty connections, and repeating every request changes no answer', async () => {
  const personId = randomUUID();
  const clients = Array.from({ length: 20 }, () =>
    new ThrottleClient(server.grpcAddress, { 'grpc.use_local_subchannel_pool': 1 }));
  const requests = Array.from({ length: 400 }, () => ({ requestId: randomUUID(), contact: email(personId) }));
  const reserveAll = () => atOnce(requests.length, index =>
    clients[index % clients.length].throttle.reserve(requests[index]));

  const answers = await reserveAll();
  const repeated = await reserveAll();

  clients.forEach(one => one.close());
  await assertThreeAdmitted(personId, answers);
  assert.deepEqual(repeated, answers);
});

test('exactly three are admitted when half of the thousand ask over JSON', async () => {
  const personId = randomUUID();
  const path = 'h2h.throttle.v1.ThrottleService/Reserve';

  const answers = await atOnce(crowd, async index => index % 2 === 0
    ? await client.throttle.reserve({ contact: email(personId) })
    : (await post(server.httpUrl, path, { contact: email(personId) })).body);

  await assertThreeAdmitted(personId, answers);
});

test('a thousand people at once do not stand in each other\'s way', async () => {
  const answers = await atOnce(crowd, () => client.throttle.reserve({ contact: email(randomUUID()) }));

  assert.ok(answers.every(({ decision }) => decision.verdict === 'VERDICT_ALLOW'));
  assert.equal(new Set(answers.map(({ reservation }) => reservation.reservationId)).size, crowd);
});

test('an opt-out among many reserves revokes all that came before it and denies all that come after', async () => {
  const personId = randomUUID();
  const { previous } = await client.policy.adjustCap({ rule: 'three-a-day', cap: { unlimited: true } });
  const reserve = () => client.throttle.reserve({ contact: email(personId) });

  const early = atOnce(100, reserve);
  const optOut = client.consent.optOut({ personId });
  const late = atOnce(100, reserve);
  const { revokedReservationIds } = await optOut;
  const last = await atOnce(100, reserve);

  const admitted = [...await early, ...await late].flatMap(({ reservation }) => reservation?.reservationId ?? []);
  assert.deepEqual(new Set(revokedReservationIds), new Set(admitted));
  assert.ok(last.every(({ decision }) => decision.verdict === 'VERDICT_DENY'));
  await client.policy.adjustCap({ rule: 'three-a-day', cap: previous });
});

test('a server with more calls than it may answer says OVERLOADED and did nothing of what it refused', async () => {
  const small = await ThrottleServer.start({ 'Server:CallsInFlightMax': 2 });
  const caller = new ThrottleClient(small.grpcAddress);
  const personId = randomUUID();

  const ends = await Promise.allSettled(Array.from({ length: crowd }, () =>
    caller.throttle.record({ contact: email(personId) })));
  const { contacts } = await caller.person.listContacts({ personId, pageSize: 1000 });

  caller.close();
  await small.stop();
  const recorded = ends.filter(end => end.status === 'fulfilled').map(end => end.value.contact.contactId);
  const refusals = ends.filter(end => end.status === 'rejected').map(end => readError(end.reason));
  assert.ok(refusals.length > 0);
  assert.ok(refusals.every(({ code, reason }) => code === 'RESOURCE_EXHAUSTED' && reason === 'OVERLOADED'));
  assert.deepEqual(new Set(contacts.map(listed => listed.contactId)), new Set(recorded));
});
