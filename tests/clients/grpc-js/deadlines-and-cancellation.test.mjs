// What a sender in a hurry must know: how calls end before they are answered, and what to do then.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import test, { after } from 'node:test';
import grpc from '@grpc/grpc-js';
import { ThrottleClient, definition } from './client.mjs';
import { hour } from './instants.mjs';
import { readError, refusalOf } from './refusals.mjs';
import { ThrottleServer } from './server.mjs';

const server = await ThrottleServer.start();
const client = new ThrottleClient(server.grpcAddress);
after(async () => {
  client.close();
  await server.stop();
});

const callsAtOnce = 99;
const email = personId => ({ personId, channel: 'email', purpose: 'marketing' });
const contactsOf = async personId => (await client.person.listContacts({ personId })).contacts;
const requestsFor = personId =>
  Array.from({ length: callsAtOnce }, () => ({ requestId: randomUUID(), contact: email(personId) }));

// Repeats every request, as a sender does that does not know how the first try ended.
async function repeat(requests) {
  const answers = await Promise.all(requests.map(request => client.throttle.reserve(request)));
  return answers.map(answer => answer.reservation?.reservationId).filter(id => id !== undefined);
}

test('a call with an hour to go is answered', async () => {
  const { decision } = await client.throttle.check({ contact: email(randomUUID()) }, { deadline: Date.now() + hour });

  assert.equal(decision.verdict, 'VERDICT_ALLOW');
});

test('a call whose deadline is over is not made', async () => {
  const personId = randomUUID();

  const late = await refusalOf(
    client.throttle.reserve({ contact: email(personId) }, { deadline: new Date(Date.now() - 1) }));

  assert.equal(late.code, 'DEADLINE_EXCEEDED');
  assert.deepEqual(await contactsOf(personId), []);
});

test('a stream ends with DEADLINE_EXCEEDED when its deadline passes', async () => {
  const watch = client.health.watch({ service: '' }, { deadline: Date.now() + 100 });
  const heard = [];
  watch.on('data', answer => heard.push(answer.status));

  const [error] = await once(watch, 'error');

  assert.equal(readError(error).code, 'DEADLINE_EXCEEDED');
  assert.ok(heard.every(status => status === 'SERVING'));
});

test('when the deadline passes on the server first, its error says DEADLINE_PASSED', async () => {
  const { path, requestSerialize, responseDeserialize } = definition['h2h.throttle.v1.ThrottleService'].Reserve;
  const metadata = new grpc.Metadata();
  metadata.set('grpc-timeout', '50m');   // known to the server alone: this client would wait for ever
  const stub = new grpc.Client(server.grpcAddress, grpc.credentials.createInsecure());

  // The request is never written, so that the server waits for it until the deadline.
  const error = await new Promise(resolve =>
    stub.makeClientStreamRequest(path, requestSerialize, responseDeserialize, metadata, resolve));

  const late = readError(error);
  stub.close();
  assert.deepEqual([late.code, late.reason, late.domain], ['DEADLINE_EXCEEDED', 'DEADLINE_PASSED', 'throttle.h2h']);
  assert.equal(late.status.code, grpc.status.DEADLINE_EXCEEDED);
});

test('calls whose deadline passed are repeated with their request ids, and are counted once', async () => {
  const personId = randomUUID();
  const requests = requestsFor(personId);

  // Deadlines from "over already" to "a little time", so that calls are cut off at every stage.
  const ends = await Promise.allSettled(requests.map((request, index) =>
    client.throttle.reserve(request, { deadline: Date.now() - 1 + index / 3 })));
  const admitted = await repeat(requests);

  const cutOff = ends.filter(end => end.status === 'rejected').map(end => readError(end.reason).code);
  assert.ok(cutOff.length > 0);
  assert.deepEqual(new Set(cutOff), new Set(['DEADLINE_EXCEEDED']));
  assert.equal(admitted.length, 3);
  assert.deepEqual(new Set((await contactsOf(personId)).map(listed => listed.contactId)), new Set(admitted));
});

test('a call can be cancelled while it is made', async () => {
  const personId = randomUUID();
  const requests = requestsFor(personId);
  const cancellations = requests.map(() => new AbortController());
  const calls = requests.map((request, index) =>
    client.throttle.reserve(request, { signal: cancellations[index].signal }));

  await Promise.race(calls);
  cancellations.forEach(cancellation => cancellation.abort());
  const ends = await Promise.allSettled(calls);

  const cancelled = ends.filter(end => end.status === 'rejected').map(end => readError(end.reason).code);
  assert.ok(cancelled.length > 0);
  assert.deepEqual(new Set(cancelled), new Set(['CANCELLED']));
  const admitted = await repeat(requests);
  assert.equal(admitted.length, 3);
  assert.deepEqual(new Set((await contactsOf(personId)).map(listed => listed.contactId)), new Set(admitted));
});

test('a stream can be cancelled', async () => {
  const watch = client.health.watch({ service: '' });
  await once(watch, 'data');

  watch.cancel();

  const [error] = await once(watch, 'error');
  assert.equal(readError(error).code, 'CANCELLED');
});
