// More questions than the server works on and lets wait: the others are refused for next to nothing, and say so.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import test, { after } from 'node:test';
import { ThrottleClient } from './client.mjs';
import { readError } from './refusals.mjs';
import { ThrottleServer } from './server.mjs';

const server = await ThrottleServer.start({ 'Server:AsksAtOnceMax': 1, 'Server:AsksWaitingMax': 1 });
const clients = Array.from({ length: 4 }, () =>
  new ThrottleClient(server.grpcAddress, { 'grpc.use_local_subchannel_pool': 1 }));
after(async () => {
  clients.forEach(one => one.close());
  assert.equal(await server.end(), 0);
});

const crowd = 2000;
const contact = () => ({ personId: randomUUID(), channel: 'email', purpose: 'marketing' });
const atOnce = (count, call) => Promise.allSettled(Array.from({ length: count }, (_, index) =>
  call(clients[index % clients.length], index)));

test('of thousands at once some are answered, and the others are told when to ask again', async () => {
  const [asked, optedOut] = await Promise.all([
    atOnce(crowd, (client, index) => index % 2
      ? client.throttle.check({ contact: contact() })
      : client.throttle.reserve({ contact: contact() })),
    atOnce(50, client => client.consent.optOut({ personId: randomUUID() })),
  ]);

  const refused = asked.filter(one => one.status === 'rejected').map(one => readError(one.reason));
  assert.ok(refused.length > 0 && refused.length < crowd, `${refused.length} of ${crowd} were refused.`);
  for (const { code, reason, domain, retryDelay } of refused) {
    assert.deepEqual([code, reason, domain], ['RESOURCE_EXHAUSTED', 'OVERLOADED', 'throttle.h2h']);
    assert.ok(Number(retryDelay.seconds) > 0 || retryDelay.nanos > 0);
  }

  assert.deepEqual(optedOut.filter(one => one.status === 'rejected'), []);
  const { decision } = await clients[0].throttle.reserve({ contact: contact() });
  assert.equal(decision.verdict, 'VERDICT_ALLOW');
});
