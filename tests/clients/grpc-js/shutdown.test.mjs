// What a client sees of a server that is asked to stop: answers to all that was begun, and a clear no to all else.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import test from 'node:test';
import grpc from '@grpc/grpc-js';
import { ThrottleClient, definition } from './client.mjs';
import { readError, refusalOf } from './refusals.mjs';
import { ThrottleServer, newFolder } from './server.mjs';

const callsAtOnce = 300;
const email = personId => ({ personId, channel: 'email', purpose: 'marketing' });

test('calls in flight are finished, the others are refused, and what was answered is kept', async t => {
  const folder = await newFolder();
  t.after(() => rm(folder, { recursive: true }));
  const stopping = await ThrottleServer.start({}, folder);
  const before = new ThrottleClient(stopping.grpcAddress);
  const personId = randomUUID();
  const requests = Array.from({ length: callsAtOnce }, () => ({ requestId: randomUUID(), contact: email(personId) }));

  const calls = requests.map(request => before.throttle.record(request));
  await Promise.race(calls);
  const stopped = stopping.stop();
  const ends = await Promise.allSettled(calls);
  await stopped;
  before.close();

  // A call that had reached the server was answered or refused with a reason; one that had not found nobody there.
  const refusals = ends.filter(end => end.status === 'rejected').map(end => readError(end.reason));
  for (const { code, reason, message } of refusals) {
    assert.equal(code, 'UNAVAILABLE', message);
    assert.ok(reason === 'SHUTTING_DOWN' || /^No connection established/.test(message), message);
  }

  const started = await ThrottleServer.start({}, folder);
  const after = new ThrottleClient(started.grpcAddress);
  const contactsOf = async () => (await after.person.listContacts({ personId, pageSize: 1000 })).contacts;
  const answered = ends.filter(end => end.status === 'fulfilled').map(end => end.value.contact.contactId);
  assert.deepEqual(new Set((await contactsOf()).map(listed => listed.contactId)), new Set(answered));

  // So it is safe to repeat them all.
  const repeated = await Promise.all(requests.map(request => after.throttle.record(request)));
  assert.deepEqual(
    repeated.map(answer => answer.contact.contactId).filter(id => answered.includes(id)).toSorted(),
    answered.toSorted());
  assert.equal((await contactsOf()).length, callsAtOnce);
  after.close();
  await started.stop();
});

test('whoever watches the health hears NOT_SERVING, then the end of the stream', async () => {
  const server = await ThrottleServer.start();
  const client = new ThrottleClient(server.grpcAddress);
  const watch = client.health.watch({ service: 'h2h.throttle.v1.ThrottleService' });
  const heard = [];
  watch.on('data', answer => heard.push(answer.status));
  await once(watch, 'data');

  const stopped = server.stop();
  const [status] = await once(watch, 'status');
  await stopped;
  client.close();

  assert.deepEqual(heard, ['SERVING', 'NOT_SERVING']);
  assert.equal(status.code, grpc.status.OK);
});

test('an open reflection stream does not keep the server from stopping', async () => {
  const server = await ThrottleServer.start();
  const client = new ThrottleClient(server.grpcAddress);
  const stream = client.reflection.serverReflectionInfo();
  stream.write({ listServices: '' });
  await once(stream, 'data');

  const stopped = server.stop();
  const [status] = await once(stream.resume(), 'status');
  await stopped;
  client.close();

  assert.equal(status.code, grpc.status.OK);
});

test('a call whose request arrives during the shutdown is refused as SHUTTING_DOWN, with nothing done', async () => {
  const server = await ThrottleServer.start();
  const client = new ThrottleClient(server.grpcAddress);
  const stub = new grpc.Client(server.grpcAddress, grpc.credentials.createInsecure());
  const { path, requestSerialize, responseDeserialize } = definition['h2h.throttle.v1.ThrottleService'].Reserve;
  let held;
  const end = new Promise(resolve => {
    held = stub.makeClientStreamRequest(path, requestSerialize, responseDeserialize, resolve);
  });
  const watch = client.health.watch({ service: '' });
  await once(watch, 'data');   // over the same connection: the server has read that the other call has begun

  const stopped = server.stop();
  await once(watch.resume(), 'status');
  held.write({ contact: email(randomUUID()) });
  held.end();
  const { code, reason, domain } = readError(await end);
  await stopped;
  client.close();
  stub.close();

  assert.deepEqual([code, reason, domain], ['UNAVAILABLE', 'SHUTTING_DOWN', 'throttle.h2h']);
});

test('a call to a server that has stopped is UNAVAILABLE', async () => {
  const server = await ThrottleServer.start();
  const client = new ThrottleClient(server.grpcAddress);
  await client.throttle.check({ contact: email(randomUUID()) });
  await server.stop();

  const { code } = await refusalOf(client.throttle.check({ contact: email(randomUUID()) }));

  client.close();
  assert.equal(code, 'UNAVAILABLE');
});
