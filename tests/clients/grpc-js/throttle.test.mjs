// What a sender does: ask, reserve, then say what became of it.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import test, { after } from 'node:test';
import { ThrottleClient } from './client.mjs';
import { day, hour, later, minute, timestamp } from './instants.mjs';
import { ThrottleServer } from './server.mjs';

const server = await ThrottleServer.start();
const client = new ThrottleClient(server.grpcAddress);
after(async () => {
  client.close();
  await server.stop();
});

const email = personId => ({ personId, channel: 'email', purpose: 'marketing', brand: 'acme', campaign: 'spring' });
const contactsOf = async personId => (await client.person.listContacts({ personId })).contacts;

test('a check answers whether a contact would be allowed, and changes nothing', async () => {
  const personId = randomUUID();

  const { decision } = await client.throttle.check({ contact: email(personId) });

  assert.equal(decision.verdict, 'VERDICT_ALLOW');
  assert.deepEqual([decision.policy, decision.policyVersion], ['clients', '1']);
  assert.deepEqual([decision.reasons, decision.nextAllowedAt, decision.never], [[], null, false]);
  assert.match(decision.decisionId, /^.{1,128}$/);
  assert.deepEqual(await contactsOf(personId), []);
});

test('a reservation counts at once and names itself for what follows', async () => {
  const personId = randomUUID();

  const { decision, reservation } = await client.throttle.reserve({
    requestId: randomUUID(),
    contact: { ...email(personId), subjects: ['order-7'], labels: { shop: 'rome' }, priority: 80, weight: 2 },
    timeToLive: { seconds: 600 },
  });

  assert.equal(decision.verdict, 'VERDICT_ALLOW');
  assert.match(reservation.reservationId, /^[A-Za-z0-9_-]{1,128}$/);
  assert.deepEqual(reservation.expiresAt, later(decision.evaluatedAt, 10 * minute));
  const [listed, ...others] = await contactsOf(personId);
  assert.deepEqual(others, []);
  assert.equal(listed.contactId, reservation.reservationId);
  assert.equal(listed.state, 'CONTACT_STATE_RESERVED');
  assert.deepEqual(listed.expiresAt, reservation.expiresAt);
  const { brand, campaign, subjects, labels, priority, weight, direction } = listed.contact;
  assert.deepEqual([brand, campaign, subjects, labels], ['acme', 'spring', ['order-7'], { shop: 'rome' }]);
  assert.deepEqual([priority, weight, direction], [80, 2, 'DIRECTION_OUT']);
});

test('a denial is an answer with status OK that says every reason, the contacts that counted and when to ask again',
  async () => {
    const personId = randomUUID();
    const call = { ...email(personId), channel: 'phone' };
    const taken = [
      await client.throttle.reserve({ contact: email(personId) }),
      await client.throttle.reserve({ contact: email(personId) }),
      await client.throttle.reserve({ contact: call }),
    ];
    await client.throttle.confirm({ reservationId: taken[2].reservation.reservationId });

    const { decision, reservation } = await client.throttle.reserve({ contact: call });

    const [first, , called] = taken.map(answer => answer.decision.evaluatedAt);
    const ids = taken.map(answer => answer.reservation.reservationId);
    assert.equal(reservation, null);
    assert.equal(decision.verdict, 'VERDICT_DENY');
    assert.deepEqual(
      decision.reasons.map(({ rule, code, window, freeAt, never }) => ({ rule, code, window, freeAt, never })),
      [
        {
          rule: 'three-a-day', code: 'REASON_CODE_CAP_REACHED', window: 'rolling 24h',
          freeAt: later(first, day), never: false,
        },
        {
          rule: 'one-call-a-week', code: 'REASON_CODE_CAP_REACHED', window: 'rolling 7d',
          freeAt: later(called, 7 * day), never: false,
        },
        {
          rule: 'pause-between-calls', code: 'REASON_CODE_TOO_SOON', window: 'rolling 4h',
          freeAt: later(called, 4 * hour), never: false,
        },
      ]);
    assert.deepEqual(decision.reasons.slice(0, 2).map(({ used, limit }) => [used, limit]), [['3', '3'], ['1', '1']]);
    assert.deepEqual(decision.reasons.map(reason => reason.counted.map(contact => contact.contactId)),
      [ids, [ids[2]], [ids[2]]]);
    assert.ok(decision.reasons.every(reason => reason.message.length > 0 && !reason.message.includes(personId)));
    assert.deepEqual([decision.nextAllowedAt, decision.never], [later(called, 7 * day), false]);
    assert.deepEqual(decision.allowedChannels, []);
  });

test('what the policy releases when it is not confirmed is foreseen to be free when its time to live is over',
  async () => {
    const call = { personId: randomUUID(), channel: 'phone', purpose: 'marketing' };
    const { reservation } = await client.throttle.reserve({ contact: call });

    const { decision } = await client.throttle.check({ contact: call });

    assert.equal(decision.verdict, 'VERDICT_DENY');
    assert.deepEqual(decision.nextAllowedAt, reservation.expiresAt);
  });

test('a denial that waiting does not lift says never, and names the channels that are open', async () => {
  const { decision } = await client.throttle.check({ contact: { ...email(randomUUID()), channel: 'mail' } });

  assert.equal(decision.verdict, 'VERDICT_DENY');
  assert.deepEqual([decision.never, decision.nextAllowedAt], [true, null]);
  assert.deepEqual(decision.reasons.map(({ rule, limit, never }) => [rule, limit, never]), [['no-letters', '0', true]]);
  assert.deepEqual(decision.allowedChannels, ['email', 'sms', 'phone']);
});

test('a confirmed reservation is a contact that was made, with its time and its outcome', async () => {
  const personId = randomUUID();
  const { reservation, decision } = await client.throttle.reserve({ contact: email(personId) });
  const madeAt = later(decision.evaluatedAt, 1);

  const { contact, late, revoked, overshoot } = await client.throttle.confirm({
    reservationId: reservation.reservationId, madeAt, outcome: 'sent',
  });

  assert.deepEqual([late, revoked, overshoot], [false, false, []]);
  assert.equal(contact.contactId, reservation.reservationId);
  assert.equal(contact.state, 'CONTACT_STATE_CONFIRMED');
  assert.deepEqual(contact.at, madeAt);
  assert.equal(contact.outcome.name, 'sent');
  assert.equal(contact.expiresAt, null);
});

test('a released reservation gives its slot back', async () => {
  const personId = randomUUID();
  const reserve = () => client.throttle.reserve({ contact: email(personId) });
  const [first] = [await reserve(), await reserve(), await reserve()];
  assert.equal((await reserve()).decision.verdict, 'VERDICT_DENY');

  const { contact } = await client.throttle.release({ reservationId: first.reservation.reservationId });

  assert.equal(contact.state, 'CONTACT_STATE_RELEASED');
  assert.equal((await reserve()).decision.verdict, 'VERDICT_ALLOW');
});

test('a contact that was made without asking is stored even past a cap, and the answer reports the overshoot',
  async () => {
    const personId = randomUUID();
    const record = () => client.throttle.record({ requestId: randomUUID(), contact: email(personId) });
    const within = [await record(), await record(), await record()];

    const beyond = await record();

    assert.deepEqual(within.map(answer => answer.overshoot), [[], [], []]);
    assert.equal(beyond.contact.state, 'CONTACT_STATE_CONFIRMED');
    assert.deepEqual(beyond.overshoot.map(({ rule, code, used, limit }) => [rule, code, used, limit]),
      [['three-a-day', 'REASON_CODE_CAP_REACHED', '3', '3']]);
    assert.equal((await contactsOf(personId)).length, 4);
  });

test('a contact of last week is recorded where it was made', async () => {
  const personId = randomUUID();
  const madeAt = timestamp(Date.now() - 7 * day);

  const { contact } = await client.throttle.record({ contact: email(personId), madeAt, outcome: 'delivered' });

  assert.deepEqual(contact.at, madeAt);
  const { decision } = await client.throttle.check({ contact: email(personId) });
  assert.equal(decision.verdict, 'VERDICT_ALLOW');
});

test('what a person sends us is recorded too, and fills no cap', async () => {
  const personId = randomUUID();
  const reply = { ...email(personId), direction: 'DIRECTION_IN' };
  for (let received = 0; received < 4; received++) {
    assert.deepEqual((await client.throttle.record({ contact: reply })).overshoot, []);
  }

  const { decision } = await client.throttle.check({ contact: email(personId) });

  assert.equal(decision.verdict, 'VERDICT_ALLOW');
});

test('the last report of an outcome holds, be it a standard one or one of the policy', async () => {
  const { contact: { contactId } } = await client.throttle.record({ contact: email(randomUUID()) });

  const bounced = await client.throttle.reportOutcome({ contactId, outcome: { name: 'bounced' } });
  const clicked = await client.throttle.reportOutcome({ contactId, outcome: { name: 'clicked' } });

  assert.equal(bounced.contact.outcome.name, 'bounced');
  assert.equal(clicked.contact.outcome.name, 'clicked');
  assert.equal(clicked.contact.contactId, contactId);
});

test('an outcome of a reservation confirms it', async () => {
  const { reservation } = await client.throttle.reserve({ contact: email(randomUUID()) });

  const { contact } = await client.throttle.reportOutcome({
    contactId: reservation.reservationId, outcome: { name: 'delivered' },
  });

  assert.equal(contact.state, 'CONTACT_STATE_CONFIRMED');
});

test('a person who is free now can be contacted in one slot that begins now', async () => {
  const { slots, more, decision } = await client.throttle.findSlots({ contact: email(randomUUID()) });

  assert.equal(decision.verdict, 'VERDICT_ALLOW');
  assert.deepEqual(slots, [{ start: decision.evaluatedAt, end: later(decision.evaluatedAt, 7 * day) }]);
  assert.equal(more, false);
});

test('the slots of a person who has had enough begin where the cap is free again', async () => {
  const personId = randomUUID();
  const { decision: { evaluatedAt: first } } = await client.throttle.reserve({ contact: email(personId) });
  await client.throttle.reserve({ contact: email(personId) });
  await client.throttle.reserve({ contact: email(personId) });
  const until = later(first, 3 * day);

  const { slots, decision } = await client.throttle.findSlots({ contact: email(personId), until, maxSlots: 1 });

  assert.equal(decision.verdict, 'VERDICT_DENY');
  assert.deepEqual(decision.nextAllowedAt, later(first, day));
  assert.deepEqual(slots, [{ start: later(first, day), end: until }]);
});

test('a contact that is planned for tomorrow counts tomorrow', async () => {
  const personId = randomUUID();
  const plannedAt = timestamp(Date.now() + day);
  const planned = { ...email(personId), plannedAt };

  const reserved = await client.throttle.reserve({ contact: planned });

  assert.deepEqual(reserved.decision.evaluatedAt, plannedAt);
  const [listed] = await contactsOf(personId);
  assert.deepEqual(listed.at, plannedAt);
});

test('a rule that warns denies until the sender says why it is to be passed', async () => {
  const contact = { ...email(randomUUID()), topic: 'survey' };
  await client.throttle.reserve({ contact });

  const denied = await client.throttle.reserve({ contact });
  const warned = await client.throttle.reserve({ contact, overrideReason: 'recall of a dangerous product' });

  assert.deepEqual(denied.decision.reasons.map(reason => reason.rule), ['one-survey-a-month']);
  assert.equal(warned.decision.verdict, 'VERDICT_ALLOW');
  assert.deepEqual(warned.decision.warnings.map(reason => reason.rule), ['one-survey-a-month']);
});

test('a rule that only observes is reported beside the verdict', async () => {
  const contact = { ...email(randomUUID()), channel: 'sms' };
  await client.throttle.reserve({ contact });

  const { decision } = await client.throttle.reserve({ contact });

  assert.equal(decision.verdict, 'VERDICT_ALLOW');
  assert.deepEqual(decision.shadow.map(reason => reason.rule), ['one-text-a-day-perhaps']);
});

test('a purpose that is neither capped nor counted passes a full cap and fills none', async () => {
  const personId = randomUUID();
  const invoice = { ...email(personId), purpose: 'service' };
  for (let taken = 0; taken < 3; taken++) {
    await client.throttle.reserve({ contact: email(personId) });
  }

  const { decision } = await client.throttle.reserve({ contact: invoice });

  assert.equal(decision.verdict, 'VERDICT_ALLOW');
});
