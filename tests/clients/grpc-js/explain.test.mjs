// What a call agent's screen asks: why, since when, and what would change it.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import test, { after } from 'node:test';
import { ThrottleClient } from './client.mjs';
import { day, later } from './instants.mjs';
import { ThrottleServer } from './server.mjs';

const server = await ThrottleServer.start();
const client = new ThrottleClient(server.grpcAddress);
after(async () => {
  client.close();
  await server.stop();
});

const email = personId => ({ personId, channel: 'email', purpose: 'marketing' });

test('an explanation tells what every rule says, also those that have no say', async () => {
  const { decision, explanation } = await client.throttle.explain({ contact: email(randomUUID()) });

  assert.equal(decision.verdict, 'VERDICT_ALLOW');
  assert.deepEqual(explanation.changes, []);
  assert.match(explanation.sentences[0], /^Yes: /);
  assert.deepEqual(explanation.rules.slice(0, 4).map(({ rule, kind, standing }) => [rule, kind, standing]), [
    ['opt-out', 'opt-out', 'RULE_STANDING_GOVERNS'],
    ['snooze', 'snooze', 'RULE_STANDING_GOVERNS'],
    ['three-a-day', 'cap', 'RULE_STANDING_GOVERNS'],
    ['one-call-a-week', 'cap', 'RULE_STANDING_NOT_MATCHED'],
  ]);
  const [, , cap] = explanation.rules;
  assert.deepEqual([cap.violated, cap.used, cap.limit, cap.window], [false, '0', '3', 'rolling 24h']);
});

test('what is said to allow a contact does', async () => {
  const personId = randomUUID();
  const reserved = [];
  for (let i = 0; i < 3; i++) {
    reserved.push(await client.throttle.reserve({ contact: email(personId) }));
  }

  const { decision, explanation } = await client.throttle.explain({ contact: email(personId) });

  assert.equal(decision.verdict, 'VERDICT_DENY');
  const waiting = explanation.changes.find(one => one.change === 'waitUntil');
  assert.deepEqual(waiting.waitUntil, later(reserved[0].decision.evaluatedAt, day));
  assert.deepEqual(waiting.waitUntil, decision.nextAllowedAt);
  const ids = explanation.changes.filter(one => one.change === 'releaseContactId').map(one => one.releaseContactId);
  assert.deepEqual(ids, reserved.map(one => one.reservation.reservationId));
  assert.deepEqual(explanation.contacts.map(one => one.contactId), ids);
  await client.throttle.release({ reservationId: ids[1] });
  assert.equal((await client.throttle.check({ contact: email(personId) })).decision.verdict, 'VERDICT_ALLOW');
});

test('a plan puts the most important contact first, and can be reserved as it is', async () => {
  const personId = randomUUID();
  const contacts = [{ ...email(personId), priority: 10 }, { ...email(personId), channel: 'phone', priority: 90 }];
  await client.throttle.reserve({ contact: email(personId) });
  await client.throttle.reserve({ contact: email(personId) });

  const plan = await client.throttle.planContacts({ contacts });

  assert.deepEqual(plan.contacts.map(one => [one.index, one.decision]), [[1, null], [0, null]]);
  for (const { index, plannedAt } of plan.contacts) {
    const { decision } = await client.throttle.reserve({ contact: { ...contacts[index], plannedAt } });
    assert.equal(decision.verdict, 'VERDICT_ALLOW');
  }
});
